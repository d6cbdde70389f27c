#include "survey/sampled.h"

#include <math.h>
#include <stdlib.h>

void sampled_start(struct arena *a, bool named, struct sampled *out)
{
	*out = (struct sampled){.arena = a,
				.named = named,
				.strata = dict_new(a),
				.units = dict_new(a),
				.names = dict_new(a)};
}

static void slip(struct sampled *s, struct sampled_slip **list, size_t *n, struct sampled_slip one)
{
	*list = arena_grow(s->arena, *list, *n, sizeof **list);
	(*list)[(*n)++] = one;
}

/* A unit that no row named before. */
static void new_unit(struct sampled *s, size_t i, size_t stratum, size_t place, size_t line)
{
	struct text name = s->units->entry[i].name;
	bool fresh;
	size_t k = dict_add(s->names, 0, name, &fresh);

	s->unit = arena_grow(s->arena, s->unit, i, sizeof *s->unit);
	s->unit[i] = (struct sampled_unit){.stratum = stratum, .place = place, .line = line};
	s->stratum[stratum].units++;
	if (fresh) {
		s->first_of = arena_grow(s->arena, s->first_of, k, sizeof *s->first_of);
		s->first_of[k] = i;
		return;
	}
	slip(s, &s->across, &s->n_across,
	     (struct sampled_slip){name, s->unit[s->first_of[k]].stratum, stratum,
				   s->unit[s->first_of[k]].line, line});
}

void sampled_take(struct sampled *s, struct text stratum, struct text unit, double population,
		  size_t place, size_t line)
{
	bool fresh;
	size_t h = dict_add(s->strata, 0, stratum, &fresh), i;
	struct sampled_unit *u;

	if (fresh) {
		s->stratum = arena_grow(s->arena, s->stratum, h, sizeof *s->stratum);
		s->stratum[h] = (struct sampled_stratum){.population = population};
	}
	s->stratum[h].rows++;
	if (!s->named) {
		s->stratum[h].units++;
		return;
	}
	i = dict_add(s->units, h, unit, &fresh);
	if (fresh)
		new_unit(s, i, h, place, line);
	u = &s->unit[i];
	u->rows++;
	if (u->place == place || u->moved)
		return;
	u->moved = true;
	slip(s, &s->moved, &s->n_moved,
	     (struct sampled_slip){s->units->entry[i].name, u->place, place, u->line, line});
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static struct sampled_spread spread(double *x, size_t n)
{
	if (n == 0)
		return (struct sampled_spread){NAN, NAN, NAN};
	qsort(x, n, sizeof *x, ascending);
	return (struct sampled_spread){x[0], (x[(n - 1) / 2] + x[n / 2]) / 2, x[n - 1]};
}

bool sampled_lonely(const struct sampled_stratum *h)
{
	return h->units == 1 && h->population != 1;
}

void sampled_finish(struct sampled *s)
{
	double *units = arena_new(s->arena, s->strata->n, sizeof *units);
	double *rows = arena_new(s->arena, s->units->n, sizeof *rows);

	for (size_t i = 0; i < s->strata->n; i++) {
		const struct sampled_stratum *h = &s->stratum[i];

		units[i] = (double)h->units;
		s->n_units += h->units;
		s->lonely += sampled_lonely(h);
		s->certain += h->population == units[i];
	}
	for (size_t i = 0; i < s->units->n; i++)
		rows[i] = (double)s->unit[i].rows;
	s->in_strata = spread(units, s->strata->n);
	s->in_units = spread(rows, s->units->n);
}

size_t sampled_shared(const struct sampled *from, const struct sampled *to)
{
	size_t n = 0;

	for (size_t i = 0; i < to->units->n; i++) {
		struct text stratum = to->strata->entry[to->unit[i].stratum].name;
		size_t h = dict_find(from->strata, 0, stratum);

		n += h != DICT_NONE &&
		     dict_find(from->units, h, to->units->entry[i].name) != DICT_NONE;
	}
	return n;
}
