/* Which questions are about the person: the codebook of tests/data/share/surveys/asked. */
#include "help.h"
#include "survey/traits.h"

TestSuite(traits, .fini = clean);

static struct codebook book(void)
{
	struct codebook b;
	struct diag why = {0};

	cr_assert(codebook_read(&arena, FIXTURES "/surveys/asked/codebook.csv", &b, &why));
	return b;
}

/* A file with these columns. */
static struct heading file(const char *header)
{
	struct heading h;
	struct diag why = {0};

	cr_assert(heading_read(&arena, file_of("a.csv", header, strlen(header)), false, &h, &why));
	return h;
}

/* sex and home share the code P; fee is a category alone under L, look1 is no category. */
Test(traits, neighbours_under_one_code)
{
	const struct codebook b = book();
	const struct heading h = file("sex,home,fee,look1,q11\n1,v,1,1,4\n");
	const struct question *const *q;

	cr_assert(eq(sz, traits_find(&arena, &b, span_of("A"), &h, &q), 2));
	cr_expect(span_is(q[0]->column, "sex"));
	cr_expect(span_is(q[1]->column, "home"));
}

/* A question that the file lacks is none, nor is its neighbour, now alone. */
Test(traits, only_columns_of_the_file)
{
	const struct codebook b = book();
	const struct heading h = file("sex,fee\n1,1\n");
	const struct question *const *q;

	cr_expect(zero(sz, traits_find(&arena, &b, span_of("A"), &h, &q)));
	cr_expect(traits_asked(&b, span_of("A"), &h,
			       codebook_code(&b, span_of("A"), span_of("P.sex"))));
	cr_expect(not(traits_asked(&b, span_of("A"), &h,
				   codebook_code(&b, span_of("A"), span_of("P.home")))));
}

Test(traits, of_another_era)
{
	const struct codebook b = book();
	const struct heading h = file("sex,home\n1,v\n");
	const struct question *const *q;

	cr_expect(zero(sz, traits_find(&arena, &b, span_of("B"), &h, &q)));
}
