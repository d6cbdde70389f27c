#include "analysis/reach.h"

#include "estimate/interval.h"

#include <math.h>
#include <stdlib.h>

static int by_value(const void *a, const void *b)
{
	const struct result_row *p = *(const struct result_row *const *)a;
	const struct result_row *q = *(const struct result_row *const *)b;

	if (p->estimate != q->estimate)
		return p->estimate > q->estimate ? -1 : 1;
	return span_compare(p->province, q->province);
}

static void add_error(struct reach *r, double level)
{
	double v = r->self->se * r->self->se, w = r->mark->se * r->mark->se;
	double self = result_df(r->self), mark = result_df(r->mark);
	struct interval i;

	if (isnan(v + w) || v + w == 0 || !(self > 0) || !(mark > 0))
		return;
	r->se = sqrt(v + w);
	r->df = (v + w) * (v + w) / (v * v / self + w * w / mark);
	i = interval_wald(r->distance, r->se, r->df, level);
	r->low = i.low;
	r->high = i.high;
}

bool reach_find(struct arena *a, const struct result_row *row, size_t n, struct text province,
		size_t count, double level, struct reach *out)
{
	const struct result_row **others = arena_new(a, n, sizeof *others);
	size_t known = 0;

	*out = (struct reach){.se = NAN, .low = NAN, .high = NAN, .df = NAN};
	for (size_t i = 0; i < n; i++) {
		if (isnan(row[i].estimate))
			continue;
		if (span_equal(row[i].province, province))
			out->self = &row[i];
		else
			others[known++] = &row[i];
	}
	if (!out->self || count == 0 || known < count)
		return false;
	qsort(others, known, sizeof *others, by_value);
	out->mark = others[count - 1];
	out->score = out->mark->estimate;
	out->distance = out->score - out->self->estimate;
	add_error(out, level);
	return true;
}
