#include "cmd/losses.h"
#include "output/table_gaps.h"
#include "survey/catalog.h"

#include <string.h>

struct job {
	struct loaded l;
	enum gaps_by by;
	struct losses x;
};

/* "." of "criteria.csv", "a/b" of "a/b/criteria.csv". */
static const char *folder_of(struct arena *a, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return ".";
	return slash == path ? "/" : arena_string(a, (struct text){path, (size_t)(slash - path)});
}

/* A lone file of marks: of the survey whose folder it lies in, else of none. */
static bool read_lone(struct session *s, struct loaded *l, const char *file, struct diag *why)
{
	const char *year = s->options.value[OPT_YEAR], *folder = folder_of(s->arena, file);
	long value;

	if (catalog_is_file(catalog_path(s->arena, folder, "survey.csv")))
		return load_read(s, folder, l, why) &&
		       (!l->survey.provinces.own ||
			phrases_units(s->arena, s->share, &s->phrases, why));
	if (!year) {
		diag_fail(why, DIAG_USAGE, "of which year are the marks of %s?", file);
		return diag_hint(why, "name it with --year");
	}
	if (!number_whole(span_of(year), 1900, 2999, &value))
		return diag_fail(why, DIAG_USAGE, "--year: \"%s\" is not a year", year);
	*l = (struct loaded){.narrative = {.phrases = &s->phrases, .survey = &l->survey}};
	return survey_of_file(s->arena, s->share, file, value, &l->survey, why);
}

static bool read_by(const struct session *s, enum gaps_by *by, struct diag *why)
{
	static const char *const words[] = {
		[GAPS_CRITERION] = "criterion", [GAPS_DOMAIN] = "domain", [GAPS_AGENCY] = "agency"};
	const char *given = s->options.value[OPT_BY];

	*by = GAPS_CRITERION;
	for (size_t i = 0; given && i < sizeof words / sizeof *words; i++)
		if (strcmp(given, words[i]) == 0) {
			*by = (enum gaps_by)i;
			return true;
		}
	return !given || diag_fail(why, DIAG_USAGE,
				   "--by: \"%s\" is none of criterion, domain, agency", given);
}

/* The survey, the year, the province. */
static bool read_subject(struct session *s, struct job *j, const char **file,
			 const struct province **self, long *year, struct diag *why)
{
	const char *word = s->options.word[0];
	bool lone = catalog_is_file(word) && criteria_is_file(s->arena, word);

	*file = s->options.value[OPT_CRITERIA];
	if (lone && *file)
		return diag_fail(why, DIAG_USAGE, "%s is a file of marks, and --criteria another",
				 word);
	if (lone)
		*file = word;
	if (lone ? !read_lone(s, &j->l, word, why) : !load_read(s, word, &j->l, why))
		return false;
	if (!load_year(s, &j->l, OPT_YEAR, survey_last_year(&j->l.survey), year, why) ||
	    !load_province(s, &j->l, *year, self, why))
		return false;
	if (*self)
		return true;
	diag_fail(why, DIAG_USAGE, "whose points are these?");
	return diag_hint(why, "name one with --province");
}

static bool read_all(struct session *s, struct job *j, struct diag *why)
{
	const struct province *self;
	const char *file;
	long year;

	if (!read_by(s, &j->by, why) || !read_subject(s, j, &file, &self, &year, why))
		return false;
	load_published(s, &j->l, &j->l.all);
	return losses_read(s, &j->l, self, year, file, &j->x, why);
}

/* ---- for people ---------------------------------------------------------------------------- */

static bool show(struct session *s, const struct job *j, const struct result *r,
		 load_sheet_fn *sheet, struct text caption, struct diag *why)
{
	bool said;

	if (r->n == 0)
		return true;
	load_sentence(s, caption);
	fputs("\n", s->out);
	return load_show(s, &j->l.narrative, r, sheet, &said, why);
}

/* With the total as last row. */
static struct result with_total(struct session *s, const struct job *j, const struct result *r)
{
	struct result out = {.parts = r->parts};

	for (size_t i = 0; i < r->n; i++)
		result_add(s->arena, &out, &r->row[i]);
	result_add(s->arena, &out, &j->x.total);
	return out;
}

