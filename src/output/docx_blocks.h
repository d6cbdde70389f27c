/* docx_blocks.h -- the blocks of a document: content controls tagged "hailong:NAME".
 *
 * A sealed block has the tag "hailong:NAME:FINGERPRINT", 16 hex digits. Word allows a
 * tag 64 characters. The gallery of a control that is a document part says the same:
 * LibreOffice keeps that, and no tag. It also leaves a table outside, behind the control:
 * what follows is part of the block when the fingerprint says so. A block within a block is
 * part of it.
 *
 * Uses docx_words and below. */
#ifndef OUTPUT_DOCX_BLOCKS_H
#define OUTPUT_DOCX_BLOCKS_H

#include "output/docx_words.h"

#define DOCX_TAG "hailong:"
#define DOCX_TAG_MOST 64

struct docx_block {
	xmlNode *node; /* w:sdt */
	xmlNode *last; /* the last of its siblings that is part of the block; else w:sdt itself */
	struct text name, alias;
	struct text seal; /* the fingerprint in its tag; empty: not sealed */
	struct docx_words words;
	bool loose;     /* it does not hold whole paragraphs: another program moved it */
	size_t at, end; /* its bytes in the part */
};

struct docx_blocks {
	size_t n;
	struct docx_block *block; /* in the order of the document */
};

/* docx_blocks_find: those of a document that was parsed from these bytes. */
void docx_blocks_find(struct arena *a, xmlDoc *doc, struct text bytes, struct docx_blocks *out);

/* docx_blocks_named: the first of that name; NULL when there is none. */
const struct docx_block *docx_blocks_named(const struct docx_blocks *b, struct text name);

/* docx_block_altered: it is not as it was sealed, or not sealed at all. */
bool docx_block_altered(const struct docx_block *block);

#endif
