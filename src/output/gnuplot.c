#define _XOPEN_SOURCE 700 /* realpath */
#include "output/gnuplot.h"

#include "base/number.h"
#include "output/outfile.h"

#include <stdio.h>
#include <string.h>
#include <stdlib.h>

#define SECONDS_FOR_ALL 30.0
#define SECONDS_A_PICTURE 5.0
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

	if (!run(a, environment, work, argv, NULL, SECONDS_FOR_ALL, INSTALL_GNUPLOT, &status,
		 version, why))
		return false;
	*version = span_line(*version);
	if (status == 0 && is_new_enough(*version))
		return true;
	diag_fail(why, DIAG_TOOL, "gnuplot 5.4 or later is needed; here is \"%.*s\"",
		  SPAN_ARG(*version));
	return diag_hint(why, INSTALL_GNUPLOT);
}

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
		     {".txt", TEXT("")}};
	struct diag ignored = {0};
	struct text bytes;
	size_t n = strlen(file);

	if (!outfile_read(a, file, &bytes, &ignored) || bytes.n == 0)
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

/* A script that calls the others, those of one of `shares` processes; only names of ours stand in
 * it. A picture and its twin in another format lie side by side and stay together. */
static bool write_batch(const char *file, const struct drawing *d, size_t n, size_t share,
			size_t shares, struct diag *why)
{
	FILE *out = fopen(file, "w");
	bool ok = out != NULL;

	for (size_t i = 0; i < n && ok; i++)
		if (i / 2 % shares == share)
			ok = fprintf(out, "reset session\ncall '%s' '%s' '%s'\n", d[i].script,
				     d[i].data, d[i].out) > 0;
	if (out && fclose(out) != 0)
		ok = false;
	return ok || diag_fail(why, DIAG_FAILED, "%s: cannot be written", file);
}

/* Many pictures are drawn by several gnuplots side by side. */
#define SHARES 2
#define WORTH_SHARES 8

bool gnuplot_draw(struct arena *a, const char *share, char *const *environment,
		  const struct workdir *work, const struct drawing *drawings, size_t n,
		  struct diag *why)
{
	static const char *const batch[SHARES] = {"batch1.gp", "batch2.gp"};
	static const char *const log[SHARES] = {"log1", "log2"};
	char *absolute = realpath(share, NULL);
	const char *library =
		arena_format(a, "GNUPLOT_LIB=%s/plots", absolute ? absolute : share).at;
	const char *const extra[] = {library, "LC_ALL=C.UTF-8", "TZ=UTC", NULL};
	const char *argv[SHARES][4];
	struct process p[SHARES];
	struct text said = {"", 0}, version;
	size_t shares = n < WORTH_SHARES ? 1 : SHARES;
	int status[SHARES];

	free(absolute);
	if (!gnuplot_version(a, environment, work, &version, why))
		return false;
	for (size_t k = 0; k < shares; k++) {
		memcpy(argv[k], (const char *const[]){"gnuplot", "-d", batch[k], NULL},
		       sizeof argv[k]);
		p[k] = (struct process){.argv = argv[k],
					.folder = work->path,
					.extra = extra,
					.environment = environment,
					.log = workdir_file(a, work, log[k]),
					.seconds = SECONDS_FOR_ALL + SECONDS_A_PICTURE * (double)n,
					.install = INSTALL_GNUPLOT};
		if (!write_batch(workdir_file(a, work, batch[k]), drawings, n, k, shares, why))
			return false;
	}
	if (!process_run_all(p, shares, status, why))
		return false;
	for (size_t k = 0; k < shares; k++) {
		if (!outfile_read(a, p[k].log, &said, why))
			return false;
		if (status[k] != 0)
			return diag_fail(why, DIAG_TOOL, "gnuplot failed: %.*s",
					 SPAN_ARG(span_line(said)));
	}
	for (size_t i = 0; i < n; i++)
		if (!is_finished(a, workdir_file(a, work, drawings[i].out)))
			return diag_fail(why, DIAG_TOOL,
					 "gnuplot left a picture unfinished (disk full?): %.*s",
					 SPAN_ARG(span_line(said)));
	return true;
}
