/* room.h -- which places of a page are free, and the free place nearest to a point.
 *
 * The page is a grid of small cells; what is drawn takes those that it touches.
 *
 * Not here: names beside points (placing).
 * Uses outline, placing and below. */
#ifndef OUTPUT_ROOM_H
#define OUTPUT_ROOM_H

#include "output/outline.h"
#include "output/placing.h"

struct room {
	double cell; /* mm */
	size_t columns, rows;
	bool *taken;
	size_t *sum; /* cells taken above and left of a corner; made when asked */
};

/* room_new: a free page of `width` by `height` mm. */
struct room room_new(struct arena *a, double width, double height);

/* room_take_part, room_take_box: a polygon on the page, a box. What lies outside is passed over. */
void room_take_part(struct arena *a, struct room *r, const struct geo_part *part);
void room_take_box(struct room *r, struct box box);

/* room_find: the free box of `width` by `height` mm, `margin` mm off everything that is taken,
 *   whose nearest point is nearest to (x, y); of equals the topmost, then the leftmost.
 *   returns  false when there is none */
bool room_find(struct room *r, double width, double height, double margin, struct geo_point near,
	       struct box *out);

#endif
