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

/* What stands behind a difference: " điểm", " điểm phần trăm", "%". */
static struct text unit_of(const struct narrative *n, long year)
{
	bool percent = is_percent(n, year);

	if (percent && n->percent && n->phrases->lang == LANG_VI)
		return span_of("%");
	return arena_format(
		n->phrases->arena, " %.*s",
		SPAN_ARG(phrase(n->phrases, percent ? "unit.delta.percent" : "unit.points")));
}

struct text narrative_gap(const struct narrative *n, long year, double gap)
{
	return arena_format(n->phrases->arena, "%.*s%.*s",
			    SPAN_ARG(narrative_number(n, year, fabs(gap))),
			    SPAN_ARG(unit_of(n, year)));
}

struct text narrative_delta(const struct narrative *n, long year, double delta)
{
	int decimals = wave_of(n, year)->decimals;
	struct text shown = narrative_number(n, year, fabs(delta));
	struct text unit = unit_of(n, year);

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

struct text narrative_padded(const struct narrative *n, double value)
{
	return count(n, value);
}

struct text narrative_fraction(const struct narrative *n, double part, double all)
{
	return arena_format(n->phrases->arena, "%.*s/%.*s", SPAN_ARG(count(n, part)),
			    SPAN_ARG(count(n, all)));
}

/* "hạng" or "bậc"; "place" of one, "places" of several. */
static struct text step(const struct narrative *n, double steps)
{
	if (steps == 1)
		return phrase(n->phrases, n->bac ? "rank.step.bac.one" : "rank.step.hang.one");
	return phrase(n->phrases, n->bac ? "rank.step.bac" : "rank.step.hang");
}

struct text narrative_place(const struct narrative *n, double rank)
{
	return narrative_rank(n, rank, (double)NAN);
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
	return PHRASE_FILL(n->phrases, change > 0 ? "rank.up" : "rank.down",
			   {"count", count(n, fabs(change))}, {"step", step(n, fabs(change))});
}

/* Its place among its group is known, and says more than its rank: not of a group of one, nor of
 * all. */
static bool in_group(const struct result_row *row)
{
	return row->group.n && !isnan(row->rank_in_group) && row->n_in_group > 1 &&
	       row->n_in_group != row->n_ranked;
}

static struct text year_text(const struct narrative *n, long year)
{
	return arena_format(n->phrases->arena, "%ld", year);
}

/* Did the value, as it is shown, and the rank move in opposite directions? */
static bool opposed(const struct narrative *n, const struct result_row *row)
{
	double shown = number_round(row->delta, wave_of(n, row->year)->decimals);

	return (shown > 0 && row->rank_change < 0) || (shown < 0 && row->rank_change > 0);
}

struct text narrative_movement(const struct narrative *n, const struct result_row *row)
{
	bool value = !isnan(row->delta), rank = !isnan(row->rank_change);
	const char *key = value && rank && opposed(n, row)
				  ? (row->rank_change < 0 ? "move.yet.fall" : "move.yet.rise")
			  : value && rank ? "move.both"
			  : value         ? "move.value"
					  : "move.rank";

	if (narrative_estimated(n, row) || (!value && !rank))
		return (struct text){"", 0};
	return PHRASE_FILL(
		n->phrases, key,
		{"delta", value ? narrative_delta(n, row->year, row->delta) : (struct text){"", 0}},
		{"change",
		 rank ? narrative_rank_change(n, row->rank_change) : (struct text){"", 0}},
		{"was", narrative_place(n, row->rank_from)}, {"now", narrative_place(n, row->rank)},
		{"from", year_text(n, row->year_from)}, {"year", year_text(n, row->year)});
}

/* "xếp thứ 33 trong nhóm 56 tỉnh, thành phố nhóm B và xếp thứ 35/63" */
static struct text group_part(const struct narrative *n, const struct result_row *row)
{
	return PHRASE_FILL(n->phrases,
			   isnan(row->rank) ? "standing.group.alone" : "standing.group.rank",
			   {"place", narrative_place(n, row->rank_in_group)},
			   {"count", narrative_padded(n, row->n_in_group)}, {"group", row->group},
			   {"rank", narrative_rank(n, row->rank, row->n_ranked)});
}

/* "đạt 63,17 điểm (giảm 3,29 điểm)"; names the year compared with when the rank will not. */
static struct text score_part(const struct narrative *n, const struct result_row *row)
{
	struct text value = narrative_value(n, row->year, row->estimate);

	if (isnan(row->estimate))
		return (struct text){"", 0};
	if (isnan(row->delta) || in_group(row))
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

