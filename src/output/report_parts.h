/* report_parts.h -- the tables, lists and sentences that a report's template asks for.
 *
 * Each gives Markdown, or the empty span when its data are missing.
 *
 * Defined in report_tables.c, report_tasks.c and report_words.c; for surveys of answers in
 * report_answers.c, report_levels.c and report_findings.c; of lost points in report_lost.c. Uses
 * narrative, tables and below. */
#ifndef OUTPUT_REPORT_PARTS_H
#define OUTPUT_REPORT_PARTS_H

#include "analysis/peers.h"
#include "output/narrative.h"
#include "output/sheet.h"
#include "output/table_gaps.h"
#include "result/result.h"

/* How many were asked; NaN or 0 where it is not known. */
struct report_sample {
	double respondents, units, strata; /* units and strata of the first stage */
	double lonely;                     /* strata with one unit, others than certain ones */
	double kish;                       /* design effect of the weights */
	double least, most;                /* valid answers to an item of the index */
};

/* What a survey of answers adds for the province and year: shares in percent. */
struct report_answers {
	const struct result *national; /* the index of the country, by year and item */
	struct result groups;          /* of groups of people: domain "gender=1" */
	struct result shares; /* of every level (category), pooled, by item of the index: of
				 the province, and of the country, which has none */
	struct result levels; /* of every level of every question: item is its code */
	size_t n_factors;
	const struct question *const *factor; /* questions that make the groups */
	const double *answered; /* valid answers, by the item's order; NaN above items */
	struct report_sample own, country;
	const char *method; /* of the index: "pooled" */
	const char *lonely; /* what is done with strata of one unit: "adjust" */
};

/* An index that the overview may show beside the report's own. */
struct report_index {
	struct narrative narrative;
	const struct result *all; /* ranked */
};

/* Points that the province lost (gaps). */
struct report_lost {
	const struct result *rows, *domains, *agencies; /* by criterion, domain, agency */
	struct result targets;                          /* rows with a target */
	struct result_row total;
	bool split; /* points of several agencies in equal parts */
};

/* What a report says of one survey. */
struct report_order {
	struct narrative narrative;
	const struct result *all;
	const struct result *changes; /* the province's rows of the year (change_province) */
	const struct province *self;
	const struct peers *peers;
	long year, from;
	bool missing; /* the survey has nothing of that year and province: only narrative, self and
			 year are set */
	const struct report_answers *answers; /* NULL: the year has published scores */
	const struct report_lost *lost;       /* NULL: not known */
};

/* One document about several surveys. */
struct report_book {
	const struct report_order *part; /* in the order asked for; one is not missing */
	size_t n;
	const struct report_index *others; /* more surveys, for the overview */
	size_t n_others;
	struct text maker; /* "hailong 0.1.0" */
};

/* Tables, without caption. `changes` is that of the order. */
struct text report_overview(struct arena *a, const struct report_book *b);
struct text report_series(struct arena *a, const struct report_order *o);
struct text report_items(struct arena *a, const struct report_order *o,
			 const struct result *changes, size_t depth);
struct text report_peers(struct arena *a, const struct report_order *o);
struct text report_ranking(struct arena *a, const struct report_order *o); /* everyone */

/* report_extremes: the five best and the five lowest totals of the year, and the peers' mean; ""
 *   where the table does not list everyone. */
struct text report_extremes(struct arena *a, const struct report_order *o);
struct text report_agencies(struct arena *a, const struct report_order *o,
			    const struct result *changes);

/* report_documents: the documents that report_agencies follows, joined by "; ". */
struct text report_documents(struct arena *a, const struct report_order *o,
			     const struct result *changes);

/* report_proposals: what each lead agency has before it, as a list: the weak parts that
 * report_weakest names and the points lost, with the numbers, and nothing more. */
struct text report_proposals(struct arena *a, const struct report_order *o,
			     const struct result *changes);

/* report_total: the total of a province in a year against the wave before; false when the table of
 *   that year does not list it. */
bool report_total(struct arena *a, const struct narrative *n, const struct result *all, long year,
		  struct text province, struct result_row *out);

/* Sentences and lists. report_history: the report's year and the two before it, of published
 * scores; "" where one of them says nothing. */
struct text report_history(struct arena *a, const struct report_order *o);

/* report_indices: how the province stands on every survey of the book, one paragraph. */
struct text report_indices(struct arena *a, const struct report_book *b);
struct text report_standing(struct arena *a, const struct report_order *o,
			    const struct result *changes);
struct text report_reasons(struct arena *a, const struct report_order *o,
			   const struct result *changes);
struct text report_breaks(struct arena *a, const struct report_order *o);
bool report_has_parts(struct arena *a, const struct result *changes); /* ranked ones */
struct text report_strengths(struct arena *a, const struct report_order *o,
			     const struct result *changes);
struct text report_weaknesses(struct arena *a, const struct report_order *o,
			      const struct result *changes);
