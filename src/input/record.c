#include "input/record.h"

#include <string.h>

/* Takes one cell off the rest: how many bytes, its delimiter not among them; SPAN_NOWHERE when the
 * text ends inside its quotes. */
static size_t take_cell(struct records *r, struct text *out)
{
	const char *s = r->rest.at;
	size_t n = r->rest.n, i = 0;
	bool formula = n > 1 && s[0] == '=' && s[1] == '"';

	if (!formula && !(n && *s == '"')) {
		while (i < n && s[i] != r->delimiter && s[i] != '\n' && s[i] != '\r') {
			r->odd = r->odd || s[i] == '"';
			i++;
		}
		*out = (struct text){s, i};
		return i;
	}
	for (i = 1u + formula; i < n; i++) {
		r->line += s[i] == (r->returns ? '\r' : '\n');
		if (s[i] == '"' && i + 1 < n && s[i + 1] == '"')
			i++;
		else if (s[i] == '"')
			break;
	}
	if (i == n)
		return SPAN_NOWHERE;
	*out = formula ? (struct text){s, i + 1} : (struct text){s + 1, i - 1};
	i++;
	r->odd = r->odd || (i < n && s[i] != r->delimiter && s[i] != '\n' && s[i] != '\r');
	return i;
}

/* Past a line end; false when there is none. */
static bool take_end(struct records *r)
{
	const char *s = r->rest.at;
	size_t n = r->rest.n, k;

	if (!n || (*s != '\n' && *s != '\r'))
		return false;
	k = n > 1 && s[0] == '\r' && s[1] == '\n' ? 2 : 1;
	r->rest = (struct text){s + k, n - k};
	r->line += r->returns || s[k - 1] == '\n';
	return true;
}

/* False when the text ends inside the record and not with the file. */
static bool take_cells(struct records *r)
{
	const char *start = r->rest.at;

	r->n = r->filled = 0;
	r->odd = false;
	for (;;) {
		struct text cell;
		size_t begin = (size_t)(r->rest.at - start), k = take_cell(r, &cell);

		if (k == SPAN_NOWHERE)
			return false;
		if (r->n < RECORD_CELLS) {
			r->cell[r->n] = cell;
			r->column[r->n] = begin;
		}
		r->n++;
		r->filled += span_trim(cell).n != 0;
		r->rest = (struct text){r->rest.at + k, r->rest.n - k};
		if (take_end(r))
			return true;
		if (r->rest.n == 0)
			return r->whole;
		if (*r->rest.at == r->delimiter)
			r->rest = (struct text){r->rest.at + 1, r->rest.n - 1};
	}
}

bool record_next(struct records *r)
{
	while (take_end(r)) /* blank lines */
		continue;
	r->at = r->line;
	if (r->rest.n == 0)
		return false;
	return take_cells(r);
}

struct text record_unformula(struct text cell)
{
	if (cell.n < 3 || cell.at[0] != '=' || cell.at[1] != '"' || cell.at[cell.n - 1] != '"' ||
	    memchr(cell.at + 2, '"', cell.n - 3))
		return cell;
	return (struct text){cell.at + 2, cell.n - 3};
}

bool record_is_formula(struct text cell)
{
	return record_unformula(cell).n != cell.n ||
	       (cell.n > 4 && memcmp(cell.at, "=\"\"", 3) == 0 && cell.at[cell.n - 1] == '"');
}
