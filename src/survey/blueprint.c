#include "survey/blueprint.h"

#include "survey/catalog.h"

#include <math.h>
#include <stdlib.h>

/* A table of the folder simulate/; false in *there when it does not exist. */
static bool optional_table(struct arena *a, const struct blueprint *b, const char *name,
			   struct table *t, bool *there, struct diag *why)
{
	const char *file = catalog_path(a, b->folder, name);

	*there = catalog_is_file(file);
	return !*there || table_read(a, file, true, t, why);
}

/* A share of 1, NaN when the cell is blank. */
static bool read_share(struct arena *a, const struct table *t, size_t row, size_t column,
		       double *value, struct diag *why)
{
	if (!table_number(a, t, row, column, value, why))
		return false;
	if (!(*value < 0) && !(*value > 1))
		return true;
	return diag_at(why, table_place(t, row, column), DIAG_DATA,
		       "column \"%.*s\": %.*s is not between 0 and 1", SPAN_ARG(t->name[column]),
		       SPAN_ARG(table_cell(t, row, column)));
}

static bool read_national(struct arena *a, struct blueprint *b, struct diag *why)
{
	size_t year, code, rate, spread, skip;
	struct table t;
	bool there;

	if (!optional_table(a, b, "simulate/national.csv", &t, &there, why))
		return false;
	if (!there)
		return true;
	if (!table_column(&t, "year", &year, why) || !table_column(&t, "code", &code, why) ||
	    !table_column(&t, "rate", &rate, why) || !table_column(&t, "spread", &spread, why) ||
	    !table_column(&t, "skip", &skip, why))
		return false;
	b->national = arena_new(a, t.rows, sizeof *b->national);
	for (size_t r = 0; r < t.rows; r++) {
		struct national *n = &b->national[r];

		n->code = table_cell(&t, r, code);
		if (!table_whole(&t, r, year, 1900, 2999, &n->year, why) ||
		    !read_share(a, &t, r, rate, &n->rate, why) ||
		    !read_share(a, &t, r, spread, &n->spread, why) ||
		    !read_share(a, &t, r, skip, &n->skip, why))
			return false;
	}
	b->n_national = t.rows;
	return true;
}

static bool read_missing(struct arena *a, struct blueprint *b, struct diag *why)
{
	size_t value, reason, share;
	struct table t;
	double sum = 0;
	bool there;

	if (!optional_table(a, b, "simulate/missing.csv", &t, &there, why))
		return false;
	if (!there)
		return true;
	if (!table_column(&t, "value", &value, why) || !table_column(&t, "reason", &reason, why) ||
	    !table_column(&t, "share", &share, why))
		return false;
	b->missing = arena_new(a, t.rows, sizeof *b->missing);
	for (size_t r = 0; r < t.rows; r++) {
		struct coded *c = &b->missing[r];

		*c = (struct coded){table_cell(&t, r, value), table_cell(&t, r, reason), 0};
		if (!read_share(a, &t, r, share, &c->share, why))
			return false;
		sum += c->share;
	}
	b->n_missing = t.rows;
	return sum <= 1 || diag_at(why, (struct place){t.file, 1, 1}, DIAG_DATA,
				   "the shares of missing codes add to more than 1");
}

/* ---- strata and shares --------------------------------------------------------------------- */

#define SHARE_HEAD 3 /* columns before the strata */

static void default_strata(struct blueprint *b)
{
	b->n_strata = 2;
	b->stratum[0] = span_of("urban");
	b->stratum[1] = span_of("rural");
	b->stratum_share[0] = b->stratum_share[1] = 0.5;
}

static bool read_strata(struct arena *a, struct blueprint *b, const struct table *t,
			struct diag *why)
{
	size_t column;

	if (!table_column(t, "era", &column, why) || !table_column(t, "column", &column, why) ||
	    !table_column(t, "level", &column, why))
		return false;
	b->n_strata = t->columns - SHARE_HEAD;
	if (b->n_strata == 0 || b->n_strata > BLUEPRINT_STRATA)
		return diag_at(why, (struct place){t->file, 1, 1}, DIAG_DATA,
			       "one to %d strata are expected behind era, column, level",
			       BLUEPRINT_STRATA);
	for (size_t h = 0; h < b->n_strata; h++) {
		b->stratum[h] = t->name[SHARE_HEAD + h];
		b->stratum_share[h] = 1 / (double)b->n_strata;
	}
	for (size_t r = 0; r < t->rows; r++)
		for (size_t h = 0; h < b->n_strata && table_cell(t, r, 1).n == 0; h++)
			if (!read_share(a, t, r, SHARE_HEAD + h, &b->stratum_share[h], why))
				return false;
	return true;
}

static bool are_strata(const struct blueprint *b, const struct question *q)
{
	for (size_t h = 0; h < b->n_strata; h++)
		if (!question_level(q, b->stratum[h]))
			return false;
	return q->n_levels == b->n_strata;
}

static struct text find_stratum_column(const struct blueprint *b)
{
	const struct codebook *const books[] = {&b->codebook, &b->added};

	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < books[k]->n; i++)
			if (are_strata(b, &books[k]->at[i]))
				return books[k]->at[i].column;
	return span_of("stratum");
}

