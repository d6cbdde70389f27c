/* statdate.h -- how Stata, SPSS and SAS count days, and a date as text.
 *
 * Stata and SAS count days (or milliseconds, or seconds) from 1 January 1960, SPSS seconds from 14
 * October 1582; what a variable counts, its format says. Weeks, quarters, times of day and
 * Stata's times with leap seconds (%tC) are no dates here: they stay numbers.
 *
 * Not here: files (statfile).
 * Uses span, number. */
#ifndef INPUT_STATDATE_H
#define INPUT_STATDATE_H

#include "base/number.h"
#include "base/span.h"

#include <stdbool.h>

enum statdate_system { STATDATE_STATA, STATDATE_SPSS, STATDATE_SAS };

/* One of a variable's numbers is `seconds` long; 0 is `epoch` seconds behind 1970. */
struct statdate {
	double seconds, epoch; /* seconds = 0: it is no date */
};

/* statdate_of: what a format says, such as "%td", "EDATE10" or "DDMMYY10". */
struct statdate statdate_of(enum statdate_system system, const char *format);

/* statdate_put: as 2025-06-30, or 2025-06-30T08:15:00 when it is no whole day, into `s`; parts of a
 *   second are cut off.
 *   returns  false outside the years 1 to 9999 */
bool statdate_put(struct statdate d, double x, char s[NUMBER_BYTES], struct text *out);

#endif
