#include "output/chart_series.h"

#include "analysis/spread.h"
#include "output/chart_tips.h"

#include <math.h>

static const double *values_of(const struct series *s, const struct province *unit)
{
	const struct chart_order *o = s->canvas->order;
	const struct provinces *all = &o->narrative->survey->provinces;
	double *x = arena_new(s->canvas->arena, s->steps.n, sizeof *x);

	for (size_t i = 0; i < s->steps.n; i++) {
		long year = s->steps.year[i];
		const struct result_row *row = result_find(o->all, year, s->item, unit->code);

		x[i] = NAN;
		if (!row || !province_same(all, unit->code, year, o->year))
			continue;
		x[i] = row->estimate;
		facts_drawn(s->canvas->facts, row);
	}
	return x;
}

/* The limits of the province's interval, year by year. */
static void find_limits(const struct series *s, struct line *line)
{
	const struct chart_order *o = s->canvas->order;
	double *low = arena_new(s->canvas->arena, s->steps.n, sizeof *low),
	       *high = arena_new(s->canvas->arena, s->steps.n, sizeof *high);

	for (size_t i = 0; i < s->steps.n; i++) {
		const struct result_row *row =
			result_find(o->all, s->steps.year[i], s->item, o->self->code);

		low[i] = isnan(line->value[i]) ? NAN : row->ci_low;
		high[i] = isnan(line->value[i]) ? NAN : row->ci_high;
	}
	line->low = low;
	line->high = high;
}

/* The national median and quartiles, for years whose table is complete. */
static struct line find_median(struct series *s)
{
	struct canvas *c = s->canvas;
	const struct result *all = c->order->all;
	double *q1 = arena_new(c->arena, s->steps.n, sizeof *q1),
	       *q3 = arena_new(c->arena, s->steps.n, sizeof *q3),
	       *m = arena_new(c->arena, s->steps.n, sizeof *m);

	for (size_t i = 0; i < s->steps.n; i++) {
		size_t n;
		const struct result_row *row = result_group(all, s->steps.year[i], s->item, &n);
		struct spread x;

		q1[i] = q3[i] = m[i] = NAN;
		if (!row || !row->complete)
			continue;
		x = spread_national(c->arena, all, s->steps.year[i], s->item);
		q1[i] = x.q1;
		m[i] = x.median;
		q3[i] = x.q3;
		s->has_middle = true;
	}
	s->q1 = q1;
	s->q3 = q3;
	return (struct line){.value = m,
			     .role = 3,
			     .name = phrase(c->order->narrative->phrases, "trend.median")};
}

/* Of estimates the country's own value; the spread of provinces would hold their errors. */
static struct line find_nation(struct series *s)
{
	struct canvas *c = s->canvas;
	double *none = arena_new(c->arena, s->steps.n, sizeof *none),
	       *m = arena_new(c->arena, s->steps.n, sizeof *m);

	for (size_t i = 0; i < s->steps.n; i++) {
		none[i] = NAN;
		m[i] = canvas_nation(c->order, s->steps.year[i], s->item);
		s->has_middle |= !isnan(m[i]);
	}
	s->q1 = s->q3 = none;
	return (struct line){.value = m,
			     .role = 3,
			     .name = phrase(c->order->narrative->phrases, "trend.nation")};
}

void series_find(struct canvas *c, struct text item, const struct peers *peers, struct series *out)
{
	const struct province *self = c->order->self;
	size_t n = peers ? peers->n : 0;

	*out = (struct series){.canvas = c, .item = item, .steps = parts_steps(c, item)};
	out->line = arena_new(c->arena, n + 2, sizeof *out->line);
	out->line[out->lines++] = (struct line){.value = values_of(out, self),
						.role = 1,
						.name = self->name,
						.province = self->code};
	if (canvas_estimated(c->order))
		find_limits(out, &out->line[0]);
	for (size_t i = 0; i < n; i++)
		out->line[out->lines++] = (struct line){.value = values_of(out, peers->at[i]),
							.role = 2,
							.name = peers->at[i]->name,
							.province = peers->at[i]->code};
	out->line[out->lines] = canvas_estimated(c->order) ? find_nation(out) : find_median(out);
	out->lines += out->has_middle ? 1 : 0;
}

const struct line *series_middle(const struct series *s)
{
	return s->has_middle ? &s->line[s->lines - 1] : NULL;
}

bool series_any(const struct series *s)
{
	for (size_t k = 0; k < s->lines; k++)
		for (size_t i = 0; i < s->steps.n; i++)
			if (!isnan(s->line[k].value[i]))
				return true;
	return false;
}

void series_spread(const struct series *s, double *least, double *greatest)
{
	const struct line *own = &s->line[0];

	*least = *greatest = NAN;
	for (size_t i = 0; i < s->steps.n; i++) {
		const double more[] = {s->has_middle ? s->q1[i] : NAN,
				       s->has_middle ? s->q3[i] : NAN, own->low ? own->low[i] : NAN,
				       own->low ? own->high[i] : NAN};

		for (size_t k = 0; k < s->lines + 4; k++) {
			double x = k < 4 ? more[k] : s->line[k - 4].value[i];

			*least = fmin(*least, x); /* of a number and NaN the number */
			*greatest = fmax(*greatest, x);
		}
	}
}

bool series_crossed(const struct series *s, size_t i)
{
	for (size_t k = 0; k < s->lines; k++)
		if (!isnan(s->line[k].value[i]) && !isnan(s->line[k].value[i + 1]))
			return true;
	return false;
}

