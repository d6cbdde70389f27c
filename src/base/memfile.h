/* memfile.h -- a stream into memory, for what is printed and then kept as a text.
 *
 * Bytes for which there is no memory end the program as an exhausted arena does, at the latest when
 * the stream is closed; so no caller checks.
 *
 * Uses span, arena. */
#ifndef BASE_MEMFILE_H
#define BASE_MEMFILE_H

#include "base/arena.h"
#include "base/span.h"

#include <stdio.h>

struct memfile {
	FILE *out; /* to be printed to between memfile_open and memfile_close */
	char *bytes;
	size_t n, room;
	char buffer[4096];
};

/* memfile_open: `m` may not move until it is closed. */
void memfile_open(struct memfile *m);

/* memfile_bytes: what was printed, all of it; nothing more can be. Borrowed until memfile_free. */
struct text memfile_bytes(struct memfile *m);

/* memfile_free: also of one that was never opened ({0}), or is still open. */
void memfile_free(struct memfile *m);

/* memfile_close: what was printed, in the arena. */
struct text memfile_close(struct arena *a, struct memfile *m);

#endif
