/* A line breaks where years cannot be compared or a year has no value; where they are to be
 * compared with care, the two years are joined by dashes instead. */
#include "analysis/spread.h"
#include "output/chart_parts.h"

#include <math.h>
#include <stdlib.h>

#define BODY_WEB 95.0
#define BODY_REPORT 84.0

/* One value a year, NaN where there is none. */
struct line {
	const double *value, *low, *high; /* limits: NULL without errors */
	double role; /* 1 the province, 2 a peer, 3 the national median, or the country */
	struct text name, code;
};

struct trend {
	struct canvas *canvas;
	const long *year;
	const enum verdict *step; /* from year i to year i + 1 */
	size_t years;
	struct line *line; /* the province first, then peers, then the median when there is one */
	size_t lines;
	bool has_band; /* the last line is the median, or the country */
	const double *q1, *q3;
};

/* Years when the code stood for another unit have no value. */
static const double *values_of(struct canvas *c, const long *year, size_t n,
			       const struct province *unit)
{
	const struct provinces *all = &c->order->narrative->survey->provinces;
	double *x = arena_new(c->arena, n, sizeof *x);

	for (size_t i = 0; i < n; i++) {
		const struct result_row *row =
			result_find(c->order->all, year[i], c->order->item, unit->code);

		x[i] = NAN;
		if (!row || !province_same(all, unit->code, year[i], c->order->year))
			continue;
		x[i] = row->estimate;
		canvas_drawn(c, row);
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

static void find_lines(struct canvas *c, struct trend *t)
{
	const struct peers *peers = c->order->peers;

	t->line = arena_new(c->arena, peers->n + 2, sizeof *t->line);
	t->line[t->lines++] =
		(struct line){.value = values_of(c, t->year, t->years, c->order->self),
			      .role = 1,
			      .name = c->order->self->name,
			      .code = c->order->self->code};
	if (canvas_estimated(c->order))
		find_limits(c, t, &t->line[0]);
	for (size_t i = 0; i < peers->n; i++)
		t->line[t->lines++] =
			(struct line){.value = values_of(c, t->year, t->years, peers->at[i]),
				      .role = 2,
				      .name = peers->at[i]->name,
				      .code = peers->at[i]->code};
	if (canvas_estimated(c->order))
		find_nation(c, t, &t->line[t->lines]);
	else
		find_band(c, t, &t->line[t->lines]);
	t->lines += t->has_band ? 1 : 0;
}

/* Year i is joined to year i + 1 by a full line. */
static bool joined(const struct trend *t, const double *value, size_t i)
{
	return i + 1 < t->years && t->step[i] == VERDICT_OK && !isnan(value[i]) &&
	       !isnan(value[i + 1]);
}

static void segments(struct trend *t, const struct line *line, size_t columns)
{
	struct plotfile *f = &t->canvas->plot;

	for (size_t i = 0; i < t->years; i++) {
		bool before = i && joined(t, line->value, i - 1), after = joined(t, line->value, i);

		if (!before && !after)
			continue;
		plotfile_number(f, (double)t->year[i]);
		plotfile_number(f, line->value[i]);
		if (columns > 2) {
			plotfile_number(f, line->low ? line->low[i] : NAN);
			plotfile_number(f, line->low ? line->high[i] : NAN);
		}
		if (after)
			canvas_join(t->canvas, line->code, t->year[i], t->year[i + 1], FACT_LINE);
		else
			plotfile_gap(f);
	}
}

/* The province's interval in every year that has one. */
static void whiskers(struct trend *t)
{
	struct plotfile *f = &t->canvas->plot;
	const struct line *line = &t->line[0];

	plotfile_block(f, "whiskers", 3);
	for (size_t i = 0; i < t->years && line->low; i++) {
		if (isnan(line->low[i]))
			continue;
		plotfile_number(f, (double)t->year[i]);
		plotfile_number(f, line->low[i]);
		plotfile_number(f, line->high[i]);
	}
}

static void band(struct trend *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "band", 3);
	for (size_t i = 0; i < t->years && t->has_band; i++) {
		if (isnan(t->q1[i]))
			continue;
		plotfile_number(f, (double)t->year[i]);
		plotfile_number(f, t->q1[i]);
		plotfile_number(f, t->q3[i]);
		if (i + 1 == t->years)
			break;
		if (t->step[i] == VERDICT_NO || isnan(t->q1[i + 1]))
			plotfile_gap(f);
		else
			canvas_join(t->canvas, span_of(""), t->year[i], t->year[i + 1], FACT_TOLD);
	}
}

static void dashes(struct trend *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "dash", 3);
	for (size_t k = 0; k < t->lines; k++)
		for (size_t i = 0; i + 1 < t->years; i++) {
			const double *x = t->line[k].value;

			if (t->step[i] != VERDICT_WARN || isnan(x[i]) || isnan(x[i + 1]))
				continue;
			canvas_join(t->canvas, t->line[k].code, t->year[i], t->year[i + 1],
				    FACT_DASH);
			for (size_t end = i; end < i + 2; end++) {
				plotfile_number(f, (double)t->year[end]);
				plotfile_number(f, x[end]);
				plotfile_number(f, t->line[k].role);
			}
			plotfile_gap(f);
		}
}

