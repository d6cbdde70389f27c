/* components.h -- what a composite index is made of: the file of --components.
 *
 * CSV with a row for each indicator: `indicator`, and of `weight` (above 0), `direction` (1 or up:
 * more is better; -1 or down), `min`, `max` (bounds of its values), `target` those that are
 * needed. A blank cell is not given; without `direction` more is better, without the column
 * `weight` all weigh the same.
 *
 * Not here: the values (indicators, answers).
 * Uses table and below. */
#ifndef SURVEY_COMPONENTS_H
#define SURVEY_COMPONENTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct component {
	struct text name;
	double weight; /* 1 when there is no such column */
	bool down;
	double min, max, target; /* NaN = not given */
	struct place at;         /* of its row */
};

struct components {
	const char *file;
	size_t n;
	struct component *at; /* in file order */
	bool weighted;        /* there is a column of weights */
};

/* components_read: the whole file.
 *   fails  as table_read; no column `indicator`; an indicator twice or without name; a weight that
 *          is blank or not above 0; another direction; min not below max
 *   warns  a column of another name, which is not read */
bool components_read(struct arena *a, const char *file, struct components *out, struct diag *why);

/* components_find: the position of an indicator, or n. */
size_t components_find(const struct components *c, struct text name);

#endif
