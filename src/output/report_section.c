#include "output/report_section.h"

#include "base/text.h"
#include "output/report_fields.h"
#include "output/sheet.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

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
	TABLE_SERIES,
	TABLE_DIMENSIONS,
	TABLE_PARTS,
	TABLE_PEERS,
	TABLE_AGENCIES,
	TABLE_RANKING,
	TABLE_LOST_DOMAINS,
	TABLE_LOST,
	TABLE_LOST_SURVEY,
	TABLE_LOST_ALL,
	TABLE_LOST_SURVEY_ALL,
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
	[TABLE_SERIES] = {"series", "tbl_series", "ref_tbl_series", "table.series"},
	[TABLE_DIMENSIONS] = {"dimensions", "tbl_dimensions", "ref_tbl_dimensions",
			      "table.dimensions"},
	[TABLE_PARTS] = {"parts", "tbl_parts", "ref_tbl_parts", "table.parts"},
	[TABLE_PEERS] = {"peers", "tbl_peers", "ref_tbl_peers", "table.peers"},
	[TABLE_AGENCIES] = {"agencies", "tbl_agencies", "ref_tbl_agencies", "table.agencies"},
	[TABLE_RANKING] = {"ranking", "tbl_ranking", "ref_tbl_ranking", "table.ranking"},
	[TABLE_LOST_DOMAINS] = {"lostdomains", "tbl_lost_domains", "ref_tbl_lost_domains",
				"table.lost.domains"},
	[TABLE_LOST] = {"lost", "tbl_lost", "ref_tbl_lost", "table.lost"},
	[TABLE_LOST_SURVEY] = {"lostsurvey", "tbl_lost_survey", "ref_tbl_lost_survey",
			       "table.lost.survey"},
	[TABLE_LOST_ALL] = {"lostall", "tbl_lost_all", "ref_tbl_lost_all", "table.lost.all"},
	[TABLE_LOST_SURVEY_ALL] = {"lostsurveyall", "tbl_lost_survey_all",
				   "ref_tbl_lost_survey_all", "table.lost.survey.all"},
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

struct section {
	struct arena *arena;
	const struct report_order *order;
	const struct result *changes; /* that of the order */
	const struct report_look *look;
	struct text slug; /* of the survey: begins the names of figures, tables and blocks */
	bool simulated;
	const struct chart *drawn[FIGURES]; /* NULL: not in this report */
	struct report_fields fields;
	struct report_section *out;
	struct diag *why;
};

static const struct phrases *phrases_of(const struct section *w)
{
	return w->order->narrative.phrases;
}

static void add(struct section *w, const char *name, struct text value)
{
	report_fields_add(&w->fields, name, value);
}

static void add_if(struct section *w, const char *name, bool there)
{
	add(w, name, there ? span_of("1") : (struct text){"", 0});
}

static struct text year_of(const struct section *w, long year)
{
	return year ? arena_format(w->arena, "%ld", year) : (struct text){"", 0};
}

static struct text words(const struct section *w, const char *key)
{
	return report_words(w->arena, w->order, key);
}

static bool any_delta(const struct result *changes)
{
	for (size_t i = 0; i < changes->n; i++)
		if (!isnan(changes->row[i].delta))
			return true;
	return false;
}

/* May the report have this kind? A sparse table gives no picture of all provinces; a province
 * without a result has no place among them; changes need a year before; the template shows the map,
 * and some others, beside the ranks only. */
static bool wants_chart(const struct section *w, size_t kind)
{
	const struct report_order *o = w->order;
	const struct result_row *total = &w->changes->row[0];

	switch (kind) {
	case CHART_SLOPE: return false;
	case CHART_STRIP: return total->complete;
	case CHART_RANK: return total->complete && !isnan(total->estimate);
	case CHART_TILEMAP: return total->complete && w->drawn[CHART_RANK];
	case CHART_HEATMAP: return total->complete && o->peers->n > 0;
	case CHART_GAP: return w->drawn[CHART_RANK] && o->peers->n > 0;
	case CHART_DELTA:
	case CHART_QUADRANT: return w->drawn[CHART_RANK] && !isnan(total->delta);
	case CHART_CHANGE: return any_delta(w->changes);
	case CHART_TREND:
	case CHART_BUMP: return o->from != 0;
	case CHART_PARETO: return report_lost_known(o);
	default: return true;
	}
}

