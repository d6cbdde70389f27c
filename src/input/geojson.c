#include "input/geojson.h"

#include "base/number.h"
#include "base/text.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define LEAST_POSITIONS 4 /* of a ring: three corners, and the first again */

struct reader {
	struct arena *arena;
	const char *file;
	struct diag *why;
	size_t number; /* of the feature, from 1 */
	size_t parts, rings;
};

static struct text string_of(struct arena *a, const cJSON *s)
{
	if (!cJSON_IsString(s))
		return span_of("");
	return span_trim(text_visible(a, text_nfc(a, arena_text(a, span_of(s->valuestring)))));
}

/* One problem of the feature: what the rest of the sentence says. */
static bool refuse(struct reader *r, struct text what)
{
	return diag_at(r->why, (struct place){.file = r->file}, DIAG_DATA, "feature %zu: %.*s",
		       r->number, SPAN_ARG(what));
}

static struct text where(const struct reader *r)
{
	return arena_format(r->arena, diag_word(r->why, "ring %zu of part %zu"), r->rings,
			    r->parts);
}

static struct text shown(const struct reader *r, double x, double y)
{
	return arena_format(r->arena, "(%.6g, %.6g)", x, y);
}

/* ---- geometry ------------------------------------------------------------------------------ */

static bool check_range(struct reader *r, double x, double y)
{
	if (fabs(x) <= 180 && fabs(y) <= 90)
		return true;
	refuse(r,
	       arena_format(r->arena,
			    diag_word(r->why, "%.*s: %.*s is no longitude and latitude in degrees"),
			    SPAN_ARG(where(r)), SPAN_ARG(shown(r, x, y))));
	if (fabs(x) <= 90 && fabs(y) <= 180)
		return diag_hint(r->why, "GeoJSON puts the longitude first");
	return diag_hint(r->why, "coordinates in metres must be converted to degrees (EPSG:4326)");
}

static bool read_position(struct reader *r, const cJSON *position, struct geo_point *out)
{
	const cJSON *x = cJSON_IsArray(position) ? position->child : NULL, *y = x ? x->next : NULL;

	if (!cJSON_IsNumber(x) || !cJSON_IsNumber(y) || !isfinite(x->valuedouble) ||
	    !isfinite(y->valuedouble))
		return refuse(r,
			      arena_format(r->arena,
					   diag_word(r->why, "%.*s: a position is not two numbers"),
					   SPAN_ARG(where(r))));
	*out = (struct geo_point){x->valuedouble, y->valuedouble};
	return check_range(r, out->x, out->y);
}

static size_t length(const cJSON *array)
{
	size_t n = 0;

	for (const cJSON *i = array->child; i; i = i->next)
		n++;
	return n;
}

static bool check_ring(struct reader *r, const struct geo_point *at, size_t n)
{
	if (n < LEAST_POSITIONS)
		return refuse(r, arena_format(r->arena,
					      diag_word(r->why,
							"%.*s has %zu positions, at least %d make "
							"a polygon"),
					      SPAN_ARG(where(r)), n, LEAST_POSITIONS));
	if (at[0].x == at[n - 1].x && at[0].y == at[n - 1].y)
		return true;
	return refuse(
		r, arena_format(r->arena,
				diag_word(r->why,
					  "%.*s is not closed: it begins at %.*s and ends at %.*s"),
				SPAN_ARG(where(r)), SPAN_ARG(shown(r, at[0].x, at[0].y)),
				SPAN_ARG(shown(r, at[n - 1].x, at[n - 1].y))));
}

static bool read_ring(struct reader *r, const cJSON *ring, struct geo_ring *out)
{
	struct geo_point *at;
	size_t n = 0;

	r->rings++;
	if (!cJSON_IsArray(ring))
		return refuse(r, arena_format(r->arena,
					      diag_word(r->why, "%.*s is no list of positions"),
					      SPAN_ARG(where(r))));
	at = arena_new(r->arena, length(ring), sizeof *at);
	for (const cJSON *p = ring->child; p; p = p->next)
		if (!read_position(r, p, &at[n++]))
			return false;
	*out = (struct geo_ring){n, at};
	return check_ring(r, at, n);
}

static bool read_polygon(struct reader *r, const cJSON *rings, struct geo_feature *f)
{
	struct geo_part *parts = arena_grow(r->arena, f->part, f->n_parts, sizeof *parts);
	struct geo_ring *ring;
	size_t n = 0;

	r->parts++;
	r->rings = 0;
	f->part = parts;
	if (!cJSON_IsArray(rings) || !rings->child)
		return refuse(r, arena_format(r->arena, diag_word(r->why, "part %zu has no ring"),
					      r->parts));
	ring = arena_new(r->arena, length(rings), sizeof *ring);
	for (const cJSON *i = rings->child; i; i = i->next)
		if (!read_ring(r, i, &ring[n++]))
			return false;
	parts[f->n_parts++] = (struct geo_part){n, ring};
	return true;
}

