/* report_section.h -- what one survey gives to a report: its charts and its pages.
 *
 * The pages are made from one template, published.LANG.md or answers.LANG.md in reports/, by
 * sections of the names below. Names of figures, tables and blocks begin with the survey's
 * ("papi-rank"), so that several surveys may stand in one document.
 *
 * Not here: the document around the pages (report); numbers of sections, figures and tables
 * (numbering).
 * Uses report_fields, chart and below. */
#ifndef OUTPUT_REPORT_SECTION_H
#define OUTPUT_REPORT_SECTION_H

#include "output/chart.h"
#include "output/report_parts.h"

enum report_page {
	REPORT_SUMMARY, /* the standing, for the first section */
	REPORT_BODY,
	REPORT_TASKS,
	REPORT_ANNEX,
	REPORT_PAGES
};

/* How a report is made. */
struct report_look {
	const char *share;
	const struct typeface *face; /* of charts in documents */
	bool several;                /* the document is about several surveys */
	bool mono;                   /* charts without colour */
};

struct report_section {
	struct chart chart[CHART__COUNT];
	size_t n_charts;
	struct text page[REPORT_PAGES]; /* Markdown */
};

/* report_section_make: everything but the pictures.
 *   fails  as chart_make, but for data that are missing, and report_fields_fill */
bool report_section_make(struct arena *a, const struct report_order *o,
			 const struct report_look *look, struct report_section *out,
			 struct diag *why);

#endif
