#include "output/chart.h"

#include "base/text.h"
#include "output/gnuplot.h"
#include "output/outfile.h"
#include "output/svg.h"
#include "output/svg_boxes.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

const struct chart_info chart_kinds[CHART__COUNT] = {
	[CHART_RANK] = {"rank", "rank.gp", CHART_STANDING, "chart.rank.question", CHART_OF_YEAR,
			false, chart_rank},
	[CHART_CHANGE] = {"change", "change.gp", CHART_CHANGES, "chart.change.question",
			  CHART_OF_TWO, true, chart_change},
	[CHART_TREND] = {"trend", "trend.gp", CHART_PATH, "chart.trend.question", CHART_OF_ALL,
			 false, chart_trend},
	[CHART_TILEMAP] = {"tilemap", "tilemap.gp", CHART_STANDING, "chart.tilemap.question",
			   CHART_OF_YEAR, false, chart_tilemap},
	[CHART_HEATMAP] = {"heatmap", "heatmap.gp", CHART_ITEMS, "chart.heatmap.question",
			   CHART_OF_YEAR, false, chart_heatmap},
	[CHART_LIKERT] = {"likert", "likert.gp", CHART_ANSWERS, "chart.likert.question",
			  CHART_OF_YEAR, false, chart_likert},
	[CHART_DELTA] = {"delta", "delta.gp", CHART_CHANGES, "chart.delta.question", CHART_OF_TWO,
			 true, chart_delta},
	[CHART_BUMP] = {"bump", "bump.gp", CHART_PATH, "chart.bump.question", CHART_OF_ALL, false,
			chart_bump},
	[CHART_STRIP] = {"strip", "strip.gp", CHART_STANDING, "chart.strip.question", CHART_OF_YEAR,
			 true, chart_strip},
	[CHART_GAP] = {"gap", "gap.gp", CHART_ITEMS, "chart.gap.question", CHART_OF_YEAR, true,
		       chart_gap},
	[CHART_SLOPE] = {"slope", "slope.gp", CHART_CHANGES, "chart.slope.question", CHART_OF_TWO,
			 false, chart_slope},
	[CHART_QUADRANT] = {"quadrant", "quadrant.gp", CHART_CHANGES, "chart.quadrant.question",
			    CHART_OF_TWO, false, chart_quadrant},
	[CHART_PARETO] = {"pareto", "pareto.gp", CHART_ITEMS, "chart.pareto.question",
			  CHART_OF_YEAR, false, chart_pareto},
	[CHART_FOREST] = {"forest", "forest.gp", CHART_ANSWERS, "chart.forest.question",
			  CHART_OF_YEAR, false, chart_forest},
	[CHART_MAP] = {"map", "map.gp", CHART_STANDING, "chart.map.question", CHART_OF_YEAR, false,
		       chart_map},
	[CHART_SAMPLES] = {"samples", "tilemap.gp", CHART_TRUST, "chart.samples.question",
			   CHART_OF_YEAR, false, chart_samples},
	[CHART_RADAR] = {"radar", "radar.gp", CHART_ITEMS, "chart.radar.question", CHART_OF_YEAR,
			 false, chart_radar},
	[CHART_PANELS] = {"panels", "panels.gp", CHART_PATH, "chart.panels.question", CHART_OF_ALL,
			  false, chart_panels},
};

/* Families with Vietnamese letters, the wanted one first; and what a reader of SVG may have. */
#define FAMILIES 4
static const char *const sans[FAMILIES] = {"Noto Sans", "DejaVu Sans", "Liberation Sans", "Arimo"};
static const char *const serif[FAMILIES] = {"Tinos", "Liberation Serif", "Noto Serif",
					    "DejaVu Serif"};
#define SANS_CSS "'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
#define SERIF_CSS "Tinos, 'Liberation Serif', 'Times New Roman', serif"

const char *const chart_questions[CHART_QUESTIONS] = {"standing", "change",  "path",
						      "items",    "answers", "trust"};

const char *const chart_endings[CHART_PICTURES] = {"svg", "png", "pdf", "emf"};
#define PREVIEW "preview.txt" /* a chart's own alt text ends in .txt, too */

bool chart_make(struct arena *a, enum chart_kind kind, const struct chart_order *o,
		struct chart *out, struct diag *why)
{
	const struct survey *s = o->narrative->survey;

