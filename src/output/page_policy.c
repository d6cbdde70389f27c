#include "output/page_policy.h"

#include "base/digest.h"

struct text page_policy(struct arena *a, struct text style, struct text script)
{
	return arena_format(
		a,
		"default-src 'none'; style-src 'sha256-%.*s'; script-src 'sha256-%.*s'; "
		"base-uri 'none'; form-action 'none'",
		SPAN_ARG(digest_base64(a, style)), SPAN_ARG(digest_base64(a, script)));
}
