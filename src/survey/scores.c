#include "survey/scores.h"

#include "input/table.h"

#include <math.h>
#include <stdlib.h>

struct reader {
	struct arena *arena;
	struct table table;
	size_t year, province, code, score, rank, self, survey, basis, source;
	size_t group, group_rank, n_group;
	const struct wave *waves;
	size_t n_waves;
	long *ranked; /* of each wave: among how many units its ranks are, as its cells say; 0 */
	const struct provinces *provinces;
	const struct structure *structure;
	struct diag *why;
};

static bool find_columns(struct reader *r)
{
	const struct table *t = &r->table;

	r->rank = table_find(t, "rank");
	r->self = table_find(t, "self_score");
	r->survey = table_find(t, "survey_score");
	r->group = table_find(t, "group");
	r->group_rank = table_find(t, "group_rank");
	r->n_group = table_find(t, "n_group");
	r->basis = table_find(t, "basis");
	r->source = table_find(t, "source");
	return table_column(t, "year", &r->year, r->why) &&
	       table_column(t, "province", &r->province, r->why) &&
	       table_column(t, "code", &r->code, r->why) &&
	       table_column(t, "score", &r->score, r->why);
}

static bool wrong(struct reader *r, size_t row, size_t column, const char *what)
{
	struct text s = table_cell(&r->table, row, column);

	return diag_at(r->why, table_place(&r->table, row, column), DIAG_DATA,
		       "column \"%.*s\": %s \"%.*s\"", SPAN_ARG(r->table.name[column]),
		       diag_word(r->why, what), SPAN_ARG(s));
}

static const struct wave *wave_of(const struct reader *r, long year)
{
	for (size_t i = 0; i < r->n_waves; i++)
		if (r->waves[i].year == year)
			return &r->waves[i];
	return NULL;
}

/* A code that no unit of the year has; of a unit that ended, what it became. */
static bool unknown_province(struct reader *r, size_t row, long year)
{
	const struct provinces *all = r->provinces;
	const struct province *was =
		province_former(all, table_cell(&r->table, row, r->province), year);
	const struct province *next = was ? province_successor(all, was, year) : NULL;

	wrong(r, row, r->province, N_("no province of that year has code"));
	return next ? diag_hint(r->why,
				"%.*s is now part of %.*s; --system brings its earlier years there",
				SPAN_ARG(was->name), SPAN_ARG(next->name))
		    : false;
}

static bool read_key(struct reader *r, size_t row, struct score *s)
{
	const struct table *t = &r->table;
	struct text code = table_cell(t, row, r->code);

	if (!table_whole(t, row, r->year, 1900, 2999, &s->year, r->why))
		return false;
	s->wave = wave_of(r, s->year);
	if (!s->wave)
		return wrong(r, row, r->year, N_("survey.csv has no year"));
	s->province = province_by_code(r->provinces, table_cell(t, row, r->province), s->year);
	if (!s->province)
		return unknown_province(r, row, s->year);
	s->item = structure_find(r->structure, s->wave->era, code);
	if (s->item)
		return true;
	diag_at(r->why, table_place(t, row, r->code), DIAG_DATA,
		"column \"code\": \"%.*s\" is not a code of era \"%.*s\"", SPAN_ARG(code),
		SPAN_ARG(s->wave->era));
	return number_is_date(code)
		       ? diag_hint(r->why,
				   "a spreadsheet makes dates of codes such as 1-2: give the "
				   "column the format Text, and type them again")
		       : false;
}

static const char *bound(struct reader *r, double x)
{
	return isnan(x) ? "any" : number_exact(r->arena, x).at;
}

static bool check_value(struct reader *r, size_t row, const struct score *s)
{
	const struct item *item = s->item;
	struct place where = table_place(&r->table, row, r->score);

	if (s->value == 0) {
		diag_at(r->why, where, DIAG_DATA, "column \"score\": 0 is not a score");
		return diag_hint(r->why, "leave the cell blank when the score is unpublished");
	}
	if (s->value < item->min || s->value > item->max)
		return diag_at(r->why, where, DIAG_DATA,
			       "column \"score\": %.*s is outside %s to %s, the range of \"%.*s\"",
			       SPAN_ARG(table_cell(&r->table, row, r->score)), bound(r, item->min),
			       bound(r, item->max), SPAN_ARG(item->code));
	return true;
}

/* A whole number from 1 on; 0 where the cell is blank. */
static bool read_count(struct reader *r, size_t row, size_t column, long most, long *out)
{
	*out = 0;
	return table_cell(&r->table, row, column).n == 0 ||
	       table_whole(&r->table, row, column, 1, most, out, r->why);
}

