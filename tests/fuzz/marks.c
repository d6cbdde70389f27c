/* Any bytes as the small tables a user brings: marks and targets, people of provinces, indicators
 * and what an index is made of: read, or refused with an error. Nothing in them may be NaN where a
 * reader says it is a number. */
#include "survey/components.h"
#include "survey/criteria.h"
#include "survey/indicators.h"
#include "survey/population.h"
#include "survey/targets.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void marks(struct arena *a, const char *file, const struct provinces *all)
{
	struct criteria_wanted wanted = {.provinces = all, .self = &all->at[0], .year = 2024};
	struct diag why = {0}, more = {0};
	struct criteria c;
	struct targets targets;

	criteria_is_file(a, file);
	if (!criteria_read(a, file, &wanted, &c, &why)) {
		assert(why.errors > 0);
		return;
	}
	for (size_t i = 0; i < c.n; i++) {
		assert(criteria_find(&c, c.at[i].code));
		assert(!(c.at[i].final < 0) && !(c.at[i].final > c.at[i].max + 1));
	}
	assert(targets_read(a, file, &c, &targets, &more) == (more.errors == 0));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	char file[64];
	struct arena a = {0};
	struct diag first = {0}, second = {0}, third = {0};
	struct text names[] = {TEXT("Một"), TEXT("Hai")};
	struct province at[] = {{.code = TEXT("01"), .name = names[0], .from = 0, .to = 99999999},
				{.code = TEXT("02"), .name = names[1], .from = 0, .to = 99999999}};
	struct provinces all = {.n = 2, .at = at};
	struct population people;
	struct components parts;
	struct indicators table;

	snprintf(file, sizeof file, "/tmp/hailong-fuzz-marks.%ld.csv", (long)getpid());
	FILE *out = fopen(file, "wb");
	assert(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0);
	marks(&a, file, &all);
	if (population_read(&a, file, &all, &people, &first))
		for (size_t i = 0; i < people.n; i++)
			assert(people.at[i].count > 0 && isfinite(people.at[i].count));
	if (components_read(&a, file, &parts, &second))
		for (size_t i = 0; i < parts.n; i++)
			assert(parts.at[i].weight > 0 &&
			       components_find(&parts, parts.at[i].name) == i);
	if (indicators_read(&a, file, NULL, NULL, NULL, 0, &table, &third))
		assert(table.rows > 0 && table.items > 0 && table.years > 0);
	unlink(file);
	arena_release(&a);
	return 0;
}
