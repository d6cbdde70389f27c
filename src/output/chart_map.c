#include "output/chart_area.h"

#include "output/chart_tips.h"
#include "output/drawn.h"
#include "output/room.h"

#include <math.h>
#include <string.h>

/* mm */
#define ISLET 4        /* a part smaller than this has a thin outline */
#define GAP 1.5        /* between words and land */
#define FRAME_GAP 4    /* between the land and the frames of archipelagos */
#define LEGEND_MOST 48 /* wide */
#define LABEL_LINES 3
#define DISC 1.3     /* across, in place of a part too small to be seen */
#define CORNERS 12   /* of it */
#define NAME_LINES 2 /* of an archipelago */
#define SHIFT 14     /* at most so far from the left, where there is room */

/* An archipelago beside the land: its frame, its name, its islands if the file has them. */
struct inset {
	struct box frame;
	struct text name; /* lines */
	size_t lines;
	struct drawn islands;
	double role;
};

struct map {
	struct canvas *c;
	const struct boundaries *b;
	double width, pad, body, column; /* mm: page, its border, height, column of the frames */
	struct extent land;
	struct projection at;
	struct drawn *unit; /* as b->at */
	struct inset *inset;
	struct room room;
	struct area_legend legend;
	struct geo_point legend_at;
	struct text label[LABEL_LINES];
	size_t lines;
	struct box label_box;
	struct geo_point anchor; /* in the province */
};

static const struct result_row *row_of(const struct map *m, struct text code)
{
	const struct chart_order *o = m->c->order;

	return result_find(o->all, o->year, o->item, code);
}

static double role_of(const struct map *m, size_t i)
{
	return canvas_role(m->c->order, m->b->at[i].unit->code);
}

/* ---- shapes on the page -------------------------------------------------------------------- */

static void draw_units(struct map *m)
{
	struct arena *a = m->c->arena;

	m->unit = arena_new(a, m->b->n, sizeof *m->unit);
	for (size_t i = 0; i < m->b->n; i++) {
		const struct boundary *b = &m->b->at[i];

		m->unit[i] = drawn_of(a, &m->at, b->part, b->n);
		m->unit[i].class = area_class(m->c, row_of(m, b->unit->code));
	}
}

/* ---- archipelagos -------------------------------------------------------------------------- */

/* The kind of unit is known in Vietnamese alone. */
static struct text name_of(const struct map *m, const struct archipelago *x)
{
	const struct phrases *p = m->c->order->narrative->phrases;

	if (!x->unit)
		return PHRASE_FILL(p, "map.archipelago.bare", {"name", x->tile->short_name},
				   {"break", span_of("\n")});
	return PHRASE_FILL(
		p, "map.archipelago", {"name", x->tile->short_name}, {"break", span_of("\n")},
		{"unit", p->lang == LANG_VI ? parts_join(m->c->arena, x->unit->type, x->unit->name)
					    : x->unit->name});
}

/* Where the tile stands among the rows of its layout, 0 north, 1 south. */
static double latitude_of(const struct map *m, const struct tile *t)
{
	const struct provinces *all = &m->c->order->narrative->survey->provinces;
	long rows = 1;

	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == t->system && all->tile[i].row >= rows)
			rows = all->tile[i].row + 1;
	return ((double)t->row + 0.5) / (double)rows;
}

static void draw_islands(struct map *m, const struct archipelago *x, struct inset *to)
{
	struct extent e = {NAN, NAN, NAN, NAN};
	const double above = (double)to->lines * m->c->line + 3;
	struct projection p;
	double w = m->column - 4, h = to->frame.bottom - to->frame.top - above - 2;

	outline_extent(&e, x->part, x->n);
	p = outline_fit(&e, 0, 0, w, h);
	p.left = to->frame.left + (m->column - outline_width(&p, &e)) / 2;
	p.top = to->frame.top + above + (h - outline_height(&p, &e)) / 2;
	to->islands = drawn_of(m->c->arena, &p, x->part, x->n);
	to->islands.class = area_class(m->c, x->unit ? row_of(m, x->unit->code) : NULL);
}

