/* stages.c -- what the stages of `hailong estimate` take, in milliseconds: linked around the whole
 * program (ld --wrap), so that it is the program that is timed. Arguments are hailong's. On
 * standard error, behind everything else: `stages,READ,ESTIMATE,PRINT,ALL`. ALL is from the start
 * of main. */
#include "cmd/gather.h"
#include "estimate/estimate.h"
#include "output/export.h"

#include <stdio.h>
#include <time.h>

enum stage { READ, ESTIMATE, PRINT, ALL, STAGES };

static double spent[STAGES];

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

bool __real_gather_read(struct session *s, const struct estimate_options *o, bool rows,
			struct gathered *out, struct diag *why);
bool __wrap_gather_read(struct session *s, const struct estimate_options *o, bool rows,
			struct gathered *out, struct diag *why);
void __real_estimate_tally_stream(struct arena *a, const struct tally *t,
				  const struct estimate_options *o, estimate_row_fn *take,
				  void *sink);
void __wrap_estimate_tally_stream(struct arena *a, const struct tally *t,
				  const struct estimate_options *o, estimate_row_fn *take,
				  void *sink);
void __real_export_row(void *export, const struct result_row *row);
void __wrap_export_row(void *export, const struct result_row *row);
bool __real_export_finish(struct export *x);
bool __wrap_export_finish(struct export *x);
int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

bool __wrap_gather_read(struct session *s, const struct estimate_options *o, bool rows,
			struct gathered *out, struct diag *why)
{
	double start = now();
	bool ok = __real_gather_read(s, o, rows, out, why);

	spent[READ] += now() - start;
	return ok;
}

/* Rows are printed while they are estimated. */
void __wrap_estimate_tally_stream(struct arena *a, const struct tally *t,
				  const struct estimate_options *o, estimate_row_fn *take,
				  void *sink)
{
	double start = now(), printed = spent[PRINT];

	__real_estimate_tally_stream(a, t, o, take, sink);
	spent[ESTIMATE] += now() - start - (spent[PRINT] - printed);
}

void __wrap_export_row(void *export, const struct result_row *row)
{
	double start = now();

	__real_export_row(export, row);
	spent[PRINT] += now() - start;
}

bool __wrap_export_finish(struct export *x)
{
	double start = now();
	bool ok = __real_export_finish(x);

	spent[PRINT] += now() - start;
	return ok;
}

int __wrap_main(int argc, char **argv)
{
	double start = now();
	int status = __real_main(argc, argv);

	spent[ALL] = now() - start;
	fprintf(stderr, "stages,%.1f,%.1f,%.1f,%.1f\n", spent[READ], spent[ESTIMATE], spent[PRINT],
		spent[ALL]);
	return status;
}
