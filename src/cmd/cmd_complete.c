/* What may come next on a command line; the glue of each shell is in completions/. */
#include "base/text.h"
#include "cmd/command.h"
#include "output/chart.h"
#include "survey/catalog.h"

#include <string.h>

/* What the value of an option may be, by spaces; a file, a folder or whatever the survey has else.
 */
static const char *const values[OPT__COUNT] = {
	[OPT_PEERS] = "region nearest:5 nearest:5:profile",
	[OPT_CONFIDENCE] = "simultaneous marginal single holm bonferroni sidak kww",
	[OPT_INTERVALS] = "confidence goldstein-healy",
	[OPT_COVARIANCE] = "berger-priam overlap stacked independent",
	[OPT_ADJUST] = "holm hochberg hommel bonferroni sidak bh by none",
	[OPT_FAMILY_OF] = "item province table",
	[OPT_DIALECT] = "postgres duckdb spark clickhouse",
	[OPT_STAT] = "mean proportion rate total ratio variance quantile distribution",
	[OPT_QRULE] = "math school hf1 hf2 hf3 hf4 hf5 hf6 hf7 hf8 hf9 shahvaish grouped",
	[OPT_METHOD] = "structure pooled item-mean factor-mean aspect-mean weighted score score5",
	[OPT_FITTING] = "reml ml fh areml",
	[OPT_SHARED] = "lead split",
	[OPT_NORMALISE] = "minmax goalpost z rank borda percentile distance fraction none",
	[OPT_AGGREGATE] = "mean geometric harmonic power: copeland",
	[OPT_WEIGHTS] = "given equal pca",
	[OPT_OUTLIERS] = "none winsorise",
	[OPT_LONELY] = "adjust fail remove certainty average collapse",
	[OPT_DOMAIN_LONELY] = "none adjust average",
	[OPT_CI] = "wald logit xlogit asin beta kg wilson ac jeffreys likelihood clopper-pearson",
	[OPT_DF] = "domain design inf",
	[OPT_DEFF] = "wr wor",
	[OPT_REPTYPE] = "JK1 JKn BRR Fay bootstrap subbootstrap raowu canty SDR other",
	[OPT_DISTANCE] = "linear raking logit",
	[OPT_SUPPRESS] = "nchs rse30 n= none",
	[OPT_FAMILY] = "linear logistic",
	[OPT_SYSTEM] = "34 63",
	[OPT_UNIT] = "share percent",
	[OPT_SMOOTH] = "none deff gvf",
	[OPT_TRANSFORM] = "none arcsine",
	[OPT_BENCHMARK] = "ratio difference",
	[OPT_TEMPLATE] = "nd30 plain",
	[OPT_PROFILE] = "web report",
	[OPT_THEME] = "colour mono dark",
	[OPT_FOR] = "standing change path items answers trust",
	[OPT_RANK_WORD] = "hạng bậc",
	[OPT_DELTA_UNIT] = "point percent",
	[OPT_LANG] = "vi en",
};

static const char *formats_of(const struct command *c)
{
	if (strcmp(c->name, "chart") == 0)
		return "svg png pdf emf";
	if (strcmp(c->name, "report") == 0)
		return "md docx html pdf xlsx";
	if (strcmp(c->name, "list") == 0)
		return "table md";
	return "table csv tsv json md";
}

/* What is known of the line: its words but the last, which is being typed. */
struct line {
	struct session *s;
	const struct command *command;
	struct text typed;    /* without an "--option=" before it */
	struct text before;   /* that, and what stands before the last comma of a list */
	const char *place[8]; /* words that are neither options nor their values */
	size_t places;
	const char *year; /* of --year; NULL */
	bool given[OPT__COUNT];
	enum option of; /* whose value is being typed; OPT__COUNT: a word of its own */
};

static void say(const struct line *l, struct text word, struct text about)
{
	fprintf(l->s->out, "%.*s%.*s%s%.*s\n", SPAN_ARG(l->before), SPAN_ARG(word),
		about.n ? "\t" : "", SPAN_ARG(about));
}

static bool begins(struct text word, struct text with)
{
	return word.n >= with.n && (with.n == 0 || memcmp(word.at, with.at, with.n) == 0);
}

/* The name when it begins as typed in any case; typed without diacritics, it is given without. */
static void say_name(const struct line *l, struct text name)
{
	struct arena *a = l->s->arena;
	struct text plain = text_plain(a, name);

	if (begins(text_lower(a, name), text_lower(a, l->typed)))
		say(l, name, (struct text){NULL, 0});
	else if (begins(text_lower(a, plain), text_lower(a, l->typed)))
		say(l, plain, name);
}