/* Frames in a column at the right, at about their latitude, clear of one another. */
static void place_insets(struct map *m)
{
	size_t n = m->b->n_archipelagos;
	double *middle = arena_new(m->c->arena, n + 1, sizeof *middle), tallest = 0;

	m->inset = arena_new(m->c->arena, n + 1, sizeof *m->inset);
	for (size_t i = 0; i < n; i++) {
		const struct archipelago *x = &m->b->archipelago[i];
		struct inset *to = &m->inset[i];

		to->name = name_of(m, x);
		to->lines = NAME_LINES;
		to->frame.bottom = (double)to->lines * m->c->line + (x->n ? 0.75 * m->column : 6);
		tallest = fmax(tallest, to->frame.bottom);
		middle[i] = latitude_of(m, x->tile) * m->body;
	}
	m->body = fmax(m->body, (double)n * (tallest + FRAME_GAP));
	plotfile_spread(m->c->arena, middle, n, tallest + FRAME_GAP, tallest / 2,
			m->body - tallest / 2);
	for (size_t i = 0; i < n; i++) {
		const struct archipelago *x = &m->b->archipelago[i];
		struct inset *to = &m->inset[i];
		double top = middle[i] - to->frame.bottom / 2;

		to->frame = (struct box){m->width - m->pad - m->column, top, m->width - m->pad,
					 top + to->frame.bottom};
		to->role = x->unit ? canvas_role(m->c->order, x->unit->code) : 0;
		if (x->n)
			draw_islands(m, x, to);
	}
}

/* ---- words on the page --------------------------------------------------------------------- */

static void take(struct map *m, const struct drawn *d)
{
	for (size_t i = 0; i < d->n; i++)
		room_take_part(m->c->arena, &m->room, &d->part[i]);
	for (size_t i = 0; i < d->n_dots; i++)
		room_take_box(&m->room, (struct box){d->dot[i].x - GAP, d->dot[i].y - GAP,
						     d->dot[i].x + GAP, d->dot[i].y + GAP});
}

/* A free place near a point; below the map when there is none, which makes it higher. */
static struct box place(struct map *m, double width, double height, struct geo_point near)
{
	struct box b;

	if (!room_find(&m->room, width, height, GAP, near, &b)) {
		b = (struct box){m->pad, m->body + GAP, m->pad + width, m->body + GAP + height};
		m->body = b.bottom;
	}
	room_take_box(&m->room, b);
	return b;
}

/* Name, value with its interval or why there is none, rank or what is known of it. */
static void make_label(struct map *m, bool complete)
{
	const struct chart_order *o = m->c->order;
	const struct narrative *w = o->narrative;
	const struct result_row *self = row_of(m, o->self->code);
	struct text set, rank;

	m->label[0] = o->self->name;
	m->label[1] = area_value(o, self, complete);
	m->lines = 2;
	if (!self || isnan(self->estimate))
		return;
	if (!isnan(self->ci_low))
		m->label[1] = arena_format(
			m->c->arena, "%.*s (%.*s)", SPAN_ARG(m->label[1]),
			SPAN_ARG(narrative_range(w, o->year, self->ci_low, self->ci_high)));
	set = narrative_rank_set(w, self->rank_low, self->rank_high);
	rank = canvas_estimated(o) ? set : narrative_rank(w, self->rank, self->n_ranked);
	if (rank.n)
		m->label[m->lines++] = PHRASE_FILL(
			w->phrases, set.n ? "map.set" : "chart.rank", {"rank", rank},
			{"all", number_shown(m->c->arena, self->n_ranked, 0, w->phrases->lang)});
}

static void place_words(struct map *m)
{
	double widest = 0;
	struct box b;

	m->room = room_new(m->c->arena, m->width, m->body);
	for (size_t i = 0; i < m->b->n; i++) {
		take(m, &m->unit[i]);
		if (role_of(m, i) == 1)
			m->anchor = drawn_inside(m->c->arena, &m->unit[i]);
	}
	for (size_t i = 0; i < m->b->n_archipelagos; i++)
		room_take_box(&m->room, m->inset[i].frame);
	room_take_box(&m->room, (struct box){0, 0, m->pad, m->body});
	room_take_box(&m->room, (struct box){m->width - m->pad, 0, m->width, m->body});
	b = place(m, m->legend.width, m->legend.lines * m->c->line,
		  (struct geo_point){m->width - m->pad - GAP, 0});
	m->legend_at = (struct geo_point){b.left, b.top};
	for (size_t i = 0; i < m->lines; i++)
		widest = fmax(widest, canvas_width(m->c, m->label[i], 1, i == 0));
	m->label_box = place(m, widest, (double)m->lines * m->c->line, m->anchor);
}