bool series_parted(const struct series *s, size_t i)
{
	bool before = false, behind = false;

	for (size_t k = 0; k < s->lines; k++)
		for (size_t j = 0; j < s->steps.n; j++)
			*(j <= i ? &before : &behind) |= !isnan(s->line[k].value[j]);
	return before && behind;
}

/* Year i is joined to year i + 1 by a full line. */
static bool joined(const struct series *s, const double *value, size_t i)
{
	return i + 1 < s->steps.n && s->steps.verdict[i] == VERDICT_OK && !isnan(value[i]) &&
	       !isnan(value[i + 1]);
}

/* Year i and the next; unit: empty = all. */
static void join(const struct series *s, struct text unit, size_t i, enum fact_form form)
{
	facts_join(s->canvas->facts,
		   (struct fact_join){s->item, unit, s->steps.year[i], s->steps.year[i + 1], form});
}

static void begin_row(const struct series *s, size_t i)
{
	if (s->cell)
		plotfile_number(&s->canvas->plot, (double)s->cell);
	plotfile_number(&s->canvas->plot, (double)s->steps.year[i]);
}

void series_segments(const struct series *s, const struct line *line, size_t columns)
{
	struct plotfile *f = &s->canvas->plot;

	for (size_t i = 0; i < s->steps.n; i++) {
		bool before = i && joined(s, line->value, i - 1), after = joined(s, line->value, i);

		if (!before && !after)
			continue;
		begin_row(s, i);
		plotfile_number(f, line->value[i]);
		if (columns > 2) {
			plotfile_number(f, line->low ? line->low[i] : NAN);
			plotfile_number(f, line->low ? line->high[i] : NAN);
		}
		if (after)
			join(s, line->province, i, FACT_LINE);
		else
			plotfile_gap(f);
	}
}

void series_whiskers(const struct series *s)
{
	struct plotfile *f = &s->canvas->plot;
	const struct line *line = &s->line[0];

	for (size_t i = 0; i < s->steps.n && line->low; i++) {
		if (isnan(line->low[i]))
			continue;
		begin_row(s, i);
		plotfile_number(f, line->low[i]);
		plotfile_number(f, line->high[i]);
	}
}

/* The band goes on from year i to year i + 1. */
static bool spanned(const struct series *s, size_t i)
{
	return i + 1 < s->steps.n && s->steps.verdict[i] != VERDICT_NO && !isnan(s->q1[i]) &&
	       !isnan(s->q1[i + 1]);
}

static void quartiles(const struct series *s, size_t i)
{
	begin_row(s, i);
	plotfile_number(&s->canvas->plot, s->q1[i]);
	plotfile_number(&s->canvas->plot, s->q3[i]);
}

void series_band(const struct series *s)
{
	for (size_t i = 0; i < s->steps.n; i++) {
		if (isnan(s->q1[i]))
			continue;
		quartiles(s, i);
		if (spanned(s, i))
			join(s, span_of(""), i, FACT_TOLD);
		else
			plotfile_gap(&s->canvas->plot);
	}
}

void series_boxes(const struct series *s)
{
	for (size_t i = 0; i < s->steps.n; i++)
		if (!isnan(s->q1[i]) && !spanned(s, i) && !(i && spanned(s, i - 1)))
			quartiles(s, i);
}

void series_dashes(const struct series *s)
{
	struct plotfile *f = &s->canvas->plot;

	for (size_t k = 0; k < s->lines; k++)
		for (size_t i = 0; i + 1 < s->steps.n; i++) {
			const double *x = s->line[k].value;

			if (s->steps.verdict[i] != VERDICT_WARN || isnan(x[i]) || isnan(x[i + 1]))
				continue;
			join(s, s->line[k].province, i, FACT_DASH);
			for (size_t end = i; end < i + 2; end++) {
				begin_row(s, end);
				plotfile_number(f, x[end]);
				plotfile_number(f, s->line[k].role);
			}
			plotfile_gap(f);
		}
}

void series_points(const struct series *s)
{
	struct plotfile *f = &s->canvas->plot;

	for (size_t k = 0; k < s->lines; k++)
		for (size_t i = 0; i < s->steps.n; i++) {
			const double *x = s->line[k].value;

			if (isnan(x[i]) || joined(s, x, i) || (i && joined(s, x, i - 1)))
				continue;
			begin_row(s, i);
			plotfile_number(f, x[i]);
			plotfile_number(f, s->line[k].role);
		}
}

static struct text tip_words(const struct series *s, const struct line *line, size_t i,
			     struct text item)
{
	const struct canvas *c = s->canvas;
	const struct chart_order *o = c->order;
	long year = s->steps.year[i];
	struct text value = narrative_value(o->narrative, year, line->value[i]), name = line->name;

	if (line->province.n)
		value = tips_value(c, result_find(o->all, year, s->item, line->province));
	if (item.n)
		name = arena_format(c->arena, "%.*s, %.*s", SPAN_ARG(name), SPAN_ARG(item));
	return tips_dated(c, name, year, value);
}

void series_tips(const struct series *raw, const struct series *drawn, struct text item)
{
	for (size_t k = raw->lines; k-- > 0;)
		for (size_t i = 0; i < raw->steps.n; i++) {
			const struct line *line = &raw->line[k];

			canvas_tip(raw->canvas,
				   (struct tip){.x = 10000.0 * (double)drawn->cell +
						     (double)raw->steps.year[i],
						.y = drawn->line[k].value[i],
						.width = (drawn->cell ? 0.7 : 1) * TIP_DISC,
						.province = line->province,
						.item = raw->item,
						.words = tip_words(raw, line, i, item)});
		}
}
