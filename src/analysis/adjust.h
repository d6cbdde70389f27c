/* adjust.h -- p-values of several comparisons at once.
 *
 * Of a family of m comparisons, by R's p.adjust (and Sidak):
 *   none        as they are
 *   bonferroni  m p
 *   sidak       1 - (1 - p)^m
 *   holm        max over smaller ones of (m - i + 1) p_(i) (Holm 1979)
 *   hochberg    min over larger ones of the same (Hochberg 1988)
 *   hommel      Hommel 1988
 *   bh          min over larger ones of m p_(i) / i (Benjamini and Hochberg 1995): controls the
 *               false discovery rate, the others the chance of any false finding
 *   by          bh times 1 + 1/2 + ... + 1/m (Benjamini and Yekutieli 2001)
 *
 * Not here: the tests.
 * Uses result and below. */
#ifndef ANALYSIS_ADJUST_H
#define ANALYSIS_ADJUST_H

#include "result/result.h"

enum adjust_method {
	ADJUST_HOLM,
	ADJUST_NONE,
	ADJUST_BONFERRONI,
	ADJUST_SIDAK,
	ADJUST_HOCHBERG,
	ADJUST_HOMMEL,
	ADJUST_BH,
	ADJUST_BY,
	ADJUST__COUNT
};

/* Which rows make a family. */
enum adjust_family {
	FAMILY_ITEM,     /* the provinces (or groups) of one item */
	FAMILY_PROVINCE, /* the items of one province (or group) */
	FAMILY_TABLE,    /* every row */
	FAMILY__COUNT
};

/* adjust_name, adjust_find, family_name, family_find: as on the command line. */
const char *adjust_name(enum adjust_method m);
bool adjust_find(struct text name, enum adjust_method *out);
const char *family_name(enum adjust_family f);
bool family_find(struct text name, enum adjust_family *out);

/* adjust_p: n p-values to n adjusted ones, at most 1. NaN stays NaN and does not count. */
void adjust_p(struct arena *a, enum adjust_method m, const double *p, size_t n, double *out);

/* adjust_result: fills p_adjusted of the rows that have a p-value, family by family, and sets their
 *   verdicts: increase or decrease where p_adjusted is below 1 - level, else not_distinguishable.
 */
void adjust_result(struct arena *a, enum adjust_method m, enum adjust_family family,
		   struct result *r);

#endif
