#include "cmd/options.h"

#include "survey/catalog.h"

#include <string.h>

const struct option_spec option_specs[OPT__COUNT] = {
	[OPT_PROVINCE] = {"province", 'p', "NAME",
			  "province by code or name in any spelling; `all`"},
	[OPT_PEERS] =
		{"peers", 0, "RULE",
		 "region (default), nearest:5, nearest:5:profile, or names separated by commas"},
	[OPT_CONFIDENCE] = {"confidence", 0, "METHOD",
			    "sets of ranks: simultaneous (default), marginal, single, holm, "
			    "bonferroni, sidak, kww"},
	[OPT_SIMULATIONS] = {"simulations", 0, "NUMBER",
			     "random draws behind sets of ranks (default 100000)"},
	[OPT_INTERVALS] = {"intervals", 0, "KIND",
			   "confidence (default), or goldstein-healy: for comparing units by "
			   "overlap"},
	[OPT_REACH] = {"reach", 0, "RANK",
		       "what the province lacks to be among the best so many, the others fixed"},
	[OPT_BEST] = {"best", 0, "NUMBER", "only who may be among the best so many"},
	[OPT_WORST] = {"worst", 0, "NUMBER", "only who may be among the last so many"},
	[OPT_CORRELATIONS] = {"correlations", 0, "FILE",
			      "CSV of the correlations of the estimates of a table: a row and a "
			      "column for each name"},
	[OPT_YEAR] = {"year", 'y', "YEAR",
		      "year of the figures (default: the latest); for simulate years by commas"},
	[OPT_FROM] =
		{"from", 0, "YEAR",
		 "earlier year (default: the year before); for change also a group, as --where"},
	[OPT_TO] = {"to", 0, "YEAR",
		    "later year (default: the latest); for change also a group, as --where; for "
		    "import the folder"},
	[OPT_YEAR_COLUMN] = {"year-column", 0, "COLUMN", "column of the years of a file"},
	[OPT_PROVINCE_COLUMN] = {"province-column", 0, "COLUMN",
				 "column of the provinces of a file"},
	[OPT_ID_COLUMN] = {"id-column", 0, "COLUMN", "column of the respondents' ids"},
	[OPT_TIME_COLUMNS] = {"time-columns", 0, "COLUMNS",
			      "columns of the start and the end of interviews, by a comma; or of "
			      "their duration"},
	[OPT_COVARIANCE] = {"covariance", 0, "METHOD",
			    "of two years that share sampling units: berger-priam (default), "
			    "overlap, stacked, independent"},
	[OPT_ADJUST] = {"adjust", 0, "METHOD",
			"p-values of several comparisons: holm (default), hochberg, hommel, "
			"bonferroni, sidak, bh, by, none"},
	[OPT_FAMILY_OF] = {"comparisons", 0, "OF",
			   "what makes a family of comparisons: item, province, table (default: "
			   "province where one is chosen, else item)"},
	[OPT_CONSTANT] = {"constant", 0, "NUMBER", "compare with this number, not with a year"},
	[OPT_TREND] = {"trend", 0, NULL, "the slope over all years from --from to --to"},
	[OPT_CONTRIBUTIONS] = {"contributions", 0, NULL,
			       "what the parts of the item (default: total) gave to its change"},
	[OPT_SQL] = {"sql", 0, NULL, "print the statement that makes the tally where the rows are"},
	[OPT_DIALECT] = {"dialect", 0, "NAME",
			 "of the statement: postgres (default), duckdb, spark, clickhouse"},
	[OPT_TABLE] = {"table", 0, "NAME",
		       "table of the answers; SCHEMA.TABLE; parts in double quotes as needed"},
	[OPT_MERGE] = {"merge", 0, NULL, "add tallies: the words are tally files"},
	[OPT_ITEM] = {"item", 'i', "CODES",
		      "items by code or column, separated by commas; a range q01-q60; or `all`"},
	[OPT_STAT] = {"stat", 's', "NAME",
		      "mean, proportion, rate, total, ratio, variance, quantile, distribution"},
	[OPT_CATEGORY] = {"category", 0, "LEVELS", "levels whose share is estimated, by commas"},
	[OPT_SATISFIED] = {"satisfied", 0, "LEVELS", "levels that count as satisfied: 4,5"},
	[OPT_OVER] = {"over", 0, "COLUMN", "denominator of a ratio"},
	[OPT_Q] = {"q", 0, "SHARES", "which quantiles, between 0 and 1 (default 0.5)"},
	[OPT_QRULE] = {"qrule", 0, "RULE",
		       "math (default), school, hf1 to hf9, shahvaish; grouped (inside the levels "
		       "of a scale)"},
	[OPT_METHOD] =
		{"method", 0, "NAME",
		 "how items make an index: structure (default: as structure.csv says), pooled, "
		 "item-mean, factor-mean, aspect-mean, weighted, score, score5"},
	[OPT_FITTING] = {"fitting", 0, "METHOD",
			 "of a small-area model: reml (default), ml, fh (moments), areml "
			 "(adjusted: never 0)"},
	[OPT_GAPS] = {"gaps", 0, NULL, "which items people want most and are satisfied with least"},
	[OPT_EXPECTING] = {"expecting", 0, "LEVELS",
			   "levels of the expectation questions that count, such as 3,4"},
	[OPT_BOUNDARIES] = {"boundaries", 0, "FILE",
			    "GeoJSON polygons of the provinces, for chart map"},
	[OPT_CRITERIA] = {"criteria", 0, "FILE",
			  "CSV with the marks of one province, by criterion"},
	[OPT_TARGETS] = {"targets", 0, "FILE", "CSV of points wanted: code,target"},
	[OPT_SHARED] = {"shared", 0, "RULE",
			"criteria of several agencies: lead (default: the first) or split"},
	[OPT_COMPONENTS] = {"components", 0, "FILE",
			    "CSV of what an index is made of: "
			    "indicator,weight,direction,min,max,target"},
	[OPT_NORMALISE] =
		{"normalise", 0, "METHOD",
		 "scores of indicators: minmax (default), goalpost, z, rank, borda, percentile, "
		 "distance, fraction, none"},
	[OPT_RANGE] = {"range", 0, "LOW,HIGH",
		       "range of minmax and goalpost scores (default 0,100)"},
	[OPT_AGGREGATE] = {"aggregate", 0, "METHOD",
			   "mean (default), geometric, harmonic, power:P, copeland"},
	[OPT_WEIGHTS] = {"weights", 0, "KIND",
			 "given (default, where --components has them), equal; pca (tells the "
			 "first principal component beside them)"},
	[OPT_THRESHOLD] = {"threshold", 0, "SHARE",
			   "weight that must be there for an index (default 1: all)"},
	[OPT_OUTLIERS] = {"outliers", 0, "WHAT",
			  "none (default: told), winsorise (set to the next value, and told)"},
	[OPT_ROBUSTNESS] = {"robustness", 0, "DRAWS",
			    "how far ranks hang on the method: that many random ones"},
	[OPT_VARY] = {"vary", 0, "LIST",
		      "what --robustness draws: weights or weights:X (default 0.25), normalise, "
		      "aggregate"},
	[OPT_WHERE] = {"where", 0, "PARTS", "only rows with \"column=value,column>=value\""},
	[OPT_BY] = {"by", 0, "COLUMNS",
		    "one estimate for every combination of these columns; for gaps criterion, "
		    "domain, agency; for chart forest each column by itself"},
	[OPT_WEIGHT] = {"weight", 'w', "COLUMN", "column of the weights"},
	[OPT_STRATA] = {"strata", 0, "COLUMNS", "column of the strata; S*T for combinations"},
	[OPT_PSU] = {"psu", 0, "COLUMN", "column of the primary sampling units (default: rows)"},
	[OPT_SSU] = {"ssu", 0, "COLUMNS", "columns of the units of later stages"},
	[OPT_NEST] = {"nest", 0, NULL, "names of units start again in every stratum"},
	[OPT_FPC] = {"fpc", 0, "COLUMNS", "columns with the number of units in the population"},
	[OPT_LONELY] = {"lonely", 0, "RULE",
			"strata with one unit: adjust (default), fail, remove, certainty, average, "
			"collapse"},
	[OPT_DOMAIN_LONELY] = {"domain-lonely", 0, "RULE",
			       "strata with one unit inside a group: none (default), adjust, "
			       "average"},
	[OPT_CI] =
		{"ci", 0, "METHOD",
		 "wald, logit (default for shares), xlogit, asin, beta, kg, wilson, ac, jeffreys, "
		 "likelihood, clopper-pearson"},
	[OPT_LEVEL] = {"level", 0, "SHARE", "level of confidence (default 0.95)"},
	[OPT_DF] = {"df", 0, "RULE",
		    "degrees of freedom: domain (default), design, inf, or a number"},
	[OPT_DEFF] = {"deff", 0, "KIND", "design effect against sampling wr (default) or wor"},
	[OPT_REPWEIGHTS] = {"repweights", 0, "COLUMNS", "columns of replicate weights: r1-r80"},
	[OPT_REPTYPE] = {"reptype", 0, "TYPE",
			 "JK1, JKn, BRR, Fay, bootstrap, subbootstrap, raowu, canty, SDR, other"},
	[OPT_REPSCALE] = {"repscale", 0, "NUMBER", "scale of the replicate variance"},
	[OPT_RSCALES] = {"rscales", 0, "FILE", "CSV with one scale for each replicate"},
	[OPT_FAY_RHO] = {"fay-rho", 0, "NUMBER", "factor of Fay's method"},
	[OPT_REPLICATES] = {"replicates", 0, "NUMBER",
			    "make replicate weights from the design: how many (bootstrap)"},
	[OPT_DRAWS] = {"draws", 0, "NUMBER",
		       "units drawn in a stratum by raowu (default: one less than there are)"},
	[OPT_MSE] = {"mse", 0, NULL, "replicates vary about the estimate, not about their mean"},
	[OPT_POSTSTRATIFY] = {"poststratify", 0, "FILE",
			      "CSV of population counts: a column for each variable, and Freq"},
	[OPT_RAKE] = {"rake", 0, "FILES",
		      "CSVs of population counts, one for each margin, as --poststratify"},
	[OPT_CALIBRATE] = {"calibrate", 0, "FILE", "CSV of population totals: variable,total"},
	[OPT_BOUNDS] = {"bounds", 0, "LOW,HIGH", "limits of the change calibration may make"},
	[OPT_DISTANCE] = {"distance", 0, "NAME", "of calibration: linear (default), raking, logit"},
	[OPT_SUPPRESS] = {"suppress", 0, "RULE",
			  "hide what is too uncertain: nchs, rse30, n=NUMBER, none"},
	[OPT_SEED] = {"seed", 0, "NUMBER", "start of the random numbers (default 1)"},
	[OPT_THREADS] = {"threads", 0, "NUMBER",
			 "processors that share the work (all, where it is worth it); results are "
			 "the same"},
	[OPT_CHUNK] = {"chunk", 0, "SIZE",
		       "bytes read at a time, as 64K or 4M (default 1M); results are the same"},
	[OPT_MAX_MEMORY] = {"max-memory", 0, "SIZE", "for the sums of answers, as 500M or 2G"},
	[OPT_MODEL] = {"model", 0, "FORMULA", "regression: \"y ~ x1 + x2\""},
	[OPT_FAMILY] = {"family", 0, "NAME", "of a regression: linear (default) or logistic"},
	[OPT_AGAINST] = {"against", 0, "NUMBER", "constant that a mean is tested against"},
	[OPT_CLUSTERS] = {"clusters", 0, "NUMBER", "clusters in a province"},
	[OPT_SIZE] = {"size", 0, "NUMBER", "respondents in a cluster"},
	[OPT_ICC] = {"icc", 0, "NUMBER", "intra-cluster correlation"},
	[OPT_NONRESPONSE] = {"nonresponse", 0, "SHARE", "share of answers left out"},
	[OPT_RATES] = {"rates", 0, "FILE", "true rates as CSV: year,province,code,rate"},
	[OPT_FORM] = {"form", 0, "FILE",
		      "sheet `survey` of the XLSForm behind the answers, as CSV"},
	[OPT_CHOICES] = {"choices", 0, "FILE", "sheet `choices` of the same XLSForm, as CSV"},
	[OPT_P] = {"p", 0, "SHARE", "expected share (default 0.8)"},
	[OPT_HALF_WIDTH] = {"half-width", 0, "SHARE", "half of the interval wanted"},
	[OPT_CHANGE] = {"change", 0, "SHARE", "difference to be detected"},
	[OPT_POWER] = {"power", 0, "SHARE", "chance to detect it (default 0.8)"},
	[OPT_STRATA_COUNT] = {"strata-count", 0, "NUMBER", "strata in a province"},
	[OPT_POPULATION] = {"population", 0, "FILE",
			    "people of the parts of merged provinces: a CSV of "
			    "province,year,population; for plan a number"},
	[OPT_SYSTEM] =
		{"system", 0, "NUMBER",
		 "figures of all years by the units of one map: 34 (estimates before the merger) "
		 "or 63"},
	[OPT_BASE_YEAR] = {"base-year", 0, "YEAR",
			   "year of the populations that weigh the parts (default: the last before "
			   "the merger)"},
	[OPT_RENORMALISE] = {"renormalise", 0, NULL,
			     "a merged unit with a missing part is estimated from the rest"},
	[OPT_RHO] = {"rho", 0, "NUMBER", "correlation between two years"},
	[OPT_WITH] = {"with", 0, "COLUMNS", "columns that explain direct estimates, by commas"},
	[OPT_AUXILIARY] = {"auxiliary", 0, "FILE",
			   "CSV beside a survey: province, the columns of --with, population"},
	[OPT_UNIT] = {"unit", 0, "NAME", "shares of a table are of 1 (share) or of 100 (percent)"},
	[OPT_SMOOTH] =
		{"smooth", 0, "RULE",
		 "sampling variances: none (default), deff (mean design effect), gvf (by n)"},
	[OPT_TRANSFORM] = {"transform", 0, "NAME", "of shares before the model: none, arcsine"},
	[OPT_BENCHMARK] = {"benchmark", 0, "RULE",
			   "agree with the country by population: ratio, difference"},
	[OPT_NATIONAL] = {"national", 0, "NUMBER",
			  "value of the country (default: the direct estimate of the survey)"},
	[OPT_FIT] = {"fit", 0, NULL, "also rows for variance, likelihood and coefficients"},
	[OPT_TEMPLATE] =
		{"template", 0, "NAME",
		 "nd30 (default: letterhead, signature, Nghị định 30/2020/NĐ-CP) or plain"},
	[OPT_OFFICE] = {"office", 0, "FILE",
			"CSV of the letterhead, recipients and signature: key,value"},
	[OPT_FORMAT] = {"format", 'f', "FORMAT",
			"table, csv, tsv, json, md; for charts svg, png, pdf, emf; for reports md, "
			"docx, html, pdf, xlsx"},
	[OPT_UPDATE] = {"update", 0, "FILE", "renew the report's blocks in this Word document"},
	[OPT_AUDIT] = {"audit", 0, "FILE",
		       "CSV of every number printed: what it is and where it comes from"},
	[OPT_OUT] = {"out", 'o', "PATH",
		     "write there instead of standard output; a folder for charts and reports"},
	[OPT_PROFILE] = {"profile", 0, "NAME",
			 "web (default: title and source inside) or report (for a document)"},
	[OPT_THEME] = {"theme", 0, "NAME",
		       "colour (default), mono (for photocopiers), dark (for slides)"},
	[OPT_DPI] = {"dpi", 0, "NUMBER", "dots an inch of PNG (default: 144; 300 in report)"},
	[OPT_PREVIEW] = {"preview", 0, NULL, "draw in the terminal, make no files"},
	[OPT_LIST] = {"list", 0, NULL, "list the kinds of charts"},
	[OPT_FOR] = {"for", 0, "QUESTION",
		     "list those that answer: standing, change, path, items, answers, trust"},
	[OPT_LINT] = {"lint", 0, NULL, "check charts and write none; alone: list the rules"},
	[OPT_PAD] = {"pad", 0, NULL, "write counts below ten with two digits, as in \"01\""},
	[OPT_RANK_WORD] = {"rank-word", 0, "WORD",
			   "hạng (default) or bậc (also hang, bac): what a step of rank is called"},
	[OPT_DELTA_UNIT] = {"delta-unit", 0, "UNIT",
			    "point (default): \"0,99 điểm phần trăm\"; percent: \"0,99%\", as "
			    "officials write"},
	[OPT_LANG] = {"lang", 0, "LANG",
		      "vi or en (default: results in vi, help and problems as the locale has it)"},
	[OPT_DELIMITER] = {"delimiter", 0, "MARK",
			   "between the fields of files: comma, semicolon, tab, pipe (default: as "
			   "their rows show)"},
	[OPT_DECIMAL] = {"decimal", 0, "MARK",
			 "of numbers in files: comma or point (default: as their cells show)"},
	[OPT_ENCODING] = {"encoding", 0, "NAME",
			  "of files: utf-8, utf-16, windows-1258, tcvn3, vni (default: as their "
			  "words show)"},
	[OPT_HEADER] = {"header", 0, "ROWS",
			"line of the header in files, as 3; 3-5 joins several (default: the first "
			"that is no title)"},
	[OPT_NO_CACHE] = {"no-cache", 0, NULL,
			  "read answers again although their sums are kept, and keep none"},
	[OPT_SHARE] = {"share", 0, "DIR", "folder with surveys/, plots/ and reports/"},
	[OPT_FORCE] = {"force", 0, NULL, "replace files that exist"},
	[OPT_STRICT] = {"strict", 0, NULL, "warnings give exit status 5"},
	[OPT_QUIET] = {"quiet", 'q', NULL, "no warnings, notes or progress"},
	[OPT_MAN] = {"man", 0, NULL, "print the manual page"},
	[OPT_NAMES] = {"names", 0, NULL, "print the names of the commands"},
	[OPT_HELP] = {"help", 'h', NULL, "say how to use the command"},
};

