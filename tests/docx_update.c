#include "docx_help.h"
#include "output/docx_update.h"

#include <libxml/parser.h>

TestSuite(docx_update, .fini = clean);

#define ONE "\x89PNG one"
#define TWO "\x89PNG two"

static const char *sealed(const char *name, const char *body, const char *rels,
			  const char *const *more, const char *audit)
{
	const char *file = docx_file(name, body, rels, more);
	struct diag why = {0};

	cr_assert(docx_seal(&arena, file, span_of(audit), &why), "%s", why.item[0].words);
	return file;
}

static int edits;

/* A document whose main part says `to` where it said `from`. */
static const char *edited(const char *file, const char *from, const char *to)
{
	struct docx_pack p;
	struct diag why = {0};
	struct docx_part *part;
	const char *at;

	cr_assert(docx_pack_read(&arena, file, &p, &why));
	part = docx_pack_find(&p, "word/document.xml");
	at = strstr(part->bytes.at, from);
	cr_assert(at != NULL, "%s", from);
	part->bytes = arena_format(&arena, "%.*s%s%s", (int)(at - part->bytes.at), part->bytes.at,
				   to, at + strlen(from));
	file = arena_format(&arena, "%s%d.docx", file, edits++).at;
	cr_assert(docx_pack_write(&p, file, &why));
	return file;
}

static struct docx_news news;
static struct diag said;

static const char *updated(const char *old, const char *new, bool anyway)
{
	const char *out = arena_format(&arena, "%s-out.docx", old).at;
	struct text all;
	xmlDoc *doc;

	said = (struct diag){0};
	cr_assert(docx_update(&arena, old, new, anyway, out, &news, &said), "%s",
		  said.item[0].words);
	all = main_of(out);
	doc = xmlReadMemory(all.at, (int)all.n, NULL, NULL, XML_PARSE_NONET);
	cr_assert(doc != NULL);
	xmlFreeDoc(doc);
	return out;
}

static void refused(const char *old, const char *new, const char *words)
{
	const char *out = arena_format(&arena, "%s-none.docx", old).at;
	struct text before = bytes_of(old);
	struct diag why = {0};

	cr_expect(docx_update(&arena, old, new, false, out, &news, &why) == false);
	cr_expect(eq(int, (int)why.item[0].code, (int)DIAG_DATA));
	cr_expect(strstr(why.item[0].words, words) != NULL, "\"%s\" lacks \"%s\"",
		  why.item[0].words, words);
	cr_expect(span_equal(before, bytes_of(old)));
	cr_expect(fopen(out, "r") == NULL);
}

static void state(size_t i, const char *name, enum docx_state want)
{
	cr_assert(lt(sz, i, news.n));
	check_text(news.block[i].name, name);
	cr_expect(eq(int, (int)news.block[i].state, (int)want), "%s", name);
}

#define STAFF                                                                                      \
	"<w:p  w:rsidR=\"00B1\" ><w:r><w:t xml:space='preserve'>  &quot;Ý&#xA; kiến&quot; "     \
	"</w:t></w:r></w:p >"

Test(docx_update, blocks_are_renewed_and_the_rest_stays)
{
	const char *old = sealed("old.docx",
				 BODY P("x") BLOCK("hailong:a", P("44,40")) P("@")
					 BLOCK("hailong:b", P("same")) BLOCK("hailong:c", P("gone"))
						 END,
				 NULL, NULL, "old\n"),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:d", P("fresh")) BLOCK("hailong:a", P("45,10"))
					 BLOCK("hailong:b", P("same")) END,
				 NULL, NULL, "new\n"),
		   *out;
	struct text was, is, audit;
	const char *cut;

	old = edited(old, P("@"), STAFF);
	was = main_of(old);
	out = updated(old, new, false);
	is = main_of(out);
	cr_expect(has(is, P("45,10")));
	cr_expect(has(is, "44,40") == false);
	/* the bytes before and behind the block */
	cut = strstr(was.at, "<w:sdt>");
	cr_expect(memcmp(is.at, was.at, (size_t)(cut - was.at)) == 0);
	cut = strstr(was.at, STAFF);
	check_string(strstr(arena_string(&arena, is), STAFF), cut);
	cr_expect(eq(sz, news.n, 4));
	state(0, "a", DOCX_RENEWED);
	state(1, "b", DOCX_UNCHANGED);
	state(2, "c", DOCX_OLD_ONLY);
	state(3, "d", DOCX_NEW_ONLY);
	check_text(news.block[0].alias, "Khối");
	cr_assert(docx_audit(&arena, out, &audit, &said));
	check_text(audit, "new\n");
}

