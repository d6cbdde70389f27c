/* Files made by ReadStat's writers; what is in them is known (statwriter.h). Days counted by
 * date(1). */
#include "input/statfile.h"

#include "input/csvin.h"
#include "statwriter.h"

TestSuite(statfile, .fini = clean);

struct transcript {
	char text[1 << 14];
	size_t n, rows, stop_after;
};

/* "2:1|Lan|..." for each row. */
static bool take(void *context, size_t line, const struct text *field, size_t n, struct diag *why)
{
	struct transcript *t = context;

	t->n += (size_t)sprintf(t->text + t->n, "%zu:", line);
	for (size_t i = 0; i < n; i++)
		t->n += (size_t)sprintf(t->text + t->n, "%s%.*s", i ? "|" : "", SPAN_ARG(field[i]));
	t->n += (size_t)sprintf(t->text + t->n, ";");
	if (++t->rows == t->stop_after)
		return diag_fail(why, DIAG_DATA, "enough");
	return true;
}

static void check_rows(const char *path, bool codes, const char *want)
{
	struct transcript t = {0};
	struct diag why = {0};

	cr_expect(statfile_read(path, (struct statfile_options){.codes = codes}, take, &t, &why),
		  "%s %s", path, why.item[0].words);
	check_string(t.text, want);
	cr_expect(eq(sz, why.errors + why.warnings, 0));
}

#define HEAD "1:Q1|NAME|DAY|WT;2:1|Lan|2025-06-30|1.25;3:2||2025-07-01|2.25;"
#define TAIL "|Đắk Lắk|2025-07-03|4.25;6:5|x\ny|2025-07-04|5.25;"
#define MIDDLE "4:|a,\"b\"|2025-07-02|3.25;5:"

Test(statfile, rows)
{
	static const struct {
		const char *name;
		struct statfile_wanted k;
		const char *code;
	} files[] = {
		{"a.dta", {.kind = WANT_DTA, .version = 118}, ".a"},
		{"b.dta", {.kind = WANT_DTA, .version = 119}, ".a"},
		{"a.sav", {.kind = WANT_SAV}, "98"},
		{"a.zsav", {.kind = WANT_ZSAV}, "98"},
		{"c.sav", {.kind = WANT_ZSAV}, "98"},
	};

	for (size_t i = 0; i < COUNT(files); i++) {
		const char *path = stat_file(files[i].name, &files[i].k);

		check_rows(path, false, HEAD MIDDLE TAIL);
		check_rows(path, true,
			   arena_format(&arena, HEAD MIDDLE "%s" TAIL, files[i].code).at);
	}
	check_rows(stat_file("a.sas7bdat", &(struct statfile_wanted){.kind = WANT_SAS}), true,
		   HEAD MIDDLE "4" TAIL);
}

#define PLAIN_HEAD                                                                                 \
	"1:Q1|NAME|DAY|WT;2:1|Lan|2025-06-30|1.25;3:2||2025-07-01|2.25;4:|a,b|2025-07-02|3.25;5:"
#define PLAIN_TAIL "|Dak Lak|2025-07-03|4.25;6:5|xy|2025-07-04|5.25;"

/* Every version of Stata that ReadStat writes; and SPSS's portable form, which it writes in ASCII.
 */
Test(statfile, versions)
{
	static const int version[] = {104, 105, 108, 110, 111, 113, 114, 115, 117, 118, 119};

	for (size_t i = 0; i < COUNT(version); i++)
		check_rows(stat_file("v.dta", &(struct statfile_wanted){.version = version[i],
									.ascii = true}),
			   false,
			   version[i] < 113 ? PLAIN_HEAD "4" PLAIN_TAIL : PLAIN_HEAD PLAIN_TAIL);
	check_rows(stat_file("v.por", &(struct statfile_wanted){.kind = WANT_POR, .ascii = true}),
		   true, PLAIN_HEAD "98" PLAIN_TAIL);
}

/* What csvin hands over: the line is the observation's number + 1, the column that of the variable.
 */
static bool take_csv(void *context, const struct csvin_row *row, struct diag *why)
{
	size_t *rows = context;
	struct place p = csvin_place(row, 3), all[4];

	(void)why;
	cr_expect(eq(sz, row->line, ++*rows));
	csvin_places(row, all);
	cr_expect(eq(sz, p.line, row->line));
	cr_expect(eq(sz, p.column, 4));
	cr_expect(eq(sz, all[2].column, 3));
	return true;
}

