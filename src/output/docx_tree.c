#include "output/docx_tree.h"

#include "base/text.h"

#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const xmlChar *xml(const char *s)
{
	return (const xmlChar *)s;
}

static bool damaged(const struct docx_pack *p, const char *name, const char *words,
		    struct diag *why)
{
	return diag_at(why, (struct place){p->file, 0, 0}, DIAG_DATA,
		       "\"%s\" inside the document %s", name, diag_word(why, words));
}

/* Bytes in which our own counting of tags meets what libxml2 sees. */
static bool plain(const xmlDoc *doc)
{
	return !doc->encoding || strcasecmp((const char *)doc->encoding, "UTF-8") == 0;
}

xmlDoc *docx_parse(const struct docx_pack *p, const char *name, struct diag *why)
{
	const struct docx_part *part = docx_pack_find(p, name);
	xmlDoc *doc;
	size_t bad;

	if (!part) {
		damaged(p, name, N_("is missing"), why);
		return NULL;
	}
	if (!text_check(part->bytes, &bad) || part->bytes.n > INT_MAX) {
		damaged(p, name, N_("is not written in UTF-8"), why);
		return NULL;
	}
	if (part->bytes.n && strstr(part->bytes.at, "<!DOCTYPE")) {
		damaged(p, name, N_("declares a document type, which no Word document does"), why);
		return NULL;
	}
	doc = xmlReadMemory(part->bytes.at, (int)part->bytes.n, NULL, NULL,
			    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
	if (doc && xmlDocGetRootElement(doc) && !doc->intSubset && plain(doc))
		return doc;
	xmlFreeDoc(doc);
	damaged(p, name, N_("is not well-formed"), why);
	return NULL;
}

bool docx_is(const xmlNode *node, const char *ns, const char *name)
{
	return node && node->type == XML_ELEMENT_NODE && xmlStrEqual(node->name, xml(name)) &&
	       node->ns && xmlStrEqual(node->ns->href, xml(ns));
}

const char *docx_get(struct arena *a, const xmlNode *node, const char *ns, const char *name)
{
	xmlChar *value =
		*ns ? xmlGetNsProp(node, xml(name), xml(ns)) : xmlGetNoNsProp(node, xml(name));
	const char *copy = value ? arena_string(a, span_of((const char *)value)) : NULL;

	xmlFree(value);
	return copy;
}

xmlNode *docx_child(const xmlNode *node, const char *name)
{
	xmlNode *child = node ? node->children : NULL;

	while (child && !docx_is(child, DOCX_W, name))
		child = child->next;
	return child;
}

const char *docx_val(struct arena *a, const xmlNode *node, const char *child)
{
	const xmlNode *found = docx_child(node, child);

	return found ? docx_get(a, found, DOCX_W, "val") : NULL;
}

void docx_set(xmlNode *node, const char *ns, const char *name, const char *value)
{
	xmlAttr *attribute = xmlHasNsProp(node, xml(name), *ns ? xml(ns) : NULL);

	if (attribute)
		xmlSetNsProp(node, attribute->ns, xml(name), xml(value));
}

xmlNode *docx_next(const xmlNode *top, xmlNode *node)
{
	xmlNode *at = node->type == XML_ELEMENT_NODE ? node->children : NULL;

	for (;;) {
		while (!at && node != top) {
			at = node->next;
			node = node->parent;
		}
		if (!at)
			return NULL;
		if (at->type == XML_ELEMENT_NODE)
			return at;
		node = at;
		at = NULL;
	}
}

long docx_number(struct arena *a, const xmlNode *node, const char *ns, const char *name)
{
	const char *value = docx_get(a, node, ns, name);
	char *end;
	long n;

	if (!value || *value < '0' || *value > '9')
		return -1;
	n = strtol(value, &end, 10);
	return *end || n > INT_MAX ? -1 : n;
}

struct text docx_bytes(struct arena *a, xmlDoc *doc)
{
	xmlChar *bytes = NULL;
	int n = 0;
	struct text copy;

	xmlDocDumpMemoryEnc(doc, &bytes, &n, "UTF-8");
	copy = arena_text(a, (struct text){(const char *)bytes, n > 0 ? (size_t)n : 0});
	xmlFree(bytes);
	return copy;
}

/* Takes away what `place` declares the same way; returns it, to be freed by the caller. */
static xmlNs *known(xmlNode *copy, xmlNode *place)
{
	xmlNs **at = &copy->nsDef, *taken = NULL;

	while (*at) {
		xmlNs *ns = *at;
		const xmlNs *outer = xmlSearchNs(place->doc, place, ns->prefix);

		if (outer && xmlStrEqual(outer->href, ns->href)) {
			*at = ns->next;
			ns->next = taken;
			taken = ns;
		} else {
			at = &ns->next;
		}
	}
	return taken;
}

xmlNode *docx_copy(xmlNode *node, xmlNode *parent)
{
	xmlNode *copy = NULL;

	if (xmlDOMWrapCloneNode(NULL, node->doc, node, &copy, parent->doc, parent, 1, 0) == 0)
		return copy;
	xmlFreeNode(copy);
	return NULL;
}

struct text docx_cut(struct arena *a, xmlNode *node, xmlNode *place)
{
	xmlDoc *doc = xmlNewDoc(xml("1.0"));
	xmlNode *copy = doc ? xmlDocCopyNode(node, doc, 1) : NULL;
	xmlBuffer *bytes = xmlBufferCreate();
	struct text out = {"", 0};
	xmlNs *outer = NULL;

	if (copy && bytes) {
		doc->encoding = xmlStrdup(xml("UTF-8")); /* else attributes are escaped */
		xmlDocSetRootElement(doc, copy);
		outer = known(copy, place);
		xmlNodeDump(bytes, doc, copy, 0, 0);
		out = arena_text(a, span_of((const char *)xmlBufferContent(bytes)));
	}
	xmlBufferFree(bytes);
	xmlFreeDoc(doc);
	xmlFreeNsList(outer);
	return out;
}
