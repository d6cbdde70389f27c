/* asked.h -- what the command line asks of an estimate.
 *
 * Uses command, estimate. */
#ifndef CMD_ASKED_H
#define CMD_ASKED_H

#include "cmd/command.h"
#include "estimate/estimate.h"

/* asked_number: an option as a number from least to most; `otherwise` when it is not given. */
bool asked_number(const struct session *s, enum option option, double least, double most,
		  double otherwise, double *out, struct diag *why);

/* asked_whole: likewise, a whole number. */
bool asked_whole(const struct session *s, enum option option, long least, long most, long otherwise,
		 long *out, struct diag *why);

/* asked_word: the position of an option's word in a list of n; `otherwise` when it is not given. */
bool asked_word(const struct session *s, enum option option, const char *const *words, size_t n,
		size_t otherwise, size_t *out, struct diag *why);

/* asked_none: is none of these options given? `list` ends with OPT__COUNT.
 *   fails  DIAG_USAGE "--NAME is not for", and the words `what`: an option that nothing would look
 *          at is a misunderstanding */
bool asked_none(const struct session *s, const enum option *list, const char *what,
		struct diag *why);

/* asked_no_error: warns of each of these options that is given that it changes nothing, as
 * published scores carry no error. One command line for every survey stays possible. `list` ends
 * with OPT__COUNT. */
void asked_no_error(const struct session *s, const enum option *list, struct diag *why);

/* asked_estimate: statistic, interval, degrees of freedom, lonely strata, suppression, quantiles.
 *   fails  DIAG_USAGE with the words that the option knows */
bool asked_estimate(struct session *s, struct estimate_options *out, struct diag *why);

/* asked_interval_fits: is --ci for what is estimated? asked_estimate sees to it where the statistic
 * was named; where none was, it is a mean of a file's columns and a rate of a survey's questions,
 * which who knows which of them was given has to ask. fails  DIAG_USAGE */
bool asked_interval_fits(const struct session *s, const struct estimate_options *o,
			 struct diag *why);

/* asked_interval: of these, what a share needs: interval, level, degrees of freedom, lonely strata,
 * suppression. */
bool asked_interval(struct session *s, struct estimate_options *out, struct diag *why);

/* asked_collapse: does --lonely ask to join strata of one unit when the file is read? */
bool asked_collapse(const struct session *s);

/* asked_variance: of these, what a command without a choice of statistic needs: level, degrees of
 *   freedom, lonely strata. */
bool asked_variance(struct session *s, struct estimate_options *out, struct diag *why);

/* asked_file_name: the last part of a path: how rows name their source. */
struct text asked_file_name(const char *path);

/* asked_threads: --threads; as many as there are processors when it is not given. */
bool asked_threads(const struct session *s, int *out, struct diag *why);

/* asked_form: --delimiter, --decimal, --encoding, --header: the form of the files that are read, as
 *   far as it is given. */
bool asked_form(struct session *s, struct form_asked *out, struct diag *why);

/* asked_reading: how files of answers are read: --threads (0 when it is not given), --chunk,
 *   --max-memory. */
bool asked_reading(struct session *s, struct reading *out, struct diag *why);

#endif
