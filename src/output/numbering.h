/* numbering.h -- numbers sections, annexes, figures and tables of a Markdown document in the order
 * in which they stand.
 *
 *   # Title              "# I. Title"            a section, as Vietnamese documents number them
 *   ## Title, ### Title  "## 1. Title", "### a) Title", from one again in every section above
 *   # Title {.annex}     "# Phụ lục. Title", or "# Phụ lục II. Title" when there are several; its
 *                        parts are numbered as those of a section
 *   # {.unnumbered}      stays as it is
 *
 * Figures end in "{#fig:NAME ...", captions of tables in "{#tbl:NAME}", annexes may be called
 * "{#annex:NAME .annex}". "[@](#fig:NAME)" becomes "[Hình 3](#fig:NAME)", of an annex the words
 * "Phụ lục II".
 *
 * Uses phrases and below. */
#ifndef OUTPUT_NUMBERING_H
#define OUTPUT_NUMBERING_H

#include "base/diag.h"
#include "output/phrases.h"

/* numbering_apply: the document with its numbers.
 *   fails  DIAG_FAILED: a reference to what is not there, a name twice, a figure or table that the
 * text does not mention before it stands (in an annex: anywhere before) */
bool numbering_apply(const struct phrases *p, struct text document, struct text *out,
		     struct diag *why);

#endif
