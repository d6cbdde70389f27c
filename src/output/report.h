/* report.h -- the annual report of a province: Markdown, Word and HTML.
 *
 * One Markdown document is the source of all: a template in reports/ holds the
 * prose, this module fills in sentences, tables and charts made from results, and
 * pandoc turns it into the other two. A section whose data are missing says so in
 * a sentence. Figures and tables are numbered in the order of the template.
 *
 * Not here: numbers; sentences of one row (narrative); pictures (chart).
 * Uses chart, tables, template, pandoc and below. */
#ifndef OUTPUT_REPORT_H
#define OUTPUT_REPORT_H

#include "analysis/peers.h"
#include "output/narrative.h"
#include "result/result.h"

/* An index that the overview may show beside the report's own. */
struct report_index {
	struct narrative narrative;
	const struct result *all; /* ranked */
};

struct report_order {
	struct narrative narrative; /* of the report's own survey */
	const struct result *all;
	const struct province *self;
	const struct peers *peers;
	long year, from;
	const struct report_index *others; /* other surveys, for the overview */
	size_t n_others;
	struct text maker; /* "hailong 0.1.0" */
};

struct report_place {
	const char *share, *folder;
	char *const *environment;
	bool markdown, docx, html;
	bool force;
};

/* report_write: writes NAME.md, NAME.docx, NAME.html and figures/; all or none.
 *   name   gets NAME, such as "papi-2024-hung-yen"
 *   fails  as chart_draw and pandoc_convert; DIAG_DATA: the province has no rows that year */
bool report_write(struct arena *a, const struct report_order *o, const struct report_place *place,
		  struct text *name, struct diag *why);

#endif
