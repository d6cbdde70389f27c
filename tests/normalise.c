#include "composites.h"

#include "analysis/normalise.h"

TestSuite(normalise, .fini = clean);

static const double zscore[UNITS][ITEMS] = {
	{-0.692557596721476, -0.756346861647063, -1.30873618679479, -0.484182026135042,
	 -0.230089496654211},
	{0.364087422276433, 0.737899377216647, -0.215874010192955, -0.242091013067521,
	 0.230089496654211},
	{-1.57111637656243, -1.2544289412683, -0.701590533127103, -0.544704779401922,
	 -1.15044748327106},
	{1.40886002533055, 1.56803617658538, 1.30199012397626, 0.423659272868162, 1.15044748327106},
	{-0.063319551700249, 0.23981729759541, 0.451986208841499, 2.54195563720897,
	 0.690268489962633},
	{NAN, -0.258264782025826, -0.944448794594177, -0.363136519601281, -0.690268489962633},
	{0.708387484646539, NAN, 0.148413382007656, -0.423659272868162, 0.230089496654211},
	{-0.989367995316394, -0.922374221520809, NAN, -0.605227532668802, -1.61062647657948},
	{1.15953929051081, 1.23598145683789, 1.66627751617687, -0.302613766334401,
	 1.61062647657948},
	{-0.324512702463778, -0.590319501773318, -0.39801770629326, NAN, -0.230089496654211},
};

static const double rank_min[UNITS][ITEMS] = {
	{3, 3, 1, 3, 4},  {6, 7, 5, 7, 6},   {1, 1, 3, 2, 2},   {9, 9, 8, 8, 9},
	{5, 6, 7, 9, 8},  {NAN, 5, 2, 5, 3}, {7, NAN, 6, 4, 6}, {2, 2, NAN, 1, 1},
	{8, 8, 9, 6, 10}, {4, 4, 4, NAN, 4},
};

static const double prank[UNITS][ITEMS] = {
	{0.25, 0.25, 0, 0.25, 0.333333333333333},
	{0.625, 0.75, 0.5, 0.75, 0.555555555555556},
	{0, 0, 0.25, 0.125, 0.111111111111111},
	{1, 1, 0.875, 0.875, 0.888888888888889},
	{0.5, 0.625, 0.75, 1, 0.777777777777778},
	{NAN, 0.5, 0.125, 0.5, 0.222222222222222},
	{0.75, NAN, 0.625, 0.375, 0.555555555555556},
	{0.125, 0.125, NAN, 0, 0},
	{0.875, 0.875, 1, 0.625, 1},
	{0.375, 0.375, 0.375, NAN, 0.333333333333333},
};

static const double dist2max[UNITS][ITEMS] = {
	{0.294820717131474, 0.176470588235294, 0, 0.0384615384615384, 0.428571428571429},
	{0.649402390438247, 0.705882352941176, 0.36734693877551, 0.115384615384615,
	 0.571428571428571},
	{0, 0, 0.204081632653061, 0.0192307692307693, 0.142857142857143},
	{1, 1, 0.877551020408163, 0.326923076923077, 0.857142857142857},
	{0.50597609561753, 0.529411764705882, 0.591836734693878, 1, 0.714285714285714},
	{NAN, 0.352941176470588, 0.122448979591837, 0.0769230769230769, 0.285714285714286},
	{0.764940239043825, NAN, 0.489795918367347, 0.0576923076923077, 0.571428571428571},
	{0.195219123505976, 0.11764705882353, NAN, 0, 0},
	{0.916334661354582, 0.882352941176471, 1, 0.0961538461538461, 1},
	{0.418326693227092, 0.235294117647059, 0.306122448979592, NAN, 0.428571428571429},
};

static const double fracmax[UNITS][ITEMS] = {
	{0.803551609322975, 0.695652173913044, 0.19672131147541, 0.166666666666667, 0.625},
	{0.902330743618202, 0.891304347826087, 0.491803278688525, 0.233333333333333, 0.5},
	{0.72142064372919, 0.630434782608696, 0.360655737704918, 0.15, 0.875},
	{1, 1, 0.901639344262295, 0.416666666666667, 0.25},
	{0.862375138734739, 0.826086956521739, 0.672131147540984, 1, 0.375},
	{NAN, 0.760869565217391, 0.295081967213115, 0.2, 0.75},
	{0.934517203107658, NAN, 0.590163934426229, 0.183333333333333, 0.5},
	{0.775804661487236, 0.673913043478261, NAN, 0.133333333333333, 1},
	{0.97669256381798, 0.956521739130435, 1, 0.216666666666667, 0.125},
	{0.83795782463929, 0.717391304347826, 0.442622950819672, NAN, 0.625},
};

static const double goalposts[UNITS][ITEMS] = {
	{41.3333333333333, 40, 24, 20, 37.5},
	{71, 70, 60, 36, 50},
	{16.6666666666667, 30, 44, 16, 12.5},
	{100, 86.6666666666667, 100, 80, 75},
	{59, 60, 82, 100, 62.5},
	{NAN, 50, 36, 28, 25},
	{80.6666666666667, NAN, 72, 24, 50},
	{33, 36.6666666666667, NAN, 12, 0},
	{93.3333333333333, 80, 100, 32, 87.5},
	{51.6666666666667, 43.3333333333333, 54, NAN, 37.5},
};

static const double goalposts_of[ITEMS][2] = {{60, 90}, {2, 5}, {0, 0.5}, {5, 30}, {0, 8}};

static struct normalise_rule rule_of(enum normalise method, size_t item)
{
	struct normalise_rule r = {method, item == 4, 0, 1, NAN, NAN, NAN};

	if (method == NORMALISE_GOALPOST) {
		r.min = goalposts_of[item][0];
		r.max = goalposts_of[item][1];
	}
	return r;
}

