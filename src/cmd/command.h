/* command.h -- what a command is, and what it is given to run with.
 *
 * Each cmd_NAME.c exports one struct command; main.c lists them. Help, the manual
 * page and the completions are made from the same table.
 *
 * Uses options, survey, phrases and below. */
#ifndef CMD_COMMAND_H
#define CMD_COMMAND_H

#include "cmd/options.h"
#include "output/phrases.h"
#include "survey/survey.h"

#include <stdio.h>

struct command;

struct session {
	struct arena *arena;
	struct options options;
	enum lang lang;
	const char *share;                     /* folder with surveys/, plots/, reports/ */
	struct phrases phrases;                /* in `lang` */
	const struct translation *translation; /* of help and what is told; NULL = English */
	char *const *environment;              /* as given to main */
	const char *png_quick;                 /* struct gnuplot */
	struct reading reading;                /* how answers are read */
	FILE *out;  /* standard output, or what becomes the file of --out */
	FILE *talk; /* progress and notes for people; NULL = be quiet */
	bool talk_is_terminal;
	const struct command *const *commands; /* ends with NULL */
};

struct command {
	const char *name;
	const char *words; /* its arguments, as in usage: "SURVEY" */
	size_t least_words, most_words;
	const char *summary; /* one line */
	const char *help;    /* begins with an example */
	const enum option
		*options; /* that it accepts beside those of all commands; ends with OPT__COUNT */
	/* is all that it will write for machines, so that phrases need not be read? NULL = never */
	bool (*wordless)(const struct options *o);
	bool makes_files; /* --out is a folder or file it handles itself */
	bool (*run)(struct session *s, struct diag *why);
};

/* command_find: the command of that name; NULL when there is none. */
const struct command *command_find(const struct command *const *commands, const char *name);

#endif
