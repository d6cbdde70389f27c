#include "output/page_data.h"

#include "analysis/change.h"
#include "analysis/peers.h"

#include <math.h>
#include <stdlib.h>

#define NEAREST "nearest:5"

/* What explore.js says, by key. */
static const char *const words[] = {
	"chart.missing",
	"chart.rank",
	"chart.source",
	"chart.withheld",
	"delta.down.clear",
	"delta.up.clear",
	"head.code",
	"head.group",
	"head.interval",
	"head.item",
	"head.mark",
	"head.national.median",
	"head.province",
	"head.rank",
	"head.rank.delta",
	"head.rank.set",
	"web.division",
	"head.score",
	"head.verdict",
	"head.year",
	"note.error",
	"note.noerror",
	"note.printed",
	"note.rounding",
	"note.sets.method",
	"note.simulated",
	"note.sparse",
	"simulated.banner",
	"simulated.mark",
	"strip.median",
	"trend.no",
	"trend.warn",
	"unit.delta.percent",
	"unit.points",
	"value.percent",
	"value.points",
	"verdict.down",
	"verdict.unclear",
	"verdict.up",
	"web.band",
	"web.care",
	"web.caution",
	"web.change",
	"web.change.none",
	"web.change.note",
	"web.change.since",
	"web.change.title",
	"web.choose",
	"web.chosen",
	"web.compare.note",
	"web.controls",
	"web.count",
	"web.csv",
	"web.csv.high",
	"web.csv.low",
	"web.csv.of",
	"web.csv.rank.high",
	"web.csv.rank.low",
	"web.empty",
	"web.filter",
	"web.item",
	"web.items.title",
	"web.keys",
	"web.language",
	"web.merged",
	"web.nearest",
	"web.none",
	"web.noprovince",
	"web.notes",
	"web.other",
	"web.peers",
	"web.peers.label",
	"web.previous",
	"web.profile.note",
	"web.profile.note.error",
	"web.profile.title",
	"web.province",
	"web.rank.note",
	"web.rank.note.error",
	"web.rank.title",
	"web.rank.title.sparse",
	"web.region",
	"web.same",
	"web.search",
	"web.series.title",
	"web.simulated",
	"web.since",
	"web.sources",
	"web.survey",
	"web.svg",
	"web.table.title",
	"web.title",
	"web.trend.note",
	"web.trend.title",
	"web.unlisted",
	"web.verdict.families",
	"web.whisker",
	"web.year",
	"word.incomparable",
	"word.nodata",
	"word.unpublished",
	"word.withheld",
};

static cJSON *text_of(struct arena *a, struct text s)
{
	return cJSON_CreateString(arena_string(a, s));
}

static void add_text(struct arena *a, cJSON *o, const char *name, struct text s)
{
	cJSON_AddItemToObject(o, name, text_of(a, s));
}

/* [vi, en] */
static cJSON *pair_of(struct arena *a, const struct text both[LANG__COUNT])
{
	cJSON *list = cJSON_CreateArray();

	for (int l = 0; l < LANG__COUNT; l++)
		cJSON_AddItemToArray(list, text_of(a, both[l]));
	return list;
}

static void add_pool(cJSON *o, const char *name, const struct page_pool *p)
{
	cJSON *list = cJSON_AddArrayToObject(o, name);

	for (size_t i = 0; i < p->n; i++)
		cJSON_AddItemToArray(list, pair_of(p->arena, p->at[i].words));
}

/* ---- words --------------------------------------------------------------------------------- */

static cJSON *words_of(struct arena *a, const struct phrases *phrases)
{
	cJSON *o = cJSON_CreateObject();

	for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
		struct text both[LANG__COUNT];
		struct phrases p = *phrases;

		for (int l = 0; l < LANG__COUNT; l++) {
			p.lang = (enum lang)l;
			both[l] = phrase(&p, words[k]);
		}
		cJSON_AddItemToObject(o, words[k], pair_of(a, both));
	}
	return o;
}