/* ---- the data file ------------------------------------------------------------------------- */

static void point(struct map *m, double x, double y)
{
	plotfile_number(&m->c->plot, round(x * 100) / 100);
	plotfile_number(&m->c->plot, round(y * 100) / 100);
}

static void line(struct map *m, const struct geo_ring *r)
{
	for (size_t i = 0; i < r->n; i++)
		point(m, r->at[i].x, r->at[i].y);
	plotfile_gap(&m->c->plot);
}

/* A part too small to be seen, as a disc. */
static void disc(struct map *m, struct geo_point centre)
{
	const double full_turn = 2 * acos(-1);

	for (size_t i = 0; i <= CORNERS; i++) {
		double turn = full_turn * (double)(i % CORNERS) / CORNERS;

		point(m, centre.x + DISC / 2 * cos(turn), centre.y + DISC / 2 * sin(turn));
	}
	plotfile_gap(&m->c->plot);
}

static void fills(struct map *m, const struct drawn *d, double class)
{
	if (d->class != class)
		return;
	for (size_t i = 0; i < d->n; i++) {
		struct geo_ring r = outline_joined(m->c->arena, &d->part[i]);

		line(m, &r);
	}
	for (size_t i = 0; i < d->n_dots; i++)
		disc(m, d->dot[i]);
}

/* The rings of parts of a size from `least` to below `most` mm; discs are of size 0. */
static void lines(struct map *m, const struct drawn *d, double least, double most)
{
	for (size_t i = 0; i < d->n; i++) {
		double size = drawn_size(drawn_bounds(&d->part[i].ring[0]));

		for (size_t k = 0; k < d->part[i].n && least <= size && size < most; k++)
			line(m, &d->part[i].ring[k]);
	}
	for (size_t i = 0; i < d->n_dots && least <= 0; i++)
		disc(m, d->dot[i]);
}

/* Borders of all; thick outlines of peers and of the unit; thin ones of what is small of it. */
static void write_lines(struct map *m)
{
	static const char *const roles[] = {"unit", "peers"};

	plotfile_block(&m->c->plot, "lines", 2);
	for (size_t i = 0; i < m->b->n; i++)
		lines(m, &m->unit[i], 0, INFINITY);
	for (size_t i = 0; i < m->b->n_archipelagos; i++)
		lines(m, &m->inset[i].islands, 0, INFINITY);
	for (size_t k = 0; k < 2; k++) {
		plotfile_block(&m->c->plot, roles[k], 2);
		for (size_t i = 0; i < m->b->n; i++)
			if (role_of(m, i) == (double)k + 1)
				lines(m, &m->unit[i], ISLET, INFINITY);
	}
	plotfile_block(&m->c->plot, "islets", 2);
	for (size_t i = 0; i < m->b->n; i++)
		if (role_of(m, i) == 1)
			lines(m, &m->unit[i], 0, ISLET);
	for (size_t i = 0; i < m->b->n_archipelagos; i++)
		if (m->inset[i].role == 1)
			lines(m, &m->inset[i].islands, 0, INFINITY);
}

static void write_shapes(struct map *m)
{
	static const char *const names[] = {"fill0", "fill1", "fill2", "fill3", "fill4", "bare"};
	static const double classes[] = {AREA_MISSING, 1, 2, 3, 4, AREA_UNGROUPED};

	for (size_t k = 0; k < sizeof classes / sizeof *classes; k++) {
		plotfile_block(&m->c->plot, names[k], 2);
		for (size_t i = 0; i < m->b->n; i++)
			fills(m, &m->unit[i], classes[k]);
		for (size_t i = 0; i < m->b->n_archipelagos; i++)
			fills(m, &m->inset[i].islands, classes[k]);
	}
	write_lines(m);
}

static double within(double x, double low, double high)
{
	return fmax(low, fmin(x, high));
}

