/* The province, its peers and the middle of the country over the years. */
#include "analysis/spread.h"
#include "output/chart_series.h"
#include "output/placing.h"

#include <math.h>
#include <stdlib.h>

#define BODY_WEB 95.0
#define BODY_REPORT 84.0

/* Where the plot lies: mm of the page across, mm of the body down. */
struct view {
	struct box plot;
	double first, last; /* years at its left and right */
	struct axis axis;
};

static double across(const struct view *f, double year)
{
	return f->plot.left +
	       (year - f->first) / (f->last - f->first) * (f->plot.right - f->plot.left);
}

static double year_at(const struct view *v, double mm)
{
	return number_round(v->first + (mm - v->plot.left) * (v->last - v->first) /
					       (v->plot.right - v->plot.left),
			    4);
}

static double down(const struct view *f, double y)
{
	return f->plot.top +
	       (f->axis.high - y) / (f->axis.high - f->axis.low) * (f->plot.bottom - f->plot.top);
}

/* What covering a line costs, by its role; and other marks. */
static const double line_cost[] = {0, 6, 1.5, 4};
#define BAND_COST 0.7
#define LIMIT_COST 3

static size_t add_line(const struct series *t, const struct view *f, const double *y, double cost,
		       struct stroke *out)
{
	size_t n = 0;

	for (size_t i = 0; i + 1 < t->steps.n; i++)
		if (t->steps.verdict[i] != VERDICT_NO && !isnan(y[i]) && !isnan(y[i + 1]))
			out[n++] = (struct stroke){
				across(f, (double)t->steps.year[i]), down(f, y[i]),
				across(f, (double)t->steps.year[i + 1]), down(f, y[i + 1]), cost};
	return n;
}

static size_t find_strokes(const struct series *t, const struct view *f, struct stroke *out)
{
	const struct line *own = &t->line[0];
	size_t n = 0;

	for (size_t k = 0; k < t->lines; k++)
		n += add_line(t, f, t->line[k].value, line_cost[(size_t)t->line[k].role], out + n);
	if (t->has_middle) {
		n += add_line(t, f, t->q1, BAND_COST, out + n);
		n += add_line(t, f, t->q3, BAND_COST, out + n);
	}
	for (size_t i = 0; i < t->steps.n && own->low; i++)
		if (!isnan(own->low[i])) {
			double x = across(f, (double)t->steps.year[i]);

			out[n++] = (struct stroke){x, down(f, own->low[i]), x,
						   down(f, own->high[i]), LIMIT_COST};
		}
	return n;
}

/* The province's first, highest and lowest values, which are written at its line; the last one is
 * at its end. Returns how many; *year: which. */
static size_t find_values(const struct series *t, const struct view *f, struct value *out,
			  size_t *year)
{
	const struct canvas *c = t->canvas;
	const double *x = t->line[0].value;
	struct spread s = spread_of(c->arena, x, t->steps.n);
	size_t n = 0;

	for (size_t i = 0; i + 1 < t->steps.n; i++) {
		double before = i ? x[i - 1] : NAN, after = x[i + 1];

		if (isnan(x[i]) || !(n == 0 || x[i] == s.min || x[i] == s.max))
			continue;
		year[n] = i;
		out[n++] = (struct value){
			.x = across(f, (double)t->steps.year[i]),
			.y = down(f, x[i]),
			.clear = c->em,
			.width = canvas_width(
				c, narrative_number(c->order->narrative, t->steps.year[i], x[i]),
				c->small, true),
			.height = 0.84 * c->em,
			.below = !(before <= x[i]) && !(after <= x[i]) &&
				 !(isnan(before) && isnan(after))};
	}
	return n;
}

