#include "output/tables.h"

#include <math.h>

struct text tables_score(const struct narrative *n, long year, double value)
{
	return isnan(value) ? span_of("–") : narrative_number(n, year, value);
}

struct text tables_place(const struct narrative *n, double rank, double n_ranked)
{
	return isnan(rank) ? span_of("–") : narrative_rank(n, rank, n_ranked);
}

struct text tables_delta(const struct narrative *n, const struct result_row *row)
{
	if (row->flags & FLAG_INCOMPARABLE)
		return phrase(n->phrases, "word.incomparable");
	if (isnan(row->delta))
		return span_of("–");
	return arena_format(n->phrases->arena, "%.*s%s",
			    SPAN_ARG(narrative_signed(n, row->year, row->delta)),
			    row->flags & FLAG_CAUTION ? "*" : "");
}

struct text tables_rank_delta(const struct narrative *n, const struct result_row *row)
{
	if (isnan(row->rank_change))
		return span_of("–");
	return number_signed(n->phrases->arena, row->rank_change, 0, n->phrases->lang);
}

static struct text whole(const struct narrative *n, double value)
{
	return isnan(value) ? span_of("–") : arena_format(n->phrases->arena, "%.0f", value);
}

static struct text year(const struct narrative *n, long value)
{
	return arena_format(n->phrases->arena, "%ld", value);
}

struct text tables_item(const struct narrative *n, const struct result_row *row)
{
	struct text name = row->item_name[n->phrases->lang];

	if (row->item_depth == 0)
		return name;
	return arena_format(n->phrases->arena, "%.*s. %.*s", SPAN_ARG(row->item), SPAN_ARG(name));
}

static bool one_item(const struct result *r)
{
	for (size_t i = 1; i < r->n; i++)
		if (!span_equal(r->row[i].item, r->row[0].item))
			return false;
	return true;
}

static bool one_province(const struct result *r)
{
	for (size_t i = 1; i < r->n; i++)
		if (!span_equal(r->row[i].province, r->row[0].province))
			return false;
	return true;
}

static void start(const struct narrative *n, struct sheet *out)
{
	*out = (struct sheet){.arena = n->phrases->arena};
}

static void head(const struct narrative *n, struct sheet *out, const char *key, bool right)
{
	sheet_column(out, phrase(n->phrases, key), right);
}

void tables_rank(const struct narrative *n, const struct result *r, struct sheet *out)
{
	bool items = !one_item(r);

	start(n, out);
	if (items)
		head(n, out, "head.item", false);
	head(n, out, "head.rank", true);
	head(n, out, "head.province", false);
	head(n, out, "head.score", true);
	head(n, out, "head.group", false);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);
		bool silent = (row->flags & FLAG_UNPUBLISHED) && isnan(row->rank);

		if (items)
			*cell++ = tables_item(n, row);
		*cell++ = tables_place(n, row->rank, row->n_ranked);
		*cell++ = row->province_name;
		*cell++ = tables_score(n, row->year, row->estimate);
		*cell = silent ? phrase(n->phrases, "word.unpublished")
			       : row->group_name[n->phrases->lang];
	}
}

void tables_change(const struct narrative *n, const struct result *r, struct sheet *out)
{
	bool provinces = !one_province(r), items = !provinces || !one_item(r);

	start(n, out);
	if (provinces)
		head(n, out, "head.province", false);
	if (items)
		head(n, out, "head.item", false);
	sheet_column(out, r->n ? year(n, r->row[0].year_from) : phrase(n->phrases, "head.from"),
		     true);
	sheet_column(out, r->n ? year(n, r->row[0].year) : phrase(n->phrases, "head.to"), true);
	head(n, out, "head.delta", true);
	head(n, out, "head.rank.from", true);
	head(n, out, "head.rank", true);
	head(n, out, "head.rank.delta", true);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		if (provinces)
			*cell++ = row->province_name;
		if (items)
			*cell++ = tables_item(n, row);
		*cell++ = tables_score(n, row->year, row->estimate_from);
		*cell++ = tables_score(n, row->year, row->estimate);
		*cell++ = tables_delta(n, row);
		*cell++ = tables_place(n, row->rank_from, row->n_ranked_from);
		*cell++ = tables_place(n, row->rank, row->n_ranked);
		*cell = tables_rank_delta(n, row);
	}
}

static struct text gap(const struct narrative *n, const struct result_row *row, double value)
{
	return isnan(value) ? span_of("–") : narrative_signed(n, row->year, value);
}

void tables_compare(const struct narrative *n, const struct result *r, struct sheet *out)
{
	static const char *const numbers[] = {
		"head.score",      "head.peer.median", "head.peer.best", "head.national.median",
		"head.gap.median", "head.gap.best",    "head.rank",      "head.rank.peers"};

	start(n, out);
	head(n, out, "head.item", false);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		head(n, out, numbers[i], true);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		*cell++ = tables_item(n, row);
		*cell++ = tables_score(n, row->year, row->estimate);
		*cell++ = tables_score(n, row->year, row->peer_median);
		*cell++ = tables_score(n, row->year, row->peer_best);
		*cell++ = tables_score(n, row->year, row->national_median);
		*cell++ = gap(n, row, row->gap_median);
		*cell++ = gap(n, row, row->gap_best);
		*cell++ = tables_place(n, row->rank, row->n_ranked);
		*cell = whole(n, row->rank_in_peers);
	}
}
