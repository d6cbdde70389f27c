#include "help.h"

#include "analysis/gaps.h"
#include "analysis/published.h"
#include "analysis/rank.h"

#include <math.h>

TestSuite(gaps, .fini = clean);

#define HEAD "code,criterion,max_points,self_score,appraised_score,survey_score,agency,note,kind\n"

struct case_of {
	struct survey survey;
	struct result all;
	struct criteria criteria;
	struct targets targets;
	struct gaps_order order;
	struct result rows;
};

static struct case_of *open_case(const char *share, const char *path, const char *code, long year)
{
	struct case_of *c = arena_new(&arena, 1, sizeof *c);
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, &c->survey, &why), "%s", why.item[0].words);
	published_result(&arena, &c->survey, &c->all);
	rank_result(&c->survey, &c->all);
	c->order = (struct gaps_order){
		.survey = &c->survey,
		.criteria = &c->criteria,
		.all = &c->all,
		.self = province_by_code(&c->survey.provinces, span_of(code), year),
		.year = year};
	return c;
}

static void marks(struct case_of *c, const char *bytes)
{
	struct criteria_wanted w = {&c->survey.provinces, c->order.self, c->order.year, false};
	struct diag why = {0};

	cr_assert(criteria_read(&arena, file_of("marks.csv", bytes, strlen(bytes)), &w,
				&c->criteria, &why),
		  "%s", why.item[0].words);
}

static void check_number(double got, double want, const char *what)
{
	cr_expect(isnan(want) ? isnan(got) : fabs(got - want) < 1e-12, "%s: %.17g, want %.17g",
		  what, got, want);
}

/* item, lost, share, running sum */
struct wanted {
	const char *name;
	double lost, share, running;
};

static void check_rows(const struct result *r, const struct wanted *w, size_t n)
{
	cr_assert(eq(sz, r->n, n));
	for (size_t i = 0; i < n; i++) {
		const struct result_row *row = &r->row[i];
		bool agency = row->domain.n > 0;

		check_text(agency ? row->agency : row->item, w[i].name);
		check_number(row->lost_points, w[i].lost, w[i].name);
		check_number(row->share_of_loss, w[i].share, w[i].name);
		check_number(row->cumulative_share, w[i].running, w[i].name);
		check_number(row->estimate, row->max_points - row->lost_points, w[i].name);
	}
	cr_expect(eq(int, (int)r->parts, PART_GAPS));
}

/* Six criteria of 20 points. Lost: 1.1 0.5, 1.2 0, 1.3 1.5, 2.1 2, 2.2 0.5, 3 0.5; in all 5. */
#define MARKS                                                                                      \
	HEAD "1.1,A,2,2,1.5,,Sở A;Sở B,,\n1.2,B,1,1,1,,Sở B,,\n1.3,C,3,,,1.5,Sở A,,\n"     \
	     "2.1,D,6,6,4,,Sở C; Sở A ;Sở B; Sở D,,\n2.2,E,3,2,2.5,,,,\n"                  \
	     "3,F,5,,4.5,,Sở C,,socioeconomic\n"

Test(gaps, by_criterion)
{
	static const struct wanted wanted[] = {
		{"2.1", 2, 0.4, 0.4},   {"1.3", 1.5, 0.3, 0.7}, {"1.1", 0.5, 0.1, 0.8},
		{"2.2", 0.5, 0.1, 0.9}, {"3", 0.5, 0.1, 1},     {"1.2", 0, 0, 1},
	};
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);
	struct result_row total;

	marks(c, MARKS);
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_rows(&c->rows, wanted, COUNT(wanted));
	check_text(c->rows.row[1].kind, "survey");
	check_number(c->rows.row[1].self_score, NAN, "nobody scores himself");
	check_number(c->rows.row[3].appraisal_gap, 0.5, "2.5 - 2");
	check_text(c->rows.row[0].method, "criteria");
	total = gaps_total(&arena, &c->order);
	check_text(total.item, "total");
	check_number(total.lost_points, 5, "total");
	check_number(total.max_points, 20, "total");
	check_number(total.appraisal_gap, -2, "-0.5 + 0 - 2 + 0.5; 1.3 and 3 have no self score");
	check_number(total.criteria, 6, "total");
}

/* Sum of the rows above; 2.2 has no agency: agencies.csv has Sở Ba for item 2, but of province 01
 * only, so for 02 nobody is known. Names of domains 1 and 2 are those of structure.csv, 3 has none.
 */
