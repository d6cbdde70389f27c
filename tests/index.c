/* Four people in two units of one province, worked out by hand.
 *
 *        unit weight  A1 A2 B1 C1     satisfied (4 or 5) / valid weight:
 *   p1    1     1      5  4  2  4      A1 2/7   A2 3/4   B1 5/6   C1 3/7
 *   p2    1     2      1  5  4  4
 *   p3    2     1      4  3  .  1
 *   p4    2     3      2  .  5  1
 *
 * With two units in one stratum totals of influence values are t and -t, and the standard error is
 * 2 |t|. Of an item t is sum over unit 1 of w (y - R) / W:
 *   A1 (1 5/7 - 2 2/7)/7 = 1/49         A2 (1 1/4 + 2 1/4)/4 = 3/16
 *   B1 (-1 5/6 + 2 1/6)/6 = -1/12       C1 (1 4/7 + 2 4/7)/7 = 12/49
 * Pooled, a person counts once for every valid answer:
 *   A  A1 A2     5/11   (1 (2 - 10/11) + 2 (1 - 10/11))/11 = 14/121
 *   I  A1 A2 B1  10/17  (1 (2 - 30/17) + 2 (2 - 30/17))/17 = 12/289
 *   total        13/24  (1 (3 - 52/24) + 2 (3 - 52/24))/24 = 5/48
 * The index is not the sum of its items' variances. */
#include "waved.h"

#include "estimate/index.h"

#include <math.h>

TestSuite(index, .fini = clean);

#define TREE                                                                                       \
	"E,total,,T,T,0,100,,%s,up\nE,I,total,I,I,0,100,3,%s,up\n"                                 \
	"E,A,I,A,A,0,100,,pooled,up\nE,A1,A,A1,A1,0,100,,pooled,up\n"                              \
	"E,A2,A,A2,A2,0,100,,pooled,up\nE,B,I,B,B,0,100,,pooled,up\n"                              \
	"E,B1,B,B1,B1,0,100,,pooled,up\nE,II,total,II,II,0,100,1,pooled,up\n"                      \
	"E,C,II,C,C,0,100,,pooled,up\nE,C1,C,C1,C1,0,100,,pooled,up\n"
#define BOOK                                                                                       \
	"a1,A1,,A1,likert,1|2|3|4|5,4|5,888,,\na2,A2,,A2,likert,1|2|3|4|5,4|5,888,,\n"             \
	"b1,B1,,B1,likert,1|2|3|4|5,4|5,888,,\nc1,C1,,C1,likert,1|2|3|4|5,4|5,888,,\n"
#define PEOPLE                                                                                     \
	"tinh,p,w,g,a1,a2,b1,c1\n01,1,1,x,5,4,2,4\n01,1,2,y,1,5,4,4\n01,2,1,x,4,3,888,1\n"         \
	"01,2,3,y,2,,5,1\n"

static const struct survey *survey_of(const char *tree, const char *book, const char *people)
{
	waved_file("survey.csv", WAVED_SURVEY, "2024,E,answers,a.csv,Nhỏ,Small,Ai,,,percent,yes\n");
	waved_file("structure.csv", WAVED_STRUCTURE, tree);
	waved_file("codebook.csv", WAVED_CODEBOOK, book);
	waved_file("design.csv", "role,column\n", "province,tinh\nweight,w\npsu,p\n");
	waved_file("a.csv", "", people);
	return waved_survey();
}

static const struct survey *people(void)
{
	return survey_of(arena_format(&arena, TREE, "pooled", "pooled").at, BOOK, PEOPLE);
}

static struct estimate_options options(void)
{
	return (struct estimate_options){
		.interval = INTERVAL_LOGIT, .level = 0.95, .lonely = LONELY_ADJUST};
}

