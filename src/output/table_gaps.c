#include "output/table_gaps.h"

#include <math.h>
#include <string.h>

#define MOST_OF_THE_LOSS 0.8 /* Pareto's share */

static bool is_surveyed(const struct result_row *row)
{
	return span_is(row->kind, "survey") || span_is(row->kind, "sipas");
}

static bool is_in(const struct result_row *row, enum gaps_block block)
{
	bool score = span_is(row->kind, "score");

	switch (block) {
	case GAPS_LOST_ASSESSED: return row->lost_points > 0 && !is_surveyed(row) && !score;
	case GAPS_LOST_SURVEYED: return row->lost_points > 0 && is_surveyed(row);
	case GAPS_LOST_SCORES: return row->lost_points > 0 && score;
	case GAPS_MISSING: return isnan(row->lost_points);
	case GAPS_TARGETS: return !isnan(row->target);
	case GAPS_BLOCK__COUNT: break;
	}
	return false;
}

void table_gaps_block(struct arena *a, const struct result *r, enum gaps_block block,
		      struct result *out)
{
	*out = (struct result){.parts = r->parts};
	for (size_t i = 0; i < r->n; i++)
		if (is_in(&r->row[i], block))
			result_add(a, out, &r->row[i]);
}

struct text table_gaps_caption(const struct phrases *p, enum gaps_block block)
{
	static const char *const keys[GAPS_BLOCK__COUNT] = {
		[GAPS_LOST_ASSESSED] = "gaps.block.assessed",
		[GAPS_LOST_SURVEYED] = "gaps.block.surveyed",
		[GAPS_LOST_SCORES] = "gaps.block.scores",
		[GAPS_MISSING] = "gaps.block.missing",
		[GAPS_TARGETS] = "gaps.block.targets",
	};

	return phrase(p, keys[block]);
}

/* ---- cells --------------------------------------------------------------------------------- */

static struct text points(const struct narrative *n, const struct result_row *row,
			  enum measure what, double value)
{
	return tables_score(narrative_of(n, row, what), row->year, value);
}

static struct text share_of(const struct narrative *n, const struct result_row *row,
			    enum measure what, double value)
{
	return isnan(value) ? span_of("–")
			    : narrative_mark(narrative_of(n, row, what), 100 * value,
					     number_shown(n->phrases->arena, 100 * value, 1,
							  n->phrases->lang));
}

/* Shares of 1 in percent. */
static struct text share(const struct narrative *n, const struct result_row *row)
{
	return share_of(n, row, MEASURE_SHARE, row->share_of_loss);
}

static struct text running_share(const struct narrative *n, const struct result_row *row,
				 double value)
{
	return share_of(n, row, MEASURE_RUNNING, value);
}

/* "12"; "3–40" where the table leaves it open. */
static struct text rank(const struct narrative *n, const struct result_row *row)
{
	struct text set = narrative_rank_set(narrative_of(n, row, MEASURE_RANK_AFTER),
					     row->potential_low, row->potential_high);

	return set.n ? set : span_of("–");
}

/* Its agency comes from agencies.csv. */
static bool is_marked(const struct result_row *row)
{
	static const char mark[] = "+agencies";
	size_t k = sizeof mark - 1;

	return row->method.n > k && memcmp(row->method.at + row->method.n - k, mark, k) == 0;
}

static struct text agency(const struct narrative *n, const struct result_row *row)
{
	struct text who = row->agency_name[n->phrases->lang];

	if (who.n == 0)
		return phrase(n->phrases, "word.agency.none");
	if (is_marked(row))
		return arena_format(n->phrases->arena, "%.*s *", SPAN_ARG(who));
	return who;
}

static bool any(const struct result *r, size_t offset)
{
	for (size_t i = 0; i < r->n; i++) {
		const void *at = (const char *)&r->row[i] + offset;

		if (!isnan(*(const double *)at))
			return true;
	}
	return false;
}

#define ANY(r, member) any((r), offsetof(struct result_row, member))

static bool any_note(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].note.n)
			return true;
	return false;
}

/* A total that the survey has no name for. */
static struct text name(const struct narrative *n, const struct result_row *row)
{
	struct text own = row->item_name[n->phrases->lang];

	return own.n && !span_equal(own, row->item) ? own
	       : row->item_depth                    ? row->item
						    : phrase(n->phrases, "word.total");
}

static void head(const struct narrative *n, struct sheet *out, const char *key, bool right)
{
	sheet_column(out, phrase(n->phrases, key), right);
}

/* Columns of numbers. */
static void heads(const struct narrative *n, struct sheet *out, const char *const *keys, size_t k)
{
	for (size_t i = 0; i < k; i++)
		head(n, out, keys[i], true);
}

