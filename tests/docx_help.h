/* docx_help.h -- small Word documents made in a test. */
#ifndef TESTS_DOCX_HELP_H
#define TESTS_DOCX_HELP_H

#include "help.h"
#include "output/docx.h"

#define BODY                                                                                       \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<w:document xmlns:w=\"" DOCX_W                \
	"\" xmlns:r=\"" DOCX_R "\" xmlns:m=\"" DOCX_M "\" xmlns:wp=\"" DOCX_WP                     \
	"\" xmlns:a=\"urn:a\" xmlns:mc=\"" DOCX_MC "\"><w:body>"
#define END "<w:sectPr/></w:body></w:document>"
#define P(words) "<w:p><w:r><w:t xml:space=\"preserve\">" words "</w:t></w:r></w:p>"
#define BLOCK(tag, content)                                                                        \
	"<w:sdt><w:sdtPr><w:alias w:val=\"Kh\xE1\xBB\x91i\"/><w:tag w:val=\"" tag                  \
	"\"/></w:sdtPr><w:sdtContent>" content "</w:sdtContent></w:sdt>"
#define PICTURE(id)                                                                                \
	"<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"x\"/><a:blip r:embed=\"" id     \
	"\"/></wp:inline></w:drawing></w:r></w:p>"
#define RELS(list) "<Relationships xmlns=\"" DOCX_PACKAGE "relationships\">" list "</Relationships>"
#define REL(id, type, target)                                                                      \
	"<Relationship Id=\"" id "\" Type=\"" DOCX_RELATION type "\" Target=\"" target "\"/>"
#define STYLE(type, id, name)                                                                      \
	"<w:style w:type=\"" type "\" w:styleId=\"" id "\"><w:name w:val=\"" name "\"/></w:style>"
#define STYLES(list) "<w:styles xmlns:w=\"" DOCX_W "\">" list "</w:styles>"
#define LISTS(list) "<w:numbering xmlns:w=\"" DOCX_W "\">" list "</w:numbering>"

/* A package with these further parts: pairs of name and bytes, ended by NULL. */
static inline struct docx_pack pack_of(const char *body, const char *rels, const char *const *more)
{
	struct docx_pack p = {.arena = &arena, .file = "test"};

	docx_pack_put(&p, "[Content_Types].xml",
		      span_of("<Types xmlns=\"" DOCX_PACKAGE "content-types\">"
			      "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
			      "<Override PartName=\"/word/document.xml\" ContentType=\"main\"/>"
			      "</Types>"));
	docx_pack_put(&p, "_rels/.rels",
		      span_of(RELS(REL("rId1", "officeDocument", "word/document.xml"))));
	docx_pack_put(&p, "word/document.xml", span_of(body));
	if (rels)
		docx_pack_put(&p, "word/_rels/document.xml.rels", span_of(rels));
	for (size_t i = 0; more && more[i]; i += 2)
		docx_pack_put(&p, more[i], span_of(more[i + 1]));
	return p;
}

/* The same as a file. */
static inline const char *docx_file(const char *name, const char *body, const char *rels,
				    const char *const *more)
{
	struct docx_pack p = pack_of(body, rels, more);
	const char *file = file_of(name, "", 0);
	struct diag why = {0};

	cr_assert(docx_pack_write(&p, file, &why), "%s", why.item[0].words);
	return file;
}

/* A part of a file; "" when it is not there. */
static inline struct text part_of(const char *file, const char *name)
{
	const struct docx_part *part;
	struct docx_pack p;
	struct diag why = {0};

	cr_assert(docx_pack_read(&arena, file, &p, &why), "%s", why.item[0].words);
	part = docx_pack_find(&p, name);
	return part ? part->bytes : (struct text){"", 0};
}

static inline struct text main_of(const char *file)
{
	return part_of(file, "word/document.xml");
}

static inline bool has(struct text s, const char *words)
{
	return strstr(arena_string(&arena, s), words) != NULL;
}

#endif
