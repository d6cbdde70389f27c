#include "estimate/conceal.h"

#include "estimate/suppress.h"

#include <math.h>

static bool same_family(const struct margin *m, const struct cell *c, const struct cell *d)
{
	for (size_t i = 0; i + 1 < m->n; i++)
		if (c->level[i] != d->level[i])
			return false;
	return true;
}

static void hide(struct result_row *row)
{
	row->estimate = row->se = row->ci_low = row->ci_high = NAN;
	row->flags = (row->flags & ~(unsigned)FLAG_CAUTION) | FLAG_SUPPRESSED;
	row->reason[LANG_EN] =
		span_of("hidden with another group, which could be computed from it");
}

void conceal_rows(struct arena *a, struct result_row *const *row, size_t n)
{
	enum suppress_verdict *verdict = arena_new(a, n, sizeof *verdict);
	double *rows = arena_new(a, n, sizeof *rows);

	for (size_t i = 0; i < n; i++) {
		verdict[i] = row[i]->flags & FLAG_SUPPRESSED ? SUPPRESS_HIDE : SUPPRESS_SHOW;
		rows[i] = row[i]->n;
	}
	suppress_complement(n, rows, verdict);
	for (size_t i = 0; i < n; i++)
		if (verdict[i] == SUPPRESS_HIDE && !(row[i]->flags & FLAG_SUPPRESSED))
			hide(row[i]);
}

void conceal_partners(struct arena *a, const struct plan *p, const struct cells *cells,
		      size_t margin, size_t first, struct result *r)
{
	const struct margin *m = &p->margin[margin];
	size_t n = 0, items, *cell = arena_new(a, cells->index->n, sizeof *cell);
	bool *done = arena_new(a, cells->index->n, sizeof *done);
	size_t *family = arena_new(a, cells->index->n, sizeof *family);
	struct result_row **row = arena_new(a, cells->index->n, sizeof *row);

	if (m->n == 0 || (p->province_first && m->n == 1 && m->factor[0] == 0))
		return;
	for (size_t c = 0; c < cells->index->n; c++)
		if (cells->at[c].margin == margin)
			cell[n++] = c;
	items = n ? (r->n - first) / n : 0;
	for (size_t c = 0; c < n; c++) {
		size_t k = 0;

		for (size_t d = c; d < n && !done[c]; d++)
			if (!done[d] && same_family(m, &cells->at[cell[c]], &cells->at[cell[d]])) {
				done[d] = d != c;
				family[k++] = d;
			}
		done[c] = true;
		for (size_t i = 0; i < items && k > 1; i++) {
			for (size_t d = 0; d < k; d++)
				row[d] = &r->row[first + family[d] * items + i];
			conceal_rows(a, row, k);
		}
	}
}
