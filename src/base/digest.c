#include "base/digest.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>

#include <sha2.h>

static struct text ended(struct arena *a, SHA2_CTX *sum)
{
	char *out = arena_new(a, SHA256_DIGEST_STRING_LENGTH, 1);

	SHA256End(sum, out);
	return (struct text){out, SHA256_DIGEST_STRING_LENGTH - 1};
}

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

struct text digest_base64(struct arena *a, struct text s)
{
	uint8_t sum[SHA256_DIGEST_LENGTH];
	SHA2_CTX c;

	SHA256Init(&c);
	SHA256Update(&c, (const uint8_t *)s.at, s.n);
	SHA256Final(sum, &c);
	return base64(a, sum, sizeof sum);
}

struct text digest_bytes(struct arena *a, struct text s)
{
	SHA2_CTX sum;

	SHA256Init(&sum);
	SHA256Update(&sum, (const uint8_t *)s.at, s.n);
	return ended(a, &sum);
}

bool digest_file(struct arena *a, const char *path, struct text *out, struct diag *why)
{
	uint8_t block[1 << 16];
	FILE *in = fopen(path, "rb");
	SHA2_CTX sum;
	size_t n;
	bool ok;

	if (!in)
		return diag_fail(why, DIAG_FAILED, "%s: %s", path, diag_system(why, errno));
	SHA256Init(&sum);
	while ((n = fread(block, 1, sizeof block, in)) > 0)
		SHA256Update(&sum, block, n);
	ok = !ferror(in);
	fclose(in);
	if (!ok)
		return diag_fail(why, DIAG_FAILED, "%s: cannot be read whole", path);
	*out = ended(a, &sum);
	return true;
}

struct digested {
	const char *path;
	struct text sum;
};

static struct text find(struct digests *all, const char *path)
{
	struct diag ignored = {0};
	struct digested *d;

	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->at[i].path, path) == 0)
			return all->at[i].sum;
	all->at = arena_grow(&all->arena, all->at, all->n, sizeof *all->at);
	d = &all->at[all->n++];
	d->path = arena_string(&all->arena, span_of(path));
	d->sum = (struct text){"", 0};
	digest_file(&all->arena, path, &d->sum, &ignored);
	return d->sum;
}

struct text digests_find(struct digests *all, const char *path)
{
	struct text sum;

#pragma omp critical(digests)
	sum = find(all, path);
	return sum;
}
