/* Charts that the reader's program draws, from the cells of the pages before. */
#include "base/text.h"
#include "output/workbook_parts.h"

#include <math.h>

#define LIBRARY_WIDTH 480 /* of a chart that is not scaled, in pixels */
#define LIBRARY_HEIGHT 288
#define COLUMN 64 /* pixels of a column, and of a row, that nobody widened */
#define ROW 20
#define BAR 18
#define WIDE 600
#define HIGH 340

/* The page of charts, and where the next one goes. */
struct gallery {
	struct section *s;
	struct page page;
	lxw_row_t top, row;
	lxw_col_t col;
};

/* The library takes a title or name that begins with "=" for a formula: a space keeps it words. */
static const char *words(const struct gallery *g, struct text s)
{
	return arena_format(g->s->arena, "%s%.*s", span_starts(s, "=") ? " " : "",
			    SPAN_ARG(text_visible(g->s->arena, s)))
		.at;
}

static lxw_chart *begin(struct gallery *g, uint8_t type, const struct extent *e)
{
	lxw_chart_font title = {.size = 11, .bold = LXW_TRUE}, small = {.size = 8};
	lxw_chart *c = workbook_add_chart(g->s->book->file, type);

	if (!c)
		return NULL;
	chart_title_set_name(c, words(g, e->caption));
	chart_title_set_name_font(c, &title);
	chart_axis_set_num_font(c->x_axis, &small);
	chart_axis_set_num_font(c->y_axis, &small);
	chart_legend_set_position(c, LXW_CHART_LEGEND_NONE);
	chart_show_blanks_as(c, LXW_CHART_BLANKS_AS_GAP);
	return c;
}

/* Puts it on the page; the next one stands under it. */
static void put(struct gallery *g, lxw_chart *c, const struct extent *e, double width,
		double height)
{
	lxw_chart_options options = {.x_scale = width / LIBRARY_WIDTH,
				     .y_scale = height / LIBRARY_HEIGHT,
				     .description = (char *)words(g, e->caption)};
	lxw_error error = worksheet_insert_chart_opt(g->page.sheet, g->row, g->col, c, &options);

	if (g->s->book->error == LXW_NO_ERROR)
		g->s->book->error = error;
	g->row += (lxw_row_t)ceil(height / ROW) + 1;
}

static lxw_chart_series *series(lxw_chart *c, const struct extent *e, lxw_row_t first,
				lxw_row_t last, lxw_col_t values)
{
	lxw_chart_series *x = chart_add_series(c, NULL, NULL);

	if (e->across) {
		chart_series_set_categories(x, e->page, e->head, e->values, e->head, e->last_col);
		chart_series_set_values(x, e->page, first, e->values, first, e->last_col);
	} else {
		chart_series_set_categories(x, e->page, first, e->names, last, e->names);
		chart_series_set_values(x, e->page, first, values, last, values);
	}
	return x;
}

/* Every mark in its colour. */
static void colour(struct gallery *g, lxw_chart_series *x, const struct extent *e, size_t n,
		   lxw_chart_line *edge)
{
	lxw_chart_point **point = arena_new(g->s->arena, n + 1, sizeof *point);
	lxw_chart_fill other = {.color = COLOUR_OTHER};

	chart_series_set_fill(x, &other);
	if (edge)
		chart_series_set_line(x, edge);
	for (size_t i = 0; i < n; i++) {
		point[i] = arena_new(g->s->arena, 1, sizeof **point);
		if (e->colour[i] == COLOUR_OTHER)
			continue;
		point[i]->fill = arena_new(g->s->arena, 1, sizeof *point[i]->fill);
		point[i]->fill->color = e->colour[i];
		point[i]->line = edge;
	}
	chart_series_set_points(x, point);
}

static void label(struct gallery *g, lxw_chart_series *x, enum look look)
{
	const struct section *s = g->s;
	lxw_chart_font small = {.size = 8};

	chart_series_set_labels(x);
	chart_series_set_labels_font(x, &small);
	chart_series_set_labels_num_format(
		x, page_number_format(s->arena, s->n->phrases->lang, look,
				      survey_wave(s->n->survey, s->o->year)->decimals));
}

static size_t marks(const struct extent *e)
{
	return e->across ? (size_t)(e->last_col - e->values) + 1 : e->last - e->first + 1u;
}

/* ---- kinds --------------------------------------------------------------------------------- */

