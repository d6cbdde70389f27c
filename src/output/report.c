#include "output/report.h"

#include "base/text.h"
#include "output/audit_doc.h"
#include "output/docx.h"
#include "output/libreoffice.h"
#include "output/numbering.h"
#include "output/outfile.h"
#include "output/page.h"
#include "output/page_still.h"
#include "output/pandoc.h"
#include "output/report_audit.h"
#include "output/report_fields.h"
#include "output/report_section.h"
#include "output/sheet.h"
#include "output/workbook.h"

#include <string.h>

const char *const report_endings[REPORT_DOCUMENTS] = {"md", "docx", "html", "pdf", "xlsx"};

struct writer {
	struct arena *arena;
	const struct report_book *book;
	const struct phrases *phrases;
	const struct report_place *place;
	struct diag *why;
	struct report_section *section; /* one for each part */
	struct chart *chart;            /* of all parts */
	size_t n_charts;
	struct report_job *job;
};

static struct text none(void)
{
	return (struct text){"", 0};
}

static const struct report_order *first_of(const struct writer *w)
{
	const struct report_order *o = w->book->part;

	while (o->missing) /* not all of them are */
		o++;
	return o;
}

static bool make_sections(struct writer *w)
{
	const struct report_book *b = w->book;
	struct report_look look = {.share = w->place->gnuplot.share,
				   .face = w->place->face,
				   .several = b->n > 1,
				   .mono = w->place->mono};

	w->section = arena_new(w->arena, b->n, sizeof *w->section);
	w->chart = arena_new(w->arena, b->n * CHART__COUNT, sizeof *w->chart);
	for (size_t i = 0; i < b->n; i++) {
		struct report_section *s = &w->section[i];

		if (!report_section_make(w->arena, &b->part[i], &look, s, w->why))
			return false;
		memcpy(w->chart + w->n_charts, s->chart, s->n_charts * sizeof *s->chart);
		w->n_charts += s->n_charts;
	}
	return true;
}

/* ---- the document -------------------------------------------------------------------------- */

/* The names of the parts' surveys, of all or of those whose data are made by a program. */
static struct text survey_names(const struct writer *w, bool simulated)
{
	struct text out = none();

	for (size_t i = 0; i < w->book->n; i++) {
		const struct report_order *o = &w->book->part[i];

		if (simulated && (o->missing || !report_simulated(o)))
			continue;
		out = arena_format(w->arena, "%.*s%s%.*s", SPAN_ARG(out), out.n ? ", " : "",
				   SPAN_ARG(o->narrative.survey->name));
	}
	return out;
}

static size_t count_parts(const struct report_book *b, bool simulated)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += !b->part[i].missing && (!simulated || report_simulated(&b->part[i]));
	return n;
}

/* What the whole document says of simulated data: all of it, some of it, or nothing. */
static struct text banner(const struct writer *w)
{
	size_t simulated = count_parts(w->book, true);

	if (simulated == 0)
		return none();
	if (simulated == count_parts(w->book, false))
		return phrase(w->phrases, "simulated.banner");
	return PHRASE_FILL(w->phrases, "simulated.banner.some", {"surveys", survey_names(w, true)});
}

static struct text title(const struct writer *w)
{
	const struct report_order *o = first_of(w);

	if (w->book->n == 1)
		return report_words(w->arena, o,
				    report_simulated(o) ? "report.title.simulated"
							: "report.title");
	return PHRASE_FILL(w->phrases, "report.title.several", {"surveys", survey_names(w, false)},
			   {"unit", report_unit(w->arena, o)},
			   {"year", arena_format(w->arena, "%ld", o->year)});
}

static struct text maker(const struct writer *w)
{
	const struct report_order *o = first_of(w);
	const char *key = w->book->n > 1        ? "report.maker.several"
			  : report_simulated(o) ? "report.maker.simulated"
			  : o->answers          ? "report.maker.answers"
						: "report.maker";

	return PHRASE_FILL(w->phrases, key, {"maker", w->book->maker});
}

/* What the surveys are called in full: a property of the Word document. */
static struct text subject(const struct writer *w)
{
	struct text out = none();

	for (size_t i = 0; i < w->book->n; i++)
		if (!w->book->part[i].missing)
			out = arena_format(w->arena, "%.*s%s%.*s", SPAN_ARG(out), out.n ? "; " : "",
					   SPAN_ARG(report_words(w->arena, &w->book->part[i],
								 "report.subject")));
	return out;
}

static struct text front_matter(const struct writer *w)
{
	struct letterhead head = w->place->head;

