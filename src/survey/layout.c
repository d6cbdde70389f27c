#include "survey/layout.h"

#include "base/number.h"
#include "base/text.h"

#include <string.h>

struct layout {
	struct arena *arena;
	const struct table *t;
	const struct provinces *all;
	struct diag *why;
	bool in_rows; /* provinces */
	size_t names; /* column of the provinces, or of the indicators */
	size_t year_column, code_column;
	long year;
	struct table *out;
	struct text *cell; /* of out */
	struct place *at;
	size_t cells;
	struct text aside, passed; /* names of units and of columns that are set aside */
	size_t n_aside;
};

#define MOST_ROWS 5000 /* of such a table: more are answers */
#define FIRST_WORDS 40 /* of a column, none of which is a province: it has none */
#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool among(const char *const *list, size_t n, struct text folded)
{
	for (size_t i = 0; i < n; i++)
		if (span_is(folded, list[i]))
			return true;
	return false;
}

/* ---- names --------------------------------------------------------------------------------- */

/* What stands among provinces and is none. */
static bool is_aside(struct arena *a, struct text name)
{
	static const char *const names[] = {
		"tong",
		"tong cong",
		"tong so",
		"ca nuoc",
		"toan quoc",
		"chung ca nuoc",
		"quoc gia",
		"trung vi",
		"trung binh",
		"binh quan",
		"cao nhat",
		"thap nhat",
		"lon nhat",
		"nho nhat",
		"diem cao nhat",
		"diem thap nhat",
		"diem trung vi",
		"diem trung binh",
		"trung binh ca nuoc",
		"trung vi ca nuoc",
		"gia tri cao nhat",
		"gia tri thap nhat",
		"gia tri trung binh",
		"gia tri trung vi",
		"highest",
		"lowest",
		"median",
		"mean",
		"average",
		"national",
		"national mean",
		"national average",
		"national median",
		"total",
		"all",
		"max",
		"min",
		"maximum",
		"minimum",
		"country",
		"vietnam",
		"viet nam",
		"highest score",
		"lowest score",
	};
	struct text rest = name, part;
	bool any = false;

	if (among(names, COUNT(names), text_fold(a, name)))
		return true;
	while (span_split(&rest, '/', &part)) { /* Cao nhất/Highest */
		if (span_trim(part).n && !among(names, COUNT(names), text_fold(a, part)))
			return false;
		any = any || span_trim(part).n;
	}
	return any;
}

/* Columns that are no indicator. */
static bool is_passed(struct arena *a, struct text name)
{
	static const char *const names[] = {
		"id",        "stt",      "tt",      "so tt",      "so thu tu",      "no",
		"order",     "ma",       "ma tinh", "ma so",      "code",           "province code",
		"vung",      "region",   "hang",    "xep hang",   "thu hang",       "rank",
		"ranking",   "vi tri",   "nhom",    "group",      "thang diem",     "scale",
		"thang do",  "province", "tinh",    "tinh thanh", "tinh thanh pho", "ten tinh",
		"provinces",
	};
	struct text rest = name, part;

	while (span_split(&rest, '/', &part))
		if (among(names, COUNT(names), text_fold(a, part)))
			return true;
	return among(names, COUNT(names), text_fold(a, name));
}

static bool has_letter(struct text s)
{
	for (size_t i = 0; i < s.n; i++)
		if (((s.at[i] | 0x20) >= 'a' && (s.at[i] | 0x20) <= 'z') ||
		    (unsigned char)s.at[i] >= 0x80)
			return true;
	return false;
}

static bool is_blank(struct text s)
{
	static const char *const missing[] = {"", "-", "--", "…", "...", ".", "N/A", "n/a", "NA"};

	return among(missing, COUNT(missing), span_trim(s));
}

/* The units of a year, or, where it is not known, those before or after the last change. */
static const struct province *unit_of(const struct layout *l, struct text name, long year)
{
	long last = province_last_change(l->all) / 10000;
	const struct province *p = NULL;
	struct diag unused = {0};

	if (!has_letter(name))
		return NULL;
	if (year)
		return province_find(l->arena, l->all, name, year, &p, &unused) ? p : NULL;
	if (!province_find(l->arena, l->all, name, last, &p, &unused) &&
	    !province_find(l->arena, l->all, name, last - 1, &p, &unused))
		return NULL;
	return p;
}

