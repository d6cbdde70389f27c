#include "survey/quality.h"

#include "base/text.h"
#include "input/csvin.h"
#include "survey/where.h"

#include <math.h>

/* What a pass goes through with. */
struct pass {
	struct arena *arena;
	struct quality *out;
	bool again; /* the second one, without a codebook */
	bool header_read;
	size_t year;            /* column */
	struct text year_words; /* wanted */
	size_t stratum[DESIGN_STRATA], unit, fpc;
	double *answer; /* by column, of the row at work; NaN = none */
	double *gathered;
	bool *compared; /* columns that equal rows are equal in */
};

const char *quality_use_name(enum quality_use u)
{
	static const char *const names[] = {"question", "design", "id", "time", "other"};

	return names[u];
}

bool quality_timed(const struct quality *q)
{
	return q->duration != QUALITY_NO_COLUMN || q->begin != QUALITY_NO_COLUMN;
}

/* ---- the header ---------------------------------------------------------------------------- */

static size_t column_of(const struct quality *q, struct text name)
{
	for (size_t i = 0; name.n && i < q->n_columns; i++)
		if (span_equal(q->column[i].profile.name, name))
			return i;
	return QUALITY_NO_COLUMN;
}

/* A column that must be there, when it has a name. */
static bool need(const struct pass *p, struct text name, enum quality_use use, size_t *column,
		 struct diag *why)
{
	struct quality *q = p->out;

	*column = column_of(q, text_nfc(p->arena, name));
	if (*column == QUALITY_NO_COLUMN)
		return name.n == 0 || diag_at(why, (struct place){q->order.file, 1, 1}, DIAG_DATA,
					      "there is no column \"%.*s\"", SPAN_ARG(name));
	if (q->column[*column].use == QUALITY_OTHER || use == QUALITY_DESIGN)
		q->column[*column].use = use;
	return true;
}

/* The column of that role by name, and of that rank unless it is QUALITY_NO_COLUMN, which has no
 * other use; of several the one with the plainest name. */
static size_t guess(const struct pass *p, enum guess_role role, size_t wanted)
{
	const struct quality *q = p->out;
	size_t found = QUALITY_NO_COLUMN, least = 0, rank;

	for (size_t i = 0; i < q->n_columns; i++)
		if (q->column[i].use == QUALITY_OTHER &&
		    guess_role(p->arena, q->order.guesses, q->column[i].profile.name, &rank) ==
			    role &&
		    (wanted == QUALITY_NO_COLUMN || rank == wanted) &&
		    (found == QUALITY_NO_COLUMN || rank < least)) {
			found = i;
			least = rank;
		}
	return found;
}

static void take_guess(struct quality *q, size_t column, enum quality_use use, const char *what,
		       struct diag *why)
{
	q->column[column].use = use;
	diag_note(why, q->order.file, "column \"%.*s\" is taken for %s, by its name",
		  SPAN_ARG(q->column[column].profile.name), diag_word(why, what));
}

static void guess_id(const struct pass *p, struct diag *why)
{
	struct quality *q = p->out;

	if (q->id != QUALITY_NO_COLUMN)
		return;
	q->id = guess(p, GUESS_RESPONDENT, QUALITY_NO_COLUMN);
	if (q->id != QUALITY_NO_COLUMN)
		take_guess(q, q->id, QUALITY_ID, N_("the respondent's id"), why);
}

static void guess_times(const struct pass *p, struct diag *why)
{
	struct quality *q = p->out;

	if (quality_timed(q))
		return;
	for (size_t rank = 0; rank < guess_ranks(q->order.guesses, GUESS_START); rank++) {
		size_t begin = guess(p, GUESS_START, rank), end = guess(p, GUESS_END, rank);

		if (begin == QUALITY_NO_COLUMN || end == QUALITY_NO_COLUMN)
			continue;
		q->begin = begin;
		q->end = end;
		take_guess(q, begin, QUALITY_TIME, N_("the start of interviews"), why);
		take_guess(q, end, QUALITY_TIME, N_("their end"), why);
		return;
	}
	q->duration = guess(p, GUESS_DURATION, QUALITY_NO_COLUMN);
	if (q->duration != QUALITY_NO_COLUMN)
		take_guess(q, q->duration, QUALITY_TIME, N_("the duration of interviews"), why);
}

static bool find_design(struct pass *p, struct diag *why)
{
	const struct design *d = &p->out->order.design;
	struct quality *q = p->out;
	size_t other;
	bool ok = need(p, d->weight, QUALITY_DESIGN, &q->weight, why) &&
		  need(p, d->province, QUALITY_DESIGN, &q->province, why) &&
		  need(p, d->year, QUALITY_DESIGN, &p->year, why);

	p->unit = p->fpc = QUALITY_NO_COLUMN;
	for (size_t i = 0; ok && i < d->n_strata; i++)
		ok = need(p, d->stratum[i], QUALITY_DESIGN, &p->stratum[i], why);
	for (size_t i = 0; ok && i < d->n_units; i++)
		ok = need(p, d->unit[i], QUALITY_DESIGN, i ? &other : &p->unit, why);
	for (size_t i = 0; ok && i < d->n_fpc; i++)
		ok = need(p, d->fpc[i], QUALITY_DESIGN, i ? &other : &p->fpc, why);
	return ok;
}

