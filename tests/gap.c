/* Numbers are worked out by hand, as the comments say; errors of weighted answers also by changing
 * each weight a little, which needs no formula. */
#include "help.h"

#include "estimate/gap.h"

#include <gsl/gsl_errno.h>
#include <math.h>

TestSuite(gap, .fini = clean);

struct year {
	struct survey survey;
	struct wave_answers w;
	struct gaps gaps;
	struct estimate_options o;
	struct result result;
	struct diag why;
};

/* Wish E1 is reversed (1 is the strongest), of E2 the codebook says which level counts. */
#define BOOK                                                                                       \
	"column,code,question_vi,question_en,kind,levels,satisfied,missing,valid_min,valid_max\n"  \
	"s1,S1,Một,One,likert,1|2|3|4|5,4|5,,1,5\n"                                              \
	"s2,S2,Hai,Two,likert,1|2|3|4|5,4|5,,1,5\n"                                                \
	"e1,E1,Ba,Three,likert,1=Rất nhiều|2=Nhiều|3=Ít,,,1,3\n"                            \
	"e2,E2,Bốn,Four,yesno,1|2,2,,1,2\n"                                                      \
	"e3,E3,Năm,Five,number,,,,0,9\n"

/* Two items in one factor; the wishes of total, factor, S1 and S2 come last. What another era asks
 * is no matter here. */
static const char *structure_of(const char *total, const char *factor, const char *s1,
				const char *s2)
{
	return arena_string(
		&arena,
		arena_format(&arena,
			     "era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction,"
			     "expectation\n"
			     "A,total,,Chung,All,0,100,1,pooled,up,%s\n"
			     "A,F,total,Yếu tố,Factor,0,100,1,pooled,up,%s\n"
			     "A,S1,F,Một,One,0,100,1,pooled,up,%s\n"
			     "A,S2,F,Hai,Two,1,2,1,pooled,up,%s\n"
			     "B,total,,Khác,Other,0,100,1,pooled,up,E9\n",
			     total, factor, s1, s2));
}

static void put(const char *name, const char *bytes)
{
	file_of(name, bytes, strlen(bytes));
}

/* The survey of these files, its plan with items and wishes; whether that went well. */
static bool plan(struct year *y, const char *structure, const char *design, const char *expecting,
		 enum index_method m)
{
	gsl_set_error_handler_off();
	*y = (struct year){.o = {.interval = INTERVAL_LOGIT, .level = 0.95}};
	put("survey.csv", "year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note\n"
			  "2024,A,answers,answers.csv,Thử,Trial,Không ai,,\n");
	put("structure.csv", structure);
	put("codebook.csv", BOOK);
	put("design.csv", design);
	cr_assert(survey_read(&arena, FIXTURES, work.path, &y->survey, &y->why), "%s",
		  y->why.item[0].words);
	cr_assert(waves_plan(&arena, &y->survey, &y->survey.wave[0], &y->w, &y->why));
	waves_margin(&arena, &y->w, NULL, 0);
	cr_assert(index_variables(&arena, &y->w, m, &y->why));
	return gap_variables(&arena, &y->w, span_of(expecting), &y->gaps, &y->why);
}

static void read_answers(struct year *y, enum index_method m, const char *answers)
{
	put("answers.csv", answers);
	cr_assert(waves_read(&arena, &y->w, false, &y->why), "%s", y->why.item[0].words);
	y->result = (struct result){0};
	gap_result(&arena, &y->w, m, &y->o, 0, &y->gaps, &y->result);
}

#define PLAIN "role,column\nweight,w\n"

/* One wish for the item S1, of rows that are their own units. */
static void simple(struct year *y, const char *expecting, const char *answers)
{
	cr_assert(plan(y, structure_of("", "", "E1", ""), PLAIN, expecting, INDEX_STRUCTURE), "%s",
		  y->why.item[0].words);
	read_answers(y, INDEX_STRUCTURE, answers);
}

static const struct result_row *row_of(const struct year *y, const char *item, const char *stat)
{
	for (size_t i = 0; i < y->result.n; i++)
		if (span_is(y->result.row[i].item, item) && span_is(y->result.row[i].stat, stat))
			return &y->result.row[i];
	cr_fatal("no row for %s, %s", item, stat);
	return NULL;
}

