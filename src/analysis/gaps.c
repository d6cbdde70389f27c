#include "analysis/gaps.h"

#include "base/dict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- criteria of an index that prints scores ----------------------------------------------- */

static bool has_parts(const struct structure *s, const struct item *item)
{
	return structure_child(s, item, NULL) != NULL;
}

static const struct item *domain_of(const struct structure *s, const struct item *item)
{
	while (item->depth > 1)
		item = structure_find(s, item->era, item->parent);
	return item;
}

/* The item as a criterion; its score NaN where none is published. */
static struct criterion leaf_of(const struct structure *s, const struct item *item,
				const struct result_row *row)
{
	struct criterion c = {.code = item->code,
			      .domain = domain_of(s, item)->code,
			      .agency = span_of(""),
			      .note = span_of(""),
			      .kind = CRITERION_SCORE,
			      .max = item->max,
			      .self = NAN,
			      .appraised = NAN,
			      .survey = NAN,
			      .final = row ? row->estimate : NAN};

	memcpy(c.name, item->name, sizeof c.name);
	return c;
}

/* Scores of one province as they are read. */
struct scored {
	const struct survey *survey;
	const struct result *all;
	const struct province *self;
	long year;
	struct criteria *out;
	bool any; /* something is listed below the total */
};

static const struct result_row *row_at(const struct scored *r, const struct item *item)
{
	return result_find(r->all, r->year, item->code, r->self->code);
}

static bool any_below(const struct scored *r, const struct item *item)
{
	const struct structure *tree = &r->survey->structure;

	for (const struct item *k = NULL; (k = structure_child(tree, item, k));)
		if (row_at(r, k) || any_below(r, k))
			return true;
	return false;
}

static bool check_max_known(const struct item *item, struct diag *why)
{
	if (!isnan(item->max))
		return true;
	diag_fail(why, DIAG_DATA, "structure.csv gives no max for \"%.*s\" of era \"%.*s\"",
		  SPAN_ARG(item->code), SPAN_ARG(item->era));
	return diag_hint(why, "a criteria file brings its own maxima: --criteria FILE");
}

/* The items below, each as deep as it is listed. */
static bool take_below(struct scored *r, const struct item *item, struct diag *why)
{
	const struct structure *tree = &r->survey->structure;

	if (item->aggregation != AGGREGATE_SUM)
		return diag_fail(why, DIAG_DATA,
				 "lost points of %.*s do not add up: structure.csv does not make "
				 "\"%.*s\" the sum of its parts",
				 SPAN_ARG(r->survey->name), SPAN_ARG(item->code));
	for (const struct item *k = NULL; (k = structure_child(tree, item, k));) {
		bool listed = row_at(r, k) != NULL, below = any_below(r, k);

		r->any |= listed || below;
		if (has_parts(tree, k) && (below || !listed)) {
			if (!take_below(r, k, why))
				return false;
			continue;
		}
		if (!check_max_known(k, why))
			return false;
		r->out->at[r->out->n++] = leaf_of(tree, k, row_at(r, k));
	}
	return true;
}

bool gaps_of_scores(struct arena *a, const struct survey *s, const struct result *all,
		    const struct province *self, long year, struct criteria *out, struct diag *why)
{
	const struct wave *wave = survey_wave(s, year);
	struct scored r = {.survey = s, .all = all, .self = self, .year = year, .out = out};

	*out = (struct criteria){.at = arena_new(a, s->structure.n, sizeof *out->at)};
	if (wave->answers)
		return diag_fail(why, DIAG_DATA,
				 "%.*s of %ld has answers, not points; a criteria file is needed",
				 SPAN_ARG(s->name), year);
	if (!take_below(&r, structure_find(&s->structure, wave->era, span_of(STRUCTURE_ROOT)), why))
		return false;
	criteria_sum(out);
	if (r.any)
		return true;
	diag_fail(why, DIAG_DATA, "%.*s of %ld lists nothing for %.*s below the total",
		  SPAN_ARG(s->name), year, SPAN_ARG(self->name));
	return diag_hint(why, "the marks of one province come from a file: --criteria FILE");
}

/* ---- agencies ------------------------------------------------------------------------------ */

