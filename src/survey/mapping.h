/* mapping.h -- the units of one map in other years: what each was made of, and by which weights.
 *
 * A map is the units of one 31 December. In a year before a merger a unit of it is a whole of
 * several parts, weighed by their people of one fixed year, else alike.
 *
 * Not here: figures of wholes (merge), answers of wholes (join), what the command line says
 * (merging).
 * Uses province, population and below. */
#ifndef SURVEY_MAPPING_H
#define SURVEY_MAPPING_H

#include "survey/population.h"
#include "survey/province.h"

/* What figures are brought to, and by which weights. */
struct mapping {
	const struct provinces *dated; /* units of all times */
	struct provinces map;          /* of `year`, by province_map */
	long year;
	const struct population *people; /* NULL: the parts weigh the same */
	long base;                       /* year of the weights */
	bool renormalise;                /* a mean of the parts that have a figure */
};

struct mapping_part {
	const struct province *unit;
	double weight; /* NaN: the file of populations does not know it */
};

/* A unit of the map and those it was made of, by code. */
struct mapping_whole {
	const struct province *unit;
	size_t n;
	struct mapping_part *part;
	bool merged; /* it is not simply one of them under this code */
};

/* mapping_reaches: every unit of 31 December of `year` has its place in the map; false of a year
 *   behind a merger that the map is before. */
bool mapping_reaches(const struct mapping *m, long year);

/* mapping_check: the populations know every part of the base year.
 *   fails  DIAG_DATA at the file, for each unit that is missing; DIAG_USAGE when the base year has
 *          the units of the map already */
bool mapping_check(struct arena *a, const struct mapping *m, struct diag *why);

/* mapping_wholes: the units of the map in a year, by code, m->map.n of them.
 *   listed  by position in m->dated: figures of the year name this unit, though it may have ended
 *           before 31 December
 *   any     a unit of the year is merged */
struct mapping_whole *mapping_wholes(struct arena *a, const struct mapping *m, long year,
				     const bool *listed, bool *any);

#endif
