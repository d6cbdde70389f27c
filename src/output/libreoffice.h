/* libreoffice.h -- Word documents into PDF.
 *
 * The only module that knows LibreOffice. It runs with a profile of its own in the work folder, so
 * that neither the user's settings nor an open window of theirs matters. Equal input gives equal
 * bytes: what LibreOffice takes from the clock is replaced.
 *
 * Uses process, outfile and below. */
#ifndef OUTPUT_LIBREOFFICE_H
#define OUTPUT_LIBREOFFICE_H

#include "output/process.h"

/* libreoffice_pdf: of n documents NAME.docx in the work folder, NAME.pdf beside each, in one run:
 *   tagged, with bookmarks, its fonts inside.
 *   names  without ending
 *   fails  DIAG_TOOL: LibreOffice missing, or it left no PDF; names the command that mends it */
bool libreoffice_pdf(struct arena *a, char *const *environment, const struct workdir *work,
		     const char *const *names, size_t n, struct diag *why);

/* libreoffice_version: its first line of --version; fails as libreoffice_pdf. */
bool libreoffice_version(struct arena *a, char *const *environment, const struct workdir *work,
			 struct text *version, struct diag *why);

#endif
