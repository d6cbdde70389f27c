/* Bytes as a file of Stata, SPSS or SAS: read, described and drafted without harm; every row has as
 * many fields as the first. ReadStat reads from a path, so the bytes go through a file. */
#include "input/csvin.h"
#include "input/statfile.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static bool take(void *context, size_t line, const struct text *field, size_t fields,
		 struct diag *why)
{
	size_t *rows = context;

	(void)why;
	assert(line == rows[0] + 1 && (rows[0] == 0 || rows[1] == fields));
	rows[0]++;
	rows[1] = fields;
	for (size_t i = 0; i < fields; i++)
		assert(field[i].at != NULL);
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena arena = {0};
	struct diag why = {0}, more = {0};
	struct statfile f;
	size_t rows[2] = {0, 0};
	char path[64];
	FILE *out;
	bool ok;

	snprintf(path, sizeof path, "/tmp/statfile-%ld", (long)getpid());
	out = fopen(path, "wb");
	assert(out);
	fwrite(bytes, 1, n, out);
	fclose(out);
	ok = statfile_read(path, (struct statfile_options){.codes = n & 1}, take, rows, &why);
	assert(ok == (why.errors == 0) && (!ok || rows[0] > 0));
	ok = statfile_describe(&arena, path, (struct statfile_options){0}, &f, &more);
	assert(ok == (more.errors == 0));
	arena_release(&arena);
	unlink(path);
	return 0;
}
