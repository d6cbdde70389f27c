#include "help.h"

#include "output/typeface.h"

#include <stdlib.h>

static struct typeface *face;

static void close_face(void)
{
	typeface_close(face);
	face = NULL;
}

TestSuite(typeface, .fini = clean);

static void open_family(const char *family)
{
	close_rest = close_face;
	struct diag why = {0};

	cr_assert(typeface_open(&arena, &family, 1, &face, &why), "%s", why.item[0].words);
}

static double width(const char *s, bool bold)
{
	return typeface_width(face, span_of(s), bold);
}

/* Sums of the advances that cmap and hmtx of the installed files state, read by a script of
 * Python's struct; what gnuplot's pngcairo drew between two bars agreed to 0.4 %. */
Test(typeface, sans)
{
	open_family("Noto Sans");
	check_text(span_of(typeface_family(face)), "Noto Sans");
	cr_expect_float_eq(width("Thừa Thiên Huế", false), 7.466, 0.03);
	cr_expect_float_eq(width("Thừa Thiên Huế", true), 7.922, 0.03);
	cr_expect_float_eq(width("Bà Rịa - Vũng Tàu", false), 8.200, 0.03);
	cr_expect_float_eq(width("Bà Rịa - Vũng Tàu", true), 8.644, 0.03);
	cr_expect_float_eq(width("81,34", false), 2.556, 0.01);
	cr_expect_float_eq(width("81,34", true), 2.573, 0.01);
}

Test(typeface, serif)
{
	open_family("Tinos");
	cr_expect_float_eq(width("Thừa Thiên Huế", false), 13507 / 2048., 0.03);
	cr_expect_float_eq(width("Thừa Thiên Huế", true), 14545 / 2048., 0.03);
	cr_expect_float_eq(width("Bà Rịa - Vũng Tàu", false), 15584 / 2048., 0.03);
	cr_expect_float_eq(width("Bà Rịa - Vũng Tàu", true), 16502 / 2048., 0.03);
	cr_expect_float_eq(width("81,34", true), 4608 / 2048., 0.01);
}

/* H e l l o: 741 + 564 + 258 + 258 + 605 */
Test(typeface, widest_line)
{
	open_family("Noto Sans");
	cr_expect_eq(width("", false), 0);
	cr_expect_eq(width("\n\n", false), 0);
	cr_expect_float_eq(width("Hello\nHe", false), 2.426, 0.01);
	cr_expect_float_eq(width("He\nHello", false), 2.426, 0.01);
	cr_expect_float_eq(width("He\nHello\n", false), 2.426, 0.01);
}

Test(typeface, letters_of_other_fonts)
{
	open_family("Noto Sans");
	cr_expect_float_eq(width("e\xCC\x81", false), 0.564, 0.01); /* a mark over it */
	cr_expect_float_eq(width("日本", true), 2, 1e-9);
	cr_expect_float_eq(width("🙂", false), 1, 1e-9);
	cr_expect_float_eq(width("עב", false), 1.2, 1e-9);
	cr_expect_eq(width("a\tb", false), width("a b", false));
	cr_expect_eq(width("He\xFFllo", false), width("He", false)); /* no UTF-8 ends it */
}

Test(typeface, first_that_is_there)
{
	static const char *const families[] = {"No Such Family", "Tinos", "Noto Sans"};
	struct diag why = {0};

	close_rest = close_face;
	cr_assert(typeface_open(&arena, families, 3, &face, &why));
	check_text(span_of(typeface_family(face)), "Tinos");
	cr_expect_eq(why.errors, 0);
}

static void check_refused(const char *const *families, size_t n)
{
	struct typeface *none = NULL;
	struct diag why = {0};

	cr_assert_not(typeface_open(&arena, families, n, &none, &why));
	cr_expect_null(none);
	cr_expect_eq(why.worst, DIAG_TOOL);
	cr_expect_not_null(strstr(why.item[0].words, "no font with Vietnamese letters"));
	cr_expect_not_null(strstr(why.item[0].hint, "apt-get install"));
	typeface_close(none);
}

Test(typeface, no_such_family)
{
	check_refused((const char *const[]){"No Such Family", "Nor This"}, 2);
	check_refused(NULL, 0);
}

Test(typeface, no_vietnamese_letters)
{
	check_refused((const char *const[]){"Noto Sans Hebrew"}, 1);
}

Test(typeface, no_fonts_at_all)
{
	const char *conf;

	file_of("fonts.conf", "", 0);
	conf = arena_format(&arena, "<?xml version=\"1.0\"?><fontconfig><dir>%s</dir></fontconfig>",
			    work.path)
		       .at;
	conf = file_of("fonts.conf", conf, strlen(conf));
	setenv("FONTCONFIG_FILE", conf, 1);
	check_refused((const char *const[]){"Noto Sans", "Tinos"}, 2);
}
