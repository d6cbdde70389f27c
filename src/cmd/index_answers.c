#include "cmd/index_answers.h"

#include "cmd/asked.h"
#include "cmd/index_rules.h"
#include "cmd/load.h"
#include "cmd/weighting.h"
#include "estimate/composite.h"
#include "output/table_estimate.h"

#include <math.h>
#include <string.h>

bool index_answers_asked(const struct session *s, bool table)
{
	static const enum option design[] = {OPT_WEIGHT, OPT_STRATA, OPT_PSU, OPT_REPWEIGHTS};

	for (size_t i = 0; i < sizeof design / sizeof *design; i++)
		if (s->options.value[design[i]])
			return true;
	return s->options.value[OPT_ITEM] && (table || s->options.value[OPT_COMPONENTS]);
}

/* Options that would be passed over are a misunderstanding. */
static bool check_options(const struct session *s, struct diag *why)
{
	static const enum option others[] = {
		OPT_YEAR,       OPT_PROVINCE,  OPT_METHOD,      OPT_GAPS,  OPT_EXPECTING,
		OPT_NORMALISE,  OPT_OUTLIERS,  OPT_ROBUSTNESS,  OPT_VARY,  OPT_SYSTEM,
		OPT_POPULATION, OPT_BASE_YEAR, OPT_RENORMALISE, OPT__COUNT};
	const char *aggregate = s->options.value[OPT_AGGREGATE];
	const char *weights = s->options.value[OPT_WEIGHTS];

	if (!asked_none(s, others, N_("a lone file of answers"), why))
		return false;
	if (aggregate && strcmp(aggregate, "copeland") == 0)
		return diag_fail(why, DIAG_USAGE,
				 "--aggregate copeland compares the units of a table of "
				 "indicators");
	if (weights && strcmp(weights, "pca") == 0)
		return diag_fail(why, DIAG_USAGE,
				 "--weights pca is information on a table of indicators");
	if (s->options.value[OPT_COMPONENTS])
		return true;
	diag_fail(why, DIAG_USAGE, "--components is missing: what are the bounds of the items?");
	return diag_hint(why, "a CSV file: indicator,min,max and what else is needed");
}

/* Without --item all components are meant. */
static void default_items(struct session *s, const struct components *c)
{
	struct text list = {"", 0};

	for (size_t i = 0; i < c->n && !s->options.value[OPT_ITEM]; i++)
		list = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(list), i ? "," : "",
				    SPAN_ARG(c->at[i].name));
	if (!s->options.value[OPT_ITEM])
		s->options.value[OPT_ITEM] = list.at;
}

/* The part of the index that each variable is. */
static bool find_parts(struct session *s, const struct index_rules *rules, const struct plan *p,
		       struct composite_rule *out, struct diag *why)
{
	const struct components *c = &rules->components;
	struct composite_part *part = arena_new(s->arena, p->n_variables, sizeof *part);

	for (size_t j = 0; j < p->n_variables; j++) {
		size_t i = components_find(c, p->variable[j].column);

		if (i == c->n)
			return diag_fail(why, DIAG_DATA, "%s has no row for item \"%.*s\"", c->file,
					 SPAN_ARG(p->variable[j].column));
		if (isnan(c->at[i].min) || isnan(c->at[i].max))
			return diag_at(why, c->at[i].at, DIAG_DATA,
				       "\"%.*s\" needs a min and a max: the ends of its scale",
				       SPAN_ARG(c->at[i].name));
		part[j] =
			(struct composite_part){c->at[i].min, c->at[i].max,
						rules->equal ? 1 : c->at[i].weight, c->at[i].down};
	}
	*out = (struct composite_rule){part,         rules->low,       rules->high,
				       rules->power, rules->threshold, rules->aggregate};
	return true;
}

