#include "output/report.h"

#include "base/text.h"
#include "output/audit.h"
#include "output/audit_doc.h"
#include "output/chart.h"
#include "output/libreoffice.h"
#include "output/outfile.h"
#include "output/pandoc.h"
#include "output/report_parts.h"
#include "output/sheet.h"
#include "output/template.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const report_endings[REPORT_DOCUMENTS] = {"md", "docx", "html", "pdf"};

/* Figures and tables by the names the templates use. */
static const struct {
	const char *name, *field, *reference;
} figures[] = {
	[CHART_RANK] = {"rank", "fig_rank", "ref_fig_rank"},
	[CHART_CHANGE] = {"change", "fig_change", "ref_fig_change"},
	[CHART_TREND] = {"trend", "fig_trend", "ref_fig_trend"},
	[CHART_TILEMAP] = {"tilemap", "fig_tilemap", "ref_fig_tilemap"},
	[CHART_HEATMAP] = {"heatmap", "fig_heatmap", "ref_fig_heatmap"},
	[CHART_LIKERT] = {"likert", "fig_likert", "ref_fig_likert"},
	[CHART_BUMP] = {"bump", "fig_bump", "ref_fig_bump"},
	[CHART_DELTA] = {"delta", "fig_delta", "ref_fig_delta"},
	[CHART_STRIP] = {"strip", "fig_strip", "ref_fig_strip"},
	[CHART_GAP] = {"gap", "fig_gap", "ref_fig_gap"},
	[CHART_QUADRANT] = {"quadrant", "fig_quadrant", "ref_fig_quadrant"},
	[CHART_PARETO] = {"pareto", "fig_pareto", "ref_fig_pareto"},
};
#define FIGURES (sizeof figures / sizeof *figures)

enum report_table {
	TABLE_OVERVIEW,
	TABLE_SERIES,
	TABLE_DIMENSIONS,
	TABLE_PARTS,
	TABLE_PEERS,
	TABLE_AGENCIES,
	TABLE_LOST,
	TABLE_LOST_AGENCIES,
	TABLE_TARGETS,
	TABLE_YEARS, /* from here on: of surveys of answers */
	TABLE_FACTORS,
	TABLE_SHARES,
	TABLE_ASKED,
	TABLE_LEVELS,
	TABLE_GROUPS,
	TABLE_PLACES,
	TABLE_SAMPLE,
	TABLE_OPINIONS,
	TABLE__COUNT
};

static const struct {
	const char *name, *field, *reference, *caption;
} tables[TABLE__COUNT] = {
	[TABLE_OVERVIEW] = {"overview", "tbl_overview", "ref_tbl_overview", "table.overview"},
	[TABLE_SERIES] = {"series", "tbl_series", "ref_tbl_series", "table.series"},
	[TABLE_DIMENSIONS] = {"dimensions", "tbl_dimensions", "ref_tbl_dimensions",
			      "table.dimensions"},
	[TABLE_PARTS] = {"parts", "tbl_parts", "ref_tbl_parts", "table.parts"},
	[TABLE_PEERS] = {"peers", "tbl_peers", "ref_tbl_peers", "table.peers"},
	[TABLE_AGENCIES] = {"agencies", "tbl_agencies", "ref_tbl_agencies", "table.agencies"},
	[TABLE_LOST] = {"lost", "tbl_lost", "ref_tbl_lost", "table.lost"},
	[TABLE_LOST_AGENCIES] = {"lostagencies", "tbl_lost_agencies", "ref_tbl_lost_agencies",
				 "table.lost.agencies"},
	[TABLE_TARGETS] = {"targets", "tbl_targets", "ref_tbl_targets", "table.targets"},
	[TABLE_YEARS] = {"years", "tbl_years", "ref_tbl_years", "table.years"},
	[TABLE_FACTORS] = {"factors", "tbl_factors", "ref_tbl_factors", "table.factors"},
	[TABLE_SHARES] = {"shares", "tbl_shares", "ref_tbl_shares", "table.shares"},
	[TABLE_ASKED] = {"asked", "tbl_asked", "ref_tbl_asked", "table.asked"},
	[TABLE_LEVELS] = {"levels", "tbl_levels", "ref_tbl_levels", "table.levels"},
	[TABLE_GROUPS] = {"groups", "tbl_groups", "ref_tbl_groups", "table.groups"},
	[TABLE_PLACES] = {"places", "tbl_places", "ref_tbl_places", "table.peers"},
	[TABLE_SAMPLE] = {"sample", "tbl_sample", "ref_tbl_sample", "table.sample"},
	[TABLE_OPINIONS] = {"opinions", "tbl_opinions", "ref_tbl_opinions", NULL},
};

