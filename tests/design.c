#include "help.h"

#include "survey/design.h"

TestSuite(design, .fini = clean);

static bool read(const char *rows, struct design *d, struct diag *why)
{
	struct text s = arena_format(&arena, "role,column\n%s", rows);

	return design_read(&arena, file_of("design.csv", s.at, s.n), d, why);
}

Test(design, every_role)
{
	struct diag why = {0};
	struct design d;
	bool rows;

	cr_assert(read("year,nam\nprovince,tinh\nweight,w\nstratum,tinh\nstratum,loai\n"
		       "psu,xa\nssu,thon\nfpc1,n_xa\nfpc2,n_thon\nnest,yes\n",
		       &d, &why),
		  "%s", why.item[0].words);
	check_text(d.year, "nam");
	check_text(d.province, "tinh");
	check_text(d.weight, "w");
	cr_assert(eq(sz, d.n_strata, 2));
	check_text(d.stratum[1], "loai");
	cr_assert(eq(sz, d.n_units, 2));
	check_text(d.unit[0], "xa");
	check_text(d.unit[1], "thon");
	cr_assert(eq(sz, d.n_fpc, 2));
	check_text(d.fpc[0], "n_xa");
	cr_expect(d.nest);
	cr_expect(eq(sz, design_stages(&d, &rows), 2));
	cr_expect(not(rows));
}

/* Without psu, and where a population is known behind the last named unit, rows are units. */
Test(design, stages)
{
	static const struct {
		const char *rows;
		size_t stages;
		bool rows_are_units;
	} cases[] = {
		{"weight,w\n", 1, true},
		{"weight,w\nfpc1,f\n", 1, true},
		{"weight,w\npsu,p\n", 1, false},
		{"weight,w\npsu,p\nfpc1,f\n", 1, false},
		{"weight,w\npsu,p\nfpc1,f\nfpc2,g\n", 2, true},
		{"weight,w\npsu,p\nssu,q\nfpc1,f\nfpc2,g\n", 2, false},
		{"weight,w\npsu,p\nssu,q\nssu,r\nnest,no\n", 3, false},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct design d;
		bool rows;

		cr_assert(read(cases[i].rows, &d, &why), "row %zu: %s", i, why.item[0].words);
		cr_expect(eq(sz, design_stages(&d, &rows), cases[i].stages), "row %zu", i);
		cr_expect(rows == cases[i].rows_are_units, "row %zu", i);
		cr_expect(not(d.nest));
	}
}

Test(design, what_is_refused)
{
	static const struct {
		const char *rows;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"weight,w\nweight,v\n", 3, 1, "role \"weight\" stands twice"},
		{"year,w\nyear,v\nweight,w\n", 3, 1, "role \"year\" stands twice"},
		{"province,w\nprovince,v\nweight,w\n", 3, 1, "role \"province\" stands twice"},
		{"weight,w\npsu,p\npsu,q\n", 4, 1, "role \"psu\" stands twice"},
		{"weight,w\nssu,q\npsu,p\n", 3, 1, "role \"ssu\" stands before \"psu\""},
		{"weight,w\nstratum,a\nstratum,b\nstratum,c\nstratum,d\nstratum,e\n", 7, 1,
		 "role \"stratum\" stands more than 4 times"},
		{"weight,w\npsu,a\nssu,b\nssu,c\nssu,d\nssu,e\n", 7, 1,
		 "role \"ssu\" stands more than 4 times"},
		{"weight,w\ncluster,x\n", 3, 1, "\"cluster\" with \"x\" is no role of a design"},
		{"weight,w\nnest,maybe\n", 3, 1, "\"nest\" with \"maybe\" is no role"},
		{"weight,\n", 2, 8, "the name of a column is expected here"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct design d;

		cr_expect(not(read(cases[i].rows, &d, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "design.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}

Test(design, a_weight_is_wanted)
{
	struct diag why = {0}, empty = {0}, headless = {0}, roleless = {0};
	struct design d;

	cr_expect(not(read("psu,p\n", &d, &why)));
	cr_expect(strstr(why.item[0].words, "no column has the role \"weight\"") != NULL, "%s",
		  why.item[0].words);
	cr_expect(not(read("", &d, &empty)));
	cr_expect(not(design_read(&arena, file_of("design.csv", "role,x\nweight,w\n", 16), &d,
				  &headless)));
	cr_expect(not(design_read(&arena, file_of("design.csv", "x,column\nweight,w\n", 18), &d,
				  &roleless)));
	cr_expect(strstr(roleless.item[0].words, "\"role\"") != NULL, "%s", roleless.item[0].words);
	cr_expect(strstr(headless.item[0].words, "\"column\"") != NULL, "%s",
		  headless.item[0].words);
}

Test(design, all_problems_are_told)
{
	struct diag why = {0};
	struct design d;

	cr_expect(not(read("wait,w\nstrata,s\nweight,w\n", &d, &why)));
	cr_expect(eq(sz, why.errors, 2));
	cr_expect(strstr(why.item[0].hint, "roles are year, province") != NULL);
}

/* Parts of a combined stratum come back as they were; different parts never make one name. */
Test(design, joined_and_split)
{
	static const char *const parts[][2] = {{"north", "urban"}, {"a*b", "c"}, {"a", "b*c"},
					       {"a\\", "*"},       {"a\\*", ""}, {"*", "\\"}};
	struct text name[COUNT(parts)], part[2], back[2];

	for (size_t i = 0; i < COUNT(parts); i++) {
		part[0] = span_of(parts[i][0]);
		part[1] = span_of(parts[i][1]);
		name[i] = design_join(&arena, part, 2);
		design_split(&arena, name[i], back, 2);
		check_text(back[0], parts[i][0]);
		check_text(back[1], parts[i][1]);
		for (size_t k = 0; k < i; k++)
			cr_expect(not(span_equal(name[i], name[k])));
	}
	check_text(name[0], "north*urban");
	part[0] = span_of("a*b\\");
	check_text(design_join(&arena, part, 1), "a*b\\");
	design_split(&arena, part[0], back, 1);
	check_text(back[0], "a*b\\");
}
