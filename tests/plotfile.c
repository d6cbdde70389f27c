#include "help.h"
#include "base/text.h"
#include "output/plotfile.h"

#include <math.h>

TestSuite(plotfile, .fini = clean);

static struct typeface *face;

static void close_face(void)
{
	typeface_close(face);
	face = NULL;
}

static void open_sans(void)
{
	struct diag why = {0};
	static const char *const family[] = {"Noto Sans"};

	close_rest = close_face;
	cr_assert(typeface_open(&arena, family, 1, &face, &why), "%s", why.item[0].words);
}

/* Limits and steps a person would draw: 1, 2, 2.5 or 5 times a power of ten. */
Test(plotfile, axes)
{
	static const struct {
		double low, high;
		size_t ticks;
		double want_low, want_high, step;
		int decimals;
	} cases[] = {
		{39.91, 47.82, 8, 39, 48, 1, 0},
		{3.2, 7.6, 6, 3, 8, 1, 0},
		{0.44, 0.69, 5, 0.4, 0.7, 0.05, 2},
		{30, 50, 5, 30, 50, 5, 0},
		{1, 9, 4, 0, 10, 2, 0},
		{79.97, 91.8, 8, 78, 92, 2, 0},
		{-3, 3, 6, -3, 3, 1, 0},
		{0, 100, 4, 0, 100, 25, 0},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct axis a = axis_for(cases[i].low, cases[i].high, cases[i].ticks);

		cr_expect(epsilon_eq(dbl, a.low, cases[i].want_low, 1e-9), "row %zu", i);
		cr_expect(epsilon_eq(dbl, a.high, cases[i].want_high, 1e-9), "row %zu", i);
		cr_expect(epsilon_eq(dbl, a.step, cases[i].step, 1e-9), "row %zu", i);
		cr_expect(eq(int, a.decimals, cases[i].decimals), "row %zu", i);
		cr_expect(a.low <= cases[i].low && a.high >= cases[i].high, "row %zu", i);
	}
}

/* One value only, also 0: room on both sides. */
Test(plotfile, axis_of_one_value)
{
	static const double values[] = {44.4, 0, -7, 1e-6};

	for (size_t i = 0; i < COUNT(values); i++) {
		struct axis a = axis_for(values[i], values[i], 6);

		cr_expect(a.low < values[i] && values[i] < a.high && a.step > 0, "row %zu", i);
	}
}

/* Noto Sans, in thousandths of an em: o 605, n 618, e 564 (one: 1,787), t 361, w 786 (two: 1,752),
 * space 260, a 561, i 258, m 935, Q 781; bold a 604. A line of "one two" is 3.799 em. */
Test(plotfile, wrapping)
{
	static const struct {
		const char *words;
		double em;
		const char *want;
		size_t lines;
		bool bold;
	} cases[] = {
		{"", 10, "", 0, false},
		{"one", 10, "one", 1, false},
		{"one two", 3.81, "one two", 1, false},
		{"one two", 3.79, "one\ntwo", 2, false},
		{"one two", 0, "one\ntwo", 2, false},
		{"aaaaaaaaaaaa a", 5, "aaaaaaaaaaaa\na", 2, false}, /* a long word stands alone */
		{"a a a a a a", 3.1, "a a a\na a a", 2, false},     /* not "a a a a" and "a a" */
		{"iiii mm", 3.2, "iiii mm", 1, false},              /* 1.032 + 0.260 + 1.870 */
		{"iiii mm", 3.15, "iiii\nmm", 2, false},
		{"a a a a", 3.1, "a a a a", 1, false},    /* 3.024 */
		{"a a a a", 3.1, "a a\na a", 2, true},    /* 3.196 */
		{"a, a a a", 3, "a,\na a a", 2, false},   /* behind the comma, not in the middle */
		{"a, a a a", 2.1, "a, a\na a", 2, false}, /* where "a a a", 2.203, has no room */
		{"a, a a a a a", 4.5, "a, a a\na a a", 2,
		 false}, /* nor is a line a third of the other */
	};

	open_sans();
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t lines = 99;
		struct lettering of = {.face = face, .size = 2, .bold = cases[i].bold};
		struct text got =
			plotfile_wrap(&arena, span_of(cases[i].words), of, 2 * cases[i].em, &lines);

		check_text(got, cases[i].want);
		cr_expect(eq(sz, lines, cases[i].lines), "row %zu", i);
	}
}

/* Widths of Noto Sans (its table hmtx): m 0.935 em, a 0.561, a space 0.260, the ellipsis 0.791. */
Test(plotfile, cutting)
{
	static const struct {
		const char *words;
		double em;
		const char *want;
	} cases[] = {
		{"", 1, ""},
		{"mmmm", 3.75, "mmmm"},
		{"mmmm", 3.7, "mmm…"},
		{"mmmm", 3.59, "mm…"},
		{"mmmm", 1, ""},            /* not an ellipsis alone */
		{"aệ ệm", 2.3, "aệ…"},      /* whole letters, no space before the sign */
		{"mm\naaaa", 2, "mm\naa…"}, /* the widest line */
	};

	open_sans();
	for (size_t i = 0; i < COUNT(cases); i++)
		check_text(plotfile_cut(&arena, span_of(cases[i].words),
					(struct lettering){.face = face, .size = 2},
					2 * cases[i].em),
			   cases[i].want);
}

