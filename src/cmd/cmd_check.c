/* Reading a survey finds what is wrong with its files; here is told what they hold, and what is
 * right in form but doubtful in content. */
#include "analysis/gaps.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "cmd/load.h"
#include "survey/catalog.h"
#include "survey/heading.h"
#include "survey/waves.h"

#include <math.h>

/* Printed ranks that the printed scores contradict, where the table is complete. */
static void check_ranks(const struct loaded *l, struct diag *why)
{
	for (size_t i = 0; i < l->all.n; i++) {
		const struct result_row *row = &l->all.row[i], *group;
		size_t n, better = 0;

		if (!row->complete || isnan(row->rank) || isnan(row->estimate))
			continue;
		group = result_group(&l->all, row->year, row->item, &n);
		for (size_t k = 0; k < n; k++)
			better += group[k].estimate > row->estimate ? 1 : 0;
		if ((double)(better + 1) != row->rank)
			diag_warn(
				why,
				"%.*s %ld: %.*s is printed with rank %.0f, by its score it has %zu",
				SPAN_ARG(l->survey.name), row->year, SPAN_ARG(row->province_name),
				row->rank, better + 1);
	}
}

/* A printed total beside printed parts: the difference that rounding of k parts allows is k/2
 * digits. */
static void check_sums(struct session *s, const struct loaded *l, struct diag *why)
{
	const struct structure *tree = &l->survey.structure;
	for (size_t i = 0; i < l->survey.scores.n; i++) {
		const struct score *score = &l->survey.scores.at[i];
		double sum = 0, unit = pow(10, -score->decimals);
		size_t k = 0;

		if (score->item->aggregation != AGGREGATE_SUM || isnan(score->value))
			continue;
		for (const struct item *c = NULL; (c = structure_child(tree, score->item, c));
		     k++) {
			const struct result_row *row =
				result_find(&l->all, score->year, c->code, score->province->code);

			sum += row ? row->estimate : NAN;
		}
		if (k && fabs(sum - score->value) > unit * (double)(k + 1) / 2)
			diag_warn(why,
				  "%.*s %ld, %.*s: item \"%.*s\" is printed as %.*s, its parts sum "
				  "to %.*s",
				  SPAN_ARG(l->survey.name), score->year,
				  SPAN_ARG(score->province->name), SPAN_ARG(score->item->code),
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
static void check_groups(const struct loaded *l, struct diag *why)
{
	const struct structure *tree = &l->survey.structure;

	for (size_t i = 0; i < l->survey.scores.n; i++)
		check_printed_group(l, &l->survey.scores.at[i], why);
	for (size_t i = 0; i < l->all.n; i++) {
		const struct result_row *row = &l->all.row[i];

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

static void years(struct session *s, const struct loaded *l)
{
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
		struct text *cell = sheet_row(&sheet);

		for (size_t i = 0; i < n; i++) {
			scored += isnan(row[i].estimate) ? 0 : 1;
			ranked += isnan(row[i].rank) ? 0 : 1;
		}
		cell[0] = arena_format(s->arena, "%ld", wave->year);
		cell[1] = wave->era;
		cell[2] = arena_format(s->arena, "%zu", n);
		cell[3] = arena_format(s->arena, "%zu", scored);
		cell[4] = arena_format(s->arena, "%zu", ranked);
		cell[5] = phrase(&s->phrases, n && row->complete ? "word.complete" : "word.sparse");
	}
	sheet_print(&sheet, s->out);
}

/* ---- answers ------------------------------------------------------------------------------- */

/* Every question of the year that the file has, so that every code is seen. */
static bool all_questions(struct session *s, struct wave_answers *w, struct diag *why)
{
	const char *file =
		catalog_path(s->arena, w->survey->folder, arena_string(s->arena, w->wave->file));
	const struct codebook *book = &w->survey->codebook;
	struct plan *p = &w->plan;
	struct heading heading;

	if (!heading_read(s->arena, file, false, &heading, why))
		return false;
	p->variable = arena_new(s->arena, book->n, sizeof *p->variable);
	for (size_t i = 0; i < book->n; i++) {
		const struct question *q = &book->at[i];

		if ((q->era.n && !span_equal(q->era, w->wave->era)) || q->kind == QUESTION_TEXT)
			continue;
		if (!heading_has(&heading, q->column)) {
			diag_warn(why, "%s has no column \"%.*s\" (%.*s)", file,
				  SPAN_ARG(q->column), SPAN_ARG(q->code));
			continue;
		}
		p->variable[p->n_variables++] =
			(struct variable){.kind = q->n_levels ? VARIABLE_LEVELS : VARIABLE_NUMBER,
					  .column = q->column,
					  .question = q};
	}
	return true;
}

/* Strata with one unit that is not all there is. */
static size_t lonely_strata(const struct frame *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->stage[0].n_strata; i++)
		n += f->stage[0].stratum[i].units == 1 && f->stage[0].stratum[i].population != 1;
	return n;
}

/* Share of the answers that should be there and are not. */
static double missing_share(const struct wave_answers *w)
{
	double n = 0, all = w->tally.rows[0] * (double)w->plan.n_variables;

	for (size_t v = 0; v < w->plan.n_variables; v++)
		n += tally_moments(&w->tally, 0, v, 0).n;
	return 1 - n / all;
}

static void answers_row(struct session *s, const struct wave_answers *w, struct sheet *sheet)
{
	const struct frame *f = &w->answers.frame;
	double n = (double)w->answers.rows, sum = w->answers.weight_sum;
	struct text *cell = sheet_row(sheet);

	cell[0] = arena_format(s->arena, "%ld", w->wave->year);
	cell[1] = number_shown(s->arena, n, 0, s->lang);
	cell[2] = w->province ? arena_format(s->arena, "%zu", w->plan.factor[0].levels->n)
			      : span_of("–");
	cell[3] = arena_format(s->arena, "%zu", f->stage[0].n_strata);
	cell[4] = number_shown(s->arena, (double)f->stage[0].n_units, 0, s->lang);
	cell[5] = arena_format(s->arena, "%zu", lonely_strata(f));
	cell[6] =
		number_shown(s->arena, n * w->answers.weight_square_sum / (sum * sum), 2, s->lang);
	cell[7] = number_shown(s->arena, 100 * missing_share(w), 1, s->lang);
}

static bool check_wave(struct session *s, const struct survey *survey, const struct wave *wave,
		       struct sheet *sheet, struct diag *why)
{
	struct wave_answers w;

	if (!waves_plan(s->arena, survey, wave, &w, why) || !all_questions(s, &w, why))
		return false;
	waves_margin(s->arena, &w, NULL, 0);
	if (!waves_read(s->arena, &w, false, why))
		return false;
	answers_row(s, &w, sheet);
	return true;
}

/* All years are read, so that the problems of all are told. */
static bool check_answers(struct session *s, const struct survey *survey, struct diag *why)
{
	static const char *const heads[] = {"head.year",   "head.n",      "head.provinces",
					    "head.strata", "head.units",  "head.lonely",
					    "head.kish",   "head.missing"};
	struct sheet sheet = {.arena = s->arena};
	bool ok = true;

	for (size_t i = 0; i < 8; i++)
		sheet_column(&sheet, phrase(&s->phrases, heads[i]), i > 0);
	for (size_t i = 0; i < survey->n_waves; i++)
		if (survey->wave[i].answers)
			ok = check_wave(s, survey, &survey->wave[i], &sheet, why) && ok;
	if (sheet.rows) {
		sheet_print(&sheet, s->out);
		fputs("\n", s->out);
	}
	return ok;
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

static bool run(struct session *s, struct diag *why)
{
	struct loaded l;

	if (!load_read(s, s->options.word[0], &l, why) || !check_answers(s, &l.survey, why))
		return false;
	if (has_no_index(&l.survey)) {
		diag_note(why, l.survey.folder,
			  "structure.csv has no item below \"" STRUCTURE_ROOT
			  "\": there is no index to check");
		return true;
	}
	if (!load_survey(s, s->options.word[0], &l, why) || !check_criteria(s, &l, why))
		return false;
	years(s, &l);
	check_comparability(&l, why);
	check_groups(&l, why);
	check_sums(s, &l, why);
	check_ranks(&l, why);
	return true;
}

extern const struct command cmd_check;
const struct command cmd_check = {
	.name = "check",
	.words = "SURVEY",
	.least_words = 1,
	.most_words = 1,
	.summary = "read a survey's files and say what is wrong with them",
	.help = "  hailong check papi\n"
		"  hailong check ./my-survey\n\n"
		"Every problem is told with file, line and column; exit status 3 when there is "
		"one.\n"
		"Years of answers are read against codebook and design; then follows what each "
		"year holds. What is doubtful is a warning (--strict: "
		"status 5).\n",
	.options = (const enum option[]){OPT_OUT, OPT_FORCE, OPT_NO_CACHE, OPT__COUNT},
	.run = run,
};
