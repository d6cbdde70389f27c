/* bare.c -- libcsv alone: the same bytes, callbacks that count fields and records, nothing else.
 *
 *   bare FILE        prints fields and records */
#include <csv.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

struct counts {
	unsigned long long fields, records;
};

static void field(void *text, size_t n, void *counts)
{
	(void)text;
	(void)n;
	((struct counts *)counts)->fields++;
}

static void record(int end, void *counts)
{
	(void)end;
	((struct counts *)counts)->records++;
}

int main(int argc, char **argv)
{
	static char block[256 * 1024];
	struct counts counts = {0};
	struct csv_parser parser;
	int file = argc == 2 ? open(argv[1], O_RDONLY) : -1;
	ssize_t n;

	if (file < 0 || csv_init(&parser, 0)) {
		fputs("bare FILE\n", stderr);
		return 2;
	}
	while ((n = read(file, block, sizeof block)) > 0)
		if (csv_parse(&parser, block, (size_t)n, field, record, &counts) != (size_t)n)
			return 1;
	csv_fini(&parser, field, record, &counts);
	csv_free(&parser);
	printf("%llu,%llu\n", counts.fields, counts.records);
	return n < 0;
}