/* By hand: two labels at one place part by half the gap each; far ones stay; all stay inside 0
 * to 10. */
Test(plotfile, spreading)
{
	static const struct {
		size_t n;
		double at[3], gap, want[3];
	} cases[] = {
		{2, {5, 5}, 1, {4.5, 5.5}},     {3, {1, 5, 9}, 1, {1, 5, 9}},
		{3, {4, 5, 6}, 2, {3, 5, 7}},   {2, {0, 0.5}, 2, {0, 2}},
		{2, {9.5, 10}, 2, {8, 10}},     {1, {3}, 4, {3}},
		{3, {5, 5, 5}, 6, {-1, 5, 11}}, /* no room for all: around their place */
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		double at[3];

		memcpy(at, cases[i].at, sizeof at);
		plotfile_spread(&arena, at, cases[i].n, cases[i].gap, 0, 10);
		for (size_t k = 0; k < cases[i].n; k++)
			cr_expect(epsilon_eq(dbl, at[k], cases[i].want[k], 1e-12), "row %zu, %zu",
				  i, k);
	}
}

static const char *written(void (*write)(struct plotfile *))
{
	char *bytes = NULL;
	size_t n = 0;
	FILE *out = open_memstream(&bytes, &n);
	struct plotfile f = {.arena = &arena, .out = out, .face = face};

	write(&f);
	plotfile_block(&f, "", 0);
	fclose(out);
	const char *copy = arena_string(&arena, (struct text){bytes, n});

	free(bytes);
	return copy;
}

static void signed_axis(struct plotfile *f)
{
	plotfile_axis_signed(f, "t", (struct axis){-0.5, 0.5, 0.5, 1}, LANG_VI);
}

/* The minus is U+2212; nothing is "+0". */
Test(plotfile, signs_of_an_axis)
{
	check_string(written(signed_axis), "# t\n-0.5\t−0,5\n0\t0\n0.5\t+0,5\n");
}

static void words_and_nothing(struct plotfile *f)
{
	plotfile_block(f, "text", 2);
	plotfile_key(f, "title", span_of("a \"b\" c\\d\te\nf"));
	plotfile_key(f, "empty", span_of(""));
	plotfile_block(f, "rows", 3);
}

/* plots/README.md: what stands for a quote, a backslash, a line break and nothing; NaN in an empty
 * block. */
Test(plotfile, strings_are_safe_and_no_block_is_empty)
{
	check_string(written(words_and_nothing),
		     "# text\ntitle\ta \001b\001 c\003d e\002f\nempty\t\004\n\n\n# "
		     "rows\nNaN\tNaN\tNaN\n");
}

/* gnuplot reads 1,024 bytes of a field (tried with 5.4.4); a longer one ends at a whole letter. */
Test(plotfile, longer_than_gnuplot_reads)
{
	static const struct {
		size_t letters, ascii, kept;
	} cases[] = {
		{300, 124, 1024}, /* of 3 bytes, and of 1: just fits */
		{300, 125,
		 1022}, /* 125 + 298 x 3, and the ellipsis of 3: another letter would be cut */
		{341, 0, 1023}, /* fits */
		{342, 0, 1023}, /* 340 letters and the ellipsis: 341 would leave no room for it */
		{2000, 0, 1023},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char *words = arena_new(&arena, 3 * cases[i].letters + cases[i].ascii + 1, 1),
		     *data = NULL;
		size_t n = 0, size = 0, bad;

		for (size_t k = 0; k < cases[i].ascii; k++)
			words[n++] = 'a';
		for (size_t k = 0; k < cases[i].letters; k++, n += 3)
			memcpy(words + n, "ữ", 3);
		FILE *out = open_memstream(&data, &size);
		struct plotfile f = {.arena = &arena, .out = out};

		plotfile_block(&f, "b", 1);
		plotfile_text(&f, (struct text){words, n});
		fclose(out);
		cr_expect(eq(sz, size, cases[i].kept + 5), "row %zu", i); /* "# b\n", "\n" */
		cr_expect(text_check((struct text){data, size}, &bad), "row %zu", i);
		cr_expect(eq(int, strstr(data, "…") != NULL, n > 1024), "row %zu", i);
		free(data);
	}
}

static void some_widths(struct plotfile *f)
{
	plotfile_block(f, "text", 2);
	plotfile_key(f, "head", span_of("a\naa"));
	plotfile_key_number(f, "ymin", 0);
	plotfile_block(f, "rows", 3);
	for (int i = 0; i < 2; i++) {
		plotfile_number(f, i);
		plotfile_text_as(f, span_of(i ? "a" : "aaa"),
				 (struct look){.size = 0.5, .bold = !i, .indent = i});
		plotfile_text(f, span_of(""));
		plotfile_gap(f);
	}
	plotfile_block(f, "none", 1);
	plotfile_widths(f);
}

/* a is 0.561 em, in bold 0.604. Columns of numbers, or without any letter, and blocks without rows
 * have no line. Drawn: 1 + 0.561 / 2, and 3 * 0.604 / 2, which is less. */
Test(plotfile, widths_of_what_was_written)
{
	const char *all;

	open_sans();
	all = strstr(written(some_widths), "# widths\n");
	cr_assert_not_null(all);
	check_string(all, "# widths\ntext:head\t1.122\t1.208\t1.122\ntext\t2\t0\t0\n"
			  "rows:2\t1.683\t1.812\t1.2805\nrows\t2\t0\t0\n");
}
