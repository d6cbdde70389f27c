#include "docx_help.h"

TestSuite(docx_blocks, .fini = clean);

static struct docx d;

static void shut(void)
{
	docx_close(&d);
}

static const struct docx_blocks *blocks_of(const char *body)
{
	struct diag why = {0};

	close_rest = shut;
	cr_assert(docx_open(&arena, docx_file("a.docx", body, NULL, NULL), false, &d, &why), "%s",
		  why.item[0].words);
	return &d.blocks;
}

static struct text bytes_of_block(size_t i)
{
	const struct docx_block *block = &d.blocks.block[i];

	return (struct text){docx_pack_find(&d.pack, d.main)->bytes.at + block->at,
			     block->end - block->at};
}

Test(docx_blocks, tags)
{
	const struct docx_blocks *b = blocks_of(
		BODY P("thư") BLOCK("hailong:ref:a-1", P("x")) BLOCK("mine", P("y"))
			BLOCK("hailong:b:0123456789abcdef", P("z")) BLOCK("hailong:", P("z"))
				BLOCK("hailong:c:0123456789ABCDEF", P("z")) END);

	cr_assert(eq(sz, b->n, 3));
	check_text(b->block[0].name, "ref:a-1");
	check_text(b->block[0].seal, "");
	check_text(b->block[0].alias, "Khối");
	check_text(b->block[1].name, "b");
	check_text(b->block[1].seal, "0123456789abcdef");
	check_text(b->block[2].name, "c:0123456789ABCDEF");
	cr_expect(docx_blocks_named(b, span_of("b")) == &b->block[1]);
	cr_expect(docx_blocks_named(b, span_of("mine")) == NULL);
}

Test(docx_blocks, where_they_stand)
{
	static const char
		first[] = BLOCK("hailong:a", P("x") "<!-- </w:sdt> <w:sdt> -->" BLOCK(
						     "hailong:inner", P("i")) "<w:p/>"),
		second[] = "<v:sdt xmlns:v=\"" DOCX_W
			   "\"  note='>/>\"'><v:sdtPr><v:tag v:val=\"hailong:b\"/></v:sdtPr>"
			   "<v:sdtContent><v:p><v:r><v:t><![CDATA[</v:sdt>]]></v:t></v:r></v:p>"
			   "</v:sdtContent></v:sdt >";
	const struct docx_blocks *b =
		blocks_of(arena_format(&arena, BODY "<?w <w:p>?><w:p/>%s" P("&lt;w:sdt>") "%s" END,
				       first, second)
				  .at);

	cr_assert(eq(sz, b->n, 2));
	check_text(bytes_of_block(0), first);
	check_text(bytes_of_block(1), second);
}

Test(docx_blocks, altered)
{
	const char *print;
	const struct docx_blocks *b;

	print = blocks_of(BODY BLOCK("hailong:a", P("44,40")) END)->block[0].words.print;
	cr_expect(docx_block_altered(&d.blocks.block[0])); /* never sealed */
	print = arena_format(&arena, "hailong:a:%s", print).at;
	docx_close(&d);
	b = blocks_of(
		arena_format(&arena,
			     BODY "<w:sdt><w:sdtPr><w:tag w:val=\"%s\"/></w:sdtPr>"
				  "<w:sdtContent>" P(
					  "44,40") "</w:sdtContent></w:sdt>"
						   "<w:sdt><w:sdtPr><w:tag w:val=\"%s\"/></w:sdtPr>"
						   "<w:sdtContent>" P(
							   "44,41") "</w:sdtContent></w:sdt>" END,
			     print, print)
			.at);
	cr_assert(eq(sz, b->n, 2));
	cr_expect(docx_block_altered(&b->block[0]) == false);
	cr_expect(docx_block_altered(&b->block[1]));
}

/* LibreOffice makes a control around runs of one that was around paragraphs. */
Test(docx_blocks, loose)
{
	const struct docx_blocks *b = blocks_of(BODY "<w:p>" BLOCK(
		"hailong:a",
		"<w:r><w:t>x</w:t></w:r>") "</w:p>"
					   "<w:tbl>" BLOCK(
						   "hailong:b",
						   "<w:tr><w:tc>" P(
							   "x") "</"
								"w:"
								"tc><"
								"/w:"
								"tr>") "<w:tr><w:tc>" BLOCK("hailon"
											    "g:c",
											    P("x")) "</w:tc></w:tr></"
												    "w:tbl>" BLOCK(
													    "hailong:d",
													    "")
													    END);

	cr_assert(eq(sz, b->n, 4));
	cr_expect(b->block[0].loose);
	cr_expect(b->block[1].loose);
	cr_expect(b->block[2].loose == false);
	cr_expect(b->block[3].loose);
}

#define TABLE(words) "<w:tbl><w:tr><w:tc>" P(words) "</w:tc></w:tr></w:tbl>"
#define GALLERY(tag, content)                                                                      \
	"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"" tag                             \
	"\"/></w:docPartObj></w:sdtPr><w:sdtContent>" content "</w:sdtContent></w:sdt>"

/* As LibreOffice 7.4 saves it: without tag, the control around the caption alone. The fingerprint
 * is that of "a\n1\n" CELL ROW "n\n", by sha256sum. */
Test(docx_blocks, a_table_left_behind_the_control)
{
	static const char block[] =
		GALLERY("hailong:t:b0bbd31bbeac3811", P("a")) "<!-- x -->" TABLE("1") P("n");
	const struct docx_blocks *b = blocks_of(
		arena_format(&arena,
			     BODY "%s" P("staff") GALLERY("hailong:t:b0bbd31bbeac3811", P("a"))
				     TABLE("2") P("n") GALLERY("hailong:t:b0bbd31bbeac3811", P("a"))
					     GALLERY("hailong:u", TABLE("1") P("n")) END,
			     block)
			.at);

	cr_assert(eq(sz, b->n, 4));
	check_text(bytes_of_block(0), block);
	cr_expect(docx_block_altered(&b->block[0]) == false);
	check_text(bytes_of_block(1), GALLERY("hailong:t:b0bbd31bbeac3811", P("a")));
	cr_expect(docx_block_altered(&b->block[1]));
	cr_expect(docx_block_altered(&b->block[2]));
	check_text(b->block[3].name, "u");
}
