#include "input/libpq.h"

#include <dlfcn.h>
#include <string.h>

#ifdef __APPLE__
#define LIBRARY "libpq.5.dylib"
#else
#define LIBRARY "libpq.so.5"
#endif

static bool missing(struct diag *why)
{
	diag_fail(why, DIAG_TOOL, "PostgreSQL's client library cannot be loaded: %s", dlerror());
	return diag_hint(why,
			 "the package is libpq5 in Debian, libpq or postgresql-libs elsewhere");
}

/* ISO C has no way from an object pointer to a function pointer; POSIX promises this one. */
static bool find(void *library, const char *name, void *function, struct diag *why)
{
	void *at = dlsym(library, name);

	memcpy(function, &at, sizeof at);
	return at || missing(why);
}

bool libpq_load(struct libpq *out, struct diag *why)
{
	void *library = dlopen(LIBRARY, RTLD_LAZY);

	if (!library)
		return missing(why);
#define LIBPQ_FIND(name) find(library, "PQ" #name, &out->name, why) &&
	return LIBPQ_FUNCTIONS(LIBPQ_FIND) true;
#undef LIBPQ_FIND
}
