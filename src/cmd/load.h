/* load.h -- what most commands begin with: the survey, its ranked results, the rows asked for.
 *
 * Uses command and the analysis below. */
#ifndef CMD_LOAD_H
#define CMD_LOAD_H

#include "analysis/peers.h"
#include "analysis/rank.h"
#include "cmd/command.h"
#include "cmd/merging.h"
#include "estimate/index.h"
#include "output/export.h"
#include "output/narrative.h"
#include "output/tables.h"

/* A year of answers, read: what is needed to compare it with another. */
struct loaded_wave {
	struct wave_answers w; /* margins: everybody; the provinces, where the design has them */
	struct estimate_options o;
	enum index_method method;
};

struct loaded {
	struct survey survey;
	struct result all;         /* published or estimated, and ranked: by year, item, province */
	struct result national;    /* of years of answers: by year and item, the whole country */
	struct loaded_wave **wave; /* by position in the survey; NULL for published scores */
	struct narrative narrative;
	struct rank_rule rule; /* of confidence sets of ranks (sets) */
};

/* load_read: the survey named on the command line, read; no results yet. Where it brings its own
 * units, people read words for units from here on. */
bool load_read(struct session *s, const char *word, struct loaded *out, struct diag *why);

/* load_published: its published scores and their sums, ranked. */
void load_published(struct session *s, const struct loaded *l, struct result *out);

/* load_survey: the survey named on the command line, read and ranked. Years of answers are
 * estimated: the index by --method, its parts, with their errors. Under --system years before a
 * merger are brought to the units of that map. */
bool load_survey(struct session *s, const char *word, struct loaded *out, struct diag *why);

/* load_method: --method; as the structure says when it is not given. */
bool load_method(const struct session *s, enum index_method *out, struct diag *why);

/* load_year: the year of an option, or `otherwise` when it is not given; one the survey has. */
bool load_year(const struct session *s, const struct loaded *l, enum option option, long otherwise,
	       long *year, struct diag *why);

/* load_answers: for estimates of one year of one survey: the survey and --year, the last when it
 * is not given; rates when no other statistic is asked for.
 *   survey  a word of the command line; nothing may follow when it is the first
 *   fails   as load_read, load_year; DIAG_USAGE: several words */
bool load_answers(struct session *s, struct estimate_options *o, const char *survey,
		  struct loaded *out, long *year, struct diag *why);

/* load_province: --province at that year; NULL when it is not given or is `all`. */
bool load_province(struct session *s, const struct loaded *l, long year,
		   const struct province **out, struct diag *why);

/* load_peers: by --peers, else the region. */
bool load_peers(struct session *s, const struct loaded *l, long year, const struct province *self,
		struct peers *out, struct diag *why);

/* load_pick: keeps the rows of a year, of the items of --item (`otherwise` when not given; "all" is
 *   every item) and of the province (NULL = all). In the order they stand.
 *   fails  DIAG_USAGE an item unknown that year; DIAG_DATA nothing is left */
bool load_pick(struct session *s, const struct loaded *l, long year, const char *otherwise,
	       const struct province *province, const struct result *from, struct result *out,
	       struct diag *why);

/* load_wanted: is the code in the list? "all" holds every code. */
bool load_wanted(struct text items, struct text code);

/* A table for people, made from a result. */
typedef void load_sheet_fn(const struct narrative *n, const struct result *r, struct sheet *out);

/* load_show: writes the result in --format to s->out. `said` tells whether it was a format for
 * people (table, md), so that the command may add sentences. */
bool load_show(struct session *s, const struct narrative *n, const struct result *r,
	       load_sheet_fn *sheet, bool *said, struct diag *why);

/* load_merged: under a table: what is estimated for merged units, from what and how weighed. */
void load_merged(struct session *s, const struct result *r);

/* load_remark: under a table: that, and what is known of the error of its numbers; that they are
 * simulated.
 */
void load_remark(struct session *s, const struct narrative *n, const struct result *r);

/* load_sentence: a line of prose under a table: a paragraph in Markdown. */
void load_sentence(struct session *s, struct text sentence);

#endif
