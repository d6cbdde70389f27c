#include "output/docx_update.h"

#include "base/text.h"
#include "output/docx.h"
#include "output/docx_identity.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct step {
	const struct docx_block *old, *new; /* new: NULL when it is no longer made */
	enum docx_state state;
	xmlNode *place,
		*removed; /* what is around the old one; what holds it when it is taken out */
};

struct update {
	struct arena *arena;
	struct docx old, new;
	size_t n;
	struct step *step;     /* for each old block */
	struct dict *released; /* ids of relationships that replaced blocks used */
	struct diag *why;
};

/* ---- what is to be done -----------------------------------------------------------------------
 */

/* The block's name for people beside its own, when it has one. */
static struct text called(const struct update *u, const struct docx_block *block)
{
	if (block->alias.n == 0 || span_equal(block->alias, block->name))
		return arena_format(u->arena, "\"%.*s\"", SPAN_ARG(block->name));
	return arena_format(u->arena, "\"%.*s\" (%.*s)", SPAN_ARG(block->name),
			    SPAN_ARG(text_visible(u->arena, block->alias)));
}

static bool refuse(const struct update *u, const struct docx_block *block, const char *words)
{
	return diag_at(u->why, (struct place){u->old.pack.file, 0, 0}, DIAG_DATA,
		       "the block %.*s %s", SPAN_ARG(called(u, block)), diag_word(u->why, words));
}

static void tell_altered(const struct update *u, const struct step *s)
{
	struct text was, is;

	if (s->state == DOCX_LOOSE) {
		refuse(u, s->old, N_("no longer holds all that was in it and cannot be renewed"));
	} else if (s->old->words.pending) {
		refuse(u, s->old, N_("holds tracked changes or comments"));
	} else if (s->old->seal.n == 0) {
		refuse(u, s->old,
		       N_("bears no fingerprint that would tell whether it was altered"));
	} else {
		docx_differ(u->arena, s->old->words.text, s->new->words.text, &was, &is);
		refuse(u, s->old,
		       arena_format(u->arena,
				    diag_word(u->why, "was altered by hand; it says \"%.*s\" where "
						      "the new one says \"%.*s\""),
				    SPAN_ARG(was), SPAN_ARG(is))
			       .at);
	}
}

static bool has_table(xmlNode *top)
{
	xmlNode *node = top;

	while (node && !docx_is(node, DOCX_W, "tbl"))
		node = docx_next(top, node);
	return node != NULL;
}

/* LibreOffice leaves tables behind the control. With another one put into it there would be two. */
static bool lost_table(const struct docx_block *old, const struct docx_block *new)
{
	return has_table(new->node) && !has_table(old->node);
}

static enum docx_state state_of(const struct update *u, const struct docx_block *old,
				const struct docx_block *new)
{
	bool same = new &&strcmp(old->words.print, new->words.print) == 0;

	if (!new)
		return DOCX_OLD_ONLY;
	if (old->loose)
		return DOCX_LOOSE;
	if (!docx_block_altered(old))
		return same && docx_pictures_equal(&u->old, old->node, &u->new, new->node)
			       ? DOCX_UNCHANGED
			       : DOCX_RENEWED;
	if (same && !old->words.pending)
		return DOCX_RENEWED;
	return lost_table(old, new) ? DOCX_LOOSE : DOCX_ALTERED;
}

/* Who saved a document without blocks? */
static bool no_blocks(const struct update *u, bool any)
{
	const struct docx_part *app = docx_pack_find(&u->old.pack, "docProps/app.xml");
	bool libre = app && app->bytes.n && strstr(app->bytes.at, "LibreOffice");

	diag_at(u->why, (struct place){u->old.pack.file, 0, 0}, DIAG_DATA,
		any ? N_("none of the blocks in this document is made by this report")
		    : N_("there are no blocks in this document that could be renewed"));
	return diag_hint(u->why,
			 libre && !any ? N_("LibreOffice saved it, which may have dropped their "
					    "marks; take a copy that Word saved")
				       : N_("it must be a report that this program wrote, for the "
					    "same surveys"));
}

