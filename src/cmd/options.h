/* options.h -- the options, each with one meaning in every command.
 *
 * Uses diag. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

enum option {
	OPT_PROVINCE,
	OPT_PEERS,
	OPT_CONFIDENCE,
	OPT_SIMULATIONS,
	OPT_INTERVALS,
	OPT_REACH,
	OPT_BEST,
	OPT_WORST,
	OPT_CORRELATIONS,
	OPT_YEAR,
	OPT_FROM,
	OPT_TO,
	OPT_YEAR_COLUMN,
	OPT_PROVINCE_COLUMN,
	OPT_ID_COLUMN,
	OPT_TIME_COLUMNS,
	OPT_COVARIANCE,
	OPT_ADJUST,
	OPT_FAMILY_OF,
	OPT_CONSTANT,
	OPT_TREND,
	OPT_CONTRIBUTIONS,
	OPT_SQL,
	OPT_DIALECT,
	OPT_TABLE,
	OPT_MERGE,
	OPT_ITEM,
	OPT_STAT,
	OPT_CATEGORY,
	OPT_SATISFIED,
	OPT_OVER,
	OPT_Q,
	OPT_QRULE,
	OPT_METHOD,
	OPT_FITTING,
	OPT_GAPS,
	OPT_EXPECTING,
	OPT_BOUNDARIES,
	OPT_CRITERIA,
	OPT_TARGETS,
	OPT_SHARED,
	OPT_COMPONENTS,
	OPT_NORMALISE,
	OPT_RANGE,
	OPT_AGGREGATE,
	OPT_WEIGHTS,
	OPT_THRESHOLD,
	OPT_OUTLIERS,
	OPT_ROBUSTNESS,
	OPT_VARY,
	OPT_WHERE,
	OPT_BY,
	OPT_WEIGHT,
	OPT_STRATA,
	OPT_PSU,
	OPT_SSU,
	OPT_NEST,
	OPT_FPC,
	OPT_LONELY,
	OPT_DOMAIN_LONELY,
	OPT_CI,
	OPT_LEVEL,
	OPT_DF,
	OPT_DEFF,
	OPT_REPWEIGHTS,
	OPT_REPTYPE,
	OPT_REPSCALE,
	OPT_RSCALES,
	OPT_FAY_RHO,
	OPT_REPLICATES,
	OPT_DRAWS,
	OPT_MSE,
	OPT_POSTSTRATIFY,
	OPT_RAKE,
	OPT_CALIBRATE,
	OPT_BOUNDS,
	OPT_DISTANCE,
	OPT_SUPPRESS,
	OPT_SEED,
	OPT_THREADS,
	OPT_CHUNK,
	OPT_MAX_MEMORY,
	OPT_MODEL,
	OPT_FAMILY,
	OPT_AGAINST,
	OPT_CLUSTERS,
	OPT_SIZE,
	OPT_ICC,
	OPT_NONRESPONSE,
	OPT_RATES,
	OPT_FORM,
	OPT_CHOICES,
	OPT_P,
	OPT_HALF_WIDTH,
	OPT_CHANGE,
	OPT_POWER,
	OPT_STRATA_COUNT,
	OPT_POPULATION,
	OPT_SYSTEM,
	OPT_BASE_YEAR,
	OPT_RENORMALISE,
	OPT_RHO,
	OPT_WITH,
	OPT_AUXILIARY,
	OPT_UNIT,
	OPT_SMOOTH,
	OPT_TRANSFORM,
	OPT_BENCHMARK,
	OPT_NATIONAL,
	OPT_FIT,
	OPT_TEMPLATE,
	OPT_OFFICE,
	OPT_FORMAT,
	OPT_AUDIT,
	OPT_OUT,
	OPT_UPDATE,
	OPT_PROFILE,
	OPT_THEME,
	OPT_DPI,
	OPT_PREVIEW,
	OPT_LIST,
	OPT_FOR,
	OPT_LINT,
	OPT_PAD,
	OPT_RANK_WORD,
	OPT_DELTA_UNIT,
	OPT_LANG,
	OPT_DELIMITER,
	OPT_DECIMAL,
	OPT_ENCODING,
	OPT_HEADER,
	OPT_NO_CACHE,
	OPT_SHARE,
	OPT_FORCE,
	OPT_STRICT,
	OPT_QUIET,
	OPT_MAN,
	OPT_NAMES,
	OPT_HELP,
	OPT__COUNT
};

/* Of every command that reads files which people made. */
#define OPTIONS_FORM OPT_DELIMITER, OPT_DECIMAL, OPT_ENCODING, OPT_HEADER

struct option_spec {
	const char *name;     /* without dashes */
	char letter;          /* 0 = none */
	const char *argument; /* NULL = takes none */
	const char *help;
};

extern const struct option_spec option_specs[OPT__COUNT];

#define OPTION_WORDS 4096 /* shards of a file are many */

/* A parsed command line: value is NULL when not given, "" for an option that takes none. */
struct options {
	const char *value[OPT__COUNT];
	const char *word[OPTION_WORDS]; /* what is no option, in order */
	size_t words;
};

/* option_accepted: is it in the list, or one that every command knows? */
bool option_accepted(const enum option *list, enum option option);

/* options_parse: argv behind the command's name.
 *   accepted  which options the command knows, ended by OPT__COUNT
 *   fails     DIAG_USAGE, with a suggestion: unknown, twice, without its value, too many words */
bool options_parse(struct arena *a, int argc, char **argv, const enum option *accepted,
		   struct options *out, struct diag *why);

#endif
