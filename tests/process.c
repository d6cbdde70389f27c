#include "help.h"

#include "output/outfile.h"
#include "survey/catalog.h"

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

TestSuite(process, .fini = clean);

extern char **environ;

static bool run(const char *const *argv, const char *const *extra, double seconds, int *status,
		struct diag *why)
{
	const char *log = file_of("log", "", 0);
	struct process p = {.argv = argv,
			    .folder = work.path,
			    .extra = extra,
			    .environment = environ,
			    .log = log,
			    .seconds = seconds};

	return process_run(&p, status, why);
}

static void check_log(const char *want)
{
	struct text got;
	struct diag why = {0};

	cr_assert(outfile_read(&arena, workdir_file(&arena, &work, "log"), &got, &why));
	check_text(got, want);
}

Test(process, output_and_status)
{
	const char *argv[] = {"sh", "-c", "echo out; echo err >&2; cat; exit 3", NULL};
	struct diag why = {0};
	int status = -1;

	cr_assert(run(argv, NULL, 20, &status, &why), "%s", why.item[0].words);
	cr_expect(eq(int, status, 3), "an exit status is an answer, no problem");
	check_log("out\nerr\n"); /* and cat found an empty input */
}

/* The second tells the first to end: neither waits for the other's turn. When one takes too long
 * the others are ended with it, and nothing they would have made is there. */
Test(process, side_by_side)
{
	const char *first[] = {"sh", "-c", "while ! [ -e go ]; do sleep 0.01; done; exit 4", NULL};
	const char *second[] = {"sh", "-c", "touch go; exit 5", NULL};
	const char *slow[] = {"sleep", "20", NULL};
	const char *later[] = {"sh", "-c", "sleep 2; touch late", NULL};
	const char *log = file_of("log", "", 0), *other = file_of("log2", "", 0);
	struct process p[] = {{.argv = first, .log = log}, {.argv = second, .log = other}};
	struct diag why = {0};
	struct text none;
	int status[2] = {-1, -1};

	for (size_t i = 0; i < 2; i++) {
		p[i].folder = work.path;
		p[i].environment = environ;
		p[i].seconds = 20;
	}
	cr_assert(process_run_all(p, 2, NULL, status, &why), "%s", why.item[0].words);
	cr_expect(eq(int, status[0], 4));
	cr_expect(eq(int, status[1], 5));
	p[0].argv = slow;
	p[0].seconds = 0.1;
	p[1].argv = later;
	cr_expect(not(process_run_all(p, 2, NULL, status, &why)));
	check_problem(&why, 0, DIAG_TOOL, "", 0, 0, "sleep: not finished after 0 seconds");
	sleep(3);
	why = (struct diag){0};
	cr_expect(not(outfile_read(&arena, workdir_file(&arena, &work, "late"), &none, &why)));
	p[0].argv = (const char *const[]){"no-such-program", NULL};
	cr_expect(not(process_run_all(p, 2, NULL, status, &why)));
}

static void count_bytes(void *context, size_t said)
{
	size_t *most = context;

	*most = said > *most ? said : *most;
}

/* The time-out is of silence: 20 words in a second outlive one of half a second; who watches sees
 * them come. */
Test(process, talking_is_not_hanging)
{
	const char *argv[] = {"sh", "-c",
			      "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do "
			      "echo x; sleep 0.05; done; sleep 0.1",
			      NULL};
	struct process p = {.argv = argv,
			    .folder = work.path,
			    .environment = environ,
			    .log = file_of("log", "", 0),
			    .seconds = 0.5};
	size_t most = 0;
	struct diag why = {0};
	int status = -1;

	cr_assert(
		process_run_all(&p, 1, &(struct process_watch){count_bytes, &most}, &status, &why),
		"%s", why.item[0].words);
	cr_expect(zero(int, status));
	cr_expect(eq(sz, most, 40));
}

/* No shell comes between: words reach the program as they are. */
Test(process, words_are_not_interpreted)
{
	const char *argv[] = {"printf", "%s|", "$(id)", "`x`", "a b", "\"'\\", "", NULL};
	struct diag why = {0};
	int status = -1;

	cr_assert(run(argv, NULL, 20, &status, &why));
	check_log("$(id)|`x`|a b|\"'\\||");
}

Test(process, folder_and_environment)
{
	const char *argv[] = {"sh", "-c", "pwd; echo $HAILONG_TEST", NULL};
	const char *extra[] = {"HAILONG_TEST=yes", NULL};
	struct diag why = {0};
	int status = -1;

	cr_assert(run(argv, extra, 20, &status, &why));
	check_log(arena_format(&arena, "%s\nyes\n", work.path).at);
}

