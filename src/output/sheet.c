#include "output/sheet.h"

#include "base/mark.h"
#include "base/text.h"

#include <assert.h>
#include <string.h>

void sheet_column(struct sheet *s, struct text head, bool right)
{
	assert(s->columns < SHEET_COLUMNS && s->rows == 0);
	s->head[s->columns] = head;
	s->right[s->columns++] = right;
}

struct text *sheet_row(struct sheet *s)
{
	if (s->rows == s->room) {
		size_t room = s->room ? 2 * s->room : 16;
		struct text *cell = arena_new(s->arena, room * s->columns, sizeof *cell);

		if (s->rows)
			memcpy(cell, s->cell, s->rows * s->columns * sizeof *cell);
		s->cell = cell;
		s->room = room;
	}
	return &s->cell[s->columns * s->rows++];
}

static size_t width_of(const struct sheet *s, size_t column)
{
	size_t width = text_columns(text_visible(s->arena, s->head[column]));

	for (size_t r = 0; r < s->rows; r++) {
		size_t n = text_columns(text_visible(s->arena, s->cell[r * s->columns + column]));

		width = n > width ? n : width;
	}
	return width;
}

static void pad(FILE *out, size_t n, char with)
{
	while (n--)
		fputc(with, out);
}

static void print_line(const struct sheet *s, const struct text *cell, const size_t *width,
		       FILE *out)
{
	size_t columns = s->columns;

	while (columns && cell[columns - 1].n == 0) /* no blanks at the end of a line */
		columns--;
	for (size_t c = 0; c < columns; c++) {
		struct text words = text_visible(s->arena, cell[c]);
		size_t gap = width[c] - text_columns(words);

		pad(out, (c ? 2 : 0) + (s->right[c] ? gap : 0), ' ');
		fwrite(words.at, 1, words.n, out);
		pad(out, s->right[c] || c + 1 == columns ? 0 : gap, ' ');
	}
	fputc('\n', out);
}

void sheet_print(const struct sheet *s, FILE *out)
{
	size_t width[SHEET_COLUMNS] = {0}, total = 0;

	for (size_t c = 0; c < s->columns; c++) {
		width[c] = width_of(s, c);
		total += width[c] + (c ? 2 : 0);
	}
	print_line(s, s->head, width, out);
	pad(out, total, '-');
	fputc('\n', out);
	for (size_t r = 0; r < s->rows; r++)
		print_line(s, &s->cell[r * s->columns], width, out);
}

/* Where a list marker such as "1." or "a)" would end, if the text began with one; else the length.
 */
static size_t marker_end(struct text s)
{
	size_t i = 0, mark, number;

	for (;; i += mark) { /* marks will be gone */
		while (i < s.n &&
		       ((s.at[i] >= '0' && s.at[i] <= '9') || (s.at[i] >= 'a' && s.at[i] <= 'z') ||
			(s.at[i] >= 'A' && s.at[i] <= 'Z')))
			i++;
		if (mark_at(s, i, &mark, &number) == MARK_NONE)
			break;
	}
	bool ends = i + 1 >= s.n || s.at[i + 1] == ' '; /* "1.5" is no marker */

	return i < s.n && (s.at[i] == '.' || s.at[i] == ')') && ends ? i : s.n;
}

/* U+FFFE and U+FFFF, which no XML may hold. */
static bool is_no_character(struct text s, size_t i)
{
	return i + 3 <= s.n && (memcmp(s.at + i, "\xEF\xBF\xBE", 3) == 0 ||
				memcmp(s.at + i, "\xEF\xBF\xBF", 3) == 0);
}

struct text markdown_text(struct arena *a, struct text words)
{
	struct text s = text_visible(a, words);
	char *out = arena_new(a, 2 * s.n + 1, 1);
	size_t n = 0, marker = marker_end(s);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i], before = i ? s.at[i - 1] : '\0';

		if (is_no_character(s, i)) {
			memcpy(out + n, "\xEF\xBF\xBD", 3); /* U+FFFD, as in pictures */
			n += 3;
			i += 2;
			continue;
		}
		bool starts = i == 0 && strchr("-(:=%", c),
		     doubled = strchr("-.", c) && before == c;

		if (starts || doubled || i == marker || strchr("\\`*_{}[]<>#|$^~@&'\"!+", c))
			out[n++] = '\\';
		out[n++] = c;
	}
	return (struct text){out, n};
}

struct text markdown_yaml(struct arena *a, struct text s)
{
	struct text content = markdown_text(a, s);
	char *out = arena_new(a, 2 * content.n + 3, 1);
	size_t n = 0;

	out[n++] = '\'';
	for (size_t i = 0; i < content.n; i++) {
		if (content.at[i] == '\'')
			out[n++] = '\'';
		out[n++] = content.at[i];
	}
	out[n++] = '\'';
	return (struct text){out, n};
}

static void markdown_line(const struct sheet *s, const struct text *cell, bool bold, FILE *out)
{
	for (size_t c = 0; c < s->columns; c++) {
		struct text t = markdown_text(s->arena, cell[c]);
		const char *mark = bold && t.n ? "**" : "";

		fprintf(out, "| %s%.*s%s ", mark, SPAN_ARG(t), mark);
	}
	fputs("|\n", out);
}

void sheet_markdown(const struct sheet *s, FILE *out)
{
	markdown_line(s, s->head, false, out);
	for (size_t c = 0; c < s->columns; c++)
		fputs(s->right[c] ? "|---:" : "|:---", out);
	fputs("|\n", out);
	for (size_t r = 0; r < s->rows; r++)
		markdown_line(s, &s->cell[r * s->columns], s->bold == r + 1, out);
}
