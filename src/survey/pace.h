/* pace.h -- how long interviews took, and those that were too fast to have been read.
 *
 * Times are ISO 8601 or what KoboToolbox and spreadsheets write: 2024-05-01T08:30:15.123+07:00,
 * 2024-05-01 08:30:15, 2024-05-01 08:30; two times without a zone are in the same one. A column of
 * durations holds numbers of any unit; between start and end durations are minutes. Fast is below
 * PACE_FAST of the median of all. Takes 16 bytes for each row.
 *
 * Not here: which columns they are (quality).
 * Uses arena, number. */
#ifndef SURVEY_PACE_H
#define SURVEY_PACE_H

#include "base/arena.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define PACE_FAST (1.0 / 3)

struct pace_row {
	double took;
	size_t place;
};

struct pace_count {
	size_t n, fast; /* rows with a duration; those below PACE_FAST of the median */
};

struct pace {
	struct arena *arena;
	size_t blank, unread, backward; /* no time; no time that can be read; end before start */
	size_t n;
	struct pace_row *row;           /* after pace_finish by duration */
	double lowest, median, highest; /* NaN without rows */
	struct pace_count all;
	size_t n_places;
	struct pace_count *in; /* by place */
};

void pace_start(struct arena *a, struct pace *out);

/* pace_time: the seconds from some day on; false when `s` is no date with a time. */
bool pace_time(struct text s, double *seconds);

/* pace_between: a row with a start and an end. pace_took: a row with a duration. */
void pace_between(struct pace *p, struct text begin, struct text end, size_t place);
void pace_took(struct pace *p, struct text duration, size_t place);

/* pace_finish: behind the last row. */
void pace_finish(struct pace *p);

#endif
