#include "cmd/asked.h"

#include <math.h>
#include <limits.h>
#include <string.h>

#define MOST_THREADS 256

bool asked_number(const struct session *s, enum option option, double least, double most,
		  double otherwise, double *out, struct diag *why)
{
	const char *value = s->options.value[option];

	*out = otherwise;
	if (!value || (number_parse(span_of(value), out) && *out >= least && *out <= most))
		return true;
	if (most >= 1e300)
		return diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not a number from %g",
				 option_specs[option].name, value, least);
	return diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not a number from %g to %g",
			 option_specs[option].name, value, least, most);
}

bool asked_whole(const struct session *s, enum option option, long least, long most, long otherwise,
		 long *out, struct diag *why)
{
	const char *value = s->options.value[option];

	*out = otherwise;
	return !value || number_whole(span_of(value), least, most, out) ||
	       diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not a whole number from %ld to %ld",
			 option_specs[option].name, value, least, most);
}

static bool unknown(const struct session *s, enum option option, struct diag *why)
{
	const struct option_spec *spec = &option_specs[option];

	diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is not known", spec->name,
		  s->options.value[option]);
	return diag_hint(why, "%s", diag_word(why, spec->help));
}

bool asked_word(const struct session *s, enum option option, const char *const *words, size_t n,
		size_t otherwise, size_t *out, struct diag *why)
{
	const char *value = s->options.value[option];

	*out = otherwise;
	if (!value)
		return true;
	for (*out = 0; *out < n; ++*out)
		if (span_is(span_of(value), words[*out]))
			return true;
	return unknown(s, option, why);
}

bool asked_none(const struct session *s, const enum option *list, const char *what,
		struct diag *why)
{
	while (*list != OPT__COUNT && !s->options.value[*list])
		list++;
	return *list == OPT__COUNT || diag_fail(why, DIAG_USAGE, "--%s is not for %s",
						option_specs[*list].name, diag_word(why, what));
}

void asked_no_error(const struct session *s, const enum option *list, struct diag *why)
{
	for (; *list != OPT__COUNT; list++)
		if (s->options.value[*list])
			diag_warn(why, "--%s changes nothing: published scores carry no error",
				  option_specs[*list].name);
}

static bool choose_lonely(struct session *s, struct estimate_options *out, struct diag *why)
{
	static const char *const lonely[LONELY__COUNT] = {
		[LONELY_FAIL] = "fail",           [LONELY_REMOVE] = "remove",
		[LONELY_CERTAINTY] = "certainty", [LONELY_ADJUST] = "adjust",
		[LONELY_AVERAGE] = "average",     [LONELY_COLLAPSE] = "collapse",
	};
	static const char *const domain[DOMAIN_LONELY__COUNT] = {
		[DOMAIN_LONELY_NONE] = "none",
		[DOMAIN_LONELY_ADJUST] = "adjust",
		[DOMAIN_LONELY_AVERAGE] = "average",
	};
	size_t i, d;

	if (!asked_word(s, OPT_LONELY, lonely, LONELY__COUNT, LONELY_ADJUST, &i, why) ||
	    !asked_word(s, OPT_DOMAIN_LONELY, domain, DOMAIN_LONELY__COUNT, DOMAIN_LONELY_NONE, &d,
			why))
		return false;
	out->lonely = (enum lonely)i;
	out->domain_lonely = (enum domain_lonely)d;
	return true;
}

static bool choose_df(struct session *s, struct estimate_options *out, struct diag *why)
{
	static const char *const words[] = {"domain", "design", "inf"};
	const char *value = s->options.value[OPT_DF];
	double df;
	size_t i;

	if (value && number_parse(span_of(value), &df) && df > 0) {
		out->df = DF_GIVEN;
		out->df_given = df;
		return true;
	}
	if (!asked_word(s, OPT_DF, words, 3, DF_DOMAIN, &i, why))
		return false;
	out->df = (enum df_rule)i;
	return true;
}

bool asked_collapse(const struct session *s)
{
	const char *lonely = s->options.value[OPT_LONELY];

	return lonely && strcmp(lonely, "collapse") == 0;
}

