#include "cmd/change_parts.h"

#include "estimate/contribution.h"

#include <math.h>
#include <string.h>

/* ---- of answers ---------------------------------------------------------------------------- */

static void name_part(struct result_row *row, const struct item *part)
{
	row->item = part->code;
	memcpy(row->item_name, part->name, sizeof row->item_name);
	row->item_order = part->order;
	row->item_depth = part->depth;
	row->stat = span_of("contribution");
}

static void add_contribution(struct arena *a, const struct result_row *whole,
			     const struct contribution *c, bool hidden, struct result *out)
{
	struct result_row row = result_row_init();

	row.survey = whole->survey;
	row.year = whole->year;
	row.year_from = whole->year_from;
	row.province = whole->province;
	row.province_name = whole->province_name;
	row.domain = whole->domain;
	row.flags = whole->flags | (hidden ? FLAG_SUPPRESSED : 0);
	row.method = whole->method;
	row.source = whole->source;
	row.level = whole->level;
	row.comparable = whole->comparable;
	row.covariance = whole->covariance;
	row.merged_from = whole->merged_from;
	row.merged_by = whole->merged_by;
	row.coverage = whole->coverage;
	memcpy(row.lacking, whole->lacking, sizeof row.lacking);
	memcpy(row.parts, whole->parts, sizeof row.parts);
	name_part(&row, c->part);
	row.estimate = c->to;
	row.estimate_from = c->from;
	row.delta = c->amount;
	row.units_shared = isnan(c->amount) ? NAN : (double)c->pair.shared;
	change_error(&row, &c->pair);
	row.relative = row.relative_se = row.relative_low = row.relative_high = NAN;
	result_add(a, out, &row);
}

static bool is_hidden(const struct loaded *l, long year, const struct contribution *c,
		      const struct result_row *whole)
{
	const struct result_row *row = result_find(&l->all, year, c->part->code, whole->province);

	return row && row->flags & FLAG_SUPPRESSED;
}

/* A hidden part could be found from the others and the whole: then none is shown. */
static bool any_hidden(const struct loaded *l, const struct result_row *whole,
		       const struct contribution *c, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_hidden(l, whole->year, &c[i], whole) ||
		    is_hidden(l, whole->year_from, &c[i], whole))
			return true;
	return false;
}

static bool from_answers(struct session *s, const struct loaded *l, enum overlap_method m,
			 const struct result_row *row, struct result *out, struct diag *why)
{
	struct change_years y;
	struct contribution_years years;
	struct contribution *c;
	const char *reason;
	size_t n, from, to;
	bool hidden;

	if (!change_years_start(s->arena, l, row->year_from, row->year, m, &y) ||
	    !change_years_enter(l, &y, row, &from, &to))
		return true; /* a year has no answers of this province: the change says so */
	years = (struct contribution_years){y.was, y.now, y.shared, m};
	c = contribution_find(s->arena, &years, from, to, &n, &reason);
	if (!c)
		return diag_fail(why, DIAG_USAGE, "\"%.*s\" of %ld and %ld: %s",
				 SPAN_ARG(row->item), row->year_from, row->year,
				 diag_word(why, reason));
	hidden = any_hidden(l, row, c, n);
	for (size_t i = 0; i < n; i++) {
		if (hidden)
			c[i] = (struct contribution){
				.part = c[i].part, .from = NAN, .to = NAN, .amount = NAN};
		add_contribution(s->arena, row, &c[i], hidden, out);
	}
	return true;
}

/* ---- of published scores ------------------------------------------------------------------- */

static bool from_scores(struct session *s, const struct loaded *l, const struct result_row *row,
			struct result *out, struct diag *why)
{
	const struct structure *tree = &l->survey.structure;
	const struct item *whole =
		structure_find(tree, survey_wave(&l->survey, row->year)->era, row->item);
	const struct item *part = structure_child(tree, whole, NULL);

	if (!part || whole->aggregation != AGGREGATE_SUM)
		return diag_fail(why, DIAG_USAGE, "\"%.*s\" of %ld: %s", SPAN_ARG(row->item),
				 row->year,
				 part ? diag_word(why, "the item is no sum of its parts")
				      : diag_word(why, "the item has no parts"));
	for (; part; part = structure_child(tree, whole, part)) {
		const struct result_row *now =
			result_find(&l->all, row->year, part->code, row->province);
		struct result_row of;

		if (!now)
			continue;
		of = *now;
		change_row(s->arena, &l->survey, &of,
			   result_find(&l->all, row->year_from, part->code, row->province),
			   row->year_from);
		of.stat = span_of("contribution");
		of.rank = of.rank_from = of.rank_change = NAN;
		result_add(s->arena, out, &of);
	}
	return true;
}

bool changes_contributions(struct session *s, struct loaded *l, enum overlap_method m,
			   const struct result *r, struct result *out, struct diag *why)
{
	*out = (struct result){.parts = r->parts};
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		bool ok = isnan(row->delta) ? true
			  : survey_wave(&l->survey, row->year)->answers
				  ? from_answers(s, l, m, row, out, why)
				  : from_scores(s, l, row, out, why);

		if (!ok)
			return false;
	}
	return out->n || diag_fail(why, DIAG_DATA, "no change is known whose parts could be told");
}
