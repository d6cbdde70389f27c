/* A file of any bytes becomes a table whose every cell can be asked for, or a problem. */
#include "input/table.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char file[64];
	struct arena a = {0};
	struct diag why = {0};
	struct table t;
	double x;
	long whole;

	snprintf(file, sizeof file, "/tmp/hailong-fuzz-table.%ld.csv", (long)getpid());
	FILE *out = fopen(file, "wb");
	assert(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0);
	if (table_read(&a, file, n % 2, &t, &why)) {
		for (size_t r = 0; r < t.rows; r++)
			for (size_t c = 0; c < t.columns; c++) {
				table_number(&a, &t, r, c, &x, &why);
				table_whole(&t, r, c, 0, 10, &whole, &why);
			}
		table_column(&t, "year", &(size_t){0}, &why);
	} else {
		assert(why.errors > 0);
	}
	unlink(file);
	arena_release(&a);
	return 0;
}
