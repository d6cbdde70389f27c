/* tally_binary.h -- a binary tally file as sections and columns that fit into it.
 *
 * Lengths are checked against the file before they are used, and a section's checksum before it is
 * believed. Refused, with DIAG_DATA: another version, another order of bytes, a checksum that does
 * not match, bytes that are missing or behind the end.
 *
 * Not here: what the sections hold (tally_file).
 * Uses decimal, sums, tally_format, xxHash. */
#ifndef SURVEY_TALLY_BINARY_H
#define SURVEY_TALLY_BINARY_H

#include "survey/sums.h"
#include "survey/tally_format.h"

#include <stddef.h>

struct binary {
	const char *name;
	int at;
	uint64_t size;
	struct format_head head;
	struct format_tail tail;
	struct format_section *section; /* malloc */
	struct diag *why;
};

/* binary_open: head and table of a file. binary_close: also after that has failed. */
bool binary_open(const char *name, struct binary *f, struct diag *why);
void binary_close(struct binary *f);

/* binary_damaged: says so; returns false. */
bool binary_damaged(const struct binary *f, const char *what);

/* What is left of a section; a step behind its end sets `bad` and gives nothing. */
struct chunk {
	const struct binary *file;
	unsigned char *bytes; /* malloc */
	size_t n, at;
	bool bad;
};

/* chunk_open: reads a section whole. */
bool chunk_open(const struct binary *f, size_t number, struct chunk *out);

/* chunk_take: the next n * size bytes; NULL when there are not so many. */
const void *chunk_take(struct chunk *s, uint64_t n, uint64_t size);

/* chunk_u32: a number; 0 behind the end. chunk_align: to the next 16 bytes. */
uint32_t chunk_u32(struct chunk *s);
void chunk_align(struct chunk *s);

/* chunk_close: frees it.
 *   ok       did all go well so far?
 *   returns  false also when more was left than what fills it up */
bool chunk_close(struct chunk *s, bool ok);

/* binary_u32: a number of a list that was taken. */
uint32_t binary_u32(const void *list, size_t i);

/* The numbers of all parts. */
struct column {
	enum format_form form;
	int places;
	const unsigned char *at;
};

/* chunk_column: the next column; false when it does not fit, or has not the form asked for. */
bool chunk_column(struct chunk *s, uint64_t parts, bool doubles, struct column *out);

/* chunk_whole: a number before it is divided. chunk_total, chunk_count: *bad is set when it is
 * so large that sums of some would overflow, or is no count. */
int128 chunk_whole(const struct column *c, size_t i);
struct total chunk_total(const struct column *c, size_t i, bool *bad);
uint64_t chunk_count(const struct column *c, size_t i, bool *bad);

/* chunk_words: n numbers; false when they are wider, or doubles. */
bool chunk_words(const struct column *c, size_t first, size_t n, int64_t *out);

#endif
