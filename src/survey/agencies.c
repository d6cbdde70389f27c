#include "survey/agencies.h"

#include "input/table.h"
#include "survey/catalog.h"

bool agencies_read(struct arena *a, const char *folder, struct agencies *out, struct diag *why)
{
	const char *file = catalog_path(a, folder, "agencies.csv");
	size_t code, role, name[LANG__COUNT], document[LANG__COUNT], province, task[LANG__COUNT];
	struct agency *all;
	struct table t;

	*out = (struct agencies){0};
	if (!catalog_is_file(file))
		return true;
	if (!table_read(a, file, false, &t, why) || !table_column(&t, "code", &code, why) ||
	    !table_column(&t, "role", &role, why) ||
	    !table_column(&t, "agency_vi", &name[LANG_VI], why) ||
	    !table_column(&t, "agency_en", &name[LANG_EN], why) ||
	    !table_column(&t, "document", &document[LANG_VI], why))
		return false;
	document[LANG_EN] = table_find(&t, "document_en");
	province = table_find(&t, "province");
	task[LANG_VI] = table_find(&t, "task_vi");
	task[LANG_EN] = table_find(&t, "task_en");
	all = arena_new(a, t.rows, sizeof *all);
	for (size_t r = 0; r < t.rows; r++) {
		struct text word = table_cell(&t, r, role);

		all[r].lead = span_is(word, "lead");
		if (!all[r].lead && !span_is(word, "support"))
			return diag_at(why, table_place(&t, r, role), DIAG_DATA,
				       "column \"role\": \"%.*s\" is neither lead nor support",
				       SPAN_ARG(word));
		all[r].code = table_cell(&t, r, code);
		all[r].province = table_cell(&t, r, province);
		if (all[r].province.n)
			all[r].at = table_place(&t, r, province);
		for (int l = 0; l < LANG__COUNT; l++) {
			all[r].name[l] = table_cell(&t, r, name[l]);
			all[r].document[l] = table_cell(&t, r, document[l]);
			all[r].task[l] = table_cell(&t, r, task[l]);
		}
		if (all[r].document[LANG_EN].n == 0) /* a document keeps its name */
			all[r].document[LANG_EN] = all[r].document[LANG_VI];
	}
	out->at = all;
	out->n = t.rows;
	return true;
}

const struct agency *agencies_next(const struct agencies *all, struct text code,
				   struct text province, const struct agency *after)
{
	for (const struct agency *g = after ? after + 1 : all->at; g && g < all->at + all->n; g++)
		if (span_equal(g->code, code) &&
		    (g->province.n == 0 || span_equal(g->province, province)))
			return g;
	return NULL;
}
