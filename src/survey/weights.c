#include "survey/weights.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>

void weights_start(struct arena *a, struct weights *out)
{
	*out = (struct weights){.arena = a,
				.least = NAN,
				.median = NAN,
				.most = NAN,
				.ratio = NAN,
				.kish = NAN,
				.share = NAN};
}

double weights_take(struct weights *w, struct text cell)
{
	double x;

	if (cell.n == 0) {
		w->blank++;
		return 0;
	}
	if (!number_parse(cell, &x)) {
		w->words++;
		return 0;
	}
	w->zeros += x == 0;
	w->negative += x < 0;
	if (!(x > 0))
		return 0;
	w->at = arena_grow(w->arena, w->at, w->n, sizeof *w->at);
	w->at[w->n++] = x;
	return x;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

void weights_finish(struct weights *w)
{
	double squares = 0;

	if (w->n == 0)
		return;
	qsort(w->at, w->n, sizeof *w->at,
	      ascending); /* so that sums do not follow the order of rows */
	for (size_t i = 0; i < w->n; i++) {
		w->sum += w->at[i];
		squares += w->at[i] * w->at[i];
	}
	w->least = w->at[0];
	w->most = w->at[w->n - 1];
	w->median = (w->at[(w->n - 1) / 2] + w->at[w->n / 2]) / 2;
	w->ratio = w->most / w->least;
	w->kish = (double)w->n * squares / (w->sum * w->sum);
	w->share = w->most / w->sum;
}