Test(docx_update, a_second_time_changes_nothing)
{
	const char *old = sealed("old.docx",
				 BODY BLOCK("hailong:a", P("44,40") PICTURE("rId9")) P("x") END,
				 RELS(REL("rId9", "image", "media/one.png")),
				 (const char *[]){"word/media/one.png", ONE, NULL}, "old\n"),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:a", P("45,10") PICTURE("rId9")) END,
				 RELS(REL("rId9", "image", "media/rId9.png")),
				 (const char *[]){"word/media/rId9.png", TWO, NULL}, "new\n"),
		   *once = updated(old, new, false), *twice = updated(once, new, false);

	state(0, "a", DOCX_UNCHANGED);
	cr_expect(span_equal(bytes_of(once), bytes_of(twice)));
	cr_expect(span_equal(bytes_of(once), bytes_of(updated(old, new, false))));
}

Test(docx_update, in_place)
{
	const char *old = sealed("old.docx", BODY BLOCK("hailong:a", P("1")) END, NULL, NULL, ""),
		   *new = sealed("new.docx", BODY BLOCK("hailong:a", P("2")) END, NULL, NULL, "");
	struct diag why = {0};

	cr_assert(docx_update(&arena, old, new, false, old, &news, &why));
	cr_expect(has(main_of(old), P("2")));
}

/* A run that Word splits is no alteration; a digit is. */
Test(docx_update, altered_by_hand)
{
	const char *old = sealed("old.docx",
				 BODY BLOCK("hailong:a", P("tăng 0,18 điểm"))
					 BLOCK("hailong:b", P("1")) END,
				 NULL, NULL, ""),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:a", P("tăng 0,30 điểm"))
					 BLOCK("hailong:b", P("1")) END,
				 NULL, NULL, ""),
		   *split = edited(
			   old, P("tăng 0,18 điểm"),
			   "<w:p w:rsidR=\"1\"><w:r><w:t xml:space=\"preserve\">tăng 0</w:t></w:r>"
			   "<w:proofErr w:type=\"spellStart\"/><w:r><w:t>,18</w:t></w:r>"
			   "<w:r><w:t xml:space=\"preserve\"> điểm</w:t></w:r></w:p>"),
		   *digit = edited(old, "0,18", "0,19"), *out;

	updated(split, new, false);
	state(0, "a", DOCX_RENEWED);
	refused(digit, new,
		"the block \"a\" (Khối) was altered by hand; it says \"0,19 điểm\" where the new "
		"one says \"0,30 điểm\"");
	out = updated(digit, new, true);
	state(0, "a", DOCX_ALTERED);
	state(1, "b", DOCX_UNCHANGED);
	cr_expect(has(main_of(out), "0,30"));
	cr_expect(has(main_of(out), "0,19") == false);
	refused(edited(digit, P("1"), P("2")), new, "\"a\"");
	/* what staff wrote is what the new one says */
	updated(edited(old, "0,18", "0,30"), new, false);
	state(0, "a", DOCX_RENEWED);
}

Test(docx_update, every_altered_block_is_named)
{
	const char *old = sealed("old.docx",
				 BODY BLOCK("hailong:a", P("1")) BLOCK("hailong:b", P("2")) END,
				 NULL, NULL, ""),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:a", P("3")) BLOCK("hailong:b", P("4")) END,
				 NULL, NULL, "");
	struct diag why = {0};

	old = edited(edited(old, P("1"), P("x")), P("2"),
		     "<w:p><w:ins><w:r><w:t>2</w:t></w:r></w:ins></w:p>");
	cr_expect(docx_update(&arena, old, new, false, old, &news, &why) == false);
	cr_expect(eq(sz, why.errors, 2));
	cr_expect(strstr(why.item[1].words,
			 "the block \"b\" (Khối) holds tracked changes or comments") != NULL);
	cr_expect(strstr(why.item[1].hint, "--force") != NULL);
}

