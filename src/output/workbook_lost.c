/* Lost points: by criterion, by agency; and the targets. */
#include "output/workbook_parts.h"

#include <math.h>

#define DRAWN 15 /* criteria in the chart */

enum {
	LOST_CODE,
	LOST_NAME,
	LOST_KIND,
	LOST_AGENCY,
	LOST_CRITERIA,
	LOST_MAX,
	LOST_SELF,
	LOST_APPRAISED,
	LOST_SURVEY,
	LOST_FINAL,
	LOST_LOST,
	LOST_SHARE,
	LOST_RUNNING,
	LOST_RANK_LOW,
	LOST_RANK_HIGH,
	LOST_TARGET,
	LOST_TO_TARGET,
	LOST_DEADLINE,
	LOST_TARGET_AGENCY,
	LOST_NOTE,
	LOST__COUNT
};

/* Pages: criteria with marks, criteria that are scores, agencies, targets. */
enum { IN_MARKS = 1, IN_SCORES = 2, IN_AGENCIES = 4, IN_TARGETS = 8 };
#define IN_CRITERIA (IN_MARKS | IN_SCORES)

static const struct column columns[LOST__COUNT] = {
	[LOST_CODE] = {"head.code", "about.code", LOOK_TEXT, IN_CRITERIA | IN_TARGETS},
	[LOST_NAME] = {"head.criterion", "about.criterion", LOOK_WRAP, IN_CRITERIA | IN_TARGETS},
	[LOST_KIND] = {"book.head.kind", "about.kind", LOOK_TEXT, IN_MARKS},
	[LOST_AGENCY] = {"head.agency.lead", "about.agency", LOOK_WRAP, IN_CRITERIA | IN_AGENCIES},
	[LOST_CRITERIA] = {"head.criteria", "about.criteria", LOOK_WHOLE, IN_AGENCIES},
	[LOST_MAX] = {"head.points.max", "about.points.max", LOOK_NUMBER,
		      IN_CRITERIA | IN_AGENCIES},
	[LOST_SELF] = {"head.points.self", "about.points.self", LOOK_NUMBER, IN_MARKS},
	[LOST_APPRAISED] = {"head.points.appraised", "about.points.appraised", LOOK_NUMBER,
			    IN_MARKS},
	[LOST_SURVEY] = {"head.points.survey", "about.points.survey", LOOK_NUMBER, IN_MARKS},
	[LOST_FINAL] = {"head.points.total", "about.points.final", LOOK_NUMBER,
			IN_CRITERIA | IN_AGENCIES | IN_TARGETS},
	[LOST_LOST] = {"head.points.lost", "about.points.lost", LOOK_NUMBER,
		       IN_CRITERIA | IN_AGENCIES},
	[LOST_SHARE] = {"head.loss.share", "about.loss.share", LOOK_NUMBER,
			IN_CRITERIA | IN_AGENCIES},
	[LOST_RUNNING] = {"head.loss.running", "about.loss.running", LOOK_NUMBER,
			  IN_CRITERIA | IN_AGENCIES},
	[LOST_RANK_LOW] = {"book.head.regained.low", "about.regained", LOOK_WHOLE, IN_CRITERIA},
	[LOST_RANK_HIGH] = {"book.head.regained.high", "about.regained", LOOK_WHOLE, IN_CRITERIA},
	[LOST_TARGET] = {"head.target", "about.target", LOOK_NUMBER, IN_TARGETS},
	[LOST_TO_TARGET] = {"head.target.gap", "about.to.target", LOOK_SIGNED, IN_TARGETS},
	[LOST_DEADLINE] = {"head.deadline", "about.deadline", LOOK_TEXT, IN_TARGETS},
	[LOST_TARGET_AGENCY] = {"head.agency.lead", "about.target.agency", LOOK_WRAP, IN_TARGETS},
	[LOST_NOTE] = {"head.note", "about.note", LOOK_WRAP, IN_CRITERIA | IN_AGENCIES},
};

/* ---- cells --------------------------------------------------------------------------------- */

static struct text name_of(const struct section *s, const struct result_row *row)
{
	struct text own = row->item_name[s->n->phrases->lang];

	return own.n && !span_equal(own, row->item) ? own
	       : row->item_depth                    ? row->item
						    : phrase(s->n->phrases, "word.total");
}

