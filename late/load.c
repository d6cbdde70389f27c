/* load.c -- stands in for the modules in documents.so: see late/documents.h. */
#include "documents.h"

#include "output/xmlmemory.h"

#include <dlfcn.h>
#include <string.h>

static bool missing(struct diag *why, const char *reason)
{
	diag_fail(why, DIAG_TOOL, "%s cannot be loaded: %s", DOCUMENTS_FILE, reason);
	return diag_hint(why, "it belongs beside the program, or into ../lib/hailong: install the "
			      "program again");
}

/* Loaded once, however often this is called; stays loaded until the program ends.
 *   fails  DIAG_TOOL: it is not there, or not of this version */
static const struct documents *load(struct diag *why)
{
	void *library = dlopen(DOCUMENTS_FILE, RTLD_LAZY);
	const struct documents *d = library ? dlsym(library, DOCUMENTS_NAME) : NULL;

	if (d && strcmp(d->version, HAILONG_VERSION) == 0)
		return d;
	missing(why, d ? "it is of another version" : dlerror());
	return NULL;
}

/* The library does so itself. */
void xmlmemory_sure(void)
{
}

/* svg_finish tells what is wrong. */
void svg_prepare(void)
{
	struct diag unread = {0};
	const struct documents *d = load(&unread);

	if (d)
		d->svg_prepare();
}

bool svg_finish(const char *file, const struct svg_words *words, struct diag *why)
{
	const struct documents *d = load(why);

	return d && d->svg_finish(file, words, why);
}

bool docx_audit(struct arena *a, const char *file, struct text *audit, struct diag *why)
{
	const struct documents *d = load(why);

	return d && d->docx_audit(a, file, audit, why);
}

bool docx_seal(struct arena *a, const char *file, struct text audit, struct diag *why)
{
	const struct documents *d = load(why);

	return d && d->docx_seal(a, file, audit, why);
}

bool docx_ready(struct arena *a, const char *file, struct diag *why)
{
	const struct documents *d = load(why);

	return d && d->docx_ready(a, file, why);
}

bool docx_update(struct arena *a, const char *old, const char *renewed, bool anyway,
		 const char *out, struct docx_news *news, struct diag *why)
{
	const struct documents *d = load(why);

	return d && d->docx_update(a, old, renewed, anyway, out, news, why);
}

bool workbook_write(struct arena *a, const struct report_book *b, const char *file,
		    struct diag *why)
{
	const struct documents *d = load(why);

	return d && d->workbook_write(a, b, file, why);
}
