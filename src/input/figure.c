#include "input/figure.h"

#include <string.h>

/* ---- one cell ------------------------------------------------------------------------------ */

/* The parts of a figure. */
struct shape {
	size_t points, commas, spaces;
	size_t head;   /* digits before the first mark */
	size_t tail;   /* behind the last one */
	char last;     /* that mark; '\0' */
	bool grouped;  /* between marks, and behind the last, three digits each */
	bool even;     /* the same, but for what is behind the last */
	bool zero;     /* the first digit is 0 */
	bool negative; /* or with an exponent: no code */
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Bytes of a space between thousands at `s`; 0 when there is none. */
static size_t space_at(struct text s)
{
	if (s.n >= 2 && memcmp(s.at, "\xC2\xA0", 2) == 0)
		return 2;
	return s.n >= 3 && memcmp(s.at, "\xE2\x80\xAF", 3) == 0 ? 3 : 0;
}

/* An exponent that ends the cell: E-05. */
static bool is_exponent(struct text s)
{
	size_t i = 1;

	if (s.n < 2 || (*s.at != 'e' && *s.at != 'E'))
		return false;
	if (s.at[i] == '-' || s.at[i] == '+')
		i++;
	if (i == s.n)
		return false;
	while (i < s.n && is_digit(s.at[i]))
		i++;
	return i == s.n;
}

/* One mark, of so many bytes, behind `run` digits. */
static void take_mark(struct shape *h, char mark, size_t run)
{
	bool first = h->last == '\0';

	if (first)
		h->head = run;
	else
		h->even = h->even && run == 3;
	h->points += mark == '.';
	h->commas += mark == ',';
	h->spaces += mark == ' ';
	h->last = mark;
}

/* The parts; false when the cell has anything else in it. */
static bool shape_of(struct text s, struct shape *h)
{
	size_t run = 0, i = s.n && (*s.at == '-' || *s.at == '+');

	*h = (struct shape){.even = true, .negative = i && *s.at == '-'};
	h->zero = i < s.n && s.at[i] == '0';
	while (i < s.n) {
		struct text rest = {s.at + i, s.n - i};
		size_t space = space_at(rest);

		if (is_digit(*rest.at)) {
			run++;
			i++;
			continue;
		}
		if (run && h->last && is_exponent(rest)) {
			h->negative = true;
			break;
		}
		if (!space && *rest.at != '.' && *rest.at != ',')
			return false;
		take_mark(h, space ? ' ' : *rest.at, run);
		run = 0;
		i += space ? space : 1;
	}
	h->tail = run;
	h->grouped = h->even && run == 3;
	return h->last && h->last != ' ' ? run > 0 : h->last && h->grouped;
}

/* Three digits at most, and one, before the first mark of thousands. */
static bool begins_thousands(const struct shape *h)
{
	return h->head >= 1 && h->head <= 3 && !h->zero;
}

/* Of a figure with one kind of mark, `n` of them. */
static enum figure one_kind(const struct shape *h, size_t n, enum figure decimal,
			    enum figure thousands)
{
	if (n > 1)
		return h->grouped && begins_thousands(h) ? thousands : FIGURE_NONE;
	if (h->tail == 3 && begins_thousands(h))
		return FIGURE_EITHER;
	if (decimal == FIGURE_COMMA)
		return h->head ? FIGURE_COMMA : FIGURE_NONE;
	return h->negative || (h->zero && h->head == 1) || h->head == 0 || h->tail > 3
		       ? FIGURE_POINT
		       : FIGURE_CODE;
}

enum figure figure_look(struct text cell, bool *spaced)
{
	struct shape h;
	size_t kinds;

