#include "analysis/rank.h"
#include "analysis/spread.h"
#include "output/chart_base.h"

#include <math.h>

/* The rows to draw: those with a value, best first. */
static struct result_row *ranked(struct arena *a, const struct result_row *row, size_t n, size_t *m)
{
	struct result all = {0};

	for (size_t i = 0; i < n; i++)
		if (!isnan(row[i].estimate))
			result_add(a, &all, &row[i]);
	rank_sort(&all);
	*m = all.n;
	return all.row;
}

static void words(struct canvas *c, const struct result_row *row, size_t n,
		  const struct result_row *self)
{
	const struct narrative *w = c->order->narrative;
	const struct phrases *p = w->phrases;
	const struct item *item = canvas_item(c->order);
	struct text year = canvas_year(c, c->order->year);
	bool none = !self || isnan(self->rank);

	c->chart->title = PHRASE_FILL(
		p, none ? "rank.title.none" : "rank.title", {"province", c->order->self->name},
		{"rank", none ? year : narrative_rank(w, self->rank, self->n_ranked)},
		{"survey", canvas_subject(c)}, {"year", year});
	c->chart->subtitle = PHRASE_FILL(p, c->order->mono ? "rank.subtitle.mono" : "rank.subtitle",
					 {"item", item->brief[p->lang]}, {"year", year},
					 {"range", canvas_range(c, item)},
					 {"peers", c->order->peers->label[p->lang]});
	c->chart->caption = PHRASE_FILL(p, "rank.caption", {"item", item->brief[p->lang]},
					{"year", year}, {"province", c->order->self->name});
	c->chart->footer = canvas_source(c, row, n);
}

/* The script shows three lines; a longer name ends in an ellipsis. */
static struct text three_lines(struct arena *a, struct text name)
{
	size_t lines, seen = 0;
	struct text folded = plotfile_wrap(a, name, 12, &lines);

	for (size_t i = 0; i < folded.n; i++)
		if (folded.at[i] == '\n' && ++seen == 3)
			return arena_format(a, "%.*s…", (int)i, folded.at);
	return folded;
}

static void groups(struct canvas *c, const struct result_row *row, size_t n)
{
	plotfile_block(&c->plot, "groups", 3);
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i + 1; end < n && span_equal(row[end].group, row[i].group);)
			end++;
		if (row[i].group.n == 0)
			continue;
		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_number(&c->plot, (double)end);
		plotfile_text(&c->plot,
			      three_lines(c->arena,
					  row[i].group_name[c->order->narrative->phrases->lang]));
	}
}

static void rows(struct canvas *c, const struct result_row *row, size_t n)
{
	const struct narrative *w = c->order->narrative;
	static const char *const head[] = {"rank",  "province", "province_name",
					   "score", "group",    "role"};
	struct text cells[6];

	for (size_t i = 0; i < 6; i++)
		cells[i] = span_of(head[i]);
	canvas_csv(c, cells, 6);
	plotfile_block(&c->plot, "rows", 9);
	for (size_t i = 0; i < n; i++) {
		double role = canvas_role(c->order, row[i].province);
		struct text rank = isnan(row[i].rank) ? span_of("–")
						      : arena_format(c->arena, "%.0f", row[i].rank);

		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_number(&c->plot, row[i].estimate);
		plotfile_number(&c->plot, row[i].ci_low);
		plotfile_number(&c->plot, row[i].ci_high);
		plotfile_number(&c->plot, role);
		plotfile_text(&c->plot, rank);
		plotfile_text(&c->plot, row[i].province_name);
		plotfile_text(&c->plot, narrative_number(w, row[i].year, row[i].estimate));
		plotfile_text(&c->plot, row[i].group);
		cells[0] = number_exact(c->arena, row[i].rank);
		cells[1] = row[i].province;
		cells[2] = row[i].province_name;
		cells[3] = number_exact(c->arena, row[i].estimate);
		cells[4] = row[i].group;
		cells[5] = span_of(role == 1 ? "highlight" : role == 2 ? "peer" : "other");
		canvas_csv(c, cells, 6);
	}
}

static void alt(struct canvas *c, const struct result_row *row, size_t n)
{
	const struct narrative *w = c->order->narrative;
	const struct result_row *first = &row[0], *last = &row[0];

	for (size_t i = 1; i < n; i++) { /* printed ranks need not follow the scores */
		first = row[i].estimate > first->estimate ? &row[i] : first;
		last = row[i].estimate < last->estimate ? &row[i] : last;
	}
	c->chart->alt = PHRASE_FILL(w->phrases, row[0].complete ? "rank.alt" : "rank.alt.sparse",
				    {"title", c->chart->title}, {"subtitle", c->chart->subtitle},
				    {"first", first->province_name},
				    {"high", narrative_value(w, first->year, first->estimate)},
				    {"last", last->province_name},
				    {"low", narrative_value(w, last->year, last->estimate)});
}

bool chart_rank(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	size_t n, m;
	const struct result_row *all = result_group(o->all, o->year, o->item, &n);
	struct result_row *row = ranked(a, all, n, &m);
	const struct phrases *p = o->narrative->phrases;
	struct spread s = spread_national(a, o->all, o->year, o->item);
	struct canvas c;

	if (m == 0)
		return diag_fail(why, DIAG_DATA, "no scores of %ld to rank", o->year);
	if (!canvas_open(a, o, out, &c, why))
		return false;
	words(&c, all, n, result_find(o->all, o->year, o->item, o->self->code));
	/* 63 rows of 9 points and a caption fill a page of a document */
	double pitch = o->report ? (m > 30 ? 3.2 : 4.6) : (m > 30 ? 4.1 : 5.0);

	struct axis axis = axis_for(s.min, s.max, 8);

	canvas_page(&c, o->report ? 160 : 200,
		    c.line * (2.8 + (m > 30) + o->report) + pitch * (double)m);
	if (all[0].complete) {
		plotfile_key_number(&c.plot, "median", s.median);
		plotfile_key(
			&c.plot, "median_label",
			PHRASE_FILL(p, "chart.median",
				    {"value", narrative_number(o->narrative, o->year, s.median)}));
	}
	plotfile_key(&c.plot, "head_rank", phrase(p, "head.rank"));
	plotfile_key(&c.plot, "head_label", phrase(p, "head.province"));
	plotfile_key(&c.plot, "head_value", phrase(p, "head.score"));
	if (o->report)
		plotfile_key(&c.plot, "xlabel", canvas_item(o)->name[p->lang]);
	plotfile_key_number(&c.plot, "xmin", axis.low);
	plotfile_key_number(&c.plot, "xmax", axis.high);
	plotfile_axis(&c.plot, "xtics", axis, p->lang);
	rows(&c, row, m);
	groups(&c, row, m);
	alt(&c, row, m);
	return canvas_close(&c, why);
}
