#include "survey/infer.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

#define FEW 20 /* levels without labels */

/* ---- roles --------------------------------------------------------------------------------- */

void infer_roles(struct arena *a, struct draft *d)
{
	for (int role = GUESS_YEAR; role < GUESS__DESIGN; role++) {
		struct draft_column *best = NULL;
		size_t best_rank = 0, rank;

		if (draft_role(d, (enum guess_role)role))
			continue;
		for (size_t i = 0; i < d->n; i++) {
			struct draft_column *c = &d->column[i];

			if (c->role == GUESS_NONE &&
			    (int)guess_role(a, d->guesses, c->name, &rank) == role &&
			    (!best || rank < best_rank)) {
				best = c;
				best_rank = rank;
			}
		}
		if (best)
			best->role = (enum guess_role)role;
	}
}

static int by_year(const void *a, const void *b)
{
	const long *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

bool infer_years(struct arena *a, const struct draft *d, long year, long **years, size_t *n,
		 struct diag *why)
{
	const struct draft_column *c = draft_role(d, GUESS_YEAR);

	*years = arena_new(a, c ? c->seen->n + 1 : 1, sizeof **years);
	*n = 0;
	if (!c && !year) {
		diag_fail(why, DIAG_USAGE, "of which year are the answers?");
		return diag_hint(why, "name it with --year");
	}
	if (c && year)
		return diag_fail(why, DIAG_USAGE,
				 "--year: column \"%.*s\" tells the years of the answers",
				 SPAN_ARG(c->name));
	if (year)
		(*years)[(*n)++] = year;
	for (size_t i = 0; c && i < c->seen->n; i++)
		if (!number_whole(c->seen->entry[i].name, 1900, 2999, &(*years)[(*n)++]))
			return diag_fail(why, DIAG_DATA,
					 "%s: column \"%.*s\" should tell the year, and has "
					 "\"%.*s\"",
					 d->file, SPAN_ARG(c->name),
					 SPAN_ARG(c->seen->entry[i].name));
	qsort(*years, *n, sizeof **years, by_year);
	return true;
}

/* The first value that is no province of every year, or whose label names another one. */
static bool are_provinces(struct arena *a, const struct draft_column *c,
			  const struct provinces *all, const long *years, size_t n_years,
			  struct text *other)
{
	struct diag *ignored = arena_new(a, 1, sizeof *ignored);

	for (size_t i = 0; i < c->seen->n; i++) {
		const struct province *p, *named;
		struct text value = c->seen->entry[i].name;
		const struct draft_level *l = draft_level_of(c, value);

		*other = value;
		for (size_t y = 0; y < n_years; y++)
			if (!province_find(a, all, value, years[y], &p, ignored) ||
			    (l && (!province_find(a, all, l->words[LANG_VI], years[y], &named,
						  ignored) ||
				   named != p)))
				return false;
	}
	return !c->many;
}

/* A column of the design without a gap. */
static bool is_full(const struct draft *d, const struct draft_column *c)
{
	return c->filled == d->rows;
}

static bool bears_out(struct arena *a, const struct draft *d, const struct draft_column *c,
		      const struct provinces *all, const long *years, size_t n_years,
		      struct text *reason, const struct diag *why)
{
	struct text other = {"", 0};

	if (!is_full(d, c)) {
		*reason = arena_format(a, diag_word(why, "is blank in %zu of %zu rows"),
				       d->rows - c->filled, d->rows);
		return false;
	}
	if ((c->role == GUESS_WEIGHT || c->role == GUESS_FPC) && !(c->numeric && c->low > 0)) {
		*reason = span_of(diag_word(why, "has values that are no positive numbers"));
		return false;
	}
	if (c->role == GUESS_FPC && d->uneven) {
		*reason = span_of(diag_word(why, "has several values within a stratum"));
		return false;
	}
	if (c->role != GUESS_PROVINCE || are_provinces(a, c, all, years, n_years, &other))
		return true;
	*reason = arena_format(
		a,
		diag_word(why, "has \"%.*s\", which is no province of its year, or not the one "
			       "that its label names"),
		SPAN_ARG(other));
	return false;
}

/* Places that are no provinces are strata all the same, where the file names no others. */
static void take_back(struct draft *d, struct draft_column *c, struct text reason, struct diag *why)
{
	bool stratum = c->role == GUESS_PROVINCE && is_full(d, c) && !draft_role(d, GUESS_STRATUM);

	diag_warn(why, "%s: column \"%.*s\" is not taken for the %s%s: it %.*s", d->file,
		  SPAN_ARG(c->name), diag_word(why, guess_role_name[c->role]),
		  stratum ? diag_word(why, ", but for the strata") : "", SPAN_ARG(reason));
	if (c->role != GUESS_FPC && !stratum)
		d->nest = false;
	c->role = stratum ? GUESS_STRATUM : GUESS_NONE;
}

bool infer_design(struct arena *a, struct draft *d, const struct provinces *provinces,
		  const long *years, size_t n_years, struct diag *why)
{
	bool fine = true;

	for (size_t i = 0; i < d->n; i++) {
		struct draft_column *c = &d->column[i];
		struct text reason;

		if (c->role == GUESS_NONE ||
		    bears_out(a, d, c, provinces, years, n_years, &reason, why))
			continue;
		if (c->role_given || c->role == GUESS_WEIGHT || c->role == GUESS_YEAR) {
			fine = diag_fail(why, DIAG_DATA, "%s: column \"%.*s\" (%s) %.*s", d->file,
					 SPAN_ARG(c->name),
					 diag_word(why, guess_role_name[c->role]),
					 SPAN_ARG(reason));
			continue;
		}
		take_back(d, c, reason, why);
	}
	return fine;
}

/* ---- words that the codebook can hold ------------------------------------------------------ */

/* "|" stands between levels, and no level goes over a line. */
static struct text plain(struct arena *a, struct text s, bool *changed)
{
	struct text clean = span_trim(text_visible(a, s)), out = {"", 0}, part;
	bool bars = clean.n && memchr(clean.at, '|', clean.n) != NULL;

	*changed = *changed || bars || !span_equal(clean, span_trim(s));
	if (!bars)
		return clean;
	for (bool first = true; span_split(&clean, '|', &part); first = false)
		out = arena_format(a, "%.*s%s%.*s", SPAN_ARG(out), first ? "" : "¦",
				   SPAN_ARG(part));
	return out;
}

/* A value that may stand in `levels` or `missing`. */
static bool can_stand(struct text value)
{
	struct text inside = span_trim(value);

	return inside.n && inside.n == value.n && !memchr(value.at, '|', value.n) &&
	       !memchr(value.at, '=', value.n) && !memchr(value.at, '\n', value.n);
}

static void plain_words(struct arena *a, const struct draft *d, struct draft_column *c,
			struct diag *why)
{
	bool changed = false;

	for (int l = 0; l < LANG__COUNT; l++)
		c->words[l] = span_trim(text_visible(a, c->words[l]));
	for (size_t i = 0; i < c->n_levels; i++)
		for (int l = 0; l < LANG__COUNT; l++)
			c->level[i].words[l] = plain(a, c->level[i].words[l], &changed);
	for (size_t i = 0; i < c->n_missing; i++)
		c->missing[i].reason = plain(a, c->missing[i].reason, &changed);
	for (size_t i = 0; i < c->n_missing; i++)
		if (!can_stand(c->missing[i].value)) {
			diag_warn(why,
				  "%s: \"%.*s\" of \"%.*s\" is declared missing, and codebook.csv "
				  "cannot list it: it counts as an answer",
				  d->file, SPAN_ARG(c->missing[i].value), SPAN_ARG(c->name));
			c->missing[i--] = c->missing[--c->n_missing];
		}
	if (changed)
		diag_warn(why,
			  "%s: labels of \"%.*s\" hold \"|\" or a line end, which codebook.csv "
			  "keeps for itself: they stand there as \"¦\" and as a space",
			  d->file, SPAN_ARG(c->name));
}

/* ---- labels -------------------------------------------------------------------------------- */

/* Letters with a mark, as Vietnamese has; a label without any may be of either language. */
static enum lang lang_of(struct text words)
{
	for (size_t i = 0; i < words.n; i++)
		if ((unsigned char)words.at[i] >= 0xC3)
			return LANG_VI;
	return LANG_EN;
}

static void add_level(struct arena *a, struct draft_column *c, struct text value, struct text words)
{
	c->level = arena_grow(a, c->level, c->n_levels, sizeof *c->level);
	c->level[c->n_levels++] = (struct draft_level){.value = value, .words = {words, {"", 0}}};
}

static void add_missing(struct arena *a, struct draft_column *c, struct text value,
			struct text reason)
{
	for (size_t i = 0; i < c->n_missing; i++)
		if (span_equal(c->missing[i].value, value))
			return;
	c->missing = arena_grow(a, c->missing, c->n_missing, sizeof *c->missing);
	c->missing[c->n_missing++] = (struct missing_code){value, reason.n ? reason : value};
}

static bool declared(const struct statfile_variable *v, const struct statfile_label *l)
{
	for (size_t i = 0; i < v->n_missing; i++)
		if (v->is_text ? span_equal(v->missing[i].word, l->value)
			       : l->number >= v->missing[i].low && l->number <= v->missing[i].high)
			return true;
	return !v->is_text && isnan(l->number); /* .a of Stata */
}

static void take_labels(struct arena *a, struct draft_column *c)
{
	const struct statfile_variable *v = c->variable;
	char s[NUMBER_BYTES];

	c->words[lang_of(v->label)] = v->label;
	for (size_t i = 0; i < v->n_labels; i++)
		if (declared(v, &v->value[i]))
			add_missing(a, c, v->value[i].value, v->value[i].words);
		else
			add_level(a, c, v->value[i].value, v->value[i].words);
	for (size_t i = 0; i < v->n_missing; i++)
		if (v->is_text)
			add_missing(a, c, v->missing[i].word, (struct text){"", 0});
		else if (v->missing[i].low == v->missing[i].high)
			add_missing(a, c, arena_text(a, number_put(v->missing[i].low, s)),
				    (struct text){"", 0});
}

void infer_labels(struct arena *a, struct draft *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->column[i].variable)
			take_labels(a, &d->column[i]);
}

