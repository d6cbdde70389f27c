#include "cmd/checked.h"

#include "base/text.h"
#include "cmd/gather.h"
#include "output/quality_rows.h"
#include "output/quality_tables.h"
#include "survey/catalog.h"
#include "survey/doubts.h"
#include "survey/reading.h"

#include <math.h>
#include <string.h>

bool checked_start(struct session *s, struct checked *out, struct diag *why)
{
	const char *format = s->options.value[OPT_FORMAT];

	*out = (struct checked){.measures.arena = s->arena};
	out->markdown = format && strcmp(format, "md") == 0;
	out->people = !format || out->markdown || strcmp(format, "table") == 0;
	if (out->people || fields_format_find(format, &out->format))
		return true;
	diag_fail(why, DIAG_USAGE, "--format: \"%s\" is not known here", format);
	return diag_hint(why, "formats are table, csv, tsv, json, md");
}

bool checked_wanted(const struct session *s, long year)
{
	const char *value = s->options.value[OPT_YEAR];
	long asked;

	return !value || (number_whole(span_of(value), 1900, 2999, &asked) && asked == year);
}

static struct quality_shown shown(struct session *s, const struct checked *c)
{
	return (struct quality_shown){.arena = s->arena,
				      .phrases = &s->phrases,
				      .lang = s->lang,
				      .markdown = c->markdown,
				      .out = s->out};
}

void checked_sheet(struct session *s, const struct checked *c, const struct sheet *sheet)
{
	if (!c->people)
		return;
	if (c->markdown)
		sheet_markdown(sheet, s->out);
	else
		sheet_print(sheet, s->out);
}

bool checked_end(struct session *s, const struct checked *c, struct diag *why)
{
	return c->people || measures_write(&c->measures, c->format, s->out, why);
}

/* ---- what is looked at --------------------------------------------------------------------- */

/* --id-column and --time-columns, and by which names they are else looked for. */
static bool asked_columns(struct session *s, struct quality_order *o, struct diag *why)
{
	struct guesses *guesses = arena_new(s->arena, 1, sizeof *guesses);
	const char *times = s->options.value[OPT_TIME_COLUMNS];
	struct text rest = span_of(times), begin, end, more;

	if (!guesses_read(s->arena, s->share, guesses, why))
		return false;
	o->guesses = guesses;
	o->id = span_of(s->options.value[OPT_ID_COLUMN]);
	if (!times)
		return true;
	if (!span_split(&rest, ',', &begin) || begin.n == 0)
		return diag_fail(why, DIAG_USAGE,
				 "--time-columns: the name of a column is missing");
	if (!span_split(&rest, ',', &end)) {
		o->duration = begin;
		return true;
	}
	o->begin = begin;
	o->end = end;
	return (end.n && !span_split(&rest, ',', &more)) ||
	       diag_fail(why, DIAG_USAGE,
			 "--time-columns: \"%s\" is neither a start and an end nor a duration",
			 times);
}

static void show(struct session *s, struct checked *c, const struct quality *q)
{
	struct quality_shown v = shown(s, c);

	if (!c->people) {
		c->measures.year = q->order.year;
		quality_rows(q, &c->measures);
		return;
	}
	quality_show(&v, q);
}

/* Counts what a file holds. When problems of it have been told, those that keep it from being
 * counted are told already. */
static bool look(struct session *s, const struct quality_order *o, bool told, struct quality *q,
		 struct diag *why)
{
	struct diag *own = arena_new(s->arena, 1, sizeof *own);
	bool ok;

	own->translation = why->translation;
	ok = quality_read(s->arena, o, q, own);
	if (ok)
		doubts_tell(s->arena, q, own);
	if (ok || !told)
		diag_append(why, own);
	return ok;
}

/* ---- a year of a survey -------------------------------------------------------------------- */

