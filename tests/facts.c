/* What charts record of themselves: shipped PAPI scores, and tests/data/share/surveys/asked. */
#include "chart_help.h"

TestSuite(facts, .fini = clean);

/* What cannot be made of scores, or of these answers, is looked at where it is tested. */
static bool needs_more(size_t kind, bool answers)
{
	return kind == CHART_LIKERT || kind == CHART_MAP || kind == CHART_FOREST ||
	       (answers ? kind == CHART_PARETO || kind == CHART_RADAR : kind == CHART_SAMPLES);
}

/* Every kind says what it claims and whom it shows; those of several years what they join, those of
 * answers how many there are. */
Test(facts, every_kind_records)
{
	for (size_t k = 0; k < CHART__COUNT; k++)
		for (int answers = 0; answers < 2; answers++) {
			struct ready *r = answers ? asked("03") : ready_of("33", 2024, 2023);
			const char *name = chart_kinds[k].name;
			struct chart c;

			if (needs_more(k, answers))
				continue;
			c = drawn(r, (enum chart_kind)k);
			cr_expect(c.facts.said, "%s", name);
			cr_expect(c.facts.units > 0, "%s", name);
			cr_expect(eq(int, c.facts.counts > 0, answers && k != CHART_SAMPLES), "%s",
				  name);
			cr_expect(eq(int, c.facts.joins > 0, chart_kinds[k].years != CHART_OF_YEAR),
				  "%s", name);
			cr_expect(eq(int, c.facts.bars, k == CHART_PARETO), "%s", name);
			cr_expect(eq(int, c.facts.map, k == CHART_TILEMAP || k == CHART_SAMPLES),
				  "%s", name);
		}
}

static size_t joins_of(const struct chart *c, const char *unit, enum fact_form form)
{
	size_t n = 0;

	for (size_t i = 0; i < c->facts.joins; i++)
		n += c->facts.join[i].form == form && span_is(c->facts.join[i].unit, unit);
	return n;
}

/* Of 2011-2024, comparability.csv of the total: warn 2015|2016, 2018|2019, 2020|2021, no 2017|2018.
 */
Test(facts, joins_of_a_trend)
{
	struct chart c = drawn(ready_of("33", 2024, 2023), CHART_TREND);

	cr_expect(eq(sz, joins_of(&c, "33", FACT_LINE), 9));
	cr_expect(eq(sz, joins_of(&c, "33", FACT_DASH), 3));
	cr_expect(eq(sz, joins_of(&c, "33", FACT_TOLD), 0));
	cr_expect(eq(sz, c.facts.units, 11));               /* of the year alone: its region */
	cr_expect(eq(sz, joins_of(&c, "", FACT_DASH), 3));  /* the median */
	cr_expect(eq(sz, joins_of(&c, "", FACT_TOLD), 12)); /* the middle half */
}

/* 2, 3, 7 and 8 cannot be compared with 2017 (tests/chart.c). */
Test(facts, what_is_refused_is_not_joined)
{
	struct chart c = drawn(ready_of("33", 2018, 2017), CHART_CHANGE);

	cr_expect(eq(sz, c.facts.units, 8));
	cr_assert(eq(sz, c.facts.joins, 4));
	check_text(c.facts.join[0].item, "1");
	check_text(c.facts.join[1].item, "4");
}

/* 61 ranked; 59 published in both years. */
Test(facts, units_and_differences)
{
	struct chart rank = drawn(ready_of("33", 2024, 2023), CHART_RANK),
		     delta = drawn(ready_of("33", 2024, 2023), CHART_DELTA);

	cr_expect(eq(sz, rank.facts.units, 61));
	cr_expect(zero(sz, rank.facts.joins));
	cr_expect(eq(sz, delta.facts.joins, 59));
	cr_expect(eq(int, (int)delta.facts.join[0].form, FACT_TOLD));
	cr_expect(eq(int, (int)delta.facts.join[0].from, 2023));
}

