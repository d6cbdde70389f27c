#include "output/svg_tree.h"

#include "base/text.h"

#include <string.h>

static const xmlChar *xml(const char *s)
{
	return (const xmlChar *)s;
}

/* U+FFFE or U+FFFF */
static bool is_no_character(const char *at, size_t n)
{
	return n >= 3 && memcmp(at, "\xEF\xBF", 2) == 0 && (at[2] & 0x7E) == 0x3E;
}

struct text svg_bytes(struct arena *a, struct text s)
{
	if (!memchr(s.at, ']', s.n) && !memchr(s.at, 0xEF, s.n))
		return s; /* as nearly all are */
	char *out = arena_new(a, 2 * s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] == '>' && i >= 2 && s.at[i - 1] == ']' && s.at[i - 2] == ']') {
			memcpy(out + n, "&gt;", 4);
			n += 4;
		} else if (is_no_character(s.at + i, s.n - i)) {
			memcpy(out + n, "\xEF\xBF\xBD", 3);
			n += 3;
			i += 2;
		} else {
			out[n++] = s.at[i];
		}
	}
	return (struct text){out, n};
}

bool svg_is(const xmlNode *node, const char *name)
{
	return node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, xml(name));
}

const char *svg_value(struct svg_tree *t, const xmlAttr *attribute)
{
	const xmlNode *value = attribute->children;

	if (value && (value->next || value->type != XML_TEXT_NODE)) { /* holds entities */
		xmlChar *whole = xmlNodeListGetString(attribute->doc, value, 1);
		const char *copy = arena_string(t->arena, span_of((const char *)whole));

		xmlFree(whole);
		return copy;
	}
	return arena_string(t->arena, span_of(value ? (const char *)value->content : ""));
}

const char *svg_get(struct svg_tree *t, xmlNode *node, const char *name)
{
	const xmlAttr *attribute = xmlHasProp(node, xml(name));

	return attribute ? svg_value(t, attribute) : NULL;
}

/* What XML can hold of it. */
static const xmlChar *clean(struct svg_tree *t, struct text s)
{
	struct text visible = text_visible(t->arena, s);
	char *copy = (char *)visible.at; /* ours: text_visible made it */

	for (size_t i = 0; i < visible.n; i++)
		if (is_no_character(visible.at + i, visible.n - i))
			memcpy(copy + i, "\xEF\xBF\xBD", 3);
	return xml(copy);
}

void svg_set(struct svg_tree *t, xmlNode *node, const char *name, struct text value)
{
	if (!node || !xmlSetProp(node, xml(name), clean(t, value)))
		t->failed = true;
}

xmlNode *svg_new(struct svg_tree *t, xmlNode *root, xmlNode *parent, const char *name,
		 struct text words)
{
	const xmlChar *content = words.at ? clean(t, words) : NULL;
	xmlNode *node;

	if (!parent) {
		node = xmlNewDocNode(root->doc, root->ns, xml(name), NULL);
	} else {
		node = xmlNewTextChild(parent, root->ns, xml(name), content);
	}
	t->failed |= !node;
	return node;
}
