#include "survey/sums.h"

#include <math.h>
#include <string.h>

#define SUM_LIMIT 4e18 /* below 2^62 */

/* ---- words --------------------------------------------------------------------------------- */

static void put_wide(uint64_t *at, int128 value)
{
	memcpy(at, &value, sizeof value);
}

static void add_wide(uint64_t *at, int128 value)
{
	put_wide(at, (int128)((uint128)sums_wide(at) + (uint128)value)); /* wraps: see sums_fit */
}

static double real(const uint64_t *at)
{
	double value;

	memcpy(&value, at, sizeof value);
	return value;
}

static void put_real(uint64_t *at, double value)
{
	memcpy(at, &value, sizeof value);
}

static void add_real(uint64_t *at, double value)
{
	put_real(at, real(at) + value);
}

static void scale_wide(uint64_t *at, int128 factor)
{
	put_wide(at, (int128)((uint128)sums_wide(at) * (uint128)factor)); /* wraps, too */
}

uint128 sums_square(uint64_t low, uint64_t high)
{
	return ((uint128)high << 32) + low;
}

void sums_add_square(uint64_t w, uint64_t *low, uint64_t *high)
{
	uint128 square = (uint128)w * w;

	*low += (uint32_t)square;
	*high += (uint64_t)(square >> 32);
}

void sums_put_square(uint64_t low_high[2], uint128 square)
{
	low_high[0] = (uint32_t)square;
	low_high[1] = (uint64_t)(square >> 32);
}

/* ---- layout -------------------------------------------------------------------------------- */

static bool is_share(enum variable_kind kind)
{
	return kind == VARIABLE_SHARE || kind == VARIABLE_UNANSWERED;
}

static size_t unit_words(const struct sums *s, size_t v)
{
	switch (s->plan->variable[v].kind) {
	case VARIABLE_NUMBER: return 6;
	case VARIABLE_PAIR: return 8;
	case VARIABLE_LEVELS: return s->levels[v];
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED: break;
	}
	return 2;
}

static void lay_out(struct sums *s)
{
	for (size_t v = 0; v < s->plan->n_variables; v++) {
		enum variable_kind kind = s->plan->variable[v].kind;
		size_t more = kind == VARIABLE_PAIR     ? 4
			      : kind == VARIABLE_LEVELS ? s->levels[v]
							: 0;

		s->unit[v + 1] = s->unit[v] + unit_words(s, v);
		s->group[v + 1] = s->group[v] + GROUP_ROWS + more;
	}
}

void sums_start(struct arena *a, const struct plan *p, struct sums *out)
{
	size_t n = p->n_variables;

	*out = (struct sums){.arena = a,
			     .plan = p,
			     .exact = true,
			     .shares = true,
			     .y_places = arena_new(a, n, sizeof *out->y_places),
			     .x_places = arena_new(a, n, sizeof *out->x_places),
			     .levels = arena_new(a, n, sizeof *out->levels),
			     .unit = arena_new(a, n + 1, sizeof *out->unit),
			     .group = arena_new(a, n + 1, sizeof *out->group),
			     .most_y = arena_new(a, n, sizeof *out->most_y),
			     .most_x = arena_new(a, n, sizeof *out->most_x),
			     .shifted = arena_new(a, n, sizeof *out->shifted),
			     .shift = arena_new(a, n, sizeof *out->shift)};
	for (size_t v = 0; v < n; v++) {
		const struct variable *x = &p->variable[v];

		out->shares = out->shares && is_share(x->kind);
		out->numbers =
			out->numbers || x->kind == VARIABLE_NUMBER || x->kind == VARIABLE_PAIR;
		if (x->kind == VARIABLE_LEVELS)
			out->levels[v] = x->levels ? (x->levels->n + 1) / 2 * 2 : 0;
	}
	lay_out(out);
}

bool sums_wider(const struct sums *s, size_t variable, size_t levels)
{
	return s->plan->variable[variable].kind == VARIABLE_LEVELS && levels > s->levels[variable];
}

void sums_widen(struct sums *s, size_t variable, size_t levels)
{
	size_t n = s->plan->n_variables;
	const size_t *old = s->levels;

	s->levels =
		arena_new(s->arena, n, sizeof *s->levels); /* records laid out before keep theirs */
	memcpy(s->levels, old, n * sizeof *old);
	s->levels[variable] = levels;
	s->unit = arena_new(s->arena, n + 1, sizeof *s->unit);
	s->group = arena_new(s->arena, n + 1, sizeof *s->group);
	lay_out(s);
}

