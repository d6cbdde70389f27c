#include "cmd/change_groups.h"

#include "cmd/asked.h"
#include "cmd/contrast.h"
#include "cmd/gather.h"
#include "estimate/index.h"
#include "output/table_difference.h"
#include "survey/cells.h"

#include <stdlib.h>
#include <string.h>

/* A group: the year read with its conditions. */
struct asked_group {
	struct text words; /* the conditions */
	struct wave_answers w;
	struct index_groups *items;
};

static bool is_condition(const char *value)
{
	return value && strpbrk(value, "=<>") != NULL;
}

bool change_groups_asked(const struct session *s)
{
	return is_condition(s->options.value[OPT_FROM]) || is_condition(s->options.value[OPT_TO]);
}

static bool read_group(struct session *s, const struct loaded *l, const struct wave *wave,
		       enum option option, const struct estimate_options *o, struct asked_group *g,
		       struct diag *why)
{
	enum index_method method;
	struct where own;

	if (!s->options.value[option] || !is_condition(s->options.value[option]))
		return diag_fail(why, DIAG_USAGE,
				 "--%s: two groups are compared as --from residence=urban --to "
				 "residence=rural",
				 option_specs[option].name);
	if (!load_method(s, &method, why) || !gather_groups(s, &l->survey, wave, &g->w, why) ||
	    !where_parse(s->arena, span_of(s->options.value[option]), &own, why))
		return false;
	where_join(s->arena, &g->w.plan.where, &own);
	g->words = where_words(s->arena, &own);
	if (!index_variables(s->arena, &g->w, method, why) ||
	    !waves_read(s->arena, &g->w, false, why))
		return false;
	if (g->w.answers.selected == 0)
		return diag_fail(why, DIAG_DATA, "a group is empty: %.*s", SPAN_ARG(g->words));
	g->items = index_start(s->arena, &g->w, method, o);
	return true;
}

/* Enters the other group's cell of the same province; false when nobody of it answered. */
static bool enter_same(struct asked_group *g, const struct asked_group *other, size_t cell)
{
	const struct cells *cells = &g->w.answers.cells;
	const struct cell *c = &other->w.answers.cells.at[cell];
	bool all = other->w.plan.margin[0].n == 0;

	for (size_t i = 0; i < cells->index->n; i++)
		if (all || g->w.province[cells->at[i].level[0]] == other->w.province[c->level[0]])
			return index_enter(g->items, i, 0);
	return false;
}

static struct text with_group(struct session *s, struct text domain, struct text words)
{
	return arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(domain), domain.n ? ";" : "",
			    SPAN_ARG(words));
}

static void add_rows(struct session *s, struct asked_group *from, struct asked_group *to,
		     struct result *out)
{
	const struct linear *sample = index_linear(from->items);
	struct overlap *shared = overlap_start(s->arena, sample, sample);
	const struct structure *tree = &to->w.survey->structure;

	for (size_t c = 0; c < to->w.answers.cells.index->n; c++) {
		if (!index_enter(to->items, c, 0) || !enter_same(from, to, c))
			continue;
		for (size_t i = 0; i < tree->n; i++) {
			struct result_row row;

			if (!index_at(to->items, i))
				continue;
			row = index_item(to->items, i);
			row.domain_from = with_group(s, row.domain, from->words);
			row.domain = with_group(s, row.domain, to->words);
			row.comparable = span_of("ok");
			row.covariance = span_of("same-sample");
			contrast_row(shared, from->items, to->items, i, &row);
			result_add(s->arena, out, &row);
		}
	}
}

static void sheet(const struct narrative *n, const struct result *r, struct sheet *out)
{
	table_difference(n->phrases, r, DIFFERENCE_OF_VALUES, -1, out);
}

static int by_province(const void *a, const void *b)
{
	const struct result_row *p = a, *q = b;
	int order = span_compare(p->province, q->province);

	return order ? order : (p->item_order > q->item_order) - (p->item_order < q->item_order);
}

bool change_groups(struct session *s, const struct change_options *o, struct diag *why)
{
	struct estimate_options estimate = {.interval = INTERVAL_LOGIT};
	const struct province *province;
	struct asked_group from = {0}, to = {0};
	struct result all = {.parts = PART_CHANGE}, r;
	struct loaded l;
	bool said;
	long year;

	if (!asked_interval(s, &estimate, why) || !load_read(s, s->options.word[0], &l, why) ||
	    !load_year(s, &l, OPT_YEAR, survey_last_year(&l.survey), &year, why) ||
	    !load_province(s, &l, year, &province, why) ||
	    !read_group(s, &l, survey_wave(&l.survey, year), OPT_FROM, &estimate, &from, why) ||
	    !read_group(s, &l, survey_wave(&l.survey, year), OPT_TO, &estimate, &to, why) ||
	    !gather_warn(s, &estimate, &to.w.answers, why))
		return false;
	add_rows(s, &from, &to, &all);
	if (all.n)
		qsort(all.row, all.n, sizeof *all.row, by_province);
	if (!load_pick(s, &l, year, STRUCTURE_ROOT, province, &all, &r, why))
		return false;
	changes_adjust(s, o, &r);
	if (!load_show(s, &l.narrative, &r, sheet, &said, why))
		return false;
	if (said) {
		changes_say(s, o, &r);
		load_remark(s, &l.narrative, &r);
	}
	return true;
}
