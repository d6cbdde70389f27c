#include "base/text.h"
#include "cmd/asked.h"
#include "cmd/change_years.h"
#include "cmd/explored.h"
#include "output/page.h"
#include "survey/catalog.h"

#include <string.h>

#ifndef HAILONG_VERSION
#error "the Makefile gives HAILONG_VERSION"
#endif

#define PAGE_SURVEYS 16

/* One survey with everything the page shows of it; its words are its own from here on. */
static bool load_one(struct session *s, const char *word, const struct phrases *usual,
		     struct loaded *l, struct page_survey *out, struct diag *why)
{
	s->phrases = *usual;
	if (!load_survey(s, word, l, why) || !sets_add(s, l, 0, "all", why))
		return false;
	for (size_t i = 1; i < l->survey.n_waves; i++)
		changes_pair(s, l, l->survey.wave[i - 1].year, l->survey.wave[i].year,
			     OVERLAP_BERGER_PRIAM);
	explored_survey(s, l, out);
	l->narrative.phrases = out->narrative.phrases;
	return true;
}

/* What the page opens with, of its first survey. */
static bool find_start(struct session *s, const struct loaded *first, struct page_order *o,
		       struct diag *why)
{
	const char *peers = s->options.value[OPT_PEERS];
	const struct province *p;

	if (!load_year(s, first, OPT_YEAR, survey_last_year(&first->survey), &o->year, why) ||
	    !load_province(s, first, o->year, &p, why))
		return false;
	if (p)
		o->province = p->code;
	if (p || !peers || strcmp(peers, "region") == 0 || strncmp(peers, "nearest:", 8) == 0)
		return true;
	diag_fail(why, DIAG_USAGE, "--peers: peers of which province?");
	return diag_hint(why, "name it with --province");
}

/* --out NAME.html is the file; any other a folder. */
static bool find_file(struct session *s, const struct page_order *o, const char **folder,
		      const char **file, struct diag *why)
{
	const char *path = s->options.value[OPT_OUT], *dot = path ? strrchr(path, '.') : NULL;
	struct text name = {"", 0};

	if (!path) {
		diag_fail(why, DIAG_USAGE, "where does the page go?");
		return diag_hint(why, "name a folder, or a file NAME.html, with --out");
	}
	if (strcmp(path, "-") == 0)
		return diag_fail(why, DIAG_USAGE, "a page is a file; --out needs a name");
	*folder = NULL;
	*file = path;
	if (dot && strcmp(dot, ".html") == 0 && !catalog_is_folder(path))
		return true;
	for (size_t i = 0; i < o->n; i++)
		name = arena_format(
			s->arena, "%.*s%s%.*s", SPAN_ARG(name), i ? "-" : "",
			SPAN_ARG(text_slug(s->arena, o->survey[i].narrative.survey->id)));
	*folder = path;
	*file = arena_format(s->arena, "%s/%.*s.html", path, SPAN_ARG(name)).at;
	return true;
}

/* A survey named twice would stand twice in the page. */
static bool check_words(const struct session *s, struct diag *why)
{
	for (size_t i = 0; i < s->options.words; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(s->options.word[i], s->options.word[k]) == 0)
				return diag_fail(why, DIAG_USAGE, "\"%s\" is named twice",
						 s->options.word[i]);
	return true;
}

static bool run(struct session *s, struct diag *why)
{
	struct page_survey *list = arena_new(s->arena, s->options.words, sizeof *list);
	struct loaded *loaded = arena_new(s->arena, s->options.words, sizeof *loaded);
	struct page_order o = {.survey = list,
			       .n = s->options.words,
			       .share = s->share,
			       .lang = s->lang,
			       .peers = span_of(s->options.value[OPT_PEERS]),
			       .maker = span_of("hailong " HAILONG_VERSION)};
	const struct phrases usual = s->phrases;
	const char *folder = NULL, *file = NULL;

	if (!check_words(s, why))
		return false;
	for (size_t i = 0; i < o.n; i++)
		if (!load_one(s, s->options.word[i], &usual, &loaded[i], &list[i], why))
			return false;
	if (!find_start(s, &loaded[0], &o, why) || !find_file(s, &o, &folder, &file, why) ||
	    !page_write(s->arena, &o, folder, file, s->options.value[OPT_FORCE] != NULL, why))
		return false;
	fprintf(s->out, "%s\n", file);
	return true;
}

extern const struct command cmd_page;
const struct command cmd_page = {
	.name = "page",
	.words = "SURVEY...",
	.least_words = 1,
	.most_words = PAGE_SURVEYS,
	.summary = "one HTML page to explore provinces, years and items in",
	.help = "  hailong page papi --province NAME --year YEAR --out report\n"
		"  hailong page papi par-index sipas pci --out indices.html\n\n"
		"One file, without a server or the network: choose province, year, item and "
		"peers; search\n"
		"and sort tables, with or without accents; take what is shown as CSV and SVG; "
		"print it;\n"
		"switch between Vietnamese and English. The options say what the page opens with "
		"(of the\n"
		"first survey). Every number comes from the same results as those of rank, change "
		"and\n"
		"report. The address keeps the choice: page.html#province=33&year=2024&lang=en.\n",
	.options =
		(const enum option[]){OPT_YEAR, OPT_PROVINCE, OPT_PEERS, OPT_SYSTEM, OPT_POPULATION,
				      OPT_BASE_YEAR, OPT_RENORMALISE, OPT_METHOD, OPT_LEVEL, OPT_DF,
				      OPT_LONELY, OPT_DOMAIN_LONELY, SETS_OPTIONS, OPT_OUT,
				      OPT_FORCE, OPT_NO_CACHE, OPTIONS_FORM, OPT__COUNT},
	.makes_files = true,
	.run = run,
};
