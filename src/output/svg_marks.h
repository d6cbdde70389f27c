/* svg_marks.h -- what a reader can point at, and what a page can find, in a finished picture.
 *
 * A script in plots/ draws a place for every mark: boxes that nobody sees, whose colour is the
 * mark's number. Here they become, on top of everything and in the marks' order,
 *
 *   <g class="marks"><g class="mark" data-province="33" data-item="1">
 *     <title>words</title><circle .../></g>...</g>
 *
 * (a rect for what is no disc, a path for what is neither), without fill or stroke, but felt by the
 * pointer: browsers show the title as a tooltip without any script, and a page lights up a province
 * in every chart by giving [data-province="33"] a class of its own style (.lit { stroke: ... }).
 * The words come from memory and never pass through gnuplot, whose own tooltips (hypertext) call a
 * script and break on a quote. A text of the plot that is the label of a province alone gets class
 * "name" and its data-province; where as many texts do not say it as labels were drawn, or two
 * provinces share it, none does.
 *
 * No mark is a stop of the tab key or a part of its own to a screen reader: the picture is one
 * image (role "img") with title and description, whose parts ARIA hides; sixty stops in each of a
 * dozen charts would lock keyboard users in; the numbers stand in the CSV beside it and in tables.
 *
 * Not here: title, ids, fonts (svg).
 * Uses svg_tree. */
#ifndef OUTPUT_SVG_MARKS_H
#define OUTPUT_SVG_MARKS_H

#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct svg_tree;
struct _xmlNode; /* of libxml2, which users of the marks alone need not know */

struct svg_mark {
	struct text province, item; /* codes; empty = it belongs to none */
	struct text words;
	bool round; /* a disc, not a rectangle */
	/* a shape that is neither: an SVG path from the top left of its box, which is `width` wide;
	 * else no bytes */
	struct text path;
	double width;
};

/* A label of the picture that names a province. */
struct svg_name {
	struct text province, shown;
};

struct svg_marks {
	size_t n, n_names;
	const struct svg_mark *mark; /* by number */
	const struct svg_name *name;
};

/* svg_marks_take: takes the boxes out of the picture and names the texts, as gnuplot left them.
 *   returns  the group of the marks that have a box, to be put into the picture; NULL when none has
 */
struct _xmlNode *svg_marks_take(struct svg_tree *t, struct _xmlNode *root,
				const struct svg_marks *marks);

#endif
