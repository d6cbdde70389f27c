#include "survey/guess.h"

#include "base/dict.h"
#include "base/text.h"
#include "input/table.h"
#include "survey/catalog.h"

#include <string.h>

const char *const guess_role_name[GUESS__COUNT] = {
	[GUESS_NONE] = "",
	[GUESS_YEAR] = N_("year"),
	[GUESS_PROVINCE] = N_("province"),
	[GUESS_WEIGHT] = N_("weight"),
	[GUESS_STRATUM] = N_("stratum"),
	[GUESS_PSU] = N_("psu"),
	[GUESS_FPC] = N_("fpc1"),
	[GUESS_RESPONDENT] = "respondent",
	[GUESS_START] = "start",
	[GUESS_END] = "end",
	[GUESS_DURATION] = "duration",
};

/* What the words of a level say. */
enum word {
	WORD_UNKNOWN,
	WORD_YES,
	WORD_NO,
	WORD_LEVEL,
	WORD_CONTENT,
	WORD_NOT_CONTENT,
	WORD_NONE,
	WORD__COUNT
};

static const char *const word_names[WORD__COUNT] = {
	[WORD_UNKNOWN] = "",    [WORD_YES] = "yes",         [WORD_NO] = "no",
	[WORD_LEVEL] = "level", [WORD_CONTENT] = "content", [WORD_NOT_CONTENT] = "not_content",
	[WORD_NONE] = "none",
};

enum about { ABOUT_COLUMN, ABOUT_LEVEL, ABOUT_CODE, ABOUT__COUNT };

struct guess_word {
	enum about about;
	struct text word; /* its text_key */
	bool open;        /* any end may follow */
	long code;        /* of ABOUT_CODE in place of a word */
	size_t means;     /* a role, a word; of a code 1 */
	size_t rank;      /* rows above about the same and with the same meaning */
};

/* ---- guesses.csv --------------------------------------------------------------------------- */

enum column { COLUMN_ABOUT, COLUMN_WORD, COLUMN_MEANS, COLUMN__COUNT };

struct reader {
	struct arena *arena;
	struct table table;
	size_t column[COLUMN__COUNT];
	struct dict *met; /* by about, and whether open */
	struct guess_word *at;
	struct diag *why;
};

static bool read_word(struct reader *r, size_t row, struct guess_word *w)
{
	struct text cell = table_cell(&r->table, row, r->column[COLUMN_WORD]);
	bool fresh;

	if (w->about == ABOUT_CODE) {
		if (!table_whole(&r->table, row, r->column[COLUMN_WORD], -999999999, 999999999,
				 &w->code, r->why))
			return false;
		w->word = arena_format(r->arena, "%ld", w->code);
	} else {
		w->word = text_key(r->arena, cell);
		w->open = cell.n && cell.at[cell.n - 1] == '*';
	}
	dict_add(r->met, 2 * (size_t)w->about + w->open, w->word, &fresh);
	return (w->word.n && fresh) ||
	       diag_at(r->why, table_place(&r->table, row, r->column[COLUMN_WORD]), DIAG_DATA,
		       w->word.n ? N_("column \"word\": \"%.*s\" stands twice, but for case, "
				      "accents and punctuation")
				 : N_("column \"word\": \"%.*s\" has no letter and no digit"),
		       SPAN_ARG(cell));
}

static bool read_row(struct reader *r, size_t row)
{
	static const char *const abouts[] = {"column", "level", "code"};
	static const char *const codes[] = {"", "missing"};
	static const struct {
		const char *const *name; /* the first means nothing */
		size_t n;
	} meanings[ABOUT__COUNT] = {
		{guess_role_name, GUESS__COUNT}, {word_names, WORD__COUNT}, {codes, 2}};
	struct guess_word *w = &r->at[row];
	size_t about, means;

	if (!table_choice(&r->table, row, r->column[COLUMN_ABOUT], abouts, ABOUT__COUNT, &about,
			  r->why) ||
	    !table_choice(&r->table, row, r->column[COLUMN_MEANS], meanings[about].name + 1,
			  meanings[about].n - 1, &means, r->why))
		return false;
	*w = (struct guess_word){.about = (enum about)about, .means = means + 1};
	for (size_t i = 0; i < row; i++)
		w->rank += r->at[i].about == w->about && r->at[i].means == w->means;
	return read_word(r, row, w);
}

