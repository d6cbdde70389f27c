/* chart_items.h -- the province item by item, against a reference: what charts of items share.
 *
 * The reference of published scores is the national median (where the table lists every province),
 * of estimates the country's own value.
 *
 * Uses chart_parts and below. */
#ifndef OUTPUT_CHART_ITEMS_H
#define OUTPUT_CHART_ITEMS_H

#include "output/chart_parts.h"

struct entry {
	const struct item *item;
	const struct result_row *self; /* NULL: the province has no row */
	double reference;              /* NaN = none */
	int side;     /* of the reference: 1 above, -1 below; of estimates as far as error bears it,
			 adjusted over every item of the province */
	bool judged;  /* value, reference and, of estimates, error are there */
	double level; /* 0 plain, 1 a whole among its parts, 2 a part */
};

struct items {
	size_t n;
	struct entry *at; /* in the order of the tree */
	size_t up, down,
		judged; /* of the lowest level shown: a whole is not counted beside its parts */
	size_t wholes;  /* shown above their parts */
	struct result against; /* of estimates: every item of the province against the country */
	bool common;           /* after items_ranges: all have one range */
};

/* items_find: the items the order asks for.
 *   fails  DIAG_DATA: there are none below the item */
bool items_find(struct canvas *c, struct items *out, struct diag *why);

/* items_ranged: is the item's range known, and is it one? */
bool items_ranged(const struct item *item);

/* items_ranges: leaves out the items whose range is not known, which cannot be placed beside
 * others; returns their codes, joined. */
struct text items_ranges(struct canvas *c, struct items *items);

/* items_place: where a value stands on an axis that all items share: itself where they have one
 *   range, else in percent of the item's own. */
double items_place(const struct items *items, const struct item *item, double x);

/* items_value: the entry's value; NaN without one. */
double items_value(const struct entry *e);

/* items_shown: the value as people read it: "–" when missing, "x" when the standard hides it. */
struct text items_shown(const struct canvas *c, const struct entry *e);

/* items_title: on how many items the province lies above and below the reference. */
struct text items_title(struct canvas *c, const struct items *items);

/* items_footer: `note`, the items without a value, method and source. */
void items_footer(struct canvas *c, const struct items *items, struct text note);

/* items_hidden: says in caption and footer what the sign of a hidden value means, when there is
 * one. */
void items_hidden(struct canvas *c, const struct items *items);

/* items_height: mm of the rows. */
double items_height(const struct chart_order *o, const struct items *items, double web,
		    double report);

/* items_alt: title, subtitle and every item's value against the reference. */
struct text items_alt(struct canvas *c, const struct items *items);

#endif
