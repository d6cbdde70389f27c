/* tallies.h -- a tally file, written in the test, loaded as `estimate` loads it. */
#ifndef TESTS_TALLIES_H
#define TESTS_TALLIES_H

#include "help.h"

#include "survey/slots.h"
#include "survey/tally_csv.h"
#include "survey/tally_file.h"
#include "survey/tally_order.h"
#include "survey/tally_write.h"

/* The plan of a share (1 counts) and of a number, by sex, of units in strata. */
#define DESIGN                                                                                     \
	"\"design\":{\"weight\":\"w\",\"province\":\"\",\"strata\":[\"s\"],\"units\":[\"p\"],"     \
	"\"fpc\":[],\"nest\":false}"
#define ABOUT                                                                                      \
	"\"format\":\"hailong tally\",\"version\":1,\"survey\":\"\",\"folder\":\"\","              \
	"\"source\":\"a.csv\",\"year\":0,\"era\":\"\",\"simulated\":false,\"statistic\":\"rate\""
#define REST "\"codebook\":\"\",\"design_file\":\"\",\"exact\":true"
#define PLAN_OF(variables)                                                                         \
	"{" ABOUT "," DESIGN ",\"where\":[],\"factors\":[\"sex\"],\"by\":[\"sex\"],"               \
	"\"variables\":[" variables "]," REST "}"
#define SHARE "{\"columns\":[\"q\"],\"kind\":\"share\",\"counting\":[\"1\"]}"
#define NUMBER "{\"columns\":[\"y\"],\"kind\":\"number\"}"
#define LEVELS "{\"columns\":[\"l\"],\"kind\":\"levels\",\"levels\":[\"a\",\"b\"]}"

struct tallied_file {
	struct tally_head head;
	struct plan plan;
	struct answers answers;
	struct tally tally;
	struct diag why;
	bool read;
};

/* JSON as a field of CSV. */
static inline const char *quoted(const char *json)
{
	char *out = arena_new(&arena, 2 * strlen(json) + 3, 1), *at = out;

	for (*at++ = '"'; *json; json++) {
		if (*json == '"')
			*at++ = '"';
		*at++ = *json;
	}
	*at = '"';
	return out;
}

/* A tally CSV: header without `tally`, plan, and parts without their first, blank field. */
static inline const char *tally_csv(const char *plan, const char *header, const char *parts)
{
	struct text s = arena_format(&arena, "tally,%s\n%s", header, quoted(plan)), line;
	struct text rest = span_of(parts);

	for (const char *c = header; *c; c++)
		if (c == header || *c == ',')
			s = arena_format(&arena, "%.*s,", SPAN_ARG(s));
	while (span_split(&rest, '\n', &line) && line.n)
		s = arena_format(&arena, "%.*s\n,%.*s", SPAN_ARG(s), SPAN_ARG(line));
	s = arena_format(&arena, "%.*s\n", SPAN_ARG(s));
	return file_of("t.csv", s.at, s.n);
}

/* Files added to one another, by their factors; everything by part. */
static inline struct tallied_file *tallied(size_t n, const char *const *file)
{
	struct tallied_file *t = arena_new(&arena, 1, sizeof *t);
	struct tally_head *head = arena_new(&arena, n, sizeof *head);
	struct tally_load load;
	size_t *want;

	for (size_t i = 0; i < n; i++)
		if (!(tally_file_is(file[i]) ? tally_file_head : tally_csv_head)(&arena, file[i],
										 &head[i], &t->why))
			return t;
	t->head = head[0];
	want = arena_new(&arena, t->head.plan.n_variables, sizeof *want);
	for (size_t i = 0; i < t->head.plan.n_variables; i++)
		want[i] = i;
	tally_load_plan(&arena, head, want, t->head.plan.n_variables, &t->plan);
	t->plan.margin = arena_new(&arena, 1, sizeof *t->plan.margin);
	t->plan.n_margins = 1;
	t->plan.margin->n = t->plan.n_factors;
	t->plan.by_part = true;
	tally_load_start(&arena, &t->plan, want, &t->answers, &t->tally, &load);
	for (size_t i = 0; i < n; i++)
		if (!tally_head_same(&arena, &head[0], &head[i], &t->why) ||
		    !tally_load_open(&load, &head[i], &t->why) ||
		    !(tally_file_is(file[i]) ? tally_file_read : tally_csv_read)(&load, file[i],
										 &t->why))
			return t;
	t->read = tally_load_finish(&load, &t->why);
	if (t->read)
		tally_finish(&t->tally);
	return t;
}

static inline struct tallied_file *tallied_one(const char *file)
{
	return tallied(1, &file);
}

/* Written as CSV or binary. */
static inline struct text written(const struct tallied_file *t, bool binary, const char *name)
{
	const char *path = file_of(name, "", 0);
	const size_t *order = tally_order(&arena, &t->tally, true);
	FILE *out = fopen(path, "wb");

	cr_assert(out &&
		  (binary ? tally_write : tally_csv_write)(&arena, &t->tally, &t->head.about, order,
							   out) &&
		  fclose(out) == 0);
	return bytes_of(path);
}

/* The moments of a group by the text of its level; of a share the level is not looked at. */
static inline struct moments moments_of(const struct tallied_file *t, const char *sex, size_t v,
					const char *level)
{
	size_t l = level ? dict_find(t->plan.variable[v].levels, 0, span_of(level)) : 0;

	for (size_t c = 0; c < t->answers.cells.index->n; c++)
		if (span_is(t->plan.factor[0].levels->entry[t->answers.cells.at[c].level[0]].name,
			    sex))
			return tally_moments(&t->tally, c, v, l);
	cr_fatal("no group \"%s\"", sex);
	return (struct moments){0};
}

#endif
