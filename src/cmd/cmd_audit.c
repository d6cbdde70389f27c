#include "base/text.h"
#include "cmd/audit_rows.h"
#include "output/audit_doc.h"
#include "output/outfile.h"

/* Words of an audit, and the phrases that people read for them. */
static const struct {
	const char *word, *key;
} words[] = {
	{"result", "audit.kind.result"},
	{"difference", "audit.kind.difference"},
	{"gap", "audit.kind.gap"},
	{"bound", "audit.kind.bound"},
	{"rank", "audit.kind.rank"},
	{"units_ranked", "audit.kind.units_ranked"},
	{"rank_change", "audit.kind.rank_change"},
	{"rank_limit", "audit.kind.rank_limit"},
	{"rank_in_group", "audit.kind.rank_in_group"},
	{"units_in_group", "audit.kind.units_in_group"},
	{"rank_regained", "audit.kind.rank_regained"},
	{"limit", "audit.kind.limit"},
	{"difference_limit", "audit.kind.difference_limit"},
	{"level", "audit.kind.level"},
	{"median", "audit.kind.median"},
	{"mean", "audit.kind.mean"},
	{"mean_change", "audit.kind.mean_change"},
	{"worst", "audit.kind.worst"},
	{"best", "audit.kind.best"},
	{"maximum", "audit.kind.maximum"},
	{"self_score", "audit.kind.self_score"},
	{"lost", "audit.kind.lost"},
	{"share", "audit.kind.share"},
	{"running_share", "audit.kind.running_share"},
	{"target", "audit.kind.target"},
	{"sample", "audit.kind.sample"},
	{"count", "audit.kind.count"},
	{"degrees_of_freedom", "audit.kind.degrees_of_freedom"},
	{"design_effect", "audit.kind.design_effect"},
	{"percentile", "audit.kind.percentile"},
	{"number", "audit.kind.number"},
	{"year", "audit.kind.year"},
	{"code", "audit.kind.code"},
	{"label", "audit.kind.label"},
	{"text", "audit.kind.text"},
	{"figure", "audit.kind.figure"},
	{"points", "unit.points"},
	{"percent", "audit.unit.percent"},
	{"percentage_points", "unit.delta.percent"},
};

static struct text said(const struct session *s, struct text word)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (span_is(word, words[i].word))
			return phrase(&s->phrases, words[i].key);
	return word;
}

static const char *place_key(const struct text *cell)
{
	static const char *const keys[][2] = {
		{"table", "audit.at.table"},     {"caption", "audit.at.caption"},
		{"note", "audit.at.note"},       {"alt", "audit.at.alt"},
		{"heading", "audit.at.heading"}, {"meta", "audit.at.meta"},
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (span_is(cell[AUDIT_PLACE], keys[i][0]))
			return keys[i][1];
	return "audit.at.paragraph";
}

static void say_place(struct session *s, const struct text *cell, size_t number)
{
	struct text at =
		PHRASE_FILL(&s->phrases, place_key(cell), {"section", cell[AUDIT_SECTION]},
			    {"paragraph", cell[AUDIT_PARAGRAPH]}, {"name", cell[AUDIT_NAME]},
			    {"row", cell[AUDIT_ROW]}, {"column", cell[AUDIT_COLUMN]},
			    {"id", cell[AUDIT_ID]}, {"words", cell[AUDIT_WORDS]});

	fprintf(s->out, "\n%zu. %.*s\n", number, SPAN_ARG(text_visible(s->arena, at)));
}

/* "result 44.404 points; survey papi; year 2024; ..." */
static void say_what(struct session *s, const struct text *cell)
{
	static const struct {
		enum audit_column column;
		const char *key;
	} parts[] = {
		{AUDIT_SURVEY, "audit.survey"},
		{AUDIT_YEAR, "audit.year"},
		{AUDIT_YEAR_FROM, "audit.year.from"},
		{AUDIT_PROVINCE, "audit.province"},
		{AUDIT_ITEM, "audit.item"},
		{AUDIT_DOMAIN, "audit.domain"},
		{AUDIT_N, "audit.n"},
		{AUDIT_METHOD, "audit.method"},
	};
	struct text line = said(s, cell[AUDIT_KIND]);

	if (cell[AUDIT_VALUE].n)
		line = arena_format(s->arena, "%.*s: %.*s %.*s", SPAN_ARG(line),
				    SPAN_ARG(cell[AUDIT_VALUE]),
				    SPAN_ARG(said(s, cell[AUDIT_UNIT])));
	line = span_trim(line);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		struct text value = cell[parts[i].column];

		if (value.n)
			line = arena_format(
				s->arena, "%.*s; %.*s", SPAN_ARG(line),
				SPAN_ARG(PHRASE_FILL(&s->phrases, parts[i].key, {"value", value})));
	}
	fprintf(s->out, "   %.*s\n", SPAN_ARG(text_visible(s->arena, line)));
}

