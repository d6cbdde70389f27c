#define _XOPEN_SOURCE 700 /* realpath */
#include "output/gnuplot.h"

#include "base/number.h"
#include "output/outfile.h"

#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>

#define SECONDS 30.0 /* for any other program, or for one picture */
#define INSTALL_GNUPLOT "apt-get install gnuplot-nox"

/* Runs a program in the work folder and reads what it printed. */
static bool run(struct arena *a, char *const *environment, const struct workdir *work,
		const char *const *argv, const char *const *extra, double seconds,
		const char *install, int *status, struct text *said, struct diag *why)
{
	struct process p = {.argv = argv,
			    .folder = work->path,
			    .extra = extra,
			    .environment = environment,
			    .log = workdir_file(a, work, "log"),
			    .seconds = seconds,
			    .install = install};

	return process_capture(a, &p, status, said, why);
}

/* "gnuplot 5.4 patchlevel 4" */
static bool is_new_enough(struct text version)
{
	struct text rest = version, word = {NULL, 0}, major, minor = {"0", 1};
	long x, y;

	span_split(&rest, ' ', &word);
	if (!span_is(word, "gnuplot") || !rest.at)
		return false;
	span_split(&rest, ' ', &word);
	span_split(&word, '.', &major);
	if (word.at)
		span_split(&word, '.', &minor);
	return number_whole(major, 0, 99, &x) && number_whole(minor, 0, 99, &y) &&
	       (x > 5 || (x == 5 && y >= 4));
}

bool gnuplot_version(struct arena *a, char *const *environment, const struct workdir *work,
		     struct text *version, struct diag *why)
{
	const char *const argv[] = {"gnuplot", "--version", NULL};
	int status;

	if (!run(a, environment, work, argv, NULL, SECONDS, INSTALL_GNUPLOT, &status, version, why))
		return false;
	*version = span_line(*version);
	if (status == 0 && is_new_enough(*version))
		return true;
	diag_fail(why, DIAG_TOOL, "gnuplot 5.4 or later is needed; here is \"%.*s\"",
		  SPAN_ARG(*version));
	return diag_hint(why, INSTALL_GNUPLOT);
}

#define LONGEST_TRAILER 20

/* The last bytes every finished picture of its kind has. */
static bool is_finished(struct arena *a, const char *file)
{
	static const struct {
		const char *ending;
		struct text trailer;
	} kinds[] = {{".svg", TEXT("</svg>")},
		     {".png", TEXT("IEND\xAE"
				   "B`\x82")},
		     {".pdf", TEXT("%%EOF")},
		     {".emf", TEXT("\x0E\0\0\0\x14\0\0\0\0\0\0\0\x10\0\0\0\x14\0\0\0")},
		     {".txt", TEXT("")}};
	struct diag ignored = {0};
	struct text bytes;
	size_t n = strlen(file);

	if (!outfile_read_end(a, file, 2 * LONGEST_TRAILER, &bytes, &ignored) || bytes.n == 0)
		return false;
	while (bytes.n && bytes.at[bytes.n - 1] == '\n')
		bytes.n--;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(file + n - 4, kinds[i].ending) == 0)
			return bytes.n >= kinds[i].trailer.n &&
			       memcmp(bytes.at + bytes.n - kinds[i].trailer.n, kinds[i].trailer.at,
				      kinds[i].trailer.n) == 0;
	return false;
}

/* What gnuplot says when a picture is done. */
#define DONE "."
#define DONE_LINE DONE "\n"

/* A script that calls the others, those of one of `shares` processes; only names of ours stand in
 * it. A picture and its twin in another format lie side by side and stay together. */
static bool write_batch(const char *file, const struct drawing *d, size_t n, size_t share,
			size_t shares, struct diag *why)
{
	FILE *out = fopen(file, "w");
	bool ok = out && fputs("if (GPVAL_VERSION < 5.4) exit error 'too old'\n", out) >= 0;

	for (size_t i = 0; i < n && ok; i++)
		if (i / 2 % shares == share)
			ok = fprintf(out, "reset session\ncall '%s' '%s' '%s'\nprint '%s'\n",
				     d[i].script, d[i].data, d[i].out, DONE) > 0;
	if (out && fclose(out) != 0)
		ok = false;
	return ok || diag_fail(why, DIAG_FAILED, "%s: cannot be written", file);
}

/* What it said besides: the last line, which after an error names it. */
static struct text complaint(struct text said)
{
	struct text line, last = {"", 0};

	while (said.n && span_split(&said, '\n', &line))
		if (line.n && !span_is(line, DONE))
			last = line;
	return last;
}

struct listener {
	const struct process_watch *watch;
};

static void hear(void *context, size_t said)
{
	const struct listener *l = context;

	l->watch->tell(l->watch->context, said / strlen(DONE_LINE));
}

/* Pictures worth a process of their own. */
#define A_SHARE 4

