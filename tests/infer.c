/* What is drafted from small files; tests/golden/import-* has whole folders. */
#include "survey/infer.h"

#include "guesses.h"
#include "statwriter.h"
#include "survey/drafted.h"

TestSuite(infer, .fini = clean);

/* Reads CSV bytes or a file through all steps but the design. */
static void infer_file(const char *path, struct draft *d, struct diag *why)
{
	cr_assert(draft_open(&arena, shipped_guesses(), path, &(struct form_asked){0}, d, why),
		  "%s", why->item[0].words);
	infer_labels(&arena, d);
	infer_roles(&arena, d);
	cr_assert(draft_read(&arena, d, why), "%s", why->item[0].words);
	infer_questions(&arena, d, why);
}

static void check_kind(const struct draft *d, const char *column, const char *kind,
		       const char *levels, const char *missing)
{
	const struct draft_column *c = draft_find(d, span_of(column));

	cr_assert(c != NULL, "%s", column);
	cr_expect(eq(str, (char *)drafted_kind(c), (char *)kind), "%s", column);
	check_text(drafted_levels(&arena, c, LANG_VI), levels);
	check_text(drafted_missing(&arena, c), missing);
}

/* n rows, row i with the values of i modulo the lengths. */
static const char *csv_file(const char *name, const char *head, const char *const *rows, size_t n,
			    size_t times)
{
	char bytes[4096];
	size_t used = (size_t)sprintf(bytes, "%s\n", head);

	for (size_t i = 0; i < n * times; i++)
		used += (size_t)sprintf(bytes + used, "%s\n", rows[i % n]);
	return file_of(name, bytes, used);
}

Test(infer, kinds_by_values)
{
	static const char *const rows[] = {
		"1,0,1,11,yes,red,1,10.5,,NA,2|3,10", "2,1,2,22,no,blue,98,11.5,,1,2|3,6",
		"4,1,2,33,yes,red,5,12.5,,2,4,10", "5,0,1,44,yes,red,-1,13.5,,3,4,6"};
	struct diag why = {0};
	struct draft d;

	infer_file(csv_file("k.csv", "scale,zero,two,age,say,colour,coded,x,empty,na,bar,ten", rows,
			    4, 4),
		   &d, &why);
	check_kind(&d, "scale", "likert", "1|2|3|4|5", "");
	check_kind(&d, "zero", "yesno", "0|1", "");
	check_kind(&d, "two", "category", "1|2", "");
	check_kind(&d, "age", "number", "", "");
	check_kind(&d, "say", "yesno", "no|yes", "");
	check_kind(&d, "colour", "category", "blue|red", "");
	check_kind(&d, "coded", "category", "-1|1|5|98", "");
	check_kind(&d, "x", "number", "", "");
	check_kind(&d, "empty", "text", "", "");
	check_kind(&d, "na", "category", "1|2|3", "NA");
	check_kind(&d, "bar", "text", "", ""); /* no list can hold "2|3" */
	check_kind(&d, "ten", "category", "6|10", "");
	cr_expect(d.unweighted);
	cr_expect(eq(sz, why.kept, 0));
}

/* Values that come once or twice are no groups. */
Test(infer, few_rows)
{
	static const char *const rows[] = {"1,a", "2,b", "3,c"};
	struct diag why = {0};
	struct draft d;

	infer_file(csv_file("f.csv", "q,word", rows, 3, 2), &d, &why);
	check_kind(&d, "q", "number", "", "");
	check_kind(&d, "word", "text", "", "");
}

Test(infer, kinds_by_labels)
{
	struct statfile_wanted dta = {.version = 118}, sav = {.kind = WANT_SAV};
	struct diag why = {0};
	struct draft d;

#define LEVELS "1=Rất không hài lòng|2=Không hài lòng|3=Bình thường|4=Hài lòng|5=Rất hài lòng"
	infer_file(stat_file("l.dta", &dta), &d, &why);
	check_kind(&d, "Q1", "likert", LEVELS, ".a=refused");
	cr_expect(drafted_in_index(draft_find(&d, span_of("Q1"))));
	check_kind(&d, "DAY", "text", "", "");
	check_text(d.weight, "WT");
	infer_file(stat_file("l.sav", &sav), &d, &why);
	check_kind(&d, "Q1", "likert", LEVELS, "98=refused");
	cr_expect(eq(sz, why.kept, 0));
}

/* ---- labels that the codebook cannot hold -------------------------------------------------- */

/* A file of one labelled variable, whose value 1 and label are given. */
static const char *labelled(const char *name, const char *first, const char *second)
{
	const char *path = file_of(name, "", 0);
	FILE *out = fopen(path, "wb");
	readstat_writer_t *w = readstat_writer_init();
	readstat_label_set_t *set;
	readstat_variable_t *q;

	readstat_set_data_writer(w, stat_put);
	set = readstat_add_label_set(w, READSTAT_TYPE_DOUBLE, "s");
	readstat_label_double_value(set, 1, first);
	readstat_label_double_value(set, 2, second);
	q = readstat_add_variable(w, "q", READSTAT_TYPE_DOUBLE, 8);
	readstat_variable_set_label(q, "one\nquestion");
	readstat_variable_set_label_set(q, set);
	readstat_begin_writing_sav(w, out, 9);
	for (int i = 0; i < 9; i++) {
		readstat_begin_row(w);
		readstat_insert_double_value(w, q, i % 3 + 1);
		readstat_end_row(w);
	}
	cr_assert(readstat_end_writing(w) == READSTAT_OK);
	readstat_writer_free(w);
	fclose(out);
	return path;
}

