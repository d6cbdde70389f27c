/* design.h -- which columns of a file say how its rows were drawn.
 *
 * design.csv has two columns, role and column. Roles: year, province, weight,
 * stratum, psu, ssu, fpc1, fpc2, ..., nest. `stratum` may stand several
 * times: the strata are then the combinations. `ssu` may stand several times, one
 * for each later stage. `nest` with "yes" says that names of units start again in
 * every stratum. Without psu every row is its own unit.
 *
 * Not here: the units themselves (frame), the rows (answers).
 * Uses table, frame. */
#ifndef SURVEY_DESIGN_H
#define SURVEY_DESIGN_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"
#include "survey/frame.h"

#include <stdbool.h>
#include <stddef.h>

#define DESIGN_STRATA 4

/* Names of columns; an empty name = the design has none. */
struct design {
	struct text year, province, weight;
	size_t n_strata; /* columns whose combinations are the first-stage strata */
	struct text stratum[DESIGN_STRATA];
	size_t n_units; /* stages with named units */
	struct text unit[FRAME_STAGES];
	size_t n_fpc;
	struct text fpc[FRAME_STAGES]; /* population counts, by stage */
	bool nest;
};

/* design_read: design.csv of a survey folder.
 *   fails  as table_read; an unknown role, a role too often, a missing weight */
bool design_read(struct arena *a, const char *file, struct design *out, struct diag *why);

/* design_stages: stages of sampling; the last may be the rows themselves (*rows_are_units). */
size_t design_stages(const struct design *d, bool *rows_are_units);

/* design_join: the name of a combined stratum, "north*urban": a star or backslash of a part gets a
 *   backslash, so that different parts never make one name. One part is its own name.
 * design_split: the parts again; `out` has room for n of them. */
struct text design_join(struct arena *a, const struct text *part, size_t n);
void design_split(struct arena *a, struct text name, struct text *out, size_t n);

#endif
