#include "output/export.h"

#include <math.h>
#include <stddef.h>

enum kind { KIND_TEXT, KIND_NUMBER, KIND_YEAR, KIND_FLAGS };

/* A column: where it lies in a row, and which parts bring it (0 = every result). */
struct column {
	const char *name;
	enum kind kind;
	size_t offset;
	unsigned parts;
};

#define AT(member) offsetof(struct result_row, member)
#define TEXT_COLUMN(name)                                                                          \
	{                                                                                          \
#name, KIND_TEXT, AT(name), 0                                                      \
	}
#define NUMBER_COLUMN(name, part)                                                                  \
	{                                                                                          \
#name, KIND_NUMBER, AT(name), part                                                 \
	}

static const struct column columns[] = {
	TEXT_COLUMN(survey),
	{"year", KIND_YEAR, AT(year), 0},
	TEXT_COLUMN(province),
	TEXT_COLUMN(province_name),
	TEXT_COLUMN(domain),
	TEXT_COLUMN(item),
	TEXT_COLUMN(stat),
	NUMBER_COLUMN(estimate, 0),
	NUMBER_COLUMN(se, 0),
	NUMBER_COLUMN(ci_low, 0),
	NUMBER_COLUMN(ci_high, 0),
	NUMBER_COLUMN(level, 0),
	NUMBER_COLUMN(df, 0),
	NUMBER_COLUMN(deff, 0),
	NUMBER_COLUMN(n, 0),
	NUMBER_COLUMN(n_eff, 0),
	{"flag", KIND_FLAGS, AT(flags), 0},
	TEXT_COLUMN(method),
	TEXT_COLUMN(source),
	{"year_from", KIND_YEAR, AT(year_from), PART_CHANGE},
	NUMBER_COLUMN(estimate_from, PART_CHANGE),
	NUMBER_COLUMN(delta, PART_CHANGE),
	NUMBER_COLUMN(delta_se, PART_CHANGE),
	NUMBER_COLUMN(delta_low, PART_CHANGE),
	NUMBER_COLUMN(delta_high, PART_CHANGE),
	NUMBER_COLUMN(delta_df, PART_CHANGE),
	NUMBER_COLUMN(statistic, PART_TEST),
	NUMBER_COLUMN(ndf, PART_TEST),
	NUMBER_COLUMN(p_value, PART_CHANGE | PART_TEST),
	NUMBER_COLUMN(p_adjusted, PART_CHANGE),
	{"verdict", KIND_TEXT, AT(verdict), PART_CHANGE},
	NUMBER_COLUMN(peer_median, PART_COMPARE),
	NUMBER_COLUMN(peer_best, PART_COMPARE),
	NUMBER_COLUMN(national_median, PART_COMPARE),
	NUMBER_COLUMN(gap_median, PART_COMPARE),
	NUMBER_COLUMN(gap_best, PART_COMPARE),
	NUMBER_COLUMN(rank, PART_CHANGE | PART_RANK | PART_COMPARE),
	NUMBER_COLUMN(rank_from, PART_CHANGE),
	NUMBER_COLUMN(rank_change, PART_CHANGE),
	{"comparable", KIND_TEXT, AT(comparable), PART_CHANGE},
	NUMBER_COLUMN(rank_low, PART_CHANGE),
	NUMBER_COLUMN(rank_high, PART_CHANGE),
	NUMBER_COLUMN(rank_from_low, PART_CHANGE),
	NUMBER_COLUMN(rank_from_high, PART_CHANGE),
	NUMBER_COLUMN(rank_change_low, PART_CHANGE),
	NUMBER_COLUMN(rank_change_high, PART_CHANGE),
	NUMBER_COLUMN(relative, PART_CHANGE),
	NUMBER_COLUMN(relative_se, PART_CHANGE),
	NUMBER_COLUMN(relative_low, PART_CHANGE),
	NUMBER_COLUMN(relative_high, PART_CHANGE),
	NUMBER_COLUMN(units_shared, PART_CHANGE),
	{"covariance", KIND_TEXT, AT(covariance), PART_CHANGE},
	{"domain_from", KIND_TEXT, AT(domain_from), PART_CHANGE},
	NUMBER_COLUMN(n_ranked, PART_RANK),
	NUMBER_COLUMN(rank_low, PART_RANK),
	NUMBER_COLUMN(rank_high, PART_RANK),
	{"group", KIND_TEXT, AT(group), PART_RANK},
	NUMBER_COLUMN(rank_in_peers, PART_COMPARE),
	NUMBER_COLUMN(max_points, PART_GAPS),
	NUMBER_COLUMN(final_points, PART_GAPS),
	NUMBER_COLUMN(lost_points, PART_GAPS),
	NUMBER_COLUMN(share_of_loss, PART_GAPS),
	{"agency", KIND_TEXT, AT(agency), PART_GAPS},
	NUMBER_COLUMN(self_score, PART_GAPS),
	NUMBER_COLUMN(appraised_score, PART_GAPS),
	NUMBER_COLUMN(survey_score, PART_GAPS),
	NUMBER_COLUMN(appraisal_gap, PART_GAPS),
	NUMBER_COLUMN(cumulative_share, PART_GAPS),
	NUMBER_COLUMN(criteria, PART_GAPS),
	{"kind", KIND_TEXT, AT(kind), PART_GAPS},
	NUMBER_COLUMN(potential_rank, PART_GAPS),
	NUMBER_COLUMN(potential_low, PART_GAPS),
	NUMBER_COLUMN(potential_high, PART_GAPS),
	NUMBER_COLUMN(target, PART_GAPS),
	NUMBER_COLUMN(to_target, PART_GAPS),
	{"deadline", KIND_TEXT, AT(deadline), PART_GAPS},
	{"target_agency", KIND_TEXT, AT(target_agency), PART_GAPS},
	{"note", KIND_TEXT, AT(note), PART_GAPS},
	NUMBER_COLUMN(direct, PART_SMALLAREA),
	NUMBER_COLUMN(direct_se, PART_SMALLAREA),
	NUMBER_COLUMN(gamma, PART_SMALLAREA),
	NUMBER_COLUMN(mse, PART_SMALLAREA),
	NUMBER_COLUMN(synthetic, PART_SMALLAREA),
	{"category", KIND_TEXT, AT(category), PART_ESTIMATE},
	NUMBER_COLUMN(deff_kish, PART_ESTIMATE),
	{"reason", KIND_TEXT, AT(reason[LANG_EN]), PART_ESTIMATE | PART_GAPS | PART_SMALLAREA},
	{"merged_from", KIND_TEXT, AT(merged_from), PART_MERGED},
	NUMBER_COLUMN(coverage, PART_MERGED),
	{"lacking", KIND_TEXT, AT(lacking[LANG_EN]), PART_MERGED},
};

