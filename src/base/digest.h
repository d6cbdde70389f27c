/* digest.h -- SHA-256 of bytes and files, in 64 lower-case hexadecimal digits (libmd). The only
 * module that knows libmd.
 *
 * Uses span, arena, diag. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

/* digest_bytes: of the bytes. */
struct text digest_bytes(struct arena *a, struct text s);

/* digest_base64: of the bytes, in base64, as a Content-Security-Policy has it. */
struct text digest_base64(struct arena *a, struct text s);

/* digest_file: of a file's content.
 *   fails  DIAG_FAILED: it cannot be read */
bool digest_file(struct arena *a, const char *path, struct text *out, struct diag *why);

/* Sums of files that are asked for again and again, also by several threads. Start from {0}; its
 * memory is its own. */
struct digests {
	struct arena arena;
	size_t n;
	struct digested *at;
};

/* digests_find: of a file, worked out once; "" when it cannot be read. The text lives as long as
 * the digests. */
struct text digests_find(struct digests *all, const char *path);

#endif
