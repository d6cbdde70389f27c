/* Numbers made up; units of the shipped provinces. */
#include "help.h"

#include "survey/population.h"

#include <math.h>

TestSuite(population, .fini = clean);

static bool read(const char *bytes, struct population *out, struct provinces *all, struct diag *why)
{
	cr_assert(provinces_read(&arena, SHIPPED, all, why), "%s", why->item[0].words);
	return population_read(&arena, file_of("people.csv", bytes, strlen(bytes)), all, out, why);
}

/* The unit of the year counts: code 33 is one unit in 2024 and another in 2025. */
Test(population, by_unit_and_year)
{
	struct population p;
	struct provinces all;
	struct diag why = {0};

	cr_assert(read("province,year,population,note\n"
		       "Hưng Yên,2024,1300000,a\n33,2025,3200000,b\nthai binh,2024,1900000.5,\n",
		       &p, &all, &why),
		  "%s", why.item[0].words);
	cr_expect(eq(sz, p.n, 3));
	cr_expect(eq(dbl, population_of(&p, province_by_code(&all, span_of("33"), 2024), 2024),
		     1300000));
	cr_expect(eq(dbl, population_of(&p, province_by_code(&all, span_of("33"), 2025), 2025),
		     3200000));
	cr_expect(eq(dbl, population_of(&p, province_by_code(&all, span_of("34"), 2024), 2024),
		     1900000.5));
	cr_expect(isnan(population_of(&p, province_by_code(&all, span_of("33"), 2024), 2025)));
	cr_expect(isnan(population_of(&p, province_by_code(&all, span_of("01"), 2024), 2024)));
}

Test(population, wrong_files)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"province,year\n33,2024\n", 1, 1, "no column \"population\""},
		{"province,year,population\n", 0, 0, ""},
		{"province,year,population\nHng Yên,2024,1\n", 2, 1, "no province of 2024"},
		{"province,year,population\n34,2025,1\n", 2, 1, "it is now part of Hưng Yên"},
		{"province,year,population\n33,2024,0\n", 2, 9, "\"0\" is not a number above 0"},
		{"province,year,population\n33,2024,-5\n", 2, 9, "is not a number above 0"},
		{"province,year,population\n33,2024,\n", 2, 9, "\"\" is not a number above 0"},
		{"province,year,population\n33,2024,many\n", 2, 9, "many"},
		{"province,year,population\n33,24,1\n", 2, 4, "24"},
		{"province,year,population\n33,2024,1\n34,2024,1\nHưng Yên,2024,2\n", 4, 1,
		 "Hưng Yên of 2024 stands on line 2 already"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct population p;
		struct provinces all;
		struct diag why = {0};

		cr_expect(not(read(cases[i].bytes, &p, &all, &why)), "row %zu", i);
		if (cases[i].line)
			check_problem(&why, 0, DIAG_DATA, "people.csv", cases[i].line,
				      cases[i].column, cases[i].fragment);
	}
}
