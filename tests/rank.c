/* Ranks of the small survey by hand; PAPI's from print (tests/reference) and
 * surveys/papi/SOURCE.md. */
#include "help.h"

#include "analysis/published.h"
#include "analysis/rank.h"
#include "input/table.h"

#include <math.h>

TestSuite(rank, .fini = clean);

struct read {
	struct survey survey;
	struct result result;
};

static struct read *read_survey(const char *share, const char *path)
{
	struct read *r = arena_new(&arena, 1, sizeof *r);
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, &r->survey, &why), "%s", why.item[0].words);
	published_result(&arena, &r->survey, &r->result);
	rank_result(&r->survey, &r->result);
	cr_assert(eq(int, (int)r->result.parts, PART_RANK));
	return r;
}

/* -1: no rank, or nobody is ranked. */
static void check_rank(const struct read *r, long year, const char *item, const char *province,
		       double rank, double n, const char *group)
{
	const struct result_row *row =
		result_find(&r->result, year, span_of(item), span_of(province));

	cr_assert(row != NULL, "%ld %s %s", year, item, province);
	cr_expect(eq(dbl, isnan(row->rank) ? -1 : row->rank, rank), "%ld %s %s", year, item,
		  province);
	cr_expect(eq(dbl, isnan(row->n_ranked) ? -1 : row->n_ranked, n), "%ld %s %s", year, item,
		  province);
	check_text(row->group, group);
}

/* Cuts for n = 3: floor(3k/4 + 1/2) = 1, 2, 2, 3. For n = 4: 1, 2, 3, 4. */
Test(rank, equal_values_share_the_best_rank)
{
	const struct read *r = read_survey(FIXTURES, SMALL);

	check_rank(r, 2019, "1", "01", 2, 3, "2");
	check_rank(r, 2019, "1", "02", 2, 3, "2"); /* 0.1 + 0.2 ties with 0.15 + 0.15 */
	check_rank(r, 2019, "1", "03", 1, 3, "1");
	check_rank(r, 2019, "1", "04", -1, -1, ""); /* unpublished: no rank, not last */
	check_rank(r, 2019, "2", "01", 1, 4, "1");
	check_rank(r, 2019, "2", "02", 1, 4, "1");
	check_rank(r, 2019, "2", "04", 3, 4, "3"); /* 1 1 3 4 */
	check_rank(r, 2019, "2", "03", 4, 4, "4");
	check_rank(r, 2020, "2", "01", 1, 4, "1");
	check_rank(r, 2020, "2", "02", 2, 4, "2");
	check_rank(r, 2020, "2", "03", 2, 4, "2");
	check_rank(r, 2020, "2", "04", 4, 4, "4"); /* 1 2 2 4 */
	check_rank(r, 2022, "2", "05", 1, 5, "1"); /* all the same */
}

/* In 2021 five stand and four are listed: nothing is ranked anew, printed ranks stand. */
Test(rank, sparse_tables_are_not_ranked)
{
	const struct read *r = read_survey(FIXTURES, SMALL);

	check_rank(r, 2021, "1", "01", -1, -1, "");
	check_rank(r, 2021, "total", "01", -1, -1, "");
	check_rank(r, 2021, "2", "01", 3, 5, ""); /* and no group in a table with gaps */
	check_rank(r, 2021, "2", "03", -1, -1, "");
	cr_expect(not(result_find(&r->result, 2021, span_of("1"), span_of("01"))->complete));
	cr_expect(result_find(&r->result, 2022, span_of("1"), span_of("01"))->complete);
	cr_expect(result_find(&r->result, 2019, span_of("1"), span_of("01"))->complete,
		  "listed as unpublished is listed");
}

/* Every unit of the year is listed, but the ranks are printed: they stand, and nobody gets another.
 */
Test(rank, printed_ranks_stand_in_complete_tables)
{
	static const char bytes[] = "year,province,code,score,rank\n2020,01,a,9,4\n2020,02,a,8,2\n"
				    "2020,03,a,7,\n2020,04,a,6,1\n"
				    "2020,01,b,9,\n2020,02,b,8,\n2020,03,b,7,\n2020,04,b,6,\n";
	const struct read *r = read_survey(FIXTURES, file_of("lone.csv", bytes, sizeof bytes - 1));

	check_rank(r, 2020, "a", "01", 4, -1, "");
	check_rank(r, 2020, "a", "02", 2, -1, "");
	check_rank(r, 2020, "a", "03", -1, -1, "");
	check_rank(r, 2020, "b", "01", 1, 4, "1"); /* no printed rank of this */
}

