/* template.h -- a page of prose with named holes.
 *
 * {{name}} is replaced by the field's value as it is (Markdown already);
 * {{#name}}...{{/name}} stays only when the field has a value, {{^name}}...{{/name}}
 * only when it has none. Sections may stand inside one another. An unknown name, or
 * a section that is not closed, is an error: nothing is left out by mistake. The
 * syntax is Mustache's; Debian has no Mustache for C.
 *
 * Uses phrases' struct field, diag. */
#ifndef OUTPUT_TEMPLATE_H
#define OUTPUT_TEMPLATE_H

#include "base/diag.h"
#include "output/phrases.h"

#include <stdio.h>

/* template_fill: writes the filled page.
 *   fails  DIAG_DATA, with the line of the template file */
bool template_fill(const char *file, struct text page, const struct field *fields, size_t n,
		   FILE *out, struct diag *why);

#endif
