/* Level against change: a point a province, the medians as cross lines, names of the province, its
 * peers and the outermost. The corners name where estimates lie; whether a change is real, the
 * title says. */
#include "analysis/spread.h"
#include "output/chart_parts.h"
#include "output/chart_tips.h"
#include "output/placing.h"
#include "output/tables.h"

#include <math.h>

#define BODY_WEB 125.0
#define BODY_REPORT 110.0
#define EXTREMES 4
#define SPARE 1.03 /* of a name: other programs set letters a little wider */
#define APART 1.0  /* kept free behind a name, in mm */
#define END 1.0    /* kept free at the ends of the province's intervals, in mm */
#define LINE 0.5   /* half the width of a line that names keep off, in mm */

struct quadrant {
	struct canvas *canvas;
	struct changes changes;
	struct axis x, y;
	double level, change; /* medians */
	double width, height; /* mm of the plot */
	const struct result_row **named;
	struct tag *tag; /* of each name */
	size_t names;
};

static struct spread spread_by(struct quadrant *q, bool change)
{
	const struct result *r = &q->changes.with;
	double *x = arena_new(q->canvas->arena, r->n, sizeof *x);

	for (size_t i = 0; i < r->n; i++)
		x[i] = change ? r->row[i].delta : r->row[i].estimate;
	return spread_of(q->canvas->arena, x, r->n);
}

/* Over the points, the province's intervals and a margin for names. */
static void find_axes(struct quadrant *q)
{
	const struct result_row *self = q->changes.self;
	struct spread level = spread_by(q, false), change = spread_by(q, true);
	bool own = self && !isnan(self->delta);
	double low = fmin(change.min, 0), high = fmax(change.max, 0);

	q->level = level.median;
	q->change = change.median;
	q->x = axis_for(fmin(level.min, own ? self->ci_low : NAN),
			fmax(level.max, own ? self->ci_high : NAN), 7);
	q->y = axis_for(fmin(low, own ? self->delta_low : NAN),
			fmax(high, own ? self->delta_high : NAN), 7);
}

/* mm from the left and the top of the plot, and back. */
static double across(const struct quadrant *q, double x)
{
	return (x - q->x.low) / (q->x.high - q->x.low) * q->width;
}

static double down(const struct quadrant *q, double y)
{
	return (q->y.high - y) / (q->y.high - q->y.low) * q->height;
}

static double x_at(const struct quadrant *q, double mm)
{
	return q->x.low + mm / q->width * (q->x.high - q->x.low);
}

static double y_at(const struct quadrant *q, double mm)
{
	return q->y.high - mm / q->height * (q->y.high - q->y.low);
}

/* The outermost rows: most and least in level and in change. */
static void find_extremes(const struct result *r, const struct result_row *out[EXTREMES])
{
	for (size_t k = 0; k < EXTREMES; k++)
		out[k] = &r->row[0];
	for (size_t i = 1; i < r->n; i++) {
		const struct result_row *row = &r->row[i];

		out[0] = row->estimate > out[0]->estimate ? row : out[0];
		out[1] = row->estimate < out[1]->estimate ? row : out[1];
		out[2] = row->delta > out[2]->delta ? row : out[2];
		out[3] = row->delta < out[3]->delta ? row : out[3];
	}
}

/* Who is named: first the province, then the outermost, then the peers. */
static size_t find_named(struct quadrant *q, const struct result_row **named)
{
	const struct result *r = &q->changes.with;
	const struct result_row *extreme[EXTREMES];
	size_t n = 0;

	find_extremes(r, extreme);
	for (int turn = 0; turn < 3; turn++)
		for (size_t i = 0; i < r->n; i++) {
			double role = canvas_role(q->canvas->order, r->row[i].province);
			bool outer = false, known = false;

			for (size_t k = 0; k < EXTREMES; k++)
				outer |= extreme[k] == &r->row[i];
			for (size_t k = 0; k < n; k++)
				known |= named[k] == &r->row[i];
			if (!known && (turn == 0 ? role == 1 : turn == 1 ? outer : role == 2))
				named[n++] = &r->row[i];
		}
	return n;
}

static struct text shown_name(const struct quadrant *q, const struct result_row *row)
{
	return canvas_fit(q->canvas, row->province_name, CANVAS_ENDS);
}

static double name_width(const struct quadrant *q, const struct result_row *row)
{
	struct look look = canvas_end_look(q->canvas, canvas_role(q->canvas->order, row->province));

	return SPARE * canvas_width(q->canvas, shown_name(q, row), look.size, look.bold) + APART;
}

/* What is said in the corners, top left first. */
static const char *const corners[] = {"quadrant.low.more", "quadrant.high.more",
				      "quadrant.low.less", "quadrant.high.less"};

