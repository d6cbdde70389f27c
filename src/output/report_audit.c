#include "output/report_audit.h"

#include "output/outfile.h"

/* The templates whose words a report may hold. */
static const char *const templates[] = {"report", "published", "answers"};

struct report_book report_audit_open(struct arena *a, const struct report_book *b,
				     struct ledger *ledger)
{
	struct report_order *part = arena_new(a, b->n, sizeof *part);
	struct report_index *others = arena_new(a, b->n_others, sizeof *others);
	struct report_book out = *b;

	*ledger = (struct ledger){.arena = a};
	for (size_t i = 0; i < b->n; i++) {
		part[i] = b->part[i];
		part[i].narrative.ledger = ledger;
	}
	for (size_t i = 0; i < b->n_others; i++) {
		others[i] = b->others[i];
		others[i].narrative.ledger = ledger;
	}
	out.part = part;
	out.others = others;
	return out;
}

static bool know(struct known *k, const struct report_book *b, const char *share, struct diag *why)
{
	const char *lang = b->part->narrative.phrases->lang == LANG_VI ? "vi" : "en";

	known_book(k, b, share);
	for (size_t i = 0; i < sizeof templates / sizeof *templates; i++) {
		const char *file =
			arena_format(k->arena, "%s/reports/%s.%s.md", share, templates[i], lang).at;
		struct text page;

		if (!outfile_read(k->arena, file, &page, why))
			return false;
		known_page(k, file, page);
	}
	return true;
}

bool report_audit_close(struct arena *a, const struct report_book *b, const char *share,
			struct digests *sums, struct text *document, struct text *csv,
			struct diag *why)
{
	const struct narrative *n = &b->part->narrative;
	struct known known = {.arena = a};
	struct audit_order o = {.ledger = n->ledger,
				.known = &known,
				.share = share,
				.sums = sums,
				.lang = n->phrases->lang};
	struct printed_list numbers;

	printed_find(a, n->ledger, *document, document, &numbers);
	if (!know(&known, b, share, why))
		return false;
	*csv = audit_csv(a, &o, &numbers);
	return true;
}