static bool make_charts(struct section *w)
{
	const struct report_order *o = w->order;
	struct chart_order order = {.narrative = narrative_unmarked(&o->narrative),
				    .face = w->look->face,
				    .all = o->all,
				    .national = o->answers ? o->answers->national : NULL,
				    .shares = o->answers ? &o->answers->shares : NULL,
				    .losses = o->lost ? o->lost->rows : NULL,
				    .self = o->self,
				    .peers = o->peers,
				    .year = o->year,
				    .from = o->from,
				    .item = span_of(STRUCTURE_ROOT),
				    .report = true,
				    .mono = w->look->mono};

	for (size_t k = 0; k < FIGURES; k++) {
		struct diag no = {.translation = w->why->translation};

		if (!wants_chart(w, k))
			continue;
		if (chart_make(w->arena, (enum chart_kind)k, &order,
			       &w->out->chart[w->out->n_charts], &no)) {
			w->drawn[k] = &w->out->chart[w->out->n_charts++];
		} else if (no.worst != DIAG_DATA) { /* no data: the template says so */
			*w->why = no;
			return false;
		}
	}
	return true;
}

/* "[@](#fig:papi-rank)", which numbering makes "[Hình 3](#fig:papi-rank)". */
static struct text reference(const struct section *w, const char *kind, const char *name)
{
	return arena_format(w->arena, "[@](#%s:%.*s-%s)", kind, SPAN_ARG(w->slug), name);
}

/* Data made by a program are called so wherever they stand. */
static struct text caption(const struct section *w, struct text words)
{
	if (w->simulated)
		words = arena_format(w->arena, "%.*s %.*s", SPAN_ARG(words),
				     SPAN_ARG(phrase(phrases_of(w), "simulated.mark")));
	return markdown_text(w->arena, words);
}

static struct text figure(const struct section *w, const struct chart *c, const char *name)
{
	struct text alt = markdown_text(w->arena, c->alt);

	return arena_format(w->arena,
			    "![%.*s](figures/%.*s.svg){#fig:%.*s-%s alt=\"%.*s\" width=160mm}",
			    SPAN_ARG(caption(w, c->caption)), SPAN_ARG(c->name), SPAN_ARG(w->slug),
			    name, SPAN_ARG(alt));
}

static void add_figures(struct section *w)
{
	const struct text none = {"", 0};

	for (size_t k = 0; k < FIGURES; k++) {
		if (!figures[k].field)
			continue;
		add(w, figures[k].field,
		    w->drawn[k] ? figure(w, w->drawn[k], figures[k].name) : none);
		add(w, figures[k].reference,
		    w->drawn[k] ? reference(w, "fig", figures[k].name) : none);
	}
}

/* One or, of opinions, several captioned tables with what stands under them. */
struct tables {
	size_t n;
	struct text markdown;
};

static void add_table(struct section *w, struct tables *out, const char *name, struct text words,
		      struct text table, struct text note)
{
	if (table.n == 0)
		return;
	out->n++;
	out->markdown =
		arena_format(w->arena, "%.*s%s%.*s\nTable: %.*s {#tbl:%.*s-%s}",
			     SPAN_ARG(out->markdown), out->n > 1 ? "\n\n" : "", SPAN_ARG(table),
			     SPAN_ARG(caption(w, words)), SPAN_ARG(w->slug), name);
	if (note.n)
		out->markdown = arena_format(w->arena, "%.*s\n\n::: {.note}\n%.*s\n:::",
					     SPAN_ARG(out->markdown), SPAN_ARG(note));
}