/* A rank, or a rank of how many: 35/63. The second number is that of the year. */
static bool read_rank(struct reader *r, size_t row, struct score *s)
{
	struct text rest = table_cell(&r->table, row, r->rank), part;
	long stated = s->wave->ranked_printed, most, *of = &r->ranked[s->wave - r->waves];

	if (!memchr(rest.at, '/', rest.n))
		return read_count(r, row, r->rank, stated ? stated : 9999, &s->rank);
	span_split(&rest, '/', &part);
	if (!number_whole(span_trim(rest), 1, 9999, &most) ||
	    !number_whole(span_trim(part), 1, most, &s->rank))
		return wrong(r, row, r->rank, N_("neither a rank nor a rank of how many:"));
	if (*of == 0)
		*of = stated ? stated : most;
	return most == *of ||
	       diag_at(r->why, table_place(&r->table, row, r->rank), DIAG_DATA,
		       "column \"rank\": a place among %ld units, where %s %ld", most,
		       diag_word(r->why,
				 stated ? N_("survey.csv states") : N_("the rows before have")),
		       *of);
}

static bool absent(struct reader *r, size_t row, size_t column, const char *what,
		   const char *wanted)
{
	return diag_at(r->why, table_place(&r->table, row, column), DIAG_DATA,
		       "column \"%.*s\": %s without %s", SPAN_ARG(r->table.name[column]),
		       diag_word(r->why, what), wanted);
}

static bool find_group(struct reader *r, size_t row, struct score *s)
{
	const struct structure *tree = r->structure;
	struct text code = table_cell(&r->table, row, r->group);

	for (size_t g = 0; g < tree->n_groups && !s->group; g++)
		if (span_equal(tree->group[g].code, code))
			s->group = &tree->group[g];
	return s->group || code.n == 0 || wrong(r, row, r->group, N_("groups.csv has no group"));
}

/* Of the units before it, those of other groups are rank - group_rank; there are no more of them
 * than n - n_group. */
static bool check_places(struct reader *r, size_t row, const struct score *s)
{
	long n = s->wave->ranked_printed, others = s->rank - s->group_rank;
	bool both = s->rank && s->group_rank;

	if (n && s->n_group > n)
		return wrong(r, row, r->n_group, N_("more units than the ranking has:"));
	if (!both || (others >= 0 && (!n || others <= n - s->n_group)))
		return true;
	return diag_at(r->why, table_place(&r->table, row, r->group_rank), DIAG_DATA,
		       "column \"group_rank\": place %ld of %ld in the group and rank %ld of all "
		       "cannot both be",
		       s->group_rank, s->n_group, s->rank);
}

/* What was printed of its group. */
static bool read_group(struct reader *r, size_t row, struct score *s)
{
	if (!find_group(r, row, s) || !read_count(r, row, r->n_group, 9999, &s->n_group) ||
	    !read_count(r, row, r->group_rank, s->n_group ? s->n_group : 9999, &s->group_rank))
		return false;
	if (s->group_rank && !s->n_group)
		return absent(r, row, r->group_rank, N_("a place in the group"), "n_group");
	if (s->n_group && !s->group_rank)
		return absent(r, row, r->n_group, N_("a number of units"), "group_rank");
	if (s->group_rank && !s->group)
		return absent(r, row, r->group_rank, N_("a place in the group"), "group");
	return check_places(r, row, s);
}

/* Of a part of 1 two less stand in a percentage. */
static int decimals_of(struct text cell, bool share)
{
	size_t n = number_decimals(cell), moved = share ? 2 : 0;

	return n < moved ? 0 : n - moved > 15 ? 15 : (int)(n - moved);
}

/* A cell as a number; a part of 1 as a percentage. */
static bool read_number(struct reader *r, size_t row, size_t column, bool share, double *x)
{
	const struct table *t = &r->table;

	if (!table_number(r->arena, t, row, column, x, r->why))
		return false;
	if (!share || isnan(*x))
		return true;
	if (*x > 1)
		return diag_at(r->why, table_place(t, row, column), DIAG_DATA,
			       "column \"%.*s\": %.*s is above 1, where survey.csv states shares",
			       SPAN_ARG(t->name[column]), SPAN_ARG(table_cell(t, row, column)));
	*x = number_round(100 * *x, decimals_of(table_cell(t, row, column), share));
	return true;
}

static bool read_values(struct reader *r, size_t row, struct score *s)
{
	const struct table *t = &r->table;
	bool share = s->wave->shares;
	size_t decimals;

	if (!read_number(r, row, r->score, share, &s->value) ||
	    !read_number(r, row, r->self, share, &s->self) ||
	    !read_number(r, row, r->survey, share, &s->survey_part) || !check_value(r, row, s))
		return false;
	if (!read_rank(r, row, s) || !read_group(r, row, s))
		return false;
	decimals = number_decimals(table_cell(t, row, r->score));
	if (decimals > 9)
		return diag_at(r->why, table_place(t, row, r->score), DIAG_DATA,
			       "column \"score\": %zu decimals; at most 9 are added exactly",
			       decimals);
	s->decimals = decimals_of(table_cell(t, row, r->score), share);
	s->basis = table_cell(t, row, r->basis);
	if (s->basis.n && !span_is(s->basis, "stated") && !span_is(s->basis, "derived"))
		return diag_at(r->why, table_place(t, row, r->basis), DIAG_DATA,
			       "column \"basis\": \"%.*s\" is neither stated nor derived",
			       SPAN_ARG(s->basis));
	s->source = table_cell(t, row, r->source);
	s->at = table_place(t, row, r->score);
	return true;
}

