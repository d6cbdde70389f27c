#include "survey/simulate.h"

#include "base/number.h"
#include "survey/catalog.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TRUTH_DECIMALS 6

struct work {
	struct arena *arena;
	const struct simulation *simulation;
	struct blueprint blueprint;
	struct truth truth;
	simulate_write_fn *write;
	void *context;
	struct diag *why;
};

static const struct text notice = TEXT("số liệu mô phỏng");
static const struct text notice_en = TEXT("simulated data");

static bool finish(struct work *w, const char *name, const struct csvout *out)
{
	return w->write(w->context, name, csvout_bytes(out), w->why);
}

static struct text whole(struct work *w, long n)
{
	return arena_format(w->arena, "%ld", n);
}

/* The first simulated year of an era; NULL when it has none. */
static const struct blueprint_wave *wave_of(const struct blueprint *b, struct text era)
{
	for (size_t i = 0; i < b->n_waves; i++)
		if (span_equal(b->wave[i].era, era))
			return &b->wave[i];
	return NULL;
}

/* ---- what the years are --------------------------------------------------------------------- */

static struct text answers_name(struct work *w, long year)
{
	return arena_format(w->arena, "answers_%ld.csv", year);
}

/* The publisher did not publish this, so its name does not stand here. */
static bool write_survey(struct work *w)
{
	static const char *const head[] = {
		"year",         "era",       "kind",      "file",
		"title_vi",     "title_en",  "publisher", "n_ranked_printed",
		"note",         "name",      "unit",      "decimals",
		"publisher_en", "simulated", "name_en"};
	const struct table *t = &w->blueprint.survey;
	struct csvout out = {.arena = w->arena};
	struct arena *a = w->arena;

	csvout_line(&out, head, COUNT(head));
	for (size_t i = 0; i < w->blueprint.n_waves; i++) {
		const struct blueprint_wave *v = &w->blueprint.wave[i];
		struct text vi = table_cell(t, v->row, table_find(t, "title_vi"));
		struct text en = table_cell(t, v->row, table_find(t, "title_en"));
		struct text name = table_cell(t, v->row, table_find(t, "name"));
		struct text english = table_cell(t, v->row, table_find(t, "name_en"));
		const struct text row[] = {
			whole(w, v->year),
			v->era,
			span_of("answers"),
			answers_name(w, v->year),
			arena_format(a, "%.*s (mô phỏng)", SPAN_ARG(vi)),
			arena_format(a, "%.*s (simulated)", SPAN_ARG(en)),
			notice,
			span_of(""),
			arena_format(a, "%.*s, không phải của người thật", SPAN_ARG(notice)),
			name.n ? arena_format(a, "%.*s (mô phỏng)", SPAN_ARG(name)) : name,
			table_cell(t, v->row, table_find(t, "unit")),
			table_cell(t, v->row, table_find(t, "decimals")),
			notice_en,
			span_of("yes"),
			name.n || english.n ? arena_format(a, "%.*s (simulated)",
							   SPAN_ARG(english.n ? english : name))
					    : name};

		for (size_t k = 0; k < COUNT(row); k++)
			csvout_field(&out, row[k]);
		csvout_row(&out);
	}
	return finish(w, "survey.csv", &out);
}

/* ---- what is copied ------------------------------------------------------------------------- */

/* A table of the real survey as it is; of a table with eras only the rows of eras in use. */
static bool copy_table(struct work *w, const char *name)
{
	const char *file = catalog_path(w->arena, w->blueprint.folder, name);
	struct csvout out = {.arena = w->arena};
	struct table t;
	size_t era;

	if (!catalog_is_file(file))
		return true;
	if (!table_read(w->arena, file, false, &t, w->why))
		return false;
	era = table_find(&t, "era");
	for (size_t c = 0; c < t.columns; c++)
		csvout_field(&out, t.name[c]);
	csvout_row(&out);
	for (size_t r = 0; r < t.rows; r++) {
		if (era != TABLE_NO_COLUMN && !wave_of(&w->blueprint, table_cell(&t, r, era)))
			continue;
		for (size_t c = 0; c < t.columns; c++)
			csvout_field(&out, table_cell(&t, r, c));
		csvout_row(&out);
	}
	return finish(w, name, &out);
}

