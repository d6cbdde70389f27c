#include "cmd/merging.h"

#include "output/narrative.h"
#include "survey/catalog.h"

#include <math.h>

static const enum option only_merged[] = {OPT_POPULATION, OPT_BASE_YEAR, OPT_RENORMALISE};

static bool no_system(const struct session *s, struct diag *why)
{
	for (size_t i = 0; i < sizeof only_merged / sizeof *only_merged; i++)
		if (s->options.value[only_merged[i]]) {
			diag_fail(why, DIAG_USAGE,
				  "--%s says how provinces before a merger are brought together",
				  option_specs[only_merged[i]].name);
			return diag_hint(why, "it needs --system 34");
		}
	return true;
}

static bool find_map(struct session *s, const struct provinces *dated, struct mapping *m,
		     struct diag *why)
{
	const char *value = s->options.value[OPT_SYSTEM];
	long n;

	if (!number_whole(span_of(value), 1, 9999, &n))
		return diag_fail(why, DIAG_USAGE, "--system: \"%s\" is not a number of provinces",
				 value);
	m->dated = dated;
	m->year = province_map_year(dated, n);
	if (!m->year) {
		diag_fail(why, DIAG_USAGE, "--system: there was no map of %ld provinces", n);
		return diag_hint(why, "there are %zu now; hailong list provinces names them",
				 province_count(dated, province_last_change(dated) / 10000));
	}
	province_map(s->arena, dated, m->year, &m->map);
	return true;
}

/* The last year of the file whose units are not those of the map yet; 0 when there is none. */
static long last_before(const struct mapping *m, const struct population *p)
{
	long last = 0;

	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].year > last && p->at[i].year < m->year &&
		    province_count(m->dated, p->at[i].year) != m->map.n)
			last = p->at[i].year;
	return last;
}

static bool choose_base(struct session *s, struct mapping *m, const struct population *p,
			struct diag *why)
{
	const char *value = s->options.value[OPT_BASE_YEAR];

	if (!value) {
		m->base = last_before(m, p);
		return m->base ||
		       diag_at(why, (struct place){p->file, 0, 0}, DIAG_DATA,
			       "no year before the merger, so its parts have no weights");
	}
	if (!number_whole(span_of(value), 1900, 2999, &m->base))
		return diag_fail(why, DIAG_USAGE, "--base-year: \"%s\" is not a year", value);
	for (size_t i = 0; i < p->n; i++)
		if (p->at[i].year == m->base)
			return true;
	diag_fail(why, DIAG_USAGE, "--base-year: %s has no populations of %ld", p->file, m->base);
	return last_before(m, p)
		       ? diag_hint(why, "its last year before the merger is %ld", last_before(m, p))
		       : false;
}

static bool read_weights(struct session *s, struct mapping *m, struct diag *why)
{
	const char *file = s->options.value[OPT_POPULATION];
	struct population *p = arena_new(s->arena, 1, sizeof *p);

	if (!file)
		file = catalog_path(s->arena, s->share, "surveys/provinces/population.csv");
	if (!s->options.value[OPT_POPULATION] && !catalog_is_file(file))
		return !s->options.value[OPT_BASE_YEAR] ||
		       diag_fail(why, DIAG_USAGE,
				 "--base-year is a year of populations, and none are given: "
				 "--population names their file");
	m->people = p;
	return population_read(s->arena, file, m->dated, p, why) && choose_base(s, m, p, why) &&
	       mapping_check(s->arena, m, why);
}

bool merging_asked(struct session *s, const struct provinces *dated, const struct mapping **out,
		   struct diag *why)
{
	struct mapping *m = arena_new(s->arena, 1, sizeof *m);

	*out = NULL;
	if (!s->options.value[OPT_SYSTEM])
		return no_system(s, why);
	m->renormalise = s->options.value[OPT_RENORMALISE] != NULL;
	*out = m;
	return find_map(s, dated, m, why) && read_weights(s, m, why);
}

