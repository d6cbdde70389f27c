/* Any bytes as a name and as a text of a statement: an engine that reads them by its documented
 * rules gets the same bytes back, and nothing of them is left outside the quotes. */
#include "survey/dialect.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* How an engine reads what stands in quotes. */
struct lexer {
	char quote;
	bool doubles, escapes, unicode;
};

static unsigned hex(char c)
{
	return c <= '9' ? (unsigned)(c - '0') : (unsigned)((c | 32) - 'a') + 10;
}

/* The bytes between the quotes that s begins with; all of s must be used up. */
static struct text lexed(struct arena *a, struct text s, struct lexer l)
{
	char *out = arena_new(a, s.n + 1, 1);
	size_t n = 0, i = 1;

	assert(s.n >= 2 && s.at[0] == l.quote);
	for (;; i++) {
		assert(i < s.n); /* the quote ends */
		if (s.at[i] == l.quote) {
			if (!l.doubles || i + 1 >= s.n || s.at[i + 1] != l.quote)
				break;
			i++;
		} else if (l.escapes && s.at[i] == '\\') {
			assert(++i < s.n);
			if (l.unicode && s.at[i] == 'u') {
				assert(i + 4 < s.n && s.at[i + 1] == '0' && s.at[i + 2] == '0');
				out[n++] = (char)(hex(s.at[i + 3]) * 16 + hex(s.at[i + 4]));
				i += 4;
				continue;
			}
		}
		out[n++] = s.at[i];
	}
	assert(i == s.n - 1);
	return (struct text){out, n};
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct lexer name[DIALECT__COUNT] = {{'"', true, false, false},
							  {'"', true, false, false},
							  {'`', true, false, false},
							  {'`', false, true, false}};
	static const struct lexer literal[DIALECT__COUNT] = {{'\'', true, false, false},
							     {'\'', true, false, false},
							     {'\'', false, true, true},
							     {'\'', false, true, false}};
	struct arena a = {0};
	struct text s = {(const char *)bytes, n};

	if (memchr(bytes, '\0', n))
		return 0;
	for (int d = 0; d < DIALECT__COUNT; d++) {
		struct text told = dialect_text(&a, (enum dialect)d, s);
		struct lexer l = literal[d];

		if (told.at[0] == 'E') { /* PostgreSQL's escape string */
			assert(d == DIALECT_POSTGRES);
			told = (struct text){told.at + 1, told.n - 1};
			l.escapes = true;
		}
		assert(span_equal(lexed(&a, told, l), s));
		assert(d != DIALECT_SPARK || !span_holds(told, span_of("${")));
		if (!dialect_can_name((enum dialect)d, s))
			continue;
		told = dialect_name(&a, (enum dialect)d, s);
		assert(span_equal(lexed(&a, told, name[d]), s));
		assert(d != DIALECT_SPARK || !span_holds(told, span_of("${")));
	}
	arena_release(&a);
	return 0;
}
