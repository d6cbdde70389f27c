#define _XOPEN_SOURCE 700 /* realpath */
#include "output/libreoffice.h"

#include "output/outfile.h"

#include <stdlib.h>
#include <string.h>

#define INSTALL "apt-get install libreoffice-writer-nogui"
#define SECONDS 120.0 /* for one document */
#define EXPORT                                                                                     \
	"pdf:writer_pdf_Export:{\"UseTaggedPDF\":{\"type\":\"boolean\",\"value\":\"true\"},"       \
	"\"ExportBookmarks\":{\"type\":\"boolean\",\"value\":\"true\"}}"

static bool run(struct arena *a, char *const *environment, const struct workdir *work,
		const char *const *argv, int *status, struct text *said, struct diag *why)
{
	char *absolute = realpath(work->path, NULL);
	const char *home = absolute ? absolute : work->path;
	const char *const settings[] = {arena_format(a, "HOME=%s", home).at,
					arena_format(a, "XDG_CONFIG_HOME=%s", home).at,
					"SAL_USE_VCLPLUGIN=svp", /* without a screen */
					"LC_ALL=C.UTF-8",
					"TZ=UTC",
					NULL};
	const struct process p = {.argv = argv,
				  .folder = work->path,
				  .extra = settings,
				  .environment = environment,
				  .log = workdir_file(a, work, "log"),
				  .seconds = SECONDS,
				  .install = INSTALL};

	free(absolute);
	return process_capture(a, &p, status, said, why);
}

bool libreoffice_version(struct arena *a, char *const *environment, const struct workdir *work,
			 struct text *version, struct diag *why)
{
	static const char *const argv[] = {"soffice", "--version", NULL};
	int status;

	if (!run(a, environment, work, argv, &status, version, why))
		return false;
	*version = span_line(*version);
	return status == 0 ||
	       diag_fail(why, DIAG_TOOL, "soffice --version gave exit status %d", status);
}

/* The place behind the last `key`, since the body comes first; 0 when it does not stand there. */
static size_t behind(struct text bytes, struct text key)
{
	size_t at = span_find_last(bytes, key);

	return at == SPAN_NOWHERE ? 0 : at + key.n;
}

/* In place of up to n hexadecimal digits behind a key, those of `with`, over and over. */
static void replace(char *copy, struct text bytes, struct text key, const char *with, size_t n)
{
	static const char digits[] = "0123456789ABCDEF";
	size_t at = behind(bytes, key);

	for (size_t i = 0, k = 0; at && k < n && at + i < bytes.n; i++)
		if (strchr(digits, copy[at + i]) && copy[at + i])
			copy[at + i] = with[k++ % strlen(with)];
}

/* The moment, and the numbers that identify the file, made from the moment: two of 32 digits and a
 * checksum that LibreOffice reads in files of its own alone. In their place: the same day always,
 * and numbers made of all other bytes (FNV-1a, by G. Fowler, L. C. Noll and K.-P. Vo). */
static void still_clock(char *copy, struct text bytes)
{
	static const struct text date = TEXT("/CreationDate(D:"), id = TEXT("/ID [ <"),
				 sum = TEXT("/DocChecksum /");
	unsigned long long hash = 14695981039346656037ULL;
	char own[17];

	replace(copy, bytes, date, "20000101000000", 14);
	replace(copy, bytes, id, "0", 64);
	replace(copy, bytes, sum, "0", 32);
	for (size_t i = 0; i < bytes.n; i++)
		hash = (hash ^ (unsigned char)copy[i]) * 1099511628211ULL;
	for (size_t i = 0; i < 16; i++, hash >>= 4)
		own[i] = "0123456789ABCDEF"[hash & 15];
	own[16] = '\0';
	replace(copy, bytes, id, own, 64);
}

static bool finish(struct arena *a, const struct workdir *work, const char *name, struct text said,
		   struct diag *why)
{
	static const struct text trailer = TEXT("%%EOF");
	const char *file = workdir_file(a, work, arena_format(a, "%s.pdf", name).at);
	struct diag ignored = {0};
	struct text bytes = {"", 0};
	size_t end;

	if (!outfile_read(a, file, &bytes, &ignored) || (end = behind(bytes, trailer)) == 0 ||
	    end + 2 < bytes.n /* a line break */)
		return diag_fail(why, DIAG_TOOL, "LibreOffice left no PDF of %s.docx%s%.*s", name,
				 said.n ? ": " : "", SPAN_ARG(span_line(said)));
	still_clock((char *)bytes.at, bytes); /* ours: outfile_read made it */
	return outfile_put(file, bytes, why);
}

bool libreoffice_pdf(struct arena *a, char *const *environment, const struct workdir *work,
		     const char *const *names, size_t n, struct diag *why)
{
	static const char *const options[] = {
		"soffice", "--headless", "--norestore", "--convert-to", EXPORT, "--outdir", "."};
	const size_t head = sizeof options / sizeof *options;
	const char **argv = arena_new(a, head + n + 1, sizeof *argv);
	struct text said;
	int status;

	memcpy(argv, options, sizeof options);
	for (size_t i = 0; i < n; i++) /* a name may begin with "-" */
		argv[head + i] = arena_format(a, "./%s.docx", names[i]).at;
	if (!run(a, environment, work, argv, &status, &said, why))
		return false;
	if (status != 0)
		return diag_fail(why, DIAG_TOOL, "LibreOffice failed (status %d): %.*s", status,
				 SPAN_ARG(span_line(said)));
	for (size_t i = 0; i < n; i++)
		if (!finish(a, work, names[i], said, why))
			return false;
	return true;
}
