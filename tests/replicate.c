/* Standard errors and intervals under replicate weights as R survey 4.1 gives them, for replicates
 * made here (jackknives, BRR) and R's own draws (tests/reference/SOURCE.md). The rest by hand. */
#include "frames.h"
#include "references.h"

#include "base/number.h"
#include "estimate/quantile.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

TestSuite(replicate, .fini = clean);

/* 1e-9 relative, as for everything of closed form; 1e-12 beside zero. */
static void check_near(double got, double want, const char *what)
{
	cr_expect(fabs(got - want) <= 1e-9 * fabs(want) + 1e-12, "%s: %.17g, not %.17g", what, got,
		  want);
}

/* ---- the reference ------------------------------------------------------------------- */

struct sample {
	size_t n;
	double *w, *x[4]; /* api00, enroll, api.stu, dnum; scd: alive, arrests */
	struct text *type, *wide;
	double df;
	struct replicates r;
	double *weights; /* rows of r.n */
};

static struct sample read_schools(const char *design)
{
	static const char *const columns[] = {"api00", "enroll", "api_stu", "dnum"};
	struct table t = read_reference(REFERENCE "estimate_api.csv");
	struct sample s = {0};

	s.w = arena_new(&arena, t.rows, sizeof *s.w);
	s.type = arena_new(&arena, t.rows, sizeof *s.type);
	s.wide = arena_new(&arena, t.rows, sizeof *s.wide);
	for (size_t k = 0; k < COUNT(columns); k++)
		s.x[k] = arena_new(&arena, t.rows, sizeof *s.x[k]);
	for (size_t i = 0; i < t.rows; i++) {
		if (!span_is(text_at(&t, i, "design"), design))
			continue;
		s.w[s.n] = number_at(&t, i, "pw");
		s.type[s.n] = text_at(&t, i, "stype");
		s.wide[s.n] = text_at(&t, i, "sch_wide");
		for (size_t k = 0; k < COUNT(columns); k++)
			s.x[k][s.n] = number_at(&t, i, columns[k]);
		s.n++;
	}
	return s;
}

/* The replicate weights of every row, from the factors of its unit. */
static void spread(struct sample *s, const size_t *unit, const double *factor)
{
	s->weights = arena_new(&arena, s->n * s->r.n, sizeof *s->weights);
	for (size_t i = 0; i < s->n; i++)
		for (size_t r = 0; r < s->r.n; r++)
			s->weights[i * s->r.n + r] = s->w[i] * factor[unit[i] * s->r.n + r];
}

static size_t *units_of_districts(const struct sample *s)
{
	size_t *unit = arena_new(&arena, s->n, sizeof *unit), next = 0;

	for (size_t i = 0; i < s->n; i++) {
		size_t j = 0;

		while (s->x[3][j] != s->x[3][i])
			j++;
		unit[i] = j < i ? unit[j] : next++;
	}
	return unit;
}

/* JK1 of 15 districts (out of 757), or R's bootstrap draws: times drawn, by district. */
static struct sample read_clus1(struct text design)
{
	struct sample s = read_schools("clus1");
	static const size_t n = 15;
	static const double population = 757;

	s.df = 14;
	if (span_starts(design, "jk1")) {
		struct frame f =
			frame_of(1, &n, span_is(design, "jk1_clus1_fpc") ? &population : NULL);
		struct made m = make(&f, (struct replicate_plan){.type = REPLICATE_JK1});

		s.r = m.r;
		spread(&s, units_of_districts(&s), m.factor);
	} else {
		struct table t = read_reference(REFERENCE "estimate_bootstrap.csv");
		bool canty = span_is(design, "boot_clus1");
		size_t from = canty ? 0 : 15;
		double *factor = arena_new(&arena, 15 * 100, sizeof *factor);
		struct diag why = {0};

		for (size_t u = 0; u < 15; u++)
			for (size_t r = 0; r < 100; r++) {
				cr_assert(table_number(&arena, &t, from + u, 2 + r,
						       &factor[u * 100 + r], &why));
				factor[u * 100 + r] *= canty ? 1 : 15.0 / 14;
			}
		s.r.scale = canty ? 15.0 / 14 / 99 : NAN;
		cr_assert(replicate_defaults(&arena, REPLICATE_BOOTSTRAP, 100, 0, &s.r, &why));
		spread(&s, units_of_districts(&s), factor);
	}
	return s;
}

