#include "output/letterhead.h"

#include "output/sheet.h"

#include <stdio.h>

const char *const letterhead_templates[LETTERHEAD__COUNT] = {"nd30", "plain"};

static struct text join(struct arena *a, struct text lines, const char *key, struct text value)
{
	struct text scalar = markdown_yaml(a, value);

	return arena_format(a, "%.*s%s%s %.*s", SPAN_ARG(lines), lines.n ? "\n" : "", key,
			    SPAN_ARG(scalar));
}

static struct text date_of(const struct phrases *p, const struct office *o)
{
	struct arena *a = p->arena;
	bool short_month = p->lang == LANG_VI && o->month > 2;

	return PHRASE_FILL(p, "office.date", {"day", arena_format(a, "%02ld", o->day)},
			   {"month", arena_format(a, short_month ? "%ld" : "%02ld", o->month)},
			   {"year", arena_format(a, "%ld", o->year)});
}

static bool is_list(size_t key)
{
	return key == OFFICE_ADDRESSEE || key == OFFICE_RECIPIENT || key == OFFICE_AUTHORITY;
}

static struct text office_lines(const struct phrases *p, const struct office *o, struct text lines)
{
	struct arena *a = p->arena;

	for (size_t k = 0; k < OFFICE__COUNT; k++) {
		const struct office_values *v = &o->value[k];

		if (v->n && is_list(k))
			lines = arena_format(a, "%.*s\n  %s:", SPAN_ARG(lines), office_keys[k]);
		for (size_t i = 0; i < v->n; i++)
			lines = join(a, lines,
				     is_list(k) ? "  -"
						: arena_format(a, "  %s:", office_keys[k]).at,
				     k == OFFICE_DATE ? date_of(p, o) : v->at[i]);
	}
	return lines;
}

static bool any_value(const struct office *o)
{
	for (size_t k = 0; k < OFFICE__COUNT; k++)
		if (o->value[k].n)
			return true;
	return false;
}

struct text letterhead_yaml(const struct phrases *p, const struct letterhead *l)
{
	struct text lines =
		arena_format(p->arena, "template: %s", letterhead_templates[l->template]);

	if (l->subject.n)
		lines = join(p->arena, lines, "subject:", l->subject);
	lines = join(p->arena, lines, "creator:", l->maker);
	if (!l->office || !any_value(l->office))
		return lines;
	lines = arena_format(p->arena, "%.*s\noffice:", SPAN_ARG(lines));
	return office_lines(p, l->office, lines);
}

const char *letterhead_reference(enum letterhead_template template, enum lang lang)
{
	static const char *const files[LETTERHEAD__COUNT][LANG__COUNT] = {
		[LETTERHEAD_ND30] = {[LANG_VI] = "nd30.docx", [LANG_EN] = "nd30.en.docx"},
		[LETTERHEAD_PLAIN] = {[LANG_VI] = "plain.docx", [LANG_EN] = "plain.en.docx"},
	};

	return files[template][lang];
}