#define MOST_FIELDS 160

struct writer {
	struct arena *arena;
	const struct report_order *order;
	const struct report_place *place;
	struct diag *why;
	const struct result *changes;
	struct typeface *face;
	bool simulated;
	struct chart chart[FIGURES];
	size_t n_charts;
	bool has_chart[FIGURES];
	struct text page; /* the template */
	const char *page_file;
	struct field field[MOST_FIELDS];
	size_t fields;
	struct workdir dir;
	struct text name;
	const struct narrative *unmarked; /* for pictures */
	struct ledger ledger;
	struct text audit; /* CSV */
};

static const struct phrases *phrases_of(const struct writer *w)
{
	return w->order->narrative.phrases;
}

static void add(struct writer *w, const char *name, struct text value)
{
	w->field[w->fields++] = (struct field){name, value};
}

static struct text year_of(const struct writer *w, long year)
{
	return year ? arena_format(w->arena, "%ld", year) : (struct text){"", 0};
}

/* Phrases about the whole report know these. */
static struct text words(const struct writer *w, const char *key)
{
	const struct report_order *o = w->order;
	enum lang lang = phrases_of(w)->lang;
	/* the kind of unit stands before the name, unless the name begins with it ("TP.", "Sở A")
	 */
	struct text unit = lang == LANG_EN || span_starts(o->self->name, "TP") ||
					   o->narrative.survey->provinces.own
				   ? o->self->name
				   : arena_format(w->arena, "%.*s %.*s", SPAN_ARG(o->self->type),
						  SPAN_ARG(o->self->name));

	return PHRASE_FILL(phrases_of(w), key, {"province", o->self->name}, {"unit", unit},
			   {"title", survey_wave(o->narrative.survey, o->year)->title[lang]},
			   {"survey", o->narrative.survey->name}, {"year", year_of(w, o->year)},
			   {"from", year_of(w, o->from)},
			   {"peers", o->peers->rule[phrases_of(w)->lang]});
}

/* A YAML scalar in single quotes, its content Markdown. */
static struct text yaml(const struct writer *w, struct text s)
{
	struct text content = markdown_text(w->arena, s);
	char *out = arena_new(w->arena, 2 * content.n + 3, 1);
	size_t n = 0;

	out[n++] = '\'';
	for (size_t i = 0; i < content.n; i++) {
		if (content.at[i] == '\'')
			out[n++] = '\'';
		out[n++] = content.at[i];
	}
	out[n++] = '\'';
	return (struct text){out, n};
}

/* May the report have this kind? A sparse table gives no picture of all provinces; changes need a
 * year before; the template shows the map, and some others, beside the ranks only. */
static bool wants_chart(const struct writer *w, size_t kind)
{
	const struct report_order *o = w->order;
	bool complete = w->changes->row[0].complete;

	switch (kind) {
	case CHART_SLOPE: return false;
	case CHART_RANK:
	case CHART_STRIP: return complete;
	case CHART_TILEMAP: return complete && w->has_chart[CHART_RANK];
	case CHART_HEATMAP: return complete && o->peers->n > 0;
	case CHART_GAP: return w->has_chart[CHART_RANK] && o->peers->n > 0;
	case CHART_DELTA:
	case CHART_QUADRANT: return w->has_chart[CHART_RANK] && o->from;
	case CHART_CHANGE:
	case CHART_TREND:
	case CHART_BUMP: return o->from != 0;
	case CHART_PARETO: return o->lost != NULL;
	default: return true;
	}
}

static bool make_charts(struct writer *w)
{
	const struct report_order *o = w->order;
	struct chart_order order = {.narrative = w->unmarked,
				    .face = w->face,
				    .all = o->all,
				    .national = o->answers ? o->answers->national : NULL,
				    .shares = o->answers ? &o->answers->shares : NULL,
				    .losses = o->lost ? o->lost->rows : NULL,
				    .self = o->self,
				    .peers = o->peers,
				    .year = o->year,
				    .from = o->from,
				    .item = span_of(STRUCTURE_ROOT),
				    .report = true};

	for (size_t k = 0; k < FIGURES; k++) {
		struct diag no = {0};

		if (!wants_chart(w, k))
			continue;
		if (chart_make(w->arena, (enum chart_kind)k, &order, &w->chart[w->n_charts], &no)) {
			w->has_chart[k] = true;
			w->n_charts++;
		} else if (no.worst != DIAG_DATA) { /* no data: the template says so */
			*w->why = no;
			return false;
		}
	}
	return true;
}