	if (in_group(row))
		return group_part(n, row);
	if (rank.n == 0)
		return rank;
	if (isnan(row->rank_change))
		return PHRASE_FILL(n->phrases, bare ? "standing.rank.bare" : "standing.rank",
				   {"rank", rank});
	return PHRASE_FILL(n->phrases, bare ? "standing.rank.bare.change" : "standing.rank.change",
			   {"rank", rank}, {"change", narrative_rank_change(n, row->rank_change)},
			   {"from", arena_format(n->phrases->arena, "%ld", row->year_from)});
}

struct text narrative_sets(const struct phrases *p, enum rankset_method m)
{
	static const char *const keys[RANKSET__COUNT] = {
		[RANKSET_SIMULTANEOUS] = "sets.simultaneous",
		[RANKSET_SINGLE] = "sets.single",
		[RANKSET_MARGINAL] = "sets.marginal",
		[RANKSET_HOLM] = "sets.holm",
		[RANKSET_BONFERRONI] = "sets.bonferroni",
		[RANKSET_SIDAK] = "sets.sidak",
		[RANKSET_KWW] = "sets.kww",
	};

	return phrase(p, keys[m]);
}

bool narrative_estimated(const struct narrative *n, const struct result_row *row)
{
	return !isnan(row->se) || (n->survey && wave_of(n, row->year)->answers);
}

struct text narrative_level(const struct narrative *n, double level)
{
	double percent = number_round(100 * level, 2);

	return number_written(n->phrases->arena, percent, n->phrases->lang);
}

struct text narrative_range(const struct narrative *n, long year, double low, double high)
{
	if (isnan(low) || isnan(high))
		return (struct text){"", 0};
	return arena_format(n->phrases->arena, "%.*s–%.*s",
			    SPAN_ARG(narrative_number(n, year, low)),
			    SPAN_ARG(narrative_number(n, year, high)));
}

struct text narrative_interval(const struct narrative *n, long year, double low, double high)
{
	if (isnan(low) || isnan(high))
		return (struct text){"", 0};
	return PHRASE_FILL(n->phrases, is_percent(n, year) ? "interval.percent" : "interval.points",
			   {"low", narrative_number(n, year, low)},
			   {"high", narrative_number(n, year, high)});
}

struct text narrative_rank_set(const struct narrative *n, double low, double high)
{
	if (isnan(low) || isnan(high))
		return (struct text){"", 0};
	if (low == high)
		return arena_format(n->phrases->arena, "%.0f", low);
	return arena_format(n->phrases->arena, "%.0f–%.0f", low, high);
}

struct text narrative_change(const struct narrative *n, const struct result_row *row)
{
	const char *key = span_is(row->verdict, "not_distinguishable") ? "change.unclear"
			  : row->verdict.n                             ? "change.clear"
								       : "change.noerror";

	if (isnan(row->delta))
		return (struct text){"", 0};
	return PHRASE_FILL(n->phrases, key, {"delta", narrative_delta(n, row->year, row->delta)},
			   {"from", arena_format(n->phrases->arena, "%ld", row->year_from)});
}

/* "đạt 81,92% (khoảng tin cậy 95%: 72,22%–88,76%)" */
static struct text estimate_part(const struct narrative *n, const struct result_row *row)
{
	struct text value = narrative_value(n, row->year, row->estimate);
	struct text interval = narrative_interval(n, row->year, row->ci_low, row->ci_high);

	if (interval.n == 0)
		return PHRASE_FILL(n->phrases, "standing.estimate.bare", {"value", value});
	return PHRASE_FILL(n->phrases, "standing.estimate", {"value", value},
			   {"level", narrative_level(n, row->level)}, {"interval", interval});
}

static struct text whole(const struct narrative *n, double x)
{
	return arena_format(n->phrases->arena, "%.0f", x);
}

/* "xếp thứ 49/63 tỉnh, thành phố (khoảng tin cậy 95% của thứ hạng: 12–63), không phân biệt được với
 * 51 tỉnh, thành phố khác": never without its set. */
static struct text set_part(const struct narrative *n, const struct result_row *row)
{
	struct text set = narrative_rank_set(n, row->rank_low, row->rank_high), rank;
	double alike = row->rank_high - row->rank_low;

	if (set.n == 0 || isnan(row->rank))
		return (struct text){"", 0};
	rank = PHRASE_FILL(n->phrases, "standing.rank.set",
			   {"rank", narrative_rank(n, row->rank, row->n_ranked)},
			   {"level", narrative_level(n, row->level)}, {"set", set});
	if (alike == 0)
		return rank;
	return arena_format(
		n->phrases->arena, "%.*s, %.*s", SPAN_ARG(rank),
		SPAN_ARG(PHRASE_FILL(n->phrases,
				     alike == 1 ? "standing.alike.one" : "standing.alike",
				     {"count", whole(n, alike)})));
}

/* A change of rank is told only as far as its confidence set leaves no change out. */
static struct text moved_part(const struct narrative *n, const struct result_row *row)
{
	double low = row->rank_change_low, high = row->rank_change_high;
	bool rise = low > 0, one = low == high;
	const char *key = low <= 0 && high >= 0 ? "standing.rank.unclear"
			  : rise ? one ? "standing.rank.rise.one" : "standing.rank.rise"
			  : one  ? "standing.rank.fall.one"
				 : "standing.rank.fall";

