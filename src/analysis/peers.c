#include "analysis/peers.h"

#include "base/number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct near {
	const struct province *province;
	double distance;
};

static void add(struct arena *a, struct peers *p, const struct province *province)
{
	p->at = arena_grow(a, p->at, p->n, sizeof *p->at);
	p->at[p->n++] = province;
}

/* What the units of a survey are called. */
static const char *unit_words(const struct survey *s, enum lang lang)
{
	static const char *const words[2][LANG__COUNT] = {{"tỉnh, thành phố", "provinces"},
							  {"đơn vị", "units"}};

	return words[s->provinces.own][lang];
}

static void by_region(struct arena *a, const struct survey *s, long year,
		      const struct province *self, struct peers *out)
{
	for (size_t i = 0; i < s->provinces.n; i++) {
		const struct province *p = &s->provinces.at[i];

		if (p != self && province_stands(p, year) && span_equal(p->region, self->region))
			add(a, out, p);
	}
	out->rule[LANG_VI] = arena_format(a, s->provinces.own ? "nhóm %.*s" : "vùng %.*s",
					  SPAN_ARG(self->region_name[LANG_VI]));
	out->rule[LANG_EN] =
		arena_format(a, s->provinces.own ? "the %.*s group" : "the %.*s region",
			     SPAN_ARG(self->region_name[LANG_EN]));
	out->label[LANG_VI] = self->region_name[LANG_VI];
	out->label[LANG_EN] = self->region_name[LANG_EN];
}

static double gap(const struct result *all, long year, struct text item, struct text p,
		  struct text q)
{
	const struct result_row *x = result_find(all, year, item, p),
				*y = result_find(all, year, item, q);

	return x && y ? x->estimate - y->estimate : NAN;
}

/* NaN when a score that the distance needs is missing. */
static double distance(const struct survey *s, const struct result *all, long year,
		       const struct province *p, const struct province *q, bool profile)
{
	const struct item *root =
		structure_find(&s->structure, survey_wave(s, year)->era, span_of(STRUCTURE_ROOT));
	double sum = 0;

	if (!profile)
		return fabs(gap(all, year, root->code, p->code, q->code));
	for (const struct item *k = NULL; (k = structure_child(&s->structure, root, k));) {
		double d = gap(all, year, k->code, p->code, q->code);

		sum += d * d;
	}
	return sqrt(sum);
}

static int by_distance(const void *a, const void *b)
{
	const struct near *p = a, *q = b;

	if (p->distance != q->distance)
		return (p->distance > q->distance) - (p->distance < q->distance);
	return span_compare(p->province->code, q->province->code);
}

static int by_code(const void *a, const void *b)
{
	const struct province *const *p = a, *const *q = b;

	return span_compare((*p)->code, (*q)->code);
}

static bool by_nearness(struct arena *a, const struct survey *s, const struct result *all,
			long year, const struct province *self, long k, bool profile,
			struct peers *out, struct diag *why)
{
	struct near *list = arena_new(a, s->provinces.n, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < s->provinces.n; i++) {
		const struct province *p = &s->provinces.at[i];
		double d = p == self ? NAN : distance(s, all, year, self, p, profile);

		if (province_stands(p, year) && !isnan(d))
			list[n++] = (struct near){p, d};
	}
	if (n == 0)
		return diag_fail(why, DIAG_DATA,
				 "no peers by nearness: in %ld %.*s or every other province lacks "
				 "a score that it needs",
				 year, SPAN_ARG(self->name));
	qsort(list, n, sizeof *list, by_distance);
	for (size_t i = 0; i < n && i < (size_t)k; i++)
		add(a, out, list[i].province);
	out->rule[LANG_VI] =
		arena_format(a, "%zu %s có %s gần nhất", out->n, unit_words(s, LANG_VI),
			     profile ? "các nội dung" : "tổng điểm");
	out->rule[LANG_EN] =
		arena_format(a, "the %zu %s nearest by %s", out->n, unit_words(s, LANG_EN),
			     profile ? "profile" : "total score");
	out->label[LANG_VI] =
		arena_format(a, "%zu %s gần nhất", out->n, s->provinces.own ? "đơn vị" : "tỉnh");
	out->label[LANG_EN] = arena_format(a, "%zu nearest", out->n);
	return true;
}

static bool by_list(struct arena *a, const struct survey *s, long year, const struct province *self,
		    struct text names, struct peers *out, struct diag *why)
{
	const struct province *p;
	struct text name;

	while (span_split(&names, ',', &name)) {
		if (!province_find(a, &s->provinces, name, year, &p, why))
			return false;
		if (p == self || peers_has(out, p->code))
			return diag_fail(why, DIAG_USAGE, "--peers: \"%.*s\" %s", SPAN_ARG(p->name),
					 p != self ? diag_word(why, "is named twice")
					 : s->provinces.own
						 ? diag_word(why, "is the unit itself")
						 : diag_word(why, "is the province itself"));
		add(a, out, p);
	}
	out->rule[LANG_VI] = arena_format(a, "%zu %s được chọn", out->n, unit_words(s, LANG_VI));
	out->rule[LANG_EN] = arena_format(a, "%zu chosen %s", out->n, unit_words(s, LANG_EN));
	out->label[LANG_VI] =
		span_of(s->provinces.own ? "Các đơn vị được chọn" : "Các tỉnh được chọn");
	out->label[LANG_EN] = span_of("Chosen peers");
	return true;
}

/* "nearest:5" or "nearest:5:profile". */
static bool parse_nearest(struct text spec, long *k, bool *profile, struct diag *why)
{
	struct text rest = spec, word, number = {NULL, 0}, kind = {NULL, 0};

	span_split(&rest, ':', &word);
	if (rest.at)
		span_split(&rest, ':', &number);
	if (rest.at)
		span_split(&rest, ':', &kind);
	*profile = span_is(kind, "profile");
	if (span_is(word, "nearest") && !rest.at && number_whole(number, 1, 99, k) &&
	    (!kind.at || *profile || span_is(kind, "total")))
		return true;
	diag_fail(why, DIAG_USAGE, "--peers: \"%.*s\" is not a rule", SPAN_ARG(spec));
	return diag_hint(
		why,
		"rules are region, nearest:5, nearest:5:profile, or names separated by commas");
}

bool peers_choose(struct arena *a, const struct survey *s, const struct result *all, long year,
		  const struct province *self, struct text spec, struct peers *out,
		  struct diag *why)
{
	bool profile;
	long k;

	*out = (struct peers){0};
	if (span_is(spec, "region")) {
		by_region(a, s, year, self, out);
	} else if (span_starts(spec, "nearest")) {
		if (!parse_nearest(spec, &k, &profile, why) ||
		    !by_nearness(a, s, all, year, self, k, profile, out, why))
			return false;
	} else if (!by_list(a, s, year, self, spec, out, why)) {
		return false;
	}
	if (out->n)
		qsort(out->at, out->n, sizeof *out->at, by_code);
	return true;
}

bool peers_has(const struct peers *p, struct text code)
{
	for (size_t i = 0; i < p->n; i++)
		if (span_equal(p->at[i]->code, code))
			return true;
	return false;
}
