/* Medians, bests and gaps by hand from tests/data/share/surveys/small/scores.csv. */
#include "help.h"

#include "analysis/compare.h"
#include "analysis/published.h"
#include "analysis/rank.h"

#include <math.h>

TestSuite(compare, .fini = clean);

static struct survey survey;
static struct result all, out;

static const struct result_row *compare(const char *path, long year, const char *code,
					const char *spec, const char *item)
{
	const struct province *self;
	struct peers peers;
	struct diag why = {0};

	cr_assert(survey_read(&arena, FIXTURES, path, &survey, &why), "%s", why.item[0].words);
	published_result(&arena, &survey, &all);
	rank_result(&survey, &all);
	self = province_by_code(&survey.provinces, span_of(code), year);
	cr_assert(peers_choose(&arena, &survey, &all, year, self, span_of(spec), &peers, &why),
		  "%s", why.item[0].words);
	compare_result(&arena, &all, year, self, &peers, survey.scores.decimals, &out);
	cr_assert(eq(int, (int)out.parts, PART_COMPARE));
	return result_find(&out, year, span_of(item), span_of(code));
}

static void check(double got, double want, const char *what)
{
	cr_expect(isnan(want) ? isnan(got) : got == want, "%s is %.17g, wanted %.17g", what, got,
		  want);
}

static void check_row(const struct result_row *row, double median, double best, double national,
		      double gap_median, double gap_best, double rank_in_peers)
{
	cr_assert(row != NULL);
	check(row->peer_median, median, "median of the peers");
	check(row->peer_best, best, "best of the peers");
	check(row->national_median, national, "national median");
	check(row->gap_median, gap_median, "gap to the median");
	check(row->gap_best, gap_best, "gap to the best");
	check(row->rank_in_peers, rank_in_peers, "rank among the peers");
}

/* 2020 totals 4.80 3.20 3.40 1.30: national median 3.30. */
Test(compare, against_peers)
{
	check_row(compare(SMALL, 2020, "03", "01,02", "total"), 4.00, 4.80, 3.30, -0.60, -1.40, 2);
	check_row(compare(SMALL, 2020, "01", "02,03,04", "total"), 3.20, 3.40, 3.30, 1.60, 1.40, 1);
	check_row(compare(SMALL, 2020, "04", "01,02,03", "total"), 3.40, 4.80, 3.30, -2.10, -3.50,
		  4);
	cr_expect(eq(sz, out.n, 5), "total, 1, 1.1, 1.2, 2");
}

/* Item 2 of 2020: 4 3 3 1. Equal values share the best place. */
Test(compare, ties)
{
	check_row(compare(SMALL, 2020, "02", "03,04", "2"), 2, 3, 3, 1, 0, 1);
	check_row(compare(SMALL, 2020, "02", "01,03", "2"), 3.5, 4, 3, -0.5, -1, 2);
}

/* 2019, item 1.1: 0.10 0.15 0.50 0.20. The median of 0.10 and 0.15 is 0.125: one more decimal than
 * printed, and no binary tail: 0.5 - 0.125 = 0.375. */
Test(compare, medians_half_way)
{
	check_row(compare(SMALL, 2019, "03", "01,02", "1.1"), 0.125, 0.15, 0.175, 0.375, 0.35, 1);
}

/* 04 has no total in 2019: as a peer it is listed without a value; as itself it has no gaps. */
Test(compare, unpublished)
{
	check_row(compare(SMALL, 2019, "01", "03,04", "total"), 1.50, 1.50, 1.30, -0.20, -0.20, 2);
	check_row(compare(SMALL, 2019, "04", "01,03", "total"), 1.40, 1.50, 1.30, NAN, NAN, NAN);
	check_row(compare(SMALL, 2019, "01", "04", "total"), NAN, NAN, 1.30, NAN, NAN, NAN);
}

/* 2021 does not list 05: no national median; nothing about peers when 05 is one. */
Test(compare, sparse_tables)
{
	check_row(compare(SMALL, 2021, "01", "02,03", "total"), 3.775, 3.90, NAN, 1.125, 1.00, 1);
	check_row(compare(SMALL, 2021, "01", "02,05", "total"), NAN, NAN, NAN, NAN, NAN, NAN);
}
