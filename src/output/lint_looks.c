#include "output/lint_looks.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>

#define SHOWN 40 /* characters of a text */
#define LEAST_POINTS 7.0
#define POINTS_PER_PX 0.75
#define ROUNDING 0.005 /* sizes are written with two decimals */
#define TEXT_CONTRAST 4.5
#define MARK_CONTRAST 3.0
#define CUT 0.5    /* px: less is smoothing of edges */
#define BESIDE 1.5 /* px from the middle of a line to what lies beside it */
/* px: an advance holds the free space beside a letter, about 0.05 em on each side, and measured
 * widths are within 2 % of those drawn: boxes that share this much do not touch. */
#define TOUCH 1.0

static const struct phrases *phrases_of(const struct lint_chart *c)
{
	return c->facts->phrases;
}

static struct text number(struct found *f, const struct lint_chart *c, double x, int decimals)
{
	return number_shown(f->arena, x, decimals, phrases_of(c)->lang);
}

/* Its beginning, enough to find it. */
static struct text start_of(struct found *f, struct text words)
{
	struct text rest = words;

	for (size_t i = 0; i < SHOWN && text_next(&rest) >= 0; i++)
		continue;
	return rest.n == 0 ? words
			   : arena_format(f->arena, "%.*s…", (int)(words.n - rest.n), words.at);
}

void lint_small_text(const struct lint_chart *c, struct found *out)
{
	for (size_t i = 0; i < c->picture->texts; i++) {
		const struct svg_text *t = &c->picture->text[i];

		if (t->size * POINTS_PER_PX < LEAST_POINTS - ROUNDING)
			found_add(out, PHRASE_FILL(phrases_of(c), "lint.found.small",
						   {"text", start_of(out, t->words)},
						   {"size",
						    number(out, c, t->size * POINTS_PER_PX, 1)}));
	}
}

/* ---- contrast ---------------------------------------------------------------------------- */

/* Places where something must be seen have few colours: the last pair is the next one, mostly. */
struct pair {
	struct colour colour, behind;
	double contrast;
};

static double contrast(struct pair *last, struct colour colour, struct colour behind)
{
	if (last->contrast < 1 || !colour_equal(last->colour, colour) ||
	    !colour_equal(last->behind, behind))
		*last = (struct pair){colour, behind, colour_contrast(colour, behind)};
	return last->contrast;
}

/* The worst of both ends, half a capital inside, and the middle. */
static struct pair worst_of(const struct svg_boxes *b, const struct svg_text *t, struct pair *last)
{
	double width = t->ink.right - t->ink.left, height = t->ink.bottom - t->ink.top,
	       inside = fmin(fmin(width, height) / 2, 0.3 * t->size);
	struct pair worst = {.contrast = INFINITY};

	for (int k = 0; k < 3; k++) {
		double at = k == 1 ? 0.5 : k == 0 ? 0 : 1;
		bool lies = width >= height;
		double x = t->ink.left + (lies ? inside + at * (width - 2 * inside) : width / 2),
		       y = t->ink.top + (lies ? height / 2 : inside + at * (height - 2 * inside));
		struct colour behind = svg_boxes_behind(b, x, y, t->order, true);
		double here = contrast(last, t->colour, behind);

		if (here < worst.contrast)
			worst = (struct pair){t->colour, behind, here};
	}
	return worst;
}

static struct text said(const struct lint_chart *c, struct found *out, const char *key,
			struct text words, const struct pair *p)
{
	return PHRASE_FILL(phrases_of(c), key, {"text", start_of(out, words)},
			   {"colour", colour_name(out->arena, p->colour)},
			   {"behind", colour_name(out->arena, p->behind)},
			   /* not rounded up to what is asked for */
			   {"contrast", number(out, c, floor(100 * p->contrast) / 100, 2)});
}

void lint_text_contrast(const struct lint_chart *c, struct found *out)
{
	struct pair last = {.contrast = 0};

	for (size_t i = 0; i < c->picture->texts; i++) {
		const struct svg_text *t = &c->picture->text[i];
		struct pair worst = worst_of(c->picture, t, &last);

		if (worst.contrast < TEXT_CONTRAST)
			found_add(out, said(c, out, "lint.found.text.contrast", t->words, &worst));
	}
}

/* Lines that carry no figure: GRID and RULE of every theme in plots/style.gp. */
static bool is_rule(struct colour c)
{
	static const char *const rules[] = {"#E3E6EA", "#2C323A", "#C9CED6", "#454D58"};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		struct colour rule;

		if (colour_read(span_of(rules[i]), &rule) && colour_equal(rule, c))
			return true;
	}
	return false;
}

/* The same lines drawn before in the colour of the paper: a gap on both sides. */
static bool has_gap(const struct svg_boxes *b, const struct svg_shape *s)
{
	for (size_t i = 0; i < b->shapes && b->shape[i].order < s->order; i++) {
		const struct svg_shape *o = &b->shape[i];

		if (o->form == SVG_STROKE && o->n == s->n && o->box.left == s->box.left &&
		    o->box.top == s->box.top && o->box.right == s->box.right &&
		    o->box.bottom == s->box.bottom && colour_equal(o->colour, b->paper))
			return true;
	}
	return false;
}

/* Of a line the better of both sides: a frame needs to be seen on one. */
static struct pair line_pair(const struct svg_boxes *b, const struct svg_shape *s,
			     const struct svg_line *l, struct pair *last)
{
	double length = hypot(l->x2 - l->x1, l->y2 - l->y1), x = (l->x1 + l->x2) / 2,
	       y = (l->y1 + l->y2) / 2;
	double dx = BESIDE * (l->y2 - l->y1) / length, dy = BESIDE * (l->x1 - l->x2) / length;
	struct pair best = {.contrast = 0};

	for (int side = -1; side <= 1; side += 2) {
		struct colour behind =
			svg_boxes_behind(b, x + side * dx, y + side * dy, s->order, false);
		struct pair p = {colour_over(s->colour, s->opacity, behind), behind, 0};

		p.contrast = contrast(last, p.colour, p.behind);
		best = p.contrast > best.contrast ? p : best;
	}
	return best;
}

