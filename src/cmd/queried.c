#include "cmd/queried.h"

#include "base/digest.h"
#include "base/text.h"
#include "cmd/weighting.h"
#include "input/postgres.h"
#include "survey/catalog.h"

#include <string.h>

/* ---- plans --------------------------------------------------------------------------------- */

static void tell_groups(struct session *s, struct queried *q)
{
	const struct margin *m = q->plan->margin;
	struct text *by = arena_new(s->arena, m->n, sizeof *by);

	for (size_t i = 0; i < m->n; i++)
		by[i] = q->plan->factor[m->factor[i]].column;
	q->about.by = by;
	q->about.n_by = m->n;
}

bool queried_survey(struct session *s, struct estimate_options *o, const char *survey,
		    struct queried *q, struct diag *why)
{
	const char *design;
	long year;

	if (!s->options.value[OPT_STAT] && o->statistic == STATISTIC_MEAN)
		o->statistic = STATISTIC_RATE;
	if (!load_read(s, survey, &q->l, why) ||
	    !load_year(s, &q->l, OPT_YEAR, survey_last_year(&q->l.survey), &year, why) ||
	    !gather_wave(s, o, &q->l.survey, survey_wave(&q->l.survey, year), &q->w, why))
		return false;
	design = catalog_path(s->arena, q->l.survey.folder, "design.csv");
	if (!digest_file(s->arena, q->l.survey.codebook.file, &q->about.codebook, why) ||
	    !digest_file(s->arena, design, &q->about.design, why))
		return false;
	q->plan = &q->w.plan;
	q->about.survey = q->l.survey.id;
	q->about.folder = span_of(survey);
	q->about.year = year;
	q->about.simulated = q->w.wave->simulated;
	q->about.statistic = span_of(statistic_name(o->statistic));
	tell_groups(s, q);
	return true;
}

bool queried_columns(struct session *s, const struct estimate_options *o,
		     const struct heading *columns, struct queried *q, struct diag *why)
{
	if (s->options.value[OPT_YEAR])
		return diag_fail(why, DIAG_USAGE, "--year is for survey folders");
	if (!gather_plan_of(s, o, columns, &q->g, why))
		return false;
	q->plan = &q->g.plan;
	q->about.statistic = span_of(statistic_name(o->statistic));
	tell_groups(s, q);
	return true;
}

bool queried_make(struct session *s, enum dialect d, const struct queried *q,
		  struct statement **out, size_t *n, struct diag *why)
{
	return statement_make(s->arena, d, q->plan, &q->table,
			      tally_plan_text(s->arena, q->plan, &q->about), out, n, why);
}

/* ---- columns ------------------------------------------------------------------------------- */

static void add_column(struct session *s, struct heading *h, struct text name)
{
	h->name = arena_grow(s->arena, h->name, h->n, sizeof *h->name);
	h->name[h->n++] = text_nfc(s->arena, name);
}

static size_t digits_at_end(struct text s)
{
	size_t n = 0;

	while (n < s.n && s.at[s.n - 1 - n] >= '0' && s.at[s.n - 1 - n] <= '9')
		n++;
	return n;
}

/* "q01-q60": nobody tells the columns between, but their numbers do. */
static bool add_range(struct session *s, struct heading *h, struct text part)
{
	struct text first, last, rest = part;
	size_t n, m;
	long from, to;

	if (!span_split(&rest, '-', &first) || !span_split(&rest, '-', &last) || rest.at)
		return false;
	n = digits_at_end(first);
	m = digits_at_end(last);
	if (first.n - n != last.n - m ||
	    !span_equal((struct text){first.at, first.n - n}, (struct text){last.at, last.n - m}) ||
	    !number_whole((struct text){first.at + first.n - n, n}, 0, 99999, &from) ||
	    !number_whole((struct text){last.at + last.n - m, m}, from, 99999, &to))
		return false;
	for (; from <= to; from++)
		add_column(s, h,
			   arena_format(s->arena, "%.*s%0*ld", (int)(first.n - n), first.at,
					n == m ? (int)n : 0, from));
	return true;
}

/* Nothing tells which columns the table has: those that are named. */
static bool named_columns(struct session *s, struct heading *h, struct diag *why)
{
	const char *items = s->options.value[OPT_ITEM];
	struct text rest = span_of(items), part;

	*h = (struct heading){.file = "the table"};
	while (items && span_split(&rest, ',', &part)) {
		if (span_is(part, "all"))
			return diag_fail(why, DIAG_USAGE,
					 "--item all needs a file, whose header names the columns");
		if (!add_range(s, h, part))
			add_column(s, h, part);
	}
	return true;
}

/* ---- printing ------------------------------------------------------------------------------ */

/* --table; else what the file, or the survey's file, is called without ".csv". */
static bool name_table(struct session *s, struct text file, struct queried *q, struct diag *why)
{
	const char *table = s->options.value[OPT_TABLE];

	if (table) {
		if (!postgres_name(s->arena, span_of(table), &q->table.schema, &q->table.name, why))
			return false;
		q->about.source = q->table.name;
		return true;
	}
	if (file.n == 0)
		return diag_fail(why, DIAG_USAGE, "--table is missing: where are the answers?");
	q->about.source = file;
	if (file.n > 4 && span_equal((struct text){file.at + file.n - 4, 4}, span_of(".csv")))
		file.n -= 4;
	q->table.name = file;
	return true;
}

static bool plan_for_print(struct session *s, struct estimate_options *o, struct queried *q,
			   struct diag *why)
{
	const char *word = s->options.words ? s->options.word[0] : NULL;
	const char *items = s->options.value[OPT_ITEM];
	bool all = items && strstr(items, "all") != NULL;
	struct heading columns;

	if (word && postgres_is_uri(word))
		return diag_fail(why, DIAG_USAGE,
				 "--sql only prints; hailong estimate runs it in PostgreSQL");
	if (word && !gather_is_file(word))
		return queried_survey(s, o, word, q, why) && name_table(s, q->w.wave->file, q, why);
	if (word && s->options.words > 1)
		return diag_fail(why, DIAG_USAGE, "--sql reads the header of one file");
	if (!(word ? heading_read(s->arena, word, all, &columns, why)
		   : named_columns(s, &columns, why)))
		return false;
	return queried_columns(s, o, &columns, q, why) &&
	       name_table(s, word ? asked_file_name(word) : (struct text){"", 0}, q, why);
}

bool queried_print(struct session *s, struct diag *why)
{
	struct queried *q = arena_new(s->arena, 1, sizeof *q);
	struct estimate_options o;
	struct statement *at;
	size_t dialect, n;

	if (!asked_estimate(s, &o, why) ||
	    !asked_word(s, OPT_DIALECT, dialect_words, DIALECT__COUNT, DIALECT_POSTGRES, &dialect,
			why))
		return false;
	if (weighting_rows(s, &o))
		return diag_fail(why, DIAG_USAGE, "--stat %s needs every row; a tally holds sums",
				 statistic_name(o.statistic));
	if (!plan_for_print(s, &o, q, why) ||
	    !queried_make(s, (enum dialect)dialect, q, &at, &n, why))
		return false;
	for (size_t i = 0; i < n; i++) {
		if (n > 1)
			fprintf(s->out, "%s-- %zu of %zu\n", i ? "\n" : "", i + 1, n);
		fprintf(s->out, "%.*s;\n", SPAN_ARG(at[i].sql));
	}
	return true;
}