/* By province, and by `group` too when it is given. */
static const struct result *compute(const struct survey *s, enum index_method m, const char *group,
				    const struct estimate_options *o)
{
	struct wave_answers *w = waved_plan(s, 2024);
	struct result *r = arena_new(&arena, 1, sizeof *r);
	struct diag why = {0};
	size_t factor[2] = {0, 0}, margin;

	if (group)
		factor[1] = waves_factor(&arena, w, span_of(group));
	margin = waves_margin(&arena, w, factor, group ? 2 : 1);
	cr_assert(index_variables(&arena, w, m, &why), "%s", why.item[0].words);
	cr_assert(waves_read(&arena, w, false, &why), "%s", why.item[0].words);
	index_result(&arena, w, m, o, margin, r);
	return r;
}

static const struct result_row *find(const struct result *r, const char *domain, const char *item)
{
	for (size_t i = 0; i < r->n; i++)
		if (span_is(r->row[i].domain, domain) && span_is(r->row[i].item, item))
			return &r->row[i];
	cr_fatal("no row of \"%s\", %s", domain, item);
	return NULL;
}

/* NaN wants NaN. Eight operations or so round. */
static void close_to(double got, double want, const char *what)
{
	cr_expect(isnan(want) ? isnan(got) : fabs(got - want) <= 1e-13 * fmax(1, fabs(want)),
		  "%s: %.17g, want %.17g", what, got, want);
}

/* Value and t as fractions; both are shown on 0 to 100. */
static void check(const struct result *r, const char *item, double value, double t)
{
	const struct result_row *row = find(r, "", item);

	close_to(row->estimate, 100 * value, item);
	close_to(row->se, 200 * fabs(t), item);
	close_to(row->df, 1, "2 - 1");
	close_to(row->n, strcmp(item, "A2") && *item != 'B' ? 4 : 3, "answers to the item");
}

Test(index, pooled)
{
	struct estimate_options o = options();
	const struct result *r = compute(people(), INDEX_POOLED, NULL, &o);

	check(r, "A1", 2.0 / 7, 1.0 / 49);
	check(r, "A2", 3.0 / 4, 3.0 / 16);
	check(r, "B1", 5.0 / 6, -1.0 / 12);
	check(r, "C1", 3.0 / 7, 12.0 / 49);
	check(r, "A", 5.0 / 11, 14.0 / 121);
	check(r, "B", 5.0 / 6, -1.0 / 12);
	check(r, "I", 10.0 / 17, 12.0 / 289);
	check(r, "II", 3.0 / 7, 12.0 / 49);
	check(r, "total", 13.0 / 24, 5.0 / 48);
	cr_expect(eq(sz, r->n, 10));
}

Test(index, methods)
{
	static const double items = (2.0 / 7 + 3.0 / 4 + 5.0 / 6 + 3.0 / 7) / 4,
			    items_t = (1.0 / 49 + 3.0 / 16 - 1.0 / 12 + 12.0 / 49) / 4,
			    of_i = (2.0 / 7 + 3.0 / 4 + 5.0 / 6) / 3,
			    of_i_t = (1.0 / 49 + 3.0 / 16 - 1.0 / 12) / 3;
	static const struct {
		enum index_method m;
		double total, total_t, i, i_t;
	} cases[] = {
		{INDEX_STRUCTURE, 13.0 / 24, 5.0 / 48, 10.0 / 17, 12.0 / 289},
		{INDEX_ITEM_MEAN, items, items_t, of_i, of_i_t},
		/* A 5/11, B 5/6, C 3/7 */
		{INDEX_FACTOR_MEAN, (5.0 / 11 + 5.0 / 6 + 3.0 / 7) / 3,
		 (14.0 / 121 - 1.0 / 12 + 12.0 / 49) / 3, (5.0 / 11 + 5.0 / 6) / 2,
		 (14.0 / 121 - 1.0 / 12) / 2},
		{INDEX_ASPECT_MEAN, (10.0 / 17 + 3.0 / 7) / 2, (12.0 / 289 + 12.0 / 49) / 2,
		 10.0 / 17, 12.0 / 289},
		/* I weighs 3, II 1 */
		{INDEX_WEIGHTED, (3 * 10.0 / 17 + 3.0 / 7) / 4, (3 * 12.0 / 289 + 12.0 / 49) / 4,
		 10.0 / 17, 12.0 / 289},
	};

	for (size_t k = 0; k < COUNT(cases); k++) {
		struct estimate_options o = options();
		const struct result *r = compute(people(), cases[k].m, NULL, &o);

		check(r, "total", cases[k].total, cases[k].total_t);
		check(r, "I", cases[k].i, cases[k].i_t);
		check(r, "A1", 2.0 / 7, 1.0 / 49);
		check_text(find(r, "", "total")->method,
			   arena_format(&arena, "taylor:logit:%s", index_name(cases[k].m)).at);
	}
}