/* Shells take the last of two settings of one name, getenv the first: there must be one. */
Test(process, extra_settings_win)
{
	const char *argv[] = {"sh", "-c", "echo $HOME", NULL}, *extra[] = {"HOME=/elsewhere", NULL};
	struct diag why = {0};
	int status = -1;

	cr_assert(run(argv, extra, 20, &status, &why));
	check_log("/elsewhere\n");
}

Test(process, failures)
{
	static const struct {
		const char *argv[4];
		double seconds;
		const char *fragment;
	} cases[] = {
		{{"hailong-no-such-program", NULL},
		 20,
		 "cannot be started: No such file or directory"},
		{{"sh", "-c", "kill -9 $$", NULL}, 20, "was ended by signal 9"},
		{{"sleep", "30", NULL}, 0.2, "not finished after 0 seconds"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		int status = -1;
		time_t start = time(NULL);

		cr_expect(not(run(cases[i].argv, NULL, cases[i].seconds, &status, &why)), "row %zu",
			  i);
		check_problem(&why, 0, DIAG_TOOL, "", 0, 0, cases[i].fragment);
		cr_expect(lt(long, (long)(time(NULL) - start), 15));
	}
}

Test(process, a_signal_is_told_once_and_stops_everything)
{
	const char *argv[] = {"true", NULL};
	struct diag why = {0};
	int status;

	process_watch_signals();
	cr_expect(not(process_interrupted(&why)));
	raise(SIGTERM);
	cr_expect(process_interrupted(&why));
	cr_expect(process_interrupted(&why));
	cr_expect(eq(sz, why.errors, 1));
	check_problem(&why, 0, DIAG_FAILED, "", 0, 0, "interrupted");
	cr_expect(not(run(argv, NULL, 20, &status, &why)), "nothing is started any more");
}

Test(process, work_folders_go_whole)
{
	struct workdir w = {0};
	struct diag why = {0};
	const char *inside;
	struct stat s;

	file_of("keep", "x", 1);
	cr_assert(workdir_make(&arena, work.path, &w, &why));
	cr_assert(zero(int, stat(w.path, &s)));
	cr_expect(eq(uint, (unsigned)s.st_mode & 077, 0), "private");
	inside = workdir_file(&arena, &w, "deep");
	cr_assert(outfile_folder(&arena, arena_format(&arena, "%s/er", inside).at, &why));
	cr_assert(zero(int, symlink(work.path, workdir_file(&arena, &w, "link"))));
	workdir_remove(&w);
	cr_expect(not(catalog_is_folder(w.path)));
	cr_expect(catalog_is_file(workdir_file(&arena, &work, "keep")), "a link is not followed");
	workdir_remove(&(struct workdir){0});
	cr_expect(not(workdir_make(&arena, "/nowhere/deep", &w, &why)));
	cr_expect(eq(int, (int)why.worst, DIAG_FAILED));
}

/* A folder whose program was killed is taken away by the next that works there; one that is in use,
 * is being made or is no work folder stays. */
Test(process, abandoned_work_folders_go)
{
	struct workdir used = {0}, next = {0};
	struct diag why = {0};
	const char *killed, *made, *other;
	int status;
	pid_t child;

	file_of("keep", "x", 1);
	killed = arena_format(&arena, "%s/.hailong-killed", work.path).at;
	made = arena_format(&arena, "%s/.hailong-young", work.path).at;
	other = arena_format(&arena, "%s/.hailong-link", work.path).at;
	cr_assert(workdir_make(&arena, work.path, &used, &why));
	child = fork();
	if (child == 0) {
		struct workdir w;

		if (workdir_make(&arena, work.path, &w, &why) && rename(w.path, killed) == 0)
			kill(getpid(), SIGKILL);
		_exit(1);
	}
	cr_assert(eq(int, (int)waitpid(child, &status, 0), (int)child));
	cr_assert(eq(int, WIFSIGNALED(status) ? 1 : 0, 1));
	cr_assert(catalog_is_folder(killed));
	cr_assert(zero(int, mkdir(made, 0700)));
	cr_assert(zero(int, symlink(killed, other)));

	cr_assert(workdir_make(&arena, work.path, &next, &why));
	cr_expect(not(catalog_is_folder(killed)));
	cr_expect(catalog_is_folder(made), "without a lock it may be just being made");
	cr_expect(catalog_is_folder(used.path), "in use");
	cr_expect(catalog_is_file(workdir_file(&arena, &work, "keep")));
	cr_expect(zero(int, unlink(other)), "a link is left alone");
	workdir_remove(&next);
	workdir_remove(&used);
}
