#include "survey/boundaries.h"

#include "base/number.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_SOURCE 500 /* letters: five lines of a footer */
#define LEAST_AREA 1e-9    /* square degrees: some square metres */
#define FAR_EAST 0.5       /* degrees behind the last of the other units: open sea */

/* How files name the properties, folded and without spaces, the likeliest first. */
static const char *const code_names[] = {"code",     "matinh",       "matinhthanh",
					 "ma",       "maso",         "provincecode",
					 "provcode", "codeprovince", "gsocode"};
static const char *const name_names[] = {"name",     "tentinh",      "tentinhthanh", "ten",
					 "tinh",     "tinhthanh",    "province",     "provincename",
					 "provname", "nameprovince", "name1",        "adm1vi",
					 "adm1name", "adm1en",       "shapename"};

struct matcher {
	struct arena *arena;
	const struct geojson *file;
	const struct provinces *all;
	long year;
	struct boundaries *out;
	struct diag *why;
};

static bool refuse(const struct matcher *m, size_t feature, struct text what)
{
	return diag_at(m->why, (struct place){.file = m->file->file}, DIAG_DATA,
		       "feature %zu: %.*s", feature, SPAN_ARG(what));
}

/* ---- which unit a feature is --------------------------------------------------------------- */

static bool is_named(struct arena *a, struct text name, const char *wanted)
{
	struct text slug = text_slug(a, name);
	size_t n = 0;

	for (size_t i = 0; i < slug.n; i++) {
		if (slug.at[i] == '-')
			continue;
		if (slug.at[i] != wanted[n])
			return false;
		n++;
	}
	return n == strlen(wanted);
}

/* The first of the wanted properties that says something. */
static struct text property_of(const struct matcher *m, const struct geo_feature *f,
			       const char *const *wanted, size_t n)
{
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < f->n_properties; i++)
			if (f->property[i].value.n &&
			    is_named(m->arena, f->property[i].name, wanted[k]))
				return f->property[i].value;
	return (struct text){"", 0};
}

static const struct province *unit_of_code(const struct matcher *m, struct text code)
{
	const struct province *p = code.n ? province_by_code(m->all, code, m->year) : NULL;

	return p && province_stands(p, m->year) ? p : NULL;
}

/* By any spelling; `why` says why not. */
static const struct province *unit_of_name(const struct matcher *m, struct text name,
					   struct diag *why)
{
	const struct province *p;

	if (!province_find(m->arena, m->all, name, m->year, &p, why))
		return NULL;
	if (province_stands(p, m->year))
		return p;
	diag_fail(why, DIAG_DATA, "%.*s does not stand at the end of %ld", SPAN_ARG(p->name),
		  m->year);
	return NULL;
}

/* In the words of province_find, of the feature. */
static void refuse_unknown(const struct matcher *m, size_t feature, struct text word)
{
	struct diag no = {.translation = m->why->translation}, english = {0};

	unit_of_name(m, word, &no);
	unit_of_name(m, word, &english);
	refuse(m, feature, span_of(no.item[0].words));
	if (strncmp(english.item[0].hint, "did you mean", 12) == 0) /* other hints are of figures */
		diag_hint(m->why, "%s", no.item[0].hint);
}

static bool refuse_nameless(const struct matcher *m, const struct geo_feature *f)
{
	struct text names = {"", 0};

	for (size_t i = 0; i < f->n_properties; i++)
		names = arena_format(m->arena, "%.*s%s%.*s", SPAN_ARG(names), i ? ", " : "",
				     SPAN_ARG(f->property[i].name));
	return refuse(m, f->number,
		      arena_format(m->arena,
				   diag_word(m->why, "no property `code` or `name` says which "
						     "province it is%s%.*s"),
				   names.n ? diag_word(m->why, "; it has ") : "", SPAN_ARG(names)));
}

static bool is_digits(struct text s)
{
	long ignored;

	return number_whole(s, 0, 999999999, &ignored);
}

/* The unit, or NULL with a problem. A code that is no number belongs to another list of codes:
 * then the name decides. */
static const struct province *unit_of(const struct matcher *m, const struct geo_feature *f,
				      bool *by_code)
{
	struct text code = property_of(m, f, code_names, sizeof code_names / sizeof *code_names);
	struct text name = property_of(m, f, name_names, sizeof name_names / sizeof *name_names);
	const struct province *coded = unit_of_code(m, code), *named;
	struct diag no = {.translation = m->why->translation};

	*by_code = coded != NULL;
	if (code.n == 0 && name.n == 0) {
		refuse_nameless(m, f);
		return NULL;
	}
	if (!coded && (name.n == 0 || is_digits(code))) {
		refuse_unknown(m, f->number, code);
		return NULL;
	}
	named = name.n ? unit_of_name(m, name, &no) : coded;
	if (named && (!coded || coded == named))
		return named;
	if (!coded)
		refuse_unknown(m, f->number, name);
	else
		refuse(m, f->number,
		       arena_format(m->arena,
				    diag_word(m->why, "its code \"%.*s\" is %.*s, its name "
						      "\"%.*s\" is %s%.*s"),
				    SPAN_ARG(code), SPAN_ARG(coded->name), SPAN_ARG(name),
				    named ? diag_word(m->why, "the unit of code ")
					  : diag_word(m->why, "no unit's"),
				    SPAN_ARG(named ? named->code : span_of(""))));
	return NULL;
}

