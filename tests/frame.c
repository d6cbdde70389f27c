#include "help.h"

#include "survey/frame.h"

#include <math.h>

TestSuite(frame, .fini = clean);

struct named {
	const char *stratum, *unit, *later;
	double population, later_population;
};

static struct frame start(size_t stages, bool nest, bool rows_are_units)
{
	struct frame f;

	frame_start(&arena, stages, nest, rows_are_units, &f);
	return f;
}

static bool add(struct frame *f, const struct named *row, size_t line, size_t *leaf,
		struct diag *why)
{
	struct frame_name names[2] = {{span_of(row->stratum), span_of(row->unit), row->population},
				      {{"", 0}, span_of(row->later), row->later_population}};

	return frame_add(f, names, (struct place){"f.csv", line, 1}, leaf, why);
}

static size_t must_add(struct frame *f, const struct named *row)
{
	struct diag why = {0};
	size_t leaf;

	cr_assert(add(f, row, 0, &leaf, &why), "%s", why.item[0].words);
	return leaf;
}

Test(frame, rows_of_a_unit_are_one_leaf)
{
	struct frame f = start(1, false, false);
	struct diag why = {0};

	cr_expect(eq(sz, must_add(&f, &(struct named){"N", "1", "", INFINITY, 0}), 0));
	cr_expect(eq(sz, must_add(&f, &(struct named){"N", "2", "", INFINITY, 0}), 1));
	cr_expect(eq(sz, must_add(&f, &(struct named){"N", "1", "", INFINITY, 0}), 0));
	cr_expect(eq(sz, must_add(&f, &(struct named){"S", "3", "", INFINITY, 0}), 2));
	cr_assert(frame_finish(&f, &why));
	cr_expect(eq(sz, frame_leaves(&f), 3));
	cr_expect(eq(sz, f.stage[0].n_strata, 2));
	cr_expect(eq(sz, f.stage[0].stratum[0].units, 2));
	cr_expect(eq(sz, f.stage[0].stratum[1].units, 1));
	cr_expect(eq(sz, f.stage[0].stratum[0].above, FRAME_NONE));
}

Test(frame, every_row_a_unit)
{
	struct frame f = start(1, false, true);
	struct diag why = {0};

	for (size_t i = 0; i < 5; i++)
		cr_expect(eq(sz,
			     must_add(&f, &(struct named){i % 2 ? "N" : "S", "", "", INFINITY, 0}),
			     i));
	cr_assert(frame_finish(&f, &why));
	cr_expect(eq(sz, frame_leaves(&f), 5));
	cr_expect(eq(sz, f.stage[0].stratum[0].units, 3));
	cr_expect(eq(sz, f.stage[0].stratum[1].units, 2));
}

Test(frame, a_unit_in_two_strata)
{
	struct frame f = start(1, false, false), nested = start(1, true, false);
	struct named first = {"North", "7", "", INFINITY, 0},
		     second = {"South", "7", "", INFINITY, 0};
	struct diag why = {0};
	size_t leaf;

	must_add(&f, &first);
	cr_expect(not(add(&f, &second, 9, &leaf, &why)));
	check_problem(&why, 0, DIAG_DATA, "f.csv", 9, 1,
		      "sampling unit \"7\" is in stratum \"North\" and in \"South\"");
	check_string(why.item[0].hint,
		     "give --nest when the names of units start again in every stratum");
	cr_expect(eq(sz, must_add(&nested, &first), 0));
	cr_expect(eq(sz, must_add(&nested, &second), 1), "with nesting these are two");
	cr_expect(eq(sz, nested.stage[0].stratum[1].units, 1));
}

/* Units of a later stage may share names: they lie in different units before. */
Test(frame, later_units_are_named_inside_their_unit)
{
	struct frame f = start(2, false, false);

	cr_expect(eq(sz, must_add(&f, &(struct named){"N", "a", "1", 10, 4}), 0));
	cr_expect(eq(sz, must_add(&f, &(struct named){"N", "b", "1", 10, 5}), 1));
	cr_expect(eq(sz, must_add(&f, &(struct named){"N", "a", "1", 10, 4}), 0));
	cr_expect(eq(sz, f.stage[1].n_strata, 2));
	cr_expect(eq(dbl, f.stage[1].stratum[1].population, 5));
}

