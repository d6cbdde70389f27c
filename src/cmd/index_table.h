/* index_table.h -- a composite index of a table of indicators, as the command line asks for it.
 *
 * Rows are of the usual shape: province_name is the unit, item `total` or the indicator,
 * estimate the index or the score. There is no sampling error here.
 *
 * Not here: words (index_words), how the ranks hang on the method (index_robust).
 * Uses index_rules, indicators, compound, consistency, outlier. */
#ifndef CMD_INDEX_TABLE_H
#define CMD_INDEX_TABLE_H

#include "analysis/compound.h"
#include "analysis/consistency.h"
#include "analysis/outlier.h"
#include "cmd/index_rules.h"
#include "result/result.h"

/* A table on its way to an index. */
struct composite {
	struct index_rules rules;
	struct indicators table;
	struct compound_rule mean;
	struct normalise_rule *rule;  /* by indicator */
	struct normalised *made;      /* likewise */
	struct outlier *outlier;      /* likewise, of the values as they came */
	bool *changed;                /* by value: set to the next by winsorising */
	double *score;                /* by value */
	double *index;                /* by row */
	const char **reason;          /* by row: why it has no index */
	struct component_first first; /* with rules.component */
};

/* index_table_read: reads the table on the command line and computes.
 *   fails  as index_rules, indicators_read, compound_scores; DIAG_USAGE: an option for answers or
 *          survey folders; DIAG_DATA: a value outside given bounds under minmax; with --weights pca
 *          no first component */
bool index_table_read(struct session *s, struct composite *out, struct diag *why);

/* index_table_result: appends the index and the scores, by year, item and unit, ranked; with
 *   --weights pca rows of the first component. */
void index_table_result(struct session *s, const struct composite *c, struct result *out);

/* index_table_row: a row that names survey, year and unit of a row of the table. */
struct result_row index_table_row(const struct composite *c, size_t row);

/* index_table_treated: what is to be told of a value: that it is missing, or one of these; NULL. */
const char *index_table_treated(const struct composite *c, size_t row, size_t item);

#define INDEX_TABLE_BEYOND "beyond a goalpost, and set to it"
#define INDEX_TABLE_OUTLYING "outlying, and set to the next value"

#endif
