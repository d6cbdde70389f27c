/* lines.h -- the lines of a file in UTF-8, by its form.
 *
 * A line is a line of the user's file, whatever its encoding; its end comes with it, as LF where
 * the file has CR alone. Files in UTF-8 come line by line, others in blocks.
 *
 * Not here: what a line holds (csvin).
 * Uses span, diag, text, form. */
#ifndef INPUT_LINES_H
#define INPUT_LINES_H

#include "input/form.h"

#include <stdio.h>

/* lines_fn: one line; false to stop, having added a problem. */
typedef bool lines_fn(void *context, struct text line);

/* lines_of: the bytes that come before what `in` still has; `in` may be NULL.
 *   fails  DIAG_DATA: cannot be read; bytes that mean nothing in the encoding */
bool lines_of(const char *file, const struct form *form, struct text bytes, FILE *in,
	      lines_fn *take, void *context, struct diag *why);

#endif