static size_t position(const struct blueprint *b, struct text era)
{
	size_t i = 0;

	while (i < b->n_eras && !span_equal(b->era[i], era))
		i++;
	return i;
}

/* The comparison lies between two eras, and is the first of its code there. */
static bool first_between(const struct blueprint *b, size_t k, size_t from, size_t to)
{
	const struct structure *s = &b->structure;

	for (size_t i = 0; i <= k; i++) {
		const struct comparison *c = &s->comparison[i];
		size_t start = position(b, c->from_era), end = position(b, c->to_era);

		if (span_equal(c->code, s->comparison[k].code) && start >= from && end <= to)
			return i == k;
	}
	return false;
}

/* Where eras between two simulated years are left out, their verdicts count together. */
static bool write_comparability(struct work *w)
{
	static const char *const head[] = {"code",    "from_era",  "to_era",
					   "verdict", "reason_vi", "reason_en"};
	static const char *const verdicts[] = {
		[VERDICT_OK] = "ok", [VERDICT_WARN] = "warn", [VERDICT_NO] = "no"};
	const struct blueprint *b = &w->blueprint;
	const struct structure *s = &b->structure;
	struct csvout out = {.arena = w->arena};

	csvout_line(&out, head, COUNT(head));
	for (size_t i = 1; i < b->n_waves; i++) {
		size_t from = b->wave[i - 1].era_order, to = b->wave[i].era_order;

		for (size_t k = 0; k < s->n_comparisons && from != to; k++) {
			struct text code = s->comparison[k].code, reason[LANG__COUNT];
			enum verdict verdict = VERDICT_OK;

			if (!first_between(b, k, from, to))
				continue;
			for (int l = 0; l < LANG__COUNT; l++)
				verdict = structure_compare(w->arena, s, code, b->era, from, to,
							    (enum lang)l, &reason[l]);
			csvout_field(&out, code);
			csvout_field(&out, b->era[from]);
			csvout_field(&out, b->era[to]);
			csvout_field(&out, span_of(verdicts[verdict]));
			csvout_field(&out, reason[LANG_VI]);
			csvout_field(&out, reason[LANG_EN]);
			csvout_row(&out);
		}
	}
	return finish(w, "comparability.csv", &out);
}

/* ---- the questionnaire ---------------------------------------------------------------------- */

static bool is_asked(const struct blueprint *b, const struct blueprint_wave *v,
		     const struct question *q)
{
	if (span_equal(q->column, b->stratum_column))
		return blueprint_question(b, v->era, q->column) == q;
	for (size_t i = 0; i < v->n_asked; i++)
		if (v->asked[i].question == q)
			return true;
	for (size_t i = 0; i < v->n_rated; i++)
		if (v->rated[i].question == q)
			return true;
	return false;
}

/* Its own missing codes, else those that answers were given; the stratum is always known. */
static struct text missing_cell(struct work *w, const struct question *q, struct text own)
{
	const struct blueprint *b = &w->blueprint;
	struct text all = {"", 0};

	if (own.n || span_equal(q->column, b->stratum_column))
		return own;
	for (size_t i = 0; i < b->n_missing; i++)
		if (!question_level(q, b->missing[i].value))
			all = arena_format(w->arena, "%.*s%s%.*s=%.*s", SPAN_ARG(all),
					   all.n ? "|" : "", SPAN_ARG(b->missing[i].value),
					   SPAN_ARG(b->missing[i].reason));
	return all;
}

static void write_questions(struct work *w, const struct blueprint_wave *v,
			    const struct codebook *book, const struct table *rows,
			    struct csvout *out)
{
	static const char *const cells[] = {"column",  "code",      "question_vi", "question_en",
					    "kind",    "levels",    "levels_en",   "satisfied",
					    "missing", "valid_min", "valid_max",   "status"};