/* ---- kinds --------------------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
	const struct draft_level *x = a, *y = b;
	double p, q;

	if (number_parse(x->value, &p) && number_parse(y->value, &q))
		return (p > q) - (p < q);
	return span_compare(x->value, y->value);
}

static bool all_can_stand(const struct draft_column *c)
{
	for (size_t i = 0; i < c->seen->n; i++)
		if (!can_stand(c->seen->entry[i].name))
			return false;
	for (size_t i = 0; i < c->n_levels; i++)
		if (!can_stand(c->level[i].value))
			return false;
	return true;
}

/* Every value seen that is no level yet becomes one, under its own name. */
static size_t add_seen(struct arena *a, struct draft_column *c)
{
	size_t n = c->n_levels;

	for (size_t i = 0; i < c->seen->n; i++)
		if (!draft_level_of(c, c->seen->entry[i].name))
			add_level(a, c, c->seen->entry[i].name, (struct text){"", 0});
	if (c->n_levels > n)
		qsort(c->level, c->n_levels, sizeof *c->level, by_value);
	return c->n_levels - n;
}

static size_t unlabelled(const struct draft_column *c)
{
	size_t n = 0;

	for (size_t i = 0; i < c->seen->n; i++)
		n += draft_level_of(c, c->seen->entry[i].name) == NULL;
	return n;
}

