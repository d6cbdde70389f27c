/* Sums of the empty text, "abc" and a million "a" are the examples of FIPS 180-2, appendix B. */
#include "help.h"

#include "base/digest.h"

TestSuite(digest, .fini = clean);

#define ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define MILLION "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
#define NOTHING "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

Test(digest, bytes)
{
	cr_assert(span_is(digest_bytes(&arena, span_of("abc")), ABC));
	cr_assert(span_is(digest_bytes(&arena, span_of("")), NOTHING));
}

Test(digest, file)
{
	char *many = arena_new(&arena, 1000000, 1);
	struct diag why = {0};
	struct text sum;

	memset(many, 'a', 1000000); /* more than one block of reading */
	cr_assert(digest_file(&arena, file_of("many", many, 1000000), &sum, &why));
	cr_assert(span_is(sum, MILLION));
	cr_assert(digest_file(&arena, file_of("none", "", 0), &sum, &why));
	cr_assert(span_is(sum, NOTHING));
}

Test(digest, no_file)
{
	struct diag why = {0};
	struct text sum;

	cr_assert_not(digest_file(&arena, "/no/such/file", &sum, &why));
	cr_assert_eq(why.worst, DIAG_FAILED);
	cr_assert_not(digest_file(&arena, "/", &sum, &why)); /* a folder */
}
