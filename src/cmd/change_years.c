#include "cmd/change_years.h"

#include "analysis/trend.h"

#include <math.h>

/* ---- pairs of years ------------------------------------------------------------------------ */

static const struct loaded_wave *wave_of(const struct loaded *l, long year)
{
	for (size_t i = 0; i < l->survey.n_waves; i++)
		if (l->survey.wave[i].year == year)
			return l->wave ? l->wave[i] : NULL;
	return NULL;
}

/* Enters a province (NULL: everybody); false when nobody of it answered. */
static bool enter(struct index_groups *g, const struct loaded_wave *of,
		  const struct province *province)
{
	const struct cells *cells = &of->w.answers.cells;
	size_t margin = province ? 1 : 0;

	for (size_t i = 0; i < cells->index->n; i++)
		if (cells->at[i].margin == margin &&
		    (!province ||
		     span_equal(of->w.province[cells->at[i].level[0]]->code, province->code)))
			return index_enter(g, i, margin);
	return false;
}

/* The province of a row; NULL and true when it is of everybody. */
static bool province_of(const struct loaded *l, const struct result_row *row,
			const struct province **out)
{
	*out = row->province.n ? province_by_code(&l->survey.provinces, row->province, row->year)
			       : NULL;
	return row->province.n == 0 || *out;
}

bool change_years_enter(const struct loaded *l, struct change_years *y,
			const struct result_row *row, size_t *from, size_t *to)
{
	const struct structure *tree = &l->survey.structure;
	const struct item *before = structure_find(tree, y->from->w.wave->era, row->item);
	const struct item *after = structure_find(tree, y->to->w.wave->era, row->item);
	const struct province *province;

	if (!before || !after || !province_of(l, row, &province) ||
	    !enter(y->now, y->to, province) || !enter(y->was, y->from, province))
		return false;
	*from = before->order;
	*to = after->order;
	return true;
}

/* The row's item in both years; false when one has no answers to it. */
static bool pair_item(const struct loaded *l, struct change_years *y, const struct result_row *row,
		      struct overlap_pair *out)
{
	const struct index_node *now, *was;
	struct overlap_side before, after;
	size_t from, to, lonely;

	if (!change_years_enter(l, y, row, &from, &to))
		return false;
	now = index_at(y->now, to);
	was = index_at(y->was, from);
	if (isnan(now->value) || isnan(was->value))
		return false;
	before = index_side(y->was, &(struct index_part){was, 1}, 1, &lonely);
	after = index_side(y->now, &(struct index_part){now, 1}, 1, &lonely);
	*out = overlap_pair(y->shared, y->method, &before, &after);
	return true;
}

static void pair_row(const struct loaded *l, struct change_years *y, struct result_row *row)
{
	struct overlap_pair pair;

	if (!pair_item(l, y, row, &pair))
		return;
	row->paired_year = y->from->w.wave->year;
	row->paired_from = pair.from;
	row->paired_to = pair.to;
	row->paired_covariance = pair.covariance;
	row->paired_df = pair.df;
	row->units_shared = (double)pair.shared;
	row->covariance = span_of(overlap_name(y->method));
}

static void pair_rows(const struct loaded *l, struct change_years *y, struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].year == y->to->w.wave->year)
			pair_row(l, y, &r->row[i]);
}

bool change_years_start(struct arena *a, const struct loaded *l, long from, long to,
			enum overlap_method m, struct change_years *y)
{
	*y = (struct change_years){.from = wave_of(l, from), .to = wave_of(l, to), .method = m};
	if (!y->from || !y->to)
		return false;
	y->was = index_start(a, &y->from->w, y->from->method, &y->from->o);
	y->now = index_start(a, &y->to->w, y->to->method, &y->to->o);
	y->shared = overlap_start(a, index_linear(y->was), index_linear(y->now));
	return true;
}

void changes_pair(struct session *s, struct loaded *l, long from, long to, enum overlap_method m)
{
	struct change_years y;

	if (!change_years_start(s->arena, l, from, to, m, &y))
		return;
	pair_rows(l, &y, &l->all);
	pair_rows(l, &y, &l->national);
}

/* ---- ranks --------------------------------------------------------------------------------- */

/* The sets of one item in one year, for its rows in order; NULL when there are none. */
static const struct rankset *year_sets(struct session *s, struct loaded *l, long year,
				       struct text item, double level, gsl_rng *rng,
				       const struct result_row **rows, size_t *n)
{
	struct rankset *sets;

	*rows = result_group(&l->all, year, item, n);
	if (!*rows)
		return NULL;
	sets = arena_new(s->arena, *n, sizeof *sets);
	return rank_sets(s->arena, *rows, *n, &l->rule, level, rng, sets) ? sets : NULL;
}

static struct rankset set_of(const struct rankset *sets, const struct result_row *rows, size_t n,
			     struct text province)
{
	for (size_t i = 0; i < n; i++)
		if (span_equal(rows[i].province, province))
			return sets[i];
	return (struct rankset){0, 0};
}

