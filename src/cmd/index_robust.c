#include "cmd/index_robust.h"

#include "analysis/sensitivity.h"

#include <math.h>
#include <string.h>

enum input { INPUT_WEIGHTS, INPUT_NORMALISE, INPUT_AGGREGATE, INPUT_COUNT };

static const char *const input_names[INPUT_COUNT] = {"weights", "normalise", "aggregate"};

#define MOST_CHOICES 4

struct robust {
	const struct composite *c;
	bool varies[INPUT_COUNT];
	double spread; /* of the weights */
	long draws, seed;
	size_t n_scores, n_means;
	double *score[MOST_CHOICES]; /* rows of items; NaN of units without an index */
	double power[MOST_CHOICES];
	double *weight, *rank, *rank_as_asked;
	size_t n_inputs;
	enum input input[INPUT_COUNT]; /* those that vary */
	size_t width[INPUT_COUNT];     /* of their random numbers */
	struct text method;
};

/* ---- what is asked ------------------------------------------------------------------------- */

static bool read_spread(struct text word, struct robust *r, struct diag *why)
{
	struct text rest = word, head;

	span_split(&rest, ':', &head);
	if (number_parse(rest, &r->spread) && r->spread > 0 && r->spread < 1)
		return true;
	return diag_fail(why, DIAG_USAGE, "--vary: \"%.*s\": X in weights:X lies between 0 and 1",
			 SPAN_ARG(word));
}

static bool read_vary(const struct session *s, struct robust *r, struct diag *why)
{
	const char *value = s->options.value[OPT_VARY];
	struct text rest = span_of(value ? value : "weights,normalise,aggregate"), word;

	r->spread = 0.25;
	while (span_split(&rest, ',', &word)) {
		size_t i = 0;
		bool spread = span_starts(word, "weights:");

		while (i < INPUT_COUNT && !(spread && i == INPUT_WEIGHTS) &&
		       !span_is(word, input_names[i]))
			i++;
		if (i == INPUT_COUNT || r->varies[i]) {
			diag_fail(why, DIAG_USAGE, "--vary: \"%.*s\" is %s", SPAN_ARG(word),
				  i == INPUT_COUNT ? diag_word(why, "not known")
						   : diag_word(why, "there twice"));
			return diag_hint(why, "%s", diag_word(why, option_specs[OPT_VARY].help));
		}
		r->varies[i] = true;
		if (spread && !read_spread(word, r, why))
			return false;
	}
	return true;
}

static bool scores_positive(const struct robust *r)
{
	const struct indicators *t = &r->c->table;

	if (r->varies[INPUT_NORMALISE])
		return r->c->rules.low > 0;
	for (size_t i = 0; i < t->rows * t->items; i++)
		if (r->c->score[i] <= 0)
			return false;
	return true;
}

/* Choices that would compare what cannot be compared, or have no score. */
static bool may_vary(const struct robust *r, enum input input, struct diag *no)
{
	const struct index_rules *rules = &r->c->rules;
	enum normalise n = rules->normalise;
	bool means = input == INPUT_AGGREGATE || index_rules_positive(rules);

	if (input == INPUT_NORMALISE && n != NORMALISE_MINMAX && n != NORMALISE_GOALPOST &&
	    n != NORMALISE_Z && n != NORMALISE_PERCENTILE)
		return diag_fail(no, DIAG_USAGE,
				 "it goes with minmax, goalpost, z and percentile scores, not %s",
				 normalise_name(n));
	if (input == INPUT_AGGREGATE && rules->copeland)
		return diag_fail(no, DIAG_USAGE, "copeland is no mean");
	return !means || scores_positive(r) ||
	       diag_fail(no, DIAG_USAGE,
			 "geometric and harmonic means need scores above 0, and some are not; "
			 "--range 1,100 makes them so");
}

/* What is asked for is refused where it cannot be; of what is drawn unasked it is left out, and
 * told. */
static bool check_input(const struct session *s, struct robust *r, enum input input,
			struct diag *why)
{
	struct diag no = {.translation = why->translation};

	if (!r->varies[input] || may_vary(r, input, &no))
		return true;
	if (s->options.value[OPT_VARY])
		return diag_fail(why, DIAG_USAGE, "--vary %s: %s", input_names[input],
				 no.item[0].words);
	r->varies[input] = false;
	diag_warn(why, "--robustness does not vary %s: %s", input_names[input], no.item[0].words);
	return true;
}

