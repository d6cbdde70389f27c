/* queried.h -- answers that lie in a database: what is asked of it, in SQL.
 *
 * Uses gather, load; statement below. */
#ifndef CMD_QUERIED_H
#define CMD_QUERIED_H

#include "cmd/gather.h"
#include "cmd/load.h"
#include "survey/statement.h"
#include "survey/tally_plan.h"

/* The tally that is asked for. */
struct queried {
	struct plan *plan;
	struct tally_about about;
	struct answers_table table;
	struct gathered g;     /* unless the answers are those of a survey folder */
	struct loaded l;       /* then the survey, */
	struct wave_answers w; /* and the plan of a year */
};

/* queried_survey: the plan of a year of a survey whose answers lie in q->table.
 * queried_columns: the plan that the options tell of a table with these columns. */
bool queried_survey(struct session *s, struct estimate_options *o, const char *survey,
		    struct queried *q, struct diag *why);
bool queried_columns(struct session *s, const struct estimate_options *o,
		     const struct heading *columns, struct queried *q, struct diag *why);

/* queried_make: the statements, with the row of the plan. */
bool queried_make(struct session *s, enum dialect d, const struct queried *q,
		  struct statement **out, size_t *n, struct diag *why);

/* queried_print: hailong tally --sql. */
bool queried_print(struct session *s, struct diag *why);

#endif
