#include "help.h"

#include "survey/agencies.h"

TestSuite(agencies, .fini = clean);

Test(agencies, a_document_binds_its_province)
{
	struct agencies all;
	struct diag why = {0};
	const struct agency *g;

	cr_assert(agencies_read(&arena, SMALL, &all, &why));
	cr_assert(eq(sz, all.n, 3));
	g = agencies_next(&all, span_of("1"), span_of("02"), NULL);
	check_text(g->name[LANG_VI], "Sở Một");
	check_text(g->task[LANG_EN], "Task one");
	check_text(g->document[LANG_VI], "VB 1");
	check_text(g->document[LANG_EN], "VB 1"); /* a document keeps its name */
	cr_expect(g->lead);
	g = agencies_next(&all, span_of("1"), span_of("02"), g);
	check_text(g->name[LANG_EN], "Department Two");
	cr_expect(not(g->lead));
	cr_expect(zero(ptr, (void *)agencies_next(&all, span_of("1"), span_of("02"), g)));
	g = agencies_next(&all, span_of("1"), span_of("01"), NULL);
	cr_expect(zero(ptr, (void *)agencies_next(&all, span_of("1"), span_of("01"), g)),
		  "02's document");
	cr_expect(zero(ptr, (void *)agencies_next(&all, span_of("2"), span_of("02"), NULL)));
	cr_expect(zero(ptr, (void *)agencies_next(&all, span_of("9"), span_of("01"), NULL)));
}

/* A document has a name in English where one is given. */
Test(agencies, documents_in_two_languages)
{
	static const char bytes[] = "code,role,agency_vi,agency_en,document,document_en\n"
				    "1,lead,Sở A,Department A,văn bản,a document\n"
				    "2,lead,Sở B,Department B,05/CT,\n";
	struct agencies all;
	struct diag why = {0};

	file_of("agencies.csv", bytes, sizeof bytes - 1);
	cr_assert(agencies_read(&arena, work.path, &all, &why), "%s", why.item[0].words);
	cr_assert(eq(sz, all.n, 2));
	check_text(all.at[0].document[LANG_VI], "văn bản");
	check_text(all.at[0].document[LANG_EN], "a document");
	check_text(all.at[1].document[LANG_EN], "05/CT");
}

Test(agencies, none_without_a_file)
{
	struct agencies all;
	struct diag why = {0};

	cr_assert(agencies_read(&arena, PRINTED, &all, &why));
	cr_expect(zero(sz, all.n));
	cr_expect(zero(ptr, (void *)agencies_next(&all, span_of("1"), span_of("01"), NULL)));
}

/* Directive 05/CT-CTUBND Hưng Yên 16/5/2019 (surveys/papi/SOURCE.md): Sở Nội vụ leads. */
Test(agencies, shipped)
{
	struct agencies all;
	struct diag why = {0};

	cr_assert(agencies_read(&arena, SHIPPED "/surveys/papi", &all, &why));
	check_text(agencies_next(&all, span_of("total"), span_of("33"), NULL)->name[LANG_VI],
		   "Sở Nội vụ");
	cr_expect(zero(ptr, (void *)agencies_next(&all, span_of("total"), span_of("99"), NULL)));
}

#define HEAD "index,code,role,agency_vi,agency_en,document\n"

Test(agencies, wrong_files)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{HEAD "X,1,lead,a,b,c\nX,1,boss,a,b,c\n", 3, 5,
		 "\"boss\" is neither lead nor support"},
		{HEAD "X,1,,a,b,c\n", 2, 5, "\"\" is neither lead nor support"},
		{"index,code,role,agency_vi,document\nX,1,lead,a,c\n", 1, 1,
		 "no column \"agency_en\""},
		{HEAD "X,1,lead\n", 2, 1, "the row has 3 fields, the header has 6"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct agencies all;
		struct diag why = {0};

		file_of("agencies.csv", cases[i].bytes, strlen(cases[i].bytes));
		cr_expect(not(agencies_read(&arena, work.path, &all, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "agencies.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
}
