/* csvscan.h -- the rows of a large CSV file as fast as libcsv finds them, in several threads.
 *
 * Reads blocks and hands fields and rows to the caller as libcsv does; knows no places, and tells
 * no problems. It either hands over every row of a file that csvin would read without a problem,
 * or fails; then what was handed over means nothing, and csvin tells what is wrong, if anything.
 *
 * With several threads a file is cut behind a line after which records of the right width follow.
 * That is a guess, since a quoted field may hold such lines. libcsv itself proves it: at the end
 * of every block csv_fini must find no record begun. By induction from the first record, which
 * is no guess, every cut is then right; else the reading fails.
 *
 * libcsv would trim spaces and tabs around fields. Before it sees the bytes these are replaced by
 * CSVSCAN_SPACE and CSVSCAN_TAB, which no file may hold; csvscan_restore brings them back.
 *
 * Not here: what fields mean (decode), places and messages (csvin).
 * Uses utf8, bytes16. */
#ifndef INPUT_CSVSCAN_H
#define INPUT_CSVSCAN_H

#include <stdbool.h>
#include <stddef.h>

#define CSVSCAN_SPACE 0x01
#define CSVSCAN_TAB 0x02

/* At least so many bytes may be read at a field, whatever its length. */
#define CSVSCAN_READABLE 8

/* What one thread does. Rows of a lane come in the order of the file, but not all of them. */
struct csvscan_lane {
	void (*field)(void *bytes, size_t n, void *context); /* lent for the call */
	void (*row)(int end, void *context);
	void *context;
	const bool *stop; /* set by a callback: no more is needed */
};

struct csvscan {
	const char *file;
	size_t columns; /* of the header, which is not handed over */
	size_t chunk;   /* bytes read at a time */
	size_t lanes;
	struct csvscan_lane *lane;
};

/* csvscan_read: the whole file.
 *   returns  false when what was handed over means nothing */
bool csvscan_read(const struct csvscan *s);

/* csvscan_restore: puts spaces and tabs back, in place. */
void csvscan_restore(char *bytes, size_t n);

#endif
