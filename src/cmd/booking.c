#include "cmd/booking.h"

#include "cmd/change_years.h"
#include "cmd/explored.h"
#include "cmd/losses.h"
#include "cmd/sets.h"
#include "cmd/survey_parts.h"
#include "survey/catalog.h"

#include <string.h>

/* ---- the surveys --------------------------------------------------------------------------- */

/* What the years share with those before them. */
static void pair_years(struct session *s, struct loaded *l)
{
	for (size_t i = 1; i < l->survey.n_waves; i++)
		changes_pair(s, l, l->survey.wave[i - 1].year, l->survey.wave[i].year,
			     OVERLAP_BERGER_PRIAM);
}

/* The narrative points into the loaded survey: after a move it must be told so. */
static void settle(struct session *s, struct loaded *l)
{
	l->narrative.phrases = &s->phrases;
	l->narrative.survey = &l->survey;
}

static bool is_part(const struct booking *b, struct text id)
{
	for (size_t i = 0; i < b->n; i++)
		if (span_equal(b->part[i].survey.id, id))
			return true;
	return false;
}

static bool read_parts(struct session *s, struct booking *b, struct diag *why)
{
	b->part = arena_new(s->arena, s->options.words, sizeof *b->part);
	for (size_t i = 0; i < s->options.words; i++) {
		struct loaded *l = &b->part[i];

		if (!load_survey(s, s->options.word[i], l, why))
			return false;
		if (is_part(b, l->survey.id))
			return diag_fail(why, DIAG_USAGE, "the survey %.*s is named twice",
					 SPAN_ARG(l->survey.id));
		b->n++;
	}
	for (size_t i = 0; i < b->n; i++)
		settle(s, &b->part[i]);
	return true;
}

/* --year, which one of the surveys must have. */
static bool read_year(struct session *s, struct booking *b, struct diag *why)
{
	const struct loaded *asked = b->part;
	const char *value = s->options.value[OPT_YEAR];
	long year;

	for (size_t i = 0; value && i < b->n; i++)
		if (number_whole(span_of(value), 1900, 2999, &year) &&
		    survey_wave(&b->part[i].survey, year)) {
			asked = &b->part[i];
			break;
		}
	return load_year(s, asked, OPT_YEAR, survey_last_year(&b->part->survey), &b->year, why);
}

/* The totals of all provinces against the year before, with the sets of their changes of rank,
 * which are drawn once for all. */
static void find_moved(struct session *s, struct loaded *l, long year, struct result *out)
{
	const struct wave *wave = survey_wave(&l->survey, year);
	struct result one;
	const struct result_row *row;
	size_t n;

	if (!wave->answers || wave == l->survey.wave)
		return;
	row = result_group(&l->all, year, span_of(STRUCTURE_ROOT), &n);
	for (size_t i = 0; i < n; i++) {
		change_province(s->arena, &l->survey, &l->all, row[i].province, wave[-1].year, year,
				&one);
		if (one.n)
			result_add(s->arena, out, &one.row[0]);
	}
	changes_ranks(s, l, out);
}

static bool add_errors(struct session *s, struct booking *b, struct diag *why)
{
	b->moved = arena_new(s->arena, b->n, sizeof *b->moved);
	b->shares = arena_new(s->arena, b->n, sizeof *b->shares);
	for (size_t i = 0; i < b->n; i++) {
		struct loaded *l = &b->part[i];

		if (!sets_add(s, l, 0, STRUCTURE_ROOT, why))
			return false;
		if (!survey_wave(&l->survey, b->year))
			continue;
		if (!sets_add(s, l, b->year, "all", why))
			return false;
		pair_years(s, l);
		find_moved(s, l, b->year, &b->moved[i]);
		if (survey_wave(&l->survey, b->year)->answers &&
		    !survey_shares(s, l, b->year, &b->shares[i], why))
			return false;
	}
	return true;
}

/* Its results for the overview; answers are worked out only where the overview shows them. */
static bool load_other(struct session *s, struct text name, long year, struct loaded *l,
		       struct diag *why)
{
	const struct wave *wave;

	if (!load_read(s, name.at, l, why))
		return false;
	wave = survey_wave(&l->survey, year);
	if (!wave || wave->simulated || l->survey.provinces.own)
		return true;
	if (!wave->answers) {
		load_published(s, l, &l->all);
		return true;
	}
	if (!load_survey(s, name.at, l, why))
		return false;
	pair_years(s, l);
	return true;
}

static bool is_simulated(const struct survey *s, long year)
{
	for (size_t i = 0; i < s->n_waves && s->wave[i].year <= year; i++)
		if (s->wave[i].simulated)
			return true;
	return false;
}

/* Does the overview show the shipped surveys beside those asked for? Simulated data never stand
 * beside real ones unasked, nor units of one survey beside those of another. */
static bool wants_others(const struct booking *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (is_simulated(&b->part[i].survey, b->year) || b->part[i].survey.provinces.own)
			return false;
	return true;
}

static bool is_named(const struct booking *b, struct text name)
{
	for (size_t i = 0; i < b->n; i++)
		if (span_equal(b->part[i].survey.name, name))
			return true;
	return false;
}

static bool load_others(struct session *s, struct booking *b, struct diag *why)
{
	struct text *names;
	size_t n;

	if (!wants_others(b))
		return true;
	if (!catalog_surveys(s->arena, s->share, &names, &n, why))
		return false;
	b->others = arena_new(s->arena, n, sizeof *b->others);
	for (size_t i = 0; i < n; i++) {
		struct loaded *l = &b->others[b->n_others];
		const struct wave *wave;

		if (is_part(b, names[i]))
			continue;
		if (!load_other(s, names[i], b->year, l, why))
			return false;
		wave = survey_wave(&l->survey, b->year);
		if (!wave || wave->simulated || l->survey.provinces.own ||
		    is_named(b, l->survey.name))
			continue;
		b->n_others++;
	}
	return true;
}

