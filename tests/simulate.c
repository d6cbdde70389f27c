/* The made folder is read back by the readers of real surveys; what must stand in it is read off
 * tests/data/asked. */
#include "help.h"

#include "input/table.h"
#include "survey/design.h"
#include "survey/simulate.h"

#include <gsl/gsl_errno.h>

static void no_handler(void)
{
	gsl_set_error_handler_off();
}

TestSuite(simulate, .init = no_handler, .fini = clean);

#define ASKED HAILONG_SOURCE_DIR "/tests/data/asked"
#define MOST 16

struct made {
	size_t n;
	struct text name[MOST], bytes[MOST];
	size_t refuse; /* the file (from 1) that cannot be written; 0 = none */
};

static bool keep(void *context, const char *name, struct text bytes, struct diag *why)
{
	struct made *m = context;

	cr_assert(lt(sz, m->n, MOST));
	m->name[m->n] = span_of(name);
	m->bytes[m->n++] = bytes;
	return m->n != m->refuse || diag_fail(why, DIAG_FAILED, "disk full");
}

static bool make(struct simulation s, struct made *out, struct diag *why)
{
	gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
	bool fine;

	gsl_rng_set(random, s.seed);
	fine = simulate_survey(&arena, &s, random, keep, out, why);
	gsl_rng_free(random);
	return fine;
}

static struct simulation asked(void)
{
	static const long years[] = {2022, 2020};

	return (struct simulation){.share = FIXTURES,
				   .folder = ASKED,
				   .year = years,
				   .n_years = 2,
				   .sampling = {4, 3, 0.05, 0.06},
				   .seed = 9};
}

static struct made made_of(struct simulation s)
{
	struct made m = {0};
	struct diag why = {0};

	cr_assert(make(s, &m, &why), "%s", why.item[0].words);
	cr_expect(zero(sz, why.warnings));
	return m;
}

static struct text bytes(const struct made *m, const char *name)
{
	for (size_t i = 0; i < m->n; i++)
		if (span_is(m->name[i], name))
			return m->bytes[i];
	cr_fatal("no file %s", name);
	return span_of("");
}

static const char *on_disk(const struct made *m, const char *name)
{
	return file_of(name, bytes(m, name).at, bytes(m, name).n);
}

Test(simulate, the_files)
{
	static const char *const names[] = {
		"survey.csv",        "structure.csv", "codebook.csv",
		"comparability.csv", "design.csv",    "answers_2020.csv",
		"answers_2022.csv",  "truth.csv",     "SOURCE.md"};
	struct made m = made_of(asked());

	cr_assert(eq(sz, m.n, COUNT(names)));
	for (size_t i = 0; i < COUNT(names); i++)
		check_text(m.name[i], names[i]);
}

/* The publisher's name does not stand on what it did not publish. */
Test(simulate, survey)
{
	struct made m = made_of(asked());

	check_text(bytes(&m, "survey.csv"),
		   "year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note,name,unit,"
		   "decimals,publisher_en,simulated,name_en\n"
		   "2020,A,answers,answers_2020.csv,Chỉ số hỏi (mô phỏng),Asked index (simulated),"
		   "số liệu mô phỏng,,\"số liệu mô phỏng, không phải của người thật\","
		   "HỎI (mô phỏng),percent,1,simulated data,yes,HỎI (simulated)\n"
		   "2022,C,answers,answers_2022.csv,\"Chỉ số \"\"hỏi\"\" (mô phỏng)\","
		   "Asked index (simulated),số liệu mô phỏng,,"
		   "\"số liệu mô phỏng, không phải của người thật\",HỎI (mô phỏng),percent,1,"
		   "simulated data,yes,HỎI (simulated)\n");
}

/* Era B lies between the two years: its verdicts count together; its structure is left out. */
Test(simulate, eras_between_are_not_forgotten)
{
	struct made m = made_of(asked());
	struct simulation one = asked();
	struct table t;
	struct diag why = {0};

	check_text(bytes(&m, "comparability.csv"),
		   "code,from_era,to_era,verdict,reason_vi,reason_en\n"
		   "total,A,C,no,đổi mẫu; đổi phiếu,the sample changed; the form changed\n"
		   "1,A,C,ok,,\n");
	cr_assert(table_read(&arena, on_disk(&m, "structure.csv"), true, &t, &why));
	cr_expect(eq(sz, t.rows, 6 + 3));
	one.n_years = 1;
	m = made_of(one);
	check_text(bytes(&m, "comparability.csv"),
		   "code,from_era,to_era,verdict,reason_vi,reason_en\n");
	cr_assert(table_read(&arena, on_disk(&m, "structure.csv"), true, &t, &why));
	cr_expect(eq(sz, t.rows, 3));
}