/* Whatever has no other use, but what a program of forms adds. */
static void take_questions(struct pass *p)
{
	struct quality *q = p->out;

	for (size_t i = 0; !q->order.book && i < q->n_columns; i++)
		if (q->column[i].use == QUALITY_OTHER &&
		    !span_starts(q->column[i].profile.name, "_") &&
		    !span_starts(q->column[i].profile.name, "meta/"))
			q->column[i].use = QUALITY_QUESTION;
}

static void find_lacking(struct pass *p)
{
	struct quality *q = p->out;
	const struct codebook *book = q->order.book;

	for (size_t i = 0; book && i < book->n; i++) {
		const struct question *one = &book->at[i];

		if (codebook_column(book, q->order.era, one->column) != one ||
		    column_of(q, one->column) != QUALITY_NO_COLUMN)
			continue;
		q->lacking =
			arena_grow(p->arena, (void *)q->lacking, q->n_lacking, sizeof *q->lacking);
		q->lacking[q->n_lacking++] = one;
	}
}

static bool same_levels(const struct question *a, const struct question *b)
{
	bool same = a->n_levels == b->n_levels;

	for (size_t i = 0; same && i < a->n_levels; i++)
		same = span_equal(a->level[i].value, b->level[i].value);
	return same;
}

/* Do two neighbouring columns belong to one block? Without a codebook by their values: whole
 * numbers from 0 to 10 with the same highest; the lowest may be one that nobody gave. */
static bool alike(const struct quality_column *a, const struct quality_column *b)
{
	const struct question *q = a->profile.question, *r = b->profile.question;

	if (q && r)
		return same_levels(q, r);
	return !q && !r && a->profile.high == b->profile.high;
}

static bool in_a_block(const struct quality *q, const struct quality_column *c)
{
	if (c->use != QUALITY_QUESTION)
		return false;
	if (q->order.book)
		return c->profile.question && c->profile.question->kind == QUESTION_LIKERT;
	return profile_content(&c->profile) == PROFILE_WHOLE && c->profile.low >= 0 &&
	       c->profile.high <= 10 && c->profile.low < c->profile.high;
}

static void add_block(struct pass *p, const size_t *of, size_t n)
{
	struct quality *q = p->out;
	struct quality_block *b;

	if (n < STRAIGHT_LEAST)
		return;
	q->block = arena_grow(p->arena, q->block, q->n_blocks, sizeof *q->block);
	b = &q->block[q->n_blocks++];
	b->of = of;
	straight_start(p->arena, n, &b->straight);
}

/* The columns that may be in a block, in the order of the questionnaire, else of the file. */
static size_t in_order(const struct pass *p, size_t *out)
{
	const struct quality *q = p->out;
	const struct codebook *book = q->order.book;
	size_t n = 0;

	for (size_t i = 0; book && i < book->n; i++) {
		size_t c = column_of(q, book->at[i].column);

		if (c != QUALITY_NO_COLUMN && q->column[c].profile.question == &book->at[i])
			out[n++] = c;
	}
	for (size_t i = 0; !book && i < q->n_columns; i++)
		out[n++] = i;
	return n;
}

static void find_blocks(struct pass *p)
{
	struct quality *q = p->out;
	size_t *of = arena_new(p->arena, q->n_columns, sizeof *of), n = in_order(p, of), first = 0;

	for (size_t i = 0; i <= n; i++) {
		bool fits = i < n && in_a_block(q, &q->column[of[i]]);

		if (fits && i > first && alike(&q->column[of[i - 1]], &q->column[of[i]]))
			continue;
		if (i > first)
			add_block(p, of + first, i - first);
		first = fits ? i : i + 1;
	}
	for (size_t i = 0; i < q->n_columns; i++) {
		const struct profile *c = &q->column[i].profile;
		bool all_different = !q->order.book && q->rows > 1 &&
				     (c->many || profile_different(c) == profile_rows(c));

		p->compared[i] = q->column[i].use == QUALITY_QUESTION && !all_different &&
				 !(c->question && c->question->kind == QUESTION_TEXT);
	}
}

