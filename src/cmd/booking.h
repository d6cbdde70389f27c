/* booking.h -- what a report is made of: the surveys of the command line, read once, and of each
 * province what the report says of it.
 *
 * Uses load, losses, survey_parts, change_years and below. */
#ifndef CMD_BOOKING_H
#define CMD_BOOKING_H

#include "cmd/load.h"
#include "output/report_parts.h"

/* What the reports of all provinces share. */
struct booking {
	struct loaded *part; /* one for each survey named */
	/* of each, where the year has answers: changes of every total; survey_shares */
	struct result *moved, *shares;
	size_t n;
	struct loaded *others; /* more surveys, for the overview */
	size_t n_others;
	long year;
	struct text maker;
};

/* booking_open: reads the surveys; the year is that of --year, else the last of the first survey.
 *   fails  as load_survey, sets_add; DIAG_USAGE: no survey has the year, a survey twice */
bool booking_open(struct session *s, struct text maker, struct booking *out, struct diag *why);

/* booking_make: what the report says of a province, in memory of `s`, which may be a thread's copy
 *   of the session that opened it. A survey without the year, or without the province in it, is
 *   marked as missing while another has them.
 *   word   the province, by code or name
 *   self   gets the province
 *   fails  as province_find, survey_parts, losses_find, peers_choose; DIAG_DATA: no survey lists
 *          anything of the province; DIAG_USAGE: --criteria of a year of answers */
bool booking_make(struct session *s, const struct booking *b, struct text word,
		  struct report_book *out, const struct province **self, struct diag *why);

/* booking_explorer: the surveys as a page to explore, of which a report's HTML is part.
 *   fails  as page_fragment */
bool booking_explorer(struct session *s, const struct booking *b, struct text *out,
		      struct diag *why);

#endif
