#define _XOPEN_SOURCE 700 /* realpath */
#include "survey/survey.h"

#include "input/table.h"
#include "survey/catalog.h"
#include "survey/layout.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct columns {
	size_t year, era, kind, file, title[LANG__COUNT], publisher[LANG__COUNT], ranked, note,
		name[LANG__COUNT], parts[LANG__COUNT], unit, decimals, simulated;
};

static bool find_columns(const struct table *t, struct columns *c, struct diag *why)
{
	c->name[LANG_VI] = table_find(t, "name"); /* these may be absent */
	c->name[LANG_EN] = table_find(t, "name_en");
	c->parts[LANG_VI] = table_find(t, "parts");
	c->parts[LANG_EN] = table_find(t, "parts_en");
	c->publisher[LANG_EN] = table_find(t, "publisher_en");
	c->unit = table_find(t, "unit");
	c->decimals = table_find(t, "decimals");
	c->simulated = table_find(t, "simulated");
	return table_column(t, "year", &c->year, why) && table_column(t, "era", &c->era, why) &&
	       table_column(t, "kind", &c->kind, why) && table_column(t, "file", &c->file, why) &&
	       table_column(t, "title_vi", &c->title[LANG_VI], why) &&
	       table_column(t, "title_en", &c->title[LANG_EN], why) &&
	       table_column(t, "publisher", &c->publisher[LANG_VI], why) &&
	       table_column(t, "n_ranked_printed", &c->ranked, why) &&
	       table_column(t, "note", &c->note, why);
}

static bool read_wave(const struct table *t, size_t r, const struct columns *c, struct wave *w,
		      struct diag *why)
{
	*w = (struct wave){.era = table_cell(t, r, c->era),
			   .kind = table_cell(t, r, c->kind),
			   .file = table_cell(t, r, c->file),
			   .publisher = {table_cell(t, r, c->publisher[LANG_VI]),
					 table_cell(t, r, c->publisher[LANG_EN])},
			   .note = table_cell(t, r, c->note),
			   .title = {table_cell(t, r, c->title[LANG_VI]),
				     table_cell(t, r, c->title[LANG_EN])}};
	if (w->publisher[LANG_EN].n == 0)
		w->publisher[LANG_EN] = w->publisher[LANG_VI];
	if (!table_whole(t, r, c->year, 1900, 2999, &w->year, why))
		return false;
	w->answers = span_is(w->kind, "answers");
	w->simulated = span_is(table_cell(t, r, c->simulated), "yes");
	if (!w->answers && !span_is(w->kind, "scores"))
		return diag_at(why, table_place(t, r, c->kind), DIAG_DATA,
			       "column \"kind\": \"%.*s\" is neither \"scores\" nor \"answers\"",
			       SPAN_ARG(w->kind));
	if (w->file.n == 0 || memchr(w->file.at, '/', w->file.n))
		return diag_at(why, table_place(t, r, c->file), DIAG_DATA,
			       "column \"file\": \"%.*s\" is not the name of a file in this folder",
			       SPAN_ARG(w->file));
	return table_cell(t, r, c->ranked).n == 0 ||
	       table_whole(t, r, c->ranked, 1, 9999, &w->ranked_printed, why);
}

static bool read_unit(const struct table *t, size_t r, const struct columns *c, struct wave *w,
		      struct diag *why)
{
	static const char *const units[] = {"points", "percent", "share", ""};
	long decimals = 2;
	size_t unit;

	if (!table_choice(t, r, c->unit, units, 4, &unit, why))
		return false;
	w->shares = unit == 2;
	w->unit = unit == 1 || w->shares ? UNIT_PERCENT : UNIT_POINTS;
	if (w->shares && w->answers)
		return diag_at(
			why, table_place(t, r, c->unit), DIAG_DATA,
			"column \"unit\": \"share\" is for scores; what is made of answers is "
			"in percent");
	if (table_cell(t, r, c->decimals).n &&
	    !table_whole(t, r, c->decimals, 0, 9, &decimals, why))
		return false;
	w->decimals = (int)decimals;
	return true;
}

static int by_year(const void *a, const void *b)
{
	const struct wave *v = a, *w = b;

	return (v->year > w->year) - (v->year < w->year);
}

static bool order_waves(struct arena *a, const char *file, struct survey *out, struct diag *why)
{
	qsort(out->wave, out->n_waves, sizeof *out->wave, by_year);
	out->era = arena_new(a, out->n_waves, sizeof *out->era);
	for (size_t i = 0; i < out->n_waves; i++) {
		struct wave *w = &out->wave[i];

		if (i && w->year == w[-1].year)
			return diag_fail(why, DIAG_DATA, "%s: year %ld stands twice", file,
					 w->year);
		if (out->n_eras == 0 || !span_equal(out->era[out->n_eras - 1], w->era))
			out->era[out->n_eras++] = w->era;
		w->era_order = out->n_eras - 1;
	}
	return true;
}