static bool start_columns(struct pass *p, const struct csvin_row *row, struct diag *why)
{
	struct quality *q = p->out;
	const struct quality_order *o = &q->order;

	q->n_columns = row->fields;
	q->column = arena_new(p->arena, row->fields, sizeof *q->column);
	p->answer = arena_new(p->arena, row->fields, sizeof *p->answer);
	p->gathered = arena_new(p->arena, row->fields, sizeof *p->gathered);
	p->compared = arena_new(p->arena, row->fields, sizeof *p->compared);
	for (size_t i = 0; i < row->fields; i++) {
		struct text name = text_nfc(p->arena, arena_text(p->arena, row->field[i]));
		const struct question *one =
			o->book ? codebook_column(o->book, o->era, name) : NULL;

		for (size_t k = 0; k < i; k++)
			if (span_equal(q->column[k].profile.name, name))
				return diag_at(why, csvin_place(row, i), DIAG_DATA,
					       "column \"%.*s\" stands twice", SPAN_ARG(name));
		profile_start(p->arena, name, one, o->book != NULL, &q->column[i].profile);
		q->column[i].use = one ? QUALITY_QUESTION : QUALITY_OTHER;
	}
	return true;
}

static bool take_header(struct pass *p, const struct csvin_row *row, struct diag *why)
{
	struct quality *q = p->out;
	const struct quality_order *o = &q->order;

	if (!start_columns(p, row, why) || !find_design(p, why) ||
	    !need(p, o->id, QUALITY_ID, &q->id, why) ||
	    !need(p, o->begin, QUALITY_TIME, &q->begin, why) ||
	    !need(p, o->end, QUALITY_TIME, &q->end, why) ||
	    !need(p, o->duration, QUALITY_TIME, &q->duration, why))
		return false;
	guess_id(p, why);
	guess_times(p, why);
	take_questions(p);
	find_lacking(p);
	if (o->book)
		find_blocks(p);
	sampled_start(p->arena, o->design.n_units > 0, &q->sampled);
	return true;
}

/* ---- rows ---------------------------------------------------------------------------------- */

static void take_cells(struct pass *p, const struct csvin_row *row, size_t place)
{
	struct quality *q = p->out;

	for (size_t i = 0; i < q->n_columns; i++) {
		struct quality_column *c = &q->column[i];

		if (profile_take(&c->profile, row->field[i], &p->answer[i]) > PROFILE_CODED)
			continue;
		for (; c->n_missing <= place; c->n_missing++)
			c->missing =
				arena_grow(p->arena, c->missing, c->n_missing, sizeof *c->missing);
		c->missing[place]++;
	}
}

/* A hash of all answers stands for them: that two of n rows share one by chance has the chance
 * n^2 / 2^65, below one in a million for five million rows. */
static void take_same(struct pass *p, const struct csvin_row *row, size_t place)
{
	uint64_t hash = 0;
	size_t answers = 0;
	double one = NAN;
	bool differ = false;

	for (size_t i = 0; i < p->out->n_columns; i++) {
		if (!p->compared[i])
			continue;
		hash = dict_hash((size_t)hash, row->field[i]);
		if (isnan(p->answer[i]))
			continue;
		differ = differ || (answers && p->answer[i] != one);
		one = p->answer[i];
		answers++;
	}
	if (answers >= QUALITY_ANSWERS && differ)
		repeats_add(&p->out->same, (struct text){(const char *)&hash, sizeof hash},
			    row->line, place);
}

static void take_blocks(struct pass *p, size_t place)
{
	struct quality *q = p->out;

	for (size_t b = 0; b < q->n_blocks; b++) {
		struct quality_block *block = &q->block[b];

		for (size_t i = 0; i < block->straight.n; i++)
			p->gathered[i] = p->answer[block->of[i]];
		straight_take(&block->straight, p->gathered, place);
	}
}

static void take_sampled(struct pass *p, const struct csvin_row *row, size_t place)
{
	struct quality *q = p->out;
	struct text part[DESIGN_STRATA] = {{"", 0}};
	size_t n = q->order.design.n_strata;
	double population = INFINITY;

	for (size_t i = 0; i < n; i++)
		part[i] = text_nfc(p->arena, row->field[p->stratum[i]]);
	if (p->fpc != QUALITY_NO_COLUMN && !number_parse(row->field[p->fpc], &population))
		population = INFINITY;
	sampled_take(&q->sampled, design_join(p->arena, part, n ? n : 1),
		     p->unit == QUALITY_NO_COLUMN ? span_of("")
						  : text_nfc(p->arena, row->field[p->unit]),
		     population, place, row->line);
}

static void take_id(struct pass *p, const struct csvin_row *row, size_t place)
{
	struct quality *q = p->out;
	struct text id;

	if (q->id == QUALITY_NO_COLUMN)
		return;
	id = span_trim(row->field[q->id]);
	if (id.n == 0)
		q->blank_ids++;
	else
		repeats_add(&q->ids, text_nfc(p->arena, id), row->line, place);
}

