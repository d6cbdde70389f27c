#include "output/tables.h"

#include "analysis/spread.h"

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
			    SPAN_ARG(narrative_signed(narrative_of(n, row, MEASURE_DIFFERENCE),
						      row->year, row->delta)),
			    span_is(row->comparable, "warn") ? "*" : "");
}

struct text tables_rank_delta(const struct narrative *n, const struct result_row *row)
{
	if (isnan(row->rank_change))
		return span_of("–");
	return narrative_mark(
		narrative_of(n, row, MEASURE_RANK_CHANGE), row->rank_change,
		number_signed(n->phrases->arena, row->rank_change, 0, n->phrases->lang));
}

static struct text dash_or(struct text s)
{
	return s.n ? s : span_of("–");
}

static bool hidden(const struct result_row *row)
{
	return isnan(row->estimate) && row->flags & FLAG_SUPPRESSED;
}

struct text tables_estimate(const struct narrative *n, const struct result_row *row)
{
	return hidden(row) ? span_of(TABLES_HIDDEN)
			   : tables_score(narrative_of(n, row, MEASURE_RESULT), row->year,
					  row->estimate);
}

struct text tables_range(const struct narrative *n, const struct result_row *row)
{
	if (hidden(row))
		return span_of(TABLES_HIDDEN);
	return dash_or(narrative_range(narrative_of(n, row, MEASURE_LIMIT), row->year, row->ci_low,
				       row->ci_high));
}

struct text tables_set(const struct narrative *n, const struct result_row *row)
{
	const struct narrative *of = narrative_of(n, row, MEASURE_RANK);
	struct text set = narrative_rank_set(of, row->rank_low, row->rank_high);

	if (hidden(row))
		return span_of(TABLES_HIDDEN);
	if (isnan(row->rank) || set.n == 0)
		return span_of("–");
	return arena_format(n->phrases->arena, "%.*s (%.*s)",
			    SPAN_ARG(narrative_rank(of, row->rank, row->n_ranked)), SPAN_ARG(set));
}

struct text tables_alike(const struct narrative *n, const struct result_row *row)
{
	if (hidden(row))
		return span_of(TABLES_HIDDEN);
	if (isnan(row->rank_low))
		return span_of("–");
	return arena_format(n->phrases->arena, "%.0f", row->rank_high - row->rank_low);
}

struct text tables_shift(const struct narrative *n, const struct result_row *row)
{
	const char *sign = span_is(row->verdict, "increase")   ? "▲"
			   : span_is(row->verdict, "decrease") ? "▼"
							       : "○";

	if (isnan(row->delta) || row->verdict.n == 0)
		return isnan(row->delta) && hidden(row) ? span_of(TABLES_HIDDEN)
							: tables_delta(n, row);
	const struct narrative *limit = narrative_of(n, row, MEASURE_DIFFERENCE_LIMIT);

	/* a line may break before the bracket, not within */
	return arena_format(n->phrases->arena, "%.*s\xC2\xA0%s (%.*s;\xC2\xA0%.*s)",
			    SPAN_ARG(tables_delta(n, row)), sign,
			    SPAN_ARG(narrative_signed(limit, row->year, row->delta_low)),
			    SPAN_ARG(narrative_signed(limit, row->year, row->delta_high)));
}

bool tables_estimated(const struct narrative *n, const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (narrative_estimated(n, &r->row[i]))
			return true;
	return false;
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

static void add_tree(const struct structure *s, const struct item *item, const struct item **out,
		     size_t *n)
{
	out[(*n)++] = item;
	for (const struct item *k = NULL; (k = structure_child(s, item, k));)
		add_tree(s, k, out, n);
}

const struct item **tables_tree(struct arena *a, const struct survey *s, long year, size_t *n)
{
	const struct item **out = arena_new(a, s->structure.n, sizeof *out);
	const struct item *root =
		structure_find(&s->structure, survey_wave(s, year)->era, span_of(STRUCTURE_ROOT));

	*n = 0;
	if (root)
		add_tree(&s->structure, root, out, n);
	return out;
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

/* Some of the ranks are among merged units: their column says that they are estimates. */
static const char *rank_key(const struct result *r, const char *plain, const char *merged)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].rank_merged)
			return merged;
	return plain;
}

static const char *rank_from_key(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].rank_from_merged)
			return "head.rank.from.merged";
	return "head.rank.from";
}

