/* Any bytes as a picture: finished into one that is well-formed, holds its marks and can be
 * finished again, or refused with an error and left as it was. The first two bytes choose the
 * marks' words. */
#include "output/outfile.h"
#include "output/svg.h"

#include <assert.h>
#include <libxml/parser.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void write_file(const char *file, const uint8_t *bytes, size_t n)
{
	FILE *out = fopen(file, "wb");

	assert(out && fwrite(bytes, 1, n, out) == n && fclose(out) == 0);
}

static struct text read_file(struct arena *a, const char *file)
{
	struct diag why = {0};
	struct text all;

	assert(outfile_read(a, file, &all, &why));
	return all;
}

static void check(struct text all)
{
	xmlDoc *doc = xmlReadMemory(all.at, (int)all.n, NULL, NULL,
				    XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);

	assert(doc && xmlDocGetRootElement(doc));
	xmlFreeDoc(doc);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const char *const words[] = {"Hưng Yên: 44,40", "<&>\"'\n]]>\x01", "\xEF\xBF\xBE",
					    ""};
	char file[64];
	struct arena a = {0};
	struct diag why = {0};

	if (n < 2)
		return 0;
	const struct text one = span_of(words[bytes[0] % 4]), other = span_of(words[bytes[1] % 4]);
	const struct svg_mark mark[] = {{one, other, one, true, span_of(""), 0},
					{other, one, other, false, one, 3}};
	const struct svg_name name[] = {{one, other}, {other, span_of("a")}, {one, span_of("b")}};
	const struct svg_words w = {
		one, other, span_of("vi"), span_of("c-1"), span_of("serif"), {2, 3, mark, name}};

	snprintf(file, sizeof file, "/tmp/hailong-fuzz-svg.%ld.svg", (long)getpid());
	write_file(file, bytes + 2, n - 2);
	if (svg_finish(file, &w, &why)) {
		struct diag again = {0};

		check(read_file(&a, file));
		assert(svg_finish(file, &w, &again));
		check(read_file(&a, file));
	} else {
		struct text left = read_file(&a, file);

		assert(why.errors && left.n == n - 2 && memcmp(left.at, bytes + 2, left.n) == 0);
	}
	unlink(file);
	arena_release(&a);
	return 0;
}
