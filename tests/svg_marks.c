/* Places as gnuplot 5.4.4 draws them (boxxyerror with lc rgb variable, wholly transparent) become
 * marks. Numbers of marks are colours: rgb(0, 1, 44) is 256 + 44. */
#include "help.h"
#include "output/svg.h"

TestSuite(svg_marks, .fini = clean);

#define PLACE(rgb, points)                                                                         \
	"<polygon fill = 'rgb(" rgb ")' fill-opacity='0.00'  points = '" points " '/>\n"
#define SQUARE "10.00,30.00 20.00,30.00 20.00,20.00 10.00,20.00"

/* A picture of these words: set labels outside the plot, labels within, places. */
static const char *picture(const char *outside, const char *inside, const char *places)
{
	struct text all = arena_format(
		&arena,
		"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><g "
		"id=\"gnuplot_canvas\">%s<g id=\"gnuplot_plot_1\" ><title>gnuplot_plot_1</title>"
		"%s<g stroke='none'>%s</g></g></g></svg>",
		outside, inside, places);

	return file_of("m.svg", all.at, all.n);
}

static const char *finished(const char *file, struct svg_marks marks)
{
	const struct svg_words words = {.title = TEXT("T"),
					.description = TEXT("D"),
					.lang = TEXT("vi"),
					.prefix = TEXT("c"),
					.fonts = TEXT("serif"),
					.marks = marks};
	struct diag why = {0};

	cr_assert(svg_finish(file, &words, &why), "%s", why.item[0].words);
	return arena_string(&arena, bytes_of(file));
}

static void holds(const char *text, const char *wanted)
{
	cr_expect(strstr(text, wanted) != NULL, "\"%s\" is not in\n%s", wanted, text);
}

static void lacks(const char *text, const char *unwanted)
{
	cr_expect(strstr(text, unwanted) == NULL, "\"%s\" is in\n%s", unwanted, text);
}

Test(svg_marks, places_become_marks_in_their_order)
{
	static const struct svg_mark mark[] = {
		{TEXT("33"), TEXT("1"), TEXT("một"), true, TEXT(""), 0},
		{TEXT(""), TEXT("1"), TEXT("hai"), false, TEXT(""), 0},
		{TEXT("01"), TEXT(""), TEXT("ba"), true, TEXT(""), 0},
	};
	const char *file =
		picture("<text>x</text>", "",
			PLACE("  0,   0,   2", "0,5 10,5 10,0 0,0") PLACE("  0,   0,   0", SQUARE)
				PLACE("  0,   0,   1", "1,4 4,4 4,2 1,2"));
	const char *got = finished(file, (struct svg_marks){.n = COUNT(mark), .mark = mark});

	/* by hand: centres and halves of the boxes; the smaller side of 10 x 5 is the disc's width
	 */
	holds(got, "</g><g class=\"marks\" fill=\"none\" pointer-events=\"all\">\n"
		   "<g class=\"mark\" data-province=\"33\" data-item=\"1\"><title>một</title>"
		   "<circle cx=\"15\" cy=\"25\" r=\"5\"/></g>\n"
		   "<g class=\"mark\" data-item=\"1\"><title>hai</title>"
		   "<rect x=\"1\" y=\"2\" width=\"3\" height=\"2\"/></g>\n"
		   "<g class=\"mark\" data-province=\"01\"><title>ba</title>"
		   "<circle cx=\"5\" cy=\"2.5\" r=\"2.5\"/></g></g></svg>");
	lacks(got, "polygon");
	lacks(got, "tabindex");
	lacks(got, "gnuplot");
}

/* A path of a box 5 wide, drawn 10 px wide, is twice as large; one of no width is a rect. */
Test(svg_marks, paths)
{
	static const struct svg_mark mark[] = {
		{.province = TEXT("33"),
		 .words = TEXT("w"),
		 .path = TEXT("M0,0 5,0 5,5z"),
		 .width = 5},
		{.province = TEXT("01"), .words = TEXT("v"), .path = TEXT("M0,0z")},
	};
	const char *got = finished(
		picture("<text>x</text>", "", PLACE("0,0,0", SQUARE) PLACE("0,0,1", SQUARE)),
		(struct svg_marks){.n = 2, .mark = mark});

	holds(got, "<title>w</title><path transform=\"translate(10.00,20.00) scale(2.0000)\" ");
	holds(got, " d=\"M0,0 5,0 5,5z\"/>");
	holds(got, "<title>v</title><rect x=\"10\"");
}

/* 256 + 44 is the last of 301; 301 is none of them. */
Test(svg_marks, numbers_are_colours)
{
	struct svg_mark *mark = arena_new(&arena, 301, sizeof *mark);
	const char *file = picture("<text>x</text>", "",
				   PLACE("  0,   1,  44", SQUARE) PLACE("  0,   1,  45", SQUARE));

	mark[300] = (struct svg_mark){.province = TEXT("33"), .words = TEXT("last"), .round = true};
	const char *got = finished(file, (struct svg_marks){.n = 301, .mark = mark});

	holds(got, "<title>last</title>");
	cr_expect(eq(ptr, strstr(strstr(got, "class=\"mark\"") + 1, "class=\"mark\""), NULL));
	lacks(got, "polygon");
}