/* The place of a field in the template: figures and tables are numbered in that order. */
static size_t position(const struct writer *w, const char *field)
{
	const char *tag = arena_format(w->arena, "{{%s}}", field).at;
	const char *at = strstr(w->page.at, tag);

	return at ? (size_t)(at - w->page.at) : SIZE_MAX;
}

static struct text reference(const struct writer *w, const char *label, const char *kind,
			     const char *name, size_t number)
{
	return arena_format(w->arena, "[%.*s %zu](#%s:%s)", SPAN_ARG(phrase(phrases_of(w), label)),
			    number, kind, name);
}

/* Data made by a program are called so wherever they stand. */
static struct text caption(const struct writer *w, struct text words)
{
	if (w->simulated)
		words = arena_format(w->arena, "%.*s %.*s", SPAN_ARG(words),
				     SPAN_ARG(phrase(phrases_of(w), "simulated.mark")));
	return markdown_text(w->arena, words);
}

static struct text figure(const struct writer *w, const struct chart *c, const char *name)
{
	struct text alt = markdown_text(w->arena, c->alt);

	return arena_format(w->arena, "![%.*s](figures/%.*s.svg){#fig:%s alt=\"%.*s\" width=160mm}",
			    SPAN_ARG(caption(w, c->caption)), SPAN_ARG(c->name), name,
			    SPAN_ARG(alt));
}

static const struct chart *chart_of(const struct writer *w, size_t kind)
{
	for (size_t i = 0; i < w->n_charts; i++)
		if ((size_t)w->chart[i].kind == kind)
			return &w->chart[i];
	return NULL;
}

static void add_figures(struct writer *w)
{
	for (size_t k = 0; k < FIGURES; k++) {
		if (!figures[k].field)
			continue;
		size_t number = 1, here = position(w, figures[k].field);

		for (size_t j = 0; j < FIGURES; j++)
			number += w->has_chart[j] && position(w, figures[j].field) < here ? 1 : 0;
		add(w, figures[k].field,
		    w->has_chart[k] ? figure(w, chart_of(w, k), figures[k].name)
				    : (struct text){"", 0});
		add(w, figures[k].reference,
		    w->has_chart[k] ? reference(w, "label.figure", "fig", figures[k].name, number)
				    : (struct text){"", 0});
	}
}

/* One or, of opinions, several captioned tables with what stands under them. */
struct tables {
	size_t n;
	struct text markdown;
};

static void add_table(struct writer *w, struct tables *out, const char *name, struct text words,
		      struct text table, struct text note)
{
	if (table.n == 0)
		return;
	out->n++;
	out->markdown = arena_format(w->arena, "%.*s%s%.*s\nTable: %.*s {#tbl:%s}",
				     SPAN_ARG(out->markdown), out->n > 1 ? "\n\n" : "",
				     SPAN_ARG(table), SPAN_ARG(caption(w, words)), name);
	if (note.n)
		out->markdown = arena_format(w->arena, "%.*s\n\n::: {.note}\n%.*s\n:::",
					     SPAN_ARG(out->markdown), SPAN_ARG(note));
}

static void make_published(struct writer *w, struct tables *out)
{
	const struct report_order *o = w->order;
	struct text note[TABLE__COUNT] = {0};
	struct text table[] = {
		[TABLE_OVERVIEW] = report_overview(w->arena, o),
		[TABLE_SERIES] = report_series(w->arena, o),
		[TABLE_DIMENSIONS] = report_items(w->arena, o, w->changes, 1),
		[TABLE_PARTS] = report_items(w->arena, o, w->changes, 2),
		[TABLE_PEERS] =
			w->changes->row[0].complete ? report_peers(w->arena, o) : (struct text){0},
		[TABLE_AGENCIES] = report_agencies(w->arena, o, w->changes),
		[TABLE_LOST] = report_losses(w->arena, o, &note[TABLE_LOST]),
		[TABLE_LOST_AGENCIES] =
			report_lost_agencies(w->arena, o, &note[TABLE_LOST_AGENCIES]),
		[TABLE_TARGETS] = report_targets(w->arena, o),
	};

	for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
		bool scores = k == TABLE_LOST && report_lost_marks(o).n == 0;

		add_table(w, &out[k], tables[k].name,
			  words(w, scores ? "table.lost.scores" : tables[k].caption), table[k],
			  note[k]);
	}
}