/* Years that no full line touches: dots. */
static void points(struct trend *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "points", 3);
	for (size_t k = 0; k < t->lines; k++)
		for (size_t i = 0; i < t->years; i++) {
			const double *x = t->line[k].value;

			if (isnan(x[i]) || joined(t, x, i) || (i && joined(t, x, i - 1)))
				continue;
			plotfile_number(f, (double)t->year[i]);
			plotfile_number(f, x[i]);
			plotfile_number(f, t->line[k].role);
		}
}

/* 1 above the point, -1 below it, where its neighbours are higher; where the plot ends there, the
 * other. */
static double label_side(const struct trend *t, size_t i, struct axis axis, double millimetres)
{
	const double *x = t->line[0].value;
	double before = i ? x[i - 1] : NAN, after = x[i + 1], room = 1.8 * t->canvas->em,
	       up = (axis.high - x[i]) / (axis.high - axis.low) * millimetres;
	bool below = !(before <= x[i]) && !(after <= x[i]) && !(isnan(before) && isnan(after));

	if (below)
		return millimetres - up < room ? 1 : -1;
	return up < room ? -1 : 1;
}

/* The province's first, highest and lowest values are written at its line; the last one at its end.
 */
static void labels(struct trend *t, struct axis axis, double millimetres)
{
	const struct narrative *w = t->canvas->order->narrative;
	const double *x = t->line[0].value;
	struct plotfile *f = &t->canvas->plot;
	struct spread s = spread_of(t->canvas->arena, x, t->years);
	bool first = true;

	plotfile_block(f, "labels", 5);
	for (size_t i = 0; i + 1 < t->years; i++) {
		if (isnan(x[i]) || !(first || x[i] == s.min || x[i] == s.max))
			continue;
		first = false;
		plotfile_number(f, (double)t->year[i]);
		plotfile_number(f, x[i]);
		plotfile_text(f, narrative_number(w, t->year[i], x[i]));
		plotfile_number(f, 1);
		plotfile_number(f, label_side(t, i, axis, millimetres));
	}
}

struct end {
	const struct line *line;
	double y; /* its last value */
};

static int by_height(const void *a, const void *b)
{
	const struct end *p = a, *q = b;

	if (p->y != q->y)
		return (p->y > q->y) - (p->y < q->y);
	return (p->line > q->line) - (p->line < q->line);
}

