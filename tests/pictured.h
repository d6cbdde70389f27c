/* pictured.h -- what tests of pictures share: an SVG written by hand, finished and read back. */
#ifndef TESTS_PICTURED_H
#define TESTS_PICTURED_H

#include "help.h"
#include "output/svg.h"
#include "output/svg_boxes.h"

#include <math.h>

static struct typeface *face; /* opened by the first picture; closed by clean() */

static inline void close_own(void)
{
	typeface_close(face);
	face = NULL;
}

/* `body` inside a view box of 200 x 100 with a white rectangle, as gnuplot writes it. */
static inline struct svg_boxes *pictured(const char *body)
{
	static const char *const families[] = {"Noto Sans", "DejaVu Sans"};
	struct svg_boxes *b = arena_new(&arena, 1, sizeof *b);
	struct diag why = {0};
	struct text svg = arena_format(
		&arena,
		"<svg width=\"200\" height=\"100\" viewBox=\"0 0 200 100\" "
		"xmlns=\"http://www.w3.org/2000/svg\" "
		"xmlns:xlink=\"http://www.w3.org/1999/xlink\">\n"
		"<rect x=\"0\" y=\"0\" width=\"200\" height=\"100\" fill=\"#ffffff\"/><defs>"
		"<circle id='dot' stroke='currentColor' cx='0' cy='0' r='1'/>"
		"<use xlink:href='#dot' id='disc' fill='currentColor' stroke='none'/></defs>"
		"<g fill=\"none\" color=\"black\" stroke=\"currentColor\">%s</g></svg>\n",
		body);
	struct svg_words words = {.title = TEXT("t"),
				  .lang = TEXT("vi"),
				  .prefix = TEXT("c"),
				  .fonts = TEXT("sans-serif"),
				  .boxes = b};

	if (!face) {
		cr_assert(typeface_open(&arena, families, 2, &face, &why), "%s", why.item[0].words);
		close_rest = close_own;
	}
	*b = (struct svg_boxes){.arena = &arena, .typeface = face};
	cr_assert(svg_finish(file_of("p.svg", svg.at, svg.n), &words, &why), "%s",
		  why.item[0].words);
	return b;
}

/* A text as gnuplot writes it. */
static inline const char *lettered(double x, double y, const char *fill, double size,
				   const char *anchor, const char *words)
{
	return arena_format(&arena,
			    "<g transform=\"translate(%.2f,%.2f)\" stroke=\"none\" fill=\"%s\" "
			    "font-family=\"Noto Sans\" font-size=\"%.2f\" text-anchor=\"%s\">"
			    "<text>%s</text></g>",
			    x, y, fill, size, anchor, words)
		.at;
}

#endif
