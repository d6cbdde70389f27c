#include "output/chart_cells.h"

#include <math.h>

/* The item of the series' code in its year i; NULL when the era has none. */
static const struct item *item_of(const struct series *s, size_t i)
{
	const struct survey *survey = s->canvas->order->narrative->survey;

	return structure_find(&survey->structure, survey_wave(survey, s->steps.year[i])->era,
			      s->item);
}

static bool any_value(const struct series *s, size_t i)
{
	bool any = false;

	for (size_t k = 0; k < s->lines; k++)
		any |= !isnan(s->line[k].value[i]);
	return any;
}

static bool is_ranged(const struct item *item)
{
	return item && items_ranged(item);
}

static void find_range(struct cells *p, size_t n)
{
	p->min = p->max = NAN;
	p->common = true;
	for (size_t k = 0; k < n; k++) {
		const struct series *s = &p->at[k].raw;

		for (size_t i = 0; i < s->steps.n; i++) {
			const struct item *item = item_of(s, i);

			if (!any_value(s, i) || !is_ranged(item))
				continue;
			if (isnan(p->min)) {
				p->min = item->min;
				p->max = item->max;
			}
			p->common &= item->min == p->min && item->max == p->max;
		}
	}
}

static const double *placed(const struct cells *p, const struct series *s, const double *value)
{
	double *x = arena_new(s->canvas->arena, s->steps.n, sizeof *x);

	for (size_t i = 0; value && i < s->steps.n; i++) {
		const struct item *item = item_of(s, i);

		if (!is_ranged(item))
			x[i] = NAN;
		else if (p->common)
			x[i] = value[i];
		else
			x[i] = 100 * (value[i] - item->min) / (item->max - item->min);
	}
	return value ? x : NULL;
}

static struct series drawn_of(const struct cells *p, const struct series *raw)
{
	struct series s = *raw;

	s.line = arena_new(s.canvas->arena, s.lines, sizeof *s.line);
	for (size_t k = 0; k < s.lines; k++) {
		s.line[k] = raw->line[k];
		s.line[k].value = placed(p, raw, raw->line[k].value);
		s.line[k].low = placed(p, raw, raw->line[k].low);
		s.line[k].high = placed(p, raw, raw->line[k].high);
	}
	s.q1 = placed(p, raw, raw->q1);
	s.q3 = placed(p, raw, raw->q3);
	return s;
}

/* Years that have values but no range, and so no place: "2012, 2013". */
static struct text unplaced_years(const struct cell *cell)
{
	struct text years = {"", 0};

	for (size_t i = 0; i < cell->raw.steps.n; i++)
		if (any_value(&cell->raw, i) && !is_ranged(item_of(&cell->raw, i)))
			years = arena_format(cell->raw.canvas->arena, "%.*s%s%ld", SPAN_ARG(years),
					     years.n ? ", " : "", cell->raw.steps.year[i]);
	return years;
}

static struct text find_unplaced(struct arena *a, const struct cells *p, size_t n)
{
	struct text *years = arena_new(a, n, sizeof *years), all = {"", 0};

	for (size_t k = 0; k < n; k++)
		years[k] = unplaced_years(&p->at[k]);
	for (size_t k = 0; k < n; k++) {
		struct text codes = {"", 0}, same = years[k];

		for (size_t j = k; j < n && same.n; j++) {
			if (!span_equal(years[j], same))
				continue;
			codes = arena_format(a, "%.*s%s%.*s", SPAN_ARG(codes), codes.n ? ", " : "",
					     SPAN_ARG(p->at[j].raw.item));
			years[j] = (struct text){"", 0};
		}
		if (same.n)
			all = arena_format(a, "%.*s%s%.*s (%.*s)", SPAN_ARG(all), all.n ? "; " : "",
					   SPAN_ARG(codes), SPAN_ARG(same));
	}
	return all;
}

void cells_find(struct canvas *c, const struct items *items, struct cells *out)
{
	*out = (struct cells){.at = arena_new(c->arena, items->n, sizeof *out->at)};
	for (size_t k = 0; k < items->n; k++) {
		out->at[k].entry = &items->at[k];
		series_find(c, items->at[k].item->code, NULL, &out->at[k].raw);
	}
	find_range(out, items->n);
	out->unplaced = find_unplaced(c->arena, out, items->n);
	for (size_t k = 0; k < items->n; k++) {
		struct cell cell = out->at[k];

		cell.drawn = drawn_of(out, &cell.raw);
		cell.drawn.cell = out->n + 1;
		if (series_any(&cell.drawn))
			out->at[out->n++] = cell;
	}
}

void cells_spread(const struct cells *p, double *least, double *greatest)
{
	*least = *greatest = NAN;
	for (size_t k = 0; k < p->n; k++) {
		double low, high;

		series_spread(&p->at[k].drawn, &low, &high);
		*least = fmin(*least, low);
		*greatest = fmax(*greatest, high);
	}
}

