/* svg_tree.h -- elements of a picture in memory.
 *
 * With libxml2. Words go in as they are and are escaped on the way out; bytes that no XML
 * may hold come out as spaces or U+FFFD.
 *
 * Not here: what a picture should hold (svg, svg_marks).
 * Uses text, arena. */
#ifndef OUTPUT_SVG_TREE_H
#define OUTPUT_SVG_TREE_H

#include "base/arena.h"
#include "base/span.h"

#include <libxml/tree.h>
#include <stdbool.h>

struct svg_tree {
	struct arena *arena;
	bool failed; /* libxml2 had no memory */
};

/* svg_bytes: the bytes of a file made fit for an XML parser: gnuplot leaves "]]>" in text, and
 *   U+FFFE and U+FFFF, which XML does not know, may stand in a name. */
struct text svg_bytes(struct arena *a, struct text s);

/* svg_is: an element of that name. */
bool svg_is(const xmlNode *node, const char *name);

/* svg_value: the value of an attribute, in the arena. */
const char *svg_value(struct svg_tree *t, const xmlAttr *attribute);

/* svg_get: the attribute's value in the arena; NULL when there is none. */
const char *svg_get(struct svg_tree *t, xmlNode *node, const char *name);

/* svg_set: gives an attribute its value. */
void svg_set(struct svg_tree *t, xmlNode *node, const char *name, struct text value);

/* svg_new: an element of that name in the namespace of `root`, within `parent` behind what is
 *   there; NULL parent: on its own. Words with at == NULL: none. NULL without memory. */
xmlNode *svg_new(struct svg_tree *t, xmlNode *root, xmlNode *parent, const char *name,
		 struct text words);

#endif