Test(docx_update, a_block_without_fingerprint)
{
	const char *old = docx_file("old.docx", BODY BLOCK("hailong:a", P("1")) END, NULL, NULL),
		   *new = sealed("new.docx", BODY BLOCK("hailong:a", P("2")) END, NULL, NULL, "");

	refused(old, new, "bears no fingerprint");
	updated(old, new, true);
}

Test(docx_update, a_block_that_was_taken_apart)
{
	const char *old = sealed("old.docx",
				 BODY BLOCK("hailong:a", P("1")) BLOCK("hailong:b", P("1")) END,
				 NULL, NULL, ""),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:a", P("2")) BLOCK("hailong:b", P("2")) END,
				 NULL, NULL, ""),
		   *loose, *out;

	/* as if its paragraph had been drawn around it */
	loose = edited(edited(old, "<w:sdt>", "<w:p><w:sdt>"), "</w:sdt>", "</w:sdt></w:p>");
	refused(loose, new, "\"a\" (Khối) no longer holds all that was in it");
	out = updated(loose, new, true);
	state(0, "a", DOCX_LOOSE);
	cr_expect(has(main_of(out), P("2")));
}

Test(docx_update, nothing_to_renew)
{
	const char *none = docx_file("none.docx", BODY P("x") END, NULL, NULL),
		   *libre = docx_file(
			   "libre.docx", BODY P("x") END, NULL,
			   (const char *[]){"docProps/app.xml", "<a>LibreOffice/7.4</a>", NULL}),
		   *other = sealed("other.docx", BODY BLOCK("hailong:z", P("1")) END, NULL, NULL,
				   ""),
		   *new = sealed("new.docx", BODY BLOCK("hailong:a", P("2")) END, NULL, NULL, "");
	struct diag why = {0};

	refused(none, new, "there are no blocks in this document");
	refused(libre, new, "there are no blocks in this document");
	refused(other, new, "none of the blocks in this document is made by this report");
	docx_update(&arena, libre, new, false, libre, &news, &why);
	cr_expect(strstr(why.item[0].hint, "LibreOffice saved it") != NULL);
}

Test(docx_update, pictures)
{
	const char *old = sealed("old.docx",
				 BODY PICTURE("rId1") BLOCK("hailong:a", PICTURE("rId2"))
					 BLOCK("hailong:b", PICTURE("rId3")) END,
				 RELS(REL("rId1", "image", "media/staff.png")
					      REL("rId2", "image", "media/one.png")
						      REL("rId3", "image", "media/staff.png")),
				 (const char *[]){"word/media/staff.png", "staff",
						  "word/media/one.png", ONE, NULL},
				 ""),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:a", PICTURE("rId1") PICTURE("rId1"))
					 BLOCK("hailong:b", PICTURE("rId1")) END,
				 RELS(REL("rId1", "image", "media/staff.png")),
				 (const char *[]){"word/media/staff.png", TWO, NULL}, ""),
		   *out = updated(old, new, false);
	struct text all = main_of(out), rels = part_of(out, "word/_rels/document.xml.rels");

	/* named by the SHA-256 of its content, by sha256sum */
	check_text(part_of(out, "word/media/4ce1f4445c0247b6.png"), TWO);
	check_text(part_of(out, "word/media/staff.png"),
		   "staff"); /* still shown by the first paragraph */
	cr_expect(eq(sz, part_of(out, "word/media/one.png").n, 0));
	cr_expect(has(rels, "media/one.png") == false);
	cr_expect(has(rels, "\"rId1\""));
	cr_expect(has(rels, "rId3") == false);
	cr_expect(has(part_of(out, "[Content_Types].xml"), "Extension=\"png\""));
	cr_expect(has(all, "r:embed=\"rIdHl1\""));
	/* numbers of pictures stand once */
	cr_expect(has(all, "docPr id=\"2\""));
	cr_expect(has(all, "docPr id=\"3\""));
	cr_expect(has(all, "docPr id=\"4\""));
}

/* Equal words, another picture. */
Test(docx_update, only_the_picture_changes)
{
	const char *rels = RELS(REL("rId1", "image", "media/a.png")),
		   *body = BODY BLOCK("hailong:a", PICTURE("rId1")) END,
		   *old = sealed("old.docx", body, rels,
				 (const char *[]){"word/media/a.png", ONE, NULL}, ""),
		   *new = sealed("new.docx", body, rels,
				 (const char *[]){"word/media/a.png", TWO, NULL}, "");

	updated(old, new, false);
	state(0, "a", DOCX_RENEWED);
}

