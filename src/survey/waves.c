#include "survey/waves.h"

#include "survey/catalog.h"
#include "survey/reading.h"

static const struct text *known_years(struct arena *a, const struct survey *s)
{
	struct text *known = arena_new(a, s->n_waves, sizeof *known);

	for (size_t i = 0; i < s->n_waves; i++)
		known[i] = arena_format(a, "%ld", s->wave[i].year);
	return known;
}

bool waves_plan(struct arena *a, const struct survey *s, const struct wave *w,
		struct wave_answers *out, struct diag *why)
{
	struct plan *p = &out->plan;

	*out = (struct wave_answers){.survey = s, .wave = w};
	if (!w->answers)
		return diag_fail(why, DIAG_USAGE, "%.*s has scores for %ld, not answers",
				 SPAN_ARG(s->name), w->year);
	p->reading = s->reading;
	p->codebook = true;
	p->book = &s->codebook;
	p->era = w->era;
	p->design = s->design;
	if (p->design.n_strata == 0 && p->design.province.n)
		p->design.stratum[p->design.n_strata++] = p->design.province;
	p->only_column = p->design.year;
	p->only_value = arena_format(a, "%ld", w->year);
	p->known = known_years(a, s);
	p->n_known = s->n_waves;
	p->province_first = p->design.province.n > 0;
	if (p->province_first)
		waves_factor(a, out, p->design.province);
	if (p->province_first && s->mapping)
		p->join = join_new(a, s->mapping, w->year);
	return true;
}

const char *waves_file(struct arena *a, const struct wave_answers *w)
{
	return catalog_path(a, w->survey->folder, arena_string(a, w->wave->file));
}

size_t waves_factor(struct arena *a, struct wave_answers *w, struct text name)
{
	struct plan *p = &w->plan;
	const struct question *q = codebook_column(&w->survey->codebook, w->wave->era, name);

	if (!q)
		q = codebook_code(&w->survey->codebook, w->wave->era, name);
	if (q)
		name = q->column;
	for (size_t i = 0; i < p->n_factors; i++)
		if (span_equal(p->factor[i].column, name))
			return i;
	p->factor = arena_grow(a, p->factor, p->n_factors, sizeof *p->factor);
	p->factor[p->n_factors] = (struct factor){.column = name, .question = q};
	return p->n_factors++;
}

size_t waves_margin(struct arena *a, struct wave_answers *w, const size_t *factor, size_t n)
{
	struct plan *p = &w->plan;
	struct margin m = {.n = n};

	for (size_t i = 0; i < n; i++)
		m.factor[i] = factor[i];
	p->margin = arena_grow(a, p->margin, p->n_margins, sizeof *p->margin);
	p->margin[p->n_margins] = m;
	return p->n_margins++;
}

/* The unit of a value: of the map when provinces are brought together, else of the year. */
static bool find_province(struct arena *a, const struct wave_answers *w, struct text name,
			  const struct province **out, struct diag *why)
{
	const struct survey *s = w->survey;
	const struct province *other;
	struct diag own = {.translation = why->translation};

	if (!s->mapping)
		return province_find(a, &s->provinces, name, w->wave->year, out, why);
	if (!w->plan.join)
		return province_find(a, s->mapping->dated, name, w->wave->year, out, why);
	if (province_find(a, &s->provinces, name, w->wave->year, out, &own))
		return true;
	if (province_find(a, s->mapping->dated, name, w->wave->year, &other, why))
		diag_fail(why, DIAG_DATA,
			  "\"%.*s\" is a province that stands under another name before",
			  SPAN_ARG(name));
	return false;
}

/* Units of the file that ended before the year: told once, since there are mostly many. */
struct gone {
	size_t n;
	struct place at; /* of the first */
	const struct province *first;
	struct text names;
};

/* Is the value such a unit? Under a mapping it is never asked. */
static bool take_gone(struct arena *a, const struct wave_answers *w, size_t level, struct gone *g)
{
	const struct factor *f = &w->plan.factor[0];
	const struct provinces *all =
		w->survey->mapping ? w->survey->mapping->dated : &w->survey->provinces;
	const struct province *p =
		province_gone(a, all, f->levels->entry[level].name, w->wave->year);

	if (!p)
		return false;
	if (g->n++ == 0) {
		g->first = p;
		g->at = f->at[level];
	}
	if (g->n <= 5)
		g->names = arena_format(a, "%.*s%s%.*s", SPAN_ARG(g->names), g->n > 1 ? ", " : "",
					SPAN_ARG(p->name));
	return true;
}

