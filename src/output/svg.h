/* svg.h -- makes gnuplot's SVG fit to publish and to embed.
 *
 * With libxml2: the generated title, description and element titles (which hold
 * file names and commands) go; role, title and desc for screen readers come; ids
 * get a prefix of their own, so that several pictures can share a page; the font
 * gets fallbacks and a weight; groups and texts that hold nothing go. Marks get tooltips
 * and hooks (svg_marks).
 *
 * Uses svg_marks, svg_boxes, outfile and below. */
#ifndef OUTPUT_SVG_H
#define OUTPUT_SVG_H

#include "base/diag.h"
#include "output/svg_marks.h"

struct svg_boxes;

struct svg_words {
	struct text title, description; /* for readers who do not see it */
	struct text lang;               /* "vi", "en" */
	struct text prefix;             /* of ids: letters, digits, "-" */
	struct text fonts;              /* CSS list, put in place of the family */
	struct svg_marks marks;
	struct svg_boxes *boxes; /* NULL, or what gets the texts and marks (svg_boxes) */
};

/* svg_prepare: once, before several threads finish pictures. */
void svg_prepare(void);

/* svg_finish: rewrites the file; safe in several threads at once.
 *   fails  DIAG_TOOL: not an SVG that gnuplot finished */
bool svg_finish(const char *file, const struct svg_words *words, struct diag *why);

#endif
