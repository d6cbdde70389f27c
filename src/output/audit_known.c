#include "output/audit_known.h"

#include "base/text.h"

static bool has_digit(struct text s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.at[i] >= '0' && s.at[i] <= '9')
			return true;
	return false;
}

static void add(struct known *k, struct text words, const char *file, size_t line)
{
	if (!has_digit(words))
		return;
	k->text = arena_grow(k->arena, k->text, k->n, sizeof *k->text);
	k->text[k->n++] = (struct known_text){text_visible(k->arena, words), file, line};
}

static void add_both(struct known *k, const struct text *words, const char *file)
{
	for (int l = 0; l < LANG__COUNT; l++)
		add(k, words[l], file, 0);
}

static void add_code(struct known *k, struct text code, const char *file)
{
	if (!has_digit(code) || known_code(k, code))
		return;
	k->code = arena_grow(k->arena, k->code, k->codes, sizeof *k->code);
	k->code[k->codes++] = (struct known_text){code, file, 0};
}

/* The words between the holes of a phrase or template. */
static void add_pieces(struct known *k, struct text all, char open, char close, const char *file,
		       size_t line)
{
	size_t begin = 0;

	for (size_t i = 0; i <= all.n; i++) {
		if (i < all.n && all.at[i] != open && all.at[i] != close)
			continue;
		if (i == all.n || all.at[i] == open)
			add(k, span_trim((struct text){all.at + begin, i - begin}), file, line);
		begin = i + 1;
	}
}

void known_page(struct known *k, const char *file, struct text page)
{
	struct text rest = page, line;

	for (size_t n = 1; span_split(&rest, '\n', &line); n++) {
		if (span_starts(line, "- ")) /* of a list */
			line = (struct text){line.at + 2, line.n - 2};
		add_pieces(k, line, '{', '}', file, n);
	}
}

static void add_survey(struct known *k, const struct survey *s, const char *share)
{
	const char *own = catalog_path(k->arena, s->folder, "groups.csv"),
		   *groups = catalog_is_file(own)
				     ? own
				     : catalog_path(k->arena, share, "surveys/groups.csv");
	const char *structure = catalog_path(k->arena, s->folder, "structure.csv"),
		   *agencies = catalog_path(k->arena, s->folder, "agencies.csv"),
		   *about = catalog_path(k->arena, s->folder, "survey.csv"),
		   *compare = catalog_path(k->arena, s->folder, "comparability.csv"),
		   *book = catalog_path(k->arena, s->folder, "codebook.csv");

	for (size_t i = 0; i < s->structure.n; i++) {
		add_code(k, s->structure.at[i].code, structure);
		add_both(k, s->structure.at[i].name, structure);
		add_both(k, s->structure.at[i].brief, structure);
	}
	for (size_t i = 0; i < s->structure.n_comparisons; i++)
		add_both(k, s->structure.comparison[i].reason, compare);
	for (size_t i = 0; i < s->structure.n_groups; i++)
		add_both(k, s->structure.group[i].name, groups);
	for (size_t i = 0; i < s->agencies.n; i++) {
		add_both(k, s->agencies.at[i].document, agencies);
		add_both(k, s->agencies.at[i].name, agencies);
		add_both(k, s->agencies.at[i].task, agencies);
	}
	for (size_t i = 0; i < s->codebook.n; i++) {
		const struct question *q = &s->codebook.at[i];

		add_code(k, q->code, book);
		add_both(k, q->words, book);
		for (size_t l = 0; l < q->n_levels; l++)
			add_both(k, q->level[l].label, book);
	}
	for (size_t i = 0; i < s->n_waves; i++) {
		add_both(k, s->wave[i].title, about);
		add_both(k, s->wave[i].publisher, about);
		k->year = arena_grow(k->arena, k->year, k->years, sizeof *k->year);
		k->year[k->years++] = s->wave[i].year;
	}
	add(k, s->name, about, 0);
}

