#include "cmd/losses.h"

#include "survey/catalog.h"

#include <math.h>
#include <string.h>

/* One of two words; the first when the option is not given. */
static bool read_shared(const struct session *s, bool *split, struct diag *why)
{
	const char *rule = s->options.value[OPT_SHARED];

	*split = rule && strcmp(rule, "split") == 0;
	return !rule || *split || strcmp(rule, "lead") == 0 ||
	       diag_fail(why, DIAG_USAGE, "--shared: \"%s\" is neither lead nor split", rule);
}

static const char *own_file(struct session *s, const struct loaded *l)
{
	const char *file = catalog_path(s->arena, l->survey.folder, "criteria.csv");

	return catalog_is_file(file) ? file : NULL;
}

/* A file that is named may hold one unit without saying so; the survey's own says of whom and when.
 */
static bool read_marks(struct session *s, const struct loaded *l, const char *file,
		       struct losses *x, struct diag *why)
{
	const char *own = file ? NULL : own_file(s, l);
	struct criteria_wanted wanted = {&l->survey.provinces, x->order.self, x->order.year, !file};

	if (!file && !own)
		return gaps_of_scores(s->arena, &l->survey, &l->all, x->order.self, x->order.year,
				      &x->criteria, why);
	return criteria_read(s->arena, file ? file : own, &wanted, &x->criteria, why);
}

static bool sum_up(struct session *s, struct losses *x, struct diag *why)
{
	const char *targets = s->options.value[OPT_TARGETS];

	gaps_check(s->arena, &x->order, why);
	if (targets && !targets_read(s->arena, targets, &x->criteria, &x->targets, why))
		return false;
	if (targets)
		x->order.targets = &x->targets;
	gaps_result(s->arena, &x->order, GAPS_CRITERION, &x->rows);
	gaps_result(s->arena, &x->order, GAPS_DOMAIN, &x->domains);
	gaps_result(s->arena, &x->order, GAPS_AGENCY, &x->agencies);
	x->total = gaps_total(s->arena, &x->order);
	return true;
}

static bool start(struct session *s, const struct loaded *l, const struct province *self, long year,
		  struct losses *out, struct diag *why)
{
	*out = (struct losses){.order = {.survey = &l->survey,
					 .criteria = &out->criteria,
					 .all = &l->all,
					 .self = self,
					 .year = year}};
	return read_shared(s, &out->order.split, why);
}

bool losses_read(struct session *s, const struct loaded *l, const struct province *self, long year,
		 const char *file, struct losses *out, struct diag *why)
{
	return start(s, l, self, year, out, why) && read_marks(s, l, file, out, why) &&
	       sum_up(s, out, why);
}

/* Does the survey's own file have marks of the province and year? */
static bool is_marked(struct session *s, const struct loaded *l, const struct province *self,
		      long year, bool *marked, struct diag *why)
{
	const char *file = own_file(s, l);
	struct criteria_wanted *of;
	size_t n = 0;

	*marked = false;
	if (file && !criteria_marked(s->arena, file, &l->survey.provinces, &of, &n, why))
		return false;
	for (size_t i = 0; i < n; i++)
		*marked |= of[i].self == self && of[i].year == year;
	return true;
}

bool losses_find(struct session *s, const struct loaded *l, const struct province *self, long year,
		 struct losses *out, bool *found, struct diag *why)
{
	const char *file = s->options.value[OPT_CRITERIA];
	struct diag no = {.translation = why->translation};
	bool marked;

	if (!is_marked(s, l, self, year, &marked, why))
		return false;
	*found = file || marked;
	if (*found)
		return losses_read(s, l, self, year, file, out, why);
	if (!start(s, l, self, year, out, why))
		return false;
	*found = gaps_of_scores(s->arena, &l->survey, &l->all, self, year, &out->criteria, &no);
	return !*found || sum_up(s, out, why);
}

struct result losses_targets(struct session *s, const struct losses *x)
{
	struct result out = {.parts = x->rows.parts}, all = out;

	for (size_t i = 0; i < x->domains.n; i++)
		result_add(s->arena, &all, &x->domains.row[i]);
	result_add(s->arena, &all, &x->total);
	for (size_t i = 0; i < x->rows.n; i++)
		if (!result_find(&x->domains, x->order.year, x->rows.row[i].item,
				 x->order.self->code))
			result_add(s->arena, &all, &x->rows.row[i]);
	for (size_t i = 0; i < all.n; i++)
		if (!isnan(all.row[i].target))
			result_add(s->arena, &out, &all.row[i]);
	return out;
}
