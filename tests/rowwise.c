#include "filed.h"

TestSuite(rowwise, .fini = clean);

/* ---- two ways to the same numbers ---------------------------------------------------------- */

static const char mixed[] = "w,s,p,sex,y,x,q\n"
			    "1.5,A,1,m,3,2,4\n2,A,1,f,7,3,5\n1,A,2,f,1e1,1,1\n3,A,2,m,,4,2\n"
			    "2.5,A,3,f,4,2,4\n1,B,1,m,8,5,4\n2,B,1,m,6,,3\n1,B,2,f,2,1,5\n"
			    "4,B,2,f,5,2,\n1,B,3,m,9,3,1\n2,B,3,m,1,1,5\n1,C,1,f,4,7,4\n"
			    "1,C,2,x,5,6,2\n2,C,2,f,3,2,5\n";

static struct filed *mixed_plan(enum variable_kind kind, const char *column, const char *counting)
{
	struct filed *f = filed_plan("w", "s", "p", "");

	f->plan.design.nest = true;
	filed_variable(f, kind, column, counting)->over = span_of(kind == VARIABLE_PAIR ? "x" : "");
	f->plan.margin = arena_new(&arena, 2, sizeof *f->plan.margin);
	f->plan.n_margins = 2;
	filed_factor(f, "sex");
	return filed_read(f, mixed);
}

/* A file of 27 questions: more than are worked out side by side. Nobody answers question k in unit
 * k (questions 4 and 12: nobody in stratum B), and the last says the same everywhere. */
static const char *many_questions(void)
{
	struct text all = {"w,s,p,sex", 9};

	for (int q = 0; q < 27; q++)
		all = arena_format(&arena, "%.*s,q%d", SPAN_ARG(all), q);
	for (int i = 0; i < 90; i++) {
		int unit = i % 9;

		all = arena_format(&arena, "%.*s\n%d.%03d,%c,%d,%c", SPAN_ARG(all), 1 + i % 4,
				   i * 37 % 1000, 'A' + unit / 3, unit, "mf"[i % 2]);
		for (int q = 0; q < 26; q++)
			if (q == unit || (q % 8 == 4 && unit / 3 == 1))
				all = arena_format(&arena, "%.*s,", SPAN_ARG(all));
			else
				all = arena_format(&arena, "%.*s,%d", SPAN_ARG(all),
						   1 + (i * (q + 3) + i * i) % 5);
		all = arena_format(&arena, "%.*s,3", SPAN_ARG(all));
	}
	return arena_format(&arena, "%.*s\n", SPAN_ARG(all)).at;
}

/* Rows made one by one, and by as many threads, are the rows of the result. */
static void check_rows(struct filed *f, struct estimate_options *o, const struct result *want)
{
	struct result_row row = result_row_init();
	struct estimates e = estimate_tally_rows(&arena, &f->tally, o);

	estimate_close(&e);
	cr_expect(eq(sz, e.n, want->n));
	for (size_t i = 0; i < e.n; i++) {
		struct result one = {1, &want->row[i], 0}, got = {1, &row, 0};

		estimate_row(&e, i, &row);
		filed_same(&one, &got);
		check_text(row.domain, one.row->domain.at);
		check_text(row.item, one.row->item.at);
		check_text(row.category, one.row->category.at);
		check_text(row.method, one.row->method.at);
		check_text(row.stat, one.row->stat.at);
		cr_expect(row.flags == one.row->flags && row.level == one.row->level);
	}
}

Test(rowwise, many_questions_side_by_side)
{
	static const enum variable_kind kinds[] = {VARIABLE_SHARE, VARIABLE_NUMBER,
						   VARIABLE_LEVELS};
	static const enum statistic statistics[] = {STATISTIC_RATE, STATISTIC_MEAN,
						    STATISTIC_DISTRIBUTION};
	const char *bytes = many_questions();

	for (size_t k = 0; k < COUNT(kinds); k++) {
		struct filed *f = filed_plan("w", "s", "p", "");
		struct estimate_options o = filed_options(statistics[k]);
		struct result *r;

		for (int q = 0; q < 27; q++)
			filed_variable(f, kinds[k], arena_format(&arena, "q%d", q).at,
				       k == 0 ? "4,5" : NULL);
		filed_factor(f, "sex");
		filed_read(f, bytes);
		o.suppress.rule = SUPPRESS_NCHS;
		r = filed_tally(f, &o);
		filed_same(r, filed_rowwise(f, &o));
		cr_expect(k == 2 ? r->n > 2 * 27 : r->n == 2 * 27); /* levels have a row each */
		check_rows(f, &o, r);
	}
}

