/* study.h -- the answers that tests are about, in memory: from a lone file or a year of a survey.
 *
 * Order of use: study_open, then the variables and factors that the test needs, then
 * study_read. Levels of a factor are ranked as people expect (codebook, numbers, alphabet),
 * those only that a selected row has.
 *
 * Uses gather. */
#ifndef CMD_STUDY_H
#define CMD_STUDY_H

#include "cmd/gather.h"
#include "estimate/rows.h"

/* Answers in memory, from a lone file or from a year of a survey. */
struct study {
	struct estimate_options o;
	const struct survey *survey; /* NULL: a lone file */
	const struct wave *wave;
	struct heading heading;
	struct gathered file;
	struct wave_answers year;
	struct plan *plan;
	const struct columns *columns;
	const struct answers *answers;
	struct linear linear;
	struct rows rows;
	bool *selected;
	size_t **rank;  /* of the levels of each factor, by their order */
	size_t *levels; /* of each factor, that are in use */
	struct result result;
};

/* study_open: design, conditions and columns, as the command line has them. */
bool study_open(struct session *s, struct study *t, struct diag *why);

/* study_column: the column of a name, which may be the code of a question. */
bool study_column(const struct study *t, struct text name, struct text *out, struct diag *why);

/* study_is_number: are its values numbers that are no codes of categories? */
bool study_is_number(const struct study *t, struct text column);

/* study_variable: adds a number; when `share` and --category is given, the share of those levels.
 */
bool study_variable(struct session *s, struct study *t, struct text name, bool share, size_t *out,
		    struct diag *why);

/* study_factor: adds a column of groups. */
bool study_factor(struct session *s, struct study *t, struct text name, size_t *out,
		  struct diag *why);

/* study_read: reads the rows. */
bool study_read(struct session *s, struct study *t, struct diag *why);

/* study_value: of a row and variable; NaN = missing. */
double study_value(const struct study *t, size_t row, size_t variable);

/* study_level: the rank of the row's level; NO_LEVEL when it has none, or one not in use. */
size_t study_level(const struct study *t, size_t row, size_t factor);

/* study_level_name: the name of the level with a rank. */
struct text study_level_name(const struct study *t, size_t factor, size_t rank);

#endif
