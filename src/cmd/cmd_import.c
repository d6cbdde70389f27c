#include "cmd/filing.h"
#include "cmd/gather.h"
#include "output/sheet.h"
#include "base/text.h"
#include "survey/catalog.h"
#include "survey/drafted.h"
#include "survey/xlsform.h"

#define SHOWN 48 /* characters of a list in the table */

/* ---- what the command line says ------------------------------------------------------------ */

static bool give_role(struct draft *d, struct text column, enum guess_role role, struct diag *why)
{
	struct draft_column *c = draft_find(d, column);

	if (!c)
		return diag_fail(why, DIAG_USAGE, "%s has no column \"%.*s\"", d->file,
				 SPAN_ARG(column));
	if (c->role != GUESS_NONE)
		return diag_fail(why, DIAG_USAGE, "column \"%.*s\" is named twice",
				 SPAN_ARG(column));
	c->role = role;
	c->role_given = true;
	return true;
}

static bool give_roles(struct session *s, struct draft *d, struct diag *why)
{
	struct design design;
	bool fine;

	if (!gather_design(s, &design, why))
		return false;
	fine = !design.weight.n || give_role(d, design.weight, GUESS_WEIGHT, why);
	for (size_t i = 0; i < design.n_strata; i++)
		fine = give_role(d, design.stratum[i], GUESS_STRATUM, why) && fine;
	if (design.n_units)
		fine = give_role(d, design.unit[0], GUESS_PSU, why) && fine;
	return fine;
}

static bool check_words(const struct session *s, struct diag *why)
{
	const struct options *o = &s->options;

	if (!o->value[OPT_TO]) {
		diag_fail(why, DIAG_USAGE, "where does the survey go?");
		return diag_hint(why, "name a folder with --to");
	}
	if (!gather_is_file(o->word[0]))
		return diag_fail(why, DIAG_DATA, "%s: no such file", o->word[0]);
	return !o->value[OPT_CHOICES] || o->value[OPT_FORM] ||
	       diag_fail(why, DIAG_USAGE, "--choices are those of a form; name it with --form");
}

/* ---- what is told -------------------------------------------------------------------------- */

static struct text cut(struct arena *a, struct text s)
{
	struct text rest = s;

	for (size_t i = 0; i < SHOWN && text_next(&rest) >= 0; i++) {
	}
	return rest.n ? arena_format(a, "%.*s…", (int)(s.n - rest.n), s.at) : s;
}

static const char *source_of(const struct draft_column *c)
{
	if (c->role != GUESS_NONE)
		return c->role_given ? "import.given" : "import.name";
	switch (c->source) {
	case DRAFT_BY_LABELS: return "import.labels";
	case DRAFT_BY_FORM: return "import.form";
	case DRAFT_BY_VALUES: break;
	}
	return "import.values";
}

static void show_columns(struct session *s, const struct draft *d)
{
	static const char *const heads[] = {"head.column", "head.kind", "head.levels", "head.codes",
					    "head.source"};
	struct sheet sheet = {.arena = s->arena};

	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_column(&sheet, phrase(&s->phrases, heads[i]), false);
	for (size_t i = 0; i < d->n; i++) {
		const struct draft_column *c = &d->column[i];
		struct text *cell = sheet_row(&sheet);

		cell[0] = c->name;
		cell[1] = span_of(c->role ? guess_role_name[c->role] : drafted_kind(c));
		if (drafted_in_codebook(c)) {
			cell[2] = cut(s->arena, drafted_levels(s->arena, c, LANG_VI));
			cell[3] = cut(s->arena, drafted_missing(s->arena, c));
		}
		cell[4] = phrase(&s->phrases, source_of(c));
	}
	sheet_print(&sheet, s->out);
	fprintf(s->out, "\n%.*s\n  hailong check %s\n",
		SPAN_ARG(phrase(&s->phrases, "import.next")), s->options.value[OPT_TO]);
}

/* A file's name without what tells its kind. */
static struct text stem_of(struct text name)
{
	size_t dot = span_find_last(name, (struct text)TEXT("."));

