#include "output/chart_area.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TILE_RATIO 1.35 /* width to height: three lines */
#define FEW 30          /* fewer answers, or effective ones, are too few: Parker and others 2017 */
#define CLASSES 4

/* What the answers of a year are like. */
struct sample {
	const struct result_row *row, *self; /* of all provinces; of the order's */
	size_t n, few, asked;                /* rows; with too few answers; tiles of provinces */
	size_t n_bounds;
	double bound[CLASSES - 1]; /* lower bounds of the classes above the first, ascending */
	struct text names;         /* of those with too few */
	bool effective;            /* an effective number is shown */
};

/* By the standard that also withholds results; an effective number that is not known is not asked
 * for. */
static bool has_few(const struct result_row *row)
{
	return row->n < FEW || row->n_eff < FEW || row->flags & FLAG_SUPPRESSED;
}

/* Noise of the estimated error may make the effective number larger: then it tells nothing. */
static bool is_worth_less(const struct result_row *row)
{
	return number_round(row->n_eff, 0) < row->n; /* false for NaN */
}

/* ---- classes ------------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b)
{
	const double *p = a, *q = b;

	return (*p > *q) - (*p < *q);
}

/* The nearest of 1, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten. */
static double nearest_round(double x)
{
	static const double steps[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
	double unit = pow(10, floor(log10(x))), best = unit;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (fabs(steps[i] * unit - x) < fabs(best - x))
			best = steps[i] * unit;
	return best;
}

/* Round numbers near the quartiles of those that are enough; only such as part them. */
static void find_bounds(struct canvas *c, struct sample *s)
{
	double *n = arena_new(c->arena, s->n, sizeof *n);
	size_t k = 0;

	for (size_t i = 0; i < s->n; i++)
		if (!isnan(s->row[i].n) && !has_few(&s->row[i]))
			n[k++] = s->row[i].n;
	qsort(n, k, sizeof *n, by_size);
	for (size_t i = 1; k && i < CLASSES; i++) {
		double bound = nearest_round(n[i * k / CLASSES]);

		if (bound > n[0] && bound <= n[k - 1] &&
		    (s->n_bounds == 0 || bound > s->bound[s->n_bounds - 1]))
			s->bound[s->n_bounds++] = bound;
	}
}

/* CLASSES for the fewest that are enough. */
static double class_of(const struct sample *s, const struct result_row *row)
{
	double class = CLASSES;

	if (!row || isnan(row->n) || row->n == 0)
		return AREA_MISSING;
	if (has_few(row))
		return AREA_FEW;
	for (size_t i = 0; i < s->n_bounds; i++)
		class -= row->n >= s->bound[i];
	return class;
}

static struct text limits(const struct canvas *c, const struct sample *s, size_t class)
{
	enum lang lang = c->order->narrative->phrases->lang;
	size_t i = CLASSES - class;
	double low = i ? s->bound[i - 1] : FEW;

	if (i == s->n_bounds)
		return arena_format(c->arena, "≥ %.*s",
				    SPAN_ARG(number_shown(c->arena, low, 0, lang)));
	return arena_format(c->arena, "%.*s–%.*s", SPAN_ARG(number_shown(c->arena, low, 0, lang)),
			    SPAN_ARG(number_shown(c->arena, s->bound[i] - 1, 0, lang)));
}

static struct area_legend legend_of(const struct canvas *c, const struct sample *s, double most)
{
	static const char *const keys[] = {"g1", "g2", "g3", "g4"};
	const struct phrases *p = c->order->narrative->phrases;
	struct area_legend legend = {.most = most};

	area_entry(c, &legend, "legend_title", phrase(p, "samples.legend"));
	for (size_t class = CLASSES - s->n_bounds; class <= CLASSES; class ++)
		area_entry(c, &legend, keys[class - 1], limits(c, s, class));
	if (s->few)
		area_entry(
			c, &legend, "g5",
			PHRASE_FILL(p, "samples.few", {"few", arena_format(c->arena, "%d", FEW)}));
	area_entry(c, &legend, "g0", phrase(p, "samples.none"));
	return legend;
}

/* ---- words --------------------------------------------------------------------------------- */

static void look(struct canvas *c, struct sample *s)
{
	const struct chart_order *o = c->order;

	*s = (struct sample){0};
	s->row = result_group(o->all, o->year, o->item, &s->n);
	s->self = result_find(o->all, o->year, o->item, o->self->code);
	for (size_t i = 0; i < s->n; i++) {
		const struct result_row *row = &s->row[i];

		s->effective |= is_worth_less(row);
		s->asked += class_of(s, row) != AREA_MISSING;
		if (class_of(s, row) != AREA_FEW)
			continue;
		s->names = arena_format(c->arena, "%.*s%s%.*s", SPAN_ARG(s->names),
					s->few++ ? ", " : "", SPAN_ARG(row->province_name));
	}
	find_bounds(c, s);
}

static const char *title_of(const struct sample *s)
{
	bool self = s->self && !isnan(s->self->n) && s->self->n > 0;

	if (!self)
		return "samples.title.none";
	if (has_few(s->self))
		return s->self->n < FEW ? "samples.title.few" : "samples.title.withheld";
	return s->few ? "samples.title.some" : "samples.title.enough";
}

static void words(struct canvas *c, const struct sample *s)
{
	const struct chart_order *o = c->order;
	const struct phrases *p = o->narrative->phrases;
	struct area_fields f = area_fields(c, s->row, s->n);
	const struct field more[] = {{"n", s->self && !isnan(s->self->n)
						   ? number_shown(c->arena, s->self->n, 0, p->lang)
						   : span_of("–")},
				     {"few", arena_format(c->arena, "%d", FEW)},
				     {"count", arena_format(c->arena, "%zu", s->few)},
				     {"all", arena_format(c->arena, "%zu", s->asked)},
				     {"names", s->names}};
	struct text note;

	memcpy(&f.at[f.n], more, sizeof more);
	f.n += sizeof more / sizeof *more;
	facts_no_claim(c->facts); /* answers are counted, not estimated */
	c->chart->title = phrase_fill(p, title_of(s), f.at, f.n);
	c->chart->subtitle =
		phrase_fill(p, o->dark ? "samples.subtitle.dark" : "samples.subtitle", f.at, f.n);
	c->chart->caption = phrase_fill(
		p, s->effective ? "samples.caption.effective" : "samples.caption", f.at, f.n);
	c->chart->alt = arena_format(c->arena, "%.*s. %.*s", SPAN_ARG(c->chart->title),
				     SPAN_ARG(phrase_fill(p, "samples.alt", f.at, f.n)));
	note = phrase_fill(p, "samples.note", f.at, f.n);
	if (s->effective)
		note = parts_join(c->arena, note, phrase(p, "samples.note.effective"));
	if (s->few) {
		struct text names = phrase_fill(p, "samples.names", f.at, f.n);

		note = parts_join(c->arena, names, note);
		c->chart->alt = parts_join(c->arena, c->chart->alt, names);
	}
	note = parts_join(c->arena, area_unplaced(c, s->row, s->n), note);
	c->chart->footer = parts_join(c->arena, note, canvas_source(c, NULL, 0));
}

/* ---- tiles --------------------------------------------------------------------------------- */

static void csv_head(struct canvas *c)
{
	static const char *const head[] = {"province", "province_name", "n",   "n_eff",
					   "class",    "role",          "flag"};

	parts_head(c, head, sizeof head / sizeof *head);
}

static struct text class_word(const struct canvas *c, const struct sample *s, double class)
{
	if (class == AREA_MISSING)
		return span_of("");
	return class == AREA_FEW ? span_of("few") : limits(c, s, (size_t) class);
}

/* "n = 118, cỡ mẫu hiệu dụng 97", and whether that is too few. */
static struct text said(const struct canvas *c, const struct sample *s,
			const struct result_row *row)
{
	const struct phrases *p = c->order->narrative->phrases;
	double class = class_of(s, row);
	bool less = row && is_worth_less(row);

	if (class == AREA_MISSING)
		return phrase(p, "samples.tip.none");
	return PHRASE_FILL(p,
			   class == AREA_FEW
				   ? less ? "samples.tip.few.effective" : "samples.tip.few"
			   : less ? "samples.tip.effective"
				  : "samples.tip",
			   {"n", number_shown(c->arena, row->n, 0, p->lang)},
			   {"effective", number_shown(c->arena, row->n_eff, 0, p->lang)});
}

static void one_tile(struct canvas *c, const struct sample *s, const struct area_tiles *t,
		     const struct tile *tile)
{
	const struct chart_order *o = c->order;
	const struct result_row *row = result_find(o->all, o->year, o->item, tile->code);
	double class = class_of(s, row);
	enum lang lang = o->narrative->phrases->lang;
	struct area_cell cell = {class, span_of("–"), span_of(""), said(c, s, row)};

	if (class != AREA_MISSING)
		cell.value = number_shown(c->arena, row->n, 0, lang);
	if (row && is_worth_less(row))
		cell.second = arena_format(c->arena, "(%.*s)",
					   SPAN_ARG(number_shown(c->arena, row->n_eff, 0, lang)));
	if (class == AREA_FEW) { /* two lines stand between the hatching */
		cell.value = parts_join(c->arena, cell.value, cell.second);
		cell.second = span_of("");
	}
	area_tile(c, t, tile, &cell);
	if (tile_at_sea(tile))
		return;
	struct text cells[] = {tile->code,
			       row ? row->province_name : tile->short_name,
			       number_exact(c->arena, row ? row->n : NAN),
			       number_exact(c->arena, row ? row->n_eff : NAN),
			       class_word(c, s, class),
			       parts_role(o, tile->code),
			       result_flags(c->arena, row ? row->flags : 0)};

	canvas_csv(c, cells, sizeof cells / sizeof *cells);
}

bool chart_samples(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why)
{
	const struct provinces *all = &o->narrative->survey->provinces;
	struct area_tiles t;
	struct area_legend legend;
	struct sample s;
	struct canvas c;

	if (!canvas_estimated(o))
		return diag_fail(why, DIAG_DATA,
				 "the scores of %ld are published without the numbers of answers "
				 "behind them",
				 o->year);
	if (!area_layout(o, &t, why))
		return false;
	area_open(a, o, out, &c);
	look(&c, &s);
	words(&c, &s);
	area_page(&c, &t, TILE_RATIO);
	legend = legend_of(&c, &s, area_legend_room(&t));
	area_legend_keys(&c, &legend);
	plotfile_key(&c.plot, "note", phrase(o->narrative->phrases, "tilemap.note"));
	csv_head(&c);
	plotfile_block(&c.plot, "tiles", 7);
	for (size_t i = 0; i < all->n_tiles; i++)
		if (all->tile[i].system == t.system)
			one_tile(&c, &s, &t, &all->tile[i]);
	canvas_close(&c);
	return true;
}