	if (isnan(low) || isnan(high))
		return (struct text){"", 0};
	return PHRASE_FILL(n->phrases, key, {"low", whole(n, rise ? low : -high)},
			   {"high", whole(n, rise ? high : -low)},
			   {"step", step(n, rise ? high : -low)},
			   {"level", narrative_level(n, row->level)},
			   {"from", arena_format(n->phrases->arena, "%ld", row->year_from)});
}

/* How a sentence begins: with the year, or with the survey's name. */
enum opening { OPENING_ONE, OPENING_BOTH, OPENING_NONE, OPENING_HIDDEN, OPENING_MISSING };

static struct text begun(const struct narrative *n, const struct result_row *row, bool named,
			 enum opening opening, struct text part, struct text rank)
{
	static const char *const keys[][2] = {
		[OPENING_ONE] = {"standing.one", "named.one"},
		[OPENING_BOTH] = {"standing.both", "named.both"},
		[OPENING_NONE] = {"standing.none", "named.none"},
		[OPENING_HIDDEN] = {"standing.hidden", "named.hidden"},
		[OPENING_MISSING] = {"standing.missing", "named.missing"},
	};

	return PHRASE_FILL(n->phrases, keys[opening][named], {"year", year_text(n, row->year)},
			   {"survey", n->survey->name}, {"part", part}, {"score", part},
			   {"rank", rank});
}

static struct text joined(const struct narrative *n, struct text all, struct text more)
{
	if (more.n == 0)
		return all;
	return arena_format(n->phrases->arena, "%.*s; %.*s", SPAN_ARG(all), SPAN_ARG(more));
}

static struct text estimated_standing(const struct narrative *n, const struct result_row *row,
				      bool named)
{
	const struct text none = {"", 0};
	struct text all;

	if (row->flags & FLAG_SUPPRESSED)
		return begun(n, row, named, OPENING_HIDDEN, none, none);
	if (isnan(row->estimate))
		return begun(n, row, named, OPENING_MISSING, none, none);
	all = begun(n, row, named, OPENING_ONE, estimate_part(n, row), none);
	all = joined(n, all, narrative_change(n, row));
	all = joined(n, all, set_part(n, row));
	return joined(n, all, moved_part(n, row));
}

/* "đứng thứ 12/63 tỉnh/thành, giảm 01 bậc so với năm 2022" */
static struct text place_part(const struct narrative *n, const struct result_row *row)
{
	bool moved = !isnan(row->rank_change);

	return PHRASE_FILL(n->phrases, moved ? "named.rank.change" : "named.rank",
			   {"rank", narrative_rank(n, row->rank, row->n_ranked)},
			   {"change", moved ? narrative_rank_change(n, row->rank_change)
					    : (struct text){"", 0}},
			   {"from", year_text(n, row->year_from)});
}

static struct text plain_standing(const struct narrative *n, const struct result_row *row,
				  bool named)
{
	struct text score = score_part(n, row), rank = rank_part(n, row), all;

	if (narrative_estimated(n, row))
		return estimated_standing(n, row, named);
	if (score.n == 0 && rank.n == 0)
		return begun(n, row, named, OPENING_NONE, score, rank);
	if (named && score.n == 0 && !in_group(row) && !isnan(row->n_ranked))
		rank = place_part(n, row);
	all = score.n == 0 || rank.n == 0
		      ? begun(n, row, named, OPENING_ONE, score.n ? score : rank, rank)
		      : begun(n, row, named, OPENING_BOTH, score, rank);
	return in_group(row) ? joined(n, all, narrative_movement(n, row)) : all;
}

/* Of merged units it says that they are estimates. */
static struct text standing_of(const struct narrative *n, const struct result_row *row, bool named)
{
	struct text standing = plain_standing(n, row, named);
	bool rank_from = row->rank_from_merged && !isnan(row->rank_change);
	const char *key = row->only_from_merged      ? "standing.from.merged"
			  : row->flags & FLAG_MERGED ? "standing.merged"
			  : row->rank_merged         ? "standing.rank.merged"
			  : rank_from                ? "standing.rank.from.merged"
						     : NULL;

	if (!key)
		return standing;
	return PHRASE_FILL(n->phrases, key, {"standing", standing},
			   {"from", arena_format(n->phrases->arena, "%ld", row->year_from)});
}

struct text narrative_standing(const struct narrative *n, const struct result_row *row)
{
	return standing_of(n, row, false);
}

struct text narrative_named(const struct narrative *n, const struct result_row *row)
{
	return standing_of(n, row, true);
}

struct text narrative_weights(const struct narrative *n, struct text merged_by)
{
	struct text part, year = {"", 0}, kind = {"", 0};

	while (span_split(&merged_by, ':', &part)) {
		if (span_is(part, "population") || span_is(part, "sample"))
			kind = part;
		year = part;
	}
	if (span_is(kind, "population"))
		return PHRASE_FILL(n->phrases, "merge.population", {"year", year});
	return phrase(n->phrases, span_is(kind, "sample") ? "merge.sample" : "merge.equal");
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
