/* typeface.h -- a family of fonts with Vietnamese letters, and how wide texts are in it.
 *
 * gnuplot cannot measure text: whoever lays out a chart asks here. The families that
 * fontconfig finds are those that gnuplot draws with; widths are sums of advances as the
 * fonts state them, without hinting or kerning, within 2 % of what is drawn. A letter that
 * the family lacks is drawn from another font and counts as one of usual width: 1 em when
 * a terminal gives it two columns, 0.6 em when one, nothing for a mark that combines.
 *
 * Not here: drawing (gnuplot), where lines are broken (plotfile).
 * Uses text, diag and below; fontconfig and FreeType. */
#ifndef OUTPUT_TYPEFACE_H
#define OUTPUT_TYPEFACE_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

struct typeface; /* a family, regular and bold */

/* typeface_open: the first of `families` that has Vietnamese letters on this machine.
 *   out    kept in the arena; its fonts are open until typeface_close
 *   fails  DIAG_TOOL: none of them has, or its file cannot be read; names the command that
 *          installs them */
bool typeface_open(struct arena *a, const char *const *families, size_t n, struct typeface **out,
		   struct diag *why);

const char *typeface_family(const struct typeface *f);

/* typeface_width: safe in several threads at once; of the widest line of `s` ('\n' between lines),
 * in em: multiples of the size of the font. */
double typeface_width(const struct typeface *f, struct text s, bool bold);

/* typeface_close: closes the fonts; NULL is nothing to close. */
void typeface_close(struct typeface *f);

#endif