Test(statfile, places)
{
	struct diag why = {0};
	size_t rows = 0;

	cr_expect(csvin_read(stat_file("p.dta", &(struct statfile_wanted){.version = 118}),
			     take_csv, &rows, &why));
	cr_expect(eq(sz, rows, 6));
}

Test(statfile, stops_when_told)
{
	const char *path = stat_file("s.dta", &(struct statfile_wanted){.version = 118});

	for (size_t stop = 1; stop <= 6; stop++) {
		struct transcript t = {.stop_after = stop};
		struct diag why = {0};

		cr_expect(not(statfile_read(path, (struct statfile_options){0}, take, &t, &why)));
		cr_expect(eq(sz, t.rows, stop));
		cr_expect(eq(sz, why.errors, 1), "%s", why.item[1].words);
		check_string(why.item[0].words, "enough");
	}
}

/* ---- encodings ----------------------------------------------------------------------------- */

/* Stata before 14: UTF-8 when all of its text is, else Windows-1252, which is told. */
Test(statfile, old_text)
{
	struct statfile_wanted utf8 = {.version = 114, .ascii = true, .name = "Đắk"},
			       latin = {.version = 117, .ascii = true, .name = "Andr\xE9"};
	const char *one = stat_file("u.dta", &utf8), *two = stat_file("l.dta", &latin);
	struct transcript t = {0}, u = {0};
	struct diag why = {0};

	cr_expect(statfile_read(one, (struct statfile_options){0}, take, &t, &why));
	cr_expect(strstr(t.text, "2:1|Đắk|") != NULL, "%s", t.text);
	cr_expect(eq(sz, why.kept, 0));
	cr_expect(statfile_read(two, (struct statfile_options){0}, take, &u, &why));
	cr_expect(strstr(u.text, "2:1|André|") != NULL, "%s", u.text);
	check_problem(&why, 0, DIAG_NOTE, "l.dta", 0, 0, "read as Windows-1252");
}

Test(statfile, encoding_given)
{
	struct statfile_wanted k = {.version = 114, .ascii = true, .name = "\xD0\xE0 N\xE4ng"};
	const char *path = stat_file("g.dta", &k);
	struct transcript t = {0};
	struct diag why = {0};

	cr_expect(statfile_read(path, (struct statfile_options){.encoding = "WINDOWS-1251"}, take,
				&t, &why));
	cr_expect(strstr(t.text, "2:1|Ра Nдng|") != NULL, "%s", t.text);
}

Test(statfile, text_that_is_not_utf8)
{
	struct statfile_wanted k = {.version = 118, .ascii = true, .name = "Andr\xE9"};
	struct transcript t = {0};
	struct diag why = {0};

	cr_expect(not(statfile_read(stat_file("n.dta", &k), (struct statfile_options){0}, take, &t,
				    &why)));
	check_problem(&why, 0, DIAG_DATA, "n.dta", 2, 2,
		      "variable \"NAME\": byte 0xE9 is not UTF-8");
}

/* ---- what is no such file, or not all of it ------------------------------------------------ */

static void refused(const char *name, const void *bytes, size_t n, const char *fragment)
{
	const char *path = file_of(name, bytes, n);
	struct transcript t = {0};
	struct diag why = {0};

	cr_expect(statfile_is(path), "%s", name);
	cr_expect(not(statfile_read(path, (struct statfile_options){0}, take, &t, &why)), "%s %zu",
		  name, n);
	cr_assert(gt(sz, why.kept, 0));
	cr_expect(strstr(why.item[0].words, fragment) != NULL, "%s", why.item[0].words);
}

Test(statfile, not_what_its_name_says)
{
	struct text dta = bytes_of(stat_file("w.dta", &(struct statfile_wanted){.version = 118})),
		    sav = bytes_of(stat_file("w.sav", &(struct statfile_wanted){.kind = WANT_SAV}));

	refused("a.dta", "q1,q2\n1,2\n", 10,
		"name is that of a file of Stata, its first bytes are not");
	refused("b.sav", "", 0, "name is that of a file of SPSS");
	refused("c.sav", dta.at, dta.n, "SPSS, its first bytes are those of Stata");
	refused("d.dta", sav.at, sav.n, "Stata, its first bytes are those of SPSS");
	refused("e.por", sav.at, sav.n, "SPSS (portable), its first bytes are those of SPSS");
	refused("f.csv", sav.at, sav.n, "CSV, its first bytes are those of SPSS");
	refused("g.sas7bdat", "x", 1, "name is that of a file of SAS");
	cr_expect(not(statfile_is(file_of("h.csv", "q\n1\n", 4))));
	cr_expect(statfile_is(file_of("without-end", sav.at, sav.n)));
}

