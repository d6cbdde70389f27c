#include "cmd/audit_rows.h"

#include "base/digest.h"
#include "input/csvin.h"
#include "survey/catalog.h"

struct reader {
	struct arena *arena;
	struct text number;
	bool header;
	size_t column[AUDIT__COUNT]; /* where it stands in the file */
	struct audit_rows *out;
};

/* ---- matching ------------------------------------------------------------------------------ */

static char sign_of(struct text *s)
{
	static const char minus[] = "\xE2\x88\x92"; /* U+2212 */
	char sign = 0;

	if (span_starts(*s, minus)) {
		*s = (struct text){s->at + 3, s->n - 3};
		return '-';
	}
	if (s->n && (*s->at == '-' || *s->at == '+')) {
		sign = *s->at;
		*s = (struct text){s->at + 1, s->n - 1};
	}
	return sign;
}

static char swapped(char c)
{
	return c == ',' ? '.' : c == '.' ? ',' : c;
}

static bool same_digits(struct text a, struct text b, bool swap)
{
	if (a.n != b.n || a.n == 0)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (a.at[i] != (swap ? swapped(b.at[i]) : b.at[i]))
			return false;
	return true;
}

static bool is_number(struct text printed, struct text asked)
{
	char sign = sign_of(&asked), own = sign_of(&printed);

	return (!sign || sign == own) &&
	       (same_digits(printed, asked, false) || same_digits(printed, asked, true));
}

/* ---- reading ------------------------------------------------------------------------------- */

static bool take_header(struct reader *r, const struct csvin_row *row, struct diag *why)
{
	for (size_t c = 0; c < AUDIT__COUNT; c++) {
		size_t i = 0;

		while (i < row->fields && !span_is(row->field[i], audit_columns[c]))
			i++;
		if (i == row->fields) {
			diag_fail(why, DIAG_DATA, "%s is no audit: it has no column \"%s\"",
				  row->file, audit_columns[c]);
			return diag_hint(why, "hailong report --audit FILE writes one");
		}
		r->column[c] = i;
	}
	r->header = true;
	return true;
}

static bool take_row(void *context, const struct csvin_row *row, struct diag *why)
{
	struct reader *r = context;
	struct audit_rows *out = r->out;
	struct audit_row *to;

	if (!r->header)
		return take_header(r, row, why);
	if (!is_number(row->field[r->column[AUDIT_TEXT]], r->number))
		return true;
	out->at = arena_grow(r->arena, out->at, out->n, sizeof *out->at);
	to = &out->at[out->n++];
	for (size_t c = 0; c < AUDIT__COUNT; c++)
		to->cell[c] = arena_text(r->arena, row->field[r->column[c]]);
	return true;
}

bool audit_rows_read(struct arena *a, const char *file, struct text csv, struct text number,
		     struct audit_rows *out, struct diag *why)
{
	struct reader r = {.arena = a, .number = number, .out = out};

	*out = (struct audit_rows){0};
	return csvin_bytes(file, csv, take_row, &r, why);
}

enum audit_state audit_file_state(struct arena *a, const char *share, struct text file,
				  struct text sha256)
{
	const char *path = arena_string(a, file);
	const char *const paths[] = {catalog_path(a, share, path), path};
	enum audit_state state = AUDIT_GONE;

	for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
		struct diag ignored = {0};
		struct text now;

		if (!catalog_is_file(paths[i]) || !digest_file(a, paths[i], &now, &ignored))
			continue;
		if (span_equal(now, sha256))
			return AUDIT_SAME;
		state = AUDIT_CHANGED;
	}
	return state;
}
