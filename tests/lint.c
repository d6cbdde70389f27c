/* Every rule with what breaks it and what just does not: facts and pictures made by hand. */
#include "pictured.h"
#include "analysis/published.h"
#include "analysis/rank.h"
#include "output/lint.h"

TestSuite(lint, .fini = clean);

struct bench {
	struct survey survey;
	struct phrases phrases;
	struct result all;
	struct facts facts;
	struct lint_chart chart;
};

#define SOURCE "Nguồn: PAPI 2024 (CECODES, VFF-CRT, RTA và UNDP)."
#define NO_ERROR                                                                                                          \
	"Điểm công bố không kèm sai số chọn mẫu; chênh lệch và thứ hạng sát nhau có thể nằm " \
	"trong "                                                                                                          \
	"sai số."

/* A chart of a survey that says nothing yet, with its source in words and picture. */
static struct bench *bench_of(const char *share, const char *survey, long year)
{
	struct bench *t = arena_new(&arena, 1, sizeof *t);
	struct diag bad = {0};

	cr_assert(survey_read(&arena, share,
			      arena_format(&arena, "%s/surveys/%s", share, survey).at, &t->survey,
			      &bad),
		  "%s", bad.item[0].words);
	cr_assert(phrases_read(&arena, SHIPPED, LANG_VI, &t->phrases, &bad));
	t->facts = (struct facts){.arena = &arena,
				  .survey = &t->survey,
				  .phrases = &t->phrases,
				  .all = &t->all,
				  .year = year,
				  .item = TEXT("total"),
				  .said = true};
	t->chart = (struct lint_chart){
		.facts = &t->facts,
		.picture = pictured(lettered(5, 90, "#222222", 9.34, "start", SOURCE)),
		.footer = TEXT(SOURCE " " NO_ERROR),
		.report = false};
	return t;
}

static struct bench *papi(void)
{
	return bench_of(SHIPPED, "papi", 2024);
}

static struct bench *small(void)
{
	return bench_of(FIXTURES, "small", 2021);
}

/* What a rule finds. */
static struct found finds(const struct bench *t, const char *rule)
{
	struct found all[LINT_RULES];

	lint_run(&arena, &t->chart, all);
	for (size_t k = 0; k < LINT_RULES; k++)
		if (strcmp(lint_rules[k].name, rule) == 0)
			return all[k];
	cr_assert(false, "no rule %s", rule);
	return (struct found){0};
}

static void passes(const struct bench *t, const char *rule)
{
	struct found f = finds(t, rule);

	cr_expect(f.n == 0, "%s: %.*s", rule, SPAN_ARG(lint_words(&t->phrases, &f)));
}

static void fails(const struct bench *t, const char *rule, const char *words)
{
	struct found f = finds(t, rule);

	cr_assert(eq(sz, f.n, 1), "%s", rule);
	check_text(f.at[0], words);
}

/* ---- honesty ----------------------------------------------------------------------------- */

Test(lint, bars_begin_at_zero)
{
	struct bench *t = papi();

	passes(t, "bars-not-from-zero");
	facts_bars(&t->facts, 0);
	passes(t, "bars-not-from-zero");
	facts_bars(&t->facts, 39.5);
	fails(t, "bars-not-from-zero", "Cột bắt đầu từ 39,50");
	t->facts.bars = false; /* dots may stand on any axis */
	passes(t, "bars-not-from-zero");
}

static struct bench *claiming(struct bench *t, int sign, double estimate, double low, double high,
			      double reference)
{
	facts_claim(&t->facts,
		    (struct fact_claim){span_of("1"), sign, estimate, low, high, reference});
	return t;
}

static struct bench *asked(void)
{
	struct bench *t = bench_of(FIXTURES, "asked", 2022);

	t->chart.footer = span_of(""); /* which has no note to give */
	return t;
}

