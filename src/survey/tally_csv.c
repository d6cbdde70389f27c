#include "survey/tally_csv.h"

#include "base/csvout.h"
#include "base/number.h"
#include "base/text.h"
#include "survey/refused.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char *const prefixes[TALLY__COUNT] = {
	[TALLY_N] = "n",    [TALLY_W] = "w",     [TALLY_WW] = "ww",
	[TALLY_ONES] = "k", [TALLY_WY] = "wy",   [TALLY_WYY] = "wyy",
	[TALLY_WX] = "wx",  [TALLY_WXX] = "wxx", [TALLY_WXY] = "wxy",
};

/* ---- which file ---------------------------------------------------------------------------- */

static bool take_heading(void *context, const struct csvin_row *row, struct diag *why)
{
	bool *is = context, selected = false, ww = false;

	(void)why;
	for (size_t i = 0; i < row->fields; i++) {
		selected = selected || span_is(row->field[i], "selected");
		ww = ww || span_is(row->field[i], "ww");
	}
	*is = span_is(row->field[0], "tally") && selected && ww;
	return false;
}

bool tally_csv_is(const char *file)
{
	struct diag ignored = {0};
	struct stat s;
	bool is = false;

	if (stat(file, &s) == 0 && S_ISREG(s.st_mode))
		csvin_read(file, take_heading, &is, &ignored);
	return is;
}

struct finder {
	struct arena *arena;
	size_t column;
	bool header_read;
	struct text json; /* at == NULL: not found */
	struct place at;
};

static bool find_plan(void *context, const struct csvin_row *row, struct diag *why)
{
	struct finder *f = context;

	if (!f->header_read) {
		f->header_read = true;
		while (f->column < row->fields && !span_is(row->field[f->column], "tally"))
			f->column++;
		return f->column < row->fields ||
		       diag_at(why, (struct place){row->file, row->line, 1}, DIAG_DATA,
			       "this is no tally: there is no column \"tally\"");
	}
	if (row->field[f->column].n == 0)
		return true;
	f->json = arena_text(f->arena, row->field[f->column]);
	f->at = csvin_place(row, f->column);
	return false;
}

bool tally_csv_head(struct arena *a, const char *file, struct tally_head *out, struct diag *why)
{
	struct finder f = {.arena = a};

	file = arena_string(a, span_of(file));
	csvin_read(file, find_plan, &f, why);
	if (f.json.at)
		return tally_head_read(a, f.json, f.at, out, why);
	return why->errors > 0 ? false
			       : diag_at(why, (struct place){file, 1, 1}, DIAG_DATA,
					 "no row of the tally has a plan in column \"tally\"");
}

/* ---- columns ------------------------------------------------------------------------------- */

#define NOWHERE ((size_t)-1)

struct columns_of {
	bool absent; /* in the result of another statement */
	size_t at[TALLY__COUNT];
	size_t *level_n, *level_w;
};

struct tally_csv {
	struct tally_load *load;
	struct arena *arena;
	struct dict *header;
	bool *used, header_read, plan_read, has_rows;
	struct text plan;
	size_t tally, selected, rows, w, ww;
	size_t stratum[DESIGN_STRATA], unit[FRAME_STAGES], fpc[FRAME_STAGES];
	size_t factor[MARGIN_FACTORS], level[MARGIN_FACTORS];
	struct columns_of *variable; /* of the file */
	uint64_t *level_n;
	struct total *level_w;
	struct refused refused;
	bool inexact;        /* of columns: sums; of the row: sums are doubles */
	struct place *place; /* of the row's fields; NULL until one is wrong */
	const char *file;
};

struct tally_csv *tally_csv_start(struct tally_load *l)
{
	struct tally_csv *r = arena_new(l->arena, 1, sizeof *r);
	const struct plan *p = &l->head->plan;
	size_t most = 1;

