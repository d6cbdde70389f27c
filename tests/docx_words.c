#include "docx_help.h"
#include "output/docx_words.h"

#include <libxml/parser.h>

TestSuite(docx_words, .fini = clean);

static struct docx_words words_of(const char *body)
{
	struct docx_pack p = pack_of(arena_format(&arena, BODY "%s" END, body).at, NULL, NULL);
	struct diag why = {0};
	struct docx_words words;
	xmlDoc *doc = docx_parse(&p, "word/document.xml", &why);

	cr_assert(doc != NULL, "%s", body);
	docx_words(&arena, xmlDocGetRootElement(doc), xmlDocGetRootElement(doc), &words);
	xmlFreeDoc(doc);
	return words;
}

#define T(words) "<w:r><w:t>" words "</w:t></w:r>"
#define CHAR(kind) "<w:r><w:fldChar w:fldCharType=\"" kind "\"/></w:r>"
#define FIELD(result)                                                                              \
	CHAR("begin")                                                                              \
	"<w:r><w:instrText> SEQ Bảng </w:instrText></w:r>" CHAR("separate") result CHAR("end")

/* SHA-256 of "Điểm 44,40\n", by sha256sum. */
Test(docx_words, fingerprint)
{
	struct docx_words words = words_of(P("Điểm  44,40 "));

	check_text(words.text, "Điểm 44,40\n");
	check_string(words.print, "99bec9011f14d1ba");
	check_string(words_of("").print, "e3b0c44298fc1c14"); /* of nothing */
}