Test(lint, claims_of_answers)
{
	const char *rule = "claim-beyond-error";

	passes(claiming(asked(), 1, 5, 1, 9, 0), rule);
	passes(claiming(asked(), -1, -5, -9, -1, 0), rule);
	passes(claiming(asked(), 0, 19, 12, 63, NAN), rule);
	fails(claiming(asked(), 1, 5, 0, 9, 0), rule,
	      "1: nói cao hơn 0,00, nhưng khoảng là 0,00 đến 9,00");
	fails(claiming(asked(), 1, 5, -1, 9, 0), rule,
	      "1: nói cao hơn 0,00, nhưng khoảng là −1,00 đến 9,00");
	fails(claiming(asked(), -1, 60, 55, 65, 65), rule,
	      "1: nói thấp hơn 65,00, nhưng khoảng là 55,00 đến 65,00");
	fails(claiming(asked(), -1, 60, 55, 65, 50), rule,
	      "1: nói thấp hơn 50,00, nhưng khoảng là 55,00 đến 65,00");
	fails(claiming(asked(), 1, 5, NAN, 9, 0), rule,
	      "1: nêu 5,00 ước lượng từ phiếu mà không kèm khoảng tin cậy");
	fails(claiming(asked(), 0, 19, NAN, NAN, NAN), rule,
	      "1: nêu 19,00 ước lượng từ phiếu mà không kèm khoảng tin cậy");
}

Test(lint, claims_of_published_scores)
{
	const char *rule = "claim-beyond-error",
		   *note = "thiếu ghi chú rằng điểm công bố không kèm sai số";
	struct bench *t = papi();

	passes(t, rule);
	passes(claiming(t, 1, 44.4, NAN, NAN, 43.48), rule);
	passes(claiming(t, -1, -0.2, NAN, NAN, 0), rule);
	passes(claiming(t, 0, 19, NAN, NAN, NAN), rule);
	fails(claiming(papi(), 1, 43.48, NAN, NAN, 43.48), rule,
	      "1: nói 43,48 ở phía bên kia của 43,48");
	fails(claiming(papi(), -1, 44.4, NAN, NAN, 43.48), rule,
	      "1: nói 44,40 ở phía bên kia của 43,48");
	t->chart.footer = span_of(SOURCE);
	fails(t, rule, note);
	t = papi();
	t->facts.said = false;
	fails(t, rule, "không có ghi nhận về điều tiêu đề khẳng định");
}

static struct bench *counting(double estimate, double n, unsigned flags)
{
	struct bench *t = asked();
	struct result_row row = result_row_init();

	row.item = span_of("1");
	row.province = span_of("05");
	row.province_name = span_of("Én Vàng");
	row.year = 2022;
	row.estimate = estimate;
	row.n = n;
	row.flags = flags;
	facts_drawn(&t->facts, &row);
	return t;
}

Test(lint, few_answers)
{
	const char *rule = "few-answers-unflagged";

	passes(counting(50, 30, 0), rule);
	passes(counting(50, 29, FLAG_CAUTION), rule);
	passes(counting(50, NAN, 0), rule); /* published */
	passes(counting(NAN, 20, 0), rule); /* not shown */
	fails(counting(50, 29, 0), rule, "Én Vàng, 1 năm 2022: 29 phiếu, không có dấu báo");
	fails(counting(50, 20, FLAG_SIMULATED), rule,
	      "Én Vàng, 1 năm 2022: 20 phiếu, không có dấu báo");
}

Test(lint, source)
{
	const char *rule = "source-missing", *broken = "“" SOURCE "” không có trong chú thích";
	struct bench *t = papi();

	passes(t, rule);
	t->chart.footer = span_of("Điểm công bố.");
	fails(t, rule, broken);
	t->chart.footer = span_of("Nguồn: PAPI 2023 (CECODES, VFF-CRT, RTA và UNDP).");
	fails(t, rule, broken);
	t = papi();
	t->chart.picture = pictured("");
	fails(t, rule, broken); /* told, but not drawn */
	t->chart.report = true;
	passes(t, rule);
	t = papi(); /* drawn in two lines */
	t->chart.picture = pictured(
		arena_format(
			&arena, "%s%s",
			lettered(5, 70, "#222222", 9.34, "start", "Nguồn: PAPI 2024 (CECODES,"),
			lettered(5, 90, "#222222", 9.34, "start", "VFF-CRT, RTA và UNDP)."))
			.at);
	passes(t, rule);
}

