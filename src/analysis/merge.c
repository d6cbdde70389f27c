#include "analysis/merge.h"

#include <math.h>
#include <string.h>

/* ---- words --------------------------------------------------------------------------------- */

static struct text rule_of(struct arena *a, const struct mapping *m, bool answers)
{
	if (m->people)
		return arena_format(a, "merged:population:%ld", m->base);
	return span_of(answers ? "merged:sample" : "merged:equal");
}

/* The same in all rows of a unit. */
struct words {
	struct text from, by, parts[LANG__COUNT];
};

/* Parts and their shares of the weight, in codes and in words. */
static struct words words_of(struct arena *a, const struct mapping_whole *whole, struct text rule)
{
	struct words words = {TEXT(""), rule, {TEXT(""), TEXT("")}};
	double all = 0;

	for (size_t i = 0; i < whole->n; i++)
		all += whole->part[i].weight;
	for (size_t i = 0; i < whole->n && !isnan(all); i++) {
		const struct mapping_part *p = &whole->part[i];
		double share = p->weight / all;

		words.from = arena_format(a, "%.*s%s%.*s=%.*s", SPAN_ARG(words.from), i ? ";" : "",
					  SPAN_ARG(p->unit->code),
					  SPAN_ARG(number_exact(a, number_round(share, 6))));
		for (int l = 0; l < LANG__COUNT; l++)
			words.parts[l] = arena_format(
				a, "%.*s%s%.*s %.*s%%", SPAN_ARG(words.parts[l]), i ? ", " : "",
				SPAN_ARG(p->unit->name),
				SPAN_ARG(number_shown(a, 100 * share, 1, (enum lang)l)));
	}
	return words;
}

static void say_words(const struct words *words, struct result_row *row)
{
	row->flags |= FLAG_MERGED;
	row->merged_from = words->from;
	row->merged_by = words->by;
	memcpy(row->parts, words->parts, sizeof row->parts);
}

/* Adds names to a list in both languages, such as "Bắc Giang, Bắc Ninh". */
static void add_lacking(struct arena *a, struct text lacking[LANG__COUNT], const char *vi,
			const char *en, struct text names)
{
	const char *words[] = {[LANG_VI] = vi, [LANG_EN] = en};

	for (int l = 0; l < LANG__COUNT && names.n; l++)
		lacking[l] = arena_format(a, "%.*s%s%s %.*s", SPAN_ARG(lacking[l]),
					  lacking[l].n ? "; " : "", words[l], SPAN_ARG(names));
}

static void add_unweighted(struct arena *a, struct text lacking[LANG__COUNT],
			   const struct mapping *m, struct text names)
{
	add_lacking(a, lacking, arena_format(a, "không có dân số năm %ld của", m->base).at,
		    arena_format(a, "no population in %ld of", m->base).at, names);
}

/* ---- one year ------------------------------------------------------------------------------ */

/* A figure of a unit of the map. */
struct merged {
	double value, coverage;
	bool listed, whole;     /* some, all of the parts have a row */
	bool full, unpublished; /* all have a figure; one is unpublished */
	struct text lacking[LANG__COUNT], source;
	const struct result_row *like; /* the row of a part */
};

struct year {
	struct arena *arena;
	const struct survey *survey;
	const struct mapping *m;
	const struct result_row **row; /* by item order and position in m->dated */
	struct mapping_whole *whole;
	struct words *words; /* as whole */
	struct merged *cell; /* by item order and position in m->map */
};

static const struct result_row *row_of(const struct year *y, size_t item,
				       const struct province *unit)
{
	return y->row[item * y->m->dated->n + (size_t)(unit - y->m->dated->at)];
}

static void add_name(struct arena *a, struct text *names, const struct province *unit)
{
	*names = arena_format(a, "%.*s%s%.*s", SPAN_ARG(*names), names->n ? ", " : "",
			      SPAN_ARG(unit->name));
}

static void add_source(struct arena *a, struct text *all, struct text one, struct text *last)
{
	if (span_equal(one, *last))
		return;
	*all = arena_format(a, "%.*s%s%.*s", SPAN_ARG(*all), all->n ? "; " : "", SPAN_ARG(one));
	*last = one;
}

/* The names of parts without a figure, by why. */
struct gaps {
	struct text silent, absent, unweighted;
};

static void say_gaps(const struct year *y, const struct gaps *g, struct merged *c)
{
	struct arena *a = y->arena;

	c->unpublished = g->silent.n > 0;
	add_lacking(a, c->lacking, "không có số liệu công bố của", "no published figure of",
		    g->silent);
	add_lacking(a, c->lacking, "bảng số liệu không có", "the table does not list", g->absent);
	add_unweighted(a, c->lacking, y->m, g->unweighted);
}

