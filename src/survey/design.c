#include "survey/design.h"

#include "input/table.h"

static bool append(struct text *list, size_t most, size_t *n, struct text column, struct place at,
		   struct text role, struct diag *why)
{
	if (*n == most)
		return diag_at(why, at, DIAG_DATA, "role \"%.*s\" stands more than %zu times",
			       SPAN_ARG(role), most);
	list[(*n)++] = column;
	return true;
}

static bool once(struct text *to, struct text column, struct place at, struct text role,
		 struct diag *why)
{
	if (to->n)
		return diag_at(why, at, DIAG_DATA, "role \"%.*s\" stands twice", SPAN_ARG(role));
	*to = column;
	return true;
}

static bool take_role(struct text role, struct text column, struct place at, struct design *d,
		      struct diag *why)
{
	if (span_is(role, "year"))
		return once(&d->year, column, at, role, why);
	if (span_is(role, "province"))
		return once(&d->province, column, at, role, why);
	if (span_is(role, "weight"))
		return once(&d->weight, column, at, role, why);
	if (span_is(role, "stratum"))
		return append(d->stratum, DESIGN_STRATA, &d->n_strata, column, at, role, why);
	if (span_is(role, "psu") && d->n_units)
		return diag_at(why, at, DIAG_DATA, "role \"psu\" stands twice, or behind \"ssu\"");
	if (span_is(role, "ssu") && !d->n_units)
		return diag_at(why, at, DIAG_DATA, "role \"ssu\" stands before \"psu\"");
	if (span_is(role, "psu") || span_is(role, "ssu"))
		return append(d->unit, FRAME_STAGES, &d->n_units, column, at, role, why);
	if (span_starts(role, "fpc") && role.n == 4 && role.at[3] >= '1' &&
	    role.at[3] <= '0' + FRAME_STAGES)
		return once(&d->fpc[role.at[3] - '1'], column, at, role, why);
	if (span_is(role, "nest") && (span_is(column, "yes") || span_is(column, "no"))) {
		d->nest = span_is(column, "yes");
		return true;
	}
	diag_at(why, at, DIAG_DATA, "\"%.*s\" with \"%.*s\" is no role of a design", SPAN_ARG(role),
		SPAN_ARG(column));
	return diag_hint(why, "roles are year, province, weight, stratum, psu, ssu, fpc1, fpc2 "
			      "and nest (yes or no)");
}

/* Populations are known from the first stage on, for no more stages than there are. */
static bool check_fpc(const char *file, struct design *d, struct diag *why)
{
	for (size_t i = 0; i < FRAME_STAGES; i++) {
		if (d->fpc[i].n == 0)
			continue;
		if (i != d->n_fpc)
			return diag_fail(why, DIAG_DATA, "%s: role \"fpc%zu\" without \"fpc%zu\"",
					 file, i + 1, d->n_fpc + 1);
		d->n_fpc++;
	}
	return d->n_fpc <= d->n_units + 1 ||
	       diag_fail(why, DIAG_DATA, "%s: %zu populations, but at most %zu stages", file,
			 d->n_fpc, d->n_units + 1);
}

bool design_read(struct arena *a, const char *file, struct design *out, struct diag *why)
{
	size_t role, column, errors = why->errors;
	struct table t;

	*out = (struct design){0};
	if (!table_read(a, file, true, &t, why) || !table_column(&t, "role", &role, why) ||
	    !table_column(&t, "column", &column, why))
		return false;
	for (size_t r = 0; r < t.rows; r++) {
		if (table_cell(&t, r, column).n == 0)
			diag_at(why, table_place(&t, r, column), DIAG_DATA,
				"the name of a column is expected here");
		else
			take_role(table_cell(&t, r, role), table_cell(&t, r, column),
				  table_place(&t, r, role), out, why);
	}
	if (why->errors == errors && out->weight.n == 0)
		return diag_fail(why, DIAG_DATA, "%s: no column has the role \"weight\"", file);
	return why->errors == errors && check_fpc(file, out, why);
}

size_t design_stages(const struct design *d, bool *rows_are_units)
{
	*rows_are_units = d->n_units == 0 || d->n_fpc > d->n_units;
	return d->n_units + (*rows_are_units ? 1 : 0);
}

struct text design_join(struct arena *a, const struct text *part, size_t n)
{
	size_t most = n, to = 0;
	char *at;

	if (n == 1)
		return part[0];
	for (size_t i = 0; i < n; i++)
		most += 2 * part[i].n;
	at = arena_new(a, most, 1);
	for (size_t i = 0; i < n; i++) {
		if (i)
			at[to++] = '*';
		for (size_t k = 0; k < part[i].n; k++) {
			if (part[i].at[k] == '*' || part[i].at[k] == '\\')
				at[to++] = '\\';
			at[to++] = part[i].at[k];
		}
	}
	return (struct text){at, to};
}

void design_split(struct arena *a, struct text name, struct text *out, size_t n)
{
	size_t part = 0, i = 0;
	char *at = arena_new(a, name.n, 1);

	out[0] = name;
	if (n == 1)
		return;
	for (size_t k = 0; k < n; k++)
		out[k] = (struct text){at, 0};
	for (; i < name.n; i++) {
		if (name.at[i] == '*' && part + 1 < n) {
			out[part + 1] = (struct text){out[part].at + out[part].n, 0};
			part++;
			continue;
		}
		i += name.at[i] == '\\' && i + 1 < name.n;
		at[(out[part].at - at) + (ptrdiff_t)out[part].n++] = name.at[i];
	}
}