void sums_relay(const struct sums *from, const struct sums *to, const uint64_t *unit,
		const uint64_t *group, uint64_t *unit_to, uint64_t *group_to)
{
	for (size_t v = 0; v < from->plan->n_variables; v++) {
		size_t units = from->unit[v + 1] - from->unit[v];
		size_t groups = from->group[v + 1] - from->group[v];

		if (unit)
			memcpy(unit_to + to->unit[v], unit + from->unit[v], units * sizeof *unit);
		if (group)
			memcpy(group_to + to->group[v], group + from->group[v],
			       groups * sizeof *group);
	}
}

/* ---- adding rows --------------------------------------------------------------------------- */

bool sums_weight(const struct sums *s, struct decimal weight, uint64_t *w)
{
	for (; weight.places < s->places && weight.value <= SUMS_MOST_WEIGHT; weight.places++)
		weight.value *= 10;
	if (weight.places != s->places || weight.value < 0 || weight.value > SUMS_MOST_WEIGHT)
		return false;
	*w = (uint64_t)weight.value;
	return true;
}

bool sums_fit(const struct sums *s)
{
	if (s->weight > SUM_LIMIT || s->square > SUM_LIMIT)
		return false;
	for (size_t v = 0; v < s->plan->n_variables; v++) {
		double most = fmax(1, fmax(s->most_y[v], s->most_x[v]));

		if (s->weight * most * most > SUMS_MOST_PRODUCT)
			return false;
	}
	return true;
}

static void add_exact(const struct sums *s, size_t v, const struct sums_row *row, uint64_t *unit,
		      uint64_t *group)
{
	int128 w = (int128)row->w, y, x;

	sums_add_square(row->w, &group[GROUP_LOW], &group[GROUP_HIGH]);
	switch (s->plan->variable[v].kind) {
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED:
		unit[UNIT_W] += row->w;
		unit[UNIT_SHARE_WY] += row->code[v] == 2 ? row->w : 0;
		group[GROUP_ONES] += row->code[v] == 2;
		return;
	case VARIABLE_LEVELS:
		unit[row->code[v] - 1] += row->w;
		group[GROUP_ROWS + row->code[v] - 1]++;
		return;
	case VARIABLE_PAIR:
		y = row->exact_y[v].value;
		x = row->exact_x[v].value;
		add_wide(&unit[UNIT_WX], w * x);
		add_wide(&group[GROUP_WXX], w * x * x);
		add_wide(&group[GROUP_WXY], w * x * y);
		break;
	case VARIABLE_NUMBER: break;
	}
	y = row->exact_y[v].value;
	unit[UNIT_W] += row->w;
	add_wide(&unit[UNIT_WY], w * y);
	add_wide(&unit[UNIT_WYY], w * y * y);
}

/* Any value of the column will do for a shift; the first is at hand. */
static double shifted(struct sums *s, size_t v, double y)
{
	if (s->plan->variable[v].kind != VARIABLE_NUMBER)
		return y;
	if (!s->shifted[v]) {
		s->shifted[v] = true;
		s->shift[v] = y;
	}
	return y - s->shift[v];
}

static void add_inexact(struct sums *s, size_t v, const struct sums_row *row, uint64_t *unit,
			uint64_t *group)
{
	double w = row->weight, y, x;

	add_real(&group[GROUP_LOW], w * w);
	switch (s->plan->variable[v].kind) {
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED:
		add_real(&unit[UNIT_W], w);
		add_real(&unit[UNIT_SHARE_WY], row->code[v] == 2 ? w : 0);
		group[GROUP_ONES] += row->code[v] == 2;
		return;
	case VARIABLE_LEVELS:
		add_real(&unit[row->code[v] - 1], w);
		group[GROUP_ROWS + row->code[v] - 1]++;
		return;
	case VARIABLE_PAIR:
		y = row->y[v];
		x = row->x[v];
		add_real(&unit[UNIT_WX], w * x);
		add_real(&group[GROUP_WXX], w * x * x);
		add_real(&group[GROUP_WXY], w * x * y);
		break;
	case VARIABLE_NUMBER: break;
	}
	y = shifted(s, v, row->y[v]);
	add_real(&unit[UNIT_W], w);
	add_real(&unit[UNIT_WY], w * y);
	add_real(&unit[UNIT_WYY], w * y * y);
}