bool merging_reached(const struct mapping *m, long year, struct diag *why)
{
	if (mapping_reaches(m, year))
		return true;
	diag_fail(why, DIAG_USAGE,
		  "%ld has %zu provinces, which cannot be split into the %zu of before", year,
		  province_count(m->dated, year), m->map.n);
	return diag_hint(why,
			 "leave --system out, or bring the earlier years forward: --system %zu",
			 province_count(m->dated, year));
}

bool merging_province(struct session *s, const struct mapping *m, struct text word,
		      const struct province **out, struct diag *why)
{
	const struct province *unit;
	struct diag own = {.translation = why->translation};

	*out = NULL;
	if (province_find(s->arena, m->dated, word, m->year, &unit, &own)) {
		*out = province_by_code(&m->map, unit->code, m->year);
		return true;
	}
	diag_fail(why, DIAG_USAGE, "%s", own.item[0].words);
	return diag_hint(why, "under --system %zu, --province names one of the %zu", m->map.n,
			 m->map.n);
}

/* ---- words --------------------------------------------------------------------------------- */

/* "NAME (NAME 40,0%, OTHER 60,0%)" of each merged unit, once. */
static struct text units_of(struct session *s, const struct result *r)
{
	struct text all = {"", 0};

	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		bool seen = row->parts[s->lang].n == 0;

		for (size_t k = 0; k < i && !seen; k++)
			seen = span_equal(r->row[k].province, row->province) &&
			       r->row[k].parts[s->lang].n;
		if (!seen)
			all = arena_format(s->arena, "%.*s%s%.*s (%.*s)", SPAN_ARG(all),
					   all.n ? "; " : "", SPAN_ARG(row->province_name),
					   SPAN_ARG(row->parts[s->lang]));
	}
	return all;
}

static bool same_gap(const struct session *s, const struct result_row *p,
		     const struct result_row *q)
{
	return span_equal(p->province, q->province) &&
	       span_equal(p->lacking[s->lang], q->lacking[s->lang]);
}

/* Every reason why a part is missing, once, with the items it holds for. */
static struct text lacking_of(struct session *s, const struct result *r)
{
	struct text all = {"", 0};

	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];
		bool seen = row->lacking[s->lang].n == 0;

		for (size_t k = 0; k < i && !seen; k++)
			seen = same_gap(s, row, &r->row[k]);
		if (seen)
			continue;
		all = arena_format(s->arena, "%.*s%s%.*s (", SPAN_ARG(all), all.n ? "; " : "",
				   SPAN_ARG(row->province_name));
		for (size_t k = i; k < r->n; k++)
			if (same_gap(s, row, &r->row[k]))
				all = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(all),
						   k > i ? ", " : "", SPAN_ARG(r->row[k].item));
		all = arena_format(s->arena, "%.*s): %.*s", SPAN_ARG(all),
				   SPAN_ARG(row->lacking[s->lang]));
	}
	return all;
}

static struct text joined(struct session *s, struct text all, struct text more)
{
	return arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? " " : "",
			    SPAN_ARG(more));
}

struct text merging_note(struct session *s, const struct result *r)
{
	struct text units = units_of(s, r), lacking = lacking_of(s, r), all = {"", 0};
	struct text rule = {"", 0};
	bool ranks = false, answers = false;

	for (size_t i = 0; i < r->n; i++) {
		ranks |= r->row[i].rank_merged ||
			 (r->row[i].rank_from_merged && !isnan(r->row[i].rank_from));
		answers |= r->row[i].merged_by.n &&
			   (!isnan(r->row[i].n) || !isnan(r->row[i].delta_se));
		if (rule.n == 0)
			rule = r->row[i].merged_by;
	}
	if (units.n)
		all = PHRASE_FILL(
			&s->phrases, answers ? "note.merged.answers" : "note.merged",
			{"units", units},
			{"rule",
			 narrative_weights(&(struct narrative){.phrases = &s->phrases}, rule)});
	if (lacking.n)
		all = joined(s, all, PHRASE_FILL(&s->phrases, "note.lacking", {"list", lacking}));
	if (ranks)
		all = joined(s, all, phrase(&s->phrases, "note.rank.merged"));
	return all;
}
