#include "help.h"

#include "base/memfile.h"

TestSuite(memfile, .fini = clean);

Test(memfile, keeps_what_is_printed)
{
	struct memfile m;
	struct text all;

	memfile_open(&m);
	cr_expect(eq(long, ftell(m.out), 0));
	for (int i = 0; i < 3000; i++)
		fprintf(m.out, "%d,", i % 10);
	cr_expect(eq(long, ftell(m.out), 6000));
	all = memfile_close(&arena, &m);
	cr_expect(eq(sz, all.n, 6000));
	cr_expect(eq(int, memcmp(all.at + 5980, "0,1,2,3,4,5,6,7,8,9,", 20), 0));
	cr_expect(eq(ptr, m.out, NULL));
}

Test(memfile, nothing_printed_is_an_empty_text)
{
	struct memfile m;

	memfile_open(&m);
	check_text(memfile_close(&arena, &m), "");
}

Test(memfile, frees_what_is_open_and_what_never_was)
{
	struct memfile m = {0};

	memfile_free(&m);
	memfile_open(&m);
	fputs("abandoned", m.out);
	memfile_free(&m);
	cr_expect(eq(ptr, m.bytes, NULL));
}

/* A stream that could not take everything remembers only that: here it is told to by a read. */
Test(memfile, ends_the_program_when_bytes_were_lost, .exit_code = 1)
{
	struct memfile m;

	memfile_open(&m);
	fputs("half", m.out);
	fgetc(m.out);
	memfile_close(&arena, &m);
	_Exit(0);
}
