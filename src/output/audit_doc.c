#include "output/audit_doc.h"

#include "base/number.h"
#include "output/docx.h"
#include "output/outfile.h"

#include <zlib.h>

#define OPEN "<script type=\"application/x-deflate-hex\" id=\"hailong-audit\">"
#define CLOSE "</script>\n"
#define MOST ((size_t)64 << 20) /* bytes of an audit: more is none of ours */

static bool ends_in(const char *file, const char *ending)
{
	size_t n = strlen(file), k = strlen(ending);

	return n > k && strcmp(file + n - k, ending) == 0;
}

/* "N:" and the deflated bytes in hexadecimal digits; N is how many there were. */
static bool pack(struct arena *a, struct text csv, struct text *out, struct diag *why)
{
	static const char digits[] = "0123456789abcdef";
	uLongf n = compressBound((uLong)csv.n);
	unsigned char *deflated = arena_new(a, n, 1);
	struct text head = arena_format(a, "%zu:", csv.n);
	char *to;

	if (compress2(deflated, &n, (const unsigned char *)csv.at, (uLong)csv.n,
		      Z_BEST_COMPRESSION) != Z_OK)
		return diag_fail(why, DIAG_FAILED, "the audit cannot be packed");
	to = arena_new(a, head.n + 2 * n, 1);
	memcpy(to, head.at, head.n);
	for (size_t i = 0; i < n; i++) {
		to[head.n + 2 * i] = digits[deflated[i] >> 4];
		to[head.n + 2 * i + 1] = digits[deflated[i] & 15];
	}
	*out = (struct text){to, head.n + 2 * n};
	return true;
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* False when it is not what pack wrote. */
static bool unpack(struct arena *a, struct text s, struct text *csv)
{
	struct text count;
	unsigned char *deflated;
	uLongf size;
	char *to;
	long n;

	if (!span_split(&s, ':', &count) || !number_whole(count, 0, MOST, &n) || s.n % 2)
		return false;
	deflated = arena_new(a, s.n / 2, 1);
	for (size_t i = 0; i < s.n / 2; i++) {
		int high = digit(s.at[2 * i]), low = digit(s.at[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		deflated[i] = (unsigned char)(high << 4 | low);
	}
	size = (uLongf)n;
	to = arena_new(a, (size_t)n + 1, 1);
	if (uncompress((unsigned char *)to, &size, deflated, (uLong)(s.n / 2)) != Z_OK ||
	    size != (uLongf)n)
		return false;
	*csv = (struct text){to, (size_t)n};
	return true;
}

static bool attach_html(struct arena *a, const char *file, struct text csv, struct diag *why)
{
	struct text page, inside = {"", 0}, all;
	size_t at;

	if (!pack(a, csv, &inside, why) || !outfile_read(a, file, &page, why))
		return false;
	at = span_find_last(page, span_of("</body>"));
	at = at == SPAN_NOWHERE ? page.n : at;
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
	size_t from = span_find_last(page, span_of(OPEN)), to;
	struct text rest;

	if (from == SPAN_NOWHERE)
		return false;
	rest = (struct text){page.at + from + strlen(OPEN), page.n - from - strlen(OPEN)};
	to = span_find(rest, span_of("</script"));
	return unpack(a, (struct text){rest.at, to == SPAN_NOWHERE ? rest.n : to}, csv);
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
