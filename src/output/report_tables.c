#include "analysis/change.h"
#include "analysis/rank.h"
#include "analysis/spread.h"
#include "base/memfile.h"
#include "output/report_parts.h"
#include "output/sheet.h"
#include "output/tables.h"

#include <math.h>
#include <string.h>

struct text report_markdown(struct arena *a, const struct sheet *sheet)
{
	struct memfile table;

	if (!sheet->rows)
		return (struct text){"", 0};
	memfile_open(&table);
	sheet_markdown(sheet, table.out);
	return memfile_close(a, &table);
}

static void head(const struct narrative *n, struct sheet *s, const char *key, bool right)
{
	sheet_column(s, phrase(n->phrases, key), right);
}

static struct text dash(void)
{
	return span_of("–");
}

bool report_total(struct arena *a, const struct narrative *n, const struct result *all, long year,
		  struct text province, struct result_row *out)
{
	const struct wave *wave = survey_wave(n->survey, year);
	const struct result_row *row = result_find(all, year, span_of(STRUCTURE_ROOT), province);

	if (!wave || !row)
		return false;
	*out = *row;
	if (wave > n->survey->wave)
		change_row(a, n->survey, out,
			   result_find(all, wave[-1].year, span_of(STRUCTURE_ROOT), province),
			   wave[-1].year);
	return true;
}

/* The same among all items of the province, whose verdicts belong together. */
static bool judged_row(struct arena *a, const struct narrative *n, const struct result *all,
		       long year, struct text province, struct result_row *out)
{
	const struct wave *wave = survey_wave(n->survey, year);
	const struct result_row *row;
	struct result family;

	if (!wave)
		return false;
	change_province(a, n->survey, all, province, wave > n->survey->wave ? wave[-1].year : 0,
			year, &family);
	row = result_find(&family, year, span_of(STRUCTURE_ROOT), province);
	if (row)
		*out = *row;
	return row != NULL;
}

static bool is_silent(const struct result_row *row)
{
	return isnan(row->estimate) && isnan(row->rank);
}

static struct text place(const struct narrative *n, const struct result_row *row)
{
	return tables_place(narrative_of(n, row, MEASURE_RANK), row->rank, row->n_ranked);
}

/* The median or the best of all units with a value, in the row's year and item. */
static struct text among_all(const struct narrative *n, const struct result_row *row,
			     const struct spread *all, enum measure what)
{
	return tables_score(narrative_among(n, row, what, (double)all->n), row->year,
			    what == MEASURE_BEST ? all->max : all->median);
}

/* `was`: the row of the year before; NULL when there is none. */
static void overview_row(const struct narrative *n, const struct result_row *row,
			 const struct result_row *was, struct sheet *s)
{
	struct text *cell = sheet_row(s);
	struct text group = row->group_name[n->phrases->lang];

	bool estimated = narrative_estimated(n, row);

	*cell++ = n->survey->name;
	*cell++ = tables_estimate(n, row);
	*cell++ = tables_score(narrative_of(n, row, MEASURE_RESULT_FROM), row->year,
			       row->estimate_from);
	*cell++ = tables_shift(n, row);
	*cell++ = estimated ? tables_set(n, row) : place(n, row);
	if (estimated) { /* a step in rank, or a group by rank, has no error of its own to show */
		cell[0] = was ? tables_set(n, was) : dash();
		cell[1] = cell[2] = dash();
		return;
	}
	*cell++ = tables_place(narrative_of(n, row, MEASURE_RANK_FROM), row->rank_from,
			       row->n_ranked_from);
	*cell++ = tables_rank_delta(n, row);
	*cell = is_silent(row) ? phrase(n->phrases, "word.unpublished") : group.n ? group : dash();
}

static void overview_of(struct arena *a, const struct narrative *n, const struct result *all,
			long year, struct text province, struct sheet *s)
{
	struct result_row row;

	if (judged_row(a, n, all, year, province, &row))
		overview_row(n, &row,
			     result_find(all, row.year_from, span_of(STRUCTURE_ROOT), province), s);
}