	for (size_t i = 0; i < book->n; i++) {
		const struct question *q = &book->at[i];

		if (!is_asked(&w->blueprint, v, q))
			continue;
		csvout_field(out, v->era);
		for (size_t c = 0; c < COUNT(cells); c++) {
			struct text cell = table_cell(rows, q->order, table_find(rows, cells[c]));

			csvout_field(out, c == 8 ? missing_cell(w, q, cell) : cell);
		}
		csvout_row(out);
	}
}

static bool write_codebook(struct work *w)
{
	static const char *const head[] = {"era",         "column",  "code",      "question_vi",
					   "question_en", "kind",    "levels",    "levels_en",
					   "satisfied",   "missing", "valid_min", "valid_max",
					   "status"};
	const struct blueprint *b = &w->blueprint;
	struct csvout out = {.arena = w->arena};

	csvout_line(&out, head, COUNT(head));
	for (size_t i = 0; i < b->n_waves; i++) {
		const struct blueprint_wave *v = &b->wave[i];

		if (wave_of(b, v->era) != v)
			continue;
		write_questions(w, v, &b->codebook, &b->codebook_rows, &out);
		write_questions(w, v, &b->added, &b->added_rows, &out);
	}
	return finish(w, "codebook.csv", &out);
}

static bool write_design(struct work *w)
{
	const char *const stratum = arena_string(w->arena, w->blueprint.stratum_column);
	const char *const rows[][2] = {{"role", "column"},   {"province", "province"},
				       {"weight", "weight"}, {"stratum", "province"},
				       {"stratum", stratum}, {"psu", "psu"}};
	struct csvout out = {.arena = w->arena};

	for (size_t i = 0; i < COUNT(rows); i++)
		csvout_line(&out, rows[i], 2);
	return finish(w, "design.csv", &out);
}

/* ---- truth and answers ---------------------------------------------------------------------- */

static void write_rate(struct work *w, size_t wave, size_t province, const struct item *item,
		       struct csvout *out)
{
	const struct provinces *all = &w->blueprint.provinces;
	double rate = truth_rate(&w->truth, wave, province, item);

	if (isnan(rate)) /* nothing below is rated */
		return;
	csvout_field(out, whole(w, w->blueprint.wave[wave].year));
	csvout_field(out, province == TRUTH_NATION ? span_of("") : all->at[province].code);
	csvout_field(out, item->code);
	csvout_field(out, number_exact(w->arena, number_round(rate, TRUTH_DECIMALS)));
	csvout_row(out);
}

static bool write_truth(struct work *w)
{
	static const char *const head[] = {"year", "province", "code", "rate"};
	const struct blueprint *b = &w->blueprint;
	struct csvout out = {.arena = w->arena};

	csvout_line(&out, head, COUNT(head));
	for (size_t v = 0; v < b->n_waves; v++)
		for (size_t i = 0; i < b->structure.n; i++) {
			const struct item *item = &b->structure.at[i];

			if (!span_equal(item->era, b->wave[v].era))
				continue;
			write_rate(w, v, TRUTH_NATION, item, &out);
			for (size_t p = 0; p < b->provinces.n; p++)
				if (w->truth.wave[v].people[p] > 0)
					write_rate(w, v, p, item, &out);
		}
	return finish(w, "truth.csv", &out);
}

static bool write_answers(struct work *w, gsl_rng *random)
{
	const struct sampling *s = &w->simulation->sampling;
	struct villages villages;

	villages_start(w->arena, &w->blueprint, s, random, &villages);
	for (size_t v = 0; v < w->blueprint.n_waves; v++) {
		struct csvout out = {.arena = w->arena};

		respond_year(w->arena, &w->truth, v, s, &villages, random, &out);
		if (!finish(w, answers_name(w, w->blueprint.wave[v].year).at, &out))
			return false;
	}
	return true;
}

/* The last part of a path. */
static struct text name_of(const char *folder)
{
	struct text rest = span_of(folder), name = rest, part;

	while (span_split(&rest, '/', &part))
		name = part.n ? part : name;
	return name;
}

