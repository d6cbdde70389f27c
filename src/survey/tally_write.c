#include "survey/tally_write.h"

#include "survey/tally_format.h"
#include "survey/tally_order.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

struct bytes {
	unsigned char *at;
	size_t n, room;
	bool short_of_memory;
};

struct writer {
	struct arena *arena;
	const struct tally *tally;
	const size_t *order;
	FILE *out;
	struct format_head head;
	struct format_section *table;
	size_t sections;
	uint64_t offset;
	struct bytes bytes; /* of the section at work */
	struct dict *texts;
	int128 *value; /* columns */
	bool *first;   /* by part: of its group; NULL = by part */
};

static void add(struct bytes *b, const void *from, size_t n)
{
	size_t room = b->room ? b->room : 4096;
	unsigned char *at;

	while (room - b->n < n)
		room *= 2;
	if (room != b->room) {
		at = realloc(b->at, room);
		if (!at) {
			b->short_of_memory = true;
			return;
		}
		b->at = at;
		b->room = room;
	}
	if (n && b->at)
		memcpy(b->at + b->n, from, n);
	b->n += n;
}

static void add_u32(struct bytes *b, size_t x)
{
	uint32_t narrow = (uint32_t)x;

	add(b, &narrow, sizeof narrow);
}

static void fill(struct bytes *b)
{
	static const unsigned char zeros[FORMAT_ALIGNED];

	add(b, zeros, (FORMAT_ALIGNED - b->n % FORMAT_ALIGNED) % FORMAT_ALIGNED);
}

static void end_section(struct writer *w, enum format_kind kind, size_t number)
{
	struct format_section *s;

	fill(&w->bytes);
	w->table = arena_grow(w->arena, w->table, w->sections, sizeof *w->table);
	s = &w->table[w->sections++];
	*s = (struct format_section){.kind = kind,
				     .number = (uint32_t)number,
				     .offset = w->offset,
				     .size = w->bytes.n,
				     .sum = XXH3_64bits(w->bytes.at, w->bytes.n)};
	fwrite(w->bytes.at, 1, w->bytes.n, w->out);
	w->offset += w->bytes.n;
	w->bytes.n = 0;
}

static size_t text(struct writer *w, struct text s)
{
	return dict_add(w->texts, 0, s, NULL);
}

static void write_texts(struct writer *w)
{
	add_u32(&w->bytes, w->texts->n);
	for (size_t i = 0; i < w->texts->n; i++)
		add_u32(&w->bytes, w->texts->entry[i].name.n);
	for (size_t i = 0; i < w->texts->n; i++)
		add(&w->bytes, w->texts->entry[i].name.at, w->texts->entry[i].name.n);
	end_section(w, FORMAT_TEXTS, 0);
}

/* Leaves in the order of the parts; gives the number of each in the file. */
static size_t *number_leaves(struct writer *w, size_t **leaf, size_t *n)
{
	size_t leaves = frame_leaves(&w->tally->answers->frame);
	size_t *number = arena_new(w->arena, leaves, sizeof *number);

	*leaf = arena_new(w->arena, leaves, sizeof **leaf);
	*n = 0;
	for (size_t i = 0; i < w->head.parts; i++) {
		size_t l = tally_part(w->tally, w->order[i]).leaf;

		if (number[l] == 0) {
			(*leaf)[(*n)++] = l;
			number[l] = *n;
		}
	}
	return number;
}

static void write_frame(struct writer *w, const size_t *leaf, size_t n)
{
	const struct frame *f = &w->tally->answers->frame;
	size_t n_fpc = w->tally->plan->design.n_fpc;
	struct frame_name *names = arena_new(w->arena, n * f->stages, sizeof *names);

	add_u32(&w->bytes, f->stages);
	add_u32(&w->bytes, n_fpc);
	add_u32(&w->bytes, n);
	add_u32(&w->bytes, 0);
	for (size_t i = 0; i < n; i++)
		frame_names(f, leaf[i], names + i * f->stages);
	for (size_t s = 0; s < n_fpc; s++)
		for (size_t i = 0; i < n; i++)
			add(&w->bytes, &names[i * f->stages + s].population, sizeof(double));
	for (size_t s = 0; s < f->stages; s++) {
		for (size_t i = 0; i < n; i++)
			add_u32(&w->bytes, text(w, names[i * f->stages + s].stratum));
		for (size_t i = 0; i < n; i++)
			add_u32(&w->bytes, text(w, names[i * f->stages + s].unit));
	}
	end_section(w, FORMAT_FRAME, 0);
}

/* As many zeros as all values end in are taken off. */
static int shorten(int128 *value, size_t n, int places)
{
	for (; places > 0; places--) {
		for (size_t i = 0; i < n; i++)
			if (value[i] >> 63 == 0 ? (uint64_t)value[i] % 10 : value[i] % 10)
				return places;
		for (size_t i = 0; i < n; i++)
			value[i] /= 10;
	}
	return places;
}

