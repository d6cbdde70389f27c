/* headed.h -- --template and --office: how a report is set, and what its head and foot hold.
 *
 * Uses command, letterhead. */
#ifndef CMD_HEADED_H
#define CMD_HEADED_H

#include "cmd/command.h"
#include "output/letterhead.h"

#define HEADED_OPTIONS OPT_TEMPLATE, OPT_OFFICE

/* headed_read: template and office of the options; maker and subject are the caller's.
 *   fails  DIAG_USAGE: no such template; --office with a template that has no letterhead; as
 *   office_read */
bool headed_read(struct session *s, struct letterhead *out, struct diag *why);

#endif