/* What Word and LibreOffice do to a document that is opened and saved. */
Test(docx_words, alike)
{
	static const char *const cases[][2] = {
		{P("tăng 0,18 điểm"), "<w:p w:rsidR=\"00A1\"><w:pPr><w:jc "
				      "w:val=\"both\"/><w:tabs><w:tab w:val=\"left\"/>"
				      "</w:tabs></w:pPr><w:proofErr "
				      "w:type=\"spellStart\"/><w:r><w:rPr><w:b/></w:rPr><w:t "
				      "xml:space=\"preserve\">tăng </w:t></w:r><w:bookmarkStart "
				      "w:id=\"1\" w:name=\"x\"/>"
				      "<w:r><w:lastRenderedPageBreak/><w:t "
				      "xml:space=\"preserve\">0,1</w:t></w:r><w:r><w:t>8</w:t>"
				      "</w:r><w:bookmarkEnd w:id=\"1\"/><w:r><w:t "
				      "xml:space=\"preserve\"> điểm</w:t></w:r></w:p>"},
		{P("a"), "<x:p xmlns:x=\"" DOCX_W "\"><x:r><x:t>a</x:t></x:r></x:p>"},
		{"<w:p>" T("Bảng ") FIELD(T("3")) T(". Điểm") "</w:p>",
		 "<w:p>" T("Bảng") FIELD(T("1") T("2") CHAR("begin") CHAR("separate") T("9")
						 CHAR("end") T("8")) T(". Điểm") "</w:p>"},
		{"<w:p>" FIELD(T("3")) "</w:p>",
		 "<w:p><w:fldSimple w:instr=\"SEQ\">" T("7") "</w:fldSimple></w:p>"},
		{P("e\xCC\x82\xCC\x81"), P("\xE1\xBA\xBF")},    /* ế */
		{P("44 điểm"), P("44\xC2\xA0 điểm")},           /* no-break space */
		{P("a") P("b"), P("a") "<w:p/>" P("b") P(" ")}, /* empty paragraphs */
		{P("ab"), P("a\xC2\xAD"
			    "b")}, /* soft hyphen */
		{P("a\xE2\x80\x91"
		   "b"),
		 "<w:p>" T("a") "<w:r><w:noBreakHyphen/></w:r>" T("b") "</w:p>"},
		{P("x") PICTURE("rId1"), P("x") PICTURE("rId9")},
		{P("a"), "<w:p>" T("a") "<w:r><w:br w:type=\"page\"/></w:r></w:p>"},
		{PICTURE("rId1"), "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing/></"
				  "mc:Choice><mc:Fallback><w:pict/>"
				  "</mc:Fallback></mc:AlternateContent></w:r></w:p>"},
		{P("a"), "<w:p>" T("a") "<w:del><w:r><w:delText>b</w:delText></w:r></w:del></w:p>"},
		{P("ab"), "<w:p><w:hyperlink>" T("a") "</w:hyperlink><w:smartTag>" T(
				  "b") "</w:smartTag></w:p>"},
		{P("a"), "<w:p>"
			 "<w:r><w:t>  a </w:t></w:r></w:p>"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		check_string(words_of(cases[i][1]).print, words_of(cases[i][0]).print);
}

#define ROW(a, b) "<w:tbl><w:tr><w:tc>" a "</w:tc><w:tc>" b "</w:tc></w:tr></w:tbl>"

/* What a hand does. */
Test(docx_words, unlike)
{
	static const char *const cases[][2] = {
		{P("44,40"), P("44,41")},
		{P("44,40"), P("4 4,40")},
		{P("a") P("b"), P("a b")},
		{P("a") P("b"), P("ab")},
		{P("tăng"), P("tang")},
		{P("Tăng"), P("tăng")},
		{ROW(P("1"), P("")), ROW(P(""), P("1"))},
		{ROW(P("1"), P("2")), ROW(P("2"), P("1"))},
		{ROW(P("1"), P("2")), P("1") P("2")},
		{PICTURE("rId1"), ""},
		{PICTURE("rId1"), PICTURE("rId1") PICTURE("rId1")},
		{"<w:p>" T("a") "<w:r><w:tab/></w:r>" T("b") "</w:p>", P("a b")},
		{"<w:p>" T("a") "<w:r><w:br/></w:r>" T("b") "</w:p>", P("ab")},
		{"<w:p>" T("Bảng ") FIELD(T("3")) "</w:p>", P("Bảng ")},
		{"<w:p>" T("Bảng ") FIELD(T("3")) "</w:p>", P("Bảng 3")},
		{"<w:p>" FIELD(T("3")) T("4") "</w:p>", "<w:p>" FIELD(T("3")) T("5") "</w:p>"},
		{P("a"), "<w:p>" T("a") "<w:ins>" T("b") "</w:ins></w:p>"},
		{P("a"), "<w:p>" T("a") "<w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"},
		{"<m:oMath><m:r><m:t>1</m:t></m:r></m:oMath>",
		 "<m:oMath><m:r><m:t>2</m:t></m:r></m:oMath>"},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(strcmp(words_of(cases[i][0]).print, words_of(cases[i][1]).print) != 0,
			  "%s", cases[i][1]);
}

Test(docx_words, pending)
{
	static const char *const yes[] = {
		"<w:p><w:ins>" T("a") "</w:ins></w:p>",
		"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>",
		"<w:p><w:r><w:rPr><w:rPrChange/></w:rPr></w:r></w:p>",
		"<w:p><w:moveTo/></w:p>",
		"<w:p><w:commentRangeStart w:id=\"0\"/>" T("a") "</w:p>",
	};

	for (size_t i = 0; i < COUNT(yes); i++)
		cr_expect(words_of(yes[i]).pending, "%s", yes[i]);
	cr_expect(words_of(P("ins") "<w:p><w:pPr><w:rPr><w:b/></w:rPr></w:pPr></w:p>").pending ==
		  false);
	cr_expect(words_of("<a:ins/>").pending == false);
}

Test(docx_words, first_difference)
{
	static const struct {
		const char *a, *b, *in_a, *in_b;
	} cases[] = {
		{"Năm đạt 44,40 điểm", "Năm đạt 44,41 điểm", "44,40 điểm", "44,41 điểm"},
		{"một hai", "một", "một hai", "một"},
		{"a\x1D"
		 "12\x1D"
		 "b",
		 "a\x1D"
		 "13\x1D"
		 "b",
		 "12 b", "13 b"},
		{"", "x", "", "x"},
		{"à", "á", "à", "á"}, /* U+00E0, U+00E1: one byte in common */
	};
	struct text a, b;

	for (size_t i = 0; i < COUNT(cases); i++) {
		docx_differ(&arena, span_of(cases[i].a), span_of(cases[i].b), &a, &b);
		check_text(a, cases[i].in_a);
		check_text(b, cases[i].in_b);
	}
}
