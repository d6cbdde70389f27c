#include "cmd/messages.h"

#include "base/translation.h"
#include "cmd/command.h"
#include "help.h"
#include "output/outfile.h"

TestSuite(messages, .fini = clean);

Test(messages, language)
{
	static const struct {
		struct messages_wish wish; /* --lang, LC_ALL, LC_MESSAGES, LANG, LANGUAGE */
		bool vietnamese;
	} cases[] = {
		{{NULL, NULL, NULL, NULL, NULL}, false},
		{{NULL, "", "", "", ""}, false},
		{{"vi", NULL, NULL, NULL, NULL}, true},
		{{"vi", "C", NULL, NULL, NULL}, true},
		{{"en", "vi_VN.UTF-8", NULL, NULL, "vi"}, false},
		{{"fr", "vi_VN.UTF-8", NULL, NULL, NULL}, true}, /* --lang is wrong: told so */
		{{NULL, NULL, NULL, "vi_VN.UTF-8", NULL}, true},
		{{NULL, NULL, NULL, "vi", NULL}, true},
		{{NULL, NULL, NULL, "vi_VN@latin", NULL}, true},
		{{NULL, NULL, NULL, "vi-VN", NULL}, true},
		{{NULL, NULL, NULL, "vie", NULL}, false},
		{{NULL, NULL, NULL, "fr_FR.UTF-8", NULL}, false},
		{{NULL, "C", NULL, "vi_VN.UTF-8", "vi"}, false}, /* LC_ALL before LANG */
		{{NULL, "", "vi_VN", "en_GB", NULL}, true},
		{{NULL, NULL, "en_GB", "vi_VN", NULL}, false},
		{{NULL, NULL, NULL, "POSIX", "vi"}, false},
		{{NULL, NULL, NULL, "C.UTF-8", "vi"}, false},
		{{NULL, NULL, NULL, NULL, "vi"}, false}, /* no locale is C */
		{{NULL, NULL, NULL, "en_GB.UTF-8", "vi"}, true},
		{{NULL, NULL, NULL, "vi_VN", "en:vi"}, false},
		{{NULL, NULL, NULL, "fr_FR", "fr:vi:en"}, true},
		{{NULL, NULL, NULL, "vi_VN", "fr"}, false},
	};

	for (size_t i = 0; i < COUNT(cases); i++)
		cr_expect(cases[i].vietnamese == messages_vietnamese(&cases[i].wish), "case %zu",
			  i);
}

static const char *option(int argc, char *const *argv)
{
	const char *value = messages_option(argc, argv);

	return value ? value : "none";
}

Test(messages, option)
{
	char *apart[] = {"hailong", "rank", "--yeer", "--lang", "vi"};
	char *joined[] = {"hailong", "--lang=en", "--lang=vi"};
	char *word[] = {"hailong", "rank", "--", "--lang", "vi"};
	char *longer[] = {"hailong", "rank", "--language", "vi"};

	cr_expect(eq(str, (char *)option(5, apart), "vi"));
	cr_expect(eq(str, (char *)option(4, apart), "none")); /* without its value */
	cr_expect(eq(str, (char *)option(3, joined), "en"));
	cr_expect(eq(str, (char *)option(5, word), "none"));
	cr_expect(eq(str, (char *)option(4, longer), "none"));
	cr_expect(eq(str, (char *)option(1, word), "none"));
}

/* Every option's help, found apart from tools/pot.sh. */
Test(messages, help_is_translated)
{
	struct diag why = {0};
	struct translation t;
	struct text bytes;

	cr_assert(outfile_read(&arena, HAILONG_CATALOGUE, &bytes, &why));
	cr_assert(eq(ptr, (void *)translation_read(bytes, &t), NULL));
	for (size_t i = 0; i < OPT__COUNT; i++) {
		const char *help = option_specs[i].help, *argument = option_specs[i].argument;

		/* where it is the same in both, it still comes out of the catalogue */
		cr_expect(translation_of(&t, help) != help, "--%s", option_specs[i].name);
		cr_expect(argument == NULL || translation_of(&t, argument) != argument, "--%s %s",
			  option_specs[i].name, argument);
	}
}