/* 30 questions of 240 groups are the same rows for any number of threads. */
Test(rowwise, groups_by_several_threads)
{
	struct filed *f = filed_plan("w", "", "p", "");
	struct estimate_options o = filed_options(STATISTIC_RATE);
	struct text all = {"w,p,id", 6};
	struct result one = {0};

	for (int q = 0; q < 30; q++)
		all = arena_format(&arena, "%.*s,q%d", SPAN_ARG(all), q);
	for (int i = 0; i < 1200; i++) {
		all = arena_format(&arena, "%.*s\n%d,%d,%d", SPAN_ARG(all), 1 + i % 4, i % 11,
				   i % 240);
		for (int q = 0; q < 30; q++)
			all = arena_format(&arena, "%.*s,%d", SPAN_ARG(all), (i * (q + 3)) % 7 % 5);
	}
	for (int q = 0; q < 30; q++)
		filed_variable(f, VARIABLE_SHARE, arena_format(&arena, "q%d", q).at, "3,4");
	filed_factor(f, "id");
	filed_read(f, arena_format(&arena, "%.*s\n", SPAN_ARG(all)).at);
	o.suppress.rule = SUPPRESS_NCHS;
	o.hide = true;
	estimate_tally(&arena, &f->tally, &o, &one);
	cr_assert(ge(sz, one.n, 7200));
	for (o.threads = 1; o.threads <= 3; o.threads++)
		check_rows(f, &o, &one);
}

/* Sums by unit and sums by row, of every statistic; sex x is one row of one unit. */
Test(rowwise, rows_one_by_one)
{
	static const struct {
		enum statistic s;
		enum variable_kind kind;
		const char *column, *counting;
	} cases[] = {
		{STATISTIC_MEAN, VARIABLE_NUMBER, "y", NULL},
		{STATISTIC_TOTAL, VARIABLE_NUMBER, "y", NULL},
		{STATISTIC_VARIANCE, VARIABLE_NUMBER, "y", NULL},
		{STATISTIC_RATIO, VARIABLE_PAIR, "y", NULL},
		{STATISTIC_RATE, VARIABLE_SHARE, "q", "4,5"},
		{STATISTIC_PROPORTION, VARIABLE_LEVELS, "q", NULL},
		{STATISTIC_DISTRIBUTION, VARIABLE_LEVELS, "q", NULL},
		{STATISTIC_TOTAL, VARIABLE_SHARE, "q", "4,5"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct estimate_options o = filed_options(cases[i].s);
		struct filed *f = mixed_plan(cases[i].kind, cases[i].column, cases[i].counting);

		for (int d = 0; d < DOMAIN_LONELY__COUNT; d++) {
			o.domain_lonely = (enum domain_lonely)d;
			filed_same(filed_tally(f, &o), filed_rowwise(f, &o));
		}
	}
}

/* Squares beyond 53 and beyond 63 bits, and a denominator with decimals. */
Test(rowwise, numbers_far_apart)
{
	static const enum statistic statistics[] = {STATISTIC_VARIANCE, STATISTIC_MEAN};
	static const char bytes[] = "w,p,y,x\n1.125,1,3000000000.5,1.25\n2,1,-2999999999.5,2\n"
				    "3,2,1.5,0.125\n1,2,-123456789.25,3\n2.5,3,-7,0.5\n"
				    "1,3,-98765432.1,0.75\n1,4,-1e9,1\n";

	for (size_t k = 0; k < 3; k++) {
		struct estimate_options o = filed_options(k < 2 ? statistics[k] : STATISTIC_RATIO);
		struct filed *f = filed_plan("w", "", "p", "");

		filed_variable(f, k < 2 ? VARIABLE_NUMBER : VARIABLE_PAIR, "y", NULL)->over =
			span_of(k < 2 ? "" : "x");
		filed_read(f, bytes);
		cr_expect(f->tally.sums.exact);
		filed_same(filed_tally(f, &o), filed_rowwise(f, &o));
	}
}

/* Stratum B has one unit, and nobody there answered y: only x is without a variance. */
Test(rowwise, a_lonely_unit_without_answers)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "s", "p", "");
	const struct result *r;

	filed_variable(f, VARIABLE_NUMBER, "x", NULL);
	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_read(f, "w,s,p,x,y\n1,A,1,1,1\n1,A,2,3,4\n1,B,3,4,\n");
	o.lonely = LONELY_FAIL;
	r = filed_tally(f, &o);
	check_text(filed_row(r, "", "x", "")->reason[LANG_EN],
		   "a stratum has one sampling unit only");
	cr_expect(isnan(filed_row(r, "", "x", "")->se));
	cr_expect(filed_row(r, "", "x", "")->flags == FLAG_LONELY);
	check_close(filed_row(r, "", "y", "")->se, 1.5, 1e-15, "mean of 1 and 4");
	check_text(filed_row(r, "", "y", "")->reason[LANG_EN], "");
	cr_expect(filed_row(r, "", "y", "")->flags == 0);
}

