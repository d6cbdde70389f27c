/* report.h -- the annual report of a province: Markdown, Word, HTML, PDF and a workbook.
 *
 * One Markdown document is the source of all: templates in reports/ hold the prose of the document
 * and of every survey's part; sentences, tables and charts made from results fill them, and
 * pandoc turns the document into the others. A section whose data are missing says so in a
 * sentence. Sections, figures and tables are numbered in the order in which they stand.
 *
 * The workbook is made of the results themselves, without the document and its pictures.
 *
 * Not here: numbers; sentences of one row (narrative); pictures (chart); a survey's pages
 * (report_section), and those of a workbook.
 * Uses report_section, workbook, numbering, letterhead, pandoc, libreoffice and below. */
#ifndef OUTPUT_REPORT_H
#define OUTPUT_REPORT_H

#include "base/diag.h"
#include "output/gnuplot.h"
#include "output/letterhead.h"
#include "output/process.h"
#include "output/report_section.h"

enum report_document {
	REPORT_MD,
	REPORT_DOCX,
	REPORT_HTML,
	REPORT_PDF,
	REPORT_XLSX,
	REPORT_DOCUMENTS
};

extern const char *const report_endings[REPORT_DOCUMENTS]; /* "md", ... */

struct report_place {
	struct gnuplot gnuplot;      /* its share and environment are pandoc's, too */
	const struct typeface *face; /* chart_face of documents, where there are pictures */
	const char *folder;
	bool document[REPORT_DOCUMENTS];
	bool mono; /* charts without colour */
	bool force;
	struct letterhead head; /* template and office; subject and maker are the report's */
};

/* report_has_pictures: is anything wanted but the workbook? */
bool report_has_pictures(const struct report_place *place);

/* A report in the making: its files, in a work folder of its own beside where they will be. */
struct report_job {
	struct text name; /* of its documents, such as "papi-2024-hung-yen" */
	struct workdir dir;
	const struct chart *chart;
	size_t n_charts;
};

/* report_make: every file but the PDF. The job is to be closed, also when this fails.
 *   fails  as report_section_make, chart_draw, pandoc_convert and workbook_write */
bool report_make(struct arena *a, const struct report_book *b, const struct report_place *place,
		 struct report_job *out, struct diag *why);

/* report_print: the PDFs of n jobs, in one run of LibreOffice; nothing when none is asked for.
 *   fails  as libreoffice_pdf */
bool report_print(struct arena *a, const struct report_place *place,
		  const struct report_job *const *job, size_t n, struct diag *why);

/* report_deliver: the files appear in the folder of `place`, NAME.md and so on, and figures/; all
 *   or none.
 *   fails  as outfile_move */
bool report_deliver(struct arena *a, const struct report_place *place, const struct report_job *job,
		    struct diag *why);

/* report_close: removes the work folder. */
void report_close(struct report_job *job);

#endif
