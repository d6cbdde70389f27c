#define _GNU_SOURCE /* O_TMPFILE */
#include "output/outfile.h"

#include <errno.h>
#include <stdint.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool say(struct diag *why, const char *path)
{
	return diag_fail(why, DIAG_FAILED, "%s: %s", path, diag_system(why, errno));
}

bool outfile_read(struct arena *a, const char *path, struct text *bytes, struct diag *why)
{
	return outfile_read_end(a, path, SIZE_MAX, bytes, why);
}

bool outfile_read_end(struct arena *a, const char *path, size_t most, struct text *bytes,
		      struct diag *why)
{
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC); /* a pipe would have us wait */
	FILE *in = file >= 0 ? fdopen(file, "rb") : NULL;
	struct stat s;
	size_t n;
	char *at;

	if (!in)
		return say(why, path);
	if (fstat(fileno(in), &s) != 0 || !S_ISREG(s.st_mode)) {
		fclose(in);
		return diag_fail(why, DIAG_FAILED, "%s: not a regular file", path);
	}
	n = (size_t)s.st_size < most ? (size_t)s.st_size : most;
	at = arena_new(a, n + 1, 1);
	*bytes = (struct text){at, 0};
	if (fseeko(in, s.st_size - (off_t)n, SEEK_SET) == 0)
		bytes->n = fread(at, 1, n, in);
	fclose(in);
	return bytes->n == n || diag_fail(why, DIAG_FAILED, "%s: cannot be read whole", path);
}

enum target { TARGET_FREE, TARGET_SAME, TARGET_REFUSED };

/* The same bytes, block by block; false also when one cannot be read. */
static bool same_files(const char *one, const char *other)
{
	FILE *a = fopen(one, "rb"), *b = fopen(other, "rb");
	char x[1 << 14], y[1 << 14];
	size_t n = 1;
	bool same = a && b;

	while (same && n) {
		n = fread(x, 1, sizeof x, a);
		same = fread(y, 1, sizeof y, b) == n && memcmp(x, y, n) == 0 && !ferror(a) &&
		       !ferror(b);
	}
	if (a)
		fclose(a);
	if (b)
		fclose(b);
	return same;
}

static bool same_bytes(const char *path, struct text bytes)
{
	struct arena scratch = {0};
	struct diag ignored = {0};
	struct text old;
	bool same = outfile_read(&scratch, path, &old, &ignored) && span_equal(old, bytes);

	arena_release(&scratch);
	return same;
}

/* What `path` is to a file that shall replace it: `finished`, or one of these bytes. */
static enum target look_at(const char *path, const char *finished, struct text bytes, bool force,
			   struct diag *why)
{
	struct stat s;

	if (lstat(path, &s) != 0)
		return TARGET_FREE;
	if (!S_ISREG(s.st_mode)) {
		diag_fail(why, DIAG_FAILED, "%s is not a regular file and is not replaced", path);
		return TARGET_REFUSED;
	}
	if (finished ? same_files(path, finished) : same_bytes(path, bytes))
		return TARGET_SAME;
	if (force)
		return TARGET_FREE;
	diag_fail(why, DIAG_FAILED, "%s exists and would change", path);
	diag_hint(why, "use --force to replace it");
	return TARGET_REFUSED;
}

/* To the disk, in a file of its own; a problem is told of the file asked for. */
static bool put(const char *part, const char *path, struct text bytes, struct diag *why)
{
	FILE *out = fopen(part, "wb");

	if (!out)
		return say(why, path);
	bool ok = fwrite(bytes.at, 1, bytes.n, out) == bytes.n && fflush(out) == 0;
	int error = errno;

	ok = fclose(out) == 0 && ok;
	if (ok)
		return true;
	errno = error;
	say(why, path);
	unlink(part);
	return false;
}

bool outfile_put(const char *path, struct text bytes, struct diag *why)
{
	return put(path, path, bytes, why);
}

bool outfile_write(const char *path, struct text bytes, bool force, struct diag *why)
{
	struct arena scratch = {0};
	const char *part = arena_format(&scratch, "%s.%ld.part", path, (long)getpid()).at;
	enum target target = look_at(path, NULL, bytes, force, why);
	bool ok = target == TARGET_SAME;

	if (target == TARGET_FREE && put(part, path, bytes, why)) {
		ok = rename(part, path) == 0 || say(why, path);
		if (!ok)
			unlink(part);
	}
	arena_release(&scratch);
	return ok;
}

#ifdef O_TMPFILE
FILE *outfile_hold(const char *path)
{
	struct arena scratch = {0};
	const char *slash = strrchr(path, '/');
	size_t n = slash ? (size_t)(slash - path) + 1 : 0;
	const char *folder = n ? arena_string(&scratch, (struct text){path, n}) : ".";
	int file = open(folder, O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
	FILE *held = file >= 0 ? fdopen(file, "wb") : NULL;

	if (file >= 0 && !held)
		close(file);
	arena_release(&scratch);
	return held;
}

bool outfile_keep(FILE *held, const char *path, bool force, struct diag *why)
{
	struct arena scratch = {0};
	const char *part = arena_format(&scratch, "%s.%ld.part", path, (long)getpid()).at;
	const char *own = arena_format(&scratch, "/proc/self/fd/%d", fileno(held)).at;
	bool ok = fflush(held) == 0 || say(why, path);

	if (ok && ferror(held)) /* of bytes long gone: their errno is, too */
		ok = diag_fail(why, DIAG_FAILED, "%s: not all of it could be written", path);
	ok = ok &&
	     (linkat(AT_FDCWD, own, AT_FDCWD, part, AT_SYMLINK_FOLLOW) == 0 || say(why, path));
	fclose(held);
	if (ok && !outfile_move(part, path, force, why)) {
		unlink(part);
		ok = false;
	}
	arena_release(&scratch);
	return ok;
}
#else
FILE *outfile_hold(const char *path)
{
	(void)path;
	return NULL;
}

bool outfile_keep(FILE *held, const char *path, bool force, struct diag *why)
{
	(void)force;
	fclose(held);
	return say(why, path);
}
#endif

bool outfile_check(const char *finished, const char *path, bool force, struct diag *why)
{
	return look_at(path, finished, (struct text){"", 0}, force, why) != TARGET_REFUSED;
}

bool outfile_move(const char *finished, const char *path, bool force, struct diag *why)
{
	enum target target = look_at(path, finished, (struct text){"", 0}, force, why);

	if (target == TARGET_SAME)
		unlink(finished);
	return target == TARGET_SAME ||
	       (target == TARGET_FREE && (rename(finished, path) == 0 || say(why, path)));
}

bool outfile_folder(struct arena *a, const char *path, struct diag *why)
{
	size_t n = strlen(path);
	struct stat s;

	for (size_t i = 1; i <= n; i++) {
		if (path[i] != '/' && path[i] != '\0')
			continue;
		const char *head = arena_string(a, (struct text){path, i});

		if (mkdir(head, 0777) != 0 && errno != EEXIST)
			return say(why, head);
		if (stat(head, &s) != 0)
			return say(why, head);
		if (!S_ISDIR(s.st_mode))
			return diag_fail(why, DIAG_FAILED, "%s is not a folder", head);
	}
	return true;
}