/* What is no place of a mark stays, or goes without a trace. */
Test(svg_marks, what_is_no_place)
{
	static const struct {
		const char *places;
		bool stays;
	} cases[] = {
		{"<polygon fill='rgb(0,0,0)' fill-opacity='0.16' points='" SQUARE "'/>", true},
		{"<polygon fill='rgb(0,0,0)' points='" SQUARE "'/>", true},
		{PLACE("0,0,1", SQUARE), false}, /* no such mark */
		{PLACE("0,0", SQUARE), false},
		{PLACE("0,0,0,0", SQUARE), false},
		{PLACE("0,0,300", SQUARE), false},
		{PLACE("a,0,0", SQUARE), false},
		{PLACE("0,0,0", ""), false},
		{PLACE("0,0,0", "1,1"), false}, /* no area */
		{PLACE("0,0,0", "1,1 2,1 3,1"), false},
		{PLACE("0,0,0", "1,1 1,2 1,3"), false},
		{PLACE("0,0,0", "1,1 2,nan 3,3"), false},
		{PLACE("0,0,0", "1,1 2 3,3"), false},
		{PLACE("0,0,0", "1,1 1e300,2 3,3"), false},
		{"<polygon fill='#000000' fill-opacity='0.00' points='" SQUARE "'/>", false},
		{"<polygon fill-opacity='0.00'/>", false},
	};
	static const struct svg_mark mark[] = {
		{TEXT("33"), TEXT("1"), TEXT("w"), true, TEXT(""), 0}};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *got = finished(picture("<text>x</text>", "", cases[i].places),
					   (struct svg_marks){.n = 1, .mark = mark});

		cr_expect(eq(int, strstr(got, "polygon") != NULL, cases[i].stays), "row %zu", i);
		cr_expect(eq(ptr, strstr(got, "class=\"mark"), NULL), "row %zu: %s", i, got);
	}
}

/* Words reach the reader as they are; what XML cannot hold is a space or U+FFFD. */
Test(svg_marks, any_words)
{
	static const struct {
		struct text words;
		const char *want;
	} cases[] = {
		{TEXT("<b>\"a\" & 'c' `touch x` $(x) %s ]]>"),
		 "&lt;b&gt;\"a\" &amp; 'c' `touch x` $(x) %s ]]&gt;"},
		{TEXT("a\nb\tc\x01"
		      "d\x1B"
		      "e"),
		 "a b c d e"},
		{TEXT("a\xEF\xBF\xBE"
		      "b\xEF\xBF\xBF"),
		 "a\xEF\xBF\xBD"
		 "b\xEF\xBF\xBD"},
		{TEXT("مرحبا 😀"), "مرحبا 😀"},
		{TEXT(""), ""},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct svg_mark mark = {.province = TEXT("\"33\"<"),
					      .item = TEXT("&1"),
					      .words = cases[i].words,
					      .round = true};
		const char *got = finished(picture("<text>x</text>", "", PLACE("0,0,0", SQUARE)),
					   (struct svg_marks){.n = 1, .mark = &mark});

		holds(got, "data-province=\"&quot;33&quot;&lt;\" data-item=\"&amp;1\"");
		holds(got, arena_format(&arena, "<title>%s</title><circle", cases[i].want).at);
	}
}

#define NAMED(province, words)                                                                     \
	"<text class=\"name\" data-province=\"" province "\">" words "</text>"

/* A label takes its province only where nothing else of the plot says the same. */
Test(svg_marks, names)
{
	static const struct svg_name name[] = {
		{TEXT("33"), TEXT("Hưng Yên")}, {TEXT("01"), TEXT("Hà Nội")},
		{TEXT("02"), TEXT("7")},        {TEXT("04"), TEXT("Đông An")},
		{TEXT("05"), TEXT("Đông An")},  {TEXT(""), TEXT("Cả nước")},
		{TEXT("06"), TEXT("a <&> b")},  {TEXT("07"), TEXT("hai")},
		{TEXT("07"), TEXT("hai")},
	};
	const char *file =
		picture("<text>Hưng Yên</text><text>Hà Nội</text>",
			"<text>Hưng Yên</text><text>7</text><text>7</text><text>Đông An</text>"
			"<text>Đông An</text><text>Cả nước</text><text>a &lt;&amp;> b</text>"
			"<text>hai</text><text>hai</text><text>Hưng Yên 7</text>",
			"");
	const char *got = finished(file, (struct svg_marks){.n_names = COUNT(name), .name = name});

	holds(got, "<text>Hưng Yên</text><text>Hà Nội</text>"); /* headings are no labels */
	holds(got, NAMED("33", "Hưng Yên"));
	holds(got, "<text>7</text><text>7</text>");             /* a rank as well, perhaps */
	holds(got, "<text>Đông An</text><text>Đông An</text>"); /* of two provinces */
	holds(got, "<text>Cả nước</text>");
	holds(got, NAMED("06", "a &lt;&amp;&gt; b"));
	holds(got, NAMED("07", "hai") NAMED("07", "hai")); /* drawn twice, named twice */
	holds(got, "<text>Hưng Yên 7</text>");
	lacks(got, "class=\"marks\"");
}
