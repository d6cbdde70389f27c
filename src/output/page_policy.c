#include "output/page_policy.h"

#include <sha2.h>

static struct text base64(struct arena *a, const uint8_t *bytes, size_t n)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	char *out = arena_new(a, n / 3 * 4 + 5, 1);
	size_t to = 0;

	for (size_t i = 0; i < n; i += 3) {
		unsigned long x = (unsigned long)bytes[i] << 16;

		x |= i + 1 < n ? (unsigned long)bytes[i + 1] << 8 : 0;
		x |= i + 2 < n ? bytes[i + 2] : 0;
		for (size_t k = 0; k < 4; k++)
			out[to++] = i + k > n ? '=' : digits[x >> (18 - 6 * k) & 63];
	}
	return (struct text){out, to};
}

static struct text hash(struct arena *a, struct text s)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX c;

	SHA256Init(&c);
	SHA256Update(&c, (const uint8_t *)s.at, s.n);
	SHA256Final(digest, &c);
	return base64(a, digest, sizeof digest);
}

struct text page_policy(struct arena *a, struct text style, struct text script)
{
	return arena_format(
		a,
		"default-src 'none'; style-src 'sha256-%.*s'; script-src 'sha256-%.*s'; "
		"base-uri 'none'; form-action 'none'",
		SPAN_ARG(hash(a, style)), SPAN_ARG(hash(a, script)));
}