static void ends(struct trend *t, struct axis axis, double millimetres)
{
	struct canvas *c = t->canvas;
	struct end *end = arena_new(c->arena, t->lines, sizeof *end);
	double *y = arena_new(c->arena, t->lines, sizeof *y);
	size_t n = 0, last = t->years - 1;

	for (size_t k = 0; k < t->lines; k++)
		if (!isnan(t->line[k].value[last]))
			end[n++] = (struct end){&t->line[k], t->line[k].value[last]};
	if (n)
		qsort(end, n, sizeof *end, by_height);
	for (size_t i = 0; i < n; i++)
		y[i] = end[i].y;
	plotfile_spread(c->arena, y, n, 1.35 * c->em * (axis.high - axis.low) / millimetres,
			axis.low, axis.high);
	plotfile_block(&c->plot, "ends", 5);
	for (size_t i = 0; i < n; i++) {
		struct text name = end[i].line->name;

		if (end[i].line->role != 2)
			name = arena_format(c->arena, "%.*s  %.*s", SPAN_ARG(name),
					    SPAN_ARG(narrative_number(c->order->narrative,
								      t->year[last], end[i].y)));
		plotfile_number(&c->plot, (double)t->year[last]);
		plotfile_number(&c->plot, y[i]);
		plotfile_text(&c->plot, name);
		plotfile_number(&c->plot, end[i].line->role);
		plotfile_number(&c->plot, end[i].y);
	}
}

static void breaks(struct trend *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "breaks", 3);
	for (size_t i = 0; i + 1 < t->years; i++) {
		if (t->step[i] != VERDICT_NO)
			continue;
		plotfile_number(f, 0.5 * (double)(t->year[i] + t->year[i + 1]));
		plotfile_number(f, NAN);
		plotfile_text(f, phrase(t->canvas->order->narrative->phrases, "trend.break"));
	}
}

static void years_axis(struct trend *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "xtics", 2);
	for (size_t i = 0; i < t->years; i++) {
		plotfile_number(f, (double)t->year[i]);
		plotfile_text(f, canvas_year(t->canvas, t->year[i]));
	}
}

static struct axis values_axis(struct trend *t)
{
	size_t n = t->lines * t->years;
	double *x = arena_new(t->canvas->arena, n + 4 * t->years, sizeof *x);
	struct spread s;

	for (size_t k = 0; k < t->lines; k++)
		for (size_t i = 0; i < t->years; i++)
			x[k * t->years + i] = t->line[k].value[i];
	for (size_t i = 0; i < t->years; i++) {
		x[n++] = t->has_band ? t->q1[i] : NAN;
		x[n++] = t->has_band ? t->q3[i] : NAN;
		x[n++] = t->line[0].low ? t->line[0].low[i] : NAN;
		x[n++] = t->line[0].low ? t->line[0].high[i] : NAN;
	}
	s = spread_of(t->canvas->arena, x, n);
	return axis_for(s.min, s.max, 5);
}

/* Something stands on both sides of the step from year i. */
static bool any_across(const struct trend *t, size_t i)
{
	for (size_t k = 0; k < t->lines; k++)
		if (!isnan(t->line[k].value[i]) && !isnan(t->line[k].value[i + 1]))
			return true;
	return false;
}

/* Years where the line breaks or is dashed, with the reason, as sentences. */
static struct text reasons(struct trend *t)
{
	struct text all = {"", 0};

	for (size_t i = 0; i + 1 < t->years; i++)
		if (t->step[i] != VERDICT_OK && any_across(t, i))
			all = parts_join(t->canvas->arena, all,
					 parts_step_reason(t->canvas, t->year[i], t->year[i + 1],
							   t->step[i]));
	return all;
}

static const char *title_key(double value, double median, int decimals)
{
	double a = number_round(value, decimals), b = number_round(median, decimals);

	if (isnan(value))
		return "trend.title.none";
	if (isnan(median))
		return "trend.title.alone";
	return a > b ? "trend.title.above" : a < b ? "trend.title.below" : "trend.title.same";
}

/* Of estimates: where the country lies against the province's interval. */
static const char *title_of_interval(const struct trend *t)
{
	static const char *const keys[] = {"trend.title.under", "trend.title.unclear",
					   "trend.title.over"};
	const struct chart_order *o = t->canvas->order;
	const struct result_row *row = result_find(o->all, o->year, o->item, o->self->code);

	if (row && isnan(row->estimate) && row->flags & FLAG_SUPPRESSED)
		return "trend.title.hidden";
	if (!row || isnan(row->estimate))
		return "trend.title.none";
	if (isnan(row->ci_low) || isnan(canvas_nation(o, o->year, o->item)))
		return "trend.title.alone";
	return keys[1 + canvas_side(o, row)];
}

