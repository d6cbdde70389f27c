#include "cmd/command.h"

#ifndef HAILONG_VERSION
#error "the Makefile gives HAILONG_VERSION"
#endif

static bool run(struct session *s, struct diag *why)
{
	(void)why;
	fputs("hailong " HAILONG_VERSION "\n"
	      "Licence GPL-3.0-or-later. Free software, without warranty.\n",
	      s->out);
	return true;
}

extern const struct command cmd_version;
const struct command cmd_version = {
	.name = "version",
	.words = "",
	.summary = "the program's version",
	.help = "  hailong version\n",
	.options = (const enum option[]){OPT__COUNT},
	.run = run,
};
