#include "cmd/chart_list.h"
#include "cmd/load.h"
#include "output/sheet.h"
#include "survey/catalog.h"

#include <string.h>

static void show(struct session *s, const struct sheet *sheet)
{
	const char *format = s->options.value[OPT_FORMAT];

	if (format && strcmp(format, "md") == 0)
		sheet_markdown(sheet, s->out);
	else
		sheet_print(sheet, s->out);
}

static bool list_surveys(struct session *s, struct diag *why)
{
	struct sheet sheet = {.arena = s->arena};
	struct text *names;
	size_t n;

	if (!catalog_surveys(s->arena, s->share, &names, &n, why))
		return false;
	if (s->options.value[OPT_NAMES]) {
		for (size_t i = 0; i < n; i++)
			fprintf(s->out, "%.*s\n", SPAN_ARG(names[i]));
		return true;
	}
	sheet_column(&sheet, phrase(&s->phrases, "head.survey"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.years"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.title"), false);
	for (size_t i = 0; i < n; i++) {
		struct text *cell = sheet_row(&sheet);
		struct survey survey;
		const char *path;

		if (!catalog_find_survey(s->arena, s->share, names[i].at, &path, why) ||
		    !survey_read(s->arena, s->share, path, &survey, why))
			return false;
		cell[0] = names[i];
		cell[1] = arena_format(s->arena, "%ld–%ld", survey.wave[0].year,
				       survey_last_year(&survey));
		cell[2] = survey.wave[survey.n_waves - 1].title[s->lang];
	}
	show(s, &sheet);
	return true;
}

static bool list_provinces(struct session *s, struct diag *why)
{
	const char *value = s->options.value[OPT_YEAR];
	struct sheet sheet = {.arena = s->arena};
	struct provinces all;
	long year;

	if (!provinces_read(s->arena, s->share, &all, why))
		return false;
	year = province_last_change(&all) /
	       10000; /* the units of today, as far as they are known */
	if (value && !number_whole(span_of(value), 1900, 2999, &year))
		return diag_fail(why, DIAG_USAGE, "--year: \"%s\" is not a year", value);
	sheet_column(&sheet, phrase(&s->phrases, "head.code"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.province"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.region"), false);
	for (size_t i = 0; i < all.n; i++) {
		const struct province *p = &all.at[i];

		if (!province_stands(p, year))
			continue;
		struct text *cell = sheet_row(&sheet);

		cell[0] = p->code;
		cell[1] = p->name;
		cell[2] = p->region_name[s->lang];
	}
	show(s, &sheet);
	return true;
}

static struct text range_of(struct session *s, const struct item *item)
{
	return arena_format(s->arena, "%.*s–%.*s",
			    SPAN_ARG(number_written(s->arena, item->min, s->lang)),
			    SPAN_ARG(number_written(s->arena, item->max, s->lang)));
}

static bool list_items(struct session *s, struct diag *why)
{
	struct sheet sheet = {.arena = s->arena};
	struct loaded l;
	long year;

	if (s->options.words < 2) {
		diag_fail(why, DIAG_USAGE, "items of which survey?");
		return diag_hint(why, "hailong list items papi");
	}
	if (!load_survey(s, s->options.word[1], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &year, why))
		return false;
	sheet_column(&sheet, phrase(&s->phrases, "head.code"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.item"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.range"), true);
	for (size_t i = 0; i < l.survey.structure.n; i++) {
		const struct item *item = &l.survey.structure.at[i];

		if (!span_equal(item->era, survey_wave(&l.survey, year)->era))
			continue;
		struct text *cell = sheet_row(&sheet);

		cell[0] = item->code;
		cell[1] = item->name[s->lang];
		cell[2] = range_of(s, item);
	}
	show(s, &sheet);
	return true;
}

static bool run(struct session *s, struct diag *why)
{
	static const char *const names[] = {"surveys", "provinces", "items", "charts"};
	static bool (*const lists[])(struct session *, struct diag *) = {
		list_surveys, list_provinces, list_items, chart_list};
	const char *format = s->options.value[OPT_FORMAT];
	const char *what = s->options.words ? s->options.word[0] : "surveys";

	if (format && strcmp(format, "table") != 0 && strcmp(format, "md") != 0)
		return diag_fail(why, DIAG_USAGE,
				 "--format: a list is shown as table or md, not \"%s\"", format);
	if (s->options.value[OPT_NAMES] && strcmp(what, "surveys") != 0)
		return diag_fail(why, DIAG_USAGE, "--names is for surveys only");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(what, names[i]) == 0)
			return lists[i](s, why);
	diag_fail(why, DIAG_USAGE, "no list \"%s\"", what);
	return diag_hint(why, "lists are surveys, provinces, items SURVEY, charts");
}

extern const struct command cmd_list;
const struct command cmd_list = {
	.name = "list",
	.words = "[surveys|provinces|items SURVEY|charts]",
	.most_words = 2,
	.summary = "surveys, provinces, items and charts that are known",
	.help = "  hailong list\n"
		"  hailong list items papi --year YEAR\n"
		"  hailong list provinces --year YEAR\n",
	.options = (const enum option[]){OPT_YEAR, OPT_FORMAT, OPT_OUT, OPT_FORCE, OPT_NAMES,
					 OPT__COUNT},
	.run = run,
};
