#include "output/report_fields.h"

#include "base/memfile.h"
#include "output/outfile.h"
#include "output/template.h"

void report_fields_add(struct report_fields *f, const char *name, struct text value)
{
	f->at = arena_grow(f->arena, f->at, f->n, sizeof *f->at);
	f->at[f->n++] = (struct field){name, value};
}

bool report_fields_fill(const struct report_fields *f, const char *share, const char *name,
			enum lang lang, struct text *out, struct diag *why)
{
	const char *file = arena_format(f->arena, "%s/reports/%s.%s.md", share, name,
					lang == LANG_VI ? "vi" : "en")
				   .at;
	struct text page;
	struct memfile filled;
	bool ok;

	if (!outfile_read(f->arena, file, &page, why))
		return false;
	memfile_open(&filled);
	ok = template_fill(file, page, f->at, f->n, filled.out, why);
	*out = memfile_close(f->arena, &filled);
	return ok;
}

struct text report_unit(struct arena *a, const struct report_order *o)
{
	/* the kind of unit stands before the name, unless the name begins with it ("TP.", "Sở A")
	 */
	if (o->narrative.phrases->lang == LANG_EN || span_starts(o->self->name, "TP") ||
	    o->narrative.survey->provinces.own)
		return o->self->name;
	return arena_format(a, "%.*s %.*s", SPAN_ARG(o->self->type), SPAN_ARG(o->self->name));
}

static struct text year_of(struct arena *a, long year)
{
	return year ? arena_format(a, "%ld", year) : (struct text){"", 0};
}

struct text report_words(struct arena *a, const struct report_order *o, const char *key)
{
	const struct phrases *p = o->narrative.phrases;
	const struct wave *wave = survey_wave(o->narrative.survey, o->year);

	return PHRASE_FILL(p, key, {"province", o->self->name}, {"unit", report_unit(a, o)},
			   {"title", wave ? wave->title[p->lang] : o->narrative.survey->name},
			   {"survey", o->narrative.survey->name}, {"year", year_of(a, o->year)},
			   {"from", year_of(a, o->from)},
			   {"peers", o->peers ? o->peers->rule[p->lang] : (struct text){"", 0}});
}
