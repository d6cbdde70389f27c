/* tallied.h -- tally files on the command line: read in the place of answers.
 *
 * What a tally has fixed (design, conditions, statistic, levels that count) may be told again, not
 * otherwise. Several files are added.
 *
 * Uses gather, load; tally_csv, tally_file below. */
#ifndef CMD_TALLIED_H
#define CMD_TALLIED_H

#include "cmd/gather.h"
#include "cmd/load.h"
#include "survey/tally_load.h"

struct tallied {
	size_t n;
	struct tally_head *head;  /* of each file */
	struct tally_about about; /* of all */
	size_t n_want;
	size_t *want;    /* variables of --item */
	struct loaded l; /* when the answers are of a survey folder */
	const struct province *province;
	struct wave_answers w; /* survey and wave are NULL of lone files */
};

/* tallied_about: what a tally of the plan tells of the options: the statistic, the columns of --by.
 * tallied_about_wave: for a year of a survey also the survey, at its word of the command line.
 *   fails  as digest_file, of the codebook and the design */
void tallied_about(struct session *s, const struct estimate_options *o, const struct plan *p,
		   struct tally_about *out);
bool tallied_about_wave(struct session *s, const struct estimate_options *o, const char *survey,
			const struct wave_answers *w, struct tally_about *out, struct diag *why);

/* tallied_is: is the file a tally? */
bool tallied_is(const char *file);

/* tallied_open: the plans of all files of the command line, and their survey, which the command is
 *   about from here on.
 *   fails  as tally_csv_head, tally_file_head, tally_head_same; DIAG_DATA: the survey is not found,
 *          or its codebook or design is another */
bool tallied_open(struct session *s, struct tallied *out, struct diag *why);

/* tallied_statistic: --stat as the tally has it, unless the command line tells. Before
 * asked_estimate. */
void tallied_statistic(struct session *s, const struct tallied *t);

/* tallied_check: do the options ask for what the tally holds? Chooses the variables of --item.
 *   fails  DIAG_USAGE with what the tally has */
bool tallied_check(struct session *s, const struct estimate_options *o, struct tallied *t,
		   struct diag *why);

/* tallied_all: every variable, no groups: for merging. */
void tallied_all(struct session *s, struct tallied *t);

/* tallied_read: the sums, as after reading answers; not yet tally_finish. */
bool tallied_read(struct session *s, struct tallied *t, struct diag *why);

#endif