/* JKn: rows are units, in the order E H M, without populations. */
static struct sample read_strat(void)
{
	static const size_t units[] = {100, 50, 50};
	struct sample s = read_schools("strat");
	struct frame f = frame_of(3, units, NULL);
	struct made m;
	size_t *unit = arena_new(&arena, s.n, sizeof *unit), seen[3] = {0};

	for (size_t i = 0; i < s.n; i++) {
		size_t h = span_is(s.type[i], "E") ? 0 : span_is(s.type[i], "H") ? 1 : 2;

		unit[i] = (h == 0 ? 0 : 50 + 50 * h) + seen[h]++;
		f.stage[0].unit[unit[i]].stratum = h;
	}
	m = make(&f, (struct replicate_plan){.type = REPLICATE_JKN});
	s.df = 197;
	s.r = m.r;
	spread(&s, unit, m.factor);
	return s;
}

/* Ambulance teams in three areas, two each (R survey, data set scd; Levy and Lemeshow). */
static struct sample read_scd(void)
{
	static double alive[] = {25, 24, 30, 49, 80, 70}, arrests[] = {120, 78, 185, 228, 670, 530},
		      w[] = {1, 1, 1, 1, 1, 1};
	static const size_t units[] = {2, 2, 2}, unit[] = {0, 1, 2, 3, 4, 5};
	struct frame f = frame_of(3, units, NULL);
	struct made m = make(&f, (struct replicate_plan){.type = REPLICATE_BRR});
	struct sample s = {.n = 6, .w = w, .x = {alive, arrests}, .df = 3, .r = m.r};

	cr_assert(eq(sz, m.r.n, 4));
	spread(&s, unit, m.factor);
	return s;
}

/* ---- statistics under one set of weights --------------------------------------------- */

struct weights {
	const double *w;
	size_t step;
};

static double ratio_of(const struct sample *s, struct weights w, const double *y, const double *x)
{
	double above = 0, below = 0;

	for (size_t i = 0; i < s->n; i++) {
		above += w.w[i * w.step] * y[i];
		below += w.w[i * w.step] * (x ? x[i] : 1);
	}
	return above / below;
}

static double mean_where(const struct sample *s, struct weights w, const double *y,
			 const struct text *column, const char *level)
{
	double above = 0, below = 0;

	for (size_t i = 0; i < s->n; i++)
		if (span_is(column[i], level)) {
			above += w.w[i * w.step] * y[i];
			below += w.w[i * w.step];
		}
	return above / below;
}

static double share_wide(const struct sample *s, struct weights w)
{
	double yes = 0, all = 0;

	for (size_t i = 0; i < s->n; i++) {
		all += w.w[i * w.step];
		yes += span_is(s->wide[i], "Yes") ? w.w[i * w.step] : 0;
	}
	return yes / all;
}

static struct quantile_sample sorted(const struct sample *s, struct weights w)
{
	double *y = arena_new(&arena, s->n, sizeof *y), *v = arena_new(&arena, s->n, sizeof *v);

	for (size_t i = 0; i < s->n; i++) {
		y[i] = s->x[0][i];
		v[i] = w.w[i * w.step];
	}
	quantile_sort(s->n, y, v);
	return (struct quantile_sample){s->n, y, v};
}

/* What row `i` of the reference estimates; for Woodruff the share below `q`, for logit the logit.
 */