/* Only what is asked, with the codes of missing answers. */
Test(simulate, codebook)
{
	struct made m = made_of(asked());
	struct codebook c;
	struct diag why = {0};

	cr_assert(codebook_read(&arena, on_disk(&m, "codebook.csv"), &c, &why), "%s",
		  why.item[0].words);
	cr_expect(eq(sz, c.n, 7 + 4)); /* a11 a12 a2 home sex fav_1 fav_2; c1 c2 home sex */
	cr_expect(zero(ptr, (void *)codebook_column(&c, span_of("A"), span_of("note"))));
	cr_expect(zero(ptr, (void *)codebook_column(&c, span_of("B"), span_of("b1"))));

	const struct question *own = codebook_code(&c, span_of("A"), span_of("1.2")),
			      *sex = codebook_column(&c, span_of("C"), span_of("sex")),
			      *fav = codebook_column(&c, span_of("A"), span_of("fav_2")),
			      *home = codebook_column(&c, span_of("C"), span_of("home"));

	cr_assert(own && sex && fav && home);
	cr_expect(eq(sz, own->n_missing, 1));
	check_text(own->missing[0].reason, "refused");
	cr_expect(eq(sz, own->n_satisfied, 2));
	cr_expect(eq(sz, sex->n_levels, 3)); /* of simulate/codebook.csv */
	cr_expect(eq(sz, sex->n_missing, 2));
	cr_expect(eq(sz, fav->n_missing, 1)); /* x is a level */
	check_text(fav->missing[0].value, "77");
	cr_expect(zero(sz, home->n_missing));
}

/* Every answer is one the codebook knows, and the design names columns of the file. */
Test(simulate, answers_follow_codebook_and_design)
{
	struct made m = made_of(asked());
	struct codebook c;
	struct design d;
	struct table t;
	struct diag why = {0};
	size_t column;

	cr_assert(codebook_read(&arena, on_disk(&m, "codebook.csv"), &c, &why));
	cr_assert(design_read(&arena, on_disk(&m, "design.csv"), &d, &why), "%s",
		  why.item[0].words);
	cr_assert(table_read(&arena, on_disk(&m, "answers_2020.csv"), true, &t, &why));
	check_text(d.weight, "weight");
	check_text(d.province, "province");
	cr_assert(eq(sz, d.n_strata, 2));
	check_text(d.stratum[0], "province");
	check_text(d.stratum[1], "home");
	cr_assert(eq(sz, d.n_units, 1));
	cr_expect(table_column(&t, arena_string(&arena, d.unit[0]), &column, &why));
	cr_expect(not(d.nest));
	for (size_t k = 0; k < t.columns; k++) {
		const struct question *q = codebook_column(&c, span_of("A"), t.name[k]);

		cr_expect(q || k < 5, "%.*s", SPAN_ARG(t.name[k]));
		for (size_t r = 0; r < t.rows && q; r++) {
			struct text x = table_cell(&t, r, k);

			cr_expect(x.n == 0 || question_level(q, x) || question_missing(q, x));
		}
	}
}

/* truth.csv may be given back as the rates of another simulation. */
Test(simulate, truth_goes_round)
{
	struct simulation s = asked();
	struct made first = made_of(s), second;
	struct table t;
	struct diag why = {0};
	size_t nation = 0;

	s.rates = on_disk(&first, "truth.csv");
	s.seed = 10;
	second = made_of(s);
	cr_assert(table_read(&arena, on_disk(&second, "truth.csv"), true, &t, &why));
	for (size_t r = 0; r < t.rows; r++)
		nation += table_cell(&t, r, table_find(&t, "province")).n == 0;
	cr_expect(eq(sz, nation, 5 + 3)); /* total 1 1.1 1.2 2; total 1 2 */
	cr_expect(eq(sz, t.rows, 5 * (1 + 4) + 3 * (1 + 5)));
	cr_expect(not(
		span_equal(bytes(&first, "answers_2020.csv"), bytes(&second, "answers_2020.csv"))));

	struct table u;

	cr_assert(table_read(&arena, on_disk(&first, "truth.csv"), true, &u, &why));
	for (size_t r = 0; r < t.rows; r++)
		if (table_cell(&t, r, 1).n && !span_is(table_cell(&t, r, 2), "total") &&
		    !(span_is(table_cell(&t, r, 2), "1") && span_is(table_cell(&t, r, 0), "2020")))
			cr_expect(span_equal(table_cell(&t, r, 3), table_cell(&u, r, 3)), "row %zu",
				  r);
}