static void labels(struct series *t, const struct view *f)
{
	struct canvas *c = t->canvas;
	struct value *value = arena_new(c->arena, t->steps.n, sizeof *value);
	size_t *year = arena_new(c->arena, t->steps.n, sizeof *year);
	size_t n = find_values(t, f, value, year);
	struct stroke *stroke = arena_new(c->arena, (t->lines + 3) * t->steps.n, sizeof *stroke);
	struct box page = f->plot;

	page.left -= 1.2 * c->em;
	page.top -= 0.2 * c->line;
	placing_values(page, stroke, find_strokes(t, f, stroke), value, n);
	plotfile_block(&c->plot, "labels", 5);
	for (size_t i = 0; i < n; i++) {
		double x = t->line[0].value[year[i]];

		plotfile_number(&c->plot, year_at(f, value[i].centre));
		plotfile_number(&c->plot, x);
		plotfile_text(&c->plot,
			      narrative_number(c->order->narrative, t->steps.year[year[i]], x));
		plotfile_number(&c->plot, 1);
		plotfile_number(&c->plot, number_round((value[i].y - value[i].middle) / c->em, 4));
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

/* The name at a line's end; with the value, unless it is a peer's. */
static struct text end_name(const struct series *t, const struct line *line)
{
	size_t last = t->steps.n - 1;

	struct text name = canvas_fit(t->canvas, line->name, CANVAS_ENDS);

	if (line->role == 2)
		return name;
	return arena_format(t->canvas->arena, "%.*s  %.*s", SPAN_ARG(name),
			    SPAN_ARG(narrative_number(t->canvas->order->narrative,
						      t->steps.year[last], line->value[last])));
}

static void ends(struct series *t, const struct view *f)
{
	struct axis axis = f->axis;
	struct canvas *c = t->canvas;
	struct end *end = arena_new(c->arena, t->lines, sizeof *end);
	double *y = arena_new(c->arena, t->lines, sizeof *y);
	size_t n = 0, last = t->steps.n - 1;

	for (size_t k = 0; k < t->lines; k++)
		if (!isnan(t->line[k].value[last]))
			end[n++] = (struct end){&t->line[k], t->line[k].value[last]};
	if (n)
		qsort(end, n, sizeof *end, by_height);
	for (size_t i = 0; i < n; i++)
		y[i] = end[i].y;
	plotfile_spread(c->arena, y, n,
			1.35 * c->em * (axis.high - axis.low) / (f->plot.bottom - f->plot.top),
			axis.low, axis.high);
	plotfile_block(&c->plot, "ends", 5);
	for (size_t i = 0; i < n; i++) {
		plotfile_number(&c->plot, (double)t->steps.year[last]);
		plotfile_number(&c->plot, y[i]);
		plotfile_text_as(&c->plot, end_name(t, end[i].line),
				 canvas_end_look(c, end[i].line->role));
		plotfile_number(&c->plot, end[i].line->role);
		plotfile_number(&c->plot, end[i].y);
		canvas_name(c, end[i].line->province, end_name(t, end[i].line));
	}
}

static void breaks(struct series *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "breaks", 3);
	for (size_t i = 0; i + 1 < t->steps.n; i++) {
		if (t->steps.verdict[i] != VERDICT_NO)
			continue;
		plotfile_number(f, 0.5 * (double)(t->steps.year[i] + t->steps.year[i + 1]));
		plotfile_number(f, NAN);
		plotfile_text(f, parts_break(t->canvas, &t->steps, i));
	}
}

static void years_axis(struct series *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "xtics", 2);
	for (size_t i = 0; i < t->steps.n; i++) {
		plotfile_number(f, (double)t->steps.year[i]);
		plotfile_text(f, canvas_year(t->canvas, t->steps.year[i]));
	}
}

static struct axis values_axis(const struct series *t)
{
	double least, greatest;

	series_spread(t, &least, &greatest);
	return axis_for(least, greatest, 5);
}

/* Years where the line breaks or is dashed, with the reason, as sentences. */
static struct text reasons(struct series *t)
{
	struct text all = {"", 0};

