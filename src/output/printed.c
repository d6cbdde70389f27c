#include "output/printed.h"

#include "base/mark.h"

#include <string.h>

#define MOST_COLUMNS 64
#define MOST_FENCES 16
#define LEVELS 6
#define LONGEST_PIECE 64 /* bytes of a marked number */

/* A marked number in the document without marks. */
struct region {
	size_t begin, end, entry;
};

struct reader {
	struct arena *arena;
	struct text page; /* without marks */
	struct region *region;
	size_t regions, next; /* next: the first that was not passed */
	struct printed_list *out;
	struct printed here;                /* what the next number takes over */
	struct text above[LEVELS], heading; /* headings above, and all of them together */
	size_t paragraph, tables, figures;
	struct text table_word, figure_word, last_name, last_id;
	bool front, in_table;
	size_t table_first; /* its first number */
	struct text head[MOST_COLUMNS];
	size_t table_lines;
	bool note[MOST_FENCES];
	size_t fences;
};

/* ---- marks --------------------------------------------------------------------------------- */

static struct text slice(struct text s, size_t begin, size_t end)
{
	return (struct text){s.at + begin, end - begin};
}

static bool is_escape(struct text s, size_t i)
{
	return s.at[i] == '\\' && i + 1 < s.n && s.at[i + 1] > ' ' && s.at[i + 1] < 127;
}

static bool says(struct text piece, struct text shown)
{
	size_t k = 0;

	for (size_t i = 0; i < piece.n; i++) {
		if (is_escape(piece, i))
			i++;
		if (k == shown.n || shown.at[k++] != piece.at[i])
			return false;
	}
	return k == shown.n;
}

/* The piece of a mark that opens at i, when it holds what the ledger knows. */
static bool known_piece(const struct ledger *l, struct text s, size_t i, size_t *entry,
			struct text *piece)
{
	size_t bytes, number, end;

	if (mark_at(s, i, &bytes, entry) != MARK_OPEN || *entry >= l->n)
		return false;
	for (end = i + bytes; end < s.n && end < i + bytes + LONGEST_PIECE; end++) {
		size_t close;

		if (mark_at(s, end, &close, &number) != MARK_CLOSE)
			continue;
		*piece = slice(s, i + bytes, end);
		return says(*piece, l->at[*entry].shown);
	}
	return false;
}

static void take_marks(struct reader *r, const struct ledger *l, struct text marked)
{
	char *to = arena_new(r->arena, marked.n + 1, 1);
	size_t n = 0, i = 0, entry;
	struct text piece;

	while (i < marked.n) {
		const char *next = memchr(marked.at + i, 0xF3, marked.n - i);
		size_t plain = next ? (size_t)(next - marked.at) - i : marked.n - i;

		memcpy(to + n, marked.at + i, plain);
		n += plain;
		i += plain;
		if (i == marked.n)
			break;
		if (!known_piece(l, marked, i, &entry, &piece)) {
			to[n++] = marked.at[i++];
			continue;
		}
		r->region = arena_grow(r->arena, r->region, r->regions, sizeof *r->region);
		r->region[r->regions++] = (struct region){n, n + piece.n, entry};
		memcpy(to + n, piece.at, piece.n);
		n += piece.n;
		i = (size_t)(piece.at + piece.n - marked.at) + 4;
	}
	r->page = (struct text){to, n};
}

/* ---- words as people read them ------------------------------------------------------------- */

/* A part of the plain words: a marked number, or the words of a link. */
struct part {
	size_t begin, end, entry;
	struct text target;
};

