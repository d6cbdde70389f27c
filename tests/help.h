/* help.h -- what the tests share: paths, an arena and a folder that end with the test, checks of
 * problems. */
#ifndef TESTS_HELP_H
#define TESTS_HELP_H

#include "base/arena.h"
#include "base/diag.h"
#include "output/process.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHIPPED HAILONG_SOURCE_DIR                      /* the real surveys/ and reports/ */
#define FIXTURES HAILONG_SOURCE_DIR "/tests/data/share" /* five invented provinces */
#define SMALL FIXTURES "/surveys/small"                 /* sums; see tests/published.c */
#define PRINTED FIXTURES "/surveys/printed"             /* printed totals and ranks */
#define REFERENCE HAILONG_SOURCE_DIR "/tests/reference/"
#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct arena arena;
static struct workdir work;
static void (*close_rest)(void); /* what else the test has open; NULL = nothing */

/* Of every suite: TestSuite(name, .fini = clean); */
static inline void clean(void)
{
	if (close_rest)
		close_rest();
	workdir_remove(&work); /* its path lives in the arena */
	arena_release(&arena);
}

/* A new file with these bytes, in a folder that goes with the test. */
static inline const char *file_of(const char *name, const void *bytes, size_t n)
{
	struct diag why = {0};
	const char *path;
	FILE *out;

	cr_assert(work.path || workdir_make(&arena, "/tmp", &work, &why));
	path = workdir_file(&arena, &work, name);
	out = fopen(path, "wb");
	cr_assert(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0, "%s", path);
	return path;
}

static inline struct text bytes_of(const char *path)
{
	FILE *in = fopen(path, "rb");
	char *all;
	size_t n = 0;

	cr_assert(in != NULL, "%s", path);
	all = arena_new(&arena, 4u << 20, 1);
	n = fread(all, 1, 4u << 20, in);
	fclose(in);
	return (struct text){all, n};
}

/* Criterion wants strings that may be written to. */
static inline void check_string(const char *got, const char *want)
{
	cr_expect(eq(str, (char *)got, (char *)want));
}

static inline void check_text(struct text got, const char *want)
{
	cr_expect(eq(str, (char *)arena_string(&arena, got), (char *)want));
}

/* Problem number `i`: its code, the last part of its file, line, column, and a part of its
 * sentence. */
static inline void check_problem(const struct diag *why, size_t i, enum diag_code code,
				 const char *file, size_t line, size_t column, const char *fragment)
{
	const struct diag_item *item = &why->item[i];
	const char *slash = strrchr(item->file, '/');

	cr_assert(lt(sz, i, why->kept), "no problem %zu; wanted \"%s\"", i, fragment);
	cr_expect(eq(int, (int)item->code, (int)code), "%s", item->words);
	cr_expect(eq(str, (char *)(slash ? slash + 1 : item->file), (char *)file), "%s",
		  item->words);
	cr_expect(eq(sz, item->line, line), "%s", item->words);
	cr_expect(eq(sz, item->column, column), "%s", item->words);
	cr_expect(strstr(item->words, fragment) != NULL, "\"%s\" lacks \"%s\"", item->words,
		  fragment);
}

#endif
