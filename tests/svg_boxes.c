#include "pictured.h"

TestSuite(svg_boxes, .fini = clean);

static void check_box(const struct svg_box *b, double left, double top, double right, double bottom)
{
	const double found[] = {b->left, b->top, b->right, b->bottom},
		     wanted[] = {left, top, right, bottom};

	for (size_t i = 0; i < 4; i++)
		cr_expect(epsilon_eq(dbl, found[i], wanted[i], 1e-6), "side %zu", i);
}

static double width(const char *words, bool bold)
{
	return typeface_width(face, span_of(words), bold);
}

/* Capitals are 0.7 em high: a text of 10 px on the line y = 50 begins at 43. */
Test(svg_boxes, texts_and_anchors)
{
	static const char *const anchors[] = {"start", "middle", "end"};

	for (size_t i = 0; i < COUNT(anchors); i++) {
		struct svg_boxes *b = pictured(
			lettered(100, 50, "rgb(34,34,34)", 10, anchors[i], "Hưng Yên &amp; 1"));
		double w = 10 * width("Hưng Yên & 1", false), left = 100 - w * (double)i / 2;

		cr_assert(eq(sz, b->texts, 1));
		check_text(b->text[0].words, "Hưng Yên & 1");
		check_box(&b->text[0].ink, left, 43, left + w, 50);
		check_text(colour_name(&arena, b->text[0].colour), "#222222");
		cr_expect(eq(dbl, b->text[0].size, 10));
	}
}

Test(svg_boxes, bold_scaled_and_turned)
{
	struct svg_boxes *b = pictured(
		"<g font-family=\"Noto Sans Bold\" font-size=\"10\"><text x=\"20\" "
		"y=\"30\">ab</text></g>"
		"<g transform=\"translate(50,60) rotate(270)\" font-size=\"10\" "
		"text-anchor=\"middle\"><text>abc</text></g>"
		"<g transform=\"translate(10,20) scale(2)\" font-size=\"5\"><text>x</text></g>");
	double w = 10 * width("abc", false);

	cr_assert(eq(sz, b->texts, 3));
	check_box(&b->text[0].ink, 20, 23, 20 + 10 * width("ab", true), 30);
	cr_expect(width("ab", true) > width("ab", false));
	/* reads upwards: its line is x = 50, its capitals reach to 43 */
	check_box(&b->text[1].ink, 43, 60 - w / 2, 50, 60 + w / 2);
	cr_expect(eq(dbl, b->text[2].size, 10));
	check_box(&b->text[2].ink, 10, 13, 10 + 10 * width("x", false), 20);
}

Test(svg_boxes, shapes_in_their_order)
{
	struct svg_boxes *b = pictured(
		"<g stroke=\"none\"><polygon fill=\"rgb( 10,  61, 107)\" "
		"points=\"10.5,20 30,20 30,40 10.5,40 \"/></g>"
		"<path stroke=\"rgb(1,2,3)\" d=\"M10,10 L30,10 m0,5 h-10 v5 l5,5 Z \"/>"
		"<use xlink:href='#disc' transform='translate(50,60) scale(3)' color='#C8102E'/>"
		"<use xlink:href='#dot' transform='translate(60,60) scale(2)'/>"
		"<rect class=\"mark\" x=\"0\" y=\"0\" width=\"200\" height=\"100\" fill=\"#000\"/>"
		"<g class=\"mark\"><text>unseen</text></g>");
	const struct svg_shape *s = b->shape;

	cr_expect(zero(sz, b->texts));
	cr_assert(eq(sz, b->shapes, 5)); /* the page first */
	cr_expect(eq(int, (int)s[0].form, SVG_AREA));
	check_text(colour_name(&arena, b->paper), "#FFFFFF");
	s += b->shapes - 4;
	cr_expect(eq(int, (int)s[0].form, SVG_AREA));
	check_box(&s[0].box, 10.5, 20, 30, 40);
	check_text(colour_name(&arena, s[0].colour), "#0A3D6B");
	cr_expect(eq(int, (int)s[1].form, SVG_STROKE));
	cr_expect(eq(sz, s[1].n, 5)); /* one, then four that close */
	check_box(&s[1].box, 10, 10, 30, 25);
	cr_expect(eq(dbl, s[1].line[4].y2, 15));
	cr_expect(eq(int, (int)s[2].form, SVG_POINT));
	cr_expect(not(s[2].hollow));
	check_box(&s[2].box, 47, 57, 53, 63);
	check_text(colour_name(&arena, s[2].colour), "#C8102E");
	cr_expect(s[3].hollow);
	check_text(colour_name(&arena, s[3].colour), "#000000");
}