/* structure.csv may say mean or weighted where another method pools. */
Test(index, as_the_structure_says)
{
	struct estimate_options o = options();
	const struct survey *mean =
		survey_of(arena_format(&arena, TREE, "mean", "mean").at, BOOK, PEOPLE);
	const struct result *r = compute(mean, INDEX_STRUCTURE, NULL, &o);
	double i = (5.0 / 11 + 5.0 / 6) / 2, i_t = (14.0 / 121 - 1.0 / 12) / 2;

	check(r, "I", i, i_t);
	check(r, "total", (i + 3.0 / 7) / 2, (i_t + 12.0 / 49) / 2);
	mean = survey_of(arena_format(&arena, TREE, "weighted", "mean").at, BOOK, PEOPLE);
	r = compute(mean, INDEX_STRUCTURE, NULL, &o);
	check(r, "total", (3 * i + 3.0 / 7) / 4, (3 * i_t + 12.0 / 49) / 4);
}

/* Harmonic, no weights: H = 2 / (11/5 + 6/5) = 10/17, and by (H / part)^2 / 2 the influence is
 * ((22/17)^2 14/121 - (12/17)^2 / 12) / 2 = 22/289. Geometric with weights 3 and 1: G = I^(3/4)
 * II^(1/4), influence G (3/4 I_t / I + 1/4 II_t / II). */
Test(index, means_that_are_not_linear)
{
	struct estimate_options o = options();
	const struct survey *s =
		survey_of(arena_format(&arena, TREE, "geometric", "harmonic").at, BOOK, PEOPLE);
	const struct result *r = compute(s, INDEX_STRUCTURE, NULL, &o);
	double i = 10.0 / 17, ii = 3.0 / 7, g = pow(i, 0.75) * pow(ii, 0.25);

	check(r, "I", i, 22.0 / 289);
	check(r, "total", g, g * (0.75 * (22.0 / 289) / i + 0.25 * (12.0 / 49) / ii));
}

/* Nobody is satisfied with C1: a geometric mean of 0 is none, and neither is what contains it. */
Test(index, a_part_of_zero)
{
	static const char nobody[] = "tinh,p,w,g,a1,a2,b1,c1\n01,1,1,x,5,4,2,1\n"
				     "01,1,2,y,1,5,4,1\n01,2,1,x,4,3,888,1\n01,2,3,y,2,,5,1\n";
	struct estimate_options o = options();
	const struct survey *s =
		survey_of(arena_format(&arena, TREE, "geometric", "mean").at, BOOK, nobody);
	const struct result_row *row = find(compute(s, INDEX_STRUCTURE, NULL, &o), "", "total");

	cr_expect(isnan(row->estimate) && isnan(row->se));
	check_text(row->reason[LANG_EN], "a score is not above 0, as this mean needs");
}

/* Answers themselves, pooled: 75/24 = 3.125; unit 1: (15 - 12.5) + 2 (14 - 12.5) = 5.5, over 24.
 * score: a point is 25; score5: it is 20. */
Test(index, scores)
{
	struct estimate_options o = options();
	const struct result *r = compute(people(), INDEX_SCORE, NULL, &o);

	check(r, "total", 0.25 * 2.125, 0.25 * 5.5 / 24);
	check(r, "A1", 0.25 * (17.0 / 7 - 1), 0.25 * (5 - 17.0 / 7 + 2 * (1 - 17.0 / 7)) / 7);
	r = compute(people(), INDEX_SCORE5, NULL, &o);
	check(r, "total", 0.2 * 3.125, 0.2 * 5.5 / 24);
}