static const char *subtitle_key(const struct trend *t)
{
	if (t->line[0].low)
		return t->canvas->order->mono ? "trend.subtitle.errors.mono"
					      : "trend.subtitle.errors";
	if (t->canvas->order->mono)
		return t->has_band ? "trend.subtitle.mono" : "trend.subtitle.alone.mono";
	return t->has_band ? "trend.subtitle" : "trend.subtitle.alone";
}

/* Where the title puts the province. */
static void claim(struct trend *t, double value, double median, int decimals)
{
	struct canvas *c = t->canvas;
	const struct chart_order *o = c->order;
	const struct result_row *row = result_find(o->all, o->year, o->item, o->self->code);
	double gap = number_round(value, decimals) - number_round(median, decimals);
	int sign = !row ? 0 : t->line[0].low ? canvas_side(o, row) : (gap > 0) - (gap < 0);

	canvas_no_claim(c);
	if (sign)
		canvas_side_claim(c, row, sign,
				  t->line[0].low ? canvas_nation(o, o->year, o->item) : median);
}

/* "81,92", or "81,92 (72,22–88,76)" */
static struct text value_words(const struct trend *t, size_t i)
{
	const struct narrative *w = t->canvas->order->narrative;
	const struct line *line = &t->line[0];
	struct text value = narrative_number(w, t->year[i], line->value[i]),
		    range = line->low ? narrative_range(w, t->year[i], line->low[i], line->high[i])
				      : (struct text){"", 0};

	if (range.n == 0)
		return value;
	return arena_format(t->canvas->arena, "%.*s (%.*s)", SPAN_ARG(value), SPAN_ARG(range));
}

static void words(struct trend *t)
{
	struct canvas *c = t->canvas;
	const struct narrative *w = c->order->narrative;
	const struct phrases *p = w->phrases;
	double value = t->line[0].value[t->years - 1];
	double median = t->has_band ? t->line[t->lines - 1].value[t->years - 1] : NAN;
	struct text why = reasons(t), list = {"", 0};
	struct field fields[] = {
		{"province", c->order->self->name},
		{"survey", w->survey->name},
		{"item", canvas_item(c->order)->brief[p->lang]},
		{"year", canvas_year(c, c->order->year)},
		{"first", canvas_year(c, t->year[0])},
		{"value", narrative_value(w, c->order->year, value)},
		{"median", narrative_number(w, c->order->year, median)},
		{"peers", c->order->peers->label[p->lang]},
		{"range", canvas_range(c, canvas_item(c->order))},
		{"level", canvas_level(c->order)},
	};
	size_t n = sizeof fields / sizeof *fields;
	bool errors = t->line[0].low != NULL;
	const char *title =
		errors ? title_of_interval(t)
		       : title_key(value, median, survey_wave(w->survey, c->order->year)->decimals);

	claim(t, value, median, survey_wave(w->survey, c->order->year)->decimals);
	c->chart->title = phrase_fill(p, title, fields, n);
	if (!canvas_is_root(c->order))
		c->chart->title = arena_format(c->arena, "%.*s: %.*s", SPAN_ARG(canvas_subject(c)),
					       SPAN_ARG(c->chart->title));
	c->chart->subtitle = phrase_fill(p, subtitle_key(t), fields, n);
	c->chart->caption = phrase_fill(p,
					errors        ? "trend.caption.errors"
					: t->has_band ? "trend.caption"
						      : "trend.caption.alone",
					fields, n);
	c->chart->footer = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(why), why.n ? " " : "",
					SPAN_ARG(canvas_source(c, NULL, 0)));
	for (size_t i = 0; i < t->years; i++)
		if (!isnan(t->line[0].value[i]))
			list = arena_format(c->arena, "%.*s%s%ld: %.*s", SPAN_ARG(list),
					    list.n ? "; " : "", t->year[i],
					    SPAN_ARG(value_words(t, i)));
	c->chart->alt = PHRASE_FILL(p, errors && list.n == 0 ? "chart.alt.none" : "trend.alt",
				    {"title", c->chart->title}, {"list", list}, {"reasons", why});
}

