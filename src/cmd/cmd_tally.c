#include "cmd/queried.h"

static bool run(struct session *s, struct diag *why)
{
	return queried_print(s, why);
}

extern const struct command cmd_tally;
const struct command cmd_tally = {
	.name = "tally",
	.words = "SURVEY|FILE...",
	.least_words = 0,
	.most_words = OPTION_WORDS,
	.summary = "sums of answers",
	.help = "x\n",
	.options = (const enum option[]){OPT_SQL,   OPT_DIALECT,  OPT_TABLE,     OPT_ITEM,
					 OPT_STAT,  OPT_CATEGORY, OPT_SATISFIED, OPT_OVER,
					 OPT_WHERE, OPT_BY,       OPT_WEIGHT,    OPT_STRATA,
					 OPT_PSU,   OPT_SSU,      OPT_NEST,      OPT_FPC,
					 OPT_YEAR,  OPT_OUT,      OPT_FORCE,     OPT__COUNT},
	.run = run,
};
