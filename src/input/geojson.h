/* geojson.h -- GeoJSON (RFC 7946) bytes to features with their polygons.
 *
 * Read are a FeatureCollection of Polygon, MultiPolygon, or GeometryCollection of these, in
 * longitude and latitude. Heights are passed over. Checked for every ring: at least four
 * positions, the last the same as the first, all of them numbers that can be a longitude and a
 * latitude. A "crs" of the older GeoJSON must be CRS84, EPSG:4326 or EPSG:4756.
 *
 * Not here: which feature is which unit (boundaries), the page (outline).
 * Uses span, diag, arena, number, text; cJSON. */
#ifndef INPUT_GEOJSON_H
#define INPUT_GEOJSON_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct geo_point {
	double x, y; /* degrees east, degrees north; on a page: mm from the left and from the top */
};

struct geo_ring {
	size_t n;
	struct geo_point *at; /* the last is the first again */
};

struct geo_part {
	size_t n;
	struct geo_ring *ring; /* the outer one, then holes */
};

struct geo_property {
	struct text name, value; /* NFC; whole numbers in digits; "" for null and what is nested */
};

struct geo_feature {
	size_t number; /* in the file, from 1 */
	size_t n_properties, n_parts;
	struct geo_property *property;
	struct geo_part *part;
	bool broken; /* its geometry is wrong; it may have no parts */
};

struct geojson {
	const char *file;
	struct text name, attribution; /* members of the collection; "" without */
	size_t n;
	struct geo_feature *feature;
};

/* geojson_read: reads the whole file.
 *   fails    DIAG_DATA: cannot be read; not JSON (with its place); no FeatureCollection, or an
 * empty one; another coordinate system. Also one problem for each feature whose geometry is wrong,
 * by its number: then `out` still holds all features, so that more can be said */
bool geojson_read(struct arena *a, const char *file, struct geojson *out, struct diag *why);

/* geojson_bytes: geojson_read on bytes in memory; `file` is the name for messages. */
bool geojson_bytes(struct arena *a, const char *file, struct text bytes, struct geojson *out,
		   struct diag *why);

#endif
