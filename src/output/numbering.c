#include "base/memfile.h"
#include "output/numbering.h"

#include <stdio.h>
#include <string.h>

#define LEVELS 3

enum kind { FIGURE, TABLE, ANNEX, KINDS };

static const char *const marks[KINDS] = {"fig:", "tbl:", "annex:"};
static const char *const labels[KINDS] = {"label.figure", "label.table", "label.annex"};

struct target {
	struct text name; /* "fig:papi-rank" */
	enum kind kind;
	size_t number;
	bool mentioned;
};

struct numbering {
	const struct phrases *phrases;
	struct target *target;
	size_t n, count[KINDS];
	FILE *out;
	struct diag *why;
};

/* What begins with `what`; nothing when it is nowhere. */
static struct text find_in(struct text s, const char *what)
{
	size_t at = span_find(s, span_of(what));

	return at == SPAN_NOWHERE ? (struct text){NULL, 0} : (struct text){s.at + at, s.n - at};
}

/* The "{...}" at the end of a heading; braces of its words are escaped. */
static bool has_class(struct text heading, const char *class)
{
	size_t at = span_find_last(heading, span_of(" {"));

	return at != SPAN_NOWHERE &&
	       span_holds((struct text){heading.at + at, heading.n - at}, span_of(class));
}

/* The characters up to one of `ends`. */
static struct text until(struct text s, const char *ends)
{
	size_t n = 0;

	while (n < s.n && !strchr(ends, s.at[n]))
		n++;
	return (struct text){s.at, n};
}

static bool is_mark(struct text name, enum kind *kind)
{
	for (size_t k = 0; k < KINDS; k++)
		if (span_starts(name, marks[k])) {
			*kind = (enum kind)k;
			return true;
		}
	return false;
}

static size_t depth_of(struct text line)
{
	size_t n = 0;

	while (n < line.n && line.at[n] == '#')
		n++;
	return n && n <= LEVELS && n < line.n && line.at[n] == ' ' ? n : 0;
}

static bool is_annex(struct text line)
{
	return depth_of(line) == 1 && has_class(line, ".annex");
}

/* What a line defines: a figure, a table, an annex (which may have no name). */
static bool defines(struct text line, struct text *name, enum kind *kind)
{
	bool block = span_starts(line, "![") || span_starts(line, "Table: ");
	struct text at = block || is_annex(line) ? find_in(line, "{#") : (struct text){NULL, 0};

	*name = (struct text){"", 0};
	if (at.n)
		*name = until((struct text){at.at + 2, at.n - 2}, " }");
	if (is_annex(line)) {
		*kind = ANNEX;
		return true;
	}
	return at.n > 0 && is_mark(*name, kind);
}

static struct target *target_of(const struct numbering *n, struct text name)
{
	for (size_t i = 0; i < n->n && name.n; i++)
		if (span_equal(n->target[i].name, name))
			return &n->target[i];
	return NULL;
}

static bool find_targets(struct numbering *n, struct text document)
{
	struct text line, name;
	enum kind kind;

	while (span_split(&document, '\n', &line)) {
		if (!defines(line, &name, &kind))
			continue;
		if (target_of(n, name))
			return diag_fail(n->why, DIAG_FAILED,
					 "the report has two figures, tables or annexes \"%.*s\"",
					 SPAN_ARG(name));
		n->target = arena_grow(n->phrases->arena, n->target, n->n, sizeof *n->target);
		n->target[n->n++] = (struct target){name, kind, ++n->count[kind], false};
	}
	return true;
}

