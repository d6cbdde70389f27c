#include "cmd/gather.h"
#include "cmd/load.h"
#include "cmd/queried.h"
#include "cmd/tallied.h"
#include "cmd/weighting.h"
#include "survey/reading.h"
#include "survey/tally_csv.h"
#include "survey/tally_order.h"
#include "survey/tally_write.h"

#include <string.h>

/* The tally as a binary file or as CSV. */
static bool write_out(struct session *s, const struct tally *t, const struct tally_about *about,
		      bool merged, struct diag *why)
{
	const char *path = s->options.value[OPT_OUT];
	size_t n = path ? strlen(path) : 0;
	bool binary = n > 6 && strcmp(path + n - 6, ".tally") == 0;
	const size_t *order = tally_order(s->arena, t, merged);
	struct tally_about told = *about;

	told.found = true;
	if (!t->sums.exact)
		diag_warn(why,
			  "weights or numbers have too many digits for exact sums: they hold to "
			  "1e-12 and depend on the order of rows and files");
	if (!(binary ? tally_write : tally_csv_write)(s->arena, t, &told, order, s->out))
		return diag_fail(why, DIAG_FAILED, "not enough memory for the tally");
	return true;
}

/* ---- of answers ---------------------------------------------------------------------------- */

static bool check_groups(struct session *s, const struct margin *m, struct diag *why)
{
	for (size_t i = 0; i < m->n; i++)
		for (size_t k = 0; k < i; k++)
			if (m->factor[i] == m->factor[k])
				return diag_fail(why, DIAG_USAGE, "--by %s: a column stands twice",
						 s->options.value[OPT_BY]);
	return true;
}

static bool tally_files(struct session *s, struct estimate_options *o, struct diag *why)
{
	struct tally_about about = {0};
	const char *name = s->options.word[0]; /* a pipe's own */
	struct gathered g;
	struct plan *p = &g.plan;

	if (s->options.value[OPT_YEAR])
		return diag_fail(why, DIAG_USAGE, "--year is for survey folders");
	if (!gather_plan(s, o, &g, why) || !check_groups(s, p->margin, why))
		return false;
	p->by_part = p->partial = true;
	if (!reading_tally(s->arena, p, s->options.word, s->options.words, &g.answers, &g.tally,
			   why))
		return false;
	gather_warn_words(s, p, why);
	about.source = asked_file_name(name);
	tallied_about(s, o, p, &about);
	return write_out(s, &g.tally, &about, false, why);
}

static bool tally_survey(struct session *s, struct estimate_options *o, struct diag *why)
{
	struct tally_about about = {0};
	struct loaded l;
	struct wave_answers w;
	long year;

	if (!load_answers(s, o, s->options.word[0], &l, &year, why) ||
	    !gather_wave(s, o, &l.survey, survey_wave(&l.survey, year), &w, why) ||
	    !check_groups(s, w.plan.margin, why))
		return false;
	w.plan.by_part = w.plan.partial = true;
	if (!waves_read(s->arena, &w, false, why) ||
	    !tallied_about_wave(s, o, s->options.word[0], &w, &about, why))
		return false;
	about.source = w.wave->file;
	return write_out(s, &w.tally, &about, false, why);
}

/* ---- of tallies ---------------------------------------------------------------------------- */

static bool merge(struct session *s, struct diag *why)
{
	static const enum option fixed[] = {OPT_ITEM,   OPT_STAT,  OPT_CATEGORY, OPT_SATISFIED,
					    OPT_OVER,   OPT_WHERE, OPT_BY,       OPT_WEIGHT,
					    OPT_STRATA, OPT_PSU,   OPT_SSU,      OPT_NEST,
					    OPT_FPC,    OPT_YEAR,  OPT__COUNT};
	struct tallied t;

	if (!asked_none(s, fixed, N_("--merge: the tallies say so themselves"), why) ||
	    !tallied_open(s, &t, why))
		return false;
	tallied_all(s, &t);
	return tallied_read(s, &t, why) && write_out(s, &t.w.tally, &t.about, true, why);
}

