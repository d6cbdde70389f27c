#include "output/facts.h"

#include <math.h>

void facts_no_claim(struct facts *f)
{
	f->said = true;
}

void facts_claim(struct facts *f, struct fact_claim claim)
{
	f->said = true;
	f->claim = arena_grow(f->arena, f->claim, f->claims, sizeof *f->claim);
	f->claim[f->claims++] = claim;
}

void facts_side_claim(struct facts *f, const struct result_row *row, int sign, double reference)
{
	facts_claim(f, (struct fact_claim){.about = row->item,
					   .sign = sign,
					   .estimate = row->estimate,
					   .low = row->ci_low,
					   .high = row->ci_high,
					   .reference = reference});
}

void facts_change_claim(struct facts *f, const struct result_row *row, int sign)
{
	facts_claim(f, (struct fact_claim){.about = row->item,
					   .sign = sign,
					   .estimate = row->delta,
					   .low = row->delta_low,
					   .high = row->delta_high});
}

void facts_unit(struct facts *f, struct text code)
{
	f->unit = arena_grow(f->arena, f->unit, f->units, sizeof *f->unit);
	f->unit[f->units++] = code;
}

void facts_count(struct facts *f, const struct result_row *row)
{
	if (isnan(row->estimate) || isnan(row->n))
		return;
	f->count = arena_grow(f->arena, f->count, f->counts, sizeof *f->count);
	f->count[f->counts++] =
		(struct fact_count){row->item, row->province_name, row->year, row->n, row->flags};
}

void facts_drawn(struct facts *f, const struct result_row *row)
{
	if (row->year == f->year)
		facts_unit(f, row->province);
	facts_count(f, row);
}

void facts_join(struct facts *f, struct fact_join join)
{
	f->join = arena_grow(f->arena, f->join, f->joins, sizeof *f->join);
	f->join[f->joins++] = join;
}

void facts_change_drawn(struct facts *f, const struct result_row *row, enum fact_form form)
{
	const struct result_row *was;

	facts_drawn(f, row);
	if (isnan(row->delta))
		return;
	was = result_find(f->all, row->year_from, row->item, row->province);
	if (was)
		facts_count(f, was);
	facts_join(f,
		   (struct fact_join){row->item, row->province, row->year_from, row->year, form});
}

void facts_bars(struct facts *f, double from)
{
	f->bars = true;
	f->bars_from = from;
}
