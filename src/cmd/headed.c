#include "cmd/headed.h"

static bool read_template(struct session *s, struct letterhead *out, struct diag *why)
{
	const char *word = s->options.value[OPT_TEMPLATE];

	if (!word)
		return true;
	for (size_t i = 0; i < LETTERHEAD__COUNT; i++)
		if (span_is(span_of(word), letterhead_templates[i])) {
			out->template = (enum letterhead_template)i;
			return true;
		}
	diag_fail(why, DIAG_USAGE, "--template: \"%s\" is no template", word);
	return diag_hint(why, "templates are nd30 (letterhead and signature) and plain");
}

bool headed_read(struct session *s, struct letterhead *out, struct diag *why)
{
	const char *file = s->options.value[OPT_OFFICE];
	struct office *office = arena_new(s->arena, 1, sizeof *office);

	out->template = LETTERHEAD_ND30;
	out->office = NULL;
	if (!read_template(s, out, why))
		return false;
	if (!file)
		return true;
	if (out->template == LETTERHEAD_PLAIN) {
		diag_fail(why, DIAG_USAGE,
			  "--office fills a letterhead; the plain template has none");
		return diag_hint(why, "leave out --office, or take --template nd30");
	}
	out->office = office;
	return office_read(s->arena, file, office, why);
}