static enum format_form form_of(const int128 *value, size_t n)
{
	int128 least = 0, most = 0;

	for (size_t i = 0; i < n; i++) {
		least = value[i] < least ? value[i] : least;
		most = value[i] > most ? value[i] : most;
	}
	if (least == 0 && most == 0)
		return FORM_ZEROS;
	for (int size = 1; size < 16; size *= 2)
		if (most >> (8 * size - 1) == 0 && least >> (8 * size - 1) >= -1)
			return (enum format_form)size;
	return FORM_16;
}

/* A column; its numbers are shortened where they stand. */
static void write_column(struct writer *w, int128 *value, bool doubles, int places)
{
	size_t n = w->head.parts, size;
	struct format_column head = {.form = FORM_DOUBLE};

	if (!doubles) {
		head.places = (uint32_t)shorten(value, n, places);
		head.form = form_of(value, n);
	}
	size = doubles ? sizeof(double) : head.form;
	head.bytes = (n * size + FORMAT_ALIGNED - 1) / FORMAT_ALIGNED * FORMAT_ALIGNED;
	add(&w->bytes, &head, sizeof head);
	for (size_t i = 0; i < n && size; i++) {
		int8_t one = (int8_t)value[i];
		int16_t two = (int16_t)value[i];
		int32_t four = (int32_t)value[i];
		int64_t eight = (int64_t)value[i];

		switch (head.form) {
		case FORM_1: add(&w->bytes, &one, size); break;
		case FORM_2: add(&w->bytes, &two, size); break;
		case FORM_4: add(&w->bytes, &four, size); break;
		case FORM_8: add(&w->bytes, &eight, size); break;
		default: add(&w->bytes, &value[i], size); break;
		}
	}
	fill(&w->bytes);
}

static int128 as_bits(double x)
{
	int128 bits = 0;

	memcpy(&bits, &x, sizeof x);
	return bits;
}

/* A part; in a tally by groups only the first part of a group has what the group holds. */
static struct tally_part part_of(const struct writer *w, size_t i)
{
	struct tally_part p = tally_part(w->tally, w->order[i]);

	if (w->first && !w->first[w->order[i]]) {
		p.rows = 0;
		p.w = p.ww = (struct total){0};
	}
	return p;
}

static struct part_sums sums_of(const struct writer *w, size_t i, size_t v, size_t level)
{
	struct part_sums s = tally_load_read(w->tally, w->order[i], v, level);

	if (w->first && !w->first[w->order[i]]) {
		s.n = s.ones = 0;
		s.ww = s.wxx = s.wxy = (struct total){0};
	}
	return s;
}

/* One more of the column at work. Exact sums of one kind all have the same places. */
static void take(const struct writer *w, size_t i, const struct total *t, int128 *value,
		 int *places)
{
	value[i] = w->tally->sums.exact ? t->exact.value : as_bits(t->inexact);
	if (t->exact.value && t->exact.places > *places)
		*places = t->exact.places;
}

static void write_parts_totals(struct writer *w, bool squares)
{
	int places = 0;

	for (size_t i = 0; i < w->head.parts; i++) {
		struct tally_part p = part_of(w, i);

		take(w, i, squares ? &p.ww : &p.w, w->value, &places);
	}
	write_column(w, w->value, !w->tally->sums.exact, places);
}

static void write_levels(struct writer *w, size_t *const *rank)
{
	const struct plan *p = w->tally->plan;

	for (size_t f = 0; f < p->n_factors; f++)
		add_u32(&w->bytes, p->factor[f].levels->n);
	for (size_t f = 0; f < p->n_factors; f++) {
		const struct dict *levels = p->factor[f].levels;
		size_t *level = arena_new(w->arena, levels->n, sizeof *level);

		for (size_t l = 0; l < levels->n; l++)
			level[rank[f][l] - 1] = l;
		for (size_t l = 0; l < levels->n; l++)
			add_u32(&w->bytes, text(w, levels->entry[level[l]].name));
	}
}

static void write_parts(struct writer *w, const size_t *number)
{
	const struct plan *p = w->tally->plan;
	size_t **rank = arena_new(w->arena, p->n_factors, sizeof *rank);

	for (size_t f = 0; f < p->n_factors; f++)
		rank[f] = tally_order_ranks(w->arena, p->factor[f].levels);
	write_levels(w, rank);
	for (size_t i = 0; i < w->head.parts; i++)
		add_u32(&w->bytes, number[tally_part(w->tally, w->order[i]).leaf] - 1);
	for (size_t f = 0; f < p->n_factors; f++)
		for (size_t i = 0; i < w->head.parts; i++) {
			size_t level = tally_part(w->tally, w->order[i]).level[f];

			add_u32(&w->bytes, level == NO_LEVEL ? 0 : rank[f][level]);
		}
	for (size_t i = 0; i < w->head.parts; i++) {
		uint8_t selected = tally_part(w->tally, w->order[i]).selected;

		add(&w->bytes, &selected, 1);
	}
	fill(&w->bytes);
	for (size_t i = 0; i < w->head.parts; i++)
		w->value[i] = (int128)part_of(w, i).rows;
	write_column(w, w->value, false, 0);
	write_parts_totals(w, false);
	write_parts_totals(w, true);
	end_section(w, FORMAT_PARTS, 0);
}