void sums_add(struct sums *s, const struct sums_row *row, uint64_t *unit, uint64_t *group)
{
	for (size_t v = 0; v < s->plan->n_variables; v++) {
		if (row->code[v] == 0)
			continue;
		group[s->group[v] + GROUP_N]++;
		if (s->exact)
			add_exact(s, v, row, unit + s->unit[v], group + s->group[v]);
		else
			add_inexact(s, v, row, unit + s->unit[v], group + s->group[v]);
	}
}

/* ---- records ------------------------------------------------------------------------------- */

void sums_rescale(const struct sums *from, const struct sums *to, uint64_t *unit, uint64_t *group)
{
	int128 w = decimal_power(to->places - from->places);

	for (size_t v = 0; v < from->plan->n_variables; v++) {
		int128 y = decimal_power(to->y_places[v] - from->y_places[v]);
		int128 x = decimal_power(to->x_places[v] - from->x_places[v]);
		enum variable_kind kind = from->plan->variable[v].kind;
		uint64_t *u = unit ? unit + from->unit[v] : NULL;
		uint64_t *g = group ? group + from->group[v] : NULL;
		bool numbers = kind == VARIABLE_NUMBER || kind == VARIABLE_PAIR;

		if (g)
			sums_put_square(&g[GROUP_LOW], sums_square(g[GROUP_LOW], g[GROUP_HIGH]) *
							       (uint128)w * (uint128)w);
		for (size_t i = 0; u && i < (numbers ? 1 : unit_words(from, v)); i++)
			u[i] *= (uint64_t)w;
		if (u && numbers) {
			scale_wide(&u[UNIT_WY], w * y);
			scale_wide(&u[UNIT_WYY], w * y * y);
		}
		if (u && kind == VARIABLE_PAIR)
			scale_wide(&u[UNIT_WX], w * x);
		if (g && kind == VARIABLE_PAIR) {
			scale_wide(&g[GROUP_WXX], w * x * x);
			scale_wide(&g[GROUP_WXY], w * x * y);
		}
	}
}

static void join_numbers(const struct sums *s, uint64_t *to, const uint64_t *from, size_t n)
{
	for (size_t i = 0; i < n; i += 2)
		if (s->exact)
			add_wide(&to[i], sums_wide(&from[i]));
		else
			add_real(&to[i], real(&from[i]));
}

static void join_words(const struct sums *s, uint64_t *to, const uint64_t *from, size_t n)
{
	for (size_t i = 0; s->exact && i < n; i++)
		to[i] += from[i];
	for (size_t i = 0; !s->exact && i < n; i++)
		add_real(&to[i], real(&from[i]));
}

void sums_join(const struct sums *s, uint64_t *unit, const uint64_t *unit_from, uint64_t *group,
	       const uint64_t *group_from)
{
	if (s->shares && unit) {
		join_words(s, unit, unit_from, s->unit[s->plan->n_variables]);
		unit = NULL;
	}
	for (size_t v = 0; (unit || group) && v < s->plan->n_variables; v++) {
		enum variable_kind kind = s->plan->variable[v].kind;
		size_t u = s->unit[v], g = s->group[v];
		size_t numbers = kind == VARIABLE_NUMBER ? 4 : kind == VARIABLE_PAIR ? 6 : 0;

		if (unit)
			join_words(s, unit + u, unit_from + u, numbers ? 1 : unit_words(s, v));
		if (unit && numbers)
			join_numbers(s, unit + u + UNIT_WY, unit_from + u + UNIT_WY, numbers);
		if (!group)
			continue;
		group[g + GROUP_N] += group_from[g + GROUP_N];
		group[g + GROUP_ONES] += group_from[g + GROUP_ONES];
		if (s->exact)
			sums_put_square(&group[g + GROUP_LOW],
					sums_square(group[g + GROUP_LOW], group[g + GROUP_HIGH]) +
						sums_square(group_from[g + GROUP_LOW],
							    group_from[g + GROUP_HIGH]));
		else
			add_real(&group[g + GROUP_LOW], real(&group_from[g + GROUP_LOW]));
		for (size_t i = 0; kind == VARIABLE_LEVELS && i < s->levels[v]; i++)
			group[g + GROUP_ROWS + i] += group_from[g + GROUP_ROWS + i];
		if (kind == VARIABLE_PAIR)
			join_numbers(s, group + g + GROUP_WXX, group_from + g + GROUP_WXX, 4);
	}
}

