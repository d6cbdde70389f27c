/* refused.h -- columns of a statement's result that count rows which a file would be refused for
 * ("bad1", "bad_weight"), or warned of ("words1").
 *
 * Not here: the sums (tally_csv).
 * Uses answers, csvin. */
#ifndef SURVEY_REFUSED_H
#define SURVEY_REFUSED_H

#include "input/csvin.h"
#include "survey/answers.h"

#include <stdint.h>

/* One of them. */
struct refused_column {
	size_t column;
	struct text name;
	bool words;      /* only to be warned of */
	struct place at; /* of the first count above 0 */
	uint64_t rows;
};

struct refused {
	struct arena *arena;
	size_t n;
	struct refused_column *at;
};

/* refused_takes: is the column of a header one of these? */
bool refused_takes(struct refused *r, const struct csvin_row *header, size_t column);

/* refused_row: adds a row's counts; *any: some are to be refused.
 *   fails  DIAG_DATA: no number of rows */
bool refused_row(struct refused *r, const struct csvin_row *row, bool *any, struct diag *why);

/* refused_values: are there rows with a value of that variable (from 0) that nobody knows? */
bool refused_values(const struct refused *r, size_t variable);

/* refused_tell: behind the last row. `p` numbers variables as the columns do; `codebook`: values
 * are refused because a codebook does not know them. fails  DIAG_DATA when some are to be refused,
 * with how many and why warns  of words among numbers, counted as answers that are not among the
 * levels */
bool refused_tell(const struct refused *r, const struct plan *p, bool codebook, struct diag *why);

#endif