	for (size_t i = 0; i < p->n_variables; i++)
		if (p->variable[i].levels && p->variable[i].levels->n > most)
			most = p->variable[i].levels->n;
	*r = (struct tally_csv){.load = l,
				.arena = l->arena,
				.header = dict_new(l->arena),
				.refused = {.arena = l->arena},
				.file = l->head->file,
				.variable =
					arena_new(l->arena, p->n_variables, sizeof *r->variable),
				.level_n = arena_new(l->arena, most, sizeof *r->level_n),
				.level_w = arena_new(l->arena, most, sizeof *r->level_w)};
	return r;
}

static bool find_column(struct tally_csv *r, const struct csvin_row *header, const char *name,
			size_t *column, struct diag *why)
{
	*column = dict_find(r->header, 0, span_of(name));
	if (*column == DICT_NONE)
		return diag_at(why, (struct place){r->file, header->line, 1}, DIAG_DATA,
			       "the tally has no column \"%s\", which its plan calls for", name);
	r->used[*column] = true;
	return true;
}

static bool find_numbered(struct tally_csv *r, const struct csvin_row *header, const char *prefix,
			  size_t number, size_t *column, struct diag *why)
{
	return find_column(r, header, arena_format(r->arena, "%s%zu", prefix, number).at, column,
			   why);
}

static bool find_several(struct tally_csv *r, const struct csvin_row *header, const char *prefix,
			 size_t n, size_t *column, struct diag *why)
{
	for (size_t i = 0; i < n; i++)
		if (!find_numbered(r, header, prefix, i + 1, &column[i], why))
			return false;
	return true;
}

static bool find_variable(struct tally_csv *r, const struct csvin_row *header, size_t v,
			  struct diag *why)
{
	const struct variable *variable = &r->load->head->plan.variable[v];
	size_t levels = variable->levels ? variable->levels->n : 0;
	struct columns_of *c = &r->variable[v];

	c->absent = dict_find(r->header, 0, span_of("bad_weight")) != DICT_NONE &&
		    dict_find(r->header, 0, arena_format(r->arena, "n%zu", v + 1)) == DICT_NONE;
	r->load->partial = r->load->partial || c->absent;
	if (c->absent)
		return true;
	for (enum tally_sum s = 0; s < TALLY__COUNT; s++)
		if (tally_holds(variable->kind, s) &&
		    !find_numbered(r, header, prefixes[s], v + 1, &c->at[s], why))
			return false;
	c->level_n = arena_new(r->arena, levels, sizeof *c->level_n);
	c->level_w = arena_new(r->arena, levels, sizeof *c->level_w);
	if (!find_several(r, header, arena_format(r->arena, "n%zu_", v + 1).at, levels, c->level_n,
			  why) ||
	    !find_several(r, header, arena_format(r->arena, "w%zu_", v + 1).at, levels, c->level_w,
			  why))
		return false;
	return true;
}

static bool take_names(struct tally_csv *r, const struct csvin_row *header, struct diag *why)
{
	bool fresh;

	r->header_read = true;
	r->used = arena_new(r->arena, header->fields, sizeof *r->used);
	for (size_t i = 0; i < header->fields; i++) {
		dict_add(r->header, 0, header->field[i], &fresh);
		if (!fresh)
			return diag_at(why, csvin_place(header, i), DIAG_DATA,
				       "column \"%.*s\" stands twice", SPAN_ARG(header->field[i]));
	}
	return true;
}

