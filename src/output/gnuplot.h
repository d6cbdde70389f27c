/* gnuplot.h -- drawing a batch of data files with gnuplot.
 *
 * The only module that knows gnuplot. Data and pictures lie in a work folder under
 * numbers, so no word of a user reaches gnuplot's command line. gnuplot does not
 * report a full disk: every picture's end is checked.
 *
 * Not here: fonts (typeface), which gnuplot does not report missing either.
 * Uses process, outfile and below. */
#ifndef OUTPUT_GNUPLOT_H
#define OUTPUT_GNUPLOT_H

#include "output/process.h"

/* A picture: DATA.tsv in the work folder drawn by script into OUT. */
struct drawing {
	const char *script; /* "rank.gp" */
	const char *data;   /* file names in the work folder */
	const char *out;    /* its ending says which terminal */
};

struct gnuplot {
	const char *share; /* holds plots/ */
	char *const *environment;
	const char *png_quick; /* the library of preload/png_quick.c; NULL: there is none */
};

/* gnuplot_draw: draws all of them, one process a core; PNG with the library, or without it when
 * gnuplot fails with it.
 *   watch  is told how many pictures are done; NULL: nobody is
 *   fails  DIAG_TOOL: gnuplot missing, too old, or a picture not finished; names the command that
 *          mends it */
bool gnuplot_draw(struct arena *a, const struct gnuplot *g, const struct workdir *work,
		  const struct drawing *drawings, size_t n, const struct process_watch *watch,
		  struct diag *why);

/* gnuplot_version: "5.4 patchlevel 4"; fails as gnuplot_draw. */
bool gnuplot_version(struct arena *a, char *const *environment, const struct workdir *work,
		     struct text *version, struct diag *why);

#endif