static bool plan(struct update *u, bool anyway)
{
	size_t made = 0, altered = 0;

	u->n = u->old.blocks.n;
	u->step = arena_new(u->arena, u->n, sizeof *u->step);
	for (size_t i = 0; i < u->n; i++) {
		struct step *s = &u->step[i];

		s->old = &u->old.blocks.block[i];
		s->new = docx_blocks_named(&u->new.blocks, s->old->name);
		s->state = state_of(u, s->old, s->new);
		made += s->new ? 1 : 0;
		if (anyway || (s->state != DOCX_ALTERED && s->state != DOCX_LOOSE))
			continue;
		tell_altered(u, s);
		altered++;
	}
	if (altered)
		return diag_hint(u->why, "move what was added out of the blocks, or lose it with "
					 "--force");
	return made > 0 || no_blocks(u, u->n > 0);
}

static bool is_replaced(const struct step *s)
{
	return s->state == DOCX_RENEWED || s->state == DOCX_ALTERED;
}

/* ---- replacing --------------------------------------------------------------------------------
 */

/* The relationships that a tree uses. */
static void collect(struct arena *a, xmlNode *top, struct dict *out)
{
	for (xmlNode *node = top; node; node = docx_next(top, node))
		for (xmlAttr *at = node->properties; at; at = at->next)
			if (at->ns && xmlStrEqual(at->ns->href, (const xmlChar *)DOCX_R))
				dict_add(out, 0,
					 span_of(docx_get(a, node, DOCX_R, (const char *)at->name)),
					 NULL);
}

struct pieces {
	size_t n;
	struct text *piece;
};

static void piece(struct update *u, struct pieces *p, struct text bytes)
{
	p->piece = arena_grow(u->arena, p->piece, p->n, sizeof *p->piece);
	p->piece[p->n++] = bytes;
}

static struct text joined(struct arena *a, const struct pieces *p)
{
	size_t n = 0;
	char *at;

	for (size_t i = 0; i < p->n; i++)
		n += p->piece[i].n;
	at = arena_new(a, n + 1, 1);
	n = 0;
	for (size_t i = 0; i < p->n; n += p->piece[i++].n)
		if (p->piece[i].n)
			memcpy(at + n, p->piece[i].at, p->piece[i].n);
	return (struct text){at, n};
}

/* The bytes of the old document with new blocks; a new block that stands in several places is
 * copied for each. */
static bool replace(struct update *u, struct docx_graft *g, struct text bytes, struct text *out)
{
	struct pieces pieces = {0};
	size_t from = 0;

	for (size_t i = 0; i < u->n; i++) {
		struct step *s = &u->step[i];
		struct text block;
		xmlNode *copy;
		bool ok;

		if (!is_replaced(s))
			continue;
		copy = xmlDocCopyNode(s->new->node, u->new.doc, 1);
		ok = copy && docx_graft_block(g, copy, s->removed, s->place, &block, u->why);
		xmlFreeNode(copy);
		if (!ok)
			return false;
		piece(u, &pieces, (struct text){bytes.at + from, s->old->at - from});
		piece(u, &pieces, block);
		from = s->old->end;
	}
	piece(u, &pieces, (struct text){bytes.at + from, bytes.n - from});
	*out = joined(u->arena, &pieces);
	return true;
}

static void take_out(struct update *u, struct step *s)
{
	xmlNode *node = s->old->node, *next;

	s->place = node->parent;
	s->removed = xmlNewDocNode(u->old.doc, NULL, (const xmlChar *)"removed", NULL);
	for (; node; node = next) {
		next = node == s->old->last ? NULL : node->next;
		xmlUnlinkNode(node);
		xmlAddChild(s->removed, node);
	}
}