/* Every question of the year that the file has, so that every code is seen. */
static bool all_questions(struct session *s, struct wave_answers *w, struct diag *why)
{
	const char *file = waves_file(s->arena, w);
	const struct codebook *book = &w->survey->codebook;
	struct plan *p = &w->plan;
	struct heading heading;

	if (!heading_read_as(s->arena, file, &s->reading.form, false, &heading, why))
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

static void year_heads(struct session *s, struct sheet *sheet)
{
	static const char *const heads[] = {"head.year",   "head.n",      "head.provinces",
					    "head.strata", "head.units",  "head.lonely",
					    "head.kish",   "head.missing"};

	*sheet = (struct sheet){.arena = s->arena};
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
		sheet_column(sheet, phrase(&s->phrases, heads[i]), i > 0);
}

static void year_row(struct session *s, const struct quality *q, struct sheet *sheet)
{
	struct text *cell = sheet_row(sheet), none = span_of("–");
	double kish = q->weights.kish, missing = quality_missing(q, QUALITY_NO_COLUMN);

	cell[0] = arena_format(s->arena, "%ld", q->order.year);
	cell[1] = number_shown(s->arena, (double)q->rows, 0, s->lang);
	cell[2] = q->province == QUALITY_NO_COLUMN ? none
						   : arena_format(s->arena, "%zu", q->coverage.n);
	cell[3] = arena_format(s->arena, "%zu", q->sampled.strata->n);
	cell[4] = number_shown(s->arena, (double)q->sampled.n_units, 0, s->lang);
	cell[5] = arena_format(s->arena, "%zu", q->sampled.lonely);
	cell[6] = isnan(kish) ? none : number_shown(s->arena, kish, 2, s->lang);
	cell[7] = isnan(missing) ? none : number_shown(s->arena, 100 * missing, 1, s->lang);
}

/* Reads a year for its problems, as every command does, and then for what it is like. */
static bool check_wave(struct session *s, const struct survey *survey, const struct wave *wave,
		       struct quality *q, struct diag *why)
{
	const char *self = s->options.value[OPT_PROVINCE];
	struct quality_order o = {.form = s->reading.form,
				  .book = &survey->codebook,
				  .era = wave->era,
				  .year = wave->year,
				  .by_year = survey->design.year.n > 0,
				  .provinces = &survey->provinces};
	struct wave_answers w;
	size_t errors = why->errors;

	if (!asked_columns(s, &o, why) || !waves_plan(s->arena, survey, wave, &w, why) ||
	    !all_questions(s, &w, why) ||
	    (self && strcmp(self, "all") != 0 &&
	     !province_find(s->arena, o.provinces, span_of(self), wave->year, &o.self, why)))
		return false;
	if (o.self && !survey->design.province.n)
		return diag_fail(why, DIAG_USAGE,
				 "--province: design.csv names no column of provinces");
	waves_margin(s->arena, &w, NULL, 0);
	/* Where answers are wrong, provinces are looked at all the same. */
	if (!waves_read(s->arena, &w, false, why) && !w.province && w.plan.n_factors &&
	    w.plan.factor[0].at)
		waves_provinces(s->arena, &w, why);
	o.file = waves_file(s->arena, &w);
	o.design = w.plan.design;
	return look(s, &o, why->errors > errors, q, why);
}

/* Units that a year shares with the one before. */
static void shared(struct session *s, struct checked *c, const struct quality *from,
		   const struct quality *to, struct sheet *sheet)
{
	size_t n = sampled_shared(&from->sampled, &to->sampled);
	struct text year = arena_format(s->arena, "%ld", from->order.year), *cell;

	if (!from->sampled.named || !to->sampled.named)
		return;
	c->measures.year = to->order.year;
	measures_number(&c->measures, "design", (struct measures_of){.level = year},
			"units_shared_with", (double)n);
	cell = sheet_row(sheet);
	cell[0] = arena_format(s->arena, "%ld", to->order.year);
	cell[1] = year;
	cell[2] = number_shown(s->arena, (double)n, 0, s->lang);
	cell[3] = number_shown(s->arena, (double)to->sampled.n_units, 0, s->lang);
}

static void tell_shared(struct session *s, struct checked *c, struct quality *const *q, size_t n)
{
	static const char *const heads[] = {"head.year", "check.year.from", "check.units.shared",
					    "head.units"};
	struct sheet sheet = {.arena = s->arena};

	for (size_t i = 0; i < 4; i++)
		sheet_column(&sheet, phrase(&s->phrases, heads[i]), i > 1);
	for (size_t i = 0; i + 1 < n; i++)
		shared(s, c, q[i], q[i + 1], &sheet);
	if (sheet.rows == 0 || !c->people)
		return;
	fputs("\n", s->out);
	checked_sheet(s, c, &sheet);
}

/* All years are read, so that the problems of all are told. */
bool checked_answers(struct session *s, const struct survey *survey, struct checked *c,
		     struct diag *why)
{
	struct quality **year = arena_new(s->arena, survey->n_waves, sizeof *year);
	struct quality_order o;
	struct sheet sheet;
	size_t n = 0;
	bool ok = true;

	if (!asked_columns(s, &o, why))
		return false;
	year_heads(s, &sheet);
	for (size_t i = 0; i < survey->n_waves; i++) {
		const struct wave *wave = &survey->wave[i];

		if (!wave->answers || !checked_wanted(s, wave->year))
			continue;
		year[n] = arena_new(s->arena, 1, sizeof **year);
		if (!check_wave(s, survey, wave, year[n], why)) {
			ok = false;
			continue;
		}
		year_row(s, year[n++], &sheet);
	}
	if (!ok || n == 0)
		return ok;
	checked_sheet(s, c, &sheet);
	tell_shared(s, c, year, n);
	if (c->people)
		fputs("\n", s->out);
	for (size_t i = 0; i < n; i++)
		show(s, c, year[i]);
	return true;
}

/* ---- a lone file --------------------------------------------------------------------------- */

static const enum option of_design[] = {OPT_WEIGHT,      OPT_STRATA,    OPT_PSU,
					OPT_SSU,         OPT_NEST,      OPT_FPC,
					OPT_YEAR_COLUMN, OPT_ID_COLUMN, OPT_PROVINCE_COLUMN,
					OPT_TIME_COLUMNS};

bool checked_is_answers(struct session *s, const char *word, bool *answers, struct diag *why)
{
	struct heading h;

	*answers = false;
	if (!gather_is_file(word) || !catalog_is_file(word))
		return true;
	for (size_t i = 0; i < sizeof of_design / sizeof *of_design; i++)
		*answers = *answers || s->options.value[of_design[i]];
	if (*answers)
		return true;
	if (!heading_read_as(s->arena, word, &s->reading.form, false, &h, why))
		return false;
	*answers = !heading_has(&h, span_of("code")) && !heading_has(&h, span_of("score"));
	return true;
}

/* The column of provinces: --province-column, else by its name, told. */
static bool find_province_column(struct session *s, const char *file, struct text *out,
				 struct diag *why)
{
	static const char *const names[] = {"province", "provincecode", "tinh",
					    "matinh",   "tentinh",      "tinhthanhpho"};
	struct heading h;

	*out = span_of(s->options.value[OPT_PROVINCE_COLUMN]);
	if (out->n)
		return true;
	if (!heading_read_as(s->arena, file, &s->reading.form, false, &h, why))
		return false;
	for (size_t k = 0; k < sizeof names / sizeof *names; k++)
		for (size_t i = 0; i < h.n; i++) {
			struct text bare = text_slug(s->arena, h.name[i]), letters = {"", 0};
			struct text part;

			while (span_split(&bare, '-', &part))
				letters = arena_format(s->arena, "%.*s%.*s", SPAN_ARG(letters),
						       SPAN_ARG(part));
			if (!span_is(letters, names[k]))
				continue;
			*out = h.name[i];
			diag_note(why, file,
				  "column \"%.*s\" is taken for the province, by its name",
				  SPAN_ARG(*out));
			return true;
		}
	return true;
}

static void take_nothing(void *sink, const struct answer *row)
{
	(void)sink;
	(void)row;
}

/* The design's problems, as estimate would find them. */
static bool read_design(struct session *s, const struct quality_order *o, struct diag *why)
{
	struct plan p = {.design = o->design, .reading = s->reading};
	struct answers answers;

	p.only_column = o->design.year;
	p.only_value = arena_format(s->arena, "%ld", o->year);
	answers_start(s->arena, &p, &answers);
	return answers_read(s->arena, &p, o->file, &answers, take_nothing, NULL, why) &&
	       answers_finish(&p, &answers, why);
}

static bool file_order(struct session *s, struct quality_order *o, struct diag *why)
{
	const char *year = s->options.value[OPT_YEAR], *self = s->options.value[OPT_PROVINCE];
	struct provinces *all = arena_new(s->arena, 1, sizeof *all);

	*o = (struct quality_order){.file = s->options.word[0], .form = s->reading.form};
	if (!gather_design(s, &o->design, why) || !asked_columns(s, o, why) ||
	    !find_province_column(s, o->file, &o->design.province, why))
		return false;
	if (year && !number_whole(span_of(year), 1900, 2999, &o->year))
		return diag_fail(why, DIAG_USAGE, "--year: \"%s\" is not a year", year);
	o->design.year = span_of(s->options.value[OPT_YEAR_COLUMN]);
	o->by_year = o->design.year.n > 0;
	if (o->by_year && !year)
		return diag_fail(why, DIAG_USAGE, "--year-column needs --year: which one?");
	if (self && strcmp(self, "all") == 0)
		self = NULL;
	if (self && (!year || !o->design.province.n))
		return diag_fail(why, DIAG_USAGE,
				 "--province needs --year, and a column of provinces "
				 "(--province-column)");
	if (!year)
		return true;
	o->provinces = all;
	return provinces_read(s->arena, s->share, all, why) &&
	       (!self || province_find(s->arena, all, span_of(self), o->year, &o->self, why));
}

bool checked_file(struct session *s, struct checked *c, struct diag *why)
{
	struct quality_order o;
	struct quality q;
	size_t errors = why->errors;

	if (!file_order(s, &o, why))
		return false;
	read_design(s, &o, why);
	if (!look(s, &o, why->errors > errors, &q, why))
		return false;
	show(s, c, &q);
	return true;
}
