/* report_parts.h -- the tables, lists and sentences that a report's template asks for.
 *
 * Each gives Markdown, or the empty span when its data are missing.
 *
 * Uses report's parts below it. */
#ifndef OUTPUT_REPORT_PARTS_H
#define OUTPUT_REPORT_PARTS_H

#include "output/report.h"

/* report_changes: the province's rows of the year with the columns of PART_CHANGE. */
void report_changes(struct arena *a, const struct report_order *o, struct result *out);

/* Tables, without caption. `changes` is from report_changes. */
struct text report_overview(struct arena *a, const struct report_order *o);
struct text report_series(struct arena *a, const struct report_order *o);
struct text report_items(struct arena *a, const struct report_order *o, const struct result *changes,
			 size_t depth);
struct text report_peers(struct arena *a, const struct report_order *o);
struct text report_agencies(struct arena *a, const struct report_order *o, const struct result *changes);

/* Sentences and lists. */
struct text report_standing(struct arena *a, const struct report_order *o, const struct result *changes);
struct text report_reasons(struct arena *a, const struct report_order *o, const struct result *changes);
struct text report_strengths(struct arena *a, const struct report_order *o, const struct result *changes);
struct text report_weaknesses(struct arena *a, const struct report_order *o, const struct result *changes);
struct text report_causes(struct arena *a, const struct report_order *o, const struct result *changes);
struct text report_unpublished(struct arena *a, const struct report_order *o);
struct text report_sources(struct arena *a, const struct report_order *o);

/* report_weakest: the rows that report_weaknesses names, weakest first, at most `room`; returns how many. */
size_t report_weakest(const struct result *changes, const struct result_row **out, size_t room);

#endif