/* No length but the whole is read as the whole; at each the problem is told. What a portable file
 * has behind its first Z is padding, and labels that an old Stata file has lost are told by
 * statfile_describe. */
static void check_cuts(const char *name, const char *path, size_t least)
{
	struct text all = bytes_of(path);

	for (size_t n = least; n < all.n; n += 1 + n / 97)
		refused(name, all.at, n, "");
	refused(name, all.at, all.n - 1, "");
}

Test(statfile, cut_short)
{
	check_cuts("x.dta", stat_file("w.dta", &(struct statfile_wanted){.version = 118}), 0);
	check_cuts("x.sav", stat_file("w.sav", &(struct statfile_wanted){.kind = WANT_SAV}), 0);
	check_cuts("x.zsav", stat_file("w.zsav", &(struct statfile_wanted){.kind = WANT_ZSAV}), 0);
	check_cuts("x.sas7bdat",
		   stat_file("w.sas7bdat", &(struct statfile_wanted){.kind = WANT_SAS}), 0);
}

Test(statfile, none)
{
	struct transcript t = {0};
	struct diag why = {0};

	cr_expect(not(statfile_read("/no/such.dta", (struct statfile_options){0}, take, &t, &why)));
	check_problem(&why, 0, DIAG_DATA, "such.dta", 0, 0, "cannot be read: No such file");
}

/* ---- labels -------------------------------------------------------------------------------- */

Test(statfile, describes)
{
	static const struct {
		const char *name, *kind;
		struct statfile_wanted k;
		const char *code;
	} files[] = {
		{"a.dta", "Stata", {.kind = WANT_DTA, .version = 118}, ".a"},
		{"a.sav", "SPSS", {.kind = WANT_SAV}, "98"},
		{"a.zsav", "SPSS", {.kind = WANT_ZSAV}, "98"},
	};

	for (size_t i = 0; i < COUNT(files); i++) {
		struct statfile f;
		struct diag why = {0};

		cr_assert(statfile_describe(&arena, stat_file(files[i].name, &files[i].k),
					    (struct statfile_options){0}, &f, &why));
		check_string(f.kind, files[i].kind);
		cr_assert(eq(sz, f.n, 4));
		check_text(f.at[0].name, "Q1");
		check_text(f.at[0].label, "Câu hỏi 1");
		cr_assert(eq(sz, f.at[0].n_labels, 6));
		check_text(f.at[0].value[0].value, "1");
		check_text(f.at[0].value[4].words, "Rất hài lòng");
		check_text(f.at[0].value[5].value, files[i].code);
		check_text(f.at[0].value[5].words, "refused");
		cr_expect(f.at[1].is_text && f.at[2].is_date && f.at[3].n_labels == 0);
		cr_expect(eq(sz, f.at[0].n_missing, i > 0));
		if (i) {
			cr_expect(eq(dbl, f.at[0].missing[0].low, 97));
			cr_expect(eq(dbl, f.at[0].missing[0].high, 99));
		}
	}
}

/* The labels stand behind the rows: cut there, the file says less than it means to. */
Test(statfile, labels_lost)
{
	struct text all = bytes_of(
		stat_file("w.dta", &(struct statfile_wanted){.version = 114, .ascii = true}));
	struct statfile f;
	struct diag why = {0};

	cr_expect(statfile_describe(&arena, file_of("y.dta", all.at, all.n - 150),
				    (struct statfile_options){0}, &f, &why) == false ||
		  why.warnings == 1);
	cr_assert(gt(sz, why.kept, 0));
}

Test(statfile, label_that_is_not_utf8)
{
	struct statfile_wanted k = {.version = 118, .ascii = true, .label = "h\xE9"};
	struct statfile f;
	struct diag why = {0};

	cr_expect(not(statfile_describe(&arena, stat_file("n.dta", &k),
					(struct statfile_options){0}, &f, &why)));
	check_problem(&why, 0, DIAG_DATA, "n.dta", 0, 0,
		      "the label of variable 1 holds the byte 0xE9, which is not UTF-8");
}
