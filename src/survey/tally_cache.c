#include "survey/tally_cache.h"

#include "survey/tally_file.h"
#include "survey/tally_order.h"
#include "survey/tally_write.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <xxhash.h>

#define ENDING ".tally"
#define DIGITS 32 /* of a key */

struct tally_stamp {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed;
};

/* ---- keys ---------------------------------------------------------------------------------- */

static bool stamp_of(const char *file, struct tally_stamp *out)
{
	struct stat s;

	if (stat(file, &s) != 0 || !S_ISREG(s.st_mode))
		return false;
	*out = (struct tally_stamp){s.st_dev, s.st_ino, s.st_size, s.st_mtim};
	return true;
}

static bool same_stamp(const struct tally_stamp *a, const struct tally_stamp *b)
{
	return a->device == b->device && a->inode == b->inode && a->size == b->size &&
	       a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

static void add_text(XXH3_state_t *sum, struct text s)
{
	uint64_t n = s.n;

	XXH3_128bits_update(sum, &n, sizeof n);
	if (s.n)
		XXH3_128bits_update(sum, s.at, s.n);
}

#define BLOCK ((size_t)1 << 18)

static bool add_file(XXH3_state_t *sum, const char *file)
{
	int at = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	unsigned char *block = malloc(BLOCK);
	uint64_t all = 0;
	ssize_t n = -1;

	while (at >= 0 && block && (n = read(at, block, BLOCK)) > 0) {
		XXH3_128bits_update(sum, block, (size_t)n);
		all += (uint64_t)n;
	}
	XXH3_128bits_update(sum, &all, sizeof all);
	free(block);
	if (at >= 0)
		close(at);
	return n == 0;
}

static void add_plan(struct arena *a, XXH3_state_t *sum, const struct plan *p)
{
	struct tally_about about = {.source = span_of("-")};

	add_text(sum, span_of(HAILONG_VERSION));
	add_text(sum, tally_plan_text(a, p, &about));
	add_text(sum, p->only_column);
	add_text(sum, p->only_value);
	for (size_t i = 0; i < p->n_known; i++)
		add_text(sum, p->known[i]);
	add_text(sum, span_of(p->codebook ? "codebook" : ""));
	add_text(sum, form_asked_text(a, &p->reading.form));
}

/* May the sums of these files be kept at all? */
static bool worth(const struct plan *p, const char *const *file, struct tally_key *key)
{
	off_t all = 0;

	if (!p->reading.cache || p->reading.careful || p->join || p->n_numbers || p->by_part ||
	    p->partial)
		return false;
	for (size_t i = 0; i < key->files; i++) {
		if (!stamp_of(file[i], &key->stamp[i]))
			return false;
		all += key->stamp[i].size;
	}
	return all >= TALLY_CACHE_LEAST;
}

struct tally_key tally_cache_key(struct arena *a, const struct plan *p, const char *const *file,
				 size_t files)
{
	struct tally_key key = {
		.text = {"", 0}, .files = files, .stamp = arena_new(a, files, sizeof *key.stamp)};
	XXH3_state_t *sum;
	XXH128_hash_t hash;
	bool ok;

	if (!worth(p, file, &key))
		return key;
	sum = XXH3_createState();
	ok = sum && XXH3_128bits_reset(sum) == XXH_OK;
	if (ok) {
		add_plan(a, sum, p);
		ok = !p->book || add_file(sum, p->book->file);
		for (size_t i = 0; i < files && ok; i++)
			ok = add_file(sum, file[i]);
		hash = XXH3_128bits_digest(sum);
		if (ok)
			key.text =
				arena_format(a, "%016llx%016llx", (unsigned long long)hash.high64,
					     (unsigned long long)hash.low64);
	}
	XXH3_freeState(sum);
	return key;
}

/* ---- files --------------------------------------------------------------------------------- */

static const char *path_of(struct arena *a, const char *folder, struct text name, const char *more)
{
	return arena_format(a, "%s/%.*s" ENDING "%s", folder, SPAN_ARG(name), more).at;
}

/* A file of the name, for this very plan. */
static bool open_head(struct arena *a, const struct plan *p, const struct tally_key *key,
		      const char *file, struct tally_head *head, struct diag *own)
{
	if (!tally_file_is(file) || !tally_file_head(a, file, head, own) ||
	    !span_equal(head->about.cache, key->text) || head->plan.n_variables != p->n_variables ||
	    head->plan.n_factors != p->n_factors)
		return false;
	for (size_t i = 0; i < p->n_variables; i++)
		if (!span_equal(head->plan.variable[i].column, p->variable[i].column) ||
		    !tally_plan_alike(&head->plan.variable[i], &p->variable[i]))
			return false;
	for (size_t i = 0; i < p->n_factors; i++)
		if (!span_equal(head->plan.factor[i].column, p->factor[i].column))
			return false;
	return !head->about.inexact;
}

bool tally_cache_find(struct arena *a, struct plan *p, const struct tally_key *key, size_t threads,
		      struct answers *out, struct tally *t, struct diag *why)
{
	struct diag *own = arena_new(a, 1, sizeof *own);
	const char *file;
	struct tally_head head;
	struct tally_load load;
	size_t *want = arena_new(a, p->n_variables, sizeof *want);

	if (key->text.n == 0)
		return false;
	own->translation = why->translation;
	file = path_of(a, p->reading.cache, key->text, "");
	if (!open_head(a, p, key, file, &head, own))
		return false;
	for (size_t i = 0; i < p->n_variables; i++)
		want[i] = i;
	tally_load_start(a, p, want, out, t, &load);
	load.trusted = true;
	load.threads = threads;
	if (!tally_load_open(&load, &head, own) || !tally_file_read(&load, file, own) ||
	    !t->sums.exact || !tally_load_finish(&load, own))
		return false;
	utimensat(AT_FDCWD, file, NULL, 0); /* used last now */
	diag_append(why, own);
	return true;
}

struct kept {
	const char *path;
	uint64_t size;
	struct timespec used;
};

static int by_use(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->used.tv_sec != y->used.tv_sec)
		return x->used.tv_sec < y->used.tv_sec ? -1 : 1;
	if (x->used.tv_nsec != y->used.tv_nsec)
		return x->used.tv_nsec < y->used.tv_nsec ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* KEY.tally, or what an ended program left of one. */
static bool is_ours(const char *name)
{
	size_t n = strspn(name, "0123456789abcdef");

	return n == DIGITS && strncmp(name + n, ENDING, sizeof ENDING - 1) == 0;
}

static struct kept *list(struct arena *a, const char *folder, size_t *n)
{
	DIR *dir = opendir(folder);
	struct kept *all = NULL;
	struct dirent *entry;
	struct stat s;

	*n = 0;
	while (dir && (entry = readdir(dir)) != NULL) {
		const char *path = arena_format(a, "%s/%s", folder, entry->d_name).at;

		if (!is_ours(entry->d_name) || lstat(path, &s) != 0 || !S_ISREG(s.st_mode))
			continue;
		all = arena_grow(a, all, *n, sizeof *all);
		all[(*n)++] = (struct kept){path, (uint64_t)s.st_size, s.st_mtim};
	}
	if (dir)
		closedir(dir);
	return all;
}

uint64_t tally_cache_size(struct arena *a, const char *folder, size_t *files)
{
	const struct kept *all = list(a, folder, files);
	uint64_t size = 0;

	for (size_t i = 0; all && i < *files; i++)
		size += all[i].size;
	return size;
}

static void make_room(struct arena *a, const char *folder, uint64_t most)
{
	size_t n;
	struct kept *all = list(a, folder, &n);
	uint64_t size = 0;

	if (n)
		qsort(all, n, sizeof *all, by_use);
	for (size_t i = 0; i < n; i++)
		size += all[i].size;
	for (size_t i = 0; i < n && size > most; i++)
		if (unlink(all[i].path) == 0)
			size -= all[i].size;
}

static void make_folder(struct arena *a, const char *folder)
{
	for (size_t i = 1; folder[i]; i++)
		if (folder[i] == '/')
			mkdir(arena_string(a, (struct text){folder, i}), 0700);
	mkdir(folder, 0700);
}

static bool write_file(struct arena *a, const struct tally *t, const struct tally_key *key,
		       const char *part)
{
	struct tally_about about = {.source = span_of("-"), .cache = key->text, .found = true};
	const size_t *order = tally_order(a, t, false);
	int at = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	FILE *out = at >= 0 ? fdopen(at, "wb") : NULL;
	bool ok;

	if (!out) { /* another thread may be writing it */
		if (at >= 0)
			close(at);
		return false;
	}
	ok = tally_write(a, t, &about, order, out);
	ok = fclose(out) == 0 && ok;
	if (!ok)
		unlink(part);
	return ok;
}

void tally_cache_keep(struct arena *a, const struct tally *t, const char *const *file,
		      const struct tally_key *key)
{
	const char *folder = t->plan->reading.cache, *path, *part;
	struct arena scratch = {0};
	struct tally_stamp now;
	bool same = key->text.n > 0 && t->sums.exact && !t->plan->collapse;

	for (size_t i = 0; i < key->files && same; i++)
		same = stamp_of(file[i], &now) && same_stamp(&now, &key->stamp[i]);
	if (!same)
		return;
	path = path_of(a, folder, key->text, "");
	part = path_of(a, folder, key->text, arena_format(a, ".%ld.part", (long)getpid()).at);
	make_folder(&scratch, folder);
	if (write_file(&scratch, t, key, part) && rename(part, path) != 0)
		unlink(part);
	make_room(&scratch, folder, TALLY_CACHE_MOST);
	arena_release(&scratch);
}
