#include "output/docx_graft.h"

#include "base/digest.h"
#include "output/docx_styles.h"

#include <libxml/parser.h>
#include <string.h>
#include <strings.h>

/* ---- a document -------------------------------------------------------------------------------
 */

static bool open_kin(struct docx *d, const char *type, const char **part, xmlDoc **doc,
		     struct diag *why)
{
	const struct docx_rel *rel = docx_rels_first(&d->rels, type);

	if (!rel || rel->outside || !docx_pack_find(&d->pack, rel->target))
		return true;
	*part = rel->target;
	*doc = docx_parse(&d->pack, *part, why);
	return *doc != NULL;
}

bool docx_open(struct arena *a, const char *file, bool to_change, struct docx *d, struct diag *why)
{
	*d = (struct docx){0};
	if (!docx_pack_read(a, file, &d->pack, why) ||
	    !docx_main(&d->pack, to_change, &d->main, why) ||
	    !docx_rels_read(&d->pack, d->main, &d->rels, why) ||
	    !(d->doc = docx_parse(&d->pack, d->main, why)))
		return false;
	if (!docx_is(xmlDocGetRootElement(d->doc), DOCX_W, "document"))
		return diag_at(why, (struct place){file, 0, 0}, DIAG_DATA,
			       "this is no Word document: its main part is something else");
	docx_blocks_find(a, d->doc, docx_pack_find(&d->pack, d->main)->bytes, &d->blocks);
	return open_kin(d, "styles", &d->styles_part, &d->styles, why) &&
	       open_kin(d, "numbering", &d->lists_part, &d->lists, why);
}

void docx_close(struct docx *d)
{
	xmlFreeDoc(d->doc);
	xmlFreeDoc(d->styles);
	xmlFreeDoc(d->lists);
	*d = (struct docx){0};
}

/* ---- numbers and names ------------------------------------------------------------------------
 */

enum taken { TAKEN_BOOKMARK, TAKEN_CONTROL };

/* Names of bookmarks are one whatever their case. */
static bool take(struct docx_graft *g, enum taken kind, const char *name)
{
	char *lower = arena_new(g->to->pack.arena, strlen(name) + 1, 1);
	bool fresh;

	for (size_t i = 0; name[i]; i++)
		lower[i] = name[i] >= 'A' && name[i] <= 'Z' ? (char)(name[i] + 'a' - 'A') : name[i];
	dict_add(g->names, kind, span_of(lower), &fresh);
	return fresh;
}

static const char *bookmark_of(struct arena *a, const xmlNode *node)
{
	return docx_is(node, DOCX_W, "bookmarkStart") ? docx_get(a, node, DOCX_W, "name") : NULL;
}

static const char *control_of(struct arena *a, const xmlNode *node)
{
	return docx_is(node, DOCX_W, "id") && docx_is(node->parent, DOCX_W, "sdtPr")
		       ? docx_get(a, node, DOCX_W, "val")
		       : NULL;
}

/* A document without lists gets room for them. */
static void start_lists(const struct docx *from, struct docx *to)
{
	static const char none[] = "<w:numbering xmlns:w=\"" DOCX_W "\"/>";

	if (!from->lists || to->lists)
		return;
	to->lists = xmlReadMemory(none, sizeof none - 1, NULL, NULL, XML_PARSE_NONET);
	to->lists_part = "word/numbering.xml";
}

void docx_graft_start(struct docx *from, struct docx *to, struct docx_graft *g)
{
	struct arena *a = to->pack.arena;
	xmlNode *root = xmlDocGetRootElement(to->doc);

	*g = (struct docx_graft){.from = from, .to = to, .names = dict_new(a)};
	start_lists(from, to);
	for (xmlNode *node = root; node; node = docx_next(root, node)) {
		const char *name = bookmark_of(a, node), *control = control_of(a, node);
		long id;

		if (name)
			take(g, TAKEN_BOOKMARK, name);
		if (control)
			take(g, TAKEN_CONTROL, control);
		if (docx_is(node, DOCX_WP, "docPr")) {
			id = docx_number(a, node, "", "id");
			g->picture = id > g->picture ? id : g->picture;
		} else if (docx_is(node, DOCX_W, "bookmarkStart")) {
			id = docx_number(a, node, DOCX_W, "id");
			g->bookmark = id > g->bookmark ? id : g->bookmark;
		}
	}
}