/* Of estimates: value and interval, and the rank with its set. */
static void rank_estimates(const struct narrative *n, const struct result *r, bool items,
			   struct sheet *out)
{
	if (items)
		head(n, out, "head.item", false);
	head(n, out, rank_key(r, "head.rank.set", "head.rank.set.merged"), true);
	head(n, out, "head.province", false);
	head(n, out, "head.score", true);
	head(n, out, n->comparison ? "head.bars" : "head.interval", true);
	head(n, out, "head.alike", true);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		if (items)
			*cell++ = tables_item(n, row);
		*cell++ = tables_set(n, row);
		*cell++ = row->province_name;
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_range(n, row);
		*cell = tables_alike(n, row);
	}
}

void tables_rank(const struct narrative *n, const struct result *r, struct sheet *out)
{
	bool items = !one_item(r);

	start(n, out);
	if (tables_estimated(n, r)) {
		rank_estimates(n, r, items, out);
		return;
	}
	if (items)
		head(n, out, "head.item", false);
	head(n, out, rank_key(r, "head.rank", "head.rank.merged"), true);
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

/* The columns of a change: what it is about, and both years. */
static void head_change(const struct narrative *n, const struct result *r, bool provinces,
			bool items, struct sheet *out)
{
	start(n, out);
	if (provinces)
		head(n, out, "head.province", false);
	if (items)
		head(n, out, "head.item", false);
	sheet_column(out, r->n ? year(n, r->row[0].year_from) : phrase(n->phrases, "head.from"),
		     true);
	sheet_column(out, r->n ? year(n, r->row[0].year) : phrase(n->phrases, "head.to"), true);
	head(n, out, "head.delta", true);
}

/* What a verdict says, in a few words. */
static struct text verdict(const struct narrative *n, const struct result_row *row)
{
	if (row->verdict.n == 0)
		return span_of("–");
	return phrase(n->phrases, span_is(row->verdict, "increase")   ? "verdict.up"
				  : span_is(row->verdict, "decrease") ? "verdict.down"
								      : "verdict.unclear");
}

static void change_estimates(const struct narrative *n, const struct result *r, bool provinces,
			     bool items, struct sheet *out)
{
	head_change(n, r, provinces, items, out);
	head(n, out, "head.interval", true);
	head(n, out, "head.verdict", false);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		if (provinces)
			*cell++ = row->province_name;
		if (items)
			*cell++ = tables_item(n, row);
		*cell++ = tables_score(n, row->year, row->estimate_from);
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_delta(n, row);
		*cell++ = isnan(row->delta_low)
				  ? span_of("–")
				  : PHRASE_FILL(
					    n->phrases, "range.signed",
					    {"low", narrative_signed(n, row->year, row->delta_low)},
					    {"high",
					     narrative_signed(n, row->year, row->delta_high)});
		*cell = verdict(n, row);
	}
}

/* Places among other numbers of units do not stand side by side but as shares left behind. */
static struct text place_of(const struct narrative *n, const struct result_row *row, double rank,
			    double n_ranked)
{
	bool apart = row->ranks_apart && !isnan(row->rank) && !isnan(row->rank_from);
	double percentile = spread_percentile(rank, n_ranked);

	if (!apart || isnan(percentile))
		return tables_place(n, rank, n_ranked);
	return PHRASE_FILL(
		n->phrases, "rank.percentile",
		{"percent", number_shown(n->phrases->arena, percentile, 0, n->phrases->lang)});
}

void tables_change(const struct narrative *n, const struct result *r, struct sheet *out)
{
	bool provinces = !one_province(r), items = !provinces || !one_item(r);

	if (tables_estimated(n, r)) {
		change_estimates(n, r, provinces, items, out);
		return;
	}
	head_change(n, r, provinces, items, out);
	head(n, out, rank_from_key(r), true);
	head(n, out, rank_key(r, "head.rank", "head.rank.merged"), true);
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
		*cell++ = place_of(n, row, row->rank_from, row->n_ranked_from);
		*cell++ = place_of(n, row, row->rank, row->n_ranked);
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
	enum { RANK_COLUMN = 6 };

	start(n, out);
	bool estimated = tables_estimated(n, r);

	head(n, out, "head.item", false);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		head(n, out,
		     i == RANK_COLUMN ? rank_key(r, numbers[i], "head.rank.merged") : numbers[i],
		     true);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		*cell++ = tables_item(n, row);
		*cell++ = tables_estimate(n, row);
		*cell++ = tables_score(n, row->year, row->peer_median);
		*cell++ = tables_score(n, row->year, row->peer_best);
		*cell++ = tables_score(n, row->year, row->national_median);
		*cell++ = gap(n, row, row->gap_median);
		*cell++ = gap(n, row, row->gap_best);
		*cell++ =
			estimated ? tables_set(n, row) : tables_place(n, row->rank, row->n_ranked);
		*cell = whole(n, estimated ? NAN : row->rank_in_peers);
	}
}
