#include "survey/doubts.h"

#include "base/number.h"

#include <math.h>

#define NAMED 5 /* names in a warning */

static const char *percent(struct arena *a, double share)
{
	return arena_format(a, "%.1f %%", number_round(100 * share, 1)).at;
}

/* "a (35.0 %), b (21.0 %), ..." */
static void name(struct arena *a, struct text *to, size_t n, struct text one, double share)
{
	if (n < NAMED)
		*to = arena_format(a, "%.*s%s\"%.*s\" (%s)", SPAN_ARG(*to), n ? ", " : "",
				   SPAN_ARG(one), percent(a, share));
	else if (n == NAMED)
		*to = arena_format(a, "%.*s, ...", SPAN_ARG(*to));
}

static void missing(struct arena *a, const struct quality *q, struct diag *why)
{
	struct text names = {"", 0};
	size_t n = 0;

	for (size_t i = 0; i < q->n_columns; i++) {
		const struct profile *p = &q->column[i].profile;
		double share = (double)profile_missing(p) / (double)profile_rows(p);

		if (quality_counts(&q->column[i]) && share > DOUBT_MISSING)
			name(a, &names, n++, p->name, share);
	}
	if (n == 0)
		return;
	diag_at(why, (struct place){q->order.file, 0, 0}, DIAG_WARNING,
		n == 1 ? N_("%zu question lacks more than %s of the answers: %.*s")
		       : N_("%zu questions lack more than %s of the answers: %.*s"),
		n, percent(a, DOUBT_MISSING), SPAN_ARG(names));
	diag_hint(why, "asked of a part of the people only? then say so beside the figures; else "
		       "see by province where answers are missing");
}

static void ids(const struct quality *q, struct diag *why)
{
	const struct repeats *r = &q->ids;

	if (q->blank_ids) {
		diag_at(why, (struct place){q->order.file, 0, 0}, DIAG_WARNING,
			q->blank_ids == 1
				? N_("%zu row without a respondent id in column \"%.*s\"")
				: N_("%zu rows without a respondent id in column \"%.*s\""),
			q->blank_ids, SPAN_ARG(q->column[q->id].profile.name));
		diag_hint(why, "rows without an id cannot be told from rows entered twice");
	}
	if (r->n == 0)
		return;
	diag_at(why, (struct place){q->order.file, r->row[r->group[0].first + 1].line, 1},
		DIAG_WARNING,
		r->n == 1 ? N_("respondent id \"%.*s\" stands in line %zu too; %zu id in %zu rows, "
			       "%zu of them "
			       "in several provinces")
			  : N_("respondent id \"%.*s\" stands in line %zu too; %zu ids in %zu "
			       "rows, %zu of them "
			       "in several provinces"),
		SPAN_ARG(r->group[0].key), r->row[r->group[0].first].line, r->n, r->n_rows,
		r->across);
	diag_hint(why, r->across ? N_("if every province numbers its own forms, put the province "
				      "before the number; else keep one row of each")
				 : N_("keep one row of each: a person entered twice counts twice"));
}

static void same(const struct quality *q, struct diag *why)
{
	const struct repeats *r = &q->same;

	if (!((double)r->n_rows > DOUBT_SAME * (double)q->rows))
		return;
	diag_at(why, (struct place){q->order.file, r->row[r->group[0].first + 1].line, 1},
		DIAG_WARNING,
		r->n == 1 ? N_("the answers are those of line %zu, all of them; %zu group of equal "
			       "rows, %zu "
			       "rows")
			  : N_("the answers are those of line %zu, all of them; %zu groups of "
			       "equal rows, %zu "
			       "rows"),
		r->row[r->group[0].first].line, r->n, r->n_rows);
	diag_hint(why, "entered twice, or copied? compare the forms of these lines");
}

static void straight(struct arena *a, const struct quality *q, struct diag *why)
{
	for (size_t b = 0; b < q->n_blocks; b++) {
		const struct straight *s = &q->block[b].straight;
		struct text names = {"", 0};
		double all = straight_share(&s->all);
		size_t n = 0;

		for (size_t k = 0; k < s->n_places; k++)
			if (s->in[k].rows >= DOUBT_PLACE_ROWS &&
			    straight_share(&s->in[k]) > DOUBT_STRAIGHT &&
			    q->province != QUALITY_NO_COLUMN)
				name(a, &names, n++, q->coverage.place[k].name,
				     straight_share(&s->in[k]));
		if (n == 0 && !(all > DOUBT_STRAIGHT))
			continue;
		diag_at(why, (struct place){q->order.file, 0, 0}, DIAG_WARNING,
			"\"%.*s\" to \"%.*s\": %s of the people gave one answer to every question; "
			"above %s%s%.*s",
			SPAN_ARG(q->column[q->block[b].of[0]].profile.name),
			SPAN_ARG(q->column[q->block[b].of[s->n - 1]].profile.name), percent(a, all),
			percent(a, DOUBT_STRAIGHT), n ? diag_word(why, " in ") : "",
			SPAN_ARG(names));
		diag_hint(why, "were the questions read out one by one? look at the interviewers "
			       "of these places");
	}
}