	*out = (struct chart){.kind = kind};
	out->name = arena_format(a, "%.*s-%ld-%.*s", SPAN_ARG(text_slug(a, s->id)), o->year,
				 SPAN_ARG(o->self->code));
	if (s->mapping) /* a code of one map is another unit in another */
		out->name = arena_format(a, "%.*s-of-%zu", SPAN_ARG(out->name), s->mapping->map.n);
	out->name = arena_format(a, "%.*s-%s", SPAN_ARG(out->name), chart_kinds[kind].name);
	if (!span_is(o->item, STRUCTURE_ROOT))
		out->name = arena_format(a, "%.*s-%.*s", SPAN_ARG(out->name),
					 SPAN_ARG(text_slug(a, o->item)));
	if (kind == CHART_PARETO && o->by != GAPS_CRITERION)
		out->name = arena_format(a, "%.*s-%s", SPAN_ARG(out->name),
					 o->by == GAPS_AGENCY ? "agency" : "domain");
	if (kind == CHART_FOREST && o->breakdown && o->breakdown->name.n)
		out->name = arena_format(a, "%.*s-%.*s", SPAN_ARG(out->name),
					 SPAN_ARG(text_slug(a, o->breakdown->name)));
	out->prefix = arena_format(a, "c-%.*s-%s-%s%s", SPAN_ARG(text_slug(a, out->name)),
				   o->narrative->phrases->lang == LANG_VI ? "vi" : "en",
				   o->report ? "report" : "web",
				   o->dark   ? "-dark"
				   : o->mono ? "-mono"
					     : "");
	return chart_kinds[kind].make(a, o, out, why);
}

struct work {
	struct arena *arena;
	const struct chart *charts;
	size_t n;
	bool report;
	enum lang lang;
	const struct chart_place *place;
	struct workdir dir;
	struct diag *why;
};

static const char *file_in(struct work *w, struct text name, const char *ending)
{
	return arena_format(w->arena, "%s/%.*s.%s", w->dir.path, SPAN_ARG(name), ending).at;
}

static const char *numbered(struct work *w, size_t i, const char *ending)
{
	return arena_format(w->arena, "%zu.%s", i, ending).at;
}

/* The SVG is always drawn: it is what the lint reads. */
static bool is_drawn(const struct chart_place *p, size_t picture)
{
	return picture == CHART_SVG || p->picture[picture];
}

/* One run draws all pictures of all charts. */
static bool draw_all(struct work *w, const struct process_watch *watch)
{
	struct drawing *d = arena_new(w->arena, (CHART_PICTURES + 1) * w->n, sizeof *d);
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++) {
		const struct chart *c = &w->charts[i];
		const char *script = c->script ? c->script : chart_kinds[c->kind].script,
			   *data = numbered(w, i, "tsv");

		if (!outfile_put(workdir_file(w->arena, &w->dir, data), c->data, w->why))
			return false;
		for (size_t k = 0; k < CHART_PICTURES; k++)
			if (is_drawn(w->place, k))
				d[n++] = (struct drawing){script, data,
							  numbered(w, i, chart_endings[k])};
		if (w->place->preview)
			d[n++] = (struct drawing){script, data, numbered(w, i, PREVIEW)};
	}
	return gnuplot_draw(w->arena, &w->place->gnuplot, &w->dir, d, n, watch, w->why);
}

static bool finish_svg(struct work *w, size_t i, struct svg_boxes *boxes)
{
	const struct chart *c = &w->charts[i];
	struct svg_words words = {
		.title = c->title,
		.description = c->alt,
		.lang = span_of(w->lang == LANG_VI ? "vi" : "en"),
		.prefix = c->prefix,
		.fonts = span_of(w->report ? SERIF_CSS : SANS_CSS),
		.marks = c->marks,
		.boxes = boxes,
	};

	return svg_finish(workdir_file(w->arena, &w->dir, numbered(w, i, "svg")), &words, w->why);
}

/* What is found lives as long as it is told: with the picture, or with the caller. false when the
 * chart must not be written. */
static bool check(struct work *w, size_t i, const struct svg_boxes *boxes)
{
	struct facts facts = w->charts[i].facts;
	struct phrases phrases = *facts.phrases; /* that fill memory of this picture */
	const struct lint_chart checked = {.facts = &facts,
					   .picture = boxes,
					   .footer = w->charts[i].footer,
					   .report = w->report};
	struct found own[LINT_RULES], *found = own;

	phrases.arena = w->arena;
	facts.phrases = &phrases;
	if (w->place->found)
		found = w->place->found + i * LINT_RULES;
	lint_run(w->arena, &checked, found);
	return w->place->found || lint_tell(&phrases, w->charts[i].name, found, w->why);
}

/* cairo writes the time of day into a PDF: the same command must give the same bytes. */
static bool still_clock(struct work *w, size_t i)
{
	const char *file = workdir_file(w->arena, &w->dir, numbered(w, i, "pdf"));
	static const struct text key = TEXT("/CreationDate (D:");
	struct text bytes;

	if (!outfile_read(w->arena, file, &bytes, w->why))
		return false;
	char *copy = (char *)bytes.at; /* ours: outfile_read made it */

	for (size_t k = 0; k + key.n + 14 < bytes.n; k++)
		if (memcmp(copy + k, key.at, key.n) == 0)
			memcpy(copy + k + key.n, "20000101000000", 14);
	return outfile_put(file, bytes, w->why);
}

static bool show(struct work *w, size_t i)
{
	struct text drawn;

	if (!outfile_read(w->arena, workdir_file(w->arena, &w->dir, numbered(w, i, PREVIEW)),
			  &drawn, w->why))
		return false;
	fwrite(drawn.at, 1, drawn.n, w->place->preview);
	return true;
}

