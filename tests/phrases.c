#include "help.h"

#include "input/table.h"
#include "output/phrases.h"

#include <ctype.h>
#include <dirent.h>

TestSuite(phrases, .fini = clean);

static struct phrases read_shipped(enum lang lang)
{
	struct phrases p;
	struct diag why = {0};

	cr_assert(phrases_read(&arena, SHIPPED, lang, &p, &why), "%s", why.item[0].words);
	return p;
}

Test(phrases, words_by_key_and_language)
{
	struct phrases vi = read_shipped(LANG_VI), en = read_shipped(LANG_EN);

	check_text(phrase(&vi, "head.rank"), "Hạng");
	check_text(phrase(&en, "head.rank"), "Rank");
	check_text(phrase(&en, "no.such.key"), "⟦no.such.key⟧");
	check_text(phrase(&en, ""), "⟦⟧");
}

static const char fixture[] =
	"key,vi,en\nb,{x} và {y},{x} and {y}\na,{x}{x},{x}\nc,{x,{x\nd,}{z}{,}{z}{\ne,{},{}\n";

Test(phrases, fill)
{
	struct phrases p;
	struct diag why = {0};

	file_of("x", "", 0);
	cr_assert(system(arena_format(&arena, "mkdir %s/reports", work.path).at) == 0);
	file_of("reports/phrases.csv", fixture, sizeof fixture - 1);
	cr_assert(phrases_read(&arena, work.path, LANG_VI, &p, &why), "%s", why.item[0].words);
	check_text(PHRASE_FILL(&p, "b", {"x", span_of("1")}, {"y", span_of("2")}), "1 và 2");
	check_text(PHRASE_FILL(&p, "a", {"x", span_of("1")}), "11");
	check_text(PHRASE_FILL(&p, "b", {"x", span_of("1")}), "1 và {y}");
	check_text(PHRASE_FILL(&p, "b", {"x", span_of("{y}")}, {"y", span_of("2")}), "{y} và 2");
	check_text(PHRASE_FILL(&p, "b", {"x", {NULL, 0}}, {"y", span_of("")}), " và ");
	check_text(PHRASE_FILL(&p, "c", {"x", span_of("1")}), "{x");
	check_text(PHRASE_FILL(&p, "d", {"z", span_of("1")}), "}1{");
	check_text(PHRASE_FILL(&p, "e", {"x", span_of("1")}), "{}");
	check_text(PHRASE_FILL(&p, "none", {"x", span_of("1")}), "⟦none⟧");
}

Test(phrases, wrong_files)
{
	static const struct {
		const char *bytes;
		size_t line, column;
		const char *fragment;
	} cases[] = {
		{"key,vi,en\na,x,y\na,x,y\n", 0, 0, "key \"a\" stands twice"},
		{"key,vi,en\na,x,\n", 2, 1, "a phrase needs a key and words in both languages"},
		{"key,vi,en\na,,y\n", 2, 1, "a phrase needs"},
		{"key,vi,en\n,x,y\n", 2, 1, "a phrase needs"},
		{"key,vi\na,x\n", 1, 1, "no column \"en\""},
		{"key,vi,en\n", 1, 1, "only a header row"},
	};

	file_of("x", "", 0);
	cr_assert(system(arena_format(&arena, "mkdir %s/reports", work.path).at) == 0);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct phrases p;
		struct diag why = {0};

		file_of("reports/phrases.csv", cases[i].bytes, strlen(cases[i].bytes));
		cr_expect(not(phrases_read(&arena, work.path, LANG_VI, &p, &why)));
		check_problem(&why, 0, DIAG_DATA, cases[i].line ? "phrases.csv" : "", cases[i].line,
			      cases[i].column, cases[i].fragment);
	}
}

static bool read_units(const char *bytes, struct phrases *p, struct diag *why)
{
	static const char words[] = "key,vi,en\na,tỉnh {x},province {x}\nb,điểm,points\n";

	file_of("x", "", 0);
	cr_assert(system(arena_format(&arena, "mkdir -p %s/reports", work.path).at) == 0);
	file_of("reports/phrases.csv", words, sizeof words - 1);
	file_of("reports/phrases.units.csv", bytes, strlen(bytes));
	cr_assert(phrases_read(&arena, work.path, LANG_VI, p, why), "%s", why->item[0].words);
	return phrases_units(&arena, work.path, p, why);
}