/* ---- sheets -------------------------------------------------------------------------------- */

void table_gaps(const struct narrative *n, const struct result *r, struct sheet *out)
{
	bool self = ANY(r, self_score), ranks = ANY(r, potential_low), notes = any_note(r);
	bool scores = r->n && span_is(r->row[0].kind, "score");
	double running = 0;

	*out = (struct sheet){.arena = n->phrases->arena};
	head(n, out, "head.code", false);
	head(n, out, "head.criterion", false);
	head(n, out, "head.points.max", true);
	if (self)
		head(n, out, "head.points.self", true);
	heads(n, out,
	      (const char *const[]){scores ? "head.points.total" : "head.points.final",
				    "head.points.lost", "head.loss.share", "head.loss.running"},
	      4);
	if (ranks)
		head(n, out, "head.rank.potential", true);
	head(n, out, "head.agency.lead", false);
	if (notes)
		head(n, out, "head.note", false);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		running += row->share_of_loss;
		*cell++ = row->item;
		*cell++ = name(n, row);
		*cell++ = points(n, row, MEASURE_MAXIMUM, row->max_points);
		if (self)
			*cell++ = points(n, row, MEASURE_SELF, row->self_score);
		*cell++ = points(n, row, MEASURE_RESULT, row->final_points);
		*cell++ = points(n, row, MEASURE_LOST, row->lost_points);
		*cell++ = share(n, row);
		*cell++ = running_share(n, row, running);
		if (ranks)
			*cell++ = rank(n, row);
		*cell++ = agency(n, row);
		if (notes)
			*cell = row->note;
	}
}

static bool any_agency(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].agency.n)
			return true;
	return false;
}

void table_gaps_short(const struct narrative *n, const struct result *r, size_t most,
		      struct sheet *out)
{
	bool self = ANY(r, self_score), agencies = any_agency(r);

	*out = (struct sheet){.arena = n->phrases->arena};
	head(n, out, "head.code", false);
	head(n, out, "head.criterion", false);
	head(n, out, "head.points.max", true);
	if (self)
		head(n, out, "head.points.self", true);
	heads(n, out,
	      (const char *const[]){"head.points.total", "head.points.lost", "head.loss.share"}, 3);
	if (agencies)
		head(n, out, "head.agency.lead", false);
	for (size_t i = 0; i < r->n && i < most && r->row[i].lost_points > 0; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		*cell++ = row->item;
		*cell++ = name(n, row);
		*cell++ = points(n, row, MEASURE_MAXIMUM, row->max_points);
		if (self)
			*cell++ = points(n, row, MEASURE_SELF, row->self_score);
		*cell++ = points(n, row, MEASURE_RESULT, row->final_points);
		*cell++ = points(n, row, MEASURE_LOST, row->lost_points);
		*cell++ = share(n, row);
		if (agencies)
			*cell = agency(n, row);
	}
}

/* Codes are a tree by their points: 2 holds 2 and 2.1, not 20; the root holds all. */
static bool holds(struct text code, struct text item)
{
	return span_is(code, STRUCTURE_ROOT) ||
	       (code.n && code.n <= item.n && memcmp(code.at, item.at, code.n) == 0 &&
		(code.n == item.n || item.at[code.n] == '.'));
}

/* Does a marked row name the agency, for a duty that holds it? */
static bool is_used(const struct agency *g, const struct result *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct text rest = r->row[i].agency, one;

		if (!is_marked(&r->row[i]) || !holds(g->code, r->row[i].item))
			continue;
		while (rest.n && span_split(&rest, ';', &one))
			if (span_equal(span_trim(one), g->name[LANG_VI]))
				return true;
	}
	return false;
}

/* The documents that agencies of the "*" come from. */
static struct text documents(const struct narrative *n, const struct result *r,
			     struct text province)
{
	const struct agencies *a = &n->survey->agencies;
	struct text all = {"", 0};

	for (size_t i = 0; i < a->n; i++) {
		const struct agency *g = &a->at[i];
		struct text rest = all, one, document = g->document[n->phrases->lang];
		bool known = !g->lead || (g->province.n && !span_equal(g->province, province)) ||
			     !is_used(g, r);

		while (rest.n && span_split(&rest, ';', &one))
			known |= span_equal(span_trim(one), document);
		if (!known)
			all = arena_format(n->phrases->arena, "%.*s%s%.*s", SPAN_ARG(all),
					   all.n ? "; " : "", SPAN_ARG(document));
	}
	return all;
}

