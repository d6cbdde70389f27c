#include "output/svg_boxes.h"

#include <libxml/tree.h>
#include <math.h>
#include <string.h>

/* Height of capitals: 0.714 em in Noto Sans, 0.66 in Tinos. */
#define CAPITAL 0.7
#define SYMBOLS 32

enum paint { PAINT_NONE, PAINT_COLOUR, PAINT_CURRENT };

struct ink {
	enum paint kind;
	struct colour colour;
};

/* What an element inherits. */
struct pen {
	double m[6]; /* x' = m0 x + m2 y + m4; y' = m1 x + m3 y + m5 */
	struct ink fill, stroke;
	struct colour current;
	double fill_opacity, opacity, size;
	bool bold;
	char anchor; /* s, m, e */
};

struct symbol {
	const char *id;
	double radius;
	bool filled;
};

struct finder {
	struct svg_boxes *out;
	struct symbol symbol[SYMBOLS];
	size_t symbols;
};

/* ---- attributes -------------------------------------------------------------------------- */

static const char *value_of(const xmlAttr *attribute)
{
	const xmlNode *value = attribute->children;

	return value && value->content ? (const char *)value->content : "";
}

static const char *get(const xmlNode *node, const char *name)
{
	for (const xmlAttr *a = node->properties; a; a = a->next)
		if (strcmp((const char *)a->name, name) == 0)
			return value_of(a);
	return "";
}

static bool is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && strcmp((const char *)node->name, name) == 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The next number of a list; false where none begins. No exponents: gnuplot writes none. */
static bool next_number(const char **s, double *out)
{
	const char *p = *s;
	double x = 0, unit = 1;
	bool minus, any = false;

	while (*p == ' ' || *p == ',' || *p == '\n' || *p == '\t' || *p == '\r')
		p++;
	minus = *p == '-';
	p += *p == '-' || *p == '+';
	for (; is_digit(*p); p++, any = true)
		x = 10 * x + (*p - '0');
	if (*p == '.')
		for (p++; is_digit(*p); p++, any = true) {
			x = 10 * x + (*p - '0');
			unit *= 10;
		}
	if (!any)
		return false;
	*s = p;
	*out = (minus ? -x : x) / unit;
	return true;
}

static double number_in(const char *s, double otherwise)
{
	double x;

	return next_number(&s, &x) ? x : otherwise;
}

static struct ink ink_of(const char *s, struct ink otherwise)
{
	struct ink ink = {.kind = PAINT_COLOUR};

	if (strcmp(s, "none") == 0)
		return (struct ink){.kind = PAINT_NONE};
	if (strcmp(s, "currentColor") == 0)
		return (struct ink){.kind = PAINT_CURRENT};
	return colour_read(span_of(s), &ink.colour) ? ink : otherwise;
}

static void multiply(double m[6], const double by[6])
{
	const double a[6] = {m[0], m[1], m[2], m[3], m[4], m[5]};

	m[0] = a[0] * by[0] + a[2] * by[1];
	m[1] = a[1] * by[0] + a[3] * by[1];
	m[2] = a[0] * by[2] + a[2] * by[3];
	m[3] = a[1] * by[2] + a[3] * by[3];
	m[4] = a[0] * by[4] + a[2] * by[5] + a[4];
	m[5] = a[1] * by[4] + a[3] * by[5] + a[5];
}

/* "translate(x,y) rotate(degrees) scale(s)", in any number and order. */
static void move(double m[6], const char *s)
{
	const double degree = acos(-1) / 180;
	const char *open;

	for (; (open = strchr(s, '(')); s = strchr(open, ')') ? strchr(open, ')') + 1 : "") {
		double x = 0, y = 0;
		const char *at = open + 1;
		bool one = next_number(&at, &x), two = one && next_number(&at, &y);

		while (*s == ' ')
			s++;
		if (strncmp(s, "translate", 9) == 0)
			multiply(m, (double[]){1, 0, 0, 1, x, y});
		else if (strncmp(s, "scale", 5) == 0)
			multiply(m, (double[]){x, 0, 0, two ? y : x, 0, 0});
		else if (strncmp(s, "rotate", 6) == 0)
			multiply(m, (double[]){cos(x * degree), sin(x * degree), -sin(x * degree),
					       cos(x * degree), 0, 0});
	}
}

