#include "output/measures.h"

#include "base/csvout.h"
#include "base/number.h"

#include <cjson/cJSON.h>
#include <math.h>

#define COLUMNS 7

static const char *const names[COLUMNS] = {"year",  "section", "column", "province",
					   "level", "measure", "value"};

static struct measures_row *add(struct measures *m)
{
	m->at = arena_grow(m->arena, m->at, m->n, sizeof *m->at);
	return &m->at[m->n++];
}

void measures_number(struct measures *m, const char *section, struct measures_of of,
		     const char *name, double value)
{
	*add(m) = (struct measures_row){m->year, section, name, of, value, {"", 0}};
}

void measures_word(struct measures *m, const char *section, struct measures_of of, const char *name,
		   struct text word)
{
	*add(m) = (struct measures_row){m->year, section, name, of, NAN, word};
}

/* The fields of a row, in the order of `names`. */
static void fields_of(struct arena *a, const struct measures_row *x, struct text *out)
{
	out[0] = x->year ? arena_format(a, "%ld", x->year) : span_of("");
	out[1] = span_of(x->section);
	out[2] = x->of.column;
	out[3] = x->of.province;
	out[4] = x->of.level;
	out[5] = span_of(x->name);
	out[6] = x->word.n ? x->word : number_exact(a, x->value);
}

static bool fits_tsv(struct text s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r')
			return false;
	return true;
}

static bool lines(const struct measures *m, bool tsv, FILE *out, struct diag *why)
{
	struct text field[COLUMNS];

	for (size_t i = 0; i <= m->n; i++) {
		for (size_t c = 0; c < COLUMNS && i == 0; c++)
			field[c] = span_of(names[c]);
		if (i)
			fields_of(m->arena, &m->at[i - 1], field);
		for (size_t c = 0; c < COLUMNS; c++) {
			struct text s = tsv ? field[c] : csvout_quoted(m->arena, field[c]);

			if (tsv && !fits_tsv(s))
				return diag_fail(why, DIAG_DATA,
						 "a tab or line break inside \"%.*s\" cannot be "
						 "written as TSV",
						 SPAN_ARG(s));
			fprintf(out, "%s%.*s", c == 0 ? "" : tsv ? "\t" : ",", SPAN_ARG(s));
		}
		fputc('\n', out);
	}
	return true;
}

static bool json(const struct measures *m, FILE *out, struct diag *why)
{
	cJSON *array = cJSON_CreateArray();
	char *text = NULL;

	for (size_t i = 0; i < m->n && array; i++) {
		cJSON *object = cJSON_CreateObject();
		struct text field[COLUMNS];

		fields_of(m->arena, &m->at[i], field);
		for (size_t c = 0; c < COLUMNS && object; c++) {
			bool number = c == 0 || (c == COLUMNS - 1 && m->at[i].word.n == 0);
			const char *s = arena_string(m->arena, field[c]);

			if (number && field[c].n == 0)
				cJSON_AddNullToObject(object, names[c]);
			else if (number)
				cJSON_AddRawToObject(object, names[c], s);
			else
				cJSON_AddStringToObject(object, names[c], s);
		}
		cJSON_AddItemToArray(array, object);
	}
	if (array)
		text = cJSON_Print(array);
	if (text)
		fprintf(out, "%s\n", text);
	cJSON_Delete(array);
	cJSON_free(text);
	return text || diag_fail(why, DIAG_FAILED, "not enough memory to write JSON");
}

bool measures_write(const struct measures *m, enum export_format format, FILE *out,
		    struct diag *why)
{
	if (format == EXPORT_JSON)
		return json(m, out, why);
	return lines(m, format == EXPORT_TSV, out, why);
}
