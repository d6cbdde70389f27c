#include "help.h"

#include "output/letterhead.h"

TestSuite(letterhead, .fini = clean);

static struct phrases phrases_in(enum lang lang)
{
	struct phrases p;
	struct diag why = {0};

	cr_assert(phrases_read(&arena, SHIPPED, lang, &p, &why));
	return p;
}

static struct office office_of(const char *bytes)
{
	struct office o;
	struct diag why = {0};

	cr_assert(office_read(&arena, file_of("office.csv", bytes, strlen(bytes)), &o, &why));
	return o;
}

static void check_yaml(enum lang lang, const struct letterhead *l, const char *wanted)
{
	struct phrases p = phrases_in(lang);

	cr_expect(eq(str, (char *)arena_string(&arena, letterhead_yaml(&p, l)), (char *)wanted));
}

Test(letterhead, without_an_office)
{
	struct office blank = office_of("key,value\nagency,\n");
	struct letterhead l = {.subject = TEXT("Chỉ số: 'thử'"), .maker = TEXT("hailong 0.1.0")};

	check_yaml(LANG_VI, &l,
		   "template: nd30\nsubject: 'Chỉ số: \\''thử\\'''\ncreator: 'hailong 0.1.0'");
	l.office = &blank;
	l.subject = (struct text){"", 0};
	l.template = LETTERHEAD_PLAIN;
	check_yaml(LANG_EN, &l, "template: plain\ncreator: 'hailong 0.1.0'");
}

/* Every word that YAML, Markdown or XML could read as its own is escaped; a list is indented. */
Test(letterhead, with_an_office)
{
	struct office o = office_of("key,value\n"
				    "recipient,- Như trên;\n"
				    "agency,\"Sở `a` $(b) <c> & *d*\ne: # f\"\n"
				    "recipient,Lưu: VT.\n"
				    "date,2024-04-05\n");
	struct letterhead l = {.office = &o, .maker = TEXT("hailong 0.1.0")};

	check_yaml(LANG_VI, &l,
		   "template: nd30\ncreator: 'hailong 0.1.0'\noffice:\n"
		   "  agency: 'Sở \\`a\\` \\$(b) \\<c\\> \\& \\*d\\* e: \\# f'\n"
		   "  date: 'ngày 05 tháng 4 năm 2024'\n"
		   "  recipient:\n  - '\\- Như trên;'\n  - 'Lưu: VT.'");
}

/* Methodology F.4: zeros before days below 10 and months 1 and 2 only. */
Test(letterhead, dates_in_words)
{
	static const struct {
		const char *iso, *words;
	} cases[] = {
		{"2019-05-16", "ngày 16 tháng 5 năm 2019"},
		{"2024-04-05", "ngày 05 tháng 4 năm 2024"},
		{"2015-02-09", "ngày 09 tháng 02 năm 2015"},
		{"2015-01-10", "ngày 10 tháng 01 năm 2015"},
		{"2015-03-31", "ngày 31 tháng 3 năm 2015"},
		{"2021-12-01", "ngày 01 tháng 12 năm 2021"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct office o =
			office_of(arena_format(&arena, "key,value\ndate,%s\n", cases[i].iso).at);
		struct letterhead l = {.office = &o, .maker = TEXT("m")};

		check_yaml(LANG_VI, &l,
			   arena_format(&arena,
					"template: nd30\ncreator: 'm'\noffice:\n  date: '%s'",
					cases[i].words)
				   .at);
		check_yaml(LANG_EN, &l,
			   arena_format(&arena,
					"template: nd30\ncreator: 'm'\noffice:\n  date: '%s'",
					cases[i].iso)
				   .at);
	}
}

Test(letterhead, reference_documents)
{
	cr_expect(eq(str, (char *)letterhead_reference(LETTERHEAD_ND30, LANG_VI), "nd30.docx"));
	cr_expect(eq(str, (char *)letterhead_reference(LETTERHEAD_ND30, LANG_EN), "nd30.en.docx"));
	cr_expect(eq(str, (char *)letterhead_reference(LETTERHEAD_PLAIN, LANG_VI), "plain.docx"));
	cr_expect(
		eq(str, (char *)letterhead_reference(LETTERHEAD_PLAIN, LANG_EN), "plain.en.docx"));
}
