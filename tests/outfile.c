#include "help.h"

#include "output/outfile.h"
#include "survey/catalog.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

TestSuite(outfile, .fini = clean);

static const struct text old = TEXT("old\n"), new_bytes = TEXT("new\0\xFF\n");

static void check_file(const char *path, struct text want)
{
	struct text got;
	struct diag why = {0};

	cr_assert(outfile_read(&arena, path, &got, &why), "%s", why.item[0].words);
	cr_expect(span_equal(got, want), "%s", path);
}

/* Nothing may be left beside the target. */
static void check_files(size_t want)
{
	DIR *dir = opendir(work.path);
	size_t n = 0;

	for (const struct dirent *e; (e = readdir(dir));)
		n += e->d_name[0] != '.';
	closedir(dir);
	cr_expect(eq(sz, n, want));
}

Test(outfile, write_a_new_file)
{
	const char *path = file_of("a", "", 0);
	struct diag why = {0};

	unlink(path);
	cr_assert(outfile_write(path, new_bytes, false, &why));
	check_file(path, new_bytes);
	check_files(1);
}

Test(outfile, what_would_change_is_refused_without_force)
{
	const char *path = file_of("a", old.at, old.n);
	struct diag why = {0};

	cr_assert(not(outfile_write(path, new_bytes, false, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "exists and would change");
	cr_expect(strstr(why.item[0].hint, "--force") != NULL);
	check_file(path, old);
	cr_assert(outfile_write(path, new_bytes, true, &why));
	check_file(path, new_bytes);
	check_files(1);
}

Test(outfile, the_same_content_is_left_as_it_is)
{
	const char *path = file_of("a", old.at, old.n);
	struct stat before, after;
	struct diag why = {0};

	cr_assert(zero(int, stat(path, &before)));
	cr_assert(outfile_write(path, old, false, &why));
	cr_assert(zero(int, stat(path, &after)));
	cr_expect(eq(ulong, (unsigned long)before.st_ino, (unsigned long)after.st_ino));
}

Test(outfile, an_empty_file)
{
	const char *path = file_of("a", "", 0);
	struct diag why = {0};

	unlink(path);
	cr_assert(outfile_write(path, (struct text){"", 0}, false, &why));
	check_file(path, (struct text){"", 0});
}

Test(outfile, places_that_cannot_be_written)
{
	/* Never a path outside the test's own folder here: a wrong program would write it, as root
	 * too. */
	const char *folder, *missing;
	struct diag why = {0};

	file_of("a", "", 0);
	folder = arena_format(&arena, "%s/folder", work.path).at;
	missing = arena_format(&arena, "%s/no/such/file", work.path).at;
	cr_assert(zero(int, mkdir(folder, 0700)));
	for (int force = 0; force < 2; force++) {
		cr_expect(not(outfile_write(folder, old, force, &why)));
		cr_expect(not(outfile_write(missing, old, force, &why)));
	}
	cr_expect(eq(sz, why.errors, 4));
	for (size_t i = 0; i < why.kept; i++)
		cr_expect(eq(int, (int)why.item[i].code, DIAG_FAILED));
	cr_expect(catalog_is_folder(folder));
	check_files(2);
}

/* A fifo stands for /dev/null and /dev/stdout here: it must not be replaced, with --force or
 * without. */
Test(outfile, only_regular_files_are_replaced)
{
	const char *path = file_of("fifo", "", 0);
	struct diag why = {0};
	struct stat s;
	int reader;

	unlink(path);
	cr_assert(zero(int, mkfifo(path, 0600)));
	reader = open(path, O_RDONLY | O_NONBLOCK); /* so that writing would not wait for ever */
	cr_assert(ge(int, reader, 0));
	for (int force = 0; force < 2; force++) {
		outfile_write(path, old, force, &why);
		cr_assert(zero(int, lstat(path, &s)));
		cr_expect(eq(int, S_ISFIFO(s.st_mode), 1),
			  "a device or pipe was replaced by a file");
	}
}

Test(outfile, move)
{
	const char *finished = file_of("finished", new_bytes.at, new_bytes.n),
		   *path = file_of("a", old.at, old.n);
	struct diag why = {0};

	cr_assert(not(outfile_move(finished, path, false, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "exists and would change");
	check_file(finished, new_bytes);
	check_file(path, old);
	cr_assert(outfile_move(finished, path, true, &why));
	check_file(path, new_bytes);
	check_files(1);
	cr_assert(outfile_move(file_of("again", new_bytes.at, new_bytes.n), path, false, &why),
		  "the same");
	check_files(1);
	cr_assert(not(outfile_move("/nowhere/x", path, true, &why)));
	check_file(path, new_bytes);
}

Test(outfile, read_refuses_what_is_no_file)
{
	struct text bytes;
	struct diag why = {0};

	cr_expect(not(outfile_read(&arena, "/nowhere", &bytes, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "/nowhere: No such file or directory");
	cr_expect(not(outfile_read(&arena, "/tmp", &bytes, &why)));
	check_problem(&why, 1, DIAG_FAILED, "", 0, 0, "/tmp: not a regular file");
}

/* The last five bytes of "0123456789"; of a file of three, all. */
Test(outfile, the_end_of_a_file)
{
	struct text bytes;
	struct diag why = {0};

	cr_assert(outfile_read_end(&arena, file_of("a", "0123456789", 10), 5, &bytes, &why));
	check_text(bytes, "56789");
	cr_assert(outfile_read_end(&arena, file_of("b", "012", 3), 5, &bytes, &why));
	check_text(bytes, "012");
	cr_assert(outfile_read_end(&arena, file_of("c", "", 0), 5, &bytes, &why));
	check_text(bytes, "");
	cr_expect(not(outfile_read_end(&arena, "/nowhere", 5, &bytes, &why)));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "/nowhere: No such file or directory");
}

Test(outfile, folders)
{
	const char *root = file_of("a", "", 0), *deep;
	struct diag why = {0};

	root = work.path;
	deep = arena_format(&arena, "%s/x/y/z", root).at;
	cr_assert(outfile_folder(&arena, deep, &why));
	cr_expect(catalog_is_folder(deep));
	cr_assert(outfile_folder(&arena, deep, &why), "twice is no error");
	cr_assert(outfile_folder(&arena, arena_format(&arena, "%s/", deep).at, &why));
	cr_assert(not(outfile_folder(&arena, arena_format(&arena, "%s/a/b", root).at, &why)));
}

Test(outfile, a_file_is_no_folder)
{
	struct diag why = {0};

	cr_assert(not(outfile_folder(&arena, file_of("a", "", 0), &why)));
}