	for (size_t i = 0; i + 1 < t->steps.n; i++)
		if (t->steps.verdict[i] != VERDICT_OK && series_crossed(t, i))
			all = parts_join(t->canvas->arena, all,
					 parts_step_reason(t->canvas, t->item, t->steps.year[i],
							   t->steps.year[i + 1],
							   t->steps.verdict[i]));
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
static const char *title_of_interval(const struct series *t)
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

/* On which side of the median, or of the country, the title puts the province. */
static void claim(const struct series *t, double value, double median)
{
	const struct canvas *c = t->canvas;
	const struct chart_order *o = c->order;
	const struct result_row *row = result_find(o->all, o->year, o->item, o->self->code);
	int decimals = survey_wave(o->narrative->survey, o->year)->decimals,
	    sign = (number_round(value, decimals) > number_round(median, decimals)) -
		   (number_round(value, decimals) < number_round(median, decimals));

	if (t->line[0].low) {
		median = canvas_nation(o, o->year, o->item);
		sign = row ? canvas_side(o, row) : 0;
	}
	facts_no_claim(c->facts);
	if (row && sign)
		facts_side_claim(c->facts, row, sign, median);
}

static const char *subtitle_key(const struct series *t)
{
	if (t->line[0].low)
		return t->canvas->order->mono ? "trend.subtitle.errors.mono"
					      : "trend.subtitle.errors";
	if (t->canvas->order->mono)
		return t->has_middle ? "trend.subtitle.mono" : "trend.subtitle.alone.mono";
	return t->has_middle ? "trend.subtitle" : "trend.subtitle.alone";
}

/* "81,92", or "81,92 (72,22–88,76)" */
static struct text value_words(const struct series *t, size_t i)
{
	const struct narrative *w = t->canvas->order->narrative;
	const struct line *line = &t->line[0];
	struct text value = narrative_number(w, t->steps.year[i], line->value[i]),
		    range = line->low ? narrative_range(w, t->steps.year[i], line->low[i],
							line->high[i])
				      : (struct text){"", 0};