static bool take_header(struct tally_csv *r, const struct csvin_row *header, struct diag *why)
{
	const struct plan *p = &r->load->head->plan;
	const struct design *d = &p->design;

	if (!take_names(r, header, why) || !find_column(r, header, "tally", &r->tally, why) ||
	    !find_several(r, header, "h", d->n_strata, r->stratum, why) ||
	    !find_several(r, header, "u", d->n_units, r->unit, why) ||
	    !find_several(r, header, "f", d->n_fpc, r->fpc, why) ||
	    !find_several(r, header, "g", p->n_factors, r->factor, why) ||
	    !find_column(r, header, "selected", &r->selected, why) ||
	    !find_column(r, header, "rows", &r->rows, why) ||
	    !find_column(r, header, "w", &r->w, why) || !find_column(r, header, "ww", &r->ww, why))
		return false;
	for (size_t v = 0; v < p->n_variables; v++)
		if (!find_variable(r, header, v, why))
			return false;
	for (size_t i = 0; i < header->fields; i++)
		if (!r->used[i] && !refused_takes(&r->refused, header, i))
			return diag_at(why, csvin_place(header, i), DIAG_DATA,
				       "column \"%.*s\" is not one that the plan calls for",
				       SPAN_ARG(header->field[i]));
	return true;
}

/* ---- cells --------------------------------------------------------------------------------- */

static bool wrong(const struct csvin_row *row, size_t column, const char *expected,
		  struct diag *why)
{
	return diag_at(why, csvin_place(row, column), DIAG_DATA, "\"%.*s\" is not %s",
		       SPAN_ARG(row->field[column]), diag_word(why, expected));
}

static bool take_whole(const struct csvin_row *row, size_t column, uint64_t *out, struct diag *why)
{
	struct text s = row->field[column];

	*out = 0;
	if (s.n == 0 || s.n > 15)
		return wrong(row, column, N_("a number of rows"), why);
	for (size_t i = 0; i < s.n; i++) {
		if (s.at[i] < '0' || s.at[i] > '9')
			return wrong(row, column, N_("a number of rows"), why);
		*out = *out * 10 + (uint64_t)(s.at[i] - '0');
	}
	return true;
}

/* As large as sums may be, so that adding some of them does not overflow. */
static bool in_bounds(struct decimal d)
{
	return d.places <= 30 && d.value < decimal_power(36) && d.value > -decimal_power(36);
}

/* Digits behind the point that a double does not see, and number_parse does not read. */
static struct text cut(struct text s)
{
	size_t point = span_find(s, (struct text)TEXT("."));

	return point < 30 && s.n > 60 ? (struct text){s.at, 60} : s;
}

/* Statements do not know how many digits there will be: a number with more than exact sums take
 * makes its part inexact. */
static bool fits(const struct tally_csv *r, const struct csvin_row *row)
{
	struct decimal d;

	for (size_t i = 0; i < row->fields && r->refused.n; i++)
		if (row->field[i].n > 30 && span_starts(r->header->entry[i].name, "w") &&
		    (!decimal_parse(row->field[i], &d) || !in_bounds(d)))
			return false;
	return true;
}

static bool take_total(const struct tally_csv *r, const struct csvin_row *row, size_t column,
		       struct total *out, struct diag *why)
{
	struct text s = row->field[column];

	*out = (struct total){0};
	if (r->inexact)
		return (number_parse(cut(s), &out->inexact) && fabs(out->inexact) < 1e100) ||
		       wrong(row, column, N_("a number"), why);
	return (decimal_parse(s, &out->exact) && in_bounds(out->exact)) ||
	       wrong(row, column, N_("a number, or one with too many digits"), why);
}

static bool blank(const struct tally_csv *r, struct text cell)
{
	return cell.n == 0 ||
	       (!r->load->plan->codebook && (span_is(cell, "NA") || span_is(cell, ".")));
}

static bool design_cell(const struct tally_csv *r, const struct csvin_row *row, size_t column,
			struct text *cell, struct diag *why)
{
	*cell = text_nfc(r->arena, row->field[column]);
	return !blank(r, *cell) || diag_at(why, csvin_place(row, column), DIAG_DATA,
					   "a column of the design is blank; every part must name "
					   "its stratum and unit");
}

/* ---- parts --------------------------------------------------------------------------------- */

static bool take_frame(const struct tally_csv *r, const struct csvin_row *row, size_t *leaf,
		       struct diag *why)
{
	const struct design *d = &r->load->plan->design;
	struct frame *f = &r->load->answers->frame;
	struct text cell, stratum[DESIGN_STRATA];
	struct frame_name names[FRAME_STAGES];

