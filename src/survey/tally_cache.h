/* tally_cache.h -- sums of large files, kept so that the answers need not be read again.
 *
 * A file of the cache is a tally by groups, named by its key: XXH3 in 128 bits over the program's
 * version, the plan (tally_plan), the codebook, and every byte of the files of answers. It is used
 * when all that agrees, and its checksums too; anything else is passed over, and made anew. Kept
 * are exact sums alone. The folder stays below a gibibyte: the files that were not used for longest
 * go first. What cannot be kept is no problem.
 *
 * Not here: where the folder is (cmd), tallies for others (tally_write).
 * Uses tally_file, tally_write, xxHash. */
#ifndef SURVEY_TALLY_CACHE_H
#define SURVEY_TALLY_CACHE_H

#include "survey/tally_load.h"

#include <stdint.h>
#include <sys/types.h>

#define TALLY_CACHE_LEAST ((off_t)8 << 20)   /* bytes of answers that are worth it */
#define TALLY_CACHE_MOST ((uint64_t)1 << 30) /* bytes of the folder */

/* Of files at one moment. */
struct tally_key {
	struct text text; /* "" = nothing to be found or kept */
	size_t files;
	struct tally_stamp *stamp; /* by which a file is known to be as it was */
};

/* tally_cache_key: of the plan and its files, as p->reading.cache wants. Before answers_start. */
struct tally_key tally_cache_key(struct arena *a, const struct plan *p, const char *const *file,
				 size_t files);

/* tally_cache_find: answers and tally as after reading and answers_finish, whose warnings are
 * added.
 *   threads  that read, at least 1
 *   returns  false when there is none, with nothing told; answers and tally mean nothing then */
bool tally_cache_find(struct arena *a, struct plan *p, const struct tally_key *key, size_t threads,
		      struct answers *out, struct tally *t, struct diag *why);

/* tally_cache_keep: behind answers_finish, unless the files have changed since the key was made. */
void tally_cache_keep(struct arena *a, const struct tally *t, const char *const *file,
		      const struct tally_key *key);

/* tally_cache_size: bytes and number of our files in the folder. */
uint64_t tally_cache_size(struct arena *a, const char *folder, size_t *files);

#endif
