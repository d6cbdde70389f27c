#include "survey/structure.h"

#include "input/table.h"
#include "survey/catalog.h"

#include <math.h>

struct item_columns {
	size_t era, code, parent, name[LANG__COUNT], brief[LANG__COUNT], min, max, weight,
		aggregation, direction, expectation;
};

static bool find_item_columns(const struct table *t, struct item_columns *c, struct diag *why)
{
	c->brief[LANG_VI] = table_find(t, "short_vi");
	c->brief[LANG_EN] = table_find(t, "short_en");
	c->expectation = table_find(t, "expectation");
	return table_column(t, "era", &c->era, why) && table_column(t, "code", &c->code, why) &&
	       table_column(t, "parent", &c->parent, why) &&
	       table_column(t, "name_vi", &c->name[LANG_VI], why) &&
	       table_column(t, "name_en", &c->name[LANG_EN], why) &&
	       table_column(t, "min", &c->min, why) && table_column(t, "max", &c->max, why) &&
	       table_column(t, "weight", &c->weight, why) &&
	       table_column(t, "aggregation", &c->aggregation, why) &&
	       table_column(t, "direction", &c->direction, why);
}

static struct text either(struct text first, struct text second)
{
	return first.n ? first : second;
}

static bool read_item(struct arena *a, const struct table *t, size_t r,
		      const struct item_columns *c, struct item *out, struct diag *why)
{
	static const char *const aggregations[] = {"sum",      "mean",      "pooled",
						   "weighted", "geometric", "harmonic"};
	static const char *const directions[] = {"up", "down", ""};
	size_t aggregation = AGGREGATE_SUM, direction;

	out->era = table_cell(t, r, c->era);
	out->code = table_cell(t, r, c->code);
	out->parent = table_cell(t, r, c->parent);
	out->expectation = table_cell(t, r, c->expectation);
	for (int l = 0; l < LANG__COUNT; l++)
		out->name[l] = table_cell(t, r, c->name[l]);
	for (int l = 0; l < LANG__COUNT; l++) { /* a name may exist in one language only */
		out->name[l] = either(either(out->name[l], out->name[!l]), out->code);
		out->brief[l] = either(table_cell(t, r, c->brief[l]), out->name[l]);
	}
	if (!table_number(a, t, r, c->min, &out->min, why) ||
	    !table_number(a, t, r, c->max, &out->max, why) ||
	    !table_number(a, t, r, c->weight, &out->weight, why) ||
	    (table_cell(t, r, c->aggregation).n &&
	     !table_choice(t, r, c->aggregation, aggregations, AGGREGATE__COUNT, &aggregation,
			   why)) ||
	    !table_choice(t, r, c->direction, directions, 3, &direction, why))
		return false;
	if (direction == 1)
		return diag_at(why, table_place(t, r, c->direction), DIAG_DATA,
			       "direction \"down\" cannot be ranked yet; \"up\" can");
	if (aggregation == AGGREGATE_SUM && !isnan(out->weight) && out->weight != 1)
		return diag_at(why, table_place(t, r, c->weight), DIAG_DATA,
			       "weight %.*s: a sum takes its parts with weight 1",
			       SPAN_ARG(table_cell(t, r, c->weight)));
	out->aggregation = (enum aggregation)aggregation;
	if (out->min > out->max)
		return diag_at(why, table_place(t, r, c->max), DIAG_DATA,
			       "max %.*s is below min %.*s", SPAN_ARG(table_cell(t, r, c->max)),
			       SPAN_ARG(table_cell(t, r, c->min)));
	return true;
}

/* Every item has its parent before it, every era its root, no code stands twice. */
static bool place_item(const struct table *t, size_t r, const struct item_columns *c,
		       const struct structure *s, struct item *item, struct diag *why)
{
	const struct item *parent;

	if (item->code.n == 0)
		return diag_at(why, table_place(t, r, c->code), DIAG_DATA, "an item needs a code");
	if (structure_find(s, item->era, item->code))
		return diag_at(why, table_place(t, r, c->code), DIAG_DATA,
			       "code \"%.*s\" stands twice in era \"%.*s\"", SPAN_ARG(item->code),
			       SPAN_ARG(item->era));
	if (span_is(item->code, STRUCTURE_ROOT)) {
		if (item->parent.n)
			return diag_at(why, table_place(t, r, c->parent), DIAG_DATA,
				       "the root \"%s\" has no parent", STRUCTURE_ROOT);
		return true;
	}
	parent = structure_find(s, item->era, item->parent);
	if (!parent)
		return diag_at(
			why, table_place(t, r, c->parent), DIAG_DATA,
			"parent \"%.*s\" of \"%.*s\" does not stand above it in era \"%.*s\"",
			SPAN_ARG(item->parent), SPAN_ARG(item->code), SPAN_ARG(item->era));
	item->depth = parent->depth + 1;
	return true;
}

static bool read_items(struct arena *a, const char *file, struct structure *out, struct diag *why)
{
	struct item_columns c;
	struct table t;

	if (!table_read(a, file, true, &t, why) || !find_item_columns(&t, &c, why))
		return false;
	out->at = arena_new(a, t.rows, sizeof *out->at);
	for (size_t r = 0; r < t.rows; r++) {
		struct item *item = &out->at[r];

		item->order = r;
		if (!read_item(a, &t, r, &c, item, why) || !place_item(&t, r, &c, out, item, why))
			return false;
		out->n++;
	}
	return true;
}

