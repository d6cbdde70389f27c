/* ReadStat calls back for every variable, value label and value; its callbacks leave word in the
 * reader. It does not see everything that a file lacks: what is behind the rows of a Stata file
 * may be missing without its saying so, so the end of those that have one is looked at here. */
#include "input/statfile.h"

#include "base/number.h"
#include "base/text.h"
#include "input/statdate.h"
#include "input/statkind.h"

#include <errno.h>
#include <math.h>
#include <readstat.h>
#include <stdio.h>
#include <string.h>

struct reader {
	struct arena arena;
	const char *file;
	enum statkind kind;
	struct statfile_options options;
	statfile_row_fn *take;
	void *context;
	struct diag *why;
	size_t n;              /* variables */
	struct text *name;     /* of them */
	struct statdate *time; /* likewise */
	struct text *cell;     /* of the row */
	size_t next, rows;     /* the variable that comes next, rows handed over */
	char *bytes;           /* of the row's cells */
	size_t used;           /* of them */
	size_t room;
	size_t *start;     /* of each cell in `bytes` */
	long expected;     /* rows; -1 = the file does not say */
	bool text_unknown; /* it does not state the encoding of its text */
	bool headed, stopped;
	char said[160]; /* ReadStat's last words */
};

/* The name and the bytes must agree. */
static bool find_kind(struct reader *r)
{
	struct place where = {r->file, 0, 0};
	enum statkind name = statkind_of_name(r->file);
	FILE *in = fopen(r->file, "rb");

	if (!in)
		return diag_at(r->why, where, DIAG_DATA, "cannot be read: %s",
			       diag_system(r->why, errno));
	fclose(in); /* only read: nothing can be lost */
	r->kind = statkind_of_bytes(r->file, &r->text_unknown);
	if (r->kind == STATKIND_NONE)
		return diag_at(r->why, where, DIAG_DATA,
			       "its name is that of a file of %s, its first bytes are not",
			       statkind_name[name]);
	if (name != STATKIND_NONE && name != r->kind) {
		diag_at(r->why, where, DIAG_DATA,
			"its name is that of a file of %s, its first bytes are those of %s",
			statkind_name[name], statkind_name[r->kind]);
		return diag_hint(r->why, "give it the name that it should have");
	}
	return statkind_whole(r->file, r->kind) ||
	       diag_at(r->why, where, DIAG_DATA,
		       "the file is cut short: its last bytes are not </stata_dta>");
}

/* ---- what ReadStat says -------------------------------------------------------------------- */

static void on_error(const char *words, void *context)
{
	struct reader *r = context;

	snprintf(r->said, sizeof r->said, "%s", words ? words : "");
}

static readstat_error_t parse(struct reader *r, readstat_parser_t *p)
{
	readstat_set_error_handler(p, on_error);
	if (r->options.encoding)
		readstat_set_file_character_encoding(p, r->options.encoding);
	switch (r->kind) {
	case STATKIND_STATA: return readstat_parse_dta(p, r->file, r);
	case STATKIND_SPSS: return readstat_parse_sav(p, r->file, r);
	case STATKIND_PORTABLE: return readstat_parse_por(p, r->file, r);
	case STATKIND_SAS: return readstat_parse_sas7bdat(p, r->file, r);
	case STATKIND_NONE:
	case STATKIND_CSV:
	case STATKIND__COUNT: break;
	}
	return READSTAT_ERROR_PARSE;
}

static const char *words_of(readstat_error_t error)
{
	switch ((int)error) {
	case READSTAT_ERROR_OPEN:
	case READSTAT_ERROR_READ:
	case READSTAT_ERROR_SEEK:
		return N_("the file is cut short: it ends where more should come");
	case READSTAT_ERROR_ROW_COUNT_MISMATCH:
		return N_("the file is cut short or damaged: it has not as many rows as it says");
	case READSTAT_ERROR_COLUMN_COUNT_MISMATCH:
		return N_("the file is damaged: it has not as many variables as it says");
	case READSTAT_ERROR_UNSUPPORTED_FILE_FORMAT_VERSION:
		return N_("this version of the format is not read");
	case READSTAT_ERROR_UNSUPPORTED_COMPRESSION:
		return N_("this kind of compression is not read");
	case READSTAT_ERROR_UNSUPPORTED_CHARSET:
		return N_("the encoding that the file states is not known");
	case READSTAT_ERROR_CONVERT:
	case READSTAT_ERROR_CONVERT_BAD_STRING:
	case READSTAT_ERROR_CONVERT_SHORT_STRING:
		return N_("some text is not in the encoding that the file states");
	default: return N_("the file is cut short or damaged");
	}
}