bool asked_variance(struct session *s, struct estimate_options *out, struct diag *why)
{
	return choose_lonely(s, out, why) && choose_df(s, out, why) &&
	       asked_number(s, OPT_LEVEL, 0.5, 0.9999, 0.95, &out->level, why);
}

static bool choose_suppress(struct session *s, struct estimate_options *out, struct diag *why)
{
	const char *value = s->options.value[OPT_SUPPRESS];

	out->suppress.rule = SUPPRESS_NCHS; /* a flag, unless asked to hide */
	out->hide = value != NULL;
	return !value || suppress_find(span_of(value), &out->suppress) ||
	       unknown(s, OPT_SUPPRESS, why);
}

static bool choose_interval(struct session *s, struct estimate_options *out, struct diag *why)
{
	const char *value = s->options.value[OPT_CI];

	out->interval = INTERVAL_LOGIT;
	return !value || interval_find(span_of(value), &out->interval) || unknown(s, OPT_CI, why);
}

bool asked_interval_fits(const struct session *s, const struct estimate_options *o,
			 struct diag *why)
{
	const char *value = s->options.value[OPT_CI];

	return !value || o->interval == INTERVAL_WALD || o->statistic == STATISTIC_QUANTILE ||
	       statistic_is_share(o->statistic) ||
	       diag_fail(why, DIAG_USAGE, "--ci: %s is an interval for shares; a %s takes wald",
			 value, statistic_name(o->statistic));
}

bool asked_interval(struct session *s, struct estimate_options *out, struct diag *why)
{
	*out = (struct estimate_options){.statistic = STATISTIC_RATE};
	return asked_variance(s, out, why) && choose_suppress(s, out, why) &&
	       choose_interval(s, out, why);
}

static bool choose_quantiles(struct session *s, struct estimate_options *out, struct diag *why)
{
	const char *value = s->options.value[OPT_Q], *rule = s->options.value[OPT_QRULE];
	struct text rest = span_of(value ? value : "0.5"), part;
	double *q = NULL;

	out->rule = QUANTILE_MATH;
	out->grouped = rule && strcmp(rule, "grouped") == 0;
	if (rule && !out->grouped && !quantile_find(span_of(rule), &out->rule))
		return unknown(s, OPT_QRULE, why);
	while (span_split(&rest, ',', &part)) {
		q = arena_grow(s->arena, q, out->n_quantiles, sizeof *q);
		if (!number_parse(part, &q[out->n_quantiles]) || q[out->n_quantiles] <= 0 ||
		    q[out->n_quantiles] >= 1)
			return diag_fail(why, DIAG_USAGE,
					 "--q: \"%.*s\" is not a number between 0 and 1",
					 SPAN_ARG(part));
		out->n_quantiles++;
	}
	out->quantile = q;
	return true;
}

bool asked_threads(const struct session *s, int *out, struct diag *why)
{
	long usual = (long)manner_threads(&(struct reading){0}), threads;

	if (!asked_whole(s, OPT_THREADS, 1, MOST_THREADS,
			 usual < MOST_THREADS ? usual : MOST_THREADS, &threads, why))
		return false;
	*out = (int)threads;
	return true;
}

bool asked_estimate(struct session *s, struct estimate_options *out, struct diag *why)
{
	static const char *const effects[DEFF__COUNT] = {[DEFF_WR] = "wr", [DEFF_WOR] = "wor"};
	const char *stat = s->options.value[OPT_STAT];
	bool mean_by_default;
	size_t deff;

	*out = (struct estimate_options){.statistic = STATISTIC_MEAN};
	if (s->options.value[OPT_OVER])
		out->statistic = STATISTIC_RATIO;
	if (s->options.value[OPT_SATISFIED])
		out->statistic = STATISTIC_RATE;
	if (s->options.value[OPT_CATEGORY])
		out->statistic = STATISTIC_PROPORTION;
	if (stat && !statistic_find(span_of(stat), &out->statistic))
		return unknown(s, OPT_STAT, why);
	mean_by_default = !stat && out->statistic == STATISTIC_MEAN;
	if (!asked_word(s, OPT_DEFF, effects, DEFF__COUNT, DEFF_WR, &deff, why))
		return false;
	out->deff = (enum deff)deff;
	return asked_threads(s, &out->threads, why) && asked_variance(s, out, why) &&
	       choose_suppress(s, out, why) && choose_interval(s, out, why) &&
	       (mean_by_default || asked_interval_fits(s, out, why)) &&
	       choose_quantiles(s, out, why);
}

