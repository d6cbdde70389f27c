#include "survey/tally_load.h"

#include "base/text.h"
#include "survey/meaning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool tally_holds(enum variable_kind kind, enum tally_sum sum)
{
	switch (sum) {
	case TALLY_N:
	case TALLY_W:
	case TALLY_WW: return true;
	case TALLY_ONES: return kind == VARIABLE_SHARE || kind == VARIABLE_UNANSWERED;
	case TALLY_WY: return kind != VARIABLE_LEVELS;
	case TALLY_WYY: return kind == VARIABLE_NUMBER || kind == VARIABLE_PAIR;
	case TALLY_WX:
	case TALLY_WXX:
	case TALLY_WXY: return kind == VARIABLE_PAIR;
	case TALLY__COUNT: break;
	}
	return false;
}

struct total *tally_total(struct part_sums *s, enum tally_sum sum)
{
	switch (sum) {
	case TALLY_WW: return &s->ww;
	case TALLY_WY: return &s->wy;
	case TALLY_WYY: return &s->wyy;
	case TALLY_WX: return &s->wx;
	case TALLY_WXX: return &s->wxx;
	case TALLY_WXY: return &s->wxy;
	case TALLY_N:
	case TALLY_W:
	case TALLY_ONES:
	case TALLY__COUNT: break;
	}
	return &s->w;
}

void tally_load_plan(struct arena *a, const struct tally_head *h, const size_t *want, size_t n,
		     struct plan *out)
{
	*out = h->plan;
	out->n_variables = n;
	out->variable = arena_new(a, n, sizeof *out->variable);
	out->factor = arena_new(a, out->n_factors, sizeof *out->factor);
	for (size_t i = 0; i < n; i++) {
		out->variable[i] = h->plan.variable[want[i]];
		out->variable[i].levels = NULL;
		out->variable[i].met = NULL;
		out->variable[i].spellings = (struct spellings){0};
	}
	for (size_t i = 0; i < out->n_factors; i++)
		out->factor[i] = (struct factor){.column = h->plan.factor[i].column,
						 .question = h->plan.factor[i].question};
}

void tally_load_start(struct arena *a, struct plan *p, const size_t *want, struct answers *answers,
		      struct tally *t, struct tally_load *out)
{
	answers_start(a, p, answers);
	tally_start(a, p, answers, t);
	*out = (struct tally_load){.arena = a,
				   .plan = p,
				   .answers = answers,
				   .tally = t,
				   .want = want,
				   .met_known = true,
				   .threads = 1,
				   .most = arena_new(a, p->n_variables, sizeof *out->most),
				   .placed = arena_new(a, p->n_variables, sizeof *out->placed),
				   .holds = arena_new(a, p->n_variables, sizeof *out->holds),
				   .level = arena_new(a, p->n_variables, sizeof *out->level)};
}

static bool map_levels(struct tally_load *l, size_t v, struct diag *why)
{
	struct variable *to = &l->plan->variable[v];
	const struct dict *from = l->head->plan.variable[l->want[v]].levels;

	l->level[v] = arena_new(l->arena, from->n, sizeof **l->level);
	for (size_t i = 0; i < from->n; i++) {
		double level = meaning_level(to->question, to->levels, from->entry[i].name);

		if (!isfinite(level))
			return diag_at(why, l->head->at, DIAG_DATA,
				       "\"%.*s\" is no answer to \"%.*s\" in the codebook",
				       SPAN_ARG(from->entry[i].name), SPAN_ARG(to->column));
		l->level[v][i] = (size_t)level;
	}
	return true;
}

/* What reading the answers met is told as if they were read here. */
static void take_found(struct tally_load *l, size_t v)
{
	struct variable *to = &l->plan->variable[v];
	const struct variable *from = &l->head->plan.variable[l->want[v]];
	const struct dict *words = from->spellings.seen;

	for (size_t i = 0; from->met && i < from->n_counting; i++)
		to->met[i] = to->met[i] || from->met[i];
	for (size_t i = 0; words && i < words->n; i++) {
		size_t n = to->spellings.seen->n;
		bool fresh;

		dict_add(to->spellings.seen, 0, words->entry[i].name, &fresh);
		if (fresh)
			to->spellings.value = arena_grow(l->arena, to->spellings.value, n,
							 sizeof *to->spellings.value);
	}
}

