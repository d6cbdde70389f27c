#include "survey/reading.h"

#include "survey/answers.h"
#include "survey/decode.h"
#include "survey/tally_cache.h"
#include "survey/tally_rows.h"

#include <sys/stat.h>

#define WORTH_A_THREAD ((off_t)1 << 22) /* bytes of a file for each thread */

/* What reading has put into the plan's dictionaries. */
static void forget(struct plan *p)
{
	for (size_t i = 0; i < p->n_variables; i++) {
		p->variable[i].levels = NULL;
		p->variable[i].met = NULL;
		p->variable[i].spellings = (struct spellings){0};
	}
	for (size_t i = 0; i < p->n_factors; i++) {
		p->factor[i].levels = NULL;
		p->factor[i].at = NULL;
		p->factor[i].spellings = (struct spellings){0};
	}
}

static void start(struct arena *a, struct plan *p, struct answers *out, struct tally *t)
{
	forget(p);
	answers_start(a, p, out);
	tally_start(a, p, out, t);
}

/* Threads for a file: as many as were asked for, else one for each few megabytes. */
static size_t threads_for(const struct plan *p, const char *file)
{
	size_t most = manner_threads(&p->reading), worth = 1;
	struct stat s;

	if (stat(file, &s) == 0)
		worth += (size_t)(s.st_size / WORTH_A_THREAD);
	return p->reading.threads || worth > most ? most : worth;
}

static bool told_full(const struct plan *p, struct diag *why)
{
	diag_fail(why, DIAG_FAILED,
		  "the sums of the sampling units need more memory than --max-memory allows (%zu "
		  "bytes)",
		  p->reading.max_memory);
	return diag_hint(why, "fewer --item or --by, or --threads 1, need less");
}

/* Places of problems are not known here: only a reading without any problem is one. */
static enum decoded read_fast(struct arena *a, struct plan *p, const char *const *file,
			      size_t files, struct answers *out, struct tally *t, struct diag *why)
{
	struct diag *own = arena_new(a, 1, sizeof *own);
	enum decoded done = DECODE_DONE;

	own->translation = why->translation;
	if (p->join || out->frame.rows_are_units || p->n_numbers)
		return DECODE_UNSURE;
	for (size_t i = 0; i < files && done == DECODE_DONE; i++)
		done = decode_read(a, p, file[i], threads_for(p, file[i]), out, t);
	if (done != DECODE_DONE)
		return done;
	if (!tally_count(t) || !answers_finish(p, out, own))
		return DECODE_UNSURE;
	diag_append(why, own);
	return DECODE_DONE;
}

static bool read_rows(struct arena *a, struct plan *p, const char *const *file, size_t files,
		      struct answers *out, struct tally *t, struct diag *why)
{
	for (size_t i = 0; i < files; i++) {
		if (!answers_read(a, p, file[i], out, tally_add, t, why))
			return false;
		if (tally_full(t, p->reading.max_memory))
			return told_full(p, why);
	}
	return true;
}

static bool read_files(struct arena *a, struct plan *p, const char *const *file, size_t files,
		       struct answers *out, struct tally *t, struct diag *why)
{
	start(a, p, out, t);
	if (!p->reading.careful)
		switch (read_fast(a, p, file, files, out, t, why)) {
		case DECODE_DONE: return true;
		case DECODE_FULL: return told_full(p, why);
		case DECODE_UNSURE: break;
		}
	start(a, p, out, t);
	if (!read_rows(a, p, file, files, out, t, why))
		return false;
	if (!tally_count(t)) { /* exact sums do not fit */
		start(a, p, out, t);
		tally_loosen(t);
		if (!read_rows(a, p, file, files, out, t, why))
			return false;
		tally_count(t);
	}
	return answers_finish(p, out, why);
}

/* Leaves by rank: threads number them as they come. */
static void renumber(struct tally *t)
{
	const size_t *leaf = frame_renumber(&t->answers->frame);

	for (size_t i = 0; i < tally_parts(t); i++)
		t->part[i].leaf = leaf[t->part[i].leaf];
}

bool reading_tally(struct arena *a, struct plan *p, const char *const *file, size_t files,
		   struct answers *out, struct tally *t, struct diag *why)
{
	struct tally_key key = tally_cache_key(a, p, file, files);

	forget(p);
	if (!tally_cache_find(a, p, &key, threads_for(p, *file), out, t, why)) {
		if (!read_files(a, p, file, files, out, t, why))
			return false;
		tally_cache_keep(a, t, file, &key);
	}
	renumber(t);
	return true;
}
