#include "output/chart_tips.h"

#include "output/reasons.h"
#include "output/tables.h"

#include <math.h>

static const struct phrases *words_of(const struct canvas *c)
{
	return c->order->narrative->phrases;
}

struct text tips_line(const struct canvas *c, struct text name, struct text value)
{
	return PHRASE_FILL(words_of(c), "tip.line", {"name", name}, {"value", value});
}

struct text tips_dated(const struct canvas *c, struct text name, long year, struct text value)
{
	return PHRASE_FILL(words_of(c), "tip.dated", {"name", name}, {"year", canvas_year(c, year)},
			   {"value", value});
}

struct text tips_pair(const struct canvas *c, struct text name, struct text item, struct text value)
{
	return PHRASE_FILL(words_of(c), "tip.pair", {"name", name}, {"item", item},
			   {"value", value});
}

static bool is_hidden(const struct result_row *row)
{
	return isnan(row->estimate) && row->flags & FLAG_SUPPRESSED;
}

static struct text withheld(const struct canvas *c, struct text why)
{
	return PHRASE_FILL(words_of(c), why.n ? "tip.hidden.why" : "tip.hidden",
			   {"sign", span_of(TABLES_HIDDEN)}, {"why", why});
}

/* Why there is no value. */
static struct text absence(const struct canvas *c, const struct result_row *row)
{
	const struct phrases *p = words_of(c);
	struct text why = row ? reason_words(p, row->reason[LANG_EN]) : (struct text){"", 0};

	if (row && is_hidden(row))
		return withheld(c, why);
	if (row && narrative_estimated(c->order->narrative, row))
		return why.n ? PHRASE_FILL(p, "tip.none.why", {"why", why})
			     : phrase(p, "word.nodata");
	return phrase(p, row && row->flags & FLAG_UNPUBLISHED ? "word.unpublished" : "word.nodata");
}

/* The value with its interval, or the word that there is none. */
static struct text with_interval(const struct canvas *c, const struct result_row *row,
				 struct text value, struct text interval)
{
	const struct narrative *w = c->order->narrative;
	const char *bar = w->comparison ? "bar.comparison" : "bar.confidence";

	if (interval.n == 0)
		return PHRASE_FILL(w->phrases, "tip.bare", {"value", value});
	return PHRASE_FILL(
		w->phrases, "tip.interval", {"value", value},
		{"bar", PHRASE_FILL(w->phrases, bar, {"level", narrative_level(w, row->level)})},
		{"interval", interval});
}

static struct text with_answers(const struct canvas *c, const struct result_row *row,
				struct text words)
{
	const struct phrases *p = words_of(c);

	if (isnan(row->n))
		return words;
	return PHRASE_FILL(p, "tip.answers", {"words", words},
			   {"n", number_shown(c->arena, row->n, 0, p->lang)});
}

/* A rank of published scores; of estimates its set alone. */
static struct text with_rank(const struct canvas *c, const struct result_row *row,
			     struct text words)
{
	const struct narrative *w = c->order->narrative;
	bool estimated = narrative_estimated(w, row);
	struct text rank = estimated ? narrative_rank_set(w, row->rank_low, row->rank_high)
				     : narrative_rank(w, row->rank, row->n_ranked);

	if (rank.n == 0)
		return words;
	return PHRASE_FILL(w->phrases, estimated ? "tip.set" : "tip.rank", {"words", words},
			   {"rank", rank});
}

/* What stands on units made of others is an estimate. */
static struct text marked(const struct canvas *c, bool merged, struct text words)
{
	if (!merged)
		return words;
	return arena_format(c->arena, "%.*s %.*s", SPAN_ARG(words),
			    SPAN_ARG(phrase(words_of(c), "merged.mark")));
}

/* An estimate to be used with caution says why. */
static struct text cautioned(const struct canvas *c, const struct result_row *row,
			     struct text words)
{
	const struct phrases *p = words_of(c);
	struct text why = reason_words(p, row->reason[LANG_EN]);

	if (!(row->flags & FLAG_CAUTION) || why.n == 0)
		return words;
	return PHRASE_FILL(p, "tip.reason", {"words", words}, {"reason", why});
}

struct text tips_value(const struct canvas *c, const struct result_row *row)
{
	const struct narrative *w = c->order->narrative;
	struct text words;

