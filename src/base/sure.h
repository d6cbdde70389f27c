/* sure.h -- memory for libraries that would leave out what there is no memory for: exhaustion ends
 * the program instead (arena_exhausted). Freed by free.
 *
 * Uses arena. */
#ifndef BASE_SURE_H
#define BASE_SURE_H

#include <stddef.h>

void *sure_malloc(size_t n);
void *sure_realloc(void *was, size_t n);
char *sure_strdup(const char *s);

#endif
