#include "analysis/rank.h"
#include "analysis/spread.h"
#include "output/chart_parts.h"
#include "output/chart_tips.h"

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

/* What the bars are, in words. */
static struct text bars(const struct chart_order *o)
{
	return PHRASE_FILL(o->narrative->phrases,
			   o->narrative->comparison ? "bars.comparison" : "bars.confidence",
			   {"level", canvas_level(o)});
}

/* Of estimates: no rank without its confidence set. */
static void words_of_sets(struct canvas *c, const struct result_row *self)
{
	const struct chart_order *o = c->order;
	const struct narrative *w = o->narrative;
	const struct phrases *p = w->phrases;
	const struct item *item = canvas_item(o);
	struct text set = self ? narrative_rank_set(w, self->rank_low, self->rank_high)
			       : (struct text){"", 0};
	struct field fields[] = {
		{"province", o->self->name},
		{"set", set},
		{"all", set.n ? arena_format(c->arena, "%.0f", self->n_ranked) : set},
		{"survey", canvas_subject(c)},
		{"item", item->brief[p->lang]},
		{"year", canvas_year(c, o->year)},
		{"range", canvas_range(c, item)},
		{"bars", bars(o)},
		{"peers", o->peers->label[p->lang]},
	};
	size_t k = sizeof fields / sizeof *fields;

	facts_no_claim(c->facts);
	if (set.n)
		facts_claim(c->facts, (struct fact_claim){.about = o->item,
							  .estimate = self->rank,
							  .low = self->rank_low,
							  .high = self->rank_high});
	c->chart->title = phrase_fill(p, set.n ? "rank.title.set" : "rank.title.none", fields, k);
	c->chart->subtitle =
		phrase_fill(p, o->mono ? "rank.subtitle.set.mono" : "rank.subtitle.set", fields, k);
	c->chart->caption = phrase_fill(p, "rank.caption.set", fields, k);
}

/* How the sets of ranks were found, and what bars that are no confidence intervals are. */
static struct text how_found(struct canvas *c)
{
	const struct narrative *w = c->order->narrative;
	struct text note = {"", 0};

	if (w->sets.n)
		note = PHRASE_FILL(w->phrases, "note.sets.method",
				   {"level", canvas_level(c->order)}, {"method", w->sets});
	if (!w->comparison)
		return note;
	return parts_join(
		c->arena, note,
		PHRASE_FILL(w->phrases, "note.bars.comparison", {"level", canvas_level(c->order)}));
}

static void words(struct canvas *c, const struct result_row *row, size_t n,
		  const struct result_row *self)
{
	const struct narrative *w = c->order->narrative;
	const struct phrases *p = w->phrases;
	const struct item *item = canvas_item(c->order);
	struct text year = canvas_year(c, c->order->year);
	bool none = !self || isnan(self->rank);

	if (canvas_estimated(c->order)) {
		words_of_sets(c, self);
		parts_footer(c, how_found(c), self, row, n);
		return;
	}
	facts_no_claim(c->facts); /* published: whose error is not known, as the source says */
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

#define GROUP_EM 7 /* width of a group's lines */
#define GROUP_LINES 3

/* In lines that the group's rows have room for; else what stands before the bracket, in one. A name
 * that is too long still ends in an ellipsis. */
static struct text group_words(struct canvas *c, struct text name, double rows)
{
	struct lettering l = canvas_letters(c, c->small, false);
	size_t lines, seen = 0;
	struct text folded = plotfile_wrap(c->arena, name, l, GROUP_EM * c->em, &lines);

	if ((double)(lines - 1) * 0.9 * c->line + 0.8 * c->small * c->em > rows) {
		for (size_t i = 0; i + 1 < name.n; i++)
			if (name.at[i] == ' ' && name.at[i + 1] == '(')
				name.n = i;
		return name;
	}
	for (size_t i = 0; i < folded.n; i++)
		if (folded.at[i] == '\n' && ++seen == GROUP_LINES)
			return arena_format(c->arena, "%.*s…", (int)i, folded.at);
	return folded;
}

/* `pitch`: mm of a row. */
static void groups(struct canvas *c, const struct result_row *row, size_t n, double pitch)
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
			      group_words(c, row[i].group_name[c->order->narrative->phrases->lang],
					  pitch * (double)(end - i)));
	}
}

