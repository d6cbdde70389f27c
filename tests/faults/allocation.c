/* allocation.c -- loaded into the program (LD_PRELOAD): its Nth allocation fails, once.
 *
 * HAILONG_FAULT=N names it; 0 fails none. HAILONG_FAULT_COUNT names a file that gets the number of
 * allocations at the end. Programs that ours starts are left alone: they are not called hailong. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long at, calls;
static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);

/* dlsym itself asks for memory before it has found calloc. */
static char early[1 << 12];
static size_t early_used;
static int finding;

static void find(void *function, const char *name)
{
	*(void **)function = dlsym(RTLD_NEXT, name);
}

__attribute__((constructor)) static void begin(void)
{
	static const char program[] = "/hailong";
	const char *asked = getenv("HAILONG_FAULT");
	size_t length = sizeof program - 1;
	char name[4096];
	ssize_t n = readlink("/proc/self/exe", name, sizeof name);

	at = -1;
	if (asked && n >= (ssize_t)length && memcmp(name + n - length, program, length) == 0) {
		calls = 0;
		at = strtol(asked, NULL, 10);
	}
}

__attribute__((destructor)) static void end(void)
{
	const char *file = at >= 0 ? getenv("HAILONG_FAULT_COUNT") : NULL;
	int out = file ? open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;

	if (out >= 0) {
		dprintf(out, "%ld\n", calls);
		close(out);
	}
}

/* Is this the one? Before `begin` none is. */
static int fails(void)
{
	if (__sync_add_and_fetch(&calls, 1) != at)
		return 0;
	errno = ENOMEM;
	return 1;
}

void *malloc(size_t n)
{
	if (!real_malloc)
		find(&real_malloc, "malloc");
	return fails() ? NULL : real_malloc(n);
}

void *calloc(size_t n, size_t size)
{
	if (!real_calloc && !finding) {
		finding = 1;
		find(&real_calloc, "calloc");
		finding = 0;
	}
	if (!real_calloc) {
		void *got = early + early_used;

		early_used += (n * size + 15) / 16 * 16;
		return early_used <= sizeof early ? got : NULL;
	}
	return fails() ? NULL : real_calloc(n, size);
}

void *realloc(void *was, size_t n)
{
	if (!real_realloc)
		find(&real_realloc, "realloc");
	return fails() ? NULL : real_realloc(was, n);
}
