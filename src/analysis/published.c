#include "analysis/published.h"

#include <math.h>
#include <string.h>

/* Values of one item in one year, by position of the province in the survey's list. */
struct column {
	double *value;              /* NaN where missing */
	bool *listed;               /* the file has a row for it or for something below it */
	const struct score **score; /* the printed row, NULL where there is none */
	bool *summed;               /* the value is the sum of the children */
};

struct year {
	struct arena *arena;
	const struct survey *survey;
	const struct wave *wave;
	double unit;           /* scores are whole numbers of 1/unit */
	struct column *column; /* by item order */
};

static void take_printed(struct year *y, const struct item *item, struct column *c)
{
	const struct provinces *all = &y->survey->provinces;
	size_t n;
	const struct score *s = scores_of(&y->survey->scores, y->wave->year, item, &n);

	for (size_t i = 0; i < n; i++) {
		size_t p = (size_t)(s[i].province - all->at);

		c->listed[p] = true;
		c->value[p] = s[i].value;
		c->score[p] = &s[i];
	}
}

/* Where nothing is printed: the sum of the children, missing when one of them is. */
static void take_sum(struct year *y, const struct item *item, struct column *c)
{
	const struct structure *tree = &y->survey->structure;
	size_t n = y->survey->provinces.n;

	for (size_t p = 0; p < n; p++) {
		double sum = 0;
		bool listed = false, any = false;

		if (item->aggregation != AGGREGATE_SUM || (c->score[p] && !isnan(c->value[p])))
			continue;
		for (const struct item *k = NULL; (k = structure_child(tree, item, k));
		     any = true) {
			const struct column *child = &y->column[k->order];

			listed |= child->listed[p];
			sum += round(child->value[p] * y->unit);
		}
		c->listed[p] |= listed;
		if (!any || !listed || isnan(sum))
			continue;
		c->value[p] = sum / y->unit;
		c->summed[p] = true;
	}
}

static void fill_column(struct year *y, const struct item *item)
{
	size_t n = y->survey->provinces.n;
	struct column *c = &y->column[item->order];

	c->value = arena_new(y->arena, n, sizeof *c->value);
	c->listed = arena_new(y->arena, n, sizeof *c->listed);
	c->score = arena_new(y->arena, n, sizeof *c->score);
	c->summed = arena_new(y->arena, n, sizeof *c->summed);
	for (size_t p = 0; p < n; p++)
		c->value[p] = NAN;
	take_printed(y, item, c);
	take_sum(y, item, c);
}

static struct text source_of(const struct year *y, const struct score *s)
{
	if (s && s->source.n)
		return s->source;
	return arena_format(y->arena, "%.*s %ld", SPAN_ARG(y->survey->name), y->wave->year);
}

static void set_row(struct year *y, const struct item *item, size_t p, struct text source,
		    struct result_row *row)
{
	const struct column *c = &y->column[item->order];
	const struct province *province = &y->survey->provinces.at[p];
	const struct score *printed = c->score[p];

	*row = result_row_init();
	row->survey = y->survey->id;
	row->year = y->wave->year;
	row->province = province->code;
	row->province_name = province->name;
	row->item = item->code;
	memcpy(row->item_name, item->name, sizeof row->item_name);
	row->item_order = item->order;
	row->item_depth = item->depth;
	row->stat = span_of("score");
	row->estimate = c->value[p];
	row->flags = (isnan(c->value[p]) ? FLAG_UNPUBLISHED : 0) |
		     (y->wave->simulated ? FLAG_SIMULATED : 0);
	row->method = span_of(c->summed[p] ? "published:sum" : "published");
	row->source = printed ? source_of(y, printed) : source;
	if (printed && !c->summed[p] && span_is(printed->basis, "derived"))
		row->method = span_of("published:derived");
	if (printed && printed->group) {
		row->group = printed->group->code;
		memcpy(row->group_name, printed->group->name, sizeof row->group_name);
	}
	if (printed && printed->group_rank) {
		row->rank_in_group = (double)printed->group_rank;
		row->n_in_group = (double)printed->n_group;
	}
	if (printed && printed->rank) {
		row->rank = (double)printed->rank;
		row->n_ranked = y->wave->ranked_printed ? (double)y->wave->ranked_printed : NAN;
	}
}

static void add_rows(struct year *y, const struct item *item, struct result *out)
{
	struct text source = source_of(y, NULL);

	for (size_t p = 0; p < y->survey->provinces.n; p++)
		if (y->column[item->order].listed[p])
			set_row(y, item, p, source, &out->row[out->n++]);
}

static size_t count_rows(const struct year *y)
{
	size_t rows = 0;

	for (size_t i = 0; i < y->survey->structure.n; i++)
		for (size_t p = 0; y->column[i].listed && p < y->survey->provinces.n; p++)
			rows += y->column[i].listed[p];
	return rows;
}

/* The items of the year's era, children behind their parent. */
static void fill_columns(struct year *y)
{
	const struct structure *tree = &y->survey->structure;

	y->column = arena_new(y->arena, tree->n, sizeof *y->column);
	for (size_t i = tree->n; i-- > 0;)
		if (span_equal(tree->at[i].era, y->wave->era))
			fill_column(y, &tree->at[i]);
}

void published_result(struct arena *a, const struct survey *s, struct result *out)
{
	struct year *year = arena_new(a, s->n_waves, sizeof *year);
	size_t rows = 0;

	*out = (struct result){0};
	for (size_t w = 0; w < s->n_waves; w++) {
		year[w] = (struct year){.arena = a,
					.survey = s,
					.wave = &s->wave[w],
					.unit = pow(10, s->scores.decimals)};
		fill_columns(&year[w]);
		rows += count_rows(&year[w]);
	}
	out->row = arena_reserve(a, rows, sizeof *out->row);
	for (size_t w = 0; w < s->n_waves; w++)
		for (size_t i = 0; i < s->structure.n; i++)
			if (year[w].column[i].listed)
				add_rows(&year[w], &s->structure.at[i], out);
}