static void behind(const struct svg_boxes *b, double x, double y, size_t order, bool points,
		   const char *wanted)
{
	struct text found = colour_name(&arena, svg_boxes_behind(b, x, y, order, points));

	cr_expect(span_is(found, wanted), "%g %g: %.*s, not %s", x, y, SPAN_ARG(found), wanted);
}

/* A quarter of black over #FF8000 is #BF6000. The triangle's long side runs from (100, 0) to
 * (140, 40): (130, 10) is in it, (110, 30) is not. */
Test(svg_boxes, what_lies_behind)
{
	struct svg_boxes *b = pictured(
		"<g stroke=\"none\">"
		"<polygon fill=\"#FF8000\" points=\"10,10 50,10 50,50 10,50\"/>"
		"<polygon fill=\"#000000\" fill-opacity=\"0.25\" points=\"30,10 90,10 90,50 "
		"30,50\"/>"
		"<polygon fill=\"#0000FF\" points=\"100,0 140,0 140,40\"/></g>"
		"<use xlink:href='#disc' transform='translate(20,20) scale(5)' color='#00FF00'/>"
		"<path stroke=\"#FF0000\" d=\"M0,45 L200,45\"/>");
	size_t all = b->drawn;

	behind(b, 12, 48, all, true, "#FF8000");
	behind(b, 40, 40, all, true, "#BF6000");
	behind(b, 80, 40, all, true, "#BFBFBF");
	behind(b, 130, 10, all, true, "#0000FF");
	behind(b, 110, 30, all, true, "#FFFFFF");
	behind(b, 20, 20, all, true, "#00FF00");
	behind(b, 20, 20, all, false, "#FF8000");
	behind(b, 40, 40, b->shape[b->shapes - 4].order, true, "#FF8000"); /* before the second */
	behind(b, 12, 45, all, true, "#FF8000"); /* lines are too thin to count */
	behind(b, 150, 90, all, true, "#FFFFFF");
}

/* What cannot be understood is passed over, and nothing is read beyond its end. */
Test(svg_boxes, odd_pictures)
{
	static const char *const odd[] = {
		"<path d=\"\"/>",
		"<path d=\"M\"/>",
		"<path d=\"L5\"/>",
		"<path d=\"M1,1 A5,5 0 0,1 9,9 C1,1\"/>",
		"<path d=\"M1 1 X 2 2 z z\"/>",
		"<polygon points=\"\"/>",
		"<polygon points=\"1\"/>",
		"<polygon points=\"1,2 3\"/>",
		"<use xlink:href='#nothing'/>",
		"<use/>",
		"<rect/>",
		"<text>   </text>",
		"<g transform=\"translate(\"><text>a</text></g>",
		"<g transform=\"skewX(3) translate\" fill=\"url(#x)\" font-size=\"-\"/>",
	};

	for (size_t i = 0; i < COUNT(odd); i++) {
		struct svg_boxes *b = pictured(odd[i]);

		cr_expect(le(sz, b->texts, 1), "row %zu", i);
		for (size_t k = 0; k < b->shapes; k++)
			cr_expect(b->shape[k].n < 8, "row %zu", i);
	}
}
