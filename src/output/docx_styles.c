#include "output/docx_styles.h"

#include <string.h>
#include <strings.h>

static void remove_attribute(xmlNode *node, const char *name)
{
	xmlUnsetNsProp(node, node->ns, (const xmlChar *)name);
}

static void remove_child(xmlNode *node, const char *name)
{
	xmlNode *child = docx_child(node, name);

	xmlUnlinkNode(child);
	xmlFreeNode(child);
}

/* ---- styles -----------------------------------------------------------------------------------
 */

struct takes {
	struct arena *arena;
	xmlDoc *from, *to;
	bool changed;
};

/* The style whose attribute or name is `what`; type NULL: of any kind. */
static xmlNode *style_where(struct arena *a, xmlDoc *doc, const char *type, bool by_id,
			    const char *what)
{
	for (xmlNode *node = xmlDocGetRootElement(doc)->children; node; node = node->next) {
		const char *its;

		if (!docx_is(node, DOCX_W, "style"))
			continue;
		its = docx_get(a, node, DOCX_W, "type");
		if (type && (!its || strcmp(its, type) != 0))
			continue;
		its = by_id ? docx_get(a, node, DOCX_W, "styleId") : docx_val(a, node, "name");
		if (its && strcmp(its, what) == 0)
			return node;
	}
	return NULL;
}

/* Names that Word itself gives are written large or small ("Heading 1"); the very same one comes
 * first: LibreOffice puts a "Caption" of its own beside "caption". */
static xmlNode *style_named(struct arena *a, xmlDoc *doc, const char *type, const char *name)
{
	xmlNode *same = style_where(a, doc, type, false, name);

	for (xmlNode *node = xmlDocGetRootElement(doc)->children; node && !same;
	     node = node->next) {
		const char *kind = docx_is(node, DOCX_W, "style")
					   ? docx_get(a, node, DOCX_W, "type")
					   : NULL,
			   *its = kind ? docx_val(a, node, "name") : NULL;

		if (its && strcmp(kind, type) == 0 && strcasecmp(its, name) == 0)
			same = node;
	}
	return same;
}

static const char *take_style(struct takes *t, const char *type, const char *id);

/* The styles it rests on come along. */
static void take_kin(struct takes *t, xmlNode *copy, const char *type)
{
	static const char *const kin[] = {"basedOn", "link"};

	remove_child(copy, "next");
	for (size_t i = 0; i < sizeof kin / sizeof *kin; i++) {
		xmlNode *child = docx_child(copy, kin[i]);
		const char *its = docx_val(t->arena, copy, kin[i]);
		const char *other = i == 0                      ? type
				    : strcmp(type, "paragraph") ? "paragraph"
								: "character";

		if (!its)
			continue;
		its = take_style(t, other, its);
		if (its)
			docx_set(child, DOCX_W, "val", its);
		else
			remove_child(copy, kin[i]);
	}
}

/* Its id in `to`; NULL when `from` has no such style. A style that is copied is found by its name
 * from then on, so that a ring of styles comes to an end. */
static const char *take_style(struct takes *t, const char *type, const char *id)
{
	xmlNode *style = style_where(t->arena, t->from, type, true, id), *there, *copy;
	const char *name = style ? docx_val(t->arena, style, "name") : NULL, *fresh = id;

	if (!name)
		return NULL;
	there = style_named(t->arena, t->to, type, name);
	if (there)
		return docx_get(t->arena, there, DOCX_W, "styleId");
	for (int k = 1; style_where(t->arena, t->to, NULL, true, fresh); k++)
		fresh = arena_format(t->arena, "%s-%d", id, k).at;
	copy = docx_copy(style, xmlDocGetRootElement(t->to));
	if (!copy)
		return NULL;
	xmlAddChild(xmlDocGetRootElement(t->to), copy);
	docx_set(copy, DOCX_W, "styleId", fresh);
	remove_attribute(copy, "default");
	t->changed = true;
	take_kin(t, copy, type);
	return fresh;
}

bool docx_styles_take(struct arena *a, xmlDoc *from, xmlDoc *to, xmlNode *block)
{
	static const struct {
		const char *element, *type;
	} uses[] = {{"pStyle", "paragraph"}, {"rStyle", "character"}, {"tblStyle", "table"}};
	struct takes t = {a, from, to, false};

	for (xmlNode *node = block; from && to && node; node = docx_next(block, node))
		for (size_t i = 0; i < sizeof uses / sizeof *uses; i++) {
			const char *id = docx_is(node, DOCX_W, uses[i].element)
						 ? docx_get(a, node, DOCX_W, "val")
						 : NULL;
			const char *taken = id ? take_style(&t, uses[i].type, id) : NULL;

			if (taken)
				docx_set(node, DOCX_W, "val", taken);
		}
	return t.changed;
}

/* ---- lists ------------------------------------------------------------------------------------
 */

static xmlNode *numbered(struct arena *a, xmlDoc *doc, const char *element, const char *attribute,
			 long number)
{
	for (xmlNode *node = xmlDocGetRootElement(doc)->children; node; node = node->next)
		if (docx_is(node, DOCX_W, element) &&
		    docx_number(a, node, DOCX_W, attribute) == number)
			return node;
	return NULL;
}