#define PLAIN_COLUMNS 4

static void csv_row(struct trend *t, const struct line *line, struct text series, struct text role,
		    size_t i)
{
	struct canvas *c = t->canvas;
	bool limits = line->low && !isnan(line->low[i]);
	const struct wave *wave = survey_wave(c->order->narrative->survey, t->year[i]);
	struct text cells[] = {
		canvas_year(c, t->year[i]),
		series,
		role,
		number_exact(c->arena, line->value[i]),
		number_exact(c->arena, limits ? line->low[i] : NAN),
		number_exact(c->arena, limits ? line->high[i] : NAN),
		result_flags(c->arena, (wave->simulated ? FLAG_SIMULATED : 0) |
					       canvas_merged_flag(c->order, t->year[i], series))};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

static void csv(struct trend *t)
{
	struct canvas *c = t->canvas;
	bool estimated = canvas_estimated(c->order);
	const char *const role[] = {"other", "highlight", "peer",
				    estimated ? "country" : "national_median"};
	struct text cells[] = {span_of("year"),  span_of("series"), span_of("role"),
			       span_of("score"), span_of("ci_low"), span_of("ci_high"),
			       span_of("flag")};
	const struct line quartile[] = {{.value = t->q1}, {.value = t->q3}};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
	for (size_t k = 0; k < t->lines; k++)
		for (size_t i = 0; i < t->years; i++)
			csv_row(t, &t->line[k], t->line[k].name,
				span_of(role[(size_t)t->line[k].role]), i);
	for (size_t k = 0; k < 2 && t->has_band && !estimated; k++)
		for (size_t i = 0; i < t->years; i++)
			csv_row(t, &quartile[k], span_of(k ? "q3" : "q1"),
				span_of("national_quartile"), i);
}

static void draw(struct trend *t)
{
	struct canvas *c = t->canvas;
	struct plotfile *f = &c->plot;
	double body = c->order->report ? BODY_REPORT : BODY_WEB;
	struct axis axis = values_axis(t);

	words(t);
	canvas_page(c, c->order->report ? 160 : 220, body);
	plotfile_key_number(f, "xmin", (double)t->year[0] - (t->years == 1 ? 0.5 : 0));
	plotfile_key_number(f, "xmax", (double)t->year[t->years - 1] + (t->years == 1 ? 0.5 : 0));
	plotfile_key_number(f, "ymin", axis.low);
	plotfile_key_number(f, "ymax", axis.high);
	years_axis(t);
	plotfile_axis(f, "ytics", axis, c->order->narrative->phrases->lang);
	band(t);
	plotfile_block(f, "median", 2);
	if (t->has_band)
		segments(t, &t->line[t->lines - 1], 2);
	plotfile_block(f, "peers", 2);
	for (size_t k = 1; k < t->lines - (t->has_band ? 1 : 0); k++)
		segments(t, &t->line[k], 2);
	plotfile_block(f, "unit", 4);
	segments(t, &t->line[0], 4);
	whiskers(t);
	dashes(t);
	points(t);
	labels(t, axis, body - 2.65 * c->line);
	ends(t, axis, body - 2.65 * c->line);
	breaks(t);
	csv(t);
}

bool chart_trend(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct trend t = {.canvas = &c};
	bool any = false;

	if (!canvas_open(a, o, out, &c, why))
		return false;
	struct steps steps = parts_steps(&c);

	t.year = steps.year;
	t.step = steps.verdict;
	t.years = steps.n;
	find_lines(&c, &t);
	for (size_t k = 0; k < t.lines; k++)
		for (size_t i = 0; i < t.years; i++)
			any |= !isnan(t.line[k].value[i]);
	if (any)
		draw(&t);
	else
		diag_fail(why, DIAG_DATA, "no scores up to %ld to draw", o->year);
	return canvas_close(&c, why) && any;
}
