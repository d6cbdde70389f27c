#include "docx_help.h"

#include <stdint.h>

TestSuite(docx_pack, .fini = clean);

static struct text zip_of(const struct docx_pack *p)
{
	struct diag why = {0};
	struct text zip;

	cr_assert(docx_pack_bytes(p, &zip, &why));
	return zip;
}

static void refused(const char *name, struct text bytes, const char *words)
{
	struct docx_pack p;
	struct diag why = {0};

	cr_expect(docx_pack_read(&arena, file_of(name, bytes.at, bytes.n), &p, &why) == false, "%s",
		  name);
	check_problem(&why, 0, DIAG_DATA, name, 0, 0, words);
}

Test(docx_pack, parts_come_back)
{
	static const char picture[] = "\x89PNG\r\n\x1A\n\0\0\0";
	struct docx_pack p = pack_of(BODY END, NULL, NULL), back;
	struct diag why = {0};
	const char *file;

	docx_pack_put(&p, "word/media/Ảnh 1.png", (struct text){picture, sizeof picture});
	docx_pack_put(&p, "word/document.xml", span_of("other"));
	p.part[1].gone = true; /* _rels/.rels */
	file = file_of("a.docx", "", 0);
	cr_assert(docx_pack_write(&p, file, &why));
	cr_assert(docx_pack_read(&arena, file, &back, &why), "%s", why.item[0].words);
	cr_expect(eq(sz, back.n, 3));
	check_string(back.part[0].name, "[Content_Types].xml");
	check_string(back.part[1].name, "word/document.xml");
	check_text(back.part[1].bytes, "other");
	check_string(back.part[2].name, "word/media/Ảnh 1.png");
	cr_expect(span_equal(back.part[2].bytes, (struct text){picture, sizeof picture}));
	cr_expect(docx_pack_find(&back, "_rels/.rels") == NULL);
}

Test(docx_pack, equal_parts_give_equal_bytes)
{
	struct docx_pack p = pack_of(BODY END, NULL, (const char *[]){"b", "1", "a", "2", NULL}),
			 q = pack_of(BODY END, NULL, (const char *[]){"a", "2", "b", "1", NULL});
	struct text first, second;

	setenv("TZ", "Asia/Ho_Chi_Minh", 1);
	first = zip_of(&p);
	setenv("TZ", "America/New_York", 1);
	second = zip_of(&q);
	cr_expect(span_equal(first, second));
}

/* The method of the first entry with this name, in its local header (APPNOTE 4.3.7). */
static int method(struct text zip, const char *name)
{
	for (size_t i = 30; i + strlen(name) < zip.n; i++)
		if (memcmp(zip.at + i, name, strlen(name)) == 0)
			return zip.at[i - 30 + 8];
	return -1;
}

Test(docx_pack, pictures_are_stored)
{
	static const char many[] =
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
	struct docx_pack p = pack_of(BODY END, NULL,
				     (const char *[]){"word/media/a.PNG", many, "word/media/b.jpeg",
						      many, "word/media/c.svg", many, NULL});
	struct text zip = zip_of(&p);

	cr_expect(eq(int, method(zip, "word/media/a.PNG"), 0));
	cr_expect(eq(int, method(zip, "word/media/b.jpeg"), 0));
	cr_expect(eq(int, method(zip, "word/media/c.svg"), 8));
	cr_expect(eq(int, method(zip, "word/document.xml"), 8));
}

Test(docx_pack, no_document)
{
	static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on";
	struct docx_pack p = pack_of(BODY END, NULL, NULL);
	struct text zip = zip_of(&p);
	struct diag why = {0};

	refused("text.docx", span_of("Kính gửi"), "this is no Word document");
	refused("empty.docx", span_of(""), "this is no Word document");
	refused("old.docx", (struct text){compound, sizeof compound},
		"an old .doc, or a document locked with a password");
	refused("cut.docx", (struct text){zip.at, zip.n / 2}, "cut off or damaged");
	cr_expect(docx_pack_read(&arena, "/nowhere/a.docx", &p, &why) == false);
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "/nowhere/a.docx: ");
}

Test(docx_pack, damaged_within)
{
	struct docx_pack p =
		pack_of(BODY END, NULL, (const char *[]){"word/media/a.png", "picture", NULL});
	struct text zip = zip_of(&p);
	char *at = (char *)memchr(zip.at, 0, zip.n);

	for (at = (char *)zip.at; memcmp(at, "picture", 7) != 0;)
		at++;
	at[0] = 'P'; /* its CRC is another now */
	refused("bits.docx", zip, "\"word/media/a.png\" inside the document is damaged");
}

Test(docx_pack, names_that_lead_out)
{
	static const char *const names[] = {"../x", "/etc/passwd", "word/../../x", "a\\b",
					    "C:x",  "word//x",     "./x"};

	for (size_t i = 0; i < COUNT(names); i++) {
		struct docx_pack p = pack_of(BODY END, NULL, (const char *[]){names[i], "x", NULL});

		refused("out.docx", zip_of(&p), "a part whose name leads out of it");
	}
}

Test(docx_pack, names_that_stand_twice)
{
	struct docx_pack p =
		pack_of(BODY END, NULL, (const char *[]){"WORD/Document.xml", "x", NULL});

	refused("twice.docx", zip_of(&p), "twice");
}

/* All places of the first four bytes after the central header of a part, 46 bytes long with its
 * name behind (APPNOTE 4.3.12): flags at 8, unpacked size at 24. */
static char *central(struct text zip, const char *name)
{
	char *found = NULL;

	for (size_t i = 46; i + strlen(name) <= zip.n; i++)
		if (memcmp(zip.at + i, name, strlen(name)) == 0 &&
		    memcmp(zip.at + i - 46, "PK\1\2", 4) == 0)
			found = (char *)zip.at + i - 46;
	cr_assert(found != NULL);
	return found;
}

Test(docx_pack, bomb)
{
	struct docx_pack p = pack_of(BODY END, NULL, NULL);
	struct text zip = zip_of(&p);

	memcpy(central(zip, "word/document.xml") + 24, "\xFF\xFF\xFF\x7F", 4); /* says 2 GB */
	refused("bomb.docx", zip, "unpacks to more than 256 MB");
	memcpy(central(zip, "word/document.xml") + 24, "\xFF\xFF\xFF\x07", 4); /* 128 MB */
	refused("liar.docx", zip, "damaged");
}

Test(docx_pack, locked)
{
	struct docx_pack p = pack_of(BODY END, NULL, NULL);
	struct text zip = zip_of(&p);

	central(zip, "word/document.xml")[8] |= 1;
	for (char *at = (char *)zip.at; at + 50 < zip.at + zip.n; at++)
		if (memcmp(at, "PK\3\4", 4) == 0 && memcmp(at + 30, "word/document.xml", 17) == 0)
			at[6] |= 1;
	refused("locked.docx", zip, "password");
}

Test(docx_pack, too_many_parts)
{
	struct docx_pack p = pack_of(BODY END, NULL, NULL);

	for (size_t i = 0; i < DOCX_PARTS; i++) {
		p.part = arena_grow(&arena, p.part, p.n, sizeof *p.part);
		p.part[p.n++] =
			(struct docx_part){arena_format(&arena, "x%zu", i).at, {"", 0}, false};
	}
	refused("many.docx", zip_of(&p), "more than 4096 parts");
}