static bool read_geometry(struct reader *r, const cJSON *geometry, struct geo_feature *f);

static bool read_each(struct reader *r, const cJSON *list, struct geo_feature *f,
		      bool (*read)(struct reader *, const cJSON *, struct geo_feature *))
{
	if (!cJSON_IsArray(list) || !list->child)
		return refuse(r, span_of(diag_word(r->why, "its geometry is empty")));
	for (const cJSON *i = list->child; i; i = i->next)
		if (!read(r, i, f))
			return false;
	return true;
}

static bool read_geometry(struct reader *r, const cJSON *geometry, struct geo_feature *f)
{
	struct text type = string_of(r->arena, cJSON_GetObjectItemCaseSensitive(geometry, "type"));
	const cJSON *at = cJSON_GetObjectItemCaseSensitive(geometry, "coordinates");

	if (span_is(type, "Polygon"))
		return read_polygon(r, at, f);
	if (span_is(type, "MultiPolygon"))
		return read_each(r, at, f, read_polygon);
	if (span_is(type, "GeometryCollection"))
		return read_each(r, cJSON_GetObjectItemCaseSensitive(geometry, "geometries"), f,
				 read_geometry);
	if (type.n == 0)
		return refuse(r, span_of(diag_word(r->why, "it has no geometry")));
	return refuse(
		r,
		arena_format(r->arena,
			     diag_word(r->why,
				       "its geometry is a \"%.*s\", where Polygon or MultiPolygon "
				       "is expected"),
			     SPAN_ARG(type)));
}

/* ---- properties, features ------------------------------------------------------------------ */

static struct text value_of(struct arena *a, const cJSON *value)
{
	if (cJSON_IsNumber(value) && isfinite(value->valuedouble))
		return number_exact(a, value->valuedouble);
	return string_of(a, value);
}

static void read_properties(struct reader *r, const cJSON *properties, struct geo_feature *f)
{
	struct geo_property *list;

	if (!cJSON_IsObject(properties))
		return;
	list = arena_new(r->arena, length(properties), sizeof *list);
	for (const cJSON *i = properties->child; i; i = i->next)
		list[f->n_properties++] = (struct geo_property){
			text_nfc(r->arena, arena_text(r->arena, span_of(i->string))),
			value_of(r->arena, i)};
	f->property = list;
}

static void read_feature(struct reader *r, const cJSON *feature, struct geo_feature *f)
{
	*f = (struct geo_feature){.number = r->number};
	r->parts = r->rings = 0;
	read_properties(r, cJSON_GetObjectItemCaseSensitive(feature, "properties"), f);
	f->broken = !read_geometry(r, cJSON_GetObjectItemCaseSensitive(feature, "geometry"), f);
}

/* ---- the file ------------------------------------------------------------------------------ */

/* "urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"; VN-2000 in degrees is 4756. */
static bool check_crs(const struct reader *r, const cJSON *crs)
{
	static const char *const known[] = {"CRS84", "4326", "4756"};
	const cJSON *properties = cJSON_GetObjectItemCaseSensitive(crs, "properties");
	const cJSON *name = cJSON_GetObjectItemCaseSensitive(properties, "name");

	if (!crs || cJSON_IsNull(crs))
		return true;
	for (size_t i = 0; cJSON_IsString(name) && i < sizeof known / sizeof *known; i++)
		if (strstr(name->valuestring, known[i]))
			return true;
	diag_at(r->why, (struct place){.file = r->file}, DIAG_DATA,
		"the coordinate system is \"%.*s\", where longitude and latitude are expected",
		SPAN_ARG(string_of(r->arena, name)));
	return diag_hint(r->why, "save the file in EPSG:4326 (WGS 84)");
}

static bool check_root(const struct reader *r, const cJSON *root)
{
	struct text type = string_of(r->arena, cJSON_GetObjectItemCaseSensitive(root, "type"));
	const cJSON *features = cJSON_GetObjectItemCaseSensitive(root, "features");
	const struct place file = {.file = r->file};

	if (!span_is(type, "FeatureCollection") || !cJSON_IsArray(features)) {
		if (type.n)
			diag_at(r->why, file, DIAG_DATA,
				"the file is no GeoJSON FeatureCollection but a \"%.*s\"",
				SPAN_ARG(type));
		else
			diag_at(r->why, file, DIAG_DATA,
				"the file is no GeoJSON FeatureCollection");
		return span_is(type, "Topology") &&
		       diag_hint(r->why, "TopoJSON must be converted to GeoJSON first");
	}
	if (!features->child)
		return diag_at(r->why, file, DIAG_DATA, "the file has no features");
	return check_crs(r, cJSON_GetObjectItemCaseSensitive(root, "crs"));
}

