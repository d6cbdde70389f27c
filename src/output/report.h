/* report.h -- the annual report of a province: Markdown, Word and HTML.
 *
 * One Markdown document is the source of all: a template in reports/ holds the
 * prose, this module fills in sentences, tables and charts made from results, and
 * pandoc turns it into the other two. A section whose data are missing says so in
 * a sentence. Figures and tables are numbered in the order of the template.
 *
 * Not here: numbers; sentences of one row (narrative); pictures (chart).
 * Uses report_parts, chart, template, pandoc and below. */
#ifndef OUTPUT_REPORT_H
#define OUTPUT_REPORT_H

#include "base/diag.h"
#include "output/gnuplot.h"
#include "output/report_parts.h"

enum report_document { REPORT_MD, REPORT_DOCX, REPORT_HTML, REPORT_PDF, REPORT_DOCUMENTS };

extern const char *const report_endings[REPORT_DOCUMENTS]; /* "md", ... */

struct report_place {
	struct gnuplot gnuplot; /* its share and environment are pandoc's, too */
	const char *folder;
	bool document[REPORT_DOCUMENTS];
	const char *audit; /* the file that lists every number (audit); NULL = none */
	bool force;
};

/* report_write: writes the documents, NAME.md and so on, and figures/; all or none.
 *   name   gets NAME, such as "papi-2024-hung-yen"
 *   fails  as chart_draw, pandoc_convert and libreoffice_pdf; DIAG_DATA: the province has no rows
 * that year */
bool report_write(struct arena *a, const struct report_order *o, const struct report_place *place,
		  struct text *name, struct diag *why);

#endif