/* Takes what one row of the header gave to a name. */
static bool next_part(struct text *rest, struct text *part)
{
	size_t n = rest->at ? span_find(*rest, (struct text)TEXT(" / ")) : 0;

	if (!rest->at)
		return false;
	*part = (struct text){rest->at, n == SPAN_NOWHERE ? rest->n : n};
	*rest = n == SPAN_NOWHERE ? (struct text){NULL, 0}
				  : (struct text){rest->at + n + 3, rest->n - n - 3};
	return true;
}

/* The unit of a name, or of its parts; NULL for none, and for several. */
static const struct province *unit_in(const struct layout *l, struct text name, long year,
				      bool *several)
{
	const struct province *found = unit_of(l, name, year), *p;
	struct text rest = name, part;

	*several = false;
	if (found)
		return found;
	while (next_part(&rest, &part)) {
		p = unit_of(l, part, year);
		*several = *several || (p && found && p != found);
		found = p ? p : found;
	}
	return *several ? NULL : found;
}

/* ---- which layout -------------------------------------------------------------------------- */

static size_t units_in_header(const struct layout *l, size_t *others)
{
	size_t units = 0;
	bool several;

	*others = 0;
	for (size_t i = 0; i < l->t->columns; i++)
		if (unit_in(l, l->t->name[i], l->year, &several) || several)
			units++;
		else
			*others += !is_aside(l->arena, l->t->name[i]);
	return units;
}

/* Units whose name is that of many rows are those of answers, or of years that a column tells. */
static size_t units_in_column(const struct layout *l, size_t column, size_t *others)
{
	bool *seen = arena_new(l->arena, l->all->n, sizeof *seen);
	size_t units = 0, distinct = 0;

	*others = 0;
	for (size_t r = 0; r < l->t->rows && (units || *others < FIRST_WORDS); r++) {
		struct text s = table_cell(l->t, r, column);
		const struct province *p = unit_of(l, s, l->year);

		units += p != NULL;
		distinct += p && !seen[p - l->all->at];
		if (p)
			seen[p - l->all->at] = true;
		else
			*others += s.n && !is_aside(l->arena, s);
	}
	return l->year_column != TABLE_NO_COLUMN || units <= 2 * distinct ? units : 0;
}

/* Where the provinces are; false when there are none. */
static bool find_units(struct layout *l)
{
	size_t others, most = units_in_header(l, &others);
	bool found = most > 1 && most >= others;

	if (!found)
		most = 1;
	for (size_t c = 0; c < l->t->columns && l->t->rows <= MOST_ROWS; c++) {
		size_t n = units_in_column(l, c, &others);

		if (n > most && n >= others) {
			most = n;
			l->names = c;
			l->in_rows = found = true;
		}
	}
	return found;
}

static size_t year_column(const struct table *t)
{
	size_t column = table_find(t, "year");

	return column == TABLE_NO_COLUMN ? table_find(t, "Năm") : column;
}

bool layout_is(struct arena *a, const struct table *t, const struct provinces *all)
{
	struct layout l = {.arena = a, .t = t, .all = all, .year_column = year_column(t)};

	return find_units(&l);
}

/* ---- indicators ---------------------------------------------------------------------------- */

static bool is_total(struct text folded)
{
	static const char *const names[] = {
		"total",
		"tong",
		"tong diem",
		"diem tong",
		"papi",
		"chi so papi",
		"chi so tong hop",
		"tong hop",
		"diem tong hop",
		"total score",
		"tong cong",
		"chi so papi tong hop",
		"overall",
		"unweighted papi",
		"papi index",
	};

	return among(names, COUNT(names), folded);
}

/* "1", "1.1" from the front of a name; empty when it begins otherwise. */
static struct text leading_number(struct text s)
{
	size_t n = 0, end = 0;

	for (; n < s.n && ((s.at[n] >= '0' && s.at[n] <= '9') || (s.at[n] == '.' && n)); n++)
		end = s.at[n] == '.' ? end : n + 1;
	if (end == 0 ||
	    (n < s.n && s.at[n] != ' ' && s.at[n] != ':' && s.at[n] != ')' && s.at[n] != '-'))
		return (struct text){"", 0};
	return (struct text){s.at, end};
}

/* The code of an indicator's name. */
static struct text code_of(const struct layout *l, struct text name)
{
	static const char *const heads[] = {"Chỉ số nội dung ", "Chỉ số lĩnh vực ",
					    "Nội dung ",        "Dimension ",
					    "Sub-dimension ",   "Trục nội dung "};
	struct text s = span_trim(name), number = leading_number(s);

