#include "output/phrases.h"

#include "input/table.h"

#include <stdlib.h>
#include <string.h>

static int by_key(const void *a, const void *b)
{
	return span_compare(((const struct phrase *)a)->key, ((const struct phrase *)b)->key);
}

static bool read_file(struct arena *a, const char *file, struct phrases *out, struct diag *why)
{
	struct phrase *list;
	struct table t;
	size_t key, vi, en;

	if (!table_read(a, file, true, &t, why) || !table_column(&t, "key", &key, why) ||
	    !table_column(&t, "vi", &vi, why) || !table_column(&t, "en", &en, why))
		return false;
	list = arena_new(a, t.rows, sizeof *list);
	for (size_t r = 0; r < t.rows; r++) {
		list[r] = (struct phrase){table_cell(&t, r, key),
					  {table_cell(&t, r, vi), table_cell(&t, r, en)}};
		if (list[r].key.n == 0 || list[r].words[LANG_VI].n == 0 ||
		    list[r].words[LANG_EN].n == 0)
			return diag_at(why, table_place(&t, r, key), DIAG_DATA,
				       "a phrase needs a key and words in both languages");
	}
	qsort(list, t.rows, sizeof *list, by_key);
	for (size_t r = 1; r < t.rows; r++)
		if (span_equal(list[r].key, list[r - 1].key))
			return diag_fail(why, DIAG_DATA, "%s: key \"%.*s\" stands twice", file,
					 SPAN_ARG(list[r].key));
	out->at = list;
	out->n = t.rows;
	return true;
}

bool phrases_read(struct arena *a, const char *share, enum lang lang, struct phrases *out,
		  struct diag *why)
{
	*out = (struct phrases){.arena = a, .lang = lang};
	return read_file(a, arena_format(a, "%s/reports/phrases.csv", share).at, out, why);
}

bool phrases_units(struct arena *a, const char *share, struct phrases *p, struct diag *why)
{
	const char *file = arena_format(a, "%s/reports/phrases.units.csv", share).at;
	struct phrase *list = arena_new(a, p->n, sizeof *list);
	struct phrases units = {0};

	if (!read_file(a, file, &units, why))
		return false;
	memcpy(list, p->at, p->n * sizeof *list);
	for (size_t i = 0; i < units.n; i++) {
		struct phrase *old = bsearch(&units.at[i], list, p->n, sizeof *list, by_key);

		if (!old)
			return diag_fail(why, DIAG_DATA,
					 "%s: key \"%.*s\" does not stand in phrases.csv", file,
					 SPAN_ARG(units.at[i].key));
		*old = units.at[i];
	}
	p->at = list;
	return true;
}

struct text phrase(const struct phrases *p, const char *key)
{
	struct phrase wanted = {.key = span_of(key)};
	const struct phrase *found =
		p->n ? bsearch(&wanted, p->at, p->n, sizeof *p->at, by_key) : NULL;

	return found ? found->words[p->lang] : arena_format(p->arena, "⟦%s⟧", key);
}

static const struct field *find(const struct field *fields, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (span_is(name, fields[i].name))
			return &fields[i];
	return NULL;
}

struct text phrase_fill(const struct phrases *p, const char *key, const struct field *fields,
			size_t n)
{
	struct text rest = phrase(p, key), out = {"", 0};

	for (const char *open; rest.n && (open = memchr(rest.at, '{', rest.n));) {
		size_t head = (size_t)(open - rest.at);
		const char *close = memchr(open, '}', rest.n - head);
		const struct field *f = NULL;

		if (!close)
			break;
		f = find(fields, n, (struct text){open + 1, (size_t)(close - open) - 1});
		out = arena_format(p->arena, "%.*s%.*s%.*s", SPAN_ARG(out), (int)head, rest.at,
				   f ? (int)f->value.n : (int)(close - open) + 1,
				   f ? (f->value.at ? f->value.at : "") : open);
		rest.n -= head + (size_t)(close - open) + 1;
		rest.at = close + 1;
	}
	return arena_format(p->arena, "%.*s%.*s", SPAN_ARG(out), SPAN_ARG(rest));
}
