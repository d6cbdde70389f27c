/* colour.h -- colours as they are seen: one on another, how they contrast, who can tell them apart.
 *
 * Not here: which colours charts have (plots/style.gp), where they stand in a picture (svg_boxes).
 * Uses arena, span. */
#ifndef OUTPUT_COLOUR_H
#define OUTPUT_COLOUR_H

#include "base/arena.h"
#include "base/span.h"

struct colour { /* sRGB, each part from 0 to 1 */
	double red, green, blue;
};

/* colour_read: "#RGB", "#RRGGBB", "rgb(200, 16,46)", "black", "white"; false for anything else. */
bool colour_read(struct text s, struct colour *out);

/* colour_name: "#C8102E". */
struct text colour_name(struct arena *a, struct colour c);

bool colour_equal(struct colour a, struct colour b);

/* colour_over: what is seen of `top`, of that opacity (0 to 1), upon `below`. */
struct colour colour_over(struct colour top, double opacity, struct colour below);

/* colour_contrast: from 1 (alike) to 21 (black and white).
 *   source  WCAG 2.1, relative luminance and contrast ratio */
double colour_contrast(struct colour a, struct colour b);

/* colour_distance: how far apart two colours look; 0 alike, 100 black and white.
 *   source  CIE 1976 (L*a*b*, D65) */
double colour_distance(struct colour a, struct colour b);

/* colour_red_green: one is red, orange or brown, the other green, and readers without the cones for
 *   green, or those for red, see them less than 40 apart.
 *   source  dichromats: Viénot, Brettel, Mollon 1999 */
bool colour_red_green(struct colour a, struct colour b);

#endif
