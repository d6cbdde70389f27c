/* process.h -- running another program without a shell, and the folder it works in.
 *
 * A work folder is private, lies beside what will be written (so that finished
 * files can be renamed into place) and is removed whole. A program runs in it,
 * its output kept in a file there, with a time-out; Ctrl-C ends it too.
 *
 * The one mutable variable of the program lives here: the flag that a signal
 * handler sets.
 *
 * Not here: which programs (gnuplot, pandoc: their modules).
 * Uses outfile, arena, diag. */
#ifndef OUTPUT_PROCESS_H
#define OUTPUT_PROCESS_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

/* process_watch_signals: from now on the first SIGINT, SIGTERM or SIGHUP only sets a flag, so that
 *   what is half done can be removed; the third one ends the program at once. */
void process_watch_signals(void);

/* process_interrupted: a signal has come. Adds "interrupted" to *why the first time it is asked
 * for. */
bool process_interrupted(struct diag *why);

/* A folder for work in progress. */
struct workdir {
	const char *path;
	int lock; /* of a file in it, held while the program lives */
};

/* workdir_make: a new folder inside `parent`, which is made if missing (one level). Such folders of
 *   programs that were ended before they could remove them go. */
bool workdir_make(struct arena *a, const char *parent, struct workdir *out, struct diag *why);

/* workdir_file: path of a file in it. */
const char *workdir_file(struct arena *a, const struct workdir *w, const char *name);

/* workdir_remove: removes the folder with all files and folders in it. */
void workdir_remove(const struct workdir *w);

struct process {
	const char *const *argv; /* argv[0] is looked for in PATH; ends with NULL */
	const char *folder;      /* it runs there; NULL = where we are */
	const char *const
		*extra; /* "NAME=value" in place of the environment's; ends with NULL; or NULL */
	char *const *environment; /* to run it in, but for `extra` */
	const char *log;          /* file that gets its standard output and error */
	double seconds;           /* time-out: how long it may run without saying anything */
	const char *install;      /* the command that installs it, told when it cannot be started */
};

/* process_run: runs it to its end.
 *   status  its exit status
 *   fails   DIAG_TOOL: cannot be started, time-out, killed by a signal; DIAG_FAILED: interrupted */
bool process_run(const struct process *p, int *status, struct diag *why);

/* Called now and then while programs run, with the bytes they have said together. */
struct process_watch {
	void (*tell)(void *context, size_t said); /* NULL: nobody listens */
	void *context;
};

/* process_run_all: the same for n of them side by side, at most PROCESS_MOST; when one fails the
 *   others are ended.
 *   watch   NULL: nobody watches
 *   status  n */
#define PROCESS_MOST 16
bool process_run_all(const struct process *p, size_t n, const struct process_watch *watch,
		     int *status, struct diag *why);

/* process_capture: process_run, and what it printed. */
bool process_capture(struct arena *a, const struct process *p, int *status, struct text *said,
		     struct diag *why);

#endif
