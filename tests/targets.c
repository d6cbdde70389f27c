#include "help.h"

#include "survey/targets.h"

TestSuite(targets, .fini = clean);

#define HEAD "code,criterion,max_points,self_score,appraised_score,survey_score,agency,note\n"
#define MARKS                                                                                      \
	HEAD "1.1,A,2,2,1,,Sở "                                                                  \
	     "A,\n1.2,B,3,3,3,,,\n1,S,5,,,,,\n2,C,4,,,,,\n3.1,P,2,,,,,\n3.1.1,Q,2,1,1,,,\n"

static void check_number(double got, double want)
{
	cr_expect(got == want, "%.17g, want %.17g", got, want);
}

static bool read_targets(const char *bytes, struct targets *out, struct diag *why)
{
	struct criteria *c = arena_new(&arena, 1, sizeof *c);

	static struct provinces all;
	struct criteria_wanted w = {.provinces = &all, .year = 2020};

	cr_assert(provinces_read(&arena, FIXTURES, &all, why));
	w.self = province_by_code(&all, span_of("02"), 2020);
	cr_assert(criteria_read(&arena, file_of("marks.csv", MARKS, sizeof MARKS - 1), &w, c, why));
	return targets_read(&arena, file_of("targets.csv", bytes, strlen(bytes)), c, out, why);
}

Test(targets, read)
{
	struct targets t;
	struct diag why = {0};

	cr_assert(read_targets("code,target,deadline,agency\n1.1,2,30/6,Sở A\n1,5,,\ntotal,8,,\n",
			       &t, &why),
		  "%s", why.item[0].words);
	check_number(targets_find(&t, span_of("1.1"))->points, 2);
	check_text(targets_find(&t, span_of("1.1"))->deadline, "30/6");
	check_number(targets_find(&t, span_of("total"))->points, 8);
	cr_expect(zero(ptr, (void *)targets_find(&t, span_of("2"))));
	cr_expect(zero(ptr, (void *)targets_find(NULL, span_of("2"))));
	cr_expect(zero(sz, why.warnings));
}

Test(targets, wrong_files)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"code,target\n1.1,2.5\n", 2, 5, "2.5 is above the maximum of \"1.1\", 2"},
		{"code,target\ntotal,11.5\n", 2, 7, "11.5 is above the maximum of \"total\", 11"},
		{"code,target\n1.1,-1\n", 2, 5, "\"-1\" is not a target"},
		{"code,target\n1.1,\n", 2, 5, "\"\" is not a target"},
		{"code,target\n3.1,1\n", 2, 1, "\"3.1\" is a subtotal; targets are of criteria"},
		{"code,target\n7,1\n", 2, 1, "no criterion has the code \"7\""},
		{"code,target\n2,1\n2,1\n", 3, 1, "code \"2\" stands twice"},
		{"code,target\n1.1,hai\n", 2, 5, "is not a number"},
		{"code,goal\n1.1,1\n", 1, 1, "no column \"target\""},
	};
	struct targets t;
	struct diag why;

	for (size_t i = 0; i < COUNT(cases); i++) {
		why = (struct diag){0};
		cr_expect(not(read_targets(cases[i].bytes, &t, &why)), "row %zu", i);
		check_problem(&why, 0, DIAG_DATA, "targets.csv", cases[i].line, cases[i].column,
			      cases[i].fragment);
	}
	why = (struct diag){0};
	cr_expect(read_targets("code,target\n1.2,2\n", &t, &why));
	check_problem(&why, 0, DIAG_WARNING, "targets.csv", 2, 5, "below what is reached, 3");
}
