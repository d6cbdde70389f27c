#include "survey/drafted.h"

#include "base/csvout.h"
#include "survey/structure.h"

#include <math.h>

bool drafted_in_index(const struct draft_column *c)
{
	for (size_t i = 0; i < c->n_levels; i++)
		if (c->level[i].satisfied)
			return drafted_in_codebook(c);
	return false;
}

bool drafted_in_codebook(const struct draft_column *c)
{
	return c->role == GUESS_NONE || (c->role == GUESS_STRATUM && c->n_levels);
}

/* A level whose words are its value is written once. */
static struct text pair(struct arena *a, struct text value, struct text words)
{
	return words.n && !span_equal(words, value)
		       ? arena_format(a, "%.*s=%.*s", SPAN_ARG(value), SPAN_ARG(words))
		       : value;
}

static struct text joined(struct arena *a, struct text list, struct text part)
{
	return list.n ? arena_format(a, "%.*s|%.*s", SPAN_ARG(list), SPAN_ARG(part)) : part;
}

struct text drafted_levels(struct arena *a, const struct draft_column *c, enum lang lang)
{
	struct text list = {"", 0};

	for (size_t i = 0; i < c->n_levels; i++) {
		const struct draft_level *l = &c->level[i];
		struct text words = l->words[lang];

		if (lang == LANG_EN && words.n == 0)
			continue;
		list = joined(a, list, pair(a, l->value, words.n ? words : l->words[LANG_EN]));
	}
	return list;
}

struct text drafted_missing(struct arena *a, const struct draft_column *c)
{
	struct text list = {"", 0};

	for (size_t i = 0; i < c->n_missing; i++)
		list = joined(a, list, pair(a, c->missing[i].value, c->missing[i].reason));
	return list;
}

static struct text satisfied_levels(struct arena *a, const struct draft_column *c)
{
	struct text list = {"", 0};

	for (size_t i = 0; i < c->n_levels; i++)
		if (c->level[i].satisfied)
			list = joined(a, list, c->level[i].value);
	return list;
}

const char *drafted_kind(const struct draft_column *c)
{
	switch (c->kind) {
	case QUESTION_LIKERT: return "likert";
	case QUESTION_YESNO: return "yesno";
	case QUESTION_SCORE: return "score";
	case QUESTION_NUMBER: return "number";
	case QUESTION_CATEGORY: return "category";
	case QUESTION_TEXT:
	case QUESTION__COUNT: break;
	}
	return "text";
}

/* Of a scale of numbers, its ends. */
static void put_range(struct arena *a, struct csvout *out, const struct draft_column *c)
{
	double low = INFINITY, high = -INFINITY, x;

	for (size_t i = 0; i < c->n_levels; i++) {
		if (!number_parse(c->level[i].value, &x))
			low = NAN;
		else {
			low = isnan(low) ? low : fmin(low, x);
			high = fmax(high, x);
		}
	}
	if (c->kind != QUESTION_LIKERT || !(low < high))
		low = high = NAN;
	csvout_field(out, number_exact(a, low));
	csvout_field(out, number_exact(a, high));
}

/* A code of the index's own is not free for a question. */
static struct text code_of(struct arena *a, const struct draft_column *c)
{
	return span_is(c->name, STRUCTURE_ROOT) ? arena_format(a, "q.%.*s", SPAN_ARG(c->name))
						: c->name;
}

static struct text era_of(struct arena *a, const struct drafted *d)
{
	return d->n_years > 1 ? arena_format(a, "%ld-%ld", d->year[0], d->year[d->n_years - 1])
			      : arena_format(a, "%ld", d->year[0]);
}

static struct text codebook(struct arena *a, const struct drafted *of)
{
	static const char *const head[] = {"era",         "column",  "code",      "question_vi",
					   "question_en", "kind",    "levels",    "levels_en",
					   "satisfied",   "missing", "valid_min", "valid_max"};
	const struct draft *d = of->draft;
	struct csvout out = {.arena = a};

	csvout_line(&out, head, sizeof head / sizeof *head);
	for (size_t i = 0; i < d->n; i++) {
		const struct draft_column *c = &d->column[i];

		if (!drafted_in_codebook(c))
			continue;
		csvout_field(&out, era_of(a, of));
		csvout_field(&out, c->name);
		csvout_field(&out, code_of(a, c));
		csvout_field(&out, c->words[LANG_VI]);
		csvout_field(&out, c->words[LANG_EN]);
		csvout_field(&out, span_of(drafted_kind(c)));
		csvout_field(&out, drafted_levels(a, c, LANG_VI));
		csvout_field(&out, drafted_levels(a, c, LANG_EN));
		csvout_field(&out, satisfied_levels(a, c));
		csvout_field(&out, drafted_missing(a, c));
		put_range(a, &out, c);
		csvout_row(&out);
	}
	return csvout_bytes(&out);
}

static struct text design(struct arena *a, const struct draft *d, const struct diag *why)
{
	static const char *const head[] = {"role", "column", "note"};
	struct csvout out = {.arena = a};

