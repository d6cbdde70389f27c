#include "output/docx_blocks.h"

#include <string.h>

static bool is_print(const char *s)
{
	return strlen(s) == 16 && strspn(s, "0123456789abcdef") == 16;
}

static bool is_ours(const char *tag)
{
	return tag && strncmp(tag, DOCX_TAG, sizeof DOCX_TAG - 1) == 0;
}

static bool read_tag(struct arena *a, xmlNode *node, struct docx_block *out)
{
	const xmlNode *properties = docx_child(node, "sdtPr");
	const char *tag = docx_val(a, properties, "tag"), *name, *colon;

	if (!is_ours(tag)) /* LibreOffice drops tags */
		tag = docx_val(a, docx_child(properties, "docPartObj"), "docPartGallery");
	if (!is_ours(tag))
		return false;
	name = tag + sizeof DOCX_TAG - 1;
	colon = strrchr(name, ':');
	if (colon && is_print(colon + 1)) {
		out->name = (struct text){name, (size_t)(colon - name)};
		out->seal = span_of(colon + 1);
	} else {
		out->name = span_of(name);
	}
	out->alias = span_of(docx_val(a, properties, "alias"));
	out->node = node;
	return out->name.n > 0;
}

/* Does it stand where paragraphs stand, and hold such? */
static bool whole(const xmlNode *node)
{
	static const char *const places[] = {"body", "tc", "sdtContent", "txbxContent"};
	const xmlNode *content = docx_child(node, "sdtContent");
	bool placed = false;

	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		placed = placed || docx_is(node->parent, DOCX_W, places[i]);
	return placed && (docx_child(content, "p") || docx_child(content, "tbl") ||
			  docx_child(content, "sdt"));
}

/* ---- where a block's bytes are ----------------------------------------------------------------
 */

/* Behind the end of what starts with '<' at `at`; sets *kind to '+' for a start tag, '-' for an end
 * tag, '=' for both in one, ' ' for what is no tag. The bytes are well-formed XML. */
static size_t markup(struct text s, size_t at, char *kind)
{
	static const struct {
		const char *from, *to;
	} others[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
	struct text rest = {s.at + at, s.n - at};
	char quote = 0;

	for (size_t i = 0; i < 3; i++) {
		const char *end;

		if (!span_starts(rest, others[i].from))
			continue;
		*kind = ' ';
		end = strstr(rest.at + strlen(others[i].from), others[i].to);
		return end ? (size_t)(end - s.at) + strlen(others[i].to) : s.n;
	}
	*kind = rest.n > 1 && rest.at[1] == '/' ? '-' : '+';
	for (size_t i = 1; i < rest.n; i++) {
		char c = rest.at[i];

		if (quote) {
			quote = c == quote ? 0 : quote;
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '>') {
			if (rest.at[i - 1] == '/')
				*kind = '=';
			return at + i + 1;
		}
	}
	return s.n;
}

struct scan {
	struct docx_blocks *blocks;
	const size_t *first, *last; /* of each block's elements, counted from 0 in the document */
	size_t next;                /* block that comes next, or is open */
	size_t element;             /* elements seen */
	size_t depth, open;         /* open: depth at which the block began; 0 = none is open */
	size_t sibling;             /* element that began last at that depth */
};

static void meet(struct scan *s, char kind, size_t at, size_t end)
{
	struct docx_block *block = s->next < s->blocks->n ? &s->blocks->block[s->next] : NULL;

	if (kind == '+' || kind == '=') {
		s->depth++;
		if (block && !s->open && s->first[s->next] == s->element) {
			block->at = at;
			s->open = s->depth;
		}
		if (s->open == s->depth)
			s->sibling = s->element;
		s->element++;
	}
	if (kind == '-' || kind == '=') {
		if (block && s->open && s->open == s->depth && s->sibling == s->last[s->next]) {
			block->end = end;
			s->open = 0;
			s->next++;
		}
		s->depth--;
	}
}

static void locate(struct docx_blocks *blocks, const size_t *first, const size_t *last,
		   struct text bytes)
{
	struct scan s = {.blocks = blocks, .first = first, .last = last};
	const char *sign;
	size_t at = 0;
	char kind;

	while (at < bytes.n && s.next < blocks->n &&
	       (sign = memchr(bytes.at + at, '<', bytes.n - at)) != NULL) {
		size_t from = (size_t)(sign - bytes.at);

		at = markup(bytes, from, &kind);
		meet(&s, kind, from, at);
	}
}

/* Tables and what else follows a control that has lost them. */
#define BEHIND 60

static void stretch(struct arena *a, struct docx_block *block)
{
	xmlNode *node = block->node->next;
	struct docx_block ignored;
	struct docx_words words;

	for (int n = 0; node && n < BEHIND; node = node->next) {
		if (node->type != XML_ELEMENT_NODE)
			continue;
		if (docx_is(node, DOCX_W, "sectPr") ||
		    (docx_is(node, DOCX_W, "sdt") && read_tag(a, node, &ignored)))
			return;
		docx_words(a, block->node, node, &words);
		if (!words.pending && span_is(block->seal, words.print)) {
			block->last = node;
			block->words = words;
			return;
		}
		n++;
	}
}

/* Counts elements as their tags are counted. */
static void number(struct arena *a, xmlNode *root, struct docx_blocks *out, struct text bytes)
{
	size_t *first = arena_new(a, out->n, sizeof *first), element = 0;
	size_t *last = arena_new(a, out->n, sizeof *last), i = 0;

	for (xmlNode *node = root; node && i < out->n; node = docx_next(root, node), element++) {
		if (node == out->block[i].node)
			first[i] = element;
		if (node == out->block[i].last)
			last[i++] = element;
	}
	locate(out, first, last, bytes);
}

void docx_blocks_find(struct arena *a, xmlDoc *doc, struct text bytes, struct docx_blocks *out)
{
	xmlNode *root = xmlDocGetRootElement(doc);
	const xmlNode *inside = NULL;

	*out = (struct docx_blocks){0};
	for (xmlNode *node = root; node; node = docx_next(root, node)) {
		struct docx_block block = {0};
		const xmlNode *up = node;

		while (inside && up && up != inside)
			up = up->parent;
		if ((inside && up) || !docx_is(node, DOCX_W, "sdt") || !read_tag(a, node, &block))
			continue;
		inside = node;
		block.loose = !whole(node);
		block.last = node;
		docx_words(a, node, node, &block.words);
		if (docx_block_altered(&block))
			stretch(a, &block);
		out->block = arena_grow(a, out->block, out->n, sizeof *out->block);
		out->block[out->n++] = block;
	}
	number(a, root, out, bytes);
}

const struct docx_block *docx_blocks_named(const struct docx_blocks *b, struct text name)
{
	for (size_t i = 0; i < b->n; i++)
		if (span_equal(b->block[i].name, name))
			return &b->block[i];
	return NULL;
}

bool docx_block_altered(const struct docx_block *block)
{
	return block->words.pending || !span_is(block->seal, block->words.print);
}
