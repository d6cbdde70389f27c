/* table_gaps.h -- lost points as sheets and sentences for people.
 *
 * The columns are those of the official table of criteria that lost points: code, criterion, most
 * points, self-assessed, appraised or surveyed, lost, its part, running sum of the parts within
 * the sheet, agency, note. Rows come from gaps_result.
 *
 * Uses tables and below. */
#ifndef OUTPUT_TABLE_GAPS_H
#define OUTPUT_TABLE_GAPS_H

#include "output/tables.h"

/* Which rows of a result of criteria stand in one sheet. */
enum gaps_block {
	GAPS_LOST_ASSESSED, /* assessed, with a loss */
	GAPS_LOST_SURVEYED,
	GAPS_LOST_SCORES, /* of an index that prints scores only */
	GAPS_MISSING,     /* without a score */
	GAPS_TARGETS,     /* with a target */
	GAPS_BLOCK__COUNT
};

/* table_gaps_block: the rows of a block, in their order. */
void table_gaps_block(struct arena *a, const struct result *r, enum gaps_block block,
		      struct result *out);

/* table_gaps_caption: the words above a block. */
struct text table_gaps_caption(const struct phrases *p, enum gaps_block block);

/* table_gaps: the rows of one block of criteria. */
void table_gaps(const struct narrative *n, const struct result *r, struct sheet *out);

/* table_gaps_short: for a page: the first `most` rows, without running sum, rank and note. */
void table_gaps_short(const struct narrative *n, const struct result *r, size_t most,
		      struct sheet *out);

/* table_gaps_note: which documents give the agencies that the criteria themselves do not (the sign
 *   "*"); "" when none. `province` is the code of the province. */
struct text table_gaps_note(const struct narrative *n, const struct result *r, struct text province,
			    bool by_agency);

/* table_gaps_domains, table_gaps_agencies: sums, by domain and by agency. */
void table_gaps_domains(const struct narrative *n, const struct result *r, struct sheet *out);
void table_gaps_agencies(const struct narrative *n, const struct result *r, struct sheet *out);

/* table_gaps_targets: reached, wanted, still missing, by when, by whom. */
void table_gaps_targets(const struct narrative *n, const struct result *r, struct sheet *out);

/* table_gaps_sentences: what the criteria `r` and their total say, in whole sentences; *count of
 *   them: points and loss; what has no score yet; the few criteria with most of the loss;
 *   appraisal against self-assessment. table_gaps_rank: the rank with all points regained; "" when
 *   the loss is not known. */
struct text *table_gaps_sentences(const struct narrative *n, const struct result *r,
				  const struct result_row *total, size_t *count);
struct text table_gaps_rank(const struct narrative *n, const struct result_row *total);

#endif