	for (size_t i = 0; i < f->stages; i++)
		names[i] = (struct frame_name){{"", 0}, {"", 0}, INFINITY};
	for (size_t i = 0; i < d->n_strata; i++)
		if (!design_cell(r, row, r->stratum[i], &stratum[i], why))
			return false;
	if (d->n_strata)
		names[0].stratum = design_join(r->arena, stratum, d->n_strata);
	for (size_t i = 0; i < d->n_units; i++)
		if (!design_cell(r, row, r->unit[i], &names[i].unit, why))
			return false;
	for (size_t i = 0; i < d->n_fpc; i++)
		if (!design_cell(r, row, r->fpc[i], &cell, why) ||
		    ((!number_parse(cell, &names[i].population) || names[i].population <= 0) &&
		     !wrong(row, r->fpc[i], N_("the number of units in the population"), why)))
			return false;
	return frame_add(f, names, (struct place){r->file, row->line, 1}, leaf, why);
}

static bool take_part(struct tally_csv *r, const struct csvin_row *row, struct tally_part *out,
		      struct diag *why)
{
	struct text selected = row->field[r->selected];

	*out = (struct tally_part){
		.level = r->level, .exact = !r->inexact, .selected = span_is(selected, "1")};
	if (!out->selected && !span_is(selected, "0"))
		return wrong(row, r->selected, N_("1 or 0"), why);
	for (size_t i = 0; i < r->load->plan->n_factors; i++)
		if (!tally_load_level(r->load, i, row->field[r->factor[i]],
				      csvin_place(row, r->factor[i]), &r->level[i], why))
			return false;
	return take_whole(row, r->rows, &out->rows, why) &&
	       take_total(r, row, r->w, &out->w, why) && take_total(r, row, r->ww, &out->ww, why) &&
	       take_frame(r, row, &out->leaf, why);
}

static bool take_sums(struct tally_csv *r, const struct csvin_row *row, const struct tally_part *p,
		      size_t part, size_t variable, struct diag *why)
{
	size_t v = r->load->want[variable];
	const struct variable *of = &r->load->head->plan.variable[v];
	const struct columns_of *c = &r->variable[v];
	struct part_sums s = {.exact = p->exact};

	for (enum tally_sum i = 0; i < TALLY__COUNT; i++)
		if (tally_holds(of->kind, i) && i != TALLY_N && i != TALLY_ONES &&
		    !take_total(r, row, c->at[i], tally_total(&s, i), why))
			return false;
	if (!take_whole(row, c->at[TALLY_N], &s.n, why) ||
	    (tally_holds(of->kind, TALLY_ONES) &&
	     !take_whole(row, c->at[TALLY_ONES], &s.ones, why)))
		return false;
	if (tally_holds(of->kind, TALLY_ONES))
		s.wyy = s.wy;
	for (size_t i = 0; of->levels && i < of->levels->n; i++)
		if (!take_whole(row, c->level_n[i], &r->level_n[i], why) ||
		    !take_total(r, row, c->level_w[i], &r->level_w[i], why))
			return false;
	return tally_load_sums(r->load, part, p, variable, &s, r->level_n, r->level_w,
			       (struct place){r->file, row->line, 1}, why);
}

/* The row of the plan, as it was read before. */
static bool take_plan(struct tally_csv *r, const struct csvin_row *row, struct diag *why)
{
	struct text plan = row->field[r->tally];

	if (r->plan_read && !span_equal(plan, r->plan))
		return diag_at(why, csvin_place(row, r->tally), DIAG_DATA,
			       "another plan in the same file; --merge adds files");
	for (size_t i = 0; i < row->fields; i++)
		if (i != r->tally && row->field[i].n)
			return wrong(row, i, N_("blank, as the row of the plan is elsewhere"), why);
	r->plan_read = true;
	r->plan = arena_text(r->arena, plan);
	return true;
}

