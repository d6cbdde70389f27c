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

static void heading(FILE *out, const char *command)
{
	fputs(".TH HAILONG", out);
	if (*command)
		fputs("\\-", out);
	for (; *command; command++)
		fputc(toupper((unsigned char)*command), out);
	fputs(" 1 \"\" \"hailong " HAILONG_VERSION "\" \"User commands\"\n.SH NAME\n", out);
}

static void option_entry(FILE *out, const struct option_spec *o)
{
	fputs(".TP\n.B ", out);
	if (o->letter)
		fprintf(out, "\\-%c, ", o->letter);
	fputs("\\-\\-", out);
	roff(out, o->name);
	if (o->argument) {
		fputs(" ", out);
		roff(out, o->argument);
	}
	fputs("\n", out);
	roff(out, o->help);
	fputs("\n", out);
}

static void exit_status(FILE *out)
{
	fputs(".SH EXIT STATUS\n0 done; 1 failed; 2 wrong command line; 3 data invalid or not to "
	      "be read; "
	      "4 external tool or font missing; 5 warnings under \\-\\-strict.\n",
	      out);
}

void manual_whole(FILE *out, const struct command *const *commands)
{
	heading(out, "");
	fputs("hailong \\- governance indices of provinces: estimates, ranks, changes, charts, "
	      "reports\n"
	      ".SH SYNOPSIS\n.B hailong\n.I COMMAND\n.RI [ OPTION .\\|.\\|.]\n.I SURVEY\n"
	      ".SH DESCRIPTION\nSURVEY is a folder of CSV files, a name under surveys/, or a "
	      "single .csv file "
	      "of scores or of answers.\nResults go to standard output, words about them to "
	      "standard error.\n"
	      "Files appear whole or not at all.\n.SH COMMANDS\n",
	      out);
	for (; *commands; commands++) {
		fprintf(out, ".TP\n.BR hailong\\-%s (1)\n", (*commands)->name);
		roff(out, (*commands)->summary);
		fputs("\n", out);
	}
	fputs(".SH OPTIONS\nEvery command knows these; an option means the same wherever it "
	      "stands.\n",
	      out);
	for (size_t i = 0; i < OPT__COUNT; i++)
		if (option_accepted((const enum option[]){OPT__COUNT}, (enum option)i))
			option_entry(out, &option_specs[i]);
	exit_status(out);
	fputs(".SH ENVIRONMENT\n.TP\n.B HAILONG_SHARE\nfolder with surveys/, plots/ and reports/.\n"
	      ".TP\n.B HAILONG_CACHE\nfolder that sums of large files of answers are kept in; else "
	      "hailong in\n"
	      ".B XDG_CACHE_HOME\nor ~/.cache.\n",
	      out);
}

void manual_command(FILE *out, const struct command *c)
{
	heading(out, c->name);
	fprintf(out, "hailong\\-%s \\- ", c->name);
	roff(out, c->summary);
	fprintf(out, "\n.SH SYNOPSIS\n.B hailong %s\n.RI [ OPTION .\\|.\\|.]\n", c->name);
	if (*c->words) {
		fputs(".I ", out);
		roff(out, c->words);
		fputs("\n", out);
	}
	fputs(".SH DESCRIPTION\n.nf\n", out);
	roff(out, c->help);
	fputs(".fi\n.SH OPTIONS\n", out);
	for (size_t i = 0; i < OPT__COUNT; i++)
		if (option_accepted(c->options, (enum option)i))
			option_entry(out, &option_specs[i]);
	exit_status(out);
	fputs(".SH SEE ALSO\n.BR hailong (1)\n", out);
}