/* All items by one method against a table. */
static void check_table(enum normalise method, double low, double high,
			const double want[UNITS][ITEMS], double factor, double plus)
{
	for (size_t j = 0; j < ITEMS; j++) {
		struct normalise_rule r = rule_of(method, j);
		struct normalised out;
		double y[UNITS * ITEMS];

		r.low = low;
		r.high = high;
		cr_assert(normalise(&r, UNITS, ITEMS, values[0] + j, y, &out) == NULL);
		cr_expect(eq(sz, out.n, j == 4 ? 10 : 9));
		for (size_t i = 0; i < UNITS; i++)
			check_number(y[i * ITEMS], factor * want[i][j] + plus,
				     normalise_name(method));
	}
}

Test(normalise, as_r)
{
	check_table(NORMALISE_MINMAX, 1, 10, scores, 1, 0);
	check_table(NORMALISE_MINMAX, 0, 100, dist2max, 100, 0); /* COINr: minmax on 0 to 100 */
	check_table(NORMALISE_Z, 0, 1, zscore, 1, 0);
	check_table(NORMALISE_RANK, 0, 1, rank_min, 1, 0);
	check_table(NORMALISE_BORDA, 0, 1, rank_min, 1, -1); /* its Borda scores */
	check_table(NORMALISE_PERCENTILE, 0, 1, prank, 1, 0);
	check_table(NORMALISE_DISTANCE, 0, 1, dist2max, 1, 0);
	check_table(NORMALISE_GOALPOST, 0, 100, goalposts, 1, 0);
}

/* COINr leaves the direction out of fractions: all five items are taken as better when more. */
Test(normalise, fractions_as_r)
{
	for (size_t j = 0; j < ITEMS; j++) {
		const struct normalise_rule r = rule_of(NORMALISE_FRACTION, 0);
		struct normalised out;
		double y[UNITS * ITEMS];

		cr_assert(normalise(&r, UNITS, ITEMS, values[0] + j, y, &out) == NULL);
		for (size_t i = 0; i < UNITS; i++)
			check_number(y[i * ITEMS], fracmax[i][j], "fraction");
	}
}

/* Bounds 0 and 10, less is better: 2 becomes 1 + 9 * 0.8 = 8.2; target 0 from the worst, 8:
 * (8 - 2) / (8 - 0) = 0.75, and target 4 gives 6 / 4: beyond it. */
Test(normalise, given_bounds)
{
	static const double x[] = {2, 8, NAN};
	struct normalise_rule r = {NORMALISE_MINMAX, true, 1, 10, 0, 10, NAN};
	struct normalised out;
	double y[3];

	cr_assert(normalise(&r, 3, 1, x, y, &out) == NULL);
	check_number(y[0], 8.2, "2 of 0 to 10");
	check_number(y[1], 2.8, "8 of 0 to 10");
	cr_expect(isnan(y[2]));
	check_number(out.min, 0, "min");
	check_number(out.max, 10, "max");
	r = (struct normalise_rule){NORMALISE_DISTANCE, true, 0, 1, NAN, NAN, 0};
	cr_assert(normalise(&r, 3, 1, x, y, &out) == NULL);
	check_number(y[0], 0.75, "2 towards 0");
	r.target = 4;
	cr_assert(normalise(&r, 3, 1, x, y, &out) == NULL);
	check_number(y[0], 1.5, "2 towards 4");
}

/* 95 and 50 of 60 to 90 are set to the ends, and told; 60 itself is not. */
Test(normalise, clips_and_tells)
{
	static const double x[] = {95, 50, 60, 75};
	const struct normalise_rule r = {NORMALISE_GOALPOST, false, 0, 1, 60, 90, NAN};
	struct normalised out;
	double y[4];

	cr_assert(normalise(&r, 4, 1, x, y, &out) == NULL);
	cr_expect(eq(sz, out.clipped, 2));
	check_number(y[0], 1, "above");
	check_number(y[1], 0, "below");
	check_number(y[3], 0.5, "between");
}

Test(normalise, refused)
{
	static const double same[] = {4, 4, NAN}, none[] = {NAN, NAN, NAN}, below[] = {-1, -2, 0};
	static const struct {
		const double *x;
		struct normalise_rule rule;
		const char *reason;
	} cases[] = {
		{same, {NORMALISE_MINMAX, false, 0, 1, NAN, NAN, NAN}, "every value is the same"},
		{same, {NORMALISE_Z, false, 0, 1, NAN, NAN, NAN}, "every value is the same"},
		{none, {NORMALISE_RANK, false, 0, 1, NAN, NAN, NAN}, "it has no value"},
		{same,
		 {NORMALISE_GOALPOST, false, 0, 1, 1, NAN, NAN},
		 "goalposts are a given min and max"},
		{below,
		 {NORMALISE_DISTANCE, false, 0, 1, NAN, NAN, -3},
		 "its target is not better than its worst value"},
		{below,
		 {NORMALISE_FRACTION, false, 0, 1, NAN, NAN, NAN},
		 "its highest value is not above 0"},
		{below,
		 {NORMALISE_NONE, true, 0, 1, NAN, NAN, NAN},
		 "this method cannot turn an indicator whose direction is down"},
	};
	enum normalise method;

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct normalised out;
		double y[3] = {0};
		const char *reason = normalise(&cases[i].rule, 3, 1, cases[i].x, y, &out);

		cr_assert(reason != NULL, "case %zu", i);
		cr_expect_str_eq(reason, cases[i].reason);
		cr_expect(isnan(y[0]));
	}
	cr_expect(not(normalise_find(span_of("min-max"), &method)));
	cr_expect(normalise_find(span_of("percentile"), &method) && method == NORMALISE_PERCENTILE);
}