static void drop(xmlNode *node)
{
	xmlUnlinkNode(node);
	xmlFreeNode(node);
}

/* A start and its end share a number; one that is dropped leaves none. */
static bool renumber_bookmark(struct docx_graft *g, struct dict *numbers, long first, xmlNode *node)
{
	struct arena *a = g->to->pack.arena;
	const char *name = bookmark_of(a, node), *id = docx_get(a, node, DOCX_W, "id");
	size_t index;

	if (docx_is(node, DOCX_W, "bookmarkStart")) {
		if (!id || !name || !take(g, TAKEN_BOOKMARK, name))
			return false;
		index = dict_add(numbers, 0, span_of(id), NULL);
	} else {
		index = id ? dict_find(numbers, 0, span_of(id)) : DICT_NONE;
		if (index == DICT_NONE)
			return false;
	}
	docx_set(node, DOCX_W, "id", arena_format(a, "%ld", first + (long)index).at);
	return true;
}

static void renumber(struct docx_graft *g, xmlNode *block)
{
	struct arena *a = g->to->pack.arena;
	struct dict *numbers = dict_new(a);
	xmlNode *next;

	for (xmlNode *node = block; node; node = next) {
		const char *control = control_of(a, node);
		bool keep = !control || take(g, TAKEN_CONTROL, control);

		next = docx_next(block, node);
		if (docx_is(node, DOCX_W, "bookmarkStart") || docx_is(node, DOCX_W, "bookmarkEnd"))
			keep = renumber_bookmark(g, numbers, g->bookmark + 1, node);
		if (docx_is(node, DOCX_WP, "docPr"))
			docx_set(node, "", "id", arena_format(a, "%ld", ++g->picture).at);
		if (!keep && !node->children)
			drop(node);
	}
	g->bookmark += (long)numbers->n;
}

/* ---- what it refers to ------------------------------------------------------------------------
 */