static bool write_words(struct work *w, size_t i)
{
	const struct chart *c = &w->charts[i];
	struct text alt =
		arena_format(w->arena, "%.*s\n\n%.*s\n", SPAN_ARG(c->alt), SPAN_ARG(c->citation));

	return outfile_put(file_in(w, c->name, "csv"), c->csv, w->why) &&
	       outfile_put(file_in(w, c->name, "txt"), alt, w->why);
}

/* What became of one chart. */
struct outcome {
	bool failed, refused; /* nothing more can be done; it must not be written */
	struct diag why;
};

static void finish_one(const struct work *all, size_t i, struct arena *a, struct outcome *out)
{
	struct work mine = *all, *w = &mine;
	struct svg_boxes boxes = {.arena = a, .typeface = w->place->face};

	w->arena = a;
	w->why = &out->why;
	w->why->translation = all->why->translation;
	out->failed = process_interrupted(w->why) || !finish_svg(w, i, &boxes);
	if (out->failed)
		return;
	out->refused = !check(w, i, &boxes);
	if (!out->refused)
		out->failed = (w->place->picture[CHART_PDF] && !still_clock(w, i)) ||
			      (w->place->words && !write_words(w, i));
}

/* In as many threads as there are cores. Goes on behind a chart that is refused, so that all of
 * them are told, in their order. */
static bool finish(struct work *w)
{
	struct outcome *out = arena_new(w->arena, w->n, sizeof *out);
	bool stop = false, good = true;

	svg_prepare();
#pragma omp parallel for schedule(dynamic)
	for (size_t i = 0; i < w->n; i++) {
		struct arena arena = {0}; /* of one picture */
		bool skip;

#pragma omp atomic read
		skip = stop;
		if (!skip)
			finish_one(w, i, &arena, &out[i]);
		if (out[i].failed) {
#pragma omp atomic write
			stop = true;
		}
#pragma omp critical(found)
		if (w->place->found)
			arena_adopt(w->arena, &arena);
		arena_release(&arena);
	}
	for (size_t i = 0; i < w->n; i++) {
		diag_append(w->why, &out[i].why);
		good &= !out[i].failed && !out[i].refused;
	}
	return good;
}

/* Calls check or move for every file of every chart. */
static bool each_file(struct work *w, bool (*act)(const char *, const char *, bool, struct diag *))
{
	const char *list[CHART_PICTURES + 2];
	size_t n = 0, pictures;

	for (size_t k = 0; k < CHART_PICTURES; k++)
		if (w->place->picture[k])
			list[n++] = chart_endings[k];
	pictures = n;
	if (w->place->words) {
		list[n++] = "csv";
		list[n++] = "txt";
	}
	for (size_t i = 0; i < w->n; i++)
		for (size_t k = 0; k < n; k++) {
			struct text name = w->charts[i].name;
			const char *from = k < pictures ? workdir_file(w->arena, &w->dir,
								       numbered(w, i, list[k]))
							: file_in(w, name, list[k]);
			const char *to = arena_format(w->arena, "%s/%.*s.%s", w->place->folder,
						      SPAN_ARG(name), list[k])
						 .at;

			if (!act(from, to, w->place->force, w->why))
				return false;
		}
	return true;
}

/* What the user sees while pictures are drawn. */
struct progress {
	FILE *out;
	size_t all, told;
	time_t since;
};

static void report_progress(void *context, size_t done)
{
	struct progress *p = context;
	double seconds = (double)(time(NULL) - p->since);

	done = done < p->all ? done : p->all;
	if (seconds < 1 || done == p->told || done == 0)
		return;
	p->told = done;
	fprintf(p->out, "\r[%zu/%zu] %.0f s left \b", done, p->all,
		seconds * (double)(p->all - done) / (double)done);
	if (done == p->all)
		fputs("\r\033[K", p->out);
}

bool chart_face(struct arena *a, bool report, struct typeface **face, struct diag *why)
{
	return typeface_open(a, report ? serif : sans, FAMILIES, face, why);
}

static bool run(struct work *w)
{
	struct progress progress = {.out = w->place->progress, .since = time(NULL)};
	const struct process_watch watch = {report_progress, &progress};

	for (size_t k = 0; k < CHART_PICTURES; k++)
		progress.all += is_drawn(w->place, k) ? w->n : 0;
	if (!draw_all(w, progress.out ? &watch : NULL) || !finish(w) ||
	    !each_file(w, outfile_check) || !each_file(w, outfile_move))
		return false;
	for (size_t i = 0; w->place->preview && i < w->n; i++)
		if (!show(w, i))
			return false;
	return true;
}

bool chart_draw(struct arena *a, const struct chart *charts, size_t n, bool report, enum lang lang,
		const struct chart_place *place, struct diag *why)
{
	struct work w = {.arena = a,
			 .charts = charts,
			 .n = n,
			 .report = report,
			 .lang = lang,
			 .place = place,
			 .why = why};
	bool ok = outfile_folder(a, place->folder, why) &&
		  workdir_make(a, place->folder, &w.dir, why);

	ok = ok && run(&w);
	workdir_remove(&w.dir);
	return ok;
}