Test(gaps, by_domain_and_agency)
{
	static const struct wanted domains[] = {
		{"2", 2.5, 0.5, 0.5}, {"1", 2, 0.4, 0.9}, {"3", 0.5, 0.1, 1}};
	static const struct wanted leads[] = {
		{"Sở C", 2.5, 0.5, 0.5},
		{"Sở A", 2, 0.4, 0.9},
		{"", 0.5, 0.1, 1},
		{"Sở B", 0, 0, 1},
	};
	/* A: 0.25 + 1.5 + 0.5; B: 0.25 + 0 + 0.5; C: 0.5 + 0.5; D: 0.5 */
	static const struct wanted split[] = {
		{"Sở A", 2.25, 0.45, 0.45}, {"Sở C", 1, 0.2, 0.65}, {"Sở B", 0.75, 0.15, 0.8},
		{"Sở D", 0.5, 0.1, 0.9},    {"", 0.5, 0.1, 1},
	};
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);

	marks(c, MARKS);
	gaps_result(&arena, &c->order, GAPS_DOMAIN, &c->rows);
	check_rows(&c->rows, domains, COUNT(domains));
	check_text(c->rows.row[1].item_name[LANG_EN], "Item one");
	check_text(c->rows.row[2].item_name[LANG_EN], "F");
	gaps_result(&arena, &c->order, GAPS_AGENCY, &c->rows);
	check_rows(&c->rows, leads, COUNT(leads));
	check_text(c->rows.row[0].domain, "agency=Sở C");
	check_text(c->rows.row[0].item, "total");
	check_text(c->rows.row[0].method, "criteria:lead");
	c->order.split = true;
	gaps_result(&arena, &c->order, GAPS_AGENCY, &c->rows);
	check_rows(&c->rows, split, COUNT(split));
	check_number(c->rows.row[0].criteria, 3, "1.1, 1.3, 2.1");
}

/* The longest code of agencies.csv that holds the criterion; support is not responsible. */
Test(gaps, agencies_of_the_documents)
{
	struct case_of *c = open_case(FIXTURES, SMALL, "01", 2020);

	marks(c, HEAD "1.7.1,A,1,1,0,,,,\n2,B,2,2,0,,,,\n5,C,3,3,0,,,,\n6,D,4,4,0,,Sở Riêng,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_text(c->rows.row[0].agency, "Sở Riêng");
	check_text(c->rows.row[0].method, "criteria");
	check_text(c->rows.row[1].agency, "");
	check_text(c->rows.row[1].method, "criteria");
	check_text(c->rows.row[2].agency, "Sở Ba");
	check_text(c->rows.row[3].agency, "Sở Một");
	check_text(c->rows.row[3].agency_name[LANG_EN], "Department One");
	check_text(c->rows.row[3].method, "criteria+agencies");
}

/* Sở Hai supports item 1 in 02. */
Test(gaps, support_is_not_responsible)
{
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);

	marks(c, HEAD "1,A,1,1,0,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_text(c->rows.row[0].agency, "Sở Một");
}

Test(gaps, nothing_is_summed_over_what_is_missing)
{
	static const struct wanted rows[] = {
		{"1.1", 1, NAN, NAN}, {"2", 0, NAN, NAN}, {"1.2", NAN, NAN, NAN}};
	static const struct wanted domains[] = {{"2", 0, NAN, NAN}, {"1", NAN, NAN, NAN}};
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);
	struct result_row total;

	marks(c, HEAD "1.1,A,2,2,1,,,,\n1.2,B,3,3,,,,,\n2,C,1,1,1,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_rows(&c->rows, rows, COUNT(rows));
	cr_expect(eq(int, (int)c->rows.row[2].flags, FLAG_UNPUBLISHED));
	check_text(c->rows.row[2].reason[LANG_EN], "no score is given");
	gaps_result(&arena, &c->order, GAPS_DOMAIN, &c->rows);
	check_rows(&c->rows, domains, COUNT(domains));
	total = gaps_total(&arena, &c->order);
	check_number(total.lost_points, NAN, "total");
	check_number(total.potential_rank, NAN, "total");
	check_text(total.reason[LANG_EN], "1 of 3 criteria have no score");
}

/* Nothing lost: no share of nothing. */
Test(gaps, nothing_lost)
{
	static const struct wanted rows[] = {{"1", 0, NAN, NAN}};
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);

	marks(c, HEAD "1,A,2,2,2,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_rows(&c->rows, rows, COUNT(rows));
}

/* 2020, complete: totals 4.80 3.20 3.40 1.30 for 01 to 04 of the index of 100. 02 has 3.20, third.
 * With 0.20 more it ties with 03: second. With 1.60 more it ties with 01: first. With 0.19: third.
 * The published total counts, not the criteria's. */
Test(gaps, potential_rank_in_a_complete_table)
{
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);
	static const double ranks[] = {1, 1, 2, 3, 3};

	marks(c, HEAD "1,A,50,50,1.95,,,,\n2,B,2,2,0.4,,,,\n3,C,1,1,0.8,,,,\n4,D,1,1,0.81,,,,\n"
		      "5,E,46,46,46,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	for (size_t i = 0; i < COUNT(ranks); i++) {
		check_number(c->rows.row[i].potential_rank, ranks[i], "rank");
		check_number(c->rows.row[i].potential_low, ranks[i], "low");
	}
}

