/* docx.h -- a Word document that knows which of its blocks a program made, and from what.
 *
 * A sealed document has the fingerprint of every block in its tag and may carry the audit
 * of its numbers: a custom XML part, which Word and LibreOffice keep. Its bytes hang on
 * nothing but its content.
 *
 * Uses docx_graft and below. */
#ifndef OUTPUT_DOCX_H
#define OUTPUT_DOCX_H

#include "output/docx_graft.h"

/* docx_seal: a document from pandoc gets its fingerprints and the audit ("" = none), and is packed
 * anew. fails  as docx_open; DIAG_DATA: two blocks of one name, a name longer than Word keeps (39
 *          characters); as outfile_write */
bool docx_seal(struct arena *a, const char *file, struct text audit, struct diag *why);

/* docx_audit: the audit that a document carries; "" when there is none. fails  as docx_open */
bool docx_audit(struct arena *a, const char *file, struct text *audit, struct diag *why);

/* docx_audit_of, docx_audit_put: the same of an open document; "" takes it out. Relationships are
 * put back by docx_rels_put. fails  DIAG_DATA: as docx_parse */
struct text docx_audit_of(const struct docx *d);
bool docx_audit_put(struct docx *d, struct text audit, struct diag *why);

#endif
