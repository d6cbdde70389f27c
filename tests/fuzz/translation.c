/* Any bytes as a compiled catalogue: refused, or every word found in it is a string inside it. */
#include "base/translation.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const words[] = {"no file", "year", "zebra", "a", "~"};
	char *copy = malloc(n + 1); /* so that a byte too far is seen */
	struct translation t;

	if (!copy)
		return 0;
	if (n)
		memcpy(copy, bytes, n);
	copy = realloc(copy, n ? n : 1);
	if (!translation_read((struct text){copy, n}, &t))
		for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
			const char *other = translation_of(&t, words[i]);

			assert(other == words[i] || (other >= copy && other < copy + n));
			assert(strlen(other) < n + 8);
		}
	free(copy);
	return 0;
}
