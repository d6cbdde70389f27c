/* Whatever the bytes: no crash; what is read is finite and is read back from its exact text. */
#include "base/number.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct text s = {(const char *)bytes, n};
	struct arena a = {0};
	double x, again = 0;
	long whole;

	if (number_parse(s, &x)) {
		assert(isfinite(x));
		assert(number_parse(number_exact(&a, x), &again) && again == x);
		for (int decimals = 0; decimals <= 9; decimals++)
			assert(number_shown(&a, x, decimals, LANG_VI).n > 0);
		if (fabs(x) < 1e6) /* halves may lie a binary tail beyond 0.005 */
			assert(fabs(number_round(x, 2) - x) <= 0.005 + 1e-8);
	}
	if (number_whole(s, -999, 999, &whole))
		assert(-999 <= whole && whole <= 999);
	assert(number_complaint(&a, s, &(struct diag){0}).n > 0 && number_decimals(s) <= n + 400);
	arena_release(&a);
	return 0;
}
