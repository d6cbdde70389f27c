/* messages.h -- in which language problems, hints and help are told.
 *
 * That of --lang where it is given, else that of the user's locale, as gettext(3)
 * has it; English in the locales C and POSIX and where another language is wanted.
 * Results on standard output do not ask the locale: they are Vietnamese unless --lang
 * says otherwise.
 *
 * Not here: reading the environment and the catalogue (main), looking words up
 * (translation).
 * Uses span. */
#ifndef CMD_MESSAGES_H
#define CMD_MESSAGES_H

#include <stdbool.h>

/* What the user set, by command line and environment; NULL or "" = nothing. */
struct messages_wish {
	const char *option;                /* --lang */
	const char *all, *messages, *lang; /* LC_ALL, LC_MESSAGES, LANG: the first counts */
	const char *language;              /* LANGUAGE: "vi:en", but not under C or POSIX */
};

/* messages_option: the value of --lang among the arguments, which may be wrong otherwise; NULL when
 *   there is none. */
const char *messages_option(int argc, char *const *argv);

/* messages_vietnamese: are they Vietnamese? (Else English.) */
bool messages_vietnamese(const struct messages_wish *w);

#endif