bool tally_load_open(struct tally_load *l, const struct tally_head *h, struct diag *why)
{
	l->head = h;
	l->met_known = l->met_known && h->met_known;
	for (size_t v = 0; v < l->plan->n_variables; v++) {
		l->placed[v] = false;
		if (l->plan->variable[v].kind == VARIABLE_LEVELS && !map_levels(l, v, why))
			return false;
		take_found(l, v);
	}
	return true;
}

bool tally_load_level(const struct tally_load *l, size_t factor, struct text cell, struct place at,
		      size_t *level, struct diag *why)
{
	struct factor *f = &l->plan->factor[factor];
	size_t before = f->levels->n;
	double value;

	*level = NO_LEVEL;
	if (cell.n == 0 || (!l->plan->codebook && (span_is(cell, "NA") || span_is(cell, "."))))
		return true;
	value = meaning_level(f->question, f->levels, text_nfc(l->arena, cell));
	if (isinf(value))
		return diag_at(why, at, DIAG_DATA,
			       "\"%.*s\" is no answer to \"%.*s\" in the codebook", SPAN_ARG(cell),
			       SPAN_ARG(f->column));
	if (f->levels->n > before) {
		f->at = arena_grow(l->arena, f->at, before, sizeof *f->at);
		f->at[before] = at;
	}
	if (!isnan(value))
		*level = (size_t)value;
	return true;
}

static double real(bool exact, struct total t)
{
	return exact ? decimal_double(t.exact) : t.inexact;
}

/* real(...) > 0 */
static bool positive(bool exact, struct total t)
{
	return exact ? t.exact.value > 0 : t.inexact > 0;
}

/* Sums of doubles may differ in their last digits. */
static bool above(double part, double whole)
{
	return part > whole + 1e-9 * whole;
}

bool tally_load_part(struct tally_load *l, const struct tally_part *p, struct place at,
		     size_t *part, struct diag *why)
{
	bool counted_elsewhere = l->partial && p->rows == 0;

	if (!l->trusted && !counted_elsewhere &&
	    (p->rows == 0 || !positive(p->exact, p->w) || !positive(p->exact, p->ww)))
		return diag_at(why, at, DIAG_DATA, "a part of the tally without rows or weights");
	if (p->exact &&
	    (p->w.exact.places > SUMS_MOST_PLACES || p->ww.exact.places > 2 * SUMS_MOST_PLACES))
		tally_loosen(l->tally);
	*part = tally_add_part(l->tally, p);
	return true;
}

/* Cauchy and Schwarz: no sum of products is larger than those of the squares allow. */
static bool squares_fit(const struct part_sums *s, double w, double wy)
{
	double wyy = real(s->exact, s->wyy), wx = real(s->exact, s->wx);
	double wxx = real(s->exact, s->wxx), wxy = real(s->exact, s->wxy);

	return wyy >= 0 && wxx >= 0 && !above(wy * wy, w * wyy) && !above(wx * wx, w * wxx) &&
	       !above(wxy * wxy, wxx * wyy);
}

/* What cannot be of any answers; NULL when all is well. */
static const char *impossible(const struct tally_part *p, enum variable_kind kind,
			      const struct part_sums *s)
{
	double w = real(s->exact, s->w), wy = real(s->exact, s->wy);

	if (p->rows && s->n > p->rows)
		return N_("more answers than rows");
	if (s->ones > s->n)
		return N_("more answers that count than answers");
	if ((s->n > 0) != (w > 0) || (s->n > 0) != (real(s->exact, s->ww) > 0))
		return N_("answers without weight, or weight without answers");
	if (p->rows && above(w, real(p->exact, p->w)))
		return N_("more weight than the rows have");
	if (tally_holds(kind, TALLY_ONES) && ((s->ones > 0) != (wy > 0) || above(wy, w)))
		return N_("weights of what counts that cannot be");
	return kind <= VARIABLE_PAIR && !squares_fit(s, w, wy)
		       ? N_("sums of squares that cannot be")
		       : NULL;
}