static struct bench *joined(struct bench *t, const char *unit, long from, long to,
			    enum fact_form form)
{
	facts_join(&t->facts, (struct fact_join){t->facts.item, span_of(unit), from, to, form});
	return t;
}

/* comparability.csv of PAPI's total: warn 2015|2016, no 2017|2018; of the small survey's: all years
 * to 2021 compare, 2022 does not. There 04 is another unit before and after 2020, and 2021 has a
 * fifth unit. */
Test(lint, years)
{
	const char *rule = "years-across-break";
	static const char why[] = "nội dung Trách nhiệm giải trình đổi cấu phần từ năm 2016, nên "
				  "một phần thay đổi của "
				  "tổng điểm do cách đo";
	struct bench *t;

	passes(joined(papi(), "33", 2016, 2017, FACT_LINE), rule);
	passes(joined(papi(), "33", 2015, 2016, FACT_DASH), rule);
	fails(joined(papi(), "33", 2015, 2016, FACT_LINE), rule,
	      arena_format(&arena, "total: nét liền từ 2015 đến 2016, lẽ ra là nét đứt (%s)", why)
		      .at);
	fails(joined(papi(), "33", 2015, 2016, FACT_TOLD), rule,
	      arena_format(&arena, "total: so 2015 với 2016 mà không nêu lý do cần thận trọng: %s",
			   why)
		      .at);
	t = joined(papi(), "33", 2015, 2016, FACT_TOLD);
	t->chart.footer = span_of(arena_format(&arena, "* %s. " SOURCE " " NO_ERROR, why).at);
	passes(t, rule);
	for (int form = FACT_LINE; form <= FACT_TOLD; form++)
		cr_expect(eq(sz,
			     finds(joined(papi(), "", 2017, 2018, (enum fact_form)form), rule).n,
			     1));
	fails(joined(small(), "01", 2021, 2022, FACT_DASH), rule,
	      "total: nối 2021 với 2022, đổi cách tính");
	passes(joined(small(), "01", 2019, 2020, FACT_LINE), rule);
	fails(joined(small(), "04", 2019, 2020, FACT_DASH), rule,
	      "total: mã 04 ở 2019 và 2020 là hai đơn vị khác nhau");
	passes(joined(small(), "01", 2020, 2021, FACT_LINE), rule);
	passes(joined(small(), "", 2020, 2021, FACT_DASH), rule);
	cr_expect(eq(sz, finds(joined(small(), "", 2020, 2021, FACT_LINE), rule).n, 1));
	/* a step is told once, however many lines cross it */
	t = joined(joined(small(), "01", 2021, 2022, FACT_LINE), "02", 2021, 2022, FACT_LINE);
	cr_expect(eq(sz, finds(t, rule).n, 1));
}

/* 63 units stand in 2024. */
Test(lint, units)
{
	const char *rule = "units-unmatched";
	struct bench *t = papi();
	const struct provinces *all = &t->survey.provinces;

	facts_unit(&t->facts, span_of("33"));
	facts_unit(&t->facts, span_of("33"));
	passes(t, rule);
	facts_unit(&t->facts, span_of("03"));
	fails(t, rule, "Năm 2024 không có đơn vị mã 03");

	t = papi();
	all = &t->survey.provinces;
	published_result(&arena, &t->survey, &t->all);
	rank_result(&t->survey, &t->all);
	t->facts.map = true;
	for (size_t i = 0; i < all->n; i++)
		if (province_stands(&all->at[i], 2024))
			facts_unit(&t->facts, all->at[i].code);
	cr_expect(eq(sz, t->facts.units, 63));
	passes(t, rule);
	t->facts.units--; /* 96 */
	struct found f = finds(t, rule);

	cr_assert(eq(sz, f.n, 2));
	check_text(f.at[0], "Cà Mau có năm 2024, không có trên bản đồ");
	check_text(f.at[1], "Cà Mau có số liệu, không có ô trên bản đồ và không được nêu tên");
	t->chart.footer =
		span_of("Có số liệu nhưng không có ô trên bản đồ: Cà Mau. " SOURCE " " NO_ERROR);
	fails(t, rule, "Cà Mau có năm 2024, không có trên bản đồ"); /* which it should be */
	t->facts.units++;
	facts_unit(&t->facts, span_of("33"));
	fails(t, rule, "Hưng Yên có hai ô trở lên");
}