bool tally_csv_row(void *reader, const struct csvin_row *row, struct diag *why)
{
	struct tally_csv *r = reader;
	struct tally_part p;
	bool refused;
	size_t part;

	if (!r->header_read)
		return take_header(r, row, why);
	if (row->field[r->tally].n)
		return take_plan(r, row, why);
	if (!refused_row(&r->refused, row, &refused, why))
		return false;
	if (refused) /* its sums may be of nothing; told at the end, with all others */
		return true;
	r->inexact = r->load->head->about.inexact || !fits(r, row);
	if (!take_part(r, row, &p, why) ||
	    !tally_load_part(r->load, &p, (struct place){r->file, row->line, 1}, &part, why))
		return false;
	r->has_rows = r->has_rows || p.rows;
	for (size_t v = 0; v < r->load->plan->n_variables; v++)
		if (!r->variable[r->load->want[v]].absent && !take_sums(r, row, &p, part, v, why))
			return false;
	return true;
}

bool tally_csv_end(struct tally_csv *r, struct diag *why)
{
	for (size_t v = 0; v < r->load->plan->n_variables; v++)
		r->load->holds[v] += !r->variable[r->load->want[v]].absent;
	r->load->whole += r->has_rows;
	return refused_tell(&r->refused, &r->load->head->plan, r->load->plan->codebook, why);
}

bool tally_csv_refused(const struct tally_csv *r, size_t variable)
{
	return refused_values(&r->refused, variable);
}

bool tally_csv_read(struct tally_load *l, const char *file, struct diag *why)
{
	struct tally_csv *r = tally_csv_start(l);

	return csvin_read(file, tally_csv_row, r, why) && tally_csv_end(r, why);
}

/* ---- writing ------------------------------------------------------------------------------- */

struct writer {
	struct arena *arena;
	const struct tally *tally;
	FILE *out;
	size_t **levels, *n_levels; /* by variable: in the order of files */
	struct arena scratch;       /* of a row */
};

static void put(const struct writer *w, struct text s)
{
	if (s.n)
		fwrite(s.at, 1, s.n, w->out);
}

static void put_cell(struct writer *w, struct text s)
{
	putc(',', w->out);
	put(w, csvout_quoted(&w->scratch, s));
}

static void put_whole(const struct writer *w, uint64_t n)
{
	char digits[24], *at = digits + sizeof digits;

	do
		*--at = (char)('0' + n % 10);
	while (n /= 10);
	*--at = ',';
	fwrite(at, 1, (size_t)(digits + sizeof digits - at), w->out);
}

static void put_total(struct writer *w, struct total t)
{
	bool small = t.exact.places == 0 && t.exact.value >= 0 && t.exact.value >> 63 == 0;

	if (!w->tally->sums.exact)
		put_cell(w, number_exact(&w->scratch, t.inexact));
	else if (small)
		put_whole(w, (uint64_t)t.exact.value);
	else
		put_cell(w, decimal_text(&w->scratch, t.exact));
}

static void put_variable_names(struct writer *w, size_t v)
{
	for (enum tally_sum s = 0; s < TALLY__COUNT; s++)
		if (tally_holds(w->tally->plan->variable[v].kind, s))
			fprintf(w->out, ",%s%zu", prefixes[s], v + 1);
	for (size_t l = 0; l < w->n_levels[v]; l++)
		fprintf(w->out, ",n%zu_%zu", v + 1, l + 1);
	for (size_t l = 0; l < w->n_levels[v]; l++)
		fprintf(w->out, ",w%zu_%zu", v + 1, l + 1);
}

static void put_several(const struct writer *w, const char *prefix, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(w->out, ",%s%zu", prefix, i + 1);
}