/* ---- exact, inexact ------------------------------------------------------------------------ */

static double as_double(int128 value, int places)
{
	return decimal_double((struct decimal){value, places});
}

/* Sums about the shift: y' = y - shift. */
static void loosen_number(const struct sums *s, size_t v, uint64_t *u)
{
	int places = s->places + s->y_places[v];
	double w = as_double((int128)u[UNIT_W], s->places);
	double wy = as_double(sums_wide(&u[UNIT_WY]), places), shift = s->shift[v];
	double wyy = as_double(sums_wide(&u[UNIT_WYY]), places + s->y_places[v]);

	put_real(&u[UNIT_W], w);
	put_real(&u[UNIT_WY], wy - shift * w);
	put_real(&u[UNIT_WYY], wyy - 2 * shift * wy + shift * shift * w);
}

static void loosen_wide(uint64_t *at, int places)
{
	put_real(at, as_double(sums_wide(at), places));
}

void sums_loosen(const struct sums *s, uint64_t *unit, uint64_t *group)
{
	for (size_t v = 0; v < s->plan->n_variables; v++) {
		enum variable_kind kind = s->plan->variable[v].kind;
		uint64_t *u = unit ? unit + s->unit[v] : NULL;
		uint64_t *g = group ? group + s->group[v] : NULL;
		bool numbers = kind == VARIABLE_NUMBER || kind == VARIABLE_PAIR;

		if (g)
			put_real(&g[GROUP_LOW],
				 as_double((int128)sums_square(g[GROUP_LOW], g[GROUP_HIGH]),
					   2 * s->places));
		for (size_t i = 0; u && !numbers && i < unit_words(s, v); i++)
			put_real(&u[i], as_double((int128)u[i], s->places));
		if (u && numbers)
			loosen_number(s, v, u);
		if (kind != VARIABLE_PAIR)
			continue;
		if (u)
			loosen_wide(&u[UNIT_WX], s->places + s->x_places[v]);
		if (g) {
			loosen_wide(&g[GROUP_WXX], s->places + 2 * s->x_places[v]);
			loosen_wide(&g[GROUP_WXY], s->places + s->x_places[v] + s->y_places[v]);
		}
	}
}

/* ---- reading and writing ------------------------------------------------------------------- */

static struct total word_total(const struct sums *s, const uint64_t *at)
{
	return s->exact ? (struct total){.exact = {(int128)*at, s->places}}
			: (struct total){.inexact = real(at)};
}

static struct total wide_total(const struct sums *s, const uint64_t *at, int places)
{
	return s->exact ? (struct total){.exact = {sums_wide(at), s->places + places}}
			: (struct total){.inexact = real(at)};
}

static void add_total(const struct sums *s, struct total *to, struct total more)
{
	to->exact.value += more.exact.value;
	to->exact.places = s->places;
	to->inexact += more.inexact;
}

static void read_unit(const struct sums *s, const uint64_t *u, size_t v, size_t level,
		      struct part_sums *out)
{
	int y = s->y_places[v];

	switch (s->plan->variable[v].kind) {
	case VARIABLE_LEVELS:
		for (size_t i = 0; i < s->levels[v]; i++)
			add_total(s, &out->w, word_total(s, &u[i]));
		if (level < s->levels[v])
			out->wy = out->wyy = word_total(s, &u[level]);
		return;
	case VARIABLE_SHARE:
	case VARIABLE_UNANSWERED:
		out->w = word_total(s, &u[UNIT_W]);
		out->wy = out->wyy = word_total(s, &u[UNIT_SHARE_WY]);
		return;
	case VARIABLE_PAIR: out->wx = wide_total(s, &u[UNIT_WX], s->x_places[v]); break;
	case VARIABLE_NUMBER: break;
	}
	out->w = word_total(s, &u[UNIT_W]);
	out->wy = wide_total(s, &u[UNIT_WY], y);
	out->wyy = wide_total(s, &u[UNIT_WYY], 2 * y);
}