/* In this order: what means need depends on the scores that are drawn. */
static bool check_choices(const struct session *s, struct robust *r, struct diag *why)
{
	return check_input(s, r, INPUT_NORMALISE, why) && check_input(s, r, INPUT_AGGREGATE, why);
}

/* ---- choices ------------------------------------------------------------------------------- */

/* Scores by a method, on the range of the index. */
static bool add_scores(struct session *s, struct robust *r, enum normalise method, struct diag *why)
{
	const struct indicators *t = &r->c->table;
	const struct index_rules *rules = &r->c->rules;
	struct normalise_rule *rule = arena_new(s->arena, t->items, sizeof *rule);
	struct normalised *made = arena_new(s->arena, t->items, sizeof *made);
	double *score = arena_new(s->arena, t->rows * t->items, sizeof *score);
	double range = rules->high - rules->low;

	for (size_t j = 0; j < t->items; j++) {
		rule[j] = r->c->rule[j];
		rule[j].method = method;
		if (method == NORMALISE_MINMAX && rules->normalise == NORMALISE_GOALPOST)
			rule[j].min = rule[j].max =
				NAN; /* another choice of bounds: the sample's */
	}
	if (!compound_scores(t, rule, score, made, why))
		return false;
	for (size_t i = 0; i < t->rows * t->items; i++) {
		if (method == NORMALISE_Z)
			score[i] = rules->low + range * (50 + 10 * score[i]) / 100;
		if (method == NORMALISE_PERCENTILE)
			score[i] = rules->low + range * score[i];
	}
	r->score[r->n_scores++] = score;
	return true;
}

/* Scores as asked. */
static void keep_scores(struct session *s, struct robust *r)
{
	size_t n = r->c->table.rows * r->c->table.items;
	double *score = arena_new(s->arena, n, sizeof *score);

	memcpy(score, r->c->score, n * sizeof *score);
	r->score[r->n_scores++] = score;
}

/* Which units have an index is decided once, by the weights as asked: the others lose their scores,
 * and those that have one keep it when their missing parts happen to weigh more. */
static void drop_units(struct robust *r)
{
	const struct indicators *t = &r->c->table;

	for (size_t k = 0; k < r->n_scores; k++)
		for (size_t i = 0; i < t->rows * t->items; i++)
			if (isnan(r->c->index[i / t->items]))
				r->score[k][i] = NAN;
}

static bool choose_scores(struct session *s, struct robust *r, struct diag *why)
{
	static const enum normalise others[] = {NORMALISE_MINMAX, NORMALISE_Z,
						NORMALISE_PERCENTILE};

	if (!r->varies[INPUT_NORMALISE] || r->c->rules.normalise == NORMALISE_GOALPOST)
		keep_scores(s, r);
	for (size_t i = 0; i < 3 && r->varies[INPUT_NORMALISE]; i++)
		if (!add_scores(s, r, others[i], why))
			return false;
	drop_units(r);
	return true;
}

static void choose_means(struct robust *r)
{
	double asked = r->c->rules.power;

	for (int p = 1; p >= -1 && r->varies[INPUT_AGGREGATE]; p--)
		r->power[r->n_means++] = p;
	if (!r->varies[INPUT_AGGREGATE] || (asked != 1 && asked != 0 && asked != -1))
		r->power[r->n_means++] = asked;
}

static void choose_inputs(struct session *s, struct robust *r)
{
	r->method = arena_format(s->arena, "robustness:draws=%ld:seed=%ld", r->draws, r->seed);
	for (size_t i = 0; i < INPUT_COUNT; i++) {
		if (!r->varies[i])
			continue;
		r->method = arena_format(s->arena, "%.*s%s%s", SPAN_ARG(r->method),
					 r->n_inputs ? "+" : ":", input_names[i]);
		if (i == INPUT_WEIGHTS)
			r->method =
				arena_format(s->arena, "%.*s=%g", SPAN_ARG(r->method), r->spread);
		r->width[r->n_inputs] = i == INPUT_WEIGHTS ? r->c->table.items : 1;
		r->input[r->n_inputs++] = (enum input)i;
	}
}

/* ---- the model ----------------------------------------------------------------------------- */

static size_t pick(double u, size_t n)
{
	return (size_t)(u * (double)n); /* u is below 1 */
}

