#include "estimate/margins.h"

#include "input/table.h"

#include <math.h>

static size_t count_column(const struct table *t)
{
	static const char *const names[] = {"Freq", "freq", "FREQ"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (table_find(t, names[i]) != TABLE_NO_COLUMN)
			return table_find(t, names[i]);
	return TABLE_NO_COLUMN;
}

/* "a" and "b" as "a, b" or the like. */
static struct text join(struct arena *a, struct text so_far, const char *between, struct text more)
{
	return so_far.n ? arena_format(a, "%.*s%s%.*s", SPAN_ARG(so_far), between, SPAN_ARG(more))
			: more;
}

static bool read_variables(struct arena *a, const struct table *t, struct margins *out,
			   struct diag *why)
{
	size_t counts = count_column(t);
	struct text *variable = arena_new(a, t->columns, sizeof *variable);

	if (counts == TABLE_NO_COLUMN || t->columns < 2) {
		diag_at(why, (struct place){t->file, 1, 1}, DIAG_DATA,
			counts == TABLE_NO_COLUMN ? N_("no column \"Freq\" with the counts")
						  : N_("no column beside \"Freq\""));
		return diag_hint(why, "a column for each variable, and Freq");
	}
	for (size_t i = 0; i < t->columns; i++) {
		if (i == counts)
			continue;
		variable[out->variables++] = t->name[i];
		out->name = join(a, out->name, " and ", t->name[i]);
	}
	out->variable = variable;
	return true;
}

/* What is read of one group. */
struct group {
	struct text *level, label;
	double population;
};

static bool read_group(struct arena *a, const struct table *t, size_t row, struct group *g,
		       struct diag *why)
{
	size_t counts = count_column(t), variables = 0;

	g->label = (struct text){"", 0};
	for (size_t i = 0; i < t->columns; i++) {
		struct text level = table_cell(t, row, i);

		if (i == counts)
			continue;
		if (!level.n)
			return diag_at(why, table_place(t, row, i), DIAG_DATA,
				       "no level of \"%.*s\"", SPAN_ARG(t->name[i]));
		g->label = join(a, g->label, ", ", level);
		g->level[variables++] = level;
	}
	if (!table_number(a, t, row, counts, &g->population, why))
		return false;
	return g->population >= 0 || diag_at(why, table_place(t, row, counts), DIAG_DATA,
					     "\"%.*s\" is no count of a population",
					     SPAN_ARG(table_cell(t, row, counts)));
}

/* Takes the path of the levels; *fresh when its end is new. */
static size_t add_path(struct margins *m, const struct text *level, bool *fresh)
{
	size_t node = 0; /* 0 = the beginning; else 1 + index */

	for (size_t i = 0; i < m->variables; i++)
		node = dict_add(m->path, node, level[i], fresh) + 1;
	return node - 1;
}

bool margins_read(struct arena *a, const char *file, struct margins *out, struct diag *why)
{
	struct table t;
	struct text *label;
	double *population;
	size_t *group;
	struct group g;

	*out = (struct margins){.file = file, .path = dict_new(a)};
	if (!table_read(a, file, true, &t, why) || !read_variables(a, &t, out, why))
		return false;
	label = arena_new(a, t.rows, sizeof *label);
	population = arena_new(a, t.rows, sizeof *population);
	group = arena_new(a, t.rows * out->variables, sizeof *group);
	g.level = arena_new(a, out->variables, sizeof *g.level);
	for (size_t row = 0; row < t.rows; row++) {
		bool fresh;

		if (!read_group(a, &t, row, &g, why))
			return false;
		group[add_path(out, g.level, &fresh)] = row;
		if (!fresh)
			return diag_at(why, table_place(&t, row, 0), DIAG_DATA,
				       "group \"%.*s\" stands twice", SPAN_ARG(g.label));
		label[row] = g.label;
		population[row] = g.population;
	}
	out->n = t.rows;
	out->label = label;
	out->population = population;
	out->group = group;
	return true;
}

size_t margins_group(const struct margins *m, const struct text *level)
{
	size_t node = 0;

	for (size_t i = 0; i < m->variables; i++) {
		size_t next = dict_find(m->path, node, level[i]);

		if (next == DICT_NONE)
			return MARGINS_NONE;
		node = next + 1;
	}
	return m->group[node - 1];
}

/* ---- totals ---------------------------------------------------------------------------------- */

static bool is_missing(struct text s)
{
	return s.n == 0 || span_is(s, "NA") || span_is(s, ".");
}

static bool check_name(const struct table *t, size_t row, size_t column, struct diag *why)
{
	struct text name = table_cell(t, row, column);

	if (!name.n)
		return diag_at(why, table_place(t, row, column), DIAG_DATA, "no variable");
	for (size_t i = 0; i < row; i++)
		if (span_equal(table_cell(t, i, column), name))
			return diag_at(why, table_place(t, row, column), DIAG_DATA,
				       "variable \"%.*s\" stands twice", SPAN_ARG(name));
	return true;
}

bool margins_totals_read(struct arena *a, const char *file, struct margins_totals *out,
			 struct diag *why)
{
	struct table t;
	size_t variable, column;
	struct text *name;
	double *total;
	struct place *at;

	*out = (struct margins_totals){.file = file};
	if (!table_read(a, file, true, &t, why) || !table_column(&t, "variable", &variable, why) ||
	    !table_column(&t, "total", &column, why))
		return false;
	out->name = name = arena_new(a, t.rows, sizeof *name);
	out->total = total = arena_new(a, t.rows, sizeof *total);
	out->at = at = arena_new(a, t.rows, sizeof *at);
	for (size_t row = 0; row < t.rows; row++) {
		if (!check_name(&t, row, variable, why))
			return false;
		name[out->n] = table_cell(&t, row, variable);
		at[out->n] = table_place(&t, row, variable);
		if (is_missing(table_cell(&t, row, column)))
			diag_at(why, at[out->n], DIAG_WARNING,
				"\"%.*s\" has no total and is passed over", SPAN_ARG(name[out->n]));
		else if (!table_number(a, &t, row, column, &total[out->n++], why))
			return false;
	}
	return out->n > 0 || diag_fail(why, DIAG_DATA, "%s: no total of any variable", file);
}

/* The level of which a name is the indicator; MARGINS_NONE when it is of none. */
static size_t level_of(struct text name, const struct margins_column *c)
{
	if (name.n <= c->name.n || !span_equal((struct text){name.at, c->name.n}, c->name))
		return MARGINS_NONE;
	const struct text rest = {name.at + c->name.n, name.n - c->name.n};

	for (size_t i = 0; i < c->levels; i++)
		if (span_equal(rest, c->level[i]))
			return i;
	return MARGINS_NONE;
}

bool margins_term(struct text name, struct place at, size_t n, const struct margins_column *column,
		  struct margins_term *out, struct diag *why)
{
	size_t readings = 0;
	bool levels = false; /* the name is that of a column of levels */

	*out = (struct margins_term){MARGINS_NONE, MARGINS_NONE};
	if (span_is(name, "(Intercept)"))
		return true;
	for (size_t i = 0; i < n; i++) {
		size_t level = level_of(name, &column[i]);
		bool number = column[i].levels == 0 && span_equal(name, column[i].name);

		levels = levels || (column[i].levels > 0 && span_equal(name, column[i].name));
		if (!number && level == MARGINS_NONE)
			continue;
		*out = (struct margins_term){i, level};
		readings++;
	}
	if (readings == 1)
		return true;
	if (readings > 1)
		return diag_at(why, at, DIAG_DATA, "\"%.*s\" can be read as two columns",
			       SPAN_ARG(name));
	if (levels)
		diag_at(why, at, DIAG_DATA, "column \"%.*s\" does not hold numbers",
			SPAN_ARG(name));
	else
		diag_at(why, at, DIAG_DATA, "\"%.*s\" is no column, nor a column and its level",
			SPAN_ARG(name));
	return diag_hint(why, "such as (Intercept), income, sexF");
}
