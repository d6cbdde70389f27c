#include "output/page_still.h"

#include "analysis/change.h"
#include "analysis/rank.h"
#include "output/tables.h"

#include <math.h>

struct text page_escape(struct arena *a, struct text s)
{
	static const struct {
		char c;
		const char *entity;
	} entities[] = {
		{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\'', "&#39;"}};
	char *out = arena_new(a, 6 * s.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *entity = NULL;

		for (size_t k = 0; k < sizeof entities / sizeof *entities; k++)
			entity = s.at[i] == entities[k].c ? entities[k].entity : entity;
		if (entity)
			for (const char *c = entity; *c; c++)
				out[n++] = *c;
		else
			out[n++] = s.at[i];
	}
	return (struct text){out, n};
}

static void add(struct arena *a, struct text *all, const char *before, struct text s,
		const char *after)
{
	*all = arena_format(a, "%.*s%s%.*s%s", SPAN_ARG(*all), before, SPAN_ARG(page_escape(a, s)),
			    after);
}

static struct text table_of(struct arena *a, const struct sheet *sheet)
{
	struct text all = span_of("<table><thead><tr>");

	for (size_t c = 0; c < sheet->columns; c++)
		add(a, &all, "<th scope=\"col\">", sheet->head[c], "</th>");
	add(a, &all, "</tr></thead><tbody>", span_of(""), "\n");
	for (size_t r = 0; r < sheet->rows; r++) {
		for (size_t c = 0; c < sheet->columns; c++)
			add(a, &all,
			    c == 0            ? "<tr><td>"
			    : sheet->right[c] ? "<td class=\"num\">"
					      : "<td>",
			    sheet->cell[r * sheet->columns + c], "</td>");
		add(a, &all, "</tr>", span_of(""), "\n");
	}
	add(a, &all, "</tbody></table>", span_of(""), "\n");
	return all;
}

static struct text paragraph(struct arena *a, struct text all, struct text s)
{
	if (s.n)
		add(a, &all, "<p>", s, "</p>\n");
	return all;
}

/* What is known of the errors, and of the data. */
static struct text remarks(struct arena *a, struct text all, const struct page_survey *s,
			   const struct result *r)
{
	const struct narrative *n = &s->narrative;

	all = paragraph(a, all, s->notes[n->phrases->lang]);
	if (!tables_estimated(n, r))
		all = paragraph(a, all, phrase(n->phrases, "note.noerror"));
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].level))
			return paragraph(
				a, all,
				PHRASE_FILL(n->phrases, "note.error",
					    {"level", narrative_level(n, r->row[i].level)}));
	return all;
}

/* The ranks of everybody. */
static struct text of_all(struct arena *a, const struct page_survey *s, long year)
{
	struct text all = {"", 0};
	struct result r = {0};
	struct sheet sheet;
	size_t n;
	const struct result_row *row = result_group(s->all, year, span_of(STRUCTURE_ROOT), &n);

	for (size_t i = 0; row && i < n; i++)
		result_add(a, &r, &row[i]);
	if (r.n == 0)
		return all;
	rank_sort(&r);
	tables_rank(&s->narrative, &r, &sheet);
	return remarks(a, table_of(a, &sheet), s, &r);
}

struct text page_still(struct arena *a, const struct page_order *o)
{
	const struct page_survey *s = &o->survey[0];
	const struct survey *survey = s->narrative.survey;
	long year = o->year ? o->year : survey_last_year(survey);
	const struct wave *wave = survey_wave(survey, year);
	struct text all = {"", 0};
	struct result r = {0};
	struct sheet sheet;

	if (!wave)
		return all;
	if (o->province.n)
		change_province(a, survey, s->all, o->province,
				wave > survey->wave ? wave[-1].year : 0, year, &r);
	if (r.n == 0)
		return of_all(a, s, year);
	all = arena_format(a, "<h2>%.*s</h2>\n", SPAN_ARG(page_escape(a, r.row[0].province_name)));
	all = paragraph(a, all,
			arena_format(a, "%.*s: %.*s.", SPAN_ARG(survey->name),
				     SPAN_ARG(narrative_standing(&s->narrative, &r.row[0]))));
	all = paragraph(a, all, narrative_reason(&s->narrative, &r.row[0]));
	(wave > survey->wave ? tables_change : tables_rank)(&s->narrative, &r, &sheet);
	all = arena_format(a, "%.*s%.*s", SPAN_ARG(all), SPAN_ARG(table_of(a, &sheet)));
	return remarks(a, all, s, &r);
}
