#include "cmd/linted.h"

#include "output/sheet.h"

void linted_rules(struct session *s)
{
	struct sheet sheet = {.arena = s->arena};

	sheet_column(&sheet, phrase(&s->phrases, "head.rule"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.severity"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.checked"), false);
	for (size_t k = 0; k < LINT_RULES; k++) {
		struct text *cell = sheet_row(&sheet);

		cell[0] = span_of(lint_rules[k].name);
		cell[1] = phrase(&s->phrases, lint_rules[k].severity == LINT_REFUSE ? "lint.refuse"
										    : "lint.warn");
		cell[2] = phrase(&s->phrases, lint_rules[k].words);
	}
	sheet_print(&sheet, s->out);
}

void linted_charts(struct session *s, const struct chart *charts, size_t n,
		   const struct found *found, struct diag *why)
{
	struct sheet sheet = {.arena = s->arena};
	size_t broken[2] = {0, 0}; /* by severity */

	sheet_column(&sheet, phrase(&s->phrases, "head.rule"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.chart"), false);
	sheet_column(&sheet, phrase(&s->phrases, "head.found"), false);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < LINT_RULES; k++) {
			const struct found *f = &found[i * LINT_RULES + k];
			struct text *cell = sheet_row(&sheet);

			cell[0] = span_of(lint_rules[k].name);
			cell[1] = charts[i].name;
			cell[2] =
				f->n ? lint_words(&s->phrases, f) : phrase(&s->phrases, "lint.ok");
			broken[lint_rules[k].severity] += f->n ? 1 : 0;
		}
	sheet_print(&sheet, s->out);
	if (broken[LINT_REFUSE])
		diag_fail(why, DIAG_FAILED, "rules of honesty that are broken: %zu",
			  broken[LINT_REFUSE]);
	if (broken[LINT_WARN])
		diag_warn(why, "rules about looks that are broken: %zu", broken[LINT_WARN]);
}
