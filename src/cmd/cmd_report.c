#include "cmd/booking.h"
#include "cmd/headed.h"
#include "cmd/renewal.h"
#include "cmd/sets.h"
#include "output/chart.h"
#include "output/report.h"

#include <string.h>
#include <time.h>

#ifndef HAILONG_VERSION
#error "the Makefile gives HAILONG_VERSION"
#endif

static bool read_formats(struct session *s, struct report_place *p, struct diag *why)
{
	const char *value = s->options.value[OPT_FORMAT];
	struct text rest = span_of(value ? value : p->update ? "docx" : "md,docx,html"), one;

	while (span_split(&rest, ',', &one)) {
		size_t i = 0;

		while (i < REPORT_DOCUMENTS && !span_is(one, report_endings[i]))
			i++;
		if (i == REPORT_DOCUMENTS) {
			diag_fail(why, DIAG_USAGE, "--format: \"%.*s\" is no document",
				  SPAN_ARG(one));
			return diag_hint(
				why,
				"documents are md, docx, html, pdf, xlsx, or several: docx,pdf");
		}
		p->document[i] = true;
	}
	return true;
}

static bool read_theme(struct session *s, struct report_place *p, struct diag *why)
{
	const char *value = s->options.value[OPT_THEME];

	p->mono = value && strcmp(value, "mono") == 0;
	if (!value || p->mono || strcmp(value, "colour") == 0)
		return true;
	return diag_fail(why, DIAG_USAGE, "--theme: \"%s\" is neither colour nor mono", value);
}

static void print_names(const struct session *s, const struct report_place *place, struct text name)
{
	for (size_t i = 0; i < REPORT_DOCUMENTS; i++)
		if (place->document[i])
			fprintf(s->out, "%s/%.*s.%s\n", place->folder, SPAN_ARG(name),
				report_endings[i]);
}

/* ---- every province ------------------------------------------------------------------------ */

/* The report of one province, made in memory of its own beside those of others. */
struct turn {
	struct arena arena, kept; /* kept: what outlives the turn */
	struct session session;
	struct report_job job;
	struct text province;
	bool wanted, ok;
	struct diag why;
};

static void take_turn(const struct session *s, const struct booking *b,
		      const struct report_place *place, const struct province *self, struct turn *t)
{
	struct report_book book;

	t->session = *s;
	t->why.translation = s->translation;
	t->session.arena = t->session.phrases.arena = &t->arena;
	t->ok = !process_interrupted(&t->why) &&
		booking_make(&t->session, b, self->code, &book, &self, &t->why) &&
		report_make(&t->arena, &book, place, &t->job, &t->why) &&
		(place->document[REPORT_PDF] || report_deliver(&t->arena, place, &t->job, &t->why));
	if (t->ok && place->document[REPORT_PDF])
		return;
	report_close(&t->job);
	t->job = (struct report_job){.name = arena_text(&t->kept, t->job.name)};
	arena_release(&t->arena);
}

/* The PDFs of all in one run of LibreOffice; when that fails, each alone, to tell which. */
static void print_every(struct session *s, const struct report_place *place, struct turn *turn,
			size_t n)
{
	const struct report_job **job = arena_new(s->arena, n, sizeof *job);
	struct diag ignored = {0};
	size_t made = 0;
	bool together;

	if (!place->document[REPORT_PDF])
		return;
	for (size_t i = 0; i < n; i++)
		if (turn[i].wanted && turn[i].ok)
			job[made++] = &turn[i].job;
	together = report_print(s->arena, place, job, made, &ignored);
	for (size_t i = 0; i < n; i++) {
		struct turn *t = &turn[i];
		const struct report_job *alone = &t->job;

		if (!t->wanted || !t->ok)
			continue;
		t->ok = !process_interrupted(&t->why) &&
			(together || report_print(s->arena, place, &alone, 1, &t->why)) &&
			report_deliver(s->arena, place, &t->job, &t->why);
		report_close(&t->job);
	}
}

/* The names of what was made; what is wrong with the others; how many there are. */
static void sum_up(struct session *s, const struct report_place *place, struct turn *turn, size_t n,
		   struct diag *why)
{
	size_t made = 0, wanted = 0;

