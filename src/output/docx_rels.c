#include "output/docx_rels.h"

#include <string.h>
#include <strings.h>

#define RELATIONSHIPS DOCX_PACKAGE "relationships"
#define TYPES DOCX_PACKAGE "content-types"
#define TYPES_PART "[Content_Types].xml"
#define STRICT "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument"

const char *docx_rels_list(struct arena *a, const char *part)
{
	const char *slash = strrchr(part, '/');
	int n = slash ? (int)(slash + 1 - part) : 0;

	return arena_format(a, "%.*s_rels/%s.rels", n, part, part + n).at;
}

/* The part that `target` names, seen from `part`; "" when it leads out of the document. */
static const char *resolve(struct arena *a, const char *part, const char *target)
{
	const char *slash = strrchr(part, '/');
	int n = *target == '/' || !slash ? 0 : (int)(slash - part);
	struct text rest = arena_format(a, "%.*s/%s", n, part, target), step;
	char *out = arena_new(a, rest.n + 1, 1), *end = out;

	while (span_split(&rest, '/', &step)) {
		if (step.n == 0 || span_is(step, "."))
			continue;
		if (span_is(step, "..")) {
			if (end == out)
				return "";
			*end = '\0';
			end = strrchr(out, '/');
			end = end ? end : out;
			continue;
		}
		if (end > out)
			*end++ = '/';
		memcpy(end, step.at, step.n);
		end += step.n;
	}
	*end = '\0';
	return out;
}

/* How `part` names `target`: "../customXml/item1.xml". */
static const char *relative(struct arena *a, const char *part, const char *target)
{
	const char *up = "";
	size_t same = 0;

	for (size_t i = 0; part[i] && part[i] == target[i]; i++)
		if (part[i] == '/')
			same = i + 1;
	for (const char *at = part + same; (at = strchr(at, '/')) != NULL; at++)
		up = arena_format(a, "%s../", up).at;
	return arena_format(a, "%s%s", up, target + same).at;
}

bool docx_rels_read(struct docx_pack *p, const char *part, struct docx_rels *r, struct diag *why)
{
	const char *list = docx_rels_list(p->arena, part);
	xmlDoc *doc;

	*r = (struct docx_rels){.pack = p, .part = part};
	if (!docx_pack_find(p, list))
		return true;
	doc = docx_parse(p, list, why);
	if (!doc)
		return false;
	for (xmlNode *node = xmlDocGetRootElement(doc)->children; node; node = node->next) {
		struct docx_rel rel = {0};
		const char *target, *mode;

		if (!docx_is(node, RELATIONSHIPS, "Relationship"))
			continue;
		rel.id = docx_get(p->arena, node, "", "Id");
		rel.type = docx_get(p->arena, node, "", "Type");
		target = docx_get(p->arena, node, "", "Target");
		mode = docx_get(p->arena, node, "", "TargetMode");
		rel.outside = mode && strcmp(mode, "External") == 0;
		if (!rel.id || !rel.type || !target)
			continue;
		rel.written = target;
		rel.target = rel.outside ? target : resolve(p->arena, part, target);
		r->rel = arena_grow(p->arena, r->rel, r->n, sizeof *r->rel);
		r->rel[r->n++] = rel;
	}
	xmlFreeDoc(doc);
	return true;
}

struct docx_rel *docx_rels_find(const struct docx_rels *r, const char *id)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->rel[i].gone && strcmp(r->rel[i].id, id) == 0)
			return &r->rel[i];
	return NULL;
}

static bool is_type(const struct docx_rel *rel, const char *type)
{
	size_t n = sizeof DOCX_RELATION - 1;

	return strncmp(rel->type, DOCX_RELATION, n) == 0 && strcmp(rel->type + n, type) == 0;
}

struct docx_rel *docx_rels_first(const struct docx_rels *r, const char *type)
{
	for (size_t i = 0; i < r->n; i++)
		if (!r->rel[i].gone && is_type(&r->rel[i], type))
			return &r->rel[i];
	return NULL;
}

const char *docx_rels_add(struct docx_rels *r, const char *type, const char *target, bool outside)
{
	struct arena *a = r->pack->arena;
	const char *id = NULL;

	for (size_t i = 0; i < r->n; i++)
		if (!r->rel[i].gone && is_type(&r->rel[i], type) && r->rel[i].outside == outside &&
		    strcmp(r->rel[i].target, target) == 0)
			return r->rel[i].id;
	for (size_t k = 1; !id || docx_rels_find(r, id); k++)
		id = arena_format(a, "rIdHl%zu", k).at;
	r->rel = arena_grow(a, r->rel, r->n, sizeof *r->rel);
	r->rel[r->n++] = (struct docx_rel){.id = id,
					   .type = arena_format(a, DOCX_RELATION "%s", type).at,
					   .target = arena_string(a, span_of(target)),
					   .written = outside ? arena_string(a, span_of(target))
							      : relative(a, r->part, target),
					   .outside = outside};
	return id;
}