Test(phrases, units_in_place_of_provinces)
{
	struct phrases p;
	struct diag why = {0};

	cr_assert(read_units("key,vi,en\na,đơn vị {x},unit {x}\n", &p, &why));
	check_text(PHRASE_FILL(&p, "a", {"x", span_of("1")}), "đơn vị 1");
	check_text(phrase(&p, "b"), "điểm");
	why = (struct diag){0};
	cr_expect(not(read_units("key,vi,en\nc,đơn vị,unit\n", &p, &why)));
	check_problem(&why, 0, DIAG_DATA, "", 0, 0, "key \"c\" does not stand in phrases.csv");
	why = (struct diag){0};
	cr_expect(not(read_units("key,vi,en\na,đơn vị,\n", &p, &why)));
	check_problem(&why, 0, DIAG_DATA, "phrases.units.csv", 2, 1, "needs a key and words");
}

/* How often "{name}" stands in s. */
static size_t times(struct text s, const char *name, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i + n <= s.n; i++)
		count += memcmp(s.at + i, name, n) == 0;
	return count;
}

/* Those of units have the places of those of provinces. */
Test(phrases, units_have_the_same_places)
{
	struct phrases p = read_shipped(LANG_VI), units = p;
	struct diag why = {0};

	cr_assert(phrases_units(&arena, SHIPPED, &units, &why), "%s", why.item[0].words);
	for (size_t i = 0; i < p.n; i++)
		for (int l = 0; l < 2; l++)
			cr_expect(eq(sz, times(p.at[i].words[l], "{", 1),
				     times(units.at[i].words[l], "{", 1)),
				  "%.*s", SPAN_ARG(p.at[i].key));
}

Test(phrases, both_languages_have_the_same_places)
{
	struct phrases p = read_shipped(LANG_VI);

	for (size_t i = 0; i < p.n; i++)
		for (int l = 0; l < 2; l++) {
			struct text from = p.at[i].words[l], to = p.at[i].words[!l];

			for (size_t k = 0; k < from.n; k++) {
				const char *end = from.at[k] == '{'
							  ? memchr(from.at + k, '}', from.n - k)
							  : NULL;

				if (from.at[k] == '{')
					cr_expect(end != NULL, "%.*s: brace not closed",
						  SPAN_ARG(p.at[i].key));
				if (end)
					cr_expect(times(to, from.at + k,
							(size_t)(end - from.at) - k + 1) > 0,
						  "%.*s: %.*s is missing", SPAN_ARG(p.at[i].key),
						  (int)((size_t)(end - from.at) - k + 1),
						  from.at + k);
			}
		}
}

/* All sources that speak to people, one after the other. */
static struct text sources(void)
{
	static const char *const folders[] = {"output", "cmd"};
	struct text all = {"", 0};

	for (size_t f = 0; f < COUNT(folders); f++) {
		const char *folder =
			arena_format(&arena, HAILONG_SOURCE_DIR "/src/%s", folders[f]).at;
		DIR *dir = opendir(folder);

		cr_assert(dir != NULL);
		for (const struct dirent *e; (e = readdir(dir));) {
			size_t n = strlen(e->d_name);

			if (n > 2 && strcmp(e->d_name + n - 2, ".c") == 0)
				all = arena_format(&arena, "%.*s\n%.*s", SPAN_ARG(all),
						   SPAN_ARG(bytes_of(arena_format(&arena, "%s/%s",
										  folder, e->d_name)
									     .at)));
		}
		closedir(dir);
	}
	return all;
}

static bool has_key(const struct phrases *p, struct text key)
{
	for (size_t i = 0; i < p->n; i++)
		if (span_equal(p->at[i].key, key))
			return true;
	return false;
}

