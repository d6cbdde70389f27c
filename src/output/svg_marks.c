#include "output/svg_marks.h"

#include "base/number.h"
#include "output/svg_tree.h"

#include <math.h>
#include <string.h>

#define FARTHEST 1e6 /* px; no page is so large */

struct box {
	double left, top, right, bottom; /* px; left is NaN where nothing was drawn */
};

struct taker {
	struct svg_tree *tree;
	const struct svg_marks *marks;
	struct box *box; /* by mark */
	xmlNode **text;  /* of the plot */
	size_t texts;
};

/* The numbers of "rgb(  0,   1,  44)" as one; -1 of anything else. */
static long number_of(const char *fill)
{
	struct text rest = span_of(fill), part;
	long number = 0, byte;
	size_t n = 0;

	if (!span_starts(rest, "rgb(") || rest.at[rest.n - 1] != ')')
		return -1;
	rest = (struct text){rest.at + 4, rest.n - 5};
	for (; n < 4 && span_split(&rest, ',', &part); n++) {
		if (!number_whole(span_trim(part), 0, 255, &byte))
			return -1;
		number = 256 * number + byte;
	}
	return n == 3 ? number : -1;
}

/* "x,y x,y …" into what encloses them. */
static bool enclose(const char *points, struct box *out)
{
	struct text rest = span_trim(span_of(points)), point, x;
	double at[2];

	*out = (struct box){INFINITY, INFINITY, -INFINITY, -INFINITY};
	while (span_split(&rest, ' ', &point)) {
		if (!span_split(&point, ',', &x) || !number_parse(x, &at[0]) ||
		    !number_parse(point, &at[1]) || fabs(at[0]) > FARTHEST ||
		    fabs(at[1]) > FARTHEST)
			return false;
		out->left = fmin(out->left, at[0]);
		out->right = fmax(out->right, at[0]);
		out->top = fmin(out->top, at[1]);
		out->bottom = fmax(out->bottom, at[1]);
	}
	return out->right > out->left && out->bottom > out->top;
}

/* A box that nobody sees is a mark's place. */
static bool is_place(struct taker *t, xmlNode *node)
{
	const char *opacity =
		svg_is(node, "polygon") ? svg_get(t->tree, node, "fill-opacity") : NULL;

	return opacity && strcmp(opacity, "0.00") == 0;
}

static void take_box(struct taker *t, xmlNode *node)
{
	const char *fill = svg_get(t->tree, node, "fill"),
		   *points = svg_get(t->tree, node, "points");
	long number = fill ? number_of(fill) : -1;
	struct box box;

	if (points && number >= 0 && (size_t)number < t->marks->n && enclose(points, &box))
		t->box[number] = box;
	xmlUnlinkNode(node);
	xmlFreeNode(node);
}

static bool is_plot(struct taker *t, xmlNode *node)
{
	const char *id = svg_is(node, "g") ? svg_get(t->tree, node, "id") : NULL;

	return id && span_starts(span_of(id), "gnuplot_plot_");
}

static void walk(struct taker *t, xmlNode *node, bool plot)
{
	for (xmlNode *child = node->children, *next; child; child = next) {
		next = child->next;
		if (is_place(t, child)) {
			take_box(t, child);
			continue;
		}
		if (plot && svg_is(child, "text")) {
			t->text = arena_grow(t->tree->arena, t->text, t->texts, sizeof *t->text);
			t->text[t->texts++] = child;
		}
		if (child->type == XML_ELEMENT_NODE)
			walk(t, child, plot || is_plot(t, child));
	}
}

/* ---- names --------------------------------------------------------------------------------- */

static struct text words_of(struct taker *t, xmlNode *text)
{
	xmlChar *content = xmlNodeGetContent(text);
	struct text copy = arena_text(t->tree->arena, span_of((const char *)content));

	xmlFree(content);
	return copy;
}

/* One province, drawn as often as `shown` stands in the picture. */
static bool is_clear(const struct taker *t, const struct text *words, const struct svg_name *name)
{
	size_t labels = 0, texts = 0;

	for (size_t i = 0; i < t->marks->n_names; i++) {
		const struct svg_name *other = &t->marks->name[i];

		if (!span_equal(other->shown, name->shown))
			continue;
		if (!span_equal(other->province, name->province))
			return false;
		labels++;
	}
	for (size_t i = 0; i < t->texts; i++)
		texts += span_equal(words[i], name->shown) ? 1 : 0;
	return labels == texts;
}

