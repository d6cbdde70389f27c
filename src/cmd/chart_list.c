#include "cmd/chart_list.h"

#include "output/chart.h"
#include "output/sheet.h"
#include "survey/catalog.h"

#include <string.h>

/* The question that --for names; CHART_QUESTIONS for every one. */
static bool read_question(struct session *s, size_t *question, struct diag *why)
{
	const char *value = s->options.value[OPT_FOR];
	struct text names[CHART_QUESTIONS], near, all = {"", 0};

	*question = CHART_QUESTIONS;
	if (!value)
		return true;
	for (size_t i = 0; i < CHART_QUESTIONS; i++) {
		names[i] = span_of(chart_questions[i]);
		all = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(all), i ? ", " : "",
				   SPAN_ARG(names[i]));
		if (strcmp(value, chart_questions[i]) == 0)
			*question = i;
	}
	if (*question < CHART_QUESTIONS)
		return true;
	near = catalog_nearest(s->arena, span_of(value), names, CHART_QUESTIONS);
	diag_fail(why, DIAG_USAGE, "--for: no question is named \"%s\"", value);
	return near.n ? diag_hint(why, "did you mean \"%.*s\"?", SPAN_ARG(near))
		      : diag_hint(why, "questions are %.*s", SPAN_ARG(all));
}

bool chart_list(struct session *s, struct diag *why)
{
	const char *format = s->options.value[OPT_FORMAT];
	struct sheet sheet = {.arena = s->arena};
	size_t wanted;

	if (format && strcmp(format, "table") != 0 && strcmp(format, "md") != 0)
		return diag_fail(why, DIAG_USAGE,
				 "--format: a list is shown as table or md, not \"%s\"", format);
	if (!read_question(s, &wanted, why))
		return false;
	sheet_column(&sheet, phrase(&s->phrases, "head.for"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.chart"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.question"), false);
	for (size_t q = 0; q < CHART_QUESTIONS; q++) {
		bool first = true;

		for (size_t i = 0; i < CHART__COUNT; i++) {
			if (chart_kinds[i].answers != (enum chart_question)q ||
			    (wanted < CHART_QUESTIONS && wanted != q))
				continue;
			struct text *cell = sheet_row(&sheet);

			cell[0] = span_of(first ? chart_questions[q] : "");
			cell[1] = span_of(chart_kinds[i].name);
			cell[2] = phrase(&s->phrases, chart_kinds[i].question);
			first = false;
		}
	}
	if (format && strcmp(format, "md") == 0)
		sheet_markdown(&sheet, s->out);
	else
		sheet_print(&sheet, s->out);
	return true;
}
