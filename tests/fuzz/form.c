/* Bytes in any form: rows of one width, fields that are text, each with a place in the file. The
 * first byte says what is given. */
#include "base/text.h"
#include "input/csvin.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool take(void *context, const struct csvin_row *row, struct diag *why)
{
	size_t *fields = context, bad;

	(void)why;
	assert(row->fields > 0 && (*fields == 0 || *fields == row->fields));
	*fields = row->fields;
	for (size_t i = 0; i < row->fields; i++) {
		struct place p = csvin_place(row, i);

		assert(p.line >= row->line && p.column >= 1);
		assert(text_check(row->field[i], &bad));
	}
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char path[] = "/tmp/hailong-form-XXXXXX";
	struct form_asked asked = {0};
	struct diag why = {0};
	size_t fields = 0;
	int file;
	bool ok;

	if (n == 0)
		return 0;
	asked.encoding = (enum encoding)((bytes[0] & 7u) % ENCODING__COUNT);
	asked.delimiter = ",;\t|\0\0\0"[(bytes[0] >> 3) & 7u];
	asked.decimal = ",.\0"[(bytes[0] >> 6) & 3u];
	if (bytes[0] == 0xFF)
		asked = (struct form_asked){.header = 2, .header_last = 3};
	file = mkstemp(path);
	assert(file >= 0 && write(file, bytes + 1, n - 1) == (ssize_t)(n - 1));
	close(file);
	ok = csvin_read_as(path, &asked, take, &fields, &why);
	assert(ok == (why.errors == 0) && (!ok || fields > 0));
	unlink(path);
	return 0;
}