static void write_words(struct map *m)
{
	struct plotfile *f = &m->c->plot;
	bool left = m->label_box.right < m->anchor.x; /* of the province */
	double x = left ? m->label_box.right : m->label_box.left;

	plotfile_block(f, "missing", 2);
	for (size_t i = 0; i < m->b->n; i++)
		if (m->unit[i].class == AREA_MISSING) {
			struct geo_point p = drawn_inside(m->c->arena, &m->unit[i]);

			point(m, p.x, p.y);
		}
	plotfile_block(f, "frames", 6);
	for (size_t i = 0; i < m->b->n_archipelagos; i++) {
		struct box b = m->inset[i].frame;

		point(m, (b.left + b.right) / 2, (b.top + b.bottom) / 2);
		point(m, (b.right - b.left) / 2, (b.bottom - b.top) / 2);
		plotfile_number(f, m->inset[i].islands.n + m->inset[i].islands.n_dots > 0);
		plotfile_text(f, m->inset[i].name);
	}
	plotfile_block(f, "leader", 4);
	point(m, m->anchor.x, m->anchor.y);
	point(m, within(m->anchor.x, m->label_box.left - 0.6, m->label_box.right + 0.6),
	      within(m->anchor.y, m->label_box.top, m->label_box.bottom));
	plotfile_block(f, "label", 4);
	for (size_t i = 0; i < m->lines; i++) {
		point(m, x, m->label_box.top + ((double)i + 0.5) * m->c->line);
		plotfile_number(f, left ? -1 : 1);
		plotfile_text(f, m->label[i]);
	}
}

/* ---- tips ---------------------------------------------------------------------------------- */

/* The unit in its boundaries; a dot where it is too small for any. */
static void tip_of_unit(struct map *m, size_t i)
{
	struct canvas *c = m->c;
	const struct province *unit = m->b->at[i].unit;
	const struct drawn *d = &m->unit[i];
	struct tip tip = {.width = TIP_DISC,
			  .province = unit->code,
			  .item = c->order->item,
			  .words = tips_line(c, unit->name, area_said(c, row_of(m, unit->code)))};

	if (d->n) {
		struct box b = drawn_around(d);

		tip.x = (b.left + b.right) / 2;
		tip.y = (b.top + b.bottom) / 2;
		tip.width = b.right - b.left;
		tip.height = b.bottom - b.top;
		tip.path = drawn_path(c->arena, d, b);
	} else if (d->n_dots) {
		tip.x = d->dot[0].x;
		tip.y = d->dot[0].y;
	} else {
		return;
	}
	canvas_tip(c, tip);
}

/* An archipelago is lit up with the unit that it belongs to. */
static void tips(struct map *m)
{
	for (size_t i = 0; i < m->b->n; i++)
		tip_of_unit(m, i);
	for (size_t i = 0; i < m->b->n_archipelagos; i++) {
		const struct archipelago *x = &m->b->archipelago[i];
		struct box b = m->inset[i].frame;

		canvas_tip(m->c, (struct tip){.x = (b.left + b.right) / 2,
					      .y = (b.top + b.bottom) / 2,
					      .width = b.right - b.left,
					      .height = b.bottom - b.top,
					      .province = x->unit ? x->unit->code : span_of(""),
					      .words = m->inset[i].name});
	}
	canvas_name(m->c, m->c->order->self->code, m->label[0]);
}

/* ---- CSV, words around the picture --------------------------------------------------------- */

#define PLAIN_COLUMNS 6

static void write_csv(struct map *m)
{
	struct canvas *c = m->c;
	struct text head[] = {span_of("province"), span_of("province_name"), span_of("score"),
			      span_of("group"),    span_of("role"),          span_of("matched_by"),
			      span_of("ci_low"),   span_of("ci_high"),       span_of("flag")};

	canvas_plain(c, head, sizeof head / sizeof *head, PLAIN_COLUMNS);
	for (size_t i = 0; i < m->b->n; i++) {
		const struct boundary *b = &m->b->at[i];
		const struct result_row *row = row_of(m, b->unit->code);

		facts_unit(c->facts, b->unit->code);
		if (row)
			facts_count(c->facts, row);
		struct text cells[] = {b->unit->code,
				       b->unit->name,
				       number_exact(c->arena, row ? row->estimate : NAN),
				       area_group(c, row),
				       parts_role(c->order, b->unit->code),
				       span_of(b->by_code ? "code" : "name"),
				       number_exact(c->arena, row ? row->ci_low : NAN),
				       number_exact(c->arena, row ? row->ci_high : NAN),
				       result_flags(c->arena, row ? row->flags : 0)};

		canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
	}
}