static const char *impossible_levels(const struct part_sums *s, size_t levels,
				     const uint64_t *level_n, const struct total *level_w)
{
	uint64_t n = 0;
	double w = 0, all = real(s->exact, s->w);

	for (size_t i = 0; i < levels; i++) {
		double one = real(s->exact, level_w[i]);

		if (level_n[i] > s->n || (level_n[i] > 0) != (one > 0))
			return N_("a level with weights that cannot be");
		n += level_n[i];
		w += one;
	}
	return n != s->n || above(w, all) || above(all, w)
		       ? N_("levels that do not add up to the answers")
		       : NULL;
}

static void add_levels(struct tally_load *l, size_t part, size_t v, const struct part_sums *s,
		       const uint64_t *level_n, const struct total *level_w)
{
	const struct dict *levels = l->head->plan.variable[l->want[v]].levels;
	struct part_sums one = {.exact = s->exact, .n = s->n, .w = s->w, .ww = s->ww};

	for (size_t i = 0; i < levels->n; i++) {
		if (level_n[i] == 0 && real(s->exact, level_w[i]) == 0 && (i || s->n == 0))
			continue;
		one.ones = level_n[i];
		one.wy = one.wyy = level_w[i];
		tally_add_sums(l->tally, part, v, l->level[v][i], &one);
		one = (struct part_sums){.exact = s->exact}; /* answers of all levels, once */
	}
}

#define MOST_SUM 1e36 /* scaled: some bits below 128 */

static int larger(int a, int b)
{
	return a > b ? a : b;
}

/* Do the sums of all parts so far fit, with as many places as these may bring? No part's numbers
 * are larger in the mean of their squares than `most`. */
static bool numbers_fit(struct tally_load *l, size_t v, const struct part_sums *s)
{
	const struct sums *all = &l->tally->sums;
	int w = larger(larger(all->places, s->w.exact.places),
		       larger(s->wy.exact.places, s->wx.exact.places));
	int y = larger(larger(all->y_places[v], all->x_places[v]),
		       larger(l->head->y_places[l->want[v]], l->head->x_places[l->want[v]]));
	double weight = all->weight / (double)decimal_power(all->places);
	double n = real(true, s->w);

	if (n > 0)
		l->most[v] = fmax(l->most[v], fmax(real(true, s->wyy), real(true, s->wxx)) / n);
	y = larger(y, (larger(s->wyy.exact.places, s->wxx.exact.places) + 1) / 2);
	y = larger(y, larger(s->wy.exact.places, s->wx.exact.places));
	w = larger(w, (s->ww.exact.places + 1) / 2);
	return weight * fmax(1, l->most[v]) * pow(10, w + 2 * y) < MOST_SUM;
}

static bool fit(struct tally_load *l, size_t v, const struct part_sums *s,
		const struct total *level_w)
{
	const struct dict *levels = l->head->plan.variable[l->want[v]].levels;
	enum variable_kind kind = l->plan->variable[v].kind;
	bool few =
		s->w.exact.places <= SUMS_MOST_PLACES && s->ww.exact.places <= 2 * SUMS_MOST_PLACES;

	if (kind <= VARIABLE_PAIR)
		return few && numbers_fit(l, v, s);
	for (size_t i = 0; kind == VARIABLE_LEVELS && i < levels->n; i++)
		few = few && level_w[i].exact.places <= SUMS_MOST_PLACES;
	return few && s->wy.exact.places <= SUMS_MOST_PLACES;
}

/* Room for as many digits as the numbers had when they were read: the shift that moments are about
 * is rounded to them, and so would their last digits be. */
