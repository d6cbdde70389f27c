#include "cmd/asked.h"
#include "estimate/plan.h"
#include "output/sheet.h"

#include <math.h>
#include <string.h>

/* How a quantity is shown to people. */
enum quantity_kind {
	QUANTITY_COUNT,
	QUANTITY_NUMBER,
	QUANTITY_SHARE /* in percent, or points of a percentage */
};

struct quantity {
	const char *key; /* of its phrase; behind the point its name in CSV */
	enum quantity_kind kind;
	double value;
};

#define MOST_QUANTITIES 16

struct answer_list {
	size_t n;
	struct quantity at[MOST_QUANTITIES];
};

struct question_asked {
	struct plan_sample sample;
	struct plan_goal goal;
	double half_width, change; /* NaN = not asked for */
};

static void add(struct answer_list *list, const char *key, enum quantity_kind kind, double value)
{
	list->at[list->n++] = (struct quantity){key, kind, value};
}

static void add_sample(struct answer_list *list, const struct question_asked *q)
{
	const struct plan_sample *s = &q->sample;

	add(list, "plan.p", QUANTITY_SHARE, q->goal.p);
	add(list, "plan.level", QUANTITY_SHARE, q->goal.level);
	add(list, "plan.icc", QUANTITY_NUMBER, s->icc);
	add(list, "plan.size", QUANTITY_COUNT, s->size);
	add(list, "plan.deff", QUANTITY_NUMBER, plan_deff(s->size, s->icc));
}

static void answer_half_width(const struct question_asked *q, struct answer_list *list)
{
	const struct plan_sample *s = &q->sample;
	double clusters = plan_clusters(s, &q->goal, q->half_width);

	add(list, "plan.half_width", QUANTITY_SHARE, q->half_width);
	add(list, "plan.people_srs", QUANTITY_COUNT,
	    plan_people(&q->goal, q->half_width, 1, s->population));
	add(list, "plan.people", QUANTITY_COUNT,
	    plan_people(&q->goal, q->half_width, plan_deff(s->size, s->icc), s->population));
	add(list, "plan.clusters", QUANTITY_COUNT, clusters);
	add(list, "plan.people_in_clusters", QUANTITY_COUNT,
	    isnan(clusters) ? NAN : fmin(clusters * s->size, s->population));
	if (isfinite(s->population))
		add(list, "plan.people_yamane", QUANTITY_COUNT,
		    plan_yamane(s->population, q->half_width));
}

static void answer_change(const struct question_asked *q, struct answer_list *list)
{
	const struct plan_sample *s = &q->sample;
	double clusters = plan_clusters_change(s, &q->goal, q->change);

	add(list, "plan.power", QUANTITY_SHARE, q->goal.power);
	add(list, "plan.rho", QUANTITY_NUMBER, q->goal.rho);
	add(list, "plan.change", QUANTITY_SHARE, q->change);
	add(list, "plan.people_srs", QUANTITY_COUNT, plan_people_change(&q->goal, q->change, 1));
	add(list, "plan.people", QUANTITY_COUNT,
	    plan_people_change(&q->goal, q->change, plan_deff(s->size, s->icc)));
	add(list, "plan.clusters", QUANTITY_COUNT, clusters);
	add(list, "plan.people_in_clusters", QUANTITY_COUNT,
	    isnan(clusters) ? NAN : fmin(clusters * s->size, s->population));
}

static void answer_sample(const struct question_asked *q, struct answer_list *list)
{
	const struct plan_sample *s = &q->sample;
	double people = fmin(s->clusters * s->size, s->population);

	add(list, "plan.power", QUANTITY_SHARE, q->goal.power);
	add(list, "plan.rho", QUANTITY_NUMBER, q->goal.rho);
	add(list, "plan.clusters", QUANTITY_COUNT, s->clusters);
	add(list, "plan.people_in_clusters", QUANTITY_COUNT, people);
	add(list, "plan.n_eff", QUANTITY_NUMBER, people / plan_deff(s->size, s->icc));
	add(list, "plan.df", QUANTITY_COUNT, plan_df(s));
	add(list, "plan.se", QUANTITY_SHARE, plan_error(s, q->goal.p));
	add(list, "plan.half_width", QUANTITY_SHARE, plan_half_width(s, &q->goal));
	add(list, "plan.detectable_rise", QUANTITY_SHARE, plan_detectable(s, &q->goal, true));
	add(list, "plan.detectable_fall", QUANTITY_SHARE, plan_detectable(s, &q->goal, false));
}

/* ---- the command line ----------------------------------------------------------------------- */

#define LEAST_SHARE 0.001 /* that a sample is planned for; at most 1 less this */

static bool read_goal(const struct session *s, struct question_asked *q, struct diag *why)
{
	return asked_number(s, OPT_P, LEAST_SHARE, 1 - LEAST_SHARE, 0.8, &q->goal.p, why) &&
	       asked_number(s, OPT_LEVEL, 0.5, 0.9999, 0.95, &q->goal.level, why) &&
	       asked_number(s, OPT_POWER, 0.5, 0.9999, 0.8, &q->goal.power, why) &&
	       asked_number(s, OPT_RHO, 0, 0.99, 0, &q->goal.rho, why) &&
	       asked_number(s, OPT_HALF_WIDTH, 0.001, 0.5, NAN, &q->half_width, why) &&
	       asked_number(s, OPT_CHANGE, -1, 1, NAN, &q->change, why);
}

