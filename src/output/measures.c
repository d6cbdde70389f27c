#include "output/measures.h"

#include <math.h>

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

static void put(struct fields *f, const struct measures_row *x)
{
	fields_number(f, "year", x->year ? (double)x->year : NAN);
	fields_text(f, "section", span_of(x->section));
	fields_text(f, "column", x->of.column);
	fields_text(f, "province", x->of.province);
	fields_text(f, "level", x->of.level);
	fields_text(f, "measure", span_of(x->name));
	if (x->word.n)
		fields_text(f, "value", x->word);
	else
		fields_number(f, "value", x->value);
	fields_row(f);
}

bool measures_write(const struct measures *m, enum fields_format format, FILE *out,
		    struct diag *why)
{
	static const char *const names[] = {"year",  "section", "column", "province",
					    "level", "measure", "value"};
	struct fields f = {.format = format};
	bool told = false, ok;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		fields_head(&f, names[i]);
	fields_row(&f);
	for (size_t i = 0; i < m->n; i++)
		put(&f, &m->at[i]);
	ok = fields_write(&f, out, &told, why);
	fields_close(&f);
	return ok;
}
