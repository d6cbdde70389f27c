#include "output/lint.h"

#include "output/lint_honest.h"
#include "output/lint_looks.h"

#define SHOWN 3 /* places named of one rule */

const struct lint_rule lint_rules[LINT_RULES] = {
	{"bars-not-from-zero", LINT_REFUSE, "lint.bars", lint_bars},
	{"claim-beyond-error", LINT_REFUSE, "lint.claims", lint_claims},
	{"few-answers-unflagged", LINT_REFUSE, "lint.few", lint_few},
	{"years-across-break", LINT_REFUSE, "lint.joins", lint_joins},
	{"source-missing", LINT_REFUSE, "lint.source", lint_source},
	{"units-unmatched", LINT_REFUSE, "lint.units", lint_units},
	{"small-text", LINT_WARN, "lint.small", lint_small_text},
	{"low-contrast-text", LINT_WARN, "lint.text.contrast", lint_text_contrast},
	{"low-contrast-marks", LINT_WARN, "lint.mark.contrast", lint_mark_contrast},
	{"red-green", LINT_WARN, "lint.red.green", lint_red_green},
	{"overlapping-labels", LINT_WARN, "lint.overlap", lint_overlap},
	{"cut-labels", LINT_WARN, "lint.cut", lint_cut},
};

void lint_run(struct arena *a, const struct lint_chart *c, struct found out[LINT_RULES])
{
	for (size_t k = 0; k < LINT_RULES; k++) {
		out[k] = (struct found){.arena = a};
		lint_rules[k].check(c, &out[k]);
	}
}

struct text lint_words(const struct phrases *p, const struct found *f)
{
	struct text all = {"", 0};

	for (size_t i = 0; i < f->n && i < SHOWN; i++)
		all = arena_format(p->arena, "%.*s%s%.*s", SPAN_ARG(all), i ? "; " : "",
				   SPAN_ARG(f->at[i]));
	if (f->n <= SHOWN)
		return all;
	return PHRASE_FILL(p, "lint.more", {"found", all},
			   {"n", arena_format(p->arena, "%zu", f->n - SHOWN)});
}

bool lint_tell(const struct phrases *p, struct text chart, const struct found found[LINT_RULES],
	       struct diag *why)
{
	bool ok = true;

	for (size_t k = 0; k < LINT_RULES; k++) {
		struct text words = lint_words(p, &found[k]);

		if (found[k].n == 0)
			continue;
		if (lint_rules[k].severity == LINT_WARN) {
			diag_warn(why, "%.*s: %s: %.*s", SPAN_ARG(chart), lint_rules[k].name,
				  SPAN_ARG(words));
			continue;
		}
		ok = diag_fail(why, DIAG_FAILED, "%.*s: %s: %.*s", SPAN_ARG(chart),
			       lint_rules[k].name, SPAN_ARG(words));
	}
	return ok;
}