	csvout_line(&out, head, 3);
	for (int role = GUESS_YEAR; role < GUESS__DESIGN; role++)
		for (size_t i = 0; i < d->n; i++)
			if ((int)d->column[i].role == role) {
				csvout_field(&out, span_of(guess_role_name[role]));
				csvout_field(&out, d->column[i].name);
				csvout_field(&out,
					     span_of(diag_word(
						     why, d->column[i].role_given
								  ? N_("given")
								  : N_("guessed from the name"))));
				csvout_row(&out);
			}
	if (d->unweighted) {
		csvout_field(&out, span_of("weight"));
		csvout_field(&out, d->weight);
		csvout_field(&out, span_of(diag_word(
					   why, "no weight in the file: every answer counts 1")));
		csvout_row(&out);
	}
	if (d->nest)
		csvout_line(&out,
			    (const char *const[]){"nest", "yes",
						  diag_word(why, "units of one name stand in "
								 "several strata")},
			    3);
	return csvout_bytes(&out);
}

static struct text title_of(const struct drafted *d)
{
	return d->draft->title.n ? d->draft->title : d->name;
}

static struct text survey(struct arena *a, const struct drafted *d, const struct diag *why)
{
	static const char *const head[] = {"year",     "era",      "kind",      "file",
					   "title_vi", "title_en", "publisher", "n_ranked_printed",
					   "note"};
	struct csvout out = {.arena = a};

	csvout_line(&out, head, 9);
	for (size_t i = 0; i < d->n_years; i++) {
		csvout_field(&out, arena_format(a, "%ld", d->year[i]));
		csvout_field(&out, era_of(a, d));
		csvout_field(&out, span_of("answers"));
		csvout_field(&out, span_of("answers.csv"));
		csvout_field(&out, title_of(d));
		csvout_field(&out, title_of(d));
		csvout_field(&out, (struct text){"", 0});
		csvout_field(&out, (struct text){"", 0});
		csvout_field(&out, span_of(diag_word(why, "drafted by hailong import")));
		csvout_row(&out);
	}
	return csvout_bytes(&out);
}

static void put_item(struct arena *a, struct csvout *out, const struct drafted *d,
		     const struct draft_column *c)
{
	csvout_field(out, era_of(a, d));
	csvout_field(out, c ? code_of(a, c) : span_of(STRUCTURE_ROOT));
	csvout_field(out, c ? span_of(STRUCTURE_ROOT) : span_of(""));
	for (int l = 0; l < LANG__COUNT; l++)
		csvout_field(out, !c               ? title_of(d)
				  : c->words[l].n  ? c->words[l]
				  : c->words[!l].n ? c->words[!l]
						   : c->name);
	csvout_field(out, span_of("0"));
	csvout_field(out, span_of("100"));
	csvout_field(out, span_of(""));
	csvout_field(out, span_of(c ? "" : "mean"));
	csvout_field(out, span_of("up"));
	csvout_row(out);
}

static struct text structure(struct arena *a, const struct drafted *d)
{
	static const char *const head[] = {"era", "code", "parent", "name_vi",     "name_en",
					   "min", "max",  "weight", "aggregation", "direction"};
	struct csvout out = {.arena = a};

	csvout_line(&out, head, 10);
	put_item(a, &out, d, NULL);
	for (size_t i = 0; i < d->draft->n; i++)
		if (drafted_in_index(&d->draft->column[i]))
			put_item(a, &out, d, &d->draft->column[i]);
	return csvout_bytes(&out);
}

static struct text source(struct arena *a, const struct drafted *d, const struct diag *why)
{
	const char *slash = strrchr(d->draft->file, '/');
	struct text form = {"", 0};

	if (d->form)
		form = arena_format(a, diag_word(why, " and its form `%s`"), d->form);
	return arena_format(
		a,
		diag_word(why,
			  "# Source\n\n"
			  "Drafted by `hailong import` from `%s` (%s, %zu rows)%.*s. Who made the "
			  "survey, how people were drawn, and under which licence the answers "
			  "stand, is not known here: write it down.\n\n"
			  "- `answers.csv` holds the values of the file. Codes of missing answers "
			  "stand as they are (`.a` of Stata) and are listed in `codebook.csv` "
			  "under `missing`; a blank is missing without a kind; dates are written "
			  "as 2025-06-30.\n"
			  "- `codebook.csv`: questions from the labels of the file; kinds are "
			  "guessed from labels and values. `satisfied` is filled only where the "
			  "words of all levels speak of satisfaction.\n"
			  "- `structure.csv`: an index of those questions, all of one weight. It "
			  "is no published index.\n"
			  "- `design.csv`: its column `note` says which roles were guessed from "
			  "names.\n"),
		slash ? slash + 1 : d->draft->file, d->draft->made_by, d->draft->rows,
		SPAN_ARG(form));
}

bool drafted_write(struct arena *a, const struct drafted *d, drafted_write_fn *write, void *context,
		   struct diag *why)
{
	return write(context, "survey.csv", survey(a, d, why), why) &&
	       write(context, "structure.csv", structure(a, d), why) &&
	       write(context, "codebook.csv", codebook(a, d), why) &&
	       write(context, "design.csv", design(a, d->draft, why), why) &&
	       write(context, "answers.csv", d->draft->answers, why) &&
	       write(context, "SOURCE.md", source(a, d, why), why);
}
