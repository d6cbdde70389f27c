#include "output/chart_base.h"

#include "base/csvout.h"

#include <math.h>

#define WEB_POINTS 10
#define REPORT_POINTS 9
#define WEB_PAGE 200 /* mm wide, most charts */
#define REPORT_PAGE 160
#define BORDER 3.5  /* mm around a chart on the web */
#define SPARE 0.975 /* of a line: other programs set letters a little wider */

/* Sizes of text in em, as in plots/style.gp. */
#define TITLE 1.45
#define SUBTITLE 1.05
#define SMALL_WEB 0.87
#define INDENT 1.2
#define SMALL_REPORT (8.0 / REPORT_POINTS)

/* Does a chart of so many years show this one? */
static bool is_shown(const struct chart_order *o, enum chart_years years, long year)
{
	return year == o->year || (years == CHART_OF_TWO && year == o->from) ||
	       (years == CHART_OF_ALL && year < o->year);
}

static bool is_simulated(const struct chart_order *o, enum chart_years years)
{
	const struct survey *s = o->narrative->survey;

	for (size_t i = 0; i < s->n_waves; i++)
		if (is_shown(o, years, s->wave[i].year) && s->wave[i].simulated)
			return true;
	return false;
}

/* A row of the year of which some figures are of merged units; NULL when none is. */
static const struct result_row *merged_row(const struct chart_order *o, long year)
{
	if (!o->narrative->survey->mapping) /* nothing was brought to another map */
		return NULL;
	for (size_t i = 0; i < o->all->n; i++)
		if (o->all->row[i].year == year && o->all->row[i].flags & FLAG_MERGED)
			return &o->all->row[i];
	return NULL;
}

unsigned canvas_merged_flag(const struct chart_order *o, struct text item, long year,
			    struct text series)
{
	size_t n;
	const struct result_row *row;

	if (!o->narrative->survey->mapping)
		return 0;
	row = result_group(o->all, year, item, &n);
	for (size_t i = 0; i < n; i++)
		if (span_equal(row[i].province_name, series))
			return row[i].flags & FLAG_MERGED;
	return merged_row(o, year) ? FLAG_MERGED : 0;
}

static struct text about_merged(const struct chart_order *o, enum chart_years years)
{
	const struct narrative *n = o->narrative;
	const struct result_row *row = NULL;

	for (size_t i = 0; i < n->survey->n_waves && !row; i++)
		if (is_shown(o, years, n->survey->wave[i].year))
			row = merged_row(o, n->survey->wave[i].year);
	if (!row)
		return (struct text){"", 0};
	return PHRASE_FILL(n->phrases, "chart.merged",
			   {"rule", narrative_weights(n, row->merged_by)});
}

void canvas_open(struct arena *a, const struct chart_order *o, struct chart *out, struct canvas *c)
{
	*c = (struct canvas){.arena = a, .order = o, .chart = out};
	memfile_open(&c->data);
	memfile_open(&c->csv);
	c->plot = (struct plotfile){.arena = a, .out = c->data.out, .face = o->face};
	c->em = (o->report ? REPORT_POINTS : WEB_POINTS) * MM_PER_POINT;
	c->line = 1.3 * c->em;
	c->small = o->report ? SMALL_REPORT : SMALL_WEB;
	c->simulated = is_simulated(o, chart_kinds[out->kind].years);
	c->merged = about_merged(o, chart_kinds[out->kind].years);
	c->facts = &out->facts;
	out->facts = (struct facts){.arena = a,
				    .survey = o->narrative->survey,
				    .phrases = o->narrative->phrases,
				    .all = o->all,
				    .year = o->year,
				    .item = o->item};
}

void canvas_tip(struct canvas *c, struct tip tip)
{
	if (isnan(tip.x) || isnan(tip.y))
		return;
	c->tip = arena_grow(c->arena, c->tip, c->tips, sizeof *c->tip);
	c->tip[c->tips++] = tip;
}

void canvas_name(struct canvas *c, struct text province, struct text shown)
{
	c->name = arena_grow(c->arena, c->name, c->names, sizeof *c->name);
	c->name[c->names++] = (struct svg_name){province, shown};
}

#define CLEAR 0xFF000000 /* a colour that nobody sees */

