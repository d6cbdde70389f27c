#include "survey/office.h"

#include "base/number.h"
#include "input/table.h"
#include "survey/catalog.h"

const char *const office_keys[OFFICE__COUNT] = {
	[OFFICE_PARENT_AGENCY] = "parent_agency",
	[OFFICE_AGENCY] = "agency",
	[OFFICE_NUMBER] = "number",
	[OFFICE_SYMBOL] = "symbol",
	[OFFICE_PLACE] = "place",
	[OFFICE_DATE] = "date",
	[OFFICE_ADDRESSEE] = "addressee",
	[OFFICE_RECIPIENT] = "recipient",
	[OFFICE_AUTHORITY] = "authority",
	[OFFICE_POSITION] = "position",
	[OFFICE_SIGNER] = "signer",
};

static bool takes_several(size_t key)
{
	return key >= OFFICE_ADDRESSEE && key <= OFFICE_AUTHORITY;
}

static bool find_key(struct arena *a, const struct table *t, size_t row, size_t column, size_t *key,
		     struct diag *why)
{
	struct text names[OFFICE__COUNT], word = table_cell(t, row, column), near;

	for (*key = 0; *key < OFFICE__COUNT; ++*key) {
		names[*key] = span_of(office_keys[*key]);
		if (span_equal(word, names[*key]))
			return true;
	}
	near = catalog_nearest(a, word, names, OFFICE__COUNT);
	diag_at(why, table_place(t, row, column), DIAG_DATA, "column \"key\": \"%.*s\" is no key",
		SPAN_ARG(word));
	if (near.n)
		return diag_hint(why, "did you mean \"%.*s\"?", SPAN_ARG(near));
	return diag_hint(why, "keys are parent_agency, agency, number, symbol, place, date, "
			      "addressee, recipient, authority, position, signer");
}

static long days_of(long year, long month)
{
	static const long days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

static bool read_date(struct office *o, struct text s, struct place where, struct diag *why)
{
	if (s.n == 10 && s.at[4] == '-' && s.at[7] == '-' &&
	    number_whole((struct text){s.at, 4}, 1900, 2999, &o->year) &&
	    number_whole((struct text){s.at + 5, 2}, 1, 12, &o->month) &&
	    number_whole((struct text){s.at + 8, 2}, 1, days_of(o->year, o->month), &o->day))
		return true;
	return diag_at(why, where, DIAG_DATA, "date \"%.*s\" is not a day written as 2024-04-05",
		       SPAN_ARG(s));
}

/* Adds the value of a row to its key. */
static bool take(struct arena *a, struct office *o, size_t key, struct text value,
		 struct place where, struct diag *why)
{
	struct office_values *v = &o->value[key];
	struct text *list = (struct text *)v->at;

	if (v->n && !takes_several(key))
		return diag_at(why, where, DIAG_DATA, "%s is given twice: \"%.*s\" and \"%.*s\"",
			       office_keys[key], SPAN_ARG(v->at[0]), SPAN_ARG(value));
	if (key == OFFICE_DATE && !read_date(o, value, where, why))
		return false;
	if (key == OFFICE_NUMBER && memchr(value.at, '/', value.n)) {
		diag_at(why, where, DIAG_DATA, "number \"%.*s\" holds a \"/\"", SPAN_ARG(value));
		return diag_hint(why, "what stands behind it is the value of the key symbol");
	}
	list = arena_grow(a, list, v->n, sizeof *list);
	list[v->n++] = value;
	v->at = list;
	return true;
}

bool office_read(struct arena *a, const char *file, struct office *out, struct diag *why)
{
	size_t key_column, value_column, key;
	struct table t;

	*out = (struct office){0};
	if (!table_read(a, file, false, &t, why) || !table_column(&t, "key", &key_column, why) ||
	    !table_column(&t, "value", &value_column, why))
		return false;
	for (size_t r = 0; r < t.rows; r++) {
		struct text value = span_trim(table_cell(&t, r, value_column));

		if (!find_key(a, &t, r, key_column, &key, why))
			return false;
		if (value.n && !take(a, out, key, value, table_place(&t, r, value_column), why))
			return false;
	}
	return true;
}