/* Answers outside the scale are codes of missing answers, or the scale is another. */
static bool check_answers(const struct columns *k, const struct composite_rule *rule,
			  const char *file, struct diag *why)
{
	size_t errors = why->errors;

	for (size_t j = 0; j < k->plan->n_variables; j++) {
		double first = NAN;
		size_t n = 0;

		for (size_t i = 0; i < k->n; i++) {
			double y = columns_value(k, i, j);

			if (!(y < rule->part[j].min || y > rule->part[j].max))
				continue;
			first = n++ ? first : y;
		}
		if (n)
			diag_fail(why, DIAG_DATA,
				  "%s: column \"%.*s\" has %g (%zu rows outside %g to %g)", file,
				  SPAN_ARG(k->plan->variable[j].column), first, n,
				  rule->part[j].min, rule->part[j].max);
	}
	return why->errors == errors;
}

/* ---- for people ---------------------------------------------------------------------------- */

static void sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_estimate(n->phrases, r, false, out);
}

static void say(struct session *s, const struct estimate_options *o,
		const struct index_rules *rules, const struct plan *p,
		const struct composite_rule *rule, const struct result *r)
{
	struct text bounds = {"", 0}, *name = arena_new(s->arena, p->n_variables, sizeof *name);
	double *weight = arena_new(s->arena, p->n_variables, sizeof *weight);
	size_t n;
	struct text *notes = table_estimate_notes(&s->phrases, r, &n);

	for (size_t j = 0; j < p->n_variables; j++) {
		const struct composite_part *part = &rule->part[j];

		name[j] = p->variable[j].column;
		weight[j] = part->weight;
		bounds = index_rules_listed(
			s->arena, bounds,
			arena_format(s->arena, "%.*s %.*s–%.*s", SPAN_ARG(name[j]),
				     SPAN_ARG(number_written(s->arena, part->min, s->lang)),
				     SPAN_ARG(number_written(s->arena, part->max, s->lang))));
	}
	for (size_t i = 0; i < n; i++)
		load_sentence(s, arena_format(s->arena, "* %.*s", SPAN_ARG(notes[i])));
	load_sentence(s,
		      PHRASE_FILL(&s->phrases, "note.composite.answers",
				  {"low", number_written(s->arena, rules->low, s->lang)},
				  {"high", number_written(s->arena, rules->high, s->lang)},
				  {"bounds", bounds}, {"aggregate", index_rules_mean(s, rules)}));
	load_sentence(s, index_rules_weights(s, rules, p->n_variables, name, weight));
	if (rules->threshold < 1)
		load_sentence(s, index_rules_threshold(s, rules));
	load_sentence(s,
		      PHRASE_FILL(&s->phrases, "note.composite.error", {"method", r->row[0].method},
				  {"level", number_written(s->arena, 100 * o->level, s->lang)}));
}

bool index_answers(struct session *s, struct diag *why)
{
	struct narrative n = {.phrases = &s->phrases};
	struct estimate_options o;
	struct index_rules rules;
	struct composite_rule rule;
	struct weighting weighting;
	struct gathered g;
	struct rowwise rows;
	struct result r = {0};
	bool said;

	if (!check_options(s, why) || !asked_estimate(s, &o, why) || !index_rules(s, &rules, why))
		return false;
	default_items(s, &rules.components);
	if (!gather_plan(s, &o, &g, why) || !find_parts(s, &rules, &g.plan, &rule, why) ||
	    !weighting_columns(s, &g.heading, &g.plan, &weighting, why) ||
	    !gather_read(s, &o, true, &g, why) ||
	    !check_answers(&g.columns, &rule, s->options.word[0], why) ||
	    !weighting_make(s, &o, &weighting, &g.columns, &g.answers, &rows, why))
		return false;
	o.source = o.survey = asked_file_name(s->options.word[0]);
	o.domain = where_words(s->arena, &g.plan.where);
	composite_result(s->arena, &rows, &rule, &o, &r);
	if (r.n == 0)
		return diag_fail(why, DIAG_DATA, "%s: no row has a value in the columns of --by",
				 s->options.word[0]);
	if (!load_show(s, &n, &r, sheet, &said, why))
		return false;
	if (said)
		say(s, &o, &rules, &g.plan, &rule, &r);
	return true;
}