struct text report_causes(struct arena *a, const struct report_order *o,
			  const struct result *changes);
struct text report_unpublished(struct arena *a, const struct report_order *o);
struct text report_sources(struct arena *a, const struct report_order *o);
struct text report_other_sources(struct arena *a, const struct report_book *b);

/* report_weakest: the rows that report_weaknesses names, weakest first, at most `room`; returns how
 * many. */
size_t report_weakest(const struct report_order *o, const struct result *changes,
		      const struct result_row **out, size_t room);

/* report_reach: what the province lacks to the next group of the best: the end of the quarter of
 *   ranks above it, or the first ten, the others staying as they are; "" when it is among these or
 *   the table is not complete. */
struct text report_reach(struct arena *a, const struct report_order *o,
			 const struct result *changes);

/* Lost points: what they come to, in sentences; the largest; by agency; the targets.
 * report_lost_marks: not empty when they come from marks of criteria, not from scores. */
struct text report_lost_words(struct arena *a, const struct report_order *o);
struct text report_lost_marks(const struct report_order *o);
struct text report_losses(struct arena *a, const struct report_order *o, enum gaps_block block,
			  bool all, struct text *note); /* all: "" where the largest are all */
struct text report_lost_domains(struct arena *a, const struct report_order *o, struct text *note);
bool report_lost_known(const struct report_order *o); /* the sum: no criterion lacks its score */
struct text report_lost_agencies(struct arena *a, const struct report_order *o, struct text *note);
struct text report_targets(struct arena *a, const struct report_order *o);

/* For surveys of answers. A table's `note` says which
 * signs it uses and why numbers are hidden; "" when it needs none. */
struct text report_factors(struct arena *a, const struct report_order *o,
			   const struct result *changes, struct text *note);
struct text report_asked(struct arena *a, const struct report_order *o,
			 const struct result *changes, struct text *note);
struct text report_shares(struct arena *a, const struct report_order *o, struct text *note);
struct text report_levels(struct arena *a, const struct report_order *o, struct text *note);
struct text report_groups(struct arena *a, const struct report_order *o, struct text *note);
struct text report_sampling(struct arena *a, const struct report_order *o);
struct text report_years(struct arena *a, const struct report_order *o, struct text *note);
struct text report_places(struct arena *a, const struct report_order *o, struct text *note);

/* report_lowest: the rows that report_below names, at most `room`; returns how many. */
size_t report_lowest(const struct report_order *o, const struct result *changes,
		     const struct result_row **out, size_t room);

/* report_opinions: the k-th table of questions outside the index, in the order of the codebook:
 *   questions of one family of codes and one scale together, lone ones in a last table.
 *   codes  gets what the caption names: "Q1.1–Q1.9"; false behind the last */
bool report_opinions(struct arena *a, const struct report_order *o, size_t k, struct text *codes,
		     struct text *table, struct text *note);

/* report_against: how the result stands to the country's; report_moves: how many items changed,
 * and which; report_above, report_below: items that lie above, or below, the country's value beyond
 * the error (against: adjusted over every item of the province); report_method: how the index and
 * its errors were computed, as a list. */
struct text report_against(struct arena *a, const struct report_order *o,
			   const struct result *changes);
struct text report_moves(struct arena *a, const struct report_order *o,
			 const struct result *changes);
struct text report_above(struct arena *a, const struct report_order *o,
			 const struct result *changes);
struct text report_below(struct arena *a, const struct report_order *o,
			 const struct result *changes);
struct text report_method(struct arena *a, const struct report_order *o,
			  const struct result *changes);

/* What a table must explain: why numbers are hidden, each reason once, joined by "; ". */
struct report_hidden {
	struct text words;
	bool any, care; /* care: a change of the table is to be taken with care */
};

/* report_hide: notes the reason of a row whose number is hidden. report_note: what stands under a
 *   table: the phrase `key` (NULL = none) about its signs, and the reasons. */
void report_hide(struct arena *a, const struct report_order *o, const struct result_row *row,
		 struct report_hidden *h);
struct text report_note(struct arena *a, const struct report_order *o, const char *key,
			const struct report_hidden *h);

/* report_head: a column headed by a phrase. report_whole: a count of people, answers or units, of
 * the row (NULL: of none); "–" when it is not known. */
void report_head(const struct report_order *o, struct sheet *s, const char *key, bool right);
struct text report_whole(const struct report_order *o, const struct result_row *row, double x);

/* report_nation: the country's row of an item; NULL without answers or when it is hidden. */
const struct result_row *report_nation(const struct report_order *o, struct text item);

/* report_is_leaf: is the row's item a question, with nothing below it? */
bool report_is_leaf(const struct report_order *o, const struct result_row *row);

/* report_markdown: a sheet as a table; "" without rows. */
struct text report_markdown(struct arena *a, const struct sheet *sheet);

/* report_simulated: does any year up to the report's hold simulated data? */
bool report_simulated(const struct report_order *o);

#endif
