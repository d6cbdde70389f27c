/* Every row has as many fields as the header and every field a place in the file. */
#include "input/csvin.h"

#include <assert.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool take(void *context, const struct csvin_row *row, struct diag *why)
{
	size_t *fields = context;

	(void)why;
	assert(row->fields > 0 && (*fields == 0 || *fields == row->fields));
	*fields = row->fields;
	for (size_t i = 0; i < row->fields; i++) {
		struct place p = csvin_place(row, i);

		assert(p.line >= row->line && p.column >= 1);
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct diag why = {0};
	size_t fields = 0;
	bool ok =
		csvin_bytes("fuzz.csv", (struct text){(const char *)bytes, n}, take, &fields, &why);

	assert(ok == (why.errors == 0) && (!ok || fields > 0));
	return 0;
}