/* The order of struct scores. */
static int by_key(const void *a, const void *b)
{
	const struct score *s = a, *t = b;

	if (s->year != t->year)
		return (s->year > t->year) - (s->year < t->year);
	if (s->item != t->item)
		return (s->item->order > t->item->order) - (s->item->order < t->item->order);
	return span_compare(s->province->code, t->province->code);
}

/* Rows that share a key, found among the sorted; the later line is the one to blame. */
static void check_doubles(struct reader *r, const struct score *s, const size_t *row, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const struct score *p = &s[row[i - 1]], *q = &s[row[i]];

		if (by_key(p, q) != 0)
			continue;
		diag_at(r->why, table_place(&r->table, row[i], r->year), DIAG_DATA,
			"year %ld, province %.*s, code %.*s stand on line %zu already", q->year,
			SPAN_ARG(q->province->code), SPAN_ARG(q->item->code),
			table_place(&r->table, row[i - 1], r->year).line);
	}
}

/* No more ranks of one year and item than units that the ranks are among. */
static void check_ranked(struct reader *r, const struct score *s, const size_t *row, size_t n)
{
	long ranked = 0;

	for (size_t i = 0; i < n; i++) {
		const struct score *q = &s[row[i]], *p = i ? &s[row[i - 1]] : q;
		long of = r->ranked[q->wave - r->waves];

		if (q->year != p->year || q->item != p->item)
			ranked = 0;
		ranked += q->rank > 0;
		if (of && q->rank && ranked == of + 1)
			diag_at(r->why, table_place(&r->table, row[i], r->rank), DIAG_DATA,
				"column \"rank\": more than %ld units of year %ld and code %.*s "
				"have "
				"a rank",
				of, q->year, SPAN_ARG(q->item->code));
	}
}

/* Sorts row numbers by key, then by row: merge sort, stable, no state outside. */
static void sort_rows(const struct score *s, size_t *row, size_t *work, size_t n)
{
	size_t half = n / 2, i = 0, j = half, k = 0;

	if (n < 2)
		return;
	sort_rows(s, row, work, half);
	sort_rows(s, row + half, work, n - half);
	while (i < half && j < n)
		work[k++] = by_key(&s[row[j]], &s[row[i]]) < 0 ? row[j++] : row[i++];
	while (i < half)
		work[k++] = row[i++];
	for (size_t m = 0; m < k; m++)
		row[m] = work[m];
}

static void sort_scores(struct reader *r, const struct score *s, size_t n, struct scores *out)
{
	size_t *row = arena_new(r->arena, n, sizeof *row),
	       *work = arena_new(r->arena, n, sizeof *work);

	for (size_t i = 0; i < n; i++)
		row[i] = i;
	sort_rows(s, row, work, n);
	check_doubles(r, s, row, n);
	check_ranked(r, s, row, n);
	out->at = arena_new(r->arena, n, sizeof *out->at);
	out->n = n;
	for (size_t i = 0; i < n; i++)
		out->at[i] = s[row[i]];
}

bool scores_of_table(struct arena *a, const struct table *t, const struct wave *waves,
		     size_t n_waves, const struct provinces *provinces,
		     const struct structure *structure, struct scores *out, struct diag *why)
{
	struct reader r = {.arena = a,
			   .table = *t,
			   .waves = waves,
			   .ranked = arena_new(a, n_waves, sizeof *r.ranked),
			   .n_waves = n_waves,
			   .provinces = provinces,
			   .structure = structure,
			   .why = why};
	size_t before = why->errors;
	struct score *s;

	*out = (struct scores){0};
	if (!find_columns(&r))
		return false;
	s = arena_new(a, r.table.rows, sizeof *s);
	for (size_t row = 0; row < r.table.rows; row++) {
		if (!read_key(&r, row, &s[row]) || !read_values(&r, row, &s[row]))
			continue; /* gather the problems of all rows */
		if (s[row].decimals > out->decimals)
			out->decimals = s[row].decimals;
	}
	if (why->errors == before)
		sort_scores(&r, s, r.table.rows, out);
	return why->errors == before;
}

bool scores_read(struct arena *a, const char *file, const struct wave *waves, size_t n_waves,
		 const struct provinces *provinces, const struct structure *structure,
		 struct scores *out, struct diag *why)
{
	struct table t;

	*out = (struct scores){0};
	return table_read(a, file, true, &t, why) &&
	       scores_of_table(a, &t, waves, n_waves, provinces, structure, out, why);
}

const struct score *scores_of(const struct scores *s, long year, const struct item *item, size_t *n)
{
	size_t low = 0, high = s->n, end;

	while (low < high) { /* first score not before (year, item) */
		size_t mid = low + (high - low) / 2;
		const struct score *m = &s->at[mid];

		if (m->year < year || (m->year == year && m->item->order < item->order))
			low = mid + 1;
		else
			high = mid;
	}
	for (end = low; end < s->n && s->at[end].year == year && s->at[end].item == item; end++)
		continue;
	*n = end - low;
	return *n ? &s->at[low] : NULL;
}