/* The leads of one code, joined by "; ". */
static struct text leads(struct arena *a, const struct gaps_order *o, struct text code,
			 enum lang lang)
{
	struct text all = {"", 0};

	for (const struct agency *g = NULL;
	     (g = agencies_next(&o->survey->agencies, code, o->self->code, g));) {
		struct text name = g->name[lang].n ? g->name[lang] : g->name[!lang], rest = all,
			    one;
		bool known = false;

		while (rest.n && span_split(&rest, ';', &one))
			known |= span_equal(span_trim(one), name);
		if (g->lead && !known)
			all = arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
					   SPAN_ARG(name));
	}
	return all;
}

/* The English name of an agency, where agencies.csv has one. */
static struct text english(const struct gaps_order *o, struct text name)
{
	const struct agencies *all = &o->survey->agencies;

	for (size_t i = 0; i < all->n; i++)
		if (span_equal(all->at[i].name[LANG_VI], name) && all->at[i].name[LANG_EN].n)
			return all->at[i].name[LANG_EN];
	return name;
}

/* Names joined by ";", each in that language where agencies.csv knows it. */
static struct text spoken(struct arena *a, const struct gaps_order *o, struct text names,
			  enum lang lang)
{
	struct text out = {"", 0}, one;

	if (lang == LANG_VI)
		return names;
	while (names.n && span_split(&names, ';', &one)) {
		one = english(o, span_trim(one));
		out = arena_format(a, "%.*s%s%.*s", SPAN_ARG(out), out.n ? "; " : "",
				   SPAN_ARG(one));
	}
	return out;
}

/* The criterion's own agencies, else those of the longest code of agencies.csv that holds it. */
static struct text agencies_of(struct arena *a, const struct gaps_order *o,
			       const struct criterion *c, enum lang lang)
{
	struct text code = c->code, found = spoken(a, o, c->agency, lang);

	while (found.n == 0 && code.n) {
		found = leads(a, o, code, lang);
		while (code.n && code.at[--code.n] != '.')
			continue;
	}
	return found.n || c->agency.n ? found : leads(a, o, c->domain, lang);
}

/* ---- the rank that points would bring ------------------------------------------------------ */

struct table {
	const struct result_row *row; /* of the total in that year */
	size_t n;
	const struct result_row *self; /* NULL = not listed */
	double base;                   /* the total that points are added to */
	const char *reason[LANG__COUNT];
};

static struct table no_table(struct table t, const char *vi, const char *en)
{
	t.reason[LANG_VI] = vi;
	t.reason[LANG_EN] = en;
	return t;
}

static struct table open_table(const struct gaps_order *o)
{
	const struct wave *wave = survey_wave(o->survey, o->year);
	const struct item *root =
		structure_find(&o->survey->structure, wave->era, span_of(STRUCTURE_ROOT));
	struct table t = {.base = NAN};

	t.row = result_group(o->all, o->year, span_of(STRUCTURE_ROOT), &t.n);
	for (size_t i = 0; i < t.n; i++)
		if (span_equal(t.row[i].province, o->self->code))
			t.self = &t.row[i];
	t.base = t.self && !isnan(t.self->estimate) ? t.self->estimate : o->criteria->total.final;
	if (t.n < 2)
		return no_table(t, "không có bảng điểm của các đơn vị khác trong năm này",
				"there is no table of the others' totals of this year");
	if (isnan(t.base))
		return no_table(t, "chưa có tổng điểm của đơn vị", "the unit's total is not known");
	if (root && !isnan(root->max) &&
	    number_round(root->max, wave->decimals) !=
		    number_round(o->criteria->total.max, wave->decimals)) {
		t.base = NAN;
		return no_table(t, "tổng điểm tối đa của các tiêu chí khác thang điểm của chỉ số",
				"the criteria's maxima do not sum to the index's maximum");
	}
	return t;
}

/* How many could be ranked that year. */
static double units(const struct gaps_order *o, const struct table *t)
{
	const struct wave *wave = survey_wave(o->survey, o->year);

	return wave->ranked_printed ? (double)wave->ranked_printed
				    : (double)province_count(&o->survey->provinces, t->row[0].year);
}

