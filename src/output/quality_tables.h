/* quality_tables.h -- what a file of answers is like, as tables and sentences for people.
 *
 * Uses quality, phrases, sheet. */
#ifndef OUTPUT_QUALITY_TABLES_H
#define OUTPUT_QUALITY_TABLES_H

#include "output/phrases.h"
#include "output/sheet.h"
#include "survey/quality.h"

#include <stdio.h>

#define QUALITY_SHOWN 10 /* rows of a list; what is cut off is said, and stands in --format csv */

struct quality_shown {
	struct arena *arena;
	const struct phrases *phrases;
	enum lang lang;
	bool markdown;
	FILE *out;
};

/* quality_show: the whole of one file. */
void quality_show(const struct quality_shown *v, const struct quality *q);

/* quality_sheet, quality_sentence: a table with its caption (empty = none); a paragraph. */
void quality_sheet(const struct quality_shown *v, struct text caption, const struct sheet *sheet);
void quality_sentence(const struct quality_shown *v, struct text words);

#endif
