/* office.h -- what the head and the foot of an official document say: who writes, to whom, under
 * which number, where and when, and who signs.
 *
 * Read from a file that the office keeps, by custom office.csv: columns key and value, a row for
 * each value; a blank value is as good as none. What is not given stays dotted in the document.
 *
 * Not here: how it is set (reports/word_head.lua); who answers for an item (agencies).
 * Uses table, catalog and below. */
#ifndef SURVEY_OFFICE_H
#define SURVEY_OFFICE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

enum office_key {
	OFFICE_PARENT_AGENCY, /* above the agency's name */
	OFFICE_AGENCY,
	OFFICE_NUMBER, /* before the "/" */
	OFFICE_SYMBOL, /* behind it */
	OFFICE_PLACE,
	OFFICE_DATE,      /* as written: 2024-04-05 */
	OFFICE_ADDRESSEE, /* from here on: as many as there are */
	OFFICE_RECIPIENT,
	OFFICE_AUTHORITY, /* lines above the position: on whose behalf is signed */
	OFFICE_POSITION,  /* one value again */
	OFFICE_SIGNER,
	OFFICE__COUNT
};

extern const char *const office_keys[OFFICE__COUNT]; /* "parent_agency", ... */

struct office_values {
	size_t n;
	const struct text *at; /* in file order */
};

struct office {
	struct office_values value[OFFICE__COUNT];
	long year, month, day; /* 0 without a date */
};

/* office_read: the whole file.
 *   fails  as table_read; an unknown key, suggesting the nearest; a second value of a key that
 * takes one; a date that is none; a number that holds its symbol */
bool office_read(struct arena *a, const char *file, struct office *out, struct diag *why);

#endif