/* The kind of a question with levels, by their words. */
static enum question_kind kind_of_words(struct arena *a, const struct guesses *g,
					struct draft_column *c)
{
	struct text *words = arena_new(a, c->n_levels, sizeof *words);
	bool *satisfied = arena_new(a, c->n_levels, sizeof *satisfied);
	enum guess_scale scale;

	for (size_t i = 0; i < c->n_levels; i++) {
		const struct draft_level *l = &c->level[i];

		words[i] = l->words[LANG_VI].n   ? l->words[LANG_VI]
			   : l->words[LANG_EN].n ? l->words[LANG_EN]
						 : l->value;
	}
	scale = guess_scale(a, g, words, c->n_levels, satisfied);
	for (size_t i = 0; i < c->n_levels; i++)
		c->level[i].satisfied = satisfied[i];
	switch (scale) {
	case GUESS_SATISFACTION:
	case GUESS_LIKERT: return QUESTION_LIKERT;
	case GUESS_YESNO: return QUESTION_YESNO;
	case GUESS_WORDS: break;
	}
	return QUESTION_CATEGORY;
}

static void infer_labelled(struct arena *a, const struct guesses *g, struct draft_column *c)
{
	size_t bare = unlabelled(c);

	c->source = c->source == DRAFT_BY_FORM ? DRAFT_BY_FORM : DRAFT_BY_LABELS;
	if (bare && (c->many || c->seen->n > FEW) && c->numeric) {
		c->kind = QUESTION_NUMBER;
		return;
	}
	c->kind = kind_of_words(a, g, c);
	if (bare && !c->many)
		add_seen(a, c);
	if (bare && c->kind == QUESTION_YESNO)
		c->kind = QUESTION_CATEGORY;
	if (c->many || !all_can_stand(c)) { /* any value, without a list */
		c->n_levels = 0;
		c->kind = QUESTION_CATEGORY;
	}
}

