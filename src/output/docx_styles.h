/* docx_styles.h -- what a block's paragraphs look like, taken along into another document: its
 * styles and its lists.
 *
 * Word knows a style by its name; its id may be another in each document ("Heading1",
 * "u1"). The other document's style of that name serves, however it looks there; one it has
 * not is copied. A list keeps the definition that the block it replaces had, when that is
 * of the same kind.
 *
 * Uses docx_tree and below. */
#ifndef OUTPUT_DOCX_STYLES_H
#define OUTPUT_DOCX_STYLES_H

#include "output/docx_tree.h"

/* docx_styles_take: the styles that a block names, as `to` knows them; the names in the block
 * follow. from, to  word/styles.xml; returns  whether `to` changed */
bool docx_styles_take(struct arena *a, xmlDoc *from, xmlDoc *to, xmlNode *block);

/* docx_lists_take: the same for its lists.
 *   from, to  word/numbering.xml; replaced  the block that stood there */
bool docx_lists_take(struct arena *a, xmlDoc *from, xmlDoc *to, xmlNode *block, xmlNode *replaced);

#endif
