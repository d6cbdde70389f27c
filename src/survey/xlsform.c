#include "survey/xlsform.h"

#include "base/text.h"
#include "input/table.h"

#define DEPTH 16 /* of groups */

struct sheet_of {
	struct table table;
	size_t name, list, type, label, words[LANG__COUNT];
};

struct xlsform {
	struct arena *arena;
	struct draft *draft;
	struct diag *why;
	struct sheet_of survey, choices;
	bool has_choices;
	size_t depth;
	struct text group[DEPTH];
	bool *known; /* columns of the draft that the form has */
};

/* ---- the sheets ---------------------------------------------------------------------------- */

/* "label::Vietnamese (vi)", "label::vi" and the like. */
static bool is_label_in(struct arena *a, struct text name, enum lang lang)
{
	static const char *const marks[LANG__COUNT][3] = {{"vi", "vietnamese", "tieng viet"},
							  {"en", "english", "english en"}};
	struct text folded;

	if (!span_starts(name, "label:"))
		return false;
	folded = text_fold(a, (struct text){name.at + 6, name.n - 6});
	for (size_t i = 0; i < 3; i++) {
		struct text mark = span_of(marks[lang][i]);

		if (span_equal(folded, mark) ||
		    (folded.n > mark.n && memcmp(folded.at, mark.at, mark.n) == 0 &&
		     folded.at[mark.n] == ' '))
			return true;
	}
	return false;
}

static bool open_sheet(struct arena *a, const char *file, bool choices, struct sheet_of *out,
		       struct diag *why)
{
	struct table *t = &out->table;

	if (!table_read(a, file, true, t, why) || !table_column(t, "name", &out->name, why) ||
	    !table_column(t, choices ? "list_name" : "type", choices ? &out->list : &out->type,
			  why))
		return false;
	out->label = table_find(t, "label");
	for (int l = 0; l < LANG__COUNT; l++) {
		out->words[l] = TABLE_NO_COLUMN;
		for (size_t c = 0; c < t->columns && out->words[l] == TABLE_NO_COLUMN; c++)
			if (is_label_in(a, t->name[c], (enum lang)l))
				out->words[l] = c;
	}
	return true;
}

static bool has_marks(struct text s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.at[i] >= 0xC3)
			return true;
	return false;
}

/* A label without a language is Vietnamese when it has a letter of it. */
static void words_of(const struct sheet_of *s, size_t row, struct text out[LANG__COUNT])
{
	struct text plain = table_cell(&s->table, row, s->label);
	enum lang lang = has_marks(plain) ? LANG_VI : LANG_EN;

	for (int l = 0; l < LANG__COUNT; l++)
		out[l] = table_cell(&s->table, row, s->words[l]);
	if (out[lang].n == 0)
		out[lang] = plain;
}

/* ---- columns ------------------------------------------------------------------------------- */

static struct draft_column *find_path(const struct xlsform *f, struct text name, char sign)
{
	struct text path = {"", 0};

	for (size_t i = 0; i < f->depth; i++)
		path = arena_format(f->arena, "%.*s%.*s%c", SPAN_ARG(path), SPAN_ARG(f->group[i]),
				    sign);
	return draft_find(f->draft,
			  arena_format(f->arena, "%.*s%.*s", SPAN_ARG(path), SPAN_ARG(name)));
}

static struct draft_column *find_column(struct xlsform *f, struct text name)
{
	static const char signs[] = "/-.";
	struct draft_column *c = draft_find(f->draft, name);

	for (size_t i = 0; !c && signs[i]; i++)
		c = find_path(f, name, signs[i]);
	if (c)
		f->known[c - f->draft->column] = true;
	return c;
}

static struct place at(const struct sheet_of *s, size_t row, size_t column)
{
	return table_place(&s->table, row, column);
}

static bool add_choice(struct xlsform *f, struct draft_column *c, size_t row)
{
	struct text value = table_cell(&f->choices.table, row, f->choices.name);
	struct draft_level *l;

	if (draft_level_of(c, value))
		return diag_at(f->why, at(&f->choices, row, f->choices.name), DIAG_DATA,
			       "choice \"%.*s\" stands twice in its list", SPAN_ARG(value));
	c->level = arena_grow(f->arena, c->level, c->n_levels, sizeof *c->level);
	l = &c->level[c->n_levels++];
	l->value = value;
	words_of(&f->choices, row, l->words);
	if (l->words[LANG_VI].n == 0) { /* the only words stand in `levels` */
		l->words[LANG_VI] = l->words[LANG_EN];
		l->words[LANG_EN] = (struct text){"", 0};
	}
	return true;
}

static bool is_choice(const struct xlsform *f, size_t row, struct text list)
{
	return span_equal(table_cell(&f->choices.table, row, f->choices.list), list) && list.n;
}

static bool take_list(struct xlsform *f, size_t row, struct text list, struct draft_column *c)
{
	bool fine = true, any = false;

	for (size_t r = 0; f->has_choices && r < f->choices.table.rows; r++)
		if (is_choice(f, r, list)) {
			any = true;
			fine = (!c || add_choice(f, c, r)) && fine;
		}
	return any ? fine
		   : diag_at(f->why, at(&f->survey, row, f->survey.type), DIAG_DATA,
			     "list \"%.*s\" has no choices%s", SPAN_ARG(list),
			     f->has_choices
				     ? ""
				     : diag_word(f->why, "; name their sheet with --choices"));
}

