#include "filed.h"

#include "estimate/conceal.h"

#include <math.h>

TestSuite(conceal, .fini = clean);

/* Two provinces, three groups each, one item: n and which are hidden, before and after. */
static void check(size_t margin_factors, const double *n, const char *before, const char *after)
{
	struct margin margin = {.n = margin_factors, .factor = {0, 1}};
	struct plan plan = {.n_margins = 1, .margin = &margin, .province_first = true};
	struct cells cells = {.index = dict_new(&arena)};
	struct result r = {0};

	cells.at = arena_new(&arena, 6, sizeof *cells.at);
	for (size_t i = 0; i < 6; i++) {
		struct result_row row = result_row_init();
		size_t level[2] = {i / 3, i % 3};

		dict_add(cells.index, 0, (struct text){(const char *)level, sizeof level}, NULL);
		cells.at[i] = (struct cell){.level = {i / 3, i % 3}};
		row.n = n[i];
		row.estimate = before[i] == 'H' ? NAN : 1;
		row.flags = before[i] == 'H' ? FLAG_SUPPRESSED : FLAG_CAUTION;
		result_add(&arena, &r, &row);
	}
	conceal_partners(&arena, &plan, &cells, 0, 0, &r);
	for (size_t i = 0; i < 6; i++) {
		bool hidden = r.row[i].flags & FLAG_SUPPRESSED;

		cr_expect(hidden == (after[i] == 'H') && isnan(r.row[i].estimate) == hidden,
			  "%s, row %zu", before, i);
		cr_expect(hidden || r.row[i].flags == FLAG_CAUTION);
	}
}

static const double sizes[] = {5, 40, 30, 20, 50, 60};

Test(conceal, one_hidden_group_takes_the_smallest_other)
{
	check(2, sizes, "HSSSSS", "HSHSSS");
	check(2, sizes, "HSSSHS", "HSHHHS");
}

Test(conceal, two_hidden_groups_hide_each_other)
{
	check(2, sizes, "HHSSSS", "HHSSSS");
	check(2, sizes, "SSSSSS", "SSSSSS");
	check(2, sizes, "HHHSSS", "HHHSSS");
}

/* By province alone nothing follows from the others. */
Test(conceal, provinces_have_no_partner)
{
	check(1, sizes, "HSSSSS", "HSSSSS");
}