static void read_group(const struct sums *s, const uint64_t *g, size_t v, size_t level,
		       struct part_sums *out)
{
	enum variable_kind kind = s->plan->variable[v].kind;
	int x = s->x_places[v];

	out->n = g[GROUP_N];
	out->ones = g[GROUP_ONES];
	if (s->exact)
		out->ww.exact = (struct decimal){(int128)sums_square(g[GROUP_LOW], g[GROUP_HIGH]),
						 2 * s->places};
	else
		out->ww.inexact = real(&g[GROUP_LOW]);
	if (kind == VARIABLE_LEVELS)
		out->ones = level < s->levels[v] ? g[GROUP_ROWS + level] : 0;
	if (kind == VARIABLE_PAIR) {
		out->wxx = wide_total(s, &g[GROUP_WXX], 2 * x);
		out->wxy = wide_total(s, &g[GROUP_WXY], x + s->y_places[v]);
	}
}

struct part_sums sums_read(const struct sums *s, const uint64_t *unit, const uint64_t *group,
			   size_t variable, size_t level)
{
	struct part_sums out = {.exact = s->exact};

	if (unit)
		read_unit(s, unit + s->unit[variable], variable, level, &out);
	if (group)
		read_group(s, group + s->group[variable], variable, level, &out);
	return out;
}

static bool put_word(const struct sums *s, uint64_t *at, struct total t)
{
	if (!s->exact)
		add_real(at, t.inexact);
	else if (decimal_scale(t.exact, s->places, &t.exact) && t.exact.value >= 0 &&
		 t.exact.value < (int128)SUM_LIMIT)
		*at += (uint64_t)t.exact.value;
	else
		return false;
	return true;
}

static bool put_total(const struct sums *s, uint64_t *at, struct total t, int places)
{
	if (!s->exact)
		add_real(at, t.inexact);
	else if (decimal_scale(t.exact, s->places + places, &t.exact))
		add_wide(at, t.exact.value);
	else
		return false;
	return true;
}

static bool put_squares(const struct sums *s, uint64_t *at, struct total t)
{
	if (!s->exact)
		add_real(at, t.inexact);
	else if (decimal_scale(t.exact, 2 * s->places, &t.exact) && t.exact.value >= 0)
		sums_put_square(at, sums_square(at[0], at[1]) + (uint128)t.exact.value);
	else
		return false;
	return true;
}

bool sums_put(const struct sums *s, uint64_t *unit, uint64_t *group, size_t v, size_t level,
	      const struct part_sums *from)
{
	enum variable_kind kind = s->plan->variable[v].kind;
	uint64_t *u = unit + s->unit[v], *g = group + s->group[v];
	int y = s->y_places[v], x = s->x_places[v];

	g[GROUP_N] += from->n;
	if (!put_squares(s, &g[GROUP_LOW], from->ww))
		return false;
	if (kind == VARIABLE_LEVELS) {
		g[GROUP_ROWS + level] += from->ones;
		return put_word(s, &u[level], from->wy);
	}
	g[GROUP_ONES] += from->ones;
	if (!put_word(s, &u[UNIT_W], from->w))
		return false;
	if (is_share(kind))
		return put_word(s, &u[UNIT_SHARE_WY], from->wy);
	if (!put_total(s, &u[UNIT_WY], from->wy, y) ||
	    !put_total(s, &u[UNIT_WYY], from->wyy, 2 * y))
		return false;
	return kind != VARIABLE_PAIR || (put_total(s, &u[UNIT_WX], from->wx, x) &&
					 put_total(s, &g[GROUP_WXX], from->wxx, 2 * x) &&
					 put_total(s, &g[GROUP_WXY], from->wxy, x + y));
}

void sums_put_share(const struct sums *s, uint64_t *unit, uint64_t *group, size_t variable,
		    const uint64_t n_ones_w_wy[4], uint128 ww)
{
	uint64_t *u = unit + s->unit[variable], *g = group + s->group[variable];

	g[GROUP_N] += n_ones_w_wy[0];
	g[GROUP_ONES] += n_ones_w_wy[1];
	u[UNIT_W] += n_ones_w_wy[2];
	u[UNIT_SHARE_WY] += n_ones_w_wy[3];
	sums_put_square(&g[GROUP_LOW], sums_square(g[GROUP_LOW], g[GROUP_HIGH]) + ww);
}