static bool put_blocks(struct update *u)
{
	struct docx_part *part = docx_pack_find(&u->old.pack, u->old.main);
	struct docx_graft g;
	struct text bytes;
	bool ok;

	for (size_t i = 0; i < u->n; i++) {
		struct step *s = &u->step[i];

		if (!is_replaced(s))
			continue;
		take_out(u, s);
		collect(u->arena, s->removed, u->released);
	}
	docx_graft_start(&u->new, &u->old, &g);
	ok = replace(u, &g, part->bytes, &bytes) && docx_graft_end(&g, u->why);
	for (size_t i = 0; i < u->n; i++)
		xmlFreeNode(u->step[i].removed);
	if (ok)
		docx_pack_put(&u->old.pack, u->old.main, bytes);
	return ok;
}

/* ---- what nobody needs any more ---------------------------------------------------------------
 */

/* The part that a list of relationships belongs to; NULL when it is no such list. */
static const char *owner(struct arena *a, const char *list)
{
	const char *rels = strstr(list, "_rels/"), *end = strrchr(list, '.');

	if (!rels || !end || strcmp(end, ".rels") != 0 || end < rels + 6)
		return NULL;
	return arena_format(a, "%.*s%.*s", (int)(rels - list), list, (int)(end - rels - 6),
			    rels + 6)
		.at;
}

/* Is the part named in any list but the main document's, whose list is in memory? */
static bool needed(struct update *u, const char *target)
{
	struct docx_pack *p = &u->old.pack;

	for (size_t i = 0; i < u->old.rels.n; i++) {
		const struct docx_rel *rel = &u->old.rels.rel[i];

		if (!rel->gone && !rel->outside && strcmp(rel->target, target) == 0)
			return true;
	}
	for (size_t i = 0; i < p->n; i++) {
		const char *whose = p->part[i].gone ? NULL : owner(u->arena, p->part[i].name);
		struct diag ignored = {0};
		struct docx_rels r;

		if (!whose || strcmp(whose, u->old.main) == 0)
			continue;
		if (!docx_rels_read(p, whose, &r, &ignored))
			return true;
		for (size_t k = 0; k < r.n; k++)
			if (!r.rel[k].outside && strcmp(r.rel[k].target, target) == 0)
				return true;
	}
	return false;
}

/* Relationships that only replaced blocks used go, and pictures with them. */
static bool release(struct update *u)
{
	struct dict *used = dict_new(u->arena);
	xmlDoc *doc = docx_parse(&u->old.pack, u->old.main, u->why);

	if (!doc)
		return false;
	collect(u->arena, xmlDocGetRootElement(doc), used);
	xmlFreeDoc(doc);
	for (size_t i = 0; i < u->old.rels.n; i++) {
		struct docx_rel *rel = &u->old.rels.rel[i];
		bool picture = strcmp(rel->type, DOCX_RELATION "image") == 0;
		struct docx_part *part;

		if ((!picture && strcmp(rel->type, DOCX_RELATION "hyperlink") != 0) ||
		    dict_find(u->released, 0, span_of(rel->id)) == DICT_NONE ||
		    dict_find(used, 0, span_of(rel->id)) != DICT_NONE)
			continue;
		rel->gone = true;
		part = picture && !rel->outside ? docx_pack_find(&u->old.pack, rel->target) : NULL;
		if (part && !needed(u, rel->target))
			part->gone = true;
	}
	return true;
}

/* ---- all of it --------------------------------------------------------------------------------
 */

static void tell(struct update *u, struct docx_news *news)
{
	size_t most = u->n + u->new.blocks.n;

	*news = (struct docx_news){.block = arena_new(u->arena, most, sizeof *news->block)};
	for (size_t i = 0; i < u->n; i++)
		news->block[news->n++] = (struct docx_new){u->step[i].state, u->step[i].old->name,
							   u->step[i].old->alias};
	for (size_t i = 0; i < u->new.blocks.n; i++) {
		const struct docx_block *block = &u->new.blocks.block[i];

		if (!docx_blocks_named(&u->old.blocks, block->name))
			news->block[news->n++] =
				(struct docx_new){DOCX_NEW_ONLY, block->name, block->alias};
	}
}

