/* Against Krejcie and Morgan (1970, Educational and Psychological Measurement 30, table 1), the
 * table of Yamane's rule in Israel (1992, PEOD-6, table 1), printed quantiles (z 1.959964,
 * 0.841621; t of 10: 2.228139, 0.879058; t of 67 and 68: 1.99601, 1.99547) and arithmetic that is
 * written out. */
#include "help.h"

#include "estimate/plan.h"

#include <gsl/gsl_errno.h>
#include <math.h>

static void no_handler(void)
{
	gsl_set_error_handler_off();
}

TestSuite(plan, .init = no_handler, .fini = clean);

static const struct plan_goal usual = {0.8, 0.95, 0.8, 0};

Test(plan, design_effect)
{
	cr_expect(eq(dbl, plan_deff(1, 0.3), 1));
	cr_expect(epsilon_eq(dbl, plan_deff(20, 0.05), 1.95, 1e-15));
	cr_expect(epsilon_eq(dbl, plan_deff(5, -0.1), 0.6, 1e-15));
}

/* p = 0.5, half-width 0.05, 95 %: the printed table; Inf is Cochran's n0 = 384.15. */
Test(plan, krejcie_and_morgan)
{
	static const double table[][2] = {{10, 10},     {50, 44},      {100, 80},   {200, 132},
					  {500, 217},   {1000, 278},   {5000, 357}, {10000, 370},
					  {75000, 382}, {1000000, 384}};
	const struct plan_goal half = {0.5, 0.95, 0.8, 0};

	for (size_t i = 0; i < COUNT(table); i++) {
		double n = plan_people(&half, 0.05, 1, table[i][0]);

		/* the table rounds to the nearest, we round up */
		cr_expect(n - table[i][1] >= 0 && n - table[i][1] <= 1, "N = %g: %g", table[i][0],
			  n);
	}
	cr_expect(eq(dbl, plan_people(&half, 0.05, 1, 1000), 278)); /* 277.74 */
	cr_expect(eq(dbl, plan_people(&half, 0.05, 1, INFINITY), 385));
	cr_expect(eq(dbl, plan_people(&half, 0.05, 2, INFINITY), 769)); /* 768.29 */
	cr_expect(eq(dbl, plan_people(&half, 0.05, 2, 1000), 556));     /* 555.48 */
	cr_expect(eq(dbl, plan_people(&half, 0.0001, 1, 700), 700));    /* everybody */
	cr_expect(eq(dbl, plan_people(&half, 0.05, 3, 300), 300));      /* 506 of 300 */
}

/* 3.841459 * 0.8 * 0.2 / 0.03^2 = 682.93; at 90 % 2.705543 * 0.16 / 0.0009 = 480.99. */
Test(plan, people_for_a_half_width)
{
	cr_expect(eq(dbl, plan_people(&usual, 0.03, 1, INFINITY), 683));
	cr_expect(eq(dbl, plan_people(&usual, 0.03, 1.95, INFINITY), 1332)); /* 1331.7 */
	cr_expect(eq(dbl, plan_people(&(struct plan_goal){0.8, 0.9, 0.8, 0}, 0.03, 1, INFINITY),
		     481));
}

/* N / (1 + N e^2); Israel's table: 500 222, 1000 286, 2000 333, 100000 398 at 5 %; 1000 at 10 % 91.
 */
Test(plan, yamane)
{
	static const double table[][3] = {{500, 0.05, 223},  {1000, 0.05, 286},
					  {2000, 0.05, 334}, {100000, 0.05, 399},
					  {1000, 0.1, 91},   {400, 0.05, 200}}; /* exactly 200 */

	for (size_t i = 0; i < COUNT(table); i++)
		cr_expect(eq(dbl, plan_yamane(table[i][0], table[i][1]), table[i][2]), "row %zu",
			  i);
	cr_expect(isnan(plan_yamane(0, 0.05)));
	cr_expect(isnan(plan_yamane(1000, 0)));
	cr_expect(isnan(plan_yamane(-1, 0.05)));
}

