#include "output/docx_pack.h"

#include "base/text.h"
#include "output/outfile.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <zip.h>

static bool refuse(const struct docx_pack *p, struct diag *why, const char *words)
{
	return diag_at(why, (struct place){p->file, 0, 0}, DIAG_DATA, "%s", diag_word(why, words));
}

/* ---- reading ----------------------------------------------------------------------------------
 */

/* Leads nowhere but into the document: relative, and no step up. */
static bool sound(const char *name)
{
	struct text rest = span_of(name), step;
	size_t bad;

	if (*name == '/' || strchr(name, '\\') || strchr(name, ':') || !text_check(rest, &bad))
		return false;
	while (span_split(&rest, '/', &step))
		if (step.n == 0 || span_is(step, ".") || span_is(step, ".."))
			return false;
	return true;
}

static bool unpack(struct docx_pack *p, zip_t *zip, size_t i, struct docx_part *part,
		   struct diag *why)
{
	char *at = arena_new(p->arena, part->bytes.n + 1, 1), more;
	zip_file_t *in = zip_fopen_index(zip, i, 0);
	zip_int64_t n = in ? zip_fread(in, at, part->bytes.n) : -1;
	bool whole = n >= 0 && (size_t)n == part->bytes.n && zip_fread(in, &more, 1) == 0;

	if (in)
		zip_fclose(in);
	part->bytes.at = at;
	if (whole)
		return true;
	diag_at(why, (struct place){p->file, 0, 0}, DIAG_DATA,
		"\"%s\" inside the document is damaged", part->name);
	return diag_hint(why, "copy the file again, or open it in Word and save it");
}

static bool by_name(const struct docx_pack *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcasecmp(p->part[i].name, name) == 0)
			return true;
	return false;
}

static bool take(struct docx_pack *p, zip_t *zip, size_t i, size_t *room, struct diag *why)
{
	const zip_uint64_t wanted = ZIP_STAT_NAME | ZIP_STAT_SIZE;
	struct docx_part part = {0};
	zip_stat_t s;

	if (zip_stat_index(zip, i, ZIP_FL_ENC_GUESS, &s) != 0 || (s.valid & wanted) != wanted)
		return refuse(p, why, N_("the list of parts inside the document is damaged"));
	if (*s.name && s.name[strlen(s.name) - 1] == '/' && s.size == 0)
		return true; /* a folder */
	if (!sound(s.name))
		return refuse(p, why, N_("the document holds a part whose name leads out of it"));
	if (by_name(p, s.name))
		return diag_at(why, (struct place){p->file, 0, 0}, DIAG_DATA,
			       "the document holds \"%s\" twice", s.name);
	if ((s.valid & ZIP_STAT_ENCRYPTION_METHOD) && s.encryption_method != ZIP_EM_NONE)
		return refuse(p, why, N_("the file is locked with a password"));
	if (s.size > *room)
		return diag_at(why, (struct place){p->file, 0, 0}, DIAG_DATA,
			       "the document unpacks to more than %zu MB",
			       DOCX_UNPACKED / (1024 * 1024));
	*room -= s.size;
	part.name = arena_string(p->arena, span_of(s.name));
	part.bytes.n = s.size;
	if (!unpack(p, zip, i, &part, why))
		return false;
	p->part = arena_grow(p->arena, p->part, p->n, sizeof *p->part);
	p->part[p->n++] = part;
	return true;
}

static bool take_all(struct docx_pack *p, zip_t *zip, struct diag *why)
{
	zip_int64_t n = zip_get_num_entries(zip, 0);
	size_t room = DOCX_UNPACKED;

	if (n <= 0)
		return refuse(p, why, N_("this is no Word document (.docx)"));
	if (n > DOCX_PARTS)
		return diag_at(why, (struct place){p->file, 0, 0}, DIAG_DATA,
			       "the document has more than %d parts", DOCX_PARTS);
	for (size_t i = 0; i < (size_t)n; i++)
		if (!take(p, zip, i, &room, why))
			return false;
	return true;
}

/* What is told of bytes that libzip does not take. */
static bool no_zip(const struct docx_pack *p, struct text bytes, struct diag *why)
{
	static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

	if (bytes.n >= 8 && memcmp(bytes.at, compound, 8) == 0) {
		refuse(p, why, N_("this is an old .doc, or a document locked with a password"));
		return diag_hint(why, "save it in Word as .docx, without a password");
	}
	if (bytes.n >= 4 && memcmp(bytes.at, "PK\3\4", 4) == 0) {
		refuse(p, why, N_("the document is cut off or damaged"));
		return diag_hint(why, "copy the file again, or open it in Word and save it");
	}
	return refuse(p, why, N_("this is no Word document (.docx)"));
}

