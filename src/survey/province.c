#include "survey/province.h"

#include "base/text.h"
#include "input/table.h"
#include "survey/catalog.h"

#include <stdlib.h>
#include <string.h>

#define OPEN_END 99999999L

/* The key without "tỉnh", "TP." and the like before it, or "Province", "City" behind it. */
static struct text without_type(struct text key)
{
	static const char *const before[] = {"tinh", "thanhpho", "tp", "province", "city"};
	static const char *const behind[] = {"province", "city"};

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		size_t n = strlen(before[i]);

		if (span_starts(key, before[i]) && key.n > n)
			return (struct text){key.at + n, key.n - n};
	}
	for (size_t i = 0; i < sizeof behind / sizeof *behind; i++) {
		size_t n = strlen(behind[i]);

		if (key.n > n && memcmp(key.at + key.n - n, behind[i], n) == 0)
			return (struct text){key.at, key.n - n};
	}
	return (struct text){NULL, 0};
}

static void add_keys(struct arena *a, struct province *p, struct text aliases)
{
	struct text *keys = arena_grow(a, NULL, 0, sizeof *keys), alias;
	size_t n = 0;

	keys[n++] = text_key(a, p->name);
	while (aliases.n && span_split(&aliases, '|', &alias)) {
		keys = arena_grow(a, keys, n, sizeof *keys);
		keys[n++] = text_key(a, alias);
	}
	p->keys = keys;
	p->n_keys = n;
}

/* "2025-06-30" gives 20250630; an empty cell gives `open`. */
static bool read_date(const struct table *t, size_t row, size_t column, long open, long *date,
		      struct diag *why)
{
	struct text s = table_cell(t, row, column);
	long y, m, d;

	*date = open;
	if (s.n == 0)
		return true;
	if (s.n == 10 && s.at[4] == '-' && s.at[7] == '-' &&
	    number_whole((struct text){s.at, 4}, 1900, 2999, &y) &&
	    number_whole((struct text){s.at + 5, 2}, 1, 12, &m) &&
	    number_whole((struct text){s.at + 8, 2}, 1, 31, &d)) {
		*date = (y * 100 + m) * 100 + d;
		return true;
	}
	return diag_at(why, table_place(t, row, column), DIAG_DATA,
		       "\"%.*s\" is not a date written as 2025-06-30", SPAN_ARG(s));
}

static int by_code_and_date(const void *a, const void *b)
{
	const struct province *p = a, *q = b;
	int order = span_compare(p->code, q->code);

	return order ? order : (p->from > q->from) - (p->from < q->from);
}

static bool read_units(struct arena *a, const char *file, struct provinces *out, struct diag *why)
{
	static const char *const names[] = {"code",   "name",       "aliases", "type",
					    "region", "valid_from", "valid_to"};
	struct table t;
	size_t c[7], english;
	struct province *unit;

	if (!table_read(a, file, true, &t, why))
		return false;
	for (size_t i = 0; i < 7; i++)
		if (!table_column(&t, names[i], &c[i], why))
			return false;
	english = table_find(&t, "region_en");
	unit = arena_new(a, t.rows, sizeof *unit);
	for (size_t r = 0; r < t.rows; r++) {
		struct province *p = &unit[r];

		p->code = table_cell(&t, r, c[0]);
		p->name = table_cell(&t, r, c[1]);
		p->type = table_cell(&t, r, c[3]);
		p->region = table_cell(&t, r, c[4]);
		p->region_name[LANG_VI] = p->region_name[LANG_EN] = p->region;
		if (table_cell(&t, r, english).n)
			p->region_name[LANG_EN] = table_cell(&t, r, english);
		if (!read_date(&t, r, c[5], 0, &p->from, why) ||
		    !read_date(&t, r, c[6], OPEN_END, &p->to, why))
			return false;
		if (p->code.n == 0 || p->name.n == 0)
			return diag_at(why, table_place(&t, r, 0), DIAG_DATA,
				       "a unit needs a code and a name");
		add_keys(a, p, table_cell(&t, r, c[2]));
	}
	qsort(unit, t.rows, sizeof *unit, by_code_and_date);
	out->at = unit;
	out->n = t.rows;
	return true;
}

/* English names of regions, matched by their Vietnamese name. */
static bool read_regions(struct arena *a, const char *file, struct provinces *out, struct diag *why)
{
	struct table t;
	size_t region, name;

	if (!table_read(a, file, true, &t, why) || !table_column(&t, "region", &region, why) ||
	    !table_column(&t, "name_en", &name, why))
		return false;
	for (size_t r = 0; r < t.rows; r++)
		for (size_t i = 0; i < out->n; i++)
			if (span_equal(out->at[i].region, table_cell(&t, r, region)))
				out->at[i].region_name[LANG_EN] = table_cell(&t, r, name);
	return true;
}