/* Surveys of provinces share their words; those of other units speak otherwise. */
static void add_words(struct arena *a, cJSON *all, const struct page_order *o, size_t i)
{
	size_t k = 0;

	while (o->survey[k].narrative.phrases->at != o->survey[i].narrative.phrases->at)
		k++;
	cJSON_AddItemToArray(all, k == i ? words_of(a, o->survey[i].narrative.phrases)
					 : cJSON_CreateNumber((double)k));
}

/* ---- units --------------------------------------------------------------------------------- */

static bool is_listed(const struct page_survey *s, long year, const struct province *p)
{
	for (size_t i = 0; i < s->all->n; i++)
		if (s->all->row[i].year == year && span_equal(s->all->row[i].province, p->code))
			return true;
	return false;
}

/* The units of a year: all that stand, and what its table lists besides. By code. */
static const struct province **units_of(struct arena *a, const struct page_survey *s, long year,
					size_t *n)
{
	const struct provinces *all = &s->narrative.survey->provinces;
	const struct province **out = arena_new(a, all->n, sizeof *out);

	*n = 0;
	for (size_t i = 0; i < all->n; i++) {
		const struct province *p = &all->at[i];

		if (province_by_code(all, p->code, year) == p &&
		    (province_stands(p, year) || is_listed(s, year, p)))
			out[(*n)++] = p;
	}
	return out;
}

/* [code, name, position of its region, folded spellings]; every unit of every time. */
static void add_units(struct arena *a, cJSON *o, const struct page_survey *s)
{
	const struct provinces *all = &s->narrative.survey->provinces;
	struct page_pool regions = {.arena = a};
	cJSON *list = cJSON_AddArrayToObject(o, "units");

	for (size_t i = 0; i < all->n; i++) {
		const struct province *p = &all->at[i];
		cJSON *unit = cJSON_CreateArray();
		struct text keys = {"", 0};

		for (size_t k = 0; k < p->n_keys; k++)
			keys = arena_format(a, "%.*s%s%.*s", SPAN_ARG(keys), k ? " " : "",
					    SPAN_ARG(p->keys[k]));
		cJSON_AddItemToArray(unit, text_of(a, p->code));
		cJSON_AddItemToArray(unit, text_of(a, p->name));
		cJSON_AddItemToArray(unit,
				     cJSON_CreateNumber(page_pool_add(&regions, p->region_name)));
		cJSON_AddItemToArray(unit, text_of(a, keys));
		cJSON_AddItemToArray(list, unit);
	}
	add_pool(o, "regions", &regions);
}

/* ---- items --------------------------------------------------------------------------------- */

static cJSON *limit(double x)
{
	return isnan(x) ? cJSON_CreateNull() : cJSON_CreateNumber(x);
}

/* By era: [code, depth, [names], [short names], least, most], parents before their parts. */
static void add_eras(struct arena *a, cJSON *o, const struct survey *s)
{
	cJSON *eras = cJSON_AddArrayToObject(o, "eras");

	for (size_t e = 0; e < s->n_eras; e++) {
		cJSON *list = cJSON_CreateArray();

		for (size_t i = 0; i < s->structure.n; i++) {
			const struct item *k = &s->structure.at[i];
			cJSON *item;

			if (!span_equal(k->era, s->era[e]))
				continue;
			item = cJSON_CreateArray();
			cJSON_AddItemToArray(item, text_of(a, k->code));
			cJSON_AddItemToArray(item, text_of(a, k->parent));
			cJSON_AddItemToArray(item, cJSON_CreateNumber((double)k->depth));
			cJSON_AddItemToArray(item, pair_of(a, k->name));
			cJSON_AddItemToArray(item, pair_of(a, k->brief));
			cJSON_AddItemToArray(item, limit(k->min));
			cJSON_AddItemToArray(item, limit(k->max));
			cJSON_AddItemToArray(list, item);
		}
		cJSON_AddItemToArray(eras, list);
	}
}

/* ---- years --------------------------------------------------------------------------------- */

/* --peers as a rule of nearness, else five. */
static struct text nearness(const struct page_order *o)
{
	return span_starts(o->peers, "nearest:") ? o->peers : span_of(NEAREST);
}

