/* Any bytes as a file of answers with columns w, s, p, n, x, y and g: estimated from rows with the
 * same numbers as from sums, which are the same to the bit read fast in small blocks or row by row;
 * or refused with the same problems. */
#include "estimate/estimate.h"
#include "estimate/rowwise.h"
#include "survey/answers.h"
#include "survey/reading.h"

#include <assert.h>
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static struct plan plan_of(struct variable *v, struct factor *g, struct margin *m, uint8_t how)
{
	struct plan p = {.n_variables = 1, .variable = v, .n_margins = 1, .margin = m};

	*v = (struct variable){.kind = how & 1 ? VARIABLE_LEVELS : VARIABLE_NUMBER,
			       .column = span_of("y")};
	*m = (struct margin){0};
	p.design.weight = span_of("w");
	if (how & 2)
		p.design.stratum[p.design.n_strata++] = span_of("s");
	if (how & 4)
		p.design.unit[p.design.n_units++] = span_of("p");
	if (how & 8)
		p.design.fpc[p.design.n_fpc++] = span_of("n");
	p.design.nest = how & 16;
	if (how & 32) {
		*g = (struct factor){.column = span_of("g")};
		p.factor = g;
		p.n_factors = 1;
		m->factor[m->n++] = 0;
	}
	return p;
}

static bool near(double a, double b)
{
	return (isnan(a) && isnan(b)) || a == b || fabs(a - b) <= 1e-6 * (fabs(a) + fabs(b));
}

enum way { FAST, CAREFUL, ROWS };

/* The same file three times. */
static bool estimate_file(struct arena *a, const char *file, uint8_t how, enum way way,
			  struct result *out, struct diag *why)
{
	struct variable v;
	struct factor g;
	struct margin m;
	struct plan p = plan_of(&v, &g, &m, how);
	struct estimate_options o = {.statistic = how & 1 ? STATISTIC_DISTRIBUTION : STATISTIC_MEAN,
				     .interval = INTERVAL_LOGIT,
				     .level = 0.95,
				     .lonely = LONELY_ADJUST,
				     .suppress.rule = SUPPRESS_NCHS,
				     .threads = 1};
	struct answers answers;
	struct tally t;
	struct columns c;

	p.reading = (struct reading){.threads = 3, .chunk = 64, .careful = way == CAREFUL};
	if (way != ROWS) {
		if (!reading_tally(a, &p, &file, 1, &answers, &t, why))
			return false;
		tally_finish(&t);
		estimate_tally(a, &t, &o, out);
		return true;
	}
	answers_start(a, &p, &answers);
	columns_start(a, &p, &c);
	if (!answers_read(a, &p, file, &answers, columns_add, &c, why) ||
	    !answers_finish(&p, &answers, why))
		return false;
	struct rowwise r = {
		.columns = &c, .answers = &answers, .weight = c.weight, .variance = "taylor"};

	rowwise_result(a, &r, &o, out);
	return true;
}

static bool alike(double a, double b)
{
	return (isnan(a) && isnan(b)) || a == b;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char file[64];
	struct arena a = {0};
	struct diag why = {0}, again = {0};
	struct result sums = {0}, rows = {0}, careful = {0};
	uint8_t how = n ? bytes[0] : 0;

	gsl_set_error_handler_off();
	snprintf(file, sizeof file, "/tmp/hailong-fuzz-answers.%ld.csv", (long)getpid());
	FILE *out = fopen(file, "wb");
	assert(out && fwrite(bytes + (n > 0), 1, n - (n > 0), out) == n - (n > 0) &&
	       fclose(out) == 0);
	if (estimate_file(&a, file, how, FAST, &sums, &why)) {
		assert(estimate_file(&a, file, how, ROWS, &rows, &again) && rows.n == sums.n);
		assert(estimate_file(&a, file, how, CAREFUL, &careful, &again));
		assert(careful.n == sums.n);
		for (size_t i = 0; i < sums.n; i++) {
			assert(sums.row[i].n == rows.row[i].n &&
			       near(sums.row[i].estimate, rows.row[i].estimate));
			assert(alike(sums.row[i].estimate, careful.row[i].estimate) &&
			       alike(sums.row[i].se, careful.row[i].se));
		}
	} else {
		assert(!estimate_file(&a, file, how, CAREFUL, &careful, &again));
		assert(why.errors > 0 && why.errors == again.errors);
	}
	unlink(file);
	arena_release(&a);
	return 0;
}