static void say_word(const struct line *l, struct text word, struct text about)
{
	if (begins(word, l->typed))
		say(l, word, about);
}

static void say_words(const struct line *l, const char *words)
{
	struct text rest = span_of(words), word;

	while (rest.n) {
		span_split(&rest, ' ', &word);
		say_word(l, word, (struct text){NULL, 0});
	}
}

/* The survey that a word of the line names: what it asks and its years. */
static bool find_survey(const struct line *l, struct survey *out)
{
	for (size_t i = 0; i < l->places; i++) {
		struct diag ignored = {0}; /* a word that is no survey is no problem here */
		const char *path;

		if (catalog_find_survey(l->s->arena, l->s->share, l->place[i], &path, &ignored) &&
		    survey_read(l->s->arena, l->s->share, path, out, &ignored))
			return true;
	}
	return false;
}

static long year_of(const struct line *l, const struct survey *survey)
{
	long year;

	if (l->year && number_whole(span_of(l->year), 1900, 2999, &year))
		return year;
	return survey ? survey_last_year(survey) : 0;
}

static bool say_provinces(const struct line *l, struct diag *why)
{
	struct survey survey;
	bool known = find_survey(l, &survey);
	long year = year_of(l, known ? &survey : NULL);

	if (!known && !provinces_read(l->s->arena, l->s->share, &survey.provinces, why))
		return false;
	for (size_t i = 0; i < survey.provinces.n; i++) {
		const struct province *p = &survey.provinces.at[i];
		bool last = i + 1 == survey.provinces.n || !span_equal(p->name, p[1].name);

		if (year ? province_stands(p, year) : last)
			say_name(l, p->name);
	}
	if (l->command->makes_files)
		say_word(l, span_of("all"), (struct text){NULL, 0});
	return true;
}

static void say_years(const struct line *l)
{
	struct survey survey;

	if (!find_survey(l, &survey))
		return;
	for (size_t i = 0; i < survey.n_waves; i++)
		say_word(l, arena_format(l->s->arena, "%ld", survey.wave[i].year),
			 (struct text){NULL, 0});
}

static void say_items(const struct line *l)
{
	struct survey survey;
	const struct wave *wave;

	if (!find_survey(l, &survey))
		return;
	wave = survey_wave(&survey, year_of(l, &survey));
	for (size_t i = 0; wave && i < survey.structure.n; i++) {
		const struct item *item = &survey.structure.at[i];

		if (span_equal(item->era, wave->era))
			say_word(l, item->code, item->name[l->s->lang]);
	}
	say_word(l, span_of("all"), (struct text){NULL, 0});
}

static bool say_value(const struct line *l, struct diag *why)
{
	const char *argument = option_specs[l->of].argument;

	switch (l->of) {
	case OPT_PROVINCE: return say_provinces(l, why);
	case OPT_YEAR:
	case OPT_FROM:
	case OPT_TO:
	case OPT_BASE_YEAR: say_years(l); return true;
	case OPT_ITEM: say_items(l); return true;
	case OPT_FORMAT: say_words(l, formats_of(l->command)); return true;
	default: break;
	}
	if (values[l->of])
		say_words(l, values[l->of]);
	else if (strcmp(argument, "DIR") == 0)
		fputs(":folders\n", l->s->out);
	else if (strncmp(argument, "FILE", 4) == 0 || strcmp(argument, "PATH") == 0)
		fputs(":files\n", l->s->out);
	return true;
}

static void say_options(const struct line *l)
{
	for (size_t i = 0; i < OPT__COUNT; i++)
		if (option_accepted(l->command->options, (enum option)i) &&
		    (!l->given[i] || i == OPT_ITEM))
			say_word(l, arena_format(l->s->arena, "--%s", option_specs[i].name),
				 span_of(option_specs[i].help));
}

static bool say_surveys(const struct line *l, struct diag *why)
{
	struct text *names;
	size_t n;

	if (!catalog_surveys(l->s->arena, l->s->share, &names, &n, why))
		return false;
	for (size_t i = 0; i < n; i++)
		say_word(l, names[i], (struct text){NULL, 0});
	fputs(":files\n", l->s->out);
	return true;
}

static void say_charts(const struct line *l)
{
	for (size_t i = 0; i < CHART__COUNT; i++)
		say_word(l, span_of(chart_kinds[i].name),
			 phrase(&l->s->phrases, chart_kinds[i].question));
	say_word(l, span_of("all"), (struct text){NULL, 0});
}

