#include "help.h"

#include "output/audit_doc.h"

TestSuite(audit_doc, .fini = clean);

#define PAGE "<html><body><p>63,17</p>\n</body>\n</html>\n"

static const char *page_of(const char *bytes)
{
	return file_of("page.html", bytes, strlen(bytes));
}

static bool found_in(const char *file, struct text *csv)
{
	struct diag why = {0};
	bool found;

	cr_assert(audit_doc_read(&arena, file, csv, &found, &why), "%s", why.item[0].words);
	return found;
}

Test(audit_doc, comes_back)
{
	const struct text csv = span_of("text,words\n\"63,17\",\"a </script> & &lt; <b> ổ\"\n");
	const char *file = page_of(PAGE);
	struct diag why = {0};
	struct text got;

	cr_assert_not(found_in(file, &got));
	cr_assert(audit_doc_attach(&arena, file, csv, &why));
	cr_assert(found_in(file, &got));
	cr_assert(span_equal(got, csv), "%.*s", SPAN_ARG(got));
	got = bytes_of(file);
	/* before the page's end, and not one tag more than the script's own */
	cr_expect(strstr(got.at, "</script>\n</body>\n</html>\n") != NULL);
	cr_expect(strstr(strstr(got.at, "</script>") + 1, "</script>") == NULL);
}

/* Words in the page that look like an audit do not hide the real one. */
Test(audit_doc, last_one_counts)
{
	const char *file = page_of(
		"<p>&lt;script type=\"text/csv\"</p>"
		"<script type=\"application/x-deflate-hex\" id=\"hailong-audit\">5:00</script>\n"
		"</body></body>");
	struct diag why = {0};
	struct text got;

	cr_assert(audit_doc_attach(&arena, file, span_of("true\n"), &why));
	cr_assert(found_in(file, &got));
	cr_assert(span_is(got, "true\n"));
}

Test(audit_doc, other_files)
{
	const char *csv = file_of("a.csv", "x\n", 2), *md = file_of("a.md", "63,17", 5);
	struct diag why = {0};
	struct text got;
	bool found;

	cr_assert(audit_doc_attach(&arena, md, span_of("x\n"), &why)); /* has no room */
	cr_assert(span_is(bytes_of(md), "63,17"));
	cr_assert_not(found_in(md, &got));
	cr_assert(found_in(csv, &got) && span_is(got, "x\n"));
	cr_assert_not(audit_doc_read(&arena, "/no/such.html", &got, &found, &why));
	cr_assert_not(audit_doc_attach(&arena, "/no/such.html", got, &why));
	cr_assert_eq(why.worst, DIAG_FAILED);
}

#define CARRIES(packed)                                                                            \
	"<script type=\"application/x-deflate-hex\" id=\"hailong-audit\">" packed                  \
	"</script>\n</body>"

/* "789c4b040000620062" is the letter "a" deflated by zlib, as Python's zlib.compress gives it. */
Test(audit_doc, what_is_no_audit)
{
	static const char *const pages[] = {
		CARRIES(""),
		CARRIES("1:"),
		CARRIES("789c4b040000620062"),
		CARRIES("2:789c4b040000620062"),
		CARRIES("1:789c4b04000062006"),
		CARRIES("1:789c4b04000062006g"),
		CARRIES("1:789C4B040000620062"),
		CARRIES("1:789c4b040000620063"),
		CARRIES("999999999999:789c4b040000620062"),
		CARRIES("-1:789c4b040000620062"),
		"<script type=\"application/x-deflate-hex\" id=\"hailong-audit\">1:",
	};
	struct text got;

	for (size_t i = 0; i < COUNT(pages); i++)
		cr_expect_not(found_in(page_of(pages[i]), &got), "row %zu", i);
	cr_assert(found_in(page_of(CARRIES("1:789c4b040000620062")), &got));
	cr_assert(span_is(got, "a"));
}