/* The mean of what the parts have for the item itself. */
static struct merged mean(const struct year *y, size_t item, const struct mapping_whole *w)
{
	struct merged c = {.value = NAN,
			   .whole = true,
			   .full = w->n > 0,
			   .lacking = {TEXT(""), TEXT("")},
			   .source = TEXT("")};
	struct gaps gaps = {{"", 0}, {"", 0}, {"", 0}};
	struct text last = {"", 0};
	double sum = 0, have = 0, all = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct mapping_part *p = &w->part[i];
		const struct result_row *row = row_of(y, item, p->unit);

		c.listed |= row != NULL;
		c.whole &= row != NULL;
		c.like = c.like ? c.like : row;
		all += p->weight;
		if (isnan(p->weight))
			add_name(y->arena, &gaps.unweighted, p->unit);
		if (!row || isnan(row->estimate)) {
			add_name(y->arena, row ? &gaps.silent : &gaps.absent, p->unit);
			continue;
		}
		add_source(y->arena, &c.source, row->source, &last);
		sum += p->weight * row->estimate;
		have += p->weight;
	}
	say_gaps(y, &gaps, &c);
	c.full &= c.lacking[LANG_EN].n == 0;
	c.coverage = have / all;
	if (c.full || (y->m->renormalise && have > 0))
		c.value = sum / have; /* NaN without a weight */
	return c;
}

/* The sum of the merged parts of the tree; coverage is that of the least covered. */
static bool sum_up(const struct year *y, const struct item *item, size_t unit, double *value,
		   double *coverage)
{
	const struct structure *tree = &y->survey->structure;
	bool any = false;

	*value = 0;
	*coverage = 1;
	if (item->aggregation != AGGREGATE_SUM)
		return false;
	for (const struct item *k = NULL; (k = structure_child(tree, item, k)); any = true) {
		const struct merged *c = &y->cell[k->order * y->m->map.n + unit];

		if (!c->listed || isnan(c->value))
			return false;
		*value += c->value;
		*coverage = fmin(*coverage, c->coverage);
	}
	return any;
}

static void merge_cell(const struct year *y, const struct item *item, size_t unit)
{
	struct merged c = mean(y, item->order, &y->whole[unit]);
	double value, coverage;

	if (c.listed && sum_up(y, item, unit, &value, &coverage) && (coverage == 1 || !c.full)) {
		c.value = value;
		c.coverage = coverage;
	}
	y->cell[item->order * y->m->map.n + unit] = c;
}

/* What is taken from some of the parts says so, and how much of the weight they are. */
static void say_coverage(struct arena *a, struct result_row *row)
{
	static const char *const rest[] = {
		[LANG_VI] = "tính từ phần còn lại", [LANG_EN] = "taken from the rest"};
	static const char *const has[] = {[LANG_VI] = ", chiếm", [LANG_EN] = ", which has"};
	static const char *const weight[] = {[LANG_VI] = "trọng số", [LANG_EN] = "of the weight"};

	for (int l = 0; l < LANG__COUNT && !isnan(row->estimate) && row->lacking[l].n; l++)
		row->lacking[l] =
			isnan(row->coverage)
				? arena_format(a, "%.*s (%s)", SPAN_ARG(row->lacking[l]), rest[l])
				: arena_format(a, "%.*s (%s%s %.*s%% %s)",
					       SPAN_ARG(row->lacking[l]), rest[l], has[l],
					       SPAN_ARG(number_shown(a, 100 * row->coverage, 1,
								     (enum lang)l)),
					       weight[l]);
}

static void add_row(const struct year *y, size_t item, size_t unit, struct result *out)
{
	const struct merged *c = &y->cell[item * y->m->map.n + unit];
	const struct mapping_whole *w = &y->whole[unit];
	struct result_row row = *c->like;

	row.province = w->unit->code;
	row.province_name = w->unit->name;
	row.rank = row.n_ranked = NAN; /* printed among other units */
	if (w->merged) {
		row.estimate = c->value;
		row.line = 0; /* from several */
		row.coverage = c->coverage;
		row.flags &= FLAG_SIMULATED;
		row.flags |= isnan(c->value) && c->unpublished ? FLAG_UNPUBLISHED : 0;
		row.part_unlisted = !c->whole;
		row.source = c->source;
		memcpy(row.lacking, c->lacking, sizeof row.lacking);
		say_words(&y->words[unit], &row);
		row.method = row.merged_by;
		say_coverage(y->arena, &row);
	}
	result_add(y->arena, out, &row);
}

static void merge_year(const struct year *y, struct text era, struct result *out)
{
	const struct structure *tree = &y->survey->structure;
	size_t n = y->m->map.n;

	for (size_t i = tree->n; i-- > 0;) /* children stand behind their parent */
		for (size_t u = 0; u < n && span_equal(tree->at[i].era, era); u++)
			merge_cell(y, &tree->at[i], u);
	for (size_t i = 0; i < tree->n; i++)
		for (size_t u = 0; u < n && span_equal(tree->at[i].era, era); u++)
			if (y->cell[i * n + u].listed)
				add_row(y, i, u, out);
}

