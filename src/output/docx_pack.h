/* docx_pack.h -- the parts of a .docx in memory, and the zip made of them.
 *
 * With libzip. What is read is a stranger's file: its names, their number and what they
 * unpack to are limited. What is written has fixed times and a fixed order, and pictures
 * that are compressed already are stored: equal parts, equal bytes.
 *
 * Not here: what stands in a part (docx_tree, docx_rels).
 * Uses outfile, text, arena, diag. */
#ifndef OUTPUT_DOCX_PACK_H
#define OUTPUT_DOCX_PACK_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

#define DOCX_PARTS 4096                           /* most parts of a document */
#define DOCX_UNPACKED ((size_t)256 * 1024 * 1024) /* most bytes that all of them come to */

struct docx_part {
	const char *name; /* "word/document.xml" */
	struct text bytes;
	bool gone; /* left out of the zip */
};

struct docx_pack {
	struct arena *arena;
	const char *file; /* for messages */
	size_t n;
	struct docx_part *part;
};

/* docx_pack_read: all parts of a file.
 *   fails  DIAG_DATA: no zip, an old .doc, locked with a password, cut, damaged, too large, a name
 * that leads out of it or stands twice; DIAG_FAILED: cannot be read */
bool docx_pack_read(struct arena *a, const char *file, struct docx_pack *p, struct diag *why);

/* docx_pack_find: the part of that name; NULL when there is none. */
struct docx_part *docx_pack_find(const struct docx_pack *p, const char *name);

/* docx_pack_put: the part gets these bytes; it is made when it is not there. */
void docx_pack_put(struct docx_pack *p, const char *name, struct text bytes);

/* docx_pack_bytes: the zip, in the arena; fails  DIAG_FAILED: no memory */
bool docx_pack_bytes(const struct docx_pack *p, struct text *zip, struct diag *why);

/* docx_pack_write: the zip becomes `file`, whole or not at all; fails as outfile_write. */
bool docx_pack_write(const struct docx_pack *p, const char *file, struct diag *why);

#endif