/* The verdict on a share is the one by its interval, whether that had to be found or not. */
Test(rowwise, verdicts_by_width)
{
	struct estimate_options o = filed_options(STATISTIC_RATE);
	struct estimates e = {.arena = &arena, .options = &o};
	const struct plan none = {0};
	struct cells cells = {.index = dict_new(&arena)};
	size_t told[3] = {0};

	o.suppress.rule = SUPPRESS_NCHS;
	estimate_list(&e, &none, &cells);
	for (double p = 0; p <= 1; p += 1.0 / 256)
		for (double se = 0; se < 0.12; se += 0.0013)
			for (double n = 28; n < 3000; n *= 3.1) {
				struct moments m = {
					.n = n, .w = n, .ww = n, .wy = p * n, .wyy = p * n};
				double df = 6 + 10 * p;
				struct interval kg =
					interval_proportion(INTERVAL_KG, p, se, n, df, 0.95, 1);
				struct suppress_input x = {
					.estimate = p,
					.se = se,
					.n = n,
					.df = df,
					.n_eff = interval_capped_n(p, se, n, df, 0.95, 1),
					.kg_low = kg.low,
					.kg_high = kg.high,
					.is_proportion = true};
				struct estimated got = {0};
				const char *reason;
				enum suppress_verdict want =
					suppress_decide(&o.suppress, &x, &reason);

				estimate_finish(&e, true, &m, p, se * se, df, "taylor", &got);
				told[want]++;
				cr_assert(got.verdict == want, "%g %g %g", p, se, n);
				cr_assert(want == SUPPRESS_SHOW || span_is(got.reason, reason));
			}
	cr_expect(told[0] > 999 && told[1] > 999 && told[2] > 999);
}

Test(rowwise, names_of_items)
{
	struct estimate_options o = filed_options(STATISTIC_RATIO);
	const struct result *r = filed_tally(mixed_plan(VARIABLE_PAIR, "y", NULL), &o);

	filed_row(r, "", "y/x", "");
	filed_row(r, "sex=f", "y/x", "");
	cr_expect(eq(int, (int)r->parts, PART_ESTIMATE));
}

/* ---- replicates ---------------------------------------------------------------------------- */

#define REPLICATES 40 /* more than are summed side by side */

static struct result *with_weights(const struct filed *f, const struct estimate_options *o,
				   const double *weight, const struct replicates *r,
				   const double *replicate)
{
	struct result *to = arena_new(&arena, 1, sizeof *to);
	struct rowwise rows = {.columns = &f->columns,
			       .answers = &f->answers,
			       .weight = weight,
			       .replicates = r,
			       .replicate_weight = replicate,
			       .variance = r ? "given" : "taylor"};

	rowwise_result(&arena, &rows, o, to);
	return to;
}

/* The squares of what each replicate's weights make of every row of the result. Replicate k leaves
 * out rows k and k + 7; `lost`: the last leaves out every other one. */