static void make_published(struct section *w, struct tables *out)
{
	const struct report_order *o = w->order;
	bool marks = report_lost_marks(o).n > 0, complete = w->changes->row[0].complete,
	     known = report_lost_known(o);
	enum gaps_block lost = marks ? GAPS_LOST_ASSESSED : GAPS_LOST_SCORES;
	struct text note[TABLE__COUNT] = {0}, none = {"", 0};
	struct text table[] = {
		[TABLE_SERIES] = report_series(w->arena, o),
		[TABLE_DIMENSIONS] = report_items(w->arena, o, w->changes, 1),
		[TABLE_PARTS] = report_items(w->arena, o, w->changes, 2),
		[TABLE_PEERS] = complete ? report_peers(w->arena, o) : none,
		[TABLE_RANKING] = complete ? report_ranking(w->arena, o) : none,
		[TABLE_AGENCIES] = report_agencies(w->arena, o, w->changes),
		[TABLE_LOST_DOMAINS] = report_lost_domains(w->arena, o, &note[TABLE_LOST_DOMAINS]),
		[TABLE_LOST] = report_losses(w->arena, o, lost, false, &note[TABLE_LOST]),
		[TABLE_LOST_SURVEY] = report_losses(w->arena, o, GAPS_LOST_SURVEYED, false,
						    &note[TABLE_LOST_SURVEY]),
		[TABLE_LOST_ALL] = report_losses(w->arena, o, lost, true, &note[TABLE_LOST_ALL]),
		[TABLE_LOST_SURVEY_ALL] = report_losses(w->arena, o, GAPS_LOST_SURVEYED, true,
							&note[TABLE_LOST_SURVEY_ALL]),
		[TABLE_LOST_AGENCIES] =
			report_lost_agencies(w->arena, o, &note[TABLE_LOST_AGENCIES]),
		[TABLE_TARGETS] = report_targets(w->arena, o),
	};

	for (size_t k = 0; k < sizeof table / sizeof *table; k++) {
		const char *key = tables[k].caption;

		if (!marks && k == TABLE_LOST)
			key = known ? "table.lost.scores" : "table.lost.scores.some";
		if (!marks && k == TABLE_LOST_ALL)
			key = known ? "table.lost.scores.all" : "table.lost.scores.all.some";
		add_table(w, &out[k], tables[k].name, words(w, key), table[k], note[k]);
	}
}

/* "opinions", "opinions2", ... */
static const char *numbered(struct arena *a, const char *name, size_t k)
{
	return k ? arena_format(a, "%s%zu", name, k + 1).at : name;
}

static void make_opinions(struct section *w, struct tables *out)
{
	struct text codes, table, note;

	for (size_t k = 0; report_opinions(w->arena, w->order, k, &codes, &table, &note); k++) {
		struct text said = PHRASE_FILL(phrases_of(w), "table.opinions", {"codes", codes},
					       {"province", w->order->self->name},
					       {"year", year_of(w, w->order->year)});

		add_table(w, out, numbered(w->arena, tables[TABLE_OPINIONS].name, k), said, table,
			  note);
	}
}