static void make_opinions(struct writer *w, struct tables *out)
{
	struct text codes, table, note;

	for (size_t k = 0; report_opinions(w->arena, w->order, k, &codes, &table, &note); k++) {
		struct text said = PHRASE_FILL(phrases_of(w), "table.opinions", {"codes", codes},
					       {"province", w->order->self->name},
					       {"year", year_of(w, w->order->year)});

		add_table(w, out, k ? arena_format(w->arena, "opinions%zu", k + 1).at : "opinions",
			  said, table, note);
	}
}

static void make_answered(struct writer *w, struct tables *out)
{
	const struct report_order *o = w->order;
	struct text note[TABLE__COUNT] = {0};
	struct text table[TABLE_OPINIONS] = {
		/* one row would only repeat the sentence above it */
		[TABLE_OVERVIEW] = o->n_others ? report_overview(w->arena, o) : (struct text){0},
		[TABLE_AGENCIES] = report_agencies(w->arena, o, w->changes),
		[TABLE_YEARS] = report_years(w->arena, o, &note[TABLE_YEARS]),
		[TABLE_FACTORS] = report_factors(w->arena, o, w->changes, &note[TABLE_FACTORS]),
		[TABLE_SHARES] = report_shares(w->arena, o, &note[TABLE_SHARES]),
		[TABLE_ASKED] = report_asked(w->arena, o, w->changes, &note[TABLE_ASKED]),
		[TABLE_LEVELS] = report_levels(w->arena, o, &note[TABLE_LEVELS]),
		[TABLE_GROUPS] = report_groups(w->arena, o, &note[TABLE_GROUPS]),
		[TABLE_PLACES] = report_places(w->arena, o, &note[TABLE_PLACES]),
		[TABLE_SAMPLE] = report_sampling(w->arena, o),
	};

	for (size_t k = 0; k < TABLE_OPINIONS; k++)
		add_table(w, &out[k], tables[k].name,
			  words(w, k == TABLE_AGENCIES ? "table.agencies.low" : tables[k].caption),
			  table[k], note[k]);
	make_opinions(w, &out[TABLE_OPINIONS]);
}

static void add_tables(struct writer *w)
{
	struct tables table[TABLE__COUNT] = {0};

	if (w->order->answers)
		make_answered(w, table);
	else
		make_published(w, table);
	for (size_t k = 0; k < TABLE__COUNT; k++) {
		size_t number = 1, here = position(w, tables[k].field);

		for (size_t j = 0; j < TABLE__COUNT; j++)
			number += position(w, tables[j].field) < here ? table[j].n : 0;
		add(w, tables[k].field, table[k].markdown);
		add(w, tables[k].reference,
		    table[k].n ? reference(w, "label.table", "tbl", tables[k].name, number)
			       : (struct text){"", 0});
	}
}

static struct text escaped(const struct writer *w, struct text s)
{
	return markdown_text(w->arena, s);
}

static const char *maker_key(const struct writer *w)
{
	if (w->simulated)
		return "report.maker.simulated";
	return w->order->answers ? "report.maker.answers" : "report.maker";
}

/* Words that only a survey of answers has. */
static void add_findings(struct writer *w)
{
	const struct report_order *o = w->order;

	add(w, "moves", report_moves(w->arena, o, w->changes));
	add(w, "above", report_above(w->arena, o, w->changes));
	add(w, "below", report_below(w->arena, o, w->changes));
	add(w, "method", report_method(w->arena, o, w->changes));
}

