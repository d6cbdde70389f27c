/* Ranks over the years: first on top. The line breaks where the years cannot be compared or there
 * is no rank, and is dashed where as many provinces were not ranked or comparison needs care. Ranks
 * of estimates stand with their confidence sets, and labels name the sets. */
#include "output/chart_parts.h"
#include "output/chart_tips.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BODY_WEB 120.0
#define BODY_REPORT 105.0
#define MOST_YEARS 15 /* more have room for every other label */

struct path {
	const struct province *unit;
	double role;
	const struct result_row **row; /* of each year; NULL where there is no rank */
};

struct bump {
	struct canvas *canvas;
	struct steps steps;
	struct path *path; /* the province first, then its peers */
	size_t paths;
	double *ranked; /* how many were ranked, by year; NaN */
	double most;
};

enum joint { JOINT_NONE, JOINT_DASH, JOINT_LINE };

static void find_path(struct bump *b, const struct province *unit, struct path *out)
{
	const struct chart_order *o = b->canvas->order;
	const struct provinces *all = &o->narrative->survey->provinces;

	out->unit = unit;
	out->role = canvas_role(o, unit->code);
	out->row = arena_new(b->canvas->arena, b->steps.n, sizeof *out->row);
	for (size_t i = 0; i < b->steps.n; i++) {
		const struct result_row *row =
			result_find(o->all, b->steps.year[i], o->item, unit->code);

		if (row && !isnan(row->rank) &&
		    province_same(all, unit->code, b->steps.year[i], o->year))
			out->row[i] = row;
	}
}

static bool find(struct bump *b)
{
	const struct chart_order *o = b->canvas->order;
	bool any = false;

	b->path = arena_new(b->canvas->arena, o->peers->n + 1, sizeof *b->path);
	b->ranked = arena_new(b->canvas->arena, b->steps.n, sizeof *b->ranked);
	find_path(b, o->self, &b->path[b->paths++]);
	for (size_t k = 0; k < o->peers->n; k++)
		find_path(b, o->peers->at[k], &b->path[b->paths++]);
	for (size_t i = 0; i < b->steps.n; i++) {
		b->ranked[i] = NAN;
		for (size_t k = 0; k < b->paths; k++) {
			const struct result_row *row = b->path[k].row[i];

			if (!row)
				continue;
			any = true;
			b->ranked[i] = isnan(row->n_ranked) ? b->ranked[i] : row->n_ranked;
			b->most = fmax(b->most, fmax(row->rank, row->rank_high));
		}
		b->most = fmax(b->most, b->ranked[i]);
	}
	return any;
}

static enum joint joint_of(const struct bump *b, const struct path *p, size_t i)
{
	if (i + 1 >= b->steps.n || !p->row[i] || !p->row[i + 1] ||
	    b->steps.verdict[i] == VERDICT_NO)
		return JOINT_NONE;
	return b->steps.verdict[i] == VERDICT_OK && b->ranked[i] == b->ranked[i + 1] ? JOINT_LINE
										     : JOINT_DASH;
}

/* Two rows a segment. */
static void joints(struct bump *b, const char *name, enum joint wanted)
{
	struct plotfile *f = &b->canvas->plot;

	plotfile_block(f, name, 3);
	for (size_t k = b->paths; k-- > 0;) /* the province last, on top */
		for (size_t i = 0; i + 1 < b->steps.n; i++) {
			const struct path *p = &b->path[k];

			if (joint_of(b, p, i) != wanted)
				continue;
			facts_join(
				b->canvas->facts,
				(struct fact_join){b->canvas->order->item, p->unit->code,
						   b->steps.year[i], b->steps.year[i + 1],
						   wanted == JOINT_LINE ? FACT_LINE : FACT_DASH});
			for (size_t end = i; end < i + 2; end++) {
				plotfile_number(f, (double)b->steps.year[end]);
				plotfile_number(f, p->row[end]->rank);
				plotfile_number(f, p->role);
			}
			plotfile_gap(f);
		}
}

static void points(struct bump *b)
{
	struct plotfile *f = &b->canvas->plot;

	plotfile_block(f, "points", 4);
	for (size_t k = b->paths; k-- > 0;)
		for (size_t i = 0; i < b->steps.n; i++) {
			const struct result_row *row = b->path[k].row[i];

			if (!row)
				continue;
			facts_drawn(b->canvas->facts, row);
			plotfile_number(f, (double)row->year);
			plotfile_number(f, row->rank);
			plotfile_number(f, b->path[k].role);
			plotfile_text(f, arena_format(b->canvas->arena, "%.0f", row->rank));
		}
	plotfile_block(f, "whiskers", 3);
	for (size_t i = 0; i < b->steps.n; i++) {
		const struct result_row *row = b->path[0].row[i];

		if (!row || isnan(row->rank_low))
			continue;
		plotfile_number(f, (double)row->year);
		plotfile_number(f, row->rank_low);
		plotfile_number(f, row->rank_high);
	}
}