Test(simulate, the_seed_decides_every_byte)
{
	struct simulation s = asked();
	struct made one = made_of(s), again = made_of(s), other;

	s.seed = 10;
	other = made_of(s);
	for (size_t i = 0; i < one.n; i++) {
		bool drawn = span_starts(one.name[i], "answers") || i + 2 >= one.n;

		cr_expect(span_equal(one.bytes[i], again.bytes[i]), "%s", one.name[i].at);
		cr_expect(eq(int, span_equal(one.bytes[i], other.bytes[i]), !drawn), "%s",
			  one.name[i].at);
	}
	cr_expect(strstr(bytes(&one, "SOURCE.md").at,
			 "simulate asked --year 2020,2022 --clusters 4 --size 3 --icc 0.05 "
			 "--nonresponse 0.06 --seed 9 --out") != NULL);
}

Test(simulate, refusals)
{
	static const struct {
		struct sampling s;
		const char *fragment;
	} cases[] = {
		{{1, 3, 0.05, 0.06}, "each of the 2 strata needs one"},
		{{4, 0, 0.05, 0.06}, "at least one person"},
		{{4, 3, 1, 0.06}, "correlation is at least 0 and below 1"},
		{{4, 3, -0.1, 0.06}, "correlation is at least 0 and below 1"},
		{{4, 3, 0.05, 1}, "missing answers is at least 0 and below 1"},
		{{4, 3, 0.05, -1}, "missing answers is at least 0 and below 1"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct simulation s = asked();
		struct made m = {0};
		struct diag why = {0};

		s.sampling = cases[i].s;
		cr_expect(not(make(s, &m, &why)), "row %zu", i);
		cr_expect(zero(sz, m.n), "row %zu", i);
		check_problem(&why, 0, DIAG_USAGE, "", 0, 0, cases[i].fragment);
	}
	struct simulation least = asked();

	least.sampling = (struct sampling){2, 1, 0, 0};
	made_of(least);
}

Test(simulate, nothing_is_written_behind_a_failure)
{
	struct simulation s = asked();
	size_t files = made_of(s).n;

	for (size_t i = 1; i <= files; i++) {
		struct made m = {.refuse = i};
		struct diag why = {0};

		cr_expect(not(make(s, &m, &why)), "file %zu", i);
		cr_expect(eq(sz, m.n, i));
		cr_expect(eq(sz, why.errors, 1));
	}
}

Test(simulate, what_cannot_be_read)
{
	struct simulation s = asked();
	struct made m = {0};
	struct diag why = {0};

	s.rates = "/nowhere/rates.csv";
	cr_expect(not(make(s, &m, &why)));
	s = asked();
	s.folder = SMALL;
	cr_expect(not(make(s, &m, &why)));
	cr_expect(zero(sz, m.n));
}

/* surveys/sipas-example is what its SOURCE.md says. */
Test(simulate, shipped_example)
{
	static const long years[] = {2021, 2022, 2023, 2024};
	struct made m = made_of((struct simulation){.share = SHIPPED,
						    .folder = SHIPPED "/surveys/sipas",
						    .year = years,
						    .n_years = 4,
						    .sampling = {24, 5, 0.03, 0.06},
						    .seed = 2});
	size_t all = 0;

	for (size_t i = 0; i < m.n; i++) {
		struct text old = bytes_of(
			arena_format(&arena, SHIPPED "/surveys/sipas-example/%s", m.name[i].at).at);

		all += old.n;
		cr_expect(span_equal(old, m.bytes[i]), "%s differs", m.name[i].at);
	}
	cr_expect(lt(sz, all, 5500000));
}
