/* outfile.h -- files that appear whole or not at all.
 *
 * Bytes are written beside the target, checked, and renamed over it. A target
 * that exists with other content is refused unless `force`; with the same content
 * it is left as it is.
 *
 * Uses arena, diag. */
#ifndef OUTPUT_OUTFILE_H
#define OUTPUT_OUTFILE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdio.h>

/* outfile_write: the bytes become the file.
 *   fails  DIAG_FAILED: exists and differs, cannot be written whole (then nothing changes) */
bool outfile_write(const char *path, struct text bytes, bool force, struct diag *why);

/* outfile_hold: a file without a name in the folder of `path`, to be written and then kept: nothing
 * is left of it when the program ends before. NULL where the system knows no such files.
 * outfile_keep: it becomes `path`, under the same rule, and is closed.
 *   fails  DIAG_FAILED: as outfile_write */
FILE *outfile_hold(const char *path);
bool outfile_keep(FILE *held, const char *path, bool force, struct diag *why);

/* outfile_put: the bytes become the file, with nothing beside it: for a work folder, where nobody
 *   sees it before it is whole.
 *   fails  DIAG_FAILED: cannot be written whole; it is removed */
bool outfile_put(const char *path, struct text bytes, struct diag *why);

/* outfile_check: would outfile_move be allowed to replace `path`? For moving several or none. */
bool outfile_check(const char *finished, const char *path, bool force, struct diag *why);

/* outfile_move: a finished file becomes `path`, under the same rule; both on one file system. */
bool outfile_move(const char *finished, const char *path, bool force, struct diag *why);

/* outfile_read: a whole file's bytes in the arena. */
bool outfile_read(struct arena *a, const char *path, struct text *bytes, struct diag *why);

/* outfile_read_end: the last bytes of a file, at most `most`; all of a shorter one. */
bool outfile_read_end(struct arena *a, const char *path, size_t most, struct text *bytes,
		      struct diag *why);

/* outfile_folder: makes the folder (and those above it) if missing. */
bool outfile_folder(struct arena *a, const char *path, struct diag *why);

#endif
