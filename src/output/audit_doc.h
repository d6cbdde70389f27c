/* audit_doc.h -- the audit that travels inside a document.
 *
 * In HTML it is a script of a type that browsers neither run nor show: deflated (zlib) and in
 * hexadecimal digits, a sixth of its size. In Word it is a custom part (docx). An audit that is a
 * file of its own (.csv) is read as it is.
 *
 * Uses docx and below. */
#ifndef OUTPUT_AUDIT_DOC_H
#define OUTPUT_AUDIT_DOC_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

/* audit_doc_attach: puts the CSV into a document, by its ending; one that has no room for it stays
 *   as it is.
 *   fails  DIAG_FAILED: cannot be read or written */
bool audit_doc_attach(struct arena *a, const char *file, struct text csv, struct diag *why);

/* audit_doc_read: the CSV out of a document, or of a .csv file.
 *   found  gets false when the document has none
 *   fails  DIAG_FAILED: cannot be read */
bool audit_doc_read(struct arena *a, const char *file, struct text *csv, bool *found,
		    struct diag *why);

#endif