	for (size_t i = 0; i < n; i++) {
		struct turn *t = &turn[i];

		arena_adopt(s->arena, &t->arena);
		arena_adopt(s->arena, &t->kept);
		if (!t->wanted)
			continue;
		wanted++;
		made += t->ok;
		if (t->ok)
			print_names(s, place, t->job.name);
		else if (t->why.errors) /* else a signal came before its turn */
			diag_fail(why, t->why.worst, "no report of %.*s:", SPAN_ARG(t->province));
		diag_append(why, &t->why);
	}
	if (s->talk)
		fprintf(s->talk, translation_of(s->translation, N_("%zu of %zu reports made\n")),
			made, wanted);
}

static void show_progress(const struct session *s, const struct timespec *start, size_t done,
			  size_t n)
{
	struct timespec now;

	if (!s->talk || !s->talk_is_terminal)
		return;
	clock_gettime(CLOCK_MONOTONIC, &now);
	if (now.tv_sec - start->tv_sec >= 1)
		fprintf(s->talk, "\r[%zu/%zu]%s", done, n, done == n ? "\n" : "");
}

/* In as many threads as there are cores. */
static bool write_every(struct session *s, const struct booking *b,
			const struct report_place *place, struct diag *why)
{
	const struct provinces *all = &b->part->survey.provinces;
	struct turn *turn = arena_new(s->arena, all->n, sizeof *turn);
	struct timespec start;
	size_t done = 0, n = 0;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (size_t i = 0; i < all->n; i++) {
		turn[i].wanted = province_stands(&all->at[i], b->year);
		turn[i].province = all->at[i].name;
		n += turn[i].wanted;
	}
#pragma omp parallel for schedule(dynamic)
	for (size_t i = 0; i < all->n; i++) {
		if (!turn[i].wanted)
			continue;
		take_turn(s, b, place, &all->at[i], &turn[i]);
#pragma omp critical(progress)
		show_progress(s, &start, ++done, n);
	}
	print_every(s, place, turn, all->n);
	sum_up(s, place, turn, all->n, why);
	return true; /* what was made is told, with the errors that were added */
}

/* ---- the command --------------------------------------------------------------------------- */

static bool write_one(struct session *s, const struct booking *b, const char *word,
		      const struct report_place *place, struct diag *why)
{
	const struct province *self;
	struct report_job job = {.n_charts = 0};
	const struct report_job *alone = &job;
	struct report_book book;
	bool ok = booking_make(s, b, span_of(word), &book, &self, why) &&
		  report_make(s->arena, &book, place, &job, why) &&
		  report_print(s->arena, place, &alone, 1, why) &&
		  report_deliver(s->arena, place, &job, why);

	report_close(&job);
	if (ok && place->update)
		renewal_tell(s, place);
	else if (ok)
		print_names(s, place, job.name);
	return ok;
}

/* --audit is about the text of one report. */
static bool check_audit(const struct report_place *place, const char *province, struct diag *why)
{
	if (!place->audit)
		return true;
	if (!report_has_pictures(place))
		return diag_fail(why, DIAG_USAGE,
				 "--audit lists the numbers of a text; --format asks for none");
	if (strcmp(province, "all") != 0)
		return true;
	diag_fail(why, DIAG_USAGE, "--audit names one file; --province all makes many reports");
	return diag_hint(why, "every .docx and .html carries its own: see hailong audit");
}

static bool run(struct session *s, struct diag *why)
{
	struct report_place place = {.gnuplot = {s->share, s->environment, s->png_quick},
				     .folder = s->options.value[OPT_OUT],
				     .audit = s->options.value[OPT_AUDIT],
				     .force = s->options.value[OPT_FORCE] != NULL};
	const char *province = s->options.value[OPT_PROVINCE];
	struct digests sums = {.n = 0};
	struct typeface *face = NULL;
	struct booking b;
	bool ok;

	if (!renewal_place(s, &place, why))
		return false;
	if (!place.folder) {
		diag_fail(why, DIAG_USAGE, "where does the report go?");
		return diag_hint(why, "name a folder with --out");
	}
	if (!province) {
		diag_fail(why, DIAG_USAGE, "which province is the report about?");
		return diag_hint(why, "name it with --province, or say --province all");
	}
	if (!read_formats(s, &place, why) || !check_audit(&place, province, why) ||
	    !read_theme(s, &place, why) || !headed_read(s, &place.head, why) ||
	    !booking_open(s, span_of("hailong " HAILONG_VERSION), &b, why) ||
	    (place.document[REPORT_HTML] && !booking_explorer(s, &b, &place.explorer, why)) ||
	    (report_has_pictures(&place) && !chart_face(s->arena, true, &face, why)))
		return false;
	place.face = face;
	place.sums = &sums;
	ok = strcmp(province, "all") == 0 ? write_every(s, &b, &place, why)
					  : write_one(s, &b, province, &place, why);
	arena_adopt(s->arena, &sums.arena);
	typeface_close(face);
	return ok;
}

