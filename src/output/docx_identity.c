#include "output/docx_identity.h"

#include "output/docx_tree.h"

#include <libxml/tree.h>
#include <string.h>

#define CORE "docProps/core.xml"

static xmlNode *child(const xmlDoc *doc, const char *name)
{
	const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;

	for (xmlNode *n = root ? root->children : NULL; n; n = n->next)
		if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0)
			return n;
	return NULL;
}

/* A core property; "" when it is not there, or cannot be read. */
static struct text property(const struct docx *d, const char *name)
{
	struct diag ignored = {0};
	xmlDoc *doc = docx_pack_find(&d->pack, CORE) ? docx_parse(&d->pack, CORE, &ignored) : NULL;
	const xmlNode *node = child(doc, name);
	xmlChar *content = node ? xmlNodeGetContent(node) : NULL;
	struct text out = arena_text(d->pack.arena, span_of((const char *)content));

	xmlFree(content);
	xmlFreeDoc(doc);
	return out;
}

/* "NAME" of "NAME, YEAR". */
static struct text province(const struct docx *d)
{
	struct text keywords = property(d, "keywords");
	size_t n = keywords.n;

	while (n && keywords.at[n - 1] != ',')
		n--;
	return (struct text){keywords.at, n ? n - 1 : 0};
}

/* "par-index" of "par-index-years"; "" of a block of the whole document ("overview"). */
static struct text survey(struct text name)
{
	size_t n = name.n;

	while (n && name.at[n - 1] != '-')
		n--;
	return (struct text){name.at, n ? n - 1 : 0};
}

static bool is_about(const struct docx *d, struct text wanted)
{
	for (size_t i = 0; i < d->blocks.n; i++)
		if (span_equal(survey(d->blocks.block[i].name), wanted))
			return true;
	return false;
}

static bool refuse(const struct docx *old, const char *what, struct text is, struct text would,
		   struct diag *why)
{
	diag_fail(why, DIAG_DATA, "%s: its %s is \"%.*s\", that of the renewed report \"%.*s\"",
		  old->pack.file, diag_word(why, what), SPAN_ARG(is), SPAN_ARG(would));
	return diag_hint(why, "make a new report with --out; --force renews this one all the same");
}

bool docx_same_subject(const struct docx *old, const struct docx *renewed, struct diag *why)
{
	struct text is = province(old), would = province(renewed);

	if (is.n && would.n && !span_equal(is, would))
		return refuse(old, N_("province"), is, would, why);
	is = property(old, "language");
	would = property(renewed, "language");
	if (is.n && would.n && !span_equal(is, would))
		return refuse(old, N_("language"), is, would, why);
	for (size_t i = 0; i < old->blocks.n; i++) {
		struct text of = survey(old->blocks.block[i].name);

		if (of.n == 0 || is_about(renewed, of))
			continue;
		diag_fail(why, DIAG_DATA,
			  "%s is also about %.*s, of which the renewed report "
			  "says nothing",
			  old->pack.file, SPAN_ARG(of));
		return diag_hint(why, "name every survey of the document; --force renews the "
				      "others all the same");
	}
	return true;
}

bool docx_core_renew(struct docx *old, const struct docx *renewed, struct diag *why)
{
	static const char *const names[] = {"title", "subject", "keywords", "language"};
	xmlDoc *doc;
	xmlChar *bytes = NULL;
	int n = 0;

	if (!docx_pack_find(&old->pack, CORE) || !docx_pack_find(&renewed->pack, CORE))
		return true;
	doc = docx_parse(&old->pack, CORE, why);
	if (!doc)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct text value = property(renewed, names[i]);
		xmlNode *node = child(doc, names[i]);
		xmlNode *text = node && value.n
					? xmlNewTextLen((const xmlChar *)value.at, (int)value.n)
					: NULL;

		if (!text)
			continue;
		xmlNodeSetContent(node, NULL);
		xmlAddChild(node, text);
	}
	xmlDocDumpMemory(doc, &bytes, &n);
	xmlFreeDoc(doc);
	if (!bytes)
		return diag_fail(why, DIAG_FAILED, "not enough memory for %s", old->pack.file);
	docx_pack_put(&old->pack, CORE,
		      arena_text(old->pack.arena, (struct text){(const char *)bytes, (size_t)n}));
	xmlFree(bytes);
	return true;
}
