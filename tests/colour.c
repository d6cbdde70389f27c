#include "help.h"
#include "output/colour.h"

TestSuite(colour, .fini = clean);

static struct colour of(const char *s)
{
	struct colour c = {-1, -1, -1};

	cr_assert(colour_read(span_of(s), &c), "%s", s);
	return c;
}

Test(colour, reading)
{
	static const char *const same[] = {"#c8102e", "#C8102E", "rgb(200,16,46)",
					   "rgb(200,  16,  46)"};
	static const char *const wrong[] = {"",
					    "#",
					    "#12",
					    "#1234567",
					    "#12345g",
					    "red",
					    "rgb(",
					    "rgb(1,2)",
					    "rgb(1,2,3",
					    "rgb(1,2,3,4)",
					    "rgb(,,)",
					    "rgb(1,2,256)",
					    "rgb(1,2,-3)",
					    "rgb(1,2,1000)",
					    "none"};
	struct colour kept = {0.25, 0.5, 0.75};

	for (size_t i = 0; i < COUNT(same); i++)
		check_text(colour_name(&arena, of(same[i])), "#C8102E");
	check_text(colour_name(&arena, of("#fa0")), "#FFAA00");
	check_text(colour_name(&arena, of("white")), "#FFFFFF");
	check_text(colour_name(&arena, of("black")), "#000000");
	for (size_t i = 0; i < COUNT(wrong); i++)
		cr_expect(not(colour_read(span_of(wrong[i]), &kept)), "%s", wrong[i]);
	cr_expect(eq(dbl, kept.green, 0.5));
	cr_expect(colour_equal(of("#000"), of("black")));
	cr_expect(not(colour_equal(of("#000"), of("#000100"))));
}

/* WCAG's own extremes; the lightest greys with 4.5:1 and 3:1 on white
 * (webaim.org/articles/contrast): #767676 4.54, #949494 3.03; pure red on white 4.00, blue 8.59. By
 * hand for #767676: 118/255 = 0.46275, light ((0.46275 + 0.055)/1.055)^2.4 = 0.18116, (1 +
 * 0.05)/(0.18116 + 0.05) = 4.542. */
Test(colour, contrast)
{
	static const struct {
		const char *one, *other;
		double ratio;
	} cases[] = {
		{"#000000", "#FFFFFF", 21},   {"#FFFFFF", "#FFFFFF", 1},
		{"#767676", "#FFFFFF", 4.54}, {"#FFFFFF", "#767676", 4.54},
		{"#949494", "#FFFFFF", 3.03}, {"#FF0000", "#FFFFFF", 4.00},
		{"#0000FF", "#FFFFFF", 8.59},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(epsilon_eq(dbl, colour_contrast(of(cases[i].one), of(cases[i].other)),
				     cases[i].ratio, 0.005),
			  "row %zu", i);
}

/* A half, and a quarter, of white on black. */
Test(colour, over)
{
	check_text(colour_name(&arena, colour_over(of("white"), 0.5, of("black"))), "#808080");
	check_text(colour_name(&arena, colour_over(of("black"), 0.25, of("white"))), "#BFBFBF");
	check_text(colour_name(&arena, colour_over(of("#C8102E"), 1, of("white"))), "#C8102E");
	check_text(colour_name(&arena, colour_over(of("#C8102E"), 0, of("white"))), "#FFFFFF");
}

/* L*a*b* of sRGB red is 53.24, 80.09, 67.20, of green 87.73, -86.18, 83.18 (brucelindbloom.com);
 * red to white: sqrt(46.76^2 + 80.09^2 + 67.20^2) = 114.5; red to green: sqrt(34.49^2 + 166.27^2 +
 * 15.98^2) = 170.6. */
Test(colour, distance)
{
	cr_expect(epsilon_eq(dbl, colour_distance(of("black"), of("white")), 100, 0.05));
	cr_expect(epsilon_eq(dbl, colour_distance(of("#FF0000"), of("white")), 114.5, 0.1));
	cr_expect(epsilon_eq(dbl, colour_distance(of("#FF0000"), of("#00FF00")), 170.6, 0.1));
	cr_expect(zero(dbl, colour_distance(of("#123456"), of("#123456"))));
}

/* colorbrewer2.org calls RdYlGn not safe for colour-blind readers, RdBu and PuOr safe. The others
 * were worked out by hand from the published matrices, without cones for green and for red:
 * #8C1010 and #4DAF4A are 29.5 and 53.9 apart, #FF2000 and #005000 44.5 and 11.0, #FFB0B0 and
 * #006400 52.6 and 55.3. */
Test(colour, red_and_green)
{
	static const struct {
		const char *one, *other;
		bool confused;
	} cases[] = {
		{"#D7191C", "#1A9641", true},  {"#1A9641", "#D7191C", true},
		{"#FDAE61", "#A6D96A", true},  {"#CA0020", "#0571B0", false},
		{"#E66101", "#5E3C99", false}, {"#0072B2", "#D55E00", false},
		{"#C8102E", "#3B78AB", false}, {"#808080", "#1A9641", false},
		{"#D7191C", "#D7191C", false}, {"#1A9641", "#1A9641", false},
		{"#8C1010", "#4DAF4A", true},  {"#FF2000", "#005000", true},
		{"#FFB0B0", "#006400", false}, {"#7F0000", "#B8FFB8", false},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(eq(int, colour_red_green(of(cases[i].one), of(cases[i].other)),
			     cases[i].confused),
			  "row %zu", i);
}