static double statistic(const struct sample *s, struct weights w, const struct table *t, size_t i,
			double q)
{
	struct text stat = text_at(t, i, "stat"), method = text_at(t, i, "method");
	struct quantile_sample all;
	double p;

	if (span_is(stat, "mean") && text_at(t, i, "domain").n)
		return mean_where(s, w, s->x[0], s->wide, "Yes");
	if (span_is(stat, "mean"))
		return ratio_of(s, w, s->x[0], NULL);
	if (span_is(stat, "total")) {
		double sum = 0;

		for (size_t r = 0; r < s->n; r++)
			sum += w.w[r * w.step] * s->x[0][r];
		return sum;
	}
	if (span_is(stat, "ratio")) /* api.stu/enroll, or alive/arrests */
		return s->x[2] ? ratio_of(s, w, s->x[2], s->x[1])
			       : ratio_of(s, w, s->x[0], s->x[1]);
	if (span_is(stat, "diff"))
		return mean_where(s, w, s->x[0], s->type, "E") -
		       mean_where(s, w, s->x[0], s->type, "H");
	if (span_is(stat, "prop")) {
		p = share_wide(s, w);
		return span_is(method, "logit") ? log(p / (1 - p)) : p;
	}
	all = sorted(s, w);
	if (!isnan(q))
		return quantile_share_below(&all, q);
	cr_assert(number_parse((struct text){stat.at + 1, stat.n - 1}, &p));
	return quantile_at(&all, p, QUANTILE_MATH);
}

static double variance_at(const struct sample *s, const struct table *t, size_t i, double q)
{
	double *theta = arena_new(&arena, s->r.n, sizeof *theta), theta0, v;

	theta0 = statistic(s, (struct weights){s->w, 1}, t, i, q);
	for (size_t r = 0; r < s->r.n; r++)
		theta[r] = statistic(s, (struct weights){s->weights + r, s->r.n}, t, i, q);
	replicate_covariance(&s->r, 1, &theta0, theta, &v);
	return v;
}

/* Limits of a proportion from its estimate p and standard error. */
static void limits_of(const struct sample *s, struct text method, double p, double se, double t,
		      double limit[2])
{
	double n =
		p * (1 - p) / (se * se) * pow(gsl_cdf_tdist_Pinv(0.975, (double)s->n - 1) / t, 2);

	for (int side = 0; side < 2; side++) {
		double d = side ? t : -t;

		limit[side] = p + d * se; /* also of means and totals */
		if (span_is(method, "xlogit"))
			limit[side] = 1 / (1 + exp(-(log(p / (1 - p)) + d * se / (p * (1 - p)))));
		if (span_is(method, "asin"))
			limit[side] = pow(sin(asin(sqrt(p)) + d * se / (2 * sqrt(p * (1 - p)))), 2);
	}
	if (span_is(method, "beta")) {
		limit[0] = gsl_cdf_beta_Pinv(0.025, n * p, n * (1 - p) + 1);
		limit[1] = gsl_cdf_beta_Pinv(0.975, n * p + 1, n * (1 - p));
	}
}

static void check_row(const struct sample *s, const struct table *t, size_t i)
{
	const char *id = arena_string(&arena, text_at(t, i, "id"));
	struct text method = text_at(t, i, "method");
	double estimate = statistic(s, (struct weights){s->w, 1}, t, i, NAN), se, limit[2],
	       df = number_at(t, i, "df"), tq = gsl_cdf_tdist_Pinv(0.975, df);

	if (span_is(method, "math,woodruff mean")) {
		struct quantile_sample all = sorted(s, (struct weights){s->w, 1});
		double m = quantile_share_below(&all, estimate);
		struct quantile_interval got;

		se = sqrt(variance_at(s, t, i, estimate));
		got = quantile_woodruff(&all, m - tq * se, m + tq * se, tq, QUANTILE_MATH);
		se = got.se;
		limit[0] = got.low;
		limit[1] = got.high;
	} else {
		se = sqrt(variance_at(s, t, i, NAN));
		limits_of(s, method, estimate, se, tq, limit);
	}
	if (span_is(method, "logit")) { /* R iterates: 1e-7 */
		for (int side = 0; side < 2; side++)
			limit[side] = 1 / (1 + exp(-limit[side]));
		cr_expect(fabs(limit[0] - number_at(t, i, "ci_low")) < 1e-7, "%s", id);
		cr_expect(fabs(limit[1] - number_at(t, i, "ci_high")) < 1e-7, "%s", id);
		return;
	}
	check_near(estimate, number_at(t, i, "estimate"), id);
	check_near(se, number_at(t, i, "se"), id);
	if (isnan(number_at(t, i, "ci_low")))
		return;
	check_near(limit[0], number_at(t, i, "ci_low"), id);
	check_near(limit[1], number_at(t, i, "ci_high"), id);
}

