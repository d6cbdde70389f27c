/* agencies.h -- who is responsible for what, as official documents say.
 *
 * Read from agencies.csv. A document binds the province that issued it: without
 * a `province` column a row holds for everyone.
 *
 * Not here: which items are weak (report).
 * Uses table and below. */
#ifndef SURVEY_AGENCIES_H
#define SURVEY_AGENCIES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/number.h"
#include "base/span.h"

struct agency {
	struct text code, document[LANG__COUNT];
	struct text province; /* code of the issuing province; empty = everyone */
	struct place at;      /* of the province, when there is one */
	bool lead;
	struct text name[LANG__COUNT], task[LANG__COUNT];
};

struct agencies {
	size_t n;
	const struct agency *at; /* in file order */
};

/* agencies_read: agencies.csv of a survey folder; none at all when there is no such file.
 *   fails  as table_read; a role other than lead and support */
bool agencies_read(struct arena *a, const char *folder, struct agencies *out, struct diag *why);

/* agencies_next: the first after `after` (NULL = from the start) for that item and province. */
const struct agency *agencies_next(const struct agencies *all, struct text code,
				   struct text province, const struct agency *after);

#endif
