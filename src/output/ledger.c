#include "output/ledger.h"

#include "base/mark.h"

#include <math.h>

/* What files call a measure, and whether it is the row's figure as it was read (its line) or
 * of the earlier year. */
static const struct {
	const char *name;
	enum { OF_YEAR, OF_EARLIER, OF_MANY, OF_TARGET } of;
} measures[MEASURE__COUNT] = {
	[MEASURE_RESULT] = {"result", OF_YEAR},
	[MEASURE_RESULT_FROM] = {"result", OF_EARLIER},
	[MEASURE_DIFFERENCE] = {"difference", OF_YEAR},
	[MEASURE_GAP] = {"gap", OF_YEAR},
	[MEASURE_BOUND] = {"bound", OF_YEAR},
	[MEASURE_RANK] = {"rank", OF_YEAR},
	[MEASURE_RANK_FROM] = {"rank", OF_EARLIER},
	[MEASURE_RANKED] = {"units_ranked", OF_MANY},
	[MEASURE_RANKED_FROM] = {"units_ranked", OF_MANY},
	[MEASURE_RANK_CHANGE] = {"rank_change", OF_YEAR},
	[MEASURE_RANK_LIMIT] = {"rank_limit", OF_MANY},
	[MEASURE_GROUP_RANK] = {"rank_in_group", OF_YEAR},
	[MEASURE_GROUP] = {"units_in_group", OF_MANY},
	[MEASURE_RANK_AFTER] = {"rank_regained", OF_YEAR},
	[MEASURE_LIMIT] = {"limit", OF_MANY},
	[MEASURE_DIFFERENCE_LIMIT] = {"difference_limit", OF_MANY},
	[MEASURE_LEVEL] = {"level", OF_MANY},
	[MEASURE_MEDIAN] = {"median", OF_MANY},
	[MEASURE_MEAN] = {"mean", OF_MANY},
	[MEASURE_MEAN_CHANGE] = {"mean_change", OF_MANY},
	[MEASURE_WORST] = {"worst", OF_MANY},
	[MEASURE_BEST] = {"best", OF_MANY},
	[MEASURE_MAXIMUM] = {"maximum", OF_YEAR},
	[MEASURE_SELF] = {"self_score", OF_YEAR},
	[MEASURE_LOST] = {"lost", OF_YEAR},
	[MEASURE_SHARE] = {"share", OF_YEAR},
	[MEASURE_RUNNING] = {"running_share", OF_MANY},
	[MEASURE_TARGET] = {"target", OF_TARGET},
	[MEASURE_SAMPLE] = {"sample", OF_MANY},
	[MEASURE_COUNT] = {"count", OF_MANY},
	[MEASURE_DF] = {"degrees_of_freedom", OF_MANY},
	[MEASURE_DESIGN] = {"design_effect", OF_MANY},
	[MEASURE_PERCENTILE] = {"percentile", OF_MANY},
	[MEASURE_UNKNOWN] = {"number", OF_MANY},
};

const char *measure_name(enum measure what)
{
	return measures[what].name;
}

static void take_row(struct ledger_entry *e, const struct result_row *row)
{
	bool earlier = measures[e->what].of == OF_EARLIER || e->what == MEASURE_RANKED_FROM;

	e->year = earlier ? row->year_from : row->year;
	e->year_from = earlier ? 0 : row->year_from;
	e->province = row->province;
	e->domain = row->domain;
	e->item = row->item;
	e->stat = row->stat;
	e->method = row->method;
	e->source = row->source;
	e->n = row->n;
	e->file = row->file;
	e->estimated = !isnan(row->se) || !isnan(row->n);
	e->printed = row->rank_printed;
	if (measures[e->what].of == OF_YEAR)
		e->line = row->line;
	if (measures[e->what].of == OF_EARLIER)
		e->line = row->line_from;
	if (measures[e->what].of == OF_TARGET) {
		e->file = row->target_file;
		e->line = row->target_line;
	}
}

struct text ledger_mark(struct ledger *l, const struct survey *s, const struct measured *of,
			double value, struct text shown)
{
	struct ledger_entry *e;

	l->at = arena_grow(l->arena, l->at, l->n, sizeof *l->at);
	e = &l->at[l->n];
	*e = (struct ledger_entry){.shown = shown,
				   .value = value,
				   .what = of->what,
				   .survey = s,
				   .n = NAN,
				   .among = of->among};
	if (of->row)
		take_row(e, of->row);
	return mark_put(l->arena, l->n++, shown);
}
