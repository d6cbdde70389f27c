/* Forms as XLSForm (xlsform.org) describes them; a whole one is tests/golden/import-kobo. */
#include "survey/xlsform.h"

#include "guesses.h"
#include "survey/drafted.h"

TestSuite(xlsform, .fini = clean);

#define CHOICES "list_name,name,label\nyn,1,Có\nyn,0,Không\nsize,s,Small\nsize,l,Large\n"

static bool apply(const char *form, const char *answers, struct draft *d, struct diag *why)
{
	const char *sheet = file_of("survey.csv", form, strlen(form)),
		   *choices = file_of("choices.csv", CHOICES, strlen(CHOICES)),
		   *file = file_of("answers.csv", answers, strlen(answers));

	cr_assert(draft_open(&arena, shipped_guesses(), file, &(struct form_asked){0}, d, why),
		  "%s", why->item[0].words);
	return xlsform_apply(&arena, sheet, choices, d, why);
}

static void check_column(const struct draft *d, const char *name, const char *kind, const char *vi,
			 const char *levels)
{
	const struct draft_column *c = draft_find(d, span_of(name));

	cr_assert(c != NULL, "%s", name);
	cr_expect(eq(int, (int)c->source, (int)DRAFT_BY_FORM), "%s", name);
	if (kind)
		check_string(drafted_kind(c), kind);
	check_text(c->words[LANG_VI], vi);
	check_text(drafted_levels(&arena, c, LANG_VI), levels);
}

/* Paths with every sign; labels without a language by their letters. */
Test(xlsform, columns)
{
	struct diag why = {0};
	struct draft d;

	cr_assert(apply("type,name,label\nbegin_group,g,\ninteger,age,Tuổi\nbegin group,h,\n"
			"select_one  yn,ok,Được không\nend group,,\nend_group,,\n"
			"select_multiple size,m,Which\ntext,t,Text\nnote,n,Note\n",
			"g/age,g.h.ok,m,m/s,m.l,t,_id\n1,1,s,1,0,x,9\n", &d, &why));
	check_column(&d, "g/age", "number", "Tuổi", "");
	check_column(&d, "g.h.ok", NULL, "Được không", "1=Có|0=Không");
	check_column(&d, "m", "text", "", "");
	check_text(draft_find(&d, span_of("m"))->words[LANG_EN], "Which");
	check_column(&d, "m/s", NULL, "", "0=Không|1=Có");
	check_text(draft_find(&d, span_of("m.l"))->words[LANG_EN], "Large");
	check_column(&d, "_id", "text", "", "");
	cr_expect(eq(sz, why.kept, 0), "%s", why.item[0].words);
	cr_assert(draft_read(&arena, &d, &why));
}

Test(xlsform, languages)
{
	struct diag why = {0};
	struct draft d;

	cr_assert(apply("type,name,label::English (en),label::Tiếng Việt (vi),label::French (fr)\n"
			"text,t,One,Một,Un\n",
			"t\nx\n", &d, &why));
	check_column(&d, "t", "text", "Một", "");
	check_text(draft_find(&d, span_of("t"))->words[LANG_EN], "One");
}

Test(xlsform, answers_against_the_form)
{
	struct diag why = {0};
	struct draft d;

	cr_assert(apply(
		"type,name,label\ninteger,age,a\nselect_one yn,ok,b\nselect_multiple size,m,c\n",
		"age,ok,m/s\n12,1,1\nx,2,yes\n,,\n", &d, &why));
	cr_expect(not(draft_read(&arena, &d, &why)));
	cr_assert(eq(sz, why.errors, 3));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "has no column \"m\", which the form asks");
	check_problem(&why, 1, DIAG_DATA, "answers.csv", 3, 1, "\"x\" is no number");
	check_problem(&why, 2, DIAG_DATA, "answers.csv", 3, 3, "\"2\" is no choice");
	check_problem(&why, 3, DIAG_DATA, "answers.csv", 3, 5, "\"yes\" is no choice");
}

static void refused(const char *form, size_t line, const char *fragment)
{
	struct diag why = {0};
	struct draft d;

	cr_expect(not(apply(form, "a\n1\n", &d, &why)), "%s", form);
	check_problem(&why, why.kept - 1, DIAG_DATA, line ? "survey.csv" : "", line, line ? 1 : 0,
		      fragment);
}

Test(xlsform, wrong_forms)
{
	refused("type,name,label\nselect_one none,a,b\n", 2, "list \"none\" has no choices");
	refused("type,name,label\nend_group,,\n", 2, "a group ends that did not begin");
	refused("type,name,label\nbegin_group,g,\ninteger,a,b\n", 0, "group \"g\" has no end");
	refused("name,label\na,b\n", 1, "no column \"type\"");
	refused("type,label\ntext,b\n", 1, "no column \"name\"");
	refused("type,name,label\nselect_one,a,b\n", 2, "list \"\" has no choices");
}