/* A number of bytes: "65536", "64K", "4M", "2G". */
static bool asked_bytes(const struct session *s, enum option option, long least, size_t *out,
			struct diag *why)
{
	const char *value = s->options.value[option];
	struct text number = span_of(value);
	long unit = 1, whole;

	if (!value)
		return true;
	if (number.n && strchr("KMG", number.at[number.n - 1])) {
		unit = number.at[number.n - 1] == 'K'   ? 1L << 10
		       : number.at[number.n - 1] == 'M' ? 1L << 20
							: 1L << 30;
		number.n--;
	}
	if (!number_whole(number, 1, 1L << 20, &whole) &&
	    !(unit == 1 && number_whole(number, 1, LONG_MAX / 2, &whole)))
		return diag_fail(why, DIAG_USAGE,
				 "--%s: \"%s\" is not a size such as 65536, 64K, 4M or 2G",
				 option_specs[option].name, value);
	if (whole * unit < least)
		return diag_fail(why, DIAG_USAGE, "--%s: \"%s\" is less than %ld bytes",
				 option_specs[option].name, value, least);
	*out = (size_t)whole * (size_t)unit;
	return true;
}

/* ROW, or ROW-ROW. */
static bool asked_header(const struct session *s, struct form_asked *out, struct diag *why)
{
	const char *value = s->options.value[OPT_HEADER];
	struct text rest = span_of(value), part;
	long first, last;

	if (!value)
		return true;
	if (span_split(&rest, '-', &part) && number_whole(part, 1, 1000000, &first)) {
		last = first;
		if (!rest.at || number_whole(rest, first, first + 20, &last)) {
			out->header = (size_t)first;
			out->header_last = (size_t)last;
			return true;
		}
	}
	return diag_fail(why, DIAG_USAGE,
			 "--header: \"%s\" is neither a line such as 3 nor some "
			 "lines such as 3-5",
			 value);
}

bool asked_form(struct session *s, struct form_asked *out, struct diag *why)
{
	static const char *const delimiters[] = {"comma", "semicolon", "tab", "pipe"};
	static const char *const decimals[] = {"comma", "point"};
	static const char *const encodings[] = {"utf-8", "utf-16", "windows-1258", "tcvn3", "vni"};
	static const enum encoding encoding[] = {ENCODING_UTF8,        ENCODING_UTF16LE,
						 ENCODING_WINDOWS1258, ENCODING_TCVN3,
						 ENCODING_VNI,         ENCODING_UNKNOWN};
	size_t i;

	*out = (struct form_asked){0};
	if (!asked_word(s, OPT_DELIMITER, delimiters, 4, 4, &i, why))
		return false;
	out->delimiter = ",;\t|"[i]; /* the NUL behind them: not given */
	if (!asked_word(s, OPT_DECIMAL, decimals, 2, 2, &i, why))
		return false;
	out->decimal = ",."[i];
	if (!asked_word(s, OPT_ENCODING, encodings, 5, 5, &i, why))
		return false;
	out->encoding = encoding[i];
	return asked_header(s, out, why);
}

bool asked_reading(struct session *s, struct reading *out, struct diag *why)
{
	long threads;

	if (!asked_whole(s, OPT_THREADS, 1, MOST_THREADS, 0, &threads, why))
		return false;
	out->threads = (int)threads;
	return asked_bytes(s, OPT_CHUNK, 1024, &out->chunk, why) &&
	       asked_bytes(s, OPT_MAX_MEMORY, 1 << 20, &out->max_memory, why);
}

struct text asked_file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return span_of(slash ? slash + 1 : path);
}
