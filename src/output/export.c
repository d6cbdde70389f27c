#include "output/export.h"

#include "base/csvout.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static bool has(unsigned parts, const struct column *c)
{
	return c->parts == 0 || (c->parts & parts);
}

static const void *member(const struct result_row *row, const struct column *c)
{
	return (const char *)row + c->offset;
}

/* ---- lines --------------------------------------------------------------------------------- */

#define AT_ONCE 256      /* rows that go to the stream together */
#define WORTH_A_THREAD 4 /* such turns */

/* Lines in the making: of one thread. */
struct export
{
	struct arena arena;
	unsigned parts, flags; /* of the result; of the last row, */
	struct text flag_words;
	bool tsv;
	struct text bad;     /* what cannot be written; else nowhere */
	struct text formula; /* what a spreadsheet would run; else nowhere */
	char *bytes;
	size_t n, room;
};

static char *room_for(struct export *x, size_t n)
{
	if (x->room - x->n < n) {
		char *larger = arena_new(&x->arena, 2 * x->room + n, 1);

		if (x->n)
			memcpy(larger, x->bytes, x->n);
		x->bytes = larger;
		x->room = 2 * x->room + n;
	}
	return x->bytes + x->n;
}

static void put(struct export *x, struct text s)
{
	char *to = room_for(x, s.n);

	if (s.n)
		memcpy(to, s.at, s.n);
	x->n += s.n;
}

static void put_number(struct export *x, double value)
{
	x->n += number_put(value, room_for(x, NUMBER_BYTES)).n;
}

static void put_text(struct export *x, struct text s)
{
	if (!x->formula.at && csvout_is_formula(s))
		x->formula = s;
	if (!x->tsv) {
		put(x, csvout_quoted(&x->arena, s));
		return;
	}
	for (size_t i = 0; i < s.n && !x->bad.at; i++)
		if (s.at[i] == '\t' || s.at[i] == '\n' || s.at[i] == '\r')
			x->bad = s;
	put(x, s);
}

static void put_flags(struct export *x, unsigned flags)
{
	if (flags != x->flags)
		x->flag_words = result_flags(&x->arena, flags);
	x->flags = flags;
	put_text(x, x->flag_words);
}

static void put_member(struct export *x, const struct result_row *row, const struct column *c)
{
	const void *value = member(row, c);

	switch (c->kind) {
	case KIND_TEXT: put_text(x, *(const struct text *)value); break;
	case KIND_NUMBER: put_number(x, *(const double *)value); break;
	case KIND_YEAR: /* a lone file of answers has none */
		if (*(const long *)value)
			put_number(x, (double)*(const long *)value);
		break;
	case KIND_FLAGS: put_flags(x, *(const unsigned *)value); break;
	}
}

/* A row; the names of the columns when it is NULL. */
static void line(struct export *x, const struct result_row *row)
{
	const struct text comma = {x->tsv ? "\t" : ",", 1};
	bool first = true;

	for (size_t i = 0; i < N_COLUMNS; i++) {
		if (!has(x->parts, &columns[i]))
			continue;
		if (!first)
			put(x, comma);
		first = false;
		if (row)
			put_member(x, row, &columns[i]);
		else
			put_text(x, span_of(columns[i].name));
	}
	put(x, (struct text){"\n", 1});
}

/* Rows from .. to - 1, in the place of those before. */
static void lines(struct export *x, const void *from, size_t first, size_t end, export_row_fn *make)
{
	struct result_row row = result_row_init();

	x->n = 0;
	for (size_t i = first; i < end && !x->bad.at; i++) {
		make(from, i, &row);
		line(x, &row);
	}
}

/* Writes what a thread has, unless something before it could not be. */
static bool hand_over(const struct export *x, FILE *out, struct diag *why)
{
	if (x->bad.at)
		return diag_fail(why, DIAG_DATA,
				 "a tab or line break inside \"%.*s\" cannot be written as TSV",
				 SPAN_ARG(x->bad));
	if (x->formula.at)
		diag_note(
			why, NULL,
			"\"%.*s\" is written as it is; a spreadsheet that opens this output would "
			"take it for a formula",
			SPAN_ARG(x->formula));
	fwrite(x->bytes, 1, x->n, out);
	return true;
}

bool export_rows(const void *from, size_t n, export_row_fn *row, unsigned parts,
		 enum export_format format, int threads, FILE *out, struct diag *why)
{
	size_t turns = (n + AT_ONCE - 1) / AT_ONCE;
	size_t worth = turns / WORTH_A_THREAD + 1;
	size_t lanes = worth < (size_t)threads ? worth : (size_t)threads;
	struct arena a = {0};
	struct export *lane = arena_new(&a, lanes, sizeof *lane);
	bool ok;

	for (size_t i = 0; i < lanes; i++)
		lane[i] = (struct export){
			.parts = parts, .tsv = format == EXPORT_TSV, .flag_words = {"", 0}};
	line(lane, NULL);
	ok = hand_over(lane, out, why);
#pragma omp parallel for ordered num_threads((int)lanes) schedule(static, 1)
	for (size_t turn = 0; turn < turns; turn++) {
		struct export *x = &lane[turn % lanes];
		size_t first = turn * AT_ONCE;

		lines(x, from, first, n - first < AT_ONCE ? n : first + AT_ONCE, row);
#pragma omp ordered
		ok = ok && hand_over(x, out, why);
	}
	for (size_t i = 0; i < lanes; i++)
		arena_release(&lane[i].arena);
	arena_release(&a);
	return ok;
}

static void row_of(const void *from, size_t i, struct result_row *row)
{
	*row = ((const struct result *)from)->row[i];
}

/* ---- JSON ---------------------------------------------------------------------------------- */

static void add_member(struct arena *a, cJSON *object, const struct result_row *row,
		       const struct column *c)
{
	const void *value = member(row, c);
	struct text s = {"", 0};

	switch (c->kind) {
	case KIND_TEXT: s = *(const struct text *)value; break;
	case KIND_NUMBER: s = number_exact(a, *(const double *)value); break;
	case KIND_YEAR:
		if (*(const long *)value)
			s = arena_format(a, "%ld", *(const long *)value);
		break;
	case KIND_FLAGS: s = result_flags(a, *(const unsigned *)value); break;
	}
	if (c->kind == KIND_TEXT || c->kind == KIND_FLAGS)
		cJSON_AddStringToObject(object, c->name, arena_string(a, s));
	else if (s.n == 0)
		cJSON_AddNullToObject(object, c->name);
	else
		cJSON_AddRawToObject(object, c->name, arena_string(a, s));
}

static bool json(struct arena *a, const struct result *r, FILE *out, struct diag *why)
{
	cJSON *array = cJSON_CreateArray();
	char *text = NULL;

	for (size_t i = 0; i < r->n && array; i++) {
		cJSON *object = cJSON_CreateObject();

		for (size_t c = 0; c < N_COLUMNS && object; c++)
			if (has(r->parts, &columns[c]))
				add_member(a, object, &r->row[i], &columns[c]);
		cJSON_AddItemToArray(array, object);
	}
	if (array)
		text = cJSON_Print(array);
	if (text)
		fprintf(out, "%s\n", text);
	cJSON_Delete(array);
	cJSON_free(text);
	return text || diag_fail(why, DIAG_FAILED, "not enough memory to write JSON");
}

bool export_result(struct arena *a, const struct result *r, enum export_format format, FILE *out,
		   struct diag *why)
{
	if (format == EXPORT_JSON)
		return json(a, r, out, why);
	return export_rows(r, r->n, row_of, r->parts, format, 1, out, why);
}
