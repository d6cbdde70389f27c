/* lint_looks.h -- rules about the picture: can everybody read it, on paper and on a screen?
 *
 * Uses lint_rule and below. */
#ifndef OUTPUT_LINT_LOOKS_H
#define OUTPUT_LINT_LOOKS_H

#include "output/lint_rule.h"

/* lint_small_text: a text below 7 pt at print size. */
lint_check lint_small_text;

/* lint_text_contrast: below 4.5:1 (WCAG 2.1, 1.4.3) against the areas and points under the text:
 *   under its middle and under its first and last letter. */
lint_check lint_text_contrast;

/* lint_mark_contrast: points, and lines but those of the grid and between rows, below 3:1 (WCAG
 *   2.1, 1.4.11) against the areas under them. Areas are not checked: charts print their values.
 *   What has the colour of the paper is a gap. */
lint_check lint_mark_contrast;

/* lint_red_green: a red and a green in one picture that some readers take for each other. */
lint_check lint_red_green;

/* lint_overlap: two texts whose boxes share more than 1 px in both directions. */
lint_check lint_overlap;

/* lint_cut: a text that leaves the view box by more than half a px. */
lint_check lint_cut;

#endif
