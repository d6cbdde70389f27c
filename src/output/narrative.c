#include "output/narrative.h"

#include <math.h>

static const struct wave *wave_of(const struct narrative *n, long year)
{
	return survey_wave(n->survey, year);
}

struct text narrative_number(const struct narrative *n, long year, double value)
{
	return number_shown(n->phrases->arena, value, wave_of(n, year)->decimals, n->phrases->lang);
}

struct text narrative_signed(const struct narrative *n, long year, double value)
{
	return number_signed(n->phrases->arena, value, wave_of(n, year)->decimals,
			     n->phrases->lang);
}

static bool is_percent(const struct narrative *n, long year)
{
	return wave_of(n, year)->unit == UNIT_PERCENT;
}

struct text narrative_value(const struct narrative *n, long year, double value)
{
	return PHRASE_FILL(n->phrases, is_percent(n, year) ? "value.percent" : "value.points",
			   {"value", narrative_number(n, year, value)});
}

struct text narrative_gap(const struct narrative *n, long year, double gap)
{
	return arena_format(n->phrases->arena, "%.*s %.*s",
			    SPAN_ARG(narrative_number(n, year, fabs(gap))),
			    SPAN_ARG(phrase(n->phrases, is_percent(n, year) ? "unit.delta.percent"
									    : "unit.points")));
}

struct text narrative_delta(const struct narrative *n, long year, double delta)
{
	int decimals = wave_of(n, year)->decimals;
	struct text shown = narrative_number(n, year, fabs(delta));
	struct text unit =
		phrase(n->phrases, is_percent(n, year) ? "unit.delta.percent" : "unit.points");

	if (delta == 0)
		return phrase(n->phrases, "delta.same");
	if (number_round(delta, decimals) == 0)
		return PHRASE_FILL(n->phrases, delta > 0 ? "delta.up.tiny" : "delta.down.tiny",
				   {"value", number_shown(n->phrases->arena, pow(10, -decimals),
							  decimals, n->phrases->lang)},
				   {"unit", unit});
	return PHRASE_FILL(n->phrases, delta > 0 ? "delta.up" : "delta.down", {"value", shown},
			   {"unit", unit});
}

static struct text count(const struct narrative *n, double value)
{
	return arena_format(n->phrases->arena, n->pad ? "%02.0f" : "%.0f", value);
}

struct text narrative_rank(const struct narrative *n, double rank, double n_ranked)
{
	if (isnan(rank))
		return (struct text){"", 0};
	if (isnan(n_ranked))
		return arena_format(n->phrases->arena, "%.0f", rank);
	return arena_format(n->phrases->arena, "%.0f/%.0f", rank, n_ranked);
}

struct text narrative_rank_change(const struct narrative *n, double change)
{
	if (change == 0)
		return phrase(n->phrases, "rank.same");
	return PHRASE_FILL(n->phrases,
			   change > 0 ? (change == 1 ? "rank.up.one" : "rank.up")
				      : (change == -1 ? "rank.down.one" : "rank.down"),
			   {"count", count(n, fabs(change))});
}

/* "đạt 63,17 điểm (giảm 3,29 điểm)"; names the year compared with when the rank will not. */
static struct text score_part(const struct narrative *n, const struct result_row *row)
{
	struct text value = narrative_value(n, row->year, row->estimate);

	if (isnan(row->estimate))
		return (struct text){"", 0};
	if (isnan(row->delta))
		return PHRASE_FILL(n->phrases, "standing.score", {"value", value});
	return PHRASE_FILL(n->phrases,
			   isnan(row->rank_change) ? "standing.score.since"
						   : "standing.score.delta",
			   {"value", value}, {"delta", narrative_delta(n, row->year, row->delta)},
			   {"from", arena_format(n->phrases->arena, "%ld", row->year_from)});
}

/* "xếp thứ 62/63 tỉnh, thành phố (giảm 3 hạng so với năm 2012)" */
static struct text rank_part(const struct narrative *n, const struct result_row *row)
{
	struct text rank = narrative_rank(n, row->rank, row->n_ranked);

	bool bare = isnan(row->n_ranked);

	if (rank.n == 0)
		return rank;
	if (isnan(row->rank_change))
		return PHRASE_FILL(n->phrases, bare ? "standing.rank.bare" : "standing.rank",
				   {"rank", rank});
	return PHRASE_FILL(n->phrases, bare ? "standing.rank.bare.change" : "standing.rank.change",
			   {"rank", rank}, {"change", narrative_rank_change(n, row->rank_change)},
			   {"from", arena_format(n->phrases->arena, "%ld", row->year_from)});
}

struct text narrative_standing(const struct narrative *n, const struct result_row *row)
{
	struct text year = arena_format(n->phrases->arena, "%ld", row->year);
	struct text score = score_part(n, row), rank = rank_part(n, row);

	if (score.n == 0 && rank.n == 0)
		return PHRASE_FILL(n->phrases, "standing.none", {"year", year});
	if (score.n == 0 || rank.n == 0)
		return PHRASE_FILL(n->phrases, "standing.one", {"year", year},
				   {"part", score.n ? score : rank});
	return PHRASE_FILL(n->phrases, "standing.both", {"year", year}, {"score", score},
			   {"rank", rank});
}

struct text narrative_reason(const struct narrative *n, const struct result_row *row)
{
	bool no = span_is(row->comparable, "no");

	if (!no && !span_is(row->comparable, "warn"))
		return (struct text){"", 0};
	return PHRASE_FILL(n->phrases, no ? "compare.no" : "compare.warn",
			   {"from", arena_format(n->phrases->arena, "%ld", row->year_from)},
			   {"year", arena_format(n->phrases->arena, "%ld", row->year)},
			   {"reason", row->reason[n->phrases->lang]});
}