static bool tell(struct reader *r, readstat_error_t error)
{
	struct place where = {r->file, r->headed ? r->rows + 2 : 0, r->headed ? r->next + 1 : 0};
	size_t end = strlen(r->said);

	while (end && strchr("\n .", r->said[end - 1]))
		r->said[--end] = '\0';
	if (r->stopped)
		return false;
	if (error == READSTAT_ERROR_MALLOC)
		return diag_at(r->why, where, DIAG_FAILED,
			       "not enough memory for what it says "
			       "of its size");
	return diag_at(r->why, where, DIAG_DATA, "%s%s%s%s", diag_word(r->why, words_of(error)),
		       end ? " (ReadStat: " : "", r->said, end ? ")" : "");
}

static bool out_of_memory(struct diag *why, const char *file)
{
	return diag_fail(why, DIAG_FAILED, "%s: not enough memory", file);
}

static struct statdate date_of(enum statkind kind, const readstat_variable_t *v)
{
	const char *format = readstat_variable_get_format(v);

	if (readstat_variable_get_type_class(v) == READSTAT_TYPE_CLASS_STRING || !format)
		return (struct statdate){0, 0};
	return statdate_of(kind == STATKIND_STATA ? STATDATE_STATA
			   : kind == STATKIND_SAS ? STATDATE_SAS
						  : STATDATE_SPSS,
			   format);
}

/* ---- values -------------------------------------------------------------------------------- */

static bool declared_missing(readstat_variable_t *v, readstat_value_t value)
{
	return readstat_value_is_defined_missing(value, v);
}

/* A cell's text; `s` is room for it. */
static bool put_value(struct reader *r, readstat_variable_t *v, readstat_value_t value,
		      char s[NUMBER_BYTES], struct text *out)
{
	struct place where = {r->file, r->rows + 2, r->next + 1};
	struct text name = r->name[r->next];
	double x;
	size_t bad;

	*out = (struct text){"", 0};
	if (!r->options.codes && declared_missing(v, value))
		return true;
	if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
		*out = span_of(readstat_string_value(value));
		return text_check(*out, &bad) ||
		       diag_at(r->why, where, DIAG_DATA,
			       "variable \"%.*s\": byte 0x%02X is not UTF-8", SPAN_ARG(name),
			       (unsigned char)out->at[bad]);
	}
	if (readstat_value_is_tagged_missing(value)) {
		s[0] = '.';
		s[1] = readstat_value_tag(value);
		out->at = s;
		out->n = r->options.codes ? 2 : 0;
		return true;
	}
	x = readstat_double_value(value);
	if (readstat_value_is_system_missing(value) || isnan(x))
		return true;
	if (isinf(x))
		return diag_at(r->why, where, DIAG_DATA, "variable \"%.*s\": a number without end",
			       SPAN_ARG(name));
	if (r->time[r->next].seconds > 0)
		return statdate_put(r->time[r->next], x, s, out) ||
		       diag_at(r->why, where, DIAG_DATA,
			       "variable \"%.*s\": %g is a date outside the years 1 to 9999",
			       SPAN_ARG(name), x);
	*out = number_put(x, s);
	return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static int on_metadata(readstat_metadata_t *m, void *context)
{
	struct reader *r = context;

	r->expected = readstat_get_row_count(m);
	return READSTAT_HANDLER_OK;
}

/* A name or a label. */
static bool keep_words(struct arena *a, struct reader *r, const char *words, const char *what,
		       struct text *out)
{
	struct text s = span_of(words);
	size_t bad;

	*out = text_check(s, &bad) ? text_nfc(a, arena_text(a, s)) : (struct text){"", 0};
	if (out->n || s.n == 0)
		return true;
	r->stopped = true;
	return diag_at(r->why, (struct place){r->file, 0, 0}, DIAG_DATA,
		       "%s of variable %zu holds the byte 0x%02X, which is not UTF-8",
		       diag_word(r->why, what), r->n + 1, (unsigned char)s.at[bad]);
}

static int on_variable(int index, readstat_variable_t *v, const char *labels, void *context)
{
	struct reader *r = context;
	struct text name;

	(void)index;
	(void)labels;
	if (!keep_words(&r->arena, r, readstat_variable_get_name(v), N_("the name"), &name))
		return READSTAT_HANDLER_ABORT;
	r->name = arena_grow(&r->arena, r->name, r->n, sizeof *r->name);
	r->time = arena_grow(&r->arena, r->time, r->n, sizeof *r->time);
	r->name[r->n] = name;
	r->time[r->n] = date_of(r->kind, v);
	r->n++;
	return READSTAT_HANDLER_OK;
}