#define CORNER_GAP 0.5 /* from the corner, in em */
#define CORNER_LINE 1.1
#define CORNER_LINES 3

/* The words of a corner, in lines that end before the median; none where it leaves no room. */
static struct text corner_words(const struct quadrant *q, size_t k, size_t *lines)
{
	struct canvas *c = q->canvas;
	double median = across(q, q->level),
	       room = (k % 2 ? q->width - median : median) - 2 * CORNER_GAP * c->em;
	struct text said = plotfile_wrap(c->arena, phrase(c->order->narrative->phrases, corners[k]),
					 canvas_letters(c, c->small, false), room, lines);

	if (*lines <= CORNER_LINES && canvas_width(c, said, c->small, false) <= room)
		return said;
	*lines = 0;
	return (struct text){"", 0};
}

static struct box corner_box(const struct quadrant *q, size_t k)
{
	const struct canvas *c = q->canvas;
	size_t lines;
	double width = canvas_width(c, corner_words(q, k, &lines), c->small, false) +
		       2 * CORNER_GAP * c->em;
	double height = (0.6 + CORNER_LINE * (double)lines) * c->small * c->em;

	return (struct box){k % 2 ? q->width - width : 0, k / 2 ? q->height - height : 0,
			    k % 2 ? q->width : width, k / 2 ? q->height : height};
}

/* Points, the province's whiskers and the corners. */
static size_t find_taken(struct quadrant *q, struct box *taken)
{
	const struct result *r = &q->changes.with;
	const struct result_row *self = q->changes.self;
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++) {
		double x = across(q, r->row[i].estimate), y = down(q, r->row[i].delta);
		double radius = 1.7; /* with room, so that a name is not taken for a neighbour's */

		taken[n++] = (struct box){x - radius, y - radius, x + radius, y + radius};
	}
	if (self && !isnan(self->delta_low) && !isnan(self->ci_low)) {
		double x = across(q, self->estimate), y = down(q, self->delta);

		taken[n++] = (struct box){across(q, self->ci_low) - END, y - 0.4,
					  across(q, self->ci_high) + END, y + 0.4};
		taken[n++] = (struct box){x - 0.4, down(q, self->delta_high) - END, x + 0.4,
					  down(q, self->delta_low) + END};
	}
	for (size_t k = 0; k < 4; k++)
		taken[n++] = corner_box(q, k);
	return n;
}

/* A name, its alignment, and the line to its point when it is far. */
static void label(struct quadrant *q, const struct result_row *row, const struct tag *t)
{
	struct plotfile *f = &q->canvas->plot;
	struct box at = placing_box(t);

	plotfile_number(f, x_at(q, t->left + 0.5 * (1 - t->align) * t->width));
	plotfile_number(f, y_at(q, t->middle));
	plotfile_number(f, t->far ? row->estimate : NAN);
	plotfile_number(f, row->delta);
	plotfile_number(f, x_at(q, fmin(fmax(t->x, at.left), at.right)));
	plotfile_number(f, y_at(q, fmin(fmax(t->y, at.top), at.bottom)));
	plotfile_number(f, canvas_role(q->canvas->order, row->province));
	plotfile_number(f, t->align);
	plotfile_text(f, shown_name(q, row));
	canvas_name(q->canvas, row->province, shown_name(q, row));
}

/* Names find places beside their points, or none. */
static void place_names(struct quadrant *q)
{
	struct canvas *c = q->canvas;
	const struct result *r = &q->changes.with;
	struct box *taken = arena_new(c->arena, r->n + 6, sizeof *taken);
	double x = across(q, q->level), y = down(q, q->change), zero = down(q, 0);
	const struct box lines[] = {{x - LINE, 0, x + LINE, q->height},
				    {0, y - LINE, q->width, y + LINE},
				    {0, zero - LINE, q->width, zero + LINE}};
	const struct obstacles o = {
		.taken = taken, .n = find_taken(q, taken), .avoided = lines, .n_avoided = 3};

	q->named = arena_new(c->arena, r->n, sizeof *q->named);
	q->names = find_named(q, q->named);
	q->tag = arena_new(c->arena, q->names, sizeof *q->tag);
	for (size_t i = 0; i < q->names; i++) {
		const struct result_row *row = q->named[i];
		bool self = canvas_role(c->order, row->province) == 1;

		q->tag[i] = (struct tag){.x = across(q, row->estimate),
					 .y = down(q, row->delta),
					 .clear = self ? 2.1 : 1.5,
					 .own = (size_t)(row - r->row),
					 .width = name_width(q, row),
					 .height = 1.25 * c->small * c->em};
	}
	placing_tags((struct box){0, 0, q->width, q->height}, &o, q->tag, q->names);
}

