#include "result/result.h"

#include <math.h>
#include <string.h>

#define AT(member) offsetof(struct result_row, member)

static const size_t number_fields[] = {AT(estimate),
				       AT(se),
				       AT(ci_low),
				       AT(ci_high),
				       AT(level),
				       AT(df),
				       AT(deff),
				       AT(n),
				       AT(n_eff),
				       AT(estimate_from),
				       AT(delta),
				       AT(delta_se),
				       AT(delta_low),
				       AT(delta_high),
				       AT(delta_df),
				       AT(p_value),
				       AT(p_adjusted),
				       AT(rank_from),
				       AT(rank_change),
				       AT(relative),
				       AT(relative_se),
				       AT(relative_low),
				       AT(relative_high),
				       AT(rank_from_low),
				       AT(rank_from_high),
				       AT(rank_change_low),
				       AT(rank_change_high),
				       AT(units_shared),
				       AT(rank),
				       AT(n_ranked),
				       AT(rank_in_group),
				       AT(n_in_group),
				       AT(rank_low),
				       AT(rank_high),
				       AT(peer_median),
				       AT(peer_best),
				       AT(national_median),
				       AT(gap_median),
				       AT(gap_best),
				       AT(rank_in_peers),
				       AT(max_points),
				       AT(final_points),
				       AT(lost_points),
				       AT(share_of_loss),
				       AT(self_score),
				       AT(appraised_score),
				       AT(survey_score),
				       AT(appraisal_gap),
				       AT(cumulative_share),
				       AT(criteria),
				       AT(potential_rank),
				       AT(potential_low),
				       AT(potential_high),
				       AT(target),
				       AT(to_target),
				       AT(statistic),
				       AT(ndf),
				       AT(deff_kish),
				       AT(paired_from),
				       AT(paired_to),
				       AT(paired_covariance),
				       AT(paired_df),
				       AT(direct),
				       AT(direct_se),
				       AT(gamma),
				       AT(mse),
				       AT(synthetic),
				       AT(coverage),
				       AT(listed),
				       AT(n_ranked_from)};

static const size_t word_fields[] = {AT(survey),
				     AT(province),
				     AT(province_name),
				     AT(domain),
				     AT(item),
				     AT(stat),
				     AT(method),
				     AT(source),
				     AT(verdict),
				     AT(comparable),
				     AT(domain_from),
				     AT(covariance),
				     AT(group),
				     AT(agency),
				     AT(kind),
				     AT(deadline),
				     AT(target_agency),
				     AT(note),
				     AT(category),
				     AT(reason[LANG_VI]),
				     AT(reason[LANG_EN]),
				     AT(item_name[LANG_VI]),
				     AT(item_name[LANG_EN]),
				     AT(group_name[LANG_VI]),
				     AT(group_name[LANG_EN]),
				     AT(agency_name[LANG_VI]),
				     AT(merged_from),
				     AT(lacking[LANG_VI]),
				     AT(lacking[LANG_EN]),
				     AT(merged_by),
				     AT(parts[LANG_VI]),
				     AT(parts[LANG_EN]),
				     AT(agency_name[LANG_EN])};

struct result_row result_row_init(void)
{
	const struct text none = {"", 0};
	const double unknown = NAN;
	struct result_row row = {0};

	for (size_t i = 0; i < sizeof number_fields / sizeof *number_fields; i++)
		memcpy((char *)&row + number_fields[i], &unknown, sizeof unknown);
	for (size_t i = 0; i < sizeof word_fields / sizeof *word_fields; i++)
		memcpy((char *)&row + word_fields[i], &none, sizeof none);
	return row;
}

double result_df(const struct result_row *row)
{
	return isnan(row->df) && !isnan(row->ci_low) ? INFINITY : row->df;
}

double result_se(const struct result_row *row, double t)
{
	double width = row->ci_high - row->ci_low;

	return row->se == 0 && width > 0 && t > 0 ? width / t : row->se;
}

void result_add(struct arena *a, struct result *r, const struct result_row *row)
{
	r->row = arena_grow(a, r->row, r->n, sizeof *r->row);
	r->row[r->n++] = *row;
}

void result_reserve(struct arena *a, struct result *r, size_t n)
{
	struct result_row *room = arena_reserve(a, r->n + n, sizeof *room);

	if (r->n)
		memcpy(room, r->row, r->n * sizeof *room);
	r->row = room;
}

static bool same_item(const struct result_row *a, const struct result_row *b)
{
	return a->year == b->year && span_equal(a->item, b->item);
}

/* Behind the rows of the same year and item, which stand together: in doubling steps, then by
 * halves. */
static size_t behind_item(const struct result *r, size_t first)
{
	size_t inside = first, step = 1, outside;

	while (inside + step < r->n && same_item(&r->row[first], &r->row[inside + step])) {
		inside += step;
		step *= 2;
	}
	outside = inside + step < r->n ? inside + step : r->n;
	while (outside - inside > 1) {
		size_t mid = inside + (outside - inside) / 2;

		if (same_item(&r->row[first], &r->row[mid]))
			inside = mid;
		else
			outside = mid;
	}
	return outside;
}

struct result_row *result_group(const struct result *r, long year, struct text item, size_t *n)
{
	size_t low = 0, high = r->n;

	while (low < high) { /* first row not before the year */
		size_t mid = low + (high - low) / 2;

		if (r->row[mid].year < year)
			low = mid + 1;
		else
			high = mid;
	}
	while (low < r->n && r->row[low].year == year && !span_equal(r->row[low].item, item))
		low = behind_item(r, low);
	if (low == r->n || r->row[low].year != year) {
		*n = 0;
		return NULL;
	}
	*n = behind_item(r, low) - low;
	return &r->row[low];
}

const struct result_row *result_find(const struct result *r, long year, struct text item,
				     struct text province)
{
	size_t n;
	const struct result_row *row = result_group(r, year, item, &n);

	for (size_t i = 0; i < n; i++)
		if (span_equal(row[i].province, province))
			return &row[i];
	return NULL;
}

struct text result_flags(struct arena *a, unsigned flags)
{
	static const char *const words[] = {
		"suppressed",      "caution",   "lonely",       "unpublished",
		"merged_estimate", "simulated", "incomparable", "model"};
	struct text all = {"", 0};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (flags & 1u << i)
			all = arena_format(a, "%.*s%s%s", SPAN_ARG(all), all.n ? "|" : "",
					   words[i]);
	return all;
}
