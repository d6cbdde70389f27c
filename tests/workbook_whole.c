#include "help.h"

#include "output/workbook_whole.h"

#include <unistd.h>

TestSuite(workbook_whole, .fini = clean);

/* A zip with one part of these words. */
static const char *packed(const char *words)
{
	const char *zip = arena_format(&arena, "%s.zip", file_of("a.xml", words, strlen(words))).at;

	unlink(zip);
	cr_assert(system(arena_format(&arena, "cd %s && zip -q %s a.xml", work.path, zip).at) == 0);
	return zip;
}

Test(workbook_whole, parts_that_are_whole_or_not)
{
	static const struct {
		const char *words;
		bool whole;
	} cases[] = {
		{"<?xml version=\"1.0\"?><a><b>1</b></a>", true},
		{"<?xml version=\"1.0\"?><a><b>1</b>", false},
		{"<?xml version=\"1.0\"?><a><b>1</b></a", false},
		{"<a></a><b/>", false},
		{"", false},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(int, workbook_whole(packed(cases[i].words)), cases[i].whole), "%s",
			  cases[i].words);
}

Test(workbook_whole, files_that_are_not)
{
	const char *zip = packed("<a>1234567890123456789012345678901234567890</a>");
	struct text bytes = bytes_of(zip);

	cr_expect(workbook_whole(zip));
	for (size_t i = 0; i < bytes.n; i += 7) /* cut short anywhere */
		cr_expect(not(workbook_whole(file_of("cut.zip", bytes.at, i))), "%zu", i);
	cr_expect(not(workbook_whole("/nonexistent/x.xlsx")));
	cr_expect(not(workbook_whole(file_of("text", "no zip\n", 7))));
}