static void check_spread(struct filed *f, enum statistic s, bool lost)
{
	struct estimate_options o = filed_options(s);
	size_t n = f->columns.n;
	double rscale[REPLICATES], *all = arena_new(&arena, n * REPLICATES, sizeof *all),
				   *one = arena_new(&arena, n, sizeof *one);
	struct replicates r = {REPLICATES, 0.25, rscale, true};
	struct result *got, *base, *by[REPLICATES];

	o.threads = 1;
	for (size_t k = 0; k < REPLICATES; k++) {
		rscale[k] = 1 + 0.125 * (double)k;
		for (size_t i = 0; i < n; i++) {
			bool out = i == k % n || i == (k + 7) % n || (lost && k == 39 && i % 2);

			one[i] = out ? 0 : f->columns.weight[i] * (1 + (double)(i * k % 5) / 4);
			all[i * REPLICATES + k] = one[i];
		}
		by[k] = with_weights(f, &o, one, NULL, NULL);
	}
	base = with_weights(f, &o, f->columns.weight, NULL, NULL);
	got = with_weights(f, &o, f->columns.weight, &r, all);
	cr_assert(eq(sz, got->n, base->n));
	for (size_t i = 0; i < got->n; i++) {
		double v = 0;

		for (size_t k = 0; k < REPLICATES; k++) {
			double d = by[k]->row[i].estimate - base->row[i].estimate;

			v += rscale[k] * d * d;
		}
		check_close(got->row[i].se, sqrt(0.25 * v), 1e-12, "spread");
	}
}

Test(rowwise, spread_of_replicates)
{
	check_spread(mixed_plan(VARIABLE_NUMBER, "y", NULL), STATISTIC_MEAN, false);
	check_spread(mixed_plan(VARIABLE_NUMBER, "y", NULL), STATISTIC_VARIANCE, false);
	check_spread(mixed_plan(VARIABLE_NUMBER, "y", NULL), STATISTIC_TOTAL, false);
	check_spread(mixed_plan(VARIABLE_PAIR, "y", NULL), STATISTIC_RATIO, false);
	check_spread(mixed_plan(VARIABLE_SHARE, "q", "4,5"), STATISTIC_RATE, true);
	check_spread(mixed_plan(VARIABLE_LEVELS, "q", NULL), STATISTIC_DISTRIBUTION, true);
}

/* ---- quantiles ----------------------------------------------------------------------------- */

/* Weights of 1 in half of the values, of 3 elsewhere: the median by hand. Sorted 1 2 3 4 5 with
 * weights 1 3 1 3 1 sum to 9; half of it is passed at the third. */
Test(rowwise, a_median)
{
	static const double half[] = {0.5, 0.8};
	struct estimate_options o = filed_options(STATISTIC_QUANTILE);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result *r;

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_read(f, "w,y\n1,5\n3,4\n1,3\n3,2\n1,1\n1,NA\n");
	o.n_quantiles = 2;
	o.quantile = half;
	o.rule = QUANTILE_MATH;
	r = filed_rowwise(f, &o);
	cr_assert(eq(sz, r->n, 2));
	check_close(filed_row(r, "", "y", "0.5")->estimate, 3, 0, "median");
	check_close(filed_row(r, "", "y", "0.8")->estimate, 4, 0, "4/5");
	check_close(filed_row(r, "", "y", "0.5")->n, 5, 0, "answers");
	check_text(filed_row(r, "", "y", "0.5")->method, "taylor:woodruff-logit:math");
}

/* Ten rows as units, 5 is the median and 0.8 of all are at most 5: the error of that share is
 * sqrt(0.8 0.2 / 9) = 0.1333. With z[0.8] = 0.841621 (tables) the share lies between 0.688 and
 * 0.912, so the median between the 7th and the 10th. */
