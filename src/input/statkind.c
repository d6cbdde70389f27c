#include "input/statkind.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

const char *const statkind_name[STATKIND__COUNT] = {
	[STATKIND_NONE] = "no known kind",
	[STATKIND_CSV] = "CSV",
	[STATKIND_STATA] = "Stata",
	[STATKIND_SPSS] = "SPSS",
	[STATKIND_PORTABLE] = "SPSS (portable)",
	[STATKIND_SAS] = "SAS",
};

static const char stata_begin[] = "<stata_dta>", stata_end[] = "</stata_dta>";

#define HEAD 512

static bool starts(const char *head, size_t n, const char *bytes, size_t length)
{
	return n >= length && memcmp(head, bytes, length) == 0;
}

/* Before version 117 a Stata file begins with its version, the order of bytes and 1. */
static bool is_old_stata(const char *head, size_t n)
{
	return n >= 3 && head[0] >= 102 && head[0] <= 116 && (head[1] == 1 || head[1] == 2) &&
	       head[2] == 1;
}

/* Behind 200 bytes for people and 256 of a character set comes its mark; lines of 80 bytes end in
 * one or two that do not count. */
static bool is_portable(const char *head, size_t n)
{
	static const char mark[] = "SPSSPORT";
	char plain[HEAD];
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (head[i] != '\n' && head[i] != '\r')
			plain[kept++] = head[i];
	return kept >= 464 && memcmp(plain + 456, mark, sizeof mark - 1) == 0;
}

static enum statkind kind_of(const char *head, size_t n, bool *text_unknown)
{
	static const char sas[] = "\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf";
	static const char version_13[] = "<stata_dta><header><release>117";

	*text_unknown = is_old_stata(head, n) || starts(head, n, version_13, sizeof version_13 - 1);
	if (*text_unknown || starts(head, n, stata_begin, sizeof stata_begin - 1))
		return STATKIND_STATA;
	if (starts(head, n, "$FL2@(#)", 8) || starts(head, n, "$FL3@(#)", 8))
		return STATKIND_SPSS;
	if (is_portable(head, n))
		return STATKIND_PORTABLE;
	return starts(head, n, sas, sizeof sas - 1) ? STATKIND_SAS : STATKIND_NONE;
}

enum statkind statkind_of_bytes(const char *file, bool *text_unknown)
{
	char head[HEAD];
	struct stat s;
	size_t n;
	FILE *in;

	*text_unknown = false;
	if (stat(file, &s) != 0 || !S_ISREG(s.st_mode))
		return STATKIND_NONE;
	in = fopen(file, "rb");
	if (!in)
		return STATKIND_NONE;
	n = fread(head, 1, sizeof head, in);
	fclose(in); /* only read: nothing can be lost */
	return kind_of(head, n, text_unknown);
}

enum statkind statkind_of_name(const char *file)
{
	static const struct {
		const char *end;
		enum statkind kind;
	} ends[] = {
		{".csv", STATKIND_CSV},   {".dta", STATKIND_STATA},    {".sav", STATKIND_SPSS},
		{".zsav", STATKIND_SPSS}, {".por", STATKIND_PORTABLE}, {".sas7bdat", STATKIND_SAS},
	};
	const char *slash = strrchr(file, '/'), *dot = strrchr(slash ? slash : file, '.');

	for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++)
		if (strcmp(dot, ends[i].end) == 0)
			return ends[i].kind;
	return STATKIND_NONE;
}

bool statkind_whole(const char *file, enum statkind kind)
{
	char bytes[sizeof stata_end];
	const size_t first = sizeof stata_begin - 1, last = sizeof stata_end - 1;
	FILE *in = kind == STATKIND_STATA ? fopen(file, "rb") : NULL;
	bool whole;

	if (!in)
		return true;
	whole = fread(bytes, 1, first, in) != first || memcmp(bytes, stata_begin, first) != 0 ||
		(fseek(in, -(long)last, SEEK_END) == 0 && fread(bytes, 1, last, in) == last &&
		 memcmp(bytes, stata_end, last) == 0);
	fclose(in); /* only read: nothing can be lost */
	return whole;
}
