#define _GNU_SOURCE /* posix_spawn_file_actions_addchdir_np: POSIX.1-2024 has it without _np */
#include "output/process.h"

#include "output/outfile.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t signalled; /* 2 for each signal, 1 when it has been told */

/* Programs that end others often signal twice, the child and its group; who is in a hurry, a third
 * time. */
static void on_signal(int number)
{
	signalled = signalled + 2;
	if (signalled < 6)
		return;
	signal(number, SIG_DFL);
	raise(number);
}

void process_watch_signals(void)
{
	static const int ends[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction action = {.sa_handler = on_signal, .sa_flags = 0}, old;

	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
		if (sigaction(ends[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
			sigaction(ends[i], &action, NULL);
	signal(SIGCHLD, SIG_DFL); /* a parent that ignored it would leave us nothing to wait for */
}

bool process_interrupted(struct diag *why)
{
	bool first = false;

#pragma omp critical(signalled)
	if (signalled && signalled % 2 == 0) {
		signalled = signalled + 1;
		first = true;
	}
	if (first)
		diag_fail(why, DIAG_FAILED, "interrupted; nothing unfinished was left");
	return signalled != 0;
}

const char *workdir_file(struct arena *a, const struct workdir *w, const char *name)
{
	return arena_format(a, "%s/%s", w->path, name).at;
}

static void remove_tree(const char *path);

static void empty_folder(const char *path)
{
	struct arena scratch = {0};
	DIR *dir = opendir(path);
	const struct dirent *e;

	while (dir && (e = readdir(dir))) {
		const char *inside = arena_format(&scratch, "%s/%s", path, e->d_name).at;
		struct stat s;

		if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
			continue;
		if (lstat(inside, &s) == 0 && S_ISDIR(s.st_mode))
			remove_tree(inside);
		else
			unlink(inside);
	}
	if (dir)
		closedir(dir);
	arena_release(&scratch);
}

#define TURNS 20

/* A tool whose program was killed may still be writing into its folder: once more, then. */
static void remove_tree(const char *path)
{
	int turn = 0;

	do
		empty_folder(path);
	while (rmdir(path) != 0 && (errno == ENOTEMPTY || errno == EEXIST) && ++turn < TURNS);
}

#define WORK ".hailong-"

/* Nobody holds its lock: what is left of a program that was killed. One without a lock file is just
 * being made. */
static bool abandoned(struct arena *a, const char *folder)
{
	const char *file = arena_format(a, "%s/.lock", folder).at;
	struct stat s;
	int lock;
	bool free_;

	if (lstat(folder, &s) != 0 || !S_ISDIR(s.st_mode))
		return false;
	lock = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (lock < 0)
		return false;
	free_ = flock(lock, LOCK_EX | LOCK_NB) == 0;
	close(lock);
	return free_;
}

static void remove_abandoned(const char *parent)
{
	struct arena scratch = {0};
	DIR *dir = opendir(parent);
	const struct dirent *e;

	while (dir && (e = readdir(dir))) {
		const char *path = arena_format(&scratch, "%s/%s", parent, e->d_name).at;

		if (strncmp(e->d_name, WORK, strlen(WORK)) == 0 && abandoned(&scratch, path))
			remove_tree(path);
	}
	if (dir)
		closedir(dir);
	arena_release(&scratch);
}

/* The file is locked before it gets the name that others look for; where files cannot be locked
 * there is none. */
static void hold_lock(struct arena *a, struct workdir *w)
{
	const char *unlocked = workdir_file(a, w, ".unlocked"), *lock = workdir_file(a, w, ".lock");

	w->lock = open(unlocked, O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
	if (w->lock < 0 || flock(w->lock, LOCK_EX | LOCK_NB) != 0 || rename(unlocked, lock) != 0)
		unlink(unlocked);
}

bool workdir_make(struct arena *a, const char *parent, struct workdir *out, struct diag *why)
{
	char *path = arena_new(a, strlen(parent) + 32, 1);

	*out = (struct workdir){NULL, -1};
	snprintf(path, strlen(parent) + 32, "%s/" WORK "XXXXXX", parent);
	if (mkdir(parent, 0777) != 0 && errno != EEXIST)
		return diag_fail(why, DIAG_FAILED, "%s: %s", parent, diag_system(why, errno));
	remove_abandoned(parent);
	if (!mkdtemp(path))
		return diag_fail(why, DIAG_FAILED, "%s: %s", parent, diag_system(why, errno));
	out->path = path;
	hold_lock(a, out);
	return true;
}

void workdir_remove(const struct workdir *w)
{
	if (!w->path)
		return;
	remove_tree(w->path);
	if (w->lock >= 0)
		close(w->lock);
}

static bool same_name(const char *setting, const char *other)
{
	size_t n = strcspn(setting, "=");

	return strncmp(setting, other, n) == 0 && other[n] == '=';
}

/* The environment with the extra settings in place of those of the same name. */
static char **joined(struct arena *a, char *const *environment, const char *const *extra)
{
	size_t n = 0, m = 0, kept = 0;
	char **all;

	while (environment[n])
		n++;
	while (extra && extra[m])
		m++;
	all = arena_new(a, n + m + 1, sizeof *all);
	for (; kept < m; kept++)
		all[kept] = (char *)extra[kept]; /* execve's argument type; not written to */
	for (size_t i = 0; i < n; i++) {
		bool replaced = false;

		for (size_t k = 0; k < m && !replaced; k++)
			replaced = same_name(extra[k], environment[i]);
		if (!replaced)
			all[kept++] = environment[i];
	}
	return all;
}

static int spawn(const struct process *p, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	struct arena scratch = {0};
	sigset_t none;
	int error;

	sigemptyset(&none);
	posix_spawn_file_actions_init(&actions);
	posix_spawnattr_init(&attributes);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, p->log, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	posix_spawn_file_actions_adddup2(&actions, 1, 2);
	if (p->folder)
		posix_spawn_file_actions_addchdir_np(&actions, p->folder);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawnattr_setpgroup(&attributes, 0); /* its own children end with it */
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
	error = posix_spawnp(pid, p->argv[0], &actions, &attributes, (char *const *)p->argv,
			     joined(&scratch, p->environment, p->extra));
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	arena_release(&scratch);
	return error;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* A program under way. */
struct child {
	pid_t pid;
	off_t said;   /* bytes in its log */
	double heard; /* when it said the last of them */
};

static void end(struct child *c)
{
	int ignored;

	kill(-c->pid, SIGKILL);
	while (waitpid(c->pid, &ignored, 0) < 0 && errno == EINTR)
		continue;
	c->pid = 0;
}

static bool begin(const struct process *p, struct child *c, struct diag *why)
{
	pid_t pid;
	int error = spawn(p, &pid);

	if (error == 0) {
		*c = (struct child){.pid = pid, .heard = now()};
		return true;
	}
	diag_fail(why, DIAG_TOOL, "%s cannot be started: %s", p->argv[0], diag_system(why, error));
	return diag_hint(why, "%s", diag_word(why, p->install));
}

static bool finish(const struct process *p, struct child *c, int wait_status, int *status,
		   struct diag *why)
{
	c->pid = 0;
	if (process_interrupted(why))
		return false;
	if (!WIFEXITED(wait_status))
		return diag_fail(why, DIAG_TOOL, "%s was ended by signal %d", p->argv[0],
				 WTERMSIG(wait_status));
	*status = WEXITSTATUS(wait_status);
	return true;
}

/* Has the child ended, said something, or been silent for too long? */
static bool look(const struct process *p, struct child *c, int *status, struct diag *why)
{
	int wait_status;
	pid_t done = waitpid(c->pid, &wait_status, WNOHANG);
	struct stat log;

	if (done == c->pid)
		return finish(p, c, wait_status, status, why);
	if (done < 0 && errno != EINTR)
		return diag_fail(why, DIAG_FAILED, "waiting for %s: %s", p->argv[0],
				 diag_system(why, errno));
	if (stat(p->log, &log) == 0 && log.st_size != c->said) {
		c->said = log.st_size;
		c->heard = now();
	}
	return now() - c->heard <= p->seconds ||
	       diag_fail(why, DIAG_TOOL, "%s: not finished after %.0f seconds", p->argv[0],
			 p->seconds);
}

static size_t count_running(const struct child *c, size_t n)
{
	size_t running = 0;

	for (size_t i = 0; i < n; i++)
		running += c[i].pid ? 1 : 0;
	return running;
}

static void tell(const struct process_watch *watch, const struct child *c, size_t n)
{
	size_t said = 0;

	for (size_t i = 0; i < n; i++)
		said += (size_t)c[i].said;
	watch->tell(watch->context, said);
}

bool process_run(const struct process *p, int *status, struct diag *why)
{
	return process_run_all(p, 1, NULL, status, why);
}

bool process_run_all(const struct process *p, size_t n, const struct process_watch *watch,
		     int *status, struct diag *why)
{
	struct timespec pause = {0, 1000000};
	struct child c[PROCESS_MOST] = {0};
	bool ok = !process_interrupted(why);

	for (size_t i = 0; i < n && ok; i++)
		ok = begin(&p[i], &c[i], why);
	while (ok && count_running(c, n)) {
		ok = !process_interrupted(why);
		for (size_t i = 0; i < n && ok; i++)
			ok = !c[i].pid || look(&p[i], &c[i], &status[i], why);
		if (watch && watch->tell)
			tell(watch, c, n);
		if (count_running(c, n))
			nanosleep(&pause, NULL);
		if (pause.tv_nsec < 5000000)
			pause.tv_nsec += 1000000;
	}
	for (size_t i = 0; i < n; i++)
		if (c[i].pid)
			end(&c[i]);
	return ok;
}

bool process_capture(struct arena *a, const struct process *p, int *status, struct text *said,
		     struct diag *why)
{
	return process_run(p, status, why) && outfile_read(a, p->log, said, why);
}