/* Codes as questionnaires have them: 0 to 10, and those of missing answers. */
static bool are_codes(const struct guesses *g, const struct draft_column *c)
{
	double x;

	for (size_t i = 0; i < c->seen->n; i++)
		if (!number_parse(c->seen->entry[i].name, &x) ||
		    !((x == floor(x) && x >= 0 && x <= 10) || guess_missing_code(g, x)))
			return false;
	return true;
}

/* A scale from 1 to the highest that was given, also where nobody gave one between. */
static void add_scale(struct arena *a, struct draft_column *c)
{
	for (int i = 1; i <= (int)c->high; i++) {
		struct text value = arena_format(a, "%d", i);

		if (!draft_level_of(c, value))
			add_level(a, c, value, (struct text){"", 0});
	}
	qsort(c->level, c->n_levels, sizeof *c->level, by_value);
}

static void infer_bare(struct arena *a, const struct guesses *g, struct draft_column *c)
{
	bool few = !c->many && c->seen->n && c->seen->n <= FEW && c->filled >= 3 * c->seen->n,
	     date = c->variable && c->variable->is_date;

	c->kind = c->filled && c->numeric ? QUESTION_NUMBER : QUESTION_TEXT;
	if (!few || date || !all_can_stand(c) || (c->numeric && !are_codes(g, c)))
		return;
	add_seen(a, c);
	if (!c->numeric)
		c->kind = kind_of_words(a, g, c);
	else if (c->n_levels == 2 && c->low == 0 && c->high == 1)
		c->kind = QUESTION_YESNO;
	else if (c->n_levels >= 4 && c->low >= 1 && c->high <= 5) {
		c->kind = QUESTION_LIKERT;
		add_scale(a, c);
	} else
		c->kind = QUESTION_CATEGORY;
}

static void infer_kind(struct arena *a, const struct guesses *g, struct draft_column *c)
{
	for (size_t i = 0; i < c->absent->n; i++)
		add_missing(a, c, c->absent->entry[i].name, (struct text){"", 0});
	if (c->source == DRAFT_BY_FORM && c->n_levels == 0)
		return;
	if (c->n_levels)
		infer_labelled(a, g, c);
	else
		infer_bare(a, g, c);
}

static void warn_no_answer(struct arena *a, const struct draft *d, const struct draft_column *c,
			   struct diag *why)
{
	for (size_t i = 0; i < c->n_levels; i++)
		for (int l = 0; l < LANG__COUNT; l++)
			if (guess_no_answer(a, d->guesses, c->level[i].words[l])) {
				diag_warn(
					why,
					"%s: \"%.*s\" of \"%.*s\" (%.*s) counts as an answer: the "
					"file does not declare it missing",
					d->file, SPAN_ARG(c->level[i].value), SPAN_ARG(c->name),
					SPAN_ARG(c->level[i].words[l]));
				diag_hint(why, "codebook.csv lists such codes under `missing`, not "
					       "under `levels`");
				return;
			}
}

void infer_questions(struct arena *a, struct draft *d, struct diag *why)
{
	for (size_t i = 0; i < d->n; i++) {
		struct draft_column *c = &d->column[i];

		infer_kind(a, d->guesses, c);
		warn_no_answer(a, d, c, why);
		plain_words(a, d, c, why);
	}
}