static struct text islands_in_words(const struct map *m)
{
	struct text names = {"", 0};

	for (size_t i = 0; i < m->b->n_archipelagos; i++)
		names = arena_format(m->c->arena, "%.*s%s%.*s", SPAN_ARG(names), i ? ", " : "",
				     SPAN_ARG(m->b->archipelago[i].tile->short_name));
	return names.n ? PHRASE_FILL(m->c->order->narrative->phrases, "map.with", {"names", names})
		       : names;
}

static void words(struct map *m, const struct result_row *rows, size_t n)
{
	static const struct area_phrases keys = {"map.subtitle", "map.subtitle.dark", "map.caption",
						 "map.alt"};
	struct canvas *c = m->c;
	struct area_fields f = area_fields(c, rows, n);

	f.at[f.n++] = (struct field){"source", m->b->source};
	f.at[f.n++] = (struct field){"islands", islands_in_words(m)};
	area_words(c, &keys, &f, rows, n);
	c->chart->footer = parts_join(
		c->arena,
		PHRASE_FILL(c->order->narrative->phrases, "map.source", {"source", m->b->source}),
		c->chart->footer);
}

/* In a document, which has no footer, the note also names the source. */
static struct text note_of(const struct map *m, size_t *lines)
{
	const struct phrases *p = m->c->order->narrative->phrases;
	struct text note = phrase(p, "map.note");

	if (m->c->order->report)
		note = parts_join(m->c->arena, note,
				  PHRASE_FILL(p, "map.source", {"source", m->b->source}));
	return plotfile_wrap(m->c->arena, note, canvas_letters(m->c, m->c->small, false),
			     m->width - 2 * m->pad, lines);
}

/* The land at the left, as high as the page allows; the frames at the right. */
static void lay_out(struct map *m)
{
	const struct chart_order *o = m->c->order;
	double room;

	m->width = o->report ? 160 : 185;
	m->pad = o->report ? 0.5 : 3.5;
	m->column = o->report ? 38 : 42;
	for (size_t i = 0; i < m->b->n_archipelagos; i++)
		m->column = fmax(m->column, canvas_width(m->c, name_of(m, &m->b->archipelago[i]),
							 m->c->small, false) +
						    FRAME_GAP);
	m->body = o->report ? 170 : 190;
	m->land = (struct extent){NAN, NAN, NAN, NAN};
	for (size_t i = 0; i < m->b->n; i++)
		outline_extent(&m->land, m->b->at[i].part, m->b->at[i].n);
	room = m->width - 2 * m->pad - m->column - FRAME_GAP;
	m->at = outline_fit(&m->land, m->pad + 1, 1, room, m->body - 2);
	m->at.left += fmin(SHIFT, (room - outline_width(&m->at, &m->land)) / 3);
	m->body = outline_height(&m->at, &m->land) + 2;
	place_insets(m);
	draw_units(m);
}

bool chart_map(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	size_t n, notes;
	const struct result_row *rows = result_group(o->all, o->year, o->item, &n);
	struct canvas c;
	struct map m = {.c = &c, .b = o->boundaries};
	struct text note;

	if (!o->boundaries)
		return diag_fail(why, DIAG_DATA, "no boundaries are given");
	area_open(a, o, out, &c);
	lay_out(&m);
	m.legend = area_legend(&c, LEGEND_MOST, n && rows[0].complete);
	make_label(&m, n && rows[0].complete);
	place_words(&m);
	words(&m, rows, n);
	note = note_of(&m, &notes);
	canvas_page(&c, m.width, m.body + (double)notes * c.line + 0.4 * c.em);
	if (canvas_estimated(o))
		plotfile_key(&c.plot, "scheme", span_of("sides"));
	area_legend_keys(&c, &m.legend);
	plotfile_key_number(&c.plot, "legend_x", number_round(m.legend_at.x, 2));
	plotfile_key_number(&c.plot, "legend_y", number_round(m.legend_at.y, 2));
	plotfile_key(&c.plot, "note", note);
	write_csv(&m);
	write_shapes(&m);
	write_words(&m);
	tips(&m);
	canvas_close(&c);
	return true;
}