/* ---- looks ------------------------------------------------------------------------------- */

static struct bench *drawing(const char *body)
{
	struct bench *t = papi();

	t->chart.picture = pictured(body);
	return t;
}

/* 7 pt are 7 * 96/72 = 9.333 px, which gnuplot writes as 9.33. */
Test(lint, small_text)
{
	passes(drawing(lettered(10, 50, "#000000", 9.33, "start", "a")), "small-text");
	fails(drawing(lettered(10, 50, "#000000", 9.32, "start", "a")), "small-text", "“a” 7,0 pt");
	fails(drawing(lettered(10, 50, "#000000", 8, "start", "a")), "small-text", "“a” 6,0 pt");
}

/* Long texts are named by their beginning: 40 characters. */
Test(lint, long_texts)
{
	const char *ten = "mười chữ ă";
	const char *words = arena_format(&arena, "%s%s%s%s", ten, ten, ten, ten).at,
		   *more = arena_format(&arena, "%s!", words).at;

	fails(drawing(lettered(1, 50, "#000000", 4, "start", words)), "small-text",
	      arena_format(&arena, "“%s” 3,0 pt", words).at);
	fails(drawing(lettered(1, 50, "#000000", 4, "start", more)), "small-text",
	      arena_format(&arena, "“%s…” 3,0 pt", words).at);
}

#define TILE(fill) "<polygon stroke=\"none\" fill=\"" fill "\" points=\"10,10 60,10 60,60 10,60\"/>"

static struct bench *upon(const char *under, double x, const char *fill, const char *words)
{
	return drawing(
		arena_format(&arena, "%s%s", under, lettered(x, 40, fill, 12, "middle", words)).at);
}

/* On white #767676 has 4.54:1 and #777777 4.478:1 (webaim.org/articles/contrast). */
Test(lint, contrast_of_texts)
{
	const char *rule = "low-contrast-text";

	passes(upon("", 35, "#767676", "a"), rule);
	fails(upon("", 35, "#777777", "a"), rule, "“a” #777777 trên #FFFFFF: 4,47:1");
	passes(upon(TILE("#0A3D6B"), 35, "#FFFFFF", "a"), rule);
	fails(upon("", 35, "#FFFFFF", "a"), rule, "“a” #FFFFFF trên #FFFFFF: 1,00:1");
	/* an end that leaves its tile, on either side */
	fails(upon(TILE("#0A3D6B"), 50, "#FFFFFF", "abcde"), rule,
	      "“abcde” #FFFFFF trên #FFFFFF: 1,00:1");
	fails(upon(TILE("#0A3D6B"), 20, "#FFFFFF", "abcde"), rule,
	      "“abcde” #FFFFFF trên #FFFFFF: 1,00:1");
	/* white of 80 % over black is #CCCCCC: 21 * 0.6 or so; of 20 % it hides nothing */
	passes(upon(TILE("#000000") "<polygon stroke=\"none\" fill=\"#FFFFFF\" "
				    "fill-opacity=\"0.8\" "
				    "points=\"0,0 99,0 99,99 0,99\"/>",
		    35, "#222222", "a"),
	       rule);
	cr_expect(eq(sz,
		     finds(upon(TILE("#000000") "<polygon stroke=\"none\" fill=\"#FFFFFF\" "
						"fill-opacity=\"0.2\" points=\"0,0 99,0 99,99 "
						"0,99\"/>",
				35, "#222222", "a"),
			   rule)
			     .n,
		     1));
	/* in a dot */
	passes(upon("<use xlink:href='#disc' transform='translate(35,36) scale(9)' "
		    "color='#C8102E'/>",
		    35, "#FFFFFF", "7"),
	       rule);
}

