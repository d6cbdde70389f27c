#include "survey/tally_file.h"

#include "base/text.h"
#include "survey/tally_binary.h"

#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- parts --------------------------------------------------------------------------------- */

struct reader {
	struct tally_load *load;
	struct binary file;
	struct place place; /* of the file: none inside it */
	struct arena scratch;
	struct text *text;
	size_t n_texts, n_leaves, *leaf; /* leaf: of the frame, by leaf of the file */
	struct chunk parts;              /* open while variables are read */
	const void *leaf_of, *level_of[MARGIN_FACTORS];
	const unsigned char *selected;
	struct column rows, w, ww;
	size_t *level[MARGIN_FACTORS], n_levels[MARGIN_FACTORS]; /* the plan's by the file's */
	size_t *part;                                            /* of the tally */
	int64_t *rows_of, *weight_of, *square_of; /* the same as words; NULL when some are wider */
	int64_t *words; /* room for SHARE_PARTS of the columns of a share */
};

static bool refuse(struct reader *r)
{
	return binary_damaged(&r->file, N_("the tally is damaged: a number in it cannot be"));
}

/* The texts of a first file stay: its frame needs no copies. */
static bool read_texts(struct reader *r, bool stay)
{
	struct arena *a = stay ? r->load->arena : &r->scratch;
	struct chunk s;
	bool ok = chunk_open(&r->file, FORMAT_TEXTS, &s);
	uint32_t n = ok ? chunk_u32(&s) : 0;
	const void *length = ok ? chunk_take(&s, n, sizeof(uint32_t)) : NULL;
	size_t bad;

	r->text = arena_new(&r->scratch, length ? n : 0, sizeof *r->text);
	r->n_texts = length ? n : 0;
	for (size_t i = 0; i < r->n_texts && ok; i++) {
		const char *at = chunk_take(&s, binary_u32(length, i), 1);

		if (at)
			r->text[i] = arena_text(a, (struct text){at, binary_u32(length, i)});
		ok = at && (text_check(r->text[i], &bad) || refuse(r));
		if (!at)
			break;
	}
	return chunk_close(&s, ok || s.bad);
}