/* The definition behind a w:num; NULL when there is none. */
static xmlNode *definition(struct arena *a, xmlDoc *doc, const xmlNode *num)
{
	const xmlNode *id = docx_child(num, "abstractNumId");
	long number = id ? docx_number(a, id, DOCX_W, "val") : -1;

	return number < 0 ? NULL : numbered(a, doc, "abstractNum", "abstractNumId", number);
}

/* What kind of list: the signs of its levels. */
static struct text kind_of(struct arena *a, const xmlNode *abstract)
{
	struct text all = {"", 0};

	for (const xmlNode *node = abstract ? abstract->children : NULL; node; node = node->next) {
		const char *format, *words;

		if (!docx_is(node, DOCX_W, "lvl"))
			continue;
		format = docx_val(a, node, "numFmt");
		words = docx_val(a, node, "lvlText");
		all = arena_format(a, "%.*s%ld %s %s\n", SPAN_ARG(all),
				   docx_number(a, node, DOCX_W, "ilvl"), format ? format : "",
				   words ? words : "");
	}
	return all;
}

static long next_number(struct arena *a, xmlDoc *doc, const char *element, const char *attribute)
{
	long most = 0;

	for (xmlNode *node = xmlDocGetRootElement(doc)->children; node; node = node->next)
		if (docx_is(node, DOCX_W, element)) {
			long n = docx_number(a, node, DOCX_W, attribute);

			most = n > most ? n : most;
		}
	return most + 1;
}

/* Definitions stand before the lists that use them. */
static xmlNode *add_definition(struct arena *a, xmlDoc *to, xmlNode *abstract)
{
	xmlNode *root = xmlDocGetRootElement(to), *first = docx_child(root, "num");
	long id = next_number(a, to, "abstractNum", "abstractNumId");
	xmlNode *copy = docx_copy(abstract, root);

	if (!copy)
		return NULL;
	if (first)
		xmlAddPrevSibling(first, copy);
	else
		xmlAddChild(root, copy);
	docx_set(copy, DOCX_W, "abstractNumId", arena_format(a, "%ld", id).at);
	remove_child(copy, "nsid"); /* Word takes lists with one nsid for one list */
	return copy;
}

/* The number of a list in `to` like list `number` of `from`; -1 when there is no such list. */
static long take_list(struct arena *a, xmlDoc *from, xmlDoc *to, long number)
{
	xmlNode *num = numbered(a, from, "num", "numId", number), *abstract, *same = NULL, *copy;
	xmlNode *root = xmlDocGetRootElement(to);
	long id = next_number(a, to, "num", "numId");
	struct text kind;

	abstract = num ? definition(a, from, num) : NULL;
	if (!abstract)
		return -1;
	kind = kind_of(a, abstract);
	for (xmlNode *node = root->children; node && !same; node = node->next)
		if (docx_is(node, DOCX_W, "abstractNum") && span_equal(kind_of(a, node), kind))
			same = node;
	if (!same && !(same = add_definition(a, to, abstract)))
		return -1;
	copy = docx_copy(num, root);
	if (!copy)
		return -1;
	docx_set(copy, DOCX_W, "numId", arena_format(a, "%ld", id).at);
	docx_set(docx_child(copy, "abstractNumId"), DOCX_W, "val",
		 docx_get(a, same, DOCX_W, "abstractNumId"));
	for (num = root->children; num && !docx_is(num, DOCX_W, "numIdMacAtCleanup");)
		num = num->next;
	if (num)
		xmlAddPrevSibling(num, copy);
	else
		xmlAddChild(root, copy);
	return id;
}

/* The lists of a block by the order in which they begin. */
static size_t lists_of(struct arena *a, xmlNode *block, long **out)
{
	size_t n = 0, k;

	*out = NULL;
	for (xmlNode *node = block; node; node = docx_next(block, node)) {
		long id = docx_is(node, DOCX_W, "numId") ? docx_number(a, node, DOCX_W, "val") : -1;

		for (k = 0; k < n && (*out)[k] != id;)
			k++;
		if (id <= 0 || k < n)
			continue;
		*out = arena_grow(a, *out, n, sizeof **out);
		(*out)[n++] = id;
	}
	return n;
}

bool docx_lists_take(struct arena *a, xmlDoc *from, xmlDoc *to, xmlNode *block, xmlNode *replaced)
{
	long *old, *new, *map;
	size_t n_old = lists_of(a, replaced, &old), n = lists_of(a, block, &new);
	bool changed = false;

	if (!from || !to)
		return false;
	map = arena_new(a, n, sizeof *map);
	for (size_t k = 0; k < n; k++) {
		const xmlNode *its = numbered(a, from, "num", "numId", new[k]),
			      *was = k < n_old ? numbered(a, to, "num", "numId", old[k]) : NULL;

		if (its && was &&
		    span_equal(kind_of(a, definition(a, from, its)),
			       kind_of(a, definition(a, to, was)))) {
			map[k] = old[k];
			continue;
		}
		map[k] = take_list(a, from, to, new[k]);
		changed = true;
	}
	for (xmlNode *node = block; node; node = docx_next(block, node)) {
		long id = docx_is(node, DOCX_W, "numId") ? docx_number(a, node, DOCX_W, "val") : -1;

		for (size_t k = 0; id > 0 && k < n; k++)
			if (new[k] == id && map[k] > 0)
				docx_set(node, DOCX_W, "val", arena_format(a, "%ld", map[k]).at);
	}
	return changed;
}