	return dot == SPAN_NOWHERE || dot == 0 ? name : (struct text){name.at, dot};
}

/* ---- in the whole -------------------------------------------------------------------------- */

static bool draft_file(struct session *s, struct draft *d, struct drafted *out, struct diag *why)
{
	const char *const *value = s->options.value;
	struct guesses *guesses = arena_new(s->arena, 1, sizeof *guesses);
	struct provinces provinces;
	long year = 0, *years;

	if ((value[OPT_YEAR] && !number_whole(span_of(value[OPT_YEAR]), 1900, 2999, &year)))
		return diag_fail(why, DIAG_USAGE, "--year: \"%s\" is not a year", value[OPT_YEAR]);
	if (!guesses_read(s->arena, s->share, guesses, why) ||
	    !draft_open(s->arena, guesses, s->options.word[0], &s->reading.form, d, why))
		return false;
	infer_labels(s->arena, d);
	if (value[OPT_FORM] &&
	    !xlsform_apply(s->arena, value[OPT_FORM], value[OPT_CHOICES], d, why))
		return false;
	if (!give_roles(s, d, why))
		return false;
	infer_roles(s->arena, d);
	if (!draft_read(s->arena, d, why) ||
	    !infer_years(s->arena, d, year, &years, &out->n_years, why) ||
	    !provinces_read(s->arena, s->share, &provinces, why) ||
	    !infer_design(s->arena, d, &provinces, years, out->n_years, why))
		return false;
	infer_questions(s->arena, d, why);
	if (d->unweighted)
		diag_warn(why,
			  "%s: no column looks like a weight: every answer counts 1 (column "
			  "\"%.*s\"); --weight names one",
			  d->file, SPAN_ARG(d->weight));
	out->draft = d;
	out->year = years;
	out->name = stem_of(asked_file_name(s->options.word[0]));
	out->form = value[OPT_FORM] ? asked_file_name(value[OPT_FORM]).at : NULL;
	return true;
}

static bool run(struct session *s, struct diag *why)
{
	struct draft *d = arena_new(s->arena, 1, sizeof *d);
	struct drafted files = {0};
	struct filing f;
	bool ok;

	if (!check_words(s, why) || !gather_pipes(s, why) || !draft_file(s, d, &files, why) ||
	    !filing_open(s->arena, s->options.value[OPT_TO], &f, why))
		return false;
	ok = drafted_write(s->arena, &files, filing_take, &f, why);
	if (!filing_close(&f, ok, s->options.value[OPT_FORCE] != NULL, why))
		return false;
	show_columns(s, d);
	return true;
}

extern const struct command cmd_import;
const struct command cmd_import = {
	.name = "import",
	.words = "FILE",
	.least_words = 1,
	.most_words = 1,
	.summary = "a survey folder drafted from a file of Stata, SPSS, SAS, CSV or KoboToolbox",
	.help = "  hailong import answers.dta --to my-survey --year YEAR\n"
		"  hailong import export.csv --form survey.csv --choices choices.csv --to "
		"my-survey\n\n"
		"Reads .dta, .sav, .zsav, .por, .sas7bdat and .csv; writes answers.csv, and drafts "
		"of\n"
		"codebook.csv (from labels, or from an XLSForm whose sheets are saved as CSV),\n"
		"design.csv (guessed from names such as weight, psu, strata, and marked as "
		"guessed),\n"
		"structure.csv and survey.csv. Codes of missing answers stay as they are and are\n"
		"listed. Which levels count as satisfied is filled in only where their words say "
		"so.\n"
		"A column named like a year gives the years; else --year does. Read the drafts "
		"before\n"
		"you use them.\n",
	.options = (const enum option[]){OPT_TO, OPT_YEAR, OPT_FORM, OPT_CHOICES, OPT_WEIGHT,
					 OPT_STRATA, OPT_PSU, OPT_FORCE, OPTIONS_FORM, OPT__COUNT},
	.makes_files = true,
	.run = run,
};
