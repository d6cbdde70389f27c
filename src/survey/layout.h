/* layout.h -- tables of scores as offices lay them out, into rows of year, province, code, score.
 *
 * Provinces stand in rows and indicators in columns (PAPI to 2017), or the other way round (from
 * 2018); a province by its name in any spelling. What is of no province (Cả nước, Trung vị, Cao
 * nhất, Highest, ...) is set aside, as are columns of numbers of rows, codes of provinces, regions,
 * ranks and scales, each with a note that names it. An indicator's code is the number that its name
 * begins with ("1.1. Tri thức công dân" 1.1, "Chỉ số nội dung 2: ..." and "Dimension 2: ..." 2),
 * the sum is `total`, any other name stands for itself. Blank cells, "-", "…" and N/A are
 * unpublished.
 *
 * Not here: whether the scores are right (scores), several rows of a header (csvin).
 * Uses table, catalog, province. */
#ifndef SURVEY_LAYOUT_H
#define SURVEY_LAYOUT_H

#include "input/table.h"
#include "survey/province.h"

/* layout_is: is it such a table? Two provinces at least, and most of a column, or of the header;
 * not each in row after row, as in answers, unless a column says of which year. */
bool layout_is(struct arena *a, const struct table *t, const struct provinces *all);

/* layout_rows: a table with the columns year, province, code and score, whose cells have the places
 *   of those they come from.
 *   year   of the scores, where no column says it; 0 = not known
 *   fails  no year; a name that is no province of the year; several provinces in one name; no
 *          scores */
bool layout_rows(struct arena *a, const struct table *t, const struct provinces *all, long year,
		 struct table *out, struct diag *why);

#endif