static void put_on(struct pen *pen, const xmlNode *node)
{
	for (const xmlAttr *a = node->properties; a; a = a->next) {
		const char *name = (const char *)a->name, *value = value_of(a);

		if (strcmp(name, "transform") == 0)
			move(pen->m, value);
		else if (strcmp(name, "fill") == 0)
			pen->fill = ink_of(value, pen->fill);
		else if (strcmp(name, "stroke") == 0)
			pen->stroke = ink_of(value, pen->stroke);
		else if (strcmp(name, "color") == 0)
			colour_read(span_of(value), &pen->current);
		else if (strcmp(name, "fill-opacity") == 0)
			pen->fill_opacity = number_in(value, 1);
		else if (strcmp(name, "opacity") == 0)
			pen->opacity *= number_in(value, 1);
		else if (strcmp(name, "font-size") == 0)
			pen->size = number_in(value, pen->size);
		else if (strcmp(name, "font-weight") == 0)
			pen->bold = strcmp(value, "bold") == 0;
		else if (strcmp(name, "text-anchor") == 0)
			pen->anchor = value[0];
	}
}

static struct colour seen(const struct pen *pen, struct ink ink)
{
	return ink.kind == PAINT_CURRENT ? pen->current : ink.colour;
}

/* ---- shapes ------------------------------------------------------------------------------ */

static void place(const struct pen *pen, double x, double y, double *px, double *py)
{
	*px = pen->m[0] * x + pen->m[2] * y + pen->m[4];
	*py = pen->m[1] * x + pen->m[3] * y + pen->m[5];
}

static void widen(struct svg_box *box, double x, double y)
{
	box->left = fmin(box->left, x);
	box->right = fmax(box->right, x);
	box->top = fmin(box->top, y);
	box->bottom = fmax(box->bottom, y);
}