#define LINK "<w:p><w:hyperlink r:id=\"rId7\"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>"

Test(docx_update, addresses)
{
	const char *old = sealed("old.docx", BODY BLOCK("hailong:a", P("1")) END, NULL, NULL, ""),
		   *new = sealed("new.docx", BODY BLOCK("hailong:a", LINK) END,
				 RELS("<Relationship Id=\"rId7\" Type=\"" DOCX_RELATION
				      "hyperlink\" Target=\"https://example.vn/?a=1&amp;b\" "
				      "TargetMode=\"External\"/>"),
				 NULL, ""),
		   *bad = sealed("bad.docx", BODY BLOCK("hailong:a", LINK) END, NULL, NULL, ""),
		   *out = updated(old, new, false);

	cr_expect(has(part_of(out, "word/_rels/document.xml.rels"),
		      "Target=\"https://example.vn/?a=1&amp;b\" TargetMode=\"External\""));
	cr_expect(has(main_of(out), "r:id=\"rIdHl1\""));
	refused(old, bad, "a block refers to \"rId7\", which cannot be taken over");
}

#define MARK(id, name) "<w:bookmarkStart w:id=\"" id "\" w:name=\"" name "\"/>"
#define MARK_END(id) "<w:bookmarkEnd w:id=\"" id "\"/>"

Test(docx_update, bookmarks)
{
	const char *old = sealed("old.docx",
				 BODY "<w:p>" MARK("7", "staff") MARK_END("7") "</w:p>" BLOCK(
					 "hailong:a",
					 "<w:p>" MARK("9", "ref_a") MARK_END("9") "</w:p>") END,
				 NULL, NULL, ""),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:a",
					    "<w:p>" MARK("7", "ref_a") MARK("8", "Staff")
						    MARK("9", "ref_b") MARK_END("8") MARK_END("9")
							    MARK_END("7") "</w:p>" P("x")) END,
				 NULL, NULL, "");
	struct text all = main_of(updated(old, new, false));

	cr_expect(has(all, MARK("7", "staff")));
	cr_expect(has(all, "Staff") == false);
	cr_expect(has(all, MARK("8", "ref_a") MARK("9", "ref_b") MARK_END("9") MARK_END("8")));
}

#define STYLED(id) "<w:p><w:pPr><w:pStyle w:val=\"" id "\"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
#define STYLES_PART "word/styles.xml"

Test(docx_update, styles)
{
	const char *
		rels = RELS(REL("rId1", "styles", "styles.xml")),
	       *old = sealed(
		       "old.docx", BODY STYLED("u1") BLOCK("hailong:a", P("1")) END, rels,
		       (const char *[]){STYLES_PART,
					STYLES(STYLE("paragraph", "X",
						     "HEADING 1") STYLE("paragraph", "t9", "Title")
						       STYLE("paragraph", "u1", "heading 1") STYLE(
							       "paragraph", "Note", "Chú thích")),
					NULL},
		       ""),
	       *new = sealed(
		       "new.docx",
		       BODY BLOCK("hailong:a", STYLED("Heading1") STYLED("Title") STYLED(
						       "Note") STYLED("Leaf")
						       STYLED("Absent")) END,
		       rels,
		       (const char *[]){
			       STYLES_PART,
			       STYLES(STYLE("paragraph", "Heading1",
					    "heading 1") STYLE("paragraph", "Title", "title")
					      STYLE("paragraph", "Note",
						    "Note") "<w:style w:type=\"paragraph\" "
							    "w:default=\"1\" "
							    "w:styleId=\"Leaf\">"
							    "<w:name w:val=\"Leaf\"/><w:basedOn "
							    "w:val=\"Root\"/><w:next "
							    "w:val=\"Nowhere\"/>"
							    "</w:style><w:style "
							    "w:type=\"paragraph\" "
							    "w:styleId=\"Root\">"
							    "<w:name w:val=\"Root\"/><w:basedOn "
							    "w:val=\"Leaf\"/></w:style>"),
			       NULL},
		       ""),
	       *out = updated(old, new, false);
	struct text all = main_of(out), styles = part_of(out, STYLES_PART);

	cr_expect(has(all,
		      STYLED("u1") STYLED("t9") STYLED("Note-1") STYLED("Leaf") STYLED("Absent")));
	cr_expect(has(styles, "w:styleId=\"Note-1\""));
	cr_expect(has(styles, "w:styleId=\"Root\""));
	cr_expect(has(styles, "<w:basedOn w:val=\"Root\"/>"));
	cr_expect(has(styles, "Nowhere") == false);
	cr_expect(has(styles, "w:default") == false);
	cr_expect(has(styles, "Chú thích"));
}