Test(rowwise, an_interval_of_a_median)
{
	static const double half[] = {0.5};
	struct estimate_options o = filed_options(STATISTIC_QUANTILE);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result_row *row;

	filed_variable(f, VARIABLE_NUMBER, "y", NULL);
	filed_read(f, "w,y\n1,10\n1,5\n1,5\n1,1\n1,5\n1,5\n1,5\n1,5\n1,5\n1,9\n");
	o.n_quantiles = 1;
	o.quantile = half;
	o.interval = INTERVAL_WALD;
	o.df = DF_INFINITE;
	o.level = 0.6;
	row = filed_row(filed_rowwise(f, &o), "", "y", "0.5");
	check_close(row->estimate, 5, 0, "median");
	check_close(row->ci_low, 5, 0, "low");
	check_close(row->ci_high, 10, 0, "high");
	check_close(row->se, 2.5 / 0.841621233572914, 1e-12, "half of the width over z");
}

/* ---- replicates ---------------------------------------------------------------------------- */

/* Rows of q with weight 1 by the delete-one jackknife: factors n/(n-1), scale (n-1)/n. */
static const struct result_row *jackknife(struct filed *f, const struct estimate_options *o)
{
	struct result *r = arena_new(&arena, 1, sizeof *r);
	size_t n = f->columns.n;
	double *weight = arena_new(&arena, n * n, sizeof *weight),
	       *rscale = arena_new(&arena, n, sizeof *rscale);
	struct replicates made = {n, ((double)n - 1) / (double)n, rscale, false};
	struct rowwise rows = {.columns = &f->columns,
			       .answers = &f->answers,
			       .weight = f->columns.weight,
			       .replicates = &made,
			       .replicate_weight = weight,
			       .variance = "jk1"};

	for (size_t i = 0; i < n * n; i++)
		weight[i] = i / n == i % n ? 0 : (double)n / ((double)n - 1);
	for (size_t i = 0; i < n; i++)
		rscale[i] = 1;
	rowwise_result(&arena, &rows, o, r);
	cr_assert(eq(sz, r->n, 1));
	return &r->row[0];
}

/* s2/n of 1 3 8: 13/3; the weights of three replicates are independent: rank 3, less 1. */
Test(rowwise, a_jackknife)
{
	struct estimate_options o = filed_options(STATISTIC_MEAN);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result_row *row;

	filed_variable(f, VARIABLE_NUMBER, "q", NULL);
	row = jackknife(filed_read(f, "w,q\n1,1\n1,3\n1,8\n"), &o);
	check_close(row->estimate, 4, 0, "mean");
	check_close(row->se * row->se, 13.0 / 3, 1e-14, "s2/n");
	check_close(row->df, 2, 0, "rank - 1");
	check_text(row->method, "jk1:wald");
	o.df = DF_GIVEN;
	o.df_given = 7;
	check_close(jackknife(f, &o)->df, 7, 0, "given");
	o.df = DF_DOMAIN;
	filed_variable(f = filed_plan("w", "", "p", ""), VARIABLE_NUMBER, "q", NULL);
	row = jackknife(filed_read(f, "w,p,q\n1,1,1\n1,1,3\n1,2,8\n"), &o);
	check_close(row->df, 1, 0, "2 - 1: the units are known");
}

/* Two of six: without a yes 1/5, without a no 2/5. The interval is of the logits: two of ln(1/4)
 * and four of ln(2/3), about their mean, times 5/6; t[0.975; 5] = 2.57058183563632 (tables). */
Test(rowwise, a_jackknife_of_a_share)
{
	struct estimate_options o = filed_options(STATISTIC_RATE);
	struct filed *f = filed_plan("w", "", "", "");
	const struct result_row *row;
	double yes = log(0.25), no = log(2.0 / 3), mean = (2 * yes + 4 * no) / 6, se;

	filed_variable(f, VARIABLE_SHARE, "q", "1");
	row = jackknife(filed_read(f, "w,q\n1,1\n1,0\n1,0\n1,1\n1,0\n1,0\n"), &o);
	se = sqrt(5.0 / 6 * (2 * pow(yes - mean, 2) + 4 * pow(no - mean, 2))) * 2.57058183563632;
	check_close(row->estimate, 1.0 / 3, 1e-15, "share");
	check_close(row->se * row->se, 2.0 / 9 / 5, 1e-14, "p q / (n-1)");
	check_close(row->ci_low, 1 / (1 + 2 * exp(se)), 1e-12, "low");
	check_close(row->ci_high, 1 / (1 + 2 * exp(-se)), 1e-12, "high");
	check_text(row->method, "jk1:logit");
}