	*spaced = false;
	if (cell.n < 2 || cell.n > 64 || !shape_of(cell, &h))
		return FIGURE_NONE;
	kinds = (size_t)(h.points > 0) + (h.commas > 0) + (h.spaces > 0);
	*spaced = h.spaces > 0 && h.even && begins_thousands(&h);
	if (h.spaces && (!*spaced || kinds > 2 || (h.last != ' ' && h.points + h.commas > 1)))
		return *spaced = false, FIGURE_NONE;
	if (h.spaces)
		return h.last == ' ' ? FIGURE_NONE : h.last == ',' ? FIGURE_COMMA : FIGURE_POINT;
	if (kinds == 2) {
		bool once = (h.last == ',' ? h.commas : h.points) == 1;

		return !once || !h.even || !begins_thousands(&h) ? FIGURE_NONE
		       : h.last == ','                           ? FIGURE_COMMA
								 : FIGURE_POINT;
	}
	return h.points ? one_kind(&h, h.points, FIGURE_POINT, FIGURE_COMMA)
			: one_kind(&h, h.commas, FIGURE_COMMA, FIGURE_POINT);
}

/* Without thousands, with a point for the decimal mark. */
static size_t write_plain(struct text s, char decimal, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		char c = s.at[i];

		if (c == decimal)
			out[n++] = '.';
		else if (is_digit(c) || strchr("+-eE", c))
			out[n++] = c;
	}
	return n;
}

/* ---- those of a file ----------------------------------------------------------------------- */

void figures_start(struct arena *a, size_t columns, struct figures *f)
{
	f->columns = columns;
	f->mark = arena_new(a, columns, sizeof *f->mark);
	f->line = arena_new(a, columns, sizeof *f->line);
}

/* Takes the mark of a cell for its column. False when the column has the other one. */
static bool mark_column(struct figures *f, size_t column, size_t line, char mark)
{
	if (column >= f->columns)
		return true;
	if (f->mark[column])
		return f->mark[column] == mark;
	f->mark[column] = mark;
	f->line[column] = line;
	return true;
}

/* Takes a certain mark for the file. False when it has the other one, and was not given it. */
static bool mark_file(struct figures *f, size_t line, char mark)
{
	if (f->given)
		return true;
	if (!f->decimal) {
		f->decimal = mark;
		f->told_line = line;
	}
	return f->decimal == mark;
}

static char mark_of(enum figure kind)
{
	return kind == FIGURE_COMMA ? ',' : '.';
}

bool figures_learn(struct figures *f, size_t column, size_t line, struct text cell)
{
	bool spaced;
	enum figure kind = figure_look(cell, &spaced);

	if (!f->on || kind == FIGURE_NONE || kind == FIGURE_EITHER)
		return true;
	return mark_column(f, column, line, mark_of(kind)) &&
	       (kind == FIGURE_CODE || mark_file(f, line, mark_of(kind)));
}

/* A cell that may be thousands or decimals. */
static enum figure_read read_either(struct figures *f, size_t column, size_t line, struct text cell,
				    char *out, size_t *n)
{
	char written = memchr(cell.at, ',', cell.n) ? ',' : '.';
	char own = column < f->columns ? f->mark[column] : '\0';
	char decimal = f->given || !own ? f->decimal : own;

	if (!decimal)
		return FIGURE_AMBIGUOUS;
	if (!mark_column(f, column, line, decimal))
		return FIGURE_CONTRARY;
	if (written == '.' && decimal == '.')
		return FIGURE_AS_IT_IS;
	*n = write_plain(cell, decimal, out);
	return FIGURE_WRITTEN;
}

enum figure_read figures_read(struct figures *f, size_t column, size_t line, struct text cell,
			      char *out, size_t *n)
{
	bool spaced;
	enum figure kind = figure_look(cell, &spaced);
	char mark = mark_of(kind);

	if ((kind == FIGURE_NONE || !f->on) && !spaced)
		return FIGURE_AS_IT_IS;
	if (spaced && (kind == FIGURE_NONE || !f->on)) {
		*n = write_plain(cell, mark, out);
		return FIGURE_WRITTEN;
	}
	if (kind == FIGURE_EITHER)
		return read_either(f, column, line, cell, out, n);
	if (!mark_column(f, column, line, mark) ||
	    (kind != FIGURE_CODE && !mark_file(f, line, mark)))
		return FIGURE_CONTRARY;
	if (kind == FIGURE_CODE || (f->given && mark != f->decimal))
		return FIGURE_AS_IT_IS;
	*n = write_plain(cell, mark, out);
	return FIGURE_WRITTEN;
}