/* The names go first, before a value or, without one, at the end. */
static bool begin(struct reader *r)
{
	if (r->headed)
		return true;
	r->headed = true;
	r->cell = arena_new(&r->arena, r->n, sizeof *r->cell);
	r->start = arena_new(&r->arena, r->n, sizeof *r->start);
	if (!r->take(r->context, 1, r->name, r->n, r->why))
		r->stopped = true;
	return !r->stopped;
}

/* ReadStat's text is gone behind the callback. */
static void keep_cell(struct reader *r, struct text s)
{
	if (r->used + s.n > r->room) {
		char *more;

		r->room = 2 * (r->used + s.n) + 4096;
		more = arena_new(&r->arena, r->room, 1);
		if (r->used)
			memcpy(more, r->bytes, r->used);
		r->bytes = more;
	}
	if (s.n)
		memcpy(r->bytes + r->used, s.at, s.n);
	r->start[r->next] = r->used;
	r->cell[r->next++].n = s.n;
	r->used += s.n;
}

static bool end_row(struct reader *r)
{
	for (size_t i = 0; i < r->n; i++)
		r->cell[i].at = r->cell[i].n ? r->bytes + r->start[i] : "";
	r->stopped = !r->take(r->context, r->rows + 2, r->cell, r->n, r->why);
	r->rows++;
	r->next = 0;
	r->used = 0;
	return !r->stopped;
}

static int on_value(int row, readstat_variable_t *v, readstat_value_t value, void *context)
{
	struct reader *r = context;
	char s[NUMBER_BYTES];
	struct text cell;

	if (!begin(r))
		return READSTAT_HANDLER_ABORT;
	if ((size_t)row != r->rows || (size_t)readstat_variable_get_index(v) != r->next ||
	    r->next == r->n)
		return READSTAT_HANDLER_ABORT; /* told as damaged */
	if (!put_value(r, v, value, s, &cell)) {
		r->stopped = true;
		return READSTAT_HANDLER_ABORT;
	}
	keep_cell(r, cell);
	return r->next < r->n || end_row(r) ? READSTAT_HANDLER_OK : READSTAT_HANDLER_ABORT;
}

static bool read_rows(struct reader *r)
{
	readstat_parser_t *p = readstat_parser_init();
	readstat_error_t error;

	if (!p)
		return out_of_memory(r->why, r->file);
	readstat_set_metadata_handler(p, on_metadata);
	readstat_set_variable_handler(p, on_variable);
	readstat_set_value_handler(p, on_value);
	error = parse(r, p);
	readstat_parser_free(p);
	if (error != READSTAT_OK || r->stopped)
		return tell(r, error);
	if (r->n == 0)
		return diag_at(r->why, (struct place){r->file, 0, 0}, DIAG_DATA,
			       "the file has no variables");
	if (r->next || (r->expected >= 0 && (size_t)r->expected != r->rows))
		return diag_at(r->why, (struct place){r->file, 0, 0}, DIAG_DATA,
			       "the file says that it has %ld rows, and has %zu", r->expected,
			       r->rows);
	return begin(r);
}

/* ---- the encoding of old Stata files ------------------------------------------------------- */

struct evidence {
	bool ascii, utf8;
};

static void weigh(struct evidence *e, const char *words)
{
	struct text s = span_of(words);
	size_t bad;

	for (size_t i = 0; e->ascii && i < s.n; i++)
		e->ascii = (unsigned char)s.at[i] < 128;
	e->utf8 = e->utf8 && (e->ascii || text_check(s, &bad));
}

static int weigh_variable(int index, readstat_variable_t *v, const char *labels, void *context)
{
	(void)index;
	(void)labels;
	weigh(context, readstat_variable_get_name(v));
	weigh(context, readstat_variable_get_label(v));
	return readstat_variable_get_type_class(v) == READSTAT_TYPE_CLASS_STRING
		       ? READSTAT_HANDLER_OK
		       : READSTAT_HANDLER_SKIP_VARIABLE;
}

static int weigh_value(int row, readstat_variable_t *v, readstat_value_t value, void *context)
{
	(void)row;
	(void)v;
	weigh(context, readstat_string_value(value));
	return READSTAT_HANDLER_OK;
}