static struct text kind_of(const struct section *s, const struct result_row *row)
{
	if (row->kind.n == 0)
		return row->kind;
	return phrase(s->n->phrases,
		      arena_format(s->arena, "book.kind.%.*s", SPAN_ARG(row->kind)).at);
}

static struct text agency_of(const struct section *s, const struct result_row *row)
{
	struct text who = row->agency_name[s->n->phrases->lang];

	return who.n ? who : phrase(s->n->phrases, "word.agency.none");
}

static struct text note_of(const struct section *s, const struct result_row *row)
{
	const struct phrases *p = s->n->phrases;
	struct text why = row->reason[p->lang], all = row->note;

	if (isnan(row->lost_points) && row->flags & FLAG_UNPUBLISHED)
		why = phrase(p, "book.note.noscore");
	if (why.n)
		all = arena_format(s->arena, "%.*s%s%.*s", SPAN_ARG(all), all.n ? "; " : "",
				   SPAN_ARG(why));
	return all;
}

/* The part of all that was lost, in percent; `total` is the row of the sum. */
static void put_share(struct section *s, struct page *p, const struct result_row *row,
		      lxw_row_t total, double running)
{
	char sum[LXW_MAX_CELL_NAME_LENGTH], first[LXW_MAX_CELL_NAME_LENGTH];
	lxw_col_t lost = p->at[LOST_LOST], share = p->at[LOST_SHARE];
	int decimals = p->decimals;

	p->decimals = 1;
	lxw_rowcol_to_cell_abs(sum, total, lost, 1, 1);
	lxw_rowcol_to_cell_abs(first, p->head + 1, share, 1, 1);
	page_formula(p, LOST_SHARE,
		     arena_format(s->arena, "100*%.*s/%s", SPAN_ARG(page_ref(p, lost)), sum),
		     100 * row->share_of_loss);
	page_formula(p, LOST_RUNNING,
		     arena_format(s->arena, "SUM(%s:%.*s)", first, SPAN_ARG(page_ref(p, share))),
		     100 * running);
	p->decimals = decimals;
}

static void put_row(struct section *s, struct page *p, const struct result_row *row,
		    lxw_row_t total, double running)
{
	struct text note = note_of(s, row);

	page_row(p, false);
	page_text(p, LOST_CODE, row->item);
	page_text(p, LOST_NAME, name_of(s, row));
	page_text(p, LOST_KIND, kind_of(s, row));
	page_text(p, LOST_AGENCY, agency_of(s, row));
	page_number(p, LOST_CRITERIA, row->criteria);
	page_number(p, LOST_MAX, row->max_points);
	page_number(p, LOST_SELF, row->self_score);
	page_number(p, LOST_APPRAISED, row->appraised_score);
	page_number(p, LOST_SURVEY, row->survey_score);
	page_number(p, LOST_FINAL, row->final_points);
	page_difference(p, LOST_LOST, row->lost_points, LOST_MAX, row->max_points, LOST_FINAL,
			row->final_points, 9);
	put_share(s, p, row, total, running);
	page_number(p, LOST_RANK_LOW, row->potential_low);
	page_number(p, LOST_RANK_HIGH, row->potential_high);
	page_text(p, LOST_NOTE, note);
	page_comment(p, LOST_FINAL, isnan(row->final_points) ? note : (struct text){"", 0});
}

/* ---- the sums ------------------------------------------------------------------------------ */

static double amount(const struct result_row *row, size_t column)
{
	switch (column) {
	case LOST_CRITERIA: return row->criteria;
	case LOST_MAX: return row->max_points;
	case LOST_SELF: return row->self_score;
	case LOST_APPRAISED: return row->appraised_score;
	case LOST_SURVEY: return row->survey_score;
	case LOST_FINAL: return row->final_points;
	case LOST_LOST: return row->lost_points;
	default: return NAN;
	}
}

/* The total's own number; a formula where the rows above add up to it, as those of a page do. */
static void put_sum(struct section *s, struct page *p, size_t column, const struct result *r)
{
	char span[LXW_MAX_CELL_RANGE_LENGTH];
	double total = amount(&s->o->lost->total, column), sum = 0;

	if (p->at[column] == NO_COLUMN)
		return;
	for (size_t i = 0; i < r->n; i++)
		if (!isnan(amount(&r->row[i], column)))
			sum += amount(&r->row[i], column);
	lxw_rowcol_to_range(span, p->head + 1, p->at[column], p->row - 1, p->at[column]);
	if (number_round(sum, 9) == number_round(total, 9))
		page_formula(p, column, arena_format(s->arena, "SUM(%s)", span), total);
	else
		page_number(p, column, total);
}