/* An archipelago of the file's own, by code or name; a code beside it must be its unit's. */
static struct archipelago *island_of(const struct matcher *m, const struct geo_feature *f)
{
	struct text code = property_of(m, f, code_names, sizeof code_names / sizeof *code_names);
	struct text name = property_of(m, f, name_names, sizeof name_names / sizeof *name_names);
	const struct tile *t = province_archipelago(m->arena, m->all, name.n ? name : code);
	const struct province *coded = unit_of_code(m, code);

	for (size_t i = 0; t && i < m->out->n_archipelagos; i++) {
		struct archipelago *x = &m->out->archipelago[i];

		if (span_equal(x->tile->code, t->code) && (!coded || coded == x->unit))
			return x;
	}
	return NULL;
}

/* ---- which part lies where ----------------------------------------------------------------- */

static struct archipelago *archipelago_of(const struct boundaries *b, const struct province *unit)
{
	for (size_t i = 0; i < b->n_archipelagos; i++)
		if (b->archipelago[i].unit == unit)
			return &b->archipelago[i];
	return NULL;
}

static double edge(const struct geo_part *p, bool east)
{
	const struct geo_ring *ring = &p->ring[0];
	double x = ring->at[0].x;

	for (size_t i = 1; i < ring->n; i++)
		x = east ? fmax(x, ring->at[i].x) : fmin(x, ring->at[i].x);
	return x;
}

static double area(const struct geo_part *p)
{
	const struct geo_ring *ring = &p->ring[0];
	double twice = 0;

	for (size_t i = 0; i + 1 < ring->n; i++) /* from the first point, lest digits are lost */
		twice += (ring->at[i].x - ring->at[0].x) * (ring->at[i + 1].y - ring->at[0].y) -
			 (ring->at[i + 1].x - ring->at[0].x) * (ring->at[i].y - ring->at[0].y);
	return fabs(twice) / 2;
}

static const struct geo_part *largest(const struct boundary *b)
{
	const struct geo_part *most = NULL;

	for (size_t i = 0; i < b->n; i++)
		if (!most || area(&b->part[i]) > area(most))
			most = &b->part[i];
	return most;
}

/* How far east the land goes: the largest parts of units, first of those without archipelagos. */
static double last_land(const struct boundaries *b)
{
	double x = -INFINITY;

	for (size_t owners = 0; owners < 2 && isinf(x); owners++)
		for (size_t i = 0; i < b->n; i++)
			if (b->at[i].n && !!archipelago_of(b, b->at[i].unit) == !!owners)
				x = fmax(x, edge(largest(&b->at[i]), true));
	return x;
}

static void give(struct arena *a, struct archipelago *to, const struct geo_part *part)
{
	to->part = arena_grow(a, to->part, to->n, sizeof *to->part);
	to->part[to->n++] = *part;
}

/* Parts in the open sea go to the unit's archipelago. */
static void part_islands(const struct matcher *m, struct boundary *b, double land)
{
	struct archipelago *own = archipelago_of(m->out, b->unit);
	struct geo_part *kept = arena_new(m->arena, b->n, sizeof *kept);
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++) {
		double west = edge(&b->part[i], false);

		if (west <= land + FAR_EAST)
			kept[n++] = b->part[i];
		else if (own)
			give(m->arena, own, &b->part[i]);
		else
			refuse(m, b->feature,
			       arena_format(m->arena,
					    diag_word(m->why,
						      "part %zu of %.*s lies at %.4g degrees east, "
						      "the land ends at %.4g and the unit has no "
						      "archipelago"),
					    i + 1, SPAN_ARG(b->unit->name), west, land));
	}
	b->part = kept;
	b->n = n;
}

static void part_all_islands(const struct matcher *m)
{
	const double land = last_land(m->out);

	for (size_t i = 0; i < m->out->n; i++)
		part_islands(m, &m->out->at[i], land);
}

/* ---- all of them --------------------------------------------------------------------------- */

static void find_archipelagos(const struct matcher *m)
{
	struct boundaries *b = m->out;

	b->archipelago = arena_new(m->arena, m->all->n_tiles, sizeof *b->archipelago);
	for (size_t i = 0; i < m->all->n_tiles; i++) {
		const struct tile *t = &m->all->tile[i];
		bool known = false;

		for (size_t k = 0; k < b->n_archipelagos; k++)
			known |= span_equal(b->archipelago[k].tile->code, t->code);
		if (tile_at_sea(t) && !known)
			b->archipelago[b->n_archipelagos++] = (struct archipelago){
				.tile = t, .unit = unit_of_code(m, t->part_of)};
	}
}

