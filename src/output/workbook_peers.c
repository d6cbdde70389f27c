/* The province beside its peers, item by item. */
#include "analysis/compare.h"
#include "output/workbook_parts.h"

#include <math.h>

enum { PEER_CODE, PEER_ITEM, PEER_LEVEL, PEER_OWN, PEER_LEFT };
enum { PEER_MEDIAN, PEER_BEST, PEER_GAP, PEER_GAP_BEST, PEER_RANK, PEER_RIGHT };

#define BOTH (OF_SCORES(1) | OF_ANSWERS(1))

static const struct column left[PEER_LEFT] = {
	[PEER_CODE] = {"head.code", "about.code", LOOK_TEXT, BOTH},
	[PEER_ITEM] = {"head.item", "about.item", LOOK_WRAP, BOTH},
	[PEER_LEVEL] = {"book.head.level", "about.level", LOOK_WHOLE, BOTH},
	[PEER_OWN] = {"book.head.own", "about.value", LOOK_NUMBER, BOTH},
};

static const struct column right[PEER_RIGHT] = {
	[PEER_MEDIAN] = {"head.peer.median", "about.peer.median", LOOK_NUMBER, BOTH},
	[PEER_BEST] = {"head.peer.best", "about.peer.best", LOOK_NUMBER, BOTH},
	[PEER_GAP] = {"head.gap.median", "about.peer.gap", LOOK_SIGNED, BOTH},
	[PEER_GAP_BEST] = {"head.gap.best", "about.peer.gap.best", LOOK_SIGNED, BOTH},
	/* a place among estimates would have to stand with its error */
	[PEER_RANK] = {"head.rank.peers", "about.peer.rank", LOOK_WHOLE, OF_SCORES(1)},
};

/* Those of a formula over all peers, when it gives what was computed. */
static void put_over(struct section *s, struct page *p, size_t column, const char *function,
		     struct text peers, double x)
{
	page_formula(p, column, arena_format(s->arena, "%s(%.*s)", function, SPAN_ARG(peers)), x);
}

static void put_gap(struct section *s, struct page *p, size_t column, lxw_col_t own,
		    size_t subtrahend, int decimals, double x)
{
	struct arena *a = s->arena;

	page_formula(p, column,
		     arena_format(a, "ROUND(%.*s-%.*s,%d)", SPAN_ARG(page_ref(p, own)),
				  SPAN_ARG(page_ref(p, p->at[subtrahend])), decimals),
		     x);
}

static struct text missing(const struct section *s, const struct result_row *row)
{
	return phrase(s->n->phrases, row->flags & FLAG_SUPPRESSED    ? "flag.suppressed"
				     : row->flags & FLAG_UNPUBLISHED ? "book.note.unpublished"
								     : "book.note.missing");
}

/* The values of one item: the province's, then the peers'. */
static struct text put_values(struct section *s, struct page *p, const struct result_row *row,
			      lxw_col_t own, const lxw_col_t *peer)
{
	const struct peers *peers = s->o->peers;

	page_put_number(p, own, row->estimate);
	for (size_t i = 0; i < peers->n; i++) {
		const struct result_row *other =
			result_find(s->o->all, row->year, row->item, peers->at[i]->code);

		if (other)
			page_put_number(p, peer[i], other->estimate);
		if (other && isnan(other->estimate))
			page_put_comment(p, peer[i], missing(s, other));
	}
	return arena_format(s->arena, "%.*s:%.*s", SPAN_ARG(page_ref(p, peer[0])),
			    SPAN_ARG(page_ref(p, peer[peers->n - 1])));
}

static void draw_peers(struct section *s, const struct page *p, const struct result *r,
		       lxw_col_t own)
{
	size_t n = s->o->peers->n + 1;

	s->peers = (struct extent){.page = r->n && isnan(r->row[0].peer_median) ? NULL : p->name,
				   .first = p->head + 1,
				   .last = p->head + 1,
				   .head = p->head,
				   .values = own,
				   .last_col = (lxw_col_t)(own + n - 1),
				   .across = true,
				   .caption = section_caption(s, "book.chart.peers"),
				   .least = 0,
				   .most = NAN};
	s->peers.colour = arena_new(s->arena, n, sizeof *s->peers.colour);
	s->peers.colour[0] = COLOUR_SELF;
	for (size_t i = 1; i < n; i++)
		s->peers.colour[i] = COLOUR_PEER;
}

static void put_row(struct section *s, struct page *p, const struct result_row *row,
		    const lxw_col_t *at, const lxw_col_t *peer)
{
	int decimals = s->n->survey->scores.decimals;
	lxw_col_t own = at[PEER_OWN];
	struct text peers;

	page_row(p, row->item_depth == 0);
	page_put_text(p, at[PEER_CODE], row->item);
	page_put_text(p, at[PEER_ITEM], row->item_name[s->n->phrases->lang]);
	page_put_number(p, at[PEER_LEVEL], (double)row->item_depth);
	peers = put_values(s, p, row, own, peer);
	put_over(s, p, PEER_MEDIAN, "MEDIAN", peers, row->peer_median);
	put_over(s, p, PEER_BEST, "MAX", peers, row->peer_best);
	put_gap(s, p, PEER_GAP, own, PEER_MEDIAN, decimals + 1, row->gap_median);
	put_gap(s, p, PEER_GAP_BEST, own, PEER_BEST, decimals, row->gap_best);
	page_number(p, PEER_RANK, row->rank_in_peers);
}

void workbook_peers(struct section *s)
{
	static const char *const notes[] = {"book.line.peers",  "note.noerror",
					    "book.line.errors", "note.sparse",
					    "note.rank.merged", NULL};
	const struct report_order *o = s->o;
	const struct peers *peers = o->peers;
	lxw_col_t *peer = arena_new(s->arena, peers->n + 1, sizeof *peer), *at;
	struct result r;
	struct page p;

	if (peers->n == 0)
		return;
	compare_result(s->arena, o->all, o->year, o->self, peers, s->n->survey->scores.decimals,
		       &r);
	section_open(s, "book.page.peers", "book.title.peers", notes, &p);
	page_columns(&p, left, PEER_LEFT, BOTH, s->field, s->fields);
	at = p.at;
	for (size_t i = 0; i < peers->n; i++)
		peer[i] = page_more(&p, peers->at[i]->name, LOOK_NUMBER);
	page_columns(&p, right, PEER_RIGHT, o->answers ? OF_ANSWERS(1) : OF_SCORES(1), s->field,
		     s->fields);
	p.frozen = (lxw_col_t)(at[PEER_OWN] + 1);
	p.decimals = survey_wave(s->n->survey, o->year)->decimals;
	for (size_t i = 0; i < r.n; i++)
		put_row(s, &p, &r.row[i], at, peer);
	draw_peers(s, &p, &r, at[PEER_OWN]);
	page_close(&p, 0);
}
