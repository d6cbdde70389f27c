/* province.h -- provinces by code and by any spelling of their name, at a date.
 *
 * A unit is a row of provinces.csv: two units may share a code and a name when
 * one succeeded the other (Hưng Yên before and after July 2025), so every lookup
 * takes the year of the figures. A unit counts for a year when it stood on
 * 31 December of it, else when it stood for a part of it and no new unit took its place
 * in that year.
 *
 * A map is the units that stand on 31 December of one year, as if they always had: what
 * figures of other years are brought to (merge).
 *
 * Not here: figures of merged units, scores.
 * Uses catalog, table and below. */
#ifndef SURVEY_PROVINCE_H
#define SURVEY_PROVINCE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct province {
	struct text code, name, type, region;
	struct text region_name[LANG__COUNT];
	long from, to;           /* yyyymmdd, both included; 0 and 99999999 when open */
	const struct text *keys; /* text_key of name and aliases */
	size_t n_keys;
};

struct tile {
	long system; /* 63 or 34 */
	struct text code, short_name;
	struct text part_of; /* of an archipelago: code of the unit it belongs to; may be empty */
	long row, column;    /* from 0, row 0 in the north, column 0 in the west */
};

/* A unit became (part of) another: a row of succession.csv. */
struct succession {
	struct text old_code, new_code;
	long date; /* yyyymmdd */
};

struct provinces {
	bool own; /* units of one survey (its units.csv), no provinces: no map, no succession */
	size_t n, n_tiles, n_successions;
	struct province *at; /* by code, then by date */
	const struct tile *tile;
	const struct succession *succession;
};

/* provinces_read: provinces.csv, regions.csv, tiles.csv and succession.csv of
 * share/surveys/provinces. fails  as table_read; a date that is not one, one name for two units of
 * one time */
bool provinces_read(struct arena *a, const char *share, struct provinces *out, struct diag *why);

/* provinces_read_units: the units a survey brings itself, in the columns of provinces.csv and an
 * optional `region_en`; a region is any group of them. fails  as provinces_read */
bool provinces_read_units(struct arena *a, const char *file, struct provinces *out,
			  struct diag *why);

/* province_stands: the unit stood on 31 December of `year`. */
bool province_stands(const struct province *p, long year);

/* province_count: units standing on 31 December of `year`. */
size_t province_count(const struct provinces *all, long year);

/* province_last_change: the latest yyyymmdd from which a unit stands. */
long province_last_change(const struct provinces *all);

/* province_by_code: the unit with that code that counts for `year`; NULL when there is none. */
const struct province *province_by_code(const struct provinces *all, struct text code, long year);

/* province_same: the code stands for one unit in both years: the same, or one that changed its name
 *   or rank without taking in another. false when it stands for none in one of them. */
bool province_same(const struct provinces *all, struct text code, long year, long other);

/* province_former: the last unit of that code that ended before 31 December of `year`; NULL when
 *   there is none. */
const struct province *province_former(const struct provinces *all, struct text code, long year);

/* province_successor: the unit standing on 31 December of `year` that `p` is, or became (part of),
 *   through any number of steps of succession.csv; a code that goes on without a step is the same
 *   unit under another name. NULL when there is none: `p` is younger, or its end is not told. */
const struct province *province_successor(const struct provinces *all, const struct province *p,
					  long year);

/* province_map_year: the latest year whose 31 December saw `n` units; 0 when no year did. */
long province_map_year(const struct provinces *all, long n);

/* province_map: the units of 31 December of `year`, standing at all times and without
 *   predecessors; by code. Tiles and all texts are those of `all`. */
void province_map(struct arena *a, const struct provinces *all, long year, struct provinces *out);

/* province_find: the unit meant by `word`: a code, or a name in any spelling, with or without
 *   "tỉnh", "thành phố", "TP.".
 *   fails  DIAG_USAGE, naming the successor of a unit that no longer stands, else suggesting the
 *          nearest name */
bool province_find(struct arena *a, const struct provinces *all, struct text word, long year,
		   const struct province **out, struct diag *why);

/* province_gone: the unit that `word` meant (as province_find) and that ended before 31 December of
 *   `year`; NULL when it means one of that year, or none at all. */
const struct province *province_gone(struct arena *a, const struct provinces *all, struct text word,
				     long year);

/* province_last_year: the last year that a unit counts for. */
long province_last_year(const struct province *p);

/* tile_at_sea: the tile of an archipelago, which is no unit of its own. */
bool tile_at_sea(const struct tile *t);

/* province_archipelago: the tile of the archipelago of that code, or whose name stands in `word`
 *   in any spelling ("Quần đảo Hoàng Sa"); NULL when there is none. */
const struct tile *province_archipelago(struct arena *a, const struct provinces *all,
					struct text word);

#endif
