#include "output/workbook.h"

#include "output/workbook_parts.h"

#include <math.h>

static void add(struct section *s, const char *name, struct text value)
{
	s->field[s->fields++] = (struct field){name, value};
}

static double level_of(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(r->row[i].level))
			return r->row[i].level;
	return NAN;
}

static void begin(struct arena *a, struct book *b, const struct report_order *o,
		  struct section *out)
{
	const struct phrases *p = o->narrative.phrases;
	const struct wave *w = survey_wave(o->narrative.survey, o->year);
	bool percent = w->unit == UNIT_PERCENT;
	double level = level_of(o->changes);

	*out = (struct section){.arena = a, .book = b, .o = o, .n = &o->narrative};
	out->simulated = report_simulated(o);
	add(out, "survey", o->narrative.survey->name);
	add(out, "province", o->self->name);
	add(out, "year", arena_format(a, "%ld", o->year));
	add(out, "from", o->from ? arena_format(a, "%ld", o->from) : span_of("–"));
	add(out, "unit", percent ? span_of("%") : phrase(p, "unit.points"));
	add(out, "delta",
	    !percent                                     ? phrase(p, "unit.points")
	    : o->narrative.percent && p->lang == LANG_VI ? span_of("%")
							 : phrase(p, "unit.delta.percent"));
	add(out, "title", w->title[p->lang]);
	add(out, "publisher", w->publisher[p->lang]);
	add(out, "peers", o->peers->rule[p->lang]);
	add(out, "level",
	    isnan(level) ? (struct text){"", 0} : narrative_level(&o->narrative, level));
	add(out, "sets", o->narrative.sets);
	add(out, "item", o->changes->row[0].item_name[p->lang]);
}

/* ---- the overview -------------------------------------------------------------------------- */

/* The total's change among all items of the province, whose verdicts belong together. */
static const struct result_row *total_of(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].item_depth == 0)
			return &r->row[i];
	return NULL;
}

struct overview {
	struct result rows;
	const struct narrative **n;
	const struct result_row **estimated;
};

static void add_total(struct arena *a, struct overview *o, const struct narrative *n,
		      const struct result *all, const struct result_row *total)
{
	size_t k = o->rows.n;

	if (!total)
		return;
	o->n = arena_grow(a, o->n, k, sizeof *o->n);
	o->estimated = arena_grow(a, o->estimated, k, sizeof *o->estimated);
	o->n[k] = n;
	o->estimated[k] = result_find(all, total->year, total->item, total->province);
	result_add(a, &o->rows, total);
}

static void collect(struct arena *a, const struct report_book *b, struct overview *out)
{
	*out = (struct overview){0};
	for (size_t i = 0; i < b->n; i++)
		if (!b->part[i].missing)
			add_total(a, out, &b->part[i].narrative, b->part[i].all,
				  total_of(b->part[i].changes));
	for (size_t i = 0; i < b->n_others; i++) {
		const struct report_index *x = &b->others[i];
		struct result r;

		rows_judged(a, &x->narrative, x->all, b->part->self->code, b->part->year, &r);
		add_total(a, out, &x->narrative, x->all, total_of(&r));
	}
}

/* Some of the pages are about simulated data: which, the rows say. */
static bool any_simulated(const struct section *s, size_t n)
{
	bool any = false;

	for (size_t i = 0; i < n; i++)
		any |= s[i].simulated;
	return any;
}

/* Surveys asked for that have nothing of the province and year. */
static void put_missing(struct page *p, const struct report_book *b)
{
	for (size_t i = 0; i < b->n; i++) {
		if (!b->part[i].missing)
			continue;
		page_row(p, false);
		page_text(p, COL_SURVEY, b->part[i].narrative.survey->name);
		page_number(p, COL_YEAR, (double)b->part[i].year);
		page_text(p, COL_NOTE, phrase(p->book->phrases, "book.note.absent"));
	}
}

static void put_overview(struct section *first, size_t n, const struct report_book *book,
			 const struct overview *o)
{
	struct section copy = *first, *s = &copy;
	const struct phrases *words = s->n->phrases;
	unsigned wanted = 0;
	struct page p;

	for (size_t i = 0; i < o->rows.n; i++)
		wanted |= rows_wanted(o->n[i], &o->rows.row[i], IN_OVERVIEW);
	page_open(s->book, phrase(words, "book.page.overview"), &p);
	page_line(&p, LINE_TITLE, section_words(s, "book.title.overview"));
	if (any_simulated(first, n))
		page_line(&p, LINE_BANNER,
			  phrase(words, n > 1 ? "book.line.simulated" : "simulated.banner"));
	page_line(&p, LINE_PLAIN, phrase(words, "book.line.overview"));
	if (wanted & OF_SCORES(IN_OVERVIEW))
		page_line(&p, LINE_PLAIN, phrase(words, "note.noerror"));
	for (size_t i = 0; i < s->fields; i++) /* that of each row */
		if (span_is(span_of(s->field[i].name), "unit") ||
		    span_is(span_of(s->field[i].name), "delta"))
			s->field[i].value = phrase(words, "book.word.unit");
	rows_head(s, &p, wanted);
	p.frozen = 1;
	for (size_t i = 0; i < o->rows.n; i++) {
		struct beside b = rows_beside();

		b.estimated = o->estimated[i];
		rows_put(s, &p, o->n[i], &o->rows.row[i], &b, false);
	}
	put_missing(&p, book);
	page_close(&p, 0);
}

/* ---- the file ------------------------------------------------------------------------------ */

bool workbook_write(struct arena *a, const struct report_book *b, const char *file,
		    struct diag *why)
{
	const struct phrases *p = b->part->narrative.phrases;
	struct section *s = arena_new(a, b->n, sizeof *s);
	struct book_about about = {PHRASE_FILL(p, "book.title.overview",
					       {"province", b->part->self->name},
					       {"year", arena_format(a, "%ld", b->part->year)}),
				   b->maker};
	struct overview overview;
	struct book book;
	size_t n = 0;

	book_open(a, p, file, &about, &book);
	if (!book.file)
		return book_close(&book, file, why);
	for (size_t i = 0; i < b->n; i++)
		if (!b->part[i].missing)
			begin(a, &book, &b->part[i], &s[n++]);
	collect(a, b, &overview);
	put_overview(s, n, b, &overview);
	for (size_t i = 0; i < n; i++) {
		s[i].several = n > 1;
		workbook_index(&s[i]);
		workbook_ranks(&s[i]);
		workbook_years(&s[i]);
		workbook_changes(&s[i]);
		workbook_peers(&s[i]);
		workbook_lost(&s[i]);
		workbook_charts(&s[i]);
	}
	workbook_about(&book, s, n, b->maker);
	return book_close(&book, file, why);
}