static bool run(struct session *s, struct diag *why)
{
	static const enum option statements[] = {OPT_DIALECT, OPT_TABLE, OPT__COUNT};
	struct estimate_options o;

	if (s->options.value[OPT_SQL])
		return queried_print(s, why);
	if (!asked_none(s, statements, N_("a tally without --sql"), why))
		return false;
	if (s->options.words == 0) {
		diag_fail(why, DIAG_USAGE, "something is missing: hailong tally SURVEY|FILE...");
		return diag_hint(why, "hailong help tally says more");
	}
	if (s->options.value[OPT_MERGE])
		return merge(s, why);
	if (!asked_estimate(s, &o, why))
		return false;
	if (weighting_rows(s, &o))
		return diag_fail(why, DIAG_USAGE, "--stat %s needs every row; a tally holds sums",
				 statistic_name(o.statistic));
	if (!gather_is_file(s->options.word[0]))
		return tally_survey(s, &o, why);
	if (tallied_is(s->options.word[0])) {
		diag_at(why, (struct place){s->options.word[0], 0, 0}, DIAG_DATA,
			"this is a tally already");
		return diag_hint(why, "--merge adds tallies; hailong estimate reads them");
	}
	return tally_files(s, &o, why);
}

extern const struct command cmd_tally;
const struct command cmd_tally = {
	.name = "tally",
	.words = "SURVEY|FILE...",
	.least_words = 0,
	.most_words = OPTION_WORDS,
	.summary = "sums of answers by sampling unit, to be added and estimated later",
	.help = "  hailong tally answers.csv --weight w --strata stratum --psu village --item "
		"q1-q9 "
		"--satisfied 4,5 -o a.tally\n"
		"  hailong tally --merge a.tally b.tally c.csv -o all.tally\n"
		"  hailong estimate all.tally --level 0.9\n"
		"  hailong tally sipas-example --year 2024 --by residence -o 2024.tally\n"
		"  hailong tally --sql --dialect duckdb answers.csv --table answers --weight w "
		"--psu village --item q1-q9 --satisfied 4,5\n\n"
		"A tally holds, for every sampling unit and group, what estimates and their errors "
		"need, and no\n"
		"row. Parts of a file, or files of many machines, are tallied apart and added with "
		"--merge, in any\n"
		"order, to the very digits of one run. -o NAME.tally is binary, small and quick; "
		"any "
		"other name,\n"
		"and standard output, is CSV, the same as databases make. hailong estimate takes "
		"both: intervals,\n"
		"levels, suppression, some of the items and of the groups may be chosen then; what "
		"is counted,\n"
		"design and conditions are fixed here. A tally of a survey names its folder, which "
		"estimate reads\n"
		"for names. A part of few rows tells their answers: a tally is to be kept as the "
		"answers are.\n\n"
		"--sql prints a statement that makes the tally where the rows lie, in --table: one "
		"GROUP BY in\n"
		"exact decimals for PostgreSQL, DuckDB, Spark SQL or ClickHouse (--dialect), with "
		"every name and\n"
		"value quoted. Its result as CSV, header first, is a tally: hailong estimate reads "
		"it. Of FILE only\n"
		"the header is read; without FILE the options name the columns. More than about "
		"250 "
		"items are\n"
		"several statements, whose results are named together.\n",
	.options = (const enum option[]){OPT_MERGE,      OPT_SQL,   OPT_DIALECT,  OPT_TABLE,
					 OPT_ITEM,       OPT_STAT,  OPT_CATEGORY, OPT_SATISFIED,
					 OPT_OVER,       OPT_WHERE, OPT_BY,       OPT_WEIGHT,
					 OPT_STRATA,     OPT_PSU,   OPT_SSU,      OPT_NEST,
					 OPT_FPC,        OPT_YEAR,  OPT_THREADS,  OPT_CHUNK,
					 OPT_MAX_MEMORY, OPT_OUT,   OPT_FORCE,    OPTIONS_FORM,
					 OPT__COUNT},
	.run = run,
};