/* Places go to gnuplot, words stay here. */
static void write_tips(struct canvas *c)
{
	struct svg_mark *mark = arena_new(c->arena, c->tips, sizeof *mark);

	if (!c->plot.started)
		return; /* there is no chart */
	plotfile_block(&c->plot, "tips", 6);
	for (size_t i = 0; i < c->tips; i++) {
		const struct tip *t = &c->tip[i];

		plotfile_number(&c->plot, t->x);
		plotfile_number(&c->plot, t->y);
		plotfile_number(&c->plot, t->width / 2);
		plotfile_number(&c->plot, (t->height > 0 ? t->height : t->width) / 2);
		plotfile_number(&c->plot, t->height);
		plotfile_number(&c->plot, CLEAR + (double)i);
		mark[i] = (struct svg_mark){t->province,    t->item, t->words,
					    t->height == 0, t->path, t->width};
	}
	c->chart->marks = (struct svg_marks){c->tips, c->names, mark, c->name};
}

static struct text citation(const struct canvas *c)
{
	const struct narrative *words = c->order->narrative;
	const struct phrases *p = words->phrases;
	const struct wave *wave = survey_wave(words->survey, c->order->year);
	struct text publisher = wave->publisher[p->lang];

	return PHRASE_FILL(p, publisher.n ? "chart.citation" : "chart.citation.short",
			   {"publisher", publisher}, {"survey", words->survey->name},
			   {"year", canvas_year(c, c->order->year)}, {"title", c->chart->title},
			   {"version", span_of(HAILONG_VERSION)});
}

void canvas_close(struct canvas *c)
{
	c->chart->citation = citation(c);
	if (c->merged.n)
		c->chart->alt = arena_format(c->arena, "%.*s %.*s", SPAN_ARG(c->merged),
					     SPAN_ARG(c->chart->alt));
	if (c->simulated)
		c->chart->alt = arena_format(
			c->arena, "%.*s %.*s",
			SPAN_ARG(phrase(c->order->narrative->phrases, "note.simulated")),
			SPAN_ARG(c->chart->alt));
	if (c->plot.started) {
		write_tips(c);
		plotfile_widths(&c->plot);
	}
	c->chart->data = memfile_close(c->arena, &c->data);
	c->chart->csv = memfile_close(c->arena, &c->csv);
}

struct lettering canvas_letters(const struct canvas *c, double scale, bool bold)
{
	return (struct lettering){.face = c->order->face, .size = scale * c->em, .bold = bold};
}

double canvas_width(const struct canvas *c, struct text s, double scale, bool bold)
{
	return plotfile_width(canvas_letters(c, scale, bold), s);
}

struct text canvas_fit(const struct canvas *c, struct text name, double share)
{
	return plotfile_cut(c->arena, name, canvas_letters(c, 1, true),
			    share * (c->order->report ? REPORT_PAGE : WEB_PAGE));
}

struct look canvas_role_look(double role)
{
	return (struct look){.size = 1, .bold = role == 1};
}

struct look canvas_level_look(double level)
{
	return (struct look){.size = 1, .bold = level == 1, .indent = level == 2 ? INDENT : 0};
}

struct look canvas_end_look(const struct canvas *c, double role)
{
	return (struct look){.size = role == 1 ? 1 : c->small, .bold = role == 1};
}

/* gnuplot cuts a field at 1,024 bytes: every line is a key of its own. */
static void footer_lines(struct canvas *c, struct text footer)
{
	struct text line;

	for (size_t i = 1; footer.n && span_split(&footer, '\n', &line); i++)
		plotfile_key(&c->plot, arena_format(c->arena, "footer%zu", i).at, line);
}

/* In the words around the picture; in a document, which has none of them, in the picture. */
static void mark_simulated(struct canvas *c)
{
	const struct phrases *p = c->order->narrative->phrases;
	struct chart *chart = c->chart;

	if (!c->simulated)
		return;
	chart->subtitle = arena_format(c->arena, "%.*s %.*s", SPAN_ARG(chart->subtitle),
				       SPAN_ARG(phrase(p, "simulated.mark")));
	chart->footer = arena_format(c->arena, "%.*s %.*s", SPAN_ARG(phrase(p, "note.simulated")),
				     SPAN_ARG(chart->footer));
}

