#include "survey/meaning.h"

#include "base/number.h"
#include "survey/where.h"

#include <math.h>

#define MOST_SEARCHED 1000

double meaning_number(const struct question *q, struct text cell)
{
	double value;

	if (!q)
		return number_parse(cell, &value) ? value : INFINITY;
	if (question_missing(q, cell))
		return NAN;
	if (q->n_levels) {
		const struct level *level = question_level(q, cell);

		return level && !isnan(level->number) ? level->number : INFINITY;
	}
	if (!number_parse(cell, &value) || value < q->valid_min || value > q->valid_max)
		return INFINITY;
	return value;
}

double meaning_share(const struct question *q, const struct text *counting, size_t n, bool *met,
		     struct text cell)
{
	double y = 0;

	if (q && question_missing(q, cell))
		return NAN;
	if (q && q->n_levels && !question_level(q, cell))
		return INFINITY;
	for (size_t i = 0; i < n; i++)
		if (where_same(cell, counting[i])) {
			met[i] = true;
			y = 1;
		}
	return y;
}

double meaning_unanswered(const struct question *q, struct text cell)
{
	double known;

	if (q && question_missing(q, cell))
		return 1;
	known = q && q->n_levels ? (question_level(q, cell) ? 0 : INFINITY)
				 : meaning_number(q, cell);
	return isinf(known) ? known : 0;
}

/* Of spellings of one number the shortest, then the first by the alphabet. */
static bool simpler(struct text a, struct text b)
{
	return a.n != b.n ? a.n < b.n : span_compare(a, b) < 0;
}

double meaning_level(const struct question *q, struct dict *levels, struct text cell)
{
	const struct level *level;
	size_t known;

	if (q && question_missing(q, cell))
		return NAN;
	level = q ? question_level(q, cell) : NULL;
	if (q && q->n_levels && !level)
		return INFINITY;
	if (!level && (known = dict_find(levels, 0, cell)) != DICT_NONE)
		return (double)known;
	for (size_t i = 0; !level && levels->n < MOST_SEARCHED && i < levels->n; i++)
		if (where_same(levels->entry[i].name, cell)) {
			if (simpler(cell, levels->entry[i].name))
				levels->entry[i].name = arena_text(levels->arena, cell);
			return (double)i;
		}
	return (double)dict_add(levels, 0, level ? level->value : cell, NULL);
}
