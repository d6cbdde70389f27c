#include "help.h"
#include "output/svg_tree.h"

TestSuite(svg_tree, .fini = clean);

Test(svg_tree, bytes_for_a_parser)
{
	static const struct {
		const char *bytes, *want;
	} cases[] = {
		{"", ""},
		{"a]]>b", "a]]&gt;b"},
		{"]>]]", "]>]]"},
		{"]]]>", "]]]&gt;"},
		{"x\xEF\xBF\xBEy\xEF\xBF\xBF", "x\xEF\xBF\xBDy\xEF\xBF\xBD"}, /* U+FFFE, U+FFFF */
		{"\xEF\xBF\xBD\xEF\xBB\xBF",
		 "\xEF\xBF\xBD\xEF\xBB\xBF"}, /* U+FFFD and the mark may stand */
		{"\xEF\xBF", "\xEF\xBF"},     /* cut; left to the parser */
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(svg_bytes(&arena, span_of(cases[i].bytes)), cases[i].want);
}
