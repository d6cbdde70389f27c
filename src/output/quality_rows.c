#include "output/quality_rows.h"

#include <math.h>

#define EVERYTHING                                                                                 \
	(struct measures_of)                                                                       \
	{                                                                                          \
		{"", 0}, {"", 0},                                                                  \
		{                                                                                  \
			"", 0                                                                      \
		}                                                                                  \
	}

struct text quality_block_name(struct arena *a, const struct quality *q, size_t block)
{
	const struct quality_block *b = &q->block[block];

	return arena_format(a, "%.*s-%.*s", SPAN_ARG(q->column[b->of[0]].profile.name),
			    SPAN_ARG(q->column[b->of[b->straight.n - 1]].profile.name));
}

static void count(struct measures *m, const char *section, struct measures_of of, const char *name,
		  size_t n)
{
	measures_number(m, section, of, name, (double)n);
}

static double share(size_t n, size_t all)
{
	return all ? (double)n / (double)all : NAN;
}

static void levels(const struct quality_column *c, struct measures *m)
{
	const struct profile *p = &c->profile;
	struct measures_of of = {.column = p->name};
	const struct question *q = p->question;

	for (size_t i = 0; q && i < q->n_levels; i++) {
		of.level = q->level[i].value;
		count(m, "levels", of, "n", p->by_level[i]);
	}
	if ((q && (q->n_levels || q->kind == QUESTION_TEXT)) || p->many || c->use == QUALITY_ID ||
	    c->use == QUALITY_TIME || profile_different(p) > QUALITY_LEVELS)
		return;
	for (size_t i = 0; i < p->seen->n; i++) {
		of.level = p->seen->entry[i].name;
		if (p->value[i].state == PROFILE_VALID)
			count(m, "levels", of, "n", p->value[i].count);
	}
}

static void column(const struct quality_column *c, struct measures *m)
{
	const struct profile *p = &c->profile;
	struct measures_of of = {.column = p->name};

	measures_word(m, "columns", of, "use", span_of(quality_use_name(c->use)));
	if (p->question) {
		measures_word(m, "columns", of, "code", p->question->code);
		measures_word(m, "columns", of, "kind",
			      span_of(codebook_kind_name(p->question->kind)));
	}
	measures_word(m, "columns", of, "content",
		      span_of(profile_content_name(profile_content(p))));
	count(m, "columns", of, "n", p->valid);
	count(m, "columns", of, "missing", profile_missing(p));
	measures_number(m, "columns", of, "missing_share",
			share(profile_missing(p), profile_rows(p)));
	count(m, "columns", of, "blank", p->blank);
	for (size_t i = 0; p->question && i < p->question->n_missing; i++) {
		of.level = p->question->missing[i].value;
		count(m, "columns", of, "coded", p->by_code[i]);
		measures_word(m, "columns", of, "coded_as", p->question->missing[i].reason);
	}
	of.level = (struct text){"", 0};
	count(m, "columns", of, "out_of_range", p->strange);
	measures_number(m, "columns", of, "lowest", p->low);
	measures_number(m, "columns", of, "highest", p->high);
	if (!p->many)
		count(m, "columns", of, "different", profile_different(p));
	levels(c, m);
}

static void missing(const struct quality *q, struct measures *m)
{
	for (size_t i = 0; i < q->n_columns; i++) {
		const struct quality_column *c = &q->column[i];

		for (size_t k = 0; c->use == QUALITY_QUESTION && k < q->coverage.n; k++) {
			size_t n = k < c->n_missing ? c->missing[k] : 0;
			struct measures_of of = {.column = c->profile.name,
						 .province = coverage_code(&q->coverage, k)};

			if (!of.province.n)
				continue;
			count(m, "missing", of, "missing", n);
			measures_number(m, "missing", of, "missing_share",
					share(n, q->coverage.place[k].rows));
		}
	}
	for (size_t i = 0; i < q->n_lacking; i++)
		measures_word(m, "lacking", (struct measures_of){.column = q->lacking[i]->column},
			      "code", q->lacking[i]->code);
}

static void repeats(const struct quality *q, const char *section, struct text name,
		    const struct repeats *r, bool keys, struct measures *m)
{
	struct measures_of of = {.column = name};

	count(m, section, of, "groups", r->n);
	count(m, section, of, "rows", r->n_rows);
	count(m, section, of, "across_provinces", r->across);
	for (size_t g = 0; g < r->n; g++)
		for (size_t i = 0; i < r->group[g].n; i++) {
			const struct repeat_row *row = &r->row[r->group[g].first + i];

			of.level = keys ? r->group[g].key : arena_format(m->arena, "%zu", g + 1);
			of.province = coverage_code(&q->coverage, row->place);
			count(m, section, of, "line", row->line);
		}
}

static void straight_counts(struct measures *m, struct measures_of of,
			    const struct straight_count *c)
{
	count(m, "straight_lining", of, "rows", c->rows);
	count(m, "straight_lining", of, "straight", c->straight);
	measures_number(m, "straight_lining", of, "share", straight_share(c));
}

static void straight(const struct quality *q, struct measures *m)
{
	for (size_t b = 0; b < q->n_blocks; b++) {
		const struct straight *s = &q->block[b].straight;
		struct measures_of of = {.column = quality_block_name(m->arena, q, b)};

		count(m, "straight_lining", of, "questions", s->n);
		straight_counts(m, of, &s->all);
		count(m, "straight_lining", of, "longest_run", s->longest);
		measures_number(m, "straight_lining", of, "mean_longest_run",
				s->all.rows ? s->runs / (double)s->all.rows : NAN);
		for (size_t k = 0; k < s->n_places; k++) {
			of.province = coverage_code(&q->coverage, k);
			if (of.province.n && s->in[k].rows)
				straight_counts(m, of, &s->in[k]);
		}
	}
}