struct plain {
	char *at;
	size_t n, parts, links;
	struct part *part, *link;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The end of a run of digits from i on. */
static size_t number_end(struct text s, size_t i)
{
	while (i < s.n && is_digit(s.at[i]))
		i += i + 2 < s.n && (s.at[i + 1] == '.' || s.at[i + 1] == ',') &&
				     is_digit(s.at[i + 2])
			     ? 2
			     : 1;
	return i;
}

static void add(struct reader *r, struct text words, size_t begin, size_t end, size_t entry)
{
	struct printed_list *out = r->out;

	out->at = arena_grow(r->arena, out->at, out->n, sizeof *out->at);
	out->at[out->n] = r->here;
	out->at[out->n].text = slice(words, begin, end);
	out->at[out->n].entry = entry;
	out->at[out->n].words = words;
	out->at[out->n++].at = begin;
}

/* Where the number begins whose digits begin at i: a plus or minus (U+2212) before it is its sign
 * when nothing stands before that. */
static size_t with_sign(struct text s, size_t i)
{
	size_t sign = 0;

	if (i >= 1 && s.at[i - 1] == '+')
		sign = 1;
	if (i >= 3 && memcmp(s.at + i - 3, "\xE2\x88\x92", 3) == 0)
		sign = 3;
	return sign && (i == sign || s.at[i - sign - 1] == ' ' || s.at[i - sign - 1] == '(')
		       ? i - sign
		       : i;
}

/* Is the number the words of a reference to a figure or table? */
static bool in_link(const struct plain *p, size_t at, struct text *target)
{
	for (size_t i = 0; i < p->links; i++)
		if (at >= p->link[i].begin && at < p->link[i].end) {
			*target = p->link[i].target;
			return true;
		}
	return false;
}

static void add_numbers(struct reader *r, const struct plain *p)
{
	struct text words = {p->at, p->n}, id = r->here.id;
	size_t k = 0;

	for (size_t i = 0; i < words.n;) {
		size_t limit = k < p->parts ? p->part[k].begin : words.n, end;

		if (i == limit && k < p->parts) {
			add(r, words, i, p->part[k].end, p->part[k].entry);
			i = p->part[k++].end;
			continue;
		}
		end = number_end((struct text){words.at, limit}, i);
		if (end == i) {
			i++;
			continue;
		}
		bool heading = r->here.in == PRINTED_HEADING && i == 0;

		r->here.label = in_link(p, i, &r->here.id) || heading;
		add(r, words, with_sign(words, i), end, PRINTED_UNMARKED);
		r->here.label = false;
		r->here.id = id;
		i = end;
	}
}

/* Behind a link's words: "](#tbl:x)"; its end, 0 when there is none. */
static size_t link_end(struct text s, size_t i, struct text *target)
{
	const char *close;

	if (i + 1 >= s.n || s.at[i] != ']' || s.at[i + 1] != '(')
		return 0;
	close = memchr(s.at + i, ')', s.n - i);
	if (!close)
		return 0;
	*target = slice(s, i + 2, (size_t)(close - s.at));
	if (target->n && target->at[0] == '#')
		*target = slice(*target, 1, target->n);
	return (size_t)(close - s.at) + 1;
}

/* Marked numbers that begin, or end, at byte i of the page. */
static void meet_regions(struct reader *r, size_t i, struct plain *p)
{
	while (r->next < r->regions && r->region[r->next].end < i)
		r->next++;
	if (r->next == r->regions)
		return;
	if (r->region[r->next].end == i && p->parts && p->part[p->parts - 1].end == 0) {
		p->part[p->parts - 1].end = p->n;
		r->next++;
	}
	if (r->next < r->regions && r->region[r->next].begin == i)
		p->part[p->parts++] = (struct part){p->n, 0, r->region[r->next].entry, {"", 0}};
}

/* The page from begin to end without its markup; its numbers are listed. */
static struct text scan(struct reader *r, size_t begin, size_t end)
{
	struct text s = {r->page.at, end}, target;
	size_t room = (end - begin) / 2 + 1;
	struct plain p = {.at = arena_new(r->arena, end - begin + 1, 1),
			  .part = arena_new(r->arena, room, sizeof *p.part),
			  .link = arena_new(r->arena, room, sizeof *p.link)};
	size_t open = 0, past;

