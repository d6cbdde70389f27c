/* api.h -- the Californian schools of R survey (apisrs, apistrat, apiclus1) as rows and designs;
 * from tests/reference/estimate_rows.csv. */
#ifndef TESTS_API_H
#define TESTS_API_H

#include "help.h"

#include "base/number.h"
#include "estimate/linear.h"
#include "estimate/rows.h"
#include "input/table.h"
#include "survey/frame.h"

#include <gsl/gsl_errno.h>
#include <math.h>

struct api {
	struct table table;
	size_t first; /* row of the table */
	struct frame frame;
	struct linear linear;
	struct rows rows;
	double *weight;
	size_t *leaf;
};

static const struct api_design {
	const char *name, *data;
	bool strata, psu, fpc;
} api_designs[] = {
	{"srs", "apisrs", false, false, false},       {"strat", "apistrat", true, false, true},
	{"strat_wr", "apistrat", true, false, false}, {"stratclus", "apistrat", true, true, false},
	{"clus1", "apiclus1", false, true, true},     {"clus1_wr", "apiclus1", false, true, false},
};

static inline struct table *api_table(const char *name)
{
	struct table *t = arena_new(&arena, 1, sizeof *t);
	const char *path = arena_format(&arena, "%s%s", REFERENCE, name).at;
	struct diag why = {0};

	cr_assert(table_read(&arena, path, true, t, &why), "%s", why.item[0].words);
	return t;
}

static inline struct text api_cell(const struct table *t, size_t row, const char *column)
{
	struct diag why = {0};
	size_t at;

	cr_assert(table_column(t, column, &at, &why), "%s", why.item[0].words);
	return table_cell(t, row, at);
}

/* NaN for an empty cell. */
static inline double api_number(const struct table *t, size_t row, const char *column)
{
	struct text s = api_cell(t, row, column);
	double x = NAN;

	cr_assert(s.n == 0 || number_parse(s, &x));
	return x;
}

static inline void api_design(struct api *d, const struct api_design *how)
{
	static const struct text everybody = TEXT("");
	struct diag why = {0};

	frame_start(&arena, 1, true, !how->psu, &d->frame);
	for (size_t i = 0; i < d->rows.n; i++) {
		size_t at = d->first + i;
		struct frame_name name = {how->strata ? api_cell(&d->table, at, "stype")
						      : everybody,
					  how->psu ? api_cell(&d->table, at, "dnum") : everybody,
					  how->fpc ? api_number(&d->table, at, "fpc") : INFINITY};

		cr_assert(frame_add(&d->frame, &name, (struct place){0}, &d->leaf[i], &why));
	}
	cr_assert(frame_finish(&d->frame, &why), "%s", why.item[0].words);
	d->linear = (struct linear){.frame = &d->frame};
}

static inline struct api *api_read(const char *design)
{
	struct api *d = arena_new(&arena, 1, sizeof *d);
	const struct api_design *how = api_designs;

	gsl_set_error_handler_off();
	while (strcmp(how->name, design))
		how++;
	d->table = *api_table("estimate_rows.csv");
	d->weight = arena_new(&arena, d->table.rows, sizeof *d->weight);
	d->leaf = arena_new(&arena, d->table.rows, sizeof *d->leaf);
	while (!span_is(api_cell(&d->table, d->first, "data"), how->data))
		d->first++;
	for (size_t i = d->first;
	     i < d->table.rows && span_is(api_cell(&d->table, i, "data"), how->data); i++)
		d->weight[d->rows.n++] = api_number(&d->table, i, "pw");
	d->rows.weight = d->weight;
	d->rows.leaf = d->leaf;
	api_design(d, how);
	return d;
}

static inline double *api_column(const struct api *d, const char *name)
{
	double *x = arena_new(&arena, d->rows.n, sizeof *x);

	for (size_t i = 0; i < d->rows.n; i++)
		x[i] = api_number(&d->table, d->first + i, name);
	return x;
}

/* Rows with this value. */
static inline bool *api_rows_with(const struct api *d, const char *column, const char *value)
{
	bool *in = arena_new(&arena, d->rows.n, sizeof *in);

	for (size_t i = 0; i < d->rows.n; i++)
		in[i] = span_is(api_cell(&d->table, d->first + i, column), value);
	return in;
}

/* Invented rows of weight 1 in one stratum without correction: row i in unit i % units, or each its
 * own unit (units = 0). */
struct made {
	struct frame frame;
	struct linear linear;
	struct rows rows;
	double *weight;
	size_t *leaf;
};

static inline struct made *api_made(size_t n, size_t units)
{
	struct made *m = arena_new(&arena, 1, sizeof *m);
	struct diag why = {0};

	gsl_set_error_handler_off();
	m->weight = arena_new(&arena, n, sizeof *m->weight);
	m->leaf = arena_new(&arena, n, sizeof *m->leaf);
	frame_start(&arena, 1, true, units == 0, &m->frame);
	for (size_t i = 0; i < n; i++) {
		char unit = (char)('a' + (units ? i % units : 0));
		struct frame_name name = {{"", 0}, {&unit, 1}, INFINITY};

		cr_assert(frame_add(&m->frame, &name, (struct place){0}, &m->leaf[i], &why));
		m->weight[i] = 1;
	}
	cr_assert(frame_finish(&m->frame, &why));
	m->linear = (struct linear){.frame = &m->frame};
	m->rows = (struct rows){n, m->weight, m->leaf};
	return m;
}

/* Relative; absolute for a reference of 0. */
static inline void api_close(double got, double want, double tolerance, const char *what,
			     size_t row)
{
	double scale = want == 0 ? 1 : fabs(want);

	cr_expect(isnan(want) ? isnan(got) : fabs(got - want) <= tolerance * scale,
		  "row %zu %s: %.17g, want %.17g (%.2g)", row, what, got, want,
		  (got - want) / scale);
}

#endif
