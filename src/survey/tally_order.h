/* tally_order.h -- the order in which a tally's parts and levels are written, whatever the order in
 * which they came.
 *
 * Uses tally, tally_plan. */
#ifndef SURVEY_TALLY_ORDER_H
#define SURVEY_TALLY_ORDER_H

#include "survey/tally.h"

/* tally_order_ranks: of a factor's levels by their bytes, from 1: the order of files, where 0 is
 * missing. */
size_t *tally_order_ranks(struct arena *a, const struct dict *levels);

/* tally_order: the parts in the order of files: by unit and stratum as the frame has them, by
 *   levels, by bytes. Behind answers_finish.
 *   rows  where every row is its own unit: by what they hold, so that the order in which files were
 *         added does not matter; else as they came */
size_t *tally_order(struct arena *a, const struct tally *t, bool rows);

#endif
