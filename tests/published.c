/* Expected sums: decimal addition by hand of tests/data/share/surveys/small/scores.csv; PAPI
 * figures as printed by others (tests/reference/SOURCE.md). */
#include "help.h"

#include "analysis/published.h"
#include "input/table.h"

#include <math.h>

TestSuite(published, .fini = clean);

struct read {
	struct survey survey;
	struct result result;
};

static const struct read *read_survey(const char *share, const char *path)
{
	struct read *r = arena_new(&arena, 1, sizeof *r);
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, &r->survey, &why), "%s", why.item[0].words);
	published_result(&arena, &r->survey, &r->result);
	return r;
}

static const struct result_row *row_of(const struct read *r, long year, const char *item,
				       const char *province)
{
	return result_find(&r->result, year, span_of(item), span_of(province));
}

/* NAN: unpublished. Exact equality: sums are taken in decimal. */
Test(published, sums)
{
	static const struct {
		long year;
		const char *item, *province;
		double want;
	} cases[] = {
		{2019, "1", "01", 0.30},     {2019, "1", "02", 0.30},
		{2019, "1", "03", 1.00},     {2019, "total", "01", 1.30},
		{2019, "total", "03", 1.50}, {2019, "1.1", "01", 0.10},
		{2019, "1", "04", NAN},      {2019, "total", "04", NAN},
		{2019, "1.2", "04", NAN},    {2019, "2", "04", 0.70},
		{2020, "total", "01", 4.80}, {2020, "total", "02", 3.20},
		{2021, "1", "01", 0.90},     {2022, "total", "05", 4.50},
		{2022, "1", "01", 0.90},
	};
	const struct read *r = read_survey(FIXTURES, SMALL);

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct result_row *row =
			row_of(r, cases[i].year, cases[i].item, cases[i].province);

		cr_assert(row != NULL, "row %zu", i);
		if (isnan(cases[i].want)) {
			cr_expect(isnan(row->estimate), "row %zu: missing is missing, not zero", i);
			cr_expect(eq(int, (int)row->flags, FLAG_UNPUBLISHED), "row %zu", i);
		} else {
			cr_expect(eq(dbl, row->estimate, cases[i].want), "row %zu", i);
			cr_expect(zero(int, (int)row->flags), "row %zu", i);
		}
		cr_expect(isnan(row->se) && isnan(row->ci_low) && isnan(row->p_value),
			  "no error is invented");
	}
}

/* 0.1 + 0.2 and 0.15 + 0.15 differ in binary; as scores of two decimals they are one number. */
Test(published, equal_totals_are_equal)
{
	const struct read *r = read_survey(FIXTURES, SMALL);
	double binary = 0.1 + 0.2;

	cr_assert(binary > 0.15 + 0.15, "the case needs this");
	cr_expect(eq(dbl, row_of(r, 2019, "1", "01")->estimate,
		     row_of(r, 2019, "1", "02")->estimate));
}

Test(published, only_listed_provinces_have_rows)
{
	const struct read *r = read_survey(FIXTURES, SMALL);

	cr_expect(zero(ptr, (void *)row_of(r, 2021, "total", "05")), "stands but is not listed");
	cr_expect(zero(ptr, (void *)row_of(r, 2022, "1.1", "01")),
		  "nobody has this part that year");
	cr_expect(zero(ptr, (void *)row_of(r, 2018, "total", "01")));
	cr_expect(zero(ptr, (void *)row_of(r, 2019, "3", "01")));
}

/* Where the tree says `weighted`, nothing is made up from the children, not even a row. */
Test(published, no_sum_without_sum_in_the_tree)
{
	const struct read *r = read_survey(FIXTURES, PRINTED);

	cr_expect(zero(ptr, (void *)row_of(r, 2018, "total", "03")));
}

