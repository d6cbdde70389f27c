/* result.h -- named rows of measures: the one shape between analysis and output.
 *
 * Estimates from answers and published scores (which have no standard error) are
 * the same rows, so change, rank, peers, charts and reports have one input. A
 * number that is not there is NaN; why it is not there stands in the flags.
 * Analysis adds its own columns to the rows and marks that with a part.
 *
 * Not here: how a number was computed, how it will look.
 * Uses arena, span, number. */
#ifndef RESULT_RESULT_H
#define RESULT_RESULT_H

#include "base/arena.h"
#include "base/number.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

/* Words of the flag column. */
enum result_flag {
	FLAG_SUPPRESSED = 1 << 0,
	FLAG_CAUTION = 1 << 1,
	FLAG_LONELY = 1 << 2,
	FLAG_UNPUBLISHED = 1 << 3,
	FLAG_MERGED = 1 << 4,
	FLAG_SIMULATED = 1 << 5,
	FLAG_INCOMPARABLE = 1 << 6,
	FLAG_MODEL = 1 << 7, /* by a model of all areas, not from the area's answers alone */
};

/* Groups of columns that follow the nineteen every result has. */
enum result_part {
	PART_CHANGE = 1 << 0,
	PART_RANK = 1 << 1,
	PART_COMPARE = 1 << 2,
	PART_ESTIMATE = 1 << 3,
	PART_TEST = 1 << 4,
	PART_GAPS = 1 << 5,
	PART_SMALLAREA = 1 << 6,
	PART_MERGED = 1 << 7
};

struct result_row {
	struct text survey;
	long year;
	struct text province, province_name, domain, item, stat;
	double estimate, se, ci_low, ci_high, level, df, deff, n, n_eff;
	unsigned flags;
	struct text method, source;

	/* PART_CHANGE: this year against year_from; delta is estimate - estimate_from */
	long year_from;
	double estimate_from, delta, delta_se, delta_low, delta_high, delta_df, p_value, p_adjusted;
	struct text verdict;    /* increase, decrease, not_distinguishable; empty without errors */
	double rank_from;       /* of n_ranked_from */
	double rank_change;     /* rank_from - rank: positive is a rise */
	struct text comparable; /* ok, warn, no */
	/* delta / estimate_from, which is in parts of 1; and confidence sets of the ranks and of
	 * their change (rank_low and rank_high are those of this year) */
	double relative, relative_se, relative_low, relative_high;
	double rank_from_low, rank_from_high, rank_change_low, rank_change_high;
	struct text domain_from; /* the other group, when two groups of one sample are compared */
	double units_shared;     /* first-stage units with answers in both */
	struct text covariance;  /* how the two are correlated: berger-priam, independent, ... */

	/* PART_RANK; rank also in PART_CHANGE and PART_COMPARE */
	double rank, n_ranked, rank_low, rank_high;
	struct text group;

	/* PART_COMPARE: gap is estimate minus the median, or the best, of the peers */
	double peer_median, peer_best, national_median, gap_median, gap_best, rank_in_peers;

	/* PART_GAPS: points of a criterion: the most there are, what was given, the difference,
	 * its part of all that was lost (of 1), and who is responsible */
	double max_points, final_points, lost_points, share_of_loss;
	struct text agency;
	/* what was claimed, appraised, found by a survey; appraised minus claimed; the running sum
	 * of share_of_loss from the largest loss on; criteria the row stands for */
	double self_score, appraised_score, survey_score, appraisal_gap, cumulative_share, criteria;
	struct text kind; /* assessed, socioeconomic, survey, sipas, score */
	/* rank with these points regained and the others unchanged; when the table leaves it open
	 * only its limits are given */
	double potential_rank, potential_low, potential_high;
	double target, to_target; /* points wanted, and how many are missing to them */
	struct text deadline, target_agency, note;

	/* PART_TEST, and p_value: what is compared with t, F or chi-square; df is the denominator's
	 */
	double statistic, ndf;

