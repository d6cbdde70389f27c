/* Any bytes as a tally file, CSV or (with its checksums set right) binary: refused, or estimated;
 * and then what is written of it is read back to the same numbers. */
#include "estimate/estimate.h"
#include "survey/tally_csv.h"
#include "survey/tally_file.h"
#include "survey/tally_format.h"
#include "survey/tally_order.h"
#include "survey/tally_write.h"

#include <assert.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Checksums as the bytes would have them, where head, table and tail are in their places. */
static void set_sums(uint8_t *at, size_t n)
{
	struct format_tail tail;
	struct format_section s;
	uint64_t sections, table;
	uint8_t *both;

	if (n < sizeof(struct format_head) + sizeof tail)
		return;
	memcpy(&tail, at + n - sizeof tail, sizeof tail);
	sections = tail.sections;
	if (sections > n / sizeof s || n - sizeof tail < sections * sizeof s)
		return;
	table = n - sizeof tail - sections * sizeof s;
	for (size_t i = 0; i < sections; i++) {
		memcpy(&s, at + table + i * sizeof s, sizeof s);
		if (s.offset <= n && s.size <= n - s.offset)
			s.sum = XXH3_64bits(at + s.offset, s.size);
		memcpy(at + table + i * sizeof s, &s, sizeof s);
	}
	both = malloc(sizeof(struct format_head) + sections * sizeof s);
	assert(both);
	memcpy(both, at, sizeof(struct format_head));
	memcpy(both + sizeof(struct format_head), at + table, sections * sizeof s);
	tail.sum = XXH3_64bits(both, sizeof(struct format_head) + sections * sizeof s);
	tail.size = n;
	tail.table = table;
	memcpy(at + n - sizeof tail, &tail, sizeof tail);
	free(both);
}

struct loaded {
	struct tally_head head;
	struct plan plan;
	struct answers answers;
	struct tally tally;
	struct result result;
};

static void estimate(struct arena *a, struct loaded *l)
{
	struct estimate_options o = {.interval = INTERVAL_LOGIT,
				     .level = 0.95,
				     .lonely = LONELY_ADJUST,
				     .suppress.rule = SUPPRESS_NCHS,
				     .threads = 1};

	switch (l->plan.variable[0].kind) {
	case VARIABLE_NUMBER: o.statistic = STATISTIC_VARIANCE; break;
	case VARIABLE_PAIR: o.statistic = STATISTIC_RATIO; break;
	case VARIABLE_LEVELS: o.statistic = STATISTIC_DISTRIBUTION; break;
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED: o.statistic = STATISTIC_RATE; break;
	}
	for (size_t v = 1; v < l->plan.n_variables; v++)
		if (l->plan.variable[v].kind != l->plan.variable[0].kind)
			return;
	tally_finish(&l->tally);
	estimate_tally(a, &l->tally, &o, &l->result);
}

static bool load(struct arena *a, const char *file, struct loaded *l, struct diag *why)
{
	bool binary = tally_file_is(file);
	struct tally_load load;
	size_t *want;

	if (!(binary ? tally_file_head : tally_csv_head)(a, file, &l->head, why))
		return false;
	want = arena_new(a, l->head.plan.n_variables, sizeof *want);
	for (size_t i = 0; i < l->head.plan.n_variables; i++)
		want[i] = i;
	tally_load_plan(a, &l->head, want, l->head.plan.n_variables, &l->plan);
	l->plan.margin = arena_new(a, 1, sizeof *l->plan.margin);
	l->plan.n_margins = 1;
	l->plan.margin->n = l->plan.n_factors;
	for (size_t i = 0; i < l->plan.n_factors; i++)
		l->plan.margin->factor[i] = i;
	l->plan.by_part = l->plan.partial = true;
	tally_load_start(a, &l->plan, want, &l->answers, &l->tally, &load);
	return tally_load_open(&load, &l->head, why) &&
	       (binary ? tally_file_read : tally_csv_read)(&load, file, why) &&
	       tally_load_finish(&load, why);
}

/* Written and read back. */
static void round_trip(struct arena *a, struct loaded *l, const char *file, bool binary)
{
	struct loaded *back = arena_new(a, 1, sizeof *back);
	struct diag *why = arena_new(a, 1, sizeof *why);
	struct tally_about about = l->head.about;
	FILE *out = fopen(file, "wb");
	const size_t *order = tally_order(a, &l->tally, true);

	assert(out && (binary ? tally_write : tally_csv_write)(a, &l->tally, &about, order, out) &&
	       fclose(out) == 0);
	if (!load(a, file, back, why)) {
		fprintf(stderr, "%s\n", why->item[0].words);
		abort();
	}
	assert(back->answers.rows == l->answers.rows);
	assert(tally_parts(&back->tally) == tally_parts(&l->tally));
	estimate(a, back);
	assert(back->result.n == l->result.n);
	for (size_t i = 0; i < back->result.n; i++) {
		assert(back->result.row[i].n == l->result.row[i].n);
		if (l->tally.sums.exact) {
			double x = back->result.row[i].estimate, y = l->result.row[i].estimate;

			/* sums that no answers have may cancel, about another mean */
			assert(x == y || (isnan(x) && isnan(y)) ||
			       fabs(x - y) <= 1e-6 * (fabs(x) + fabs(y)));
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char file[64];
	struct arena a = {0};
	struct diag why = {0};
	struct loaded *l = arena_new(&a, 1, sizeof *l);
	uint8_t *copy = arena_new(&a, n, 1);

	gsl_set_error_handler_off();
	snprintf(file, sizeof file, "/tmp/hailong-fuzz-tally.%ld", (long)getpid());
	if (n)
		memcpy(copy, bytes, n);
	if (n >= 16 && memcmp(copy, FORMAT_MAGIC, 16) == 0)
		set_sums(copy, n);
	FILE *out = fopen(file, "wb");
	assert(out && fwrite(copy, 1, n, out) == n && fclose(out) == 0);
	if (load(&a, file, l, &why)) {
		estimate(&a, l);
		if (l->head.about.cache.n == 0) {
			round_trip(&a, l, file, false);
			round_trip(&a, l, file, true);
		}
	} else {
		assert(why.errors > 0);
	}
	unlink(file);
	arena_release(&a);
	return 0;
}
