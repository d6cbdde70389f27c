/* docx_tree.h -- a part of a .docx as a tree: parsed from untrusted bytes, asked, written.
 *
 * With libxml2. Names are asked for with their namespace, never with a prefix: Word and
 * LibreOffice choose these as they like. No DTD, no entity of its own, nothing from a
 * network, no nesting or text beyond libxml2's limits.
 *
 * Uses docx_pack, text, arena, diag. */
#ifndef OUTPUT_DOCX_TREE_H
#define OUTPUT_DOCX_TREE_H

#include "output/docx_pack.h"

#include <libxml/tree.h>

#define DOCX_W "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
#define DOCX_R "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define DOCX_M "http://schemas.openxmlformats.org/officeDocument/2006/math"
#define DOCX_WP "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
#define DOCX_MC "http://schemas.openxmlformats.org/markup-compatibility/2006"
#define DOCX_PACKAGE "http://schemas.openxmlformats.org/package/2006/"

/* docx_parse: the part as a tree; the caller frees it (xmlFreeDoc). NULL
 *   fails  DIAG_DATA: no such part, not well-formed, not UTF-8, a document type declaration */
xmlDoc *docx_parse(const struct docx_pack *p, const char *name, struct diag *why);

/* docx_is: an element of that namespace and name. */
bool docx_is(const xmlNode *node, const char *ns, const char *name);

/* docx_get: the attribute in the arena; NULL when there is none. ns "" = in no namespace. */
const char *docx_get(struct arena *a, const xmlNode *node, const char *ns, const char *name);

/* docx_val: the attribute w:val of the first child of that name (in DOCX_W); NULL when there is
 * none. */
const char *docx_val(struct arena *a, const xmlNode *node, const char *child);

/* docx_child: the first child of that name in DOCX_W; NULL when there is none. */
xmlNode *docx_child(const xmlNode *node, const char *name);

/* docx_set: gives an attribute, which is there, its value. */
void docx_set(xmlNode *node, const char *ns, const char *name, const char *value);

/* docx_next: the element that follows in the order of the document, within `top`; NULL at its end.
 */
xmlNode *docx_next(const xmlNode *top, xmlNode *node);

/* docx_number: a whole number of at least 0 in an attribute; -1 when it is none. */
long docx_number(struct arena *a, const xmlNode *node, const char *ns, const char *name);

/* docx_copy: a copy of an element for another document, to be hung below `parent`; NULL without
 * memory.
 */
xmlNode *docx_copy(xmlNode *node, xmlNode *parent);

/* docx_bytes: the document as UTF-8 in the arena. */
struct text docx_bytes(struct arena *a, xmlDoc *doc);

/* docx_cut: the bytes of one element, with the namespaces it needs beyond those of `place`. */
struct text docx_cut(struct arena *a, xmlNode *node, xmlNode *place);

#endif