static bool matches(struct text pattern, struct text column)
{
	if (pattern.n && pattern.at[pattern.n - 1] == '*')
		return column.n >= pattern.n - 1 &&
		       span_equal((struct text){column.at, pattern.n - 1},
				  (struct text){pattern.at, pattern.n - 1});
	return span_equal(pattern, column);
}

/* A row of shares.csv for that question: the era's own rows first. */
static bool share_row(const struct table *t, size_t row, struct text era, struct text column)
{
	return table_cell(t, row, 1).n && span_equal(table_cell(t, row, 0), era) &&
	       matches(table_cell(t, row, 1), column);
}

static bool normalise(double *share, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += share[i];
	for (size_t i = 0; i < n; i++)
		share[i] /= sum;
	return sum > 0;
}

/* Fills `share` from the rows of an era (blank = every); *found tells whether there are any. */
static bool take_shares(struct arena *a, const struct blueprint *b, const struct table *t,
			struct text era, struct asked *q, bool *found, struct diag *why)
{
	size_t n = q->question->n_levels;

	for (size_t r = 0; r < t->rows; r++) {
		const struct level *l;

		if (!share_row(t, r, era, q->question->column))
			continue;
		*found = true;
		l = question_level(q->question, table_cell(t, r, 2));
		if (!l)
			return diag_at(why, table_place(t, r, 2), DIAG_DATA,
				       "\"%.*s\" is not a level of \"%.*s\"",
				       SPAN_ARG(table_cell(t, r, 2)),
				       SPAN_ARG(q->question->column));
		for (size_t h = 0; h < b->n_strata; h++) {
			double *x = &q->share[h * n + (size_t)(l - q->question->level)];

			if (!read_share(a, t, r, SHARE_HEAD + h, x, why))
				return false;
			if (isnan(*x))
				*x = 0;
		}
	}
	for (size_t h = 0; h < b->n_strata && *found; h++)
		if (!normalise(q->share + h * n, n))
			return diag_fail(why, DIAG_DATA,
					 "%s: the shares of \"%.*s\" add to 0 in \"%.*s\"", t->file,
					 SPAN_ARG(q->question->column), SPAN_ARG(b->stratum[h]));
	return true;
}

/* ---- what a year asks ---------------------------------------------------------------------- */

static const struct item *parent_of(const struct structure *s, const struct item *item)
{
	return item->parent.n ? structure_find(s, item->era, item->parent) : NULL;
}

/* The row of national.csv nearest above (or at) an item that states a rate, or a skip. */
static const struct national *stated(const struct blueprint *b, long year, const struct item *item,
				     bool skip)
{
	for (; item; item = parent_of(&b->structure, item))
		for (size_t i = 0; i < b->n_national; i++) {
			const struct national *n = &b->national[i];

			if (n->year == year && span_equal(n->code, item->code) &&
			    !isnan(skip ? n->skip : n->rate))
				return n;
		}
	return NULL;
}

static bool is_rated(const struct blueprint *b, const struct item *item,
		     const struct question **question)
{
	*question = codebook_code(&b->codebook, item->era, item->code);
	return *question && (*question)->n_satisfied &&
	       (*question)->n_satisfied < (*question)->n_levels &&
	       !structure_child(&b->structure, item, NULL);
}

static void find_rated(struct arena *a, const struct blueprint *b, struct blueprint_wave *w)
{
	for (size_t i = 0; i < b->structure.n; i++) {
		const struct item *item = &b->structure.at[i];
		const struct question *q;

		if (!span_equal(item->era, w->era) || !is_rated(b, item, &q))
			continue;
		w->rated = arena_grow(a, w->rated, w->n_rated, sizeof *w->rated);
		w->rated[w->n_rated++] = (struct rated){item, q, stated(b, w->year, item, false),
							stated(b, w->year, item, true)};
	}
}

static bool rated_already(const struct blueprint_wave *w, const struct question *q)
{
	for (size_t i = 0; i < w->n_rated; i++)
		if (w->rated[i].question == q)
			return true;
	return false;
}

const struct question *blueprint_question(const struct blueprint *b, struct text era,
					  struct text column)
{
	const struct question *own = codebook_column(&b->codebook, era, column);

	return own ? own : codebook_column(&b->added, era, column);
}

/* Every question of the era but rated ones, the strata and those without levels. */
static bool find_asked(struct arena *a, const struct blueprint *b, const struct codebook *book,
		       const struct table *shares, struct blueprint_wave *w, struct diag *why)
{
	for (size_t i = 0; i < book->n; i++) {
		struct asked q = {.question = &book->at[i]};
		size_t n = q.question->n_levels;
		bool found = false;

		if (blueprint_question(b, w->era, q.question->column) != q.question || n == 0 ||
		    rated_already(w, q.question) ||
		    span_equal(q.question->column, b->stratum_column))
			continue;
		q.share = arena_new(a, b->n_strata * n, sizeof *q.share);
		if (shares &&
		    (!take_shares(a, b, shares, w->era, &q, &found, why) ||
		     (!found && !take_shares(a, b, shares, span_of(""), &q, &found, why))))
			return false;
		if (shares && !found)
			continue;
		for (size_t k = 0; k < b->n_strata * n && !shares; k++)
			q.share[k] = 1 / (double)n;
		w->asked = arena_grow(a, w->asked, w->n_asked, sizeof *w->asked);
		w->asked[w->n_asked++] = q;
	}
	return true;
}