/* Ranks, the province's on top; of estimates their sets alone. */
static void tips(struct bump *b)
{
	struct canvas *c = b->canvas;

	for (size_t k = b->paths; k-- > 0;)
		for (size_t i = 0; i < b->steps.n; i++) {
			const struct result_row *row = b->path[k].row[i];

			if (!row)
				continue;
			canvas_tip(c, (struct tip){.x = (double)row->year,
						   .y = row->rank,
						   .width = k == 0 ? 1.4 * TIP_DISC : TIP_DISC,
						   .province = b->path[k].unit->code,
						   .item = c->order->item,
						   .words = tips_dated(c, row->province_name,
								       row->year,
								       tips_value(c, row))});
		}
}

static struct text place_of(struct bump *b, const struct result_row *row)
{
	const struct narrative *w = b->canvas->order->narrative;
	struct text set = narrative_rank_set(w, row->rank_low, row->rank_high);

	return set.n ? set : arena_format(b->canvas->arena, "%.0f", row->rank);
}

static int by_rank(const void *a, const void *b)
{
	const struct result_row *p = *(const struct result_row *const *)a,
				*q = *(const struct result_row *const *)b;

	if (p->rank != q->rank)
		return p->rank < q->rank ? -1 : 1;
	return span_compare(p->province, q->province);
}

/* The last year that the unit is ranked in; NULL without one. */
static const struct result_row *last_row(const struct bump *b, const struct path *p)
{
	for (size_t i = b->steps.n; i-- > 0;)
		if (p->row[i])
			return p->row[i];
	return NULL;
}

/* "PLACE  NAME", with the year when it is an earlier one. */
static struct text end_label(struct bump *b, const struct result_row *row)
{
	struct arena *a = b->canvas->arena;
	struct text label =
		arena_format(a, "%.*s  %.*s", SPAN_ARG(place_of(b, row)),
			     SPAN_ARG(canvas_fit(b->canvas, row->province_name, CANVAS_ENDS)));

	if (row->year == b->canvas->order->year)
		return label;
	return arena_format(a, "%.*s (%ld)", SPAN_ARG(label), row->year);
}

/* Names on the right, spread apart, each joined to the unit's last point. */
static void ends(struct bump *b, double millimetres)
{
	struct canvas *c = b->canvas;
	const struct result_row **end = arena_new(c->arena, b->paths, sizeof *end);
	double *y = arena_new(c->arena, b->paths, sizeof *y);
	size_t n = 0;

	for (size_t k = 0; k < b->paths; k++) {
		end[n] = last_row(b, &b->path[k]);
		n += end[n] ? 1 : 0;
	}
	if (n)
		qsort(end, n, sizeof *end, by_rank);
	for (size_t i = 0; i < n; i++)
		y[i] = end[i]->rank;
	plotfile_spread(c->arena, y, n, 1.35 * c->em * (b->most - 1) / millimetres, 1, b->most);
	plotfile_block(&c->plot, "ends", 5);
	for (size_t i = 0; i < n; i++) {
		double role = canvas_role(c->order, end[i]->province);

		plotfile_number(&c->plot, (double)end[i]->year);
		plotfile_number(&c->plot, y[i]);
		plotfile_text_as(&c->plot, end_label(b, end[i]), canvas_end_look(c, role));
		plotfile_number(&c->plot, role);
		canvas_name(c, end[i]->province, end_label(b, end[i]));
		plotfile_number(&c->plot, end[i]->rank);
	}
}

static void axes(struct bump *b)
{
	struct plotfile *f = &b->canvas->plot;
	struct arena *a = b->canvas->arena;
	double step = b->most > 20 ? 10 : b->most > 8 ? 5 : 1;

	plotfile_block(f, "xtics", 3);
	for (size_t i = 0; i < b->steps.n; i++) {
		plotfile_number(f, (double)b->steps.year[i]);
		plotfile_text(f, b->steps.n <= MOST_YEARS || (b->steps.n - 1 - i) % 2 == 0
					 ? canvas_year(b->canvas, b->steps.year[i])
					 : span_of(""));
		plotfile_text(f, isnan(b->ranked[i]) ? span_of("–")
						     : arena_format(a, "/%.0f", b->ranked[i]));
	}
	plotfile_block(f, "ytics", 2);
	for (double y = 1; y <= b->most; y = y == 1 && step > 1 ? step : y + step) {
		plotfile_number(f, y);
		plotfile_text(f, arena_format(a, "%.0f", y));
	}
	plotfile_block(f, "breaks", 3);
	for (size_t i = 0; i + 1 < b->steps.n; i++) {
		if (b->steps.verdict[i] != VERDICT_NO)
			continue;
		plotfile_number(f, 0.5 * (double)(b->steps.year[i] + b->steps.year[i + 1]));
		plotfile_number(f, NAN);
		plotfile_text(f, parts_break(b->canvas, &b->steps, i));
	}
}

