/* Folding is stable, lengths agree, and nothing reads past the end of any bytes. */
#include "base/text.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct text s = {(const char *)bytes, n}, nfc, fold;
	struct arena a = {0};
	size_t bad = n;

	if (text_check(s, &bad)) {
		nfc = text_nfc(&a, s);
		fold = text_fold(&a, s);
		assert(text_length(s) <= n && text_check(nfc, &bad) && text_check(fold, &bad));
		assert(span_equal(text_nfc(&a, nfc), nfc));
		assert(span_equal(text_fold(&a, fold), fold));
		assert(text_slug(&a, s).n <= fold.n);
		assert(text_distance(fold, fold) == 0 || fold.n > 63);
	} else {
		assert(bad < n);
		text_fold(&a, s);
	}
	text_columns(s);
	arena_release(&a);
	return 0;
}
