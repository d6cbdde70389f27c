/* documents.h -- what the program has documents.so do.
 *
 * The libraries that read and write documents (libxml2, libzip, libxlsxwriter, and what they need,
 * ICU and OpenSSL among it) took three fifths of a start, and most commands need none of them. So
 * the modules that do are linked into a library of their own, with whatever else of the program
 * they use, which is loaded when the first of these functions is called. late/load.c has functions
 * of the same names for the program itself.
 *
 * Tests, fuzzers and sanitizers take the modules as they are. */
#ifndef LATE_DOCUMENTS_H
#define LATE_DOCUMENTS_H

#include "output/docx.h"
#include "output/docx_update.h"
#include "output/svg.h"
#include "output/workbook.h"

struct documents {
	const char *version; /* of the program that it was built with */
	__typeof__(svg_prepare) *svg_prepare;
	__typeof__(svg_finish) *svg_finish;
	__typeof__(docx_audit) *docx_audit;
	__typeof__(docx_seal) *docx_seal;
	__typeof__(docx_ready) *docx_ready;
	__typeof__(docx_update) *docx_update;
	__typeof__(workbook_write) *workbook_write;
};

#define DOCUMENTS_FILE "documents.so" /* beside the program, or in ../lib/hailong */
#define DOCUMENTS_NAME "hailong_documents"

extern const struct documents hailong_documents;

#endif