static void pace(struct arena *a, const struct quality *q, struct diag *why)
{
	const struct pace *p = &q->pace;
	struct place file = {q->order.file, 0, 0};

	if (p->unread) {
		diag_at(why, file, DIAG_WARNING,
			p->unread == 1 ? N_("%zu interview with a time that cannot be read")
				       : N_("%zu interviews with a time that cannot be read"),
			p->unread);
		diag_hint(why, "times are written as 2024-05-31T08:30:00 or 2024-05-31 08:30, "
			       "durations as numbers");
	}
	if (p->backward) {
		diag_at(why, file, DIAG_WARNING,
			p->backward == 1 ? N_("%zu interview that ends before the start")
					 : N_("%zu interviews that end before the start"),
			p->backward);
		diag_hint(why, "was the clock of a device wrong?");
	}
	if (p->all.n && (double)p->all.fast > DOUBT_FAST * (double)p->all.n) {
		diag_at(why, file, DIAG_WARNING,
			p->all.fast == 1
				? N_("%zu interview (%s) took less than a third of the median")
				: N_("%zu interviews (%s) took less than a third of the median"),
			p->all.fast, percent(a, (double)p->all.fast / (double)p->all.n));
		diag_hint(why, "look at them before they count: --format csv gives the share of "
			       "every province");
	}
}

/* The place with the widest weights: provinces of unequal size have unequal weights by design, the
 * people of one should not. */
static const struct coverage_place *widest(const struct quality *q)
{
	const struct coverage_place *out = NULL, *p;

	for (size_t i = 0; i < q->coverage.n; i++) {
		p = &q->coverage.place[i];
		if (p->least > 0 && (!out || p->most / p->least > out->most / out->least))
			out = p;
	}
	return out;
}

static void weights(struct arena *a, const struct quality *q, struct diag *why)
{
	const struct weights *w = &q->weights;
	const struct coverage_place *p = widest(q);
	struct place file = {q->order.file, 0, 0};

	if (p && p->most / p->least > DOUBT_WEIGHT_RATIO) {
		bool named = q->province != QUALITY_NO_COLUMN;

		diag_at(why, file, DIAG_WARNING,
			"the highest weight is %.0f times the lowest%s%.*s (%.*s and %.*s)",
			p->most / p->least, named ? diag_word(why, " in ") : "",
			SPAN_ARG(named ? p->name : span_of("")), SPAN_ARG(number_exact(a, p->most)),
			SPAN_ARG(number_exact(a, p->least)));
		diag_hint(why, "a slip of the decimal point? else ask who made the weights why, "
			       "and whether they are trimmed");
	}
	if (w->n >= DOUBT_WEIGHT_ROWS && w->share > DOUBT_WEIGHT_ROW) {
		diag_at(why, file, DIAG_WARNING, "one row has %s of the sum of all weights",
			percent(a, w->share));
		diag_hint(why, "one person should not decide the figures: see the weight of %.*s",
			  SPAN_ARG(number_exact(a, w->most)));
	}
}

static void units(const struct quality *q, struct diag *why)
{
	const struct sampled *s = &q->sampled;
	const struct sampled_slip *one = s->moved;

	if (s->n_moved == 0 || q->province == QUALITY_NO_COLUMN)
		return;
	diag_at(why, (struct place){q->order.file, one->second_line, 1}, DIAG_WARNING,
		s->n_moved == 1 ? N_("sampling unit \"%.*s\" is in province \"%.*s\", in line %zu "
				     "in \"%.*s\"; %zu such "
				     "unit")
				: N_("sampling unit \"%.*s\" is in province \"%.*s\", in line %zu "
				     "in \"%.*s\"; %zu such "
				     "units"),
		SPAN_ARG(one->name), SPAN_ARG(q->coverage.place[one->second].name), one->first_line,
		SPAN_ARG(q->coverage.place[one->first].name), s->n_moved);
	diag_hint(why, "a wrong province in one of the lines, or two units of one name? then put "
		       "the province before the name, or take it as a stratum and nest");
}

/* Of every province with several spellings the first two. */
static void spellings(const struct quality *q, struct diag *why)
{
	const struct coverage *c = &q->coverage;

	for (size_t i = 0; i < c->n_spellings && q->province != QUALITY_NO_COLUMN; i++) {
		const struct coverage_spelling *s = &c->spelling[i], *first = s;

		for (size_t k = i; k-- > 0;)
			first = c->spelling[k].place == s->place ? &c->spelling[k] : first;
		if (first != s)
			diag_note(why, q->order.file,
				  "\"%.*s\" (line %zu, %zu rows) and \"%.*s\" (line %zu, %zu rows) "
				  "are one province",
				  SPAN_ARG(first->words), first->line, first->rows,
				  SPAN_ARG(s->words), s->line, s->rows);
	}
}

/* In a survey's folder these are refused with their place. */
static void unknown(struct arena *a, const struct quality *q, struct diag *why)
{
	const struct coverage *c = &q->coverage;
	struct text names = {"", 0};
	size_t n = 0;

	for (size_t i = 0; i < c->n && c->list && !q->order.book; i++)
		if (!c->place[i].province && q->province != QUALITY_NO_COLUMN)
			name(a, &names, n++, c->place[i].name,
			     (double)c->place[i].rows / (double)q->rows);
	if (n == 0)
		return;
	diag_at(why, (struct place){q->order.file, 0, 0}, DIAG_WARNING,
		n == 1 ? N_("%zu name is no province of %ld: %.*s of the rows")
		       : N_("%zu names are no province of %ld: %.*s of the rows"),
		n, c->year, SPAN_ARG(names));
	diag_hint(why,
		  "hailong list provinces --year %ld names them all; provinces of before a "
		  "merger belong to --year before it",
		  c->year);
}

void doubts_tell(struct arena *a, const struct quality *q, struct diag *why)
{
	missing(a, q, why);
	ids(q, why);
	same(q, why);
	straight(a, q, why);
	pace(a, q, why);
	weights(a, q, why);
	units(q, why);
	unknown(a, q, why);
	spellings(q, why);
}