/* All rows of the item of row `first`, so that sets are found once. */
static void item_ranks(struct session *s, struct loaded *l, gsl_rng *rng, struct result *r,
		       size_t first)
{
	double level = 1 - (1 - l->rule.level) / 2;
	const struct result_row *head = &r->row[first], *now, *was;
	size_t n, m;
	const struct rankset *to = year_sets(s, l, head->year, head->item, level, rng, &now, &n);
	const struct rankset *from =
		year_sets(s, l, head->year_from, head->item, level, rng, &was, &m);

	for (size_t i = first; to && from && i < r->n; i++) {
		struct result_row *row = &r->row[i];
		struct rankset a, b;

		if (!span_equal(row->item, head->item) || isnan(row->rank_change))
			continue;
		a = set_of(from, was, m, row->province);
		b = set_of(to, now, n, row->province);
		if (a.low == 0 || b.low == 0)
			continue;
		row->rank_change_low = (double)a.low - (double)b.high;
		row->rank_change_high = (double)a.high - (double)b.low;
	}
}

void changes_ranks(struct session *s, struct loaded *l, struct result *r)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);

	if (!rng)
		arena_exhausted(1, sizeof *rng);
	for (size_t i = 0; i < r->n; i++) {
		size_t k = 0;

		while (!span_equal(r->row[k].item, r->row[i].item))
			k++;
		if (k == i)
			item_ranks(s, l, rng, r, i);
	}
	gsl_rng_free(rng);
}

/* ---- trend --------------------------------------------------------------------------------- */

/* The years of a row's trend. */
struct series {
	size_t n;
	const struct result_row **row;
	double *year, *value, *covariance, df;
	bool known; /* every error is */
};

static void refuse(struct session *s, struct result_row *row, long year)
{
	static const char *const keys[] = {
		[LANG_VI] = "trend.missing", [LANG_EN] = "trend.missing"};

	for (int lang = 0; lang < LANG__COUNT; lang++) {
		struct phrases p = s->phrases;

		p.lang = (enum lang)lang;
		row->reason[lang] =
			PHRASE_FILL(&p, keys[lang], {"year", arena_format(s->arena, "%ld", year)});
	}
}

/* The row's values of all years; false, and told, when one is missing or not comparable. */
static bool find_series(struct session *s, const struct loaded *l, long from,
			struct result_row *row, struct series *out)
{
	*out = (struct series){.known = true, .df = INFINITY};
	for (size_t i = 0; i < l->survey.n_waves; i++) {
		long year = l->survey.wave[i].year;
		const struct result_row *at;
		enum verdict verdict = VERDICT_OK;

		if (year < from || year > row->year)
			continue;
		at = result_find(&l->all, year, row->item, row->province);
		if (!at || isnan(at->estimate) ||
		    !province_same(&l->survey.provinces, row->province, year, row->year)) {
			refuse(s, row, year);
			return false;
		}
		/* the first year is behind every border that the others are behind */
		for (int lang = 0; lang < LANG__COUNT && out->n == 0; lang++)
			verdict = survey_compare(s->arena, &l->survey, row->item, year, row->year,
						 (enum lang)lang, &row->reason[lang]);
		if (verdict != VERDICT_OK)
			row->flags |= verdict == VERDICT_NO ? FLAG_INCOMPARABLE : FLAG_CAUTION;
		out->row = arena_grow(s->arena, out->row, out->n, sizeof *out->row);
		out->row[out->n++] = at;
		out->known = out->known && !isnan(at->se) && result_df(at) > 0;
		out->df = fmin(out->df, result_df(at));
	}
	if (row->flags & FLAG_INCOMPARABLE)
		refuse(s, row, from);
	return !(row->flags & FLAG_INCOMPARABLE);
}

static double covariance(struct session *s, const struct loaded *l, const struct result_row *from,
			 const struct result_row *to, enum overlap_method m)
{
	struct change_years y;
	struct overlap_pair pair;

	if (!change_years_start(s->arena, l, from->year, to->year, m, &y) ||
	    !pair_item(l, &y, to, &pair))
		return 0;
	return pair.covariance;
}

static void add_slope(struct session *s, const struct loaded *l, struct series *x,
		      enum overlap_method m, struct result_row *row)
{
	struct trend t;

	x->year = arena_new(s->arena, x->n, sizeof *x->year);
	x->value = arena_new(s->arena, x->n, sizeof *x->value);
	x->covariance = arena_new(s->arena, x->n * x->n, sizeof *x->covariance);
	for (size_t i = 0; i < x->n; i++) {
		x->year[i] = (double)x->row[i]->year;
		x->value[i] = x->row[i]->estimate;
		x->covariance[i * x->n + i] = x->row[i]->se * x->row[i]->se;
		for (size_t k = 0; k < i && x->known; k++)
			x->covariance[i * x->n + k] = x->covariance[k * x->n + i] =
				covariance(s, l, x->row[k], x->row[i], m);
	}
	t = trend_find(x->year, x->value, x->known ? x->covariance : NULL, x->n);
	row->estimate_from = x->value[0];
	change_slope(row, t.slope, t.variance, x->df);
}

void changes_trend(struct session *s, struct loaded *l, long from, enum overlap_method m,
		   struct result *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct result_row *row = &r->row[i];
		struct series x;

		row->stat = span_of("trend");
		row->year_from = from;
		if (find_series(s, l, from, row, &x) && x.n >= 3)
			add_slope(s, l, &x, m, row);
		if (x.known)
			row->covariance = span_of(overlap_name(m));
	}
}
