/* gather.h -- from the command line to a plan, and from the plan to sums or rows: how answers are
 * read.
 *
 * Answers come as lone CSV files, their design told by options, or as a survey folder with
 * design.csv and codebook.csv.
 *
 * Uses asked, and survey/ below. */
#ifndef CMD_GATHER_H
#define CMD_GATHER_H

#include "cmd/asked.h"
#include "survey/columns.h"
#include "survey/heading.h"
#include "survey/slots.h"
#include "survey/waves.h"

struct gathered {
	struct plan plan;
	struct answers answers;
	struct tally tally;     /* unless rows were asked for */
	struct columns columns; /* when rows were asked for */
	struct heading heading; /* of the first file */
};

/* gather_is_file: does the word on the command line mean a lone file of answers? */
bool gather_is_file(const char *word);

/* gather_pipes: the words of the command line that are pipes, as files that can be read again.
 *   fails  as spool_path */
bool gather_pipes(struct session *s, struct diag *why);

/* gather_design: --weight, --strata, --psu, --ssu, --nest, --fpc. */
bool gather_design(struct session *s, struct design *out, struct diag *why);

/* gather_plan: the plan of a lone file: design, conditions, groups, and the variables of --item by
 *   the statistic. Leaves room for more factors and numbers. */
bool gather_plan(struct session *s, const struct estimate_options *o, struct gathered *out,
		 struct diag *why);

/* gather_plan_of: the same, of what has these columns. */
bool gather_plan_of(struct session *s, const struct estimate_options *o,
		    const struct heading *heading, struct gathered *out, struct diag *why);

/* gather_factor: the number of a factor by column, added when the plan lacks it. */
size_t gather_factor(struct session *s, struct plan *p, struct text column);

/* gather_groups: the plan of a year of a survey without variables: conditions and groups, the
 *   province first when --province is given.
 *   fails  as waves_plan */
bool gather_groups(struct session *s, const struct survey *survey, const struct wave *wave,
		   struct wave_answers *out, struct diag *why);

/* gather_wave: the plan of a year of a survey: conditions, groups (by column or code of a question;
 *   the province first when --province is given), and the variables of --item by the statistic:
 *   codes, columns or `all`; without --item every question with satisfied levels.
 *   fails  as waves_plan; a code the year does not ask; a question without satisfied levels */
bool gather_wave(struct session *s, const struct estimate_options *o, const struct survey *survey,
		 const struct wave *wave, struct wave_answers *out, struct diag *why);

/* gather_read: reads the files of the command line into the tally, or into columns. Warns of
 *   strata with one unit, and of weights that sum to the number of rows when totals are asked. */
bool gather_read(struct session *s, const struct estimate_options *o, bool rows,
		 struct gathered *out, struct diag *why);

/* gather_warn: those warnings, for answers that are read.
 *   fails  DIAG_DATA: strata with one unit under --lonely fail */
bool gather_warn(struct session *s, const struct estimate_options *o, const struct answers *answers,
		 struct diag *why);

/* gather_warn_words: of words in columns whose levels are numbers. */
void gather_warn_words(struct session *s, const struct plan *p, struct diag *why);

#endif