static bool wanted(long year, const long *years, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (years[i] == year)
			return true;
	return n == 0;
}

/* survey.csv by year; eras in order of time. */
static bool read_years(struct arena *a, struct blueprint *b, struct diag *why)
{
	size_t year, era;

	if (!table_read(a, catalog_path(a, b->folder, "survey.csv"), true, &b->survey, why) ||
	    !table_column(&b->survey, "year", &year, why) ||
	    !table_column(&b->survey, "era", &era, why))
		return false;
	b->wave = arena_new(a, b->survey.rows, sizeof *b->wave);
	b->n_waves = b->survey.rows;
	for (size_t r = 0; r < b->survey.rows; r++) {
		struct blueprint_wave w = {.era = table_cell(&b->survey, r, era), .row = r};
		size_t i = r;

		if (!table_whole(&b->survey, r, year, 1900, 2999, &w.year, why))
			return false;
		for (; i && b->wave[i - 1].year > w.year; i--)
			b->wave[i] = b->wave[i - 1];
		b->wave[i] = w;
	}
	b->era = arena_new(a, b->n_waves, sizeof *b->era);
	for (size_t i = 0; i < b->n_waves; i++) {
		if (b->n_eras == 0 || !span_equal(b->era[b->n_eras - 1], b->wave[i].era))
			b->era[b->n_eras++] = b->wave[i].era;
		b->wave[i].era_order = b->n_eras - 1;
	}
	return true;
}

static bool has_year(const struct blueprint *b, long year)
{
	for (size_t i = 0; i < b->n_waves; i++)
		if (b->wave[i].year == year)
			return true;
	return false;
}

/* Keeps the years asked for; without a list those that have rated items. */
static bool choose_years(struct arena *a, struct blueprint *b, const long *years, size_t n,
			 const struct table *shares, struct diag *why)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (!has_year(b, years[i]))
			return diag_fail(why, DIAG_USAGE, "%s has no year %ld", b->survey.file,
					 years[i]);
	for (size_t i = 0; i < b->n_waves; i++) {
		struct blueprint_wave w = b->wave[i];

		if (!wanted(w.year, years, n))
			continue;
		find_rated(a, b, &w);
		if (w.n_rated == 0 && n)
			return diag_fail(
				why, DIAG_USAGE,
				"year %ld: no item of era \"%.*s\" is in codebook.csv with "
				"the levels that count as satisfied",
				w.year, SPAN_ARG(w.era));
		if (w.n_rated == 0)
			continue;
		if (!find_asked(a, b, &b->codebook, shares, &w, why) ||
		    !find_asked(a, b, &b->added, shares, &w, why))
			return false;
		b->wave[kept++] = w;
	}
	b->n_waves = kept;
	return kept || diag_fail(why, DIAG_DATA,
				 "%s: no item of structure.csv has levels that count as satisfied",
				 b->codebook.file);
}

static bool read_added(struct arena *a, struct blueprint *b, struct diag *why)
{
	const char *file = catalog_path(a, b->folder, "simulate/codebook.csv");

	return !catalog_is_file(file) || (codebook_read(a, file, &b->added, why) &&
					  table_read(a, file, true, &b->added_rows, why));
}

bool blueprint_read(struct arena *a, const char *share, const char *folder, const long *years,
		    size_t n_years, struct blueprint *out, struct diag *why)
{
	const char *codebook = catalog_path(a, folder, "codebook.csv");
	struct table shares;
	bool there;

	*out = (struct blueprint){.folder = arena_string(a, span_of(folder))};
	if (!catalog_is_file(codebook))
		return diag_fail(why, DIAG_DATA,
				 "%s: there is no codebook.csv, so its questions are not known",
				 folder);
	if (!read_years(a, out, why) || !provinces_read(a, share, &out->provinces, why) ||
	    !structure_read(a, share, folder, &out->structure, why) ||
	    !codebook_read(a, codebook, &out->codebook, why) ||
	    !table_read(a, codebook, true, &out->codebook_rows, why) || !read_added(a, out, why) ||
	    !read_national(a, out, why) || !read_missing(a, out, why) ||
	    !optional_table(a, out, "simulate/shares.csv", &shares, &there, why))
		return false;
	default_strata(out);
	if (there && !read_strata(a, out, &shares, why))
		return false;
	if (!normalise(out->stratum_share, out->n_strata))
		return diag_fail(why, DIAG_DATA, "%s: the strata hold no people", shares.file);
	out->stratum_column = find_stratum_column(out);
	return choose_years(a, out, years, n_years, there ? &shares : NULL, why);
}