static void check_near(double got, double want, double tolerance, const char *what)
{
	cr_expect(isnan(want) ? isnan(got) : fabs(got - want) <= tolerance, "%s: %.17g, want %.17g",
		  what, got, want);
}

/* Four people, weight 1; satisfied 1 1 0 1, wanting it 1 0 1 1: S = E = 3/4, the priority
 * 100 3/4 1/4 = 18.75. z = 100 [(1/4)(e - E) - (3/4)(s - S)] / 4 = -3.125, -9.375, 15.625, -3.125;
 * their squares sum to 351.5625, times 4/3 is 468.75. Independent errors, each 4/3 3/64 = 1/16,
 * would give 10^4 (1/16 + 9/16) / 16 = 390.625. */
#define FOUR "w,s1,s2,e1,e2,e3\n1,5,3,1,1,0\n1,4,3,3,1,0\n1,3,3,2,1,0\n1,4,3,1,1,0\n"

Test(gap, hand_arithmetic)
{
	struct year y;
	const struct result_row *gap;

	simple(&y, "1,2", FOUR);
	cr_assert(eq(sz, y.result.n, 3));
	check_text(y.result.row[0].stat, "satisfaction");
	check_text(y.result.row[1].stat, "expectation");
	gap = &y.result.row[2];
	check_text(gap->stat, "gap");
	check_text(gap->item, "S1");
	check_text(gap->method, "taylor:wald:structure");
	check_near(gap->estimate, 18.75, 1e-13, "priority");
	check_near(gap->se, sqrt(468.75), 1e-13, "standard error");
	cr_expect(gap->se > sqrt(390.625) + 1, "answers of one person correlate");
	check_near(gap->df, 3, 0, "df");
	check_near(gap->n, 4, 0, "n");
	/* t of 3 degrees of freedom, any table: 3.182446 */
	check_near(gap->ci_low, 18.75 - 3.182446305284263 * sqrt(468.75), 1e-9, "low");
	check_near(gap->ci_high, 18.75 + 3.182446305284263 * sqrt(468.75), 1e-9, "high");
	check_near(y.result.row[0].estimate, 75, 1e-13, "satisfaction");
	check_near(y.result.row[0].se, 25, 1e-13, "its error");
	check_near(y.result.row[1].estimate, 75, 1e-13, "expectation");
	check_near(y.result.row[1].se, 25, 1e-13, "its error");
	check_text(y.result.row[1].method, "taylor:logit");
	/* 1 / (1 + exp(-(ln 3 -+ t se / (p (1 - p))))) */
	check_near(y.result.row[1].ci_low, 4.1303, 1e-4, "its low");
	check_near(y.result.row[1].ci_high, 99.5236, 1e-4, "its high");
}

/* S2 has a range of 1 to 2: its share is 3/4 of the way. Nobody is satisfied: 100 E. */
Test(gap, range_of_the_item)
{
	struct year y;
	const struct result_row *s1, *s2;

	cr_assert(plan(&y, structure_of("", "", "E1", "E1"), PLAIN, "1,2", INDEX_STRUCTURE));
	cr_expect(eq(sz, y.gaps.pair[0].variable, y.gaps.pair[1].variable), "asked once");
	read_answers(&y, INDEX_STRUCTURE,
		     "w,s1,s2,e1,e2,e3\n1,5,5,1,1,0\n1,4,4,3,1,0\n1,3,3,2,1,0\n1,4,4,1,1,0\n");
	s1 = row_of(&y, "S1", "satisfaction");
	s2 = row_of(&y, "S2", "satisfaction");
	check_near(s2->estimate, 1.75, 1e-15, "in its range");
	check_near(s2->ci_low, 1 + s1->ci_low / 100, 1e-14, "low");
	check_near(s2->ci_high, 1 + s1->ci_high / 100, 1e-14, "high");
	check_near(row_of(&y, "S2", "gap")->estimate, 18.75, 1e-13, "priority");
	check_near(row_of(&y, "S2", "gap")->se, sqrt(468.75), 1e-12, "standard error");
	simple(&y, "1,2", "w,s1,s2,e1,e2,e3\n1,1,1,1,1,0\n1,2,1,3,1,0\n1,3,1,2,1,0\n1,1,1,1,1,0\n");
	check_near(row_of(&y, "S1", "gap")->estimate, 75, 1e-13, "nobody is satisfied");
	check_near(row_of(&y, "S1", "gap")->se, 25, 1e-12, "the error of E alone");
}