#define N_COLUMNS (sizeof columns / sizeof *columns)

/* ---- rows ---------------------------------------------------------------------------------- */

#define AT_ONCE 256      /* rows that go to the stream together */
#define WORTH_A_THREAD 4 /* such turns */

/* Rows in the making: of one thread. */
struct export
{
	struct fields fields;
	const struct column *const *column; /* that the result has, and NULL */
	unsigned flags;                     /* of the last row, */
	struct text flag_words;
};

/* Those of the result's parts, in their order, and NULL behind them. */
static const struct column **columns_of(struct arena *a, unsigned parts)
{
	const struct column **out = arena_new(a, N_COLUMNS + 1, sizeof *out);
	size_t n = 0;

	for (size_t i = 0; i < N_COLUMNS; i++)
		if (columns[i].parts == 0 || (columns[i].parts & parts))
			out[n++] = &columns[i];
	return out;
}

static void put_flags(struct export *x, const char *name, unsigned flags)
{
	if (flags != x->flags)
		x->flag_words = result_flags(&x->fields.arena, flags);
	x->flags = flags;
	fields_text(&x->fields, name, x->flag_words);
}

static void put_member(struct export *x, const struct result_row *row, const struct column *c)
{
	const void *value = (const char *)row + c->offset;
	long year;

	switch (c->kind) {
	case KIND_TEXT: fields_text(&x->fields, c->name, *(const struct text *)value); break;
	case KIND_NUMBER: fields_number(&x->fields, c->name, *(const double *)value); break;
	case KIND_YEAR: /* a lone file of answers has none */
		year = *(const long *)value;
		fields_number(&x->fields, c->name, year ? (double)year : NAN);
		break;
	case KIND_FLAGS: put_flags(x, c->name, *(const unsigned *)value); break;
	}
}

static void head(struct export *x)
{
	for (const struct column *const *c = x->column; *c; c++)
		fields_head(&x->fields, (*c)->name);
	fields_row(&x->fields);
}

/* Rows from first to end - 1. */
static void rows(struct export *x, const void *from, size_t first, size_t end, export_row_fn *make)
{
	struct result_row row = result_row_init();

	for (size_t i = first; i < end && !x->fields.bad.at; i++) {
		make(from, i, &row);
		for (const struct column *const *c = x->column; *c; c++)
			put_member(x, &row, *c);
		fields_row(&x->fields);
	}
}

bool export_rows(const void *from, size_t n, export_row_fn *row, unsigned parts,
		 enum fields_format format, int threads, FILE *out, struct diag *why)
{
	size_t turns = (n + AT_ONCE - 1) / AT_ONCE;
	size_t worth = turns / WORTH_A_THREAD + 1;
	size_t lanes = worth < (size_t)threads ? worth : (size_t)threads;
	struct arena a = {0};
	struct export *lane = arena_new(&a, lanes, sizeof *lane);
	const struct column **column = columns_of(&a, parts);
	bool told = false, ok;

	for (size_t i = 0; i < lanes; i++)
		lane[i] = (struct export){
			.fields.format = format, .column = column, .flag_words = {"", 0}};
	head(lane);
	ok = fields_write(&lane->fields, out, &told, why);
#pragma omp parallel for ordered num_threads((int)lanes) schedule(static, 1)
	for (size_t turn = 0; turn < turns; turn++) {
		struct export *x = &lane[turn % lanes];
		size_t first = turn * AT_ONCE;

		rows(x, from, first, n - first < AT_ONCE ? n : first + AT_ONCE, row);
#pragma omp ordered
		ok = ok && fields_write(&x->fields, out, &told, why);
	}
	for (size_t i = 0; i < lanes; i++)
		fields_close(&lane[i].fields);
	arena_release(&a);
	return ok;
}

static void row_of(const void *from, size_t i, struct result_row *row)
{
	*row = ((const struct result *)from)->row[i];
}

static bool json(const struct result *r, FILE *out, struct diag *why)
{
	struct arena a = {0};
	struct export x = {.fields.format = FIELDS_JSON,
			   .column = columns_of(&a, r->parts),
			   .flag_words = {"", 0}};
	bool told = false, ok;

	rows(&x, r, 0, r->n, row_of);
	ok = fields_write(&x.fields, out, &told, why);
	fields_close(&x.fields);
	arena_release(&a);
	return ok;
}

bool export_result(const struct result *r, enum fields_format format, FILE *out, struct diag *why)
{
	if (format == FIELDS_JSON)
		return json(r, out, why);
	return export_rows(r, r->n, row_of, r->parts, format, 1, out, why);
}
