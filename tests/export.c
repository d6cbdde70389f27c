/* The columns are the contract of ARCHITECTURE.md, section 4. */
#include "help.h"

#include "output/export.h"

#include <cjson/cJSON.h>
#include <math.h>

TestSuite(export, .fini = clean);

#define COMMON                                                                                     \
	"survey,year,province,province_name,domain,item,stat,estimate,se,ci_low,ci_high,level,df," \
	"deff,n,n_eff,flag,method,source"

static struct result one_row(unsigned parts)
{
	struct result r = {.parts = parts};
	struct result_row row = result_row_init();

	row.survey = span_of("papi");
	row.year = 2013;
	row.province = span_of("12");
	row.province_name = span_of("Lai Châu");
	row.item = span_of("total");
	row.stat = span_of("score");
	row.estimate = 0.1 + 0.2;
	row.flags = FLAG_UNPUBLISHED | FLAG_CAUTION;
	row.method = span_of("published:sum");
	row.source = span_of("A, \"B\"\nC");
	row.year_from = 2012;
	row.delta = -3.29;
	row.rank = 62;
	row.rank_from = 59;
	row.rank_change = -3;
	row.n_ranked = 63;
	row.comparable = span_of("ok");
	row.group = span_of("4");
	row.gap_median = -0.5;
	row.rank_in_peers = 2;
	row.max_points = 1.5;
	row.final_points = 1.25;
	row.lost_points = 0.25;
	row.share_of_loss = 0.125;
	row.agency = span_of("Sở Nội vụ");
	row.direct = 40.5;
	row.direct_se = 2.5;
	row.gamma = 0.75;
	row.mse = 4;
	row.reason[LANG_EN] = span_of("few");
	row.self_score = 1.5;
	row.appraisal_gap = -0.25;
	row.criteria = 2;
	row.kind = span_of("assessed");
	row.potential_low = 3;
	row.potential_high = 7;
	row.target = 1.375;
	row.deadline = span_of("30/6");
	row.note = span_of("muộn");
	result_add(&arena, &r, &row);
	return r;
}

static const char *written(const struct result *r, enum fields_format format, bool ok,
			   struct diag *why)
{
	char *bytes = NULL;
	size_t n;
	FILE *out = open_memstream(&bytes, &n);
	const char *copy;

	cr_assert(out != NULL);
	cr_expect(eq(int, export_result(r, format, out, why), ok));
	fclose(out);
	copy = arena_string(&arena, (struct text){bytes, n});
	free(bytes);
	return copy;
}

