#include "cmd/contrast.h"

#include "analysis/change.h"

#include <math.h>

void contrast_row(struct overlap *shared, struct index_groups *from, struct index_groups *to,
		  size_t order, struct result_row *row)
{
	const struct index_part was = {index_at(from, order), 1}, now = {index_at(to, order), 1};
	struct result_row judged = index_item(from, order);
	struct overlap_side a, b;
	struct overlap_pair pair;
	size_t lonely;

	row->estimate_from = judged.estimate;
	row->flags |= judged.flags & (FLAG_CAUTION | FLAG_SUPPRESSED);
	row->delta = row->estimate - row->estimate_from;
	if (isnan(row->delta))
		return;
	a = index_side(from, &was, 1, &lonely);
	b = index_side(to, &now, 1, &lonely);
	pair = overlap_pair(shared, OVERLAP_INDEPENDENT, &a, &b);
	row->units_shared = (double)pair.shared;
	change_certain(&pair, &judged, row);
	change_error(row, &pair);
}
