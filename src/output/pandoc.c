#define _XOPEN_SOURCE 700 /* realpath */
#include "output/pandoc.h"

#include "output/outfile.h"

#include <stdlib.h>
#include <string.h>

#define INSTALL "apt-get install pandoc"
#define SECONDS 60.0

/* pandoc stamps documents with this moment; a constant keeps equal input equal */
static const char *const settings[] = {"SOURCE_DATE_EPOCH=946684800", "LC_ALL=C.UTF-8", NULL};

static struct process process_of(struct arena *a, char *const *environment,
				 const struct workdir *work, const char *const *argv,
				 const char *log)
{
	return (struct process){.argv = argv,
				.folder = work->path,
				.extra = settings,
				.environment = environment,
				.log = workdir_file(a, work, log),
				.seconds = SECONDS,
				.install = INSTALL};
}

bool pandoc_version(struct arena *a, char *const *environment, const struct workdir *work,
		    struct text *version, struct diag *why)
{
	const char *const argv[] = {"pandoc", "--version", NULL};
	int status;

	struct process p = process_of(a, environment, work, argv, "log");

	if (!process_capture(a, &p, &status, version, why))
		return false;
	*version = span_line(*version);
	return status == 0 ||
	       diag_fail(why, DIAG_TOOL, "pandoc --version gave exit status %d", status);
}

static const char *option(struct arena *a, const char *name, const char *folder, const char *file)
{
	return arena_format(a, "%s=%s/reports/%s", name, folder, file).at;
}

#define MOST_ARGUMENTS 20

static const char *const *arguments(struct arena *a, const char *folder, const char *input,
				    const struct pandoc_output *out)
{
	const char *const docx[] = {"pandoc",
				    "-f",
				    "markdown",
				    "-t",
				    "docx",
				    option(a, "--lua-filter", folder, "word.lua"),
				    option(a, "--reference-doc", folder, "nd30.docx"),
				    "-o",
				    out->file,
				    input,
				    NULL};
	const char *const html[] = {"pandoc",
				    "-f",
				    "markdown",
				    "-t",
				    "html5",
				    option(a, "--lua-filter", folder, "html.lua"),
				    option(a, "--template", folder, "page.html"),
				    "-o",
				    out->file,
				    input,
				    NULL};
	const char **all = arena_new(a, MOST_ARGUMENTS, sizeof *all);

	if (out->format == PANDOC_DOCX)
		memcpy(all, docx, sizeof docx);
	else
		memcpy(all, html, sizeof html);
	return all;
}

bool pandoc_convert(struct arena *a, const char *share, char *const *environment,
		    const struct workdir *work, const char *markdown,
		    const struct pandoc_output *out, size_t n, struct diag *why)
{
	char *absolute = realpath(share, NULL);
	const char *folder = arena_string(a, span_of(absolute ? absolute : share));
	const char *input = arena_format(a, "./%s", markdown).at; /* a name may begin with "-" */
	struct process p[PROCESS_MOST];
	int status[PROCESS_MOST];
	struct text said;

	free(absolute);
	for (size_t i = 0; i < n; i++)
		p[i] = process_of(a, environment, work, arguments(a, folder, input, &out[i]),
				  arena_format(a, "log%zu", i + 1).at);
	if (!process_run_all(p, n, NULL, status, why))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (status[i] == 0)
			continue;
		return outfile_read(a, p[i].log, &said, why) &&
		       diag_fail(why, DIAG_TOOL, "pandoc refused the document (status %d): %.*s",
				 status[i], SPAN_ARG(span_line(said)));
	}
	return true;
}
