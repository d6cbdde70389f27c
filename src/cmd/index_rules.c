#include "cmd/index_rules.h"

#include "estimate/powermean.h"

#include <math.h>

static bool unknown(const struct session *s, enum option option, struct diag *why)
{
	diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not known", option_specs[option].name,
		  s->options.value[option]);
	return diag_hint(why, "%s", diag_word(why, option_specs[option].help));
}

static bool read_range(const struct session *s, struct index_rules *out, struct diag *why)
{
	const char *value = s->options.value[OPT_RANGE];
	struct text rest = span_of(value), low;

	out->low = 0;
	out->high = 100;
	if (!value)
		return true;
	if (!span_split(&rest, ',', &low) || !number_parse(low, &out->low) ||
	    !number_parse(rest, &out->high) || out->low >= out->high)
		return diag_fail(why, DIAG_USAGE, "--range: \"%s\" is not LOW,HIGH", value);
	if (out->normalise == NORMALISE_MINMAX || out->normalise == NORMALISE_GOALPOST ||
	    s->options.value[OPT_ROBUSTNESS] || s->options.value[OPT_VARY])
		return true;
	return diag_fail(why, DIAG_USAGE,
			 "--range does nothing for %s scores; minmax and goalpost "
			 "have one",
			 normalise_name(out->normalise));
}

static bool read_aggregate(const struct session *s, struct index_rules *out, struct diag *why)
{
	const char *value = s->options.value[OPT_AGGREGATE];

	out->aggregate = span_of(value ? value : "mean");
	out->power = 1;
	out->copeland = span_is(out->aggregate, "copeland");
	return out->copeland || powermean_find(out->aggregate, &out->power) ||
	       unknown(s, OPT_AGGREGATE, why);
}

/* One of a few words; the first when it is not given. */
static bool read_word(const struct session *s, enum option option, const char *const *words,
		      size_t n, size_t *out, struct diag *why)
{
	const char *value = s->options.value[option];

	for (*out = 0; value && *out < n; ++*out)
		if (span_is(span_of(value), words[*out]))
			return true;
	return !value || unknown(s, option, why);
}

static bool read_weights(const struct session *s, struct index_rules *out, struct diag *why)
{
	static const char *const words[] = {"given", "equal", "pca"};
	size_t i;

	if (!read_word(s, OPT_WEIGHTS, words, 3, &i, why))
		return false;
	if (i == 0 && s->options.value[OPT_WEIGHTS] && !out->components.weighted)
		return diag_fail(why, DIAG_USAGE,
				 "--weights given: --components names no file with a column "
				 "`weight`");
	out->equal = i == 1;
	out->component = i == 2;
	return true;
}

bool index_rules(struct session *s, struct index_rules *out, struct diag *why)
{
	static const char *const outliers[] = {"none", "winsorise"};
	const char *file = s->options.value[OPT_COMPONENTS];
	const char *method = s->options.value[OPT_NORMALISE];
	size_t i;

	*out = (struct index_rules){.normalise = NORMALISE_MINMAX};
	if (method && !normalise_find(span_of(method), &out->normalise))
		return unknown(s, OPT_NORMALISE, why);
	if (!read_range(s, out, why) || !read_aggregate(s, out, why) ||
	    !asked_number(s, OPT_THRESHOLD, 0, 1, 1, &out->threshold, why) ||
	    !read_word(s, OPT_OUTLIERS, outliers, 2, &i, why))
		return false;
	out->winsorise = i == 1;
	return (!file || components_read(s->arena, file, &out->components, why)) &&
	       read_weights(s, out, why);
}

bool index_rules_positive(const struct index_rules *r)
{
	return !r->copeland && r->power != 1;
}

struct text index_rules_mean(const struct session *s, const struct index_rules *r)
{
	const char *mean = r->copeland      ? "word.aggregate.copeland"
			   : r->power == 1  ? "word.aggregate.mean"
			   : r->power == 0  ? "word.aggregate.geometric"
			   : r->power == -1 ? "word.aggregate.harmonic"
					    : "word.aggregate.power";
	struct text power = number_written(s->arena, r->power, s->lang);

	return PHRASE_FILL(&s->phrases, mean, {"power", power});
}

struct text index_rules_words(const struct session *s, const struct index_rules *r)
{
	static const char *const scores[NORMALISE__COUNT] = {
		[NORMALISE_MINMAX] = "word.scores.minmax",
		[NORMALISE_GOALPOST] = "word.scores.goalpost",
		[NORMALISE_Z] = "word.scores.z",
		[NORMALISE_RANK] = "word.scores.rank",
		[NORMALISE_BORDA] = "word.scores.borda",
		[NORMALISE_PERCENTILE] = "word.scores.percentile",
		[NORMALISE_DISTANCE] = "word.scores.distance",
		[NORMALISE_FRACTION] = "word.scores.fraction",
		[NORMALISE_NONE] = "word.scores.none",
	};
	struct text low = number_written(s->arena, r->low, s->lang);
	struct text high = number_written(s->arena, r->high, s->lang);

	return PHRASE_FILL(&s->phrases, "note.composite.method",
			   {"scores", PHRASE_FILL(&s->phrases, scores[r->normalise], {"low", low},
						  {"high", high})},
			   {"aggregate", index_rules_mean(s, r)});
}

struct text index_rules_listed(struct arena *a, struct text so_far, struct text more)
{
	return so_far.n ? arena_format(a, "%.*s; %.*s", SPAN_ARG(so_far), SPAN_ARG(more)) : more;
}

struct text index_rules_weights(const struct session *s, const struct index_rules *r, size_t n,
				const struct text *name, const double *weight)
{
	struct text words = {"", 0};
	double sum = 0;

	if (!r->components.weighted || r->equal)
		return phrase(&s->phrases, "note.composite.equal");
	for (size_t j = 0; j < n; j++)
		sum += weight[j];
	for (size_t j = 0; j < n; j++) {
		struct text share = number_shown(s->arena, 100 * weight[j] / sum, 1, s->lang);

		words = index_rules_listed(
			s->arena, words,
			arena_format(s->arena, "%.*s %.*s%%", SPAN_ARG(name[j]), SPAN_ARG(share)));
	}
	return PHRASE_FILL(&s->phrases, "note.composite.weights", {"weights", words});
}

struct text index_rules_threshold(const struct session *s, const struct index_rules *r)
{
	return PHRASE_FILL(&s->phrases, "note.composite.threshold",
			   {"share", number_shown(s->arena, 100 * r->threshold, 0, s->lang)});
}