static void pace(const struct quality *q, struct measures *m)
{
	const struct pace *p = &q->pace;

	if (!quality_timed(q))
		return;
	size_t at = q->duration == QUALITY_NO_COLUMN ? q->begin : q->duration;
	struct measures_of of = {.column = q->column[at].profile.name};

	count(m, "pace", of, "n", p->n);
	count(m, "pace", of, "blank", p->blank);
	count(m, "pace", of, "unreadable", p->unread);
	count(m, "pace", of, "end_before_start", p->backward);
	measures_number(m, "pace", of, "lowest", p->lowest);
	measures_number(m, "pace", of, "median", p->median);
	measures_number(m, "pace", of, "highest", p->highest);
	measures_number(m, "pace", of, "limit", PACE_FAST * p->median);
	count(m, "pace", of, "fast", p->all.fast);
	measures_number(m, "pace", of, "fast_share", share(p->all.fast, p->all.n));
	for (size_t k = 0; k < p->n_places; k++) {
		of.province = coverage_code(&q->coverage, k);
		if (of.province.n && p->in[k].n)
			measures_number(m, "pace", of, "fast_share",
					share(p->in[k].fast, p->in[k].n));
	}
}

static void weights(const struct quality *q, struct measures *m)
{
	const struct weights *w = &q->weights;

	if (q->weight == QUALITY_NO_COLUMN)
		return;
	struct measures_of of = {.column = q->column[q->weight].profile.name};

	count(m, "weights", of, "n", w->n);
	count(m, "weights", of, "blank", w->blank);
	count(m, "weights", of, "words", w->words);
	count(m, "weights", of, "zero", w->zeros);
	count(m, "weights", of, "negative", w->negative);
	measures_number(m, "weights", of, "sum", w->sum);
	measures_number(m, "weights", of, "lowest", w->least);
	measures_number(m, "weights", of, "median", w->median);
	measures_number(m, "weights", of, "highest", w->most);
	measures_number(m, "weights", of, "ratio", w->ratio);
	measures_number(m, "weights", of, "kish", w->kish);
	measures_number(m, "weights", of, "largest_share", w->share);
}

static void spread(struct measures *m, const char *const *names, struct sampled_spread s)
{
	measures_number(m, "design", EVERYTHING, names[0], s.least);
	measures_number(m, "design", EVERYTHING, names[1], s.median);
	measures_number(m, "design", EVERYTHING, names[2], s.most);
}

static void design(const struct quality *q, struct measures *m)
{
	static const char *const units[] = {"units_per_stratum_lowest", "units_per_stratum_median",
					    "units_per_stratum_highest"};
	static const char *const rows[] = {"rows_per_unit_lowest", "rows_per_unit_median",
					   "rows_per_unit_highest"};
	const struct sampled *s = &q->sampled;

	count(m, "design", EVERYTHING, "strata", s->strata->n);
	count(m, "design", EVERYTHING, "units", s->n_units);
	count(m, "design", EVERYTHING, "lonely", s->lonely);
	count(m, "design", EVERYTHING, "certain", s->certain);
	spread(m, units, s->in_strata);
	if (!s->named)
		return;
	spread(m, rows, s->in_units);
	count(m, "design", EVERYTHING, "names_in_several_strata", s->n_across);
	count(m, "design", EVERYTHING, "units_in_several_provinces", s->n_moved);
	for (size_t i = 0; i < s->n_moved; i++) {
		const struct sampled_slip *one = &s->moved[i];
		struct measures_of of = {.level = one->name,
					 .province = coverage_code(&q->coverage, one->first)};

		count(m, "design", of, "line", one->first_line);
		of.province = coverage_code(&q->coverage, one->second);
		count(m, "design", of, "line", one->second_line);
	}
}

static void coverage(const struct quality *q, struct measures *m)
{
	const struct coverage *c = &q->coverage;

	if (q->province == QUALITY_NO_COLUMN)
		return;
	for (size_t k = 0; k < c->n; k++) {
		struct measures_of of = {.province = coverage_code(c, k)};

		count(m, "coverage", of, "rows", c->place[k].rows);
		measures_number(m, "coverage", of, "weight_sum", c->place[k].weight);
		measures_number(m, "coverage", of, "missing_share", quality_missing(q, k));
		if (c->list)
			count(m, "coverage", of, "known", c->place[k].province != NULL);
	}
	for (size_t i = 0; i < c->n_spellings; i++) {
		const struct coverage_spelling *s = &c->spelling[i];
		struct measures_of of = {.province = coverage_code(c, s->place), .level = s->words};

		if (c->place[s->place].spellings < 2)
			continue;
		count(m, "coverage", of, "rows", s->rows);
		count(m, "coverage", of, "line", s->line);
	}
	for (size_t i = 0; i < c->n_absent; i++)
		count(m, "coverage", (struct measures_of){.province = c->absent[i]->code}, "absent",
		      1);
}

void quality_rows(const struct quality *q, struct measures *m)
{
	count(m, "file", EVERYTHING, "rows", q->rows);
	count(m, "file", EVERYTHING, "columns", q->n_columns);
	for (size_t i = 0; i < q->n_columns; i++)
		column(&q->column[i], m);
	missing(q, m);
	if (q->id != QUALITY_NO_COLUMN) {
		struct text name = q->column[q->id].profile.name;

		count(m, "ids", (struct measures_of){.column = name}, "blank", q->blank_ids);
		repeats(q, "ids", name, &q->ids, true, m);
	}
	repeats(q, "equal_rows", span_of(""), &q->same, false, m);
	straight(q, m);
	pace(q, m);
	weights(q, m);
	design(q, m);
	coverage(q, m);
}