/* Something is ranked in both years of the step. */
static bool any_across(const struct bump *b, size_t i)
{
	for (size_t k = 0; k < b->paths; k++)
		if (b->path[k].row[i] && b->path[k].row[i + 1])
			return true;
	return false;
}

/* Breaks and dashes with their reasons; that another number was ranked is told once for all. */
static struct text reasons(struct bump *b)
{
	struct canvas *c = b->canvas;
	struct text all = {"", 0};
	bool counts = false;

	for (size_t i = 0; i + 1 < b->steps.n; i++) {
		if (!any_across(b, i))
			continue;
		counts |= b->steps.verdict[i] != VERDICT_NO && b->ranked[i] != b->ranked[i + 1];
		if (b->steps.verdict[i] != VERDICT_OK)
			all = parts_join(c->arena, all,
					 parts_step_reason(c, c->order->item, b->steps.year[i],
							   b->steps.year[i + 1],
							   b->steps.verdict[i]));
	}
	if (counts)
		all = parts_join(c->arena, all,
				 phrase(c->order->narrative->phrases, "bump.counts"));
	return all;
}

/* What can be said of the step from the year before: from the confidence sets, or nothing. */
static const char *bearing(const struct bump *b)
{
	size_t last = b->steps.n - 1;
	const struct result_row *now = b->path[0].row[last],
				*was = last ? b->path[0].row[last - 1] : NULL;

	if (!canvas_estimated(b->canvas->order))
		return "bump.unknown";
	if (!now || !was || joint_of(b, &b->path[0], last - 1) == JOINT_NONE ||
	    isnan(now->rank_low) || isnan(was->rank_low))
		return "bump.single";
	return now->rank_low > was->rank_high || now->rank_high < was->rank_low ? "bump.apart"
										: "bump.overlap";
}

/* The rank with its set, and that it left that of the year before. */
static void claims(struct bump *b)
{
	size_t last = b->steps.n - 1;
	const struct result_row *now = b->path[0].row[last],
				*was = last ? b->path[0].row[last - 1] : NULL;
	struct fact_claim claim = {.about = b->canvas->order->item};

	facts_no_claim(b->canvas->facts);
	if (!canvas_estimated(b->canvas->order) || !now || isnan(now->rank_low))
		return;
	claim.estimate = now->rank;
	claim.low = now->rank_low;
	claim.high = now->rank_high;
	if (was && strcmp(bearing(b), "bump.apart") == 0) {
		claim.sign = now->rank_low > was->rank_high ? 1 : -1;
		claim.reference = claim.sign > 0 ? was->rank_high : was->rank_low;
	}
	facts_claim(b->canvas->facts, claim);
}

static void words(struct bump *b, struct text why)
{
	struct canvas *c = b->canvas;
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	const struct phrases *p = w->phrases;
	const struct result_row *self = b->path[0].row[b->steps.n - 1];
	bool sets = canvas_estimated(o) && self && !isnan(self->rank_low);
	size_t n;
	const struct result_row *all = result_group(o->all, o->year, o->item, &n);
	struct text year = canvas_year(c, o->year);
	struct field fields[] = {
		{"province", o->self->name},
		{"survey", canvas_subject(c)},
		{"item", canvas_item(o)->brief[p->lang]},
		{"year", year},
		{"first", canvas_year(c, b->steps.year[0])},
		{"from", canvas_year(c, o->from)},
		{"rank", self ? narrative_rank(w, self->rank, self->n_ranked) : year},
		{"set", self ? narrative_rank_set(w, self->rank_low, self->rank_high) : year},
		{"all", self ? arena_format(c->arena, "%.0f", self->n_ranked) : year},
		{"level", canvas_level(o)},
		{"peers", o->peers->label[p->lang]},
	};
	size_t k = sizeof fields / sizeof *fields;
	bool estimated = canvas_estimated(o);

	claims(b);
	c->chart->title = phrase_fill(p,
				      sets                 ? "rank.title.set"
				      : !self || estimated ? "rank.title.none"
							   : "rank.title",
				      fields, k);
	c->chart->subtitle = arena_format(
		c->arena, "%.*s; %.*s; %.*s",
		SPAN_ARG(phrase_fill(p, estimated ? "bump.subtitle.set" : "bump.subtitle", fields,
				     k)),
		SPAN_ARG(phrase_fill(p, bearing(b), fields, k)), SPAN_ARG(parts_peers(c)));
	c->chart->caption =
		phrase_fill(p, estimated ? "bump.caption.set" : "bump.caption", fields, k);
	if (sets && w->sets.n)
		why = parts_join(c->arena, why,
				 PHRASE_FILL(p, "note.sets.method", {"level", canvas_level(o)},
					     {"method", w->sets}));
	parts_footer(c, why, result_find(o->all, o->year, o->item, o->self->code), all,
		     all ? n : 0);
}

