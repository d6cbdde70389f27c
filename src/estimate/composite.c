#include "estimate/composite.h"

#include "estimate/powermean.h"
#include "estimate/rows.h"

#include <math.h>
#include <string.h>

/* Means, scores and index of a group under one set of weights. */
struct chain {
	double *weight; /* sum over the answers to each question */
	double *mean, *score;
	double index;
	const char *reason; /* why there is no index */
};

struct context {
	struct arena *arena;
	const struct rowwise *r;
	const struct composite_rule *rule;
	struct estimates *e;
	struct linear linear;
	struct rows rows;
	size_t n;            /* questions */
	size_t *first, *row; /* rows of each group */
	size_t cell;         /* the group at hand */
	struct chain chain;  /* its own */
	double *weight;      /* of the questions, in the index */
	double *slope;       /* of the index by score */
	double *z;           /* by row of the file */
	bool *in;
	size_t *member; /* rows with an answer to the subject */
	size_t n_members;
	struct chain spare; /* of a replicate */
	double *theta;      /* of every subject, by replicate */
};

static struct chain chain_new(struct arena *a, size_t n)
{
	return (struct chain){.weight = arena_new(a, n, sizeof(double)),
			      .mean = arena_new(a, n, sizeof(double)),
			      .score = arena_new(a, n, sizeof(double))};
}

/* Points of score for one point of the mean. */
static double stretch(const struct composite_rule *rule, size_t j)
{
	const struct composite_part *p = &rule->part[j];
	double factor = (rule->high - rule->low) / (p->max - p->min);

	return p->down ? -factor : factor;
}

static double score_of(const struct composite_rule *rule, size_t j, double mean)
{
	const struct composite_part *p = &rule->part[j];

	return rule->low + stretch(rule, j) * (mean - (p->down ? p->max : p->min));
}

/* w[row * step] are the weights. */
static void compute(const struct context *c, const double *w, size_t step, struct chain *out)
{
	for (size_t j = 0; j < c->n; j++) {
		double sum = 0;

		out->weight[j] = 0;
		for (size_t i = c->first[c->cell]; i < c->first[c->cell + 1]; i++) {
			double y = columns_value(c->r->columns, c->row[i], j);

			if (isnan(y))
				continue;
			out->weight[j] += w[c->row[i] * step];
			sum += w[c->row[i] * step] * y;
		}
		out->mean[j] = out->weight[j] > 0 ? sum / out->weight[j] : NAN;
		out->score[j] = score_of(c->rule, j, out->mean[j]);
	}
	out->index = powermean(c->rule->power, c->n, out->score, c->weight, c->rule->threshold,
			       &out->reason);
}

/* Question 0 .. n - 1, or n: the index. */
static double value_of(const struct context *c, const struct chain *chain, size_t subject)
{
	return subject == c->n ? chain->index : chain->score[subject];
}

/* ---- rows with an answer ------------------------------------------------------------------- */

static bool answers(const struct context *c, size_t row, size_t subject)
{
	size_t end = subject == c->n ? c->n : subject + 1;

	for (size_t j = subject == c->n ? 0 : subject; j < end; j++)
		if (!isnan(columns_value(c->r->columns, row, j)))
			return true;
	return false;
}

static void choose_members(struct context *c, size_t subject)
{
	c->n_members = 0;
	for (size_t i = c->first[c->cell]; i < c->first[c->cell + 1]; i++)
		if (answers(c, c->row[i], subject))
			c->member[c->n_members++] = c->row[i];
}

/* ---- variances ----------------------------------------------------------------------------- */

static double influence(const struct context *c, size_t row, size_t subject)
{
	double z = 0;

	for (size_t j = 0; j < c->n; j++) {
		double y = columns_value(c->r->columns, row, j);
		double slope = subject == c->n ? c->slope[j] : subject == j;

		if (slope != 0 && !isnan(y))
			z += slope * stretch(c->rule, j) * (y - c->chain.mean[j]) /
			     c->chain.weight[j];
	}
	return c->r->weight[row] * z;
}

/* What simple random sampling would have to estimate the mean of: a question's scores, or the
 * linearised variable of the index (its influence as of a mean). */
static double variable_of(const struct context *c, size_t row, size_t subject, double weight)
{
	if (subject < c->n)
		return score_of(c->rule, subject, columns_value(c->r->columns, row, subject));
	return influence(c, row, subject) / c->r->weight[row] * weight;
}

static struct moments moments_of(const struct context *c, size_t subject)
{
	struct moments m = {0};

	for (size_t i = 0; i < c->n_members; i++) {
		double w = c->r->weight[c->member[i]];

		m.n += w != 0;
		m.w += w;
		m.ww += w * w;
	}
	for (size_t i = 0; i < c->n_members; i++) {
		double w = c->r->weight[c->member[i]], y;

		if (w == 0)
			continue;
		y = variable_of(c, c->member[i], subject, m.w);
		m.wy += w * y;
		m.wyy += w * y * y;
	}
	return m;
}