/* A name that is not given is the id; one in English, the other. */
static void set_names(struct survey *s, struct text vi, struct text en)
{
	s->names[LANG_VI] = vi.n ? vi : s->id;
	s->names[LANG_EN] = en.n ? en : s->names[LANG_VI];
	survey_speak(s, LANG_VI);
}

static bool read_waves(struct arena *a, const char *file, struct survey *out, struct diag *why)
{
	struct columns c;
	struct table t;

	if (!table_read(a, file, true, &t, why) || !find_columns(&t, &c, why))
		return false;
	for (int l = 0; l < LANG__COUNT; l++)
		out->parts[l] = table_cell(&t, 0, c.parts[l]);
	set_names(out, table_cell(&t, 0, c.name[LANG_VI]), table_cell(&t, 0, c.name[LANG_EN]));
	out->wave = arena_new(a, t.rows, sizeof *out->wave);
	out->n_waves = t.rows;
	for (size_t r = 0; r < t.rows; r++)
		if (!read_wave(&t, r, &c, &out->wave[r], why) ||
		    !read_unit(&t, r, &c, &out->wave[r], why))
			return false;
	return order_waves(a, file, out, why);
}

/* A structure for a lone file: its codes under one root (`total` itself when that is all there is).
 */
static void structure_from_codes(struct arena *a, const struct table *t, size_t code,
				 struct structure *s)
{
	struct item *item = arena_new(a, t->rows + 1, sizeof *item);

	*s = (struct structure){.at = item};
	for (size_t r = 0; r <= t->rows; r++) {
		struct text c = r ? table_cell(t, r - 1, code) : span_of(STRUCTURE_ROOT);

		if (c.n == 0 || structure_find(s, span_of(""), c))
			continue;
		item[s->n] = (struct item){
			.era = span_of(""),
			.code = c,
			.name = {c, c},
			.brief = {c, c},
			.min = NAN,
			.max = NAN,
			.weight = NAN,
			.aggregation = AGGREGATE_MEAN, /* a lone file says nothing of sums */
			.order = s->n};
		if (s->n) {
			item[s->n].parent = span_of(STRUCTURE_ROOT);
			item[s->n].depth = 1;
		}
		s->n++;
	}
}

/* A lone file as rows of scores, however it is laid out. */
static bool lone_rows(struct arena *a, const struct survey *s, long year, struct table *out,
		      struct diag *why)
{
	struct table t;

	if (!table_read_as(a, s->folder, &s->reading.form, true, &t, why))
		return false;
	*out = t;
	return table_find(&t, "code") != TABLE_NO_COLUMN ||
	       table_find(&t, "score") != TABLE_NO_COLUMN || !layout_is(a, &t, &s->provinces) ||
	       layout_rows(a, &t, &s->provinces, year, out, why);
}

static bool read_lone_file(struct arena *a, const char *share, long only, struct survey *out,
			   struct diag *why)
{
	size_t year, code;
	struct table t;
	long value;

	if (!lone_rows(a, out, only, &t, why) || !table_column(&t, "year", &year, why) ||
	    !table_column(&t, "code", &code, why))
		return false;
	set_names(out, out->id, out->id);
	structure_from_codes(a, &t, code, &out->structure);
	for (size_t r = 0; r < t.rows; r++) {
		if (!table_whole(&t, r, year, 1900, 2999, &value, why))
			return false;
		if (survey_wave(out, value))
			continue;
		out->wave = arena_grow(a, out->wave, out->n_waves, sizeof *out->wave);
		out->wave[out->n_waves++] =
			(struct wave){.year = value, .era = span_of(""), .decimals = 2};
	}
	return structure_default_groups(a, share, &out->structure, why) &&
	       order_waves(a, out->folder, out, why) &&
	       scores_of_table(a, &t, out->wave, out->n_waves, &out->provinces, &out->structure,
			       &out->scores, why);
}

/* All printed waves of one survey stand in one file; several would be merged here. */
static bool read_score_file(struct arena *a, struct survey *out, struct diag *why)
{
	struct text file = {NULL, 0};

	out->scores.decimals = 9; /* of answers: as many as a score may have */
	for (size_t i = 0; i < out->n_waves; i++) {
		const struct wave *w = &out->wave[i];

		if (w->answers)
			continue;
		if (file.at && !span_equal(w->file, file))
			return diag_fail(why, DIAG_DATA,
					 "%s/survey.csv: years name different score files (%.*s, "
					 "%.*s); one is expected",
					 out->folder, SPAN_ARG(file), SPAN_ARG(w->file));
		file = w->file;
	}
	return !file.at ||
	       scores_read(a, catalog_path(a, out->folder, arena_string(a, file)), out->wave,
			   out->n_waves, &out->provinces, &out->structure, &out->scores, why);
}

