/* svg_boxes.h -- where the texts and marks of a finished SVG stand, in what colours.
 *
 * Reads what gnuplot draws: texts, circles, rectangles, polygons, paths of straight lines and
 * references to its point symbols, with what they inherit and how they are moved, scaled and
 * turned. The box of a text is as wide as its advances (typeface) and as high as its capitals:
 * accents, descenders and the free part of a line are not in it, for lines of a dense table share
 * them and are read all the same. A text turned by another angle than a right one has the box that
 * holds it. Marks of the class "mark" are not seen by readers, so they are not here.
 *
 * Not here: what is wrong with them (lint_looks).
 * Uses colour, typeface and below; libxml2. */
#ifndef OUTPUT_SVG_BOXES_H
#define OUTPUT_SVG_BOXES_H

#include "output/colour.h"
#include "output/typeface.h"

struct _xmlNode;

struct svg_box { /* px of the view box; y runs down */
	double left, top, right, bottom;
};

struct svg_text {
	struct text words;
	struct svg_box ink;
	double size; /* px: 1/96 inch at print size */
	struct colour colour;
	size_t order; /* of everything drawn */
};

struct svg_line {
	double x1, y1, x2, y2;
};

enum svg_form {
	SVG_AREA,  /* filled; its lines are its edge */
	SVG_POINT, /* a symbol */
	SVG_STROKE /* its lines are drawn */
};

struct svg_shape {
	enum svg_form form;
	struct svg_box box;
	struct colour colour;
	double opacity;
	bool hollow; /* of a point: not filled */
	bool right;  /* of an area: a rectangle, its box */
	size_t n;    /* lines; of a point none */
	struct svg_line *line;
	size_t order;
};

struct svg_boxes {
	struct arena *arena; /* these two are set by the caller */
	const struct typeface *typeface;
	struct svg_box page;
	struct colour paper;
	size_t texts, shapes, drawn;
	struct svg_text *text;   /* in the order they are drawn */
	struct svg_shape *shape; /* likewise */
	size_t grounds, *ground; /* positions of the shapes that cover what lies under them */
};

/* svg_boxes_find: everything below the root element of an SVG. What cannot be understood is passed
 * over. */
void svg_boxes_find(struct svg_boxes *out, struct _xmlNode *root);

/* svg_boxes_behind: the colour seen at a place before number `order` was drawn: areas, and symbols
 * of the paper's colour, which are gaps around others; with `points`, all symbols. */
struct colour svg_boxes_behind(const struct svg_boxes *b, double x, double y, size_t order,
			       bool points);

#endif
