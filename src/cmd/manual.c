#include "cmd/manual.h"

#include <ctype.h>

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

/* In the language of the reader. */
__attribute__((format_arg(2))) static const char *word(const struct session *s, const char *english)
{
	return translation_of(s->translation, english);
}

static void heading(const struct session *s, const char *command)
{
	FILE *out = s->out;

	fputs(".TH HAILONG", out);
	if (*command)
		fputs("\\-", out);
	for (; *command; command++)
		fputc(toupper((unsigned char)*command), out);
	fprintf(out, " 1 \"\" \"hailong " HAILONG_VERSION "\" \"%s\"\n.SH %s\n",
		word(s, N_("User commands")), word(s, N_("NAME")));
}

static void synopsis(const struct session *s, const char *command)
{
	fprintf(s->out, "\n.SH %s\n.B hailong%s%s\n", word(s, N_("SYNOPSIS")), *command ? " " : "",
		command);
}

static void any_options(const struct session *s)
{
	fprintf(s->out, ".RI [ %s .\\|.\\|.]\n", word(s, N_("OPTION")));
}

static void option_entry(const struct session *s, const struct option_spec *o)
{
	FILE *out = s->out;

	fputs(".TP\n.B ", out);
	if (o->letter)
		fprintf(out, "\\-%c, ", o->letter);
	fputs("\\-\\-", out);
	roff(out, o->name);
	if (o->argument) {
		fputs(" ", out);
		roff(out, word(s, o->argument));
	}
	fputs("\n", out);
	roff(out, word(s, o->help));
	fputs("\n", out);
}

static void exit_status(const struct session *s)
{
	fprintf(s->out, ".SH %s\n", word(s, N_("EXIT STATUS")));
	roff(s->out, word(s, N_("0 done; 1 failed; 2 wrong command line; 3 data invalid or not to "
				"be read; 4 external tool or font missing; 5 warnings under "
				"--strict.\n")));
}

static void environment(const struct session *s)
{
	fprintf(s->out, ".SH %s\n.TP\n.B HAILONG_SHARE\n", word(s, N_("ENVIRONMENT")));
	roff(s->out, word(s, N_("folder with surveys/, plots/ and reports/.\n")));
	fputs(".TP\n.B HAILONG_CACHE\n", s->out);
	fputs(word(s, N_("folder that sums of large files of answers are kept in; else hailong in\n"
			 ".B XDG_CACHE_HOME\nor ~/.cache.\n")),
	      s->out);
}

void manual_whole(const struct session *s)
{
	FILE *out = s->out;

	heading(s, "");
	fputs("hailong \\- ", out);
	roff(out, word(s, N_("governance indices of provinces: estimates, ranks, changes, charts, "
			     "reports")));
	synopsis(s, "");
	fprintf(out, ".I %s\n", word(s, N_("COMMAND")));
	any_options(s);
	fprintf(out, ".I %s\n.SH %s\n", word(s, "SURVEY"), word(s, N_("DESCRIPTION")));
	roff(out, word(s, N_("SURVEY is a folder of CSV files, a name under surveys/, or a single "
			     ".csv file of scores or of answers.\n"
			     "Results go to standard output, words about them to standard error.\n"
			     "Files appear whole or not at all.\n")));
	fprintf(out, ".SH %s\n", word(s, N_("COMMANDS")));
	for (const struct command *const *c = s->commands; *c; c++) {
		fprintf(out, ".TP\n.BR hailong\\-%s (1)\n", (*c)->name);
		roff(out, word(s, (*c)->summary));
		fputs("\n", out);
	}
	fprintf(out, ".SH %s\n", word(s, N_("OPTIONS")));
	roff(out, word(s, N_("Every command knows these; an option means the same wherever it "
			     "stands.\n")));
	for (size_t i = 0; i < OPT__COUNT; i++)
		if (option_accepted((const enum option[]){OPT__COUNT}, (enum option)i))
			option_entry(s, &option_specs[i]);
	exit_status(s);
	environment(s);
}

void manual_command(const struct session *s, const struct command *c)
{
	FILE *out = s->out;

	heading(s, c->name);
	fprintf(out, "hailong\\-%s \\- ", c->name);
	roff(out, word(s, c->summary));
	synopsis(s, c->name);
	any_options(s);
	if (*c->words) {
		fputs(".I ", out);
		roff(out, word(s, c->words));
		fputs("\n", out);
	}
	fprintf(out, ".SH %s\n.nf\n", word(s, N_("DESCRIPTION")));
	roff(out, word(s, c->help));
	fprintf(out, ".fi\n.SH %s\n", word(s, N_("OPTIONS")));
	for (size_t i = 0; i < OPT__COUNT; i++)
		if (option_accepted(c->options, (enum option)i))
			option_entry(s, &option_specs[i]);
	exit_status(s);
	fprintf(out, ".SH %s\n.BR hailong (1)\n", word(s, N_("SEE ALSO")));
}