/* The first part of a key: "head" of "head.rank". */
static bool is_family(const struct phrases *p, struct text word)
{
	for (size_t i = 0; i < p->n; i++) {
		struct text rest = p->at[i].key, first;

		if (span_split(&rest, '.', &first) && span_equal(first, word))
			return true;
	}
	return false;
}

/* A string literal that is made like a key: lower case words joined by points, of a known family,
 * and not a file's name. */
static bool looks_like_key(const struct phrases *p, struct text s)
{
	static const char *const suffixes[] = {".gp",   ".lua", ".csv",  ".svg", ".png",
					       ".html", ".css", ".docx", ".md"};
	struct text rest = s, word;

	if (s.n == 0 || !memchr(s.at, '.', s.n))
		return false;
	for (size_t i = 0; i < COUNT(suffixes); i++)
		if (s.n > strlen(suffixes[i]) &&
		    span_is((struct text){s.at + s.n - strlen(suffixes[i]), strlen(suffixes[i])},
			    suffixes[i]))
			return false;
	for (size_t i = 0; i < s.n; i++)
		if (!islower((unsigned char)s.at[i]) && s.at[i] != '.')
			return false;
	return span_split(&rest, '.', &word) && is_family(p, word);
}

/* Every string literal of the sources, one by one: calls fn. */
static void literals(struct text all, void (*fn)(const struct phrases *, struct text, bool *),
		     const struct phrases *p, bool *used)
{
	for (size_t i = 0; i < all.n; i++) {
		size_t start = i + 1;

		if (all.at[i] == '/' && i + 1 < all.n && all.at[i + 1] == '*') {
			while (i + 1 < all.n && !(all.at[i] == '*' && all.at[i + 1] == '/'))
				i++;
		} else if (all.at[i] == '\'') {
			for (i++; i < all.n && all.at[i] != '\''; i++)
				i += all.at[i] == '\\';
		} else if (all.at[i] == '"') {
			for (i++; i < all.n && all.at[i] != '"'; i++)
				i += all.at[i] == '\\';
			fn(p, (struct text){all.at + start, i - start}, used);
		}
	}
}

static void note(const struct phrases *p, struct text literal, bool *used)
{
	for (size_t i = 0; i < p->n; i++)
		used[i] = used[i] || span_equal(p->at[i].key, literal);
	if (looks_like_key(p, literal))
		cr_expect(has_key(p, literal),
			  "the source says \"%.*s\"; reports/phrases.csv does not",
			  SPAN_ARG(literal));
}

/* What stands as a literal behind phrase(…, and PHRASE_FILL(…, must be a key, whatever it looks
 * like. */
static void check_calls(const struct phrases *p, struct text all, const char *call)
{
	size_t n = strlen(call);

	for (size_t i = 0; i + n < all.n; i++) {
		const char *quote, *end, *comma;

		if (memcmp(all.at + i, call, n) != 0 ||
		    (i && (isalnum((unsigned char)all.at[i - 1]) || all.at[i - 1] == '_')))
			continue;
		comma = memchr(all.at + i, ',', all.n - i);
		quote = comma ? comma + 1 : NULL;
		while (quote && isspace((unsigned char)*quote))
			quote++;
		if (!quote || *quote != '"')
			continue; /* a variable: its literals are met by `note` */
		end = memchr(quote + 1, '"', 200);
		cr_expect(end && has_key(p, (struct text){quote + 1, (size_t)(end - quote) - 1}),
			  "%.60s", all.at + i);
	}
}

Test(phrases, source_and_file_agree)
{
	struct phrases p = read_shipped(LANG_VI);
	struct text all = sources();
	bool *used = arena_new(&arena, p.n, sizeof *used);

	literals(all, note, &p, used);
	check_calls(&p, all, "phrase(");
	check_calls(&p, all, "PHRASE_FILL(");
	check_calls(&p, all, "phrase_fill(");
	for (size_t i = 0; i < p.n; i++)
		cr_expect(used[i], "key \"%.*s\" of reports/phrases.csv is used nowhere",
			  SPAN_ARG(p.at[i].key));
}
