/* filing.h -- the files of a folder, all of them or none.
 *
 * Files are finished in a work folder inside the one they are for, and moved there when the last
 * one is done: none that exists with other content is replaced unless `force`.
 *
 * Uses outfile, process. */
#ifndef CMD_FILING_H
#define CMD_FILING_H

#include "base/arena.h"
#include "base/diag.h"
#include "output/process.h"

#include <stdbool.h>

#define FILING_MOST 128

struct filing {
	struct arena *arena;
	struct workdir dir;
	const char *path; /* where they go */
	size_t n;
	const char *name[FILING_MOST];
};

/* filing_open: makes the folder if it is missing. */
bool filing_open(struct arena *a, const char *path, struct filing *out, struct diag *why);

/* filing_take: a finished file; `context` is the struct filing.
 *   fails  as outfile_write; DIAG_FAILED: interrupted */
bool filing_take(void *context, const char *name, struct text bytes, struct diag *why);

/* filing_close: moves the files when `ok`, and removes the work folder.
 *   returns  false when not `ok`, or when a file may not be replaced */
bool filing_close(struct filing *f, bool ok, bool force, struct diag *why);

#endif