/* The rows of a year by item and unit, and which units they name. */
static void place_rows(struct year *y, long year, const struct result *in, bool *listed)
{
	const struct provinces *all = y->m->dated;

	for (size_t i = 0; i < in->n; i++) {
		const struct result_row *row = &in->row[i];
		size_t unit;

		if (row->year != year)
			continue;
		unit = (size_t)(province_by_code(all, row->province, year) - all->at);
		listed[unit] = true;
		y->row[row->item_order * all->n + unit] = row;
	}
}

void merge_published(struct arena *a, const struct survey *s, const struct mapping *m,
		     const struct result *in, struct result *out)
{
	*out = (struct result){.parts = in->parts};
	for (size_t w = 0; w < s->n_waves; w++) {
		struct year y = {.arena = a, .survey = s, .m = m};
		long year = s->wave[w].year;
		bool *listed = arena_new(a, m->dated->n, sizeof *listed), any;

		if (!mapping_reaches(m, year))
			continue;
		y.row = arena_new(a, s->structure.n * m->dated->n, sizeof *y.row);
		y.cell = arena_new(a, s->structure.n * m->map.n, sizeof *y.cell);
		place_rows(&y, year, in, listed);
		y.whole = mapping_wholes(a, m, year, listed, &any);
		y.words = arena_new(a, m->map.n, sizeof *y.words);
		for (size_t u = 0; u < m->map.n && any; u++)
			y.words[u] = words_of(a, &y.whole[u], rule_of(a, m, false));
		if (any)
			merge_year(&y, s->wave[w].era, out);
		for (size_t i = 0; i < in->n && !any; i++)
			if (in->row[i].year == year)
				result_add(a, out, &in->row[i]);
	}
}

/* ---- answers ------------------------------------------------------------------------------- */

static const struct mapping_whole *find_whole(const struct mapping_whole *whole, size_t n,
					      struct text code)
{
	for (size_t u = 0; u < n; u++)
		if (span_equal(whole[u].unit->code, code))
			return &whole[u];
	return NULL;
}

/* The parts that nobody in the file comes from, or that have no weight. */
static void find_silent(struct arena *a, const struct join *j, const struct mapping_whole *w,
			struct result_row *row)
{
	struct text names = {"", 0}, unweighted = {"", 0};
	double have = 0, all = 0;

	for (size_t i = 0; i < w->n; i++) {
		all += w->part[i].weight;
		if (isnan(w->part[i].weight))
			add_name(a, &unweighted, w->part[i].unit);
		if (join_sum(j, w->part[i].unit) > 0)
			have += w->part[i].weight;
		else
			add_name(a, &names, w->part[i].unit);
	}
	add_lacking(a, row->lacking, "tệp trả lời không có ai của", "the answers have nobody of",
		    names);
	add_unweighted(a, row->lacking, j->mapping, unweighted);
	row->coverage = names.n && !j->mapping->people ? NAN : have / all;
}

static void withhold(struct result_row *row)
{
	row->estimate = row->se = row->ci_low = row->ci_high = row->df = row->deff = NAN;
}

void merge_answers(struct arena *a, const struct join *j, size_t first, struct result *r)
{
	const struct mapping_whole *whole = j ? join_wholes(a, j) : NULL;

	for (size_t i = first; j && i < r->n; i++) {
		struct result_row *row = &r->row[i];
		const struct mapping_whole *w = find_whole(whole, j->mapping->map.n, row->province);

		struct words words;

		if (!w || !w->merged)
			continue;
		find_silent(a, j, w, row);
		words = words_of(a, w, rule_of(a, j->mapping, true));
		say_words(&words, row);
		row->method = arena_format(a, "%.*s;%.*s", SPAN_ARG(row->method),
					   SPAN_ARG(row->merged_by));
		if (row->lacking[LANG_EN].n && !j->mapping->renormalise)
			withhold(row);
		say_coverage(a, row);
	}
}

void merge_mark(struct arena *a, struct result *r)
{
	for (size_t i = 0, n; i < r->n; i += n) {
		struct result_row *row = result_group(r, r->row[i].year, r->row[i].item, &n);
		bool any = false;

		for (size_t k = 0; k < n; k++)
			any |= (row[k].flags & FLAG_MERGED) != 0;
		for (size_t k = 0; k < n; k++) {
			row[k].rank_merged = any && !isnan(row[k].rank);
			if (row[k].rank_merged && !(row[k].flags & FLAG_MERGED))
				row[k].method = arena_format(a, "%.*s;rank:merged",
							     SPAN_ARG(row[k].method));
		}
	}
}
