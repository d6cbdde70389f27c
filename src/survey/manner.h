/* manner.h -- how files of answers are read; results do not depend on it, once the form is right.
 *
 * Uses form. */
#ifndef SURVEY_MANNER_H
#define SURVEY_MANNER_H

#include "input/form.h"

#include <stdbool.h>
#include <stddef.h>

/* How a file is read. Numbers of 0 stand for what is usual. */
struct reading {
	int threads;
	size_t chunk;           /* bytes read at a time */
	size_t max_memory;      /* bytes that tallies may take; 0 = any */
	const char *cache;      /* folder; NULL = none */
	bool careful;           /* row by row, with places */
	struct form_asked form; /* of the files, as far as it is given */
};

/* manner_threads: those asked for; else as many as there are processors. */
size_t manner_threads(const struct reading *r);

#endif