static void add_words(struct writer *w)
{
	const struct report_order *o = w->order;
	const struct wave *wave = survey_wave(o->narrative.survey, o->year);
	enum lang lang = phrases_of(w)->lang;
	struct text causes = report_causes(w->arena, o, w->changes);
	bool refused = w->changes->row[0].flags & FLAG_INCOMPARABLE;

	add(w, "yaml_title",
	    yaml(w, words(w, w->simulated ? "report.title.simulated" : "report.title")));
	add(w, "yaml_province", yaml(w, o->self->name));
	add(w, "yaml_maker",
	    yaml(w, PHRASE_FILL(phrases_of(w), maker_key(w), {"maker", o->maker})));
	add(w, "simulated",
	    w->simulated ? yaml(w, phrase(phrases_of(w), "simulated.banner"))
			 : (struct text){"", 0});
	add(w, "province", escaped(w, o->self->name));
	add(w, "survey", escaped(w, o->narrative.survey->name));
	add(w, "survey_title", escaped(w, wave->title[lang]));
	add(w, "year", year_of(w, o->year));
	add(w, "from", year_of(w, o->from));
	add(w, "unit_kind", phrase(phrases_of(w), "word.units"));
	add(w, "peers_rule", escaped(w, o->peers->rule[lang]));
	add(w, "standing", report_standing(w->arena, o, w->changes));
	add(w, "reach", report_reach(w->arena, o, w->changes));
	add(w, "lost", report_lost_words(w->arena, o));
	add(w, "lost_marks", report_lost_marks(o));
	add(w, "reasons", report_reasons(w->arena, o, w->changes));
	add(w, "breaks", report_breaks(w->arena, o));
	add(w, "strengths", report_strengths(w->arena, o, w->changes));
	add(w, "weaknesses", report_weaknesses(w->arena, o, w->changes));
	add(w, "causes", causes);
	add(w, "incomparable", refused ? span_of("1") : (struct text){"", 0});
	add(w, "has_parts",
	    report_has_parts(w->arena, w->changes) ? span_of("1") : (struct text){"", 0});
	add(w, "groups_quartile",
	    o->narrative.survey->structure.group[0].quartile ? span_of("1") : (struct text){"", 0});
	add(w, "complete", w->changes->row[0].complete ? span_of("1") : (struct text){"", 0});
	add(w, "unpublished", report_unpublished(w->arena, o));
	add(w, "documents", report_documents(w->arena, o, w->changes));
	add(w, "sources", report_sources(w->arena, o));
	add(w, "note_noerror", escaped(w, phrase(phrases_of(w), "note.noerror")));
	add(w, "note_rounding", escaped(w, phrase(phrases_of(w), "note.rounding")));
}

static bool read_page(struct writer *w)
{
	w->page_file = arena_format(w->arena, "%s/reports/report.%s%s.md", w->place->gnuplot.share,
				    w->order->answers ? "answers." : "",
				    phrases_of(w)->lang == LANG_VI ? "vi" : "en")
			       .at;
	return outfile_read(w->arena, w->page_file, &w->page, w->why);
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

/* Takes the marks out of the document and says of every number what it is. */
static struct text audited(struct writer *w, struct text marked)
{
	const char *share = w->place->gnuplot.share;
	struct known known = {.arena = w->arena};
	struct printed_list numbers;
	struct text clean;

	printed_find(w->arena, &w->ledger, marked, &clean, &numbers);
	known_report(&known, w->order, share);
	known_page(&known, w->page_file, w->page);
	w->audit = audit_csv(w->arena, &w->ledger, &numbers, &known, share, phrases_of(w)->lang);
	return clean;
}

static bool write_markdown(struct writer *w)
{
	const char *file = arena_format(w->arena, "%s/%.*s.md", w->dir.path, SPAN_ARG(w->name)).at;
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&bytes, &n);
	bool ok;

	if (!out)
		return diag_fail(w->why, DIAG_FAILED, "not enough memory for the report");
	ok = template_fill(w->page_file, w->page, w->field, w->fields, out, w->why);
	if (fclose(out) != 0)
		ok = diag_fail(w->why, DIAG_FAILED, "not enough memory for the report");
	ok = ok && outfile_write(file, audited(w, without_gaps(w->arena, (struct text){bytes, n})),
				 true, w->why);
	free(bytes);
	return ok;
}

static bool draw(struct writer *w)
{
	struct chart_place place = {.gnuplot = w->place->gnuplot,
				    .folder = workdir_file(w->arena, &w->dir, "figures"),
				    .face = w->face,
				    .picture = {[CHART_SVG] = true, [CHART_PNG] = true},
				    .words = true};

	return w->n_charts == 0 || chart_draw(w->arena, w->chart, w->n_charts, true,
					      phrases_of(w)->lang, &place, w->why);
}

static const char *named(const struct writer *w, const char *ending)
{
	return arena_format(w->arena, "%.*s.%s", SPAN_ARG(w->name), ending).at;
}

