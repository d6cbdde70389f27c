#include "output/audit_doc.h"

#include "output/docx.h"
#include "output/outfile.h"

#define OPEN "<script type=\"text/csv\" id=\"hailong-audit\">\n"
#define CLOSE "</script>\n"

static const struct {
	char letter;
	const char *written;
} entities[] = {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}};
#define ENTITIES (sizeof entities / sizeof *entities)
#define LONGEST 5

static bool ends_in(const char *file, const char *ending)
{
	size_t n = strlen(file), k = strlen(ending);

	return n > k && strcmp(file + n - k, ending) == 0;
}

/* Where the last (or first) of these words stands; SIZE_MAX when nowhere. */
static size_t find(struct text s, const char *words, bool last)
{
	size_t k = strlen(words), found = (size_t)-1;

	for (size_t i = 0; i + k <= s.n; i++)
		if (s.at[i] == *words && memcmp(s.at + i, words, k) == 0) {
			found = i;
			if (!last)
				break;
		}
	return found;
}

static struct text escaped(struct arena *a, struct text csv)
{
	char *to = arena_new(a, LONGEST * csv.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < csv.n; i++) {
		size_t e = 0;

		while (e < ENTITIES && entities[e].letter != csv.at[i])
			e++;
		if (e == ENTITIES) {
			to[n++] = csv.at[i];
			continue;
		}
		memcpy(to + n, entities[e].written, strlen(entities[e].written));
		n += strlen(entities[e].written);
	}
	return (struct text){to, n};
}

static struct text unescaped(struct arena *a, struct text s)
{
	char *to = arena_new(a, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n;) {
		struct text rest = {s.at + i, s.n - i};
		size_t e = 0;

		while (e < ENTITIES && !span_starts(rest, entities[e].written))
			e++;
		to[n++] = e < ENTITIES ? entities[e].letter : s.at[i];
		i += e < ENTITIES ? strlen(entities[e].written) : 1;
	}
	return (struct text){to, n};
}

static bool attach_html(struct arena *a, const char *file, struct text csv, struct diag *why)
{
	struct text page, inside = escaped(a, csv), all;
	size_t at;

	if (!outfile_read(a, file, &page, why))
		return false;
	at = find(page, "</body>", true);
	at = at == (size_t)-1 ? page.n : at;
	all = arena_format(a, "%.*s" OPEN "%.*s" CLOSE "%.*s", (int)at, page.at, SPAN_ARG(inside),
			   (int)(page.n - at), page.at + at);
	return outfile_write(file, all, true, why);
}

bool audit_doc_attach(struct arena *a, const char *file, struct text csv, struct diag *why)
{
	return !ends_in(file, ".html") || attach_html(a, file, csv, why);
}

static bool find_html(struct arena *a, struct text page, struct text *csv)
{
	size_t from = find(page, OPEN, true), to;
	struct text rest;

	if (from == (size_t)-1)
		return false;
	rest = (struct text){page.at + from + strlen(OPEN), page.n - from - strlen(OPEN)};
	to = find(rest, "</script", false);
	*csv = unescaped(a, (struct text){rest.at, to == (size_t)-1 ? rest.n : to});
	return true;
}

bool audit_doc_read(struct arena *a, const char *file, struct text *csv, bool *found,
		    struct diag *why)
{
	struct text bytes;

	*found = false;
	*csv = (struct text){"", 0};
	if (ends_in(file, ".docx")) {
		if (!docx_audit(a, file, csv, why))
			return false;
		*found = csv->n > 0;
		return true;
	}
	if (!outfile_read(a, file, &bytes, why))
		return false;
	if (ends_in(file, ".csv")) {
		*csv = bytes;
		*found = true;
	} else if (ends_in(file, ".html")) {
		*found = find_html(a, bytes, csv);
	}
	return true;
}
