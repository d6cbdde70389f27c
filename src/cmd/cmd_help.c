/* Everything said here comes from the tables of commands and options. */
#include "base/text.h"
#include "cmd/command.h"

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

/* A line of prose in roff: leading dots and quotes, backslashes and dashes are not its own. */
static void roff(FILE *out, const char *words)
{
	for (bool start = true; *words; words++) {
		if (start && (*words == '.' || *words == '\''))
			fputs("\\&", out);
		start = *words == '\n';
		if (*words == '\\')
			fputs("\\e", out);
		else if (*words == '-')
			fputs("\\-", out);
		else
			fputc(*words, out);
	}
}

static void man_command(const struct session *s, const struct command *c)
{
	FILE *out = s->out;

	fprintf(out, ".SS %s", c->name);
	if (*c->words)
		fprintf(out, " %s", word(s, c->words));
	fputs("\n", out);
	roff(out, word(s, c->summary));
	fputs(".\n.PP\n.nf\n", out);
	roff(out, word(s, c->help));
	fprintf(out, ".fi\n.PP\n%s", word(s, N_("Options:")));
	for (size_t i = 0, n = 0; i < OPT__COUNT; i++)
		if (option_accepted(c->options, (enum option)i))
			fprintf(out, "%s\n.B \\-\\-%s", n++ ? "," : "", option_specs[i].name);
	fputs("\n", out);
}

static void man(struct session *s)
{
	fputs(".TH HAILONG 1 \"\" \"hailong " HAILONG_VERSION "\" ", s->out);
	fputs(word(s, N_("\"User commands\"\n"
			 ".SH NAME\nhailong \\- governance indices of provinces: estimates, "
			 "ranks, changes, charts, reports\n"
			 ".SH SYNOPSIS\n.B hailong\n.I COMMAND\n.RI [ OPTION .\\|.\\|.]\n"
			 ".I SURVEY\n"
			 ".SH DESCRIPTION\nSURVEY is a folder of CSV files, a name under "
			 "surveys/, or a single .csv file of scores or of answers.\n"
			 "Results go to standard output, words about them to standard error.\n"
			 "Files appear whole or not at all.\n.SH COMMANDS\n")),
	      s->out);
	for (size_t i = 0; s->commands[i]; i++)
		man_command(s, s->commands[i]);
	fputs(word(s, N_(".SH OPTIONS\n")), s->out);
	for (size_t i = 0; i < OPT__COUNT; i++) {
		const struct option_spec *o = &option_specs[i];

		fputs(".TP\n", s->out);
		if (o->letter)
			fprintf(s->out, ".B \\-%c\n.br\n", o->letter);
		fprintf(s->out, ".B \\-\\-%s%s%s\n", o->name, o->argument ? " " : "",
			o->argument ? word(s, o->argument) : "");
		roff(s->out, word(s, o->help));
		fputs("\n", s->out);
	}
	fputs(word(s, N_(".SH EXIT STATUS\n0 done; 1 failed; 2 wrong command line; 3 data invalid "
			 "or not to "
			 "be read; "
			 "4 external tool or font missing; 5 warnings under \\-\\-strict.\n"
			 ".SH ENVIRONMENT\n.TP\n.B HAILONG_SHARE\nfolder with surveys/, plots/ and "
			 "reports/.\n.TP\n.B HAILONG_CACHE\nfolder that sums of large files of "
			 "answers are "
			 "kept in; else hailong in\n.B XDG_CACHE_HOME\nor ~/.cache.\n")),
	      s->out);
}

static void bash(struct session *s)
{
	fputs("# bash completion for hailong; made by: hailong help --bash\n"
	      "_hailong()\n{\n"
	      "\tlocal word=${COMP_WORDS[COMP_CWORD]} options=\n"
	      "\tif [ \"$COMP_CWORD\" = 1 ]; then\n\t\tmapfile -t COMPREPLY < <(compgen -W \"",
	      s->out);
	for (size_t i = 0; s->commands[i]; i++)
		fprintf(s->out, "%s%s", i ? " " : "", s->commands[i]->name);
	fputs("\" -- \"$word\")\n\t\treturn\n\tfi\n\tcase ${COMP_WORDS[1]} in\n", s->out);
	for (size_t i = 0; s->commands[i]; i++) {
		fprintf(s->out, "\t%s) options=\"--help", s->commands[i]->name);
		for (size_t o = 0; o < OPT_HELP; o++)
			if (option_accepted(s->commands[i]->options, (enum option)o))
				fprintf(s->out, " --%s", option_specs[o].name);
		fputs("\" ;;\n", s->out);
	}
	fputs("\tesac\n"
	      "\tif [[ $word == -* ]]; then\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
	      "\telse\n"
	      "\t\tmapfile -t COMPREPLY < <(compgen -W \"$(hailong list --names 2>/dev/null)\" -- "
	      "\"$word\")\n"
	      "\tfi\n}\ncomplete -o default -F _hailong hailong\n",
	      s->out);
}

static bool run(struct session *s, struct diag *why)
{
	const struct command *c =
		s->options.words ? command_find(s->commands, s->options.word[0]) : NULL;

	if (s->options.value[OPT_MAN])
		man(s);
	else if (s->options.value[OPT_BASH])
		bash(s);
	else if (s->options.value[OPT_NAMES])
		for (size_t i = 0; s->commands[i]; i++)
			fprintf(s->out, "%s\n", s->commands[i]->name);
	else if (c)
		usage(s, c);
	else if (s->options.words)
		return diag_fail(why, DIAG_USAGE, "no command \"%s\"", s->options.word[0]);
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
	.options = (const enum option[]){OPT_MAN, OPT_BASH, OPT_NAMES, OPT__COUNT},
	.run = run,
};
