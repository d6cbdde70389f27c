#include "cmd/changes.h"

#include <math.h>

static bool unknown(const struct session *s, enum option option, struct diag *why)
{
	diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not known", option_specs[option].name,
		  s->options.value[option]);
	return diag_hint(why, "%s", diag_word(why, option_specs[option].help));
}

bool changes_options(struct session *s, struct change_options *out, struct diag *why)
{
	const char *covariance = s->options.value[OPT_COVARIANCE];
	const char *adjust = s->options.value[OPT_ADJUST];
	const char *family = s->options.value[OPT_FAMILY_OF];
	const char *province = s->options.value[OPT_PROVINCE];

	*out = (struct change_options){.constant = s->options.value[OPT_CONSTANT] != NULL};
	out->family =
		province && !span_is(span_of(province), "all") ? FAMILY_PROVINCE : FAMILY_ITEM;
	if (covariance && !overlap_find(span_of(covariance), &out->covariance))
		return unknown(s, OPT_COVARIANCE, why);
	if (adjust && !adjust_find(span_of(adjust), &out->adjust))
		return unknown(s, OPT_ADJUST, why);
	if (family && !family_find(span_of(family), &out->family))
		return unknown(s, OPT_FAMILY_OF, why);
	if (out->constant && s->options.value[OPT_FROM])
		return diag_fail(why, DIAG_USAGE,
				 "--constant and --from are two questions; ask one");
	return !out->constant ||
	       number_parse(span_of(s->options.value[OPT_CONSTANT]), &out->value) ||
	       diag_fail(why, DIAG_USAGE, "--constant: \"%s\" is not a number",
			 s->options.value[OPT_CONSTANT]);
}

void changes_adjust(struct session *s, const struct change_options *o, struct result *r)
{
	adjust_result(s->arena, o->adjust, o->family, r);
}

static bool any_test(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].p_value))
			return true;
	return false;
}

/* How the rows say that their sides are correlated. */
static struct text covariance_words(struct session *s, const struct change_options *o,
				    const struct result *r)
{
	static const char *const keys[OVERLAP__COUNT] = {
		[OVERLAP_BERGER_PRIAM] = "covariance.berger-priam",
		[OVERLAP_INDEPENDENT] = "covariance.independent",
		[OVERLAP_STACKED] = "covariance.stacked",
		[OVERLAP_OWN] = "covariance.overlap",
	};

	if (span_is(r->row[0].covariance, "same-sample"))
		return phrase(&s->phrases, "covariance.same");
	if (o->covariance == OVERLAP_INDEPENDENT)
		return phrase(&s->phrases, keys[OVERLAP_INDEPENDENT]);
	if (span_is(r->row[0].stat, "trend"))
		return PHRASE_FILL(&s->phrases, "covariance.trend",
				   {"method", span_of(overlap_name(o->covariance))});
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].units_shared > 0)
			return phrase(&s->phrases, keys[o->covariance]);
	return phrase(&s->phrases, "covariance.none");
}

void changes_say(struct session *s, const struct change_options *o, const struct result *r)
{
	static const char *const adjusted[ADJUST__COUNT] = {
		[ADJUST_HOLM] = "adjust.holm",
		[ADJUST_NONE] = "adjust.none",
		[ADJUST_BONFERRONI] = "adjust.bonferroni",
		[ADJUST_SIDAK] = "adjust.sidak",
		[ADJUST_HOCHBERG] = "adjust.hochberg",
		[ADJUST_HOMMEL] = "adjust.hommel",
		[ADJUST_BH] = "adjust.bh",
		[ADJUST_BY] = "adjust.by",
	};
	static const char *const families[FAMILY__COUNT] = {
		[FAMILY_ITEM] = "family.item",
		[FAMILY_PROVINCE] = "family.province",
		[FAMILY_TABLE] = "family.table",
	};

	if (!any_test(r))
		return;
	if (!o->constant)
		load_sentence(s, covariance_words(s, o, r));
	load_sentence(s, PHRASE_FILL(&s->phrases, "note.adjusted",
				     {"method", phrase(&s->phrases, adjusted[o->adjust])},
				     {"family", phrase(&s->phrases, families[o->family])}));
}
