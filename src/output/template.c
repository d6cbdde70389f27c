#include "output/template.h"

#include <string.h>

struct filler {
	const char *file;
	struct text page; /* all of it: places are counted from its start */
	const struct field *fields;
	size_t n;
	FILE *out;
	struct diag *why;
};

struct tag {
	char sign; /* '#', '^', '/', or 0 */
	struct text name;
	const char *at;
};

static bool wrong(const struct filler *f, const char *at, const char *what, struct text name)
{
	struct place where = {f->file, 1, 0};

	for (const char *c = f->page.at; c < at; c++)
		where.line += *c == '\n' ? 1 : 0;
	return diag_at(f->why, where, DIAG_DATA, "%s \"%.*s\"", diag_word(f->why, what),
		       SPAN_ARG(name));
}

static const char *search(struct text s, const char *two)
{
	size_t at = span_find(s, span_of(two));

	return at == SPAN_NOWHERE ? NULL : s.at + at;
}

/* Takes the text before the next tag, and the tag; tag->at is NULL when there is no more. */
static bool next_tag(const struct filler *f, struct text *rest, struct text *before,
		     struct tag *tag)
{
	const char *open = search(*rest, "{{"), *close;

	*tag = (struct tag){0};
	*before = *rest;
	if (!open) {
		*rest = (struct text){rest->at + rest->n, 0};
		return true;
	}
	before->n = (size_t)(open - rest->at);
	close = search((struct text){open, rest->n - before->n}, "}}");
	if (!close)
		return wrong(f, open, N_("a tag is not closed:"), (struct text){open, 2});
	tag->at = open;
	tag->name = (struct text){open + 2, (size_t)(close - open) - 2};
	if (tag->name.n && strchr("#^/", tag->name.at[0])) {
		tag->sign = tag->name.at[0];
		tag->name = (struct text){tag->name.at + 1, tag->name.n - 1};
	}
	rest->n -= (size_t)(close + 2 - rest->at);
	rest->at = close + 2;
	return true;
}

static const struct field *find(const struct filler *f, struct text name)
{
	for (size_t i = 0; i < f->n; i++)
		if (span_is(name, f->fields[i].name))
			return &f->fields[i];
	return NULL;
}

/* Writes (or passes over, when not `shown`) up to the end of the section `inside`. */
static bool fill(const struct filler *f, struct text *rest, const struct tag *inside, bool shown)
{
	struct text before;
	struct tag tag;

	for (;;) {
		if (!next_tag(f, rest, &before, &tag))
			return false;
		if (shown)
			fwrite(before.at, 1, before.n, f->out);
		if (!tag.at)
			return !inside || wrong(f, inside->at, N_("this section is not closed:"),
						inside->name);
		if (tag.sign == '/')
			return (inside && span_equal(inside->name, tag.name)) ||
			       wrong(f, tag.at, N_("nothing is open that this closes:"), tag.name);
		const struct field *field = find(f, tag.name);

		if (!field)
			return wrong(f, tag.at, N_("no value has the name"), tag.name);
		if (tag.sign) {
			bool there = field->value.n > 0;

			if (!fill(f, rest, &tag, shown && there == (tag.sign == '#')))
				return false;
		} else if (shown) {
			fwrite(field->value.at ? field->value.at : "", 1, field->value.n, f->out);
		}
	}
}

bool template_fill(const char *file, struct text page, const struct field *fields, size_t n,
		   FILE *out, struct diag *why)
{
	struct filler f = {file, page, fields, n, out, why};
	struct text rest = page;

	return fill(&f, &rest, NULL, true);
}