static struct svg_box nothing(void)
{
	return (struct svg_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

/* The box of a rectangle, moved. */
static struct svg_box box_of(const struct pen *pen, double left, double top, double right,
			     double bottom)
{
	struct svg_box box = nothing();

	for (int k = 0; k < 4; k++) {
		double x, y;

		place(pen, k % 2 ? right : left, k / 2 ? bottom : top, &x, &y);
		widen(&box, x, y);
	}
	return box;
}

static void add_line(struct svg_boxes *b, struct svg_shape *s, const struct pen *pen,
		     const double from[2], const double to[2])
{
	struct svg_line line;

	place(pen, from[0], from[1], &line.x1, &line.y1);
	place(pen, to[0], to[1], &line.x2, &line.y2);
	widen(&s->box, line.x1, line.y1);
	widen(&s->box, line.x2, line.y2);
	if (line.x1 == line.x2 && line.y1 == line.y2)
		return; /* closed where it began */
	s->line = arena_grow(b->arena, s->line, s->n, sizeof *s->line);
	s->line[s->n++] = line;
}

static bool fills(const struct svg_shape *s, struct svg_box page)
{
	return s->form == SVG_AREA && s->opacity == 1 && s->box.left <= page.left &&
	       s->box.top <= page.top && s->box.right >= page.right && s->box.bottom >= page.bottom;
}

static void add_shape(struct svg_boxes *b, const struct svg_shape *s)
{
	if (b->shapes == 0 && fills(s, b->page))
		b->paper = s->colour;
	b->shape = arena_grow(b->arena, b->shape, b->shapes, sizeof *b->shape);
	b->shape[b->shapes] = *s;
	b->shape[b->shapes].order = b->drawn++;
	if (s->form == SVG_AREA || (s->form == SVG_POINT && !s->hollow)) {
		b->ground = arena_grow(b->arena, b->ground, b->grounds, sizeof *b->ground);
		b->ground[b->grounds++] = b->shapes;
	}
	b->shapes++;
}

/* The same lines as an area, when filled, and as strokes, when drawn. */
static void add_drawn(struct svg_boxes *b, const struct pen *pen, struct svg_shape *s)
{
	if (s->n == 0 && !s->right)
		return;
	if (pen->fill.kind != PAINT_NONE) {
		s->form = SVG_AREA;
		s->colour = seen(pen, pen->fill);
		s->opacity = pen->opacity * pen->fill_opacity;
		add_shape(b, s);
	}
	if (pen->stroke.kind == PAINT_NONE)
		return;
	s->form = SVG_STROKE;
	s->colour = seen(pen, pen->stroke);
	s->opacity = pen->opacity;
	add_shape(b, s);
}

static void add_rectangle(struct svg_boxes *b, const struct pen *pen, const xmlNode *node)
{
	double x = number_in(get(node, "x"), 0), y = number_in(get(node, "y"), 0),
	       width = number_in(get(node, "width"), 0), height = number_in(get(node, "height"), 0);
	const double corner[5][2] = {
		{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}};
	struct svg_shape s = {.box = nothing()};

	for (size_t k = 0; k < 4; k++)
		add_line(b, &s, pen, corner[k], corner[k + 1]);
	s.right = pen->m[1] == 0 && pen->m[2] == 0;
	add_drawn(b, pen, &s);
}

static void add_polygon(struct svg_boxes *b, const struct pen *pen, const char *points)
{
	struct svg_shape s = {.box = nothing()};
	double first[2], last[2], next[2];

	if (!next_number(&points, &first[0]) || !next_number(&points, &first[1]))
		return;
	memcpy(last, first, sizeof last);
	while (next_number(&points, &next[0]) && next_number(&points, &next[1])) {
		add_line(b, &s, pen, last, next);
		memcpy(last, next, sizeof last);
	}
	add_line(b, &s, pen, last, first);
	add_drawn(b, pen, &s);
}

/* Numbers behind a letter of a path; the last two say where it leads. */
static size_t numbers_of(char letter)
{
	switch (letter) {
	case 'h':
	case 'v': return 1;
	case 'c': return 6;
	case 's':
	case 'q': return 4;
	case 'a': return 7;
	default: return 2;
	}
}

static void add_path(struct svg_boxes *b, const struct pen *pen, const char *d)
{
	struct svg_shape s = {.box = nothing()};
	double first[2] = {0, 0}, last[2] = {0, 0};
	char letter = 'L';

	while (*d) {
		double x[7], to[2] = {last[0], last[1]};
		size_t n = 0;

		if ((*d >= 'a' && *d <= 'z') || (*d >= 'A' && *d <= 'Z'))
			letter = *d++;
		char kind = (char)(letter | 0x20); /* in lower case */
		bool from_here = letter == kind;

		if (kind == 'z') {
			add_line(b, &s, pen, last, first);
			memcpy(last, first, sizeof last);
			letter = 'L';
			d += *d == ' ';
			continue;
		}
		while (n < numbers_of(kind) && next_number(&d, &x[n]))
			n++;
		if (n < numbers_of(kind)) {
			if (*d && !((*d | 0x20) >= 'a' && (*d | 0x20) <= 'z'))
				d++;
			continue;
		}
		if (kind == 'h' || kind == 'v')
			to[kind == 'v'] = x[0] + (from_here ? last[kind == 'v'] : 0);
		else
			for (size_t k = 0; k < 2; k++)
				to[k] = x[n - 2 + k] + (from_here ? last[k] : 0);
		if (kind == 'm') {
			memcpy(first, to, sizeof first);
			letter = from_here ? 'l' : 'L'; /* further pairs are lines */
		} else
			add_line(b, &s, pen, last, to);
		memcpy(last, to, sizeof last);
	}
	add_drawn(b, pen, &s);
}

/* ---- symbols ----------------------------------------------------------------------------- */

static const struct symbol *symbol_of(const struct finder *f, const char *reference)
{
	for (size_t i = 0; i < f->symbols && reference[0] == '#'; i++)
		if (strcmp(f->symbol[i].id, reference + 1) == 0)
			return &f->symbol[i];
	return NULL;
}

/* A definition of a point: a form of about one unit, or another one, filled. */
static void learn(struct finder *f, const xmlNode *node)
{
	const struct symbol *other = symbol_of(f, get(node, "href"));
	struct symbol s = {.id = get(node, "id"), .radius = other ? other->radius : 1};

	if (f->symbols == SYMBOLS || s.id[0] == '\0')
		return;
	if (is(node, "circle"))
		s.radius = number_in(get(node, "r"), 1);
	s.filled = strcmp(get(node, "fill"), "currentColor") == 0;
	f->symbol[f->symbols++] = s;
}

static void add_point(struct finder *f, const struct pen *pen, const xmlNode *node)
{
	const struct symbol *symbol = symbol_of(f, get(node, "href"));
	struct svg_shape s = {.form = SVG_POINT, .colour = pen->current, .opacity = pen->opacity};

	if (!symbol)
		return;
	s.hollow = !symbol->filled;
	s.box = box_of(pen, -symbol->radius, -symbol->radius, symbol->radius, symbol->radius);
	add_shape(f->out, &s);
}

/* ---- texts ------------------------------------------------------------------------------- */

static void add_text(struct svg_boxes *b, const struct pen *pen, const xmlNode *node)
{
	double x = number_in(get(node, "x"), 0), y = number_in(get(node, "y"), 0), width;
	struct svg_text t = {.size = pen->size * hypot(pen->m[2], pen->m[3]), .order = b->drawn++};

	for (const xmlNode *child = node->children; child; child = child->next)
		if (child->type == XML_TEXT_NODE && child->content)
			t.words = arena_format(b->arena, "%.*s%s", SPAN_ARG(t.words),
					       (const char *)child->content);
	if (span_trim(t.words).n == 0)
		return;
	width = pen->size * typeface_width(b->typeface, t.words, pen->bold);
	x -= pen->anchor == 'm' ? width / 2 : pen->anchor == 'e' ? width : 0;
	t.ink = box_of(pen, x, y - CAPITAL * pen->size, x + width, y);
	t.colour = colour_over(seen(pen, pen->fill), pen->opacity * pen->fill_opacity, b->paper);
	b->text = arena_grow(b->arena, b->text, b->texts, sizeof *b->text);
	b->text[b->texts++] = t;
}

static void walk(struct finder *f, const xmlNode *node, const struct pen *outer)
{
	struct pen pen = *outer;

	if (node->type != XML_ELEMENT_NODE || is(node, "title") || is(node, "desc") ||
	    strcmp(get(node, "class"), "mark") == 0)
		return;
	put_on(&pen, node);
	if (is(node, "text"))
		add_text(f->out, &pen, node);
	else if (is(node, "use"))
		add_point(f, &pen, node);
	else if (is(node, "rect"))
		add_rectangle(f->out, &pen, node);
	else if (is(node, "polygon"))
		add_polygon(f->out, &pen, get(node, "points"));
	else if (is(node, "path"))
		add_path(f->out, &pen, get(node, "d"));
	for (const xmlNode *child = node->children; child; child = child->next)
		if (is(node, "defs") && child->type == XML_ELEMENT_NODE)
			learn(f, child);
		else
			walk(f, child, &pen);
}

static bool covers(const struct svg_shape *s, double x, double y)
{
	bool inside = false;

	if (x < s->box.left || x > s->box.right || y < s->box.top || y > s->box.bottom)
		return false;
	if (s->form == SVG_POINT || s->right)
		return true;
	for (size_t i = 0; i < s->n; i++) { /* edges to the right of the place: odd inside */
		const struct svg_line *l = &s->line[i];

		if ((l->y1 > y) != (l->y2 > y) &&
		    x < l->x1 + (y - l->y1) / (l->y2 - l->y1) * (l->x2 - l->x1))
			inside = !inside;
	}
	return inside;
}

struct colour svg_boxes_behind(const struct svg_boxes *b, double x, double y, size_t order,
			       bool points)
{
	struct colour colour = b->paper;

	for (size_t i = 0; i < b->grounds; i++) {
		const struct svg_shape *s = &b->shape[b->ground[i]];

		if (s->order >= order)
			break;
		if (covers(s, x, y) &&
		    (s->form == SVG_AREA || points || colour_equal(s->colour, b->paper)))
			colour = s->opacity == 1 ? s->colour
						 : colour_over(s->colour, s->opacity, colour);
	}
	return colour;
}

void svg_boxes_find(struct svg_boxes *out, struct _xmlNode *root)
{
	const char *view = get(root, "viewBox");
	double x = 0, y = 0, width = 0, height = 0;
	struct finder f = {.out = out};
	const struct pen pen = {.m = {1, 0, 0, 1, 0, 0},
				.fill = {.kind = PAINT_COLOUR},
				.stroke = {.kind = PAINT_NONE},
				.fill_opacity = 1,
				.opacity = 1,
				.size = 16,
				.anchor = 's'};

	if (next_number(&view, &x) && next_number(&view, &y) && next_number(&view, &width))
		next_number(&view, &height);
	out->page = (struct svg_box){x, y, x + width, y + height};
	out->paper = (struct colour){1, 1, 1};
	walk(&f, root, &pen);
}
