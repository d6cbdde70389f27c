#include "output/docx_words.h"

#include "base/digest.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* Marks in the text. */
#define CELL '\x1D'
#define ROW '\x1E'
#define PARAGRAPH '\n'
#define TAB '\t'
#define BREAK '\v'
#define PICTURE '\x01'
#define FIELD '\x02'
#define NOTE '\x03'

struct walk {
	struct arena *arena;
	char *at;
	size_t n, size;
	bool space; /* a space is due before the next letter */
	int fields; /* that are open */
	int shown;  /* the outermost open field that shows its result; 0 = none */
	bool pending;
};

static void put(struct walk *w, const char *bytes, size_t n)
{
	if (w->n + n > w->size) {
		char *more = arena_new(w->arena, 2 * (w->n + n) + 256, 1);

		if (w->n)
			memcpy(more, w->at, w->n);
		w->size = 2 * (w->n + n) + 256;
		w->at = more;
	}
	memcpy(w->at + w->n, bytes, n);
	w->n += n;
}

static bool is_mark(char c)
{
	return (unsigned char)c < ' ';
}

/* Spaces beside a mark fall away; an empty paragraph is none. */
static void mark(struct walk *w, char c)
{
	w->space = false;
	if (c == PARAGRAPH && (w->n == 0 || w->at[w->n - 1] == PARAGRAPH ||
			       w->at[w->n - 1] == CELL || w->at[w->n - 1] == ROW))
		return;
	put(w, &c, 1);
}

/* Length of the space at the front: ASCII or unbreakable; 0 when there is none. */
static size_t space_at(const char *s)
{
	if (*s == ' ' || (*s && strchr("\t\r\n", *s)))
		return 1;
	return s[0] == '\xC2' && s[1] == '\xA0' ? 2 : 0;
}

static bool soft_hyphen(const char *s)
{
	return s[0] == '\xC2' && s[1] == '\xAD';
}

/* Without xml:space="preserve" Word drops the spaces at both ends. */
static void letters(struct walk *w, const char *s, bool keep)
{
	if (!keep)
		while (*s && strchr(" \t\r\n", *s))
			s++;
	for (size_t n; *s; s += n) {
		if ((n = space_at(s)) > 0) {
			w->space = w->space || keep || s[strspn(s, " \t\r\n")];
			continue;
		}
		if (soft_hyphen(s)) {
			n = 2;
			continue;
		}
		if (w->space && w->n && !is_mark(w->at[w->n - 1]))
			put(w, " ", 1);
		w->space = false;
		put(w, s, n = 1);
	}
}

static void take_text(struct walk *w, const xmlNode *node)
{
	xmlChar *content = xmlNodeGetContent(node);
	const char *space =
		docx_get(w->arena, node, "http://www.w3.org/XML/1998/namespace", "space");

	if (content)
		letters(w, (const char *)content, space && strcmp(space, "preserve") == 0);
	xmlFree(content);
}

static void take_field(struct walk *w, const xmlNode *node)
{
	const char *kind = docx_get(w->arena, node, DOCX_W, "fldCharType");

	if (kind && strcmp(kind, "begin") == 0) {
		if (w->fields++ == 0)
			mark(w, FIELD);
	} else if (kind && strcmp(kind, "separate") == 0 && w->fields) {
		w->shown = w->shown ? w->shown : w->fields;
	} else if (kind && strcmp(kind, "end") == 0 && w->fields) {
		if (w->shown == w->fields)
			w->shown = 0;
		w->fields--;
	}
}

