/* boundaries.h -- polygons of units from a GeoJSON file, each unit with its own.
 *
 * A feature is a unit by its code, else by its name in any spelling (province_find): a property
 * `code` (also ma_tinh, province_code, ...) or `name` (also ten_tinh, NAME_1, ADM1_VI, ...).
 * It may be an archipelago of tiles.csv, by name. Parts of a unit that owns an archipelago, and
 * that lie wholly east of the other units, are the archipelago's.
 *
 * Not here: bytes of the file (geojson), the page (outline).
 * Uses province, geojson and below. */
#ifndef SURVEY_BOUNDARIES_H
#define SURVEY_BOUNDARIES_H

#include "input/geojson.h"
#include "survey/province.h"

struct boundary {
	const struct province *unit;
	bool by_code; /* found by its code; else by its name */
	size_t feature;
	size_t n;
	struct geo_part *part; /* those of archipelagos are not among them */
};

struct archipelago {
	const struct tile *tile;     /* one of those that name it */
	const struct province *unit; /* it belongs to; NULL when that is not told */
	size_t n;
	struct geo_part *part; /* n may be 0 */
};

struct boundaries {
	const char *file;
	struct text source; /* attribution of the file, else its name, else that of the file */
	size_t n, n_archipelagos;
	struct boundary *at; /* every unit standing on 31 December of the year once, by code */
	struct archipelago *archipelago; /* of all layouts in tiles.csv, each once */
};

/* boundaries_read: the file's polygons for the units standing on 31 December of `year`.
 *   fails  as geojson_read; DIAG_DATA, all problems by the number of the feature: no unit of that
 *          year, code and name of two units, two features of one unit, parts far out at sea of a
 *          unit without an archipelago; units without a polygon; a source too long for a footer */
bool boundaries_read(struct arena *a, const char *file, const struct provinces *all, long year,
		     struct boundaries *out, struct diag *why);

/* boundaries_match: the same of a file that was read; one that geojson_read refused may be given,
 *   so that what else is wrong with it is told too. */
bool boundaries_match(struct arena *a, const struct geojson *file, const struct provinces *all,
		      long year, struct boundaries *out, struct diag *why);

/* boundaries_find: the unit's polygons, by its code; NULL when there are none. */
const struct boundary *boundaries_find(const struct boundaries *b, struct text code);

#endif
