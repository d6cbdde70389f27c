/* Any bytes as a lone scores file: ranked, or refused. HAILONG_SOURCE_DIR has the provinces. */
#include "analysis/rank.h"
#include "analysis/published.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char file[64];
	struct arena a = {0};
	struct diag why = {0};
	struct survey s;
	struct result r;

	snprintf(file, sizeof file, "/tmp/hailong-fuzz-survey.%ld.csv", (long)getpid());
	FILE *out = fopen(file, "wb");
	assert(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0);
	if (survey_read(&a, HAILONG_SOURCE_DIR "/tests/data/share", file, &s, &why)) {
		published_result(&a, &s, &r);
		rank_result(&s, &r);
		for (size_t i = 0; i < r.n; i++)
			assert(isnan(r.row[i].estimate) || isfinite(r.row[i].estimate));
	} else {
		assert(why.errors > 0);
	}
	unlink(file);
	arena_release(&a);
	return 0;
}
