#include "output/page.h"

#include "base/memfile.h"
#include "output/outfile.h"
#include "output/page_policy.h"
#include "output/page_still.h"
#include "output/template.h"

struct parts {
	struct text style, script, data, skeleton;
	const char *skeleton_file;
};

static bool read(struct arena *a, const struct page_order *o, const char *name, struct text *bytes,
		 struct diag *why)
{
	return outfile_read(a, arena_format(a, "%s/reports/%s", o->share, name).at, bytes, why);
}

static bool read_parts(struct arena *a, const struct page_order *o, const char *skeleton,
		       struct parts *p, struct diag *why)
{
	p->skeleton_file = arena_format(a, "%s/reports/%s", o->share, skeleton).at;
	return read(a, o, skeleton, &p->skeleton, why) &&
	       read(a, o, "explore.css", &p->style, why) &&
	       read(a, o, "explore.js", &p->script, why) && page_json(a, o, &p->data, why);
}

/* Is anything of the survey and year that the page opens with made by a program? */
static bool is_simulated(const struct page_order *o)
{
	const struct survey *s = o->survey[0].narrative.survey;
	const struct wave *wave = survey_wave(s, o->year ? o->year : survey_last_year(s));

	return wave && wave->simulated;
}

static struct text names_of(struct arena *a, const struct page_order *o)
{
	struct text all = {"", 0};

	for (size_t i = 0; i < o->n; i++)
		all = arena_format(a, "%.*s%s%.*s", SPAN_ARG(all), i ? ", " : "",
				   SPAN_ARG(o->survey[i].narrative.survey->name));
	return all;
}

static bool fill(struct arena *a, const struct page_order *o, const struct parts *p,
		 struct text still, struct text *out, struct diag *why)
{
	const struct phrases *words = o->survey[0].narrative.phrases;
	const struct field fields[] = {
		{"lang", span_of(o->lang == LANG_VI ? "vi" : "en")},
		{"title",
		 page_escape(a, PHRASE_FILL(words, "web.title", {"names", names_of(a, o)}))},
		{"maker", page_escape(a, o->maker)},
		{"banner", is_simulated(o) ? page_escape(a, phrase(words, "simulated.banner"))
					   : (struct text){"", 0}},
		{"policy", page_policy(a, p->style, p->script)},
		{"style", p->style},
		{"script", p->script},
		{"data", p->data},
		{"noscript", page_escape(a, phrase(words, "web.noscript"))},
		{"still", still},
	};
	struct memfile page;
	bool ok;

	memfile_open(&page);
	ok = template_fill(p->skeleton_file, p->skeleton, fields, sizeof fields / sizeof *fields,
			   page.out, why);
	*out = memfile_close(a, &page);
	return ok;
}

bool page_whole(struct arena *a, const struct page_order *o, struct text *out, struct diag *why)
{
	struct parts p;

	return read_parts(a, o, "explore.html", &p, why) &&
	       fill(a, o, &p, page_still(a, o), out, why);
}

bool page_fragment(struct arena *a, const struct page_order *o, struct text *out, struct diag *why)
{
	struct parts p;

	return read_parts(a, o, "explore.part.html", &p, why) &&
	       fill(a, o, &p, (struct text){"", 0}, out, why);
}

bool page_write(struct arena *a, const struct page_order *o, const char *folder, const char *path,
		bool force, struct diag *why)
{
	struct text bytes;

	return page_whole(a, o, &bytes, why) && (!folder || outfile_folder(a, folder, why)) &&
	       outfile_write(path, bytes, force, why);
}