	head.subject = subject(w);
	head.maker = w->book->maker;
	return letterhead_yaml(w->phrases, &head);
}

/* Sections one level down. */
static struct text lowered(struct arena *a, struct text page)
{
	char *out = arena_new(a, 2 * page.n, 1);
	size_t n = 0;

	for (size_t i = 0; i < page.n; i++) {
		if (page.at[i] == '#' && (i == 0 || page.at[i - 1] == '\n'))
			out[n++] = '#';
		out[n++] = page.at[i];
	}
	return (struct text){out, n};
}

/* One kind of page of every part, each under the name of its survey when there are several. */
static struct text pages(const struct writer *w, enum report_page kind)
{
	static const char *const heads[REPORT_PAGES] = {
		[REPORT_BODY] = "# ", [REPORT_TASKS] = "## "};
	static const char *const keys[REPORT_PAGES] = {
		[REPORT_BODY] = "report.part", [REPORT_TASKS] = "report.part.tasks"};
	struct arena *a = w->arena;
	struct text out = none();

	for (size_t i = 0; i < w->book->n; i++) {
		struct text page = w->section[i].page[kind], head = none();

		if (span_trim(page).n == 0)
			continue;
		if (w->book->n > 1 && heads[kind])
			head = arena_format(
				a, "%s%.*s\n\n", heads[kind],
				SPAN_ARG(report_words(a, &w->book->part[i], keys[kind])));
		if (w->book->n > 1 && kind == REPORT_BODY)
			page = lowered(a, page);
		out = arena_format(a, "%.*s%s%.*s%.*s", SPAN_ARG(out), out.n ? "\n\n" : "",
				   SPAN_ARG(head), SPAN_ARG(page));
	}
	return out;
}

/* The table of all indices: of one survey of answers alone it would only repeat a sentence. */
static struct text overview(const struct writer *w)
{
	const struct report_book *b = w->book;
	struct text caption = report_words(w->arena, first_of(w), "table.overview");

	if (b->n + b->n_others < 2 && first_of(w)->answers)
		return none();
	if (count_parts(b, true) == count_parts(b, false))
		caption = arena_format(w->arena, "%.*s %.*s", SPAN_ARG(caption),
				       SPAN_ARG(phrase(w->phrases, "simulated.mark")));
	return arena_format(w->arena, "%.*s\nTable: %.*s {#tbl:overview}",
			    SPAN_ARG(report_overview(w->arena, b)),
			    SPAN_ARG(markdown_text(w->arena, caption)));
}

static struct text flag(bool is)
{
	return is ? span_of("1") : none();
}

/* Does a table hold a sign of a verdict? */
static bool has_verdict(struct text table)
{
	return span_holds(table, span_of("○")) || span_holds(table, span_of("▲")) ||
	       span_holds(table, span_of("▼"));
}

static void add_fields(struct writer *w, struct report_fields *f)
{
	const struct report_order *o = first_of(w);
	struct text simulated = banner(w), table = overview(w);
	struct arena *a = w->arena;

	report_fields_add(f, "yaml_title", markdown_yaml(a, title(w)));
	report_fields_add(f, "simulated", simulated.n ? markdown_yaml(a, simulated) : simulated);
	report_fields_add(f, "yaml_province", markdown_yaml(a, o->self->name));
	report_fields_add(f, "office", front_matter(w));
	report_fields_add(f, "yaml_maker", markdown_yaml(a, maker(w)));
	report_fields_add(f, "year", arena_format(a, "%ld", o->year));
	report_fields_add(f, "province", markdown_text(a, o->self->name));
	report_fields_add(f, "summaries",
			  w->book->n > 1 ? report_indices(a, w->book) : pages(w, REPORT_SUMMARY));
	report_fields_add(f, "tbl_overview", table);
	report_fields_add(f, "ref_tbl_overview", table.n ? span_of("[@](#tbl:overview)") : none());
	report_fields_add(f, "starred", flag(span_holds(table, span_of("\\*"))));
	report_fields_add(f, "circled", flag(has_verdict(table)));
	report_fields_add(f, "other_sources", report_other_sources(a, w->book));
	report_fields_add(f, "bodies", pages(w, REPORT_BODY));
	report_fields_add(f, "tasks", pages(w, REPORT_TASKS));
	report_fields_add(f, "annexes", pages(w, REPORT_ANNEX));
}

/* Sections that were left out leave their blank lines behind: one is enough. */
static struct text without_gaps(struct arena *a, struct text s)
{
	char *out = arena_new(a, s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] != '\n' || n < 2 || out[n - 1] != '\n' || out[n - 2] != '\n')
			out[n++] = s.at[i];
	return (struct text){out, n};
}