/* R survey 4.1.1 (tests/chart.c): 77.78 (73.54, 81.50) against the country's 69.46. */
Test(facts, claims_of_answers)
{
	struct chart trend = drawn(asked("03"), CHART_TREND), rank = drawn(asked("03"), CHART_RANK);
	const struct fact_claim *claim = trend.facts.claim;

	cr_assert(eq(sz, trend.facts.claims, 1));
	cr_expect(eq(int, claim->sign, 1));
	cr_expect(epsilon_eq(dbl, claim->estimate, 77.78, 0.005));
	cr_expect(epsilon_eq(dbl, claim->low, 73.54, 0.005));
	cr_expect(epsilon_eq(dbl, claim->high, 81.50, 0.005));
	cr_expect(epsilon_eq(dbl, claim->reference, 69.46, 0.005));
	cr_assert(eq(sz, rank.facts.claims, 1));
	cr_expect(eq(int, rank.facts.claim->sign, 0));
	cr_expect(eq(dbl, rank.facts.claim->low, 1));
	cr_expect(eq(dbl, rank.facts.claim->high, 3));
}

/* Both years of a change are counted; the fifth unit's answers are too few and not shown. */
Test(facts, counts)
{
	struct chart rank = drawn(asked("03"), CHART_RANK), delta = drawn(asked("03"), CHART_DELTA);
	size_t first = 0;

	cr_expect(eq(sz, rank.facts.counts, 4));
	cr_expect(eq(sz, delta.facts.counts, 8));
	for (size_t i = 0; i < delta.facts.counts; i++)
		first += delta.facts.count[i].year == 2021 ? 1 : 0;
	cr_expect(eq(sz, first, 4));
	for (size_t i = 0; i < rank.facts.counts; i++)
		cr_expect(rank.facts.count[i].n >= 30);
}

/* The median of the 59 changes of 2023-2024 is one province's own: it is in no corner. */
Test(facts, a_median_is_on_no_side)
{
	struct ready *r = ready_of("31", 2024, 2023);
	struct chart c = drawn(r, CHART_QUADRANT);

	lacks(c.title.at, "trung vị");
	holds(c.title.at, "(điểm công bố)");
	cr_expect(eq(sz, c.facts.claims, 1));
	holds(drawn(ready_of("33", 2024, 2023), CHART_QUADRANT).title.at, "trên trung vị, ");
}

/* The rules of honesty, which work it out anew, find nothing wrong. Returns how many were made. */
static size_t all_honest(struct ready *r)
{
	size_t n = 0;

	for (size_t k = 0; k < CHART__COUNT; k++) {
		struct chart c = {0};
		struct diag why = {0};
		struct found found[LINT_RULES];
		struct svg_boxes blank = {.arena = &arena};

		if (!chart_make(&arena, (enum chart_kind)k, &r->order, &c, &why))
			continue;
		n++;
		lint_run(&arena,
			 &(struct lint_chart){.facts = &c.facts,
					      .picture = &blank,
					      .footer = c.footer,
					      .report = true},
			 found);
		for (size_t i = 0; i < LINT_RULES; i++)
			cr_expect(zero(sz, found[i].n), "%s %ld: %s: %.*s", chart_kinds[k].name,
				  r->order.year, lint_rules[i].name,
				  SPAN_ARG(lint_words(&r->phrases, &found[i])));
	}
	return n;
}

/* Hà Tây joined Hà Nội in August 2008, and has a score of that year. */
Test(facts, figures_without_a_place_are_named)
{
	struct ready *r = ready_in("pci", "33", 2008, 2007);

	holds(drawn(r, CHART_TILEMAP).footer.at, "không có ô trên bản đồ: Hà Tây.");
	cr_expect(all_honest(r) >= 6);
}

/* Years that compare, that need care, that do not; a median, an unpublished province. */
Test(facts, what_charts_say_holds)
{
	static const struct {
		const char *province;
		long year, from;
		size_t made; /* at least so many */
	} cases[] = {
		{"33", 2024, 2023, 12}, {"31", 2024, 2023, 12}, {"17", 2024, 2023, 12},
		{"26", 2024, 2023, 10}, {"33", 2016, 2015, 12}, {"33", 2018, 2017, 9},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(all_honest(ready_of(cases[i].province, cases[i].year, cases[i].from)) >=
				  cases[i].made,
			  "row %zu", i);
	for (int i = 1; i <= 5; i++)
		cr_expect(all_honest(asked(arena_format(&arena, "%02d", i).at)) >= 9, "%d", i);
}
