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
	OPT_YEAR,
	OPT_FROM,
	OPT_TO,
	OPT_ITEM,
	OPT_FORMAT,
	OPT_OUT,
	OPT_PROFILE,
	OPT_THEME,
	OPT_PAD,
	OPT_LANG,
	OPT_SHARE,
	OPT_FORCE,
	OPT_STRICT,
	OPT_QUIET,
	OPT_MAN,
	OPT_BASH,
	OPT_NAMES,
	OPT_HELP,
	OPT__COUNT
};

struct option_spec {
	const char *name;     /* without dashes */
	char letter;          /* 0 = none */
	const char *argument; /* NULL = takes none */
	const char *help;
};

extern const struct option_spec option_specs[OPT__COUNT];

#define OPTION_WORDS 16

/* A parsed command line: value is NULL when not given, "" for an option that takes none. */
struct options {
	const char *value[OPT__COUNT];
	const char *word[OPTION_WORDS]; /* what is no option, in order */
	size_t words;
};

/* options_parse: argv behind the command's name.
 *   accepted  which options the command knows (bit per enum option); --help always
 *   fails     DIAG_USAGE, with a suggestion: unknown, twice, without its value, too many words */
bool options_parse(struct arena *a, int argc, char **argv, unsigned long accepted,
		   struct options *out, struct diag *why);

#endif
