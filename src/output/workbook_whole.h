/* workbook_whole.h -- is a written workbook whole?
 *
 * libxlsxwriter does not look whether the temporary files that it packs could be written: on a
 * full disk it packs what there is and reports no error. So the file is read back: every part must
 * unpack with its checksum, and those of XML be well-formed.
 *
 * Uses arena inside, libzip, libxml2. */
#ifndef OUTPUT_WORKBOOK_WHOLE_H
#define OUTPUT_WORKBOOK_WHOLE_H

#include <stdbool.h>

bool workbook_whole(const char *file);

#endif
