#include "help.h"

#include "base/decimal.h"

#include <math.h>

TestSuite(decimal, .fini = clean);

static bool is(struct decimal d, const char *text)
{
	struct decimal want;

	cr_assert(decimal_parse(span_of(text), &want), "%s", text);
	return d.value == want.value && d.places == want.places;
}

/* Up to 15 digits, a number and its text are the same decimal. */
Test(decimal, of_a_double)
{
	static const struct {
		const char *text;
		bool short_, long_;
	} cases[] = {
		{"0", true, true},
		{"1", true, true},
		{"-0.1", true, true},
		{"12.345678901", true, true},
		{"0.123456789", true, true},
		{"0.5333333333", false, true},
		{"-1.53333333333333", false, true},
		{"0.000000001234567", false, true},
		{"99999999999999.9", true, true},
		{"0.33333333333333331", false, false}, /* 16 digits and more */
		{"1.5333333333333333", false, false},
		{"0.0000000001234567", false, false}, /* 16 places */
		{"1e15", false, false},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		double x = strtod(cases[i].text, NULL);
		struct decimal d = {0, 0};

		cr_expect(decimal_of(x, &d) == cases[i].short_, "%s", cases[i].text);
		cr_expect(is(d, cases[i].text) || !cases[i].short_, "%s", cases[i].text);
		cr_expect(decimal_long(x, &d) == cases[i].long_, "%s", cases[i].text);
		cr_expect(is(d, cases[i].text) || !cases[i].long_, "%s", cases[i].text);
	}
	cr_expect(not(decimal_long(NAN, &(struct decimal){0, 0})));
}