static void labels(struct quadrant *q)
{
	plotfile_block(&q->canvas->plot, "labels", 9);
	for (size_t i = 0; i < q->names; i++)
		if (q->tag[i].placed)
			label(q, q->named[i], &q->tag[i]);
}

/* The names that found no place, as a sentence. */
static struct text left_out(const struct quadrant *q)
{
	struct text names = {"", 0};

	for (size_t i = 0; i < q->names; i++)
		if (!q->tag[i].placed)
			names = arena_format(q->canvas->arena, "%.*s%s%.*s", SPAN_ARG(names),
					     names.n ? ", " : "",
					     SPAN_ARG(q->named[i]->province_name));
	return names.n ? PHRASE_FILL(q->canvas->order->narrative->phrases, "quadrant.unnamed",
				     {"names", names})
		       : names;
}

/* The province on top, below it its peers. */
static void tips(struct quadrant *q)
{
	static const double order[] = {0, 2, 1};
	struct canvas *c = q->canvas;
	const struct result *r = &q->changes.with;

	for (size_t turn = 0; turn < 3; turn++)
		for (size_t i = 0; i < r->n; i++) {
			const struct result_row *row = &r->row[i];

			if (canvas_role(c->order, row->province) == order[turn])
				canvas_tip(c,
					   (struct tip){.x = row->estimate,
							.y = row->delta,
							.width = TIP_DISC,
							.province = row->province,
							.item = c->order->item,
							.words = tips_line(c, row->province_name,
									   tips_change(c, row))});
		}
}

static void points(struct quadrant *q)
{
	struct plotfile *f = &q->canvas->plot;
	const struct result *r = &q->changes.with;
	const struct result_row *self = q->changes.self;

	plotfile_block(f, "points", 3);
	for (size_t i = 0; i < r->n; i++) {
		facts_change_drawn(q->canvas->facts, &r->row[i], FACT_TOLD);
		plotfile_number(f, r->row[i].estimate);
		plotfile_number(f, r->row[i].delta);
		plotfile_number(f, canvas_role(q->canvas->order, r->row[i].province));
	}
	plotfile_block(f, "unit", 6);
	if (!self || isnan(self->delta))
		return;
	plotfile_number(f, self->estimate);
	plotfile_number(f, self->delta);
	plotfile_number(f, self->ci_low);
	plotfile_number(f, self->ci_high);
	plotfile_number(f, self->delta_low);
	plotfile_number(f, self->delta_high);
}

/* Of estimates the side of the country and the change, else the sides of both medians. */
static void claims(struct quadrant *q)
{
	const struct chart_order *o = q->canvas->order;
	const struct result_row *self = q->changes.self;
	struct fact_claim change = {.about = o->item, .low = NAN, .high = NAN};

	facts_no_claim(q->canvas->facts);
	if (canvas_estimated(o)) {
		if (canvas_side(o, self))
			facts_side_claim(q->canvas->facts, self, canvas_side(o, self),
					 canvas_nation(o, o->year, o->item));
		if (self->verdict.n && parts_verdict(self) != 0)
			facts_change_claim(q->canvas->facts, self,
					   parts_verdict(self) > 0 ? 1 : -1);
		return;
	}
	facts_side_claim(q->canvas->facts, self, self->estimate > q->level ? 1 : -1, q->level);
	change.sign = self->delta > q->change ? 1 : -1;
	change.estimate = self->delta;
	change.reference = q->change;
	facts_claim(q->canvas->facts, change);
}

/* Of estimates what their errors bear, of published scores where they lie. */
static struct text title_of(struct quadrant *q)
{
	static const char *const corner[2][2] = {{"quadrant.low.less", "quadrant.low.more"},
						 {"quadrant.high.less", "quadrant.high.more"}};
	static const char *const side[] = {"word.below", "word.unclear", "word.above"};
	const struct chart_order *o = q->canvas->order;
	const struct narrative *w = o->narrative;
	const struct phrases *p = w->phrases;
	const struct result_row *self = q->changes.self;
	struct text where;

	if (!self || isnan(self->delta))
		return parts_change_title(q->canvas, &q->changes);
	if (!canvas_estimated(o) && (self->estimate == q->level || self->delta == q->change))
		return parts_change_title(q->canvas, &q->changes); /* a median itself: no corner */
	if (!canvas_estimated(o))
		where = phrase(p, corner[self->estimate > q->level][self->delta > q->change]);
	else if (isnan(self->ci_low) || isnan(canvas_nation(o, o->year, o->item)))
		return parts_change_title(q->canvas, &q->changes);
	else
		where = arena_format(q->canvas->arena, "%.*s; %.*s",
				     SPAN_ARG(phrase(p, side[1 + canvas_side(o, self)])),
				     SPAN_ARG(narrative_change(w, self)));
	claims(q);
	return PHRASE_FILL(
		p,
		canvas_estimated(o) || self->flags & FLAG_MERGED ? "delta.title" : "quadrant.title",
		{"survey", canvas_subject(q->canvas)}, {"year", canvas_year(q->canvas, o->year)},
		{"province", o->self->name}, {"change", where});
}

