#define _XOPEN_SOURCE 700 /* realpath */
#include "output/pandoc.h"

#include <stdlib.h>

#define INSTALL "apt-get install pandoc"
#define SECONDS 60.0

static bool run(struct arena *a, char *const *environment, const struct workdir *work,
		const char *const *argv, int *status, struct text *said, struct diag *why)
{
	/* pandoc stamps documents with this moment; a constant keeps equal input equal */
	const char *const extra[] = {"SOURCE_DATE_EPOCH=946684800", "LC_ALL=C.UTF-8", NULL};
	struct process p = {.argv = argv,
			    .folder = work->path,
			    .extra = extra,
			    .environment = environment,
			    .log = workdir_file(a, work, "log"),
			    .seconds = SECONDS,
			    .install = INSTALL};

	return process_capture(a, &p, status, said, why);
}

bool pandoc_version(struct arena *a, char *const *environment, const struct workdir *work,
		    struct text *version, struct diag *why)
{
	const char *const argv[] = {"pandoc", "--version", NULL};
	int status;

	if (!run(a, environment, work, argv, &status, version, why))
		return false;
	*version = span_line(*version);
	return status == 0 ||
	       diag_fail(why, DIAG_TOOL, "pandoc --version gave exit status %d", status);
}

static const char *option(struct arena *a, const char *name, const char *folder, const char *file)
{
	return arena_format(a, "%s=%s/reports/%s", name, folder, file).at;
}

bool pandoc_convert(struct arena *a, const char *share, char *const *environment,
		    const struct workdir *work, const char *markdown, enum pandoc_format format,
		    const char *out, struct diag *why)
{
	char *absolute = realpath(share, NULL);
	const char *folder = arena_string(a, span_of(absolute ? absolute : share));
	const char *input = arena_format(a, "./%s", markdown).at; /* a name may begin with "-" */
	bool word = format == PANDOC_DOCX;
	const char *const docx[] = {"pandoc",
				    "-f",
				    "markdown",
				    "-t",
				    "docx",
				    option(a, "--lua-filter", folder, "word.lua"),
				    option(a, "--reference-doc", folder, "nd30.docx"),
				    "-o",
				    out,
				    input,
				    NULL};
	const char *const html[] = {"pandoc",
				    "-f",
				    "markdown",
				    "-t",
				    "html5",
				    "--self-contained",
				    option(a, "--lua-filter", folder, "html.lua"),
				    option(a, "--template", folder, "page.html"),
				    option(a, "--css", folder, "page.css"),
				    "-o",
				    out,
				    input,
				    NULL};
	struct text said;
	int status;

	free(absolute);
	if (!run(a, environment, work, word ? docx : html, &status, &said, why))
		return false;
	return status == 0 ||
	       diag_fail(why, DIAG_TOOL, "pandoc refused the document (status %d): %.*s", status,
			 SPAN_ARG(span_line(said)));
}