/* Each wish keeps to itself: what E1 says is nothing to S2. */
Test(gap, two_wishes)
{
	static const char *const answers =
		"w,s1,s2,e1,e2,e3\n1,5,3,1,1,0\n1,4,5,1,2,0\n1,3,3,2,2,0\n1,4,4,1,2,0\n";
	struct year both, one;

	cr_assert(plan(&both, structure_of("", "", "E1", "E2"), PLAIN, "1", INDEX_STRUCTURE));
	read_answers(&both, INDEX_STRUCTURE, answers);
	cr_assert(plan(&one, structure_of("", "", "", "E2"), PLAIN, "", INDEX_STRUCTURE));
	read_answers(&one, INDEX_STRUCTURE, answers);
	cr_expect(eq(sz, both.result.n, 6));
	check_near(row_of(&one, "S2", "gap")->estimate, 37.5, 1e-13, "3/4 want it, half have it");
	for (size_t i = 0; i < 3; i++) {
		check_near(both.result.row[3 + i].estimate, one.result.row[i].estimate, 1e-13,
			   "estimate");
		check_near(both.result.row[3 + i].se, one.result.row[i].se, 1e-13, "error");
	}
}

/* A wish that is an item as well is counted as a share, whatever the method counts of the item. */
Test(gap, wish_that_is_an_item)
{
	struct year y;

	cr_assert(plan(&y, structure_of("", "", "S2", ""), PLAIN, "", INDEX_SCORE));
	read_answers(&y, INDEX_SCORE,
		     "w,s1,s2,e1,e2,e3\n1,5,5,1,1,0\n1,4,3,3,1,0\n1,3,3,2,1,0\n1,4,2,1,1,0\n");
	check_near(row_of(&y, "S1", "expectation")->estimate, 25, 1e-13, "one of four");
	check_near(row_of(&y, "S1", "satisfaction")->estimate, 75, 1e-13, "100 (4 - 1) / (5 - 1)");
	check_near(row_of(&y, "S1", "gap")->estimate, 6.25, 1e-13, "gap");
	check_text(row_of(&y, "S1", "gap")->method, "taylor:wald:score");
}

/* FOUR has e1 = 1 3 2 1: the levels decide, and their order on the command line does not. */
Test(gap, levels_are_those_given)
{
	static const struct {
		const char *expecting, *category;
		double share;
	} cases[] = {{"1", "1", 50},     {"1,2", "1|2", 75},     {"2,1", "1|2", 75}, {"3", "3", 25},
		     {"2,3", "2|3", 50}, {" 3 , 2 ", "2|3", 50}, {"1.0", "1", 50}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct year y;

		simple(&y, cases[i].expecting, FOUR);
		cr_expect(y.gaps.pair[0].chosen);
		check_near(row_of(&y, "S1", "expectation")->estimate, cases[i].share, 1e-13,
			   cases[i].expecting);
		check_text(row_of(&y, "S1", "expectation")->category, cases[i].category);
		check_text(row_of(&y, "S1", "gap")->category, cases[i].category);
		check_text(row_of(&y, "S1", "satisfaction")->category, "");
		check_near(row_of(&y, "S1", "gap")->estimate, cases[i].share / 4, 1e-13, "gap");
	}
}

/* The codebook goes before the command line, which serves the questions it says nothing of. */
Test(gap, levels_of_the_codebook)
{
	struct year y;

	cr_assert(plan(&y, structure_of("", "", "E1", "E2"), PLAIN, "1", INDEX_STRUCTURE));
	cr_expect(y.gaps.pair[0].chosen);
	cr_expect(not(y.gaps.pair[1].chosen));
	check_text(gap_levels(&arena, &y.w, &y.gaps.pair[0]), "1");
	check_text(gap_levels(&arena, &y.w, &y.gaps.pair[1]), "2");
	cr_expect(plan(&y, structure_of("", "", "", "E2"), PLAIN, "", INDEX_STRUCTURE));
}