bool guesses_read(struct arena *a, const char *share, struct guesses *out, struct diag *why)
{
	static const char *const names[COLUMN__COUNT] = {"about", "word", "means"};
	struct reader r = {.arena = a, .met = dict_new(a), .why = why};
	bool fine = true;

	if (!table_read(a, catalog_path(a, share, "surveys/guesses/guesses.csv"), true, &r.table,
			why))
		return false;
	for (size_t c = 0; c < COLUMN__COUNT; c++)
		if (!table_column(&r.table, names[c], &r.column[c], why))
			return false;
	r.at = arena_new(a, r.table.rows, sizeof *r.at);
	for (size_t row = 0; row < r.table.rows; row++)
		fine = read_row(&r, row) && fine;
	*out = (struct guesses){r.table.rows, r.at};
	return fine;
}

/* ---- looking up ---------------------------------------------------------------------------- */

static bool matches(const struct guess_word *w, struct text s)
{
	if (!w->open)
		return span_equal(s, w->word);
	return s.n >= w->word.n && memcmp(s.at, w->word.at, w->word.n) == 0;
}

/* The first row about it that matches; NULL when there is none. */
static const struct guess_word *find(struct arena *a, const struct guesses *g, enum about about,
				     struct text s)
{
	struct text wanted = text_key(a, s);

	for (size_t i = 0; i < g->n; i++)
		if (g->at[i].about == about && matches(&g->at[i], wanted))
			return &g->at[i];
	return NULL;
}

enum guess_role guess_role(struct arena *a, const struct guesses *g, struct text name, size_t *rank)
{
	const struct guess_word *w = find(a, g, ABOUT_COLUMN, name);

	*rank = w ? w->rank : 0;
	return w ? (enum guess_role)w->means : GUESS_NONE;
}

size_t guess_ranks(const struct guesses *g, enum guess_role role)
{
	size_t n = 0;

	for (size_t i = 0; i < g->n; i++)
		n += g->at[i].about == ABOUT_COLUMN && g->at[i].means == (size_t)role;
	return n;
}

static enum word word_of(struct arena *a, const struct guesses *g, struct text words)
{
	const struct guess_word *w = find(a, g, ABOUT_LEVEL, words);

	return w ? (enum word)w->means : WORD_UNKNOWN;
}

enum guess_scale guess_scale(struct arena *a, const struct guesses *g, const struct text *words,
			     size_t n, bool *satisfied)
{
	size_t count[WORD__COUNT] = {0}, levels;

	for (size_t i = 0; i < n; i++) {
		enum word w = word_of(a, g, words[i]);

		count[w]++;
		satisfied[i] = w == WORD_CONTENT;
	}
	levels = count[WORD_LEVEL] + count[WORD_CONTENT] + count[WORD_NOT_CONTENT];
	if (levels == n && count[WORD_CONTENT] && count[WORD_NOT_CONTENT])
		return GUESS_SATISFACTION;
	for (size_t i = 0; i < n; i++)
		satisfied[i] = false;
	if (n == 2 && count[WORD_YES] == 1 && count[WORD_NO] == 1)
		return GUESS_YESNO;
	return levels >= 3 && levels + count[WORD_NONE] == n ? GUESS_LIKERT : GUESS_WORDS;
}

bool guess_no_answer(struct arena *a, const struct guesses *g, struct text words)
{
	return word_of(a, g, words) == WORD_NONE;
}

bool guess_missing_code(const struct guesses *g, double value)
{
	for (size_t i = 0; i < g->n; i++)
		if (g->at[i].about == ABOUT_CODE && (double)g->at[i].code == value)
			return true;
	return false;
}