static bool convert(struct writer *w)
{
	const struct report_place *p = w->place;
	struct pandoc_output out[2];
	size_t n = 0;

	if (p->document[REPORT_DOCX] || p->document[REPORT_PDF])
		out[n++] = (struct pandoc_output){PANDOC_DOCX, named(w, "docx")};
	if (p->document[REPORT_HTML])
		out[n++] = (struct pandoc_output){PANDOC_HTML, named(w, "html")};
	return pandoc_convert(w->arena, p->gnuplot.share, p->gnuplot.environment, &w->dir,
			      named(w, "md"), out, n, w->why) &&
	       (!p->document[REPORT_PDF] ||
		libreoffice_pdf(w->arena, p->gnuplot.environment, &w->dir,
				(const char *const[]){arena_string(w->arena, w->name)}, 1, w->why));
}

/* The audit goes into every document that has room for it. */
static bool attach(struct writer *w)
{
	for (size_t i = 0; i < REPORT_DOCUMENTS; i++)
		if (w->place->document[i] &&
		    !audit_doc_attach(w->arena,
				      workdir_file(w->arena, &w->dir, named(w, report_endings[i])),
				      w->audit, w->why))
			return false;
	return true;
}

/* The audit as a file of its own: before the documents, whose folder is known to be good. */
static bool write_audit(struct writer *w)
{
	return !w->place->audit ||
	       outfile_write(w->place->audit, w->audit, w->place->force, w->why);
}

typedef bool file_fn(const char *from, const char *to, bool force, struct diag *why);

static bool act_on(struct writer *w, file_fn *act, const char *file)
{
	return act(workdir_file(w->arena, &w->dir, file),
		   arena_format(w->arena, "%s/%s", w->place->folder, file).at, w->place->force,
		   w->why);
}

static bool each_file(struct writer *w, file_fn *act)
{
	static const char *const endings[] = {"svg", "png", "csv", "txt"};

	for (size_t i = 0; i < w->n_charts; i++)
		for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
			if (!act_on(w, act,
				    arena_format(w->arena, "figures/%.*s.%s",
						 SPAN_ARG(w->chart[i].name), endings[k])
					    .at))
				return false;
	for (size_t i = 0; i < REPORT_DOCUMENTS; i++)
		if (w->place->document[i] && !act_on(w, act, named(w, report_endings[i])))
			return false;
	return true;
}

static bool run(struct writer *w)
{
	const char *target = arena_format(w->arena, "%s/figures", w->place->folder).at;

	if (!make_charts(w) || !read_page(w))
		return false;
	add_words(w);
	if (w->order->answers)
		add_findings(w);
	add_figures(w);
	add_tables(w);
	return write_markdown(w) && draw(w) && convert(w) && attach(w) &&
	       each_file(w, outfile_check) && outfile_folder(w->arena, target, w->why) &&
	       write_audit(w) && each_file(w, outfile_move);
}

/* The order with numbers that are written down. */
static struct report_order marked(struct arena *a, const struct report_order *o,
				  struct ledger *ledger)
{
	struct report_order out = *o;
	struct report_index *others = arena_new(a, o->n_others, sizeof *others);

	*ledger = (struct ledger){.arena = a};
	out.narrative.ledger = ledger;
	for (size_t i = 0; i < o->n_others; i++) {
		others[i] = o->others[i];
		others[i].narrative.ledger = ledger;
	}
	out.others = others;
	return out;
}

bool report_write(struct arena *a, const struct report_order *o, const struct report_place *place,
		  struct text *name, struct diag *why)
{
	struct writer w = {.arena = a,
			   .place = place,
			   .why = why,
			   .changes = o->changes,
			   .unmarked = &o->narrative};
	struct report_order order = marked(a, o, &w.ledger);
	bool ok;

	w.order = &order;
	w.simulated = report_simulated(o);
	if (w.changes->n == 0)
		return diag_fail(why, DIAG_DATA, "%.*s of %ld lists nothing for %.*s",
				 SPAN_ARG(o->narrative.survey->name), o->year,
				 SPAN_ARG(o->self->name));
	*name = w.name =
		arena_format(a, "%.*s-%ld-%.*s", SPAN_ARG(text_slug(a, o->narrative.survey->id)),
			     o->year, SPAN_ARG(text_slug(a, o->self->name)));
	ok = outfile_folder(a, place->folder, why) && workdir_make(a, place->folder, &w.dir, why) &&
	     chart_face(a, true, &w.face, why) && run(&w);
	typeface_close(w.face);
	workdir_remove(&w.dir);
	return ok;
}