/* A word of its own, by what the command's usage calls it. */
static bool say_place(const struct line *l, struct diag *why)
{
	const struct command *c = l->command;

	if (l->places >= c->most_words)
		return true;
	if (strcmp(c->name, "help") == 0) {
		for (size_t i = 0; l->s->commands[i]; i++)
			say_word(l, span_of(l->s->commands[i]->name),
				 span_of(l->s->commands[i]->summary));
		return true;
	}
	if (strcmp(c->name, "list") == 0 && l->places == 0)
		say_words(l, "surveys provinces items charts");
	else if (strcmp(c->name, "chart") == 0 && l->places == 0)
		say_charts(l);
	else if (strstr(c->words, "SURVEY"))
		return say_surveys(l, why);
	else
		fputs(":files\n", l->s->out);
	return true;
}

static enum option option_of(const struct line *l, struct text word)
{
	for (size_t i = 0; i < OPT__COUNT; i++)
		if (option_accepted(l->command->options, (enum option)i) &&
		    (span_is(word, arena_format(l->s->arena, "--%s", option_specs[i].name).at) ||
		     (option_specs[i].letter && word.n == 2 && word.at[0] == '-' &&
		      word.at[1] == option_specs[i].letter)))
			return (enum option)i;
	return OPT__COUNT;
}

/* One word before the one being typed: an option, its value, or a place. */
static void take_word(struct line *l, const char *word)
{
	struct text rest = span_of(word), name;

	if (l->of != OPT__COUNT) {
		if (l->of == OPT_YEAR)
			l->year = word;
		l->of = OPT__COUNT;
		return;
	}
	if (*word != '-' || !word[1]) {
		if (l->places < sizeof l->place / sizeof *l->place)
			l->place[l->places] = word;
		l->places++;
		return;
	}
	span_split(&rest, '=', &name);
	l->of = option_of(l, name);
	if (l->of == OPT__COUNT)
		return;
	l->given[l->of] = true;
	if (l->of == OPT_YEAR && rest.at)
		l->year = rest.at;
	if (rest.at || !option_specs[l->of].argument)
		l->of = OPT__COUNT;
}

/* What is typed: the value behind "--option=", the last of several behind commas. */
static void take_typed(struct line *l, const char *word)
{
	struct text rest = span_of(word), name;
	size_t comma;

	l->typed = rest;
	if (l->of == OPT__COUNT && span_starts(rest, "--") && span_split(&rest, '=', &name) &&
	    rest.at) {
		l->of = option_of(l, name);
		l->typed = rest;
	}
	comma = span_find_last(l->typed, span_of(","));
	if (comma != SPAN_NOWHERE && l->of != OPT_PROVINCE)
		l->typed = (struct text){l->typed.at + comma + 1, l->typed.n - comma - 1};
	l->before = (struct text){word, strlen(word) - l->typed.n};
}

static bool run(struct session *s, struct diag *why)
{
	struct line l = {.s = s, .of = OPT__COUNT};
	const char *const *word = s->options.word;
	size_t n = s->options.words;

	if (n < 2) {
		l.typed = span_of(n ? word[0] : "");
		for (size_t i = 0; s->commands[i]; i++)
			say_word(&l, span_of(s->commands[i]->name),
				 span_of(s->commands[i]->summary));
		return true;
	}
	l.command = command_find(s->commands, word[0]);
	if (!l.command)
		return diag_fail(why, DIAG_USAGE, "no command \"%s\"", word[0]);
	for (size_t i = 1; i + 1 < n; i++)
		take_word(&l, word[i]);
	take_typed(&l, word[n - 1]);
	if (l.of != OPT__COUNT)
		return !option_specs[l.of].argument || say_value(&l, why);
	if (l.typed.n && l.typed.at[0] == '-') {
		say_options(&l);
		return true;
	}
	return say_place(&l, why);
}

extern const struct command cmd_complete;
const struct command cmd_complete = {
	.name = "complete",
	.words = "-- [WORD...]",
	.most_words = OPTION_WORDS,
	.summary = "what may come next on a command line, for shells",
	.help = "  hailong complete -- rank papi --province hung\n\n"
		"Prints what the last WORD may become, one on a line, with what it means behind a "
		"tab;\n"
		"\":files\" and \":folders\" stand for those that the shell knows. An empty WORD "
		"may\n"
		"become anything. `make install` puts what bash, zsh and fish need into their "
		"folders.\n",
	.options = (const enum option[]){OPT__COUNT},
	.run = run,
};
