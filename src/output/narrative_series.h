/* narrative_series.h -- sentences over several rows: indices of one year, years of one index, the
 * parts below their maximum, the country.
 *
 * The official manner (methodology of the annual reports): "05/05 chỉ số tỷ lệ hài lòng không đạt
 * 100%", "giá trị trung bình năm 2023 đạt 86,98%, cao hơn 2,19% so với năm 2022", "nằm trong khoảng
 * 75,03% - 90,61%".
 *
 * Not here: one row (narrative).
 * Uses narrative and below. */
#ifndef OUTPUT_NARRATIVE_SERIES_H
#define OUTPUT_NARRATIVE_SERIES_H

#include "output/narrative.h"

/* A row with the columns of PART_CHANGE, and the words of its survey. */
struct narrative_entry {
	const struct narrative *narrative;
	const struct result_row *row;
};

/* narrative_indices: one paragraph of several indices, a sentence for each, with why its years are
 *   compared with care or not at all: "Năm 2023, PAPI đứng thứ 12/63 tỉnh/thành, giảm 01 bậc so với
 *   năm 2022. PAR INDEX …". The year stands where it is another than before. "" without entries. */
struct text narrative_indices(const struct narrative_entry *entry, size_t n);

/* narrative_years: one paragraph of several years of one index (rows with PART_CHANGE, each against
 *   the year before it), in the order given. */
struct text narrative_years(const struct narrative *n, const struct result_row *const *row,
			    size_t rows);

/* narrative_below: "5/5 chỉ số tỷ lệ hài lòng không đạt 100%", padded "05/05", over the published
 *   parts of the total (item_depth 1) among the rows of one province and year. What the parts are
 *   called stands in survey.csv. "" in points (of which lost points tell more), when a part of the
 *   structure has no value or another maximum, and when none is below it. */
struct text narrative_below(const struct narrative *n, const struct result *rows);

/* narrative_country: between which values the units of a complete published table lie, and their
 *   mean; against the year of the row's change only where that is comparable and the same units
 *   have a value in both. "" for estimates and units made of others. Without full stop. */
struct text narrative_country(const struct narrative *n, const struct result *all,
			      const struct result_row *row);

#endif
