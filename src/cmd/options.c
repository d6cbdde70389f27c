#include "cmd/options.h"

#include "survey/catalog.h"

#include <string.h>

const struct option_spec option_specs[OPT__COUNT] = {
	[OPT_PROVINCE] = {"province", 'p', "NAME",
			  "province by code or name in any spelling; `all`"},
	[OPT_PEERS] =
		{"peers", 0, "RULE",
		 "region (default), nearest:5, nearest:5:profile, or names separated by commas"},
	[OPT_YEAR] = {"year", 'y', "YEAR", "year of the figures (default: the latest)"},
	[OPT_FROM] = {"from", 0, "YEAR", "earlier year (default: the year before)"},
	[OPT_TO] = {"to", 0, "YEAR", "later year (default: the latest)"},
	[OPT_ITEM] = {"item", 'i', "CODES", "items by code, separated by commas, or `all`"},
	[OPT_FORMAT] = {"format", 'f', "FORMAT",
			"table, csv, tsv, json, md; for charts svg, png, pdf"},
	[OPT_OUT] = {"out", 'o', "PATH",
		     "write there instead of standard output; a folder for charts and reports"},
	[OPT_PROFILE] = {"profile", 0, "NAME",
			 "web (default: title and source inside) or report (for a document)"},
	[OPT_THEME] = {"theme", 0, "NAME", "colour (default) or mono (for photocopiers)"},
	[OPT_PAD] = {"pad", 0, NULL, "write counts below ten with two digits, as in \"01\""},
	[OPT_LANG] = {"lang", 0, "LANG", "language of what people read: vi (default) or en"},
	[OPT_SHARE] = {"share", 0, "DIR", "folder with surveys/, plots/ and reports/"},
	[OPT_FORCE] = {"force", 0, NULL, "replace files that exist"},
	[OPT_STRICT] = {"strict", 0, NULL, "warnings give exit status 5"},
	[OPT_QUIET] = {"quiet", 'q', NULL, "no warnings, notes or progress"},
	[OPT_MAN] = {"man", 0, NULL, "print the manual page"},
	[OPT_BASH] = {"bash", 0, NULL, "print the completion script for bash"},
	[OPT_NAMES] = {"names", 0, NULL, "print the names of the commands"},
	[OPT_HELP] = {"help", 'h', NULL, "say how to use the command"},
};

static bool known(unsigned long accepted, size_t option)
{
	return option == OPT_HELP || (accepted & 1ul << option);
}

static bool unknown(struct arena *a, unsigned long accepted, struct text name, struct diag *why)
{
	struct text names[OPT__COUNT], near;
	size_t n = 0;

	for (size_t i = 0; i < OPT__COUNT; i++)
		if (known(accepted, i))
			names[n++] = span_of(option_specs[i].name);
	near = catalog_nearest(a, name, names, n);
	diag_fail(why, DIAG_USAGE, "no option --%.*s here", SPAN_ARG(name));
	return near.n ? diag_hint(why, "did you mean --%.*s?", SPAN_ARG(near)) : false;
}

static size_t find(unsigned long accepted, struct text name, char letter)
{
	size_t i;

	for (i = 0; i < OPT__COUNT; i++)
		if (known(accepted, i) && (letter ? option_specs[i].letter == letter
						  : span_is(name, option_specs[i].name)))
			break;
	return i;
}

/* One option at argv[*i]; may take argv[*i + 1] as its value. */
static bool take_option(struct arena *a, int argc, char **argv, int *i, unsigned long accepted,
			struct options *out, struct diag *why)
{
	bool is_long = argv[*i][1] == '-';
	struct text rest = span_of(argv[*i] + (is_long ? 2 : 1)), name = rest;
	size_t option;

	if (is_long)
		span_split(&rest, '=', &name);
	else if (name.n > 1) {
		name.n = 1;
		rest = (struct text){rest.at + 1, rest.n - 1};
	} else {
		rest = (struct text){NULL, 0};
	}
	option = find(accepted, name, is_long ? '\0' : name.at[0]);
	if (option == OPT__COUNT)
		return is_long ? unknown(a, accepted, name, why)
			       : diag_fail(why, DIAG_USAGE, "no option -%c here", name.at[0]);
	const struct option_spec *spec = &option_specs[option];

	if (out->value[option])
		return diag_fail(why, DIAG_USAGE, "--%s is given twice", spec->name);
	if (!spec->argument) {
		out->value[option] = "";
		return !rest.at || diag_fail(why, DIAG_USAGE, "--%s takes no value", spec->name);
	}
	if (!rest.at && *i + 1 == argc)
		return diag_fail(why, DIAG_USAGE, "--%s needs a value (%s)", spec->name,
				 spec->argument);
	out->value[option] = rest.at ? arena_string(a, rest) : argv[++*i];
	return true;
}

bool options_parse(struct arena *a, int argc, char **argv, unsigned long accepted,
		   struct options *out, struct diag *why)
{
	bool only_words = false;

	*out = (struct options){0};
	for (int i = 0; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = true;
		} else if (!only_words && argv[i][0] == '-' && argv[i][1]) {
			if (!take_option(a, argc, argv, &i, accepted, out, why))
				return false;
		} else if (out->words == OPTION_WORDS) {
			return diag_fail(why, DIAG_USAGE, "more than %d names", OPTION_WORDS);
		} else {
			out->word[out->words++] = argv[i];
		}
	}
	return true;
}
