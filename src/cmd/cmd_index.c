#include "cmd/gather.h"
#include "cmd/load.h"
#include "output/table_estimate.h"

#include <stdlib.h>
#include <string.h>

static void sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_estimate(n->phrases, r, false, out);
}

/* By year, province, group and item. */
static int by_group(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;
	int order = span_compare(p->province, q->province);

	if (order == 0)
		order = span_compare(p->domain, q->domain);
	if (order == 0)
		order = (p->item_order > q->item_order) - (p->item_order < q->item_order);
	return order;
}

/* The index of the year's answers, for the groups asked for. */
static bool from_answers(struct session *s, const struct loaded *l, const struct wave *wave,
			 struct result *out, struct diag *why)
{
	struct estimate_options o = {.interval = INTERVAL_LOGIT};
	enum index_method method;
	struct wave_answers w;

	if (!asked_interval(s, &o, why) || !load_method(s, &method, why) ||
	    !gather_groups(s, &l->survey, wave, &w, why) ||
	    !index_variables(s->arena, &w, method, why) || !waves_read(s->arena, &w, false, why))
		return false;
	if (!gather_warn(s, &o, &w.answers, why))
		return false;
	index_result(s->arena, &w, method, &o, 0, out);
	qsort(out->row, out->n, sizeof *out->row, by_group);
	out->parts |= PART_ESTIMATE;
	return true;
}

/* How the index was made, under the table; the method is always said. */
static void say_method(struct session *s, const struct result *r, enum index_method method,
		       bool answers)
{
	char key[64];
	size_t n;
	struct text *notes = table_estimate_notes(&s->phrases, r, &n);

	snprintf(key, sizeof key, "index.%s", index_name(method));
	if (answers)
		load_sentence(s, PHRASE_FILL(&s->phrases, "note.index",
					     {"method", phrase(&s->phrases, key)}));
	else
		load_sentence(s, phrase(&s->phrases, "note.noerror"));
	for (size_t i = 0; i < n; i++)
		load_sentence(s, arena_format(s->arena, "* %.*s", SPAN_ARG(notes[i])));
	if (r->n && r->row[0].flags & FLAG_SIMULATED)
		load_sentence(s, phrase(&s->phrases, "note.simulated"));
}

static bool run(struct session *s, struct diag *why)
{
	const struct province *province;
	struct result made = {0}, r;
	const struct wave *wave;
	enum index_method method;
	struct loaded l;
	bool said;
	long year;

	if (!load_read(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &year, why) ||
	    !load_province(s, &l, year, &province, why) || !load_method(s, &method, why))
		return false;
	wave = survey_wave(&l.survey, year);
	if (!wave->answers)
		load_published(s, &l, &made);
	else if (!from_answers(s, &l, wave, &made, why))
		return false;
	if (!load_pick(s, &l, year, "all", province, &made, &r, why) ||
	    !load_show(s, &l.narrative, &r, sheet, &said, why))
		return false;
	if (said)
		say_method(s, &r, method, wave->answers);
	return true;
}

extern const struct command cmd_index;
const struct command cmd_index = {
	.name = "index",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "composite indices and their parts, with their errors",
	.help = "  hailong index sipas-example --province \"Hưng Yên\" --year 2024\n"
		"  hailong index sipas-example --by residence --method item-mean\n\n"
		"From answers: items, factors, aspects and the index, for the country, or with "
		"--province\n"
		"for one or all provinces, and by groups of people. The error carries the "
		"correlation of the\n"
		"items. The method is always said. From published scores: the sums that the "
		"structure tells.\n",
	.options = (const enum option[]){OPT_YEAR, OPT_PROVINCE, OPT_ITEM, OPT_BY, OPT_WHERE,
					 OPT_METHOD, OPT_CI, OPT_LEVEL, OPT_DF, OPT_LONELY,
					 OPT_DOMAIN_LONELY, OPT_SUPPRESS, OPT_FORMAT, OPT_OUT,
					 OPT_FORCE, OPT__COUNT},
	.run = run,
};
