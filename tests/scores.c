#include "help.h"

#include "survey/survey.h"

#include <math.h>

TestSuite(scores, .fini = clean);

static const struct survey *read_survey(const char *share, const char *path)
{
	struct survey *s = arena_new(&arena, 1, sizeof *s);
	struct diag why = {0};

	cr_assert(survey_read(&arena, share, path, s, &why), "%s", why.item[0].words);
	return s;
}

Test(scores, as_printed)
{
	const struct survey *s = read_survey(FIXTURES, PRINTED);
	const struct item *total = structure_find(&s->structure, span_of("A"), span_of("total"));
	const struct score *row;
	size_t n;

	row = scores_of(&s->scores, 2018, total, &n);
	cr_assert(eq(sz, n, 2));
	cr_expect(eq(dbl, row[0].value, 81.5));
	cr_expect(eq(long, row[0].rank, 7));
	cr_expect(eq(dbl, row[0].self, 50.25));
	cr_expect(eq(dbl, row[0].survey_part, 31.25));
	check_text(row[0].basis, "stated");
	check_text(row[0].source, "Báo cáo 2018");
	cr_expect(isnan(row[1].value), "blank is unpublished, not zero");
	cr_expect(eq(long, row[1].rank, 9));
	cr_expect(isnan(row[1].self));
	cr_expect(eq(int, s->scores.decimals, 3), "89.995");
	cr_expect(zero(ptr, (void *)scores_of(&s->scores, 2017, total, &n)));
	cr_expect(zero(sz, n));
}

#define YEARS "year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note,unit\n"
#define ITEMS "era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction\n"

/* A survey of one year whose file has parts of 1. */
static bool read_shares(const char *scores, struct survey *s, struct diag *why)
{
	static const char years[] = YEARS "2020,A,scores,scores.csv,t,t,p,,,share\n";
	static const char items[] = ITEMS "A,total,,T,T,0,100,1,sum,up\n";

	file_of("survey.csv", years, sizeof years - 1);
	file_of("structure.csv", items, sizeof items - 1);
	file_of("scores.csv", scores, strlen(scores));
	return survey_read(&arena, FIXTURES, work.path, s, why);
}

/* 0.8312 is 83.12 %, to the last bit; 100 * 0.57 in doubles is 56.99999999999999. */
Test(scores, parts_of_one)
{
	static const double want[] = {83.12, 57, 100, 0.5};
	struct diag why = {0};
	struct survey s;

	cr_assert(read_shares("year,province,code,score,self_score\n2020,01,total,0.8312,0.29\n"
			      "2020,02,total,0.57,\n2020,03,total,1,\n2020,04,total,0.005,\n",
			      &s, &why),
		  "%s", why.item[0].words);
	for (size_t i = 0; i < COUNT(want); i++)
		cr_expect(eq(dbl, s.scores.at[i].value, want[i]), "row %zu", i);
	cr_expect(eq(dbl, s.scores.at[0].self, 29));
	cr_expect(isnan(s.scores.at[1].self));
	cr_expect(eq(int, s.scores.decimals, 2));
	cr_expect(eq(int, (int)s.wave->unit, UNIT_PERCENT));
}

Test(scores, wrong_parts_of_one)
{
	static const struct {
		const char *row;
		size_t column;
		const char *words;
	} cases[] = {
		{"2020,01,total,83.12,", 15, "column \"score\": 83.12 is above 1"},
		{"2020,01,total,1.0001,", 15, "column \"score\": 1.0001 is above 1"},
		{"2020,01,total,0.5,2", 19, "column \"self_score\": 2 is above 1"},
		{"2020,01,total,0,", 15, "0 is not a score"},
		{"2020,01,total,-0.1,", 15, "-0.1 is outside 0 to 100"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct survey s;
		struct text file = arena_format(&arena, "year,province,code,score,self_score\n%s\n",
						cases[i].row);

		cr_expect(not(read_shares(file.at, &s, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "scores.csv", 2, cases[i].column, cases[i].words);
	}
}

/* PAPI 2015 in Hà Tĩnh, Civic Knowledge 1.48: papi.org.vn by-province page. */
Test(scores, of_an_item)
{
	const struct survey *s = read_survey(SHIPPED, SHIPPED "/surveys/papi");
	const struct item *item =
		structure_find(&s->structure, span_of("2011-2015"), span_of("1.1"));
	const struct score *row;
	size_t n, found = 0;

	row = scores_of(&s->scores, 2015, item, &n);
	cr_assert(eq(sz, n, 63));
	for (size_t i = 0; i < n; i++) {
		cr_expect(i == 0 ||
			  span_compare(row[i - 1].province->code, row[i].province->code) < 0);
		if (span_is(row[i].province->code, "42")) {
			cr_expect(epsilon_eq(dbl, row[i].value, 1.48, 0.005),
				  "printed with 2 decimals");
			found++;
		}
	}
	cr_expect(eq(sz, found, 1));
	cr_expect(eq(int, s->scores.decimals, 4));
}

/* The order of rows carries no meaning, nor do line ends and a byte-order mark. */
static void check_same_scores(struct text bytes, const char *what)
{
	const struct survey *want = read_survey(FIXTURES, SMALL), *got;

	file_of("x", "", 0);
	cr_assert(system(arena_format(&arena, "mkdir %s/s && cp " SMALL "/*.csv %s/s", work.path,
				      work.path)
				 .at) == 0);
	file_of("s/scores.csv", bytes.at, bytes.n);
	got = read_survey(FIXTURES, workdir_file(&arena, &work, "s"));
	cr_assert(eq(sz, got->scores.n, want->scores.n));
	for (size_t i = 0; i < want->scores.n; i++) {
		const struct score *a = &want->scores.at[i], *b = &got->scores.at[i];

		cr_expect(a->year == b->year && span_equal(a->province->code, b->province->code) &&
				  span_equal(a->item->code, b->item->code) && a->rank == b->rank &&
				  (a->value == b->value || (isnan(a->value) && isnan(b->value))),
			  "%s %zu", what, i);
	}
}

Test(scores, rows_in_any_order)
{
	struct text whole = bytes_of(SMALL "/scores.csv"), line, rest = whole;
	struct text lines[200], out = {"", 0};
	size_t n = 0;

	while (span_split(&rest, '\n', &line))
		if (line.n)
			lines[n++] = line;
	out = arena_format(&arena, "%.*s\n", SPAN_ARG(lines[0]));
	for (size_t i = n - 1; i > 0; i--)
		out = arena_format(&arena, "%.*s%.*s\n", SPAN_ARG(out), SPAN_ARG(lines[i]));
	check_same_scores(out, "reversed");
}

Test(scores, windows_line_ends_and_mark)
{
	struct text whole = bytes_of(SMALL "/scores.csv"), line, rest = whole, out;

	out = (struct text){"\xEF\xBB\xBF", 3};
	while (span_split(&rest, '\n', &line))
		if (line.n)
			out = arena_format(&arena, "%.*s%.*s\r\n", SPAN_ARG(out), SPAN_ARG(line));
	check_same_scores(out, "CRLF");
}