/* In a table that does not list everyone: who is printed with a higher score and a rank stands,
 * with all before him, above; who is printed with no higher score has all that may be above before
 * him. */
static void bound_rank(const struct gaps_order *o, const struct table *t, double points,
		       struct result_row *row)
{
	double above = 0, known = 0, low, high;

	for (size_t i = 0; i < t->n; i++) {
		bool other = &t->row[i] != t->self && !isnan(t->row[i].estimate);

		known += other ? 1 : 0;
		above += other && t->row[i].estimate > points ? 1 : 0;
	}
	low = above + 1;
	high = t->row[0].complete ? low : fmax(low, units(o, t) - (known - above));
	if (!t->row[0].complete && t->self && !isnan(t->self->rank))
		high = fmin(high, t->self->rank); /* its own, though no score is printed */
	for (size_t i = 0; i < t->n && !t->row[0].complete; i++) {
		const struct result_row *other = &t->row[i];

		if (isnan(other->estimate) || isnan(other->rank))
			continue;
		if (other->estimate > points)
			low = fmax(low, other->rank + 1);
		else
			high = fmin(high, other->rank);
	}
	if (low > high) /* printed ranks and scores contradict one another */
		return;
	row->potential_low = low;
	row->potential_high = high;
	row->potential_rank = low == high ? low : NAN;
}

static void add_potential(struct arena *a, const struct gaps_order *o, const struct table *t,
			  struct result_row *row)
{
	const struct scores *scores = &o->survey->scores;

	if (isnan(row->lost_points))
		return;
	if (!isnan(t->base) && !t->reason[0])
		bound_rank(
			o, t,
			number_round(t->base + row->lost_points, scores->n ? scores->decimals : 9),
			row);
	for (int l = 0; l < LANG__COUNT && isnan(row->potential_low); l++)
		row->reason[l] = arena_format(
			a, l == LANG_VI ? "không tính được hạng (%s)" : "no potential rank (%s)",
			t->reason[l]   ? t->reason[l]
			: l == LANG_VI ? "hạng và điểm đã công bố mâu thuẫn nhau"
				       : "printed ranks and scores contradict one another");
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void set_missing(struct arena *a, const struct criterion *c, struct result_row *row)
{
	if (c->missing == 0)
		return;
	row->flags |= FLAG_UNPUBLISHED;
	row->reason[LANG_VI] = c->parts == 1 ? span_of("chưa có điểm")
					     : arena_format(a, "%zu/%zu tiêu chí chưa có điểm",
							    c->missing, c->parts);
	row->reason[LANG_EN] = c->parts == 1 ? span_of("no score is given")
					     : arena_format(a, "%zu of %zu criteria have no score",
							    c->missing, c->parts);
}

/* Without its folder: the same on every machine. */
static struct text file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return span_of(slash ? slash + 1 : path);
}

/* What every row says, from the points of one criterion or of several together. */
static struct result_row row_of(struct arena *a, const struct gaps_order *o,
				const struct criterion *c)
{
	const struct wave *wave = survey_wave(o->survey, o->year);
	struct result_row row = result_row_init();

	row.survey = o->survey->id;
	row.year = o->year;
	row.province = o->self->code;
	row.province_name = o->self->name;
	row.item = c->code;
	memcpy(row.item_name, c->name, sizeof row.item_name);
	row.stat = span_of("points");
	row.method = span_of(o->criteria->file ? "criteria" : "published");
	row.source = o->criteria->file
			     ? file_name(o->criteria->file)
			     : arena_format(a, "%.*s %ld", SPAN_ARG(o->survey->name), o->year);
	row.flags = wave->simulated || o->criteria->simulated ? FLAG_SIMULATED : 0;
	row.estimate = row.final_points = c->final;
	row.max_points = c->max;
	row.lost_points = criterion_difference(c->max, c->final);
	if (c->surveyed < c->parts)
		row.appraised_score = c->appraised;
	if (c->claimed) {
		row.self_score = c->self;
		row.appraisal_gap = c->gap;
	}
	if (c->surveyed)
		row.survey_score = c->survey;
	row.criteria = (double)c->parts;
	set_missing(a, c, &row);
	return row;
}