static void mark_merged(struct canvas *c)
{
	const struct phrases *p = c->order->narrative->phrases;
	struct chart *chart = c->chart;

	if (c->merged.n == 0)
		return;
	chart->title = arena_format(c->arena, "%.*s %.*s", SPAN_ARG(chart->title),
				    SPAN_ARG(phrase(p, "merged.mark")));
	chart->footer =
		arena_format(c->arena, "%.*s %.*s", SPAN_ARG(c->merged), SPAN_ARG(chart->footer));
}

/* In a document: the line in the picture that says what its words would. */
static struct text banner(const struct canvas *c)
{
	const struct phrases *p = c->order->narrative->phrases;

	if (c->simulated)
		return phrase(p, "simulated.banner");
	return c->merged.n ? phrase(p, "merged.banner") : (struct text){"", 0};
}

void canvas_page(struct canvas *c, double width, double body)
{
	const struct chart_order *o = c->order;
	struct chart *chart = c->chart;
	double room = SPARE * (width - 2 * BORDER);
	size_t titles, subtitles, footers;

	mark_merged(c);
	mark_simulated(c);
	struct text title = plotfile_wrap(c->arena, chart->title, canvas_letters(c, TITLE, true),
					  room, &titles);
	struct text subtitle = plotfile_wrap(c->arena, chart->subtitle,
					     canvas_letters(c, SUBTITLE, false), room, &subtitles);
	struct text footer = plotfile_wrap(c->arena, chart->footer,
					   canvas_letters(c, c->small, false), room, &footers);

	chart->width = width;
	chart->height = body + 1 + (banner(c).n ? c->line : 0);
	if (!o->report)
		chart->height = body + 7 + 0.9 * c->em + 1.85 * c->em * (double)titles +
				1.45 * c->em * (double)subtitles + 0.8 * c->em +
				1.2 * c->em * (double)footers;
	plotfile_block(&c->plot, "text", 2);
	plotfile_key(&c->plot, "font", span_of(typeface_family(o->face)));
	plotfile_key(&c->plot, "profile", span_of(o->report ? "report" : "web"));
	plotfile_key(&c->plot, "theme", span_of(o->mono ? "mono" : o->dark ? "dark" : "colour"));
	plotfile_key_number(&c->plot, "base_pt", o->report ? REPORT_POINTS : WEB_POINTS);
	plotfile_key_number(&c->plot, "dpi", o->dpi > 0 ? o->dpi : o->report ? 300 : 144);
	plotfile_key_number(&c->plot, "width_mm", chart->width);
	plotfile_key_number(&c->plot, "height_mm", number_round(chart->height, 2));
	plotfile_key(&c->plot, "title", title);
	plotfile_key(&c->plot, "subtitle", subtitle);
	footer_lines(c, footer);
	if (banner(c).n && o->report)
		plotfile_key(&c->plot, "mark", banner(c));
}

double canvas_role(const struct chart_order *o, struct text province)
{
	if (span_equal(o->self->code, province))
		return 1;
	return peers_has(o->peers, province) ? 2 : 0;
}

void canvas_csv(struct canvas *c, const struct text *cells, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct text cell = cells[i], field;

		/* people open this file in a spreadsheet */
		if (csvout_is_formula(cell))
			cell = arena_format(c->arena, "'%.*s", SPAN_ARG(cell));
		field = csvout_quoted(c->arena, cell);
		if (i)
			fputc(',', c->csv.out);
		fwrite(field.at, 1, field.n, c->csv.out);
	}
	fputc('\n', c->csv.out);
}

void canvas_plain(struct canvas *c, const struct text *cells, size_t n, size_t plain)
{
	struct text *kept = arena_new(c->arena, plain + 1, sizeof *kept);

	if (canvas_estimated(c->order)) {
		canvas_csv(c, cells, n);
		return;
	}
	for (size_t i = 0; i < plain; i++)
		kept[i] = cells[i];
	kept[plain] = cells[n - 1];
	canvas_csv(c, kept, plain + (c->merged.n > 0));
}

struct text canvas_year(const struct canvas *c, long year)
{
	return arena_format(c->arena, "%ld", year);
}

bool canvas_estimated(const struct chart_order *o)
{
	return survey_wave(o->narrative->survey, o->year)->answers;
}

bool canvas_has_factors(const struct chart_order *o)
{
	const struct structure *s = &o->narrative->survey->structure;
	const struct text era = survey_wave(o->narrative->survey, o->year)->era;

	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].depth && span_equal(s->at[i].era, era) &&
		    structure_child(s, &s->at[i], NULL))
			return true;
	return false;
}

