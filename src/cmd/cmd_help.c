/* Everything said here comes from the tables of commands and options. */
#include "cmd/command.h"
#include "cmd/manual.h"

#include <string.h>

static void usage(struct session *s, const struct command *c)
{
	fprintf(s->out, "hailong %s%s%s [OPTION...] -- %s\n\n%s", c->name, *c->words ? " " : "",
		c->words, c->summary, c->help);
	fputs("\nOptions:\n", s->out);
	for (size_t i = 0; i < OPT__COUNT; i++) {
		const struct option_spec *o = &option_specs[i];
		char left[40], letter[8] = "    ";

		if (!option_accepted(c->options, (enum option)i))
			continue;
		if (o->letter)
			snprintf(letter, sizeof letter, "-%c, ", o->letter);
		snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->argument ? " " : "",
			 o->argument ? o->argument : "");
		fprintf(s->out, "  %-22s%s%s\n", left,
			strlen(left) > 22 ? "\n                         " : " ", o->help);
	}
}

static void overview(struct session *s)
{
	fputs("hailong COMMAND [OPTION...] SURVEY\n\n"
	      "  hailong rank papi --year YEAR\n"
	      "  hailong report papi --province NAME --year YEAR --out report\n\n",
	      s->out);
	for (size_t i = 0; s->commands[i]; i++)
		fprintf(s->out, "  %-9s %s\n", s->commands[i]->name, s->commands[i]->summary);
	fputs("\nhailong help COMMAND says more; hailong list names surveys and years, hailong "
	      "list "
	      "provinces\nthe provinces.\n",
	      s->out);
}

static bool run(struct session *s, struct diag *why)
{
	const struct command *c =
		s->options.words ? command_find(s->commands, s->options.word[0]) : NULL;

	if (s->options.words && !c)
		return diag_fail(why, DIAG_USAGE, "no command \"%s\"", s->options.word[0]);
	if (s->options.value[OPT_NAMES])
		for (size_t i = 0; s->commands[i]; i++)
			fprintf(s->out, "%s\n", s->commands[i]->name);
	else if (s->options.value[OPT_MAN] && c)
		manual_command(s->out, c);
	else if (s->options.value[OPT_MAN])
		manual_whole(s->out, s->commands);
	else if (c)
		usage(s, c);
	else
		overview(s);
	return true;
}

extern const struct command cmd_help;
const struct command cmd_help = {
	.name = "help",
	.words = "[COMMAND]",
	.most_words = 1,
	.summary = "how to use a command",
	.help = "  hailong help rank\n",
	.options = (const enum option[]){OPT_MAN, OPT_NAMES, OPT__COUNT},
	.run = run,
};
