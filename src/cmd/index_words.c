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

void index_words_sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	const struct phrases *p = n->phrases;
	const struct result_row **order = arena_new(p->arena, r->n, sizeof *order);
	size_t rows = 0;

	for (size_t i = 0; i < r->n; i++)
		if (span_is(r->row[i].stat, "index") && r->row[i].item_order == 0)
			order[rows++] = &r->row[i];
	qsort(order, rows, sizeof *order, by_rank);
	*out = (struct sheet){.arena = p->arena};
	if (r->row[0].year)
		sheet_column(out, phrase(p, "head.year"), false);
	sheet_column(out, phrase(p, "head.rank"), true);
	sheet_column(out, phrase(p, "head.unit"), false);
	sheet_column(out, phrase(p, "head.index"), true);
	sheet_column(out, phrase(p, "head.mark"), false);
	for (size_t i = 0; i < rows; i++) {
		struct text *cell = sheet_row(out);

		if (order[i]->year)
			*cell++ = arena_format(p->arena, "%ld", order[i]->year);
		*cell++ = tables_place(n, order[i]->rank, order[i]->n_ranked);
		*cell++ = order[i]->province_name;
		*cell++ = number(p, order[i]->estimate, 2);
		*cell = span_of(order[i]->reason[LANG_EN].n ? "*" : "");
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

static void say_treated(struct session *s, const struct composite *c)
{
	for (size_t j = 0; j < c->table.items; j++) {
		struct text clipped = units_of(s, c, j, INDEX_TABLE_BEYOND);
		struct text set = units_of(s, c, j, INDEX_TABLE_OUTLYING);

		if (c->outlier[j].outlying)
			load_sentence(
				s, PHRASE_FILL(&s->phrases, "note.composite.outlying",
					       {"item", c->table.item[j]},
					       {"skew", number(&s->phrases, c->outlier[j].skew, 2)},
					       {"kurtosis",
						number(&s->phrases, c->outlier[j].kurtosis, 2)}));
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

void index_words_say(struct session *s, const struct composite *c, const struct result *r)
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
	say_treated(s, c);
	say_consistency(s, c);
	load_sentence(s, phrase(&s->phrases, "note.composite.noerror"));
}
