#include "base/sure.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void *sure_malloc(size_t n)
{
	void *got = malloc(n);

	if (!got)
		arena_exhausted(1, n);
	return got;
}

void *sure_realloc(void *was, size_t n)
{
	void *got = realloc(was, n);

	if (!got && n)
		arena_exhausted(1, n);
	return got;
}

char *sure_strdup(const char *s)
{
	size_t n = strlen(s) + 1;

	return memcpy(sure_malloc(n), s, n);
}