Test(gap, refused)
{
	static const struct {
		const char *wish, *expecting;
		enum diag_code code;
		const char *words, *hint;
	} cases[] = {
		{"E1", "", DIAG_USAGE, "which levels of \"E1\" count as wanting it is not known",
		 "--expecting chooses among 1 = Rất nhiều, 2 = Nhiều, 3 = Ít"},
		{"E1", "4", DIAG_USAGE, "\"E1\" has no level \"4\"", ""},
		{"E1", "1,", DIAG_USAGE, "\"E1\" has no level \"\"", ""},
		{"E1", "1,2,1", DIAG_USAGE, "level \"1\" is given twice", ""},
		{"E1", "1,1.0", DIAG_USAGE, "level \"1.0\" is given twice", ""},
		{"E3", "1", DIAG_USAGE, "\"E3\" has no level \"1\"", ""},
		{"E2", "2", DIAG_USAGE, "--expecting is not needed", ""},
		{"E9", "1", DIAG_DATA,
		 "era \"A\" has no question \"E9\", the expectation of \"S1\"", ""},
		{"", "1", DIAG_DATA, "of 2024 has no item with an expectation question",
		 "the column `expectation` of"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct year y;

		cr_expect(not(plan(&y, structure_of("", "", cases[i].wish, cases[i].wish), PLAIN,
				   cases[i].expecting, INDEX_STRUCTURE)),
			  "row %zu", i);
		cr_expect(eq(sz, y.why.errors, 1), "row %zu", i);
		cr_expect(eq(int, (int)y.why.worst, (int)cases[i].code), "row %zu", i);
		cr_expect(strstr(y.why.item[0].words, cases[i].words) != NULL, "\"%s\"",
			  y.why.item[0].words);
		cr_expect(strstr(y.why.item[0].hint, cases[i].hint) != NULL, "\"%s\"",
			  y.why.item[0].hint);
	}
}

/* Without its range the value of an item is no share. */
Test(gap, refused_without_a_range)
{
	static const char *const ranges[] = {",", "0,", ",100", "100,100"};

	for (size_t i = 0; i < COUNT(ranges); i++) {
		struct year y;
		struct text s = arena_format(
			&arena,
			"era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction,"
			"expectation\nA,total,,Chung,All,0,100,1,pooled,up,\n"
			"A,S1,total,Một,One,%s,1,pooled,up,E1\n",
			ranges[i]);

		cr_expect(not(plan(&y, arena_string(&arena, s), PLAIN, "1", INDEX_STRUCTURE)), "%s",
			  ranges[i]);
		check_problem(&y.why, 0, DIAG_DATA, "", 0, 0, "\"S1\" needs min and max");
	}
}

/* All satisfied, or nobody wants it: the sample does not say how far off 0 is. */
Test(gap, nothing_varies)
{
	static const char *const answers[] = {
		"w,s1,s2,e1,e2,e3\n1,5,3,1,1,0\n2,4,3,3,1,0\n1.7,4,3,2,1,0\n",
		"w,s1,s2,e1,e2,e3\n1,5,3,3,1,0\n2,1,3,3,1,0\n1.7,4,3,3,1,0\n",
	};

	for (size_t i = 0; i < COUNT(answers); i++) {
		struct year y;
		const struct result_row *gap;

		simple(&y, "1,2", answers[i]);
		gap = row_of(&y, "S1", "gap");
		check_near(gap->estimate, 0, 0, "priority");
		check_near(gap->se, 0, 0, "standard error");
		check_near(gap->df, 2, 0, "df: all three answered");
		cr_expect(isnan(gap->ci_low) && isnan(gap->ci_high), "no interval");
		check_text(gap->reason[LANG_EN], "all answers are the same");
	}
}

Test(gap, no_answers)
{
	static const struct {
		const char *answers;
		double satisfaction, expectation;
	} cases[] = {
		{"w,s1,s2,e1,e2,e3\n1,5,3,,1,0\n1,1,3,,1,0\n", 50, NAN},
		{"w,s1,s2,e1,e2,e3\n1,,3,1,1,0\n1,,3,3,1,0\n", NAN, 50},
		{"w,s1,s2,e1,e2,e3\n1,,3,,1,0\n1,,3,,1,0\n", NAN, NAN},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct year y;

		simple(&y, "1,2", cases[i].answers);
		check_near(row_of(&y, "S1", "satisfaction")->estimate, cases[i].satisfaction, 1e-13,
			   "satisfaction");
		check_near(row_of(&y, "S1", "expectation")->estimate, cases[i].expectation, 1e-13,
			   "expectation");
		check_near(row_of(&y, "S1", "gap")->estimate, NAN, 0, "gap");
		check_near(row_of(&y, "S1", "gap")->se, NAN, 0, "its error");
		check_near(row_of(&y, "S1", "gap")->n, i == 0 ? 2 : 0, 0, "answers to the item");
		check_text(row_of(&y, "S1", "gap")->reason[LANG_EN], "no answers");
	}
}

/* ---- errors without formulas --------------------------------------------------------------- */

struct person {
	const char *stratum, *unit;
	double weight;
	const char *answers; /* s1,s2,e1,e2,e3 */
};

/* Two strata, of three and two units; answers are missing here and there, never all of a unit. */
static const struct person people[] = {
	{"a", "p", 1.5, "5,4,1,1,0"}, {"a", "p", 2.0, "2,,2,2,0"},  {"a", "q", 1.0, "4,1,,1,0"},
	{"a", "q", 0.7, "1,5,3,2,0"}, {"a", "r", 3.1, ",2,1,2,0"},  {"a", "r", 1.3, "4,4,3,,0"},
	{"b", "p", 2.2, "3,5,3,1,0"}, {"b", "p", 1.1, "5,,1,2,0"},  {"b", "q", 0.9, "4,3,,2,0"},
	{"b", "q", 2.6, "1,2,2,1,0"}, {"b", "q", 1.9, "5,5,3,2,0"},
};

static double priority_with(enum index_method m, size_t changed, double factor, struct year *y)
{
	struct text rows = span_of("h,u,w,s1,s2,e1,e2,e3\n");

	for (size_t i = 0; i < COUNT(people); i++)
		rows = arena_format(&arena, "%.*s%s,%s,%.17g,%s\n", SPAN_ARG(rows),
				    people[i].stratum, people[i].unit,
				    people[i].weight * (i == changed ? factor : 1),
				    people[i].answers);
	cr_assert(plan(y, structure_of("", "E1", "", ""),
		       "role,column\nweight,w\nstratum,h\npsu,u\nnest,yes\n", "1,2", m));
	read_answers(y, m, arena_string(&arena, rows));
	return row_of(y, "F", "gap")->estimate;
}

/* The influence of a row is its weight times the change of the estimate with it: by differences,
 * to about 1e-8 of the estimate. Units' sums about the mean of their stratum, n/(n-1). */
static double variance_by_differences(enum index_method m)
{
	static const double h = 1e-5;
	double unit[2][3] = {{0}}, variance = 0;
	struct year y;

	for (size_t i = 0; i < COUNT(people); i++)
		unit[people[i].stratum[0] - 'a'][people[i].unit[0] - 'p'] +=
			(priority_with(m, i, 1 + h, &y) - priority_with(m, i, 1 - h, &y)) / (2 * h);
	for (size_t s = 0; s < 2; s++) {
		size_t n = s == 0 ? 3 : 2;
		double mean = (unit[s][0] + unit[s][1] + unit[s][2]) / (double)n;

		for (size_t u = 0; u < n; u++)
			variance += (double)n / (double)(n - 1) * (unit[s][u] - mean) *
				    (unit[s][u] - mean);
	}
	return variance;
}

Test(gap, errors_by_differences)
{
	static const enum index_method methods[] = {INDEX_STRUCTURE, INDEX_ITEM_MEAN, INDEX_SCORE,
						    INDEX_SCORE5};

	for (size_t i = 0; i < COUNT(methods); i++) {
		const struct result_row *gap;
		struct year y;

		priority_with(methods[i], COUNT(people), 1, &y);
		gap = row_of(&y, "F", "gap");
		check_near(gap->se / sqrt(variance_by_differences(methods[i])), 1, 1e-7,
			   index_name(methods[i]));
		check_near(gap->df, 3, 0, "five units, two strata");
		check_near(gap->n, 10, 0, "answers to the most answered item of F");
	}
}

/* S pools both items over valid answers: (1.5 + 1 + 1.3 + 1.1 + 0.9 + 1.9) of S1 and
 * (1.5 + 0.7 + 1.3 + 2.2 + 1.9) of S2, 15.3 of 15.2 + 15.2; E counts 1 and 2:
 * (1.5 + 2 + 3.1 + 1.1 + 2.6) = 10.3 of 16.4. A wish beside the items is not pooled with them. */
Test(gap, weighted_shares)
{
	struct year y;
	double s = 15.3 / 30.4, e = 10.3 / 16.4;

	check_near(priority_with(INDEX_STRUCTURE, COUNT(people), 1, &y), 100 * e * (1 - s), 1e-12,
		   "priority");
	check_near(row_of(&y, "F", "satisfaction")->estimate, 100 * s, 1e-12, "satisfaction");
	check_near(row_of(&y, "F", "expectation")->estimate, 100 * e, 1e-12, "expectation");
}

/* As the index gives it. */
Test(gap, satisfaction_is_the_index)
{
	struct result index = {0};
	struct year y;

	priority_with(INDEX_STRUCTURE, COUNT(people), 1, &y);
	index_result(&arena, &y.w, INDEX_STRUCTURE, &y.o, 0, &index);
	cr_assert(eq(sz, index.n, 4));
	for (size_t i = 0; i < index.n; i++) {
		const struct result_row *want = &index.row[i];
		const struct result_row *got = &y.result.row[0];

		if (!span_is(want->item, "F"))
			continue;
		check_near(got->estimate, want->estimate, 0, "estimate");
		check_near(got->se, want->se, 0, "se");
		check_near(got->ci_low, want->ci_low, 0, "low");
		check_near(got->ci_high, want->ci_high, 0, "high");
		cr_expect(span_equal(got->method, want->method));
	}
}

/* ---- what may be shown --------------------------------------------------------------------- */

/* Three of six say what they want: fewer than five, so the share is hidden, and the priority,
 * from which it would follow. */
Test(gap, hidden_with_its_parts)
{
	static const char *const six =
		"w,s1,s2,e1,e2,e3\n1,5,3,1,1,0\n1,4,3,3,1,0\n1,3,3,2,1,0\n1,4,3,,1,0\n1,2,3,,1,0\n"
		"1,4,3,,1,0\n";
	struct year y;

	for (int hide = 0; hide < 2; hide++) {
		const struct result_row *gap;

		cr_assert(plan(&y, structure_of("", "", "E1", ""), PLAIN, "1,2", INDEX_STRUCTURE));
		y.o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 5};
		y.o.hide = hide;
		read_answers(&y, INDEX_STRUCTURE, six);
		gap = row_of(&y, "S1", "gap");
		check_near(row_of(&y, "S1", "satisfaction")->estimate, 400. / 6, 1e-12, "of six");
		check_near(row_of(&y, "S1", "expectation")->estimate, hide ? NAN : 200. / 3, 1e-12,
			   "of three");
		check_near(gap->estimate, hide ? NAN : 200. / 9, 1e-12, "gap");
		check_near(gap->ci_high, hide ? NAN : gap->ci_high, 0, "its interval");
		cr_expect(eq(uint, gap->flags, hide ? FLAG_SUPPRESSED : FLAG_CAUTION));
		check_text(gap->reason[LANG_EN], "fewer answers than the minimum");
	}
}