bool option_accepted(const enum option *list, enum option option)
{
	if (option == OPT_HELP || option == OPT_LANG || option == OPT_SHARE ||
	    option == OPT_STRICT || option == OPT_QUIET)
		return true;
	while (*list != OPT__COUNT && *list != option)
		list++;
	return *list == option;
}

static bool unknown(struct arena *a, const enum option *accepted, struct text name,
		    struct diag *why)
{
	struct text names[OPT__COUNT], near;
	size_t n = 0;

	for (size_t i = 0; i < OPT__COUNT; i++)
		if (option_accepted(accepted, (enum option)i))
			names[n++] = span_of(option_specs[i].name);
	near = catalog_nearest(a, name, names, n);
	diag_fail(why, DIAG_USAGE, "no option --%.*s here", SPAN_ARG(name));
	return near.n ? diag_hint(why, "did you mean --%.*s?", SPAN_ARG(near)) : false;
}

static size_t find(const enum option *accepted, struct text name, char letter)
{
	size_t i;

	for (i = 0; i < OPT__COUNT; i++)
		if (option_accepted(accepted, (enum option)i) &&
		    (letter ? option_specs[i].letter == letter
			    : span_is(name, option_specs[i].name)))
			break;
	return i;
}

/* One option at argv[*i]; may take argv[*i + 1] as its value. */
static bool take_option(struct arena *a, int argc, char **argv, int *i, const enum option *accepted,
			struct options *out, struct diag *why)
{
	bool is_long = argv[*i][1] == '-';
	struct text rest = span_of(argv[*i] + (is_long ? 2 : 1)), name = rest;
	size_t option;