Test(index, words_of_a_row)
{
	struct estimate_options o = options();
	const struct result *r = compute(people(), INDEX_POOLED, "g", &o);
	const struct result_row *row = find(r, "g=y", "A1");

	check_text(row->province, "01");
	check_text(row->province_name, "An Bình");
	check_text(row->stat, "index");
	check_text(row->source, "a.csv");
	cr_expect(eq(long, row->year, 2024));
	cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED));
	cr_expect(eq(sz, row->item_depth, 3));
	close_to(row->n, 2, "of group y");
	close_to(row->level, 0.95, "level");
	cr_expect(eq(sz, r->n, 20));
}

/* logit(10/17) -+ t[0.975; 1] se / (p (1-p)), on 0 to 100; t = 12.7062047361747 (tables). */
Test(index, intervals_of_shares)
{
	struct estimate_options o = options();
	const struct result_row *row = find(compute(people(), INDEX_POOLED, NULL, &o), "", "I");
	double p = 10.0 / 17, width = 12.7062047361747 * 24 / 289 / (p * (1 - p));

	close_to(row->ci_low, 100 / (1 + exp(width) * 0.7), "low");
	close_to(row->ci_high, 100 / (1 + exp(-width) * 0.7), "high");
}

/* All content: 100, with one bound below. */
Test(index, everybody)
{
	struct estimate_options o = options();
	const struct result_row *row =
		find(compute(survey_of(arena_format(&arena, TREE, "pooled", "pooled").at, BOOK,
				       "tinh,p,w,a1,a2,b1,c1\n01,1,1,5,4,4,4\n01,2,2,4,5,4,4\n"
				       "01,3,1,4,4,5,5\n"),
			     INDEX_POOLED, NULL, &o),
		     "", "total");

	close_to(row->estimate, 100, "all");
	close_to(row->ci_high, 100, "high");
	cr_expect(row->ci_low > 0 && row->ci_low < 90, "%g", row->ci_low);
	check_text(row->method, "taylor:kg:pooled");
}

/* In y nobody answers A2: pools do without it, means are missing. */
Test(index, an_item_without_answers)
{
	static const char rows[] = "tinh,p,w,g,a1,a2,b1,c1\n01,1,1,x,5,4,2,4\n01,1,2,y,1,,4,4\n"
				   "01,2,1,x,4,3,888,1\n01,2,3,y,2,888,5,1\n";
	struct estimate_options o = options();
	const struct survey *s =
		survey_of(arena_format(&arena, TREE, "pooled", "pooled").at, BOOK, rows);
	const struct result *r = compute(s, INDEX_POOLED, "g", &o);

	close_to(find(r, "g=y", "total")->estimate, 100 * 7.0 / 15, "(0 + 5 + 2) / (5 + 5 + 5)");
	close_to(find(r, "g=y", "A")->estimate, 0, "A1 alone");
	cr_expect(isnan(find(r, "g=y", "A2")->estimate) && isnan(find(r, "g=y", "A2")->se));
	check_text(find(r, "g=y", "A2")->reason[LANG_EN], "no answers");
	r = compute(s, INDEX_ITEM_MEAN, "g", &o);
	cr_expect(isnan(find(r, "g=y", "total")->estimate));
	cr_expect(isnan(find(r, "g=y", "total")->ci_low));
	check_text(find(r, "g=y", "total")->reason[LANG_EN], "a part has no answers");
	close_to(find(r, "g=y", "total")->n, 2, "n stays");
	cr_expect(not(isnan(find(r, "g=x", "total")->estimate)));
	cr_expect(not(isnan(find(r, "g=y", "B")->estimate)));
}

Test(index, a_weight_is_missing)
{
	static const char tree[] =
		"E,total,,T,T,0,100,,weighted,up\nE,A1,total,A,A,0,100,2,pooled,up\n"
		"E,B1,total,B,B,0,100,,pooled,up\n";
	struct estimate_options o = options();
	const struct result_row *row = find(
		compute(survey_of(tree, BOOK, PEOPLE), INDEX_STRUCTURE, NULL, &o), "", "total");

	cr_expect(isnan(row->estimate));
	check_text(row->reason[LANG_EN], "a weight is missing in the structure");
}

