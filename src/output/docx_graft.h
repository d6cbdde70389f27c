/* docx_graft.h -- a block of one document put into another.
 *
 * What it refers to comes along: pictures, addresses, styles, lists; numbers and names that
 * may stand once in a document are made so.
 *
 * Not here: which blocks (docx_update).
 * Uses docx_styles, docx_rels, docx_blocks and below. */
#ifndef OUTPUT_DOCX_GRAFT_H
#define OUTPUT_DOCX_GRAFT_H

#include "base/dict.h"
#include "output/docx_blocks.h"
#include "output/docx_rels.h"

/* A document taken apart. */
struct docx {
	struct docx_pack pack;
	const char *main; /* name of its main part */
	xmlDoc *doc;
	struct docx_rels rels;
	struct docx_blocks blocks;
	const char *styles_part, *lists_part; /* NULL: it has none */
	xmlDoc *styles, *lists;
};

/* docx_open: reads a file; to be closed also when it fails. fails  as docx_pack_read, docx_main,
 * docx_parse docx_close: frees the trees. */
bool docx_open(struct arena *a, const char *file, bool to_change, struct docx *d, struct diag *why);
void docx_close(struct docx *d);

struct docx_graft {
	struct docx *from, *to;
	long bookmark, picture; /* last numbers given */
	struct dict *names;     /* of bookmarks, and numbers of controls, that are taken */
	bool new_styles, new_lists;
};

/* docx_graft_start: what the document has taken already; blocks that are to be replaced hang no
 * more in its tree. */
void docx_graft_start(struct docx *from, struct docx *to, struct docx_graft *g);

/* docx_graft_block: the bytes of a block made fit for the place of another.
 *   place  the element around the other
 *   fails  DIAG_DATA: it refers to what cannot come along, or is not there */
bool docx_graft_block(struct docx_graft *g, xmlNode *block, xmlNode *replaced, xmlNode *place,
		      struct text *bytes, struct diag *why);

/* docx_graft_end: styles and lists go back into the package of `to`. fails  DIAG_DATA: as docx_type
 */
bool docx_graft_end(struct docx_graft *g, struct diag *why);

/* docx_pictures_equal: do two blocks show the same pictures? */
bool docx_pictures_equal(const struct docx *a, xmlNode *in_a, const struct docx *b, xmlNode *in_b);

#endif
