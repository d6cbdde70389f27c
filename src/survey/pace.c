#include "survey/pace.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>

void pace_start(struct arena *a, struct pace *out)
{
	*out = (struct pace){.arena = a, .lowest = NAN, .median = NAN, .highest = NAN};
}

/* ---- times --------------------------------------------------------------------------------- */

/* Takes a number of `digits` digits off the front. */
static bool take(struct text *s, size_t digits, long most, long *out)
{
	if (s->n < digits || !number_whole((struct text){s->at, digits}, 0, most, out))
		return false;
	*s = (struct text){s->at + digits, s->n - digits};
	return true;
}

static bool take_byte(struct text *s, const char *one_of)
{
	if (s->n == 0 || !memchr(one_of, *s->at, strlen(one_of)))
		return false;
	*s = (struct text){s->at + 1, s->n - 1};
	return true;
}

static long days_in(long year, long month)
{
	static const long days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (leap && month == 2);
}

/* Days since 1 January of the year 1, in the Gregorian calendar. */
static long day_number(long year, long month, long day)
{
	long before = year - 1, n = before * 365 + before / 4 - before / 100 + before / 400;

	for (long m = 1; m < month; m++)
		n += days_in(year, m);
	return n + day - 1;
}

/* "Z", "+07:00", "+0700", "+07" or nothing: the seconds to take off. */
static bool take_zone(struct text *s, double *seconds)
{
	long hours, minutes = 0;
	bool minus = s->n && *s->at == '-';

	*seconds = 0;
	if (s->n == 0 || take_byte(s, "Zz"))
		return true;
	if (!take_byte(s, "+-") || !take(s, 2, 15, &hours))
		return false;
	take_byte(s, ":");
	if (s->n && !take(s, 2, 59, &minutes))
		return false;
	*seconds = (double)(hours * 3600 + minutes * 60) * (minus ? -1 : 1);
	return true;
}

/* ":15.123" or nothing. */
static bool take_seconds(struct text *s, double *seconds)
{
	long whole, digit;

	*seconds = 0;
	if (!take_byte(s, ":"))
		return true;
	if (!take(s, 2, 60, &whole))
		return false;
	*seconds = (double)whole;
	if (!take_byte(s, ".,"))
		return true;
	for (double unit = 0.1; take(s, 1, 9, &digit); unit /= 10)
		*seconds += (double)digit * unit;
	return true;
}

bool pace_time(struct text s, double *seconds)
{
	long year, month, day, hour, minute;
	double second, zone;

	s = span_trim(s);
	if (!take(&s, 4, 9999, &year) || !take_byte(&s, "-/") || !take(&s, 2, 12, &month) ||
	    !take_byte(&s, "-/") || !take(&s, 2, 31, &day) || !take_byte(&s, "Tt ") ||
	    !take(&s, 2, 23, &hour) || !take_byte(&s, ":") || !take(&s, 2, 59, &minute) ||
	    !take_seconds(&s, &second))
		return false;
	s = span_trim(s);
	if (!take_zone(&s, &zone) || s.n || year < 1 || month < 1 || day < 1 ||
	    day > days_in(year, month))
		return false;
	*seconds = (double)day_number(year, month, day) * 86400 +
		   (double)(hour * 3600 + minute * 60) + second - zone;
	return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void add(struct pace *p, double took, size_t place)
{
	p->row = arena_grow(p->arena, p->row, p->n, sizeof *p->row);
	p->row[p->n++] = (struct pace_row){took, place};
}

void pace_between(struct pace *p, struct text begin, struct text end, size_t place)
{
	double from, to;

	if (begin.n == 0 || end.n == 0)
		p->blank++;
	else if (!pace_time(begin, &from) || !pace_time(end, &to))
		p->unread++;
	else if (to < from)
		p->backward++;
	else
		add(p, (to - from) / 60, place);
}

void pace_took(struct pace *p, struct text duration, size_t place)
{
	double took;

	if (duration.n == 0)
		p->blank++;
	else if (!number_parse(duration, &took))
		p->unread++;
	else if (took < 0)
		p->backward++;
	else
		add(p, took, place);
}

static int by_duration(const void *a, const void *b)
{
	const struct pace_row *x = a, *y = b;

	return x->took < y->took ? -1 : x->took > y->took;
}

void pace_finish(struct pace *p)
{
	if (p->n == 0)
		return;
	qsort(p->row, p->n, sizeof *p->row, by_duration);
	p->lowest = p->row[0].took;
	p->highest = p->row[p->n - 1].took;
	p->median = (p->row[(p->n - 1) / 2].took + p->row[p->n / 2].took) / 2;
	for (size_t i = 0; i < p->n; i++) {
		bool fast = p->row[i].took < PACE_FAST * p->median;
		size_t place = p->row[i].place;

		for (; p->n_places <= place; p->n_places++)
			p->in = arena_grow(p->arena, p->in, p->n_places, sizeof *p->in);
		p->in[place].n++;
		p->in[place].fast += fast;
		p->all.n++;
		p->all.fast += fast;
	}
}
