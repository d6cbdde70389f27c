#include "tallies.h"

TestSuite(tally_head, .fini = clean);

static bool read(const char *json, struct tally_head *out, struct diag *why)
{
	return tally_head_read(&arena, span_of(json), (struct place){"t.csv", 2, 1}, out, why);
}

Test(tally_head, what_it_says)
{
	struct diag why = {0};
	struct tally_head h;
	const struct plan *p = &h.plan;

	cr_assert(
		read("{" ABOUT
		     ",\"design\":{\"weight\":\"w\",\"province\":\"\",\"strata\":[\"s\",\"t\"],"
		     "\"units\":[\"p\",\"h\"],\"fpc\":[\"N\"],\"nest\":true},"
		     "\"where\":[{\"column\":\"age\",\"is\":\">=\",\"value\":\"18\"}],"
		     "\"factors\":[\"sex\",\"age\"],\"by\":[\"age\"],\"variables\":["
		     "{\"columns\":[\"q1\",\"q2\"],\"kind\":\"share\",\"counting\":[\"4\",\"5\"]},"
		     "{\"columns\":[\"y\"],\"kind\":\"pair\",\"over\":\"x\"}]," REST
		     ",\"met\":[\"5\"],\"words\":[{\"columns\":[\"q2\"],\"words\":[\"KB\"]}]}",
		     &h, &why),
		"%s", why.item[0].words);
	check_text(h.about.source, "a.csv");
	check_text(h.about.statistic, "rate");
	check_text(tally_plan_design(&arena, &p->design),
		   "--weight w --strata s*t --psu p --ssu h --fpc N --nest");
	cr_assert(eq(sz, p->where.n, 1));
	cr_expect(eq(dbl, p->where.at[0].number, 18));
	cr_expect(eq(int, (int)p->where.at[0].op, (int)WHERE_AT_LEAST));
	cr_expect(eq(sz, p->n_factors, 2));
	cr_assert(eq(sz, h.about.n_by, 1));
	check_text(h.about.by[0], "age");
	cr_assert(eq(sz, p->n_variables, 3));
	check_text(p->variable[1].column, "q2");
	check_text(p->variable[1].counting[1], "5");
	check_text(p->variable[2].over, "x");
	cr_expect(h.met_known);
	cr_expect(not(p->variable[0].met[0]));
	cr_expect(p->variable[0].met[1]);
	cr_expect(eq(sz, p->variable[1].spellings.seen->n, 1));
}

/* Written and read, the words are the same: names with all that JSON escapes. */
Test(tally_head, written_and_read)
{
	static const char name[] = "a\"b\\c\n\t{}[]:, đ <&> $(x)";
	struct text columns[] = {span_of(name)}, counting[] = {span_of("4"), span_of("\"")};
	struct variable v = {.kind = VARIABLE_SHARE,
			     .column = span_of(name),
			     .n_counting = 2,
			     .counting = counting};
	struct factor f = {.column = span_of(name)};
	struct plan p = {.n_variables = 1, .variable = &v, .n_factors = 1, .factor = &f};
	struct tally_about about = {
		.source = span_of(name), .statistic = span_of("rate"), .n_by = 1, .by = columns};
	struct diag why = {0};
	struct tally_head h;
	struct text json;

	p.design.weight = span_of(name);
	p.where = (struct where){1, &(struct condition){.column = span_of(name),
							.value = span_of("x"),
							.op = WHERE_NOT_EQUAL}};
	json = tally_plan_text(&arena, &p, &about);
	cr_assert(tally_head_read(&arena, json, (struct place){"t", 1, 1}, &h, &why), "%s",
		  why.item[0].words);
	check_text(h.plan.design.weight, name);
	check_text(h.plan.variable[0].column, name);
	check_text(h.plan.variable[0].counting[1], "\"");
	check_text(h.plan.where.at[0].column, name);
	check_text(h.about.by[0], name);
	h.about.found = false;
	check_text(tally_plan_text(&arena, &h.plan, &h.about), arena_string(&arena, json));
}

#define WITH(where, factors, by, variables, rest)                                                  \
	"{" ABOUT "," DESIGN ",\"where\":" where ",\"factors\":" factors ",\"by\":" by             \
	",\"variables\":" variables "," rest "}"

static const struct {
	const char *json, *fragment;
} wrong[] = {
	{"", "no JSON object"},
	{"[]", "no JSON object"},
	{"{}", "\"format\""},
	{"{\"format\":\"hailong tally\"}", "version 0; this program knows 1"},
	{"{\"format\":\"hailong tally\",\"version\":2}", "version 2"},
	{"{\"format\":\"hailong tally\",\"version\":1,\"more\":1}", "\"more\" is not known"},
	{"{\"format\":\"hailong tally\",\"version\":1,\"version\":1}", "\"version\" stands twice"},
	{PLAN_OF(SHARE) " x", "no JSON object"},
	{PLAN_OF(""), "nothing is counted"},
	{PLAN_OF("{\"columns\":[\"q\"],\"kind\":\"sum\"}"), "\"kind\" is not known"},
	{PLAN_OF("{\"columns\":[\"q\"],\"kind\":\"share\"}"), "\"counting\" is not a list"},
	{PLAN_OF("{\"columns\":[1],\"kind\":\"number\"}"), "\"columns\" is not a list"},
	{PLAN_OF("{\"columns\":[\"q\",\"q\"],\"kind\":\"number\"}"), "different texts"},
	{WITH("[]", "[]", "[\"sex\"]", "[" NUMBER "]", REST), "not among \"factors\""},
	{WITH("{}", "[]", "[]", "[" NUMBER "]", REST), "\"where\" is not a list"},
	{WITH("[{\"column\":\"a\",\"is\":\"~\",\"value\":\"1\"}]", "[]", "[]", "[" NUMBER "]",
	      REST),
	 "\"where\""},
	{WITH("[{\"column\":\"a\",\"is\":\"<\",\"value\":\"x\"}]", "[]", "[]", "[" NUMBER "]",
	      REST),
	 "\"where\""},
	{WITH("[]", "[1]", "[]", "[" NUMBER "]", REST), "\"factors\""},
	{WITH("[]", "[]", "[]", "[" NUMBER "]",
	      "\"codebook\":\"\",\"design_file\":\"\",\"exact\":1"),
	 "\"exact\" is not true or false"},
	{WITH("[]", "[]", "[]", "[" NUMBER "]",
	      REST ",\"met\":[],\"words\":[{\"columns\":[\"z\"],"
		   "\"words\":[\"a\"]}]"),
	 "not counted"},
};

Test(tally_head, refusals)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct diag why = {0};
		struct tally_head h;

		cr_expect(not(read(wrong[i].json, &h, &why)), "%zu", i);
		check_problem(&why, 0, DIAG_DATA, "t.csv", 2, 1, wrong[i].fragment);
	}
}

/* Levels in the order of files: numbers by size, then words. */
Test(tally_head, order_of_levels)
{
	struct variable v = {.kind = VARIABLE_LEVELS, .levels = dict_new(&arena)};
	static const char *const met[] = {"b", "10", "9", "a"};
	size_t n, *level;

	for (size_t i = 0; i < COUNT(met); i++)
		dict_add(v.levels, 0, span_of(met[i]), NULL);
	level = tally_plan_levels(&arena, &v, &n);
	cr_assert(eq(sz, n, 4));
	cr_expect(eq(sz, level[0], 2));
	cr_expect(eq(sz, level[1], 1));
	cr_expect(eq(sz, level[2], 3));
	cr_expect(eq(sz, level[3], 0));
}
