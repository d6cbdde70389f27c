/* checked.h -- check: what files of answers hold, told for people or as measures.
 *
 * Uses load, gather, quality, doubts, measures, quality_tables. */
#ifndef CMD_CHECKED_H
#define CMD_CHECKED_H

#include "cmd/load.h"
#include "output/measures.h"

/* What is asked for. */
struct checked {
	bool people; /* tables; else measures */
	bool markdown;
	enum fields_format format; /* of measures */
	struct measures measures;
};

/* checked_start: by --format.
 *   fails  DIAG_USAGE: a format that is not known */
bool checked_start(struct session *s, struct checked *out, struct diag *why);

/* checked_sheet: a table, when it is for people. */
void checked_sheet(struct session *s, const struct checked *c, const struct sheet *sheet);

/* checked_wanted: is the year one of --year? */
bool checked_wanted(const struct session *s, long year);

/* checked_is_answers: is the word a lone file of answers: one without columns `code` and `score`,
 *   or one whose design is given by options? */
bool checked_is_answers(struct session *s, const char *word, bool *answers, struct diag *why);

/* checked_file: a lone file of answers, by the options of its design.
 * checked_answers: the answers of every year asked for. Problems of rows are added, and the report
 *   is made all the same.
 *   fails  what keeps a file from being read, or options that are wrong */
bool checked_file(struct session *s, struct checked *c, struct diag *why);
bool checked_answers(struct session *s, const struct survey *survey, struct checked *c,
		     struct diag *why);

/* checked_end: writes the measures. */
bool checked_end(struct session *s, const struct checked *c, struct diag *why);

#endif
