/* Hashes: printf '' | openssl dgst -sha256 -binary | base64, and of "abc" (FIPS 180-2, B.1). */
#include "help.h"

#include "output/page_policy.h"

TestSuite(page_policy, .fini = clean);

Test(page_policy, hashes_of_style_and_script)
{
	check_text(page_policy(&arena, span_of(""), span_of("abc")),
		   "default-src 'none'; style-src "
		   "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; script-src "
		   "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='; base-uri 'none'; "
		   "form-action 'none'");
}

/* One byte more is another script. */
Test(page_policy, another_script_is_refused)
{
	struct text a = page_policy(&arena, span_of("x"), span_of("alert(1)")),
		    b = page_policy(&arena, span_of("x"), span_of("alert(1) "));

	cr_expect(not(span_equal(a, b)));
}
