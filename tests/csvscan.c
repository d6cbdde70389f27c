/* Blocks in threads against csvin, which reads line by line: the same rows or none. */
#include "filed.h"

#include "input/csvin.h"
#include "input/csvscan.h"

static struct arena one; /* memory of one file */

TestSuite(csvscan, .fini = clean);

/* Rows as text: fields end with 0x1F, rows with 0x1E, which no file here has. */
struct rows {
	struct text *at;
	size_t n, columns, fields;
	char *bytes;
	size_t used;
	bool stop;
};

#define MOST_BYTES ((size_t)1 << 16)
#define MOST_ROWS 2000

static void start_rows(struct rows *r, size_t columns)
{
	*r = (struct rows){.columns = columns,
			   .bytes = arena_new(&one, MOST_BYTES, 1),
			   .at = arena_new(&one, MOST_ROWS, sizeof *r->at)};
}

static void add_field(struct rows *r, const char *bytes, size_t n)
{
	if (n)
		memcpy(r->bytes + r->used, bytes, n);
	csvscan_restore(r->bytes + r->used, n);
	r->used += n;
	r->bytes[r->used++] = 0x1F;
	r->fields++;
}

static void add_row(struct rows *r)
{
	struct text row = {r->bytes, r->used};

	r->stop = r->stop || r->fields != r->columns;
	r->at[r->n++] = row; /* threads have no arena in common */
	r->bytes += r->used;
	r->used = r->fields = 0;
}

static void on_field(void *bytes, size_t n, void *context)
{
	add_field(context, bytes, n);
}

static void on_row(int end, void *context)
{
	(void)end;
	add_row(context);
}

static bool take(void *context, const struct csvin_row *row, struct diag *why)
{
	struct rows *r = context;

	(void)why;
	if (r->columns == 0) {
		start_rows(r, row->fields);
		return true;
	}
	for (size_t i = 0; i < row->fields; i++)
		add_field(r, row->field[i].at, row->field[i].n);
	add_row(r);
	return true;
}

/* Reads with some threads; all rows of all of them. */
static bool scan(const char *path, size_t columns, size_t lanes, size_t chunk, struct rows *all)
{
	struct rows own[8];
	struct csvscan_lane lane[8];
	bool ok;

	for (size_t i = 0; i < lanes; i++) {
		start_rows(&own[i], columns);
		lane[i] = (struct csvscan_lane){on_field, on_row, &own[i], &own[i].stop};
	}
	ok = csvscan_read(&(struct csvscan){path, columns, chunk, lanes, lane});
	start_rows(all, columns);
	for (size_t i = 0; i < lanes; i++)
		for (size_t k = 0; k < own[i].n; k++)
			all->at[all->n++] = own[i].at[k];
	return ok;
}

static int by_text(const void *a, const void *b)
{
	return span_compare(*(const struct text *)a, *(const struct text *)b);
}

static bool same(const struct rows *a, const struct rows *b, bool ordered)
{
	struct text x[MOST_ROWS], y[MOST_ROWS];

	if (a->n != b->n)
		return false;
	memcpy(x, a->at, sizeof x);
	memcpy(y, b->at, sizeof y);
	if (!ordered) {
		qsort(x, a->n, sizeof *x, by_text);
		qsort(y, b->n, sizeof *y, by_text);
	}
	for (size_t i = 0; i < a->n; i++)
		if (!span_equal(x[i], y[i]))
			return false;
	return true;
}

/* ---- files made at random ------------------------------------------------------------------ */

static unsigned long long state;

static unsigned draw(unsigned below)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)(state >> 33) % below;
}

enum { CLEAN, QUOTES, RECORDS, WRONG, KINDS };

/* What stands in a field: words, spaces, quotes, whole records in quotes, and wrong bytes. */
static const char *field(unsigned kind)
{
	static const char *const plain[] = {
		"",   "1",    "5",   "12.5",          "KB/TL", "h\xc3\xa0i l\xc3\xb2ng", " 4", "4 ",
		"\t", "a\tb", "x y", "\xe1\xba\xbft", " "};
	static const char *const quoted[] = {"\"a,b\"", "\"say \"\"no\"\"\"", "\"line\nbreak\"",
					     "\"\"",    "\" pad \"",          "\"\r\n\""};
	static const char *const records[] = {"\"1,2,3,4\n1,2,3,4\n1,2,3,4\n1,2,3,4\n1,2,3,4\n5\"",
					      "\"\n,,,\n,,,\n,,,\n,,,\n,,,\n,,,\""};
	static const char *const wrong[] = {"a\"b", "\xff",   "\xed\xa0\x80",     "\x01",
					    "\xc3", "\"open", "\xf4\x90\x80\x80", "a\rb"};

	if (kind == WRONG && draw(300) == 0)
		return wrong[draw(COUNT(wrong))];
	if (kind == RECORDS && draw(4) == 0)
		return records[draw(COUNT(records))];
	if (kind != CLEAN && draw(8) == 0)
		return quoted[draw(COUNT(quoted))];
	return plain[draw(COUNT(plain))];
}

static const char *make_file(unsigned kind, size_t rows)
{
	char *bytes = arena_new(&one, MOST_BYTES, 1), *at = bytes;
	const char *end = draw(3) ? "\n" : "\r\n";

	at += sprintf(at, "%sa,b,c,d%s", draw(5) ? "" : "\xEF\xBB\xBF", end);
	for (size_t i = 0; i < rows; i++) {
		if (draw(50) == 0)
			at += sprintf(at, "%s", end);
		for (size_t k = 0; k < 4; k++)
			at += sprintf(at, "%s%s", k ? "," : "", field(kind));
		if (kind == WRONG && draw(200) == 0)
			at += sprintf(at, ",5");
		at += sprintf(at, "%s", i + 1 == rows && draw(2) ? "" : end);
	}
	return bytes;
}