/* ---- indicators brought to ranges, and their sums ------------------------------------------ */

/* Without the weight of II a geometric mean has none to give it. */
Test(index, one_weight_of_two)
{
	static const char tree[] =
		"E,total,,T,T,0,100,,geometric,up\nE,A1,total,A,A,0,100,2,pooled,up\n"
		"E,A2,total,B,B,0,100,,pooled,up\n";
	struct estimate_options o = options();
	const struct survey *s = survey_of(tree, BOOK, PEOPLE);
	const struct result_row *row = find(compute(s, INDEX_STRUCTURE, NULL, &o), "", "total");

	cr_expect(isnan(row->estimate));
	check_text(row->reason[LANG_EN], "a weight is missing in the structure");
}

/* S1 from 1/3 to 10/3 is the mean of a yes-no and of a mark of 0 to 10; S2 from 0.5 to 5 is a
 * number of 1 to 4; D is their sum.
 *   i1 yes: 1 0 1 1     5/7;  unit 1 (1 2/7 - 2 5/7)/7 = -8/49
 *   i2 10 5 0 .         5;    unit 1 (5 + 0)/4 = 5/4
 *   i3 4 1 2 3          17/7; unit 1 (1 11/7 - 2 10/7)/7 = -9/49
 * i1 and i2 reach over 3 (and 3/10 a point), i3 over 4.5/3 a point. */
Test(index, ranges_and_sums)
{
	static const char tree[] = "P,total,,T,T,,,,sum,up\nP,D,total,D,D,1,9,,sum,up\n"
				   "P,S1,D,S1,S1,0.5,3.5,,mean,up\nP,i1,S1,i1,i1,0.5,3.5,,,up\n"
				   "P,i2,S1,i2,i2,0.5,3.5,,,up\nP,S2,D,S2,S2,0.5,5,,mean,up\n"
				   "P,i3,S2,i3,i3,0.5,5,,,up\n";
	static const char book[] = "v1,i1,,I1,yesno,1=yes|2=no,1,9,,\nv2,i2,,I2,score,,,,0,10\n"
				   "v3,i3,,I3,number,,,,1,4\n";
	static const char rows[] =
		"tinh,p,w,v1,v2,v3\n01,1,1,1,10,4\n01,1,2,2,5,1\n01,2,1,1,0,2\n01,2,3,1,,3\n";
	const double s1 = 0.5 + 3 * (5.0 / 7 + 0.5) / 2, s1_t = (-24.0 / 49 + 0.375) / 2,
		     s2 = 0.5 + 4.5 * (17.0 / 7 - 1) / 3, s2_t = -1.5 * 9 / 49;
	struct estimate_options o = options();
	const struct result *r;
	const struct result_row *row;

	waved_file("survey.csv", WAVED_SURVEY, "2024,P,answers,a.csv,Nhỏ,Small,Ai,,,points,\n");
	waved_file("structure.csv", WAVED_STRUCTURE, tree);
	waved_file("codebook.csv", WAVED_CODEBOOK, book);
	waved_file("design.csv", "role,column\n", "province,tinh\nweight,w\npsu,p\n");
	waved_file("a.csv", "", rows);
	r = compute(waved_survey(), INDEX_STRUCTURE, NULL, &o);
	close_to(find(r, "", "i1")->estimate, 0.5 + 3 * 5.0 / 7, "i1");
	close_to(find(r, "", "i1")->se, 2 * 24.0 / 49, "i1");
	close_to(find(r, "", "i2")->estimate, 2, "i2 in the middle");
	close_to(find(r, "", "i2")->se, 2 * 0.375, "i2");
	close_to(find(r, "", "S1")->estimate, s1, "S1");
	close_to(find(r, "", "S1")->se, 2 * fabs(s1_t), "S1");
	close_to(find(r, "", "S2")->estimate, s2, "S2");
	close_to(find(r, "", "S2")->se, 2 * fabs(s2_t), "S2");
	row = find(r, "", "D");
	close_to(row->estimate, s1 + s2, "D");
	close_to(row->se, 2 * fabs(s1_t + s2_t), "D");
	close_to(row->ci_low, row->estimate - 12.7062047361747 * row->se, "a sum is no share");
	check_text(row->method, "taylor:wald:structure");
	close_to(find(r, "", "total")->estimate, s1 + s2, "total");
	cr_expect(eq(int, (int)row->flags, 0));
}

