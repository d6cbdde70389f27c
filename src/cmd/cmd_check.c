/* Reading a survey finds what is wrong with its files; here is told what they hold, and what is
 * right in form but doubtful in content. */
#include "analysis/gaps.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "cmd/asked.h"
#include "cmd/checked.h"
#include "cmd/load.h"
#include "survey/catalog.h"

#include <math.h>

/* What is asked for, and the survey. */
struct job {
	struct checked checked;
	struct loaded l;
	const struct province *self; /* NULL = all */
};

/* Those that only a lone file needs. */
static const enum option of_file[] = {OPT_WEIGHT, OPT_STRATA, OPT_PSU,         OPT_SSU,
				      OPT_NEST,   OPT_FPC,    OPT_YEAR_COLUMN, OPT_PROVINCE_COLUMN,
				      OPT__COUNT};

/* Is a row of the year and province asked for? */
static bool wanted(const struct session *s, const struct job *j, long year, struct text province)
{
	return checked_wanted(s, year) && (!j->self || span_equal(j->self->code, province));
}

/* Printed ranks that the printed scores contradict, where the table is complete. */
static void check_ranks(const struct session *s, struct job *j, struct diag *why)
{
	const struct loaded *l = &j->l;

	for (size_t i = 0; i < l->all.n; i++) {
		const struct result_row *row = &l->all.row[i], *group;
		size_t n, better = 0;

		if (!row->complete || isnan(row->rank) || isnan(row->estimate) ||
		    !wanted(s, j, row->year, row->province))
			continue;
		group = result_group(&l->all, row->year, row->item, &n);
		for (size_t k = 0; k < n; k++)
			better += group[k].estimate > row->estimate ? 1 : 0;
		if ((double)(better + 1) == row->rank)
			continue;
		struct measures_of of = {.column = row->item, .province = row->province};

		j->checked.measures.year = row->year;
		measures_number(&j->checked.measures, "ranks", of, "printed", row->rank);
		measures_number(&j->checked.measures, "ranks", of, "by_score",
				(double)(better + 1));
		diag_warn(why, "%.*s %ld: %.*s is printed with rank %.0f, by its score it has %zu",
			  SPAN_ARG(l->survey.name), row->year, SPAN_ARG(row->province_name),
			  row->rank, better + 1);
	}
}

/* A printed total beside printed parts: the difference that rounding of k parts allows is k/2
 * digits. */
static void check_sums(struct session *s, struct job *j, struct diag *why)
{
	const struct loaded *l = &j->l;
	const struct structure *tree = &l->survey.structure;
	for (size_t i = 0; i < l->survey.scores.n; i++) {
		const struct score *score = &l->survey.scores.at[i];
		double sum = 0, unit = pow(10, -score->decimals);
		size_t k = 0;

		if (score->item->aggregation != AGGREGATE_SUM || isnan(score->value) ||
		    !wanted(s, j, score->year, score->province->code))
			continue;
		for (const struct item *c = NULL; (c = structure_child(tree, score->item, c));
		     k++) {
			const struct result_row *row =
				result_find(&l->all, score->year, c->code, score->province->code);

			sum += row ? row->estimate : NAN;
		}
		if (!k || !(fabs(sum - score->value) > unit * (double)(k + 1) / 2))
			continue;
		struct measures_of of = {.column = score->item->code,
					 .province = score->province->code};

		j->checked.measures.year = score->year;
		measures_number(&j->checked.measures, "sums", of, "printed", score->value);
		measures_number(&j->checked.measures, "sums", of, "sum", number_round(sum, 9));
		diag_warn(why,
			  "%.*s %ld, %.*s: item \"%.*s\" is printed as %.*s, its parts sum "
			  "to %.*s",
			  SPAN_ARG(l->survey.name), score->year, SPAN_ARG(score->province->name),
			  SPAN_ARG(score->item->code),
			  SPAN_ARG(number_exact(s->arena, score->value)),
			  SPAN_ARG(number_exact(s->arena, number_round(sum, 9))));
	}
}