bool cells_told(const struct series *s, size_t i, enum verdict verdict)
{
	if (s->steps.verdict[i] != verdict)
		return false;
	return verdict == VERDICT_NO ? series_parted(s, i) : series_crossed(s, i);
}

/* The steps from year i that are told of with one reason, as a sentence for each reason. */
static struct text reasons_of(struct canvas *c, const struct cells *p, size_t i,
			      enum verdict verdict)
{
	struct text *why = arena_new(c->arena, p->n, sizeof *why), all = {"", 0};

	for (size_t k = 0; k < p->n; k++) {
		const struct series *s = &p->at[k].drawn;

		if (cells_told(s, i, verdict))
			why[k] = parts_step_why(c, s->item, s->steps.year[i], s->steps.year[i + 1]);
	}
	for (size_t k = 0; k < p->n; k++) {
		const struct series *s = &p->at[k].drawn;
		struct text codes = {"", 0}, reason = why[k];

		for (size_t j = k; j < p->n && reason.n; j++) {
			if (!span_equal(why[j], reason))
				continue;
			codes = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(codes),
					     codes.n ? ", " : "", SPAN_ARG(p->at[j].drawn.item));
			why[j] = (struct text){"", 0};
		}
		if (reason.n)
			all = parts_join(
				c->arena, all,
				PHRASE_FILL(c->order->narrative->phrases,
					    verdict == VERDICT_NO ? "panels.no" : "panels.warn",
					    {"from", canvas_year(c, s->steps.year[i])},
					    {"year", canvas_year(c, s->steps.year[i + 1])},
					    {"codes", codes}, {"reason", reason}));
	}
	return all;
}

struct text cells_reasons(struct canvas *c, const struct cells *p)
{
	struct text all = {"", 0};

	for (size_t i = 0; i + 1 < p->at[0].drawn.steps.n; i++) {
		all = parts_join(c->arena, all, reasons_of(c, p, i, VERDICT_NO));
		all = parts_join(c->arena, all, reasons_of(c, p, i, VERDICT_WARN));
	}
	return all;
}
static struct text verdict_word(const struct series *s, size_t i)
{
	static const char *const words[] = {
		[VERDICT_OK] = "ok", [VERDICT_WARN] = "warn", [VERDICT_NO] = "no"};

	return span_of(i ? words[s->steps.verdict[i - 1]] : "");
}

static unsigned flags_of(const struct series *s, const struct line *line, struct text name,
			 size_t i)
{
	const struct chart_order *o = s->canvas->order;
	const struct survey *survey = o->narrative->survey;
	long year = s->steps.year[i];
	unsigned made = survey_wave(survey, year)->simulated ? FLAG_SIMULATED : 0;
	const struct result_row *row = result_find(o->all, year, s->item, o->self->code);

	if (line->role != 1)
		return made | canvas_merged_flag(o, s->item, year, name);
	if (!row || !province_same(&survey->provinces, o->self->code, year, o->year))
		return made;
	return made | row->flags;
}

static void csv_line(const struct cell *cell, const struct line *raw, const double *drawn,
		     struct text name, struct text role)
{
	const struct series *s = &cell->raw;
	struct canvas *c = s->canvas;
	enum lang lang = c->order->narrative->phrases->lang;

	for (size_t i = 0; i < s->steps.n; i++) {
		const struct item *item = item_of(s, i);
		struct text cells[] = {s->item,
				       (item ? item : cell->entry->item)->name[lang],
				       canvas_year(c, s->steps.year[i]),
				       name,
				       role,
				       number_exact(c->arena, raw->value[i]),
				       number_exact(c->arena, drawn[i]),
				       verdict_word(s, i),
				       number_exact(c->arena, raw->low ? raw->low[i] : NAN),
				       number_exact(c->arena, raw->low ? raw->high[i] : NAN),
				       result_flags(c->arena, flags_of(s, raw, name, i))};

		canvas_csv(c, cells, sizeof cells / sizeof *cells);
	}
}

void cells_csv(struct canvas *c, const struct cells *p)
{
	static const char *const head[] = {"item",   "name",    "year",  "series",
					   "role",   "score",   "drawn", "comparable",
					   "ci_low", "ci_high", "flag"};
	bool errors = canvas_estimated(c->order);

	parts_head(c, head, sizeof head / sizeof *head);
	for (size_t k = 0; k < p->n; k++) {
		const struct cell *cell = &p->at[k];
		const struct line *m = series_middle(&cell->raw);
		const struct line q1 = {.value = cell->raw.q1}, q3 = {.value = cell->raw.q3};

		csv_line(cell, &cell->raw.line[0], cell->drawn.line[0].value,
			 cell->raw.line[0].name, span_of("highlight"));
		if (!m)
			continue;
		csv_line(cell, m, series_middle(&cell->drawn)->value, m->name,
			 span_of(errors ? "country" : "national_median"));
		if (errors)
			continue;
		csv_line(cell, &q1, cell->drawn.q1, span_of("q1"), span_of("national_quartile"));
		csv_line(cell, &q3, cell->drawn.q3, span_of("q3"), span_of("national_quartile"));
	}
}
