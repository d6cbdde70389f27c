/* docx_rels.h -- which part of a .docx belongs to which, and of what type each part is.
 *
 * Targets are given as names of parts ("word/media/a.png"), resolved from the part that
 * names them; those outside the document as they stand. Lists are changed in memory and
 * put back into the package.
 *
 * Uses docx_tree and below. */
#ifndef OUTPUT_DOCX_RELS_H
#define OUTPUT_DOCX_RELS_H

#include "output/docx_tree.h"

struct docx_rel {
	const char *id, *type;
	const char *target;  /* a part's name, "" when none can be meant; an address when outside */
	const char *written; /* the same as it stands in the list */
	bool outside, gone;
};

struct docx_rels {
	struct docx_pack *pack;
	const char *part; /* whose they are; "" = the package's */
	size_t n;
	struct docx_rel *rel;
};

/* Last part of a relationship's type: "image", "hyperlink". */
#define DOCX_RELATION "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

/* docx_rels_read: those of a part; none when it has no list. fails  DIAG_DATA: as docx_parse */
bool docx_rels_read(struct docx_pack *p, const char *part, struct docx_rels *r, struct diag *why);

/* docx_rels_list: the part that holds them: "word/document.xml" has "word/_rels/document.xml.rels".
 */
const char *docx_rels_list(struct arena *a, const char *part);

/* docx_rels_find: by its id; NULL when there is none. docx_rels_first: the first of a type, such as
 * "styles". */
struct docx_rel *docx_rels_find(const struct docx_rels *r, const char *id);
struct docx_rel *docx_rels_first(const struct docx_rels *r, const char *type);

/* docx_rels_add: the id of a relationship of that type and target; one that is there serves. */
const char *docx_rels_add(struct docx_rels *r, const char *type, const char *target, bool outside);

/* docx_rels_put: the list goes back into the package. */
void docx_rels_put(const struct docx_rels *r);

/* docx_main: the name of the main document's part.
 *   fails  DIAG_DATA: none; saved as Strict Open XML; signed, when `to_change` */
bool docx_main(struct docx_pack *p, bool to_change, const char **name, struct diag *why);

/* docx_type: the part has this content type from now on, unless one is stated for its ending.
 *   ending  NULL: for the part alone; else it is stated for the ending
 *   fails   DIAG_DATA: as docx_parse */
bool docx_type(struct docx_pack *p, const char *part, const char *ending, const char *type,
	       struct diag *why);

/* docx_untype: states nothing more about parts that are gone. fails  DIAG_DATA: as docx_parse */
bool docx_untype(struct docx_pack *p, struct diag *why);

#endif