Test(gap, groups)
{
	struct year y;
	size_t factor;

	cr_assert(plan(&y, structure_of("", "", "E1", ""), PLAIN, "1,2", INDEX_STRUCTURE));
	factor = waves_factor(&arena, &y.w, span_of("e2"));
	waves_margin(&arena, &y.w, &factor, 1);
	read_answers(&y, INDEX_STRUCTURE,
		     "w,s1,s2,e1,e2,e3\n1,5,3,1,1,0\n1,2,3,3,1,0\n1,3,3,2,2,0\n1,4,3,1,2,0\n");
	cr_expect(eq(sz, y.result.n, 3), "everybody, one item");
	y.result = (struct result){0};
	gap_result(&arena, &y.w, INDEX_STRUCTURE, &y.o, 1, &y.gaps, &y.result);
	cr_assert(eq(sz, y.result.n, 6));
	check_text(y.result.row[2].domain, "e2=1");
	check_near(y.result.row[2].estimate, 25, 1e-12, "half want it, half are satisfied");
	check_near(y.result.row[2].n, 2, 0, "n");
	check_near(y.result.row[5].estimate, 50, 1e-12, "all want it, half are satisfied");
}

/* A row for each: `n` people, of whom `satisfied` are so; every second of all wants it. */
static const char *crowd(size_t n, size_t satisfied)
{
	struct text rows = span_of("w,s1,s2,e1,e2,e3\n");

	for (size_t i = 0; i < n; i++)
		rows = arena_format(&arena, "%.*s1,%c,3,%c,1,0\n", SPAN_ARG(rows),
				    i < satisfied ? '5' : '1', i % 2 ? '1' : '3');
	return arena_string(&arena, rows);
}