/* Who may read it stays as it was; whose it is, too, where we may say so. */
static bool keep_rights(const char *file, const struct stat *was, struct diag *why)
{
	if (chown(file, was->st_uid, was->st_gid) != 0 && errno != EPERM)
		return diag_fail(why, DIAG_FAILED, "%s: %s", file, diag_system(why, errno));
	return chmod(file, was->st_mode & 07777) == 0 ||
	       diag_fail(why, DIAG_FAILED, "%s: %s", file, diag_system(why, errno));
}

bool docx_update(struct arena *a, const char *old, const char *renewed, bool anyway,
		 const char *out, struct docx_news *news, struct diag *why)
{
	struct update u = {.arena = a, .released = dict_new(a), .why = why};
	struct stat was;
	bool ok = docx_open(a, old, true, &u.old, why) &&
		  docx_open(a, renewed, false, &u.new, why) &&
		  (anyway || docx_same_subject(&u.old, &u.new, why)) && plan(&u, anyway);
	bool stands = stat(out, &was) == 0;

	if (ok)
		tell(&u, news);
	ok = ok && put_blocks(&u) && release(&u) && docx_core_renew(&u.old, &u.new, why) &&
	     docx_audit_put(&u.old, docx_audit_of(&u.new), why);
	if (ok) {
		docx_rels_put(&u.old.rels);
		ok = docx_untype(&u.old.pack, why) && docx_pack_write(&u.old.pack, out, why) &&
		     (!stands || keep_rights(out, &was, why));
	}
	docx_close(&u.old);
	docx_close(&u.new);
	return ok;
}

/* ---- locks ------------------------------------------------------------------------------------
 */

static bool lock_lies(struct arena *a, const char *file, const char *lock, struct diag *why)
{
	struct stat s;

	if (lstat(lock, &s) != 0)
		return true;
	diag_fail(why, DIAG_FAILED, "%s is open in %s", file,
		  strstr(lock, ".~lock.") ? "LibreOffice" : "Word");
	return diag_hint(why, "close it there; when nobody has it open, remove %s",
			 arena_string(a, span_of(lock)));
}

/* Word puts "~$" before a short name, in the place of one or two letters of a longer one. */
static bool is_free(struct arena *a, const char *file, struct diag *why)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	int n = (int)(name - file);
	struct text rest = span_of(name);

	for (int cut = 0; cut < 3 && rest.n; cut++) {
		if (!lock_lies(a, file, arena_format(a, "%.*s~$%.*s", n, file, SPAN_ARG(rest)).at,
			       why))
			return false;
		if (text_next(&rest) < 0)
			break;
	}
	return lock_lies(a, file, arena_format(a, "%.*s.~lock.%s#", n, file, name).at, why);
}

/* A file that may be written, not a link to one: it is replaced. */
static bool is_ours(const char *file, struct diag *why)
{
	struct stat s;

	if (lstat(file, &s) != 0)
		return diag_fail(why, DIAG_FAILED, "%s: %s", file, diag_system(why, errno));
	if (!S_ISREG(s.st_mode))
		return diag_fail(why, DIAG_FAILED, "%s is not a regular file and is not replaced",
				 file);
	return (s.st_mode & 0222 && access(file, W_OK) == 0) ||
	       diag_fail(why, DIAG_FAILED, "%s may not be written", file);
}

bool docx_ready(struct arena *a, const char *file, struct diag *why)
{
	struct update u = {.arena = a, .why = why};
	bool ok = is_ours(file, why) && is_free(a, file, why) &&
		  docx_open(a, file, true, &u.old, why) &&
		  (u.old.blocks.n > 0 || no_blocks(&u, false));

	docx_close(&u.old);
	return ok;
}
