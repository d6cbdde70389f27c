/* docx_identity.h -- what a document is about: its surveys, province and language.
 *
 * Surveys are told by the names of the blocks ("papi-years"), province and language by the core
 * properties, which the filter writes ("NAME, YEAR") and other programs keep.
 *
 * Uses docx_graft and below. */
#ifndef OUTPUT_DOCX_IDENTITY_H
#define OUTPUT_DOCX_IDENTITY_H

#include "output/docx_graft.h"

/* docx_same_subject: may the blocks of `renewed` take the place of those of `old`? Another year is
 *   the same subject.
 *   fails  DIAG_DATA: another province or language, or a survey that `renewed` is not about */
bool docx_same_subject(const struct docx *old, const struct docx *renewed, struct diag *why);

/* docx_core_renew: title, subject, keywords and language of `old` become those of `renewed`; who
 *   made it and when stays. Nothing where one of them has no such part.
 *   fails  DIAG_DATA: as docx_parse; DIAG_FAILED: no memory */
bool docx_core_renew(struct docx *old, const struct docx *renewed, struct diag *why);

#endif