static bool read_tiles(struct arena *a, const char *file, struct provinces *out, struct diag *why)
{
	struct table t;
	size_t c[5], owner;
	struct tile *tile;
	static const char *const names[] = {"system", "row", "column", "code", "short_name"};

	if (!table_read(a, file, true, &t, why))
		return false;
	for (size_t i = 0; i < 5; i++)
		if (!table_column(&t, names[i], &c[i], why))
			return false;
	owner = table_find(&t, "part_of");
	tile = arena_new(a, t.rows, sizeof *tile);
	for (size_t r = 0; r < t.rows; r++) {
		if (!table_whole(&t, r, c[0], 1, 1000, &tile[r].system, why) ||
		    !table_whole(&t, r, c[1], 0, 99, &tile[r].row, why) ||
		    !table_whole(&t, r, c[2], 0, 99, &tile[r].column, why))
			return false;
		tile[r].code = table_cell(&t, r, c[3]);
		tile[r].short_name = table_cell(&t, r, c[4]);
		tile[r].part_of = table_cell(&t, r, owner);
	}
	out->tile = tile;
	out->n_tiles = t.rows;
	return true;
}

static bool read_succession(struct arena *a, const char *file, struct provinces *out,
			    struct diag *why)
{
	struct succession *list;
	size_t from, to, date;
	struct table t;

	if (!table_read(a, file, true, &t, why) || !table_column(&t, "old_code", &from, why) ||
	    !table_column(&t, "new_code", &to, why) || !table_column(&t, "date", &date, why))
		return false;
	list = arena_new(a, t.rows, sizeof *list);
	for (size_t r = 0; r < t.rows; r++) {
		list[r].old_code = table_cell(&t, r, from);
		list[r].new_code = table_cell(&t, r, to);
		if (!read_date(&t, r, date, 0, &list[r].date, why))
			return false;
	}
	out->succession = list;
	out->n_successions = t.rows;
	return true;
}

static bool overlap(const struct province *p, const struct province *q)
{
	return p->from <= q->to && q->from <= p->to;
}

static bool share_a_key(const struct province *p, const struct province *q)
{
	for (size_t i = 0; i < p->n_keys; i++)
		for (size_t j = 0; j < q->n_keys; j++)
			if (span_equal(p->keys[i], q->keys[j]))
				return true;
	return false;
}

static bool check_names(const struct provinces *all, const char *file, struct diag *why)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t j = 0; j < i; j++)
			if (overlap(&all->at[i], &all->at[j]) &&
			    share_a_key(&all->at[i], &all->at[j]))
				return diag_fail(why, DIAG_DATA,
						 "%s: units %.*s and %.*s share a name at one time",
						 file, SPAN_ARG(all->at[j].code),
						 SPAN_ARG(all->at[i].code));
	return true;
}

bool provinces_read(struct arena *a, const char *share, struct provinces *out, struct diag *why)
{
	const char *folder = catalog_path(a, share, "surveys/provinces");
	const char *units = catalog_path(a, folder, "provinces.csv");

	*out = (struct provinces){0};
	return read_units(a, units, out, why) && check_names(out, units, why) &&
	       read_regions(a, catalog_path(a, folder, "regions.csv"), out, why) &&
	       read_tiles(a, catalog_path(a, folder, "tiles.csv"), out, why) &&
	       read_succession(a, catalog_path(a, folder, "succession.csv"), out, why);
}

bool provinces_read_units(struct arena *a, const char *file, struct provinces *out,
			  struct diag *why)
{
	*out = (struct provinces){.own = true};
	return read_units(a, file, out, why) && check_names(out, file, why);
}

bool province_stands(const struct province *p, long year)
{
	long date = year * 10000 + 1231;

	return p->from <= date && date <= p->to;
}

static bool stood_for_a_part(const struct province *p, long year)
{
	return p->from <= year * 10000 + 1231 && p->to >= year * 10000 + 101;
}

/* The unit of that code standing on a day; NULL when there is none. */
static const struct province *on_day(const struct provinces *all, struct text code, long date)
{
	for (size_t i = 0; i < all->n; i++)
		if (span_equal(all->at[i].code, code) && all->at[i].from <= date &&
		    date <= all->at[i].to)
			return &all->at[i];
	return NULL;
}