	for (size_t i = 0; i < COUNT(heads) && !number.n; i++) {
		size_t n = strlen(heads[i]);
		struct text front = {s.at, n < s.n ? n : s.n};

		if (s.n > n &&
		    span_equal(text_fold(l->arena, front), text_fold(l->arena, span_of(heads[i]))))
			number = leading_number((struct text){s.at + n, s.n - n});
	}
	if (number.n)
		return number;
	return is_total(text_fold(l->arena, s)) ? span_of("total") : s;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void add_cell(struct layout *l, struct text s, struct place at)
{
	l->cell = arena_grow(l->arena, l->cell, l->cells, sizeof *l->cell);
	l->at = arena_grow(l->arena, l->at, l->cells, sizeof *l->at);
	l->cell[l->cells] = s;
	l->at[l->cells++] = at;
}

/* One score. */
static void add_row(struct layout *l, long year, const struct province *p, struct text code,
		    struct text score, struct place at)
{
	add_cell(l, arena_format(l->arena, "%ld", year), at);
	add_cell(l, p->code, at);
	add_cell(l, code, at);
	add_cell(l, is_blank(score) ? (struct text){"", 0} : score, at);
	l->out->rows++;
}

static void remember(const struct layout *l, struct text *list, struct text name)
{
	if (list->n < 200)
		*list = arena_format(l->arena, "%.*s%s%.*s", SPAN_ARG(*list), list->n ? ", " : "",
				     SPAN_ARG(name));
}

/* The unit of a name; *out is NULL for what is set aside. */
static bool take_unit(struct layout *l, struct text name, struct place at, long year,
		      const struct province **out)
{
	struct diag *own;
	bool several;

	*out = unit_in(l, name, year, &several);
	if (*out)
		return true;
	if (several) {
		diag_at(l->why, at, DIAG_DATA, "\"%.*s\" names several provinces", SPAN_ARG(name));
		return diag_hint(l->why, "--header says which row of the header has the provinces "
					 "of the scores");
	}
	if (is_aside(l->arena, name)) {
		remember(l, &l->aside, name);
		l->n_aside++;
		return true;
	}
	own = arena_new(l->arena, 1, sizeof *own);
	own->translation = l->why->translation;
	province_find(l->arena, l->all, name, year, out, own);
	*out = NULL;
	diag_at(l->why, at, DIAG_DATA, "%s",
		own->kept ? own->item[0].words : diag_word(l->why, "no province"));
	return own->kept && *own->item[0].hint ? diag_hint(l->why, "%s", own->item[0].hint) : false;
}

/* Numbers in a column, or nothing: an indicator's; words: another column's. */
static bool has_numbers(const struct layout *l, size_t column)
{
	double number;

	for (size_t r = 0; r < l->t->rows; r++) {
		struct text s = table_cell(l->t, r, column);

		if (number_parse(s, &number))
			return true;
	}
	return false;
}

static long year_of(const struct layout *l, size_t row)
{
	long year = l->year;

	if (l->year_column == TABLE_NO_COLUMN ||
	    number_whole(table_cell(l->t, row, l->year_column), 1900, 2999, &year))
		return year;
	diag_at(l->why, table_place(l->t, row, l->year_column), DIAG_DATA, "\"%.*s\" is no year",
		SPAN_ARG(table_cell(l->t, row, l->year_column)));
	return 0;
}

/* Indicators among the columns; others are noted. */
static const bool *find_items(struct layout *l)
{
	bool *item = arena_new(l->arena, l->t->columns, sizeof *item);

	for (size_t c = 0; c < l->t->columns; c++) {
		if (c == l->names || c == l->year_column)
			continue;
		item[c] = !is_passed(l->arena, l->t->name[c]) && has_numbers(l, c);
		if (!item[c])
			remember(l, &l->passed, l->t->name[c]);
	}
	return item;
}

static void provinces_in_rows(struct layout *l)
{
	const bool *item = find_items(l);

	for (size_t r = 0; r < l->t->rows; r++) {
		struct text name = table_cell(l->t, r, l->names);
		const struct province *p;
		long year = year_of(l, r);

		if (!year || name.n == 0 ||
		    !take_unit(l, name, table_place(l->t, r, l->names), year, &p) || !p)
			continue; /* the others are told too */
		for (size_t c = 0; c < l->t->columns; c++)
			if (item[c])
				add_row(l, year, p, code_of(l, l->t->name[c]),
					table_cell(l->t, r, c), table_place(l->t, r, c));
	}
}

/* Columns that are no provinces: the first with words has the names of the indicators, one that is
 * called so their codes. */
static void find_names(struct layout *l, const struct province *const *unit)
{
	static const char *const codes[] = {"ma", "ma so", "code"};

	l->names = TABLE_NO_COLUMN;
	for (size_t c = 0; c < l->t->columns; c++) {
		bool code = among(codes, COUNT(codes), text_fold(l->arena, l->t->name[c]));
		bool words = false;

		if (unit[c] || is_aside(l->arena, l->t->name[c]))
			continue;
		for (size_t r = 0; r < l->t->rows; r++)
			words = words || has_letter(table_cell(l->t, r, c));
		if (code)
			l->code_column = c;
		else if (words && l->names == TABLE_NO_COLUMN &&
			 !is_passed(l->arena, l->t->name[c]))
			l->names = c;
		else
			remember(l, &l->passed, l->t->name[c]);
	}
	if (l->names == TABLE_NO_COLUMN)
		l->names = l->code_column;
}

static bool any_score(const struct layout *l, const struct province *const *unit, size_t row)
{
	for (size_t c = 0; c < l->t->columns; c++)
		if (unit[c] && !is_blank(table_cell(l->t, row, c)))
			return true;
	return false;
}

static void provinces_in_columns(struct layout *l)
{
	const struct province **unit = arena_new(l->arena, l->t->columns, sizeof *unit);
	size_t errors = l->why->errors;
	bool several;

	for (size_t c = 0; c < l->t->columns; c++)
		unit[c] = unit_in(l, l->t->name[c], l->year, &several);
	find_names(l, unit);
	for (size_t c = 0; c < l->t->columns; c++)
		if (c != l->names && c != l->code_column && !is_passed(l->arena, l->t->name[c]) &&
		    has_numbers(l, c))
			take_unit(l, l->t->name[c], l->t->name_at[c], l->year, &unit[c]);
	if (l->why->errors > errors)
		return;
	for (size_t r = 0; r < l->t->rows; r++) {
		struct text name = table_cell(l->t, r, l->names);
		struct text code = table_cell(l->t, r, l->code_column);

		if (!any_score(l, unit, r))
			continue; /* a heading between indicators */
		for (size_t c = 0; c < l->t->columns; c++)
			if (unit[c])
				add_row(l, l->year, unit[c], code.n ? code : code_of(l, name),
					table_cell(l->t, r, c), table_place(l->t, r, c));
	}
}

static void tell(const struct layout *l)
{
	bool one = l->n_aside == 1;

	if (l->n_aside)
		diag_note(l->why, l->t->file,
			  l->in_rows ? one ? N_("%zu row of no province set aside: %.*s")
					   : N_("%zu rows of no province set aside: %.*s")
			  : one ? N_("%zu column of no province set aside: %.*s")
				     : N_("%zu columns of no province set aside: %.*s"),
			  l->n_aside, SPAN_ARG(l->aside));
	if (l->passed.n)
		diag_note(l->why, l->t->file,
			  l->in_rows ? N_("columns of no scores passed over: %.*s")
				     : N_("columns of no province passed over: %.*s"),
			  SPAN_ARG(l->passed));
}

bool layout_rows(struct arena *a, const struct table *t, const struct provinces *all, long year,
		 struct table *out, struct diag *why)
{
	static const struct text heads[] = {TEXT("year"), TEXT("province"), TEXT("code"),
					    TEXT("score")};
	struct layout l = {.arena = a,
			   .t = t,
			   .all = all,
			   .why = why,
			   .year_column = year_column(t),
			   .code_column = TABLE_NO_COLUMN,
			   .year = year,
			   .out = out};
	size_t errors = why->errors;

	*out = (struct table){.file = t->file, .columns = 4, .name = heads};
	if (!find_units(&l))
		return diag_fail(why, DIAG_DATA, "%s names no provinces", t->file);
	if (!year && !(l.in_rows && l.year_column != TABLE_NO_COLUMN)) {
		diag_fail(why, DIAG_DATA, "%s does not say of which year its scores are", t->file);
		return diag_hint(why, "--year says it");
	}
	if (l.in_rows)
		provinces_in_rows(&l);
	else
		provinces_in_columns(&l);
	out->cell = l.cell;
	out->at = l.at;
	if (why->errors == errors && out->rows == 0)
		diag_fail(why, DIAG_DATA, "%s has no scores of provinces", t->file);
	tell(&l);
	return why->errors == errors;
}