static int weigh_label(const char *set, readstat_value_t value, const char *label, void *context)
{
	(void)set;
	(void)value;
	weigh(context, label);
	return READSTAT_HANDLER_OK;
}

/* Problems of the file are told when it is read for good. */
static bool find_encoding(struct reader *r)
{
	struct evidence e = {.ascii = true, .utf8 = true};
	readstat_parser_t *p;

	if (!r->text_unknown || r->options.encoding)
		return true;
	p = readstat_parser_init();
	if (!p)
		return out_of_memory(r->why, r->file);
	readstat_set_variable_handler(p, weigh_variable);
	readstat_set_value_handler(p, weigh_value);
	readstat_set_value_label_handler(p, weigh_label);
	readstat_set_handler_character_encoding(p, NULL);
	readstat_parse_dta(p, r->file, &e);
	readstat_parser_free(p);
	r->options.encoding = e.utf8 ? "UTF-8" : "WINDOWS-1252";
	if (!e.utf8)
		diag_note(r->why, r->file,
			  "text read as Windows-1252, the usual encoding of Stata before version "
			  "14, whose files do not state theirs");
	return true;
}

/* ---- what a file says of its variables ----------------------------------------------------- */

struct labels {
	struct text set;
	size_t n;
	struct statfile_label *at;
};

struct describer {
	struct reader reader; /* first: on_error takes it for one */
	struct arena *arena;
	struct statfile *out;
	size_t set_bytes; /* that the name of a set may have */
	size_t n_sets;
	struct labels *set; /* some formats bring them before the variables, some behind */
};

static int describe_file(readstat_metadata_t *m, void *context)
{
	struct describer *d = context;
	const char *title = readstat_get_file_label(m);
	int version = readstat_get_file_format_version(m);

	/* The list of names is as long as they are: of a damaged file the last may not end. */
	d->set_bytes = d->reader.kind != STATKIND_STATA ? sizeof((readstat_variable_t *)0)->name
		       : version < 110                  ? 9
		       : version < 118                  ? 33
							: 129;
	return keep_words(d->arena, &d->reader, title, N_("the title, beside"), &d->out->title)
		       ? READSTAT_HANDLER_OK
		       : READSTAT_HANDLER_ABORT;
}

static void describe_missing(struct describer *d, const readstat_variable_t *v,
			     struct statfile_variable *to)
{
	int n = readstat_variable_get_missing_ranges_count(v);

	to->missing = arena_new(d->arena, n > 0 ? (size_t)n : 0, sizeof *to->missing);
	for (int i = 0; i < n; i++) {
		readstat_value_t low = readstat_variable_get_missing_range_lo(v, i),
				 high = readstat_variable_get_missing_range_hi(v, i);
		struct statfile_range *range = &to->missing[to->n_missing++];

		if (to->is_text)
			*range = (struct statfile_range){
				NAN, NAN,
				arena_text(d->arena, span_of(readstat_string_value(low)))};
		else
			*range = (struct statfile_range){
				readstat_double_value(low), readstat_double_value(high), {"", 0}};
	}
}

static int describe_variable(int index, readstat_variable_t *v, const char *set, void *context)
{
	struct describer *d = context;
	struct statfile *f = d->out;
	struct statfile_variable *to;

	(void)index;
	f->at = arena_grow(d->arena, f->at, f->n, sizeof *f->at);
	to = &f->at[f->n++];
	to->is_text = readstat_variable_get_type_class(v) == READSTAT_TYPE_CLASS_STRING;
	to->is_date = date_of(d->reader.kind, v).seconds > 0;
	if (set)
		to->set = arena_text(d->arena, (struct text){set, strnlen(set, d->set_bytes)});
	describe_missing(d, v, to);
	d->reader.n = f->n - 1; /* for the message */
	return keep_words(d->arena, &d->reader, readstat_variable_get_name(v), N_("the name"),
			  &to->name) &&
			       keep_words(d->arena, &d->reader, readstat_variable_get_label(v),
					  N_("the label"), &to->label)
		       ? READSTAT_HANDLER_OK
		       : READSTAT_HANDLER_ABORT;
}

static struct labels *labels_of(struct describer *d, struct text set)
{
	for (size_t i = 0; i < d->n_sets; i++)
		if (span_equal(d->set[i].set, set))
			return &d->set[i];
	d->set = arena_grow(d->arena, d->set, d->n_sets, sizeof *d->set);
	d->set[d->n_sets].set = arena_text(d->arena, set);
	return &d->set[d->n_sets++];
}

