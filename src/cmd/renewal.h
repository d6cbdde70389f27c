/* renewal.h -- report --update FILE.docx: where the new document goes, and what is told of it.
 *
 * Uses options, report, docx_update and below. */
#ifndef CMD_RENEWAL_H
#define CMD_RENEWAL_H

#include "cmd/command.h"
#include "output/report.h"

/* renewal_place: with --update the report's documents are made beside FILE, and FILE is renewed;
 * without it `place` stays as it is. fails  DIAG_USAGE: beside --out or --format; DIAG_FAILED: FILE
 * is open in Word or LibreOffice */
bool renewal_place(struct session *s, struct report_place *place, struct diag *why);

/* renewal_tell: what became of the blocks, for people. */
void renewal_tell(const struct session *s, const struct report_place *place);

#endif
