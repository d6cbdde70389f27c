#include "docx_help.h"

TestSuite(docx, .fini = clean);

/* Seals a document of this body. */
static const char *sealed(const char *name, const char *body, const char *audit)
{
	const char *file = docx_file(name, body, NULL, NULL);
	struct diag why = {0};

	cr_assert(docx_seal(&arena, file, span_of(audit), &why), "%s", why.item[0].words);
	return file;
}

static struct text audit_of(const char *file)
{
	struct diag why = {0};
	struct text audit;

	cr_assert(docx_audit(&arena, file, &audit, &why), "%s", why.item[0].words);
	return audit;
}

/* First 16 digits of the SHA-256 of "44,40\n", by sha256sum. */
Test(docx, tags_get_fingerprints)
{
	const char *file = sealed("a.docx", BODY BLOCK("hailong:a", P("44,40")) END, "");

	cr_expect(has(main_of(file), "w:val=\"hailong:a:51880e11acb11976\""));
	check_text(audit_of(file), "");
	cr_expect(eq(sz, part_of(file, "customXml/item1.xml").n, 0));
}

Test(docx, sealing_again_changes_nothing)
{
	const char *file = sealed("a.docx", BODY BLOCK("hailong:a", P("x")) END, "n,1\n");
	struct text once = bytes_of(file);
	struct diag why = {0};

	cr_assert(docx_seal(&arena, file, span_of("n,1\n"), &why));
	cr_expect(span_equal(once, bytes_of(file)));
}

Test(docx, audit_comes_back)
{
	static const char audit[] = "where,value\n\"Bảng 1, \"\"a\"\"\",44.40\n<&]]>,\t1\n";
	const char *file = sealed("a.docx", BODY P("x") END, audit);
	struct text rels = part_of(file, "word/_rels/document.xml.rels");

	check_text(audit_of(file), audit);
	cr_expect(has(rels, "Target=\"../customXml/item1.xml\""));
	cr_expect(
		has(part_of(file, "customXml/_rels/item1.xml.rels"), "Target=\"itemProps1.xml\""));
	cr_expect(has(part_of(file, "[Content_Types].xml"), "/customXml/itemProps1.xml"));
	check_text(audit_of(sealed("b.docx", BODY END, "a\x01\r\nb\n")), "a  \nb\n");
}

Test(docx, another_custom_part_is_not_ours)
{
	const char *file =
		docx_file("a.docx", BODY END, RELS(REL("x", "customXml", "../customXml/item1.xml")),
			  (const char *[]){"customXml/item1.xml", "<other>1</other>", NULL});
	struct diag why = {0};

	check_text(audit_of(file), "");
	cr_assert(docx_seal(&arena, file, span_of("a,1\n"), &why));
	check_text(audit_of(file), "a,1\n");
	check_text(part_of(file, "customXml/item1.xml"), "<other>1</other>");
}

static void refused(const char *body, enum diag_code code, const char *words)
{
	const char *file = docx_file("wrong.docx", body, NULL, NULL);
	struct text before = bytes_of(file);
	struct diag why = {0};

	cr_expect(docx_seal(&arena, file, span_of(""), &why) == false);
	cr_expect(eq(int, (int)why.item[0].code, (int)code));
	cr_expect(strstr(why.item[0].words, words) != NULL, "\"%s\" lacks \"%s\"",
		  why.item[0].words, words);
	cr_expect(span_equal(before, bytes_of(file)));
}

Test(docx, refused_documents)
{
	refused(BODY BLOCK("hailong:a", P("x")) BLOCK("hailong:a", P("y")) END, DIAG_DATA,
		"two blocks are called \"a\"");
	refused(BODY BLOCK("hailong:a234567890123456789012345678901234567890", P("x")) END,
		DIAG_DATA, "a longer name than Word keeps");
	refused("<w:document", DIAG_DATA,
		"\"word/document.xml\" inside the document is not well-formed");
	refused("<a/>", DIAG_DATA, "its main part is something else");
	refused("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", DIAG_DATA,
		"declares a document type");
	refused("\xFF\xFE<\0", DIAG_DATA, "is not written in UTF-8");
	refused("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a/>", DIAG_DATA,
		"is not well-formed");
}

Test(docx, no_main_part)
{
	struct docx_pack p = pack_of(BODY END, NULL, NULL);
	const char *file = file_of("a.docx", "", 0);
	struct diag why = {0};
	struct text audit;

	docx_pack_put(&p, "_rels/.rels", span_of(RELS("")));
	cr_assert(docx_pack_write(&p, file, &why));
	cr_expect(docx_audit(&arena, file, &audit, &why) == false);
	check_problem(&why, 0, DIAG_DATA, "a.docx", 0, 0, "it has no main part");
	docx_pack_put(
		&p, "_rels/.rels",
		span_of(RELS(
			"<Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/"
			"relationships/officeDocument\" Target=\"word/document.xml\"/>")));
	cr_assert(docx_pack_write(&p, file, &why));
	cr_expect(docx_audit(&arena, file, &audit, &why) == false);
	check_problem(&why, 1, DIAG_DATA, "a.docx", 0, 0, "saved as Strict Open XML");
}

/* A signed document may be read, not changed. */
Test(docx, signed_document)
{
	const char *file = docx_file("a.docx", BODY END, NULL,
				     (const char *[]){"_xmlsignatures/sig1.xml", "<s/>", NULL});
	struct diag why = {0};
	struct text audit;

	cr_expect(docx_audit(&arena, file, &audit, &why));
	cr_expect(docx_seal(&arena, file, span_of(""), &why) == false);
	check_problem(&why, 0, DIAG_DATA, "a.docx", 0, 0, "the document is signed");
}