	if (is_long)
		span_split(&rest, '=', &name);
	else if (name.n > 1) {
		name.n = 1;
		rest = (struct text){rest.at + 1, rest.n - 1};
	} else {
		rest = (struct text){NULL, 0};
	}
	option = find(accepted, name, is_long ? '\0' : name.at[0]);
	if (option == OPT__COUNT)
		return is_long ? unknown(a, accepted, name, why)
			       : diag_fail(why, DIAG_USAGE, "no option -%c here", name.at[0]);
	const struct option_spec *spec = &option_specs[option];

	if (out->value[option] && option != OPT_ITEM) /* items add up, joined by commas */
		return diag_fail(why, DIAG_USAGE, "--%s is given twice", spec->name);
	if (!spec->argument) {
		out->value[option] = "";
		return !rest.at || diag_fail(why, DIAG_USAGE, "--%s takes no value", spec->name);
	}
	if (!rest.at && *i + 1 == argc)
		return diag_fail(why, DIAG_USAGE, "--%s needs a value (%s)", spec->name,
				 diag_word(why, spec->argument));
	if (!rest.at)
		rest = span_of(argv[++*i]);
	if (out->value[option])
		rest = arena_format(a, "%s,%.*s", out->value[option], SPAN_ARG(rest));
	out->value[option] = arena_string(a, rest);
	return true;
}

bool options_parse(struct arena *a, int argc, char **argv, const enum option *accepted,
		   struct options *out, struct diag *why)
{
	bool only_words = false;

	*out = (struct options){0};
	for (int i = 0; i < argc; i++) {
		if (!only_words && strcmp(argv[i], "--") == 0) {
			only_words = true;
		} else if (!only_words && argv[i][0] == '-' && argv[i][1]) {
			if (!take_option(a, argc, argv, &i, accepted, out, why))
				return false;
		} else if (out->words == OPTION_WORDS) {
			return diag_fail(why, DIAG_USAGE, "more than %d names", OPTION_WORDS);
		} else {
			out->word[out->words++] = argv[i];
		}
	}
	return true;
}