struct text report_overview(struct arena *a, const struct report_book *b)
{
	static const char *const heads[] = {"head.survey",     "head.score", "head.score.from",
					    "head.delta",      "head.rank",  "head.rank.from",
					    "head.rank.delta", "head.group"};
	const struct report_order *first = b->part;
	struct sheet s = {.arena = a};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		head(&first->narrative, &s, heads[i], i > 0 && i < 7);
	for (size_t i = 0; i < b->n; i++)
		if (!b->part[i].missing)
			overview_of(a, &b->part[i].narrative, b->part[i].all, b->part[i].year,
				    b->part[i].self->code, &s);
	for (size_t i = 0; i < b->n_others; i++)
		overview_of(a, &b->others[i].narrative, b->others[i].all, first->year,
			    first->self->code, &s);
	return report_markdown(a, &s);
}

/* Is every score of the province in percent: of the year, or of every year up to it? */
static bool in_percent(const struct report_order *o, bool every_year)
{
	const struct survey *s = o->narrative.survey;

	for (size_t i = 0; i < s->n_waves && s->wave[i].year <= o->year; i++) {
		const struct wave *w = &s->wave[i];

		if (w->unit != UNIT_PERCENT && (every_year || w->year == o->year) &&
		    result_find(o->all, w->year, span_of(STRUCTURE_ROOT), o->self->code))
			return false;
	}
	return true;
}

/* The column of scores, with its unit where all are in percent. */
static const char *score_head(const char *key, bool percent)
{
	return percent && strcmp(key, "head.score") == 0 ? "head.result.percent" : key;
}

struct text report_series(struct arena *a, const struct report_order *o)
{
	static const char *const heads[] = {"head.year", "head.score",      "head.delta",
					    "head.rank", "head.rank.delta", "head.national.median"};
	const struct narrative *n = &o->narrative;
	struct sheet s = {.arena = a};
	struct result_row row;

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		head(n, &s, score_head(heads[i], in_percent(o, true)), i > 0);
	for (size_t i = 0; i < n->survey->n_waves && n->survey->wave[i].year <= o->year; i++) {
		long year = n->survey->wave[i].year;

		if (!province_same(&n->survey->provinces, o->self->code, year, o->year) ||
		    !report_total(a, n, o->all, year, o->self->code, &row))
			continue; /* another unit had the code, or the table does not list it */
		struct text *cell = sheet_row(&s);
		struct spread spread = spread_national(a, o->all, year, span_of(STRUCTURE_ROOT));

		*cell++ = arena_format(a, "%ld", year);
		*cell++ = is_silent(&row) ? phrase(n->phrases, "word.unpublished")
					  : tables_estimate(n, &row);
		*cell++ = tables_delta(n, &row);
		*cell++ = place(n, &row);
		*cell++ = tables_rank_delta(n, &row);
		*cell = row.complete ? among_all(n, &row, &spread, MEASURE_MEDIAN) : dash();
	}
	if (s.rows < 2) /* one year is no series */
		return (struct text){"", 0};
	return report_markdown(a, &s);
}

/* depth 1: the dimensions; 2: what stands below them. */
struct text report_items(struct arena *a, const struct report_order *o,
			 const struct result *changes, size_t depth)
{
	static const char *const heads[] = {
		"head.item", "head.score",           "head.delta",
		"head.rank", "head.national.median", "head.national.best",
		"head.group"};
	const struct narrative *n = &o->narrative;
	struct sheet s = {.arena = a};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		head(n, &s, score_head(heads[i], in_percent(o, false)), i > 0 && i < 6);
	for (size_t i = 0; i < changes->n; i++) {
		const struct result_row *row = &changes->row[i];

		if (row->item_depth != depth)
			continue;
		struct text *cell = sheet_row(&s), group = row->group_name[n->phrases->lang];
		struct spread spread = spread_national(a, o->all, o->year, row->item);

		*cell++ = tables_item(n, row);
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_delta(n, row);
		*cell++ = place(n, row);
		*cell++ = row->complete ? among_all(n, row, &spread, MEASURE_MEDIAN) : dash();
		*cell++ = row->complete ? among_all(n, row, &spread, MEASURE_BEST) : dash();
		*cell = group.n ? group : dash();
	}
	return report_markdown(a, &s);
}