static bool write_markdown(struct writer *w)
{
	struct report_fields f = {.arena = w->arena};
	const char *file =
		arena_format(w->arena, "%s/%.*s.md", w->job->dir.path, SPAN_ARG(w->job->name)).at;
	struct text document;

	add_fields(w, &f);
	return report_fields_fill(&f, w->place->gnuplot.share, "report", w->phrases->lang,
				  &document, w->why) &&
	       numbering_apply(w->phrases, without_gaps(w->arena, document), &document, w->why) &&
	       report_audit_close(w->arena, w->book, w->place->gnuplot.share, w->place->sums,
				  &document, &w->job->audit, w->why) &&
	       outfile_write(file, document, true, w->why);
}

/* ---- the files ----------------------------------------------------------------------------- */

static bool draw(struct writer *w)
{
	struct chart_place place = {.gnuplot = w->place->gnuplot,
				    .folder = workdir_file(w->arena, &w->job->dir, "figures"),
				    .face = w->place->face,
				    .picture = {[CHART_SVG] = true, [CHART_PNG] = true},
				    .words = true};

	return w->n_charts == 0 ||
	       chart_draw(w->arena, w->chart, w->n_charts, true, w->phrases->lang, &place, w->why);
}

static const char *named(struct arena *a, const struct report_job *job, const char *ending)
{
	return arena_format(a, "%.*s.%s", SPAN_ARG(job->name), ending).at;
}

/* The words in the place of the first `hole`; behind everything when there is none. */
static struct text put(struct arena *a, struct text s, const char *hole, struct text words)
{
	size_t found = span_find(s, span_of(hole)), at = found == SPAN_NOWHERE ? s.n : found,
	       on = found == SPAN_NOWHERE ? s.n : found + strlen(hole);

	return arena_format(a, "%.*s%.*s%.*s", (int)at, s.at, SPAN_ARG(words), (int)(s.n - on),
			    s.at + on);
}

/* The page to explore, opened with the report's province, and a link to it in the contents. */
static struct text with_explorer(struct writer *w, struct text page)
{
	struct arena *a = w->arena;
	struct text code = page_escape(a, first_of(w)->self->code),
		    name = page_escape(a, PHRASE_FILL(w->phrases, "web.title",
						      {"names", survey_names(w, false)})),
		    part = put(a, w->place->explorer, PAGE_PROVINCE,
			       arena_format(a, "data-province=\"%.*s\"", SPAN_ARG(code)));

	page = put(a, page, "<!-- explorer -->",
		   arena_format(a, "<p><a href=\"#hx\">%.*s</a></p>", SPAN_ARG(name)));
	return put(a, page, "<footer>", arena_format(a, "%.*s\n<footer>", SPAN_ARG(part)));
}

static bool finish_html(struct writer *w, const char *file)
{
	struct text page;

	return (w->place->explorer.n == 0 ||
		(outfile_read(w->arena, file, &page, w->why) &&
		 outfile_write(file, with_explorer(w, page), true, w->why))) &&
	       audit_doc_attach(w->arena, file, w->job->audit, w->why);
}

static bool convert(struct writer *w)
{
	const struct report_place *p = w->place;
	struct pandoc_output out[2];
	const char *docx = workdir_file(w->arena, &w->job->dir, named(w->arena, w->job, "docx"));
	bool word = p->document[REPORT_DOCX] || p->document[REPORT_PDF];
	size_t n = 0;

	if (word)
		out[n++] = (struct pandoc_output){
			PANDOC_DOCX, named(w->arena, w->job, "docx"),
			letterhead_reference(p->head.template, w->phrases->lang)};
	if (p->document[REPORT_HTML])
		out[n++] =
			(struct pandoc_output){PANDOC_HTML, named(w->arena, w->job, "html"), NULL};
	return pandoc_convert(w->arena, p->gnuplot.share, p->gnuplot.environment, &w->job->dir,
			      named(w->arena, w->job, "md"), out, n, w->why) &&
	       (!word || docx_seal(w->arena, docx, w->job->audit, w->why)) &&
	       (!p->document[REPORT_HTML] ||
		finish_html(w,
			    workdir_file(w->arena, &w->job->dir, named(w->arena, w->job, "html"))));
}

/* "papi-par-index-2023-hung-yen" */
static struct text name_of(const struct writer *w)
{
	const struct report_order *o = first_of(w);
	struct text ids = none();