/* A sum over what has no score is not made. */
static void put_total(struct section *s, struct page *p, const struct result *r)
{
	const struct result_row *t = &s->o->lost->total;

	page_row(p, true);
	page_text(p, LOST_CODE, t->item);
	page_text(p, p->at[LOST_NAME] == NO_COLUMN ? LOST_AGENCY : LOST_NAME,
		  phrase(s->n->phrases, "word.total"));
	for (size_t i = LOST_CRITERIA; i <= LOST_LOST; i++)
		put_sum(s, p, i, r);
	page_number(p, LOST_RANK_LOW, t->potential_low);
	page_number(p, LOST_RANK_HIGH, t->potential_high);
	page_text(p, LOST_NOTE, note_of(s, t));
}

/* ---- pages --------------------------------------------------------------------------------- */

static void draw_losses(struct section *s, const struct page *p, const struct result *r)
{
	size_t n = 0;

	while (n < r->n && n < DRAWN && r->row[n].lost_points > 0)
		n++;
	s->losses = (struct extent){.page = n ? p->name : NULL,
				    .first = p->head + 1,
				    .last = p->head + (lxw_row_t)n,
				    .names = p->at[LOST_NAME],
				    .values = p->at[LOST_LOST],
				    .caption = section_caption(s, "book.chart.losses"),
				    .least = 0,
				    .most = NAN};
}

static void put_page(struct section *s, struct page *p, unsigned page, const struct result *r)
{
	double running = 0;

	page_columns(p, columns, LOST__COUNT, page, s->field, s->fields);
	p->decimals = survey_wave(s->n->survey, s->o->year)->decimals;
	p->frozen = (lxw_col_t)(p->at[LOST_NAME] == NO_COLUMN ? 1 : p->at[LOST_NAME] + 1);
	for (size_t i = 0; i < r->n; i++) {
		running += r->row[i].share_of_loss;
		put_row(s, p, &r->row[i], p->head + 1 + (lxw_row_t)r->n, running);
	}
	put_total(s, p, r);
}

static bool any_agency(const struct result *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->row[i].agency.n)
			return true;
	return false;
}

static void put_targets(struct section *s, const struct result *r)
{
	static const char *const notes[] = {NULL};
	struct page p;

	section_open(s, "book.page.targets", "book.title.targets", notes, &p);
	page_columns(&p, columns, LOST__COUNT, IN_TARGETS, s->field, s->fields);
	p.decimals = survey_wave(s->n->survey, s->o->year)->decimals;
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];

		page_row(&p, row->item_depth == 0);
		page_text(&p, LOST_CODE, row->item);
		page_text(&p, LOST_NAME, name_of(s, row));
		page_number(&p, LOST_FINAL, row->final_points);
		page_number(&p, LOST_TARGET, row->target);
		page_difference(&p, LOST_TO_TARGET, row->to_target, LOST_TARGET, row->target,
				LOST_FINAL, row->final_points, 9);
		page_text(&p, LOST_DEADLINE, row->deadline);
		page_text(&p, LOST_TARGET_AGENCY, row->target_agency);
	}
	page_close(&p, 0);
}

void workbook_lost(struct section *s)
{
	static const char *const notes[] = {"book.line.lost", NULL};
	static const char *const lead[] = {"book.line.lost", "note.gaps.lead", NULL};
	static const char *const split[] = {"book.line.lost", "note.gaps.split", NULL};
	const struct report_lost *x = s->o->lost;
	struct page p;

	if (!x || x->rows->n == 0)
		return;
	section_open(s, "book.page.lost", "book.title.lost", notes, &p);
	put_page(s, &p, span_is(x->rows->row[0].kind, "score") ? IN_SCORES : IN_MARKS, x->rows);
	draw_losses(s, &p, x->rows);
	page_close(&p, 1);
	if (any_agency(x->agencies)) {
		section_open(s, "book.page.agencies", "book.title.agencies",
			     x->split ? split : lead, &p);
		put_page(s, &p, IN_AGENCIES, x->agencies);
		page_close(&p, 1);
	}
	if (x->targets.n)
		put_targets(s, &x->targets);
}