static void add_rows(struct known *k, const struct result *r)
{
	for (size_t i = 0; i < r->n; i++) {
		const struct result_row *row = &r->row[i];

		add_code(k, row->item, row->file);
		add_both(k, row->item_name, row->file);
		add_both(k, row->agency_name, row->file);
		add_both(k, row->target_agency_name, row->target_file);
		add(k, row->deadline, row->target_file, 0);
		add(k, row->target_agency, row->target_file, 0);
		add(k, row->note, row->file, 0);
	}
}

/* Where the figures of a survey beside the report's come from. */
static void add_sources(struct known *k, const struct report_index *x, const struct report_order *o)
{
	const struct result_row *row =
		result_find(x->all, o->year, span_of(STRUCTURE_ROOT), o->self->code);

	if (row)
		add(k, row->source, row->file, 0);
}

static void add_provinces(struct known *k, const struct report_order *o, const char *share)
{
	const struct survey *s = o->narrative.survey;
	const char *file =
		s->provinces.own ? catalog_path(k->arena, s->folder, "units.csv")
				 : catalog_path(k->arena, share, "surveys/provinces/provinces.csv");

	for (size_t i = 0; i < s->provinces.n; i++)
		add(k, s->provinces.at[i].name, file, 0);
	add_both(k, o->peers->rule, file);
}

static void add_part(struct known *k, const struct report_order *o, const char *share)
{
	add_survey(k, o->narrative.survey, share);
	if (o->missing)
		return;
	add_provinces(k, o, share);
	for (size_t i = 0; i < o->all->n; i++)
		if (o->all->row[i].item_depth == 0 &&
		    span_equal(o->all->row[i].province, o->self->code))
			add(k, o->all->row[i].source, o->all->row[i].file, 0);
	if (!o->lost)
		return;
	add_rows(k, o->lost->rows);
	add_rows(k, o->lost->domains);
	add_rows(k, o->lost->agencies);
	add_rows(k, &o->lost->targets);
}

void known_book(struct known *k, const struct report_book *b, const char *share)
{
	const struct phrases *p = b->part->narrative.phrases;
	const char *phrases = catalog_path(k->arena, share, "reports/phrases.csv");

	for (size_t i = 0; i < p->n; i++)
		add_pieces(k, p->at[i].words[p->lang], '{', '}', phrases, 0);
	for (size_t i = 0; i < b->n; i++)
		add_part(k, &b->part[i], share);
	for (size_t i = 0; i < b->n_others; i++) {
		add_survey(k, b->others[i].narrative.survey, share);
		add_sources(k, &b->others[i], b->part);
	}
	add(k, b->maker, NULL, 0);
}

bool known_year(const struct known *k, long year)
{
	for (size_t i = 0; i < k->years; i++)
		if (k->year[i] == year)
			return true;
	return false;
}

const struct known_text *known_code(const struct known *k, struct text word)
{
	for (size_t i = 0; i < k->codes; i++)
		if (span_equal(k->code[i].words, word))
			return &k->code[i];
	return NULL;
}

/* Does `one` stand in `all` around the bytes from begin to end? These are somewhere in it, then. */
static bool surrounds(struct text all, struct text one, size_t begin, size_t end)
{
	size_t n = end - begin;

	for (size_t i = 0; i + n <= one.n; i++) {
		const char *first = memchr(one.at + i, all.at[begin], one.n - n - i + 1);

		if (!first)
			return false;
		i = (size_t)(first - one.at);
		if (i <= begin && begin - i + one.n <= all.n &&
		    memcmp(all.at + begin - i, one.at, one.n) == 0)
			return true;
	}
	return false;
}

const struct known_text *known_words(const struct known *k, struct text words, size_t begin,
				     size_t end)
{
	const struct known_text *found = NULL;

	for (size_t i = 0; i < k->n; i++)
		if ((!found || k->text[i].words.n > found->words.n) &&
		    surrounds(words, k->text[i].words, begin, end))
			found = &k->text[i];
	return found;
}