	for (size_t i = 0; i < w->book->n; i++)
		ids = arena_format(
			w->arena, "%.*s%.*s-", SPAN_ARG(ids),
			SPAN_ARG(text_slug(w->arena, w->book->part[i].narrative.survey->id)));
	return arena_format(w->arena, "%.*s%ld-%.*s", SPAN_ARG(ids), o->year,
			    SPAN_ARG(text_slug(w->arena, o->self->name)));
}

static bool make_document(struct writer *w)
{
	if (!make_sections(w))
		return false;
	w->job->chart = w->chart;
	w->job->n_charts = w->n_charts;
	return write_markdown(w) && draw(w) && convert(w);
}

bool report_has_pictures(const struct report_place *place)
{
	for (size_t i = 0; i < REPORT_DOCUMENTS; i++)
		if (i != REPORT_XLSX && place->document[i])
			return true;
	return false;
}

bool report_make(struct arena *a, const struct report_book *b, const struct report_place *place,
		 struct report_job *out, struct diag *why)
{
	struct ledger ledger;
	struct report_book marked = report_audit_open(a, b, &ledger);
	struct writer w = {.arena = a,
			   .book = &marked,
			   .phrases = b->part->narrative.phrases,
			   .place = place,
			   .job = out,
			   .why = why};

	*out = (struct report_job){.name = name_of(&w)};
	return outfile_folder(a, place->folder, why) &&
	       workdir_make(a, place->folder, &out->dir, why) &&
	       (!report_has_pictures(place) || make_document(&w)) &&
	       (!place->document[REPORT_XLSX] ||
		workbook_write(a, b, workdir_file(a, &out->dir, named(a, out, "xlsx")), why));
}

/* ---- from the work folder to where they belong --------------------------------------------- */

static bool move_file(struct arena *a, const struct workdir *from, const struct workdir *to,
		      const char *name, struct diag *why)
{
	return outfile_move(workdir_file(a, from, name), workdir_file(a, to, name), true, why);
}

bool report_print(struct arena *a, const struct report_place *place,
		  const struct report_job *const *job, size_t n, struct diag *why)
{
	const char **names = arena_new(a, n, sizeof *names);
	struct workdir batch = {0};
	bool ok = true;

	if (!place->document[REPORT_PDF] || n == 0)
		return true;
	if (!workdir_make(a, place->folder, &batch, why))
		return false;
	for (size_t i = 0; i < n && ok; i++) {
		names[i] = arena_string(a, job[i]->name);
		ok = move_file(a, &job[i]->dir, &batch, named(a, job[i], "docx"), why);
	}
	ok = ok && libreoffice_pdf(a, place->gnuplot.environment, &batch, names, n, why);
	for (size_t i = 0; i < n; i++) {
		struct diag ignored = {0};

		ok = move_file(a, &batch, &job[i]->dir, named(a, job[i], "docx"),
			       ok ? why : &ignored) &&
		     ok && move_file(a, &batch, &job[i]->dir, named(a, job[i], "pdf"), why);
	}
	workdir_remove(&batch);
	return ok;
}

typedef bool file_fn(const char *from, const char *to, bool force, struct diag *why);

static bool each_file(struct arena *a, const struct report_place *place,
		      const struct report_job *job, file_fn *act, struct diag *why)
{
	static const char *const endings[] = {"svg", "png", "csv", "txt"};
	size_t n = sizeof endings / sizeof *endings;
	const char *name;

	for (size_t i = 0; i < job->n_charts * n + REPORT_DOCUMENTS; i++) {
		size_t k = i - job->n_charts * n;

		if (i < job->n_charts * n)
			name = arena_format(a, "figures/%.*s.%s", SPAN_ARG(job->chart[i / n].name),
					    endings[i % n])
				       .at;
		else if (place->document[k])
			name = named(a, job, report_endings[k]);
		else
			continue;
		if (!act(workdir_file(a, &job->dir, name),
			 arena_format(a, "%s/%s", place->folder, name).at, place->force, why))
			return false;
	}
	return true;
}

bool report_deliver(struct arena *a, const struct report_place *place, const struct report_job *job,
		    struct diag *why)
{
	const char *figures = arena_format(a, "%s/figures", place->folder).at;

	if (place->update)
		return docx_update(a, place->update,
				   workdir_file(a, &job->dir, named(a, job, "docx")), place->force,
				   place->update, place->news, why);
	return each_file(a, place, job, outfile_check, why) &&
	       (!report_has_pictures(place) || outfile_folder(a, figures, why)) &&
	       (!place->audit || outfile_write(place->audit, job->audit, place->force, why)) &&
	       each_file(a, place, job, outfile_move, why);
}

void report_close(struct report_job *job)
{
	workdir_remove(&job->dir);
	job->dir.path = NULL;
}