/* The mean |rank - rank as asked| of a year; NaN when a unit that had an index has none. */
static double rank_shift(const struct robust *r, const struct indicators_year *year)
{
	double sum = 0, n = 0;

	for (size_t i = year->first; i < year->first + year->n; i++) {
		if (isnan(r->rank_as_asked[i]))
			continue;
		sum += fabs(r->rank[i] - r->rank_as_asked[i]);
		n++;
	}
	return n > 0 ? sum / n : NAN;
}

/* The index of every row, then the shift of every year. */
static void model(void *context, const double *u, double *y)
{
	struct robust *r = context;
	const struct indicators *t = &r->c->table;
	struct compound_rule rule = r->c->mean;
	const double *score = r->score[0];

	rule.threshold = 0; /* see drop_units */
	rule.power = r->power[0];
	if (r->varies[INPUT_WEIGHTS]) {
		for (size_t j = 0; j < t->items; j++)
			r->weight[j] = r->c->mean.weight[j] * (1 + r->spread * (2 * *u++ - 1));
		rule.weight = r->weight;
	}
	if (r->varies[INPUT_NORMALISE])
		score = r->score[pick(*u++, r->n_scores)];
	if (r->varies[INPUT_AGGREGATE])
		rule.power = r->power[pick(*u, r->n_means)];
	compound_index(t, score, &rule, y, NULL);
	compound_ranks(t, y, r->rank);
	for (size_t k = 0; k < t->years; k++)
		y[t->rows + k] = rank_shift(r, &t->year[k]);
}

/* ---- rows ---------------------------------------------------------------------------------- */

/* A row without number; unit `row`, or the year of that row where `year` is. */
static struct result_row start(const struct robust *r, size_t row, bool year, const char *stat)
{
	struct result_row out = index_table_row(r->c, row);

	if (year)
		out.province_name = span_of("");
	out.item = span_of("total");
	out.stat = span_of(stat);
	out.method = r->method;
	out.n = (double)r->draws;
	return out;
}

static void add(struct session *s, struct result *out, struct result_row row, double value)
{
	row.estimate = value;
	if (isnan(value))
		row.reason[LANG_EN] = span_of("no index in some draw, or the same in all");
	result_add(s->arena, out, &row);
}

/* Share of the n ranks (sorted, `there` of them) that lie in a quarter of `ranked` units. */
static double in_quarter(const double *rank, size_t there, size_t quarter, double ranked)
{
	double from = floor((double)quarter * ranked / 4 + 0.5), n = 0;
	double to = floor((double)(quarter + 1) * ranked / 4 + 0.5);

	for (size_t i = 0; i < there; i++)
		n += rank[i] > from && rank[i] <= to;
	return there ? n / (double)there : NAN;
}

/* rank: of one unit in every draw, sorted here. */
static void add_unit(struct session *s, const struct robust *r, size_t row, double *rank,
		     double ranked, struct result *out)
{
	static const struct {
		const char *stat;
		double share;
	} at[] = {{"rank_median", 0.5},
		  {"rank_p05", 0.05},
		  {"rank_p95", 0.95},
		  {"rank_best", 0},
		  {"rank_worst", 1}};
	static const char *const quarters[] = {"rank_quarter1", "rank_quarter2", "rank_quarter3",
					       "rank_quarter4"};
	size_t there = 0;

	for (long i = 0; i < r->draws; i++)
		there += isnan(rank[i]) ? 0 : 1;
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		struct result_row one = start(r, row, false, at[i].stat);

		one.n = (double)there;
		add(s, out, one, sensitivity_at((size_t)r->draws, rank, at[i].share));
	}
	for (size_t q = 0; q < 4; q++) {
		struct result_row one = start(r, row, false, quarters[q]);

		one.n = (double)there;
		add(s, out, one, in_quarter(rank, there, q, ranked));
	}
}

static void add_sobol(struct session *s, const struct robust *r, const struct sensitivity *found,
		      size_t output, struct result_row row, struct result *out)
{
	size_t outputs = r->c->table.rows + r->c->table.years;

	for (size_t i = 0; i < r->n_inputs; i++) {
		row.item = span_of(input_names[r->input[i]]);
		row.stat = span_of("sobol_first");
		add(s, out, row, found->first[i * outputs + output]);
		row.stat = span_of("sobol_total");
		add(s, out, row, found->total[i * outputs + output]);
	}
}