#define ITEM(id)                                                                                   \
	"<w:p><w:pPr><w:numPr><w:numId w:val=\"" id                                                \
	"\"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>"
#define KIND(id, format, sign)                                                                     \
	"<w:abstractNum w:abstractNumId=\"" id                                                     \
	"\"><w:nsid w:val=\"A990\"/><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"" format                 \
	"\"/><w:lvlText w:val=\"" sign "\"/></w:lvl></w:abstractNum>"
#define LIST(id, kind) "<w:num w:numId=\"" id "\"><w:abstractNumId w:val=\"" kind "\"/></w:num>"
#define LISTS_PART "word/numbering.xml"

Test(docx_update, lists)
{
	const char *rels = RELS(REL("rId1", "numbering", "numbering.xml")),
		   *old = sealed("old.docx",
				 BODY ITEM("2") BLOCK("hailong:a", ITEM("5"))
					 BLOCK("hailong:b", ITEM("5")) END,
				 rels,
				 (const char *[]){LISTS_PART,
						  LISTS(KIND("3", "bullet", "-") LIST("2", "3")
								LIST("5", "3")),
						  NULL},
				 ""),
		   *new = sealed(
			   "new.docx",
			   BODY BLOCK("hailong:a", ITEM("1001") ITEM("1001"))
				   BLOCK("hailong:b", P("y") ITEM("1002")) END,
			   rels,
			   (const char *[]){
				   LISTS_PART,
				   LISTS(KIND("990", "bullet", "-") KIND("991", "decimal", "%1.")
						 LIST("1001", "990") LIST("1002", "991")),
				   NULL},
			   ""),
		   *out = updated(old, new, false);
	struct text all = main_of(out), lists = part_of(out, LISTS_PART);

	cr_expect(has(all, ITEM("5") ITEM("5"))); /* the same kind: the old list */
	cr_expect(has(all, P("y") ITEM("6")));
	cr_expect(has(lists, "</w:abstractNum><w:abstractNum w:abstractNumId=\"4\"><w:lvl "
			     "w:ilvl=\"0\"><w:numFmt "
			     "w:val=\"decimal\"/>"));
	cr_expect(has(lists, LIST("2", "3") LIST("5", "3") LIST("6", "4") "</w:numbering>"));
}

Test(docx_update, a_document_without_lists)
{
	const char *old = sealed("old.docx", BODY BLOCK("hailong:a", P("1")) END, NULL, NULL, ""),
		   *new = sealed("new.docx", BODY BLOCK("hailong:a", ITEM("1")) END,
				 RELS(REL("rId1", "numbering", "numbering.xml")),
				 (const char *[]){LISTS_PART,
						  LISTS(KIND("0", "bullet", "-") LIST("1", "0")),
						  NULL},
				 ""),
		   *out = updated(old, new, false);

	cr_expect(has(part_of(out, LISTS_PART), LIST("1", "1")));
	cr_expect(has(part_of(out, "word/_rels/document.xml.rels"),
		      "relationships/numbering\" Target=\"numbering.xml\""));
	cr_expect(has(part_of(out, "[Content_Types].xml"), "/word/numbering.xml"));
}

/* A copy that staff made of a block is renewed, too; its bookmark stays with the first. */
Test(docx_update, a_block_that_stands_twice)
{
	const char *old = sealed("old.docx", BODY BLOCK("hailong:a", P("1")) END, NULL, NULL, ""),
		   *new = sealed("new.docx",
				 BODY BLOCK("hailong:a", "<w:p>" MARK("1", "m")
								 MARK_END("1") "</w:p>" P("2")) END,
				 NULL, NULL, "");
	struct text all = main_of(old);
	const char *block = strstr(all.at, "<w:sdt>"), *copy;

	copy = arena_format(&arena, "%.*s", (int)(strstr(block, "<w:sectPr") - block), block).at;
	all = main_of(updated(
		edited(old, "<w:sectPr/>", arena_format(&arena, P("y") "%s<w:sectPr/>", copy).at),
		new, false));
	copy = strstr(all.at, P("y"));
	cr_assert(copy != NULL);
	cr_expect(strstr(copy, P("2")) != NULL);
	cr_expect(strstr(copy, "bookmark") == NULL);
}

