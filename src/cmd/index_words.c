#include "cmd/index_words.h"

#include "cmd/load.h"
#include "output/table_estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_rank(const void *a, const void *b)
{
	const struct result_row *p = *(const struct result_row *const *)a;
	const struct result_row *q = *(const struct result_row *const *)b;

	if (p->year != q->year)
		return p->year < q->year ? -1 : 1;
	if (isnan(p->rank) != isnan(q->rank))
		return isnan(p->rank) ? 1 : -1;
	if (p->rank < q->rank || p->rank > q->rank)
		return p->rank < q->rank ? -1 : 1;
	return (p > q) - (p < q);
}

static struct text number(const struct phrases *p, double x, int decimals)
{
	return isnan(x) ? span_of("–") : number_shown(p->arena, x, decimals, p->lang);
}

/* The number of a unit, or of a year where there is no unit; NULL: there is none. */
static const struct result_row *find(const struct result *r, const struct result_row *of,
				     const char *stat)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].year == of->year && span_is(r->row[i].stat, stat) &&
		    span_equal(r->row[i].province_name, of->province_name))
			return &r->row[i];
	return NULL;
}

static struct text found(const struct phrases *p, const struct result *r,
			 const struct result_row *of, const char *stat, double factor)
{
	const struct result_row *row = find(r, of, stat);

	return number(p, row ? factor * row->estimate : NAN, 0);
}

static struct text range(const struct phrases *p, const struct result *r,
			 const struct result_row *of, const char *low, const char *high)
{
	struct text from = found(p, r, of, low, 1), to = found(p, r, of, high, 1);

	return span_is(from, "–")
		       ? from
		       : arena_format(p->arena, "%.*s–%.*s", SPAN_ARG(from), SPAN_ARG(to));
}

/* Ranks over the draws: median, middle 90 %, best and worst, first and last quarter. */
static void rank_cells(const struct phrases *p, const struct result *r, const struct result_row *of,
		       struct text *cell)
{
	cell[0] = found(p, r, of, "rank_median", 1);
	cell[1] = range(p, r, of, "rank_p05", "rank_p95");
	cell[2] = range(p, r, of, "rank_best", "rank_worst");
	cell[3] = found(p, r, of, "rank_quarter1", 100);
	cell[4] = found(p, r, of, "rank_quarter4", 100);
}

static void head(const struct phrases *p, bool years, bool robust, bool marked, struct sheet *out)
{
	static const char *const ranks[] = {"head.rank.median", "head.rank.middle",
					    "head.rank.extremes", "head.quarter.first",
					    "head.quarter.last"};

	*out = (struct sheet){.arena = p->arena};
	if (years)
		sheet_column(out, phrase(p, "head.year"), false);
	sheet_column(out, phrase(p, "head.rank"), true);
	sheet_column(out, phrase(p, "head.unit"), false);
	sheet_column(out, phrase(p, "head.index"), true);
	for (size_t i = 0; i < 5 && robust; i++)
		sheet_column(out, phrase(p, ranks[i]), true);
	if (marked)
		sheet_column(out, phrase(p, "head.mark"), false);
}

void index_words_sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	const struct phrases *p = n->phrases;
	const struct result_row **order = arena_new(p->arena, r->n, sizeof *order);
	size_t rows = 0;
	bool robust = false, marked = false;

	for (size_t i = 0; i < r->n; i++) {
		if (span_is(r->row[i].stat, "index") && r->row[i].item_order == 0) {
			order[rows++] = &r->row[i];
			marked = marked || r->row[i].reason[LANG_EN].n;
		}
		robust = robust || span_is(r->row[i].stat, "rank_median");
	}
	qsort(order, rows, sizeof *order, by_rank);
	head(p, r->row[0].year != 0, robust, marked, out);
	for (size_t i = 0; i < rows; i++) {
		struct text *cell = sheet_row(out);

		if (order[i]->year)
			*cell++ = arena_format(p->arena, "%ld", order[i]->year);
		*cell++ = tables_place(n, order[i]->rank, order[i]->n_ranked);
		*cell++ = order[i]->province_name;
		*cell++ = number(p, order[i]->estimate, 2);
		if (robust) {
			rank_cells(p, r, order[i], cell);
			cell += 5;
		}
		if (marked)
			*cell = span_of(order[i]->reason[LANG_EN].n ? "*" : "");
	}
}

static struct text input_words(const struct phrases *p, struct text name)
{
	static const struct {
		const char *name, *key;
	} known[] = {{"weights", "word.input.weights"},
		     {"normalise", "word.input.normalise"},
		     {"aggregate", "word.input.aggregate"}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (span_is(name, known[i].name))
			return phrase(p, known[i].key);
	return name;
}

/* The mean shift of ranks by year, and which input is behind it. */
static void say_robust(struct session *s, const struct result *r, struct text words)
{
	load_sentence(s, words);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *shift = &r->row[i];
		struct text parts = {"", 0};

		if (!span_is(shift->stat, "rank_shift"))
			continue;
		for (size_t k = i + 1; k + 1 < r->n && span_is(r->row[k].stat, "sobol_first") &&
				       r->row[k].province_name.n == 0;
		     k += 2)
			parts = index_rules_listed(
				s->arena, parts,
				PHRASE_FILL(
					&s->phrases, "word.sobol",
					{"input", input_words(&s->phrases, r->row[k].item)},
					{"first", number(&s->phrases, r->row[k].estimate, 2)},
					{"total", number(&s->phrases, r->row[k + 1].estimate, 2)}));
		load_sentence(s, PHRASE_FILL(&s->phrases, "note.robust.shift",
					     {"year", shift->year ? arena_format(s->arena, "%ld: ",
										 shift->year)
								  : span_of("")},
					     {"shift", number(&s->phrases, shift->estimate, 2)},
					     {"parts", parts}));
	}
}