static bool known_era(const struct survey *s, struct text era, size_t *order)
{
	for (*order = 0; *order < s->n_eras; ++*order)
		if (span_equal(s->era[*order], era))
			return true;
	return false;
}

/* Rows of comparability.csv that no comparison would ever find. */
static void check_comparability(const struct loaded *l, struct diag *why)
{
	const struct structure *tree = &l->survey.structure;

	for (size_t i = 0; i < tree->n_comparisons; i++) {
		const struct comparison *k = &tree->comparison[i];
		size_t from, to;
		bool eras = known_era(&l->survey, k->from_era, &from) &&
			    known_era(&l->survey, k->to_era, &to) && to == from + 1;

		if (!eras)
			diag_warn(why,
				  "comparability.csv, row %zu: \"%.*s\" and \"%.*s\" are not "
				  "neighbouring eras",
				  i + 1, SPAN_ARG(k->from_era), SPAN_ARG(k->to_era));
		else if (!structure_find(tree, k->from_era, k->code) &&
			 !structure_find(tree, k->to_era, k->code))
			diag_warn(why, "comparability.csv, row %zu: no era has the code \"%.*s\"",
				  i + 1, SPAN_ARG(k->code));
	}
}

/* A printed group by score that the printed score contradicts. */
static void check_printed_group(const struct loaded *l, const struct score *s, struct diag *why)
{
	const struct structure *tree = &l->survey.structure;
	const struct group *g = s->group, *last = tree->group + tree->n_groups - 1;
	double value = number_round(s->value, s->wave->decimals);

	if (!g || g->quartile || isnan(value))
		return;
	for (const struct group *k = tree->group; k <= last; k++)
		if (value >= k->bound) {
			if (k != g)
				diag_warn(why,
					  "%.*s %ld: %.*s is printed in group %.*s, by its score "
					  "it is in %.*s",
					  SPAN_ARG(l->survey.name), s->year,
					  SPAN_ARG(s->province->name), SPAN_ARG(g->code),
					  SPAN_ARG(k->code));
			return;
		}
}

/* Scores that fall into another group only because they are rounded as they are printed. */
static void check_groups(const struct session *s, const struct job *j, struct diag *why)
{
	const struct loaded *l = &j->l;
	const struct structure *tree = &l->survey.structure;

	for (size_t i = 0; i < l->survey.scores.n; i++)
		if (wanted(s, j, l->survey.scores.at[i].year,
			   l->survey.scores.at[i].province->code))
			check_printed_group(l, &l->survey.scores.at[i], why);
	for (size_t i = 0; i < l->all.n; i++) {
		const struct result_row *row = &l->all.row[i];

		if (!wanted(s, j, row->year, row->province))
			continue;
		for (size_t g = 0; g < tree->n_groups && row->item_depth == 0; g++)
			if (span_equal(row->group, tree->group[g].code) &&
			    !tree->group[g].quartile && row->estimate < tree->group[g].bound)
				diag_warn(why,
					  "%.*s %ld: %.*s is in group %.*s only by rounding to %g",
					  SPAN_ARG(l->survey.name), row->year,
					  SPAN_ARG(row->province_name), SPAN_ARG(row->group),
					  tree->group[g].bound);
	}
}

/* Percentages that are all at most 1 are most likely parts of 1. */
static void check_shares(const struct session *s, const struct loaded *l, struct diag *why)
{
	for (size_t w = 0; w < l->survey.n_waves; w++) {
		const struct wave *wave = &l->survey.wave[w];
		double most = NAN;

		for (size_t i = 0; i < l->survey.scores.n; i++)
			if (l->survey.scores.at[i].wave == wave)
				most = fmax(most, l->survey.scores.at[i].value);
		if (wave->unit != UNIT_PERCENT || wave->shares || !(most <= 1) ||
		    !checked_wanted(s, wave->year))
			continue;
		diag_warn(why, "%.*s %ld: no score is above 1, and survey.csv says percent",
			  SPAN_ARG(l->survey.name), wave->year);
		diag_hint(why, "parts of 1 have the unit \"share\" there");
	}
}

