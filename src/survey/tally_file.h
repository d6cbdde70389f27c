/* tally_file.h -- a binary tally file (tally_format) read back: small, quick, and one item is read
 * without the others.
 *
 * Lengths are checked against the file before they are used, and checksums before anything is
 * believed. Refused: another version, another order of bytes, a checksum that does not match, bytes
 * that are missing or behind the end.
 *
 * Not here: making such files (tally_write), keeping them (tally_cache).
 * Uses tally_load, tally_format, xxHash. */
#ifndef SURVEY_TALLY_FILE_H
#define SURVEY_TALLY_FILE_H

#include "survey/tally_load.h"

/* tally_file_is: does the file begin as such a file? Only regular files are looked at. */
bool tally_file_is(const char *file);

/* tally_file_head: the plan.
 *   fails  DIAG_DATA: what is refused, in words; as tally_head_read */
bool tally_file_head(struct arena *a, const char *file, struct tally_head *out, struct diag *why);

/* tally_file_read: the parts, into a load that the head was opened for; of the variables only those
 *   that are wanted.
 *   fails  likewise; as tally_load_part, tally_load_sums */
bool tally_file_read(struct tally_load *l, const char *file, struct diag *why);

#endif