/* The totals of the rows' provinces, best first; empty for one alone. */
static struct text standings(struct arena *a, const struct report_order *o, struct result *rows)
{
	static const char *const heads[] = {"head.province", "head.score",      "head.delta",
					    "head.rank",     "head.rank.delta", "head.group"};
	const struct narrative *n = &o->narrative;
	struct sheet s = {.arena = a};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		head(n, &s, score_head(heads[i], in_percent(o, false)), i > 0 && i < 5);
	rank_sort(rows);
	for (size_t i = 0; i < rows->n && rows->n > 1; i++) {
		struct result_row row = rows->row[i];
		struct text *cell = sheet_row(&s);

		if (span_equal(row.province, o->self->code))
			s.bold = i + 1;
		if (o->from)
			change_row(a, n->survey, &row,
				   result_find(o->all, o->from, row.item, row.province), o->from);
		*cell++ = row.province_name;
		*cell++ = tables_estimate(n, &row);
		*cell++ = tables_delta(n, &row);
		*cell++ = place(n, &row);
		*cell++ = tables_rank_delta(n, &row);
		*cell = row.group.n ? row.group_name[n->phrases->lang]
				    : phrase(n->phrases, "word.unpublished");
	}
	return report_markdown(a, &s);
}

struct text report_peers(struct arena *a, const struct report_order *o)
{
	struct result rows = {0};

	for (size_t i = 0; i <= o->peers->n; i++) {
		struct text code = i ? o->peers->at[i - 1]->code : o->self->code;
		const struct result_row *row =
			result_find(o->all, o->year, span_of(STRUCTURE_ROOT), code);

		if (row)
			result_add(a, &rows, row);
	}
	return standings(a, o, &rows);
}

struct text report_ranking(struct arena *a, const struct report_order *o)
{
	struct result rows = {0};
	const struct result_row *row;
	size_t n;

	row = result_group(o->all, o->year, span_of(STRUCTURE_ROOT), &n);
	for (size_t i = 0; i < n; i++)
		result_add(a, &rows, &row[i]);
	return standings(a, o, &rows);
}

/* ---- the ends of the ranking --------------------------------------------------------------- */

#define ENDS 5

/* "A (47,82 điểm), B (47,35 điểm)" */
static struct text listed(struct arena *a, const struct narrative *n, const struct result_row *row,
			  size_t count)
{
	struct text out = {"", 0};

	for (size_t i = 0; i < count; i++) {
		struct text name = row[i].province_name,
			    value = narrative_value(narrative_of(n, &row[i], MEASURE_RESULT),
						    row[i].year, row[i].estimate);

		out = arena_format(a, "%.*s%s%.*s (%.*s)", SPAN_ARG(out), i ? ", " : "",
				   SPAN_ARG(name), SPAN_ARG(value));
	}
	return out;
}

/* The mean of the peers that have a result, and how many. */
static double mean_of_peers(struct arena *a, const struct report_order *o, size_t *n)
{
	double *values = arena_new(a, o->peers->n, sizeof *values);
	struct spread spread;

	for (size_t i = 0; i < o->peers->n; i++) {
		const struct result_row *row = result_find(o->all, o->year, span_of(STRUCTURE_ROOT),
							   o->peers->at[i]->code);

		values[i] = row ? row->estimate : NAN;
	}
	spread = spread_of(a, values, o->peers->n);
	*n = spread.n;
	return spread.mean;
}

struct text report_extremes(struct arena *a, const struct report_order *o)
{
	const struct narrative *n = &o->narrative;
	const struct result_row *row;
	struct result rows = {0};
	size_t all, peers;
	double mean = mean_of_peers(a, o, &peers);

	row = result_group(o->all, o->year, span_of(STRUCTURE_ROOT), &all);
	for (size_t i = 0; i < all; i++)
		if (row[i].complete && !isnan(row[i].estimate))
			result_add(a, &rows, &row[i]);
	if (rows.n < 2 * ENDS || peers == 0)
		return (struct text){"", 0};
	rank_sort(&rows);
	return markdown_text(
		a,
		PHRASE_FILL(n->phrases, "peers.extremes", {"best", listed(a, n, rows.row, ENDS)},
			    {"worst", listed(a, n, rows.row + rows.n - ENDS, ENDS)},
			    {"peers", o->peers->rule[n->phrases->lang]},
			    {"mean", narrative_value(narrative_among(n, &rows.row[0], MEASURE_MEAN,
								     (double)peers),
						     o->year, mean)},
			    {"count", report_whole(o, &rows.row[0], (double)peers)}));
}
