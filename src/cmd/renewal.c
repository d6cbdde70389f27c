#include "cmd/renewal.h"

#include "base/text.h"

#include <string.h>

bool renewal_place(struct session *s, struct report_place *place, struct diag *why)
{
	const char *file = s->options.value[OPT_UPDATE], *slash = file ? strrchr(file, '/') : NULL;

	if (!file)
		return true;
	if (s->options.value[OPT_OUT] || s->options.value[OPT_FORMAT]) {
		diag_fail(why, DIAG_USAGE, "--update renews %s where it is", file);
		return diag_hint(why, "leave out --out and --format");
	}
	if (s->options.value[OPT_PROVINCE] && strcmp(s->options.value[OPT_PROVINCE], "all") == 0)
		return diag_fail(why, DIAG_USAGE,
				 "--update renews one document, not those of all "
				 "provinces");
	place->update = file;
	place->news = arena_new(s->arena, 1, sizeof *place->news);
	place->folder = !slash          ? "."
			: slash == file ? "/"
					: arena_string(s->arena,
						       (struct text){file, (size_t)(slash - file)});
	return docx_ready(s->arena, file, why);
}

static void tell(const struct session *s, const struct docx_news *news, enum docx_state state,
		 const char *words)
{
	size_t n = 0;

	for (size_t i = 0; i < news->n; i++) {
		const struct docx_new *block = &news->block[i];

		if (block->state != state)
			continue;
		struct text name = text_visible(s->arena, block->name);

		fprintf(s->talk, "%s%.*s", n++ ? ", " : words, SPAN_ARG(name));
	}
	if (n)
		fputc('\n', s->talk);
}

void renewal_tell(const struct session *s, const struct report_place *place)
{
	static const char *const words[DOCX_STATES] = {
		[DOCX_RENEWED] = N_("  renewed: "),
		[DOCX_UNCHANGED] = N_("  as it was: "),
		[DOCX_ALTERED] = N_("  renewed, though altered by hand: "),
		[DOCX_LOOSE] = N_("  left as it is, no longer whole: "),
		[DOCX_OLD_ONLY] = N_("  left as it is, no longer made: "),
		[DOCX_NEW_ONLY] = N_("  not put back, not in the document: "),
	};

	if (!s->talk)
		return;
	fprintf(s->talk, "%s\n", place->update);
	for (size_t k = 0; k < DOCX_STATES; k++)
		tell(s, place->news, (enum docx_state)k, translation_of(s->translation, words[k]));
}