struct text table_gaps_note(const struct narrative *n, const struct result *r, struct text province,
			    bool by_agency)
{
	for (size_t i = 0; i < r->n; i++)
		if (is_marked(&r->row[i]))
			return PHRASE_FILL(n->phrases,
					   by_agency ? "note.gaps.agencies.bare"
						     : "note.gaps.agencies",
					   {"documents", documents(n, r, province)});
	return (struct text){"", 0};
}

void table_gaps_domains(const struct narrative *n, const struct result *r, struct sheet *out)
{
	bool scores = ANY(r, self_score) || ANY(r, appraised_score) || ANY(r, survey_score);
	bool ranks = ANY(r, potential_low);

	*out = (struct sheet){.arena = n->phrases->arena};
	head(n, out, "head.code", false);
	head(n, out, "head.field", false);
	head(n, out, "head.points.max", true);
	if (scores)
		heads(n, out,
		      (const char *const[]){"head.points.self", "head.points.appraised",
					    "head.points.survey"},
		      3);
	heads(n, out,
	      (const char *const[]){"head.points.total", "head.index.part", "head.points.lost",
				    "head.loss.share"},
	      4);
	if (ranks)
		head(n, out, "head.rank.potential", true);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		*cell++ = row->item_depth ? row->item : span_of("");
		*cell++ = name(n, row);
		*cell++ = points(n, row, MEASURE_MAXIMUM, row->max_points);
		if (scores) {
			*cell++ = points(n, row, MEASURE_SELF, row->self_score);
			*cell++ = points(n, row, MEASURE_RESULT, row->appraised_score);
			*cell++ = points(n, row, MEASURE_RESULT, row->survey_score);
		}
		*cell++ = points(n, row, MEASURE_RESULT, row->final_points);
		*cell++ = points(n, row, MEASURE_SHARE, 100 * row->final_points / row->max_points);
		*cell++ = points(n, row, MEASURE_LOST, row->lost_points);
		*cell++ = share(n, row);
		if (ranks)
			*cell = rank(n, row);
	}
}

void table_gaps_agencies(const struct narrative *n, const struct result *r, struct sheet *out)
{
	bool ranks = ANY(r, potential_low);

	*out = (struct sheet){.arena = n->phrases->arena};
	head(n, out, "head.agency.lead", false);
	heads(n, out,
	      (const char *const[]){"head.criteria", "head.points.max", "head.points.total",
				    "head.points.lost", "head.loss.share", "head.loss.running"},
	      6);
	if (ranks)
		head(n, out, "head.rank.potential", true);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		*cell++ = agency(n, row);
		*cell++ = narrative_mark(
			narrative_of(n, row, MEASURE_COUNT), row->criteria,
			number_shown(n->phrases->arena, row->criteria, 0, n->phrases->lang));
		*cell++ = points(n, row, MEASURE_MAXIMUM, row->max_points);
		*cell++ = points(n, row, MEASURE_RESULT, row->final_points);
		*cell++ = points(n, row, MEASURE_LOST, row->lost_points);
		*cell++ = share(n, row);
		*cell++ = running_share(n, row, row->cumulative_share);
		if (ranks)
			*cell = rank(n, row);
	}
}

void table_gaps_targets(const struct narrative *n, const struct result *r, struct sheet *out)
{
	*out = (struct sheet){.arena = n->phrases->arena};
	head(n, out, "head.code", false);
	head(n, out, "head.criterion", false);
	heads(n, out,
	      (const char *const[]){"head.points.max", "head.points.total", "head.target",
				    "head.target.gap"},
	      4);
	head(n, out, "head.deadline", false);
	head(n, out, "head.agency.lead", false);
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		struct text *cell = sheet_row(out);

		*cell++ = row->item_depth ? row->item : span_of("");
		*cell++ = name(n, row);
		*cell++ = points(n, row, MEASURE_MAXIMUM, row->max_points);
		*cell++ = points(n, row, MEASURE_RESULT, row->final_points);
		*cell++ = points(n, row, MEASURE_TARGET, row->target);
		*cell++ = isnan(row->to_target)
				  ? span_of("–")
				  : narrative_signed(narrative_of(n, row, MEASURE_GAP), row->year,
						     row->to_target);
		*cell++ = row->deadline.n ? row->deadline : span_of("–");
		*cell = row->target_agency.n          ? row->target_agency_name[n->phrases->lang]
			: row->agency_name[LANG_VI].n ? agency(n, row)
						      : span_of("–");
	}
}

/* ---- sentences ----------------------------------------------------------------------------- */

struct sentences {
	struct arena *arena;
	struct text *at;
	size_t n;
};