Test(replicate, as_r)
{
	struct table t = read_reference(REFERENCE "estimate_replicate.csv");
	struct text design = {"", 0};
	struct sample s = {0};

	gsl_set_error_handler_off();
	cr_assert(eq(sz, t.rows, 146));
	for (size_t i = 0; i < t.rows; i++) {
		if (!span_equal(design, text_at(&t, i, "design"))) {
			design = text_at(&t, i, "design");
			s = span_is(design, "jkn_strat") ? read_strat()
			    : span_is(design, "brr_scd") ? read_scd()
							 : read_clus1(design);
		}
		s.r.mse = span_is(text_at(&t, i, "note"), "mse");
		check_row(&s, &t, i);
	}
}

/* ---- variance, defaults, names ------------------------------------------------------- */

/* 1 2 6 about 3 (or 4): 2 (4 + 1/2 + 9) = 27; with 0 1 5 about 2: products 4 1 9. */
Test(replicate, covariance_by_hand)
{
	double rscale[] = {1, 0.5, 1}, theta[] = {1, 0, 2, 1, 6, 5}, theta0[] = {4, 2}, v[4];
	struct replicates r = {.n = 3, .scale = 2, .rscale = rscale};

	replicate_covariance(&r, 2, NULL, theta, v);
	check_near(v[0], 27, "v");
	check_near(v[1], 27, "v");
	check_near(v[2], 27, "v");
	check_near(v[3], 27, "v");
	r.mse = true;
	replicate_covariance(&r, 2, theta0, theta, v);
	check_near(v[0], 2 * (9 + 2 + 4), "mse");
	check_near(v[1], 2 * (6 + 1 + 6), "mse");
	check_near(v[2], v[1], "mse");
	check_near(v[3], 2 * (4 + 0.5 + 9), "mse");
	r.mse = false;
	rscale[1] = 0; /* as if it were not there: 1 6 about 3.5 */
	theta[2] = NAN;
	replicate_covariance(&r, 2, NULL, theta, v);
	check_near(v[0], 2 * (6.25 + 6.25), "rscale 0");
}

Test(replicate, missing_replicates)
{
	double rscale[] = {1, 1, 1}, theta[] = {1, 0, NAN, 1, 6, 5}, v[4];
	struct replicates r = {.n = 3, .scale = 2, .rscale = rscale};

	replicate_covariance(&r, 2, NULL, theta, v);
	cr_expect(isnan(v[0]));
	cr_expect(isnan(v[1]));
	cr_expect(isnan(v[2]));
	check_near(v[3], 2 * (4 + 1 + 9), "the other statistic");
	r.mse = true;
	replicate_covariance(&r, 2, (const double[]){2, 2}, theta, v);
	cr_expect(isnan(v[0]));
	r.n = 0;
	replicate_covariance(&r, 1, theta, theta, v);
	cr_expect(isnan(v[0]));
	rscale[0] = rscale[1] = rscale[2] = 0; /* R: no spread at all */
	r.n = 3;
	replicate_covariance(&r, 1, theta, theta, v);
	cr_expect(eq(dbl, v[0], 0));
}