/* i2 of above: half of its range, with an error of a quarter of it. */
Test(index, an_interval_on_a_range)
{
	static const char tree[] = "E,total,,T,T,0.5,3.5,,mean,up\nE,i2,total,i,i,0.5,3.5,,,up\n";
	static const char book[] = "v2,i2,,I2,score,,,,0,10\n";
	static const char rows[] = "tinh,p,w,v2\n01,1,1,10\n01,1,2,5\n01,2,1,0\n01,2,3,\n";
	struct estimate_options o = options();
	const struct result_row *row =
		find(compute(survey_of(tree, book, rows), INDEX_STRUCTURE, NULL, &o), "", "total");
	double width = 12.7062047361747 * 0.25 / 0.25;

	close_to(row->estimate, 2, "2");
	close_to(row->ci_low, 0.5 + 3 / (1 + exp(width)), "low");
	close_to(row->ci_high, 0.5 + 3 / (1 + exp(-width)), "high");
}

/* 40 people of as many units, 24 or 38 of them content. NCHS hides where the interval is wider than
 * 0.30 (of 0.60 it is 0.32), and warns where it is wider than 130 % of 1-p (of 0.95, 0.16). */
Test(index, the_share_is_judged_on_its_range)
{
	static const char tree[] = "E,total,,T,T,0.5,3.5,,pooled,up\n"
				   "E,A1,total,A,A,0.5,3.5,,pooled,up\n";
	static const size_t content[] = {24, 38};

	for (size_t k = 0; k < COUNT(content); k++) {
		char *rows = arena_new(&arena, 4096, 1);
		struct estimate_options o = options();
		const struct result_row *row;

		strcat(rows, "tinh,p,w,a1\n");
		for (size_t i = 0; i < 40; i++)
			sprintf(rows + strlen(rows), "01,%zu,1,%d\n", i, i < content[k] ? 5 : 1);
		o.suppress.rule = SUPPRESS_NONE;
		row = find(compute(survey_of(tree, BOOK, rows), INDEX_POOLED, NULL, &o), "",
			   "total");
		cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED));
		o.suppress.rule = SUPPRESS_NCHS;
		row = find(compute(survey_of(tree, BOOK, rows), INDEX_POOLED, NULL, &o), "",
			   "total");
		check_text(row->reason[LANG_EN],
			   k ? "relative interval width of the complement above 130 %"
			     : "interval width of 30 percentage points or more");
		cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED | FLAG_CAUTION));
	}
}

/* Normal quantiles are degrees of freedom enough: the verdict is the same. */
Test(index, infinite_degrees_of_freedom)
{
	static const char tree[] = "E,total,,T,T,0,100,,pooled,up\n"
				   "E,A1,total,A,A,0,100,,pooled,up\n";
	char *rows = arena_new(&arena, 4096, 1);
	struct estimate_options o = options();
	const struct result_row *row;

	strcat(rows, "tinh,p,w,a1\n");
	for (size_t i = 0; i < 40; i++)
		sprintf(rows + strlen(rows), "01,%zu,1,%d\n", i, i < 38 ? 5 : 1);
	o.suppress.rule = SUPPRESS_NCHS;
	o.df = DF_INFINITE;
	row = find(compute(survey_of(tree, BOOK, rows), INDEX_POOLED, NULL, &o), "", "total");
	check_text(row->reason[LANG_EN], "relative interval width of the complement above 130 %");
	cr_expect(isnan(row->df));
	cr_expect(row->ci_high < 100);
}

/* Groups of everywhere: x has nobody in unit 3, and t, -t and 0 give V = 3/2 2 t^2; nobody of unit
 * 3 answers A2, which leaves it one degree of freedom. */