/* How the answers were drawn and what they mean, when a year has answers. */
static bool read_answer_files(struct arena *a, struct survey *out, struct diag *why)
{
	bool any = false;

	for (size_t i = 0; i < out->n_waves; i++)
		any = any || out->wave[i].answers;
	return !any ||
	       (design_read(a, catalog_path(a, out->folder, "design.csv"), &out->design, why) &&
		codebook_read(a, catalog_path(a, out->folder, "codebook.csv"), &out->codebook,
			      why));
}

/* Every era of survey.csv has its tree. */
static bool check_eras(struct arena *a, const struct survey *s, struct diag *why)
{
	for (size_t i = 0; i < s->n_eras; i++)
		if (!structure_find(&s->structure, s->era[i], span_of(STRUCTURE_ROOT)))
			return diag_at(
				why,
				(struct place){catalog_path(a, s->folder, "structure.csv"), 1, 1},
				DIAG_DATA, "era \"%.*s\" of survey.csv has no \"%s\"",
				SPAN_ARG(s->era[i]), STRUCTURE_ROOT);
	return true;
}

static struct text last_part(struct arena *a, const char *path)
{
	char *whole = realpath(path, NULL); /* "." has a name too */
	const char *full = whole ? arena_string(a, span_of(whole)) : path;
	size_t n = strlen(full), start;

	free(whole);
	while (n > 1 && full[n - 1] == '/')
		n--;
	for (start = n; start && full[start - 1] != '/';)
		start--;
	if (n - start > 4 && memcmp(full + n - 4, ".csv", 4) == 0)
		n -= 4;
	return arena_text(a, (struct text){full + start, n - start});
}

/* The provinces, or the units the survey brings itself. */
static bool read_units(struct arena *a, const char *share, const char *path, struct provinces *out,
		       struct diag *why)
{
	const char *units = catalog_path(a, path, "units.csv");

	return catalog_is_file(units) ? provinces_read_units(a, units, out, why)
				      : provinces_read(a, share, out, why);
}

/* Is there a unit of that code, at any time? */
static bool has_unit(const struct provinces *all, struct text code)
{
	for (size_t i = 0; i < all->n; i++)
		if (span_equal(all->at[i].code, code))
			return true;
	return false;
}

static bool check_agencies(const struct survey *s, struct diag *why)
{
	bool ok = true;

	for (size_t i = 0; i < s->agencies.n; i++) {
		const struct agency *g = &s->agencies.at[i];

		if (g->province.n && !has_unit(&s->provinces, g->province))
			ok = diag_at(why, g->at, DIAG_DATA,
				     "column \"province\": no province has code \"%.*s\"",
				     SPAN_ARG(g->province));
	}
	return ok;
}

bool survey_of_file(struct arena *a, const char *share, const char *path, long year,
		    struct survey *out, struct diag *why)
{
	*out = (struct survey){.folder = path, .id = last_part(a, path), .n_waves = 1};
	set_names(out, out->id, out->id);
	structure_from_codes(a, &(struct table){0}, 0, &out->structure);
	out->wave = arena_new(a, 1, sizeof *out->wave);
	*out->wave = (struct wave){.year = year, .era = span_of(""), .decimals = 2};
	return provinces_read(a, share, &out->provinces, why) && order_waves(a, path, out, why);
}

bool survey_read_as(struct arena *a, const char *share, const char *path,
		    const struct form_asked *form, long year, struct survey *out, struct diag *why)
{
	*out = (struct survey){.folder = path, .id = last_part(a, path), .reading.form = *form};
	if (!read_units(a, share, path, &out->provinces, why))
		return false;
	if (!catalog_is_folder(path))
		return read_lone_file(a, share, year, out, why);
	return read_waves(a, catalog_path(a, path, "survey.csv"), out, why) &&
	       structure_read(a, share, path, &out->structure, why) && check_eras(a, out, why) &&
	       read_score_file(a, out, why) && read_answer_files(a, out, why) &&
	       agencies_read(a, path, &out->agencies, why) && check_agencies(out, why);
}

bool survey_read(struct arena *a, const char *share, const char *path, struct survey *out,
		 struct diag *why)
{
	return survey_read_as(a, share, path, &(struct form_asked){0}, 0, out, why);
}

void survey_speak(struct survey *s, enum lang lang)
{
	s->name = s->names[lang];
}

const struct wave *survey_wave(const struct survey *s, long year)
{
	for (size_t i = 0; i < s->n_waves; i++)
		if (s->wave[i].year == year)
			return &s->wave[i];
	return NULL;
}

long survey_last_year(const struct survey *s)
{
	return s->wave[s->n_waves - 1].year;
}

enum verdict survey_compare(struct arena *a, const struct survey *s, struct text code, long year,
			    long other, enum lang lang, struct text *reason)
{
	const struct wave *v = survey_wave(s, year), *w = survey_wave(s, other);

	if (reason)
		*reason = (struct text){"", 0};
	if (!v || !w)
		return VERDICT_NO;
	return structure_compare(a, &s->structure, code, s->era, v->era_order, w->era_order, lang,
				 reason);
}