static int describe_label(const char *set, readstat_value_t value, const char *words, void *context)
{
	struct describer *d = context;
	struct labels *to = labels_of(d, span_of(set));
	struct statfile_label l = {.number = NAN};
	char s[NUMBER_BYTES];

	if (!keep_words(d->arena, &d->reader, words, N_("a value label, beside"), &l.words))
		return READSTAT_HANDLER_ABORT;
	if (readstat_value_type_class(value) == READSTAT_TYPE_CLASS_STRING) {
		if (!keep_words(d->arena, &d->reader, readstat_string_value(value),
				N_("a labelled value, beside"), &l.value))
			return READSTAT_HANDLER_ABORT;
	} else if (readstat_value_is_tagged_missing(value)) {
		l.value = arena_format(d->arena, ".%c", readstat_value_tag(value));
	} else {
		l.number = readstat_double_value(value);
		l.value = arena_text(d->arena, number_put(l.number, s));
	}
	if (l.value.n == 0) /* of a value that is missing without a kind */
		return READSTAT_HANDLER_OK;
	to->at = arena_grow(d->arena, to->at, to->n, sizeof *to->at);
	to->at[to->n++] = l;
	return READSTAT_HANDLER_OK;
}

static void join_labels(struct describer *d)
{
	for (size_t i = 0; i < d->out->n; i++) {
		struct statfile_variable *v = &d->out->at[i];
		const struct labels *l = v->set.n ? labels_of(d, v->set) : NULL;

		v->n_labels = l ? l->n : 0;
		v->value = l ? l->at : NULL;
		if (l && l->n == 0 && d->reader.kind == STATKIND_STATA)
			diag_warn(d->reader.why,
				  "%s: variable \"%.*s\" names the value labels \"%.*s\", which "
				  "the file does not hold",
				  d->reader.file, SPAN_ARG(v->name), SPAN_ARG(v->set));
	}
}

static bool describe(struct describer *d)
{
	readstat_parser_t *p = readstat_parser_init();
	readstat_error_t error;

	if (!p)
		return out_of_memory(d->reader.why, d->reader.file);
	readstat_set_metadata_handler(p, describe_file);
	readstat_set_variable_handler(p, describe_variable);
	readstat_set_value_label_handler(p, describe_label);
	error = parse(&d->reader, p);
	readstat_parser_free(p);
	if (error != READSTAT_OK || d->reader.stopped)
		return tell(&d->reader, error);
	d->out->kind = statkind_name[d->reader.kind];
	join_labels(d);
	return true;
}

bool statfile_describe(struct arena *a, const char *file, struct statfile_options o,
		       struct statfile *out, struct diag *why)
{
	struct describer d = {
		.reader = {.file = file, .options = o, .why = why}, .arena = a, .out = out};

	*out = (struct statfile){0};
	return find_kind(&d.reader) && find_encoding(&d.reader) && describe(&d);
}

bool statfile_is(const char *file)
{
	bool unknown;

	return statkind_of_name(file) > STATKIND_CSV ||
	       statkind_of_bytes(file, &unknown) != STATKIND_NONE;
}

/* ---- rows in the whole --------------------------------------------------------------------- */

bool statfile_read(const char *file, struct statfile_options o, statfile_row_fn *take,
		   void *context, struct diag *why)
{
	struct reader r = {.file = file,
			   .options = o,
			   .take = take,
			   .context = context,
			   .why = why,
			   .expected = -1};
	bool ok = find_kind(&r) && find_encoding(&r) && read_rows(&r);

	arena_release(&r.arena);
	return ok;
}

bool statfile_asked(const char *file, const struct form_asked *asked, struct statfile_options *o,
		    struct diag *why)
{
	static const struct form_asked nothing = {0};

	if (!asked)
		asked = &nothing;
	if (asked->delimiter || asked->decimal || asked->header)
		return diag_at(why, (struct place){file, 0, 0}, DIAG_USAGE,
			       "--delimiter, --decimal and --header are for CSV, this is none");
	switch (asked->encoding) {
	case ENCODING_UNKNOWN: return true;
	case ENCODING_UTF8: o->encoding = "UTF-8"; return true;
	case ENCODING_WINDOWS1258: o->encoding = "WINDOWS-1258"; return true;
	default:
		return diag_at(why, (struct place){file, 0, 0}, DIAG_USAGE,
			       "--encoding of a statistical file is utf-8 or windows-1258");
	}
}