extern const struct command cmd_report;
const struct command cmd_report = {
	.name = "report",
	.words = "SURVEY...",
	.least_words = 1,
	.most_words = 16,
	.summary = "the annual report of a province: Markdown, Word, HTML, PDF, a workbook",
	.help = "  hailong report papi --province NAME --year YEAR --out report\n"
		"  hailong report papi par-index sipas --province all --year YEAR --out reports\n\n"
		"Writes NAME.md, NAME.docx (Nghị định 30 page, real captions and references), "
		"NAME.html\n"
		"(one file) and figures/ into the folder; --format docx,pdf makes PDF of the Word "
		"document, by\n"
		"LibreOffice; --format xlsx a workbook of the figures with native charts.\n\n"
		"--template nd30 (default) has letterhead, recipients and signature; plain has a "
		"title and\n"
		"headings. What stands in the letterhead is given with --office FILE, a CSV "
		"key,value: parent_agency,\n"
		"agency, number, symbol, place, date (2024-04-05), addressee, recipient, "
		"authority (these three\n"
		"in several rows), position, signer; reports/office.csv is a form to copy. What is "
		"not given is\n"
		"left dotted. An English report has no letterhead: it names agency, number, place "
		"and date\n"
		"below the title.\n\n"
		"Several surveys become one document, in the order named, each with its results, "
		"lost points,\n"
		"strengths and weaknesses, peers and annexes; what a survey lacks is said in a "
		"sentence. Tasks\n"
		"and proposals say no more than agencies.csv and the figures do. With --province "
		"all every\n"
		"province gets its report; one that fails is told at the end and stops no "
		"other.\n\n"
		"Of a survey of answers it gives intervals, distributions of the levels, groups of "
		"respondents\n"
		"and the sample; --method says how the index is made. Lost points come from the "
		"survey's\n"
		"criteria.csv, --criteria FILE, or the maxima of structure.csv. --theme mono draws "
		"for print\n"
		"without colour.\n\n"
		"  hailong report papi --province NAME --year YEAR --update FILE.docx\n\n"
		"renews the blocks of a report that was edited in Word and leaves the rest of it "
		"as it is. A block\n"
		"that was altered by hand, or holds tracked changes, is refused (status 3), and so "
		"is a document\n"
		"about another province or survey or in another language; then nothing is written. "
		"--force\n"
		"replaces all the same. What staff removed is not put back. Close FILE in Word "
		"first.\n\n"
		"The HTML ends with the page to explore (hailong page). Word and HTML carry the "
		"list of every\n"
		"number they print, for hailong audit; --audit FILE.csv writes it as a file.\n",
	.options =
		(const enum option[]){OPT_YEAR,       OPT_PROVINCE, OPT_PEERS,    OPT_METHOD,
				      OPT_LEVEL,      OPT_DF,       OPT_LONELY,   OPT_DOMAIN_LONELY,
				      SETS_OPTIONS,   OPT_CRITERIA, OPT_TARGETS,  OPT_SHARED,
				      HEADED_OPTIONS, OPT_FORMAT,   OPT_OUT,      OPT_AUDIT,
				      OPT_UPDATE,     OPT_FORCE,    OPT_PAD,      OPT_RANK_WORD,
				      OPT_DELTA_UNIT, OPT_THEME,    OPT_NO_CACHE, OPTIONS_FORM,
				      OPT__COUNT},
	.makes_files = true,
	.run = run,
};
