#include "output/lint_honest.h"

#include <math.h>
#include <string.h>

#define LEAST_ANSWERS 30

static const struct phrases *phrases_of(const struct lint_chart *c)
{
	return c->facts->phrases;
}

static struct text year_of(struct found *f, long year)
{
	return arena_format(f->arena, "%ld", year);
}

static struct text number(struct found *f, const struct lint_chart *c, double x)
{
	return isnan(x) ? span_of("–") : number_shown(f->arena, x, 2, phrases_of(c)->lang);
}

static bool from_answers(const struct lint_chart *c)
{
	return survey_wave(c->facts->survey, c->facts->year)->answers;
}

void lint_bars(const struct lint_chart *c, struct found *out)
{
	if (c->facts->bars && c->facts->bars_from != 0)
		found_add(out, PHRASE_FILL(phrases_of(c), "lint.found.bars",
					   {"value", number(out, c, c->facts->bars_from)}));
}

/* ---- claims ------------------------------------------------------------------------------ */

/* What is wrong with it, as the key of a phrase; NULL. */
static const char *wrong_claim(const struct fact_claim *claim, bool answers)
{
	if (!answers)
		return claim->sign == 0 || claim->sign * (claim->estimate - claim->reference) > 0
			       ? NULL
			       : "lint.found.claim.side";
	if (isnan(claim->low) || isnan(claim->high))
		return "lint.found.claim.bare";
	if (claim->sign > 0 && !(claim->low > claim->reference))
		return "lint.found.claim.above";
	if (claim->sign < 0 && !(claim->high < claim->reference))
		return "lint.found.claim.below";
	return NULL;
}

void lint_claims(const struct lint_chart *c, struct found *out)
{
	const struct facts *f = c->facts;
	const struct phrases *p = phrases_of(c);
	bool answers = from_answers(c);

	if (!f->said)
		found_add(out, phrase(p, "lint.found.claim.unrecorded"));
	for (size_t i = 0; i < f->claims; i++) {
		const struct fact_claim *claim = &f->claim[i];
		const char *key = wrong_claim(claim, answers);

		if (key)
			found_add(out, PHRASE_FILL(p, key, {"item", claim->about},
						   {"value", number(out, c, claim->estimate)},
						   {"reference", number(out, c, claim->reference)},
						   {"low", number(out, c, claim->low)},
						   {"high", number(out, c, claim->high)}));
	}
	if (f->claims && !answers && !span_holds(c->footer, phrase(p, "note.noerror")))
		found_add(out, phrase(p, "lint.found.claim.note"));
}

void lint_few(const struct lint_chart *c, struct found *out)
{
	const unsigned flagged = FLAG_CAUTION | FLAG_SUPPRESSED | FLAG_MODEL;

	for (size_t i = 0; i < c->facts->counts; i++) {
		const struct fact_count *count = &c->facts->count[i];

		if (count->n < LEAST_ANSWERS && !(count->flags & flagged))
			found_add(out,
				  PHRASE_FILL(phrases_of(c), "lint.found.few",
					      {"unit", count->unit}, {"item", count->item},
					      {"year", year_of(out, count->year)},
					      {"n", arena_format(out->arena, "%.0f", count->n)}));
	}
}

/* ---- source ------------------------------------------------------------------------------ */

/* All that the picture says, line behind line. */
static struct text words_of(const struct svg_boxes *b, struct arena *a)
{
	size_t n = 0;
	char *all;

	for (size_t i = 0; i < b->texts; i++)
		n += b->text[i].words.n + 1;
	all = arena_new(a, n + 1, 1);
	n = 0;
	for (size_t i = 0; i < b->texts; i++) {
		memcpy(all + n, b->text[i].words.at, b->text[i].words.n);
		n += b->text[i].words.n;
		all[n++] = ' ';
	}
	return (struct text){all, n};
}

#define READ_BYTES 400 /* a longer line may end in an ellipsis (plots/README.md) */

/* Without spaces and what has no picture, which are written in other ways: control characters, and
 * U+FFFD to U+FFFF. */
static struct text letters_of(struct arena *a, struct text s)
{
	char *out = arena_new(a, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool none = i + 2 < s.n && memcmp(s.at + i, "\xEF\xBF", 2) == 0 &&
			    (unsigned char)s.at[i + 2] >= 0xBD;

		if (none)
			i += 2;
		else if ((unsigned char)s.at[i] > ' ')
			out[n++] = s.at[i];
	}
	return (struct text){out, n};
}

/* Whole letters. */
static struct text beginning_of(struct text s)
{
	size_t n = s.n < READ_BYTES ? s.n : READ_BYTES;

	while (n && n < s.n && ((unsigned char)s.at[n] & 0xC0) == 0x80)
		n--;
	return (struct text){s.at, n};
}

void lint_source(const struct lint_chart *c, struct found *out)
{
	const struct facts *f = c->facts;
	const struct phrases *p = phrases_of(c);
	const struct text publisher = survey_wave(f->survey, f->year)->publisher[p->lang];
	struct text source = PHRASE_FILL(p, publisher.n ? "chart.source" : "chart.source.short",
					 {"survey", f->survey->name},
					 {"year", year_of(out, f->year)}, {"publisher", publisher});

	if (!span_holds(c->footer, source) ||
	    (!c->report && !span_holds(letters_of(out->arena, words_of(c->picture, out->arena)),
				       letters_of(out->arena, beginning_of(source)))))
		found_add(out, PHRASE_FILL(p, "lint.found.source", {"source", source}));
}

