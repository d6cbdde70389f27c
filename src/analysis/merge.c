#include "analysis/merge.h"

#include <math.h>
#include <string.h>

/* ---- units --------------------------------------------------------------------------------- */

bool merge_reaches(const struct merging *m, long year)
{
	for (size_t i = 0; i < m->dated->n; i++)
		if (province_stands(&m->dated->at[i], year) &&
		    !province_successor(m->dated, &m->dated->at[i], m->year))
			return false;
	return true;
}

static double weight_of(const struct merging *m, const struct province *unit)
{
	return m->people ? population_of(m->people, unit, m->base) : 1;
}

static void find_parts(struct arena *a, const struct merging *m, long year, const bool *listed,
		       struct merge_whole *w)
{
	for (size_t i = 0; i < m->dated->n; i++) {
		const struct province *p = &m->dated->at[i];
		const struct province *next;

		if (!province_stands(p, year) && !(listed && listed[i]))
			continue;
		next = province_successor(m->dated, p, m->year);
		if (!next || !span_equal(next->code, w->unit->code))
			continue;
		w->part = arena_grow(a, w->part, w->n, sizeof *w->part);
		w->part[w->n++] = (struct merge_part){p, weight_of(m, p)};
	}
	w->merged = w->n > 1 || (w->n && !span_equal(w->part[0].unit->code, w->unit->code));
}

struct merge_whole *merge_wholes(struct arena *a, const struct merging *m, long year,
				 const bool *listed, bool *any)
{
	struct merge_whole *whole = arena_new(a, m->map.n, sizeof *whole);

	*any = false;
	for (size_t u = 0; u < m->map.n; u++) {
		whole[u].unit = &m->map.at[u];
		find_parts(a, m, year, listed, &whole[u]);
		*any |= whole[u].merged;
	}
	return whole;
}

bool merge_check(struct arena *a, const struct merging *m, struct diag *why)
{
	size_t errors = why->errors;
	struct merge_whole *whole;
	bool any;

	if (!m->people)
		return true;
	whole = merge_wholes(a, m, m->base, NULL, &any);
	if (!any)
		return diag_fail(why, DIAG_USAGE,
				 "base year %ld has the %zu units already: the weights of their "
				 "parts are of a year before",
				 m->base, m->map.n);
	for (size_t u = 0; u < m->map.n; u++)
		for (size_t i = 0; whole[u].merged && i < whole[u].n; i++)
			if (isnan(whole[u].part[i].weight))
				diag_at(why, (struct place){m->people->file, 0, 0}, DIAG_DATA,
					"no population of %.*s (%.*s) in %ld, a part of %.*s",
					SPAN_ARG(whole[u].part[i].unit->name),
					SPAN_ARG(whole[u].part[i].unit->code), m->base,
					SPAN_ARG(whole[u].unit->name));
	return why->errors == errors;
}

/* ---- words --------------------------------------------------------------------------------- */

static struct text rule_of(struct arena *a, const struct merging *m)
{
	return m->people ? arena_format(a, "merged:population:%ld", m->base)
			 : span_of("merged:equal");
}

void merge_words(struct arena *a, const struct merging *m, const struct merge_whole *whole,
		 struct result_row *row)
{
	double all = 0;

	row->flags |= FLAG_MERGED;
	row->merged_by = rule_of(a, m);
	for (size_t i = 0; i < whole->n; i++)
		all += whole->part[i].weight;
	for (size_t i = 0; i < whole->n && !isnan(all); i++) {
		const struct merge_part *p = &whole->part[i];
		double share = p->weight / all;

		row->merged_from = arena_format(a, "%.*s%s%.*s=%.*s", SPAN_ARG(row->merged_from),
						i ? ";" : "", SPAN_ARG(p->unit->code),
						SPAN_ARG(number_exact(a, number_round(share, 6))));
		for (int l = 0; l < LANG__COUNT; l++)
			row->parts[l] = arena_format(
				a, "%.*s%s%.*s %.*s%%", SPAN_ARG(row->parts[l]), i ? ", " : "",
				SPAN_ARG(p->unit->name),
				SPAN_ARG(number_shown(a, 100 * share, 1, (enum lang)l)));
	}
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
	const struct merging *m;
	const struct result_row **row; /* by item order and position in m->dated */
	struct merge_whole *whole;
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
	add_lacking(a, c->lacking, arena_format(a, "không có dân số năm %ld của", y->m->base).at,
		    arena_format(a, "no population in %ld of", y->m->base).at, g->unweighted);
}

/* The mean of what the parts have for the item itself. */
static struct merged mean(const struct year *y, size_t item, const struct merge_whole *w)
{
	struct merged c = {.value = NAN, .whole = true, .full = w->n > 0};
	struct gaps gaps = {{"", 0}, {"", 0}, {"", 0}};
	struct text last = {"", 0};
	double sum = 0, have = 0, all = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct merge_part *p = &w->part[i];
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

/* A mean of the parts that have a figure says how much of the weight they are. */
static void say_coverage(struct arena *a, struct result_row *row)
{
	static const char *const words[] = {[LANG_VI] = "tính từ phần còn lại, chiếm",
					    [LANG_EN] = "taken from the rest, which has"};
	static const char *const behind[] = {[LANG_VI] = "trọng số", [LANG_EN] = "of the weight"};

	for (int l = 0; l < LANG__COUNT && !isnan(row->estimate) && row->coverage < 1; l++)
		row->lacking[l] = arena_format(
			a, "%.*s (%s %.*s%% %s)", SPAN_ARG(row->lacking[l]), words[l],
			SPAN_ARG(number_shown(a, 100 * row->coverage, 1, (enum lang)l)), behind[l]);
}

static void add_row(const struct year *y, const struct merged *c, const struct merge_whole *w,
		    struct result *out)
{
	struct result_row row = *c->like;

	row.province = w->unit->code;
	row.province_name = w->unit->name;
	row.rank = row.n_ranked = NAN; /* printed among other units */
	if (w->merged) {
		row.estimate = c->value;
		row.coverage = c->coverage;
		row.flags &= FLAG_SIMULATED;
		row.flags |= isnan(c->value) && c->unpublished ? FLAG_UNPUBLISHED : 0;
		row.part_unlisted = !c->whole;
		row.source = c->source;
		memcpy(row.lacking, c->lacking, sizeof row.lacking);
		merge_words(y->arena, y->m, w, &row);
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
				add_row(y, &y->cell[i * n + u], &y->whole[u], out);
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

void merge_published(struct arena *a, const struct survey *s, const struct merging *m,
		     const struct result *in, struct result *out)
{
	*out = (struct result){.parts = in->parts};
	for (size_t w = 0; w < s->n_waves; w++) {
		struct year y = {.arena = a, .survey = s, .m = m};
		long year = s->wave[w].year;
		bool *listed = arena_new(a, m->dated->n, sizeof *listed), any;

		if (!merge_reaches(m, year))
			continue;
		y.row = arena_new(a, s->structure.n * m->dated->n, sizeof *y.row);
		y.cell = arena_new(a, s->structure.n * m->map.n, sizeof *y.cell);
		place_rows(&y, year, in, listed);
		y.whole = merge_wholes(a, m, year, listed, &any);
		if (any)
			merge_year(&y, s->wave[w].era, out);
		for (size_t i = 0; i < in->n && !any; i++)
			if (in->row[i].year == year)
				result_add(a, out, &in->row[i]);
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
