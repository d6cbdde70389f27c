/* report_fields.h -- the values that a report's templates ask for by name, and the words that name
 * what the report is about.
 *
 * Uses report_parts, template and below. */
#ifndef OUTPUT_REPORT_FIELDS_H
#define OUTPUT_REPORT_FIELDS_H

#include "base/diag.h"
#include "output/report_parts.h"

struct report_fields {
	struct arena *arena;
	struct field *at;
	size_t n;
};

/* report_fields_add: a value by its name, which must outlive the fields. */
void report_fields_add(struct report_fields *f, const char *name, struct text value);

/* report_fields_fill: the template share/reports/NAME.LANG.md, filled.
 *   fails  as outfile_read, template_fill */
bool report_fields_fill(const struct report_fields *f, const char *share, const char *name,
			enum lang lang, struct text *out, struct diag *why);

/* report_unit: "tỉnh Hưng Yên"; the name alone where it says its kind, or in English. */
struct text report_unit(struct arena *a, const struct report_order *o);

/* report_words: a phrase about a survey's part of the report: province, unit, title, survey, year,
 * from, peers. */
struct text report_words(struct arena *a, const struct report_order *o, const char *key);

#endif