Test(infer, hostile_labels)
{
	struct diag why = {0};
	struct draft d;

	infer_file(labelled("h.sav", "a|b", "x=\"y\"\nz"), &d, &why);
	check_kind(&d, "q", "category", "1=a¦b|2=x=\"y\" z|3", "");
	check_text(d.column[0].words[LANG_EN], "one question");
	cr_assert(eq(sz, why.kept, 1));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "keeps for itself");
}

Test(infer, harmless_labels)
{
	struct diag why = {0};
	struct draft d;

	infer_file(labelled("i.sav", "a, b", " c "), &d, &why);
	check_kind(&d, "q", "category", "1=a, b|2=c|3", "");
	cr_expect(eq(sz, why.kept, 0));
}

Test(infer, answers_that_are_none)
{
	struct diag why = {0};
	struct draft d;

	infer_file(labelled("n.sav", "Hài lòng", "Không biết"), &d, &why);
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0,
		      "\"2\" of \"q\" (Không biết) counts as an answer");
}

/* ---- the design ---------------------------------------------------------------------------- */

static bool design_of(const char *head, const char *const *rows, size_t n, struct draft *d,
		      struct diag *why)
{
	struct provinces provinces;
	long year = 2024;

	infer_file(csv_file("d.csv", head, rows, n, 1), d, why);
	cr_assert(provinces_read(&arena, SHIPPED, &provinces, why));
	return infer_design(&arena, d, &provinces, &year, 1, why);
}

static void check_role(const struct draft *d, size_t column, enum guess_role role)
{
	cr_expect(eq(int, (int)d->column[column].role, (int)role), "column %zu", column);
}

Test(infer, design)
{
	static const char *const rows[] = {"1,1,1.5,a,7", "1,2,2,a,7", "33,1,1,b,9"};
	struct diag why = {0};
	struct draft d;

	cr_expect(design_of("tinh,psu,wt,strata,fpc", rows, 3, &d, &why));
	check_role(&d, 0, GUESS_PROVINCE);
	check_role(&d, 1, GUESS_PSU);
	check_role(&d, 2, GUESS_WEIGHT);
	check_role(&d, 3, GUESS_STRATUM);
	check_role(&d, 4, GUESS_FPC);
	cr_expect(d.nest && !d.unweighted);
	cr_expect(eq(sz, why.kept, 0));
}

/* Of several columns the one with the plainest name, wherever it stands. */
Test(infer, plainest_name)
{
	static const char *const rows[] = {"1,2,3,1", "2,2,3,2"};
	struct diag why = {0};
	struct draft d;

	infer_file(csv_file("p.csv", "wt,PSW_psweight,weight2020,q", rows, 2, 1), &d, &why);
	check_role(&d, 0, GUESS_NONE);
	check_role(&d, 1, GUESS_WEIGHT);
	check_role(&d, 2, GUESS_NONE);
}

Test(infer, design_not_borne_out)
{
	static const char *const rows[] = {"1,1,1.5,7", "777,1,2,8", "777,,1,7"};
	struct diag why = {0};
	struct draft d;

	cr_expect(design_of("tinh,psu,wt,fpc", rows, 3, &d, &why));
	check_role(&d, 0, GUESS_STRATUM);
	check_role(&d, 1, GUESS_NONE);
	check_role(&d, 3, GUESS_NONE);
	cr_expect(not(d.nest));
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0,
		      "not taken for the province, but for the strata");
	check_problem(&why, 1, DIAG_WARNING, "", 0, 0, "for the psu: it is blank in 1 of 3 rows");
	check_problem(&why, 2, DIAG_WARNING, "", 0, 0,
		      "for the fpc1: it has several values within");
}

/* A place that is blank somewhere is no stratum either. */
Test(infer, places_with_gaps)
{
	static const char *const rows[] = {"1,1", ",2", "33,2"};
	struct diag why = {0};
	struct draft d;

	cr_expect(design_of("tinh,q", rows, 3, &d, &why));
	check_role(&d, 0, GUESS_NONE);
	check_problem(&why, 0, DIAG_WARNING, "", 0, 0, "not taken for the province: it is blank");
}

Test(infer, weights_that_are_none)
{
	static const char *const rows[] = {"1,1", "0,2"};
	struct diag why = {0};
	struct draft d;

	cr_expect(not(design_of("weight,q", rows, 2, &d, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "values that are no positive numbers");
}

Test(infer, years)
{
	static const char *const rows[] = {"2024,1", "2022,2", "2024,2"};
	struct diag why = {0};
	struct draft d;
	long *years;
	size_t n;

	infer_file(csv_file("y.csv", "year,q", rows, 3, 1), &d, &why);
	cr_assert(infer_years(&arena, &d, 0, &years, &n, &why));
	cr_assert(eq(sz, n, 2));
	cr_expect(eq(long, years[0], 2022));
	cr_expect(eq(long, years[1], 2024));
	cr_expect(not(infer_years(&arena, &d, 2024, &years, &n, &why)));
	check_problem(&why, 0, DIAG_USAGE, "", 0, 0, "tells the years");
}
