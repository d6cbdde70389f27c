#include "survey/heading.h"

#include "base/number.h"
#include "base/text.h"
#include "input/csvin.h"
#include "survey/catalog.h"

#include <string.h>

struct reader {
	struct arena *arena;
	struct heading *out;
	bool numeric, *words; /* of each column: has something that is no number */
};

static bool take_row(void *context, const struct csvin_row *row, struct diag *why)
{
	struct reader *r = context;
	struct heading *h = r->out;
	double value;

	(void)why;
	if (!h->name) {
		h->n = row->fields;
		h->name = arena_new(r->arena, h->n, sizeof *h->name);
		h->numeric = arena_new(r->arena, h->n, sizeof *h->numeric);
		r->words = arena_new(r->arena, h->n, sizeof *r->words);
		for (size_t i = 0; i < h->n; i++)
			h->name[i] = text_nfc(r->arena, arena_text(r->arena, row->field[i]));
		return r->numeric;
	}
	for (size_t i = 0; i < h->n; i++) {
		struct text cell = row->field[i];

		if (cell.n == 0 || span_is(cell, "NA") || span_is(cell, "."))
			continue;
		if (number_parse(cell, &value))
			h->numeric[i] = true;
		else
			r->words[i] = true;
	}
	return true;
}

bool heading_read_as(struct arena *a, const char *file, const struct form_asked *form, bool numeric,
		     struct heading *out, struct diag *why)
{
	size_t errors = why->errors;
	struct reader r = {.arena = a, .out = out, .numeric = numeric};

	*out = (struct heading){.file = file};
	csvin_read_as(file, form, take_row, &r,
		      why); /* stopped behind the header unless `numeric` */
	for (size_t i = 0; out->name && i < out->n; i++)
		out->numeric[i] = out->numeric[i] && !r.words[i];
	if (!numeric)
		out->numeric = NULL;
	return why->errors == errors;
}

bool heading_read(struct arena *a, const char *file, bool numeric, struct heading *out,
		  struct diag *why)
{
	return heading_read_as(a, file, NULL, numeric, out, why);
}

static size_t find(const struct heading *h, struct text name)
{
	size_t i = 0;

	while (i < h->n && !span_equal(h->name[i], name))
		i++;
	return i;
}

bool heading_has(const struct heading *h, struct text name)
{
	return find(h, name) < h->n;
}

static bool listed(const struct text *list, size_t n, struct text name)
{
	for (size_t i = 0; i < n; i++)
		if (span_equal(list[i], name))
			return true;
	return false;
}

struct list {
	struct arena *arena;
	struct text *at;
	size_t n;
};

static void add(struct list *l, struct text name)
{
	if (listed(l->at, l->n, name))
		return;
	l->at = arena_grow(l->arena, l->at, l->n, sizeof *l->at);
	l->at[l->n++] = name;
}

/* first-last; a name may hold "-" too, so every one of them is tried. */
static bool add_range(struct list *l, const struct heading *h, struct text part)
{
	for (size_t i = 0; i < part.n; i++) {
		size_t from, to;

		if (part.at[i] != '-')
			continue;
		from = find(h, (struct text){part.at, i});
		to = find(h, (struct text){part.at + i + 1, part.n - i - 1});
		if (from == h->n || to == h->n || from > to)
			continue;
		for (; from <= to; from++)
			add(l, h->name[from]);
		return true;
	}
	return false;
}

bool heading_expand(struct arena *a, const struct heading *h, struct text list,
		    const struct text *used, size_t n_used, struct text **out, size_t *n,
		    struct diag *why)
{
	struct list l = {.arena = a};
	struct text part, near;

	while (span_split(&list, ',', &part)) {
		part = text_nfc(a, part);
		if (heading_has(h, part)) {
			add(&l, part);
		} else if (span_is(part, "all")) {
			for (size_t i = 0; i < h->n; i++)
				if (h->numeric && h->numeric[i] &&
				    !listed(used, n_used, h->name[i]))
					add(&l, h->name[i]);
			if (l.n == 0)
				return diag_fail(why, DIAG_USAGE,
						 "%s has no columns of numbers beside the design",
						 h->file);
		} else if (!add_range(&l, h, part)) {
			near = catalog_nearest(a, part, h->name, h->n);
			if (h->n == 1 && memchr(h->name[0].at, ';', h->name[0].n)) {
				diag_fail(why, DIAG_DATA, "%s has one column, \"%.*s\"", h->file,
					  SPAN_ARG(h->name[0]));
				return diag_hint(why,
						 "--delimiter says what parts its columns: comma, "
						 "semicolon, tab or pipe");
			}
			diag_fail(why, DIAG_USAGE, "%s has no column \"%.*s\"", h->file,
				  SPAN_ARG(part));
			return near.n ? diag_hint(why, "did you mean \"%.*s\"?", SPAN_ARG(near))
				      : false;
		}
	}
	*out = l.at;
	*n = l.n;
	return true;
}