/* Ranks of every row in every draw, row by row. */
static double *ranks_of(struct session *s, const struct robust *r, const struct sensitivity *found)
{
	const struct indicators *t = &r->c->table;
	size_t draws = (size_t)r->draws;
	double *rank = arena_new(s->arena, t->rows, draws * sizeof *rank);

	for (size_t d = 0; d < draws; d++) {
		compound_ranks(t, found->sample + d * (t->rows + t->years), r->rank);
		for (size_t i = 0; i < t->rows; i++)
			rank[i * draws + d] = r->rank[i];
	}
	return rank;
}

static void add_year(struct session *s, const struct robust *r, const struct sensitivity *found,
		     size_t year, double *rank, struct result *out)
{
	const struct indicators *t = &r->c->table;
	const struct indicators_year *y = &t->year[year];
	size_t outputs = t->rows + t->years;
	double shift = 0, ranked = 0;

	for (size_t i = y->first; i < y->first + y->n; i++)
		ranked += !isnan(r->rank_as_asked[i]);
	for (long d = 0; d < r->draws; d++)
		shift += found->sample[(size_t)d * outputs + t->rows + year];
	add(s, out, start(r, y->first, true, "rank_shift"), shift / (double)r->draws);
	add_sobol(s, r, found, t->rows + year, start(r, y->first, true, ""), out);
	for (size_t i = y->first; i < y->first + y->n; i++) {
		if (isnan(r->rank_as_asked[i]))
			continue;
		add_unit(s, r, i, rank + i * (size_t)r->draws, ranked, out);
		add_sobol(s, r, found, i, start(r, i, false, ""), out);
	}
}

/* ---- for people ---------------------------------------------------------------------------- */

static struct text words_of(struct session *s, const struct robust *r)
{
	static const char *const keys[INPUT_COUNT] = {"word.vary.weights", "word.vary.normalise",
						      "word.vary.aggregate"};
	struct text words = {"", 0};

	for (size_t i = 0; i < r->n_inputs; i++)
		words = index_rules_listed(
			s->arena, words,
			PHRASE_FILL(
				&s->phrases, keys[r->input[i]],
				{"spread", number_written(s->arena, 100 * r->spread, s->lang)}));
	return PHRASE_FILL(&s->phrases, "note.robust",
			   {"draws", number_shown(s->arena, (double)r->draws, 0, s->lang)},
			   {"seed", number_written(s->arena, (double)r->seed, s->lang)},
			   {"inputs", words});
}

/* ---- all of it ----------------------------------------------------------------------------- */

static bool run(struct session *s, struct robust *r, struct result *out, struct diag *why)
{
	const struct indicators *t = &r->c->table;
	struct sensitivity found;
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	double *rank;

	if (!rng)
		return diag_fail(why, DIAG_FAILED, "not enough memory");
	gsl_rng_set(rng, (unsigned long)r->seed);
	r->weight = arena_new(s->arena, t->items, sizeof *r->weight);
	r->rank = arena_new(s->arena, t->rows, sizeof *r->rank);
	r->rank_as_asked = arena_new(s->arena, t->rows, sizeof *r->rank_as_asked);
	compound_ranks(t, r->c->index, r->rank_as_asked);
	sensitivity_run(s->arena,
			&(struct sensitivity_plan){r->n_inputs, r->width, (size_t)r->draws,
						   t->rows + t->years, model, r},
			rng, &found);
	gsl_rng_free(rng);
	rank = ranks_of(s, r, &found);
	for (size_t y = 0; y < t->years; y++)
		add_year(s, r, &found, y, rank, out);
	return true;
}

bool index_robust(struct session *s, const struct composite *c, struct result *out,
		  struct text *made, struct diag *why)
{
	struct robust r = {.c = c};

	*made = (struct text){"", 0};
	if (!s->options.value[OPT_ROBUSTNESS] && !s->options.value[OPT_VARY])
		return !s->options.value[OPT_SEED] ||
		       diag_fail(why, DIAG_USAGE, "--seed does nothing without --robustness");
	if (!asked_whole(s, OPT_ROBUSTNESS, 2, 100000, 1000, &r.draws, why) ||
	    !asked_whole(s, OPT_SEED, 0, 2147483647, 1, &r.seed, why) || !read_vary(s, &r, why) ||
	    !check_choices(s, &r, why) || !choose_scores(s, &r, why))
		return false;
	choose_means(&r);
	choose_inputs(s, &r);
	*made = words_of(s, &r);
	return run(s, &r, out, why);
}