/* A share of 1/2 has an interval of about 2 sqrt(1/n): 0.32 wide for 40 people, hidden by NCHS;
 * 0.2 for 100. Nobody satisfied is worth a warning. Of 10 % dissatisfied in 100, the error is about
 * 0.03 of 0.1: too much for the priority by the older rule, not for the shares. */
Test(gap, judged_by_the_standards)
{
	static const struct {
		size_t n, satisfied;
		enum suppress_rule rule;
		unsigned s, e, gap;
		const char *reason;
	} cases[] = {
		{100, 0, SUPPRESS_NCHS, FLAG_CAUTION, 0, FLAG_CAUTION, "all answers are the same"},
		{40, 0, SUPPRESS_NCHS, FLAG_CAUTION, FLAG_SUPPRESSED, FLAG_SUPPRESSED,
		 "interval width of 30 percentage points or more"},
		{100, 90, SUPPRESS_RSE30, 0, 0, FLAG_SUPPRESSED,
		 "relative standard error of 30 % or more"},
		{100, 60, SUPPRESS_NCHS, 0, 0, 0, ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct year y;

		cr_assert(plan(&y, structure_of("", "", "E1", ""), PLAIN, "1", INDEX_STRUCTURE));
		y.o.suppress.rule = cases[i].rule;
		y.o.hide = true;
		read_answers(&y, INDEX_STRUCTURE, crowd(cases[i].n, cases[i].satisfied));
		cr_expect(eq(uint, y.result.row[0].flags, cases[i].s), "row %zu", i);
		cr_expect(eq(uint, y.result.row[1].flags, cases[i].e), "row %zu", i);
		cr_expect(eq(uint, y.result.row[2].flags, cases[i].gap), "row %zu", i);
		check_text(y.result.row[2].reason[LANG_EN], cases[i].reason);
	}
}

/* The second stratum has one unit. */
Test(gap, lonely_strata_are_told)
{
	struct year y;

	cr_assert(plan(&y, structure_of("", "", "E1", ""), "role,column\nweight,w\nstratum,e2\n",
		       "1,2", INDEX_STRUCTURE));
	y.o.lonely = LONELY_ADJUST;
	read_answers(&y, INDEX_STRUCTURE,
		     "w,s1,s2,e1,e2,e3\n1,5,3,1,1,0\n1,2,3,3,1,0\n1,3,3,2,1,0\n1,4,3,1,2,0\n");
	for (size_t i = 0; i < 3; i++)
		cr_expect(eq(uint, y.result.row[i].flags, FLAG_LONELY), "row %zu", i);
}

/* They are known, though no number says them: nothing is hidden for want of them. */
Test(gap, infinite_degrees_of_freedom_hide_nothing)
{
	struct result index = {0};
	struct year y;

	cr_assert(plan(&y, structure_of("", "", "E1", ""), PLAIN, "1", INDEX_STRUCTURE));
	y.o.df = DF_INFINITE;
	y.o.suppress.rule = SUPPRESS_NCHS;
	y.o.hide = true;
	read_answers(&y, INDEX_STRUCTURE, crowd(100, 60));
	for (size_t i = 0; i < 3; i++)
		cr_expect(eq(uint, y.result.row[i].flags, 0), "row %zu", i);
	index_result(&arena, &y.w, INDEX_STRUCTURE, &y.o, 0, &index);
	cr_expect(eq(uint, index.row[2].flags, 0));
	check_near(index.row[2].df, NAN, 0, "df");
	check_near(index.row[2].estimate, 60, 1e-12, "S1");
}

Test(gap, infinite_degrees_of_freedom)
{
	struct year y;

	cr_assert(plan(&y, structure_of("", "", "E1", ""), PLAIN, "1,2", INDEX_STRUCTURE));
	y.o.df = DF_INFINITE;
	read_answers(&y, INDEX_STRUCTURE, FOUR);
	check_near(row_of(&y, "S1", "gap")->df, NAN, 0, "df");
	check_near(row_of(&y, "S1", "gap")->ci_low, 18.75 - 1.959963984540054 * sqrt(468.75), 1e-9,
		   "low");
}
