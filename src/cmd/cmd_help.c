/* Everything said here comes from the tables of commands and options. */
#include "base/text.h"
#include "cmd/command.h"
#include "cmd/manual.h"

#include <string.h>

/* In the language of the reader. */
__attribute__((format_arg(2))) static const char *word(const struct session *s, const char *english)
{
	return translation_of(s->translation, english);
}

/* What makes words that many columns wide: printf counts bytes. */
static int width(const char *words, size_t columns)
{
	return (int)(columns + strlen(words) - text_columns(span_of(words)));
}

static void usage(struct session *s, const struct command *c)
{
	fprintf(s->out, word(s, N_("hailong %s%s%s [OPTION...] -- %s\n\n%s")), c->name,
		*c->words ? " " : "", word(s, c->words), word(s, c->summary), word(s, c->help));
	fputs(word(s, N_("\nOptions:\n")), s->out);
	for (size_t i = 0; i < OPT__COUNT; i++) {
		const struct option_spec *o = &option_specs[i];
		char left[64], letter[8] = "    ";

		if (!option_accepted(c->options, (enum option)i))
			continue;
		if (o->letter)
			snprintf(letter, sizeof letter, "-%c, ", o->letter);
		snprintf(left, sizeof left, "%s--%s%s%s", letter, o->name, o->argument ? " " : "",
			 o->argument ? word(s, o->argument) : "");
		fprintf(s->out, "  %-*s%s%s\n", width(left, 22), left,
			text_columns(span_of(left)) > 22 ? "\n                         " : " ",
			word(s, o->help));
	}
}

static void overview(struct session *s)
{
	fputs(word(s, N_("hailong COMMAND [OPTION...] SURVEY\n\n"
			 "  hailong rank papi --year YEAR\n"
			 "  hailong report papi --province NAME --year YEAR --out report\n\n")),
	      s->out);
	for (size_t i = 0; s->commands[i]; i++)
		fprintf(s->out, "  %-9s %s\n", s->commands[i]->name,
			word(s, s->commands[i]->summary));
	fputs(word(s, N_("\nhailong help COMMAND says more; hailong list names surveys and years, "
			 "hailong list "
			 "provinces\nthe provinces.\n")),
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
		manual_command(s, c);
	else if (s->options.value[OPT_MAN])
		manual_whole(s);
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