static struct text list_of(struct bump *b)
{
	const struct narrative *w = b->canvas->order->narrative;
	struct text list = {"", 0};

	for (size_t i = 0; i < b->steps.n; i++) {
		const struct result_row *row = b->path[0].row[i];

		if (!row)
			continue;
		list = arena_format(b->canvas->arena, "%.*s%s%ld: %.*s", SPAN_ARG(list),
				    list.n ? "; " : "", row->year,
				    SPAN_ARG(isnan(row->rank_low)
						     ? narrative_rank(w, row->rank, row->n_ranked)
						     : place_of(b, row)));
	}
	return list;
}

static void csv(struct bump *b)
{
	static const char *const head[] = {"year",     "province", "province_name", "role", "rank",
					   "n_ranked", "rank_low", "rank_high",     "flag"};
	struct canvas *c = b->canvas;

	parts_head(c, head, sizeof head / sizeof *head);
	for (size_t k = 0; k < b->paths; k++)
		for (size_t i = 0; i < b->steps.n; i++) {
			const struct result_row *row = b->path[k].row[i];
			bool made = survey_wave(c->order->narrative->survey, b->steps.year[i])
					    ->simulated;
			struct text cells[] = {canvas_year(c, b->steps.year[i]),
					       b->path[k].unit->code,
					       b->path[k].unit->name,
					       parts_role(c->order, b->path[k].unit->code),
					       number_exact(c->arena, row ? row->rank : NAN),
					       number_exact(c->arena, row ? row->n_ranked : NAN),
					       number_exact(c->arena, row ? row->rank_low : NAN),
					       number_exact(c->arena, row ? row->rank_high : NAN),
					       result_flags(c->arena, made ? FLAG_SIMULATED : 0)};

			canvas_csv(c, cells, sizeof cells / sizeof *cells);
		}
}

static void draw(struct bump *b)
{
	struct canvas *c = b->canvas;
	const struct phrases *p = c->order->narrative->phrases;
	double body = c->order->report ? BODY_REPORT : BODY_WEB, alone = b->steps.n == 1 ? 0.5 : 0;
	struct text why = reasons(b);

	words(b, why);
	canvas_page(c, c->order->report ? 160 : 220, body);
	plotfile_key_number(&c->plot, "xmin", (double)b->steps.year[0] - alone);
	plotfile_key_number(&c->plot, "xmax", (double)b->steps.year[b->steps.n - 1] + alone);
	plotfile_key_number(&c->plot, "ymin", 1);
	plotfile_key_number(&c->plot, "ymax", b->most);
	plotfile_key(&c->plot, "ylabel", phrase(p, "head.rank"));
	plotfile_key(&c->plot, "ranked", phrase(p, "bump.ranked"));
	if (c->order->report)
		plotfile_key(&c->plot, "xlabel", canvas_item(c->order)->name[p->lang]);
	axes(b);
	joints(b, "lines", JOINT_LINE);
	joints(b, "dash", JOINT_DASH);
	points(b);
	tips(b);
	ends(b, body - 5.0 * c->line);
	csv(b);
	c->chart->alt = PHRASE_FILL(p, "trend.alt", {"title", c->chart->title},
				    {"list", list_of(b)}, {"reasons", why});
}

bool chart_bump(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	struct canvas c;
	struct bump b = {.canvas = &c, .most = 2};

	canvas_open(a, o, out, &c);
	b.steps = parts_steps(&c, o->item);
	bool any = find(&b);

	if (any)
		draw(&b);
	else
		diag_fail(why, DIAG_DATA, "no ranks up to %ld to draw", o->year);
	canvas_close(&c);
	return any;
}
