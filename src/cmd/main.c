/* main.c -- the table of commands, dispatch, and the only place that prints a problem. */
#include "base/memfile.h"
#include "base/sure.h"
#include "base/text.h"
#include "cmd/asked.h"
#include "cmd/command.h"
#include "cmd/messages.h"
#include "input/postgres.h"
#include "output/outfile.h"
#include "output/process.h"
#include "output/xmlmemory.h"
#include "survey/catalog.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern const struct command cmd_list, cmd_check, cmd_estimate, cmd_index, cmd_test, cmd_simulate,
	cmd_import, cmd_plan, cmd_smallarea, cmd_rank, cmd_change, cmd_compare, cmd_gaps, cmd_chart,
	cmd_report, cmd_audit, cmd_page, cmd_tally, cmd_doctor, cmd_complete, cmd_help, cmd_version;

/* The order here is the order in help, completions and the manual page. */
static const struct command *const commands[] = {
	&cmd_list,     &cmd_check,    &cmd_estimate, &cmd_tally,     &cmd_index, &cmd_test,
	&cmd_simulate, &cmd_import,   &cmd_plan,     &cmd_smallarea, &cmd_rank,  &cmd_change,
	&cmd_compare,  &cmd_gaps,     &cmd_chart,    &cmd_report,    &cmd_audit, &cmd_page,
	&cmd_doctor,   &cmd_complete, &cmd_help,     &cmd_version,   NULL,
};

const struct command *command_find(const struct command *const *list, const char *name)
{
	while (*list && strcmp((*list)->name, name) != 0)
		list++;
	return *list;
}

static void print_item(struct arena *a, const struct translation *t, const struct diag_item *item)
{
	struct text file = text_visible(a, postgres_public(a, span_of(item->file))),
		    words = text_visible(a, postgres_public(a, span_of(item->words))),
		    hint = text_visible(a, postgres_public(a, span_of(item->hint)));

	fputs("hailong: ", stderr);
	if (file.n)
		fprintf(stderr, "%.*s:", SPAN_ARG(file));
	if (item->line)
		fprintf(stderr, "%zu:%zu:", item->line, item->column);
	fprintf(stderr, "%s%s%.*s\n", file.n ? " " : "",
		item->code == DIAG_WARNING ? translation_of(t, N_("warning: "))
		: item->code == DIAG_NOTE  ? translation_of(t, N_("note: "))
					   : "",
		SPAN_ARG(words));
	if (hint.n)
		fprintf(stderr, "         %.*s\n", SPAN_ARG(hint));
}

static void print_problems(struct arena *a, const struct diag *why, bool quiet)
{
	size_t problems = 0;

	for (size_t i = 0; i < why->kept; i++) {
		problems += why->item[i].code != DIAG_NOTE;
		if (!quiet || why->item[i].code > DIAG_WARNING)
			print_item(a, why->translation, &why->item[i]);
	}
	if (why->errors + why->warnings > problems)
		fprintf(stderr,
			diag_word(why, "hailong: %zu problems in all; the first %zu are shown\n"),
			why->errors + why->warnings, problems);
}

static int exit_status(const struct diag *why, bool strict)
{
	if (why->errors == 0)
		return strict && why->warnings ? 5 : 0;
	switch (why->worst) {
	case DIAG_USAGE: return 2;
	case DIAG_DATA: return 3;
	case DIAG_TOOL: return 4;
	default: return 1;
	}
}

static bool find_command(struct arena *a, const char *name, const struct command **out,
			 struct diag *why)
{
	struct text names[32], near;
	size_t n = 0;

	*out = command_find(commands, name);
	if (*out)
		return true;
	for (; commands[n]; n++)
		names[n] = span_of(commands[n]->name);
	near = catalog_nearest(a, span_of(name), names, n);
	diag_fail(why, DIAG_USAGE, "no command \"%s\"", name);
	if (near.n)
		return diag_hint(why, "did you mean \"%.*s\"?", SPAN_ARG(near));
	return diag_hint(why, "hailong help lists the commands");
}

/* Of build/hailong and build/VARIANT/hailong the checkout, of PREFIX/bin/hailong the prefix. */
static const char *folder_above(struct arena *a, const char *path, int levels)
{
	size_t n = strlen(path);

	for (; levels >= 0 && n; levels--)
		while (n && path[--n] != '/')
			continue;
	return arena_string(a, (struct text){path, n});
}

/* The program's own file; "" when the system does not tell. */
static const char *own_path(struct arena *a)
{
	char self[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self);

	return arena_string(a, (struct text){self, n > 0 && n < 4096 ? (size_t)n : 0});
}