static bool show_criteria(struct session *s, const struct job *j, struct diag *why)
{
	for (int b = 0; b < GAPS_TARGETS; b++) {
		struct result part;

		table_gaps_block(s->arena, &j->x.rows, (enum gaps_block)b, &part);
		if (!show(s, j, &part, table_gaps,
			  table_gaps_caption(&s->phrases, (enum gaps_block)b), why))
			return false;
	}
	return true;
}

static bool show_targets(struct session *s, const struct job *j, struct diag *why)
{
	struct result part = losses_targets(s, &j->x);

	return show(s, j, &part, table_gaps_targets, table_gaps_caption(&s->phrases, GAPS_TARGETS),
		    why);
}

static bool show_sheets(struct session *s, const struct job *j, struct diag *why)
{
	struct result domains = with_total(s, j, &j->x.domains);

	return (j->by != GAPS_CRITERION || show_criteria(s, j, why)) &&
	       (j->by == GAPS_AGENCY || show(s, j, &domains, table_gaps_domains,
					     phrase(&s->phrases, "gaps.block.domains"), why)) &&
	       (j->by == GAPS_DOMAIN || show(s, j, &j->x.agencies, table_gaps_agencies,
					     phrase(&s->phrases, "gaps.block.agencies"), why)) &&
	       show_targets(s, j, why);
}

static void say(struct session *s, const struct job *j)
{
	const struct narrative *w = &j->l.narrative;
	size_t n;
	const struct text *sentence = table_gaps_sentences(w, &j->x.rows, &j->x.total, &n);
	struct text rank = table_gaps_rank(w, &j->x.total), note;

	for (size_t i = 0; i < n; i++)
		load_sentence(s, sentence[i]);
	if (rank.n)
		load_sentence(s, rank);
	load_sentence(s, phrase(&s->phrases, "note.gaps"));
	note = table_gaps_note(w, &j->x.rows, j->x.order.self->code, j->by == GAPS_AGENCY);
	if (j->by != GAPS_DOMAIN && note.n)
		load_sentence(s, note);
	if (j->by != GAPS_DOMAIN)
		load_sentence(s, phrase(&s->phrases,
					j->x.order.split ? "note.gaps.split" : "note.gaps.lead"));
	if (j->x.total.flags & FLAG_SIMULATED)
		load_sentence(s, phrase(&s->phrases, "note.simulated"));
}

static bool for_people(const struct session *s)
{
	const char *format = s->options.value[OPT_FORMAT];

	return !format || strcmp(format, "table") == 0 || strcmp(format, "md") == 0;
}

static bool run(struct session *s, struct diag *why)
{
	struct job *j = arena_new(s->arena, 1, sizeof *j);
	struct result out;
	bool said;

	if (!read_all(s, j, why))
		return false;
	if (!for_people(s)) {
		out = with_total(s, j,
				 j->by == GAPS_CRITERION ? &j->x.rows
				 : j->by == GAPS_DOMAIN  ? &j->x.domains
							 : &j->x.agencies);
		return load_show(s, &j->l.narrative, &out, table_gaps, &said, why);
	}
	if (!show_sheets(s, j, why))
		return false;
	say(s, j);
	return true;
}

extern const struct command cmd_gaps;
const struct command cmd_gaps = {
	.name = "gaps",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "points a province lost, by criterion, domain and agency",
	.help = "  hailong gaps par-index-example --province NAME\n"
		"  hailong gaps par-index --criteria marks.csv --province NAME --year "
		"YEAR\n"
		"  hailong gaps papi --province NAME --format csv\n\n"
		"SURVEY may be a file of marks itself. Its columns: code, criterion, max_points,\n"
		"self_score, appraised_score, survey_score, agency, note. Without one, the "
		"published\n"
		"scores are set against the maxima of structure.csv. What has no score is listed, "
		"and\n"
		"no sum is made over it. (Expectation gaps of answers: hailong index --gaps.)\n",
	.options = (const enum option[]){OPT_PROVINCE, OPT_YEAR, OPT_CRITERIA, OPT_TARGETS, OPT_BY,
					 OPT_SHARED, OPT_FORMAT, OPT_OUT, OPT_FORCE, OPTIONS_FORM,
					 OPT__COUNT},
	.run = run,
};
