/* Expected values by hand. */
#include "api.h"

#include "estimate/quadratic.h"

TestSuite(quadratic, .fini = clean);

/* [4 1; 1 2]^-1 = [2 -1; -1 4] / 7, so (1, 3) gives (2 - 6 + 36) / 7; also in other units. */
Test(quadratic, by_hand)
{
	double y[] = {1, 3}, v[] = {4, 1, 1, 2}, big[] = {1e6, 3e-6},
	       scaled[] = {4e12, 1, 1, 2e-12}, small[] = {1e-6, 3e6},
	       turned[] = {4e-12, 1, 1, 2e12}, form;

	cr_expect(quadratic_form(2, y, v, &form));
	api_close(form, 32.0 / 7, 1e-14, "form", 0);
	cr_expect(quadratic_form(2, big, scaled, &form));
	api_close(form, 32.0 / 7, 1e-14, "form", 1);
	cr_expect(quadratic_form(2, small, turned, &form));
	api_close(form, 32.0 / 7, 1e-14, "form", 2);
}

Test(quadratic, without_inverse)
{
	static const double cases[][4] = {
		{1, 1, 1, 1},   {4, 2, 2, 1},     {1, 2, 2, 1},
		{0, 0, 0, 1},   {1, 0, 0, 0},     {-1, 0, 0, 1},
		{NAN, 0, 0, 1}, {1, NAN, NAN, 1}, {1, 1 - 1e-14, 1 - 1e-14, 1},
	};

	gsl_set_error_handler_off();
	for (size_t i = 0; i < COUNT(cases); i++) {
		double y[] = {1, 3}, v[4], form = 0;

		memcpy(v, cases[i], sizeof v);
		cr_expect(not(quadratic_form(2, y, v, &form)), "row %zu", i);
		cr_expect(isnan(form), "row %zu", i);
	}
}