static bool find_share(struct session *s, struct diag *why)
{
	const char *self = own_path(s->arena);
	const char *candidates[] = {
		s->options.value[OPT_SHARE],
		getenv("HAILONG_SHARE"),
		*self ? folder_above(s->arena, self, 1) : NULL,
		*self ? folder_above(s->arena, self, 2) : NULL,
		*self ? catalog_path(s->arena, folder_above(s->arena, self, 1), "share/hailong")
		      : NULL,
		HAILONG_SHARE_PREFIX};

	for (size_t i = 0; i < 2; i++) /* asked for by name: nothing else will do */
		if (candidates[i])
			return catalog_find_share(&candidates[i], 1, &s->share, why);
	return catalog_find_share(candidates, sizeof candidates / sizeof *candidates, &s->share,
				  why);
}

/* None leaves out what there is no memory for. */
static void prepare_libraries(void)
{
	gsl_set_error_handler_off();
	cJSON_InitHooks(&(cJSON_Hooks){sure_malloc, free});
	xmlmemory_sure();
}

/* The library that lets gnuplot write PNG quickly (preload/png_quick.c), from beside this program,
 * where it was built, or from ../lib/hailong, where it is installed; NULL when it is not there. A
 * preload of the user's own stays what it is; a path that the linker would split does not do. */
static const char *find_png_quick(struct arena *a)
{
	static const char *const places[] = {"png_quick.so", "../lib/hailong/png_quick.so"};
	const char *self = own_path(a);

	if (!*self || strpbrk(self, " :") || getenv("LD_PRELOAD"))
		return NULL;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const char *path = arena_format(a, "%s/%s", folder_above(a, self, 0), places[i]).at;

		if (access(path, R_OK) == 0)
			return path;
	}
	return NULL;
}

/* The folder that sums of large files are kept in; NULL = none. The variables name absolute paths,
 * as the XDG Base Directory Specification has it; "" counts as not set. */
static const char *find_cache(const struct session *s)
{
	const char *own = getenv("HAILONG_CACHE"), *all = getenv("XDG_CACHE_HOME");
	const char *home = getenv("HOME");

	if (s->options.value[OPT_NO_CACHE])
		return NULL;
	if (own && *own)
		return own;
	if (all && *all == '/')
		return arena_format(s->arena, "%s/hailong", all).at;
	return home && *home == '/' ? arena_format(s->arena, "%s/.cache/hailong", home).at : NULL;
}

/* The translation of problems and help: from beside this program, where it was built, or from
 * share/locale, where it is installed; by PREFIX where the system does not tell where that is. */
static const struct translation *read_translation(struct arena *a, struct diag *why)
{
	static const char file[] = "locale/vi/LC_MESSAGES/hailong.mo";
	const char *self = own_path(a), *folder = folder_above(a, self, 0);
	const char *places[] = {
		*self ? arena_format(a, "%s/%s", folder, file).at
		      : arena_format(a, "%s/../%s", HAILONG_SHARE_PREFIX, file).at,
		*self ? arena_format(a, "%s/../share/%s", folder, file).at : NULL,
	};
	struct translation *t = arena_new(a, 1, sizeof *t);

	for (size_t i = 0; i < 2 && places[i]; i++) {
		struct diag ignored = {0};
		struct text bytes;
		const char *wrong;

		if (!outfile_read(a, places[i], &bytes, &ignored))
			continue;
		wrong = translation_read(bytes, t);
		if (!wrong)
			return t;
		diag_note(why, places[i], "%s; messages are in English", wrong);
		return NULL;
	}
	diag_note(why, NULL, "%s is not found; messages are in English", file);
	return NULL;
}

/* NULL = messages are to be English, or must be. */
static const struct translation *find_translation(struct arena *a, int argc, char **argv,
						  struct diag *why)
{
	const struct messages_wish wish = {
		.option = messages_option(argc, argv),
		.all = getenv("LC_ALL"),
		.messages = getenv("LC_MESSAGES"),
		.lang = getenv("LANG"),
		.language = getenv("LANGUAGE"),
	};

	return messages_vietnamese(&wish) ? read_translation(a, why) : NULL;
}

static bool set_language(struct session *s, struct diag *why)
{
	const char *lang = s->options.value[OPT_LANG];

	s->lang = lang && strcmp(lang, "en") == 0 ? LANG_EN : LANG_VI;
	if (!lang || s->lang == LANG_EN || strcmp(lang, "vi") == 0)
		return true;
	return diag_fail(why, DIAG_USAGE, "--lang: \"%s\" is neither vi nor en", lang);
}