static bool one_of(const xmlNode *node, const char *const *names)
{
	while (*names && strcmp((const char *)node->name, *names) != 0)
		names++;
	return *names != NULL;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static bool tracked(const xmlNode *node)
{
	static const char *const names[] = {
		"ins",     "del",       "moveFrom",        "moveTo",           "cellIns",
		"cellDel", "cellMerge", "numberingChange", "commentReference", "commentRangeStart",
		NULL};

	return one_of(node, names) || ends_with((const char *)node->name, "PrChange");
}

/* Is what stands within an element of Word's no text? */
static bool silent(const xmlNode *node)
{
	static const char *const names[] = {"del",     "moveFrom", "instrText",
					    "fldData", "tblGrid",  NULL};

	return one_of(node, names) || ends_with((const char *)node->name, "Pr");
}

/* Ends of paragraphs, cells and rows come behind what they hold. */
static void leave(struct walk *w, const xmlNode *node)
{
	if (docx_is(node, DOCX_W, "p"))
		mark(w, PARAGRAPH);
	else if (docx_is(node, DOCX_W, "tc"))
		mark(w, CELL);
	else if (docx_is(node, DOCX_W, "tr"))
		mark(w, ROW);
}

/* An element that stands for a sign; in a field's result it is the field's. */
static void sign(struct walk *w, const xmlNode *node)
{
	static const struct {
		const char *name;
		char mark;
	} signs[] = {{"tab", TAB},
		     {"ptab", TAB},
		     {"br", BREAK},
		     {"cr", BREAK},
		     {"drawing", PICTURE},
		     {"pict", PICTURE},
		     {"object", PICTURE},
		     {"footnoteReference", NOTE},
		     {"endnoteReference", NOTE}};
	const char *type =
		docx_is(node, DOCX_W, "br") ? docx_get(w->arena, node, DOCX_W, "type") : NULL;

	if (type && strcmp(type, "textWrapping") != 0)
		return; /* of a page or column: LibreOffice adds such */
	if (docx_is(node, DOCX_W, "noBreakHyphen"))
		letters(w, "\xE2\x80\x91", true);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (docx_is(node, DOCX_W, signs[i].name))
			mark(w, signs[i].mark);
}

/* Takes what an element says; true when what it holds is to be read, too. */
static bool enter(struct walk *w, const xmlNode *node)
{
	if (docx_is(node, DOCX_MC, "Fallback"))
		return false;
	if (docx_is(node, DOCX_M, "t") && !w->shown)
		take_text(w, node);
	if (!node->ns || !xmlStrEqual(node->ns->href, (const xmlChar *)DOCX_W))
		return true;
	if (docx_is(node, DOCX_W, "fldChar"))
		take_field(w, node);
	if (docx_is(node, DOCX_W, "fldSimple")) {
		if (w->fields == 0)
			mark(w, FIELD);
		return false;
	}
	if (silent(node))
		return false;
	if (w->shown)
		return true; /* only the field's end counts */
	if (docx_is(node, DOCX_W, "t"))
		take_text(w, node);
	sign(w, node);
	return !docx_is(node, DOCX_W, "drawing") && !docx_is(node, DOCX_W, "pict") &&
	       !docx_is(node, DOCX_W, "object");
}

/* From a node to its sibling `last`. Depth is libxml2's limit, 256. */
static void read(struct walk *w, const xmlNode *node, const xmlNode *last)
{
	for (; node; node = node == last ? NULL : node->next) {
		if (node->type != XML_ELEMENT_NODE || !enter(w, node))
			continue;
		read(w, node->children, NULL);
		leave(w, node);
	}
}

static bool has_pending(xmlNode *top)
{
	for (xmlNode *node = docx_next(top, top); node; node = docx_next(top, node))
		if (node->ns && xmlStrEqual(node->ns->href, (const xmlChar *)DOCX_W) &&
		    tracked(node))
			return true;
	return false;
}

void docx_words(struct arena *a, xmlNode *first, const xmlNode *last, struct docx_words *out)
{
	struct walk w = {.arena = a};

	read(&w, first, last);
	out->text = text_nfc(a, (struct text){w.n ? w.at : "", w.n});
	out->pending = false;
	for (xmlNode *node = first; node; node = node == last ? NULL : node->next)
		out->pending =
			out->pending || (node->type == XML_ELEMENT_NODE && has_pending(node));
	snprintf(out->print, sizeof out->print, "%.16s", digest_bytes(a, out->text).at);
}

/* ---- telling two texts apart ------------------------------------------------------------------
 */

#define SHOWN 40 /* characters */

static bool inside(char c) /* a letter of UTF-8 */
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* From the start of the word that holds `at`, a few words, in one line. */
static struct text around(struct arena *a, struct text s, size_t at)
{
	size_t from = at < s.n ? at : s.n, to, shown = 0;

	while (from > 0 && at - from < SHOWN && s.at[from - 1] != ' ' && !is_mark(s.at[from - 1]))
		from--;
	while (from < s.n && inside(s.at[from]))
		from++;
	for (to = from; to < s.n && shown < SHOWN; to++)
		shown += inside(s.at[to]) ? 0 : 1;
	while (to < s.n && inside(s.at[to]))
		to++;
	return span_trim(text_visible(a, (struct text){s.at + from, to - from}));
}

void docx_differ(struct arena *arena, struct text a, struct text b, struct text *in_a,
		 struct text *in_b)
{
	size_t n = 0;

	while (n < a.n && n < b.n && a.at[n] == b.at[n])
		n++;
	*in_a = around(arena, a, n);
	*in_b = around(arena, b, n);
}
