#include "help.h"

#include "survey/straight.h"

#include <math.h>

TestSuite(straight, .fini = clean);

Test(straight, rows_by_hand)
{
	static const double rows[][6] = {
		{4, 4, 4, 4, 4, 4},     /* straight, run 6 */
		{4, 4, NAN, 4, 4, 4},   /* straight, run 5 */
		{4, 4, NAN, NAN, 4, 4}, /* four answers: does not count */
		{4, 4, 4, 4, 4, 5},     /* run 5 */
		{1, 1, NAN, 1, 2, 2},   /* run 3 */
		{1, 2, 1, 2, 1, 2},     /* run 1 */
	};
	static const size_t place[] = {0, 2, 0, 2, 0, 0};
	struct straight s;

	straight_start(&arena, 6, &s);
	for (size_t i = 0; i < COUNT(rows); i++)
		straight_take(&s, rows[i], place[i]);
	cr_expect(eq(sz, s.all.rows, 5));
	cr_expect(eq(sz, s.all.straight, 2));
	cr_expect(eq(sz, s.longest, 6));
	cr_expect(eq(dbl, s.runs, 6 + 5 + 5 + 3 + 1));
	cr_assert(eq(sz, s.n_places, 3));
	cr_expect(eq(sz, s.in[0].rows, 3));
	cr_expect(eq(sz, s.in[0].straight, 1));
	cr_expect(eq(sz, s.in[1].rows, 0));
	cr_expect(eq(sz, s.in[2].rows, 2));
	cr_expect(eq(dbl, straight_share(&s.in[2]), 0.5));
	cr_expect(isnan(straight_share(&s.in[1])));
}