/* Where the bounds of an indicator come from; a target is one. */
static const char *origin(const struct composite *c, size_t item)
{
	const struct normalise_rule *r = &c->rule[item];
	bool distance = r->method == NORMALISE_DISTANCE;
	bool min = !isnan(distance && r->down ? r->max : r->min);
	bool max = !isnan(distance ? r->target : r->max);

	return min && max   ? "word.bounds.given"
	       : min || max ? "word.bounds.both"
			    : "word.bounds.sample";
}

static void say_bounds(struct session *s, const struct composite *c)
{
	struct text words = {"", 0};

	if (isnan(c->made[0].min))
		return;
	for (size_t j = 0; j < c->table.items; j++)
		words = index_rules_listed(
			s->arena, words,
			PHRASE_FILL(&s->phrases, "word.bounds", {"item", c->table.item[j]},
				    {"min", number_written(s->arena, c->made[j].min, s->lang)},
				    {"max", number_written(s->arena, c->made[j].max, s->lang)},
				    {"origin", phrase(&s->phrases, origin(c, j))}));
	load_sentence(s, PHRASE_FILL(&s->phrases, "note.composite.bounds", {"bounds", words}));
}

/* Names of the units where something was done to an indicator, for a reason. */
static struct text units_of(struct session *s, const struct composite *c, size_t item,
			    const char *reason)
{
	struct text words = {"", 0};

	for (size_t i = 0; i < c->table.rows; i++)
		if (span_is(span_of(index_table_treated(c, i, item)), reason))
			words = words.n ? arena_format(s->arena, "%.*s, %.*s", SPAN_ARG(words),
						       SPAN_ARG(c->table.unit[i]))
					: c->table.unit[i];
	return words;
}

/* Skew and kurtosis of every indicator, and which are outlying. */
static void say_shapes(struct session *s, const struct composite *c)
{
	struct text shapes = {"", 0}, outlying = {"", 0};

	for (size_t j = 0; j < c->table.items; j++) {
		const struct outlier *o = &c->outlier[j];
		struct text one = PHRASE_FILL(&s->phrases, "word.shape", {"item", c->table.item[j]},
					      {"skew", number(&s->phrases, o->skew, 3)},
					      {"kurtosis", number(&s->phrases, o->kurtosis, 3)});

		shapes = index_rules_listed(s->arena, shapes, one);
		if (o->outlying)
			outlying = index_rules_listed(s->arena, outlying, c->table.item[j]);
	}
	if (outlying.n == 0)
		outlying = phrase(&s->phrases, "word.none");
	load_sentence(s, PHRASE_FILL(&s->phrases, "note.composite.shapes", {"shapes", shapes},
				     {"outlying", outlying}));
}

static void say_treated(struct session *s, const struct composite *c)
{
	for (size_t j = 0; j < c->table.items; j++) {
		struct text clipped = units_of(s, c, j, INDEX_TABLE_BEYOND);
		struct text set = units_of(s, c, j, INDEX_TABLE_OUTLYING);

		if (set.n)
			load_sentence(s, PHRASE_FILL(&s->phrases, "note.composite.winsorised",
						     {"item", c->table.item[j]}, {"units", set}));
		if (clipped.n)
			load_sentence(s,
				      PHRASE_FILL(&s->phrases, "note.composite.clipped",
						  {"item", c->table.item[j]}, {"units", clipped}));
	}
}

static void say_consistency(struct session *s, const struct composite *c)
{
	const struct component_first *p = &c->first;
	size_t complete;
	struct text words = {"", 0};
	double alpha = consistency_alpha(c->table.rows, c->table.items, c->score, &complete);

	load_sentence(s, PHRASE_FILL(&s->phrases, "note.composite.alpha",
				     {"alpha", number(&s->phrases, alpha, 3)},
				     {"n", number(&s->phrases, (double)complete, 0)}));
	if (!c->rules.component)
		return;
	for (size_t j = 0; j < c->table.items; j++)
		words = index_rules_listed(
			s->arena, words,
			PHRASE_FILL(&s->phrases, "word.loading", {"item", c->table.item[j]},
				    {"loading", number(&s->phrases, p->loading[j], 3)},
				    {"share", number(&s->phrases, 100 * p->share[j], 1)}));
	load_sentence(s, PHRASE_FILL(&s->phrases, "note.composite.pca",
				     {"explained", number(&s->phrases, 100 * p->explained, 1)},
				     {"n", number(&s->phrases, (double)p->n, 0)},
				     {"loadings", words}));
}

void index_words_say(struct session *s, const struct composite *c, const struct result *r,
		     struct text robust)
{
	struct result totals = {0};
	struct text *notes;
	size_t n;

	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].item_order == 0 && span_is(r->row[i].stat, "index"))
			result_add(s->arena, &totals, &r->row[i]);
	notes = table_estimate_notes(&s->phrases, &totals, &n);
	for (size_t i = 0; i < n; i++)
		load_sentence(s, arena_format(s->arena, "* %.*s", SPAN_ARG(notes[i])));
	load_sentence(s, index_rules_words(s, &c->rules));
	load_sentence(s, index_rules_weights(s, &c->rules, c->table.items, c->table.item,
					     c->mean.weight));
	if (c->rules.threshold < 1)
		load_sentence(s, index_rules_threshold(s, &c->rules));
	say_bounds(s, c);
	say_shapes(s, c);
	say_treated(s, c);
	say_consistency(s, c);
	if (robust.n)
		say_robust(s, r, robust);
	load_sentence(s, phrase(&s->phrases, "note.composite.noerror"));
}
