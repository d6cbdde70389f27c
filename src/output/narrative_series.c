#include "output/narrative_series.h"

#include "analysis/spread.h"

#include <math.h>

/* Sentences, each with its full stop. */
static void say(struct arena *a, struct text *all, struct text sentence)
{
	if (sentence.n)
		*all = arena_format(a, "%.*s%s%.*s.", SPAN_ARG(*all), all->n ? " " : "",
				    SPAN_ARG(sentence));
}

struct text narrative_indices(const struct narrative_entry *entry, size_t n)
{
	struct text out = {"", 0};

	for (size_t i = 0; i < n; i++) {
		const struct narrative *w = entry[i].narrative;
		const struct result_row *row = entry[i].row;
		struct arena *a = w->phrases->arena;
		struct text words = narrative_named(w, row);

		if (i == 0 || row->year != entry[i - 1].row->year)
			words = PHRASE_FILL(w->phrases, "indices.year",
					    {"year", arena_format(a, "%ld", row->year)},
					    {"words", words});
		say(a, &out, words);
		if (narrative_reason(w, row).n)
			say(a, &out,
			    PHRASE_FILL(w->phrases, "indices.apart", {"survey", w->survey->name},
					{"reason", narrative_reason(w, row)}));
	}
	return out;
}

struct text narrative_years(const struct narrative *n, const struct result_row *const *row,
			    size_t rows)
{
	struct text out = {"", 0};

	for (size_t i = 0; i < rows; i++) {
		say(n->phrases->arena, &out, narrative_standing(n, row[i]));
		say(n->phrases->arena, &out, narrative_reason(n, row[i]));
	}
	return out;
}

/* The value of a part, as it is printed; NaN where it is not known. */
static double printed(const struct narrative *n, const struct result *rows, struct text item)
{
	for (size_t i = 0; i < rows->n; i++)
		if (span_equal(rows->row[i].item, item))
			return number_round(rows->row[i].estimate,
					    survey_wave(n->survey, rows->row[i].year)->decimals);
	return (double)NAN;
}

struct text narrative_below(const struct narrative *n, const struct result *rows)
{
	const struct text none = {"", 0};
	const struct wave *wave = rows->n ? survey_wave(n->survey, rows->row[0].year) : NULL;
	const struct structure *tree = &n->survey->structure;
	const struct narrative *of;
	const struct item *root;
	size_t all = 0, below = 0;
	struct text things = n->survey->parts[n->phrases->lang];

	if (!wave || wave->unit != UNIT_PERCENT || narrative_estimated(n, &rows->row[0]))
		return none;
	root = structure_find(tree, wave->era, span_of(STRUCTURE_ROOT));
	for (const struct item *k = NULL; (k = structure_child(tree, root, k)); all++) {
		double value = printed(n, rows, k->code);

		if (isnan(value) || k->max != 100)
			return none;
		below += value < k->max;
	}
	if (below == 0)
		return none;
	of = narrative_of(n, &rows->row[0], MEASURE_COUNT);
	return PHRASE_FILL(n->phrases, "below.max",
			   {"count", narrative_fraction(of, (double)below, (double)all)},
			   {"things", things.n ? things : phrase(n->phrases, "word.items")},
			   {"max", phrase(n->phrases, "value.full")});
}

/* Do the same units have a value in both years? */
static bool same_units(const struct result *all, const struct result_row *row)
{
	size_t n, m;
	const struct result_row *now = result_group(all, row->year, row->item, &n),
				*was = result_group(all, row->year_from, row->item, &m);

	if (!was || !was->complete || n != m)
		return false;
	for (size_t i = 0; i < n; i++)
		if (!span_equal(now[i].province, was[i].province) ||
		    isnan(now[i].estimate) != isnan(was[i].estimate))
			return false;
	return true;
}

/* The mean of the year before, as it is printed; NaN where the two are not to be compared. */
static double mean_before(const struct narrative *n, const struct result *all,
			  const struct result_row *row)
{
	if (!row->year_from || span_is(row->comparable, "no") || !same_units(all, row))
		return (double)NAN;
	return number_round(spread_national(n->phrases->arena, all, row->year_from, row->item).mean,
			    survey_wave(n->survey, row->year)->decimals);
}

struct text narrative_country(const struct narrative *n, const struct result *all,
			      const struct result_row *row)
{
	struct arena *a = n->phrases->arena;
	struct spread now = spread_national(a, all, row->year, row->item);
	double mean = number_round(now.mean, survey_wave(n->survey, row->year)->decimals),
	       before = mean_before(n, all, row);
	struct text words;

	if (!row->complete || now.n < 2 || narrative_estimated(n, row) || row->rank_merged ||
	    row->flags & FLAG_MERGED)
		return (struct text){"", 0};
	double k = (double)now.n;
	const struct narrative *count = narrative_of(n, row, MEASURE_COUNT),
			       *low = narrative_among(n, row, MEASURE_WORST, k),
			       *high = narrative_among(n, row, MEASURE_BEST, k),
			       *of = narrative_among(n, row, MEASURE_MEAN, k),
			       *change = narrative_of(n, row, MEASURE_MEAN_CHANGE);

	words = PHRASE_FILL(n->phrases,
			    survey_wave(n->survey, row->year)->unit == UNIT_PERCENT
				    ? "country.percent"
				    : "country.points",
			    {"count", narrative_padded(count, k)},
			    {"low", narrative_number(low, row->year, now.min)},
			    {"high", narrative_number(high, row->year, now.max)},
			    {"year", arena_format(a, "%ld", row->year)},
			    {"mean", narrative_value(of, row->year, mean)});
	if (isnan(before))
		return words;
	return PHRASE_FILL(n->phrases,
			   mean > before   ? "country.higher"
			   : mean < before ? "country.lower"
					   : "country.same",
			   {"words", words},
			   {"gap", narrative_gap(change, row->year, mean - before)},
			   {"from", arena_format(a, "%ld", row->year_from)});
}