static struct text command_of(struct work *w)
{
	const struct simulation *s = w->simulation;
	struct text years = {"", 0};

	for (size_t i = 0; i < w->blueprint.n_waves; i++)
		years = arena_format(w->arena, "%.*s%s%ld", SPAN_ARG(years), i ? "," : "",
				     w->blueprint.wave[i].year);
	return arena_format(w->arena,
			    "hailong simulate %.*s --year %.*s --clusters %zu --size %zu --icc "
			    "%.*s --nonresponse %.*s --seed %lu%s --out FOLDER",
			    SPAN_ARG(name_of(s->folder)), SPAN_ARG(years), s->sampling.clusters,
			    s->sampling.size, SPAN_ARG(number_exact(w->arena, s->sampling.icc)),
			    SPAN_ARG(number_exact(w->arena, s->sampling.nonresponse)), s->seed,
			    s->rates ? " --rates FILE" : "");
}

static bool write_source(struct work *w)
{
	const struct sampling *s = &w->simulation->sampling;
	struct text name = name_of(w->simulation->folder);

	return w->write(
		w->context, "SOURCE.md",
		arena_format(
			w->arena,
			"# Số liệu mô phỏng / simulated data\n\n"
			"**Số liệu mô phỏng, không phải câu trả lời của người thật.** Nobody was "
			"asked: these answers were drawn by a\ncomputer and say nothing about any "
			"province. Made by\n\n    %.*s\n\n"
			"- Structure and questions are those of `%.*s`; `status` in `codebook.csv` "
			"says what was added.\n"
			"- In every province and year: %zu villages in %zu strata, %zu people in "
			"each village. A village stays in the\n  sample of the next year with "
			"probability %.*s; people are new every year.\n"
			"- `weight` is the number of people a respondent stands for; the numbers "
			"of people are invented.\n"
			"- `truth.csv` holds the rate in the whole population that the answers "
			"were drawn from, by item, and pooled\n  above items; a row without a "
			"province is the nation. Answers are missing at random.\n"
			"- Questions outside the index, those on the person among them, depend on "
			"one another only weakly.\n",
			SPAN_ARG(command_of(w)), SPAN_ARG(name), s->clusters, w->blueprint.n_strata,
			s->size, SPAN_ARG(number_exact(w->arena, VILLAGE_STAYS))),
		w->why);
}

/* ---- whole ---------------------------------------------------------------------------------- */

static bool check_sampling(const struct work *w)
{
	const struct sampling *s = &w->simulation->sampling;

	if (s->clusters < w->blueprint.n_strata)
		return diag_fail(w->why, DIAG_USAGE,
				 "%zu clusters in a province: each of the %zu strata needs one",
				 s->clusters, w->blueprint.n_strata);
	if (s->size == 0)
		return diag_fail(w->why, DIAG_USAGE, "a cluster needs at least one person");
	if (!(s->icc >= 0 && s->icc < 1))
		return diag_fail(w->why, DIAG_USAGE,
				 "the intra-cluster correlation is at least 0 and below 1");
	if (!(s->nonresponse >= 0 && s->nonresponse < 1))
		return diag_fail(w->why, DIAG_USAGE,
				 "the share of missing answers is at least 0 and below 1");
	return true;
}

bool simulate_survey(struct arena *a, const struct simulation *s, gsl_rng *random,
		     simulate_write_fn *write, void *context, struct diag *why)
{
	struct work w = {
		.arena = a, .simulation = s, .write = write, .context = context, .why = why};

	return blueprint_read(a, s->share, s->folder, s->year, s->n_years, &w.blueprint, why) &&
	       check_sampling(&w) && truth_draw(a, &w.blueprint, s->rates, random, &w.truth, why) &&
	       write_survey(&w) && copy_table(&w, "structure.csv") && write_codebook(&w) &&
	       write_comparability(&w) && copy_table(&w, "groups.csv") &&
	       copy_table(&w, "agencies.csv") && write_design(&w) && write_answers(&w, random) &&
	       write_truth(&w) && write_source(&w);
}
