/* narrative.h -- sentences whose words are chosen by the numbers.
 *
 * The official manner (methodology of the annual reports): "Năm 2013 đạt 63,17
 * điểm (giảm 3,29 điểm), xếp thứ 62/63 tỉnh, thành phố (giảm 3 hạng so với năm
 * 2012)". The sign of a change is carried by the word, the number is absolute; no
 * change is "giữ nguyên"; what cannot be compared is said so with its reason.
 * Templates are phrases; numbers are shown with the decimals of the year.
 *
 * A number estimated from answers never stands bare: its interval goes with it, a change
 * with the words that say whether it can be told from none, a rank with its confidence set.
 * What the presentation standard hides is not said but why.
 *
 * Not here: layout of a report.
 * Uses phrases, result, survey and below. */
#ifndef OUTPUT_NARRATIVE_H
#define OUTPUT_NARRATIVE_H

#include "analysis/rankset.h"
#include "output/phrases.h"
#include "result/result.h"
#include "survey/survey.h"

struct narrative {
	const struct phrases *phrases;
	const struct survey *survey;
	bool pad;        /* write counts below ten with two digits: "01 hạng", "05/05" */
	bool bac;        /* a step of rank is a "bậc", not a "hạng"; Vietnamese only */
	bool percent;    /* a difference of percentages is "0,99%", not "0,99 điểm phần trăm";
			  * Vietnamese only: in English that would be a relative change */
	bool comparison; /* intervals are for comparing units, not of each (Goldstein and Healy) */
	struct text sets; /* how sets of ranks are found, in words (narrative_sets) */
};

/* narrative_number: a value with the decimals that the survey is printed with that year. */
struct text narrative_number(const struct narrative *n, long year, double value);

/* narrative_signed: the same with its sign, for tables. */
struct text narrative_signed(const struct narrative *n, long year, double value);

/* narrative_value: a value with its unit: "63,17 điểm", "83,81%". */
struct text narrative_value(const struct narrative *n, long year, double value);

/* narrative_gap: a difference without its sign: "3,29 điểm", "0,99 điểm phần trăm" or "0,99%". */
struct text narrative_gap(const struct narrative *n, long year, double gap);

/* narrative_delta: "giảm 3,29 điểm", "tăng 0,99 điểm phần trăm", "giữ nguyên". */
struct text narrative_delta(const struct narrative *n, long year, double delta);

/* narrative_rank: "62/63"; "62" when the number of units is not known; "" without a rank. */
struct text narrative_rank(const struct narrative *n, double rank, double n_ranked);

/* narrative_place: "thứ 33"'s number alone, never padded; "" without a rank. */
struct text narrative_place(const struct narrative *n, double rank);

/* narrative_padded: a count of things: "5", padded "05". narrative_fraction: "5/5", "05/05". */
struct text narrative_padded(const struct narrative *n, double value);
struct text narrative_fraction(const struct narrative *n, double part, double all);

/* narrative_rank_change: "giảm 3 hạng"; `change` positive is a rise. */
struct text narrative_rank_change(const struct narrative *n, double change);

/* narrative_standing: the whole sentence of a row with the columns of PART_CHANGE, without full
 * stop; of a merged unit, or a rank among such, it says that they are estimates. Where the place
 * among its group (of more than one, and not all) is known: "Năm 2020 đạt 83,81%, xếp thứ 33 trong
 * nhóm 56 tỉnh, thành phố nhóm B và xếp thứ 35/63", and how both moved (narrative_movement). */
struct text narrative_standing(const struct narrative *n, const struct result_row *row);

/* narrative_named: the same with the survey's name in place of the year, to stand behind others of
 *   one year; a rank without a score is "PAPI đứng thứ 12/63 tỉnh/thành, giảm 1 hạng so với năm
 *   2022". */
struct text narrative_named(const struct narrative *n, const struct result_row *row);

/* narrative_movement: how value and rank moved: "tăng 2,76%, tăng 1 bậc so với năm 2020"; when one
 *   rose and the other fell "tăng 0,99% so với năm 2019, tuy nhiên thứ hạng giảm từ vị trí thứ 16
 *   năm 2019 xuống vị trí thứ 35 năm 2020"; "" without a change. Published scores only. */
struct text narrative_movement(const struct narrative *n, const struct result_row *row);

/* narrative_sets: how sets of ranks are found: "khoảng đồng thời của mọi đơn vị, …". */
struct text narrative_sets(const struct phrases *p, enum rankset_method m);

/* narrative_weights: how the parts of merged units are weighed, from merged_by: "dân số năm 2024".
 */
struct text narrative_weights(const struct narrative *n, struct text merged_by);

/* narrative_estimated: does the row come from answers, so that its error is known, or known to be
 * missing? Published scores have none. */
bool narrative_estimated(const struct narrative *n, const struct result_row *row);

/* narrative_level: "95" of 0.95. */
struct text narrative_level(const struct narrative *n, double level);

/* narrative_range: "72,22–88,76", with the decimals of the year; "" when a limit is missing. */
struct text narrative_range(const struct narrative *n, long year, double low, double high);

/* narrative_interval: the same with its unit: "72,22%–88,76%". */
struct text narrative_interval(const struct narrative *n, long year, double low, double high);

/* narrative_rank_set: "12–63", "7"; "" without a set. */
struct text narrative_rank_set(const struct narrative *n, double low, double high);

/* narrative_change: "tăng 4,75 điểm phần trăm so với năm 2023, chưa đủ cơ sở để kết luận là có
 *   thay đổi"; "" without a change. For rows with the columns of PART_CHANGE. */
struct text narrative_change(const struct narrative *n, const struct result_row *row);

/* narrative_reason: why the row's years cannot, or only with care, be compared, as a sentence;
 *   empty when they can. */
struct text narrative_reason(const struct narrative *n, const struct result_row *row);

#endif