Test(frame, populations)
{
	static const struct {
		double first, second;
		const char *fragment; /* NULL = fine */
	} cases[] = {
		{10, 10, NULL},
		{2, 2, NULL}, /* all were drawn */
		{INFINITY, INFINITY, NULL},
		{10, 11, "population 11 in stratum \"N\", where a row before has 10"},
		{1, 1, "stratum \"N\" has a population of 1 units, but 2 were drawn"},
		{0.5, 0.5, "stratum \"N\" has a population of 0.5 units, but 2 were drawn"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct frame f = start(1, false, false);
		struct diag why = {0};
		size_t leaf;
		bool fine =
			add(&f, &(struct named){"N", "1", "", cases[i].first, 0}, 2, &leaf, &why) &&
			add(&f, &(struct named){"N", "2", "", cases[i].second, 0}, 3, &leaf,
			    &why) &&
			frame_finish(&f, &why);

		cr_expect(fine == !cases[i].fragment, "row %zu", i);
		if (!fine)
			check_problem(&why, 0, DIAG_DATA, "f.csv", i == 3 ? 3 : 2, 1,
				      cases[i].fragment);
	}
}

/* The second stage's count is of its own unit: another unit may have another. */
Test(frame, populations_of_later_stages)
{
	struct frame f = start(2, false, true);
	struct diag why = {0};
	size_t leaf;

	must_add(&f, &(struct named){"N", "a", "", 10, 4});
	must_add(&f, &(struct named){"N", "b", "", 10, 5});
	cr_expect(not(add(&f, &(struct named){"N", "b", "", 10, 6}, 4, &leaf, &why)));
	check_problem(&why, 0, DIAG_DATA, "f.csv", 4, 1, "population 6");
	cr_expect(strstr(why.item[0].hint, "the same in all of its rows") != NULL);
}

Test(frame, all_small_populations_are_told)
{
	struct frame f = start(1, true, false);
	struct diag why = {0};

	for (size_t i = 0; i < 8; i++)
		must_add(&f, &(struct named){i < 4 ? "N" : "S", i % 2 ? "1" : "2", "", 1, 0});
	cr_expect(not(frame_finish(&f, &why)));
	cr_expect(eq(sz, why.errors, 2));
	cr_expect(strstr(why.item[0].hint, "counts of units in the population, not shares") !=
		  NULL);
}

/* In the order of ranks, the members of a unit and of a stratum stand together at every stage. */
Test(frame, order_is_contiguous)
{
	static const char *const words[] = {"0", "1", "2", "3", "4"};
	struct frame f = start(2, true, false);
	struct diag why = {0};
	size_t leaves, *at;

	for (size_t i = 0; i < 97; i++) /* in no order */
		must_add(&f, &(struct named){words[i * 7 % 3], words[i * 11 % 5], words[i * 13 % 4],
					     INFINITY, INFINITY});
	cr_assert(frame_finish(&f, &why));
	leaves = frame_leaves(&f);
	cr_expect(eq(sz, leaves, 3 * 5 * 4)); /* 3, 5 and 4 have no common factor */
	at = arena_new(&arena, leaves, sizeof *at);
	for (size_t i = 0; i < leaves; i++) {
		cr_assert(lt(sz, f.order[i], leaves));
		at[f.order[i]] = i;
	}
	for (size_t stage = 0; stage < 2; stage++) {
		size_t strata = 1, units = 1;

		for (size_t i = 1; i < leaves; i++) {
			size_t u = frame_unit_of(&f, at[i], stage),
			       v = frame_unit_of(&f, at[i - 1], stage);

			units += u != v;
			strata += f.stage[stage].unit[u].stratum != f.stage[stage].unit[v].stratum;
		}
		cr_expect(eq(sz, units, f.stage[stage].n_units), "stage %zu", stage);
		cr_expect(eq(sz, strata, f.stage[stage].n_strata), "stage %zu", stage);
	}
}

Test(frame, names_come_back)
{
	static const struct named rows[] = {{"N", "a", "1", 10, 4},
					    {"S", "b", "2", 20, INFINITY},
					    {"N", "a", "2", 10, 4},
					    {"", "", "", 5, 1}};
	struct frame f = start(2, false, false);
	struct frame_name names[2];

	for (size_t i = 0; i < COUNT(rows); i++) {
		cr_assert(eq(sz, must_add(&f, &rows[i]), i));
		frame_names(&f, i, names);
		check_text(names[0].stratum, rows[i].stratum);
		check_text(names[0].unit, rows[i].unit);
		check_text(names[1].unit, rows[i].later);
		check_text(names[1].stratum, "");
		cr_expect(eq(dbl, names[0].population, rows[i].population));
		cr_expect(names[1].population == rows[i].later_population);
	}
}

/* A stratum of one unit joins the one beside it; one that was certain stays. */
Test(frame, collapse)
{
	static const struct named rows[] = {
		{"11", "a", "", 9, 0}, {"11", "b", "", 9, 0}, {"12", "c", "", 8, 0},
		{"25", "d", "", 1, 0}, {"31", "e", "", 7, 0}, {"32", "f", "", 6, 0},
		{"32", "g", "", 6, 0}, {"40", "h", "", 5, 0},
	};
	/* 12 is more like 11 than 25; 25 was certain; 31 is more like 32; 40 is last */
	static const size_t units[] = {3, 0, 1, 0, 4, 0}, of[] = {0, 0, 0, 2, 4, 4, 4, 4};
	static const double population[] = {17, 0, 1, 0, 18, 0};
	struct frame f = start(1, false, false);
	struct diag why = {0};

	for (size_t i = 0; i < COUNT(rows); i++)
		must_add(&f, &rows[i]);
	frame_collapse(&f);
	cr_assert(frame_finish(&f, &why), "%s", why.item[0].words);
	for (size_t i = 0; i < COUNT(units); i++) {
		cr_expect(eq(sz, f.stage[0].stratum[i].units, units[i]), "stratum %zu", i);
		if (units[i])
			cr_expect(eq(dbl, f.stage[0].stratum[i].population, population[i]),
				  "stratum %zu", i);
	}
	for (size_t i = 0; i < COUNT(rows); i++)
		cr_expect(eq(sz, f.stage[0].unit[i].stratum, of[i]), "unit %zu", i);
}

Test(frame, nothing_to_join)
{
	struct frame f = start(1, false, false), two = start(1, false, false);
	struct diag why = {0};

	must_add(&f, &(struct named){"N", "a", "", INFINITY, 0});
	frame_collapse(&f);
	cr_assert(frame_finish(&f, &why));
	cr_expect(eq(sz, f.stage[0].stratum[0].units, 1));
	must_add(&two, &(struct named){"N", "a", "", INFINITY, 0});
	must_add(&two, &(struct named){"S", "b", "", INFINITY, 0});
	frame_collapse(&two);
	cr_assert(frame_finish(&two, &why));
	cr_expect(eq(sz, two.stage[0].stratum[0].units + two.stage[0].stratum[1].units, 2));
	cr_expect(eq(sz, two.stage[0].unit[0].stratum, two.stage[0].unit[1].stratum));
}

/* The first stratum is lonely, 1 of 2; the second is not. */
Test(frame, the_first_stratum_joins_the_second)
{
	struct frame f = start(1, false, false);
	struct diag why = {0};

	must_add(&f, &(struct named){"N", "a", "", 2, 0});
	must_add(&f, &(struct named){"S", "b", "", 5, 0});
	must_add(&f, &(struct named){"S", "c", "", 5, 0});
	frame_collapse(&f);
	cr_assert(frame_finish(&f, &why));
	cr_expect(eq(sz, f.stage[0].stratum[1].units, 3));
	cr_expect(eq(dbl, f.stage[0].stratum[1].population, 7));
}

/* In their order: by stratum, by unit, by unit of the later stage, each by its bytes; names that
 * others begin with stand before them. */
static const struct named in_order[] = {
	{"", "2", "", INFINITY, INFINITY},          {"", "2", "1", INFINITY, INFINITY},
	{"A", "1", "1", INFINITY, INFINITY},        {"A", "1", "10", INFINITY, INFINITY},
	{"A", "1", "2", INFINITY, INFINITY},        {"A", "10", "1", INFINITY, INFINITY},
	{"A", "9", "1", INFINITY, INFINITY},        {"AB", "1", "3", INFINITY, INFINITY},
	{"AB", "3", "1", INFINITY, INFINITY},       {"B", "1", "1", INFINITY, INFINITY},
	{"\xc3\x81", "1", "1", INFINITY, INFINITY},
};

/* 11 is prime: each step gives another order; each name comes twice. */
Test(frame, ranks_in_any_order)
{
	for (size_t step = 1; step < COUNT(in_order); step++) {
		struct frame f = start(2, true, false);
		size_t leaf[COUNT(in_order)];
		struct diag why = {0};

		for (size_t i = 0; i < 2 * COUNT(in_order); i++) {
			size_t k = i * step % COUNT(in_order), now = must_add(&f, &in_order[k]);

			cr_expect(eq(sz, i < COUNT(in_order) ? i : leaf[k], now), "step %zu", step);
			leaf[k] = now;
		}
		cr_assert(frame_finish(&f, &why));
		cr_expect(eq(sz, frame_leaves(&f), COUNT(in_order)));
		cr_expect(eq(sz, f.stage[0].n_strata, 5));
		cr_expect(eq(sz, f.stage[0].n_units, 8));
		for (size_t i = 0; i < COUNT(in_order); i++) {
			struct frame_name names[2];

			cr_expect(eq(sz, f.order[leaf[i]], i), "step %zu", step);
			frame_names(&f, leaf[i], names);
			check_text(names[0].stratum, in_order[i].stratum);
			check_text(names[0].unit, in_order[i].unit);
			check_text(names[1].unit, in_order[i].later);
		}
	}
}

/* Every row a unit: those of one stratum stay as they came. */
Test(frame, rows_of_a_stratum_stay_in_order)
{
	static const char *const strata[] = {"S", "N", "S", "N", "M", "S"};
	static const size_t rank[] = {3, 1, 4, 2, 0, 5};
	struct frame f = start(1, false, true);
	struct diag why = {0};

	for (size_t i = 0; i < COUNT(strata); i++)
		must_add(&f, &(struct named){strata[i], "", "", INFINITY, 0});
	cr_assert(frame_finish(&f, &why));
	for (size_t i = 0; i < COUNT(strata); i++)
		cr_expect(eq(sz, f.order[i], rank[i]), "row %zu", i);
}

/* Names that came in order are known when one comes that does not. */
Test(frame, an_earlier_name_again)
{
	static const struct named rows[] = {
		{"A", "1", "", 9, 0}, {"A", "3", "", 9, 0}, {"B", "4", "", 8, 0},
		{"A", "3", "", 9, 0}, {"A", "2", "", 9, 0}, {"B", "4", "", 8, 0},
		{"A", "1", "", 9, 0}, {"C", "5", "", 7, 0},
	};
	static const size_t leaf[] = {0, 1, 2, 1, 3, 2, 0, 4};

	for (int nest = 0; nest < 2; nest++) {
		struct frame f = start(1, nest, false);
		struct diag why = {0};
		size_t any;

		for (size_t i = 0; i < COUNT(rows); i++)
			cr_expect(eq(sz, must_add(&f, &rows[i]), leaf[i]), "row %zu", i);
		cr_expect(eq(sz, f.stage[0].n_strata, 3));
		cr_expect(eq(sz, f.stage[0].stratum[0].units, 3));
		cr_expect(not(add(&f, &(struct named){"A", "9", "", 8, 0}, 9, &any, &why)));
		check_problem(&why, 0, DIAG_DATA, "f.csv", 9, 1, "population 8 in stratum \"A\"");
	}
}

Test(frame, a_unit_in_two_strata_far_apart)
{
	struct frame f = start(1, false, false);
	struct diag why = {0};
	size_t leaf;

	must_add(&f, &(struct named){"N", "7", "", INFINITY, 0});
	must_add(&f, &(struct named){"N", "8", "", INFINITY, 0});
	must_add(&f, &(struct named){"S", "9", "", INFINITY, 0});
	cr_expect(not(add(&f, &(struct named){"S", "8", "", INFINITY, 0}, 4, &leaf, &why)));
	check_problem(&why, 0, DIAG_DATA, "f.csv", 4, 1,
		      "sampling unit \"8\" is in stratum \"N\" and in \"S\"");
}

/* Names are copied, unless the caller says that they stay. */
Test(frame, names_that_stay)
{
	for (int stay = 0; stay < 2; stay++) {
		char stratum[] = "N", unit[] = "1";
		struct frame f = start(1, true, false);
		struct frame_name names[1];

		f.lasting = stay;
		must_add(&f, &(struct named){stratum, unit, "", INFINITY, 0});
		cr_expect(eq(sz, must_add(&f, &(struct named){stratum, unit, "", INFINITY, 0}), 0));
		cr_expect(eq(sz, must_add(&f, &(struct named){"N", "1", "", INFINITY, 0}), 0));
		unit[0] = '8';
		frame_names(&f, 0, names);
		check_text(names[0].unit, stay ? "8" : "1");
	}
}

/* Where names stay, one may begin at the same byte as the other. */
Test(frame, names_that_begin_at_one_byte)
{
	static const char name[] = "11";
	struct frame f = start(1, true, false);
	struct diag why = {0};
	size_t leaf;

	f.lasting = true;
	for (size_t n = 1; n <= 2; n++) {
		struct frame_name names[1] = {{{"N", 1}, {name, n}, INFINITY}};

		cr_assert(frame_add(&f, names, (struct place){"f.csv", n, 1}, &leaf, &why));
		cr_expect(eq(sz, leaf, n - 1));
	}
}
