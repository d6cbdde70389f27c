/* filed.h -- a small file of answers, written in the test, read into a tally and into columns. */
#ifndef TESTS_FILED_H
#define TESTS_FILED_H

#include "help.h"

#include "estimate/estimate.h"
#include "estimate/rowwise.h"
#include "survey/columns.h"
#include "survey/slots.h"
#include "survey/tally_rows.h"

#include <gsl/gsl_errno.h>
#include <math.h>

struct filed {
	struct plan plan;
	struct answers answers;
	struct tally tally;
	struct columns columns;
	struct diag why;
	bool read; /* went well */
};

/* A plan with these columns of the design ("" = none; strata joined by "*", units and populations
 * by ","), and one margin without factors. */
static inline struct filed *filed_plan(const char *weight, const char *strata, const char *units,
				       const char *fpc)
{
	struct filed *f = arena_new(&arena, 1, sizeof *f);
	struct design *d = &f->plan.design;
	struct text rest, part;

	gsl_set_error_handler_off();
	d->weight = span_of(weight);
	for (rest = span_of(strata); *strata && span_split(&rest, '*', &part);)
		d->stratum[d->n_strata++] = part;
	for (rest = span_of(units); *units && span_split(&rest, ',', &part);)
		d->unit[d->n_units++] = part;
	for (rest = span_of(fpc); *fpc && span_split(&rest, ',', &part);)
		d->fpc[d->n_fpc++] = part;
	f->plan.margin = arena_new(&arena, 1, sizeof *f->plan.margin);
	f->plan.n_margins = 1;
	return f;
}

/* Another variable; `counting` is a list such as "4,5", or NULL. */
static inline struct variable *filed_variable(struct filed *f, enum variable_kind kind,
					      const char *column, const char *counting)
{
	struct plan *p = &f->plan;
	struct text *list = arena_new(&arena, 8, sizeof *list), rest = span_of(counting), part;
	struct variable *v;

	p->variable = arena_grow(&arena, p->variable, p->n_variables, sizeof *p->variable);
	v = &p->variable[p->n_variables++];
	*v = (struct variable){.kind = kind, .column = span_of(column), .counting = list};
	while (counting && span_split(&rest, ',', &part))
		list[v->n_counting++] = part;
	return v;
}

/* Another factor, in the last margin too. */
static inline struct factor *filed_factor(struct filed *f, const char *column)
{
	struct plan *p = &f->plan;
	struct margin *m = &p->margin[p->n_margins - 1];

	p->factor = arena_grow(&arena, p->factor, p->n_factors, sizeof *p->factor);
	p->factor[p->n_factors] = (struct factor){.column = span_of(column)};
	m->factor[m->n++] = p->n_factors;
	return &p->factor[p->n_factors++];
}

static inline void filed_take(void *sink, const struct answer *row)
{
	struct filed *f = sink;

	tally_add(&f->tally, row);
	columns_add(&f->columns, row);
}

static inline void filed_start(struct filed *f)
{
	answers_start(&arena, &f->plan, &f->answers);
	tally_start(&arena, &f->plan, &f->answers, &f->tally);
	columns_start(&arena, &f->plan, &f->columns);
}

static inline bool filed_part(struct filed *f, const char *name, const char *bytes)
{
	return answers_read(&arena, &f->plan, file_of(name, bytes, strlen(bytes)), &f->answers,
			    filed_take, f, &f->why);
}

static inline bool filed_finish(struct filed *f)
{
	f->read = answers_finish(&f->plan, &f->answers, &f->why);
	if (f->read)
		tally_finish(&f->tally);
	return f->read;
}

/* Reads the bytes; whether that went well is in f->read and f->why. */
static inline struct filed *filed_try(struct filed *f, const char *bytes)
{
	filed_start(f);
	f->read = filed_part(f, "a.csv", bytes) && filed_finish(f);
	return f;
}

static inline struct filed *filed_read(struct filed *f, const char *bytes)
{
	filed_try(f, bytes);
	cr_assert(f->read, "%s", f->why.item[0].words);
	return f;
}

static inline struct estimate_options filed_options(enum statistic s)
{
	return (struct estimate_options){
		.statistic = s, .interval = INTERVAL_LOGIT, .level = 0.95, .lonely = LONELY_ADJUST};
}

static inline struct result *filed_tally(const struct filed *f, const struct estimate_options *o)
{
	struct result *r = arena_new(&arena, 1, sizeof *r);

	estimate_tally(&arena, &f->tally, o, r);
	return r;
}

/* The same from the rows one by one. */
static inline struct result *filed_rowwise(const struct filed *f, const struct estimate_options *o)
{
	struct result *r = arena_new(&arena, 1, sizeof *r);
	struct rowwise rows = {.columns = &f->columns,
			       .answers = &f->answers,
			       .weight = f->columns.weight,
			       .variance = "taylor"};

	rowwise_result(&arena, &rows, o, r);
	return r;
}

/* The row of a domain ("" = everybody), item and category; the test ends when it is not there. */
static inline const struct result_row *filed_row(const struct result *r, const char *domain,
						 const char *item, const char *category)
{
	for (size_t i = 0; i < r->n; i++)
		if (span_is(r->row[i].domain, domain) && span_is(r->row[i].item, item) &&
		    span_is(r->row[i].category, category))
			return &r->row[i];
	cr_fatal("no row for \"%s\", %s, \"%s\"", domain, item, category);
	return NULL;
}

/* Relative; absolute for a reference of 0; NaN wants NaN. */
static inline void check_close(double got, double want, double tolerance, const char *what)
{
	double scale = want == 0 ? 1 : fabs(want);

	cr_expect(isnan(want) ? isnan(got) : got == want || fabs(got - want) <= tolerance * scale,
		  "%s: %.17g, want %.17g (%.2g)", what, got, want, (got - want) / scale);
}

/* The same rows, to the last digits but three. Why a number is missing may be told otherwise. */
static inline void filed_same(const struct result *a, const struct result *b)
{
	cr_assert(eq(sz, a->n, b->n));
	for (size_t i = 0; i < a->n; i++) {
		const struct result_row *x = &a->row[i], *y = &b->row[i];
		const double got[] = {y->estimate, y->se, y->ci_low, y->ci_high,  y->df,
				      y->deff,     y->n,  y->n_eff,  y->deff_kish},
			     want[] = {x->estimate, x->se, x->ci_low, x->ci_high,  x->df,
				       x->deff,     x->n,  x->n_eff,  x->deff_kish};

		for (size_t k = 0; k < COUNT(got); k++)
			check_close(got[k], want[k], 1e-12,
				    arena_format(&arena, "row %zu, number %zu", i, k).at);
		check_text(y->domain, arena_string(&arena, x->domain));
		check_text(y->category, arena_string(&arena, x->category));
		check_text(y->method, arena_string(&arena, x->method));
		if (!isnan(x->estimate))
			check_text(y->reason[LANG_EN], arena_string(&arena, x->reason[LANG_EN]));
		cr_expect(eq(int, (int)y->flags, (int)x->flags), "row %zu", i);
	}
}

#endif
