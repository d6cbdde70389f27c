/* chart_cells.h -- the items of an order over the years, a cell each, placed on one axis.
 *
 * Where every item has one range in every year that has values, values stand as they are; else in
 * percent of the range that the item had that year. What no range is known of has no place.
 *
 * Uses chart_items, chart_series and below. */
#ifndef OUTPUT_CHART_CELLS_H
#define OUTPUT_CHART_CELLS_H

#include "output/chart_items.h"
#include "output/chart_series.h"

struct cell {
	const struct entry *entry;
	struct series raw, drawn; /* as published or estimated; as they stand on the axis */
};

struct cells {
	size_t n;
	struct cell *at; /* those with anything to draw */
	bool common;     /* one range in every item and year: values stand as they are */
	double min, max; /* that range */
	struct text
		unplaced; /* "3, 4 (2012, 2013)": codes and years without a known range; or "" */
};

/* cells_find: the cells of the items. */
void cells_find(struct canvas *c, const struct items *items, struct cells *out);

/* cells_spread: the least and greatest of all that is drawn; NaN without a cell. */
void cells_spread(const struct cells *cells, double *least, double *greatest);

/* cells_told: is the step from year i one that a reader must be told of: a break between values, or
 *   dashes? */
bool cells_told(const struct series *s, size_t i, enum verdict verdict);

/* cells_reasons: what is told of, with the reason and the codes that it holds for, as sentences. */
struct text cells_reasons(struct canvas *c, const struct cells *cells);

/* cells_csv: the chart's CSV: every item, year and series, as published and as drawn. */
void cells_csv(struct canvas *c, const struct cells *cells);

#endif