static void add(struct sentences *s, struct text sentence)
{
	s->at = arena_grow(s->arena, s->at, s->n, sizeof *s->at);
	s->at[s->n++] = sentence;
}

static struct text count(const struct narrative *n, size_t k)
{
	return narrative_count(narrative_of(n, n->measured.row, MEASURE_COUNT), (double)k);
}

static void say_loss(const struct narrative *n, const struct result *r,
		     const struct result_row *total, struct sentences *s)
{
	size_t lost = 0;

	for (size_t i = 0; i < r->n; i++)
		lost += r->row[i].lost_points > 0 ? 1 : 0;
	if (!isnan(total->lost_points))
		add(s, PHRASE_FILL(n->phrases, "gaps.loss",
				   {"year", arena_format(s->arena, "%ld", total->year)},
				   {"province", total->province_name},
				   {"final", points(n, total, MEASURE_RESULT, total->final_points)},
				   {"max", points(n, total, MEASURE_MAXIMUM, total->max_points)},
				   {"lost", points(n, total, MEASURE_LOST, total->lost_points)},
				   {"count", count(n, lost)}, {"all", count(n, r->n)}));
}

static void say_missing(const struct narrative *n, const struct result *r,
			const struct result_row *total, struct sentences *s)
{
	struct text codes = {"", 0};
	double max = 0;
	size_t k = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (!isnan(r->row[i].lost_points))
			continue;
		codes = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(codes), k ? ", " : "",
				     SPAN_ARG(r->row[i].item));
		max += r->row[i].max_points;
		k++;
	}
	if (k)
		add(s, PHRASE_FILL(n->phrases, "gaps.missing", {"count", count(n, k)},
				   {"all", count(n, r->n)}, {"codes", codes},
				   {"points", points(n, total, MEASURE_MAXIMUM, max)},
				   {"max", points(n, total, MEASURE_MAXIMUM, total->max_points)}));
}

static void say_pareto(const struct narrative *n, const struct result *r, struct sentences *s)
{
	size_t k = 0;

	while (k < r->n && r->row[k].cumulative_share < MOST_OF_THE_LOSS)
		k++;
	if (k < r->n && !isnan(r->row[k].cumulative_share))
		add(s, PHRASE_FILL(n->phrases, k ? "gaps.pareto" : "gaps.pareto.one",
				   {"count", count(n, k + 1)},
				   {"share",
				    running_share(n, &r->row[k], r->row[k].cumulative_share)}));
}

static void say_appraisal(const struct narrative *n, const struct result *r,
			  const struct result_row *total, struct sentences *s)
{
	double gap = total->appraisal_gap;
	size_t down = 0, up = 0;

	for (size_t i = 0; i < r->n; i++) {
		down += r->row[i].appraisal_gap < 0 ? 1 : 0;
		up += r->row[i].appraisal_gap > 0 ? 1 : 0;
	}
	if (!isnan(gap))
		add(s, PHRASE_FILL(n->phrases,
				   gap < 0   ? "gaps.appraisal.below"
				   : gap > 0 ? "gaps.appraisal.above"
					     : "gaps.appraisal.same",
				   {"gap", points(n, total, MEASURE_GAP, fabs(gap))},
				   {"down", count(n, down)}, {"up", count(n, up)}));
}

struct text table_gaps_rank(const struct narrative *n, const struct result_row *total)
{
	struct arena *a = n->phrases->arena;
	const struct narrative *after = narrative_of(n, total, MEASURE_RANK_AFTER);
	const char *key = !isnan(total->potential_rank)  ? "gaps.rank"
			  : !isnan(total->potential_low) ? "gaps.rank.range"
							 : "gaps.rank.none";

	if (isnan(total->lost_points))
		return (struct text){"", 0};
	return PHRASE_FILL(n->phrases, key, {"province", total->province_name},
			   {"lost", points(n, total, MEASURE_LOST, total->lost_points)},
			   {"year", arena_format(a, "%ld", total->year)}, {"rank", rank(n, total)},
			   {"low", narrative_count(after, total->potential_low)},
			   {"high", narrative_count(after, total->potential_high)},
			   {"reason", total->reason[n->phrases->lang]});
}

struct text *table_gaps_sentences(const struct narrative *n, const struct result *r,
				  const struct result_row *total, size_t *out)
{
	struct sentences s = {.arena = n->phrases->arena};

	n = narrative_of(n, total, MEASURE_COUNT); /* whose criteria are counted */
	say_loss(n, r, total, &s);
	say_missing(n, r, total, &s);
	say_pareto(n, r, &s);
	say_appraisal(n, r, total, &s);
	*out = s.n;
	return s.at;
}