static void tell_gone(const struct wave_answers *w, const struct gone *g, struct diag *why)
{
	const struct provinces *all =
		w->survey->mapping ? w->survey->mapping->dated : &w->survey->provinces;
	const struct province *next;
	long year = w->wave->year, last;

	if (g->n == 0)
		return;
	next = province_successor(all, g->first, year);
	last = province_last_year(g->first);
	diag_at(why, g->at, DIAG_DATA, "no province of %ld is named \"%.*s\"%s%.*s", year,
		SPAN_ARG(g->first->name), next ? diag_word(why, ": it is now part of ") : "",
		SPAN_ARG(next ? next->name : span_of("")));
	if (g->n > 1)
		diag_at(why, g->at, DIAG_DATA, "%zu provinces of the file ended before %ld: %.*s%s",
			g->n, year, SPAN_ARG(g->names), g->n > 5 ? ", ..." : "");
	diag_hint(
		why,
		"asked by the provinces of %ld? then give the answers the year %ld in survey.csv; "
		"--system %zu brings them to the provinces of %ld",
		last, last, province_count(all, year), year);
}

bool waves_provinces(struct arena *a, struct wave_answers *w, struct diag *why)
{
	const struct factor *f = &w->plan.factor[0];
	struct gone gone = {.names = {"", 0}};
	size_t errors = why->errors;

	if (!w->plan.design.province.n)
		return true;
	w->province = arena_new(a, f->levels->n, sizeof *w->province);
	for (size_t i = 0; i < f->levels->n; i++) {
		struct diag own = {.translation = why->translation};

		if (!find_province(a, w, f->levels->entry[i].name, &w->province[i], &own) &&
		    !take_gone(a, w, i, &gone)) {
			diag_at(why, f->at[i], DIAG_DATA, "%s", own.item[0].words);
			diag_hint(why, "%s", own.item[0].hint);
		}
		for (size_t k = 0; k < i && w->province[i]; k++)
			if (w->province[k] == w->province[i])
				diag_at(why, f->at[i], DIAG_DATA,
					"\"%.*s\" is the province that stands as \"%.*s\" before",
					SPAN_ARG(f->levels->entry[i].name),
					SPAN_ARG(f->levels->entry[k].name));
	}
	tell_gone(w, &gone, why);
	return why->errors == errors;
}

static void take_nothing(void *sink, const struct answer *row)
{
	(void)sink;
	(void)row;
}

/* The first pass of provinces brought together: the sums of their weights. */
static bool sum_weights(struct arena *a, const struct wave_answers *w, const char *file,
			struct diag *why)
{
	struct factor province = {.column = w->plan.factor[0].column};
	struct plan p = w->plan;
	struct answers answers;

	p.n_variables = p.n_margins = p.n_numbers = p.where.n = 0;
	p.n_factors = 1;
	p.factor = &province;
	answers_start(a, &p, &answers);
	if (!answers_read(a, &p, file, &answers, take_nothing, NULL, why))
		return false;
	join_turn(p.join);
	return true;
}

static bool read_columns(struct arena *a, struct wave_answers *w, const char *file,
			 struct diag *why)
{
	answers_start(a, &w->plan, &w->answers);
	columns_start(a, &w->plan, &w->columns);
	return answers_read(a, &w->plan, file, &w->answers, columns_add, &w->columns, why) &&
	       answers_finish(&w->plan, &w->answers, why);
}

bool waves_read(struct arena *a, struct wave_answers *w, bool rows, struct diag *why)
{
	const char *file = waves_file(a, w);
	struct diag *own = arena_new(a, 1, sizeof *own);

	own->translation = why->translation;
	if (w->plan.join && !sum_weights(a, w, file, why))
		return false;
	if (rows)
		return read_columns(a, w, file, why) && waves_provinces(a, w, why);
	if (!reading_tally(a, &w->plan, &file, 1, &w->answers, &w->tally, why))
		return false;
	tally_finish(&w->tally);
	if (waves_provinces(a, w, own) || w->plan.join) {
		diag_append(why, own);
		return own->errors == 0;
	}
	w->plan.reading.careful = true; /* to know where they stand */
	return reading_tally(a, &w->plan, &file, 1, &w->answers, &w->tally, why) &&
	       waves_provinces(a, w, why);
}