	if (!row || isnan(row->estimate))
		return absence(c, row);
	words = narrative_value(w, row->year, row->estimate);
	if (narrative_estimated(w, row)) {
		words = with_interval(c, row, words,
				      narrative_interval(w, row->year, row->ci_low, row->ci_high));
		words = with_answers(c, row, words);
	}
	words = cautioned(c, row, with_rank(c, row, words));
	return marked(c, row->flags & FLAG_MERGED || row->rank_merged, words);
}

static struct text percent(const struct canvas *c, double x)
{
	return PHRASE_FILL(words_of(c), "value.percent",
			   {"value", number_shown(c->arena, x, 1, words_of(c)->lang)});
}

struct text tips_share(const struct canvas *c, const struct result_row *row)
{
	struct text interval = {"", 0};

	if (!row || isnan(row->estimate))
		return absence(c, row);
	if (!isnan(row->ci_low) && !isnan(row->ci_high))
		interval = arena_format(c->arena, "%.*s–%.*s", SPAN_ARG(percent(c, row->ci_low)),
					SPAN_ARG(percent(c, row->ci_high)));
	return marked(
		c, row->flags & FLAG_MERGED,
		with_answers(c, row, with_interval(c, row, percent(c, row->estimate), interval)));
}

struct text tips_side(const struct canvas *c, const struct result_row *row, int side)
{
	static const char *const sides[] = {"word.below", "word.unclear", "word.above"};

	if (!canvas_estimated(c->order) || !row || isnan(row->ci_low) ||
	    isnan(canvas_nation(c->order, row->year, row->item)))
		return (struct text){"", 0};
	return arena_format(c->arena, ", %.*s", SPAN_ARG(phrase(words_of(c), sides[1 + side])));
}

/* "+4,75 điểm phần trăm, khoảng tin cậy −6,31 đến +15,81, chưa đủ cơ sở" */
static struct text difference(const struct canvas *c, const struct result_row *row)
{
	const struct narrative *w = c->order->narrative;
	const char *verdict = span_is(row->verdict, "increase")   ? "verdict.up"
			      : span_is(row->verdict, "decrease") ? "verdict.down"
								  : "verdict.unclear";
	bool percent_points = survey_wave(w->survey, row->year)->unit == UNIT_PERCENT;
	struct text delta;

	if (row->flags & FLAG_INCOMPARABLE)
		return phrase(w->phrases, "word.incomparable");
	if (isnan(row->delta))
		return (struct text){"", 0};
	delta = arena_format(c->arena, "%.*s %.*s",
			     SPAN_ARG(narrative_signed(w, row->year, row->delta)),
			     SPAN_ARG(phrase(w->phrases, percent_points ? "unit.delta.percent"
									: "unit.points")));
	if (row->verdict.n == 0)
		return narrative_estimated(w, row)
			       ? PHRASE_FILL(w->phrases, "tip.noerror", {"delta", delta})
			       : delta;
	return PHRASE_FILL(w->phrases, "shift.words", {"delta", delta},
			   {"low", narrative_signed(w, row->year, row->delta_low)},
			   {"high", narrative_signed(w, row->year, row->delta_high)},
			   {"verdict", phrase(w->phrases, verdict)});
}

struct text tips_change(const struct canvas *c, const struct result_row *row)
{
	const struct narrative *w = c->order->narrative;
	struct text change = difference(c, row), reason = row->reason[w->phrases->lang], words;
	bool careful = span_is(row->comparable, "warn") || row->flags & FLAG_INCOMPARABLE;

	words = PHRASE_FILL(w->phrases, change.n ? "tip.change" : "tip.years",
			    {"before", tables_score(w, row->year_from, row->estimate_from)},
			    {"from", canvas_year(c, row->year_from)},
			    {"after", tables_estimate(w, row)}, {"year", canvas_year(c, row->year)},
			    {"change", change});
	if (narrative_estimated(w, row) && !isnan(row->n))
		words = PHRASE_FILL(w->phrases, "tip.change.answers", {"words", words},
				    {"n", number_shown(c->arena, row->n, 0, w->phrases->lang)},
				    {"year", canvas_year(c, row->year)});
	if (careful && reason.n)
		words = PHRASE_FILL(w->phrases, "tip.reason", {"words", words}, {"reason", reason});
	if (is_hidden(row))
		words = PHRASE_FILL(w->phrases, "tip.reason", {"words", words},
				    {"reason", withheld(c, (struct text){"", 0})});
	return marked(c, row->flags & FLAG_MERGED || row->only_from_merged, words);
}