static bool read_root(struct reader *r, const cJSON *root, struct geojson *out)
{
	const cJSON *features = cJSON_GetObjectItemCaseSensitive(root, "features");
	struct geo_feature *list;

	if (!check_root(r, root))
		return false;
	out->name = string_of(r->arena, cJSON_GetObjectItemCaseSensitive(root, "name"));
	out->attribution =
		string_of(r->arena, cJSON_GetObjectItemCaseSensitive(root, "attribution"));
	list = arena_new(r->arena, length(features), sizeof *list);
	out->feature = list;
	for (const cJSON *i = features->child; i; i = i->next) {
		r->number = out->n + 1;
		read_feature(r, i, &list[out->n++]);
	}
	return true;
}

static struct place place_in(const char *file, struct text bytes, size_t offset)
{
	struct place at = {file, 1, 1};
	size_t begin = 0;

	for (size_t i = 0; i < offset && i < bytes.n; i++)
		if (bytes.at[i] == '\n') {
			at.line++;
			begin = i + 1;
		}
	at.column = text_length((struct text){bytes.at + begin, offset - begin}) + 1;
	return at;
}

/* How many brackets are open before `offset`. */
static size_t depth_at(struct text bytes, size_t offset)
{
	size_t depth = 0;
	bool quoted = false;

	for (size_t i = 0; i < offset && i < bytes.n; i++) {
		char c = bytes.at[i];

		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{'))
			depth++;
		else if (!quoted && depth && (c == ']' || c == '}'))
			depth--;
	}
	return depth;
}

/* Where and why cJSON stopped. */
static bool no_json(const char *file, struct text bytes, size_t offset, struct diag *why)
{
	struct place at = place_in(file, bytes, offset);
	bool opens = offset < bytes.n && (bytes.at[offset] == '[' || bytes.at[offset] == '{');

	if (opens && depth_at(bytes, offset) >= CJSON_NESTING_LIMIT)
		return diag_at(why, at, DIAG_DATA, "more than %d brackets are open here",
			       CJSON_NESTING_LIMIT);
	return diag_at(why, at, DIAG_DATA, "the file is no JSON from here on");
}

bool geojson_bytes(struct arena *a, const char *file, struct text bytes, struct geojson *out,
		   struct diag *why)
{
	struct reader r = {.arena = a, .file = file, .why = why};
	const size_t errors = why->errors;
	const char *end = bytes.at;
	size_t bad;
	cJSON *root;

	*out = (struct geojson){.file = file};
	if (span_starts(bytes, "\xEF\xBB\xBF"))
		bytes = (struct text){bytes.at + 3, bytes.n - 3};
	if (!text_check(bytes, &bad))
		return diag_at(why, place_in(file, bytes, bad), DIAG_DATA,
			       "byte 0x%02X is not UTF-8 text", (unsigned char)bytes.at[bad]);
	bytes = arena_text(a, bytes); /* cJSON wants a NUL behind */
	root = cJSON_ParseWithOpts(bytes.at, &end, true);
	if (!root)
		return no_json(file, bytes, (size_t)(end - bytes.at), why);
	read_root(&r, root, out);
	cJSON_Delete(root);
	return why->errors == errors;
}

bool geojson_read(struct arena *a, const char *file, struct geojson *out, struct diag *why)
{
	FILE *in = fopen(file, "rb");
	struct stat s;
	struct text bytes;
	char *at;

	*out = (struct geojson){.file = file};
	if (!in)
		return diag_at(why, (struct place){.file = file}, DIAG_DATA, "cannot be read: %s",
			       diag_system(why, errno));
	if (fstat(fileno(in), &s) != 0 || !S_ISREG(s.st_mode)) {
		fclose(in);
		return diag_at(why, (struct place){.file = file}, DIAG_DATA, "not a regular file");
	}
	at = arena_new(a, (size_t)s.st_size + 1, 1);
	bytes = (struct text){at, fread(at, 1, (size_t)s.st_size, in)};
	fclose(in);
	if (bytes.n != (size_t)s.st_size)
		return diag_at(why, (struct place){.file = file}, DIAG_DATA,
			       "cannot be read whole");
	return geojson_bytes(a, file, bytes, out, why);
}