static void say_file(struct session *s, const struct text *cell, enum audit_state state)
{
	static const char *const keys[] = {[AUDIT_SAME] = "audit.file.same",
					   [AUDIT_CHANGED] = "audit.file.changed",
					   [AUDIT_GONE] = "audit.file.gone"};
	struct text file = cell[AUDIT_FILE];

	if (cell[AUDIT_LINE].n)
		file = PHRASE_FILL(&s->phrases, "audit.line", {"file", file},
				   {"line", cell[AUDIT_LINE]});
	if (cell[AUDIT_SHA256].n) /* without it there is nothing to compare */
		file = arena_format(s->arena, "%.*s (%.*s)", SPAN_ARG(file),
				    SPAN_ARG(phrase(&s->phrases, keys[state])));
	fprintf(s->out, "   %.*s\n", SPAN_ARG(text_visible(s->arena, file)));
}

/* Is this row the first of its file? Each is warned of once. */
static bool is_first(const struct audit_rows *rows, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (span_equal(rows->at[k].cell[AUDIT_FILE], rows->at[i].cell[AUDIT_FILE]))
			return false;
	return true;
}

static void say_rows(struct session *s, const char *document, const struct audit_rows *rows,
		     struct diag *why)
{
	const char *key = rows->n == 1 ? "audit.found.one" : "audit.found";

	fprintf(s->out, "%.*s\n",
		SPAN_ARG(PHRASE_FILL(&s->phrases, key, {"number", rows->at[0].cell[AUDIT_TEXT]},
				     {"file", text_visible(s->arena, span_of(document))},
				     {"count", arena_format(s->arena, "%zu", rows->n)})));
	for (size_t i = 0; i < rows->n; i++) {
		const struct text *cell = rows->at[i].cell;
		struct text file = cell[AUDIT_FILE];
		enum audit_state state = AUDIT_SAME;

		say_place(s, cell, i + 1);
		say_what(s, cell);
		if (file.n == 0)
			continue;
		if (cell[AUDIT_SHA256].n)
			state = audit_file_state(s->arena, s->share, file, cell[AUDIT_SHA256]);
		say_file(s, cell, state);
		if (state == AUDIT_CHANGED && is_first(rows, i))
			diag_warn(why, "%.*s: the file has changed since the report was made",
				  SPAN_ARG(file));
	}
}

/* The audit: of --audit, else what the document carries. */
static bool find_audit(struct session *s, const char *document, const char **file, struct text *csv,
		       struct diag *why)
{
	struct text ignored;
	bool found;

	*file = s->options.value[OPT_AUDIT] ? s->options.value[OPT_AUDIT] : document;
	if (*file != document && !outfile_read(s->arena, document, &ignored, why))
		return false;
	if (!audit_doc_read(s->arena, *file, csv, &found, why))
		return false;
	if (found)
		return true;
	diag_fail(why, DIAG_DATA, "%s carries no audit", *file);
	return diag_hint(why, "name the file that hailong report --audit FILE wrote: --audit FILE");
}

static bool run(struct session *s, struct diag *why)
{
	const char *document = s->options.word[0], *number = s->options.word[1], *file;
	struct audit_rows rows;
	struct text csv;

	if (!find_audit(s, document, &file, &csv, why) ||
	    !audit_rows_read(s->arena, file, csv, span_trim(span_of(number)), &rows, why))
		return false;
	if (rows.n == 0) {
		diag_fail(why, DIAG_FAILED, "\"%s\" is not among the numbers of %s", number,
			  document);
		return diag_hint(why, "a number is looked for as it is printed, such as 63,17");
	}
	say_rows(s, document, &rows, why);
	return true;
}

extern const struct command cmd_audit;
const struct command cmd_audit = {
	.name = "audit",
	.words = "DOCUMENT NUMBER",
	.least_words = 2,
	.most_words = 2,
	.summary = "where a number of a report comes from",
	.help = "  hailong audit report/papi-2024-hung-yen.html 44,40\n\n"
		"Tells every place where the report prints the number, written 44,40 or 44.40: "
		"what it is,\n"
		"its value before rounding, how it was found, the file and line it was read from, "
		"and whether\n"
		"that file is still the same (SHA-256). DOCUMENT is the .docx or .html of a "
		"report, "
		"which carry\n"
		"their audit, the .csv that report --audit FILE wrote, or any other document of "
		"that "
		"report with\n"
		"--audit FILE.\n"
		"Exit status 1: the number is not there.\n",
	.options = (const enum option[]){OPT_AUDIT, OPT_OUT, OPT_FORCE, OPT__COUNT},
	.run = run,
};