static void make_answered(struct section *w, struct tables *out)
{
	const struct report_order *o = w->order;
	struct text note[TABLE__COUNT] = {0};
	struct text table[TABLE_OPINIONS] = {
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

/* To every table of the name: "Bảng 3, Bảng 4". */
static struct text references(const struct section *w, const char *name, size_t n)
{
	struct text out = {"", 0};

	for (size_t k = 0; k < n; k++)
		out = arena_format(w->arena, "%.*s%s%.*s", SPAN_ARG(out), k ? ", " : "",
				   SPAN_ARG(reference(w, "tbl", numbered(w->arena, name, k))));
	return out;
}

static void add_tables(struct section *w)
{
	struct tables table[TABLE__COUNT] = {0};

	if (w->order->answers)
		make_answered(w, table);
	else
		make_published(w, table);
	for (size_t k = 0; k < TABLE__COUNT; k++) {
		add(w, tables[k].field, table[k].markdown);
		if (k == TABLE_SERIES)
			add_if(w, "starred", span_holds(table[k].markdown, span_of("\\*")));
		add(w, tables[k].reference, references(w, tables[k].name, table[k].n));
	}
}

static struct text escaped(const struct section *w, struct text s)
{
	return markdown_text(w->arena, s);
}

/* Words that only a survey of answers has. */
static void add_findings(struct section *w)
{
	const struct report_order *o = w->order;

	add(w, "moves", report_moves(w->arena, o, w->changes));
	add(w, "above", report_above(w->arena, o, w->changes));
	add(w, "below", report_below(w->arena, o, w->changes));
	add(w, "method", report_method(w->arena, o, w->changes));
}

/* What the survey, its year and its province are called. */
static void add_names(struct section *w)
{
	const struct report_order *o = w->order;

	add(w, "province", escaped(w, o->self->name));
	add(w, "survey", escaped(w, o->narrative.survey->name));
	add(w, "slug", w->slug);
	add(w, "year", year_of(w, o->year));
	add(w, "from", year_of(w, o->from));
	add(w, "unit_kind", phrase(phrases_of(w), "word.units"));
	add(w, "overall", phrase(phrases_of(w), "word.overall"));
	add(w, "whole", phrase(phrases_of(w), "word.whole"));
	add(w, "peers_rule", escaped(w, o->peers->rule[phrases_of(w)->lang]));
	add_if(w, "several", w->look->several);
}

/* Is the number of ranked units another in some year than in that before it? */
static bool counts_differ(const struct report_order *o)
{
	const struct survey *s = o->narrative.survey;
	double last = NAN;

	for (size_t i = 0; i < s->n_waves && s->wave[i].year <= o->year; i++) {
		const struct result_row *row = result_find(o->all, s->wave[i].year,
							   span_of(STRUCTURE_ROOT), o->self->code);

		if (!row || isnan(row->n_ranked) || isnan(row->rank))
			continue;
		if (!isnan(last) && row->n_ranked != last)
			return true;
		last = row->n_ranked;
	}
	return false;
}

static void add_words(struct section *w)
{
	const struct report_order *o = w->order;
	const struct result_row *total = &w->changes->row[0];

	add(w, "standing", report_standing(w->arena, o, w->changes));
	add(w, "history", report_history(w->arena, o));
	add(w, "reach", report_reach(w->arena, o, w->changes));
	add(w, "lost", report_lost_words(w->arena, o));
	add(w, "lost_marks", report_lost_marks(o));
	add(w, "reasons", report_reasons(w->arena, o, w->changes));
	add(w, "breaks", report_breaks(w->arena, o));
	add(w, "strengths", report_strengths(w->arena, o, w->changes));
	add(w, "weaknesses", report_weaknesses(w->arena, o, w->changes));
	add(w, "causes", report_causes(w->arena, o, w->changes));
	add(w, "extremes", report_extremes(w->arena, o));
	add_if(w, "lost_known", report_lost_known(o));
	add_if(w, "counts_differ", counts_differ(o));
	add_if(w, "shifted", any_delta(w->changes));
	add(w, "proposals", report_proposals(w->arena, o, w->changes));
	add_if(w, "incomparable", total->flags & FLAG_INCOMPARABLE);
	add_if(w, "has_parts", report_has_parts(w->arena, w->changes));
	add_if(w, "groups_quartile",
	       o->narrative.survey->structure.n_groups &&
		       o->narrative.survey->structure.group[0].quartile);
	add_if(w, "detailed", w->changes->n > 1 || o->lost);
	add_if(w, "complete", total->complete);
	add(w, "unpublished", report_unpublished(w->arena, o));
	add(w, "documents", report_documents(w->arena, o, w->changes));
	add(w, "sources", report_sources(w->arena, o));
	add(w, "note_noerror", escaped(w, phrase(phrases_of(w), "note.noerror")));
	add(w, "note_rounding", escaped(w, phrase(phrases_of(w), "note.rounding")));
}

/* The template once for every page: only the section of that name stays. */
static bool fill_pages(struct section *w)
{
	static const char *const names[REPORT_PAGES] = {"summary", "body", "tasks", "annex"};
	struct report_fields *f = &w->fields;
	size_t first = f->n;

	for (size_t k = 0; k < REPORT_PAGES; k++)
		add(w, names[k], (struct text){"", 0});
	for (size_t k = 0; k < REPORT_PAGES; k++) {
		f->at[first + k].value = span_of("1");
		if (!report_fields_fill(f, w->look->share,
					w->order->answers ? "answers" : "published",
					phrases_of(w)->lang, &w->out->page[k], w->why))
			return false;
		f->at[first + k].value = (struct text){"", 0};
	}
	return true;
}

/* A survey that has nothing of that year says so, and nothing else. */
static bool say_missing(struct section *w)
{
	w->out->page[REPORT_BODY] =
		arena_format(w->arena, "%.*s\n", SPAN_ARG(escaped(w, words(w, "report.missing"))));
	return true;
}

bool report_section_make(struct arena *a, const struct report_order *o,
			 const struct report_look *look, struct report_section *out,
			 struct diag *why)
{
	struct section w = {.arena = a,
			    .order = o,
			    .changes = o->changes,
			    .look = look,
			    .slug = text_slug(a, o->narrative.survey->id),
			    .fields = {.arena = a},
			    .out = out,
			    .why = why};

	*out = (struct report_section){.n_charts = 0};
	if (o->missing)
		return say_missing(&w);
	w.simulated = report_simulated(o);
	if (!make_charts(&w))
		return false;
	add_names(&w);
	add_words(&w);
	if (o->answers)
		add_findings(&w);
	add_figures(&w);
	add_tables(&w);
	return fill_pages(&w);
}