/* Who is near whom: for each unit the positions of its peers, or none. */
static void add_near(cJSON *out, const struct page_wave *w, struct text rule)
{
	cJSON *all = cJSON_AddArrayToObject(out, "near");
	const struct survey *s = w->survey->narrative.survey;

	for (size_t i = 0; i < w->n; i++) {
		cJSON *list = cJSON_CreateArray();
		struct peers peers = {0};
		struct diag ignored = {0};

		if (!peers_choose(w->arena, s, w->survey->all, w->wave->year, w->unit[i], rule,
				  &peers, &ignored))
			peers.n = 0;
		for (size_t k = 0; k < w->n; k++)
			if (peers_has(&peers, w->unit[k]->code))
				cJSON_AddItemToArray(list, cJSON_CreateNumber((double)k));
		cJSON_AddItemToArray(all, list);
	}
}

static void add_positions(cJSON *o, const struct page_wave *w)
{
	cJSON *list = cJSON_AddArrayToObject(o, "units");
	const struct province *first = w->survey->narrative.survey->provinces.at;

	for (size_t i = 0; i < w->n; i++)
		cJSON_AddItemToArray(list, cJSON_CreateNumber((double)(w->unit[i] - first)));
}

static void add_items(cJSON *o, const struct page_wave *w)
{
	const struct structure *s = &w->survey->narrative.survey->structure;
	cJSON *items = cJSON_AddObjectToObject(o, "items");

	for (size_t i = 0; i < s->n; i++) {
		cJSON *cells = span_equal(s->at[i].era, w->wave->era) ? page_cells(w, s->at[i].code)
								      : NULL;

		if (cells)
			cJSON_AddItemToObject(items, arena_string(w->arena, s->at[i].code), cells);
	}
}

/* Changes of every item of a unit, for verdicts; only estimates have them. */
static void find_families(struct page_wave *w)
{
	struct result *r;

	if (!w->wave->answers || !w->from)
		return;
	r = arena_new(w->arena, w->n, sizeof *r);
	for (size_t i = 0; i < w->n; i++)
		change_province(w->arena, w->survey->narrative.survey, w->survey->all,
				w->unit[i]->code, w->from, w->wave->year, &r[i]);
	w->families = r;
}

/* The level of the intervals of the year: "95"; "" without. */
static struct text level_of(const struct page_survey *s, long year)
{
	for (size_t i = 0; i < s->all->n; i++)
		if (s->all->row[i].year == year && !isnan(s->all->row[i].level))
			return narrative_level(&s->narrative, s->all->row[i].level);
	return (struct text){"", 0};
}

static bool is_any(const struct page_survey *s, long year)
{
	for (size_t i = 0; i < s->all->n; i++)
		if (s->all->row[i].year == year)
			return true;
	return false;
}

static cJSON *wave_of(struct arena *a, const struct page_order *order, struct page_wave *w)
{
	cJSON *o = cJSON_CreateObject();

	w->unit = units_of(a, w->survey, w->wave->year, &w->n);
	find_families(w);
	cJSON_AddNumberToObject(o, "year", (double)w->wave->year);
	cJSON_AddNumberToObject(o, "era", (double)w->wave->era_order);
	cJSON_AddItemToObject(o, "title", pair_of(a, w->wave->title));
	cJSON_AddItemToObject(o, "publisher", pair_of(a, w->wave->publisher));
	cJSON_AddNumberToObject(o, "percent", w->wave->unit == UNIT_PERCENT);
	cJSON_AddNumberToObject(o, "decimals", w->wave->decimals);
	if (w->wave->simulated)
		cJSON_AddNumberToObject(o, "simulated", 1);
	if (w->wave->answers)
		add_text(a, o, "level", level_of(w->survey, w->wave->year));
	add_positions(o, w);
	add_near(o, w, nearness(order));
	add_items(o, w);
	return o;
}

static void add_waves(struct arena *a, cJSON *o, const struct page_order *order,
		      const struct page_survey *s, struct page_pool *reasons)
{
	const struct survey *survey = s->narrative.survey;
	cJSON *list = cJSON_AddArrayToObject(o, "waves");
	long from = 0;

	for (size_t i = 0; i < survey->n_waves; i++) {
		struct page_wave w = {.arena = a,
				      .survey = s,
				      .wave = &survey->wave[i],
				      .from = from,
				      .reasons = reasons};

		if (!is_any(s, w.wave->year))
			continue;
		cJSON_AddItemToArray(list, wave_of(a, order, &w));
		from = w.wave->year;
	}
}

