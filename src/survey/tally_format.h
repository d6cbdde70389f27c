/* tally_format.h -- the bytes of a binary tally file (tally_write makes them, tally_file reads
 * them).
 *
 *   head      names the format, endian mark, version, number of parts
 *   sections  each filled up to 16 bytes: plan (tally_plan), frame, parts, texts, and the variables
 * in their order table     a record for every section, in their order; the first begins behind the
 * head, each of the others behind the one before tail      where the table is, what the file's size
 * is; its own name
 *
 *   texts     number; length of each; their bytes
 *   frame     stages, populations, leaves, 0; populations by stage; then by stage the texts of the
 *             strata, and of the units, by leaf
 *   parts     for each factor the number of its levels; their texts; leaf of each part; for each
 * factor level + 1 of each part, or 0; selected (a byte); columns: rows, w, ww variable  columns of
 * the sums that it has (tally_holds), in their order; then n and w by level, all n first
 *
 * Numbers are as the machine has them. A column is a head and a number for each part: whole
 * numbers of 1 to 16 bytes with a sign, to be divided by a power of ten, or doubles.
 *
 * Uses nothing. */
#ifndef SURVEY_TALLY_FORMAT_H
#define SURVEY_TALLY_FORMAT_H

#include <stdint.h>

#define FORMAT_VERSION 1
#define FORMAT_ENDIAN 0x01020304u
#define FORMAT_ALIGNED 16
#define FORMAT_MAGIC "hailong tally\r\n\x1a" /* 16 bytes without the last */
#define FORMAT_ENDING "tally ends here\n"

struct format_head {
	char magic[16];
	uint32_t endian, version;
	uint64_t parts;
};

enum format_kind {
	FORMAT_PLAN,
	FORMAT_FRAME,
	FORMAT_PARTS,
	FORMAT_TEXTS,
	FORMAT_VARIABLE, /* and those behind it */
};

struct format_section {
	uint32_t kind, number;      /* number of the variable */
	uint64_t offset, size, sum; /* sum: XXH3 */
};

struct format_tail {
	uint64_t table, sections, size, sum; /* sum: of head and table */
	char ending[16];
};

/* How the numbers of a column are written: bytes of each, but for doubles. */
enum format_form {
	FORM_ZEROS = 0,
	FORM_1 = 1,
	FORM_2 = 2,
	FORM_4 = 4,
	FORM_8 = 8,
	FORM_16 = 16,
	FORM_DOUBLE = 64
};

struct format_column {
	uint32_t form, places;
	uint64_t bytes; /* with what fills up to 16 */
};

#endif