#define DOT(x, size, colour)                                                                       \
	"<use xlink:href='#disc' transform='translate(" x ",30) scale(" size ")' color='" colour   \
	"'/>"
#define INSIDE(colour) "<path stroke=\"" colour "\" d=\"M20,30 L50,30\"/>"
#define LINE(colour, y) "<path stroke=\"" colour "\" d=\"M0," y " L200," y "\"/>"

/* On white #949494 has 3.03:1 and #959595 2.996:1. */
Test(lint, contrast_of_marks)
{
	const char *rule = "low-contrast-marks";

	passes(drawing(DOT("30", "3", "#949494")), rule);
	fails(drawing(DOT("30", "3", "#959595") DOT("90", "3", "#959595")), rule,
	      "#959595 trên #FFFFFF: 2,99:1");
	passes(drawing(LINE("#949494", "30")), rule);
	fails(drawing(LINE("#B0B0B0", "30")), rule, "#B0B0B0 trên #FFFFFF: 2,16:1");
	/* the grid; gaps in the colour of the paper, and what stands in them */
	passes(drawing(LINE("rgb(227, 230, 234)", "30") LINE("#C9CED6", "40")), rule);
	passes(drawing(TILE("#5B6472") DOT("30", "4", "#FFFFFF") DOT("30", "3", "#3B78AB")), rule);
	fails(drawing(TILE("#5B6472") DOT("30", "3", "#3B78AB")), rule,
	      "#3B78AB trên #5B6472: 1,27:1");
	passes(drawing(TILE("#5B6472") INSIDE("#FFFFFF") INSIDE("#3B78AB")), rule);
	fails(drawing(TILE("#5B6472") INSIDE("#3B78AB") INSIDE("#FFFFFF")), rule,
	      "#3B78AB trên #5B6472: 1,27:1");
	/* a frame needs one side; a line inside its area both */
	passes(drawing(TILE("#777777") "<path stroke=\"#888888\" d=\"M10,10 L60,10 L60,60 L10,60 Z "
				       "\"/>"),
	       rule);
	cr_expect(
		eq(sz,
		   finds(drawing(TILE("#777777") "<path stroke=\"#888888\" d=\"M20,30 L50,30\"/>"),
			 rule)
			   .n,
		   1));
}

/* The colours of grid and rules are those that the scripts use. */
Test(lint, rules_are_those_of_the_style)
{
	static const char *const colours[] = {"#E3E6EA", "#2C323A", "#C9CED6", "#454D58"};
	const char *style = arena_string(&arena, bytes_of(SHIPPED "/plots/style.gp"));

	for (size_t i = 0; i < COUNT(colours); i++) {
		const char *line = strstr(style, i < 2 ? "\nGRID " : "\nRULE "), *at;

		cr_assert(line != NULL);
		at = strstr(line, colours[i]);
		cr_expect(at && at < strchr(line + 1, '\n'), "%s", colours[i]);
		passes(drawing(arena_format(&arena, "<path stroke=\"%s\" d=\"M0,9 L9,9\"/>",
					    colours[i])
				       .at),
		       "low-contrast-marks");
	}
}

Test(lint, red_and_green)
{
	passes(drawing(DOT("30", "3", "#0072B2") DOT("60", "3", "#D55E00")), "red-green");
	fails(drawing(DOT("30", "3", "#D7191C") DOT("60", "3", "#1A9641")
			      DOT("90", "3", "#1A9641")),
	      "red-green", "#D7191C và #1A9641");
	fails(drawing(arena_format(&arena, "%s%s", lettered(10, 50, "#D7191C", 10, "start", "a"),
				   TILE("#1A9641"))
			      .at),
	      "red-green", "#1A9641 và #D7191C");
}

/* Boxes of 10 px are 7 px high, from the line up. */
static struct bench *two(double x, double y)
{
	const char *one = lettered(10, 50, "#000000", 10, "start", "một"),
		   *other = lettered(x, y, "#000000", 10, "start", "hai");