/* The first row of succession.csv behind the unit's end. */
static const struct succession *step_of(const struct provinces *all, const struct province *p)
{
	const struct succession *step = NULL;

	for (size_t i = 0; i < all->n_successions; i++) {
		const struct succession *s = &all->succession[i];

		if (span_equal(s->old_code, p->code) && s->date > p->to &&
		    (!step || s->date < step->date))
			step = s;
	}
	return step;
}

/* What the unit is after its last day; a code that goes on without a row is a new name. */
static const struct province *next_unit(const struct provinces *all, const struct province *p)
{
	const struct succession *step = step_of(all, p);
	const struct province *renamed = NULL;

	for (size_t i = 0; i < all->n && !renamed; i++) /* by code, then by date */
		if (span_equal(all->at[i].code, p->code) && all->at[i].from > p->to &&
		    (!step || all->at[i].from < step->date))
			renamed = &all->at[i];
	return renamed ? renamed : step ? on_day(all, step->new_code, step->date) : NULL;
}

const struct province *province_successor(const struct provinces *all, const struct province *p,
					  long year)
{
	for (size_t steps = 0; p && !province_stands(p, year); steps++) {
		if (p->from > year * 10000 + 1231 || steps > all->n)
			return NULL;
		p = next_unit(all, p);
	}
	return p;
}

/* A unit formed in that year took its place: figures of the year are those of the new unit. */
static bool replaced(const struct provinces *all, const struct province *p, long year)
{
	const struct province *next = province_successor(all, p, year);

	return next && next != p && next->from >= year * 10000 + 101;
}

size_t province_count(const struct provinces *all, long year)
{
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		n += province_stands(&all->at[i], year);
	return n;
}

long province_last_change(const struct provinces *all)
{
	long last = 0;

	for (size_t i = 0; i < all->n; i++)
		last = all->at[i].from > last ? all->at[i].from : last;
	return last;
}

/* "1" is "01"; most pairs differ in their last digit already. */
static bool same_code(struct text a, struct text b)
{
	long x, y;

	if (a.n == 0 || b.n == 0 || a.at[a.n - 1] != b.at[b.n - 1])
		return a.n == b.n && a.n == 0;
	return span_equal(a, b) ||
	       (number_whole(a, 0, 9999, &x) && number_whole(b, 0, 9999, &y) && x == y);
}

/* Of the units that `hit` accepts, the one that counts for `year`. */
static const struct province *choose(const struct provinces *all, long year,
				     bool (*hit)(const struct province *, struct text),
				     struct text s)
{
	const struct province *part = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct province *p = &all->at[i];

		if (!hit(p, s))
			continue;
		if (province_stands(p, year))
			return p;
		if (!part && stood_for_a_part(p, year) && !replaced(all, p, year))
			part = p;
	}
	return part;
}

static bool has_code(const struct province *p, struct text code)
{
	return same_code(p->code, code);
}

static bool has_key(const struct province *p, struct text key)
{
	for (size_t i = 0; i < p->n_keys; i++)
		if (span_equal(p->keys[i], key))
			return true;
	return false;
}

const struct province *province_by_code(const struct provinces *all, struct text code, long year)
{
	return choose(all, year, has_code, code);
}

bool province_same(const struct provinces *all, struct text code, long year, long other)
{
	const struct province *p = province_by_code(all, code, year),
			      *q = province_by_code(all, code, other);
	long first = year < other ? year : other, last = year < other ? other : year;
	size_t parts = 0, own = 0;

	if (!p || !q || p == q)
		return p && q;
	for (size_t i = 0; i < all->n_successions; i++) {
		const struct succession *s = &all->succession[i];

		if (s->date <= first * 10000 || s->date > last * 10000 + 1231 ||
		    !span_equal(s->new_code, q->code))
			continue;
		parts++;
		own += span_equal(s->old_code, p->code) ? 1 : 0;
	}
	return parts == 1 && own == 1;
}

long province_map_year(const struct provinces *all, long n)
{
	long last = province_last_change(all) / 10000, first = last;

	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].to / 10000 <= first)
			first = all->at[i].to / 10000 - 1;
	for (long year = last; n > 0 && year >= first; year--)
		if ((long)province_count(all, year) == n)
			return year;
	return 0;
}

