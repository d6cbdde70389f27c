#include "survey/targets.h"

#include "input/table.h"

#include <math.h>

const struct target *targets_find(const struct targets *t, struct text code)
{
	for (size_t i = 0; t && i < t->n; i++)
		if (span_equal(t->at[i].code, code))
			return &t->at[i];
	return NULL;
}

/* A leaf, a domain or the total: what the tables show. */
static bool check_code(const struct table *t, size_t r, size_t column, const struct criteria *c,
		       const struct targets *before, struct diag *why)
{
	struct text code = table_cell(t, r, column);
	const struct criterion *k = criteria_find(c, code);

	if (!k)
		return diag_at(why, table_place(t, r, column), DIAG_DATA,
			       "no criterion has the code \"%.*s\"", SPAN_ARG(code));
	if (targets_find(before, code))
		return diag_at(why, table_place(t, r, column), DIAG_DATA,
			       "code \"%.*s\" stands twice", SPAN_ARG(code));
	return !k->subtotal || k == &c->total || span_equal(k->domain, code) ||
	       diag_at(why, table_place(t, r, column), DIAG_DATA,
		       "\"%.*s\" is a subtotal; targets are of criteria without parts, domains "
		       "and \"total\"",
		       SPAN_ARG(code));
}

static bool check_points(struct arena *a, const struct table *t, size_t r, size_t column,
			 const struct criterion *k, double points, struct diag *why)
{
	struct text s = table_cell(t, r, column);
	struct place at = table_place(t, r, column);

	if (isnan(points) || points < 0)
		return diag_at(why, at, DIAG_DATA, "column \"target\": \"%.*s\" is not a target",
			       SPAN_ARG(s));
	if (points > k->max)
		return diag_at(why, at, DIAG_DATA,
			       "column \"target\": %.*s is above the maximum of \"%.*s\", %.*s",
			       SPAN_ARG(s), SPAN_ARG(k->code), SPAN_ARG(number_exact(a, k->max)));
	if (points < k->final)
		diag_at(why, at, DIAG_WARNING,
			"column \"target\": %.*s of \"%.*s\" is below what is reached, %.*s",
			SPAN_ARG(s), SPAN_ARG(k->code), SPAN_ARG(number_exact(a, k->final)));
	return true;
}

bool targets_read(struct arena *a, const char *file, const struct criteria *c, struct targets *out,
		  struct diag *why)
{
	size_t code, points, deadline, agency, errors = why->errors;
	struct target *list;
	struct table t;

	*out = (struct targets){0};
	if (!table_read(a, file, true, &t, why) || !table_column(&t, "code", &code, why) ||
	    !table_column(&t, "target", &points, why))
		return false;
	deadline = table_find(&t, "deadline");
	agency = table_find(&t, "agency");
	list = arena_new(a, t.rows, sizeof *list);
	out->at = list;
	for (size_t r = 0; r < t.rows; r++) {
		struct target *target = &list[out->n];

		if (!check_code(&t, r, code, c, out, why) ||
		    !table_number(a, &t, r, points, &target->points, why) ||
		    !check_points(a, &t, r, points, criteria_find(c, table_cell(&t, r, code)),
				  target->points, why))
			continue;
		target->code = table_cell(&t, r, code);
		target->at = table_place(&t, r, points);
		target->deadline = table_cell(&t, r, deadline);
		target->agency = table_cell(&t, r, agency);
		out->n++;
	}
	return why->errors == errors;
}
