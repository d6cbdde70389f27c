#include "cmd/messages.h"

#include "base/span.h"

#include <string.h>

const char *messages_option(int argc, char *const *argv)
{
	static const char name[] = "--lang";
	const size_t n = sizeof name - 1;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (strncmp(argv[i], name, n) != 0)
			continue;
		if (argv[i][n] == '=')
			return argv[i] + n + 1;
		if (argv[i][n] == '\0')
			return i + 1 < argc ? argv[i + 1] : NULL;
	}
	return NULL;
}

static bool set(const char *value)
{
	return value && *value;
}

/* "vi" names vi, vi_VN.UTF-8 and vi@latin, not vie. */
static bool names(struct text locale, const char *language)
{
	size_t n = strlen(language);

	return span_starts(locale, language) && (locale.n == n || strchr("_.@-", locale.at[n]));
}

bool messages_vietnamese(const struct messages_wish *w)
{
	const char *locale = set(w->all) ? w->all : set(w->messages) ? w->messages : w->lang;
	struct text rest, one;

	if (set(w->option) && (strcmp(w->option, "vi") == 0 || strcmp(w->option, "en") == 0))
		return w->option[0] == 'v';
	if (!set(locale) || names(span_of(locale), "C") || names(span_of(locale), "POSIX"))
		return false;
	rest = span_of(set(w->language) ? w->language : locale);
	while (span_split(&rest, ':', &one))
		if (names(one, "vi") || names(one, "en"))
			return names(one, "vi");
	return false;
}