static void place(struct tally_load *l, size_t part, size_t v)
{
	int y = l->head->y_places[l->want[v]], x = l->head->x_places[l->want[v]];
	struct part_sums nothing = {.exact = true};

	l->placed[v] = true;
	if (!l->tally->sums.exact || (y == 0 && x == 0))
		return;
	nothing.wy.exact.places = l->tally->sums.places + y;
	nothing.wx.exact.places = l->tally->sums.places + x;
	tally_add_sums(l->tally, part, v, 0, &nothing);
}

bool tally_load_sums(struct tally_load *l, size_t part, const struct tally_part *p, size_t variable,
		     const struct part_sums *s, const uint64_t *level_n,
		     const struct total *level_w, struct place at, struct diag *why)
{
	const struct variable *v = &l->plan->variable[variable];
	const char *what;

	if (!p->selected)
		return true;
	what = l->trusted ? NULL : impossible(p, v->kind, s);
	if (!what && !l->trusted && v->kind == VARIABLE_LEVELS)
		what = impossible_levels(s, l->head->plan.variable[l->want[variable]].levels->n,
					 level_n, level_w);
	if (what)
		return diag_at(why, at, DIAG_DATA, "column \"%.*s\" of the answers: %s",
			       SPAN_ARG(v->column), diag_word(why, what));
	l->ones = l->ones || s->ones;
	if (s->exact && l->tally->sums.exact && !fit(l, variable, s, level_w))
		tally_loosen(l->tally);
	if (!l->placed[variable] && s->exact)
		place(l, part, variable);
	if ((s->n || l->trusted) && v->kind == VARIABLE_LEVELS)
		add_levels(l, part, variable, s, level_n, level_w);
	else if (s->n || l->trusted)
		tally_add_sums(l->tally, part, variable, 0, s);
	return true;
}

/* Adds to the records without going through decimals. By how much numbers are multiplied. */
struct scales {
	uint64_t weight, w, wy;
	int128 ww;
	uint64_t most_w,
		most_wy; /* of what is multiplied: more than these is more than any weight */
};

/* What is told of numbers that are not possible. */
static const char *impossible_share(const struct tally_shares *x, size_t i)
{
	return x->n[i] < 0 || x->n[i] > x->rows[i] || x->ones[i] < 0 || x->ones[i] > x->n[i]
		       ? N_("counts that cannot be")
		       : N_("weights that cannot be");
}

/* What is below 0 is large here. */
static bool possible_share(const struct tally_shares *x, size_t i, const struct scales *by)
{
	uint64_t n = (uint64_t)x->n[i], ones = (uint64_t)x->ones[i], all = (uint64_t)x->weight[i];
	uint64_t w = (uint64_t)x->w[i], wy = (uint64_t)x->wy[i];
	bool counts = (n <= (uint64_t)x->rows[i]) & (ones <= n);
	bool sizes = (x->weight[i] >= 0) & (w <= by->most_w) & (wy <= by->most_wy) &
		     (w * by->w <= all * by->weight) & (wy * by->wy <= w * by->w) & (x->ww[i] >= 0);

	return counts & sizes & ((n > 0) == (w > 0)) & ((w > 0) == (x->ww[i] > 0)) &
	       ((ones > 0) == (wy > 0));
}

/* The first that cannot be, or the number of all. */
static size_t first_impossible(const struct tally_load *l, const struct tally_shares *x,
			       const struct scales *by)
{
	size_t i = 0;

	while (i < x->parts && (l->trusted || !x->selected[i] || possible_share(x, i, by)))
		i++;
	return i;
}

static void add_share(const struct tally *t, size_t variable, const struct tally_shares *x,
		      const struct scales *by, size_t i)
{
	const struct tally_place *to = &t->part[x->part[i]];
	uint64_t words[] = {(uint64_t)x->n[i], (uint64_t)x->ones[i], (uint64_t)x->w[i] * by->w,
			    (uint64_t)x->wy[i] * by->wy};

	sums_put_share(&t->sums, to->sums, t->group[to->group].sums, variable, words,
		       (uint128)(x->ww[i] * by->ww));
}