/* ---- years ------------------------------------------------------------------------------- */

/* A pair of years of an item, compared once for all units. */
struct step {
	struct text item, reason;
	long from, to;
	enum verdict verdict;
	bool told; /* that it is joined wrongly */
};

struct steps {
	size_t n;
	struct step *at;
};

static struct step *step_of(const struct lint_chart *c, struct found *out, struct steps *all,
			    const struct fact_join *j)
{
	struct step *s;

	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].from == j->from && all->at[i].to == j->to &&
		    span_equal(all->at[i].item, j->item))
			return &all->at[i];
	all->at = arena_grow(out->arena, all->at, all->n, sizeof *all->at);
	s = &all->at[all->n++];
	*s = (struct step){.item = j->item, .from = j->from, .to = j->to};
	s->verdict = survey_compare(out->arena, c->facts->survey, j->item, j->from, j->to,
				    phrases_of(c)->lang, &s->reason);
	return s;
}

/* Soon seen of a unit that simply stood in both years. */
static bool same_unit(const struct provinces *all, const struct fact_join *j)
{
	for (size_t i = 0; i < all->n; i++)
		if (span_equal(all->at[i].code, j->unit) && province_stands(&all->at[i], j->from) &&
		    province_stands(&all->at[i], j->to))
			return true;
	return province_same(all, j->unit, j->from, j->to);
}

/* A line of all units needs care where their number is another, too. */
static const char *wrong_join(const struct lint_chart *c, const struct fact_join *j,
			      const struct step *s)
{
	const struct provinces *all = &c->facts->survey->provinces;

	if (s->verdict == VERDICT_NO)
		return "lint.found.join.no";
	if (j->unit.n && !same_unit(all, j))
		return "lint.found.join.unit";
	if (j->form == FACT_LINE &&
	    (s->verdict == VERDICT_WARN ||
	     (j->unit.n == 0 && province_count(all, j->from) != province_count(all, j->to))))
		return "lint.found.join.full";
	return j->form == FACT_TOLD && s->verdict == VERDICT_WARN &&
			       !span_holds(c->footer, s->reason)
		       ? "lint.found.join.untold"
		       : NULL;
}

void lint_joins(const struct lint_chart *c, struct found *out)
{
	struct steps all = {0};

	for (size_t i = 0; i < c->facts->joins; i++) {
		const struct fact_join *j = &c->facts->join[i];
		struct step *s = step_of(c, out, &all, j);
		const char *key = s->told ? NULL : wrong_join(c, j, s);

		if (!key)
			continue;
		s->told = true;
		found_add(out, PHRASE_FILL(phrases_of(c), key, {"item", j->item}, {"unit", j->unit},
					   {"from", year_of(out, j->from)},
					   {"to", year_of(out, j->to)}, {"reason", s->reason}));
	}
}

/* ---- units ------------------------------------------------------------------------------- */

static void wrong_unit(const struct lint_chart *c, struct found *out, const char *key,
		       struct text unit)
{
	found_add(out, PHRASE_FILL(phrases_of(c), key, {"unit", unit},
				   {"year", year_of(out, c->facts->year)}));
}

static size_t times_drawn(const struct facts *f, struct text code)
{
	size_t n = 0;

	for (size_t i = 0; i < f->units; i++)
		n += span_equal(f->unit[i], code) ? 1 : 0;
	return n;
}

static void check_map(const struct lint_chart *c, struct found *out)
{
	const struct facts *f = c->facts;
	const struct provinces *all = &f->survey->provinces;
	size_t n;
	const struct result_row *row = result_group(f->all, f->year, f->item, &n);
	struct text names = {"", 0};

	for (size_t i = 0; i < all->n; i++) {
		size_t times =
			province_stands(&all->at[i], f->year) ? times_drawn(f, all->at[i].code) : 1;

		if (times != 1)
			wrong_unit(c, out,
				   times ? "lint.found.unit.twice" : "lint.found.unit.absent",
				   all->at[i].name);
	}
	for (size_t i = 0; row && i < n; i++)
		if (times_drawn(f, row[i].province) == 0)
			names = arena_format(out->arena, "%.*s%s%.*s", SPAN_ARG(names),
					     names.n ? ", " : "", SPAN_ARG(row[i].province_name));
	if (names.n && !span_holds(c->footer, PHRASE_FILL(phrases_of(c), "tilemap.unplaced",
							  {"names", names})))
		wrong_unit(c, out, "lint.found.unit.unplaced", names);
}

static bool is_again(const struct facts *f, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (span_equal(f->unit[k], f->unit[i]))
			return true;
	return false;
}

void lint_units(const struct lint_chart *c, struct found *out)
{
	const struct facts *f = c->facts;

	for (size_t i = 0; i < f->units; i++)
		if (!is_again(f, i) &&
		    !province_by_code(&f->survey->provinces, f->unit[i], f->year))
			wrong_unit(c, out, "lint.found.unit.unknown", f->unit[i]);
	if (f->map)
		check_map(c, out);
}
