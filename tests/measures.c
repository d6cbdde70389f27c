#include "help.h"

#include "output/measures.h"

#include <math.h>

TestSuite(measures, .fini = clean);

static struct text written(const struct measures *m, enum fields_format format, bool fine)
{
	struct diag why = {0};
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&bytes, &n);
	struct text s;

	cr_expect(eq(int, (int)measures_write(m, format, out, &why), (int)fine));
	fclose(out);
	s = arena_text(&arena, (struct text){bytes, n});
	free(bytes);
	return s;
}

static struct measures some(const char *column)
{
	struct measures m = {.arena = &arena};

	measures_number(&m, "file", (struct measures_of){.column = {"", 0}}, "rows", 3);
	m.year = 2024;
	measures_number(&m, "columns", (struct measures_of){.column = span_of(column)}, "share",
			1.0 / 3);
	measures_number(&m, "columns", (struct measures_of){.column = span_of(column)}, "lowest",
			NAN);
	measures_word(&m, "columns", (struct measures_of){.column = span_of(column)}, "kind",
		      span_of("likert"));
	return m;
}

Test(measures, forms)
{
	struct measures m = some("a,\"b");

	check_text(written(&m, FIELDS_CSV, true),
		   "year,section,column,province,level,measure,value\n"
		   ",file,,,,rows,3\n"
		   "2024,columns,\"a,\"\"b\",,,share,0.3333333333333333\n"
		   "2024,columns,\"a,\"\"b\",,,lowest,\n"
		   "2024,columns,\"a,\"\"b\",,,kind,likert\n");
	m = some("a");
	m.n = 1;
	check_text(written(&m, FIELDS_JSON, true),
		   "[{\n\t\t\"year\":\tnull,\n\t\t\"section\":\t\"file\",\n\t\t\"column\":\t\"\",\n"
		   "\t\t\"province\":\t\"\",\n\t\t\"level\":\t\"\",\n\t\t\"measure\":\t\"rows\",\n"
		   "\t\t\"value\":\t3\n\t}]\n");
}

Test(measures, tsv_holds_no_tab)
{
	struct measures m = some("a\tb");

	written(&m, FIELDS_TSV, false);
	m = some("a");
	cr_expect(
		eq(sz, written(&m, FIELDS_TSV, true).n,
		   strlen("year\tsection\tcolumn\tprovince\tlevel\tmeasure\tvalue\n"
			  "\tfile\t\t\t\trows\t3\n2024\tcolumns\ta\t\t\tshare\t0.3333333333333333\n"
			  "2024\tcolumns\ta\t\t\tlowest\t\n2024\tcolumns\ta\t\t\tkind\tlikert\n")));
}

/* A name of a column may be anything; people open the file in a spreadsheet. */
Test(measures, formulas_are_told)
{
	struct measures m = some("=1+1");
	struct diag why = {0};
	FILE *out = fopen("/dev/null", "w");

	cr_assert(measures_write(&m, FIELDS_CSV, out, &why));
	fclose(out);
	check_problem(&why, 0, DIAG_NOTE, "", 0, 0, "\"=1+1\" is written as it is");
}
