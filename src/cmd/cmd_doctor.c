#include "base/text.h"
#include "cmd/command.h"
#include "output/chart.h"
#include "output/gnuplot.h"
#include "output/libreoffice.h"
#include "output/pandoc.h"
#include "survey/tally_cache.h"

#include <string.h>
#include <sys/statvfs.h>

struct patient {
	struct session *session;
	struct workdir dir;
	struct diag *why;
};

/* What makes a word 22 columns wide: printf counts bytes. */
static int width(const char *word)
{
	return 22 + (int)(strlen(word) - text_columns(span_of(word)));
}

static void well(const struct patient *p, const char *what, struct text found)
{
	fprintf(p->session->out, "%-*s %.*s\n", width(what), what, SPAN_ARG(found));
}

/* A missing thing is told with the command that installs it, and remembered for the exit status. */
static void ill(const struct patient *p, const char *what, const struct diag *found)
{
	const struct diag_item *item = &found->item[0];

	fprintf(p->session->out, "%-*s %s\n%-22s %s\n", width(what), what, item->words, "",
		item->hint);
	diag_fail(p->why, DIAG_TOOL, "%s: %s", what, item->words);
	diag_hint(p->why, "%s", item->hint);
}

static void look_at_gnuplot(const struct patient *p)
{
	struct session *s = p->session;
	struct diag found = {.translation = p->why->translation};
	struct text version;

	if (gnuplot_version(s->arena, s->environment, &p->dir, &version, &found))
		well(p, "gnuplot", version);
	else
		ill(p, "gnuplot", &found);
}

static void look_at_fonts(const struct patient *p, const char *what, bool report)
{
	struct session *s = p->session;
	struct diag found = {.translation = p->why->translation};
	struct typeface *face = NULL;

	if (chart_face(s->arena, report, &face, &found))
		well(p, what, span_of(typeface_family(face)));
	else
		ill(p, what, &found);
	typeface_close(face);
}

static void look_at_pandoc(const struct patient *p)
{
	struct session *s = p->session;
	struct diag found = {.translation = p->why->translation};
	struct text version;

	if (pandoc_version(s->arena, s->environment, &p->dir, &version, &found))
		well(p, "pandoc", version);
	else
		ill(p, "pandoc", &found);
}

/* Nothing but report --format pdf needs it. */
static void look_at_libreoffice(const struct patient *p)
{
	struct session *s = p->session;
	struct diag found = {.translation = p->why->translation};
	struct text version;

	if (libreoffice_version(s->arena, s->environment, &p->dir, &version, &found))
		well(p, "LibreOffice", version);
	else
		well(p, "LibreOffice",
		     arena_format(s->arena,
				  diag_word(p->why, "not there; for --format pdf alone: %s"),
				  found.item[0].hint));
}

static void look_at_disk(const struct patient *p)
{
	struct session *s = p->session;
	struct statvfs disk;

	if (statvfs(p->dir.path, &disk) != 0)
		return;
	well(p, diag_word(p->why, "space there"),
	     arena_format(s->arena, "%.0f MB",
			  (double)disk.f_bavail * (double)disk.f_frsize / 1e6));
}

static void look_at_cache(const struct patient *p)
{
	struct session *s = p->session;
	const char *folder = s->reading.cache;
	size_t files;
	double size = folder ? (double)tally_cache_size(s->arena, folder, &files) : 0;

	if (!folder)
		well(p, diag_word(p->why, "sums that are kept"),
		     span_of(diag_word(p->why, "nowhere: there is no home folder")));
	else
		well(p, diag_word(p->why, "sums that are kept"),
		     arena_format(s->arena, diag_word(p->why, "%s (%zu files, %.1f MB)"), folder,
				  files, size / 1e6));
}

static bool run(struct session *s, struct diag *why)
{
	const char *out = s->options.value[OPT_OUT];
	struct patient p = {.session = s, .why = why};

	/* that a folder can be made here shows that reports can be written here */
	if (!workdir_make(s->arena, out ? out : ".", &p.dir, why))
		return diag_hint(why, "name a folder that can be written with --out");
	well(&p, diag_word(why, "output folder"), span_of(out ? out : "."));
	well(&p, diag_word(why, "share folder"), span_of(s->share));
	look_at_disk(&p);
	look_at_cache(&p);
	look_at_gnuplot(&p);
	look_at_fonts(&p, diag_word(why, "font for charts"), false);
	look_at_fonts(&p, diag_word(why, "font for reports"), true);
	look_at_pandoc(&p);
	look_at_libreoffice(&p);
	workdir_remove(&p.dir);
	return true; /* what was found is shown even when something is missing */
}

extern const struct command cmd_doctor;
const struct command cmd_doctor = {
	.name = "doctor",
	.words = "",
	.summary = "what this machine lacks, and the command that installs it",
	.help = "  hailong doctor\n\n"
		"Exit status 4 when gnuplot, a font with Vietnamese letters, or pandoc is "
		"missing.\n",
	.options = (const enum option[]){OPT_OUT, OPT__COUNT},
	.makes_files = true,
	.run = run,
};
