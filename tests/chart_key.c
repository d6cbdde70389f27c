/* The key above a plot, of charts that have one: radar has the province, the median of its peers,
 * that of the country and the best. */
#include "chart_help.h"

TestSuite(chart_key, .fini = clean);

static struct chart radar_of(const char *peers)
{
	struct ready *r = ready_of("33", 2024, 2023);

	r->peers.label[LANG_VI] = span_of(peers);
	return drawn(r, CHART_RADAR);
}

static double height_of(const struct chart *c)
{
	return c->height;
}

Test(chart_key, one_line)
{
	struct chart c = radar_of("An");

	holds(c.data.at, "\nkey_lines\t1\n");
	holds(block(&c, "key"), "1\tHưng Yên\t0\t1\n2\ttrung vị An\t");
	lacks(block(&c, "key"), "\t2\n");
}

/* A letter W of 0.93 em is 2.9 mm wide here: 40 leave no room for the next words on the 193 mm, and
 * 60 none for those before them either. A line is 1.3 x 3.528 mm high. */
Test(chart_key, as_many_lines_as_it_takes)
{
	char letters[61] = "";
	struct chart one = radar_of("An"), two, three;

	memset(letters, 'W', 60);
	three = radar_of(letters);
	letters[40] = '\0';
	two = radar_of(letters);
	holds(two.data.at, "\nkey_lines\t2\n");
	holds(block(&two, "key"), "3\ttrung vị cả nước\t0\t2\n");
	holds(three.data.at, "\nkey_lines\t3\n");
	holds(block(&three, "key"), "WWW\t0\t2\n3\ttrung vị cả nước\t0\t3\n");
	cr_expect(epsilon_eq(dbl, height_of(&three) - height_of(&one), 2 * 1.3 * 3.528, 0.01));
}
