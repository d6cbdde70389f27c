/* change_file.h -- differences between years, or groups, of a lone file of answers.
 *
 * Uses changes, gather. */
#ifndef CMD_CHANGE_FILE_H
#define CMD_CHANGE_FILE_H

#include "cmd/changes.h"

/* change_file: --year-column with --from and --to, or two groups as conditions in --from and --to,
 *   or --constant; one row for each group and item of the later side.
 *   fails  as gather_plan and gather_read; a year without rows; a statistic that has no
 *          difference */
bool change_file(struct session *s, struct diag *why);

#endif
