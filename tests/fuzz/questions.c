/* Any bytes as codebook.csv, as design.csv and as the text of --where: read, or refused. */
#include "survey/codebook.h"
#include "survey/design.h"
#include "survey/where.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char file[64];
	struct arena a = {0};
	struct diag first = {0}, second = {0}, third = {0};
	struct text s = {(const char *)bytes, n};
	struct codebook book;
	struct design design;
	struct where where;

	snprintf(file, sizeof file, "/tmp/hailong-fuzz-questions.%ld.csv", (long)getpid());
	FILE *out = fopen(file, "wb");
	assert(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0);
	if (codebook_read(&a, file, &book, &first))
		for (size_t i = 0; i < book.n; i++) {
			assert(codebook_column(&book, book.at[i].era, book.at[i].column));
			question_level(&book.at[i], s);
			question_missing(&book.at[i], s);
		}
	else
		assert(first.errors > 0);
	assert(design_read(&a, file, &design, &second) == (second.errors == 0));
	if (where_parse(&a, s, &where, &third))
		for (size_t i = 0; i < where.n; i++)
			where_holds(&where.at[i], s);
	else
		assert(third.errors > 0);
	unlink(file);
	arena_release(&a);
	return 0;
}
