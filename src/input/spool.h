/* spool.h -- a pipe as a file: what comes through it can be read from the start more than once.
 *
 * Answers are read twice: for their heading and for their rows; and again, row by row, where
 * something is wrong. The bytes of a pipe are kept in a temporary file that has no name.
 *
 * Uses diag, arena. */
#ifndef INPUT_SPOOL_H
#define INPUT_SPOOL_H

#include "base/arena.h"
#include "base/diag.h"

/* spool_path: a path that can be opened as often as wanted: that of a pipe, socket or terminal is
 *   read to its end; other paths stay as they are. /dev/stdin and /dev/fd/N keep their names.
 *   fails  DIAG_DATA: cannot be read; DIAG_FAILED: no room for its bytes */
bool spool_path(struct arena *a, const char *path, const char **out, struct diag *why);

#endif
