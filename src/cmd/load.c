#include "cmd/load.h"

#include "analysis/published.h"
#include "analysis/rank.h"
#include "base/text.h"
#include "survey/catalog.h"

#include <string.h>

bool load_survey(struct session *s, const char *word, struct loaded *out, struct diag *why)
{
	const char *path;

	if (!catalog_find_survey(s->arena, s->share, word, &path, why) ||
	    !survey_read(s->arena, s->share, path, &out->survey, why))
		return false;
	published_result(s->arena, &out->survey, &out->all);
	rank_result(&out->survey, &out->all);
	out->narrative =
		(struct narrative){&s->phrases, &out->survey, s->options.value[OPT_PAD] != NULL};
	return true;
}

bool load_year(const struct session *s, const struct loaded *l, enum option option, long otherwise,
	       long *year, struct diag *why)
{
	const char *value = s->options.value[option];
	const struct wave *wave = l->survey.wave;

	*year = otherwise;
	if (value && !number_whole(span_of(value), 1900, 2999, year))
		return diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not a year",
				 option_specs[option].name, value);
	if (survey_wave(&l->survey, *year))
		return true;
	diag_fail(why, DIAG_USAGE, "%.*s has no year %ld", SPAN_ARG(l->survey.name), *year);
	return diag_hint(why, "it has years from %ld to %ld; see hailong list", wave->year,
			 survey_last_year(&l->survey));
}

bool load_province(struct session *s, const struct loaded *l, long year,
		   const struct province **out, struct diag *why)
{
	const char *word = s->options.value[OPT_PROVINCE];

	*out = NULL;
	return !word || strcmp(word, "all") == 0 ||
	       province_find(s->arena, &l->survey.provinces, span_of(word), year, out, why);
}

bool load_peers(struct session *s, const struct loaded *l, long year, const struct province *self,
		struct peers *out, struct diag *why)
{
	const char *spec = s->options.value[OPT_PEERS];

	return peers_choose(s->arena, &l->survey, &l->all, year, self,
			    span_of(spec ? spec : "region"), out, why);
}

static bool wanted(struct text items, struct text code)
{
	struct text one;

	if (span_is(items, "all"))
		return true;
	while (span_split(&items, ',', &one))
		if (span_equal(one, code))
			return true;
	return false;
}

static bool check_items(const struct loaded *l, long year, struct text items, struct diag *why)
{
	struct text era = survey_wave(&l->survey, year)->era, one;

	if (span_is(items, "all"))
		return true;
	while (span_split(&items, ',', &one)) {
		if (structure_find(&l->survey.structure, era, one))
			continue;
		diag_fail(why, DIAG_USAGE, "%.*s of %ld has no item \"%.*s\"",
			  SPAN_ARG(l->survey.name), year, SPAN_ARG(one));
		return diag_hint(why, "hailong list items %.*s --year %ld names them",
				 SPAN_ARG(l->survey.id), year);
	}
	return true;
}

bool load_pick(struct session *s, const struct loaded *l, long year, const char *otherwise,
	       const struct province *province, const struct result *from, struct result *out,
	       struct diag *why)
{
	const char *given = s->options.value[OPT_ITEM];
	struct text items = span_of(given ? given : otherwise);

	*out = (struct result){.parts = from->parts};
	if (!check_items(l, year, items, why))
		return false;
	for (size_t i = 0; i < from->n; i++) {
		const struct result_row *row = &from->row[i];

		if (row->year == year && wanted(items, row->item) &&
		    (!province || span_equal(province->code, row->province)))
			result_add(s->arena, out, row);
	}
	if (out->n)
		return true;
	diag_fail(why, DIAG_DATA, "%.*s of %ld lists nothing for %.*s", SPAN_ARG(l->survey.name),
		  year, SPAN_ARG(province ? province->name : span_of(given ? given : otherwise)));
	return diag_hint(why,
			 "hailong check %.*s tells what each year holds; --item names other items",
			 SPAN_ARG(l->survey.id));
}

bool load_show(struct session *s, const struct loaded *l, const struct result *r,
	       load_sheet_fn *sheet, bool *said, struct diag *why)
{
	static const char *const names[] = {"csv", "tsv", "json"};
	const char *format = s->options.value[OPT_FORMAT];
	struct sheet table;

	*said = !format || strcmp(format, "table") == 0 || strcmp(format, "md") == 0;
	for (size_t i = 0; i < sizeof names / sizeof *names && !*said; i++)
		if (strcmp(format, names[i]) == 0)
			return export_result(s->arena, r, (enum export_format)i, s->out, why);
	if (!*said) {
		diag_fail(why, DIAG_USAGE, "--format: \"%s\" is not known here", format);
		return diag_hint(why, "formats are table, csv, tsv, json, md");
	}
	sheet(&l->narrative, r, &table);
	if (format && strcmp(format, "md") == 0)
		sheet_markdown(&table, s->out);
	else
		sheet_print(&table, s->out);
	return true;
}

void load_sentence(struct session *s, struct text sentence)
{
	const char *format = s->options.value[OPT_FORMAT];

	if (format && strcmp(format, "md") == 0)
		sentence = markdown_text(s->arena, sentence);
	sentence = text_visible(s->arena, sentence);
	fprintf(s->out, "\n%.*s\n", SPAN_ARG(sentence));
}