	/* PART_ESTIMATE: the levels counted, or which quantile; design effect of weights alone;
	 * reason[LANG_EN] is why a number is missing or doubtful */
	struct text category;
	double deff_kish;

	struct text reason[LANG__COUNT];

	/* What two estimates of the same units have in common, for the change from paired_year (0:
	 * nothing is known): variances, their covariance, degrees of freedom */
	long paired_year;
	double paired_from, paired_to, paired_covariance, paired_df;
	/* PART_SMALLAREA: the direct estimate and its error, its weight in the model's, the mean
	 * squared error (of which se is the root), and what the regression alone says */
	double direct, direct_se, gamma, mse, synthetic;
	/* PART_MERGED, of a unit made of others: codes of its parts and their shares of the weight
	 * ("33=0.4;34=0.6"), the share that had a figure, and what was lacking */
	struct text merged_from;
	double coverage;
	struct text lacking[LANG__COUNT];

	/* Where the figure was read: file as it was opened, and line; line 0: from several rows.
	 * NULL: the file of the survey's year. line_from: of the earlier year's. */
	const char *file;
	size_t line, line_from;
	const char *target_file; /* of the target */
	size_t target_line;

	/* For people, never exported */
	struct text item_name[LANG__COUNT], group_name[LANG__COUNT], agency_name[LANG__COUNT];
	struct text target_agency_name[LANG__COUNT];
	double rank_in_group, n_in_group; /* place among its group, and how many have a value */
	size_t item_order, item_depth;    /* position and depth in the era's tree */
	bool rank_printed;                /* the rank is the publisher's, not computed */
	bool complete;                    /* the table lists every province of the year */
	double listed;                    /* provinces that a complete table lists; NaN */
	double n_ranked_from;
	struct text merged_by;          /* how the parts are weighed: "merged:population:2024" */
	struct text parts[LANG__COUNT]; /* merged_from by name: "Hưng Yên 40,0%, Thái Bình 60,0%" */
	bool part_unlisted;             /* the table does not list a part of the unit */
	bool ranks_apart;               /* of a change: rank_from is of another number of units */
	bool rank_merged;               /* ranked among units some of which are merged */
	bool rank_from_merged;          /* likewise of rank_from */
	bool only_from_merged;          /* of a change: the earlier year is merged, not this one */
};

struct result {
	size_t n;
	struct result_row *row; /* by year, item_order, province where nothing else is said */
	unsigned parts;         /* enum result_part */
};

/* result_row_init: a row whose every number is NaN and whose every word is empty. */
struct result_row result_row_init(void);

/* result_df: degrees of freedom of the row's error: infinite where it has an interval and none are
 * told, NaN where it has neither. */
double result_df(const struct result_row *row);

/* result_se: the row's standard error; where it is 0 because everybody answered alike, but there is
 * an interval, the interval's width over its t, so that 0 or 100 % of a sample is not taken for
 *   certain. `t` is the two-sided quantile of the row's level and degrees of freedom. */
double result_se(const struct result_row *row, double t);

/* result_add: appends a copy of the row; rows live in the arena. */
void result_add(struct arena *a, struct result *r, const struct result_row *row);

/* result_reserve: room for `n` rows behind those there are, to be filled from the front; result_add
 * goes on behind them. */
void result_reserve(struct arena *a, struct result *r, size_t n);

/* result_find: the row of that year, item and province; NULL when there is none.
 *   the result must be sorted by year, item_order, province */
const struct result_row *result_find(const struct result *r, long year, struct text item,
				     struct text province);

/* result_group: the rows of one year and item, *n of them; NULL when there are none. They
 * must stand together, as sorted. */
struct result_row *result_group(const struct result *r, long year, struct text item, size_t *n);

/* result_flags: the words of the flags, joined by "|"; "" when none. */
struct text result_flags(struct arena *a, unsigned flags);

#endif
