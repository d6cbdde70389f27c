/* hadamard.h -- square matrices of 1 and -1 whose rows are orthogonal: for balanced half samples.
 *
 * Row 0 and column 0 are all 1, so every other row has as many 1 as -1. Orders are 2 and products
 * of a power of two with q + 1, q a prime that leaves 3 when divided by 4 (Sylvester 1867, Paley
 * 1933): 2, 4, 8, 12, 16, 20, 24, 32, ... Elements are computed one by one; nothing is stored.
 *
 * Not here: what the half samples are of (replicate).
 * Uses nothing. */
#ifndef ESTIMATE_HADAMARD_H
#define ESTIMATE_HADAMARD_H

#include <stddef.h>

/* hadamard_order: the smallest order here that is at least `least`. */
size_t hadamard_order(size_t least);

/* hadamard_sign: an element, 1 or -1.
 *   order        as hadamard_order gives it
 *   row, column  less than order */
int hadamard_sign(size_t order, size_t row, size_t column);

#endif