#define MOST_WEIGHT ((uint64_t)1 << 62)

/* Places and size of the sums of one part, the first: those of the others fit where they do. */
static bool shares_fit(const struct sums *s, const struct tally_shares *x, struct scales *by)
{
	int64_t most = 0;

	if (!s->exact || s->places < x->w_places || s->places < x->wy_places ||
	    s->places < x->weight_places || 2 * s->places < x->ww_places || s->places > 15)
		return false;
	for (size_t i = 0; i < x->parts; i++)
		most = x->weight[i] > most ? x->weight[i] : most;
	*by = (struct scales){.weight = (uint64_t)decimal_power(s->places - x->weight_places),
			      .w = (uint64_t)decimal_power(s->places - x->w_places),
			      .wy = (uint64_t)decimal_power(s->places - x->wy_places),
			      .ww = decimal_power(2 * s->places - x->ww_places)};
	by->most_w = MOST_WEIGHT / by->w;
	by->most_wy = MOST_WEIGHT / by->wy;
	return (uint64_t)most <= (MOST_WEIGHT - 1) / by->weight;
}

bool tally_load_shares(struct tally_load *l, size_t variable, const struct tally_shares *x,
		       struct place at, size_t *from, struct diag *why)
{
	struct scales by;

	*from = 0;
	if (!shares_fit(&l->tally->sums, x, &by))
		return true;
	*from = first_impossible(l, x, &by);
	if (*from < x->parts)
		return diag_at(why, at, DIAG_DATA, "column \"%.*s\" of the answers: %s",
			       SPAN_ARG(l->plan->variable[variable].column),
			       diag_word(why, impossible_share(x, *from)));
	for (size_t i = 0; i < x->parts; i++)
		if (x->selected[i]) {
			add_share(l->tally, variable, x, &by, i);
			l->ones |= x->ones[i] != 0;
		}
	return true;
}

/* A file that does not say which levels occurred: some did, when anybody counts. */
static void guess_met(struct tally_load *l)
{
	for (size_t v = 0; v < l->plan->n_variables; v++)
		for (size_t i = 0; i < l->plan->variable[v].n_counting; i++)
			if (l->plan->variable[v].met)
				l->plan->variable[v].met[i] = l->ones;
}

/* Rows are in one result of each run of the statements, and each variable too. */
static bool all_there(const struct tally_load *l, struct diag *why)
{
	for (size_t v = 0; v < l->plan->n_variables && l->partial; v++)
		if (l->holds[v] != l->whole) {
			diag_fail(why, DIAG_DATA,
				  "the tally is of several statements: %zu results have rows, %zu "
				  "have column \"%.*s\" of the answers",
				  l->whole, l->holds[v], SPAN_ARG(l->plan->variable[v].column));
			return diag_hint(why, "name the results of all statements, each once");
		}
	return true;
}

bool tally_load_finish(struct tally_load *l, struct diag *why)
{
	if (!all_there(l, why))
		return false;
	if (!l->met_known)
		guess_met(l);
	if (!tally_count(l->tally))
		return diag_fail(why, DIAG_DATA, "the sums of the tally are too large");
	return answers_finish(l->plan, l->answers, why);
}

struct text tally_load_told(struct arena *a, const struct tally *t, const struct tally_about *about)
{
	struct tally_about told = *about;

	told.inexact = !t->sums.exact;
	if (t->sums.exact) {
		told.y_places = t->sums.y_places;
		told.x_places = t->sums.x_places;
	}
	return tally_plan_text(a, t->plan, &told);
}

struct part_sums tally_load_read(const struct tally *t, size_t part, size_t variable, size_t level)
{
	struct part_sums s = tally_part_sums(t, part, variable, level);
	double shift = t->sums.shift[variable];

	if (t->sums.exact || t->plan->variable[variable].kind != VARIABLE_NUMBER || shift == 0)
		return s;
	s.wyy.inexact += shift * (2 * s.wy.inexact + shift * s.w.inexact);
	s.wy.inexact += shift * s.w.inexact;
	return s;
}
