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
struct estimates __real_estimate_tally_rows(struct arena *a, const struct tally *t,
					    const struct estimate_options *o);
struct estimates __wrap_estimate_tally_rows(struct arena *a, const struct tally *t,
					    const struct estimate_options *o);
bool __real_export_rows(const void *from, size_t n, export_row_fn *row, unsigned parts,
			enum fields_format format, int threads, FILE *out, struct diag *why);
bool __wrap_export_rows(const void *from, size_t n, export_row_fn *row, unsigned parts,
			enum fields_format format, int threads, FILE *out, struct diag *why);
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

struct estimates __wrap_estimate_tally_rows(struct arena *a, const struct tally *t,
					    const struct estimate_options *o)
{
	double start = now();
	struct estimates e = __real_estimate_tally_rows(a, t, o);

	spent[ESTIMATE] += now() - start;
	return e;
}

bool __wrap_export_rows(const void *from, size_t n, export_row_fn *row, unsigned parts,
			enum fields_format format, int threads, FILE *out, struct diag *why)
{
	double start = now();
	bool ok = __real_export_rows(from, n, row, parts, format, threads, out, why);

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