/* What a year lists, for machines. */
static void year_measures(struct job *j, long year, size_t listed, size_t scored, size_t ranked,
			  bool complete)
{
	struct measures *m = &j->checked.measures;
	struct measures_of all = {{"", 0}, {"", 0}, {"", 0}};

	m->year = year;
	measures_number(m, "scores", all, "listed", (double)listed);
	measures_number(m, "scores", all, "scored", (double)scored);
	measures_number(m, "scores", all, "ranked", (double)ranked);
	measures_number(m, "scores", all, "complete", complete);
}

static void years(struct session *s, struct job *j)
{
	const struct loaded *l = &j->l;
	static const char *const heads[] = {"head.year",   "head.era",    "head.listed",
					    "head.scored", "head.ranked", "head.table"};
	struct sheet sheet = {.arena = s->arena};

	for (size_t i = 0; i < 6; i++)
		sheet_column(&sheet, phrase(&s->phrases, heads[i]), i > 1 && i < 5);
	for (size_t w = 0; w < l->survey.n_waves; w++) {
		const struct wave *wave = &l->survey.wave[w];
		size_t n, scored = 0, ranked = 0;
		const struct result_row *row =
			result_group(&l->all, wave->year, span_of(STRUCTURE_ROOT), &n);
		struct text *cell;

		if (!checked_wanted(s, wave->year))
			continue;
		for (size_t i = 0; i < n; i++) {
			scored += isnan(row[i].estimate) ? 0 : 1;
			ranked += isnan(row[i].rank) ? 0 : 1;
		}
		year_measures(j, wave->year, n, scored, ranked, n && row->complete);
		cell = sheet_row(&sheet);
		cell[0] = arena_format(s->arena, "%ld", wave->year);
		cell[1] = wave->era;
		cell[2] = arena_format(s->arena, "%zu", n);
		cell[3] = arena_format(s->arena, "%zu", scored);
		cell[4] = arena_format(s->arena, "%zu", ranked);
		cell[5] = phrase(&s->phrases, n && row->complete ? "word.complete" : "word.sparse");
	}
	checked_sheet(s, &j->checked, &sheet);
}

/* The marks of every unit and year in criteria.csv, against themselves and the published. */
static bool check_criteria(struct session *s, const struct loaded *l, struct diag *why)
{
	const char *file = catalog_path(s->arena, l->survey.folder, "criteria.csv");
	struct criteria_wanted *list;
	bool ok = true;
	size_t n;

	if (!catalog_is_file(file))
		return true;
	if (!criteria_marked(s->arena, file, &l->survey.provinces, &list, &n, why))
		return false;
	for (size_t i = 0; i < n; i++) {
		struct criteria c;
		struct gaps_order o = {.survey = &l->survey,
				       .criteria = &c,
				       .all = &l->all,
				       .self = list[i].self,
				       .year = list[i].year};

		if (!survey_wave(&l->survey, o.year))
			ok = diag_fail(why, DIAG_DATA, "%s: survey.csv has no year %ld", file,
				       o.year);
		else if (!criteria_read(s->arena, file, &list[i], &c, why))
			ok = false;
		else
			gaps_check(s->arena, &o, why);
	}
	return ok;
}

/* Answers alone, whose structure names nothing to make an index of. */
static bool has_no_index(const struct survey *s)
{
	const struct text root = TEXT(STRUCTURE_ROOT);

	for (size_t i = 0; i < s->n_waves; i++) {
		const struct wave *w = &s->wave[i];
		const struct item *top = structure_find(&s->structure, w->era, root);

		if (!w->answers || !top || structure_child(&s->structure, top, NULL) ||
		    codebook_code(&s->codebook, w->era, root))
			return false;
	}
	return true;
}