static bool read_comparisons(struct arena *a, const char *file, struct structure *out,
			     struct diag *why)
{
	static const char *const names[] = {"code",    "from_era",  "to_era",
					    "verdict", "reason_vi", "reason_en"};
	static const char *const verdicts[] = {"ok", "warn", "no"};
	struct table t;
	size_t c[6], verdict;

	if (!table_read(a, file, false, &t, why))
		return false;
	for (size_t i = 0; i < 6; i++)
		if (!table_column(&t, names[i], &c[i], why))
			return false;
	out->comparison = arena_new(a, t.rows, sizeof *out->comparison);
	out->n_comparisons = t.rows;
	for (size_t r = 0; r < t.rows; r++) {
		struct comparison *k = &out->comparison[r];

		if (!table_choice(&t, r, c[3], verdicts, 3, &verdict, why))
			return false;
		*k = (struct comparison){table_cell(&t, r, c[0]),
					 table_cell(&t, r, c[1]),
					 table_cell(&t, r, c[2]),
					 (enum verdict)verdict,
					 {table_cell(&t, r, c[4]), table_cell(&t, r, c[5])}};
	}
	return true;
}

static bool read_groups(struct arena *a, const char *file, struct structure *out, struct diag *why)
{
	static const char *const names[] = {"group", "rule", "bound", "name_vi", "name_en"};
	static const char *const rules[] = {"quartile", "at_least"};
	struct table t;
	size_t c[5], rule;

	if (!table_read(a, file, true, &t, why))
		return false;
	for (size_t i = 0; i < 5; i++)
		if (!table_column(&t, names[i], &c[i], why))
			return false;
	out->group = arena_new(a, t.rows, sizeof *out->group);
	out->n_groups = t.rows;
	for (size_t r = 0; r < t.rows; r++) {
		struct group *g = &out->group[r];

		g->code = table_cell(&t, r, c[0]);
		g->name[LANG_VI] = table_cell(&t, r, c[3]);
		g->name[LANG_EN] = table_cell(&t, r, c[4]);
		if (!table_choice(&t, r, c[1], rules, 2, &rule, why) ||
		    !table_number(a, &t, r, c[2], &g->bound, why))
			return false;
		g->quartile = rule == 0;
		if (!g->quartile &&
		    (isnan(g->bound) || (r && !(g->bound < out->group[r - 1].bound))))
			return diag_at(why, table_place(&t, r, c[2]), DIAG_DATA,
				       "bounds must be given and fall from the best group on");
	}
	if (out->group[0].quartile && t.rows != 4)
		return diag_at(why, table_place(&t, 0, c[1]), DIAG_DATA,
			       "quartile groups are four, here are %zu rows", t.rows);
	return true;
}

bool structure_default_groups(struct arena *a, const char *share, struct structure *out,
			      struct diag *why)
{
	return read_groups(a, catalog_path(a, share, "surveys/groups.csv"), out, why);
}

bool structure_read(struct arena *a, const char *share, const char *folder, struct structure *out,
		    struct diag *why)
{
	const char *comparability = catalog_path(a, folder, "comparability.csv");
	const char *groups = catalog_path(a, folder, "groups.csv");

	*out = (struct structure){0};
	return read_items(a, catalog_path(a, folder, "structure.csv"), out, why) &&
	       (!catalog_is_file(comparability) || read_comparisons(a, comparability, out, why)) &&
	       (catalog_is_file(groups) ? read_groups(a, groups, out, why)
					: structure_default_groups(a, share, out, why));
}

const struct item *structure_find(const struct structure *s, struct text era, struct text code)
{
	for (size_t i = 0; i < s->n; i++)
		if (span_equal(s->at[i].code, code) && span_equal(s->at[i].era, era))
			return &s->at[i];
	return NULL;
}

const struct item *structure_child(const struct structure *s, const struct item *parent,
				   const struct item *after)
{
	for (size_t i = after ? after->order + 1 : 0; i < s->n; i++)
		if (span_equal(s->at[i].parent, parent->code) &&
		    span_equal(s->at[i].era, parent->era))
			return &s->at[i];
	return NULL;
}

static const struct comparison *stated(const struct structure *s, struct text code,
				       struct text from, struct text to)
{
	for (size_t i = 0; i < s->n_comparisons; i++) {
		const struct comparison *k = &s->comparison[i];

		if (span_equal(k->code, code) && span_equal(k->from_era, from) &&
		    span_equal(k->to_era, to))
			return k;
	}
	return NULL;
}

static struct text not_stated(struct arena *a, struct text from, struct text to, enum lang lang)
{
	if (lang == LANG_VI)
		return arena_format(
			a, "chưa rõ giai đoạn %.*s và giai đoạn %.*s có so sánh được không",
			SPAN_ARG(from), SPAN_ARG(to));
	return arena_format(a, "it is not stated whether %.*s and %.*s can be compared",
			    SPAN_ARG(from), SPAN_ARG(to));
}

enum verdict structure_compare(struct arena *a, const struct structure *s, struct text code,
			       const struct text *eras, size_t from, size_t to, enum lang lang,
			       struct text *reason)
{
	enum verdict worst = VERDICT_OK;
	struct text all = {"", 0};

	for (size_t i = from < to ? from : to, end = from < to ? to : from; i < end; i++) {
		const struct comparison *k = stated(s, code, eras[i], eras[i + 1]);
		enum verdict verdict = k ? k->verdict : VERDICT_WARN;
		struct text words = k ? k->reason[lang] : not_stated(a, eras[i], eras[i + 1], lang);

		if (verdict > worst)
			worst = verdict;
		if (verdict != VERDICT_OK && words.n)
			all = arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
					   SPAN_ARG(words));
	}
	if (reason)
		*reason = all;
	return worst;
}