static bool read_sample(const struct session *s, struct question_asked *q, struct diag *why)
{
	long clusters, size, strata, population;

	if (!asked_whole(s, OPT_CLUSTERS, 1, 1000000, 0, &clusters, why) ||
	    !asked_whole(s, OPT_SIZE, 1, 100000, 20, &size, why) ||
	    !asked_whole(s, OPT_STRATA_COUNT, 1, 100000, 2, &strata, why) ||
	    !asked_whole(s, OPT_POPULATION, 1, 1000000000, 0, &population, why) ||
	    !asked_number(s, OPT_ICC, 0, 1, 0.05, &q->sample.icc, why))
		return false;
	q->sample.clusters = (double)clusters;
	q->sample.size = (double)size;
	q->sample.strata = (double)strata;
	q->sample.population = population ? (double)population : INFINITY;
	return true;
}

/* One question at a time; without any, how many people a half-width of three points takes. */
static bool choose(struct question_asked *q, struct diag *why)
{
	double after = q->goal.p + q->change;
	int asked = !isnan(q->half_width) + !isnan(q->change) + (q->sample.clusters > 0);

	if (asked > 1) {
		diag_fail(why, DIAG_USAGE,
			  "--half-width, --change and --clusters are three different questions");
		return diag_hint(why, "ask one of them");
	}
	if (q->change == 0 || after < 0 || after > 1)
		return diag_fail(why, DIAG_USAGE,
				 "--change: from a share of %g it leads to %g; a change within 0 "
				 "to 1 is expected",
				 q->goal.p, after);
	if (q->sample.clusters > 0 && plan_df(&q->sample) <= 0)
		return diag_fail(why, DIAG_USAGE,
				 "%g clusters in %g strata leave no degrees of freedom",
				 q->sample.clusters, q->sample.strata);
	if (asked == 0)
		q->half_width = 0.03;
	return true;
}

/* ---- showing -------------------------------------------------------------------------------- */

static struct text shown(struct session *s, const struct quantity *q)
{
	struct arena *a = s->arena;

	if (isnan(q->value))
		return span_of("–");
	switch (q->kind) {
	case QUANTITY_COUNT: return number_shown(a, q->value, 0, s->lang);
	case QUANTITY_NUMBER: return number_shown(a, q->value, 2, s->lang);
	case QUANTITY_SHARE: return number_shown(a, 100 * q->value, 2, s->lang);
	}
	return span_of("");
}

static void show_sheet(struct session *s, const struct answer_list *list, bool markdown)
{
	struct sheet sheet = {.arena = s->arena};

	sheet_column(&sheet, phrase(&s->phrases, "plan.quantity"), false);
	sheet_column(&sheet, phrase(&s->phrases, "plan.value"), true);
	for (size_t i = 0; i < list->n; i++) {
		struct text *cell = sheet_row(&sheet);

		cell[0] = phrase(&s->phrases, list->at[i].key);
		cell[1] = shown(s, &list->at[i]);
	}
	if (markdown)
		sheet_markdown(&sheet, s->out);
	else
		sheet_print(&sheet, s->out);
}

static bool run(struct session *s, struct diag *why)
{
	const char *format = s->options.value[OPT_FORMAT];
	struct question_asked q = {.half_width = NAN};
	struct answer_list list = {0};

	if (format && strcmp(format, "table") != 0 && strcmp(format, "md") != 0 &&
	    strcmp(format, "csv") != 0)
		return diag_fail(why, DIAG_USAGE,
				 "--format: a plan is shown as table, md or csv, not \"%s\"",
				 format);
	if (!read_goal(s, &q, why) || !read_sample(s, &q, why) || !choose(&q, why))
		return false;
	add_sample(&list, &q);
	if (!isnan(q.half_width))
		answer_half_width(&q, &list);
	else if (!isnan(q.change))
		answer_change(&q, &list);
	else
		answer_sample(&q, &list);
	if (!format || strcmp(format, "csv") != 0) {
		show_sheet(s, &list, format && strcmp(format, "md") == 0);
		return true;
	}
	fprintf(s->out, "quantity,value\n");
	for (size_t i = 0; i < list.n; i++)
		fprintf(s->out, "%s,%.*s\n", strchr(list.at[i].key, '.') + 1,
			SPAN_ARG(number_exact(s->arena, list.at[i].value)));
	return true;
}

extern const struct command cmd_plan;
const struct command cmd_plan = {
	.name = "plan",
	.words = "",
	.summary = "sample size, and the smallest change a sample can show",
	.help = "  hailong plan --half-width 0.03 --p 0.8 --size 20 --icc 0.05\n"
		"  hailong plan --change 0.05 --power 0.8\n"
		"  hailong plan --clusters 12 --size 5\n\n"
		"Of one share in one place: how many people and clusters a half-width, or a change "
		"between\n"
		"two years, takes; or what a given sample can show. --change is signed: -0.05 is a "
		"fall.\n"
		"--rho is the correlation of the two years' estimates (0: separate samples). "
		"Clusters use\n"
		"the t distribution on clusters less strata degrees of freedom. Unequal weights "
		"are "
		"not\n"
		"reckoned with.\n",
	.options =
		(const enum option[]){OPT_P, OPT_HALF_WIDTH, OPT_CHANGE, OPT_CLUSTERS, OPT_SIZE,
				      OPT_ICC, OPT_STRATA_COUNT, OPT_POPULATION, OPT_RHO, OPT_POWER,
				      OPT_LEVEL, OPT_FORMAT, OPT_OUT, OPT_FORCE, OPT__COUNT},
	.run = run,
};
