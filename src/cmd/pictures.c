#include "cmd/pictures.h"

#include "cmd/asked.h"
#include "survey/catalog.h"

#include <string.h>

/* The picture that has the ending, or CHART_PICTURES. */
static size_t find_ending(struct text ending)
{
	size_t k = 0;

	while (k < CHART_PICTURES && !span_is(ending, chart_endings[k]))
		k++;
	return k;
}

static bool read_formats(const struct session *s, struct pictures *p, struct diag *why)
{
	const char *value = s->options.value[OPT_FORMAT];
	struct text rest = span_of(value ? value : "svg"), one;

	while (span_split(&rest, ',', &one)) {
		size_t k = find_ending(one);

		if (k == CHART_PICTURES) {
			diag_fail(why, DIAG_USAGE, "--format: \"%.*s\" is no picture",
				  SPAN_ARG(one));
			return diag_hint(why,
					 "pictures are svg, png, pdf, emf, or several: svg,png");
		}
		p->picture[k] = true;
	}
	return true;
}

/* --out rank.svg names one picture. */
static bool read_name(struct session *s, const char *out, size_t kind, bool one, struct pictures *p,
		      struct diag *why)
{
	const char *slash = strrchr(out, '/'), *province = s->options.value[OPT_PROVINCE];

	if (!one || s->options.value[OPT_FORMAT] || (province && strcmp(province, "all") == 0))
		return diag_fail(why, DIAG_USAGE,
				 "--out %s names one picture; several need a folder", out);
	p->picture[CHART_SVG] = false;
	p->picture[kind] = true;
	p->folder = !slash ? "."
		    : slash == out
			    ? "/"
			    : arena_string(s->arena, (struct text){out, (size_t)(slash - out)});
	slash = slash ? slash + 1 : out;
	p->file = arena_text(s->arena, (struct text){slash, (size_t)(strrchr(out, '.') - slash)});
	return p->file.n ||
	       diag_fail(why, DIAG_USAGE, "--out %s has no name before its ending", out);
}

/* Any other --out is a folder. */
static bool read_out(struct session *s, bool one, struct pictures *p, struct diag *why)
{
	const char *out = s->options.value[OPT_OUT], *dot = out ? strrchr(out, '.') : NULL;
	size_t kind = dot ? find_ending(span_of(dot + 1)) : CHART_PICTURES;

	p->folder = out ? out : ".";
	if (out && strcmp(out, "-") == 0)
		return diag_fail(
			why, DIAG_USAGE,
			"a chart has several files; --out needs a folder or a picture's name");
	return kind == CHART_PICTURES || catalog_is_folder(out) ||
	       read_name(s, out, kind, one, p, why);
}

#define LEAST_DPI 36
#define MOST_DPI 1200

static bool read_dpi(const struct session *s, struct pictures *p, struct diag *why)
{
	const char *value = s->options.value[OPT_DPI];
	long dpi;

	if (!value)
		return true;
	if (!number_whole(span_of(value), LEAST_DPI, MOST_DPI, &dpi))
		return diag_fail(why, DIAG_USAGE, "--dpi: \"%s\" is no whole number from %d to %d",
				 value, LEAST_DPI, MOST_DPI);
	p->dpi = (double)dpi;
	return p->picture[CHART_PNG] ||
	       diag_fail(why, DIAG_USAGE, "--dpi is for PNG pictures: --format png");
}

bool pictures_read(struct session *s, bool one, struct pictures *out, struct diag *why)
{
	static const enum option of_files[] = {OPT_FORMAT, OPT_FORCE, OPT_DPI, OPT__COUNT};

	*out = (struct pictures){.preview = s->options.value[OPT_PREVIEW] != NULL};
	if (out->preview) {
		out->folder = s->options.value[OPT_OUT] ? s->options.value[OPT_OUT] : ".";
		return asked_none(s, of_files, N_("a preview, which makes no files"), why);
	}
	return read_formats(s, out, why) && read_out(s, one, out, why) && read_dpi(s, out, why);
}
