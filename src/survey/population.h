/* population.h -- how many people lived in each province, by year, as its user knows it.
 *
 * A CSV of `year`, `province` (code or a name in any spelling, a unit of that year) and
 * `population` (more than 0); further columns are ignored. The project ships none: which count
 * (of all, of adults) and of whose hand is the user's to choose, and to name by the file.
 *
 * Not here: what it weighs (merge).
 * Uses province, table and below. */
#ifndef SURVEY_POPULATION_H
#define SURVEY_POPULATION_H

#include "base/arena.h"
#include "base/diag.h"
#include "survey/province.h"

struct people {
	long year;
	const struct province *province;
	double count;
};

struct population {
	const char *file;
	size_t n;
	const struct people *at; /* in file order */
};

/* population_read: the whole file.
 *   fails  as table_read; a province that the year does not know; no number above 0; a province
 *          and year twice. All problems are added, up to DIAG_KEPT. */
bool population_read(struct arena *a, const char *file, const struct provinces *provinces,
		     struct population *out, struct diag *why);

/* population_of: people of a unit in a year; NaN when the file does not say. */
double population_of(const struct population *p, const struct province *unit, long year);

#endif