#define PLAIN_COLUMNS 6

static void csv_head(struct canvas *c)
{
	static const char *const head[] = {"rank",     "province",  "province_name", "score",
					   "group",    "role",      "ci_low",        "ci_high",
					   "rank_low", "rank_high", "flag"};
	struct text cells[sizeof head / sizeof *head];
	size_t n = sizeof head / sizeof *head;

	for (size_t i = 0; i < n; i++)
		cells[i] = span_of(head[i]);
	canvas_plain(c, cells, n, PLAIN_COLUMNS);
}

static void csv_row(struct canvas *c, const struct result_row *row, double role)
{
	struct arena *a = c->arena;
	struct text cells[] = {number_exact(a, row->rank),
			       row->province,
			       row->province_name,
			       number_exact(a, row->estimate),
			       canvas_estimated(c->order) ? span_of("") : row->group,
			       span_of(role == 1   ? "highlight"
				       : role == 2 ? "peer"
						   : "other"),
			       number_exact(a, row->ci_low),
			       number_exact(a, row->ci_high),
			       number_exact(a, row->rank_low),
			       number_exact(a, row->rank_high),
			       result_flags(a, row->flags)};

	canvas_plain(c, cells, sizeof cells / sizeof *cells, PLAIN_COLUMNS);
}

static struct text rank_label(struct canvas *c, const struct result_row *row)
{
	struct text set = narrative_rank_set(c->order->narrative, row->rank_low, row->rank_high);

	if (canvas_estimated(c->order))
		return set.n ? set : span_of("–");
	return isnan(row->rank) ? span_of("–") : arena_format(c->arena, "%.0f", row->rank);
}

static void tip(struct canvas *c, const struct result_row *row, double y, double pitch)
{
	canvas_tip(c, (struct tip){.x = row->estimate,
				   .y = y,
				   .width = pitch,
				   .province = row->province,
				   .item = c->order->item,
				   .words = tips_line(c, row->province_name, tips_value(c, row))});
	canvas_name(c, row->province, canvas_fit(c, row->province_name, CANVAS_NAMES));
}

static void rows(struct canvas *c, const struct result_row *row, size_t n, double pitch)
{
	const struct narrative *w = c->order->narrative;

	csv_head(c);
	plotfile_block(&c->plot, "rows", 9);
	for (size_t i = 0; i < n; i++) {
		double role = canvas_role(c->order, row[i].province);
		struct look look = canvas_role_look(role);

		facts_drawn(c->facts, &row[i]);
		plotfile_number(&c->plot, (double)(i + 1));
		plotfile_number(&c->plot, row[i].estimate);
		plotfile_number(&c->plot, row[i].ci_low);
		plotfile_number(&c->plot, row[i].ci_high);
		plotfile_number(&c->plot, role);
		plotfile_text_as(&c->plot, rank_label(c, &row[i]), look);
		plotfile_text_as(&c->plot, canvas_fit(c, row[i].province_name, CANVAS_NAMES), look);
		plotfile_text_as(&c->plot, narrative_number(w, row[i].year, row[i].estimate), look);
		plotfile_text(&c->plot, row[i].group);
		csv_row(c, &row[i], role);
		tip(c, &row[i], (double)(i + 1), pitch);
	}
}

/* What the standard hides is listed without a value. */
static void csv_hidden(struct canvas *c, const struct result_row *row, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isnan(row[i].estimate) && row[i].flags & FLAG_SUPPRESSED)
			csv_row(c, &row[i], canvas_role(c->order, row[i].province));
}