/* Every name, the first on top; of bars the library calls this axis y. */
static void name_axis(lxw_chart *c)
{
	chart_set_series_gap(c, 40);
	chart_axis_set_reverse(c->y_axis);
	chart_axis_set_interval_unit(c->y_axis, 1);
	chart_axis_set_label_position(c->y_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
}

/* Lengths stand for values, so that bars begin at 0. */
static void bars(struct gallery *g, const struct extent *e, enum look look, double width)
{
	lxw_chart *c = e->page ? begin(g, LXW_CHART_BAR, e) : NULL;
	lxw_chart_fill own = {.color = COLOUR_SELF};
	lxw_chart_series *x;

	if (!c)
		return;
	x = series(c, e, e->first, e->last, e->values);
	if (e->colour)
		colour(g, x, e, marks(e), NULL);
	else
		chart_series_set_fill(x, &own);
	label(g, x, look);
	name_axis(c);
	chart_axis_major_gridlines_set_visible(c->x_axis, LXW_FALSE);
	chart_axis_off(c->x_axis);
	if (!isnan(e->least))
		chart_axis_set_min(c->x_axis, e->least);
	if (look == LOOK_SIGNED || e == &g->s->losses)
		x->values->ignore_cache = LXW_TRUE; /* the library takes formulas for 0 */
	put(g, c, e, width, fmax(HIGH, 90 + BAR * (double)marks(e)));
}

/* Intervals, lying on one that is not seen: the library draws no errors of single marks. Where the
 * two parts of a bar meet is the estimate. */
static void spans(struct gallery *g, const struct extent *e)
{
	lxw_chart_line edge = {.color = 0xFFFFFF, .width = 1.5f}, unseen = {.none = LXW_TRUE};
	lxw_chart_fill nothing = {.none = LXW_TRUE};
	lxw_chart *c = e->page ? begin(g, LXW_CHART_BAR_STACKED, e) : NULL;
	const lxw_col_t at[] = {e->low, e->below, e->above};

	if (!c)
		return;
	for (size_t i = 0; i < 3; i++) {
		lxw_chart_series *x = series(c, e, e->first, e->last, at[i]);

		if (i == 0) {
			chart_series_set_fill(x, &nothing);
			chart_series_set_line(x, &unseen);
			continue;
		}
		colour(g, x, e, marks(e), &edge);
		x->values->ignore_cache = LXW_TRUE;
	}
	name_axis(c);
	chart_axis_set_num_format(c->x_axis, "0");
	chart_axis_set_min(c->x_axis, e->bottom);
	put(g, c, e, WIDE, fmax(HIGH, 90 + BAR * (double)marks(e)));
}

/* Lines of a chart of years: how many there are, and which the legend leaves out because it names
 * their kind already. */
struct strokes {
	int16_t n;
	int16_t *again;
	size_t n_again;
};

static void stroke(lxw_chart_series *x, lxw_color_t ink, bool own, bool dashed)
{
	lxw_chart_fill fill = {.color = ink};
	lxw_chart_line line = {.color = ink,
			       .width = own ? 2.25f : 1.0f,
			       .dash_type = dashed ? LXW_CHART_LINE_DASH_DASH
						   : LXW_CHART_LINE_DASH_SOLID};

	chart_series_set_line(x, &line);
	chart_series_set_marker_type(x, own ? LXW_CHART_MARKER_CIRCLE : LXW_CHART_MARKER_DIAMOND);
	chart_series_set_marker_size(x, own ? 6 : 4);
	chart_series_set_marker_fill(x, &fill);
	line.dash_type = LXW_CHART_LINE_DASH_SOLID;
	line.width = 0.75f;
	chart_series_set_marker_line(x, &line);
}

/* A line for every run of years that may be joined. */
static void lines(struct gallery *g, lxw_chart *c, lxw_col_t col, lxw_color_t ink, const char *key,
		  struct strokes *all)
{
	const struct section *s = g->s;

	for (size_t i = 0; i < s->runs && col != NO_COLUMN; i++) {
		lxw_chart_series *x = series(c, &s->years, s->run[i].first, s->run[i].last, col);

		stroke(x, ink, ink == COLOUR_SELF, s->run[i].dashed);
		chart_series_set_name(x, words(g, section_words(s, key)));
		if (i)
			all->again[all->n_again++] = all->n;
		all->n++;
	}
}

static void years(struct gallery *g)
{
	const struct extent *e = &g->s->years;
	struct strokes all = {.again = arena_new(g->s->arena, 4 * g->s->runs + 1, sizeof(int16_t))};
	lxw_chart *c = e->page ? begin(g, LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS, e) : NULL;

	if (!c)
		return;
	lines(g, c, e->values, COLOUR_SELF, "book.series.own", &all);
	lines(g, c, e->low, 0xE59AA7, "book.head.low", &all);
	lines(g, c, e->high, 0xE59AA7, "book.head.high", &all);
	lines(g, c, e->middle, 0x5B6470, g->s->o->answers ? "head.nation" : "head.national.median",
	      &all);
	all.again[all.n_again] = -1;
	chart_legend_set_position(c, LXW_CHART_LEGEND_BOTTOM);
	chart_legend_delete_series(c, all.again);
	chart_axis_set_min(c->x_axis, e->least - 1);
	chart_axis_set_max(c->x_axis, e->most + 1);
	chart_axis_set_major_unit(c->x_axis, 1);
	chart_axis_set_num_format(c->x_axis, "0");
	chart_axis_set_min(c->y_axis, e->bottom);
	chart_axis_set_max(c->y_axis, e->top);
	chart_axis_major_gridlines_set_visible(c->x_axis, LXW_FALSE);
	put(g, c, e, WIDE, HIGH);
}

/* The page may be printed on one sheet: the many bars of provinces on the left, the others beside
 * them. */
void workbook_charts(struct section *s)
{
	static const char *const notes[] = {"book.line.charts", "book.line.spans",
					    "book.line.errors", "note.noerror",
					    "note.error",       NULL};
	struct gallery g = {.s = s};
	bool tall = s->ranks.page != NULL;

	if (!s->ranks.page && !s->years.page && !s->items.page && !s->peers.page && !s->losses.page)
		return;
	section_open(s, "book.page.charts", "book.title.charts", notes, &g.page);
	g.row = g.top = (lxw_row_t)g.page.lines + 1;
	if (s->o->answers)
		spans(&g, &s->ranks);
	else
		bars(&g, &s->ranks, LOOK_NUMBER, WIDE);
	g.page.portrait = tall;
	if (tall) {
		g.row = g.top;
		g.col = WIDE / COLUMN + 1;
	}
	years(&g);
	bars(&g, &s->items, LOOK_SIGNED, WIDE);
	bars(&g, &s->peers, LOOK_NUMBER, WIDE);
	bars(&g, &s->losses, LOOK_NUMBER, WIDE);
	page_close(&g.page, 0);
}