/* (1.959964 + 0.841621)^2 = 7.848879. To 0.85: * (0.16 + 0.1275) / 0.0025 = 902.62; to 0.75:
 * * (0.16 + 0.1875) / 0.0025 = 1090.99. With rho 0.5: 0.2875 - sqrt(0.16 * 0.1275) = 0.144671, so
 * 454.20. */
Test(plan, people_for_a_change)
{
	struct plan_goal together = usual;

	together.rho = 0.5;
	cr_expect(eq(dbl, plan_people_change(&usual, 0.05, 1), 903));
	cr_expect(eq(dbl, plan_people_change(&usual, -0.05, 1), 1091));
	cr_expect(eq(dbl, plan_people_change(&usual, 0.05, 1.95), 1761)); /* 1760.1 */
	cr_expect(eq(dbl, plan_people_change(&together, 0.05, 1), 455));
	/* power one half: only z counts, 3.841459 * 0.2875 / 0.0025 = 441.77 */
	cr_expect(
		eq(dbl, plan_people_change(&(struct plan_goal){0.8, 0.95, 0.5, 0}, 0.05, 1), 442));
	cr_expect(eq(dbl, plan_people_change(&usual, 0.2, 1), 32)); /* to 1: 0.16 / 0.04, 31.4 */
}

/* 12 clusters of 5 in 2 strata, icc 0.05: deff 1.2, se sqrt(1.2 * 0.16 / 60) = 0.0565685, t of 10.
 */
Test(plan, what_a_sample_shows)
{
	const struct plan_sample s = {12, 5, 2, 0.05, INFINITY},
				 few = {12, 5, 2, 0.05, 240}; /* a quarter of all: sqrt(0.75) */

	cr_expect(eq(dbl, plan_df(&s), 10));
	cr_expect(epsilon_eq(dbl, plan_error(&s, 0.8), 0.0565685425, 1e-10));
	cr_expect(epsilon_eq(dbl, plan_half_width(&s, &usual), 0.126042, 1e-6));
	cr_expect(epsilon_eq(dbl, plan_error(&few, 0.8), 0.0489897949, 1e-10));
	cr_expect(zero(dbl, plan_error(&(struct plan_sample){12, 5, 2, 0.05, 50}, 0.8)),
		  "everybody is asked");
}

/* t + t_power = 3.107197, squared * 1.2 / 60 = 0.1930934 = k. A rise c solves
 * (1 + k) c^2 + 0.6 k c - 0.32 k = 0, a fall (1 + k) c^2 - 0.6 k c - 0.32 k = 0. */
Test(plan, smallest_change)
{
	const struct plan_sample s = {12, 5, 2, 0.05, INFINITY}, small = {4, 5, 2, 0.05, INFINITY};
	struct plan_goal together = usual;
	double c, v, w;

	cr_expect(epsilon_eq(dbl, plan_detectable(&s, &usual, true), 0.184142, 1e-6));
	cr_expect(epsilon_eq(dbl, plan_detectable(&s, &usual, false), 0.281248, 1e-6));
	cr_expect(isnan(plan_detectable(&small, &usual, true)), "0.2 is too little to be found");
	/* t of 2: 4.302653 + 1.060660 = 5.363313; k = 28.765126 * 1.2 / 20 = 1.725908 and
	 * 2.725908 c^2 - 1.035545 c - 0.552290 = 0 */
	cr_expect(epsilon_eq(dbl, plan_detectable(&small, &usual, false), 0.678501, 1e-6));
	together.rho = 0.6;
	c = plan_detectable(&s, &together, false);
	v = 0.8 * 0.2;
	w = (0.8 - c) * (0.2 + c);
	cr_expect(epsilon_eq(dbl, c, sqrt(0.1930934 * (v + w - 1.2 * sqrt(v * w))), 1e-6));
	cr_expect(lt(dbl, c, 0.281248));
}