bool docx_pack_read(struct arena *a, const char *file, struct docx_pack *p, struct diag *why)
{
	struct text bytes;
	zip_source_t *source;
	zip_t *zip;
	bool ok;

	*p = (struct docx_pack){.arena = a, .file = file};
	if (!outfile_read(a, file, &bytes, why))
		return false;
	source = zip_source_buffer_create(bytes.at, bytes.n, 0, NULL);
	zip = source ? zip_open_from_source(source, ZIP_RDONLY, NULL) : NULL;
	if (!zip) {
		zip_source_free(source);
		return no_zip(p, bytes, why);
	}
	ok = take_all(p, zip, why);
	zip_discard(zip);
	return ok;
}

/* ---- parts ------------------------------------------------------------------------------------
 */

struct docx_part *docx_pack_find(const struct docx_pack *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->part[i].gone && strcmp(p->part[i].name, name) == 0)
			return &p->part[i];
	return NULL;
}

void docx_pack_put(struct docx_pack *p, const char *name, struct text bytes)
{
	struct docx_part *old = docx_pack_find(p, name);

	if (old) {
		old->bytes = bytes;
		return;
	}
	p->part = arena_grow(p->arena, p->part, p->n, sizeof *p->part);
	p->part[p->n++] = (struct docx_part){arena_string(p->arena, span_of(name)), bytes, false};
}

/* ---- writing ----------------------------------------------------------------------------------
 */

/* What readers want to meet first comes first; else the names' own order. */
static int rank(const char *name)
{
	static const char *const first[] = {"[Content_Types].xml", "_rels/.rels",
					    "word/document.xml"};
	int i = 0;

	while (i < 3 && strcmp(name, first[i]) != 0)
		i++;
	return i;
}

static int compare(const void *x, const void *y)
{
	const struct docx_part *a = x, *b = y;
	int r = rank(a->name) - rank(b->name);

	return r ? r : strcmp(a->name, b->name);
}

static bool packed(const char *name)
{
	static const char *const endings[] = {".png", ".jpg", ".jpeg", ".gif"};
	const char *dot = strrchr(name, '.');

	for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
		if (strcasecmp(dot, endings[i]) == 0)
			return true;
	return false;
}

#define FIRST_DAY ((20 << 9) | (1 << 5) | 1) /* 1 January 2000, as zip writes it */
#define PLAIN_FILE ((zip_uint32_t)0100644 << 16)

static bool add(zip_t *zip, const struct docx_part *part)
{
	zip_source_t *source = zip_source_buffer(zip, part->bytes.at, part->bytes.n, 0);
	zip_int64_t i = source ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8) : -1;

	if (i < 0) {
		zip_source_free(source);
		return false;
	}
	return zip_set_file_compression(zip, (zip_uint64_t)i,
					packed(part->name) ? ZIP_CM_STORE : ZIP_CM_DEFLATE,
					0) == 0 &&
	       zip_file_set_dostime(zip, (zip_uint64_t)i, 0, FIRST_DAY, 0) == 0 &&
	       zip_file_set_external_attributes(zip, (zip_uint64_t)i, 0, ZIP_OPSYS_UNIX,
						PLAIN_FILE) == 0;
}

static bool add_all(const struct docx_pack *p, zip_t *zip)
{
	struct docx_part *sorted = arena_new(p->arena, p->n, sizeof *sorted);

	if (p->n)
		memcpy(sorted, p->part, p->n * sizeof *sorted);
	qsort(sorted, p->n, sizeof *sorted, compare);
	for (size_t i = 0; i < p->n; i++)
		if (!sorted[i].gone && !add(zip, &sorted[i]))
			return false;
	return true;
}

static bool whole_source(struct arena *a, zip_source_t *source, struct text *zip)
{
	zip_stat_t s;
	char *at;

	if (zip_source_stat(source, &s) != 0 || !(s.valid & ZIP_STAT_SIZE) ||
	    zip_source_open(source) != 0)
		return false;
	at = arena_new(a, s.size + 1, 1);
	*zip = (struct text){at, s.size};
	bool ok = zip_source_read(source, at, s.size) == (zip_int64_t)s.size;

	zip_source_close(source);
	return ok;
}

bool docx_pack_bytes(const struct docx_pack *p, struct text *zip, struct diag *why)
{
	zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, NULL);
	zip_t *out = source ? zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, NULL) : NULL;
	bool ok = false;

	if (!out) {
		zip_source_free(source);
		return diag_fail(why, DIAG_FAILED, "not enough memory for the document");
	}
	zip_source_keep(source);
	if (add_all(p, out) && zip_close(out) == 0)
		ok = whole_source(p->arena, source, zip);
	else
		zip_discard(out);
	zip_source_free(source);
	return ok || diag_fail(why, DIAG_FAILED, "not enough memory for the document");
}

bool docx_pack_write(const struct docx_pack *p, const char *file, struct diag *why)
{
	struct text zip;

	return docx_pack_bytes(p, &zip, why) && outfile_write(file, zip, true, why);
}
