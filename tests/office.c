#include "help.h"

#include "survey/office.h"

TestSuite(office, .fini = clean);

#define HEAD "key,value\n"

static const char *value(const struct office *o, enum office_key key, size_t i)
{
	cr_assert(i < o->value[key].n, "%s", office_keys[key]);
	return arena_string(&arena, o->value[key].at[i]);
}

Test(office, values_by_their_keys)
{
	static const char bytes[] = "note,value,key\n"
				    "x,\" Sở \"\"Nội\"\" vụ \",agency\n"
				    "x,\"a, `b`\n<c> & $(d)\",parent_agency\n"
				    "x,,signer\n"
				    "x,2024-02-29,date\n"
				    "x,TM. ỦY BAN,authority\nx,KT. CHỦ TỊCH,authority\n";
	struct office o;
	struct diag why = {0};

	cr_assert(office_read(&arena, file_of("office.csv", bytes, sizeof bytes - 1), &o, &why));
	cr_expect(eq(str, (char *)value(&o, OFFICE_AGENCY, 0), "Sở \"Nội\" vụ"));
	cr_expect(eq(str, (char *)value(&o, OFFICE_PARENT_AGENCY, 0), "a, `b`\n<c> & $(d)"));
	cr_expect(zero(sz, o.value[OFFICE_SIGNER].n), "blank is as good as none");
	cr_expect(zero(sz, o.value[OFFICE_RECIPIENT].n));
	cr_assert(eq(sz, o.value[OFFICE_AUTHORITY].n, 2));
	cr_expect(eq(str, (char *)value(&o, OFFICE_AUTHORITY, 1), "KT. CHỦ TỊCH"));
	cr_expect(eq(long, o.year, 2024));
	cr_expect(eq(long, o.month, 2));
	cr_expect(eq(long, o.day, 29));
}

/* The form that is shipped has every key and nobody's name. */
Test(office, shipped_form)
{
	const char *file = SHIPPED "/reports/office.csv";
	struct text form = bytes_of(file);
	const char *all = arena_string(&arena, form);
	struct office o;
	struct diag why = {0};

	cr_assert(office_read(&arena, file, &o, &why));
	for (size_t k = 0; k < OFFICE__COUNT; k++) {
		cr_expect(zero(sz, o.value[k].n), "%s", office_keys[k]);
		cr_expect(strstr(all, arena_format(&arena, "\n%s,,", office_keys[k]).at) != NULL,
			  "%s", office_keys[k]);
	}
	cr_expect(zero(long, o.day));
}

Test(office, wrong_files)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment, *hint;
	} cases[] = {
		{HEAD "agency,A\nagencie,B\n", 3, 1, "\"agencie\" is no key",
		 "did you mean \"agency\"?"},
		{HEAD "colour,red\n", 2, 1, "\"colour\" is no key", "keys are parent_agency"},
		{HEAD ",x\n", 2, 1, "\"\" is no key", "keys are"},
		{HEAD "agency,A\nplace,P\nagency,B\n", 4, 8,
		 "agency is given twice: \"A\" and \"B\"", ""},
		{HEAD "date,5/4/2024\n", 2, 6,
		 "date \"5/4/2024\" is not a day written as 2024-04-05", ""},
		{HEAD "date,2023-02-29\n", 2, 6, "\"2023-02-29\" is not a day", ""},
		{HEAD "date,1900-02-29\n", 2, 6, "\"1900-02-29\" is not a day", ""},
		{HEAD "date,2024-04-31\n", 2, 6, "\"2024-04-31\" is not a day", ""},
		{HEAD "date,2024-13-01\n", 2, 6, "\"2024-13-01\" is not a day", ""},
		{HEAD "date,2024-04-00\n", 2, 6, "\"2024-04-00\" is not a day", ""},
		{HEAD "number,15/BC-SNV\n", 2, 8, "number \"15/BC-SNV\" holds a \"/\"",
		 "the key symbol"},
		{"key\nagency\n", 1, 1, "no column \"value\"", ""},
		{HEAD "agency\n", 2, 1, "the row has 1 fields, the header has 2", ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *file = file_of("office.csv", cases[i].bytes, strlen(cases[i].bytes));
		struct office o;
		struct diag why = {0};

		cr_expect(not(office_read(&arena, file, &o, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "office.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
		cr_expect(strstr(why.item[0].hint, cases[i].hint) != NULL, "row %zu: %s", i,
			  why.item[0].hint);
	}
}

Test(office, no_such_file)
{
	struct office o;
	struct diag why = {0};

	cr_expect(not(office_read(&arena, "/nowhere/office.csv", &o, &why)));
	cr_expect(eq(int, why.worst, DIAG_DATA));
}