static xmlNode *grow(xmlNode *parent, const char *name)
{
	return xmlNewChild(parent, parent->ns, (const xmlChar *)name, NULL);
}

static void give(xmlNode *node, const char *name, const char *value)
{
	xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)value);
}

static xmlDoc *list_new(const char *root, const char *ns)
{
	xmlDoc *doc = xmlNewDoc((const xmlChar *)"1.0");
	xmlNode *node = xmlNewDocNode(doc, NULL, (const xmlChar *)root, NULL);

	xmlDocSetRootElement(doc, node);
	xmlSetNs(node, xmlNewNs(node, (const xmlChar *)ns, NULL));
	return doc;
}

void docx_rels_put(const struct docx_rels *r)
{
	struct arena *a = r->pack->arena;
	xmlDoc *doc = list_new("Relationships", RELATIONSHIPS);

	for (size_t i = 0; i < r->n; i++) {
		const struct docx_rel *rel = &r->rel[i];
		xmlNode *node;

		if (rel->gone)
			continue;
		node = grow(xmlDocGetRootElement(doc), "Relationship");
		give(node, "Id", rel->id);
		give(node, "Type", rel->type);
		give(node, "Target", rel->written);
		if (rel->outside)
			give(node, "TargetMode", "External");
	}
	docx_pack_put(r->pack, docx_rels_list(a, r->part), docx_bytes(a, doc));
	xmlFreeDoc(doc);
}

bool docx_main(struct docx_pack *p, bool to_change, const char **name, struct diag *why)
{
	struct place here = {p->file, 0, 0};
	const struct docx_rel *rel;
	struct docx_rels r;

	if (!docx_rels_read(p, "", &r, why))
		return false;
	for (size_t i = 0; i < r.n; i++)
		if (strcmp(r.rel[i].type, STRICT) == 0) {
			diag_at(why, here, DIAG_DATA, "the document is saved as Strict Open XML");
			return diag_hint(why, "save it in Word as \"Word Document (.docx)\"");
		}
	rel = docx_rels_first(&r, "officeDocument");
	if (!rel || rel->outside || !docx_pack_find(p, rel->target))
		return diag_at(why, here, DIAG_DATA,
			       "this is no Word document: it has no main part");
	for (size_t i = 0; to_change && i < p->n; i++)
		if (strncmp(p->part[i].name, "_xmlsignatures/", 15) == 0) {
			diag_at(why, here, DIAG_DATA,
				"the document is signed; a change would break the signature");
			return diag_hint(why, "remove the signature in Word first");
		}
	*name = rel->target;
	return true;
}

/* ---- content types ----------------------------------------------------------------------------
 */

static bool states(struct arena *a, const xmlNode *node, const char *kind, const char *of,
		   const char *what)
{
	const char *value = docx_is(node, TYPES, kind) ? docx_get(a, node, "", of) : NULL;

	return value && strcasecmp(value, what) == 0;
}

bool docx_type(struct docx_pack *p, const char *part, const char *ending, const char *type,
	       struct diag *why)
{
	const char *kind = ending ? "Default" : "Override", *of = ending ? "Extension" : "PartName";
	const char *what = ending ? ending : arena_format(p->arena, "/%s", part).at;
	xmlDoc *doc = docx_parse(p, TYPES_PART, why);
	xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL, *node;

	if (!root) /* docx_parse gives none without */
		return false;
	node = root->children;
	while (node && !states(p->arena, node, kind, of, what))
		node = node->next;
	if (!node) {
		node = xmlNewDocNode(doc, root->ns, (const xmlChar *)kind, NULL);
		give(node, of, what);
		give(node, "ContentType", type);
		if (ending && root->children) /* Word wants them first */
			xmlAddPrevSibling(root->children, node);
		else
			xmlAddChild(root, node);
		docx_pack_put(p, TYPES_PART, docx_bytes(p->arena, doc));
	}
	xmlFreeDoc(doc);
	return true;
}

bool docx_untype(struct docx_pack *p, struct diag *why)
{
	xmlDoc *doc = docx_parse(p, TYPES_PART, why);
	xmlNode *next;

	if (!doc)
		return false;
	for (xmlNode *node = xmlDocGetRootElement(doc)->children; node; node = next) {
		const char *part;

		next = node->next;
		part = docx_is(node, TYPES, "Override") ? docx_get(p->arena, node, "", "PartName")
							: NULL;
		if (part && *part == '/' && !docx_pack_find(p, part + 1)) {
			xmlUnlinkNode(node);
			xmlFreeNode(node);
		}
	}
	docx_pack_put(p, TYPES_PART, docx_bytes(p->arena, doc));
	xmlFreeDoc(doc);
	return true;
}
