#include "estimate/rows.h"

static bool belongs(const struct rows *r, const bool *in, size_t i)
{
	return (!in || in[i]) && r->weight[i] != 0;
}

/* Ranks of leaves are 0..n-1, so marking ranks sorts the leaves. */
void rows_leaves(struct arena *a, const struct frame *f, const struct rows *r, const bool *in,
		 struct rows_leaves *out)
{
	size_t all = frame_leaves(f), n = 0;
	size_t *of_rank = arena_new(a, all, sizeof *of_rank); /* leaf + 1, 0 = no member */
	size_t *place = arena_new(a, all, sizeof *place);
	size_t *leaf = arena_new(a, all, sizeof *leaf);

	for (size_t i = 0; i < r->n; i++)
		if (belongs(r, in, i))
			of_rank[f->order[r->leaf[i]]] = r->leaf[i] + 1;
	for (size_t rank = 0; rank < all; rank++) {
		if (!of_rank[rank])
			continue;
		leaf[n] = of_rank[rank] - 1;
		place[leaf[n]] = n;
		n++;
	}
	*out = (struct rows_leaves){.leaves = {n, leaf},
				    .slot = arena_new(a, r->n, sizeof *out->slot)};
	for (size_t i = 0; i < r->n; i++)
		out->slot[i] = belongs(r, in, i) ? place[r->leaf[i]] : ROWS_NONE;
}

bool rows_covariance(const struct linear *l, const struct rows *r, const double *z, const bool *in,
		     size_t k, double *v, size_t *lonely)
{
	struct arena scratch = {0};
	struct rows_leaves to;
	double *total;
	bool ok;

	rows_leaves(&scratch, l->frame, r, in, &to);
	total = arena_new(&scratch, to.leaves.n, k * sizeof *total);
	for (size_t i = 0; i < r->n; i++)
		for (size_t j = 0; j < k && to.slot[i] != ROWS_NONE; j++)
			total[to.slot[i] * k + j] += z[i * k + j];
	ok = linear_covariance(l, &to.leaves, total, k, v, lonely);
	arena_release(&scratch);
	return ok;
}

double rows_df(const struct linear *l, const struct rows *r, const bool *in)
{
	struct arena scratch = {0};
	struct rows_leaves to;
	double df;

	rows_leaves(&scratch, l->frame, r, in, &to);
	df = linear_df(l->frame, &to.leaves);
	arena_release(&scratch);
	return df;
}
