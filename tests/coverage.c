#include "help.h"

#include "survey/coverage.h"

TestSuite(coverage, .fini = clean);

static size_t take(struct coverage *c, const char *cell, size_t line)
{
	return coverage_take(c, span_of(cell), line);
}

Test(coverage, spellings_of_a_list)
{
	struct provinces all;
	struct coverage c;
	struct diag why = {0};

	cr_assert(provinces_read(&arena, SHIPPED, &all, &why));
	coverage_start(&arena, &all, 2025, &c);
	cr_expect(eq(sz, take(&c, "01", 2), 0));
	cr_expect(eq(sz, take(&c, "Hà Nội", 3), 0));
	cr_expect(eq(sz, take(&c, "ha noi", 4), 0));
	cr_expect(eq(sz, take(&c, "Hà Giang", 5), 1)); /* ended */
	cr_expect(eq(sz, take(&c, "Tuyên Quang", 6), 2));
	cr_expect(eq(sz, take(&c, "", 7), 3));
	cr_expect(eq(sz, take(&c, "01", 8), 0));
	coverage_finish(&c);
	cr_expect(eq(sz, c.n, 4));
	cr_expect(eq(sz, c.place[0].rows, 4));
	cr_expect(eq(sz, c.place[0].spellings, 3));
	check_text(c.place[0].name, "Hà Nội");
	check_text(coverage_code(&c, 0), "01");
	check_text(coverage_code(&c, 1), "Hà Giang");
	cr_expect(zero(ptr, (void *)c.place[1].province));
	cr_expect(eq(sz, c.spelling[0].rows, 2));
	cr_expect(eq(sz, c.spelling[1].line, 3));
	cr_expect(eq(sz, c.n_absent, 32)); /* 34 less two */
}

Test(coverage, without_a_list_by_folded_names)
{
	struct coverage c;

	coverage_start(&arena, NULL, 0, &c);
	cr_expect(eq(sz, take(&c, "Hà Nội", 2), 0));
	cr_expect(eq(sz, take(&c, "Hà Giang", 3), 1));
	cr_expect(eq(sz, take(&c, "HA NOI", 4), 0));
	coverage_finish(&c);
	cr_expect(eq(sz, c.n_absent, 0));
	check_text(coverage_code(&c, 0), "Hà Nội");
}