/* All of a variable but what it has by level, in one pass. */
static void write_sums(struct writer *w, size_t v)
{
	enum variable_kind kind = w->tally->plan->variable[v].kind;
	int128 *value[TALLY__COUNT];
	int places[TALLY__COUNT] = {0};
	size_t n = w->head.parts;

	for (enum tally_sum k = 0; k < TALLY__COUNT; k++)
		value[k] = w->value + k * n;
	for (size_t i = 0; i < n; i++) {
		struct part_sums s = sums_of(w, i, v, 0);

		value[TALLY_N][i] = (int128)s.n;
		value[TALLY_ONES][i] = (int128)s.ones;
		for (enum tally_sum k = 0; k < TALLY__COUNT; k++)
			if (k != TALLY_N && k != TALLY_ONES && tally_holds(kind, k))
				take(w, i, tally_total(&s, k), value[k], &places[k]);
	}
	for (enum tally_sum k = 0; k < TALLY__COUNT; k++)
		if (tally_holds(kind, k))
			write_column(w, value[k],
				     !w->tally->sums.exact && k != TALLY_N && k != TALLY_ONES,
				     places[k]);
}

static void write_level(struct writer *w, size_t v, size_t level, bool counts)
{
	int places = 0;

	for (size_t i = 0; i < w->head.parts; i++) {
		struct part_sums s = sums_of(w, i, v, level);

		w->value[i] = (int128)s.ones;
		if (!counts)
			take(w, i, &s.wy, w->value, &places);
	}
	write_column(w, w->value, !w->tally->sums.exact && !counts, places);
}

static void write_variable(struct writer *w, size_t v)
{
	size_t n, *level = tally_plan_levels(w->arena, &w->tally->plan->variable[v], &n);

	write_sums(w, v);
	for (size_t l = 0; l < n; l++)
		write_level(w, v, level[l], true);
	for (size_t l = 0; l < n; l++)
		write_level(w, v, level[l], false);
	end_section(w, FORMAT_VARIABLE, v);
}

static void write_end(struct writer *w)
{
	size_t table = w->sections * sizeof *w->table;
	struct format_tail tail = {.table = w->offset,
				   .sections = w->sections,
				   .size = w->offset + table + sizeof tail};

	add(&w->bytes, &w->head, sizeof w->head);
	add(&w->bytes, w->table, table);
	tail.sum = XXH3_64bits(w->bytes.at, w->bytes.n);
	memcpy(tail.ending, FORMAT_ENDING, sizeof tail.ending);
	fwrite(w->table, 1, table, w->out);
	fwrite(&tail, 1, sizeof tail, w->out);
}

static bool *first_parts(struct arena *a, const struct tally *t, const size_t *order)
{
	bool *first = arena_new(a, tally_parts(t), sizeof *first);
	bool *known = arena_new(a, t->groups->n, sizeof *known);

	if (t->plan->by_part)
		return NULL;
	for (size_t i = 0; i < tally_parts(t); i++) {
		first[order[i]] = !known[t->part[order[i]].group];
		known[t->part[order[i]].group] = true;
	}
	return first;
}

bool tally_write(struct arena *a, const struct tally *t, const struct tally_about *about,
		 const size_t *order, FILE *out)
{
	struct writer w = {.arena = a,
			   .tally = t,
			   .order = order,
			   .out = out,
			   .head = {.endian = FORMAT_ENDIAN,
				    .version = FORMAT_VERSION,
				    .parts = tally_parts(t)},
			   .offset = sizeof w.head,
			   .texts = dict_new(a),
			   .value = arena_new(a, TALLY__COUNT * tally_parts(t), sizeof *w.value),
			   .first = first_parts(a, t, order)};
	struct text plan = tally_load_told(a, t, about);
	size_t *leaf, leaves, *number = number_leaves(&w, &leaf, &leaves);

	memcpy(w.head.magic, FORMAT_MAGIC, sizeof w.head.magic);
	fwrite(&w.head, 1, sizeof w.head, out);
	add_u32(&w.bytes, plan.n);
	add(&w.bytes, plan.at, plan.n);
	end_section(&w, FORMAT_PLAN, 0);
	write_frame(&w, leaf, leaves);
	write_parts(&w, number);
	write_texts(&w); /* behind what has named them */
	for (size_t v = 0; v < t->plan->n_variables; v++)
		write_variable(&w, v);
	write_end(&w);
	free(w.bytes.at);
	return plan.n && !w.bytes.short_of_memory && fflush(out) == 0 && !ferror(out);
}