static void add_target(struct arena *a, const struct gaps_order *o, struct result_row *row)
{
	const struct target *t = targets_find(o->targets, row->item);

	if (!t)
		return;
	row->target = t->points;
	row->to_target = criterion_difference(t->points, row->final_points);
	row->deadline = t->deadline;
	row->target_agency = t->agency;
	for (int l = 0; l < LANG__COUNT; l++)
		row->target_agency_name[l] = spoken(a, o, t->agency, (enum lang)l);
}

static void by_criterion(struct arena *a, const struct gaps_order *o, struct result *out)
{
	for (size_t k = 0; k < o->criteria->n; k++) {
		const struct criterion *c = &o->criteria->at[k];
		struct result_row row;

		if (c->subtotal)
			continue;
		row = row_of(a, o, c);
		row.item_order = out->n;
		row.item_depth = 1;
		row.kind = span_of(criterion_kind_word(c->kind));
		row.note = c->note;
		for (int l = 0; l < LANG__COUNT; l++)
			row.agency_name[l] = agencies_of(a, o, c, (enum lang)l);
		row.agency = row.agency_name[LANG_VI];
		if (c->agency.n == 0 && row.agency.n)
			row.method = arena_format(a, "%.*s+agencies", SPAN_ARG(row.method));
		add_target(a, o, &row);
		result_add(a, out, &row);
	}
}

/* A domain's name: its row of the file, else its item of structure.csv, else its code. */
static void name_domain(const struct gaps_order *o, struct criterion *sum)
{
	const struct criterion *c = criteria_find(o->criteria, sum->code);
	const struct item *item = structure_find(&o->survey->structure,
						 survey_wave(o->survey, o->year)->era, sum->code);

	for (int l = 0; l < LANG__COUNT; l++)
		sum->name[l] = c ? c->name[l] : item ? item->name[l] : sum->code;
}

/* Sums in the order in which their names are first met. */
struct sums {
	struct arena *arena;
	struct dict *names;
	size_t n;
	struct criterion *at; /* by index of the name */
};

static void add_to(struct sums *s, struct text name, const struct criterion *c, double part)
{
	bool fresh;
	size_t k = dict_add(s->names, 0, name, &fresh);

	if (fresh) {
		s->at = arena_grow(s->arena, s->at, s->n++, sizeof *s->at);
		s->at[k].code = name;
	}
	criterion_add(&s->at[k], c, part);
}

/* The criterion to its first agency, or in equal parts to all. */
static void add_to_agencies(struct sums *s, const struct gaps_order *o, const struct criterion *c)
{
	struct text all = agencies_of(s->arena, o, c, LANG_VI), rest = all, one = {"", 0};
	double n = 0;

	while (rest.n && span_split(&rest, ';', &one))
		n++;
	rest = all;
	one = (struct text){"", 0};
	do {
		if (rest.n)
			span_split(&rest, ';', &one);
		add_to(s, span_trim(one), c, o->split && n > 1 ? 1 / n : 1);
	} while (o->split && rest.n);
}

static void by_sum(struct arena *a, const struct gaps_order *o, bool agencies, struct result *out)
{
	struct sums s = {.arena = a, .names = dict_new(a)};

	for (size_t k = 0; k < o->criteria->n; k++) {
		const struct criterion *c = &o->criteria->at[k];

		if (c->subtotal)
			continue;
		if (agencies)
			add_to_agencies(&s, o, c);
		else
			add_to(&s, c->domain, c, 1);
	}
	for (size_t k = 0; s.at && k < s.n; k++) {
		struct criterion *sum = &s.at[k];
		struct result_row row;

		criterion_round(sum);
		name_domain(o, sum);
		row = row_of(a, o, sum);
		row.item_order = k;
		row.item_depth = 1;
		if (agencies) {
			row.agency = row.agency_name[LANG_VI] = sum->code;
			row.agency_name[LANG_EN] = english(o, sum->code);
			memcpy(row.item_name, row.agency_name, sizeof row.item_name);
			row.domain = arena_format(a, "agency=%.*s", SPAN_ARG(sum->code));
			row.item = span_of(STRUCTURE_ROOT);
			row.method = arena_format(a, "%.*s:%s", SPAN_ARG(row.method),
						  o->split ? "split" : "lead");
		} else {
			add_target(a, o, &row);
		}
		result_add(a, out, &row);
	}
}