static struct text roman(struct arena *a, size_t number)
{
	static const struct {
		size_t value;
		const char *sign;
	} signs[] = {{10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
	struct text out = {"", 0};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		for (; number >= signs[i].value; number -= signs[i].value)
			out = arena_format(a, "%.*s%s", SPAN_ARG(out), signs[i].sign);
	return out;
}

/* "Hình 3", "Phụ lục II", and "Phụ lục" of the only one. */
static struct text label_of(const struct numbering *n, const struct target *t)
{
	struct arena *a = n->phrases->arena;
	struct text label = phrase(n->phrases, labels[t->kind]);

	if (t->kind != ANNEX)
		return arena_format(a, "%.*s %zu", SPAN_ARG(label), t->number);
	if (n->count[ANNEX] == 1)
		return label;
	return arena_format(a, "%.*s %.*s", SPAN_ARG(label), SPAN_ARG(roman(a, t->number)));
}

/* Writes a line, its references "[@](#fig:NAME)" in words. */
static bool write_line(struct numbering *n, struct text line)
{
	static const char head[] = "[@](#";
	struct text at;

	while ((at = find_in(line, head)).n) {
		struct text name =
			until((struct text){at.at + strlen(head), at.n - strlen(head)}, ")");
		struct target *t = target_of(n, name);
		struct text label;

		if (!t)
			return diag_fail(n->why, DIAG_FAILED,
					 "the report refers to \"%.*s\", which it has not",
					 SPAN_ARG(name));
		t->mentioned = true;
		label = label_of(n, t);
		fwrite(line.at, 1, (size_t)(at.at - line.at), n->out);
		if (t->kind == ANNEX)
			fprintf(n->out, "%.*s", SPAN_ARG(label));
		else
			fprintf(n->out, "[%.*s](#%.*s)", SPAN_ARG(label), SPAN_ARG(name));
		line.n -= (size_t)(name.at + name.n + 1 - line.at);
		line.at = name.at + name.n + 1;
	}
	fprintf(n->out, "%.*s\n", SPAN_ARG(line));
	return true;
}

/* "# Title" with its number; `count` of the sections so far, by level. */
static bool write_heading(struct numbering *n, struct text line, size_t depth, size_t *count)
{
	struct text title = {line.at + depth + 1, line.n - depth - 1};
	struct arena *a = n->phrases->arena;

	fwrite(line.at, 1, depth + 1, n->out);
	for (size_t i = depth; i < LEVELS; i++)
		count[i] = 0;
	if (!has_class(line, ".unnumbered")) {
		size_t number = ++count[depth - 1];

		if (depth == 1)
			fprintf(n->out, "%.*s. ", SPAN_ARG(roman(a, number)));
		else if (depth == 2)
			fprintf(n->out, "%zu. ", number);
		else
			fprintf(n->out, "%c) ", (char)('a' + (number - 1) % 26));
	}
	return write_line(n, title);
}

static bool write_annex(struct numbering *n, struct text line, const struct target *t)
{
	fprintf(n->out, "# %.*s. ", SPAN_ARG(label_of(n, t)));
	return write_line(n, (struct text){line.at + 2, line.n - 2});
}

static bool write_all(struct numbering *n, struct text document)
{
	size_t count[LEVELS] = {0}, next = 0;
	struct text line, name;
	enum kind kind;

	while (span_split(&document, '\n', &line)) {
		bool defined = defines(line, &name, &kind), ok;
		const struct target *t = defined ? &n->target[next++] : NULL;
		size_t depth = depth_of(line);

		if (defined && kind != ANNEX && !t->mentioned)
			return diag_fail(n->why, DIAG_FAILED,
					 "the report shows \"%.*s\" before its text mentions it",
					 SPAN_ARG(name));
		if (defined && kind == ANNEX)
			count[1] = count[2] = 0;
		ok = defined && kind == ANNEX ? write_annex(n, line, t)
		     : depth                  ? write_heading(n, line, depth, count)
					      : write_line(n, line);
		if (!ok)
			return false;
	}
	return true;
}

bool numbering_apply(const struct phrases *p, struct text document, struct text *out,
		     struct diag *why)
{
	struct numbering n = {.phrases = p, .why = why};
	struct memfile numbered;
	struct text all;
	bool ok;

	if (!find_targets(&n, document))
		return false;
	memfile_open(&numbered);
	n.out = numbered.out;
	ok = write_all(&n, document);
	all = memfile_close(p->arena, &numbered);
	if (ok) /* the last line end is that of the split */
		*out = (struct text){all.at, all.n ? all.n - 1 : 0};
	return ok;
}
