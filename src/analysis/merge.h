/* merge.h -- figures of units before a merger as estimates of the units after it.
 *
 * A unit of the map that was made of several has, in earlier years, the mean of their scores
 * weighted by people of one fixed year (the same for every year of scores, so that a change is
 * one of scores and not of weights), else with equal weights:
 *
 *	score = sum of p_o s_o / sum of p_o    (methodology, E.3)
 *
 * It is taken at the lowest level that is published; above it items that are sums are summed
 * again. A part without a figure makes the mean missing, and `lacking` names it; on request the
 * rest is taken, `coverage` being its share of the weight. All such rows carry FLAG_MERGED: no
 * publisher stated them, and of an index of administrations they describe the parts, not the new
 * administration. Units that nothing joined keep their figures; printed ranks end with the table
 * they were printed in. A year whose units are those of the map is left as it is.
 *
 * Not here: answers (pool), ranks (rank), what the command line says (merging).
 * Uses survey, population, result and below. */
#ifndef ANALYSIS_MERGE_H
#define ANALYSIS_MERGE_H

#include "result/result.h"
#include "survey/population.h"
#include "survey/survey.h"

/* What figures are brought to, and by which weights. */
struct merging {
	const struct provinces *dated; /* units of all times */
	struct provinces map;          /* of `year`, by province_map */
	long year;
	const struct population *people; /* NULL: the parts weigh the same */
	long base;                       /* year of the weights */
	bool renormalise;                /* a mean of the parts that have a figure */
};

struct merge_part {
	const struct province *unit;
	double weight; /* NaN: the file of populations does not know it */
};

/* A unit of the map and those it was made of, by code. */
struct merge_whole {
	const struct province *unit;
	size_t n;
	struct merge_part *part;
	bool merged; /* it is not simply one of them under this code */
};

/* merge_reaches: every unit of 31 December of `year` has its place in the map; false of a year
 *   behind a merger that the map is before. */
bool merge_reaches(const struct merging *m, long year);

/* merge_check: the populations know every part of the base year.
 *   fails  DIAG_DATA at the file, for each unit that is missing; DIAG_USAGE when the base year has
 *          the units of the map already */
bool merge_check(struct arena *a, const struct merging *m, struct diag *why);

/* merge_wholes: the units of the map in a year, by code, m->map.n of them.
 *   listed  by position in m->dated: figures of the year name this unit, though it may have ended
 *           before 31 December
 *   any     a unit of the year is merged */
struct merge_whole *merge_wholes(struct arena *a, const struct merging *m, long year,
				 const bool *listed, bool *any);

/* merge_words: of a merged row: flag, merged_from, merged_by ("merged:population:2024",
 *   "merged:equal") and parts. */
void merge_words(struct arena *a, const struct merging *m, const struct merge_whole *whole,
		 struct result_row *row);

/* merge_published: published_result's rows by the units of the map, as sorted. Rows of a year that
 *   the map does not reach are left out. */
void merge_published(struct arena *a, const struct survey *s, const struct merging *m,
		     const struct result *in, struct result *out);

/* merge_mark: behind rank_result: which ranks stand in a table with merged units; of units that are
 *   not merged the method says so ("published;rank:merged"). */
void merge_mark(struct arena *a, struct result *r);

#endif
