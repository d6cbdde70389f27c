#include "output/svg.h"

#include "output/outfile.h"
#include "output/svg_boxes.h"
#include "output/svg_tree.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

struct finisher {
	struct svg_tree tree;
	const struct svg_words *words;
};

static struct text prefixed(struct finisher *f, const char *head, const char *id)
{
	return arena_format(f->tree.arena, "%s%.*s-%s", head, SPAN_ARG(f->words->prefix), id);
}

/* gnuplot knows bold only as a part of the family's name. */
static void name_font(struct finisher *f, xmlNode *node, const char *family)
{
	size_t n = strlen(family);

	if (n > 5 && strcmp(family + n - 5, " Bold") == 0)
		svg_set(&f->tree, node, "font-weight", span_of("bold"));
	svg_set(&f->tree, node, "font-family", f->words->fonts);
}

/* Ids get the prefix, and so do references to them; gnuplot's numbers of plot elements, to which
 * nothing refers, go. */
static void tidy(struct finisher *f, xmlNode *node)
{
	for (xmlAttr *a = node->properties, *next; a; a = next) {
		const char *name = (const char *)a->name, *value;

		next = a->next;
		if (strcmp(name, "id") != 0 && strcmp(name, "href") != 0 &&
		    strcmp(name, "font-family") != 0)
			continue;
		value = svg_value(&f->tree, a);
		if (*name == 'f')
			name_font(f, node, value);
		else if (*name == 'i' && svg_is(node, "g"))
			xmlRemoveProp(a);
		else if (*name == 'i')
			svg_set(&f->tree, node, "id", prefixed(f, "", value));
		else if (*value == '#' && !xmlSetNsProp(node, a->ns, BAD_CAST "href",
							BAD_CAST prefixed(f, "#", value + 1).at))
			f->tree.failed = true;
	}
}

static bool is_blank(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE && xmlIsBlankNode(node);
}

/* Nothing to see: a group or text without content, a title or description of gnuplot's own. */
static bool holds_nothing(const xmlNode *node)
{
	if (svg_is(node, "title") || svg_is(node, "desc") || svg_is(node, "filter"))
		return true;
	if (!svg_is(node, "g") && !svg_is(node, "text"))
		return false;
	for (const xmlNode *child = node->children; child; child = child->next)
		if (!is_blank(child))
			return false;
	return true;
}

static void walk(struct finisher *f, xmlNode *node)
{
	for (xmlNode *child = node->children, *next; child; child = next) {
		next = child->next;
		if (child->type != XML_ELEMENT_NODE)
			continue;
		walk(f, child);
		if (holds_nothing(child)) {
			xmlUnlinkNode(child);
			xmlFreeNode(child);
			continue;
		}
		tidy(f, child);
	}
}

static void add_first(struct finisher *f, xmlNode *root, const char *name, struct text words,
		      const char *id)
{
	xmlNode *node = svg_new(&f->tree, root, root, name, words);

	if (!node)
		return;
	svg_set(&f->tree, node, "id",
		arena_format(f->tree.arena, "%.*s-%s", SPAN_ARG(f->words->prefix), id));
	if (root->children == node)
		return; /* there is nothing else */
	xmlUnlinkNode(node);
	xmlAddPrevSibling(root->children, node);
}

static void name_picture(struct finisher *f, xmlNode *root)
{
	struct text p = f->words->prefix;

	add_first(f, root, "desc", f->words->description, "desc");
	add_first(f, root, "title", f->words->title, "title");
	svg_set(&f->tree, root, "role", span_of("img"));
	svg_set(&f->tree, root, "lang", f->words->lang);
	svg_set(&f->tree, root, "aria-labelledby",
		arena_format(f->tree.arena, "%.*s-title %.*s-desc", SPAN_ARG(p), SPAN_ARG(p)));
}

static bool save(xmlDoc *doc, const char *file, struct diag *why)
{
	xmlChar *bytes = NULL;
	int n = 0;
	bool ok;

	xmlDocDumpMemoryEnc(doc, &bytes, &n, "UTF-8");
	if (!bytes)
		return diag_fail(why, DIAG_FAILED, "not enough memory");
	ok = outfile_put(file, (struct text){(const char *)bytes, (size_t)n}, why);
	xmlFree(bytes);
	return ok;
}

static xmlDoc *read_document(struct arena *a, const char *file, struct diag *why)
{
	struct text bytes;

	if (!outfile_read(a, file, &bytes, why))
		return NULL;
	bytes = svg_bytes(a, bytes);
	return bytes.n > INT_MAX ? NULL
				 : xmlReadMemory(bytes.at, (int)bytes.n, NULL, NULL,
						 XML_PARSE_COMPACT | XML_PARSE_NONET |
							 XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

static void finish(struct finisher *f, xmlNode *root)
{
	xmlNode *marks = svg_marks_take(&f->tree, root, &f->words->marks);

	walk(f, root);
	if (marks && !xmlAddChild(root, marks)) {
		xmlFreeNode(marks);
		f->tree.failed = true;
	}
	name_picture(f, root);
}

void svg_prepare(void)
{
	xmlInitParser();
}

bool svg_finish(const char *file, const struct svg_words *words, struct diag *why)
{
	struct arena arena = {0};
	struct finisher f = {.tree = {.arena = &arena}, .words = words};
	xmlDoc *doc = read_document(&arena, file, why);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	bool ok = root && svg_is(root, "svg");

	if (ok) {
		finish(&f, root);
		if (words->boxes)
			svg_boxes_find(words->boxes, root);
		ok = !f.tree.failed ? save(doc, file, why)
				    : diag_fail(why, DIAG_FAILED, "not enough memory");
	} else {
		diag_fail(why, DIAG_TOOL, "gnuplot left a picture unfinished (disk full?)");
	}
	xmlFreeDoc(doc);
	arena_release(&arena);
	return ok;
}
