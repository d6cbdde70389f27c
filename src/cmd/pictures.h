/* pictures.h -- which pictures of charts are asked for, and where they go.
 *
 * Uses options, output/chart. */
#ifndef CMD_PICTURES_H
#define CMD_PICTURES_H

#include "cmd/command.h"
#include "output/chart.h"

struct pictures {
	bool picture[CHART_PICTURES];
	bool preview; /* in the terminal, and no files */
	double dpi;   /* of PNG; 0: that of the profile */
	const char *folder;
	struct text file; /* name without its ending, when --out names a picture; else empty */
};

/* pictures_read: from --format, --out, --dpi, --preview. `one`: a single kind is drawn, so that
 * --out may name its picture. fails  DIAG_USAGE */
bool pictures_read(struct session *s, bool one, struct pictures *out, struct diag *why);

#endif
