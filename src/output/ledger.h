/* ledger.h -- what the numbers are that a document prints.
 *
 * Whoever prints a number of a row writes it down here first: the printed text, the value, what it
 * is and of which row. It comes back marked (mark), so that the place where it ends up tells which
 * entry it is (printed). An entry copies what it needs of the row.
 *
 * Not here: where numbers stand (printed), files (audit).
 * Uses mark, result, survey and below. */
#ifndef OUTPUT_LEDGER_H
#define OUTPUT_LEDGER_H

#include "base/arena.h"
#include "result/result.h"
#include "survey/survey.h"

/* What is printed of a row. */
enum measure {
	MEASURE_RESULT,      /* its estimate; of lost points the points given */
	MEASURE_RESULT_FROM, /* that of year_from */
	MEASURE_DIFFERENCE,  /* between two years */
	MEASURE_GAP,         /* from a median, a best or a mark */
	MEASURE_BOUND,       /* a difference is less than that */
	MEASURE_RANK,
	MEASURE_RANK_FROM,
	MEASURE_RANKED, /* units that are ranked */
	MEASURE_RANKED_FROM,
	MEASURE_RANK_CHANGE,
	MEASURE_RANK_LIMIT,
	MEASURE_GROUP_RANK, /* its place among its group */
	MEASURE_GROUP,      /* units of the group */
	MEASURE_RANK_AFTER, /* with the lost points regained */
	MEASURE_LIMIT,      /* of the estimate's interval */
	MEASURE_DIFFERENCE_LIMIT,
	MEASURE_LEVEL, /* of an interval, in percent */
	MEASURE_MEDIAN,
	MEASURE_MEAN,
	MEASURE_MEAN_CHANGE, /* between two years */
	MEASURE_WORST,
	MEASURE_BEST,
	MEASURE_MAXIMUM, /* points that can be had */
	MEASURE_SELF,    /* points claimed */
	MEASURE_LOST,
	MEASURE_SHARE,   /* in percent, of all lost points or of answers */
	MEASURE_RUNNING, /* sum of such shares */
	MEASURE_TARGET,
	MEASURE_SAMPLE, /* people, answers, sampling units */
	MEASURE_COUNT,
	MEASURE_DF,
	MEASURE_DESIGN,
	MEASURE_PERCENTILE,
	MEASURE_UNKNOWN, /* nobody said */
	MEASURE__COUNT
};

struct measured {
	enum measure what;
	const struct result_row *row; /* NULL = of no row */
	double among;                 /* units that a median, best or rank is of; NaN */
};

/* An entry: text as printed, numbers as they were before rounding. */
struct ledger_entry {
	struct text shown;
	double value;
	enum measure what;
	const struct survey *survey; /* NULL = none */
	long year, year_from;        /* 0 = none */
	struct text province, domain, item, stat, method, source;
	double n, among;
	const char *file; /* as it was opened; NULL = that of the survey's year */
	size_t line;      /* 0 = of several rows */
	bool estimated;   /* it comes from answers */
	bool printed;     /* a rank that was published */
};

struct ledger {
	struct arena *arena;
	size_t n;
	struct ledger_entry *at;
};

/* ledger_mark: writes down a number that is about to be printed as `shown`; gives it marked. */
struct text ledger_mark(struct ledger *l, const struct survey *s, const struct measured *of,
			double value, struct text shown);

/* measure_name: the word of a measure in files: "rank_change". */
const char *measure_name(enum measure what);

#endif