/* Of each kind of file: read by csvin and by csvscan in one and in several threads. */
static void compare(unsigned kind, size_t *read, size_t *refused)
{
	static const size_t chunks[] = {16, 61, 200, 1000, 1 << 16};
	const char *bytes = make_file(kind, 20 + draw(60));
	const char *path = file_of("a.csv", bytes, strlen(bytes));
	struct diag why = {0};
	struct rows want = {0}, got;
	bool right = csvin_read(path, take, &want, &why);

	if (want.columns != 4)
		return;
	for (size_t i = 0; i < COUNT(chunks); i++)
		for (size_t lanes = 1; lanes <= 7; lanes += 3) {
			bool ok = scan(path, 4, lanes, chunks[i], &got);

			*read += ok;
			*refused += !ok;
			if (ok)
				cr_assert(
					right && same(&got, &want, lanes == 1),
					"kind %u, %zu lanes, chunks of %zu: %zu rows, %zu expected",
					kind, lanes, chunks[i], got.n, want.n);
			if (right && lanes == 1)
				cr_assert(ok || strchr(bytes, 1), "kind %u", kind);
		}
}

static void compare_many(unsigned kind, size_t files, size_t *read, size_t *refused)
{
	state = 7 + kind;
	*read = *refused = 0;
	for (size_t i = 0; i < files; i++) {
		compare(kind, read, refused);
		arena_release(&one);
	}
}

Test(csvscan, files_without_quotes)
{
	size_t read, refused;

	compare_many(CLEAN, 100, &read, &refused);
	cr_expect(eq(sz, refused, 0));
	cr_expect(eq(sz, read, 1500));
}

Test(csvscan, files_with_quotes)
{
	size_t read, refused;

	compare_many(QUOTES, 100, &read, &refused);
	cr_expect(gt(sz, read, 700));
}

/* Records inside a quoted field deceive the search for a cut: the proof must find out. */
Test(csvscan, records_in_quotes)
{
	size_t read, refused;

	compare_many(RECORDS, 100, &read, &refused);
	cr_expect(gt(sz, refused, 100));
	cr_expect(ge(sz, read, 500));
}

Test(csvscan, wrong_files)
{
	size_t read, refused;

	compare_many(WRONG, 200, &read, &refused);
	cr_expect(gt(sz, refused, 300));
	cr_expect(gt(sz, read, 300));
}

/* ---- by hand ------------------------------------------------------------------------------- */

static bool reads(const char *bytes, size_t n)
{
	struct rows got;

	return scan(file_of("a.csv", bytes, n), 2, 1, 4096, &got);
}

Test(csvscan, bytes_that_no_file_may_hold)
{
	cr_expect(reads("a,b\n1,2\n", 8));
	cr_expect(not(reads("a,b\n1,\0\n", 8)));
	cr_expect(not(reads("a,b\n1,\x01\n", 8)));
	cr_expect(not(reads("a,b\n1,\x02\n", 8)));
	cr_expect(not(reads("a,b\n1,\xC1\x81\n", 9)), "an overlong form");
	cr_expect(not(reads("a,b\n1,\xE0\x9F\xBF\n", 10)), "an overlong form");
	cr_expect(not(reads("a,b\n1,\xED\xA0\x80\n", 10)), "a surrogate");
	cr_expect(not(reads("a,b\n1,\xF4\x90\x80\x80\n", 11)), "beyond Unicode");
	cr_expect(not(reads("a,b\n1,\xE1\xBA", 8)), "cut at the end");
	cr_expect(reads("a,b\n1,\xE1\xBA\xBF", 9));
	cr_expect(reads("a,b\n1,\xF4\x8F\xBF\xBF\n", 11));
	cr_expect(reads("a,b\n1,\xED\x9F\xBF\n", 10));
}

/* Sixty-four bytes are looked at at once: a wrong byte, or a letter over the edge, anywhere. */
Test(csvscan, bytes_at_every_place)
{
	char bytes[200];

	for (size_t i = 6; i < 150; i++) {
		memset(bytes, 'x', sizeof bytes);
		memcpy(bytes, "a,b\n1,", 6);
		bytes[sizeof bytes - 1] = '\n';
		memcpy(bytes + i, "\xE1\xBA\xBF", 3);
		cr_expect(reads(bytes, sizeof bytes), "%zu", i);
		bytes[i + 2] = 'x';
		cr_expect(not(reads(bytes, sizeof bytes)), "%zu", i);
		memcpy(bytes + i, "\x01xx", 3);
		cr_expect(not(reads(bytes, sizeof bytes)), "%zu", i);
	}
}

Test(csvscan, other_headers_and_no_file)
{
	struct rows got;

	cr_expect(not(reads("a,b,c\n1,2,3\n", 12)), "three columns where two are known");
	cr_expect(not(reads("a,b", 3)), "a header without a line end");
	cr_expect(not(reads("", 0)));
	cr_expect(not(scan("/nonexistent/a.csv", 2, 1, 4096, &got)));
	cr_expect(not(scan("/", 2, 1, 4096, &got)), "a folder");
}
