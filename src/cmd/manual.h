/* manual.h -- the manual pages, in roff, from the tables of commands and options, in the language
 * of the reader.
 *
 * Not here: what --help prints (cmd_help).
 * Uses command. */
#ifndef CMD_MANUAL_H
#define CMD_MANUAL_H

#include "cmd/command.h"

/* manual_whole: hailong(1): the commands, and what is the same in all of them. */
void manual_whole(const struct session *s);

/* manual_command: hailong-NAME(1). */
void manual_command(const struct session *s, const struct command *c);

#endif