static size_t put_header(struct writer *w)
{
	const struct plan *p = w->tally->plan;
	size_t columns =
		p->design.n_strata + p->design.n_units + p->design.n_fpc + p->n_factors + 4;

	fputs("tally", w->out);
	put_several(w, "h", p->design.n_strata);
	put_several(w, "u", p->design.n_units);
	put_several(w, "f", p->design.n_fpc);
	put_several(w, "g", p->n_factors);
	fputs(",selected,rows,w,ww", w->out);
	for (size_t v = 0; v < p->n_variables; v++) {
		for (enum tally_sum s = 0; s < TALLY__COUNT; s++)
			columns += tally_holds(p->variable[v].kind, s);
		columns += 2 * w->n_levels[v];
		put_variable_names(w, v);
	}
	putc('\n', w->out);
	return columns;
}

static void put_names(struct writer *w, size_t leaf)
{
	const struct design *d = &w->tally->plan->design;
	struct frame_name names[FRAME_STAGES];
	struct text stratum[DESIGN_STRATA];

	frame_names(&w->tally->answers->frame, leaf, names);
	if (d->n_strata)
		design_split(&w->scratch, names[0].stratum, stratum, d->n_strata);
	for (size_t i = 0; i < d->n_strata; i++)
		put_cell(w, stratum[i]);
	for (size_t i = 0; i < d->n_units; i++)
		put_cell(w, names[i].unit);
	for (size_t i = 0; i < d->n_fpc; i++)
		put_cell(w, number_exact(&w->scratch, names[i].population));
}

static void put_sums(struct writer *w, size_t part, size_t v)
{
	enum variable_kind kind = w->tally->plan->variable[v].kind;
	struct part_sums s = tally_load_read(w->tally, part, v, 0);

	for (enum tally_sum i = 0; i < TALLY__COUNT; i++) {
		if (!tally_holds(kind, i))
			continue;
		if (i == TALLY_N || i == TALLY_ONES)
			put_whole(w, i == TALLY_N ? s.n : s.ones);
		else
			put_total(w, *tally_total(&s, i));
	}
	for (size_t l = 0; l < w->n_levels[v]; l++)
		put_whole(w, tally_load_read(w->tally, part, v, w->levels[v][l]).ones);
	for (size_t l = 0; l < w->n_levels[v]; l++)
		put_total(w, tally_load_read(w->tally, part, v, w->levels[v][l]).wy);
}

static void put_part(struct writer *w, size_t part)
{
	const struct plan *p = w->tally->plan;
	struct tally_part at = tally_part(w->tally, part);

	put_names(w, at.leaf);
	for (size_t i = 0; i < p->n_factors; i++)
		put_cell(w, at.level[i] == NO_LEVEL ? (struct text){"", 0}
						    : p->factor[i].levels->entry[at.level[i]].name);
	put_whole(w, at.selected);
	put_whole(w, at.rows);
	put_total(w, at.w);
	put_total(w, at.ww);
	for (size_t v = 0; v < p->n_variables; v++)
		put_sums(w, part, v);
	putc('\n', w->out);
	arena_release(&w->scratch);
}

bool tally_csv_write(struct arena *a, const struct tally *t, const struct tally_about *about,
		     const size_t *order, FILE *out)
{
	size_t n = t->plan->n_variables, columns;
	struct writer w = {.arena = a,
			   .tally = t,
			   .out = out,
			   .levels = arena_new(a, n, sizeof *w.levels),
			   .n_levels = arena_new(a, n, sizeof *w.n_levels)};
	struct text plan = tally_load_told(a, t, about);

	for (size_t v = 0; v < n; v++)
		w.levels[v] = tally_plan_levels(a, &t->plan->variable[v], &w.n_levels[v]);
	columns = put_header(&w);
	put(&w, csvout_quoted(a, plan));
	while (columns--)
		putc(',', out);
	putc('\n', out);
	for (size_t i = 0; i < tally_parts(t); i++)
		put_part(&w, order[i]);
	return plan.n && fflush(out) == 0 && !ferror(out);
}