/* "q/choice" for each choice, with 0 and 1. */
static void take_multiple(struct xlsform *f, struct text name, struct text list)
{
	for (size_t r = 0; r < f->choices.table.rows; r++) {
		static const char signs[] = "/.-";
		struct text choice = table_cell(&f->choices.table, r, f->choices.name);
		struct draft_column *c = NULL;

		if (!is_choice(f, r, list))
			continue;
		for (size_t i = 0; !c && signs[i]; i++)
			c = find_column(f, arena_format(f->arena, "%.*s%c%.*s", SPAN_ARG(name),
							signs[i], SPAN_ARG(choice)));
		if (!c)
			continue;
		words_of(&f->choices, r, c->words);
		c->source = DRAFT_BY_FORM;
		c->rule = DRAFT_LEVEL;
		c->level = arena_new(f->arena, 2, sizeof *c->level);
		c->level[c->n_levels++] = (struct draft_level){
			.value = span_of("0"), .words = {span_of("Không"), span_of("No")}};
		c->level[c->n_levels++] = (struct draft_level){
			.value = span_of("1"), .words = {span_of("Có"), span_of("Yes")}};
	}
}

/* ---- rows of the survey sheet -------------------------------------------------------------- */

static bool enter_group(struct xlsform *f, size_t row, struct text name)
{
	if (f->depth == DEPTH)
		return diag_at(f->why, at(&f->survey, row, f->survey.type), DIAG_DATA,
			       "groups lie more than %d deep", DEPTH);
	f->group[f->depth++] = name;
	return true;
}

static bool leave_group(struct xlsform *f, size_t row)
{
	if (f->depth == 0)
		return diag_at(f->why, at(&f->survey, row, f->survey.type), DIAG_DATA,
			       "a group ends that did not begin");
	f->depth--;
	return true;
}

static bool is_shown_only(struct text type)
{
	return type.n == 0 || span_is(type, "note") || span_is(type, "hidden") ||
	       span_is(type, "audit");
}

static bool take_question(struct xlsform *f, size_t row, struct text type, struct text list)
{
	struct text name = table_cell(&f->survey.table, row, f->survey.name);
	struct draft_column *c = find_column(f, name);
	bool one = span_is(type, "select_one"), several = span_is(type, "select_multiple"),
	     number =
		     span_is(type, "integer") || span_is(type, "decimal") || span_is(type, "range");

	if (!c)
		diag_warn(f->why, "%s has no column \"%.*s\", which the form asks", f->draft->file,
			  SPAN_ARG(name));
	if (several && f->has_choices)
		take_multiple(f, name, list);
	if (c) {
		words_of(&f->survey, row, c->words);
		c->source = span_is(type, "calculate") ? DRAFT_BY_VALUES : DRAFT_BY_FORM;
		c->kind = number ? QUESTION_NUMBER : QUESTION_TEXT;
		c->rule = number ? DRAFT_NUMBER : one ? DRAFT_LEVEL : DRAFT_ANY;
	}
	return !(one || several) || take_list(f, row, list, one ? c : NULL);
}

static bool take_row(struct xlsform *f, size_t row)
{
	struct text type = span_trim(table_cell(&f->survey.table, row, f->survey.type)),
		    rest = type, word, list = {"", 0};

	if (is_shown_only(type))
		return true;
	span_split(&rest, ' ', &word);
	while (rest.at && list.n == 0)
		span_split(&rest, ' ', &list);
	if (span_is(word, "begin_group") || span_is(word, "begin_repeat") || span_is(word, "begin"))
		return enter_group(f, row, table_cell(&f->survey.table, row, f->survey.name));
	if (span_is(word, "end_group") || span_is(word, "end_repeat") || span_is(word, "end"))
		return leave_group(f, row);
	return take_question(f, row, word, list);
}

/* What the server adds is no answer. */
static void take_rest(struct xlsform *f)
{
	for (size_t i = 0; i < f->draft->n; i++)
		if (!f->known[i]) {
			f->draft->column[i].source = DRAFT_BY_FORM;
			f->draft->column[i].kind = QUESTION_TEXT;
		}
}

bool xlsform_apply(struct arena *a, const char *form, const char *choices, struct draft *d,
		   struct diag *why)
{
	struct xlsform f = {.arena = a,
			    .draft = d,
			    .why = why,
			    .has_choices = choices != NULL,
			    .known = arena_new(a, d->n, sizeof *f.known)};
	bool fine = true;

	if (!open_sheet(a, form, false, &f.survey, why) ||
	    (choices && !open_sheet(a, choices, true, &f.choices, why)))
		return false;
	for (size_t row = 0; row < f.survey.table.rows; row++)
		fine = take_row(&f, row) && fine;
	if (fine && f.depth)
		fine = diag_fail(why, DIAG_DATA, "%s: group \"%.*s\" has no end", form,
				 SPAN_ARG(f.group[f.depth - 1]));
	take_rest(&f);
	return fine;
}