static struct pair point_pair(const struct svg_boxes *b, const struct svg_shape *s,
			      struct pair *last)
{
	struct colour behind = svg_boxes_behind(b, (s->box.left + s->box.right) / 2,
						(s->box.top + s->box.bottom) / 2, s->order, false);
	struct pair p = {colour_over(s->colour, s->opacity, behind), behind, 0};

	p.contrast = contrast(last, p.colour, p.behind);
	return p;
}

/* Pairs that are told once. */
struct pairs {
	size_t n;
	struct pair *at;
};

static void check_pair(const struct lint_chart *c, const struct pair *p, struct pairs *told,
		       struct found *out)
{
	if (p->contrast >= MARK_CONTRAST)
		return;
	for (size_t i = 0; i < told->n; i++)
		if (colour_equal(told->at[i].colour, p->colour) &&
		    colour_equal(told->at[i].behind, p->behind))
			return;
	told->at = arena_grow(out->arena, told->at, told->n, sizeof *told->at);
	told->at[told->n++] = *p;
	found_add(out, said(c, out, "lint.found.mark.contrast", span_of(""), p));
}

static void check_mark(const struct lint_chart *c, const struct svg_shape *s, struct pairs *told,
		       struct found *out)
{
	struct pair last = {.contrast = 0}, p;

	if (s->form == SVG_POINT) {
		p = point_pair(c->picture, s, &last);
		check_pair(c, &p, told, out);
		return;
	}
	if (has_gap(c->picture, s))
		return;
	for (size_t i = 0; i < s->n; i++) {
		p = line_pair(c->picture, s, &s->line[i], &last);
		check_pair(c, &p, told, out);
	}
}

void lint_mark_contrast(const struct lint_chart *c, struct found *out)
{
	struct pairs told = {0};

	for (size_t i = 0; i < c->picture->shapes; i++) {
		const struct svg_shape *s = &c->picture->shape[i];

		if (s->form != SVG_AREA && !colour_equal(s->colour, c->picture->paper) &&
		    !(s->form == SVG_STROKE && is_rule(s->colour)))
			check_mark(c, s, &told, out);
	}
}

/* ---- red and green ----------------------------------------------------------------------- */

struct colours {
	size_t n;
	struct colour *at;
};

static void note(struct found *f, struct colours *all, struct colour c)
{
	for (size_t i = 0; i < all->n; i++)
		if (colour_equal(all->at[i], c))
			return;
	all->at = arena_grow(f->arena, all->at, all->n, sizeof *all->at);
	all->at[all->n++] = c;
}

void lint_red_green(const struct lint_chart *c, struct found *out)
{
	struct colours all = {0};

	for (size_t i = 0; i < c->picture->shapes; i++)
		note(out, &all, c->picture->shape[i].colour);
	for (size_t i = 0; i < c->picture->texts; i++)
		note(out, &all, c->picture->text[i].colour);
	for (size_t i = 0; i < all.n; i++)
		for (size_t k = i + 1; k < all.n; k++)
			if (colour_red_green(all.at[i], all.at[k]))
				found_add(
					out,
					PHRASE_FILL(phrases_of(c), "lint.found.red.green",
						    {"one", colour_name(out->arena, all.at[i])},
						    {"other", colour_name(out->arena, all.at[k])}));
}

/* ---- places ------------------------------------------------------------------------------ */

static int by_top(const void *a, const void *b)
{
	const struct svg_text *p = *(const struct svg_text *const *)a,
			      *q = *(const struct svg_text *const *)b;

	if (p->ink.top != q->ink.top)
		return p->ink.top < q->ink.top ? -1 : 1;
	return (p->order > q->order) - (p->order < q->order);
}

static bool overlap(const struct svg_box *a, const struct svg_box *b)
{
	return fmin(a->right, b->right) - fmax(a->left, b->left) > TOUCH &&
	       fmin(a->bottom, b->bottom) - fmax(a->top, b->top) > TOUCH;
}

void lint_overlap(const struct lint_chart *c, struct found *out)
{
	size_t n = c->picture->texts;
	const struct svg_text **t = arena_new(out->arena, n, sizeof *t);

	for (size_t i = 0; i < n; i++)
		t[i] = &c->picture->text[i];
	if (n)
		qsort(t, n, sizeof *t, by_top);
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && t[k]->ink.top < t[i]->ink.bottom; k++)
			if (overlap(&t[i]->ink, &t[k]->ink))
				found_add(out, PHRASE_FILL(phrases_of(c), "lint.found.overlap",
							   {"one", start_of(out, t[i]->words)},
							   {"other", start_of(out, t[k]->words)}));
}

void lint_cut(const struct lint_chart *c, struct found *out)
{
	const struct svg_box *page = &c->picture->page;

	for (size_t i = 0; i < c->picture->texts; i++) {
		const struct svg_text *t = &c->picture->text[i];
		double beyond = fmax(fmax(page->left - t->ink.left, t->ink.right - page->right),
				     fmax(page->top - t->ink.top, t->ink.bottom - page->bottom));

		if (beyond > CUT)
			found_add(out, PHRASE_FILL(phrases_of(c), "lint.found.cut",
						   {"text", start_of(out, t->words)},
						   {"beyond", number(out, c, beyond, 1)}));
	}
}