static const struct {
	const char *ending, *type;
} pictures[] = {{"png", "image/png"},     {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"},
		{"svg", "image/svg+xml"}, {"gif", "image/gif"},  {"emf", "image/x-emf"}};

/* A picture is named by its content: the same one is there once. */
static const char *picture_name(struct arena *a, const struct docx_pack *p, struct text bytes,
				const char *ending)
{
	const char *digest = digest_bytes(a, bytes).at;

	for (int k = 0;; k++) {
		struct text more = k ? arena_format(a, "-%d", k) : (struct text){"", 0};
		const char *name =
			arena_format(a, "word/media/%.16s%.*s.%s", digest, SPAN_ARG(more), ending)
				.at;
		const struct docx_part *there = docx_pack_find(p, name);

		if (!there || span_equal(there->bytes, bytes))
			return name;
	}
}

static const char *take_picture(struct docx_graft *g, const struct docx_rel *rel, struct diag *why)
{
	const struct docx_part *part = docx_pack_find(&g->from->pack, rel->target);
	const char *dot = strrchr(rel->target, '.'), *name;
	size_t k = 0;

	while (k < sizeof pictures / sizeof *pictures &&
	       (!dot || strcasecmp(dot + 1, pictures[k].ending) != 0))
		k++;
	if (!part || k == sizeof pictures / sizeof *pictures) {
		diag_fail(why, DIAG_DATA, "%s: the picture \"%s\" cannot be taken over",
			  g->from->pack.file, rel->target);
		return NULL;
	}
	name = picture_name(g->to->pack.arena, &g->to->pack, part->bytes, pictures[k].ending);
	docx_pack_put(&g->to->pack, name, part->bytes);
	if (!docx_type(&g->to->pack, name, pictures[k].ending, pictures[k].type, why))
		return NULL;
	return docx_rels_add(&g->to->rels, "image", name, false);
}

static const char *take_relation(struct docx_graft *g, const char *id, struct diag *why)
{
	const struct docx_rel *rel = docx_rels_find(&g->from->rels, id);

	if (rel && rel->outside && strcmp(rel->type, DOCX_RELATION "hyperlink") == 0)
		return docx_rels_add(&g->to->rels, "hyperlink", rel->target, true);
	if (rel && !rel->outside && strcmp(rel->type, DOCX_RELATION "image") == 0)
		return take_picture(g, rel, why);
	diag_fail(why, DIAG_DATA, "%s: a block refers to \"%s\", which cannot be taken over",
		  g->from->pack.file, rel ? rel->target : id);
	return NULL;
}

static bool is_reference(const xmlAttr *attribute)
{
	return attribute->ns && xmlStrEqual(attribute->ns->href, (const xmlChar *)DOCX_R);
}

static bool take_relations(struct docx_graft *g, xmlNode *block, struct diag *why)
{
	for (xmlNode *node = block; node; node = docx_next(block, node))
		for (xmlAttr *at = node->properties; at; at = at->next) {
			const char *name = (const char *)at->name, *id;

			if (!is_reference(at))
				continue;
			id = docx_get(g->to->pack.arena, node, DOCX_R, name);
			if (!id || !*id)
				continue;
			id = take_relation(g, id, why);
			if (!id)
				return false;
			docx_set(node, DOCX_R, name, id);
		}
	return true;
}

bool docx_graft_block(struct docx_graft *g, xmlNode *block, xmlNode *replaced, xmlNode *place,
		      struct text *bytes, struct diag *why)
{
	struct arena *a = g->to->pack.arena;

	if (docx_styles_take(a, g->from->styles, g->to->styles, block))
		g->new_styles = true;
	if (docx_lists_take(a, g->from->lists, g->to->lists, block, replaced))
		g->new_lists = true;
	if (!take_relations(g, block, why))
		return false;
	renumber(g, block);
	*bytes = docx_cut(a, block, place);
	return bytes->n || diag_fail(why, DIAG_FAILED, "not enough memory for the document");
}

bool docx_graft_end(struct docx_graft *g, struct diag *why)
{
	static const char type[] =
		"application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml";
	struct docx *to = g->to;

	if (g->new_styles)
		docx_pack_put(&to->pack, to->styles_part, docx_bytes(to->pack.arena, to->styles));
	if (!g->new_lists)
		return true;
	docx_pack_put(&to->pack, to->lists_part, docx_bytes(to->pack.arena, to->lists));
	docx_rels_add(&to->rels, "numbering", to->lists_part, false);
	return docx_type(&to->pack, to->lists_part, NULL, type, why);
}

/* ---- comparing --------------------------------------------------------------------------------
 */

/* The next picture behind `node` within `top`, and its bytes; NULL at the end. */
static xmlNode *next_picture(const struct docx *d, xmlNode *top, xmlNode *node, struct text *bytes)
{
	while ((node = docx_next(top, node)) != NULL) {
		const char *id = docx_get(d->pack.arena, node, DOCX_R, "embed");
		const struct docx_rel *rel = id ? docx_rels_find(&d->rels, id) : NULL;
		const struct docx_part *part = rel ? docx_pack_find(&d->pack, rel->target) : NULL;

		*bytes = part ? part->bytes : (struct text){"", 0};
		if (id)
			return node;
	}
	return NULL;
}

bool docx_pictures_equal(const struct docx *a, xmlNode *in_a, const struct docx *b, xmlNode *in_b)
{
	struct text x, y;
	xmlNode *at_a = in_a, *at_b = in_b;

	for (;;) {
		at_a = next_picture(a, in_a, at_a, &x);
		at_b = next_picture(b, in_b, at_b, &y);
		if (!at_a || !at_b)
			return !at_a && !at_b;
		if (!span_equal(x, y))
			return false;
	}
}
