#include "help.h"
#include "output/svg.h"

TestSuite(svg, .fini = clean);

/* As gnuplot writes it: its own title, an id, a reference, an empty group, a bold family, a "]]>".
 */
static const char drawn[] =
	"<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"no\"?>\n"
	"<svg width=\"10\" height=\"5\" viewBox=\"0 0 10 5\" xmlns=\"http://www.w3.org/2000/svg\"\n"
	" xmlns:xlink=\"http://www.w3.org/1999/xlink\"><title>Gnuplot</title><desc>Produced by "
	"X</desc>\n"
	"<defs><circle id='dot' r='1'/><use xlink:href='#dot' id='big'/></defs>\n"
	"<g id=\"gnuplot_plot_1\"><title>/home/x/1.tsv</title>\n"
	"<g font-family=\"Noto Sans Bold\"><text>a]]>b &amp; Hưng Yên</text></g></g>\n"
	"<g fill=\"none\">\n</g><g><text></text></g></svg>\n";

static const struct svg_words words = {
	.title = TEXT("Điểm <&> \"1\""),
	.description = TEXT("tab\there \x01 end"),
	.lang = TEXT("vi"),
	.prefix = TEXT("c-1"),
	.fonts = TEXT("'Noto Sans', sans-serif"),
};

static void has(const char *file, const char *wanted, bool yes)
{
	bool found = strstr(bytes_of(file).at, wanted) != NULL;

	cr_expect(eq(int, found, yes), "%s \"%s\"", yes ? "lacks" : "has", wanted);
}

Test(svg, finishing)
{
	struct diag why = {0};
	const char *file = file_of("a.svg", drawn, sizeof drawn - 1);

	cr_assert(svg_finish(file, &words, &why), "%s", why.item[0].words);
	has(file, "role=\"img\"", true);
	has(file, "lang=\"vi\"", true);
	has(file, "aria-labelledby=\"c-1-title c-1-desc\"", true);
	has(file, "<title id=\"c-1-title\">Điểm &lt;&amp;&gt; \"1\"</title>", true);
	has(file, "<desc id=\"c-1-desc\">tab here   end</desc>", true);
	has(file, "id=\"c-1-dot\"", true);
	has(file, "xlink:href=\"#c-1-dot\"", true);
	has(file, "font-family=\"'Noto Sans', sans-serif\"", true);
	has(file, "font-weight=\"bold\"", true);
	has(file, "a]]&gt;b &amp; Hưng Yên", true);
	has(file, "Gnuplot", false);
	has(file, "Produced by", false);
	has(file, "gnuplot_plot", false);
	has(file, "1.tsv", false);
	has(file, "<text/>", false);
	has(file, "<g fill", false);
}

Test(svg, unfinished_pictures)
{
	static const char *const bytes[] = {"", "<svg", "<svg><g>", "<html></html>", "\x89PNG"};

	for (size_t i = 0; i < COUNT(bytes); i++) {
		struct diag why = {0};
		const char *file = file_of("b.svg", bytes[i], strlen(bytes[i]));

		cr_expect(not(svg_finish(file, &words, &why)), "row %zu", i);
		cr_expect(eq(int, (int)why.worst, DIAG_TOOL), "row %zu", i);
		check_text(bytes_of(file), bytes[i]); /* left as it was */
	}
}
