/* report.h -- the annual report of a province: Markdown, Word, HTML and PDF.
 *
 * One Markdown document is the source of all: templates in reports/ hold the prose of the document
 * and of every survey's part; sentences, tables and charts made from results fill them, and
 * pandoc turns the document into the others. A section whose data are missing says so in a
 * sentence. Sections, figures and tables are numbered in the order in which they stand.
 *
 * Not here: numbers; sentences of one row (narrative); pictures (chart); a survey's pages
 * (report_section).
 * Uses report_section, numbering, pandoc, libreoffice and below. */
#ifndef OUTPUT_REPORT_H
#define OUTPUT_REPORT_H

#include "base/diag.h"
#include "output/gnuplot.h"
#include "output/report_parts.h"

enum report_document { REPORT_MD, REPORT_DOCX, REPORT_HTML, REPORT_PDF, REPORT_DOCUMENTS };

extern const char *const report_endings[REPORT_DOCUMENTS]; /* "md", ... */

struct report_place {
	struct gnuplot gnuplot;      /* its share and environment are pandoc's, too */
	const struct typeface *face; /* chart_face of documents */
	const char *folder;
	bool document[REPORT_DOCUMENTS];
	bool mono; /* charts without colour */
	bool force;
};

/* report_write: writes the documents, NAME.md and so on, and figures/; all or none.
 *   name   gets NAME, such as "papi-2024-hung-yen"
 *   fails  as report_section_make, chart_draw, pandoc_convert and libreoffice_pdf */
bool report_write(struct arena *a, const struct report_book *b, const struct report_place *place,
		  struct text *name, struct diag *why);

#endif