/* Word's names for locks: "~$" before a name of up to six letters, in place of one of seven, two of
 * more. */
Test(docx_update, open_elsewhere)
{
	static const struct {
		const char *file, *lock, *who;
	} cases[] = {
		{"bc.docx", "~$bc.docx", "Word"},
		{"baocao1.docx", "~$aocao1.docx", "Word"},
		{"báo cáo.docx", "~$o cáo.docx", "Word"},
		{"papi-1.docx", ".~lock.papi-1.docx#", "LibreOffice"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		const char *file =
			sealed(cases[i].file, BODY BLOCK("hailong:a", P("1")) END, NULL, NULL, "");
		struct diag why = {0};

		cr_expect(docx_ready(&arena, file, &why), "%s", file);
		file_of(cases[i].lock, "", 0);
		cr_expect(docx_ready(&arena, file, &why) == false, "%s", file);
		cr_expect(strstr(why.item[0].words,
				 arena_format(&arena, "is open in %s", cases[i].who).at) != NULL);
	}
}

#define CELL(words) "<w:tbl><w:tr><w:tc>" P(words) "</w:tc></w:tr></w:tbl>"

/* A table that LibreOffice left behind its control goes with the block; where it cannot be told,
 * the block is left alone: two tables would stand there. */
Test(docx_update, a_table_left_behind_the_control)
{
	const char *old = sealed("old.docx", BODY BLOCK("hailong:a", P("c") CELL("1")) P("y") END,
				 NULL, NULL, ""),
		   *new = sealed("new.docx", BODY BLOCK("hailong:a", P("c") CELL("2")) END, NULL,
				 NULL, ""),
		   *left;
	struct text all;

	left = edited(old, CELL("1") "</w:sdtContent></w:sdt>",
		      "</w:sdtContent></w:sdt>" CELL("1"));
	all = main_of(updated(left, new, false));
	state(0, "a", DOCX_RENEWED);
	cr_expect(has(all, CELL("2") "</w:sdtContent></w:sdt>" P("y")));
	cr_expect(has(all, CELL("1")) == false);

	left = edited(left, CELL("1"), CELL("9"));
	refused(left, new, "no longer holds all that was in it");
	all = main_of(updated(left, new, true));
	state(0, "a", DOCX_LOOSE);
	cr_expect(has(all, CELL("9")));
	cr_expect(has(all, CELL("2")) == false);
}

/* The tag and the gallery of a document part say the same. */
Test(docx_update, the_gallery_serves_without_a_tag)
{
	static const char control[] =
		"<w:sdt><w:sdtPr><w:tag w:val=\"hailong:a\"/><w:docPartObj><w:docPartGallery "
		"w:val=\"hailong\"/></w:docPartObj></w:sdtPr><w:sdtContent>";
	const char *old = sealed("old.docx",
				 arena_format(&arena,
					      BODY "%s" P("1") "</w:sdtContent></w:sdt>" END,
					      control)
					 .at,
				 NULL, NULL, ""),
		   *new = sealed("new.docx",
				 arena_format(&arena,
					      BODY "%s" P("2") "</w:sdtContent></w:sdt>" END,
					      control)
					 .at,
				 NULL, NULL, "");
	const char *tag = strstr(arena_string(&arena, main_of(old)), "<w:tag"),
		   *end = strchr(tag, '>');

	old = edited(old, arena_string(&arena, (struct text){tag, (size_t)(end + 1 - tag)}), "");
	updated(old, new, false);
	state(0, "a", DOCX_RENEWED);
}

Test(docx_update, not_to_be_updated)
{
	struct diag none = {0}, no = {0};

	cr_expect(docx_ready(&arena, docx_file("none.docx", BODY END, NULL, NULL), &none) == false);
	check_problem(&none, 0, DIAG_DATA, "none.docx", 0, 0, "there are no blocks");
	cr_expect(docx_ready(&arena, file_of("no.docx", "", 0), &no) == false);
	check_problem(&no, 0, DIAG_DATA, "no.docx", 0, 0, "this is no Word document");
}