	for (size_t i = begin; i < end;) {
		meet_regions(r, i, &p);
		if (is_escape(s, i)) {
			p.at[p.n++] = s.at[i + 1];
			i += 2;
		} else if (s.at[i] == '[') {
			open = p.n;
			i++;
		} else if ((past = link_end(s, i, &target)) != 0) {
			p.link[p.links++] = (struct part){open, p.n, 0, target};
			i = past;
		} else {
			if (s.at[i] != '*')
				p.at[p.n++] = s.at[i];
			i++;
		}
	}
	meet_regions(r, end, &p);
	add_numbers(r, &p);
	return (struct text){p.at, p.n};
}

/* ---- lines --------------------------------------------------------------------------------- */

/* The first of these two characters behind begin that is not escaped; end when there is none. */
static size_t find(const struct reader *r, size_t begin, size_t end, const char *two)
{
	for (size_t i = begin; i + 1 < end; i++) {
		if (r->page.at[i] == '\\')
			i++;
		else if (r->page.at[i] == two[0] && r->page.at[i + 1] == two[1])
			return i;
	}
	return end;
}

static void start(struct reader *r, enum printed_in in)
{
	r->here = (struct printed){.in = in, .section = r->heading, .paragraph = r->paragraph};
}

/* The number that its label has in the document: "Bảng 3". */
static void name_it(struct reader *r, struct text word, size_t number)
{
	struct text digits = arena_format(r->arena, "%zu", number);

	r->here.name = arena_format(r->arena, "%.*s %zu", SPAN_ARG(word), number);
	r->here.paragraph = 0;
	r->here.label = true;
	add(r, digits, 0, digits.n, PRINTED_UNMARKED);
	r->here.label = false;
}

static void read_front(struct reader *r, struct text line, size_t begin, size_t end)
{
	const char *colon = memchr(line.at, ':', line.n);
	struct text value;

	if (!colon)
		return;
	start(r, PRINTED_META);
	r->here.section = (struct text){"", 0};
	r->here.id = (struct text){line.at, (size_t)(colon - line.at)};
	if (span_is(r->here.id, "template")) /* the name of a form: nobody reads it */
		return;
	value = span_trim(scan(r, begin + r->here.id.n + 1, end));
	if (span_is(r->here.id, "label_table"))
		r->table_word = value;
	if (span_is(r->here.id, "label_figure"))
		r->figure_word = value;
}

static void read_heading(struct reader *r, size_t begin, size_t end)
{
	size_t attributes = find(r, begin, end, " {"), depth = 0, first = r->out->n;

	while (begin + depth < end && r->page.at[begin + depth] == '#')
		depth++;
	r->paragraph = 0;
	start(r, PRINTED_HEADING);
	if (begin + depth < attributes && r->page.at[begin + depth] == ' ')
		begin++;
	r->above[depth < LEVELS ? depth - 1 : LEVELS - 1] =
		span_trim(scan(r, begin + depth, attributes));
	r->heading = r->above[0];
	for (size_t k = 1; k < LEVELS; k++) {
		if (k >= depth)
			r->above[k] = (struct text){"", 0};
		else
			r->heading = arena_format(r->arena, "%.*s%s%.*s", SPAN_ARG(r->heading),
						  r->heading.n ? " / " : "", SPAN_ARG(r->above[k]));
	}
	for (size_t i = first; i < r->out->n; i++)
		r->out->at[i].section = r->heading;
}

static void read_figure(struct reader *r, size_t begin, size_t end)
{
	size_t path = find(r, begin + 2, end, "]("), close = find(r, path, end, "){"),
	       id = find(r, close, end, "#f"), alt;
	struct text file = slice(r->page, path < end ? path + 2 : end, close), all = r->page;

	start(r, PRINTED_CAPTION);
	if (id < end) {
		size_t to = id;

		while (to < end && all.at[to] != ' ' && all.at[to] != '}')
			to++;
		r->here.id = slice(all, id + 1, to);
	}
	while (file.n && file.at[file.n - 1] != '.')
		file.n--;
	r->here.figure = slice(file, 0, file.n ? file.n - 1 : 0);
	name_it(r, r->figure_word, ++r->figures);
	scan(r, begin + 2, path);
	alt = find(r, id, end, "=\"");
	if (alt == end)
		return;
	r->here.in = PRINTED_ALT;
	for (close = alt + 2; close < end && all.at[close] != '"';)
		close += is_escape(all, close) ? 2 : 1;
	scan(r, alt + 2, close < end ? close : end);
}

/* The caption stands behind its table, whose numbers learn its name now. */
static void read_caption(struct reader *r, size_t begin, size_t end)
{
	size_t brace = find(r, begin, end, "{#");

	start(r, PRINTED_CAPTION);
	if (brace < end)
		r->here.id = slice(r->page, brace + 2, end - 1);
	name_it(r, r->table_word, ++r->tables);
	scan(r, begin, brace);
	r->last_name = r->here.name;
	r->last_id = r->here.id;
	for (size_t i = r->table_first; i < r->out->n; i++) {
		r->out->at[i].name = r->here.name;
		r->out->at[i].id = r->out->at[i].label ? r->out->at[i].id : r->here.id;
	}
}

static void read_cells(struct reader *r, size_t begin, size_t end)
{
	size_t first = r->out->n, column = 0;
	struct text name = {"", 0};

	for (size_t i = begin + 1; i < end && column < MOST_COLUMNS; column++) {
		size_t close = i;

		while (close < end && r->page.at[close] != '|')
			close += is_escape((struct text){r->page.at, end}, close) ? 2 : 1;
		close = close < end ? close : end;
		start(r, PRINTED_TABLE);
		r->here.paragraph = 0;
		r->here.row = name;
		r->here.column = r->table_lines ? r->head[column] : (struct text){"", 0};
		struct text words = span_trim(scan(r, i, close));

		if (r->table_lines == 0)
			r->head[column] = words;
		if (column == 0)
			name = words;
		i = close + 1;
	}
	for (size_t i = first; i < r->out->n && r->table_lines; i++)
		r->out->at[i].row = name;
}

static void read_row(struct reader *r, size_t begin, size_t end)
{
	if (!r->in_table) {
		r->table_lines = 0;
		r->table_first = r->out->n;
		memset(r->head, 0, sizeof r->head);
	}
	r->in_table = true;
	if (r->table_lines != 1) /* the line of dashes */
		read_cells(r, begin, end);
	r->table_lines++;
}

static void read_fence(struct reader *r, struct text line)
{
	bool opens = memchr(line.at, '{', line.n) != NULL;

	if (!opens && r->fences)
		r->fences--;
	else if (opens && r->fences < MOST_FENCES)
		r->note[r->fences++] = span_is(line, "::: {.note}");
}

static void read_words(struct reader *r, struct text line, size_t begin, size_t end)
{
	bool list = span_starts(line, "- "), note = r->fences && r->note[r->fences - 1];

	r->paragraph += note ? 0 : 1;
	start(r, note ? PRINTED_NOTE : list ? PRINTED_LIST : PRINTED_PARAGRAPH);
	if (note) {
		r->here.name = r->last_name;
		r->here.id = r->last_id;
		r->here.paragraph = 0;
	}
	scan(r, begin + (list ? 2 : 0), end);
}

static void read_line(struct reader *r, size_t begin, size_t end)
{
	struct text line = slice(r->page, begin, end);

	if (line.n == 0) {
		r->in_table = false;
		return;
	}
	if (span_is(line, "---") && (begin == 0 || r->front))
		r->front = begin == 0;
	else if (r->front)
		read_front(r, line, begin, end);
	else if (line.at[0] == '#' && line.n > 2)
		read_heading(r, begin, end);
	else if (line.at[0] == '|')
		read_row(r, begin, end);
	else if (span_starts(line, "Table: "))
		read_caption(r, begin + 7, end);
	else if (span_starts(line, "!["))
		read_figure(r, begin, end);
	else if (span_starts(line, ":::"))
		read_fence(r, line);
	else
		read_words(r, line, begin, end);
}

void printed_find(struct arena *a, const struct ledger *l, struct text marked, struct text *clean,
		  struct printed_list *out)
{
	struct reader r = {.arena = a, .out = out};

	*out = (struct printed_list){0};
	take_marks(&r, l, marked);
	for (size_t begin = 0; begin < r.page.n;) {
		const char *line = memchr(r.page.at + begin, '\n', r.page.n - begin);
		size_t end = line ? (size_t)(line - r.page.at) : r.page.n;

		read_line(&r, begin, end);
		begin = end + 1;
	}
	*clean = r.page;
}
