#include "output/svg.h"

#include "base/text.h"
#include "output/outfile.h"
#include "output/svg_boxes.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

struct finisher {
	struct arena arena;
	const struct svg_words *words;
	bool failed; /* libxml2 had no memory */
};

static const xmlChar *xml(const char *s)
{
	return (const xmlChar *)s;
}

static bool is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, xml(name));
}

/* The attribute's value in the arena; NULL when there is none. */
static const char *get(struct finisher *f, xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp(node, xml(name));
	const char *copy = value ? arena_string(&f->arena, span_of((const char *)value)) : NULL;

	xmlFree(value);
	return copy;
}

static void set(struct finisher *f, xmlNode *node, const char *name, struct text value)
{
	if (!xmlSetProp(node, xml(name), xml(arena_string(&f->arena, value))))
		f->failed = true;
}

static void prefix_ids(struct finisher *f, xmlNode *node)
{
	const char *id = get(f, node, "id"), *to = get(f, node, "href");
	xmlAttr *href = xmlHasProp(node, xml("href"));

	if (id && is(node, "g")) /* gnuplot's numbers of plot elements; nothing refers to them */
		xmlUnsetProp(node, xml("id"));
	else if (id)
		set(f, node, "id",
		    arena_format(&f->arena, "%.*s-%s", SPAN_ARG(f->words->prefix), id));
	if (!href || !to || to[0] != '#')
		return;
	struct text value = arena_format(&f->arena, "#%.*s-%s", SPAN_ARG(f->words->prefix), to + 1);

	if (!xmlSetNsProp(node, href->ns, xml("href"), xml(value.at)))
		f->failed = true;
}

/* gnuplot knows bold only as a part of the family's name. */
static void name_fonts(struct finisher *f, xmlNode *node)
{
	const char *family = get(f, node, "font-family");
	size_t n = family ? strlen(family) : 0;

	if (!family)
		return;
	if (n > 5 && strcmp(family + n - 5, " Bold") == 0)
		set(f, node, "font-weight", span_of("bold"));
	set(f, node, "font-family", f->words->fonts);
}

static bool is_blank(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE && xmlIsBlankNode(node);
}

/* Nothing to see: a group or text without content, a title or description of gnuplot's own. */
static bool holds_nothing(const xmlNode *node)
{
	if (is(node, "title") || is(node, "desc") || is(node, "filter"))
		return true;
	if (!is(node, "g") && !is(node, "text"))
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
		prefix_ids(f, child);
		name_fonts(f, child);
	}
}

static void add_first(struct finisher *f, xmlNode *root, const char *name, struct text words,
		      const char *id)
{
	xmlNode *node =
		xmlNewTextChild(root, root->ns, xml(name), xml(arena_string(&f->arena, words)));

	if (!node || !root->children) {
		f->failed = true;
		return;
	}
	set(f, node, "id", arena_format(&f->arena, "%.*s-%s", SPAN_ARG(f->words->prefix), id));
	xmlUnlinkNode(node);
	xmlAddPrevSibling(root->children, node);
}

static void name_picture(struct finisher *f, xmlNode *root)
{
	struct text p = f->words->prefix;

	add_first(f, root, "desc", text_visible(&f->arena, f->words->description), "desc");
	add_first(f, root, "title", text_visible(&f->arena, f->words->title), "title");
	set(f, root, "role", span_of("img"));
	set(f, root, "lang", f->words->lang);
	set(f, root, "aria-labelledby",
	    arena_format(&f->arena, "%.*s-title %.*s-desc", SPAN_ARG(p), SPAN_ARG(p)));
}

static bool save(xmlDoc *doc, const char *file, struct diag *why)
{
	if (xmlSaveFormatFileEnc(file, doc, "UTF-8", 0) > 0)
		return true;
	return diag_fail(why, DIAG_FAILED, "%s: cannot be written", file);
}

/* gnuplot writes ">" as it is, and XML forbids "]]>" in text. */
static struct text without_cdata_ends(struct arena *a, struct text s)
{
	char *out = arena_new(a, 2 * s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] == '>' && i >= 2 && s.at[i - 1] == ']' && s.at[i - 2] == ']') {
			memcpy(out + n, "&gt;", 4);
			n += 4;
		} else {
			out[n++] = s.at[i];
		}
	}
	return (struct text){out, n};
}

static xmlDoc *read_document(struct finisher *f, const char *file, struct diag *why)
{
	struct text bytes;

	if (!outfile_read(&f->arena, file, &bytes, why))
		return NULL;
	bytes = without_cdata_ends(&f->arena, bytes);
	return bytes.n > INT_MAX
		       ? NULL
		       : xmlReadMemory(bytes.at, (int)bytes.n, NULL, NULL,
				       XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
}

bool svg_finish(const char *file, const struct svg_words *words, struct diag *why)
{
	struct finisher f = {.words = words};
	xmlDoc *doc = read_document(&f, file, why);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	bool ok = root && is(root, "svg");

	if (ok) {
		walk(&f, root);
		name_picture(&f, root);
		if (words->boxes)
			svg_boxes_find(words->boxes, root);
		ok = !f.failed ? save(doc, file, why)
			       : diag_fail(why, DIAG_FAILED, "not enough memory");
	} else {
		diag_fail(why, DIAG_TOOL, "gnuplot left a picture unfinished (disk full?)");
	}
	xmlFreeDoc(doc);
	arena_release(&f.arena);
	return ok;
}
