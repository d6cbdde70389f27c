/* statwriter.h -- small statistical files for tests, made by ReadStat's own writers.
 *
 * Five rows: Q1 (1, 2, missing without a kind, a kind of missing, 5) with value labels, NAME
 * (text), DAY (dates), WT (weights). The kind of missing is .a in Stata since version 8 (113), 98
 * within the declared range 97 to 99 in SPSS; older Stata and SAS have none here, and get 4. */
#ifndef TESTS_STATWRITER_H
#define TESTS_STATWRITER_H

#include "help.h"

#include <readstat.h>

enum wanted { WANT_DTA, WANT_SAV, WANT_ZSAV, WANT_POR, WANT_SAS };

struct statfile_wanted {
	enum wanted kind;
	int version;      /* of Stata; 0 = what ReadStat takes */
	bool ascii;       /* no letters with marks */
	const char *name; /* of a person in row 1, when not usual; NULL */
	const char *label;
	long rows; /* 0 = five */
};

static ssize_t stat_put(const void *bytes, size_t n, void *out)
{
	return (ssize_t)fwrite(bytes, 1, n, out);
}

static readstat_label_set_t *stat_labels(readstat_writer_t *w, const struct statfile_wanted *k)
{
	static const char *const plain[] = {"Rat khong hai long", "Khong hai long", "Binh thuong",
					    "Hai long", "Rat hai long"};
	static const char *const marked[] = {"Rất không hài lòng", "Không hài lòng", "Bình thường",
					     "Hài lòng", "Rất hài lòng"};
	readstat_label_set_t *set;

	if (k->kind == WANT_SAS)
		return NULL;
	set = readstat_add_label_set(w, READSTAT_TYPE_DOUBLE, "sat");
	for (int i = 0; i < 5; i++)
		readstat_label_double_value(set, i + 1, k->ascii ? plain[i] : marked[i]);
	if (k->kind == WANT_DTA && k->version >= 113)
		readstat_label_tagged_value(set, 'a', "refused");
	if (k->kind != WANT_DTA)
		readstat_label_double_value(set, 98, "refused");
	return set;
}

static inline bool stat_has_kinds(const struct statfile_wanted *k)
{
	return k->kind != WANT_SAS && (k->kind != WANT_DTA || k->version >= 113);
}

static void stat_q1(readstat_writer_t *w, const struct statfile_wanted *k,
		    const readstat_variable_t *v, long row)
{
	if (row % 5 == 2)
		readstat_insert_missing_value(w, v);
	else if (row % 5 == 3 && k->kind == WANT_DTA && k->version >= 113)
		readstat_insert_tagged_missing_value(w, v, 'a');
	else if (row % 5 == 3 && stat_has_kinds(k))
		readstat_insert_double_value(w, v, 98);
	else
		readstat_insert_double_value(w, v, (double)(row % 5 + 1));
}

static void stat_begin(readstat_writer_t *w, const struct statfile_wanted *k, FILE *out, long rows)
{
	readstat_error_t error = READSTAT_OK;

	if (k->version)
		readstat_writer_set_file_format_version(w, (uint8_t)k->version);
	if (k->kind == WANT_ZSAV)
		readstat_writer_set_compression(w, READSTAT_COMPRESS_BINARY);
	switch (k->kind) {
	case WANT_DTA: error = readstat_begin_writing_dta(w, out, rows); break;
	case WANT_SAV:
	case WANT_ZSAV: error = readstat_begin_writing_sav(w, out, rows); break;
	case WANT_POR: error = readstat_begin_writing_por(w, out, rows); break;
	case WANT_SAS: error = readstat_begin_writing_sas7bdat(w, out, rows); break;
	}
	cr_assert(error == READSTAT_OK, "%s", readstat_error_message(error));
}

/* Writes the file, and gives its path. */
static inline const char *stat_file(const char *name, const struct statfile_wanted *k)
{
	static const char *const people[] = {"Lan", "", "a,\"b\"", "Đắk Lắk", "x\ny"};
	static const char *const plain[] = {"Lan", "", "a,b", "Dak Lak", "xy"};
	const char *path = file_of(name, "", 0), *format;
	FILE *out = fopen(path, "wb");
	readstat_writer_t *w = readstat_writer_init();
	readstat_label_set_t *set;
	readstat_variable_t *q, *person, *day, *weight;
	long rows = k->rows ? k->rows : 5;

	cr_assert(out && w);
	readstat_set_data_writer(w, stat_put);
	set = stat_labels(w, k);
	q = readstat_add_variable(w, "Q1", READSTAT_TYPE_DOUBLE, 8);
	readstat_variable_set_label(q, k->label ? k->label : k->ascii ? "Cau hoi 1" : "Câu hỏi 1");
	if (set)
		readstat_variable_set_label_set(q, set);
	if (k->kind != WANT_DTA && k->kind != WANT_SAS)
		readstat_variable_add_missing_double_range(q, 97, 99);
	person = readstat_add_variable(w, "NAME", READSTAT_TYPE_STRING, 40);
	day = readstat_add_variable(w, "DAY", READSTAT_TYPE_DOUBLE, 8);
	format = k->kind == WANT_DTA ? "%td" : k->kind == WANT_SAS ? "DATE9" : "EDATE10";
	readstat_variable_set_format(day, format);
	weight = readstat_add_variable(w, "WT", READSTAT_TYPE_DOUBLE, 8);
	stat_begin(w, k, out, rows);
	for (long i = 0; i < rows; i++) {
		const char *text = k->ascii ? plain[i % 5] : people[i % 5];

		readstat_begin_row(w);
		stat_q1(w, k, q, i);
		readstat_insert_string_value(w, person, i == 0 && k->name ? k->name : text);
		readstat_insert_double_value(w, day,
					     k->kind == WANT_DTA || k->kind == WANT_SAS
						     ? 23922. + (double)i /* 2025-06-30 */
						     : (141428. + 20269. + (double)i) * 86400);
		readstat_insert_double_value(w, weight, 1.25 + (double)i);
		readstat_end_row(w);
	}
	cr_assert(readstat_end_writing(w) == READSTAT_OK);
	readstat_writer_free(w);
	fclose(out);
	return path;
}

#endif