double canvas_nation(const struct chart_order *o, long year, struct text item)
{
	const struct result_row *row =
		o->national ? result_find(o->national, year, item, (struct text){"", 0}) : NULL;

	return row ? row->estimate : NAN;
}

int canvas_side(const struct chart_order *o, const struct result_row *row)
{
	double nation = canvas_nation(o, row->year, row->item);

	return (row->ci_low > nation) - (row->ci_high < nation); /* false for NaN */
}

struct text canvas_level(const struct chart_order *o)
{
	for (size_t i = 0; i < o->all->n && canvas_estimated(o); i++)
		if (o->all->row[i].year == o->year && !isnan(o->all->row[i].level))
			return narrative_level(o->narrative, o->all->row[i].level);
	return (struct text){"", 0};
}

/* Names of the rows without a value; `hidden` wants those that the standard hides. */
static struct text without_value(struct canvas *c, const struct result_row *rows, size_t n,
				 bool hidden)
{
	struct text all = {"", 0};

	for (size_t i = 0; i < n; i++)
		if (isnan(rows[i].estimate) && !!(rows[i].flags & FLAG_SUPPRESSED) == hidden)
			all = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? ", " : "",
					   SPAN_ARG(rows[i].province_name));
	return all;
}

static void add_sentence(struct canvas *c, struct text *all, struct text more)
{
	*all = arena_format(c->arena, "%.*s %.*s", SPAN_ARG(*all), SPAN_ARG(more));
}

struct text canvas_source(struct canvas *c, const struct result_row *rows, size_t n)
{
	const struct narrative *words = c->order->narrative;
	const struct phrases *p = words->phrases;
	const struct wave *wave = survey_wave(words->survey, c->order->year);
	struct text publisher = wave->publisher[p->lang], source;
	struct text missing = without_value(c, rows, n, false),
		    hidden = without_value(c, rows, n, true);

	source = PHRASE_FILL(p, publisher.n ? "chart.source" : "chart.source.short",
			     {"survey", words->survey->name},
			     {"year", canvas_year(c, c->order->year)}, {"publisher", publisher});
	if (n && !rows[0].complete)
		add_sentence(c, &source, phrase(p, "chart.sparse"));
	else if (missing.n)
		add_sentence(c, &source, PHRASE_FILL(p, "chart.missing", {"names", missing}));
	if (hidden.n)
		add_sentence(c, &source, PHRASE_FILL(p, "chart.withheld", {"names", hidden}));
	if (!wave->answers)
		add_sentence(c, &source, phrase(p, "note.noerror"));
	return source;
}

void canvas_hidden(struct canvas *c, const struct result *shown)
{
	struct text words = phrase(c->order->narrative->phrases, "chart.hidden");
	bool any = false;

	for (size_t i = 0; i < shown->n; i++)
		any |= isnan(shown->row[i].estimate) && shown->row[i].flags & FLAG_SUPPRESSED;
	if (!any)
		return;
	c->chart->caption =
		arena_format(c->arena, "%.*s; %.*s", SPAN_ARG(c->chart->caption), SPAN_ARG(words));
	c->chart->footer =
		arena_format(c->arena, "%.*s. %.*s", SPAN_ARG(words), SPAN_ARG(c->chart->footer));
}

const struct item *canvas_item(const struct chart_order *o)
{
	const struct survey *s = o->narrative->survey;

	return structure_find(&s->structure, survey_wave(s, o->year)->era, o->item);
}

struct text canvas_range(const struct canvas *c, const struct item *item)
{
	const struct phrases *p = c->order->narrative->phrases;

	if (isnan(item->min) || isnan(item->max))
		return (struct text){"", 0};
	return PHRASE_FILL(p, "chart.range", {"min", number_written(c->arena, item->min, p->lang)},
			   {"max", number_written(c->arena, item->max, p->lang)});
}

bool canvas_is_root(const struct chart_order *o)
{
	return span_is(o->item, STRUCTURE_ROOT);
}

struct text canvas_subject(const struct canvas *c)
{
	const struct chart_order *o = c->order;
	const struct text survey = o->narrative->survey->name;

	if (canvas_is_root(o))
		return survey;
	return arena_format(c->arena, "%.*s (%.*s)",
			    SPAN_ARG(canvas_item(o)->brief[o->narrative->phrases->lang]),
			    SPAN_ARG(survey));
}
