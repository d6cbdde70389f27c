/* audit_rows.h -- an audit read back, and its rows of one number.
 *
 * Uses command, audit and below. */
#ifndef CMD_AUDIT_ROWS_H
#define CMD_AUDIT_ROWS_H

#include "cmd/command.h"
#include "output/audit.h"

struct audit_row {
	struct text cell[AUDIT__COUNT];
};

struct audit_rows {
	size_t n;
	struct audit_row *at;
};

/* audit_rows_read: the rows of an audit whose text is `number`, which may be written with comma or
 *   point, and whose sign counts when it has one.
 *   file   for messages
 *   fails  as csvin_read; DIAG_DATA: a column is missing, so it is no audit */
bool audit_rows_read(struct arena *a, const char *file, struct text csv, struct text number,
		     struct audit_rows *out, struct diag *why);

/* audit_file_state: what became of an input since. */
enum audit_state { AUDIT_SAME, AUDIT_CHANGED, AUDIT_GONE };

/* audit_file_state: of a file named as audits name files, below `share` or as it was given. */
enum audit_state audit_file_state(struct arena *a, const char *share, struct text file,
				  struct text sha256);

#endif