Test(published, words_of_a_row)
{
	const struct read *small = read_survey(FIXTURES, SMALL),
			  *printed = read_survey(FIXTURES, PRINTED);
	const struct result_row *row = row_of(small, 2019, "1.1", "01");

	check_text(row->survey, "small");
	check_text(row->province_name, "An Bình");
	check_text(row->stat, "score");
	check_text(row->method, "published");
	check_text(row->source, "Sách A");
	check_text(row->item_name[LANG_EN], "Part one");
	cr_expect(eq(sz, row->item_depth, 2));
	check_text(row_of(small, 2019, "1.1", "02")->source, "NHỎ 2019");
	check_text(row_of(small, 2019, "1", "01")->method, "published:sum");
	check_text(row_of(small, 2019, "1", "01")->source, "NHỎ 2019");
	check_text(row_of(small, 2022, "1", "01")->method, "published");
	check_text(row_of(printed, 2019, "total", "03")->method, "published:derived");
	check_text(row_of(printed, 2019, "total", "02")->method, "published");
}

Test(published, printed_ranks_stand_as_printed)
{
	const struct read *r = read_survey(FIXTURES, PRINTED),
			  *small = read_survey(FIXTURES, SMALL);

	cr_expect(eq(dbl, row_of(r, 2018, "total", "01")->rank, 7));
	cr_expect(eq(dbl, row_of(r, 2018, "total", "01")->n_ranked, 63));
	cr_expect(eq(dbl, row_of(r, 2018, "total", "02")->rank, 9),
		  "a rank may be printed without a score");
	cr_expect(isnan(row_of(r, 2019, "total", "01")->rank));
	cr_expect(eq(dbl, row_of(small, 2021, "2", "01")->n_ranked, 5));
}

Test(published, sorted)
{
	const struct read *r = read_survey(SHIPPED, SHIPPED "/surveys/papi");

	for (size_t i = 1; i < r->result.n; i++) {
		const struct result_row *p = &r->result.row[i - 1], *q = &r->result.row[i];

		cr_assert(p->year < q->year || (p->year == q->year &&
						(p->item_order < q->item_order ||
						 (p->item_order == q->item_order &&
						  span_compare(p->province, q->province) < 0))),
			  "%zu", i);
	}
}

/* A survey of total = a + b for these scores. */
static const char *summed(const char *bytes, size_t n, int first, int last)
{
	static const char items[] =
		"era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction\n"
		"E,total,,T,T,,,,sum,up\nE,a,total,A,A,,,,sum,up\n"
		"E,b,total,B,B,,,,sum,up\n";
	char waves[8000];
	size_t k = (size_t)sprintf(waves, "year,era,kind,file,title_vi,title_en,publisher,"
					  "n_ranked_printed,note\n");

	for (int year = first; year <= last; year++)
		k += (size_t)sprintf(waves + k, "%d,E,scores,scores.csv,t,t,p,,\n", year);
	file_of("survey.csv", waves, k);
	file_of("structure.csv", items, sizeof items - 1);
	file_of("scores.csv", bytes, n);
	return work.path;
}

/* A lone file says nothing of sums: 1, 1.1 and 1.2 may all be there. */
Test(published, lone_file_is_not_added_up)
{
	static const char bytes[] =
		"year,province,code,score\n2020,01,1,3\n2020,01,1.1,1\n2020,01,1.2,2\n";
	const struct read *r = read_survey(FIXTURES, file_of("lone.csv", bytes, sizeof bytes - 1));

	cr_expect(zero(ptr, (void *)row_of(r, 2020, "total", "01")));
	cr_expect(eq(dbl, row_of(r, 2020, "1", "01")->estimate, 3));
}

Test(published, a_part_missing_is_a_total_missing)
{
	static const char bytes[] =
		"year,province,code,score\n2020,01,a,1.1\n2020,01,b,2.2\n2020,02,a,1\n";
	const struct read *r = read_survey(FIXTURES, summed(bytes, sizeof bytes - 1, 2020, 2020));

	cr_expect(eq(dbl, row_of(r, 2020, "total", "01")->estimate, 3.3));
	cr_expect(isnan(row_of(r, 2020, "total", "02")->estimate), "b is missing");
}