static void words(struct quadrant *q)
{
	struct canvas *c = q->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	size_t n;
	const struct result_row *all = result_group(o->all, o->year, o->item, &n);
	bool errors = canvas_estimated(o);
	struct field fields[] = {
		{"item", canvas_item(o)->brief[p->lang]},
		{"year", canvas_year(c, o->year)},
		{"from", canvas_year(c, o->from)},
		{"unit", parts_unit(c, true)},
		{"range", canvas_range(c, canvas_item(o))},
		{"all", arena_format(c->arena, "%zu", q->changes.with.n)},
		{"province", o->self->name},
		{"level", canvas_level(o)},
	};
	size_t k = sizeof fields / sizeof *fields;

	c->chart->title = title_of(q);
	c->chart->subtitle = arena_format(
		c->arena, "%.*s; %.*s",
		SPAN_ARG(phrase_fill(p, errors ? "quadrant.subtitle.errors" : "quadrant.subtitle",
				     fields, k)),
		SPAN_ARG(parts_peers(c)));
	c->chart->caption =
		phrase_fill(p, errors ? "quadrant.caption.errors" : "quadrant.caption", fields, k);
	parts_footer(c, parts_join(c->arena, left_out(q), parts_change_note(c, &q->changes)),
		     q->changes.self, all, n);
}

static void keys(struct quadrant *q)
{
	struct canvas *c = q->canvas;
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	double width = o->report ? 160 : 200, left = 3.5 + 4.8 * c->em;

	plotfile_key_number(&c->plot, "left", left / width);
	plotfile_key_number(&c->plot, "right", (left + q->width) / width);
	plotfile_key_number(&c->plot, "xmin", q->x.low);
	plotfile_key_number(&c->plot, "xmax", q->x.high);
	plotfile_key_number(&c->plot, "ymin", q->y.low);
	plotfile_key_number(&c->plot, "ymax", q->y.high);
	plotfile_key_number(&c->plot, "xmedian", q->level);
	plotfile_key_number(&c->plot, "ymedian", q->change);
	plotfile_key(&c->plot, "xlabel",
		     PHRASE_FILL(p, "quadrant.x", {"item", canvas_item(o)->brief[p->lang]},
				 {"year", canvas_year(c, o->year)}));
	plotfile_key(&c->plot, "ylabel",
		     PHRASE_FILL(p, "quadrant.y", {"from", canvas_year(c, o->from)},
				 {"year", canvas_year(c, o->year)}, {"unit", parts_unit(c, true)}));
	for (size_t k = 0; k < 4; k++) {
		size_t lines;

		plotfile_key(&c->plot, arena_format(c->arena, "q%zu", k + 1).at,
			     corner_words(q, k, &lines));
	}
}

static struct text alt_of(struct quadrant *q)
{
	const struct narrative *w = q->canvas->order->narrative;
	long year = q->canvas->order->year;

	return PHRASE_FILL(w->phrases, "quadrant.alt", {"title", q->canvas->chart->title},
			   {"subtitle", q->canvas->chart->subtitle},
			   {"x", narrative_number(w, year, q->level)},
			   {"y", narrative_signed(w, year, q->change)});
}

static void draw(struct quadrant *q)
{
	struct canvas *c = q->canvas;
	const struct chart_order *o = c->order;
	double body = o->report ? BODY_REPORT : BODY_WEB, width = o->report ? 160 : 200;

	find_axes(q);
	q->width = width - 7 - 4.8 * c->em;
	q->height = body - 4.1 * c->line;
	place_names(q);
	words(q);
	canvas_page(c, width, body);
	keys(q);
	plotfile_axis(&c->plot, "xtics", q->x, o->narrative->phrases->lang);
	plotfile_axis_signed(&c->plot, "ytics", q->y, o->narrative->phrases->lang);
	points(q);
	labels(q);
	tips(q);
	parts_change_csv(c, &q->changes);
	c->chart->alt = alt_of(q);
}

bool chart_quadrant(struct arena *a, const struct chart_order *o, struct chart *out,
		    struct diag *why)
{
	struct canvas c;
	struct quadrant q = {.canvas = &c};

	canvas_open(a, o, out, &c);
	bool ok = parts_changes(&c, &q.changes, why);

	if (ok)
		draw(&q);
	canvas_close(&c);
	return ok;
}