void province_map(struct arena *a, const struct provinces *all, long year, struct provinces *out)
{
	struct province *unit = arena_new(a, all->n, sizeof *unit);

	*out = (struct provinces){.at = unit, .tile = all->tile, .n_tiles = all->n_tiles};
	for (size_t i = 0; i < all->n; i++) {
		if (!province_stands(&all->at[i], year))
			continue;
		unit[out->n] = all->at[i];
		unit[out->n].from = 0;
		unit[out->n++].to = OPEN_END;
	}
}

/* Of the units that ended before 31 December of the year, the last one that `hit` accepts. */
static const struct province *former(const struct provinces *all, long year,
				     bool (*hit)(const struct province *, struct text),
				     struct text s)
{
	const struct province *found = NULL;

	for (size_t i = 0; i < all->n; i++) {
		const struct province *p = &all->at[i];

		if (p->to < year * 10000 + 1231 && hit(p, s) && (!found || p->to > found->to))
			found = p;
	}
	return found;
}

const struct province *province_former(const struct provinces *all, struct text code, long year)
{
	return former(all, year, has_code, code);
}

long province_last_year(const struct province *p)
{
	return p->to / 10000 - (p->to % 10000 < 1231);
}

static bool ended(const struct provinces *all, const struct province *p, long year,
		  struct diag *why)
{
	const struct province *next = province_successor(all, p, year);

	if (next)
		diag_fail(why, DIAG_USAGE,
			  "no province of %ld is named \"%.*s\": it is now part of %.*s", year,
			  SPAN_ARG(p->name), SPAN_ARG(next->name));
	else
		diag_fail(why, DIAG_USAGE, "no province of %ld is named \"%.*s\"", year,
			  SPAN_ARG(p->name));
	return diag_hint(why,
			 "figures of %.*s belong to years up to %ld; --system brings them to "
			 "the units of today",
			 SPAN_ARG(p->name), province_last_year(p));
}

static bool not_found(struct arena *a, const struct provinces *all, struct text word, long year,
		      struct diag *why)
{
	struct text *names = arena_new(a, all->n, sizeof *names), near;
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (province_stands(&all->at[i], year))
			names[n++] = all->at[i].name;
	near = catalog_nearest(a, word, names, n);
	diag_fail(why, DIAG_USAGE,
		  all->own ? N_("no unit of %ld is named \"%.*s\"")
			   : N_("no province of %ld is named \"%.*s\""),
		  year, SPAN_ARG(word));
	if (near.n)
		return diag_hint(why, "did you mean \"%.*s\"?", SPAN_ARG(near));
	if (all->own)
		return diag_hint(why, "the survey's units.csv names them all");
	return diag_hint(why, "hailong list provinces --year %ld names them all", year);
}

/* The unit that a word means in that year; NULL when there is none. */
static const struct province *standing(struct arena *a, const struct provinces *all,
				       struct text word, long year)
{
	struct text key = text_key(a, word), bare = without_type(key);
	const struct province *p = province_by_code(all, word, year);

	if (!p && key.n)
		p = choose(all, year, has_key, key);
	if (!p && bare.n)
		p = choose(all, year, has_key, bare);
	return p;
}

const struct province *province_gone(struct arena *a, const struct provinces *all, struct text word,
				     long year)
{
	struct text trimmed = span_trim(word), key = text_key(a, trimmed), bare = without_type(key);
	const struct province *gone;

	if (standing(a, all, trimmed, year))
		return NULL;
	gone = province_former(all, trimmed, year);
	if (!gone && key.n)
		gone = former(all, year, has_key, key);
	if (!gone && bare.n)
		gone = former(all, year, has_key, bare);
	return gone;
}

bool province_find(struct arena *a, const struct provinces *all, struct text word, long year,
		   const struct province **out, struct diag *why)
{
	const struct province *gone;

	*out = standing(a, all, span_trim(word), year);
	if (*out)
		return true;
	gone = province_gone(a, all, word, year);
	return gone ? ended(all, gone, year, why) : not_found(a, all, span_trim(word), year, why);
}

bool tile_at_sea(const struct tile *t)
{
	return t->code.n && (t->code.at[0] < '0' || t->code.at[0] > '9'); /* units have numbers */
}

const struct tile *province_archipelago(struct arena *a, const struct provinces *all,
					struct text word)
{
	struct text key = text_key(a, word);

	for (size_t i = 0; i < all->n_tiles; i++) {
		const struct tile *t = &all->tile[i];
		struct text name = text_key(a, t->short_name);

		if (tile_at_sea(t) &&
		    (span_equal(t->code, span_trim(word)) || (name.n && span_holds(key, name))))
			return t;
	}
	return NULL;
}