Test(index, units_without_answers)
{
	static const char rows[] = "tinh,p,w,g,a1,a2,b1,c1\n01,1,1,x,5,4,1,1\n01,2,1,x,1,1,1,1\n"
				   "01,1,1,y,5,4,1,1\n01,2,1,y,5,1,1,1\n01,3,1,y,1,,1,1\n";
	const struct survey *s =
		survey_of(arena_format(&arena, TREE, "pooled", "pooled").at, BOOK, rows);
	struct wave_answers *w = waved_plan(s, 2024);
	struct result *r = arena_new(&arena, 1, sizeof *r);
	struct estimate_options o = options();
	struct diag why = {0};
	size_t factor = waves_factor(&arena, w, span_of("g")),
	       margin = waves_margin(&arena, w, &factor, 1);

	cr_assert(index_variables(&arena, w, INDEX_POOLED, &why));
	cr_assert(waves_read(&arena, w, false, &why));
	index_result(&arena, w, INDEX_POOLED, &o, margin, r);
	close_to(find(r, "g=x", "A1")->se, 100 * sqrt(3) / 4, "t = 1/4");
	close_to(find(r, "g=x", "A1")->df, 1, "2 - 1");
	close_to(find(r, "g=y", "A1")->df, 2, "3 - 1");
	close_to(find(r, "g=y", "A2")->df, 1, "2 - 1");
	cr_expect(eq(sz, find(r, "g=x", "A1")->province.n, 0));
}

/* Without a range an item stays on the scale of its question. */
Test(index, items_without_a_range)
{
	static const char tree[] = "E,total,,T,T,,,,mean,up\nE,A1,total,A,A,,,,,up\n";
	static const char book[] = "a1,A1,,A1,number,,,,1,5\n";
	struct estimate_options o = options();
	const struct result_row *row = find(
		compute(survey_of(tree, book, PEOPLE), INDEX_STRUCTURE, NULL, &o), "", "total");

	close_to(row->estimate, 17.0 / 7, "as answered");
	close_to(row->se, 2 * 2.0 / 49, "unit 1: (1 18/7 - 2 10/7)/7");
}

/* ---- what is refused, hidden, flagged ------------------------------------------------------ */

Test(index, what_is_refused)
{
	static const struct {
		const char *book, *fragment;
		enum index_method m;
	} cases[] = {
		{"a1,A1,,A1,likert,1|2,2,,,\n", "era \"E\" has no question \"B1\"", INDEX_POOLED},
		{"a1,A1,,A1,likert,1|2,2,,,\nb1,B1,,B1,number,,,,,\n",
		 "\"B1\" needs satisfied levels, or the range of its answers", INDEX_POOLED},
		{"a1,A1,,A1,likert,1|2,2,,,\nb1,B1,,B1,category,x|y,x,,,\n", "\"B1\" needs",
		 INDEX_SCORE},
		{"a1,A1,,A1,likert,1|2,2,,,\nb1,B1,,B1,number,,,,3,3\n", "\"B1\" needs",
		 INDEX_STRUCTURE},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct survey *s = survey_of("E,total,,T,T,0,100,,pooled,up\n"
						   "E,A1,total,A,A,0,100,,,up\n"
						   "E,B1,total,B,B,0,100,,,up\n",
						   cases[i].book, PEOPLE);
		struct diag why = {0};

		cr_expect(not(index_variables(&arena, waved_plan(s, 2024), cases[i].m, &why)),
			  "row %zu", i);
		cr_expect(eq(sz, why.errors, 1), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "", 0, 0, cases[i].fragment);
		cr_expect(strstr(why.item[0].words, "codebook.csv") != NULL);
	}
}

