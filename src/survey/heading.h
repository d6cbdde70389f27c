/* heading.h -- the columns of a file, before its rows are read for good.
 *
 * Lists of columns on the command line may name ranges (q01-q60, in the order of the
 * file) and `all`: every column of numbers that is not used otherwise.
 *
 * Not here: what the columns mean (answers).
 * Uses csvin. */
#ifndef SURVEY_HEADING_H
#define SURVEY_HEADING_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "input/form.h"

#include <stdbool.h>
#include <stddef.h>

struct heading {
	const char *file;
	size_t n;
	struct text *name;
	bool *numeric; /* every value is a number or blank, and one is a number; NULL = not asked */
};

/* heading_read: the header; with `numeric` the whole file is read once.
 *   fails  as csvin_read */
bool heading_read(struct arena *a, const char *file, bool numeric, struct heading *out,
		  struct diag *why);

/* heading_read_as: heading_read of a file whose form is given, in parts or whole. */
bool heading_read_as(struct arena *a, const char *file, const struct form_asked *form, bool numeric,
		     struct heading *out, struct diag *why);

/* heading_has: is there such a column? */
bool heading_has(const struct heading *h, struct text name);

/* heading_expand: the columns that a comma list names, each once, in the order of the list.
 *   used   columns that `all` leaves out; n_used of them
 *   fails  DIAG_USAGE: a name that is no column and no range; `all` without numbers */
bool heading_expand(struct arena *a, const struct heading *h, struct text list,
		    const struct text *used, size_t n_used, struct text **out, size_t *n,
		    struct diag *why);

#endif