/* ---- a survey, and all --------------------------------------------------------------------- */

static cJSON *survey_of(struct arena *a, const struct page_order *order,
			const struct page_survey *s)
{
	const struct survey *survey = s->narrative.survey;
	struct page_pool reasons = {.arena = a};
	cJSON *o = cJSON_CreateObject(), *list;

	add_text(a, o, "id", survey->id);
	add_text(a, o, "name", survey->name);
	cJSON_AddItemToObject(o, "sets", pair_of(a, s->sets));
	cJSON_AddItemToObject(o, "notes", pair_of(a, s->notes));
	list = cJSON_AddArrayToObject(o, "groups");
	for (size_t g = 0; g < survey->structure.n_groups; g++)
		cJSON_AddItemToArray(list, pair_of(a, survey->structure.group[g].name));
	add_units(a, o, s);
	add_eras(a, o, survey);
	add_waves(a, o, order, s, &reasons);
	add_pool(o, "reasons", &reasons);
	return o;
}

/* What the page opens with. Names in --peers are chosen provinces. */
static bool add_start(struct arena *a, cJSON *all, const struct page_order *o, struct diag *why)
{
	const struct page_survey *s = &o->survey[0];
	const struct survey *survey = s->narrative.survey;
	long year = o->year ? o->year : survey_last_year(survey);
	cJSON *start = cJSON_AddObjectToObject(all, "start"), *chosen;
	const struct province *self = province_by_code(&survey->provinces, o->province, year);
	bool named =
		o->peers.n && !span_is(o->peers, "region") && !span_starts(o->peers, "nearest:");
	struct peers peers = {0};
	struct diag no = {.translation = why->translation};

	/* of every rule, so that a wrong one is told; a unit without neighbours is none */
	if (o->peers.n && self &&
	    !peers_choose(a, survey, s->all, year, self, o->peers, &peers, &no) &&
	    no.worst != DIAG_DATA) {
		diag_append(why, &no);
		return false;
	}
	add_text(a, start, "lang", span_of(o->lang == LANG_VI ? "vi" : "en"));
	add_text(a, start, "province", o->province);
	cJSON_AddNumberToObject(start, "year", (double)year);
	add_text(a, start, "peers",
		 span_of(named                               ? "chosen"
			 : span_starts(o->peers, "nearest:") ? "nearest"
							     : "region"));
	chosen = cJSON_AddArrayToObject(start, "chosen");
	for (size_t i = 0; named && i < peers.n; i++)
		cJSON_AddItemToArray(chosen, text_of(a, peers.at[i]->code));
	return true;
}

/* "<" would end the script that the text stands in. */
static struct text without_tags(struct arena *a, const char *json)
{
	size_t n = strlen(json), less = 0, to = 0;
	char *out;

	for (size_t i = 0; i < n; i++)
		less += json[i] == '<';
	out = arena_new(a, n + 5 * less + 1, 1);
	for (size_t i = 0; i < n; i++)
		if (json[i] == '<') {
			memcpy(out + to, "\\u003c", 6);
			to += 6;
		} else {
			out[to++] = json[i];
		}
	return (struct text){out, to};
}

bool page_json(struct arena *a, const struct page_order *o, struct text *out, struct diag *why)
{
	cJSON *all = cJSON_CreateObject(), *list = cJSON_AddArrayToObject(all, "words");
	bool ok;
	char *json;

	for (size_t i = 0; i < o->n; i++)
		add_words(a, list, o, i);
	list = cJSON_AddArrayToObject(all, "surveys");
	for (size_t i = 0; i < o->n; i++)
		cJSON_AddItemToArray(list, survey_of(a, o, &o->survey[i]));
	ok = add_start(a, all, o, why);
	add_text(a, all, "maker", o->maker);
	json = ok ? cJSON_PrintUnformatted(all) : NULL;
	cJSON_Delete(all);
	if (!json)
		return !ok ? false : diag_fail(why, DIAG_FAILED, "not enough memory for the page");
	*out = without_tags(a, json);
	cJSON_free(json);
	return true;
}
