/* report_parts.h -- the tables, lists and sentences that a report's template asks for.
 *
 * Each gives Markdown, or the empty span when its data are missing.
 *
 * Defined in report_tables.c and report_words.c.
 * Uses narrative, tables and below. */
#ifndef OUTPUT_REPORT_PARTS_H
#define OUTPUT_REPORT_PARTS_H

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

/* report_changes: the province's rows of the year with the columns of PART_CHANGE. */
void report_changes(struct arena *a, const struct report_order *o, struct result *out);

/* Tables, without caption. `changes` is from report_changes. */
struct text report_overview(struct arena *a, const struct report_order *o);
struct text report_series(struct arena *a, const struct report_order *o);
struct text report_items(struct arena *a, const struct report_order *o,
			 const struct result *changes, size_t depth);
struct text report_peers(struct arena *a, const struct report_order *o);
struct text report_agencies(struct arena *a, const struct report_order *o,
			    const struct result *changes);

/* report_documents: the documents that report_agencies follows, joined by "; ". */
struct text report_documents(struct arena *a, const struct report_order *o,
			     const struct result *changes);

/* Sentences and lists. */
struct text report_standing(struct arena *a, const struct report_order *o,
			    const struct result *changes);
struct text report_reasons(struct arena *a, const struct report_order *o,
			   const struct result *changes);
struct text report_breaks(struct arena *a, const struct report_order *o);
bool report_has_parts(struct arena *a, const struct result *changes); /* ranked ones */
struct text report_strengths(struct arena *a, const struct report_order *o,
			     const struct result *changes);
struct text report_weaknesses(struct arena *a, const struct report_order *o,
			      const struct result *changes);
struct text report_causes(struct arena *a, const struct report_order *o,
			  const struct result *changes);
struct text report_unpublished(struct arena *a, const struct report_order *o);
struct text report_sources(struct arena *a, const struct report_order *o);

/* report_weakest: the rows that report_weaknesses names, weakest first, at most `room`; returns how
 * many. */
size_t report_weakest(const struct result *changes, const struct result_row **out, size_t room);

#endif