Test(export, csv)
{
	static const struct {
		unsigned parts;
		const char *head, *tail;
	} cases[] = {
		{0, COMMON "\n", "\n"},
		{PART_CHANGE,
		 COMMON ",year_from,estimate_from,delta,delta_se,delta_low,delta_high,delta_df,"
			"p_value,p_adjusted,verdict,rank,rank_from,rank_change,comparable,"
			"rank_low,rank_high,rank_from_low,rank_from_high,rank_change_low,"
			"rank_change_high,relative,relative_se,relative_low,relative_high,"
			"units_shared,covariance,domain_from\n",
		 ",2012,,-3.29,,,,,,,,62,59,-3,ok,,,,,,,,,,,,,\n"},
		{PART_RANK, COMMON ",rank,n_ranked,rank_low,rank_high,group\n", ",62,63,,,4\n"},
		{PART_COMPARE,
		 COMMON
		 ",peer_median,peer_best,national_median,gap_median,gap_best,rank,rank_in_peers\n",
		 ",,,,-0.5,,62,2\n"},
		{PART_SMALLAREA, COMMON ",direct,direct_se,gamma,mse,synthetic,reason\n",
		 ",40.5,2.5,0.75,4,,few\n"},
		{PART_GAPS,
		 COMMON ",max_points,final_points,lost_points,share_of_loss,agency,"
			"self_score,appraised_score,survey_score,appraisal_gap,cumulative_"
			"share,criteria,kind,potential_rank,potential_low,potential_high,"
			"target,to_target,deadline,target_agency,note,reason\n",
		 ",1.5,1.25,0.25,0.125,Sở Nội "
		 "vụ,1.5,,,-0.25,,2,assessed,,3,7,1.375,,30/6,,muộn,few\n"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct result r = one_row(cases[i].parts);
		struct text want = arena_format(
			&arena,
			"%spapi,2013,12,Lai Châu,,total,score,0.30000000000000004,,,,,,,,,"
			"caution|unpublished,published:sum,\"A, \"\"B\"\"\nC\"%s",
			cases[i].head, cases[i].tail);

		check_string(written(&r, FIELDS_CSV, true, &why), want.at);
	}
}

#define MANY 3000

/* Rows that differ, some with flags or words that need quotes. */
static void make_row(const void *from, size_t i, struct result_row *row)
{
	static const char *const words[] = {"a", "b,c", "d \"e\"", "f\ng"};
	const size_t *tab = from;

	row->survey = span_of(words[tab ? 0 : i % 4]);
	row->domain = tab && (i == tab[0] || i == tab[1]) ? arena_format(&arena, "x\ty %zu", i)
							  : (struct text){"", 0};
	row->estimate = (double)i / 7;
	row->flags = i % 5 ? 0 : FLAG_CAUTION;
}

static bool write_rows(const size_t *tab, enum fields_format format, int threads, const char **out,
		       struct diag *why)
{
	char *bytes = NULL;
	size_t n;
	FILE *to = open_memstream(&bytes, &n);
	bool ok = export_rows(tab, MANY, make_row, PART_ESTIMATE, format, threads, to, why);

	fclose(to);
	*out = arena_string(&arena, (struct text){bytes, n});
	free(bytes);
	return ok;
}

/* The bytes are the same for any number of threads, and so is the row that is told of. */
Test(export, rows_of_several_threads)
{
	static const size_t tab[] = {2300, 700};
	struct result r = {.parts = PART_ESTIMATE};
	struct diag none = {0};
	const char *want, *got;

	for (size_t i = 0; i < MANY; i++) {
		struct result_row row = result_row_init();

		make_row(NULL, i, &row);
		result_add(&arena, &r, &row);
	}
	want = written(&r, FIELDS_CSV, true, &none);
	for (int threads = 1; threads <= 7; threads += 3) {
		struct diag why = {0};

		cr_expect(write_rows(NULL, FIELDS_CSV, threads, &got, &why));
		cr_expect(strcmp(got, want) == 0, "%d threads", threads);
		cr_expect(not(write_rows(tab, FIELDS_TSV, threads, &got, &why)));
		check_problem(&why, 0, DIAG_DATA, "", 0, 0,
			      "a tab or line break inside \"x\ty 700\" cannot be written as TSV");
	}
}

static void make_formula(const void *from, size_t i, struct result_row *row)
{
	(void)from;
	row->survey = span_of(i < 10 ? "a" : i < 11 ? "=1+1" : "@x");
}

/* One note, about the first of them, for any number of threads. */
Test(export, formulas_of_many_rows_are_told_once)
{
	for (int threads = 1; threads <= 7; threads += 3) {
		struct diag why = {0};
		FILE *out = fopen("/dev/null", "w");

		cr_assert(export_rows(NULL, MANY, make_formula, 0, FIELDS_CSV, threads, out, &why));
		fclose(out);
		cr_expect(eq(sz, why.kept, 1), "%d threads", threads);
		check_problem(&why, 0, DIAG_NOTE, "", 0, 0, "\"=1+1\" is written as it is");
	}
}

Test(export, no_rows_give_a_header)
{
	struct result r = {0};
	struct diag why = {0};

	check_string(written(&r, FIELDS_CSV, true, &why), COMMON "\n");
	check_string(written(&r, FIELDS_JSON, true, &why), "[]\n");
}

Test(export, tsv)
{
	static const struct {
		const char *source;
		bool ok;
	} cases[] = {
		{"A, \"B\" <&>", true},
		{"tab\tinside", false},
		{"line\nbreak", false},
		{"\r", false},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct diag why = {0};
		struct result r = one_row(0);
		const char *got;

		r.row[0].source = span_of(cases[i].source);
		got = written(&r, FIELDS_TSV, cases[i].ok, &why);
		if (cases[i].ok)
			cr_expect(strstr(got, "published:sum\tA, \"B\" <&>\n") != NULL, "%s", got);
		else
			check_problem(&why, 0, DIAG_DATA, "", 0, 0, "cannot be written as TSV");
	}
}

/* Read back by a JSON parser: texts whole, numbers equal, what is missing null. */
Test(export, json)
{
	struct diag why = {0};
	struct result r = one_row(PART_CHANGE);
	cJSON *all = cJSON_Parse(written(&r, FIELDS_JSON, true, &why));
	const cJSON *row = cJSON_GetArrayItem(all, 0);

	cr_assert(row != NULL);
	cr_expect(eq(int, cJSON_GetArraySize(all), 1));
	check_string(cJSON_GetObjectItem(row, "source")->valuestring, "A, \"B\"\nC");
	check_string(cJSON_GetObjectItem(row, "province")->valuestring, "12");
	cr_expect(eq(dbl, cJSON_GetObjectItem(row, "estimate")->valuedouble, 0.1 + 0.2));
	cr_expect(eq(int, cJSON_GetObjectItem(row, "year")->valueint, 2013));
	cr_expect(cJSON_IsNull(cJSON_GetObjectItem(row, "se")));
	cr_expect(eq(dbl, cJSON_GetObjectItem(row, "rank_change")->valuedouble, -3));
	cr_expect(zero(ptr, (void *)cJSON_GetObjectItem(row, "n_ranked")), "belongs to PART_RANK");
	cJSON_Delete(all);
}

/* The bytes are for programs and stay what they are; that a spreadsheet would run one is told. */
Test(export, formulas_are_told)
{
	static const enum fields_format formats[] = {FIELDS_CSV, FIELDS_TSV};

	for (size_t i = 0; i < COUNT(formats); i++) {
		struct diag why = {0};
		struct result r = one_row(0);

		r.row->source = span_of("plain");
		written(&r, formats[i], true, &why);
		cr_expect(zero(sz, why.kept));
		r.row->item = span_of("=1+1");
		cr_expect(strstr(written(&r, formats[i], true, &why), "=1+1") != NULL);
		check_problem(&why, 0, DIAG_NOTE, "", 0, 0, "\"=1+1\" is written as it is");
		cr_expect(eq(sz, why.kept, 1));
	}
}