static void alt(struct canvas *c, const struct result_row *row, size_t n,
		const struct result_row *self)
{
	const struct narrative *w = c->order->narrative;
	const struct result_row *first = &row[0], *last = &row[0];
	bool sets = canvas_estimated(c->order), hidden = !self || isnan(self->ci_low);
	const char *key = sets && hidden    ? "rank.alt.hidden"
			  : sets            ? "rank.alt.set"
			  : row[0].complete ? "rank.alt"
					    : "rank.alt.sparse";

	for (size_t i = 1; i < n; i++) { /* printed ranks need not follow the scores */
		first = row[i].estimate > first->estimate ? &row[i] : first;
		last = row[i].estimate < last->estimate ? &row[i] : last;
	}
	struct field fields[] = {
		{"title", c->chart->title},
		{"subtitle", c->chart->subtitle},
		{"province", c->order->self->name},
		{"first", first->province_name},
		{"high", narrative_value(w, first->year, first->estimate)},
		{"last", last->province_name},
		{"low", narrative_value(w, last->year, last->estimate)},
		{"bar", PHRASE_FILL(w->phrases, w->comparison ? "bar.comparison" : "bar.confidence",
				    {"level", canvas_level(c->order)})},
		{"value", hidden ? span_of("") : narrative_value(w, self->year, self->estimate)},
		{"interval",
		 hidden ? span_of("")
			: narrative_interval(w, self->year, self->ci_low, self->ci_high)},
	};

	c->chart->alt = phrase_fill(w->phrases, key, fields, sizeof fields / sizeof *fields);
}

/* Wide enough for the intervals, where there are any. */
static struct axis axis_over(struct canvas *c, const struct result_row *row, size_t n)
{
	double *x = arena_new(c->arena, 3 * n, sizeof *x);
	struct spread s;

	for (size_t i = 0; i < n; i++) {
		x[3 * i] = row[i].estimate;
		x[3 * i + 1] = row[i].ci_low;
		x[3 * i + 2] = row[i].ci_high;
	}
	s = spread_of(c->arena, x, 3 * n);
	return axis_for(s.min, s.max, 8);
}

/* The line to stand against: the median of provinces, or the country's own value. */
static void reference(struct canvas *c, bool complete)
{
	const struct chart_order *o = c->order;
	bool estimated = canvas_estimated(o);
	double x = estimated ? canvas_nation(o, o->year, o->item)
			     : spread_national(c->arena, o->all, o->year, o->item).median;

	if (estimated ? isnan(x) : !complete)
		return;
	plotfile_key_number(&c->plot, "median", x);
	plotfile_key(&c->plot, "median_label",
		     PHRASE_FILL(o->narrative->phrases, estimated ? "chart.nation" : "chart.median",
				 {"value", narrative_number(o->narrative, o->year, x)}));
}

bool chart_rank(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why)
{
	size_t n, m;
	const struct result_row *all = result_group(o->all, o->year, o->item, &n),
				*self = result_find(o->all, o->year, o->item, o->self->code);
	struct result_row *row = ranked(a, all, n, &m);
	const struct phrases *p = o->narrative->phrases;
	struct canvas c;

	if (m == 0)
		return diag_fail(why, DIAG_DATA, "no scores of %ld to rank", o->year);
	canvas_open(a, o, out, &c);
	words(&c, all, n, self);
	/* 63 rows of 9 points and a caption fill a page of a document */
	double pitch = o->report ? (m > 30 ? 3.2 : 4.6) : (m > 30 ? 4.1 : 5.0);

	struct axis axis = axis_over(&c, row, m);

	canvas_page(&c, o->report ? 160 : 200,
		    c.line * (2.8 + (m > 30) + o->report) + pitch * (double)m);
	reference(&c, all[0].complete);
	plotfile_key(&c.plot, "head_rank",
		     phrase(p, canvas_estimated(o) ? "head.rank.range" : "head.rank"));
	plotfile_key(&c.plot, "head_label", phrase(p, "head.province"));
	plotfile_key(&c.plot, "head_value", phrase(p, "head.score"));
	if (o->report)
		plotfile_key(&c.plot, "xlabel", canvas_item(o)->name[p->lang]);
	plotfile_key_number(&c.plot, "xmin", axis.low);
	plotfile_key_number(&c.plot, "xmax", axis.high);
	plotfile_axis(&c.plot, "xtics", axis, p->lang);
	rows(&c, row, m, pitch);
	if (canvas_estimated(o)) {
		csv_hidden(&c, all, n);
		plotfile_block(&c.plot, "groups", 3); /* by rank, which is not sure */
	} else {
		groups(&c, row, m, pitch);
	}
	alt(&c, row, m, self);
	canvas_close(&c);
	return true;
}
