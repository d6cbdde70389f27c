/* chart.h -- comparative charts of a province, from results.
 *
 * A chart kind turns results into a data file for its script in plots/, words
 * (title, subtitle, source, alt text) computed from the same numbers, and a CSV of
 * what is drawn. What is estimated from answers is drawn with its error, and titles claim
 * nothing that the error does not bear; simulated data are called so in the picture, its
 * words and its CSV. Charts are then drawn in one batch, checked (lint) and appear whole: picture,
 * NAME.csv and NAME.txt (alt text) together.
 *
 * Not here: gnuplot (gnuplot), colours and layout on the page (plots/).
 * Uses narrative, plotfile, svg, gnuplot, analysis and below. */
#ifndef OUTPUT_CHART_H
#define OUTPUT_CHART_H

#include "analysis/gaps.h"
#include "analysis/peers.h"
#include "output/breakdown.h"
#include "output/gnuplot.h"
#include "output/lint.h"
#include "output/narrative.h"
#include "output/plotfile.h"
#include "output/svg_marks.h"
#include "result/result.h"
#include "survey/boundaries.h"

enum chart_kind {
	CHART_RANK,
	CHART_CHANGE,
	CHART_TREND,
	CHART_TILEMAP,
	CHART_HEATMAP,
	CHART_LIKERT,
	CHART_DELTA,
	CHART_BUMP,
	CHART_STRIP,
	CHART_GAP,
	CHART_SLOPE,
	CHART_QUADRANT,
	CHART_PARETO,
	CHART_FOREST,
	CHART_MAP,
	CHART_SAMPLES,
	CHART_RADAR,
	CHART_PANELS,
	CHART__COUNT
};

/* Shares that are not of one level: among the valid answers, and among all that were asked. */
#define CHART_SATISFIED "satisfied"
#define CHART_UNANSWERED "unanswered"

/* What is asked for. */
struct chart_order {
	const struct narrative *narrative;
	const struct typeface *face;   /* chart_face of the same profile */
	const struct result *all;      /* published or estimated, ranked, sorted */
	const struct result *national; /* of years of answers: the country; else NULL or empty */
	/* for likert, in percent, of the country and every province: of every level (category), of
	 * the satisfied ones together and of what was left unanswered (stat); else NULL */
	const struct result *shares;
	const struct result
		*losses; /* for pareto: rows with PART_GAPS; NULL = from the scores, … */
	enum gaps_by by; /* … of criteria, domains or agencies */
	const struct breakdown *breakdown; /* for forest: the item by groups of people; else NULL */
	const struct boundaries *boundaries; /* for map: of the order's year; else NULL */
	const struct province *self;
	const struct peers *peers;
	long year, from;  /* from: for change */
	struct text item; /* for rank, trend, tilemap, map, samples */
	bool report;      /* for a document: no title or source inside */
	bool mono, dark;  /* themes; neither: colour */
	double dpi;       /* of PNG; 0: 144, in a document 300 */
};

/* A chart ready to be drawn. Texts are in the order's language. */
struct chart {
	enum chart_kind kind;
	struct text name; /* of its files, such as papi-2024-33-rank */
	/* before all ids in its SVG: no other language, profile or theme has the same */
	struct text prefix;
	struct text title, subtitle,
		footer;        /* the finding; what is measured; source and what is missing */
	struct text alt;       /* for readers who do not see it: one paragraph */
	struct text caption;   /* for a document: what is shown, without the finding */
	struct text citation;  /* how to cite the figures and the picture */
	struct text data, csv; /* contents of the files */
	double width, height;  /* mm */
	const char *script;    /* NULL: that of its kind */
	/* of the block "tips", and the labels that name provinces */
	struct svg_marks marks;
	struct facts facts; /* for the lint */
};

/* Which years a kind shows: the order's, that and the earlier one, every one up to it. */
enum chart_years { CHART_OF_YEAR, CHART_OF_TWO, CHART_OF_ALL };

/* What a reader wants to know, by which charts are chosen. */
enum chart_question {
	CHART_STANDING, /* where does the province stand? */
	CHART_CHANGES,  /* what changed between two years? */
	CHART_PATH,     /* how did it come about, year by year? */
	CHART_ITEMS,    /* in what is it strong or weak? */
	CHART_ANSWERS,  /* how did people answer? */
	CHART_TRUST,    /* can the figures be relied on? */
	CHART_QUESTIONS
};

extern const char *const chart_questions[CHART_QUESTIONS]; /* "standing", ... */

struct chart_info {
	const char *name, *script;
	enum chart_question answers;
	const char *question; /* key of the phrase that says what it answers */
	enum chart_years years;
	bool every_item; /* takes the item "all" */
	bool (*make)(struct arena *a, const struct chart_order *o, struct chart *out,
		     struct diag *why);
};

extern const struct chart_info chart_kinds[CHART__COUNT];

/* chart_make: everything of one chart but the picture.
 *   fails  DIAG_DATA: the figures are not there to draw it */
bool chart_make(struct arena *a, enum chart_kind kind, const struct chart_order *o,
		struct chart *out, struct diag *why);

enum chart_picture { CHART_SVG, CHART_PNG, CHART_PDF, CHART_EMF, CHART_PICTURES };

extern const char *const chart_endings[CHART_PICTURES]; /* "svg", ... */

struct chart_place {
	struct gnuplot gnuplot;
	const char *folder;          /* that gets the files; made if missing */
	const struct typeface *face; /* chart_face of the same profile */
	bool picture[CHART_PICTURES];
	FILE *preview; /* gets the charts drawn in letters; NULL: are not drawn so */
	bool words;    /* also NAME.csv and NAME.txt (alt text and citation) */
	bool force;
	FILE *progress;      /* NULL = be quiet */
	struct found *found; /* NULL; or LINT_RULES for each chart, which take what is found
				in place of `why` */
};

/* chart_draw: draws `n` charts and checks them; all appear or none.
 *   fails  as gnuplot_draw, outfile_move; DIAG_FAILED: a rule of the lint that refuses is
 *          broken. Other rules warn. */
bool chart_draw(struct arena *a, const struct chart *charts, size_t n, bool report, enum lang lang,
		const struct chart_place *place, struct diag *why);

/* chart_face: the family that charts of that profile are measured and drawn in; fails as
 *   typeface_open. */
bool chart_face(struct arena *a, bool report, struct typeface **face, struct diag *why);

/* For the kinds, in chart_*.c. */
bool chart_rank(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_change(struct arena *a, const struct chart_order *o, struct chart *out,
		  struct diag *why);
bool chart_trend(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_tilemap(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why);
bool chart_heatmap(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why);
bool chart_likert(struct arena *a, const struct chart_order *o, struct chart *out,
		  struct diag *why);
bool chart_delta(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_bump(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_strip(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_gap(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_slope(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_quadrant(struct arena *a, const struct chart_order *o, struct chart *out,
		    struct diag *why);

bool chart_map(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_samples(struct arena *a, const struct chart_order *o, struct chart *out,
		   struct diag *why);
bool chart_pareto(struct arena *a, const struct chart_order *o, struct chart *out,
		  struct diag *why);
bool chart_forest(struct arena *a, const struct chart_order *o, struct chart *out,
		  struct diag *why);
bool chart_radar(struct arena *a, const struct chart_order *o, struct chart *out, struct diag *why);
bool chart_panels(struct arena *a, const struct chart_order *o, struct chart *out,
		  struct diag *why);

#endif
