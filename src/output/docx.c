#include "output/docx.h"

#include "base/text.h"

#include <string.h>

#define AUDIT "urn:hailong:audit"
#define CUSTOM "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
#define PROPERTIES_TYPE "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"

/* ---- the audit --------------------------------------------------------------------------------
 */

/* The relationship to the audit's part; NULL without one. A part that is no XML is not ours. */
static struct docx_rel *audit_rel(const struct docx *d, xmlDoc **doc)
{
	for (size_t i = 0; i < d->rels.n; i++) {
		struct docx_rel *rel = &d->rels.rel[i];
		struct diag ignored = {0};

		if (rel->gone || rel->outside || strcmp(rel->type, DOCX_RELATION "customXml") != 0)
			continue;
		*doc = docx_parse(&d->pack, rel->target, &ignored);
		if (*doc && docx_is(xmlDocGetRootElement(*doc), AUDIT, "audit"))
			return rel;
		xmlFreeDoc(*doc);
	}
	*doc = NULL;
	return NULL;
}

struct text docx_audit_of(const struct docx *d)
{
	struct text audit = {"", 0};
	xmlChar *content;
	xmlDoc *doc;

	if (!audit_rel(d, &doc))
		return audit;
	content = xmlNodeGetContent(xmlDocGetRootElement(doc));
	if (content)
		audit = arena_text(d->pack.arena, span_of((const char *)content));
	xmlFree(content);
	xmlFreeDoc(doc);
	return audit;
}

static void drop(struct docx_pack *p, const char *name)
{
	struct docx_part *part = docx_pack_find(p, name);

	if (part)
		part->gone = true;
}

static bool audit_drop(struct docx *d, struct diag *why)
{
	struct docx_rels kin;
	struct docx_rel *rel;
	xmlDoc *doc;

	while ((rel = audit_rel(d, &doc)) != NULL) {
		xmlFreeDoc(doc);
		if (!docx_rels_read(&d->pack, rel->target, &kin, why))
			return false;
		for (size_t i = 0; i < kin.n; i++)
			drop(&d->pack, kin.rel[i].outside ? "" : kin.rel[i].target);
		drop(&d->pack, docx_rels_list(d->pack.arena, rel->target));
		drop(&d->pack, rel->target);
		rel->gone = true;
	}
	return true;
}

/* The part itself; characters that XML cannot hold become spaces. */
static struct text audit_bytes(struct arena *a, struct text audit)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *root = xmlNewDocNode(doc, NULL, (const xmlChar *)"audit", NULL);
	char *copy = (char *)arena_text(a, audit).at;
	struct text out;

	for (size_t i = 0; i < audit.n; i++)
		if ((unsigned char)copy[i] < ' ' && !strchr("\n\t", copy[i]))
			copy[i] = ' ';
	xmlDocSetRootElement(doc, root);
	xmlSetNs(root, xmlNewNs(root, (const xmlChar *)AUDIT, NULL));
	xmlNodeAddContentLen(root, (const xmlChar *)copy, (int)audit.n);
	out = docx_bytes(a, doc);
	xmlFreeDoc(doc);
	return out;
}

#define HEAD "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"

bool docx_audit_put(struct docx *d, struct text audit, struct diag *why)
{
	static const char properties[] =
		HEAD "<ds:datastoreItem xmlns:ds=\"" CUSTOM "\" "
		     "ds:itemID=\"{5B0D3C1E-7A42-4E6B-9C55-2F8A61D0B7E4}\"><ds:schemaRefs>"
		     "<ds:schemaRef ds:uri=\"" AUDIT "\"/></ds:schemaRefs></ds:datastoreItem>";
	struct docx_pack *p = &d->pack;
	const char *item, *props;
	struct docx_rels kin;
	int k = 1;

	if (!audit_drop(d, why))
		return false;
	if (audit.n == 0)
		return true;
	while (docx_pack_find(p, arena_format(p->arena, "customXml/item%d.xml", k).at) ||
	       docx_pack_find(p, arena_format(p->arena, "customXml/itemProps%d.xml", k).at))
		k++;
	item = arena_format(p->arena, "customXml/item%d.xml", k).at;
	props = arena_format(p->arena, "customXml/itemProps%d.xml", k).at;
	docx_pack_put(p, item, audit_bytes(p->arena, audit));
	docx_pack_put(p, props, span_of(properties));
	docx_rels_add(&d->rels, "customXml", item, false);
	if (!docx_rels_read(p, item, &kin, why))
		return false;
	docx_rels_add(&kin, "customXmlProps", props, false);
	docx_rels_put(&kin);
	return docx_type(p, item, "xml", "application/xml", why) &&
	       docx_type(p, props, NULL, PROPERTIES_TYPE, why);
}

bool docx_audit(struct arena *a, const char *file, struct text *audit, struct diag *why)
{
	struct docx d;
	bool ok = docx_open(a, file, false, &d, why);

	if (ok)
		*audit = docx_audit_of(&d);
	docx_close(&d);
	return ok;
}

/* ---- sealing ----------------------------------------------------------------------------------
 */

static bool seal(const struct docx *d, const struct docx_block *block, struct diag *why)
{
	struct arena *a = d->pack.arena;
	struct text tag =
		arena_format(a, DOCX_TAG "%.*s:%s", SPAN_ARG(block->name), block->words.print);
	xmlNode *properties, *gallery;

	if (text_length(tag) > DOCX_TAG_MOST)
		return diag_fail(why, DIAG_DATA,
				 "the block \"%.*s\" has a longer name than Word keeps",
				 SPAN_ARG(block->name));
	if (docx_blocks_named(&d->blocks, block->name) != block)
		return diag_fail(why, DIAG_DATA, "two blocks are called \"%.*s\"",
				 SPAN_ARG(block->name));
	properties = docx_child(block->node, "sdtPr");
	gallery = docx_child(docx_child(properties, "docPartObj"), "docPartGallery");
	if (docx_child(properties, "tag"))
		docx_set(docx_child(properties, "tag"), DOCX_W, "val", tag.at);
	if (gallery)
		docx_set(gallery, DOCX_W, "val", tag.at);
	return true;
}

static bool seal_all(struct docx *d, struct text audit, struct diag *why)
{
	for (size_t i = 0; i < d->blocks.n; i++)
		if (!seal(d, &d->blocks.block[i], why))
			return false;
	if (d->blocks.n)
		docx_pack_put(&d->pack, d->main, docx_bytes(d->pack.arena, d->doc));
	if (!docx_audit_put(d, audit, why))
		return false;
	docx_rels_put(&d->rels);
	return docx_pack_write(&d->pack, d->pack.file, why);
}

bool docx_seal(struct arena *a, const char *file, struct text audit, struct diag *why)
{
	struct docx d;
	bool ok = docx_open(a, file, true, &d, why) && seal_all(&d, audit, why);

	docx_close(&d);
	return ok;
}