/* Maxima of 3 are not those of an index of 100. */
Test(gaps, no_potential_rank_on_another_scale)
{
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);

	marks(c, HEAD "1,A,3,3,1,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_number(c->rows.row[0].potential_low, NAN, "rank");
	check_text(c->rows.row[0].reason[LANG_EN],
		   "no potential rank (the criteria's maxima do not sum to the index's maximum)");
}

/* PAR INDEX 2021 as shipped (14 of 63): Tuyên Quang (08) 86.57, rank 34. With 1.92 it has 88.49:
 * above Lào Cai's 88.44, rank 11, so not worse than 11; below Vĩnh Phúc's 89.28, rank 5, so 6 at
 * best. With 1.38 it has 87.95: below Hưng Yên's 88.34, rank 12, so 13 at best; of those below only
 * its own rank 34 is printed before 88.34. With 10 it has 96.57, above the first (91.80): first. */
Test(gaps, potential_rank_between_what_is_printed)
{
	static const double low[] = {1, 6, 13}, high[] = {1, 11, 34};
	struct case_of *c = open_case(SHIPPED, SHIPPED "/surveys/par-index", "08", 2021);

	marks(c, HEAD "1,A,50,50,40,,,,\n2,B,2,2,0.08,,,,\n3,C,2,2,0.62,,,,\n4,D,46,46,46,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	for (size_t i = 0; i < COUNT(low); i++) {
		check_number(c->rows.row[i].potential_low, low[i], "low");
		check_number(c->rows.row[i].potential_high, high[i], "high");
		check_number(c->rows.row[i].potential_rank, low[i] == high[i] ? low[i] : NAN,
			     "rank");
	}
}

/* PAR INDEX 2023: Hưng Yên (33) is printed with rank 26 and without a score: its criteria, 86.87,
 * are what points are added to. With 0.50 it has 87.37: Đắk Lắk's 87.33 (rank 28) is below, and
 * Thái Nguyên's and Lạng Sơn's are not needed: nobody falls behind his own rank. */
Test(gaps, potential_rank_from_the_criteria)
{
	struct case_of *c = open_case(SHIPPED, SHIPPED "/surveys/par-index", "33", 2023);

	marks(c, HEAD "1.1,A,6,6,5.5,,,,\n1.2,B,4,,,3.12,,,\n2,C,90,90,78.25,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_text(c->rows.row[2].item, "1.1");
	check_number(c->rows.row[2].potential_low, 12, "behind Ninh Bình");
	check_number(c->rows.row[2].potential_high, 26, "its own rank");
}

/* 2021: totals 4.90 3.90 3.65 3.65 of 01 to 04, without ranks; 05 is not listed and may stand
 * anywhere. 02 with 0.50 more has 4.40: 01 is above, so second or third; with 2: first or second.
 */
Test(gaps, potential_rank_beside_one_not_listed)
{
	static const double low[] = {1, 2}, high[] = {2, 3};
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2021);

	marks(c, HEAD "1,A,50,50,48,,,,\n2,B,50,50,49.5,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	for (size_t i = 0; i < COUNT(low); i++) {
		check_number(c->rows.row[i].potential_low, low[i], "low");
		check_number(c->rows.row[i].potential_high, high[i], "high");
		check_number(c->rows.row[i].potential_rank, NAN, "open");
	}
}

