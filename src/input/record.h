/* record.h -- the records of a sample of CSV text, by some delimiter: to see whether it fits.
 *
 * Lenient: for evidence only. What a file really holds is told by csvin.
 * Uses span. */
#ifndef INPUT_RECORD_H
#define INPUT_RECORD_H

#include "base/span.h"

#define RECORD_CELLS 1024 /* that are kept of a record; all are counted */

struct records { /* start from {text, whole, delimiter, .line = 1} */
	struct text rest;
	bool whole; /* the text ends where the file ends; else its last record may be cut */
	char delimiter;
	bool returns; /* CR alone ends lines; else lines are counted by LF */
	size_t line;  /* the next record's */
	/* the record at hand */
	size_t at; /* its line */
	size_t n, filled;
	bool odd; /* a quote inside a field that has none around it, or behind it */
	struct text cell[RECORD_CELLS]; /* inside its quotes */
	size_t column[RECORD_CELLS];    /* where each begins, in bytes from 0 */
};

/* record_next: the next record that is not a blank line; false behind the last. */
bool record_next(struct records *r);

/* record_is_formula: ="001" in a sample, with the quotes inside doubled where others are around it.
 */
bool record_is_formula(struct text cell);

/* record_unformula: ="001" without its sign and quotes; other cells as they are. */
struct text record_unformula(struct text cell);

#endif