/* The largest loss first; in file order where losses are equal; the unknown last. */
static int by_loss(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;
	bool p_none = isnan(p->lost_points), q_none = isnan(q->lost_points);

	if (p_none != q_none)
		return p_none - q_none;
	if (!p_none && p->lost_points != q->lost_points)
		return p->lost_points > q->lost_points ? -1 : 1;
	return (p->item_order > q->item_order) - (p->item_order < q->item_order);
}

static void add_shares(double all, struct result *r)
{
	double running = 0;

	for (size_t i = 0; i < r->n; i++) {
		struct result_row *row = &r->row[i];

		running = number_round(running + row->lost_points, 9);
		if (!(all > 0)) /* nothing lost, or not known how much */
			continue;
		row->share_of_loss = row->lost_points / all;
		row->cumulative_share = running / all;
	}
}

void gaps_result(struct arena *a, const struct gaps_order *o, enum gaps_by by, struct result *out)
{
	const struct criterion *total = &o->criteria->total;
	struct table t = open_table(o);

	*out = (struct result){.parts = PART_GAPS};
	if (by == GAPS_CRITERION)
		by_criterion(a, o, out);
	else
		by_sum(a, o, by == GAPS_AGENCY, out);
	for (size_t i = 0; i < out->n; i++)
		add_potential(a, o, &t, &out->row[i]);
	if (out->n)
		qsort(out->row, out->n, sizeof *out->row, by_loss);
	add_shares(criterion_difference(total->max, total->final), out);
}

struct result_row gaps_total(struct arena *a, const struct gaps_order *o)
{
	const struct wave *wave = survey_wave(o->survey, o->year);
	const struct item *root =
		structure_find(&o->survey->structure, wave->era, span_of(STRUCTURE_ROOT));
	struct result_row row = row_of(a, o, &o->criteria->total);
	struct table t = open_table(o);

	for (int l = 0; l < LANG__COUNT && root; l++)
		row.item_name[l] = root->name[l];
	if (row.lost_points > 0)
		row.share_of_loss = row.cumulative_share = 1;
	add_potential(a, o, &t, &row);
	add_target(a, o, &row);
	return row;
}

/* ---- against what is known elsewhere ------------------------------------------------------- */

static void check_max(struct arena *a, const struct gaps_order *o, const struct criterion *sum,
		      struct diag *why)
{
	const struct item *item = structure_find(&o->survey->structure,
						 survey_wave(o->survey, o->year)->era, sum->code);

	if (item && !isnan(item->max) && criterion_difference(item->max, sum->max) != 0)
		diag_warn(why, "%s: the maxima of \"%.*s\" sum to %.*s, structure.csv has %.*s",
			  o->criteria->file, SPAN_ARG(sum->code),
			  SPAN_ARG(number_exact(a, sum->max)),
			  SPAN_ARG(number_exact(a, item->max)));
}

void gaps_check(struct arena *a, const struct gaps_order *o, struct diag *why)
{
	const struct criterion *total = &o->criteria->total;
	const struct result_row *published =
		result_find(o->all, o->year, span_of(STRUCTURE_ROOT), o->self->code);
	int decimals = survey_wave(o->survey, o->year)->decimals;

	if (!o->criteria->file)
		return;
	check_max(a, o, total, why);
	for (size_t k = 0; k < o->criteria->n; k++) {
		const struct criterion *c = &o->criteria->at[k];

		if (span_equal(c->domain, c->code) && !span_is(c->code, STRUCTURE_ROOT))
			check_max(a, o, c, why);
	}
	if (published && !isnan(published->estimate) && !isnan(total->final) &&
	    number_round(total->final, decimals) != number_round(published->estimate, decimals))
		diag_warn(why, "%s: the criteria sum to %.*s, the published total of %.*s is %.*s",
			  o->criteria->file, SPAN_ARG(number_exact(a, total->final)),
			  SPAN_ARG(o->self->name), SPAN_ARG(number_exact(a, published->estimate)));
}