static double taylor(struct context *c, size_t subject, struct estimated *out)
{
	const struct rowwise *r = c->r;
	size_t lonely = 0;
	double variance;

	memset(c->z, 0, r->columns->n * sizeof *c->z);
	for (size_t i = 0; i < c->n_members; i++)
		c->z[c->member[i]] = influence(c, c->member[i], subject);
	for (size_t i = 0; i < r->n_calibrations; i++)
		calibrate_residuals(&r->calibration[i], 1, c->z);
	if (!rows_covariance(&c->linear, &c->rows, c->z, r->n_calibrations ? NULL : c->in, 1,
			     &variance, &lonely))
		out->reason = span_of("a stratum has one sampling unit only");
	if (lonely)
		out->flags |= FLAG_LONELY;
	return variance;
}

/* Every question and the index under every replicate's weights. */
static void replicate_chain(struct context *c)
{
	const struct replicates *r = c->r->replicates;

	for (size_t i = 0; i < r->n; i++) {
		compute(c, c->r->replicate_weight + i, r->n, &c->spare);
		for (size_t k = 0; k <= c->n; k++)
			c->theta[k * r->n + i] = value_of(c, &c->spare, k);
	}
}

static double spread(const struct context *c, size_t subject)
{
	const struct replicates *r = c->r->replicates;
	double value = value_of(c, &c->chain, subject), variance;

	replicate_covariance(r, 1, &value, c->theta + subject * r->n, &variance);
	return variance;
}

static double degrees(const struct context *c)
{
	const struct estimate_options *o = c->e->options;

	if (o->df == DF_INFINITE || o->df == DF_GIVEN)
		return estimate_df(o, c->linear.frame, &(struct leaves){0});
	if (!rowwise_design_known(c->r))
		return rowwise_replicate_df(c->r, c->n_members, c->member);
	if (o->df == DF_DESIGN)
		return linear_design_df(c->linear.frame);
	return rows_df(&c->linear, &c->rows, c->in);
}

/* ---- rows of the result -------------------------------------------------------------------- */

static void enter(struct context *c, size_t cell)
{
	c->cell = cell;
	compute(c, c->r->weight, 1, &c->chain);
	powermean_slopes(c->rule->power, c->n, c->chain.score, c->weight, c->chain.index, c->slope);
	if (c->r->replicates)
		replicate_chain(c);
}

/* Variable 0 is the index, those behind it are the questions. */
static void make_row(struct context *c, struct estimated *out)
{
	const struct subject *s = &out->about;
	size_t subject = s->variable == 0 ? c->n : s->variable - 1;
	struct moments m;
	double value, variance = NAN, df;

	if (s->variable == 0)
		enter(c, s->cell);
	choose_members(c, subject);
	for (size_t i = 0; i < c->n_members; i++)
		c->in[c->member[i]] = true;
	m = moments_of(c, subject);
	df = degrees(c);
	value = value_of(c, &c->chain, subject);
	if (!isnan(value))
		variance = c->r->replicates ? spread(c, subject) : taylor(c, subject, out);
	else if (subject == c->n)
		out->reason = span_of(c->chain.reason);
	estimate_finish(c->e, false, &m, value, variance, df, c->r->variance, out);
	out->method = arena_format(c->arena, "%.*s:composite:%.*s", SPAN_ARG(out->method),
				   SPAN_ARG(c->rule->name));
	for (size_t i = 0; i < c->n_members; i++)
		c->in[c->member[i]] = false;
}

/* The plan with the index as its first variable. */
static struct plan with_total(struct arena *a, const struct plan *p)
{
	struct plan out = *p;

	out.variable = arena_new(a, p->n_variables + 1, sizeof *out.variable);
	out.variable[0] = (struct variable){.column = span_of("total")};
	memcpy(out.variable + 1, p->variable, p->n_variables * sizeof *p->variable);
	out.n_variables++;
	return out;
}

void composite_result(struct arena *a, const struct rowwise *r, const struct composite_rule *rule,
		      const struct estimate_options *o, struct result *out)
{
	const struct columns *k = r->columns;
	const struct plan plan = with_total(a, k->plan);
	size_t n = k->plan->n_variables;
	struct estimates e = {.arena = a, .options = o, .stat = span_of("index")};
	struct context c = {.arena = a,
			    .r = r,
			    .rule = rule,
			    .e = &e,
			    .linear = {&r->answers->frame, o->lonely, o->domain_lonely},
			    .rows = {k->n, r->weight, k->leaf},
			    .n = n,
			    .chain = chain_new(a, n),
			    .spare = chain_new(a, n),
			    .weight = arena_new(a, n, sizeof *c.weight),
			    .slope = arena_new(a, n, sizeof *c.slope),
			    .z = arena_new(a, k->n, sizeof *c.z),
			    .in = arena_new(a, k->n, sizeof *c.in),
			    .member = arena_new(a, k->n, sizeof *c.member)};

	if (r->replicates)
		c.theta = arena_new(a, (n + 1) * r->replicates->n, sizeof *c.theta);
	for (size_t j = 0; j < n; j++)
		c.weight[j] = rule->part[j].weight;
	columns_by_cell(a, k, r->answers->cells.index->n, &c.first, &c.row);
	estimate_list(&e, &plan, &r->answers->cells);
	for (size_t i = 0; i < e.n; i++)
		make_row(&c, &e.at[i]);
	estimate_result(&e, out);
}
