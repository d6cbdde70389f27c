/* letterhead.h -- the lines in the front matter of a report's Markdown that say how it is set and
 * what its head and foot hold.
 *
 * YAML, each value a scalar whose content is Markdown with everything escaped: no word of a user
 * is read as markup.
 *
 * Not here: the setting itself (reports/word.lua, page.html).
 * Uses office, phrases, sheet and below. */
#ifndef OUTPUT_LETTERHEAD_H
#define OUTPUT_LETTERHEAD_H

#include "output/phrases.h"
#include "survey/office.h"

enum letterhead_template { LETTERHEAD_ND30, LETTERHEAD_PLAIN, LETTERHEAD__COUNT };

extern const char *const letterhead_templates[LETTERHEAD__COUNT]; /* "nd30", "plain" */

struct letterhead {
	enum letterhead_template template;
	const struct office *office; /* NULL: all of it stays dotted */
	struct text subject;         /* of the document's properties; "" = none */
	struct text maker;           /* "hailong 0.1.0" */
};

/* letterhead_yaml: the lines, without a line end behind the last. The date stands in words: "ngày
 *   05 tháng 4 năm 2024" (zeros before days below 10 and months below 3), in English 2024-04-05. */
struct text letterhead_yaml(const struct phrases *p, const struct letterhead *l);

/* letterhead_reference: the name, in share/reports, of the Word document whose styles it takes. */
const char *letterhead_reference(enum letterhead_template template, enum lang lang);

#endif
