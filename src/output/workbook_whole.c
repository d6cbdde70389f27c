#include "output/workbook_whole.h"

#include "base/arena.h"

#include <libxml/xmlreader.h>
#include <limits.h>
#include <zip.h>

static bool well_formed(const char *bytes, size_t n)
{
	xmlTextReader *reader =
		n > INT_MAX ? NULL
			    : xmlReaderForMemory(bytes, (int)n, NULL, NULL,
						 XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
							 XML_PARSE_NONET | XML_PARSE_HUGE);
	int more = reader ? 1 : -1;

	while (more == 1)
		more = xmlTextReaderRead(reader);
	xmlFreeTextReader(reader);
	return more == 0;
}

/* Every part of these files is XML. */
static bool part_whole(struct arena *a, zip_t *zip, zip_uint64_t i)
{
	struct zip_stat s;
	zip_file_t *part;
	bool ok = false;

	if (zip_stat_index(zip, i, 0, &s) != 0 || !(s.valid & ZIP_STAT_SIZE))
		return false;
	part = zip_fopen_index(zip, i, 0);
	if (!part)
		return false;
	char *bytes = arena_new(a, s.size + 1, 1);

	if (zip_fread(part, bytes, s.size + 1) == (zip_int64_t)s.size)
		ok = well_formed(bytes, s.size);
	return zip_fclose(part) == 0 && ok;
}

bool workbook_whole(const char *file)
{
	struct arena scratch = {0};
	zip_t *zip = zip_open(file, ZIP_RDONLY, NULL);
	zip_int64_t n = zip ? zip_get_num_entries(zip, 0) : 0;
	bool ok = n > 0;

	for (zip_int64_t i = 0; i < n && ok; i++) {
		ok = part_whole(&scratch, zip, (zip_uint64_t)i);
		arena_release(&scratch);
	}
	if (zip)
		zip_discard(zip);
	return ok;
}