bool booking_open(struct session *s, struct text maker, struct booking *out, struct diag *why)
{
	*out = (struct booking){.maker = maker};
	return read_parts(s, out, why) && read_year(s, out, why) && add_errors(s, out, why) &&
	       load_others(s, out, why);
}

/* ---- a province ---------------------------------------------------------------------------- */

/* The province's changes; of the total also the set of its change of rank. */
static void find_changes(struct session *s, const struct loaded *l, const struct result *moved,
			 const struct report_order *o, struct result *out)
{
	const struct result_row *total =
		result_find(moved, o->year, span_of(STRUCTURE_ROOT), o->self->code);

	change_province(s->arena, &l->survey, &l->all, o->self->code, o->from, o->year, out);
	if (out->n && total) {
		out->row[0].rank_change_low = total->rank_change_low;
		out->row[0].rank_change_high = total->rank_change_high;
	}
}

/* The province's lost points; none of a year of answers. */
static bool find_lost(struct session *s, const struct loaded *l, struct report_order *o,
		      struct diag *why)
{
	struct losses *x = arena_new(s->arena, 1, sizeof *x);
	struct report_lost *lost = arena_new(s->arena, 1, sizeof *lost);
	bool found;

	if (o->answers)
		return !s->options.value[OPT_CRITERIA] || s->options.words > 1 ||
		       diag_fail(why, DIAG_USAGE,
				 "--criteria has points; %.*s of %ld is made of answers",
				 SPAN_ARG(l->survey.name), o->year);
	if (!losses_find(s, l, o->self, o->year, x, &found, why))
		return false;
	if (!found)
		return true;
	*lost = (struct report_lost){.rows = &x->rows,
				     .domains = &x->domains,
				     .agencies = &x->agencies,
				     .targets = losses_targets(s, x),
				     .total = x->total,
				     .split = x->order.split};
	o->lost = lost;
	return true;
}

static bool find_answers(struct session *s, const struct loaded *l, const struct result *shares,
			 struct report_order *o, struct diag *why)
{
	struct report_answers *answers;

	if (!survey_wave(&l->survey, o->year)->answers)
		return true;
	answers = arena_new(s->arena, 1, sizeof *answers);
	o->answers = answers;
	return survey_parts(s, l, o->year, o->self, shares, answers, why);
}

/* What the report says of one survey. */
static bool make_part(struct session *s, const struct booking *b, size_t which, struct text word,
		      struct report_order *o, struct diag *why)
{
	struct loaded *l = arena_new(s->arena, 1, sizeof *l);
	const struct wave *wave = survey_wave(&b->part[which].survey, b->year);
	struct result *changes = arena_new(s->arena, 1, sizeof *changes);
	struct peers *peers = arena_new(s->arena, 1, sizeof *peers);

	*l = b->part[which];
	settle(s, l);
	*o = (struct report_order){.narrative = l->narrative,
				   .all = &l->all,
				   .changes = changes,
				   .peers = peers,
				   .year = b->year,
				   .missing = true};
	if (!province_find(s->arena, &l->survey.provinces, word, b->year, &o->self, why))
		return false;
	if (!wave || !result_find(&l->all, b->year, span_of(STRUCTURE_ROOT), o->self->code))
		return true;
	o->from = wave > l->survey.wave ? wave[-1].year : 0;
	if (!find_answers(s, l, &b->shares[which], o, why))
		return false;
	find_changes(s, l, &b->moved[which], o, changes);
	o->missing = changes->n == 0;
	return o->missing ||
	       (find_lost(s, l, o, why) && load_peers(s, l, b->year, o->self, peers, why));
}

static bool any_there(const struct report_order *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!o[i].missing)
			return true;
	return false;
}

bool booking_make(struct session *s, const struct booking *b, struct text word,
		  struct report_book *out, const struct province **self, struct diag *why)
{
	struct report_order *part = arena_new(s->arena, b->n, sizeof *part);
	struct report_index *others = arena_new(s->arena, b->n_others, sizeof *others);

	for (size_t i = 0; i < b->n; i++)
		if (!make_part(s, b, i, word, &part[i], why))
			return false;
	for (size_t i = 0; i < b->n_others; i++) {
		struct loaded *l = arena_new(s->arena, 1, sizeof *l);

		*l = b->others[i];
		settle(s, l);
		others[i] = (struct report_index){l->narrative, &l->all};
	}
	*self = part->self;
	*out = (struct report_book){.part = part,
				    .n = b->n,
				    .others = others,
				    .n_others = b->n_others,
				    .maker = b->maker};
	return any_there(part, b->n) ||
	       diag_fail(why, DIAG_DATA, "%.*s of %ld lists nothing for %.*s",
			 SPAN_ARG(b->part->survey.name), b->year, SPAN_ARG(part->self->name));
}

/* ---- the page ------------------------------------------------------------------------------ */

bool booking_explorer(struct session *s, const struct booking *b, struct text *out,
		      struct diag *why)
{
	struct page_survey *list = arena_new(s->arena, b->n, sizeof *list);
	const char *peers = s->options.value[OPT_PEERS];
	struct page_order o = {.survey = list,
			       .n = b->n,
			       .share = s->share,
			       .lang = s->lang,
			       .year = b->year,
			       .maker = b->maker};

	if (peers && strncmp(peers, "nearest:", 8) == 0) /* others are of one province */
		o.peers = span_of(peers);
	for (size_t i = 0; i < b->n; i++)
		explored_survey(s, &b->part[i], &list[i]);
	return page_fragment(s->arena, &o, out, why);
}