/* `all` is ordered by code. */
static void find_units(const struct matcher *m)
{
	struct boundaries *b = m->out;

	b->at = arena_new(m->arena, m->all->n, sizeof *b->at);
	for (size_t i = 0; i < m->all->n; i++)
		if (province_stands(&m->all->at[i], m->year))
			b->at[b->n++] = (struct boundary){.unit = &m->all->at[i]};
}

static void place_feature(const struct matcher *m, const struct geo_feature *f)
{
	struct archipelago *island = island_of(m, f);
	const struct province *unit;
	struct boundary *at;
	bool by_code;

	for (size_t i = 0; island && i < f->n_parts; i++)
		give(m->arena, island, &f->part[i]);
	if (island || !(unit = unit_of(m, f, &by_code)))
		return;
	at = (struct boundary *)boundaries_find(m->out, unit->code);
	if (at->feature) {
		refuse(m, f->number,
		       arena_format(m->arena, diag_word(m->why, "%.*s is feature %zu already"),
				    SPAN_ARG(unit->name), at->feature));
		diag_hint(m->why, "polygons of one unit make one MultiPolygon");
		return;
	}
	*at = (struct boundary){unit, by_code, f->number, f->n_parts, f->part};
	if (!f->broken && (f->n_parts == 0 || area(largest(at)) < LEAST_AREA))
		refuse(m, f->number,
		       arena_format(m->arena, diag_word(m->why, "%.*s has no area"),
				    SPAN_ARG(unit->name)));
}

/* Units that no feature names, or whose every part was an island's. */
static bool check_all_there(const struct matcher *m)
{
	struct text names = {"", 0};
	size_t n = 0;

	for (size_t i = 0; i < m->out->n; i++) {
		const struct boundary *b = &m->out->at[i];

		if (b->feature && (b->n || m->file->feature[b->feature - 1].broken))
			continue;
		names = arena_format(m->arena, "%.*s%s%.*s", SPAN_ARG(names), n ? ", " : "",
				     SPAN_ARG(b->unit->name));
		n++;
	}
	if (n == 0)
		return true;
	diag_at(m->why, (struct place){.file = m->file->file}, DIAG_DATA,
		"no polygon of %zu of the %zu units of %ld: %.*s", n, m->out->n, m->year,
		SPAN_ARG(names));
	return m->file->n != m->out->n &&
	       diag_hint(m->why, "the file has %zu features; is it of another year's units?",
			 m->file->n);
}

static struct text last_part(const char *path)
{
	const char *slash = strrchr(path, '/');

	return span_of(slash ? slash + 1 : path);
}

static bool find_source(const struct matcher *m)
{
	const struct geojson *f = m->file;
	struct text source = f->attribution.n ? f->attribution : f->name;
	size_t n;

	while (source.n && strchr(". ", source.at[source.n - 1])) /* it stands in a sentence */
		source.n--;
	if (source.n == 0)
		source = last_part(f->file);
	m->out->source = source;
	n = text_length(source);
	return n <= LONGEST_SOURCE ||
	       diag_at(m->why, (struct place){.file = f->file}, DIAG_DATA,
		       "its attribution has %zu letters, at most %d fit under a map", n,
		       LONGEST_SOURCE);
}

/* Nothing was found wrong since there were so many errors. */
static bool is_clean(const struct matcher *m, size_t errors)
{
	return m->why->errors == errors;
}

bool boundaries_match(struct arena *a, const struct geojson *file, const struct provinces *all,
		      long year, struct boundaries *out, struct diag *why)
{
	const struct matcher m = {a, file, all, year, out, why};
	const size_t errors = why->errors;
	bool whole = true;

	*out = (struct boundaries){.file = file->file};
	find_units(&m);
	find_archipelagos(&m);
	for (size_t i = 0; i < file->n; i++)
		place_feature(&m, &file->feature[i]);
	for (size_t i = 0; i < file->n; i++)
		whole &= !file->feature[i].broken;
	if (whole && is_clean(&m, errors))
		part_all_islands(&m);
	check_all_there(&m);
	find_source(&m);
	return is_clean(&m, errors);
}

bool boundaries_read(struct arena *a, const char *file, const struct provinces *all, long year,
		     struct boundaries *out, struct diag *why)
{
	struct geojson read;
	bool whole = geojson_read(a, file, &read, why);

	return (whole || read.n) && boundaries_match(a, &read, all, year, out, why) && whole;
}

const struct boundary *boundaries_find(const struct boundaries *b, struct text code)
{
	for (size_t i = 0; i < b->n; i++)
		if (span_equal(b->at[i].unit->code, code))
			return &b->at[i];
	return NULL;
}
