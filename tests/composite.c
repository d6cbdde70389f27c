/* Against arithmetic that is written out; tests/reference/indices.csv has the numbers of R. */
#include "filed.h"

#include "estimate/composite.h"

TestSuite(composite, .fini = clean);

/* Four units of one stratum; q on 1 to 5, p on 0 to 10 where less is better. */
static const char answers_of[] = "w,u,g,q,p\n1,a,1,5,0\n1,a,1,3,4\n2,b,1,4,2\n1,c,1,1,\n1,d,2,,6\n";

static const struct composite_part parts[] = {{1, 5, 1, false}, {0, 10, 3, true}};

static struct filed *answers_filed(bool groups)
{
	struct filed *f = filed_plan("w", "", "u", "");

	filed_variable(f, VARIABLE_NUMBER, "q", NULL);
	filed_variable(f, VARIABLE_NUMBER, "p", NULL);
	if (groups)
		filed_factor(f, "g");
	return filed_read(f, answers_of);
}

static const struct result *composite_of(struct filed *f, double power, double threshold,
					 const struct replicates *r, const double *weight)
{
	const struct composite_rule rule = {parts, 0, 100, power, threshold, span_of("mean")};
	struct estimate_options *o = arena_new(&arena, 1, sizeof *o);
	struct result *out = arena_new(&arena, 1, sizeof *out);
	const struct rowwise rows = {.columns = &f->columns,
				     .answers = &f->answers,
				     .weight = f->columns.weight,
				     .replicates = r,
				     .replicate_weight = weight,
				     .variance = r ? "JK1" : "taylor"};

	*o = filed_options(STATISTIC_MEAN);
	composite_result(&arena, &rows, &rule, o, out);
	return out;
}

static const struct result_row *row_of(const struct result *r, const char *domain, const char *item)
{
	for (size_t i = 0; i < r->n; i++)
		if (span_is(r->row[i].domain, domain) && span_is(r->row[i].item, item))
			return &r->row[i];
	cr_assert(false, "no row %s %s", domain, item);
	return NULL;
}

/* Mean of q (5 + 3 + 8 + 1) / 5 = 3.4, score 60; of p (0 + 4 + 4 + 6) / 5 = 2.8, score 72; index
 * (60 + 3 * 72) / 4 = 69.
 * Influence of q: 25 (y - 3.4) w / 5, a quarter of it; of p: -10 (y - 2.8) w / 5, three quarters:
 *   a: (1.6 - 0.4) 1.25 - (-2.8 + 1.2) 1.5 = 1.5 + 2.4 = 3.9
 *   b: 1.2 * 1.25 + 1.6 * 1.5 = 1.5 + 2.4 = 3.9;  c: -2.4 * 1.25 = -3;  d: -3.2 * 1.5 = -4.8
 * V = 4/3 (3.9^2 + 3.9^2 + 3^2 + 4.8^2) = 4/3 * 62.46 = 83.28; they sum to 0. */
Test(composite, by_hand)
{
	const struct result *r = composite_of(answers_filed(false), 1, 1, NULL, NULL);
	const struct result_row *total = row_of(r, "", "total");

	cr_assert(eq(sz, r->n, 3));
	check_close(row_of(r, "", "q")->estimate, 60, 1e-14, "q");
	check_close(row_of(r, "", "p")->estimate, 72, 1e-14, "p");
	check_close(total->estimate, 69, 1e-14, "index");
	check_close(total->se, sqrt(83.28), 1e-14, "error");
	check_close(total->n, 5, 0, "rows with an answer to one of the two");
	check_close(total->df, 3, 0, "units less strata");
	check_close(row_of(r, "", "q")->df, 2, 0, "nobody of unit d answered q");
	check_text(total->stat, "index");
	check_text(total->method, "taylor:wald:composite:mean");
}

/* Harmonic: H = 4 / (1/60 + 3/72) = 4 / (7/120) = 480/7. Slopes (w / 4) (H / s)^2. */
Test(composite, harmonic_by_delta)
{
	const struct result *r = composite_of(answers_filed(false), -1, 1, NULL, NULL);
	const struct result_row *total = row_of(r, "", "total");
	double h = 480. / 7, q = h * h / 3600 / 4 * 5, p = 3 * h * h / 5184 / 4 * 2;
	double a = 1.2 * q + 1.6 * p, b = 1.2 * q + 1.6 * p, c = -2.4 * q, d = -3.2 * p;

	check_close(total->estimate, h, 1e-14, "index");
	check_close(total->se, sqrt(4. / 3 * (a * a + b * b + c * c + d * d)), 1e-13, "error");
}

/* Group 2 has no answer to q: no index when all must be there, the score of p else. */
Test(composite, groups_and_missing_parts)
{
	const struct result *strict = composite_of(answers_filed(true), 1, 1, NULL, NULL);
	const struct result *some = composite_of(answers_filed(true), 1, 0.5, NULL, NULL);
	const struct result_row *total = row_of(strict, "g=2", "total");

	cr_expect(isnan(total->estimate) && isnan(total->se));
	check_text(total->reason[LANG_EN], "parts are missing");
	check_close(row_of(some, "g=2", "total")->estimate, 40, 1e-14, "p alone");
	check_text(row_of(strict, "g=2", "q")->reason[LANG_EN], "no answers");
	check_close(row_of(strict, "g=1", "total")->n, 4, 0, "rows of the group");
}

/* The delete-one jackknife of units by hand: without a: q 3, p 10/3 -> 50, 200/3: 62.5; without b:
 * q 3, p 10/3 -> the same; without c: q 4, p 2.8 -> 75, 72: 72.75; without d: q 3.4, p 2 -> 60, 80:
 * 75. Mean 68.1875; V = 3/4 sum of squares. */
Test(composite, jackknife)
{
	static const double theta[] = {62.5, 62.5, 72.75, 75};
	static double scale[] = {1, 1, 1, 1};
	const struct replicates r = {4, 0.75, scale, false};
	struct filed *f = answers_filed(false);
	static const double weight[] = {0, 1, 1, 1, 0, 1, 1, 1, 2, 0, 2, 2, 1, 1, 0, 1, 1, 1, 1, 0};
	const struct result_row *total = row_of(composite_of(f, 1, 1, &r, weight), "", "total");
	double v = 0;

	for (size_t i = 0; i < 4; i++)
		v += 0.75 * (theta[i] - 68.1875) * (theta[i] - 68.1875);
	check_close(total->se, sqrt(v), 1e-13, "error");
	check_close(total->estimate, 69, 1e-14, "index");
}

/* A replicate without answers to q has no index: no variance, rather than one that leaves it out.
 */
Test(composite, a_replicate_without_answers)
{
	static double scale[] = {1, 1};
	const struct replicates r = {2, 0.5, scale, false};
	static const double weight[] = {0, 2, 0, 2, 0, 4, 0, 2, 2, 0};
	const struct result_row *total =
		row_of(composite_of(answers_filed(false), 1, 1, &r, weight), "", "total");

	cr_expect(isnan(total->se));
	cr_expect(not(isnan(total->estimate)));
}