/* Scores that are published: what they hold, then what is doubtful. */
static bool check_scores(struct session *s, struct job *j, struct diag *why)
{
	struct loaded *l = &j->l;

	if (has_no_index(&l->survey)) {
		diag_note(why, l->survey.folder,
			  "structure.csv has no item below \"%s\": there is no index to check",
			  STRUCTURE_ROOT);
		return true;
	}
	if (!load_survey(s, s->options.word[0], l, why) || !check_criteria(s, l, why))
		return false;
	years(s, j);
	check_comparability(l, why);
	check_groups(s, j, why);
	check_sums(s, j, why);
	check_shares(s, l, why);
	check_ranks(s, j, why);
	return true;
}

/* --year and --province are of this survey. */
static bool read_asked(struct session *s, struct job *j, struct diag *why)
{
	const struct loaded *l = &j->l;
	long year;

	return load_year(s, l, OPT_YEAR, survey_last_year(&l->survey), &year, why) &&
	       load_province(s, l, year, &j->self, why);
}

static bool run(struct session *s, struct diag *why)
{
	struct job j = {0};
	size_t errors;
	bool answers;

	if (!checked_start(s, &j.checked, why) ||
	    !checked_is_answers(s, s->options.word[0], &answers, why))
		return false;
	errors = why->errors;
	if (answers)
		return checked_file(s, &j.checked, why) && checked_end(s, &j.checked, why);
	if (!asked_none(s, of_file, N_("a survey that names its own design"), why) ||
	    !load_read(s, s->options.word[0], &j.l, why) || !read_asked(s, &j, why) ||
	    !checked_answers(s, &j.l.survey, &j.checked, why))
		return false;
	/* Of answers that are wrong nothing is estimated; what was counted of them is shown. */
	if (why->errors == errors && !check_scores(s, &j, why))
		return false;
	return checked_end(s, &j.checked, why);
}

extern const struct command cmd_check;
const struct command cmd_check = {
	.name = "check",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "read a survey's files and say what they hold, and what is wrong with them",
	.help = "  hailong check papi\n"
		"  hailong check ./my-survey --year YEAR\n"
		"  hailong check answers.csv --weight w --strata region --psu village\n\n"
		"Every problem is told with file, line and column; exit status 3 when there is "
		"one. Years of\n"
		"answers are read against codebook and design. Then follows what each holds: its "
		"columns, missing\n"
		"answers by province, ids and rows that stand twice, one answer to all questions "
		"of a block (5 or\n"
		"more that have the same levels), interviews that are too fast, weights, the "
		"sample, provinces.\n\n"
		"A lone file without columns `code` and `score` holds answers; options tell its "
		"design. Ids and\n"
		"times are found by the names of columns when no option names them; --year "
		"compares provinces with\n"
		"the list of that year.\n\n"
		"What is doubtful is a warning (--strict: status 5): a question with more than 20 "
		"% missing; an id\n"
		"standing twice, all answers in 0.5 % of the rows; above 20 % with one answer to a "
		"whole block, in\n"
		"the country or in a province with 20 rows or more; above 5 % of interviews below "
		"a third of the\n"
		"median duration; a weight 30 times another of its province, or 5 % of the sum of "
		"100 rows or more;\n"
		"a sampling unit in two provinces; printed sums, ranks and groups that printed "
		"scores contradict.\n"
		"The limits are the program's own choice.\n\n"
		"--format csv lists everything, one measure a row.\n",
	.options = (const enum option[]){OPT_YEAR, OPT_PROVINCE, OPT_WEIGHT, OPT_STRATA, OPT_PSU,
					 OPT_SSU, OPT_NEST, OPT_FPC, OPT_YEAR_COLUMN,
					 OPT_PROVINCE_COLUMN, OPT_ID_COLUMN, OPT_TIME_COLUMNS,
					 OPT_FORMAT, OPT_OUT, OPT_FORCE, OPT_NO_CACHE, OPTIONS_FORM,
					 OPT__COUNT},
	.run = run,
};