static size_t count_shares(size_t n)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	size_t most = cores < 1              ? 1
		      : cores > PROCESS_MOST ? PROCESS_MOST
					     : (size_t)cores,
	       wanted = (n + A_SHARE - 1) / A_SHARE;

	return wanted < most ? wanted : most;
}

static bool all_finished(struct arena *a, const struct workdir *work, const struct drawing *d,
			 size_t n, struct text said, struct diag *why)
{
	for (size_t i = 0; i < n; i++)
		if (!is_finished(a, workdir_file(a, work, d[i].out))) {
			struct text words = complaint(said);

			diag_fail(why, DIAG_TOOL,
				  "gnuplot left a picture unfinished (disk full?)%s%.*s",
				  words.n ? ": " : "", SPAN_ARG(words));
			return diag_hint(why, "df -h tells what space is left");
		}
	return true;
}

static bool check_logs(struct arena *a, const struct process *p, const int *status, size_t shares,
		       struct text *said, struct diag *why)
{
	for (size_t k = 0; k < shares; k++) {
		if (!outfile_read(a, p[k].log, said, why))
			return false;
		if (status[k] == 0)
			continue;
		struct text words = complaint(*said);

		if (words.n)
			diag_fail(why, DIAG_TOOL, "gnuplot failed: %.*s", SPAN_ARG(words));
		else
			diag_fail(why, DIAG_TOOL, "gnuplot failed without a word (status %d)",
				  status[k]);
		return strstr(arena_string(a, *said), "terminal type")
			       ? diag_hint(why, INSTALL_GNUPLOT) /* one without that picture */
			       : false;
	}
	return true;
}

static bool any_png(const struct drawing *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(d[i].out + strlen(d[i].out) - 4, ".png") == 0)
			return true;
	return false;
}

/* preload: NULL, or the setting that loads a library */
static bool draw(struct arena *a, const struct gnuplot *g, const char *preload,
		 const struct workdir *work, const struct drawing *drawings, size_t n,
		 const struct process_watch *watch, struct diag *why)
{
	char *absolute = realpath(g->share, NULL);
	const char *library =
		arena_format(a, "GNUPLOT_LIB=%s/plots", absolute ? absolute : g->share).at;
	const char *const extra[] = {library, "LC_ALL=C.UTF-8", "TZ=UTC", preload, NULL};
	const char *argv[PROCESS_MOST][4];
	struct process p[PROCESS_MOST];
	struct listener listener = {watch};
	struct text said = {"", 0};
	size_t shares = count_shares(n);
	int status[PROCESS_MOST];

	free(absolute);
	for (size_t k = 0; k < shares; k++) {
		const char *batch = arena_format(a, "batch%zu.gp", k).at;

		memcpy(argv[k], (const char *const[]){"gnuplot", "-d", batch, NULL},
		       sizeof argv[k]);
		p[k] = (struct process){
			.argv = argv[k],
			.folder = work->path,
			.extra = extra,
			.environment = g->environment,
			.log = workdir_file(a, work, arena_format(a, "log%zu", k).at),
			.seconds = SECONDS,
			.install = INSTALL_GNUPLOT};
		if (!write_batch(workdir_file(a, work, batch), drawings, n, k, shares, why))
			return false;
	}
	return process_run_all(p, shares, watch ? &(struct process_watch){hear, &listener} : NULL,
			       status, why) &&
	       check_logs(a, p, status, shares, &said, why) &&
	       all_finished(a, work, drawings, n, said, why);
}

/* The version is asked only after a failure, which an old one explains: asking costs as much as
 * drawing several charts. */
static bool is_too_old(struct arena *a, const struct gnuplot *g, const struct workdir *work,
		       struct diag *why)
{
	struct text version = {"", 0};
	struct diag found = {.translation = why->translation};

	if (gnuplot_version(a, g->environment, work, &version, &found) ||
	    !span_starts(version, "gnuplot "))
		return false;
	diag_append(why, &found);
	return true;
}

bool gnuplot_draw(struct arena *a, const struct gnuplot *g, const struct workdir *work,
		  const struct drawing *drawings, size_t n, const struct process_watch *watch,
		  struct diag *why)
{
	struct diag ignored = {0}, own = {0};
	const char *preload = g->png_quick && any_png(drawings, n)
				      ? arena_format(a, "LD_PRELOAD=%s", g->png_quick).at
				      : NULL;

	if (preload && draw(a, g, preload, work, drawings, n, watch, &ignored))
		return true; /* else: once more, as if there were no such library */
	if ((ignored.errors == 0 || ignored.worst == DIAG_TOOL) &&
	    draw(a, g, NULL, work, drawings, n, watch, &own)) {
		diag_append(why, &own);
		return true;
	}
	if (own.errors == 0)
		own = ignored;
	if (own.worst != DIAG_TOOL || !is_too_old(a, g, work, why))
		diag_append(why, &own);
	return false;
}