Test(index, hidden_and_flagged)
{
	struct estimate_options o = options();
	const struct result_row *row;

	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 5};
	row = find(compute(people(), INDEX_POOLED, NULL, &o), "", "total");
	cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED | FLAG_CAUTION));
	cr_expect(row->reason[LANG_EN].n > 0);
	close_to(row->estimate, 100 * 13.0 / 24, "stays");
	o.hide = true;
	row = find(compute(people(), INDEX_POOLED, NULL, &o), "", "total");
	cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED | FLAG_SUPPRESSED));
	cr_expect(isnan(row->estimate) && isnan(row->se) && isnan(row->ci_low) &&
		  isnan(row->ci_high));
	close_to(row->n, 4, "n stays");
	o.suppress.min_n = 4;
	row = find(compute(people(), INDEX_POOLED, NULL, &o), "", "total");
	cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED));
}

Test(index, a_lone_unit)
{
	static const char rows[] = "tinh,p,w,a1,a2,b1,c1\n01,1,1,5,4,2,4\n01,1,2,1,5,4,4\n";
	struct estimate_options o = options();
	const struct result_row *row = find(
		compute(survey_of(arena_format(&arena, TREE, "pooled", "pooled").at, BOOK, rows),
			INDEX_POOLED, NULL, &o),
		"", "A1");

	close_to(row->df, 0, "1 - 1");
	cr_expect(isnan(row->ci_low) && isnan(row->ci_high));
	cr_expect(row->reason[LANG_EN].n > 0);
	cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED | FLAG_LONELY));
}

Test(index, names)
{
	enum index_method m = INDEX_POOLED;

	for (int i = 0; i < INDEX__COUNT; i++) {
		cr_expect(index_find(span_of(index_name((enum index_method)i)), &m));
		cr_expect(eq(int, (int)m, i));
	}
	cr_expect(not(index_find(span_of("median"), &m)));
}

#define LIKERT(code) code "," code ",," code ",likert,1|2|3|4|5,4|5,888,,\n"
#define MARK(code) code "," code ",," code ",score,,,888,0,10\n"
#define TWO(a, b)                                                                                  \
	"E,total,,T,T,0,100,,pooled,up\nE," a ",total,A,A,0,100,,pooled,up\n"                      \
	"E," b ",total,B,B,0,100,,pooled,up\n"

/* "items of different scales that are pooled" (index.h): 0/1 shares with marks
 * give 207 of 100. */
Test(index, different_scales)
{
	static const enum index_method m[] = {INDEX_POOLED, INDEX_SCORE, INDEX_STRUCTURE};

	for (size_t i = 0; i < COUNT(m); i++) {
		const struct survey *s =
			survey_of(TWO("a1", "b1"), LIKERT("a1") MARK("b1"), PEOPLE);
		struct diag why = {0};

		cr_expect(not(index_variables(&arena, waved_plan(s, 2024), m[i], &why)), "%zu", i);
	}
}

/* An item without a range is judged as it is; it is not without answers. */
Test(index, no_range_is_not_hidden)
{
	static const char tree[] = "E,total,,T,T,,,,mean,up\nE,A1,total,A,A,,,,,up\n";
	struct estimate_options o = options();
	const struct result_row *row;

	o.suppress = (struct suppress_rules){SUPPRESS_MIN_N, 2};
	o.hide = true;
	row = find(compute(survey_of(tree, "a1,A1,,A1,number,,,,1,5\n", PEOPLE), INDEX_STRUCTURE,
			   NULL, &o),
		   "", "total");
	close_to(row->estimate, 17.0 / 7, "shown");
	cr_expect(eq(int, (int)row->flags, FLAG_SIMULATED));
}

/* F holds A1; B1 stands beside it: the mean of factors has both. */
Test(index, an_item_beside_a_factor)
{
	static const char tree[] = "E,total,,T,T,0,100,,pooled,up\nE,F,total,F,F,0,100,,pooled,up\n"
				   "E,A1,F,A,A,0,100,,pooled,up\nE,B1,total,B,B,0,100,,pooled,up\n";
	struct estimate_options o = options();
	const struct result *r =
		compute(survey_of(tree, BOOK, PEOPLE), INDEX_FACTOR_MEAN, NULL, &o);

	close_to(find(r, "", "total")->estimate, 100 * (2.0 / 7 + 5.0 / 6) / 2, "F and B1");
}