static bool check_words(const struct command *c, const struct options *o, struct diag *why)
{
	if (o->words >= c->least_words && o->words <= c->most_words)
		return true;
	if (o->words > c->most_words)
		diag_fail(why, DIAG_USAGE, "\"%s\" is one name too many", o->word[c->most_words]);
	else
		diag_fail(why, DIAG_USAGE, "something is missing: hailong %s %s", c->name,
			  diag_word(why, c->words));
	return diag_hint(why, "hailong help %s says more", c->name);
}

static bool is_file(const char *path, const struct stat *file)
{
	struct stat other;

	return stat(path, &other) == 0 && other.st_dev == file->st_dev &&
	       other.st_ino == file->st_ino;
}

/* --out must not take the place of what is read. */
static bool check_target(const struct options *o, struct diag *why)
{
	const char *path = o->value[OPT_OUT];
	bool read = false;
	struct stat to;

	if (!path || stat(path, &to) != 0 || !S_ISREG(to.st_mode))
		return true;
	for (size_t i = 0; i < o->words; i++)
		read = read || is_file(o->word[i], &to);
	for (size_t i = 0; i < OPT__COUNT; i++)
		read = read ||
		       (o->value[i] && option_specs[i].argument &&
			strcmp(option_specs[i].argument, "FILE") == 0 && is_file(o->value[i], &to));
	return !read ||
	       diag_fail(why, DIAG_USAGE, "--out %s would replace a file that is read", path);
}

/* Runs the command with its output held back, and lets it out only when all went well. */
static bool run_held(const struct command *c, struct session *s, struct diag *why)
{
	const char *path = s->options.value[OPT_OUT];
	bool to_file = path && !c->makes_files && strcmp(path, "-") != 0;
	bool force = s->options.value[OPT_FORCE] != NULL, ok;
	FILE *held = to_file ? outfile_hold(path) : NULL;
	struct memfile memory = {0};
	struct text bytes;

	if (c->makes_files)
		process_watch_signals();
	if (!held)
		memfile_open(&memory);
	s->out = held ? held : memory.out;
	ok = c->run(s, why); /* doctor returns true with errors added: what it found is shown */
	if (held && ok)
		return outfile_keep(held, path, force, why);
	if (held)
		fclose(held); /* without a name: nothing of it is left */
	else if (ok) {
		bytes = memfile_bytes(&memory);
		if (to_file)
			ok = outfile_write(path, bytes, force, why);
		else if (fwrite(bytes.at, 1, bytes.n, stdout) != bytes.n || fflush(stdout) != 0)
			ok = diag_fail(why, DIAG_FAILED, "standard output: %s",
				       diag_system(why, errno));
	}
	memfile_free(&memory);
	return ok;
}

/* The words that people read; none where they read nothing. */
static bool read_phrases(const struct command *c, struct session *s, struct diag *why)
{
	s->phrases = (struct phrases){.arena = s->arena, .lang = s->lang};
	return (c->wordless && c->wordless(&s->options)) ||
	       phrases_read(s->arena, s->share, s->lang, &s->phrases, why);
}

static bool run_command(const struct command *c, struct session *s, struct diag *why)
{
	const char *help[] = {"help", c->name};

	if (s->options.value[OPT_HELP]) {
		s->options.word[0] = help[1];
		s->options.words = 1;
		return run_held(&cmd_help, s, why);
	}
	return set_language(s, why) && check_words(c, &s->options, why) &&
	       check_target(&s->options, why) && asked_form(s, &s->reading.form, why) &&
	       (c == &cmd_help || c == &cmd_version ||
		(find_share(s, why) && read_phrases(c, s, why))) &&
	       run_held(c, s, why);
}

int main(int argc, char **argv, char **environment)
{
	struct arena arena = {0};
	struct session s = {.arena = &arena,
			    .environment = environment,
			    .png_quick = find_png_quick(&arena),
			    .commands = commands,
			    .talk = stderr,
			    .talk_is_terminal = isatty(STDERR_FILENO)};
	const struct command *c = &cmd_help;
	struct diag why = {0};
	const char *name = argc > 1 ? argv[1] : "help";
	int status;

	prepare_libraries();
	why.translation = s.translation = find_translation(&arena, argc, argv, &why);
	if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
		name = "help";
	if (strcmp(name, "--version") == 0)
		name = "version";
	if (find_command(&arena, name, &c, &why) &&
	    options_parse(&arena, argc > 2 ? argc - 2 : 0, argv + 2, c->options, &s.options,
			  &why)) {
		if (s.options.value[OPT_QUIET])
			s.talk = NULL;
		s.reading.cache = find_cache(&s);
		run_command(c, &s, &why);
	}
	print_problems(&arena, &why, s.options.value[OPT_QUIET] != NULL);
	status = exit_status(&why, s.options.value[OPT_STRICT] != NULL);
	arena_release(&arena);
	return status;
}
