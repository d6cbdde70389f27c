#include "base/translation.h"

#include "help.h"

#include <stdint.h>

TestSuite(translation, .fini = clean);

/* A catalogue of two sentences, byte by byte as the manual of gettext describes it: head, table of
 * English, table of translations (length and offset of each), strings. */
#define HEADER "Content-Type: text/plain; charset=UTF-8\n"
#define ENGLISH 28
#define OTHER 52
#define STRINGS 76

static void put(char *bytes, size_t at, uint32_t x, bool swapped)
{
	for (size_t i = 0; i < 4; i++) /* the machine of the test may have either order */
		bytes[at + i] = (char)(x >> 8 * (swapped ? 3 - i : i));
}

static struct text catalogue(const char *const strings[6], bool swapped)
{
	char *bytes = arena_new(&arena, 1, 512);
	size_t end = STRINGS;

	put(bytes, 0, 0x950412de, swapped);
	put(bytes, 8, 3, swapped);
	put(bytes, 12, ENGLISH, swapped);
	put(bytes, 16, OTHER, swapped);
	for (size_t i = 0; i < 6; i++) {
		size_t n = strlen(strings[i]), at = (i < 3 ? ENGLISH : OTHER) + 8 * (i % 3);

		put(bytes, at, (uint32_t)n, swapped);
		put(bytes, at + 4, (uint32_t)end, swapped);
		memcpy(bytes + end, strings[i], n + 1);
		end += n + 1;
	}
	return (struct text){bytes, end};
}

static const char *const good[6] = {"", "no file", "year %ld", HEADER, "không có tệp", "năm %ld"};

static void check_found(struct text bytes)
{
	struct translation t;

	cr_assert(eq(ptr, (void *)translation_read(bytes, &t), NULL));
	cr_expect(eq(str, (char *)translation_of(&t, "no file"), "không có tệp"));
	cr_expect(eq(str, (char *)translation_of(&t, "year %ld"), "năm %ld"));
	cr_expect(eq(str, (char *)translation_of(&t, "a file"), "a file"));
	cr_expect(eq(str, (char *)translation_of(&t, "zebra"), "zebra"));
	cr_expect(eq(str, (char *)translation_of(&t, ""), "")); /* never the heading */
}

Test(translation, finds_what_there_is)
{
	check_found(catalogue(good, false));
	check_found(catalogue(good, true));
}

Test(translation, none_is_english)
{
	cr_expect(eq(str, (char *)translation_of(NULL, "no file"), "no file"));
}

static const char *wrong(struct text bytes)
{
	struct translation t;
	const char *what = translation_read(bytes, &t);

	/* whatever it was, nothing is looked up in it */
	cr_expect(eq(str, (char *)translation_of(&t, "no file"), "no file"));
	return what ? what : "nothing";
}

Test(translation, refuses_what_is_no_catalogue)
{
	char other[64] = "this is quite another file, and a long one";
	struct text future = catalogue(good, false);

	put((char *)future.at, 4, 2u << 16, false);
	cr_expect(eq(str, (char *)wrong(span_of("")), "is no catalogue of messages"));
	cr_expect(eq(str, (char *)wrong(span_of(other)), "is no catalogue of messages"));
	cr_expect(eq(str, (char *)wrong(future), "is no catalogue of messages"));
}

/* Cut at any byte it is refused, and read no further than it goes (make check-san). */
Test(translation, refuses_what_is_cut)
{
	struct text whole = catalogue(good, false);

	for (size_t n = 28; n < whole.n; n++) {
		char *copy = malloc(n);

		memcpy(copy, whole.at, n);
		cr_expect(eq(str, (char *)wrong((struct text){copy, n}), "is cut short"), "%zu", n);
		free(copy);
	}
}

Test(translation, refuses_what_lies_outside)
{
	struct text bytes = catalogue(good, false);

	put((char *)bytes.at, ENGLISH + 12, 0xFFFFFFF0, false); /* offset of "no file" */
	cr_expect(eq(str, (char *)wrong(bytes), "is cut short"));
	bytes = catalogue(good, false);
	put((char *)bytes.at, 8, 0x20000000, false); /* number of strings */
	cr_expect(eq(str, (char *)wrong(bytes), "is cut short"));
	bytes = catalogue(good, false);
	put((char *)bytes.at, OTHER + 8, 0xFFFFFFFF, false); /* length of a translation */
	cr_expect(eq(str, (char *)wrong(bytes), "is cut short"));
}

Test(translation, refuses_what_cannot_be_searched_or_printed)
{
	static const char *const turned[6] = {"", "year %ld", "no file", HEADER, "a", "b"};
	static const char *const twice[6] = {"", "no file", "no file", HEADER, "a", "b"};
	static const char *const latin[6] = {"",  "no file", "year %ld", "charset=ISO-8859-1\n",
					     "a", "b"};
	static const char *const headless[6] = {"a", "no file", "year %ld", HEADER, "a", "b"};

	cr_expect(eq(str, (char *)wrong(catalogue(turned, false)), "is not sorted"));
	cr_expect(eq(str, (char *)wrong(catalogue(twice, false)), "is not sorted"));
	cr_expect(eq(str, (char *)wrong(catalogue(latin, false)), "is not in UTF-8"));
	cr_expect(eq(str, (char *)wrong(catalogue(headless, false)), "is not in UTF-8"));
}

/* What a problem is kept in. */
Test(translation, problems_are_kept_in_it)
{
	static const char *const sentences[6] = {"",     "%s: %zu rows of %.*s",        "twice",
						 HEADER, "%4$.*3$s: %2$zu dòng (%1$s)", "hai lần"};
	struct translation t;
	struct diag why = {.translation = &t}, all = {.translation = &t};

	cr_assert(eq(ptr, (void *)translation_read(catalogue(sentences, false), &t), NULL));
	diag_fail(&why, DIAG_DATA, "%s: %zu rows of %.*s", "a.csv", (size_t)7, 2, "q1-");
	diag_hint(&why, "twice");
	diag_fail(&why, DIAG_DATA, "not known: %s", diag_word(&why, "twice"));
	diag_append(&all, &why);
	cr_expect(eq(str, all.item[0].words, "q1: 7 dòng (a.csv)"));
	cr_expect(eq(str, all.item[0].hint, "hai lần"));
	cr_expect(eq(str, all.item[1].words, "not known: hai lần"));
}