static bool text_at(struct reader *r, const void *list, size_t i, struct text *out)
{
	uint32_t number = binary_u32(list, i);

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

static bool take_frame(struct reader *r, struct chunk *s)
{
	size_t stages = r->load->answers->frame.stages, n_fpc = r->load->plan->design.n_fpc;
	const void *fpc[FRAME_STAGES] = {NULL}, *strata[FRAME_STAGES], *units[FRAME_STAGES];
	bool fits = chunk_u32(s) == stages;
	size_t n;

	fits = chunk_u32(s) == n_fpc && fits;
	n = r->n_leaves = chunk_u32(s);
	if (chunk_u32(s) != 0 || !fits || n > r->file.head.parts)
		return refuse(r);
	for (size_t i = 0; i < n_fpc; i++)
		fpc[i] = chunk_take(s, n, sizeof(double));
	for (size_t i = 0; i < stages; i++) {
		strata[i] = chunk_take(s, n, sizeof(uint32_t));
		units[i] = chunk_take(s, n, sizeof(uint32_t));
	}
	r->leaf = arena_new(&r->scratch, s->bad ? 0 : n, sizeof *r->leaf);
	for (size_t i = 0; i < n && !s->bad; i++)
		if (!take_leaf(r, i, fpc, strata, units))
			return false;
	return true;
}

static bool take_levels(struct reader *r, struct chunk *s, size_t factor)
{
	size_t n = r->n_levels[factor];
	const void *list = chunk_take(s, n, sizeof(uint32_t));
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
	struct chunk *s = &r->parts;
	bool doubles = r->load->head->about.inexact;

	for (size_t f = 0; f < factors; f++)
		r->n_levels[f] = chunk_u32(s);
	for (size_t f = 0; f < factors; f++)
		if (!take_levels(r, s, f))
			return false;
	r->leaf_of = chunk_take(s, parts, sizeof(uint32_t));
	for (size_t f = 0; f < factors; f++)
		r->level_of[f] = chunk_take(s, parts, sizeof(uint32_t));
	r->selected = chunk_take(s, parts, 1);
	chunk_align(s);
	if (!chunk_column(s, parts, false, &r->rows) || !chunk_column(s, parts, doubles, &r->w) ||
	    !chunk_column(s, parts, doubles, &r->ww))
		return refuse(r);
	return true;
}

/* chunk_count, chunk_total, of words where they are there. */
static uint64_t count_at(const struct column *c, const int64_t *words, size_t i, bool *bad)
{
	if (!words)
		return chunk_count(c, i, bad);
	*bad = *bad || words[i] < 0 || words[i] >> 50 > 0;
	return *bad ? 0 : (uint64_t)words[i];
}

static struct total total_at(const struct column *c, const int64_t *words, size_t i, bool *bad)
{
	return words ? (struct total){.exact = {words[i], c->places}} : chunk_total(c, i, bad);
}

static bool add_part(struct reader *r, size_t i)
{
	size_t level[MARGIN_FACTORS], leaf = binary_u32(r->leaf_of, i);
	struct tally_part p = {.selected = r->selected[i] == 1,
			       .exact = !r->load->head->about.inexact};
	bool bad = leaf >= r->n_leaves || r->selected[i] > 1;

	for (size_t f = 0; f < r->load->plan->n_factors; f++) {
		size_t of_file = binary_u32(r->level_of[f], i);

		bad = bad || of_file > r->n_levels[f];
		level[f] = bad || of_file == 0 ? NO_LEVEL : r->level[f][of_file - 1];
	}
	p.rows = count_at(&r->rows, r->rows_of, i, &bad);
	p.w = total_at(&r->w, r->weight_of, i, &bad);
	p.ww = total_at(&r->ww, r->square_of, i, &bad);
	if (bad)
		return refuse(r);
	p.leaf = r->leaf[leaf];
	p.level = level;
	return tally_load_part(r->load, &p, r->place, &r->part[i], r->file.why);
}

static int64_t *words_of(struct reader *r, const struct column *c)
{
	size_t parts = r->file.head.parts;
	int64_t *words = arena_new(&r->scratch, parts, sizeof *words);

	return chunk_words(c, 0, parts, words) ? words : NULL;
}

#define PART_BYTES 600 /* names, keys and places of a part, about */

/* Every part of a file may be a group of its own. */
static void expect_parts(const struct tally_load *l, uint64_t parts)
{
	const struct sums *s = &l->tally->sums;
	size_t n = l->plan->n_variables;
	size_t each = PART_BYTES + (s->unit[n] + s->group[n]) * sizeof(uint64_t);

	if (parts < SIZE_MAX / each / 2)
		arena_expect(l->arena, parts * each);
}

static bool read_parts(struct reader *r)
{
	struct frame *f = &r->load->answers->frame;
	bool ok, first = frame_leaves(f) == 0;
	struct chunk s;

	expect_parts(r->load, r->file.head.parts);
	if (!read_texts(r, first) || !chunk_open(&r->file, FORMAT_FRAME, &s))
		return false;
	f->lasting = first;
	ok = take_frame(r, &s);
	f->lasting = false;
	if (!chunk_close(&s, ok) || !chunk_open(&r->file, FORMAT_PARTS, &r->parts) ||
	    !take_parts(r))
		return false;
	r->part = arena_new(&r->scratch, r->file.head.parts, sizeof *r->part);
	r->rows_of = words_of(r, &r->rows);
	r->weight_of = words_of(r, &r->w);
	r->square_of = words_of(r, &r->ww);
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

static bool take_sums(struct reader *r, struct chunk *s, enum variable_kind kind, struct sums_of *c)
{
	uint64_t parts = r->file.head.parts;
	bool doubles = r->load->head->about.inexact, ok = true;

	for (enum tally_sum i = 0; i < TALLY__COUNT && ok; i++)
		if (tally_holds(kind, i))
			ok = chunk_column(s, parts, doubles && i != TALLY_N && i != TALLY_ONES,
					  &c->at[i]);
	for (size_t l = 0; l < c->levels && ok; l++)
		ok = chunk_column(s, parts, false, &c->level_n[l]);
	for (size_t l = 0; l < c->levels && ok; l++)
		ok = chunk_column(s, parts, doubles, &c->level_w[l]);
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
	s.n = chunk_count(&c->at[TALLY_N], i, &bad);
	if (tally_holds(kind, TALLY_ONES))
		s.ones = chunk_count(&c->at[TALLY_ONES], i, &bad);
	for (enum tally_sum k = 0; k < TALLY__COUNT; k++)
		if (tally_holds(kind, k) && k != TALLY_N && k != TALLY_ONES)
			*tally_total(&s, k) = chunk_total(&c->at[k], i, &bad);
	if (tally_holds(kind, TALLY_ONES))
		s.wyy = s.wy;
	for (size_t l = 0; l < c->levels; l++) {
		c->n[l] = chunk_count(&c->level_n[l], i, &bad);
		c->w[l] = chunk_total(&c->level_w[l], i, &bad);
	}
	if (bad)
		return refuse(r);
	p.rows = chunk_count(&r->rows, i, &bad);
	p.w = chunk_total(&r->w, i, &bad);
	return tally_load_sums(r->load, r->part[i], &p, variable, &s, c->n, c->w, r->place,
			       r->file.why);
}

enum { SHARE_N, SHARE_ONES, SHARE_W, SHARE_WW, SHARE_WY, SHARE_COLUMNS };

#define SHARE_PARTS ((size_t)1024) /* at a time: what the processor keeps at hand */

/* *n parts from *from on, which then is the first that is left. */
static bool add_some_shares(struct reader *r, const struct column *const *c, size_t variable,
			    size_t n, size_t *from, bool *all)
{
	int64_t *words = r->words;
	struct tally_shares x = {.parts = n,
				 .part = r->part + *from,
				 .selected = r->selected + *from,
				 .rows = r->rows_of + *from,
				 .weight = r->weight_of + *from,
				 .n = words + SHARE_N * n,
				 .ones = words + SHARE_ONES * n,
				 .w = words + SHARE_W * n,
				 .ww = words + SHARE_WW * n,
				 .wy = words + SHARE_WY * n,
				 .weight_places = r->w.places,
				 .w_places = c[SHARE_W]->places,
				 .ww_places = c[SHARE_WW]->places,
				 .wy_places = c[SHARE_WY]->places};
	size_t added;
	bool ok;

	*all = false;
	for (size_t i = 0; i < SHARE_COLUMNS; i++)
		if (!chunk_words(c[i], *from, n, words + i * n))
			return true;
	ok = tally_load_shares(r->load, variable, &x, r->place, &added, r->file.why);
	*from += added;
	*all = added == n;
	return ok;
}

/* Shares of small numbers at once; the others, from *from on, part by part. */
static bool add_shares(struct reader *r, const struct sums_of *sums, size_t variable, size_t *from)
{
	const struct column *const c[SHARE_COLUMNS] = {
		[SHARE_N] = &sums->at[TALLY_N],   [SHARE_ONES] = &sums->at[TALLY_ONES],
		[SHARE_W] = &sums->at[TALLY_W],   [SHARE_WW] = &sums->at[TALLY_WW],
		[SHARE_WY] = &sums->at[TALLY_WY],
	};
	size_t parts = r->file.head.parts;
	bool ok = true, all = r->rows_of && r->weight_of;

	while (ok && all && *from < parts) {
		size_t left = parts - *from, n = left < SHARE_PARTS ? left : SHARE_PARTS;

		ok = add_some_shares(r, c, variable, n, from, &all);
	}
	return ok;
}

/* From part *from on, which then is the first that is left: when `shares`, only what goes at once.
 */
static bool read_variable(struct reader *r, size_t variable, bool shares, size_t *from)
{
	size_t number = r->load->want[variable];
	const struct variable *v = &r->load->head->plan.variable[number];
	size_t levels = v->levels ? v->levels->n : 0;
	struct sums_of c = {.levels = levels,
			    .level_n = arena_new(&r->scratch, levels, sizeof *c.level_n),
			    .level_w = arena_new(&r->scratch, levels, sizeof *c.level_w),
			    .n = arena_new(&r->scratch, levels, sizeof *c.n),
			    .w = arena_new(&r->scratch, levels, sizeof *c.w)};
	struct chunk s;
	bool ok = chunk_open(&r->file, FORMAT_VARIABLE + number, &s) &&
		  (take_sums(r, &s, v->kind, &c) || refuse(r));

	if (ok && shares)
		ok = add_shares(r, &c, variable, from);
	for (; ok && !shares && *from < r->file.head.parts; ++*from)
		ok = add_sums(r, &c, variable, *from);
	return chunk_close(&s, ok);
}

/* The shares of some variables, which no other thread touches. */
static bool read_lane(const struct reader *r, size_t first, size_t end, size_t *from,
		      struct tally_load *load, struct diag *why)
{
	struct reader own = *r;
	bool ok = true;

	own.load = load;
	own.scratch = (struct arena){0};
	own.file.why = why;
	own.words = arena_new(&own.scratch, SHARE_COLUMNS * SHARE_PARTS, sizeof *own.words);
	for (size_t v = first; v < end && ok; v++)
		if (tally_holds(load->plan->variable[v].kind, TALLY_ONES))
			ok = read_variable(&own, v, true, &from[v]);
	arena_release(&own.scratch);
	return ok;
}

/* What goes at once, by several threads; the problem of the first variable is told. */
static bool read_shares(struct reader *r, size_t *from)
{
	size_t n = r->load->plan->n_variables;
	size_t lanes = r->load->threads < n ? r->load->threads : n;
	struct diag *why = arena_new(&r->scratch, lanes, sizeof *why);
	struct tally_load *load = arena_new(&r->scratch, lanes, sizeof *load);

#pragma omp parallel for num_threads((int)(lanes + !lanes)) schedule(static, 1)
	for (size_t i = 0; i < lanes; i++) {
		load[i] = *r->load;
		why[i].translation = r->file.why->translation;
		read_lane(r, n * i / lanes, n * (i + 1) / lanes, from, &load[i], &why[i]);
	}
	for (size_t i = 0; i < lanes; i++) {
		r->load->ones = r->load->ones || load[i].ones;
		if (why[i].errors) {
			diag_append(r->file.why, &why[i]);
			return false;
		}
	}
	return true;
}

static bool read_variables(struct reader *r)
{
	size_t *from = arena_new(&r->scratch, r->load->plan->n_variables, sizeof *from);
	bool ok = read_shares(r, from);

	for (size_t v = 0; v < r->load->plan->n_variables && ok; v++)
		if (from[v] < r->file.head.parts)
			ok = read_variable(r, v, false, &from[v]);
	return ok;
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
	struct chunk s = {.bytes = NULL};
	struct binary f;
	bool ok = binary_open(place.file, &f, why) && chunk_open(&f, FORMAT_PLAN, &s);

	if (ok) {
		uint32_t n = chunk_u32(&s);
		const char *json = chunk_take(&s, n, 1);

		ok = json && tally_head_read(a, (struct text){json, n}, place, out, why);
		ok = chunk_close(&s, ok || !json);
	}
	if (ok && f.tail.sections != FORMAT_VARIABLE + out->plan.n_variables)
		ok = binary_damaged(&f,
				    N_("the tally is damaged: it has other columns than its plan"));
	free(s.bytes);
	binary_close(&f);
	return ok;
}

bool tally_file_read(struct tally_load *l, const char *file, struct diag *why)
{
	struct reader r = {.load = l, .place = {l->head->file, 0, 0}};
	bool ok = binary_open(file, &r.file, why);

	if (ok && r.file.tail.sections != FORMAT_VARIABLE + l->head->plan.n_variables)
		ok = binary_damaged(&r.file, N_("the tally has changed while it was read"));
	ok = ok && read_parts(&r) && read_variables(&r);
	free(r.parts.bytes);
	binary_close(&r.file);
	arena_release(&r.scratch);
	return ok;
}
