#include "output/fields.h"

#include "base/csvout.h"
#include "base/number.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>

bool fields_format_find(const char *name, enum fields_format *out)
{
	static const char *const names[] = {
		[FIELDS_CSV] = "csv", [FIELDS_TSV] = "tsv", [FIELDS_JSON] = "json"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0) {
			*out = (enum fields_format)i;
			return true;
		}
	return false;
}

/* ---- lines --------------------------------------------------------------------------------- */

static char *room_for(struct fields *f, size_t n)
{
	if (f->room - f->n < n) {
		char *larger = arena_new(&f->arena, 2 * f->room + n, 1);

		if (f->n)
			memcpy(larger, f->bytes, f->n);
		f->bytes = larger;
		f->room = 2 * f->room + n;
	}
	return f->bytes + f->n;
}

/* Room for n bytes of a field, behind what parts it from the one before. */
static char *part(struct fields *f, size_t n)
{
	char *to = room_for(f, n + 1);

	if (f->begun) {
		*to++ = f->format == FIELDS_TSV ? '\t' : ',';
		f->n++;
	}
	f->begun = true;
	return to;
}

static void put_text(struct fields *f, struct text s)
{
	char *to;

	if (!f->formula.at && csvout_is_formula(s))
		f->formula = s;
	if (f->format == FIELDS_CSV)
		s = csvout_quoted(&f->arena, s);
	for (size_t i = 0; f->format == FIELDS_TSV && i < s.n && !f->bad.at; i++)
		if (s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r')
			f->bad = s;
	to = part(f, s.n);
	if (s.n)
		memcpy(to, s.at, s.n);
	f->n += s.n;
}

/* ---- JSON ---------------------------------------------------------------------------------- */

/* libcJSON without memory ends the program (memfile), so nothing is NULL that it makes. */
static cJSON *row_of(struct fields *f)
{
	if (!f->row)
		f->row = cJSON_CreateObject();
	return f->row;
}

static bool write_json(struct fields *f, FILE *out, struct diag *why)
{
	char *text;

	if (!f->rows)
		f->rows = cJSON_CreateArray();
	text = cJSON_Print(f->rows);
	if (text)
		fprintf(out, "%s\n", text);
	cJSON_free(text);
	return text || diag_fail(why, DIAG_FAILED, "not enough memory to write JSON");
}

/* ---- both ---------------------------------------------------------------------------------- */

void fields_head(struct fields *f, const char *name)
{
	if (f->format != FIELDS_JSON)
		put_text(f, span_of(name));
}

void fields_text(struct fields *f, const char *name, struct text s)
{
	if (f->format == FIELDS_JSON)
		cJSON_AddStringToObject(row_of(f), name, arena_string(&f->arena, s));
	else
		put_text(f, s);
}

void fields_number(struct fields *f, const char *name, double value)
{
	char s[NUMBER_BYTES];

	if (f->format != FIELDS_JSON) {
		f->n += number_put(value, part(f, NUMBER_BYTES)).n;
	} else if (isnan(value))
		cJSON_AddNullToObject(row_of(f), name);
	else
		cJSON_AddRawToObject(row_of(f), name, number_put(value, s).at);
}

void fields_row(struct fields *f)
{
	if (f->format != FIELDS_JSON) {
		*room_for(f, 1) = '\n';
		f->n++;
		f->begun = false;
	} else if (f->row) {
		if (!f->rows)
			f->rows = cJSON_CreateArray();
		cJSON_AddItemToArray(f->rows, f->row);
		f->row = NULL;
	}
}

bool fields_write(struct fields *f, FILE *out, bool *told, struct diag *why)
{
	if (f->bad.at)
		return diag_fail(why, DIAG_DATA,
				 "a tab or line break inside \"%.*s\" cannot be written as TSV",
				 SPAN_ARG(f->bad));
	if (f->format == FIELDS_JSON)
		return write_json(f, out, why);
	if (f->formula.at && !*told) {
		diag_note(
			why, NULL,
			"\"%.*s\" is written as it is; a spreadsheet that opens this output would "
			"take it for a formula",
			SPAN_ARG(f->formula));
		*told = true;
	}
	fwrite(f->bytes, 1, f->n, out);
	f->n = 0;
	return true;
}

void fields_close(struct fields *f)
{
	cJSON_Delete(f->rows);
	cJSON_Delete(f->row);
	arena_release(&f->arena);
}
