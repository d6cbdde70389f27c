/* pandoc.h -- a Markdown document into Word and into one self-contained HTML file.
 *
 * The only module that knows pandoc. The filters, the Word reference documents and
 * the page template lie in share/reports. No shell, no clock: equal input gives
 * equal bytes.
 *
 * Uses process and below. */
#ifndef OUTPUT_PANDOC_H
#define OUTPUT_PANDOC_H

#include "output/process.h"

enum pandoc_format { PANDOC_DOCX, PANDOC_HTML };

struct pandoc_output {
	enum pandoc_format format;
	const char *file;
	const char *reference; /* of Word: the document in share/reports that has its styles */
};

/* pandoc_convert: into n files, at most PROCESS_MOST, side by side. `markdown` and the files are
 * names in the work folder, where its figures lie too. fails  DIAG_TOOL: pandoc missing or it
 * refused the document; names the command that mends it */
bool pandoc_convert(struct arena *a, const char *share, char *const *environment,
		    const struct workdir *work, const char *markdown,
		    const struct pandoc_output *out, size_t n, struct diag *why);

/* pandoc_version: its first line of --version; fails as pandoc_convert. */
bool pandoc_version(struct arena *a, char *const *environment, const struct workdir *work,
		    struct text *version, struct diag *why);

#endif
