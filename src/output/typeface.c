#include "output/typeface.h"

#include "base/text.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_ADVANCES_H

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#define INSTALL_FONTS "apt-get install fontconfig fonts-noto-core fonts-croscore"
#define EM_OF_COLUMN 0.6 /* a letter that the family lacks */
#define EM_OF_WIDE 1.0

#define KNOWN 0x2400 /* letters below it, all of Vietnamese among them, are measured once */

enum { REGULAR, BOLD, STYLES };

struct typeface {
	const char *family;
	FT_Library library;
	FT_Face face[STYLES]; /* NULL until opened */
	double width[STYLES][KNOWN];
};

/* fontconfig complains on the terminal about caches it cannot write, which harms nobody here. */
static FcConfig *installed(void)
{
	int kept = dup(STDERR_FILENO), nowhere = open("/dev/null", O_WRONLY);
	FcConfig *config;

	fflush(stderr);
	if (kept >= 0 && nowhere >= 0)
		dup2(nowhere, STDERR_FILENO);
	config = FcInitLoadConfigAndFonts();
	fflush(stderr);
	if (kept >= 0 && nowhere >= 0)
		dup2(kept, STDERR_FILENO);
	if (kept >= 0)
		close(kept);
	if (nowhere >= 0)
		close(nowhere);
	return config;
}

static bool has_vietnamese(FcConfig *config, const char *family)
{
	FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, FC_LANG,
					   FcTypeString, "vi", (char *)NULL);
	FcObjectSet *told = FcObjectSetBuild(FC_FAMILY, (char *)NULL);
	FcFontSet *found = FcFontList(config, wanted, told);
	bool has = found && found->nfont > 0;

	if (found)
		FcFontSetDestroy(found);
	FcObjectSetDestroy(told);
	FcPatternDestroy(wanted);
	return has;
}

/* The file that gnuplot gets, through pango, for the family in that weight. */
static bool open_face(struct typeface *f, FcConfig *config, int style, struct diag *why)
{
	int weight = style == BOLD ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR, index = 0;
	FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, f->family, FC_WEIGHT,
					   FcTypeInteger, weight, FC_SLANT, FcTypeInteger,
					   FC_SLANT_ROMAN, FC_WIDTH, FcTypeInteger, FC_WIDTH_NORMAL,
					   FC_VARIABLE, FcTypeBool, FcFalse, (char *)NULL);
	FcPattern *match;
	FcResult result = FcResultNoMatch;
	FcChar8 *file = NULL;
	bool ok;

	FcConfigSubstitute(config, wanted, FcMatchPattern);
	FcDefaultSubstitute(wanted);
	match = FcFontMatch(config, wanted, &result);
	ok = match && FcPatternGetString(match, FC_FILE, 0, &file) == FcResultMatch;
	if (ok)
		FcPatternGetInteger(match, FC_INDEX, 0, &index);
	ok = ok && FT_New_Face(f->library, (const char *)file, index, &f->face[style]) == 0 &&
	     FT_IS_SCALABLE(f->face[style]);
	if (!ok) {
		diag_fail(why, DIAG_TOOL, "the font %s (%s) cannot be read", f->family,
			  file ? (const char *)file : diag_word(why, "no file"));
		diag_hint(why, INSTALL_FONTS);
	}
	if (match)
		FcPatternDestroy(match);
	FcPatternDestroy(wanted);
	return ok;
}

static bool open_first(struct typeface *f, FcConfig *config, const char *const *families, size_t n,
		       struct diag *why)
{
	for (size_t i = 0; i < n && !f->family; i++)
		if (has_vietnamese(config, families[i]))
			f->family = families[i];
	if (f->family)
		return open_face(f, config, REGULAR, why) && open_face(f, config, BOLD, why);
	diag_fail(why, DIAG_TOOL,
		  "no font with Vietnamese letters is installed for charts (%s, ...)",
		  n ? families[0] : diag_word(why, "none asked for"));
	return diag_hint(why, INSTALL_FONTS);
}

static double letter_width(FT_Face face, int letter)
{
	FT_UInt glyph = FT_Get_Char_Index(face, (FT_ULong)letter);
	size_t columns = text_letter_columns(letter);
	FT_Fixed advance;

	if (columns && glyph && FT_Get_Advance(face, glyph, FT_LOAD_NO_SCALE, &advance) == 0)
		return (double)advance / face->units_per_EM;
	return columns > 1 ? EM_OF_WIDE : columns ? EM_OF_COLUMN : 0;
}

/* Control characters are drawn as spaces. */
static void measure_known(struct typeface *f)
{
	for (int style = 0; style < STYLES; style++)
		for (int c = 0; c < KNOWN; c++)
			f->width[style][c] = letter_width(f->face[style], c < ' ' ? ' ' : c);
}

bool typeface_open(struct arena *a, const char *const *families, size_t n, struct typeface **out,
		   struct diag *why)
{
	struct typeface *f = arena_new(a, 1, sizeof *f);
	FcConfig *config = installed();
	bool ok = config && FT_Init_FreeType(&f->library) == 0;

	if (!ok)
		diag_fail(why, DIAG_FAILED, "not enough memory for fonts");
	ok = ok && open_first(f, config, families, n, why);
	if (config)
		FcConfigDestroy(config);
	FcFini(); /* the fonts stay open without it */
	if (!ok) {
		typeface_close(f);
		return false;
	}
	f->family = arena_string(a, span_of(f->family));
	measure_known(f);
	*out = f;
	return true;
}

const char *typeface_family(const struct typeface *f)
{
	return f->family;
}

/* FreeType reads a font for one thread at a time. */
static double rare_width(const struct typeface *f, int style, int letter)
{
	double width;

#pragma omp critical(typeface)
	width = letter_width(f->face[style], letter);
	return width;
}

double typeface_width(const struct typeface *f, struct text s, bool bold)
{
	int style = bold ? BOLD : REGULAR;
	double widest = 0, line = 0;

	for (int c; (c = text_next(&s)) >= 0;) {
		if (c == '\n')
			line = 0;
		else
			line += c < KNOWN ? f->width[style][c] : rare_width(f, style, c);
		widest = line > widest ? line : widest;
	}
	return widest;
}

void typeface_close(struct typeface *f)
{
	if (!f)
		return;
	for (int i = 0; i < STYLES; i++)
		if (f->face[i])
			FT_Done_Face(f->face[i]);
	if (f->library)
		FT_Done_FreeType(f->library);
	*f = (struct typeface){0};
}