Test(replicate, defaults)
{
	static const struct {
		enum replicate_type type;
		double rho, want;
	} cases[] = {
		{REPLICATE_JK1, 0, 0.9},           {REPLICATE_BRR, 0, 0.1},
		{REPLICATE_FAY, 0.5, 0.4},         {REPLICATE_FAY, 0, 0.1},
		{REPLICATE_BOOTSTRAP, 0, 1.0 / 9}, {REPLICATE_RAOWU, 0, 1.0 / 9},
		{REPLICATE_CANTY, 0, 1.0 / 9},     {REPLICATE_JK2, 0, 1},
		{REPLICATE_SDR, 0, 0.4},
	};
	double given[] = {1, 2, 3};
	struct replicates r;
	struct diag why = {0};

	for (size_t i = 0; i < COUNT(cases); i++) {
		r = (struct replicates){.scale = NAN};
		cr_assert(replicate_defaults(&arena, cases[i].type, 10, cases[i].rho, &r, &why));
		cr_expect(eq(sz, r.n, 10));
		check_near(r.scale, cases[i].want, replicate_name(cases[i].type));
		for (size_t k = 0; k < 10; k++)
			cr_expect(eq(dbl, r.rscale[k], 1));
	}
	r = (struct replicates){.scale = NAN, .rscale = given, .mse = true};
	cr_assert(replicate_defaults(&arena, REPLICATE_JKN, 3, 0, &r, &why));
	check_near(r.scale, 1, "JKn");
	cr_expect(r.rscale == given);
	cr_expect(r.mse);
	given[1] = 0;
	r = (struct replicates){.scale = 0, .rscale = given};
	cr_assert(replicate_defaults(&arena, REPLICATE_BRR, 3, 0, &r, &why));
	r = (struct replicates){.scale = 0.25};
	cr_assert(replicate_defaults(&arena, REPLICATE_GIVEN, 2, 0, &r, &why));
	check_near(r.scale, 0.25, "given");
	cr_expect(eq(sz, why.errors, 0));
}

Test(replicate, defaults_refused)
{
	double bad[] = {1, -1};
	static const struct {
		enum replicate_type type;
		size_t n;
		double rho, scale;
		bool rscale;
		const char *want;
	} cases[] = {
		{REPLICATE_JKN, 5, 0, 1, false, "need their rscales"},
		{REPLICATE_GIVEN, 5, 0, NAN, false, "\"other\" need their scale"},
		{REPLICATE_FAY, 5, 1, NAN, false, "rho of Fay's method is 1"},
		{REPLICATE_FAY, 5, NAN, NAN, false, "rho of Fay's method"},
		{REPLICATE_BRR, 1, 0, NAN, false, "1 columns of replicate weights"},
		{REPLICATE_BRR, 0, 0, NAN, false, "0 columns"},
		{REPLICATE_BRR, 5, 0, -1, false, "-1 is no scale"},
		{REPLICATE_BRR, 5, 0, INFINITY, false, "inf is no scale"},
		{REPLICATE_BRR, 2, 0, NAN, true, "-1 is no scale"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct replicates r = {.scale = cases[i].scale,
				       .rscale = cases[i].rscale ? bad : NULL};
		struct diag why = {0};

		cr_expect(not(replicate_defaults(&arena, cases[i].type, cases[i].n, cases[i].rho,
						 &r, &why)));
		check_problem(&why, 0, DIAG_USAGE, "", 0, 0, cases[i].want);
	}
}

Test(replicate, names)
{
	static const struct {
		const char *name;
		enum replicate_type type;
	} cases[] = {
		{"jk1", REPLICATE_JK1},
		{"JKN", REPLICATE_JKN},
		{"subbootstrap", REPLICATE_BOOTSTRAP},
		{"Bootstrap", REPLICATE_BOOTSTRAP},
		{"canty", REPLICATE_CANTY},
		{"acs", REPLICATE_SDR},
		{"successive-difference", REPLICATE_SDR},
		{"mrbbootstrap", REPLICATE_GIVEN},
		{"OTHER", REPLICATE_GIVEN},
	};
	enum replicate_type type;

	for (size_t i = 0; i < COUNT(cases); i++) {
		cr_assert(replicate_find(span_of(cases[i].name), &type), "%s", cases[i].name);
		cr_expect(eq(int, (int)type, (int)cases[i].type), "%s", cases[i].name);
	}
	for (int i = 0; i < REPLICATE__COUNT; i++) {
		cr_assert(replicate_find(span_of(replicate_name((enum replicate_type)i)), &type));
		cr_expect(eq(int, (int)type, i));
	}
	cr_expect(not(replicate_find(span_of("jk"), &type)));
	cr_expect(not(replicate_find(span_of("jk11"), &type)));
	cr_expect(not(replicate_find(span_of(""), &type)));
	cr_expect(not(replicate_find(span_of("JK\xA1"), &type)));
}
