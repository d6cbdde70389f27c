#include "input/statdate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define DAY 86400.0
#define FROM_1960 (-3653 * DAY)
#define FROM_1582 (-141428 * DAY) /* 14 October: SPSS counts seconds from there */

static bool is_format(const char *format, const char *name)
{
	size_t n = strlen(name);

	return strncmp(format, name, n) == 0 &&
	       strspn(format + n, "0123456789.") == strlen(format + n);
}

/* Formats of Stata begin with %t, or %-t when they are set to the left; %d is an old one. */
static struct statdate stata_date(const char *format)
{
	const char *f = format + (*format == '%');

	f += *f == '-';
	if (strncmp(f, "td", 2) == 0 || *f == 'd')
		return (struct statdate){DAY, FROM_1960};
	return strncmp(f, "tc", 2) == 0 ? (struct statdate){0.001, FROM_1960}
					: (struct statdate){0, 0};
}

struct statdate statdate_of(enum statdate_system system, const char *format)
{
	static const char *const spss[] = {"DATE",  "ADATE",    "EDATE", "SDATE",
					   "JDATE", "DATETIME", "YMDHMS"};
	static const char *const days[] = {"DATE",    "DDMMYY",  "DDMMYYS", "DDMMYYD", "DDMMYYP",
					   "MMDDYY",  "MMDDYYS", "MMDDYYD", "YYMMDD",  "YYMMDDS",
					   "YYMMDDD", "YYMMDDN", "E8601DA", "WORDDATE"};

	if (system == STATDATE_STATA)
		return stata_date(format);
	for (size_t i = 0; system == STATDATE_SPSS && i < sizeof spss / sizeof *spss; i++)
		if (is_format(format, spss[i]))
			return (struct statdate){1, FROM_1582};
	for (size_t i = 0; system == STATDATE_SAS && i < sizeof days / sizeof *days; i++)
		if (is_format(format, days[i]))
			return (struct statdate){DAY, FROM_1960};
	if (system == STATDATE_SAS &&
	    (is_format(format, "DATETIME") || is_format(format, "E8601DT")))
		return (struct statdate){1, FROM_1960};
	return (struct statdate){0, 0};
}

/* Year, month and day of a day counted from 1970, by the Gregorian calendar, before 1582 too. */
static void civil(long day, long *y, int *m, int *d)
{
	long z = day + 719468, era = (z >= 0 ? z : z - 146096) / 146097, e = z - era * 146097;
	long year = (e - e / 1460 + e / 36524 - e / 146096) / 365;
	long rest = e - (365 * year + year / 4 - year / 100), month = (5 * rest + 2) / 153;

	*d = (int)(rest - (153 * month + 2) / 5 + 1);
	*m = (int)(month < 10 ? month + 3 : month - 9);
	*y = year + era * 400 + (*m <= 2);
}

bool statdate_put(struct statdate d, double x, char s[NUMBER_BYTES], struct text *out)
{
	double seconds = x * d.seconds + d.epoch, day = floor(seconds / DAY), rest;
	int n, month, date, minutes;
	long year;

	if (!(fabs(seconds) < 1e12))
		return false;
	civil((long)day, &year, &month, &date);
	if (year < 1 || year > 9999)
		return false;
	rest = seconds - day * DAY;
	minutes = (int)(rest / 60);
	n = snprintf(s, NUMBER_BYTES, "%04ld-%02d-%02d", year, month, date);
	if (rest > 0)
		n += snprintf(s + n, NUMBER_BYTES - (size_t)n, "T%02d:%02d:%02d", minutes / 60,
			      minutes % 60, (int)(rest - 60.0 * minutes));
	*out = (struct text){s, (size_t)n};
	return true;
}