/* 2020: 03 has 0.20 and 0.20 of 5, 3.00 of 10. In 2022 item 1 is printed without its parts. */
Test(gaps, published_scores)
{
	static const struct wanted rows[] = {{"2", 7, 7 / 16.6, 7 / 16.6},
					     {"1.1", 4.8, 4.8 / 16.6, 11.8 / 16.6},
					     {"1.2", 4.8, 4.8 / 16.6, 1}};
	static const struct wanted shallow[] = {{"1", 9.3, 9.3 / 15.3, 9.3 / 15.3},
						{"2", 6, 6 / 15.3, 1}};
	struct case_of *c = open_case(FIXTURES, SMALL, "03", 2020);
	struct diag why = {0};

	cr_assert(gaps_of_scores(&arena, &c->survey, &c->all, c->order.self, 2020, &c->criteria,
				 &why));
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_rows(&c->rows, rows, COUNT(rows));
	check_text(c->rows.row[0].kind, "score");
	check_text(c->rows.row[0].method, "published");
	check_text(c->rows.row[1].method, "published+agencies");
	c->order.year = 2022;
	cr_assert(gaps_of_scores(&arena, &c->survey, &c->all, c->order.self, 2022, &c->criteria,
				 &why));
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_rows(&c->rows, shallow, COUNT(shallow));
}

/* Item 1 is not listed at all: its parts are missing, each of them. */
Test(gaps, scores_not_listed)
{
	static const struct wanted rows[] = {
		{"2", 7, NAN, NAN}, {"1.1", NAN, NAN, NAN}, {"1.2", NAN, NAN, NAN}};
	struct case_of *c = open_case(FIXTURES, SMALL, "03", 2020);
	struct result listed = {0};
	struct diag why = {0};

	for (size_t i = 0; i < c->all.n; i++)
		if (!span_starts(c->all.row[i].item, "1"))
			result_add(&arena, &listed, &c->all.row[i]);
	cr_assert(gaps_of_scores(&arena, &c->survey, &listed, c->order.self, 2020, &c->criteria,
				 &why));
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_rows(&c->rows, rows, COUNT(rows));
}

Test(gaps, scores_that_do_not_do)
{
	static const struct {
		const char *path, *code;
		long year;
		const char *fragment;
	} cases[] = {
		{"pci", "33", 2020, "does not make \"total\" the sum of its parts"},
		{"par-index", "33", 2017, "lists nothing for Hưng Yên below the total"},
		{"par-index", "33", 2012, "gives no max for \"1\" of era \"2012-2015\""},
		{"sipas-example", "33", 2024, "has answers, not points"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct case_of *c = open_case(
			SHIPPED, arena_format(&arena, SHIPPED "/surveys/%s", cases[i].path).at,
			cases[i].code, cases[i].year);
		struct diag why = {0};

		cr_expect(not(gaps_of_scores(&arena, &c->survey, &c->all, c->order.self,
					     cases[i].year, &c->criteria, &why)));
		check_problem(&why, 0, DIAG_DATA, "", 0, 0, cases[i].fragment);
	}
}

Test(gaps, targets)
{
	static const struct target list[] = {{TEXT("1"), 1.5, TEXT("30/6"), TEXT("Sở A"), {0}},
					     {TEXT("total"), 5, TEXT(""), TEXT(""), {0}}};
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);
	struct result_row total;

	c->targets = (struct targets){2, list};
	c->order.targets = &c->targets;
	marks(c, HEAD "1,A,2,2,1.2,,,,\n2,B,4,4,3,,,,\n");
	gaps_result(&arena, &c->order, GAPS_CRITERION, &c->rows);
	check_number(c->rows.row[1].to_target, 0.3, "1.5 - 1.2");
	check_text(c->rows.row[1].deadline, "30/6");
	check_text(c->rows.row[1].target_agency, "Sở A");
	check_number(c->rows.row[0].target, NAN, "none");
	total = gaps_total(&arena, &c->order);
	check_number(total.to_target, 0.8, "5 - 4.2");
}

/* structure.csv of 2020 has 10 for item 1 and 100 for all; 02's published total is 3.20. */
Test(gaps, doubts)
{
	struct case_of *c = open_case(FIXTURES, SMALL, "02", 2020);
	struct diag why = {0};

	marks(c, HEAD "1,A,9,9,1,,,,\n2,B,10,10,3,,,,\n");
	gaps_check(&arena, &c->order, &why);
	cr_expect(eq(sz, why.warnings, 3));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0,
		      "the maxima of \"total\" sum to 19, structure.csv has 100");
	check_problem(&why, 1, DIAG_WARNING, "", 0, 0,
		      "the maxima of \"1\" sum to 9, structure.csv has 10");
	check_problem(&why, 2, DIAG_WARNING, "", 0, 0,
		      "the criteria sum to 4, the published total of Bình Cường is 3.2");
}