static void take_times(struct pass *p, const struct csvin_row *row, size_t place)
{
	struct quality *q = p->out;

	if (q->duration != QUALITY_NO_COLUMN)
		pace_took(&q->pace, row->field[q->duration], place);
	else if (q->begin != QUALITY_NO_COLUMN && q->end != QUALITY_NO_COLUMN)
		pace_between(&q->pace, row->field[q->begin], row->field[q->end], place);
}

static void take_weight(struct pass *p, const struct csvin_row *row, size_t place)
{
	struct quality *q = p->out;
	struct coverage_place *at = &q->coverage.place[place];
	double w = q->weight == QUALITY_NO_COLUMN
			   ? 1
			   : weights_take(&q->weights, row->field[q->weight]);

	if (w == 0)
		return;
	at->weight += w;
	at->least = at->least == 0 || w < at->least ? w : at->least;
	at->most = w > at->most ? w : at->most;
}

/* Columns that are counted on their own, and those of the design. */
static void take_first(struct pass *p, const struct csvin_row *row, size_t place)
{
	struct quality *q = p->out;

	q->rows++;
	take_weight(p, row, place);
	take_sampled(p, row, place);
	take_times(p, row, place);
	take_cells(p, row, place);
}

static bool take_row(void *context, const struct csvin_row *row, struct diag *why)
{
	struct pass *p = context;
	struct quality *q = p->out;
	struct text none = {"", 0}, province;
	size_t place;

	if (!p->header_read) {
		p->header_read = true;
		return p->again || take_header(p, row, why);
	}
	if (q->order.by_year && p->year != QUALITY_NO_COLUMN &&
	    !where_same(row->field[p->year], p->year_words))
		return true;
	province = q->province == QUALITY_NO_COLUMN ? none : row->field[q->province];
	place = coverage_take(&q->coverage, province, row->line);
	if (q->coverage.n > COVERAGE_PLACES)
		return diag_at(why, csvin_place(row, q->province), DIAG_DATA,
			       "column \"%.*s\" has more than %d different values, too many for "
			       "provinces",
			       SPAN_ARG(q->column[q->province].profile.name), COVERAGE_PLACES);
	if (!p->again)
		take_id(p, row, place);
	if (q->order.self && q->coverage.place[place].province != q->order.self)
		return true;
	if (!p->again)
		take_first(p, row, place);
	for (size_t i = 0; p->again && i < q->n_columns; i++)
		p->answer[i] = profile_answer(&q->column[i].profile, row->field[i]);
	if (p->again || q->order.book) {
		take_same(p, row, place);
		take_blocks(p, place);
	}
	return true;
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* The second pass: which columns are of one kind is known. */
static bool read_again(struct pass *p, struct diag *why)
{
	struct quality *q = p->out;
	struct coverage counted = q->coverage;

	find_blocks(p);
	coverage_start(p->arena, q->order.provinces, q->order.year, &q->coverage);
	p->again = true;
	p->header_read = false;
	if (!csvin_read_as(q->order.file, &q->order.form, take_row, p, why))
		return false;
	q->coverage = counted;
	return true;
}

bool quality_read(struct arena *a, const struct quality_order *o, struct quality *out,
		  struct diag *why)
{
	struct pass p = {.arena = a, .out = out, .year_words = arena_format(a, "%ld", o->year)};
	size_t errors = why->errors;

	*out = (struct quality){.order = *o};
	out->id = out->begin = out->end = out->duration = QUALITY_NO_COLUMN;
	repeats_start(a, &out->ids);
	repeats_start(a, &out->same);
	pace_start(a, &out->pace);
	weights_start(a, &out->weights);
	coverage_start(a, o->provinces, o->year, &out->coverage);
	if (!csvin_read_as(o->file, &o->form, take_row, &p, why) ||
	    (!o->book && !read_again(&p, why)))
		return false;
	repeats_finish(&out->ids);
	repeats_finish(&out->same);
	pace_finish(&out->pace);
	weights_finish(&out->weights);
	sampled_finish(&out->sampled);
	coverage_finish(&out->coverage);
	return why->errors == errors;
}

bool quality_counts(const struct quality_column *c)
{
	return c->profile.question ? c->profile.question->kind != QUESTION_TEXT
				   : c->use == QUALITY_QUESTION;
}

double quality_missing(const struct quality *q, size_t place)
{
	size_t missing = 0, all = 0;

	for (size_t i = 0; i < q->n_columns; i++) {
		const struct quality_column *c = &q->column[i];

		if (!quality_counts(c))
			continue;
		if (place == QUALITY_NO_COLUMN)
			missing += profile_missing(&c->profile);
		else if (place < c->n_missing)
			missing += c->missing[place];
		all += place == QUALITY_NO_COLUMN ? q->rows : q->coverage.place[place].rows;
	}
	return all ? (double)missing / (double)all : NAN;
}