	if (range.n == 0)
		return value;
	return arena_format(t->canvas->arena, "%.*s (%.*s)", SPAN_ARG(value), SPAN_ARG(range));
}

static void words(struct series *t)
{
	struct canvas *c = t->canvas;
	const struct narrative *w = c->order->narrative;
	const struct phrases *p = w->phrases;
	double value = t->line[0].value[t->steps.n - 1];
	double median = t->has_middle ? t->line[t->lines - 1].value[t->steps.n - 1] : NAN;
	struct text why = reasons(t), list = {"", 0};
	struct field fields[] = {
		{"province", c->order->self->name},
		{"survey", w->survey->name},
		{"item", canvas_item(c->order)->brief[p->lang]},
		{"year", canvas_year(c, c->order->year)},
		{"first", canvas_year(c, t->steps.year[0])},
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

	claim(t, value, median);
	c->chart->title = phrase_fill(p, title, fields, n);
	if (!canvas_is_root(c->order))
		c->chart->title = arena_format(c->arena, "%.*s: %.*s", SPAN_ARG(canvas_subject(c)),
					       SPAN_ARG(c->chart->title));
	c->chart->subtitle = phrase_fill(p, subtitle_key(t), fields, n);
	c->chart->caption = phrase_fill(p,
					errors          ? "trend.caption.errors"
					: t->has_middle ? "trend.caption"
							: "trend.caption.alone",
					fields, n);
	parts_footer(
		c, why,
		result_find(c->order->all, c->order->year, c->order->item, c->order->self->code),
		NULL, 0);
	for (size_t i = 0; i < t->steps.n; i++)
		if (!isnan(t->line[0].value[i]))
			list = arena_format(c->arena, "%.*s%s%ld: %.*s", SPAN_ARG(list),
					    list.n ? "; " : "", t->steps.year[i],
					    SPAN_ARG(value_words(t, i)));
	c->chart->alt = PHRASE_FILL(p, errors && list.n == 0 ? "chart.alt.none" : "trend.alt",
				    {"title", c->chart->title}, {"list", list}, {"reasons", why});
}

#define PLAIN_COLUMNS 4

static void csv_row(struct series *t, const struct line *line, struct text series, struct text role,
		    size_t i)
{
	struct canvas *c = t->canvas;
	bool limits = line->low && !isnan(line->low[i]);
	const struct wave *wave = survey_wave(c->order->narrative->survey, t->steps.year[i]);
	struct text cells[] = {
		canvas_year(c, t->steps.year[i]),
		series,
		role,
		number_exact(c->arena, line->value[i]),
		number_exact(c->arena, limits ? line->low[i] : NAN),
		number_exact(c->arena, limits ? line->high[i] : NAN),
		result_flags(c->arena, (wave->simulated ? FLAG_SIMULATED : 0) |
					       canvas_merged_flag(c->order, t->item,
								  t->steps.year[i], series))};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

static void csv(struct series *t)
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
		for (size_t i = 0; i < t->steps.n; i++)
			csv_row(t, &t->line[k], t->line[k].name,
				span_of(role[(size_t)t->line[k].role]), i);
	for (size_t k = 0; k < 2 && t->has_middle && !estimated; k++)
		for (size_t i = 0; i < t->steps.n; i++)
			csv_row(t, &quartile[k], span_of(k ? "q3" : "q1"),
				span_of("national_quartile"), i);
}

/* The plot lies between the labels of the axis and the names at the ends of lines. */
static struct view find_view(struct series *t, double width, double body)
{
	const struct canvas *c = t->canvas;
	enum lang lang = c->order->narrative->phrases->lang;
	double alone = t->steps.n == 1 ? 0.5 : 0, border = c->order->report ? 0.5 : 3.5, tics = 0,
	       names = 0;
	struct view f = {.axis = values_axis(t),
			 .first = (double)t->steps.year[0] - alone,
			 .last = (double)t->steps.year[t->steps.n - 1] + alone};

	for (double y = f.axis.low; y <= f.axis.high + f.axis.step / 2; y += f.axis.step)
		tics = fmax(tics, canvas_width(c, number_shown(c->arena, y, f.axis.decimals, lang),
					       c->small, false));
	for (size_t k = 0; k < t->lines; k++) {
		struct look look = canvas_end_look(c, t->line[k].role);

		if (!isnan(t->line[k].value[t->steps.n - 1]))
			names = fmax(names, canvas_width(c, end_name(t, &t->line[k]), look.size,
							 look.bold));
	}
	f.plot = (struct box){border + tics + 1.8 * c->em, 1.3 * c->line,
			      width - border - 2.6 * c->em - names, body - 1.35 * c->line};
	return f;
}

static void blocks(struct series *t)
{
	struct plotfile *f = &t->canvas->plot;

	plotfile_block(f, "band", 3);
	series_band(t);
	plotfile_block(f, "median", 2);
	if (series_middle(t))
		series_segments(t, series_middle(t), 2);
	plotfile_block(f, "peers", 2);
	for (size_t k = 1; k < t->lines - (t->has_middle ? 1 : 0); k++)
		series_segments(t, &t->line[k], 2);
	plotfile_block(f, "unit", 4);
	series_segments(t, &t->line[0], 4);
	plotfile_block(f, "whiskers", 3);
	series_whiskers(t);
	plotfile_block(f, "dash", 3);
	series_dashes(t);
	plotfile_block(f, "points", 3);
	series_points(t);
}

static void draw(struct series *t)
{
	struct canvas *c = t->canvas;
	struct plotfile *f = &c->plot;
	double body = c->order->report ? BODY_REPORT : BODY_WEB,
	       width = c->order->report ? 160 : 220;
	struct view view = find_view(t, width, body);

	words(t);
	canvas_page(c, width, body);
	plotfile_key_number(f, "left", view.plot.left / width);
	plotfile_key_number(f, "right", view.plot.right / width);
	plotfile_key_number(f, "xmin", view.first);
	plotfile_key_number(f, "xmax", view.last);
	plotfile_key_number(f, "ymin", view.axis.low);
	plotfile_key_number(f, "ymax", view.axis.high);
	years_axis(t);
	plotfile_axis(f, "ytics", view.axis, c->order->narrative->phrases->lang);
	blocks(t);
	labels(t, &view);
	ends(t, &view);
	breaks(t);
	series_tips(t, t, (struct text){"", 0});
	csv(t);
}

bool chart_trend(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct series t;

	canvas_open(a, o, out, &c);
	series_find(&c, o->item, o->peers, &t);

	bool any = series_any(&t);

	if (any)
		draw(&t);
	else
		diag_fail(why, DIAG_DATA, "no scores up to %ld to draw", o->year);
	canvas_close(&c);
	return any;
}
