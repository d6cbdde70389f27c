#include "input/spool.h"

#include "base/number.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 18)

/* The number of a descriptor that a path means; -1 when it is another path. */
static int descriptor_of(const char *path)
{
	static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
	long number;

	if (strcmp(path, "/dev/stdin") == 0)
		return STDIN_FILENO;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (strncmp(path, folders[i], strlen(folders[i])) == 0 &&
		    number_whole(span_of(path + strlen(folders[i])), 0, 65535, &number))
			return (int)number;
	return -1;
}

static bool write_all(int file, const char *at, size_t n)
{
	while (n) {
		ssize_t done = write(file, at, n);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			at += done;
			n -= (size_t)done;
		}
	}
	return true;
}

/* Every byte of one into the other. */
static bool keep(const char *path, int from, int to, struct diag *why)
{
	char block[BLOCK];
	ssize_t n;

	while ((n = read(from, block, sizeof block)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return diag_at(why, (struct place){path, 0, 0}, DIAG_DATA,
				       "cannot be read: %s", diag_system(why, errno));
		if (!write_all(to, block, (size_t)n))
			return diag_at(why, (struct place){path, 0, 0}, DIAG_FAILED,
				       "the bytes of a pipe cannot be kept: %s",
				       diag_system(why, errno));
	}
	return true;
}

bool spool_path(struct arena *a, const char *path, const char **out, struct diag *why)
{
	int own = descriptor_of(path), from;
	struct stat s;
	FILE *file;
	bool ok;

	*out = path;
	if (stat(path, &s) != 0 || S_ISREG(s.st_mode) || S_ISDIR(s.st_mode))
		return true;
	from = own >= 0 ? own : open(path, O_RDONLY | O_CLOEXEC);
	file = tmpfile();
	if (from < 0 || !file)
		return diag_at(why, (struct place){path, 0, 0}, DIAG_DATA, "cannot be read: %s",
			       diag_system(why, errno));
	ok = keep(path, from, fileno(file), why);
	if (own >= 0)
		ok = dup2(fileno(file), own) == own && ok;
	else
		*out = arena_format(a, "/dev/fd/%d", dup(fileno(file))).at;
	fclose(file); /* written without a buffer; the copies of its descriptor stay */
	if (own < 0)
		close(from);
	return ok;
}