/* What is printed stands, whatever its parts add up to; what cannot be added was not added. */
Test(published, printed_totals_stand)
{
	static const char bytes[] = "year,province,code,score\n2020,01,total,5\n2020,01,a,1.1\n"
				    "2020,01,b,2.2\n2020,02,total,\n2020,02,a,1.1\n2020,02,b,2.2\n"
				    "2020,03,total,\n2020,03,a,1\n2020,03,b,\n";
	const struct read *r = read_survey(FIXTURES, summed(bytes, sizeof bytes - 1, 2020, 2020));

	cr_expect(eq(dbl, row_of(r, 2020, "total", "01")->estimate, 5));
	check_text(row_of(r, 2020, "total", "01")->method, "published");
	cr_expect(eq(dbl, row_of(r, 2020, "total", "02")->estimate, 3.3), "a blank is no print");
	check_text(row_of(r, 2020, "total", "02")->method, "published:sum");
	cr_expect(isnan(row_of(r, 2020, "total", "03")->estimate));
	check_text(row_of(r, 2020, "total", "03")->method, "published");
}

/* Sums of scores with two decimals are the doubles nearest to their decimal sums: 0.29 + 0.28 is
 * 0.57, although neither 29 nor 28 hundredths times 100 is whole in binary. */
Test(published, sums_are_decimal)
{
	char bytes[20000];
	size_t n = (size_t)sprintf(bytes, "year,province,code,score\n");
	const struct read *r;

	for (int year = 1950; year < 2020; year++)
		for (int p = 1; p <= 4; p++)
			n += (size_t)sprintf(bytes + n, "%d,%02d,a,%d.%02d\n%d,%02d,b,%d.%02d\n",
					     year, p, p - 1, year % 97 + 1, year, p, p % 2,
					     (year * 7) % 97 + 1);
	r = read_survey(FIXTURES, summed(bytes, n, 1950, 2019));
	for (int year = 1950; year < 2020; year++)
		for (int p = 1; p <= 4; p++) {
			int hundredths =
				(p - 1 + p % 2) * 100 + year % 97 + 1 + (year * 7) % 97 + 1;
			char code[16];

			sprintf(code, "%02d", p);
			cr_expect(eq(dbl, row_of(r, year, "total", code)->estimate,
				     hundredths / 100.0));
		}
}

/* A score written with a power of ten has decimals too: 1.5e-3 is 0.0015. */
Test(published, powers_of_ten_lose_nothing)
{
	static const char bytes[] = "year,province,code,score\n2020,01,a,1.5e-3\n2020,01,b,2\n";
	const struct read *r = read_survey(FIXTURES, summed(bytes, sizeof bytes - 1, 2020, 2020));

	cr_expect(epsilon_eq(dbl, row_of(r, 2020, "total", "01")->estimate, 2.0015, 1e-9));
}

/* Printed figures of PAPI. Ranks are in tests/rank.c. */
Test(published, papi_as_others_print_it)
{
	const struct read *r = read_survey(SHIPPED, SHIPPED "/surveys/papi");
	struct table t;
	struct diag why = {0};
	size_t checked = 0;

	cr_assert(table_read(&arena, REFERENCE "published_facts.csv", true, &t, &why));
	for (size_t i = 0; i < t.rows; i++) {
		struct text printed = table_cell(&t, i, table_find(&t, "value"));
		struct text rounding = table_cell(&t, i, table_find(&t, "rounding"));
		const struct result_row *row;
		double want, unit = pow(10, -(double)number_decimals(printed)),
			     slack = 28 * 0.00005;
		long year;

		if (printed.n == 0 || span_is(rounding, "misprint"))
			continue;
		cr_assert(table_whole(&t, i, 0, 2011, 2024, &year, &why) &&
			  number_parse(printed, &want));
		row = result_find(&r->result, year, table_cell(&t, i, table_find(&t, "code")),
				  table_cell(&t, i, table_find(&t, "province")));
		cr_assert(row != NULL, "row %zu", i);
		if (span_is(rounding, "cut"))
			cr_expect(row->estimate >= want - slack &&
					  row->estimate < want + unit + slack,
				  "row %zu: %f, printed %f", i, row->estimate, want);
		else
			cr_expect(fabs(row->estimate - want) <= unit / 2 + slack,
				  "row %zu: %f, printed %f", i, row->estimate, want);
		checked++;
	}
	cr_expect(ge(sz, checked, 35));
}
