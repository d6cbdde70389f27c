/* chart_parts.h -- what several kinds of charts are made of: items, changes since a year, notes.
 *
 * Not here: the page and its words (chart_base).
 * Uses chart_base and below. */
#ifndef OUTPUT_CHART_PARTS_H
#define OUTPUT_CHART_PARTS_H

#include "output/chart_base.h"

/* parts_item_shown: is the item among those a chart of items shows: of "all" every one, else the
 *   parts of the order's item; of the index of answers, which has factors above many questions,
 *   these. */
bool parts_item_shown(const struct chart_order *o, const struct item *item);

/* parts_every_item: the order's item is "all". */
bool parts_every_item(const struct chart_order *o);

/* parts_item_label: "1.2. Tên". */
struct text parts_item_label(const struct canvas *c, const struct item *item);

/* The years up to the order's, and whether each may be compared with the next in an item. */
struct steps {
	size_t n;
	const long *year;
	const enum verdict *verdict; /* from year i to year i + 1 */
};

struct steps parts_steps(struct canvas *c, struct text item);

/* parts_step_why: why an item's values of neighbouring years cannot be compared, or only with care.
 */
struct text parts_step_why(struct canvas *c, struct text item, long year, long next);

/* parts_break: the words over the break behind year i; none where the one before has them, as two
 *   would not find room. */
struct text parts_break(const struct canvas *c, const struct steps *steps, size_t i);

/* parts_step_reason: why years are not joined, or joined by dashes, as a sentence. */
struct text parts_step_reason(struct canvas *c, struct text item, long year, long next,
			      enum verdict verdict);

/* Rows set against the order's earlier year (the columns of PART_CHANGE). */
struct changes {
	struct result with, without; /* a change */
	const struct result_row *self;
	size_t up, down, refused; /* verdicts among `with`; incomparable among `without` */
	size_t judged;            /* comparisons that Holm's p-values are of */
};

/* parts_changes: every province in the order's item, or, for "all", every lowest item of the
 *   province; `self` is the province's row of the item (NULL for "all", or when it has none).
 *   fails  DIAG_DATA: no row has a change; says why */
bool parts_changes(struct canvas *c, struct changes *out, struct diag *why);

/* parts_province: every item of the province against the earlier year (change_province).
 * parts_judged: how many of them have a verdict. parts_holm: that verdicts are adjusted for so many
 * comparisons, as a sentence; "" for none. */
struct result parts_province(struct arena *a, const struct chart_order *o);
size_t parts_judged(const struct result *family);
struct text parts_holm(struct canvas *c, size_t judged);

/* parts_verdict: 1 a significant rise, -1 fall, 0 not distinguishable from no change, 9 when the
 * error of the change is not known, so that nothing is said of it. */
double parts_verdict(const struct result_row *row);

/* parts_change_title: what the province did since the earlier year, as far as its error bears it.
 */
struct text parts_change_title(struct canvas *c, const struct changes *s);

/* parts_change_note: sentences: which comparison needs care or is refused and why, whose earlier
 *   value is missing, how verdicts are adjusted. */
struct text parts_change_note(struct canvas *c, const struct changes *s);

/* parts_change_csv: a row for every change, then for those without, after `first` columns that the
 *   caller says: item or province and name. */
void parts_change_csv(struct canvas *c, const struct changes *s);

/* parts_against: how verdicts against the country (against) were made, as a sentence; "" for none.
 * parts_counted: that a title counts `n` parts, and not the wholes in bold above them; "" without
 *   wholes. */
struct text parts_against(struct canvas *c, const struct result *family);
struct text parts_counted(struct canvas *c, size_t n, size_t wholes, const char *things);

/* parts_footer: `note`, the method and the source of the year's rows, joined. */
void parts_footer(struct canvas *c, struct text note, const struct result_row *self,
		  const struct result_row *rows, size_t n);

/* parts_peers: how the peers are told in the picture: "xanh: Đồng bằng sông Hồng". */
struct text parts_peers(const struct canvas *c);

/* parts_unit: of a value ("điểm", "%"), or of a difference ("điểm phần trăm"). */
struct text parts_unit(const struct canvas *c, bool difference);

/* parts_join: two sentences with a space between, or the one that is not empty. */
struct text parts_join(struct arena *a, struct text one, struct text other);

/* parts_role: "highlight", "peer", "other", for a CSV. */
struct text parts_role(const struct chart_order *o, struct text province);

/* parts_head: the first row of the chart's CSV. */
void parts_head(struct canvas *c, const char *const *names, size_t n);

#endif