	return drawing(arena_format(&arena, "%s%s", one, other).at);
}

Test(lint, labels_on_one_another)
{
	double width;

	papi();
	width = 10 * typeface_width(face, span_of("một"), false);
	passes(two(10, 57), "overlapping-labels");   /* they touch */
	passes(two(10, 56.1), "overlapping-labels"); /* 0.9 px */
	fails(two(10, 55.8), "overlapping-labels", "“một” và “hai”");
	fails(two(10, 44.2), "overlapping-labels", "“hai” và “một”");
	fails(two(10, 50), "overlapping-labels", "“một” và “hai”");
	passes(two(10 + width - 0.9, 50), "overlapping-labels");
	fails(two(10 + width - 1.2, 50), "overlapping-labels", "“một” và “hai”");
	passes(two(10 + width - 1.2, 57), "overlapping-labels");
}

/* In a view box of 200 x 100. */
Test(lint, labels_cut)
{
	static const struct {
		double x, y;
		const char *anchor, *beyond; /* NULL: inside */
	} cases[] = {
		{0, 50, "start", NULL},      {-0.4, 50, "start", NULL},
		{-0.6, 50, "start", "0,6"},  {200.4, 50, "end", NULL},
		{200.6, 50, "end", "0,6"},   {100, 100.4, "middle", NULL},
		{100, 101, "middle", "1,0"}, {100, 6.6, "middle", NULL},
		{100, 6, "middle", "1,0"},
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct bench *t = drawing(
			lettered(cases[i].x, cases[i].y, "#000000", 10, cases[i].anchor, "tên"));

		if (!cases[i].beyond)
			passes(t, "cut-labels");
		else
			fails(t, "cut-labels",
			      arena_format(&arena, "“tên” vượt mép %s px", cases[i].beyond).at);
	}
}

/* ---- rules and words --------------------------------------------------------------------- */

Test(lint, table_of_rules)
{
	struct bench *t = papi();

	for (size_t k = 0; k < LINT_RULES; k++) {
		cr_expect(eq(sz, strspn(lint_rules[k].name, "abcdefghijklmnopqrstuvwxyz-"),
			     strlen(lint_rules[k].name)));
		cr_expect(not(span_starts(phrase(&t->phrases, lint_rules[k].words), "⟦")), "%s",
			  lint_rules[k].words);
		for (size_t i = 0; i < k; i++)
			cr_expect(strcmp(lint_rules[i].name, lint_rules[k].name) != 0);
	}
}

Test(lint, telling)
{
	struct bench *t = papi();
	struct found found[LINT_RULES] = {0};
	struct diag why = {0};

	for (size_t k = 0; k < LINT_RULES; k++)
		found[k].arena = &arena;
	cr_expect(lint_tell(&t->phrases, span_of("a-rank"), found, &why));
	cr_expect(zero(sz, why.kept));
	for (int i = 0; i < 3; i++)
		found_add(&found[10], span_of("a"));
	check_text(lint_words(&t->phrases, &found[10]), "a; a; a");
	found[10].n = 0;
	for (int i = 0; i < 5; i++)
		found_add(&found[11], arena_format(&arena, "%d", i));
	cr_expect(lint_tell(&t->phrases, span_of("a-rank"), found, &why));
	cr_expect(eq(sz, why.warnings, 1));
	cr_expect(strcmp(why.item[0].words, "a-rank: cut-labels: 0; 1; 2; và 2 chỗ khác") == 0,
		  "%s", why.item[0].words);
	found_add(&found[0], span_of("x"));
	cr_expect(not(lint_tell(&t->phrases, span_of("a-rank"), found, &why)));
	cr_expect(eq(sz, why.errors, 1));
	cr_expect(eq(int, (int)why.worst, DIAG_FAILED));
	cr_expect(strcmp(why.item[1].words, "a-rank: bars-not-from-zero: x") == 0, "%s",
		  why.item[1].words);
}
