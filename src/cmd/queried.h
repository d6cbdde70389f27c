/* queried.h -- answers that lie in a database: what is asked of it, in SQL.
 *
 * Uses gather, load; statement below. */
#ifndef CMD_QUERIED_H
#define CMD_QUERIED_H

#include "cmd/gather.h"
#include "cmd/load.h"
#include "input/postgres.h"
#include "survey/statement.h"
#include "survey/tally_plan.h"

/* The tally that is asked for. */
struct queried {
	struct postgres *database; /* NULL when it is only printed */
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

/* queried_open: connects to the PostgreSQL of the command line's first word, finds --table, and
 * makes the plan: of the survey folder that the second word names, else as the options tell. fails
 * as postgres_open, postgres_find, queried_survey, queried_columns */
bool queried_open(struct session *s, struct estimate_options *o, struct queried *q,
		  struct diag *why);

/* queried_read: runs the statements, and reads the sums as if the rows had been read.
 *   fails  as postgres_copy, tally_csv_row, tally_load_finish */
bool queried_read(struct session *s, struct queried *q, struct answers *answers,
		  struct tally *tally, struct diag *why);

/* queried_print: hailong tally --sql. */
bool queried_print(struct session *s, struct diag *why);

#endif