/* Clusters of 20, icc 0.05, p 0.8: half-widths of 69 and 70 clusters are 1.99601 * sqrt(1.95 * 0.16
 * / 1380) = 0.030012 and 1.99547 * sqrt(0.312 / 1400) = 0.029789. */
Test(plan, fewest_clusters)
{
	const struct plan_sample s = {0, 20, 2, 0.05, INFINITY};
	struct plan_sample back = s;

	cr_expect(eq(dbl, plan_clusters(&s, &usual, 0.03), 70));
	cr_expect(eq(dbl, plan_clusters(&s, &usual, 0.999), 3)); /* one degree of freedom: 12.706 *
								    sqrt(0.312 / 60) = 0.916 */
	cr_expect(eq(dbl, plan_clusters(&s, &usual, 0.9), 4));
	back.clusters = 12;
	cr_expect(eq(dbl, plan_clusters(&s, &usual, plan_half_width(&back, &usual)), 12));
	cr_expect(eq(dbl, plan_clusters_change(&s, &usual, -plan_detectable(&back, &usual, false)),
		     12));
	/* people of 0.05 at z: 1761 in 88.05 clusters; at t a little more */
	cr_expect(ge(dbl, plan_clusters_change(&s, &usual, 0.05), 89));
	cr_expect(le(dbl, plan_clusters_change(&s, &usual, 0.05), 92));
	/* a population of 100 is asked whole at the latest */
	cr_expect(le(dbl, plan_clusters(&(struct plan_sample){0, 20, 2, 0.05, 100}, &usual, 0.0001),
		     5));
}

Test(plan, no_answer)
{
	const struct plan_sample s = {12, 5, 2, 0.05, INFINITY}, lonely = {2, 5, 2, 0.05, INFINITY},
				 fewer = {1, 5, 2, 0.05, INFINITY};
	static const struct plan_goal goals[] = {
		{0, 0.95, 0.8, 0}, {1, 0.95, 0.8, 0}, {NAN, 0.95, 0.8, 0}, {0.8, 1, 0.8, 0}};

	for (size_t i = 0; i < COUNT(goals); i++) {
		cr_expect(isnan(plan_people(&goals[i], 0.03, 1, INFINITY)), "row %zu", i);
		cr_expect(isnan(plan_people_change(&goals[i], 0.05, 1)), "row %zu", i);
		cr_expect(i == 3 || isnan(plan_half_width(&s, &goals[i])), "row %zu", i);
		cr_expect(i == 3 || isnan(plan_detectable(&s, &goals[i], true)), "row %zu", i);
	}
	cr_expect(isnan(plan_people(&usual, 0, 1, INFINITY)));
	cr_expect(isnan(plan_people(&usual, -0.03, 1, INFINITY)));
	cr_expect(isnan(plan_people(&usual, 0.03, 0, INFINITY)));
	cr_expect(isnan(plan_people_change(&usual, 0, 1)));
	cr_expect(isnan(plan_people_change(&usual, 0.3, 1)), "beyond 1");
	cr_expect(isnan(plan_people_change(&usual, -0.9, 1)), "below 0");
	cr_expect(isnan(plan_people_change(&(struct plan_goal){0.8, 0.95, 1, 0}, 0.05, 1)));
	cr_expect(isnan(plan_half_width(&lonely, &usual)), "no degrees of freedom");
	cr_expect(isnan(plan_half_width(&fewer, &usual)));
	cr_expect(isnan(plan_detectable(&lonely, &usual, false)));
	cr_expect(isnan(plan_clusters(&s, &usual, 0)));
	cr_expect(isnan(plan_clusters(&s, &usual, 1e-9)), "nobody has that many clusters");
	cr_expect(isnan(plan_clusters_change(&s, &usual, 0)));
	cr_expect(isnan(plan_clusters_change(&s, &usual, 0.3)));
}
