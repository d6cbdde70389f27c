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

Test(rowwise, names_of_items)
{
	struct estimate_options o = filed_options(STATISTIC_RATIO);
	const struct result *r = filed_tally(mixed_plan(VARIABLE_PAIR, "y", NULL), &o);

	filed_row(r, "", "y/x", "");
	filed_row(r, "sex=f", "y/x", "");
	cr_expect(eq(int, (int)r->parts, PART_ESTIMATE));
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
