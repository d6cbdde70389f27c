#include "survey/tally_file.h"

#include "base/text.h"
#include "survey/tally_format.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

struct file {
	const char *name;
	int at;
	uint64_t size;
	struct format_head head;
	struct format_tail tail;
	struct format_section *section; /* malloc */
	struct diag *why;
};

/* ---- the file as a whole ------------------------------------------------------------------- */

static bool wrong(const struct file *f, const char *what)
{
	return diag_at(f->why, (struct place){f->name, 0, 0}, DIAG_DATA, "%s", what);
}

static bool damaged(const struct file *f, const char *what)
{
	wrong(f, what);
	return diag_hint(f->why, "make the tally again, or copy it again");
}

static bool read_at(const struct file *f, void *to, size_t n, uint64_t offset)
{
	unsigned char *at = to;

	while (n) {
		ssize_t got = pread(f->at, at, n, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return damaged(f, "the tally ends before it should, or cannot be read");
		at += got;
		offset += (uint64_t)got;
		n -= (size_t)got;
	}
	return true;
}

/* Sections fill what lies between head and table. */
static bool check_sections(const struct file *f)
{
	uint64_t offset = sizeof f->head, most = f->tail.sections;

	for (size_t i = 0; i < most; i++) {
		const struct format_section *s = &f->section[i];
		uint32_t kind = i < FORMAT_VARIABLE ? (uint32_t)i : FORMAT_VARIABLE;

		if (s->kind != kind || s->offset != offset || s->size > f->tail.table - offset ||
		    s->size % FORMAT_ALIGNED ||
		    s->number != (i < FORMAT_VARIABLE ? 0 : i - FORMAT_VARIABLE))
			return damaged(f, "the tally is damaged: its sections do not fit together");
		offset += s->size;
	}
	return (offset == f->tail.table && most > FORMAT_VARIABLE) ||
	       damaged(f, "the tally is damaged: its sections do not fill it");
}

static bool read_table(struct file *f)
{
	uint64_t n = f->tail.sections, table = f->tail.table, rest = f->size - sizeof f->tail;
	XXH3_state_t *state;
	uint64_t sum;

	if (f->tail.size != f->size || table < sizeof f->head || table > rest ||
	    (rest - table) / sizeof *f->section != n || (rest - table) % sizeof *f->section)
		return damaged(f, "the tally is not as long as it says: bytes are missing, or "
				  "there are others behind its end");
	f->section = malloc(n ? n * sizeof *f->section : 1);
	state = XXH3_createState();
	if (!f->section || !state || !read_at(f, f->section, n * sizeof *f->section, table)) {
		XXH3_freeState(state);
		return f->section && state ? false : wrong(f, "not enough memory for the tally");
	}
	XXH3_64bits_reset(state);
	XXH3_64bits_update(state, &f->head, sizeof f->head);
	XXH3_64bits_update(state, f->section, n * sizeof *f->section);
	sum = XXH3_64bits_digest(state);
	XXH3_freeState(state);
	return sum == f->tail.sum ? check_sections(f)
				  : damaged(f, "the tally is damaged: a checksum does not match");
}

static bool check_head(const struct file *f)
{
	if (memcmp(f->head.magic, FORMAT_MAGIC, sizeof f->head.magic) != 0)
		return wrong(f, "this is no binary tally");
	if (f->head.endian != FORMAT_ENDIAN) {
		wrong(f, "the tally was made on a machine with another order of bytes");
		return diag_hint(
			f->why,
			"take it here as CSV: hailong tally --merge FILE -o FILE.csv there");
	}
	if (f->head.version == FORMAT_VERSION)
		return true;
	diag_at(f->why, (struct place){f->name, 0, 0}, DIAG_DATA,
		"the tally has format version %u; this program knows %d", f->head.version,
		FORMAT_VERSION);
	return diag_hint(f->why, "make the tally again, or read it with the program that made it");
}

static void close_file(struct file *f)
{
	if (f->at >= 0)
		close(f->at);
	free(f->section);
}

static bool open_file(const char *name, struct file *f, struct diag *why)
{
	struct stat s;

	*f = (struct file){.name = name, .why = why};
	f->at = open(name, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (f->at < 0 || fstat(f->at, &s) != 0 || !S_ISREG(s.st_mode))
		return wrong(f, f->at < 0 ? strerror(errno) : "not a regular file");
	f->size = (uint64_t)s.st_size;
	if (f->size < sizeof f->head + sizeof f->tail)
		return damaged(f, "the tally is cut short");
	if (!read_at(f, &f->head, sizeof f->head, 0) || !check_head(f) ||
	    !read_at(f, &f->tail, sizeof f->tail, f->size - sizeof f->tail))
		return false;
	if (memcmp(f->tail.ending, FORMAT_ENDING, sizeof f->tail.ending) != 0)
		return damaged(f,
			       "the tally does not end as it should: bytes are missing, or there "
			       "are others behind its end");
	return read_table(f);
}

/* ---- a section ----------------------------------------------------------------------------- */

/* What is left of a section; a step behind its end sets `bad` and gives nothing. */
struct section {
	const struct file *file;
	unsigned char *bytes; /* malloc */
	size_t n, at;
	bool bad;
};

static bool open_section(const struct file *f, size_t number, struct section *out)
{
	const struct format_section *s = &f->section[number];

	*out = (struct section){.file = f, .n = s->size, .bytes = malloc(s->size ? s->size : 1)};
	if (!out->bytes)
		return wrong(f, "not enough memory for the tally");
	if (!read_at(f, out->bytes, out->n, s->offset))
		return false;
	return XXH3_64bits(out->bytes, out->n) == s->sum ||
	       damaged(f, "the tally is damaged: a checksum does not match");
}

static const void *take(struct section *s, uint64_t n, uint64_t size)
{
	const unsigned char *at = s->bytes + s->at;

	if (s->bad || n > (s->n - s->at) / size) {
		s->bad = true;
		return NULL;
	}
	s->at += n * size;
	return at;
}

static uint32_t take_u32(struct section *s)
{
	const void *at = take(s, 1, sizeof(uint32_t));
	uint32_t x = 0;

	if (at)
		memcpy(&x, at, sizeof x);
	return x;
}

static void align(struct section *s)
{
	take(s, (FORMAT_ALIGNED - s->at % FORMAT_ALIGNED) % FORMAT_ALIGNED, 1);
}

/* All of a section was taken but what fills it up. */
static bool close_section(struct section *s, bool ok)
{
	bool whole = !s->bad && s->n - s->at < FORMAT_ALIGNED;

	free(s->bytes);
	s->bytes = NULL;
	return ok && (whole || damaged(s->file, "the tally is damaged: a section is not as long as "
						"it should be"));
}

static uint32_t u32_at(const void *list, size_t i)
{
	uint32_t x;

	memcpy(&x, (const unsigned char *)list + i * sizeof x, sizeof x);
	return x;
}

/* ---- columns ------------------------------------------------------------------------------- */

struct column {
	enum format_form form;
	int places;
	const unsigned char *at;
};

static bool take_column(struct section *s, uint64_t parts, bool doubles, struct column *out)
{
	const void *at = take(s, 1, sizeof(struct format_column));
	struct format_column head;
	uint64_t size, bytes;

	if (!at)
		return false;
	memcpy(&head, at, sizeof head);
	size = head.form == FORM_DOUBLE ? sizeof(double) : head.form;
	if ((head.form == FORM_DOUBLE) != doubles || size > 16 || (size & (size - 1)) ||
	    head.places > 30 || (size && parts > (s->n - s->at) / size)) {
		s->bad = true;
		return false;
	}
	bytes = (parts * size + FORMAT_ALIGNED - 1) / FORMAT_ALIGNED * FORMAT_ALIGNED;
	*out = (struct column){(enum format_form)head.form, (int)head.places,
			       take(s, head.bytes, 1)};
	s->bad = s->bad || bytes != head.bytes;
	return !s->bad;
}

static int128 whole_at(const struct column *c, size_t i)
{
	int128 sixteen;
	int64_t eight;
	int32_t four;
	int16_t two;
	int8_t one;

	switch (c->form) {
	case FORM_1: memcpy(&one, c->at + i, 1); return one;
	case FORM_2: memcpy(&two, c->at + 2 * i, 2); return two;
	case FORM_4: memcpy(&four, c->at + 4 * i, 4); return four;
	case FORM_8: memcpy(&eight, c->at + 8 * i, 8); return eight;
	case FORM_16: memcpy(&sixteen, c->at + 16 * i, 16); return sixteen;
	case FORM_ZEROS:
	case FORM_DOUBLE: break;
	}
	return 0;
}

/* In bounds, so that sums of some of them do not overflow; else *bad. */
static struct total total_at(const struct column *c, size_t i, bool *bad)
{
	struct total t = {0};

	if (c->form == FORM_DOUBLE) {
		memcpy(&t.inexact, c->at + 8 * i, 8);
		*bad = *bad || !(fabs(t.inexact) < 1e100);
		return t;
	}
	t.exact = (struct decimal){whole_at(c, i), c->places};
	*bad = *bad || (c->form == FORM_16 && (t.exact.value >= decimal_power(36) ||
					       t.exact.value <= -decimal_power(36)));
	return t;
}

static uint64_t count_at(const struct column *c, size_t i, bool *bad)
{
	int128 n = whole_at(c, i);

	*bad = *bad || n < 0 || n >> 50 > 0;
	return *bad ? 0 : (uint64_t)n;
}

/* ---- parts --------------------------------------------------------------------------------- */

struct reader {
	struct tally_load *load;
	struct file file;
	struct place place; /* of the file: none inside it */
	struct arena scratch;
	struct text *text;
	size_t n_texts, n_leaves, *leaf; /* leaf: of the frame, by leaf of the file */
	struct section parts;            /* open while variables are read */
	const void *leaf_of, *level_of[MARGIN_FACTORS];
	const unsigned char *selected;
	struct column rows, w, ww;
	size_t *level[MARGIN_FACTORS], n_levels[MARGIN_FACTORS]; /* the plan's by the file's */
	size_t *part;                                            /* of the tally */
};

static bool refuse(struct reader *r)
{
	return damaged(&r->file, "the tally is damaged: a number in it cannot be");
}

static bool read_texts(struct reader *r)
{
	struct section s;
	bool ok = open_section(&r->file, FORMAT_TEXTS, &s);
	uint32_t n = ok ? take_u32(&s) : 0;
	const void *length = ok ? take(&s, n, sizeof(uint32_t)) : NULL;
	size_t bad;

	r->text = arena_new(&r->scratch, length ? n : 0, sizeof *r->text);
	r->n_texts = length ? n : 0;
	for (size_t i = 0; i < r->n_texts && ok; i++) {
		const char *at = take(&s, u32_at(length, i), 1);

		if (at)
			r->text[i] = arena_text(&r->scratch, (struct text){at, u32_at(length, i)});
		ok = at && (text_check(r->text[i], &bad) || refuse(r));
		if (!at)
			break;
	}
	return close_section(&s, ok || s.bad);
}

static bool text_at(struct reader *r, const void *list, size_t i, struct text *out)
{
	uint32_t number = u32_at(list, i);

	if (number >= r->n_texts)
		return refuse(r);
	*out = r->text[number];
	return true;
}

/* The names of a leaf, as the columns of the section have them. */
static bool take_leaf(struct reader *r, size_t i, const void *const *fpc, const void *const *strata,
		      const void *const *units)
{
	struct frame *f = &r->load->answers->frame;
	const struct design *d = &r->load->plan->design;
	struct frame_name names[FRAME_STAGES];

	for (size_t s = 0; s < f->stages; s++) {
		names[s].population = INFINITY;
		if (s < d->n_fpc)
			memcpy(&names[s].population, (const char *)fpc[s] + i * sizeof(double),
			       sizeof(double));
		if (!text_at(r, strata[s], i, &names[s].stratum) ||
		    !text_at(r, units[s], i, &names[s].unit))
			return false;
		if (!(names[s].population > 0) || (s < d->n_fpc && isinf(names[s].population)) ||
		    (s < d->n_units) != (names[s].unit.n > 0) ||
		    (s == 0 && d->n_strata > 0) != (names[s].stratum.n > 0))
			return refuse(r);
	}
	return frame_add(f, names, r->place, &r->leaf[i], r->file.why);
}

static bool take_frame(struct reader *r, struct section *s)
{
	size_t stages = r->load->answers->frame.stages, n_fpc = r->load->plan->design.n_fpc;
	const void *fpc[FRAME_STAGES] = {NULL}, *strata[FRAME_STAGES], *units[FRAME_STAGES];
	bool fits = take_u32(s) == stages;
	size_t n;

	fits = take_u32(s) == n_fpc && fits;
	n = r->n_leaves = take_u32(s);
	if (take_u32(s) != 0 || !fits || n > r->file.head.parts)
		return refuse(r);
	for (size_t i = 0; i < n_fpc; i++)
		fpc[i] = take(s, n, sizeof(double));
	for (size_t i = 0; i < stages; i++) {
		strata[i] = take(s, n, sizeof(uint32_t));
		units[i] = take(s, n, sizeof(uint32_t));
	}
	r->leaf = arena_new(&r->scratch, s->bad ? 0 : n, sizeof *r->leaf);
	for (size_t i = 0; i < n && !s->bad; i++)
		if (!take_leaf(r, i, fpc, strata, units))
			return false;
	return true;
}

static bool take_levels(struct reader *r, struct section *s, size_t factor)
{
	size_t n = r->n_levels[factor];
	const void *list = take(s, n, sizeof(uint32_t));
	struct text name;

	r->level[factor] = arena_new(&r->scratch, list ? n : 0, sizeof(size_t));
	for (size_t i = 0; i < n && list; i++)
		if (!text_at(r, list, i, &name) ||
		    !tally_load_level(r->load, factor, name, r->place, &r->level[factor][i],
				      r->file.why))
			return false;
	return true;
}

static bool take_parts(struct reader *r)
{
	uint64_t parts = r->file.head.parts;
	size_t factors = r->load->plan->n_factors;
	struct section *s = &r->parts;
	bool doubles = r->load->head->about.inexact;

	for (size_t f = 0; f < factors; f++)
		r->n_levels[f] = take_u32(s);
	for (size_t f = 0; f < factors; f++)
		if (!take_levels(r, s, f))
			return false;
	r->leaf_of = take(s, parts, sizeof(uint32_t));
	for (size_t f = 0; f < factors; f++)
		r->level_of[f] = take(s, parts, sizeof(uint32_t));
	r->selected = take(s, parts, 1);
	align(s);
	if (!take_column(s, parts, false, &r->rows) || !take_column(s, parts, doubles, &r->w) ||
	    !take_column(s, parts, doubles, &r->ww))
		return refuse(r);
	return true;
}

static bool add_part(struct reader *r, size_t i)
{
	size_t level[MARGIN_FACTORS], leaf = u32_at(r->leaf_of, i);
	struct tally_part p = {.level = level,
			       .selected = r->selected[i] == 1,
			       .exact = !r->load->head->about.inexact};
	bool bad = leaf >= r->n_leaves || r->selected[i] > 1;

	for (size_t f = 0; f < r->load->plan->n_factors; f++) {
		size_t of_file = u32_at(r->level_of[f], i);

		bad = bad || of_file > r->n_levels[f];
		level[f] = bad || of_file == 0 ? NO_LEVEL : r->level[f][of_file - 1];
	}
	p.rows = count_at(&r->rows, i, &bad);
	p.w = total_at(&r->w, i, &bad);
	p.ww = total_at(&r->ww, i, &bad);
	if (bad)
		return refuse(r);
	p.leaf = r->leaf[leaf];
	return tally_load_part(r->load, &p, r->place, &r->part[i], r->file.why);
}

static bool read_parts(struct reader *r)
{
	struct section s;
	bool ok;

	if (!read_texts(r) || !open_section(&r->file, FORMAT_FRAME, &s))
		return false;
	ok = take_frame(r, &s);
	if (!close_section(&s, ok) || !open_section(&r->file, FORMAT_PARTS, &r->parts) ||
	    !take_parts(r))
		return false;
	r->part = arena_new(&r->scratch, r->file.head.parts, sizeof *r->part);
	for (size_t i = 0; i < r->file.head.parts; i++)
		if (!add_part(r, i))
			return false;
	return true;
}

/* ---- variables ----------------------------------------------------------------------------- */

/* The columns of a variable. */
struct sums_of {
	struct column at[TALLY__COUNT], *level_n, *level_w;
	uint64_t *n; /* of a part, by level */
	struct total *w;
	size_t levels;
};

static bool take_sums(struct reader *r, struct section *s, enum variable_kind kind,
		      struct sums_of *c)
{
	uint64_t parts = r->file.head.parts;
	bool doubles = r->load->head->about.inexact, ok = true;

	for (enum tally_sum i = 0; i < TALLY__COUNT && ok; i++)
		if (tally_holds(kind, i))
			ok = take_column(s, parts, doubles && i != TALLY_N && i != TALLY_ONES,
					 &c->at[i]);
	for (size_t l = 0; l < c->levels && ok; l++)
		ok = take_column(s, parts, false, &c->level_n[l]);
	for (size_t l = 0; l < c->levels && ok; l++)
		ok = take_column(s, parts, doubles, &c->level_w[l]);
	return ok;
}

static bool add_sums(struct reader *r, const struct sums_of *c, size_t variable, size_t i)
{
	enum variable_kind kind = r->load->plan->variable[variable].kind;
	struct part_sums s = {.exact = !r->load->head->about.inexact};
	struct tally_part p = {.exact = s.exact, .selected = r->selected[i]};
	bool bad = false;

	if (!p.selected)
		return true;
	s.n = count_at(&c->at[TALLY_N], i, &bad);
	if (tally_holds(kind, TALLY_ONES))
		s.ones = count_at(&c->at[TALLY_ONES], i, &bad);
	for (enum tally_sum k = 0; k < TALLY__COUNT; k++)
		if (tally_holds(kind, k) && k != TALLY_N && k != TALLY_ONES)
			*tally_total(&s, k) = total_at(&c->at[k], i, &bad);
	if (tally_holds(kind, TALLY_ONES))
		s.wyy = s.wy;
	for (size_t l = 0; l < c->levels; l++) {
		c->n[l] = count_at(&c->level_n[l], i, &bad);
		c->w[l] = total_at(&c->level_w[l], i, &bad);
	}
	if (bad)
		return refuse(r);
	p.rows = count_at(&r->rows, i, &bad);
	p.w = total_at(&r->w, i, &bad);
	return tally_load_sums(r->load, r->part[i], &p, variable, &s, c->n, c->w, r->place,
			       r->file.why);
}

static bool read_variable(struct reader *r, size_t variable)
{
	size_t number = r->load->want[variable];
	const struct variable *v = &r->load->head->plan.variable[number];
	size_t levels = v->levels ? v->levels->n : 0;
	struct sums_of c = {.levels = levels,
			    .level_n = arena_new(&r->scratch, levels, sizeof *c.level_n),
			    .level_w = arena_new(&r->scratch, levels, sizeof *c.level_w),
			    .n = arena_new(&r->scratch, levels, sizeof *c.n),
			    .w = arena_new(&r->scratch, levels, sizeof *c.w)};
	struct section s;
	bool ok = open_section(&r->file, FORMAT_VARIABLE + number, &s) &&
		  (take_sums(r, &s, v->kind, &c) || refuse(r));

	for (size_t i = 0; i < r->file.head.parts && ok; i++)
		ok = add_sums(r, &c, variable, i);
	return close_section(&s, ok);
}

/* ---- what others call ---------------------------------------------------------------------- */

bool tally_file_is(const char *file)
{
	char begin[sizeof(((struct format_head *)0)->magic)];
	int at = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	struct stat s;
	bool is = at >= 0 && fstat(at, &s) == 0 && S_ISREG(s.st_mode) &&
		  pread(at, begin, sizeof begin, 0) == (ssize_t)sizeof begin &&
		  memcmp(begin, FORMAT_MAGIC, sizeof begin) == 0;

	if (at >= 0)
		close(at);
	return is;
}

bool tally_file_head(struct arena *a, const char *file, struct tally_head *out, struct diag *why)
{
	struct place place = {arena_string(a, span_of(file)), 0, 0};
	struct section s = {.bytes = NULL};
	struct file f;
	bool ok = open_file(place.file, &f, why) && open_section(&f, FORMAT_PLAN, &s);

	if (ok) {
		uint32_t n = take_u32(&s);
		const char *json = take(&s, n, 1);

		ok = json && tally_head_read(a, (struct text){json, n}, place, out, why);
		ok = close_section(&s, ok || !json);
	}
	if (ok && f.tail.sections != FORMAT_VARIABLE + out->plan.n_variables)
		ok = damaged(&f, "the tally is damaged: it has other columns than its plan");
	free(s.bytes);
	close_file(&f);
	return ok;
}

bool tally_file_read(struct tally_load *l, const char *file, struct diag *why)
{
	struct reader r = {.load = l, .place = {l->head->file, 0, 0}};
	bool ok = open_file(file, &r.file, why);

	if (ok && r.file.tail.sections != FORMAT_VARIABLE + l->head->plan.n_variables)
		ok = damaged(&r.file, "the tally has changed while it was read");
	ok = ok && read_parts(&r);
	for (size_t v = 0; v < l->plan->n_variables && ok; v++)
		ok = read_variable(&r, v);
	free(r.parts.bytes);
	close_file(&r.file);
	arena_release(&r.scratch);
	return ok;
}
