/* digest.h -- SHA-256 of bytes and files, in 64 lower-case hexadecimal digits (libmd).
 *
 * Uses span, arena, diag. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

/* digest_bytes: of the bytes. */
struct text digest_bytes(struct arena *a, struct text s);

/* digest_file: of a file's content.
 *   fails  DIAG_FAILED: it cannot be read */
bool digest_file(struct arena *a, const char *path, struct text *out, struct diag *why);

#endif
