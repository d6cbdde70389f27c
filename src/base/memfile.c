#define _GNU_SOURCE /* fopencookie: open_memstream does not tell when it drops bytes */
#include "base/memfile.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM ((size_t)1 << 12)

/* What the stream hands on; 0 is an error that it remembers. */
static ssize_t take(void *cookie, const char *bytes, size_t n)
{
	struct memfile *m = cookie;
	size_t room = m->room ? m->room : FIRST_ROOM;
	char *at;

	while (room - m->n < n)
		room *= 2;
	at = room == m->room ? m->bytes : realloc(m->bytes, room);
	if (!at)
		return 0;
	m->bytes = at;
	m->room = room;
	memcpy(at + m->n, bytes, n);
	m->n += n;
	return (ssize_t)n;
}

/* For ftell alone: where it stands is its end. */
static int tell(void *cookie, off64_t *at, int whence)
{
	const struct memfile *m = cookie;

	if (whence != SEEK_CUR || *at != 0)
		return -1;
	*at = (off64_t)m->n;
	return 0;
}

void memfile_open(struct memfile *m)
{
	*m = (struct memfile){0};
	m->out = fopencookie(m, "w", (cookie_io_functions_t){.write = take, .seek = tell});
	if (!m->out)
		arena_exhausted(1, sizeof *m);
	setvbuf(m->out, m->buffer, _IOFBF, sizeof m->buffer);
}

struct text memfile_bytes(struct memfile *m)
{
	int lost = fflush(m->out) | ferror(m->out);

	if (fclose(m->out) != 0 || lost)
		arena_exhausted(1, m->n);
	m->out = NULL;
	return (struct text){m->n ? m->bytes : "", m->n};
}

void memfile_free(struct memfile *m)
{
	if (m->out)
		fclose(m->out);
	free(m->bytes);
	*m = (struct memfile){0};
}

struct text memfile_close(struct arena *a, struct memfile *m)
{
	struct text copy = arena_text(a, memfile_bytes(m));

	memfile_free(m);
	return copy;
}
