#include "output/chart_lines.h"

#include "analysis/spread.h"
#include "output/chart_tips.h"

#include <math.h>

/* Years when the code stood for another unit have no value. */
static const double *values_of(struct canvas *c, const long *year, size_t n,
			       const struct province *unit)
{
	const struct provinces *all = &c->order->narrative->survey->provinces;
	double *x = arena_new(c->arena, n, sizeof *x);

	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(c->order->all, year[i], c->order->item, unit->code);

		x[i] = row && province_same(all, unit->code, year[i], c->order->year)
			       ? row->estimate
			       : NAN;
	}
	return x;
}

/* The limits of the province's interval, year by year. */
static void find_limits(struct canvas *c, const struct trend *t, struct line *line)
{
	double *low = arena_new(c->arena, t->years, sizeof *low),
	       *high = arena_new(c->arena, t->years, sizeof *high);

	for (size_t i = 0; i < t->years; i++) {
		const struct result_row *row = result_find(c->order->all, t->year[i],
							   c->order->item, c->order->self->code);

		low[i] = isnan(line->value[i]) ? NAN : row->ci_low;
		high[i] = isnan(line->value[i]) ? NAN : row->ci_high;
	}
	line->low = low;
	line->high = high;
}

/* The national median and quartiles, for years whose table is complete. */
static void find_band(struct canvas *c, struct trend *t, struct line *median)
{
	double *q1 = arena_new(c->arena, t->years, sizeof *q1),
	       *q3 = arena_new(c->arena, t->years, sizeof *q3),
	       *m = arena_new(c->arena, t->years, sizeof *m);

	for (size_t i = 0; i < t->years; i++) {
		size_t n;
		const struct result_row *row =
			result_group(c->order->all, t->year[i], c->order->item, &n);
		struct spread s = {0};

		q1[i] = q3[i] = m[i] = NAN;
		if (!row || !row->complete)
			continue;
		s = spread_national(c->arena, c->order->all, t->year[i], c->order->item);
		q1[i] = s.q1;
		m[i] = s.median;
		q3[i] = s.q3;
		t->has_band = true;
	}
	t->q1 = q1;
	t->q3 = q3;
	*median = (struct line){.value = m,
				.role = 3,
				.name = phrase(c->order->narrative->phrases, "trend.median")};
}

/* Of estimates the country's own value; the spread of provinces would hold their errors. */
static void find_nation(struct canvas *c, struct trend *t, struct line *nation)
{
	double *none = arena_new(c->arena, t->years, sizeof *none),
	       *m = arena_new(c->arena, t->years, sizeof *m);

	for (size_t i = 0; i < t->years; i++) {
		none[i] = NAN;
		m[i] = canvas_nation(c->order, t->year[i], c->order->item);
		t->has_band |= !isnan(m[i]);
	}
	t->q1 = t->q3 = none;
	*nation = (struct line){.value = m,
				.role = 3,
				.name = phrase(c->order->narrative->phrases, "trend.nation")};
}

void lines_find(struct canvas *c, struct trend *t)
{
	const struct peers *peers = c->order->peers;

	t->line = arena_new(c->arena, peers->n + 2, sizeof *t->line);
	t->line[t->lines++] =
		(struct line){.value = values_of(c, t->year, t->years, c->order->self),
			      .role = 1,
			      .name = c->order->self->name,
			      .province = c->order->self->code};
	if (canvas_estimated(c->order))
		find_limits(c, t, &t->line[0]);
	for (size_t i = 0; i < peers->n; i++)
		t->line[t->lines++] =
			(struct line){.value = values_of(c, t->year, t->years, peers->at[i]),
				      .role = 2,
				      .name = peers->at[i]->name,
				      .province = peers->at[i]->code};
	if (canvas_estimated(c->order))
		find_nation(c, t, &t->line[t->lines]);
	else
		find_band(c, t, &t->line[t->lines]);
	t->lines += t->has_band ? 1 : 0;
}

bool lines_joined(const struct trend *t, const double *value, size_t i)
{
	return i + 1 < t->years && t->step[i] == VERDICT_OK && !isnan(value[i]) &&
	       !isnan(value[i + 1]);
}

/* The value of a line in a year, in words. */
static struct text tip_of(const struct canvas *c, const struct line *line, long year, double value)
{
	const struct chart_order *o = c->order;
	struct text words = narrative_value(o->narrative, year, value);

	if (line->province.n)
		words = tips_value(c, result_find(o->all, year, o->item, line->province));
	return tips_dated(c, line->name, year, words);
}

void lines_tips(struct trend *t)
{
	struct canvas *c = t->canvas;

	for (size_t k = t->lines; k-- > 0;)
		for (size_t i = 0; i < t->years; i++) {
			const struct line *line = &t->line[k];
			double x = (double)t->year[i], y = line->value[i];
			struct text words = tip_of(c, line, t->year[i], y);

			canvas_tip(c, (struct tip){x, y, TIP_DISC, 0, line->province,
						   c->order->item, words});
		}
}