static void name_texts(struct taker *t)
{
	struct text *words = arena_new(t->tree->arena, t->texts, sizeof *words);

	for (size_t i = 0; i < t->texts; i++)
		words[i] = words_of(t, t->text[i]);
	for (size_t k = 0; k < t->marks->n_names; k++) {
		const struct svg_name *name = &t->marks->name[k];

		if (name->province.n == 0 || !is_clear(t, words, name))
			continue;
		for (size_t i = 0; i < t->texts; i++)
			if (span_equal(words[i], name->shown)) {
				svg_set(t->tree, t->text[i], "class", span_of("name"));
				svg_set(t->tree, t->text[i], "data-province", name->province);
			}
	}
}

/* ---- marks --------------------------------------------------------------------------------- */

static void set_number(struct taker *t, xmlNode *node, const char *name, double x)
{
	char s[NUMBER_BYTES];

	svg_set(t->tree, node, name, number_drawn(round(100 * x) / 100, s));
}

static void outline(struct taker *t, xmlNode *node, const struct box *b, const struct svg_mark *m)
{
	svg_set(t->tree, node, "transform",
		arena_format(t->tree->arena, "translate(%.2f,%.2f) scale(%.4f)", b->left, b->top,
			     (b->right - b->left) / m->width));
	svg_set(t->tree, node, "fill-rule", span_of("evenodd"));
	svg_set(t->tree, node, "vector-effect", span_of("non-scaling-stroke"));
	svg_set(t->tree, node, "d", m->path);
}

static void shape(struct taker *t, xmlNode *root, xmlNode *mark, const struct box *b,
		  const struct svg_mark *m)
{
	bool path = m->path.n && m->width > 0;
	const char *name = path ? "path" : m->round ? "circle" : "rect";
	xmlNode *node = svg_new(t->tree, root, mark, name, (struct text){0});

	if (path) {
		outline(t, node, b, m);
		return;
	}
	if (m->round) {
		set_number(t, node, "cx", (b->left + b->right) / 2);
		set_number(t, node, "cy", (b->top + b->bottom) / 2);
		set_number(t, node, "r", fmin(b->right - b->left, b->bottom - b->top) / 2);
		return;
	}
	set_number(t, node, "x", b->left);
	set_number(t, node, "y", b->top);
	set_number(t, node, "width", b->right - b->left);
	set_number(t, node, "height", b->bottom - b->top);
}

static void add_mark(struct taker *t, xmlNode *root, xmlNode *all, size_t i)
{
	const struct svg_mark *m = &t->marks->mark[i];
	xmlNode *mark;

	xmlNodeAddContent(all, BAD_CAST "\n"); /* a line each */
	mark = svg_new(t->tree, root, all, "g", (struct text){0});
	if (!mark)
		return;
	svg_set(t->tree, mark, "class", span_of("mark"));
	if (m->province.n)
		svg_set(t->tree, mark, "data-province", m->province);
	if (m->item.n)
		svg_set(t->tree, mark, "data-item", m->item);
	svg_new(t->tree, root, mark, "title", m->words.at ? m->words : span_of(""));
	shape(t, root, mark, &t->box[i], m);
}

xmlNode *svg_marks_take(struct svg_tree *tree, xmlNode *root, const struct svg_marks *marks)
{
	struct taker t = {.tree = tree,
			  .marks = marks,
			  .box = arena_new(tree->arena, marks->n, sizeof *t.box)};
	xmlNode *all = NULL;

	for (size_t i = 0; i < marks->n; i++)
		t.box[i].left = NAN;
	walk(&t, root, false);
	name_texts(&t);
	for (size_t i = 0; i < marks->n && !tree->failed; i++) {
		if (isnan(t.box[i].left))
			continue;
		if (!all) {
			all = svg_new(tree, root, NULL, "g", (struct text){0});
			svg_set(tree, all, "class", span_of("marks"));
			svg_set(tree, all, "fill", span_of("none"));
			svg_set(tree, all, "pointer-events", span_of("all"));
		}
		add_mark(&t, root, all, i);
	}
	return all;
}
