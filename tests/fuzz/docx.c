/* Any bytes as a Word document, or as the main part of one: sealed and updated, or refused with an
 * error and left as it was. An updated document can be updated again, and is the same then. The
 * first byte chooses. */
#include "output/docx.h"
#include "output/docx_update.h"
#include "output/outfile.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define RELATIONSHIPS(list)                                                                        \
	"<Relationships xmlns=\"" DOCX_PACKAGE "relationships\">" list "</Relationships>"
#define RELATION(id, type, target)                                                                 \
	"<Relationship Id=\"" id "\" Type=\"" DOCX_RELATION type "\" Target=\"" target "\"/>"

static void write_document(struct arena *a, const char *file, struct text body)
{
	static const char *const part[][2] = {
		{"[Content_Types].xml", "<Types xmlns=\"" DOCX_PACKAGE "content-types\"/>"},
		{"_rels/.rels",
		 RELATIONSHIPS(RELATION("a", "officeDocument", "word/document.xml"))},
		{"word/_rels/document.xml.rels",
		 RELATIONSHIPS(RELATION("r1", "image", "media/a.png")
				       RELATION("r2", "numbering", "numbering.xml"))},
		{"word/numbering.xml",
		 "<w:numbering xmlns:w=\"" DOCX_W "\"><w:abstractNum w:abstractNumId=\"1\"/>"
		 "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"},
		{"word/media/a.png", "picture"},
	};
	struct docx_pack p = {.arena = a, .file = file};
	struct diag why = {0};

	for (size_t i = 0; i < sizeof part / sizeof *part; i++)
		docx_pack_put(&p, part[i][0], span_of(part[i][1]));
	docx_pack_put(&p, "word/document.xml", arena_text(a, body));
	assert(docx_pack_write(&p, file, &why));
}

static struct text read_file(struct arena *a, const char *file)
{
	struct diag why = {0};
	struct text all;

	assert(outfile_read(a, file, &all, &why));
	return all;
}

static const char new_body[] =
	"<w:document xmlns:w=\"" DOCX_W "\" xmlns:r=\"" DOCX_R
	"\"><w:body><w:sdt><w:sdtPr><w:tag w:val=\"hailong:a\"/></w:sdtPr><w:sdtContent><w:p>"
	"<w:bookmarkStart w:id=\"1\" w:name=\"m\"/><w:bookmarkEnd w:id=\"1\"/><w:pPr><w:numPr>"
	"<w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>44,40</w:t></w:r><w:drawing "
	"r:embed=\"r1\"/>"
	"</w:p></w:sdtContent></w:sdt></w:body></w:document>";

static void update(struct arena *a, const char *old, const char *new)
{
	struct text before = read_file(a, old), once;
	struct docx_news news;
	struct diag why = {0};

	if (!docx_update(a, old, new, true, old, &news, &why)) {
		assert(why.errors && span_equal(before, read_file(a, old)));
		return;
	}
	once = read_file(a, old);
	assert(docx_update(a, old, new, true, old, &news, &why));
	for (size_t i = 0; i < news.n; i++)
		if (news.block[i].state == DOCX_ALTERED)
			return; /* tracked changes of a block around it */
	assert(span_equal(once, read_file(a, old)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	const struct text rest = {(const char *)bytes + 1, n - 1};
	char old[64], new[64];
	struct arena a = {0};
	struct diag why = {0}, whole = {0};
	struct text audit;

	if (n < 1)
		return 0;
	snprintf(old, sizeof old, "/tmp/hailong-fuzz-old.%ld.docx", (long)getpid());
	snprintf(new, sizeof new, "/tmp/hailong-fuzz-new.%ld.docx", (long)getpid());
	if (bytes[0] & 1)
		write_document(&a, old, rest);
	else
		assert(outfile_put(old, rest, &why));
	write_document(&a, new, span_of(new_body));
	assert(docx_seal(&a, new, span_of("n\n"), &why));
	update(&a, old, new);
	if (docx_seal(&a, old, span_of("x\n"), &whole)) {
		assert(docx_audit(&a, old, &audit, &why) && span_is(audit, "x\n"));
		update(&a, old, new);
	}
	unlink(old);
	unlink(new);
	arena_release(&a);
	return 0;
}