/* floor(k n / 4 + 1/2): 63 in 16/16/15/16, 61 in 15/16/15/15, 60 in 15/15/15/15. */
Test(rank, quartile_cuts)
{
	static const struct {
		size_t n, cut[4];
	} cases[] = {
		{63, {16, 32, 47, 63}}, {61, {15, 31, 46, 61}}, {60, {15, 30, 45, 60}},
		{34, {9, 17, 26, 34}},  {5, {1, 3, 4, 5}},      {4, {1, 2, 3, 4}},
		{3, {1, 2, 2, 3}},      {2, {1, 1, 2, 2}},      {1, {0, 1, 1, 1}},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		for (size_t k = 1; k <= 4; k++)
			cr_expect(eq(sz, rank_quartile_cut(cases[i].n, k), cases[i].cut[k - 1]),
				  "n %zu k %zu", cases[i].n, k);
}

/* Bounds 90 and 80 on the score as printed with two decimals. */
Test(rank, groups_by_score)
{
	const struct read *r = read_survey(FIXTURES, PRINTED);

	check_rank(r, 2019, "total", "01", 1, 4, "A"); /* 89.995 prints 90.00 */
	check_rank(r, 2019, "total", "02", 2, 4, "B"); /* 89.994 prints 89.99 */
	check_rank(r, 2019, "total", "03", 3, 4, "B"); /* 80 is at least 80 */
	check_rank(r, 2019, "total", "04", 4, 4, "");  /* 79.994 prints 79.99 */
	check_rank(r, 2018, "total", "01", 7, 63, "B");
	check_rank(r, 2018, "total", "02", 9, 63, "");
	check_rank(r, 2018, "1", "03", -1, -1, ""); /* groups are of totals */
}

static void check_place(const struct read *r, const char *province, double place, double of)
{
	const struct result_row *row =
		result_find(&r->result, 2019, span_of("total"), span_of(province));

	cr_expect(isnan(place) ? isnan(row->rank_in_group) : row->rank_in_group == place, "%s",
		  province);
	cr_expect(isnan(of) ? isnan(row->n_in_group) : row->n_in_group == of, "%s", province);
}

/* Of the table above: A is 01; B are 02 and 03; 04 is in none. Not of 2018, which lacks 04, nor of
 * quarters of ranks. */
Test(rank, places_in_groups)
{
	const struct read *r = read_survey(FIXTURES, PRINTED);

	check_place(r, "01", 1, 1);
	check_place(r, "02", 1, 2);
	check_place(r, "03", 2, 2);
	check_place(r, "04", (double)NAN, (double)NAN);
	for (size_t i = 0; i < r->result.n; i++)
		cr_expect(r->result.row[i].year == 2019 || isnan(r->result.row[i].rank_in_group));
	r = read_survey(FIXTURES, SMALL);
	for (size_t i = 0; i < r->result.n; i++)
		cr_expect(isnan(r->result.row[i].rank_in_group));
}

static struct result_row member(const char *province, const char *group, double value)
{
	struct result_row row = result_row_init();

	row.year = 2019;
	row.item = span_of("total");
	row.province = span_of(province);
	row.group = span_of(group);
	row.estimate = value;
	return row;
}

/* Equal values share a place, unrounded ones that print alike do not; what is printed stands, and
 * then nothing is computed beside it. */
Test(rank, places_in_groups_tie_and_stand)
{
	const struct read *r = read_survey(FIXTURES, PRINTED);
	struct result_row row[] = {member("01", "B", 85.001), member("02", "B", 85.002),
				   member("03", "B", 85.001), member("04", "A", 85.001)};
	struct result result = {.n = 4, .row = row};

	rank_result(&r->survey, &result);
	cr_expect(row[1].rank_in_group == 1 && row[0].rank_in_group == 2 &&
		  row[2].rank_in_group == 2 && row[3].rank_in_group == 1);
	cr_expect(row[0].n_in_group == 3 && row[3].n_in_group == 1);
	check_text(row[3].group, "A"); /* by its score it would be B */
	for (size_t i = 0; i < 4; i++)
		row[i].rank_in_group = row[i].n_in_group = (double)NAN;
	row[2].rank_in_group = 5;
	row[2].n_in_group = 9;
	rank_result(&r->survey, &result);
	cr_expect(isnan(row[0].rank_in_group) && row[2].rank_in_group == 5);
}

/* 61 in 2014, 2018 and 2022-2024, 60 in 2021, else all 63 (surveys/papi/SOURCE.md). */
Test(rank, papi_counts_and_groups)
{
	static const size_t of63[4] = {16, 16, 15, 16}, of61[4] = {15, 16, 15, 15},
			    of60[4] = {15, 15, 15, 15};
	const struct read *r = read_survey(SHIPPED, SHIPPED "/surveys/papi");

	for (long year = 2011; year <= 2024; year++) {
		size_t want = year == 2021                                   ? 60
			      : year == 2014 || year == 2018 || year >= 2022 ? 61
									     : 63,
		       n, ranked = 0;
		const size_t *sizes = want == 63 ? of63 : want == 61 ? of61 : of60;
		const struct result_row *row = result_group(&r->result, year, span_of("total"), &n);
		size_t got[5] = {0};

		cr_assert(eq(sz, n, 63), "%ld", year);
		for (size_t i = 0; i < n; i++) {
			ranked += isnan(row[i].rank) ? 0 : 1;
			if (row[i].group.n)
				got[row[i].group.at[0] - '0']++;
			cr_expect(isnan(row[i].rank) || row[i].n_ranked == (double)want, "%ld",
				  year);
		}
		cr_expect(eq(sz, ranked, want), "%ld", year);
		for (size_t k = 0; k < 4; k++)
			cr_expect(eq(sz, got[k + 1], sizes[k]), "%ld group %zu", year, k + 1);
	}
}

/* Hưng Yên: 5th in 2021 with 45.3659 (tinhhungyen.com 2022/05), 11th in 2022, 12th in 2023. */
Test(rank, hung_yen)
{
	const struct read *r = read_survey(SHIPPED, SHIPPED "/surveys/papi");

	check_rank(r, 2021, "total", "33", 5, 60, "1");
	check_rank(r, 2022, "total", "33", 11, 61, "1");
	check_rank(r, 2023, "total", "33", 12, 61, "1");
	cr_expect(epsilon_eq(
		dbl, result_find(&r->result, 2021, span_of("total"), span_of("33"))->estimate,
		45.3659, 28 * 0.00005));
}

Test(rank, papi_as_others_print_it)
{
	const struct read *r = read_survey(SHIPPED, SHIPPED "/surveys/papi");
	struct table t;
	struct diag why = {0};
	size_t checked = 0;

	cr_assert(table_read(&arena, REFERENCE "published_facts.csv", true, &t, &why));
	for (size_t i = 0; i < t.rows; i++) {
		const struct result_row *row;
		double rank;
		long year;

		cr_assert(table_whole(&t, i, 0, 2011, 2024, &year, &why) &&
			  table_number(&arena, &t, i, table_find(&t, "rank"), &rank, &why));
		if (isnan(rank))
			continue;
		row = result_find(&r->result, year, table_cell(&t, i, table_find(&t, "code")),
				  table_cell(&t, i, table_find(&t, "province")));
		cr_assert(row != NULL);
		cr_expect(eq(dbl, row->rank, rank), "row %zu", i);
		checked++;
	}
	cr_expect(ge(sz, checked, 18));
}

/* Lai Châu, PAR INDEX: 59th in 2012 and 62nd in 2013 of 63 (directive of Lai Châu), in a sparse
 * table. */
Test(rank, lai_chau)
{
	const struct read *r = read_survey(SHIPPED, SHIPPED "/surveys/par-index");

	check_rank(r, 2012, "total", "12", 59, 63, "D"); /* 66.46 and 63.17: below 70 */
	check_rank(r, 2013, "total", "12", 62, 63, "D");
}

Test(rank, sorted_for_reading)
{
	struct read *r = read_survey(FIXTURES, SMALL);
	static const char *const want[] = {"03", "01", "02", "04"}; /* unranked behind */
	size_t n;
	struct result_row *row;

	rank_sort(&r->result);
	row = result_group(&r->result, 2019, span_of("1"), &n);
	cr_assert(eq(sz, n, 4));
	for (size_t i = 0; i < n; i++)
		check_text(row[i].province, want[i]);
	for (size_t i = 1; i < r->result.n; i++)
		cr_expect(r->result.row[i - 1].year <= r->result.row[i].year);
	rank_sort(&(struct result){0});
	row = result_group(&r->result, 2021, span_of("1"), &n); /* nobody is ranked: by score */
	for (size_t i = 1; i < n; i++)
		cr_expect(isnan(row[i].estimate) || row[i - 1].estimate >= row[i].estimate);
}

/* Behind the ranked: by score, then those without one, by province. */
Test(rank, sorted_without_ranks)
{
	static const char *const want[] = {"03", "02", "05", "01", "04"};
	struct result_row rows[COUNT(want)];
	static const double estimate[] = {NAN, 3, 5, NAN, 3};

	for (size_t i = 0; i < COUNT(want); i++) {
		rows[i] = result_row_init();
		rows[i].province = arena_format(&arena, "0%zu", i + 1);
		rows[i].estimate = estimate[i];
	}
	rank_sort(&(struct result){.n = COUNT(want), .row = rows});
	for (size_t i = 0; i < COUNT(want); i++)
		check_text(rows[i].province, want[i]);
}

/* ---- rows with errors ----------------------------------------------------------------------- */

struct estimated {
	const char *province;
	double estimate, se, df;
	double low, high; /* wanted; -1: no set */
};

/* The rows of item 2 in 2019 (four provinces stand) with other values, ranked anew. */
static void check_sets(const struct estimated *want, size_t n, double level)
{
	struct read *r = read_survey(FIXTURES, SMALL);
	struct rank_rule rule = {.method = RANKSET_KWW, .level = level};
	struct result_row *group;
	size_t in_group;

	for (size_t i = 0; i < r->result.n; i++) {
		struct result_row *row = &r->result.row[i];

		if (row->year != 2019 || !span_is(row->item, "2"))
			continue;
		for (size_t k = 0; k < n; k++)
			if (span_is(row->province, want[k].province)) {
				row->rank = row->n_ranked = NAN;
				row->estimate = want[k].estimate;
				row->se = want[k].se;
				row->df = want[k].df;
				row->level = level;
			}
	}
	rank_result(&r->survey, &r->result);
	group = result_group(&r->result, 2019, span_of("2"), &in_group);
	rank_bounds(&arena, group, in_group, &rule, NULL);
	for (size_t k = 0; k < n; k++) {
		const struct result_row *row =
			result_find(&r->result, 2019, span_of("2"), span_of(want[k].province));

		cr_expect(eq(dbl, isnan(row->rank_low) ? -1 : row->rank_low, want[k].low), "%s",
			  want[k].province);
		cr_expect(eq(dbl, isnan(row->rank_high) ? -1 : row->rank_high, want[k].high), "%s",
			  want[k].province);
	}
}

/* Klein, Wright and Wieczorek (2020): four intervals at L = 0.95^(1/4) = 0.987259. With two degrees
 * of freedom t = L sqrt(2 / (1 - L^2)) = 8.774: 01 is 10 +- 0.877, 02 8 +- 0.877, 03 7.9 +- 0.439,
 * 04 5 +- 8.774. 02 and 03 lie below 01 for sure; 04 may be anything. */
Test(rank, sets_of_ranks)
{
	static const struct estimated rows[] = {{"01", 10, 0.1, 2, 1, 2},
						{"02", 8, 0.1, 2, 2, 4},
						{"03", 7.9, 0.05, 2, 2, 4},
						{"04", 5, 1, 2, 1, 4}};

	check_sets(rows, COUNT(rows), 0.95);
}

/* 9.5 - 8 is 1.5: more than twice 0.430 (t = 4.303, each at 95 %), less than twice 0.877. At a
 * level of 0.80 L is 0.945742 and t 4.116, so that 01 stands apart. */
Test(rank, sets_hold_together)
{
	static const struct estimated rows[] = {{"01", 9.5, 0.1, 2, 1, 3},
						{"02", 8, 0.1, 2, 1, 4},
						{"03", 7.9, 0.05, 2, 2, 4},
						{"04", 5, 1, 2, 1, 4}};
	static const struct estimated narrow[] = {{"01", 9.5, 0.1, 2, 1, 2},
						  {"02", 8, 0.1, 2, 2, 4},
						  {"03", 7.9, 0.05, 2, 2, 4},
						  {"04", 5, 1, 2, 1, 4}};

	check_sets(rows, COUNT(rows), 0.95);
	check_sets(narrow, COUNT(narrow), 0.80);
}

/* Every row has its own degrees of freedom: with one, t = tan(L pi/2) = 49.96, so 03 is 7.9 +- 2.5
 * and reaches 01. */
Test(rank, own_degrees_of_freedom)
{
	static const struct estimated rows[] = {{"01", 10, 0.1, 2, 1, 3},
						{"02", 8, 0.1, 2, 2, 4},
						{"03", 7.9, 0.05, 1, 1, 4},
						{"04", 5, 1, 2, 1, 4}};

	check_sets(rows, COUNT(rows), 0.95);
}

/* Without doubt a set is the rank, and equal values share places. */
Test(rank, sets_without_doubt)
{
	static const struct estimated rows[] = {{"01", 3, 0, 2, 1, 1},
						{"02", 2, 0, 2, 2, 3},
						{"03", 2, 0, 2, 2, 3},
						{"04", 1, 0, 2, 4, 4}};

	check_sets(rows, COUNT(rows), 0.95);
}

/* The first is 100 % of its sample with an interval from 60: not above 90 +- 1 for sure, though its
 * standard error is 0. Without that interval (a table that says 0) it is. */
Test(rank, everybody_alike_is_not_certain)
{
	struct result_row rows[2];
	struct rank_rule rule = {.method = RANKSET_HOLM, .level = 0.95};

	for (int certain = 0; certain < 2; certain++) {
		for (size_t i = 0; i < 2; i++) {
			rows[i] = result_row_init();
			rows[i].estimate = i ? 90 : 100;
			rows[i].se = i ? 1 : 0;
			rows[i].df = 20;
			rows[i].level = 0.95;
			rows[i].complete = true;
		}
		rows[0].ci_low = certain ? NAN : 60;
		rows[0].ci_high = certain ? NAN : 100;
		rank_compute(rows, 2);
		rank_bounds(&arena, rows, 2, &rule, NULL);
		cr_expect(eq(dbl, rows[0].rank_high, certain ? 1 : 2));
		cr_expect(eq(dbl, rows[1].rank_low, certain ? 2 : 1));
	}
}

/* One row has no error: none has a set. One has no value: the other three are at 0.95^(1/3), with
 * t = 7.582, and 1.6 is more than twice 0.758. */
Test(rank, rows_without_an_error_or_a_value)
{
	static const struct estimated none[] = {{"01", 10, 0.1, 2, -1, -1},
						{"02", 8, 0.1, 2, -1, -1},
						{"03", 7.9, NAN, 2, -1, -1},
						{"04", 5, 1, 2, -1, -1}};
	static const struct estimated three[] = {{"01", 9.6, 0.1, 2, 1, 1},
						 {"02", 8, 0.1, 2, 2, 3},
						 {"03", 7.9, 0.05, 2, 2, 3},
						 {"04", NAN, NAN, NAN, -1, -1}};

	check_sets(none, COUNT(none), 0.95);
	check_sets(three, COUNT(three), 0.95);
}

static struct result_row ranked(double rank, double estimate, double df)
{
	struct result_row row = result_row_init();

	row.rank = rank;
	row.estimate = estimate;
	row.se = 0.1;
	row.df = df;
	row.complete = true;
	return row;
}

/* A row without a rank is passed over; one of an incomplete table, or whose degrees of freedom are
 * not known, leaves all without a set. With an interval they are infinite. */
Test(rank, rows_that_have_no_set)
{
	struct result_row rows[] = {ranked(1, 9, 5), ranked(NAN, 8, 5), ranked(2, 5, 5)};
	struct rank_rule rule = {.method = RANKSET_HOLM, .level = 0.95};
	struct rankset got[3];

	cr_assert(rank_sets(&arena, rows, 3, &rule, 0.95, NULL, got));
	cr_expect(got[0].low == 1 && got[0].high == 1 && got[2].low == 2 && got[2].high == 2);
	cr_expect(got[1].low == 0 && got[1].high == 0);
	rows[2].df = NAN;
	cr_expect(not(rank_sets(&arena, rows, 3, &rule, 0.95, NULL, got)));
	rows[2].ci_low = 4.8;
	cr_expect(rank_sets(&arena, rows, 3, &rule, 0.95, NULL, got));
	rows[2].complete = false;
	cr_expect(not(rank_sets(&arena, rows, 3, &rule, 0.95, NULL, got)));
}

/* A merged unit of which a part is not listed makes the table incomplete. */
Test(rank, parts_that_are_not_listed)
{
	struct read *r = read_survey(FIXTURES, SMALL);
	struct result_row *row;
	size_t n;

	row = result_group(&r->result, 2019, span_of("2"), &n);
	for (size_t i = 0; i < n; i++)
		row[i].rank = NAN;
	rank_result(&r->survey, &r->result);
	cr_expect(row[0].complete);
	row[n - 1].part_unlisted = true;
	rank_result(&r->survey, &r->result);
	cr_expect(not(row[0].complete));
}
