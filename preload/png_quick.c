/* png_quick.c -- makes gnuplot write PNG two to three times as fast.
 *
 * gnuplot's pngcairo spends most of its time in libpng, which by default tries five filters on
 * every row and packs hard, and neither gnuplot nor cairo has a setting for it. This library,
 * loaded into gnuplot by LD_PRELOAD, stands in front of png_create_write_struct and asks libpng for
 * what suits a chart of flat areas: no filter, and light packing. The pixels are the same, the
 * files a little smaller. Where gnuplot fails with it, hailong draws without it.
 *
 * It needs nothing at load time, since the shells that gnuplot may be wrapped in load it, too. */
#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <png.h>

#define LEVEL 3 /* of zlib: 1-9, 6 by default */

typedef png_structp create_fn(png_const_charp, png_voidp, png_error_ptr, png_error_ptr);
typedef void level_fn(png_structrp, int);
typedef void filter_fn(png_structrp, int, int);

/* The functions behind ours, as ISO C wants them fetched. */
static void find(const char *name, void *function)
{
	*(void **)function = dlsym(RTLD_NEXT, name);
}

png_structp png_create_write_struct(png_const_charp version, png_voidp context, png_error_ptr error,
				    png_error_ptr warning)
{
	create_fn *create;
	level_fn *set_level;
	filter_fn *set_filter;
	png_structp png;

	find("png_create_write_struct", &create);
	find("png_set_compression_level", &set_level);
	find("png_set_filter", &set_filter);
	png = create ? create(version, context, error, warning) : NULL;
	if (png && set_level && set_filter) {
		set_level(png, LEVEL);
		set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_NONE);
	}
	return png;
}
