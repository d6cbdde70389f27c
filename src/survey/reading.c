#include "survey/reading.h"

bool tally_read(struct arena *a, struct plan *p, const char *file, struct answers *out,
		struct tally *t, struct diag *why)
{
	if (!answers_read(a, p, file, out, tally_add, t, why))
		return false;
	tally_count(t);
	return true;
}
