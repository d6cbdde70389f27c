/* The chart of groups, from breakdowns by hand, about "02" of tests/data/share/surveys/asked, whose
 * own value is 75.04 (66.71-81.85) by R survey 4.1-1 (tests/chart.c). */
#include "chart_help.h"

TestSuite(chart_forest, .fini = clean);

#define MOST 5

static struct level levels[] = {{.value = TEXT("a"), .label = {TEXT("An"), TEXT("En")}},
				{.value = TEXT("b"), .label = {TEXT("Bê"), TEXT("Be")}},
				{.value = TEXT("c"), .label = {TEXT("Cê"), TEXT("Ce")}},
				{.value = TEXT("d"), .label = {TEXT("Dê"), TEXT("De")}},
				{.value = TEXT("e"), .label = {TEXT("E"), TEXT("E")}}};

static struct question people = {.column = TEXT("kind"),
				 .words = {TEXT("Hạng người"), TEXT("Kind of people")},
				 .n_levels = MOST,
				 .level = levels};

struct sample {
	double value; /* NaN: hidden when there are answers */
	double n;
	const char *reason;
};

/* A variable with these groups; no pairs yet. */
static struct breakdown *broken(const struct sample *g, size_t n)
{
	struct breakdown *b = arena_new(&arena, 1, sizeof *b);
	struct breakdown_variable *v = arena_new(&arena, 1, sizeof *v);

	*b = (struct breakdown){.n = 1, .variable = v, .pairs.parts = PART_CHANGE};
	*v = (struct breakdown_variable){.question = &people, .n = n, .unstated = 4};
	v->group = arena_new(&arena, n, sizeof *v->group);
	for (size_t i = 0; i < n; i++) {
		struct result_row row = result_row_init();

		row.year = 2022;
		row.estimate = g[i].value;
		row.se = isnan(g[i].value) ? (double)NAN : 2;
		row.ci_low = g[i].value - 4;
		row.ci_high = g[i].value + 4;
		row.level = 0.95;
		row.df = 11;
		row.n = g[i].n;
		row.reason[LANG_EN] = span_of(g[i].reason ? g[i].reason : "");
		row.flags = !g[i].reason         ? 0
			    : !isnan(g[i].value) ? FLAG_CAUTION
			    : g[i].n > 0         ? FLAG_SUPPRESSED
						 : 0;
		v->group[i] = (struct breakdown_group){&levels[i], row, 70};
	}
	return b;
}

static void pair(struct breakdown *b, size_t first, size_t second, const char *verdict)
{
	struct breakdown_variable *v = &b->variable[0];
	struct result_row row = v->group[second].row;

	row.delta = v->group[second].row.estimate - v->group[first].row.estimate;
	row.delta_se = 3;
	row.delta_low = row.delta - 6;
	row.delta_high = row.delta + 6;
	row.p_value = 0.01;
	row.p_adjusted = 0.02;
	row.verdict = span_of(verdict);
	v->pair = arena_grow(&arena, v->pair, v->n_pairs, sizeof *v->pair);
	v->pair[v->n_pairs++] = (struct breakdown_pair){first, second, b->pairs.n};
	result_add(&arena, &b->pairs, &row);
}

static struct chart forest(const struct breakdown *b, enum lang lang)
{
	struct ready *r = asked("02");

	r->phrases.lang = lang;
	r->order.breakdown = b;
	return drawn(r, CHART_FOREST);
}

/* The second group is lower: the difference is told from the higher one's side, its interval
 * -18..-6 as +6..+18. */
Test(chart_forest, a_difference_beyond_the_error)
{
	struct breakdown *b = broken((struct sample[]){{80, 40, NULL}, {68, 45, NULL}}, 2);
	struct chart c;

	pair(b, 0, 1, "decrease");
	c = forest(b, LANG_VI);
	check_string(c.title.at,
		     "Bình Cường 2022: HỎI khác nhau theo “Hạng người” (“An” cao hơn “Bê”)");
	holds(block(&c, "rows"), "\t2\t80\t76\t84\t70\t1\tAn\t40\t80,00\t76,00–84,00\t2\n");
	holds(block(&c, "rows"), "\t2\t68\t64\t72\t70\t-1\tBê\t45\t68,00\t64,00–72,00\t3\n");
	holds(c.footer.at,
	      "“An” cao hơn “Bê” 12,00 điểm phần trăm (khoảng tin cậy +6,00 đến +18,00)");
	lacks(c.footer.at, "Holm"); /* one pair */
	holds(c.footer.at, "Hạng người 4 phiếu");
	holds(block(&c, "legend"), "0\t1\t1\tCao hơn nhóm khác cùng biến\n");
	lacks(block(&c, "legend"), "Chưa đủ cơ sở\n");
	holds(c.csv.at, "\ngroup,kind,a,An,80,2,76,84,11,40,70,,,above_another,,\n");
	holds(c.csv.at, "\nunstated,kind,,,,,,,,4,,,,,,\n");
	holds(c.csv.at, "\npair,kind,b-a,Bê − An,-12,3,-18,-6,,,,0.01,0.02,decrease,,\n");
	cr_assert(eq(sz, c.facts.claims, 1));
	cr_expect(eq(int, c.facts.claim->sign, -1));
	cr_expect(eq(dbl, c.facts.claim->high, -6));
	cr_expect(eq(sz, c.facts.counts, 3)); /* the province and both groups */
	holds(c.alt.at, "An 80,00 (76,00–84,00); Bê 68,00 (64,00–72,00).");
}

/* The province's own row: line, band, first row. */
Test(chart_forest, the_whole_province)
{
	struct breakdown *b = broken((struct sample[]){{80, 40, NULL}, {68, 45, NULL}}, 2);
	struct chart c = forest(b, LANG_VI);

	holds(c.data.at, "\nwhole\t75.0385208012");
	holds(block(&c, "rows"), "\t5\tToàn tỉnh\t77\t75,04\t66,71–81,85\t0\n");
	holds(c.csv.at, "\nwhole,,,Bình Cường,75.038520801232");
}

/* b > a and c > b, but c - a has no verdict of its own: b lies between. */
Test(chart_forest, above_one_and_below_another)
{
	struct breakdown *b =
		broken((struct sample[]){{60, 40, NULL}, {70, 45, NULL}, {80, 50, NULL}}, 3);
	struct chart c;

	pair(b, 0, 1, "increase");
	pair(b, 0, 2, "not_distinguishable");
	pair(b, 1, 2, "increase");
	c = forest(b, LANG_VI);
	holds(c.title.at, "khác nhau theo “Hạng người” (2/3 cặp nhóm)");
	holds(block(&c, "rows"), "\t-1\tAn\t");
	holds(block(&c, "rows"), "\t2\tBê\t");
	holds(block(&c, "rows"), "\t1\tCê\t");
	holds(block(&c, "rows"), "\tkhác nhau: 2/3 cặp\t");
	holds(c.csv.at, ",between,");
	holds(c.footer.at, "điều chỉnh theo Holm trong 3 cặp");
}

Test(chart_forest, nothing_is_claimed_inside_the_error)
{
	struct breakdown *b = broken((struct sample[]){{80, 40, NULL}, {60, 45, NULL}}, 2);
	struct chart c, d;

	pair(b, 0, 1, "not_distinguishable");
	c = forest(b, LANG_VI);
	d = forest(b, LANG_EN);
	check_string(c.title.at,
		     "Bình Cường 2022: chưa đủ cơ sở để kết luận các nhóm khác nhau về HỎI");
	holds(d.title.at, "not enough evidence to conclude that groups differ");
	lacks(c.footer.at, "cao hơn");
	holds(block(&c, "rows"), "\t0\tAn\t");
	holds(block(&c, "rows"), "chưa đủ cơ sở kết luận khác nhau");
	holds(block(&d, "rows"), "\t1\tNaN\tNaN\tNaN\tNaN\tNaN\tKind of people\t");
}

/* Hidden, doubtful and empty groups keep their rows; reasons are numbered as they come. */
Test(chart_forest, no_group_is_dropped)
{
	struct breakdown *b = broken(
		(struct sample[]){
			{NAN, 12, "fewer than 30 answers"},
			{NAN, 90, "hidden with another group, which could be computed from it"},
			{77, 33, "fewer than 8 degrees of freedom"},
			{NAN, 0, "no answers"},
			{NAN, 8, "fewer than 30 answers"}},
		5);
	struct chart c = forest(b, LANG_VI);

	holds(block(&c, "rows"), "\tAn\t12\tx¹\t");
	holds(block(&c, "rows"), "\tBê\t90\tx²\t");
	holds(block(&c, "rows"), "\tCê\t33\t77,00*\t");
	holds(block(&c, "rows"), "\tDê\t0\t–\t");
	holds(block(&c, "rows"), "\tE\t8\tx¹\t");
	holds(c.footer.at, "Không nêu: x¹ dưới 30 câu trả lời; x² được ẩn cùng một nhóm khác");
	holds(c.footer.at, "*: dùng thận trọng (dưới 8 bậc tự do).");
	holds(c.footer.at, "“–”: không có câu trả lời.");
	holds(c.csv.at, "\ngroup,kind,a,An,,,,,,12,70,,,,suppressed,fewer than 30 answers\n");
	holds(c.title.at, "chưa so sánh được các nhóm");
	holds(c.alt.at, "An không nêu; Bê không nêu; Cê 77,00");
	lacks(c.data.at, "\t0,00\t");
}

/* A name too long for one line takes two, and its row the height of two. */
Test(chart_forest, long_names_are_folded)
{
	struct breakdown *b = broken((struct sample[]){{80, 40, NULL}, {68, 45, NULL}}, 2);
	struct chart c;

	b->variable[0].group[0].level = &(struct level){
		.value = TEXT("a"),
		.label = {TEXT("Làm việc tại cơ quan, tổ chức, doanh nghiệp lĩnh vực công"),
			  TEXT("Public")}};
	c = forest(b, LANG_VI);
	holds(block(&c, "rows"), "Làm việc tại cơ quan, tổ chức,\002doanh nghiệp");
	holds(c.data.at, "\nheight\t5\n"); /* whole, head, two lines, one */
}

Test(chart_forest, what_cannot_be_drawn)
{
	struct ready *r = asked("02");
	struct chart c;
	struct diag none = {0}, hidden = {0}, unknown = {0};

	cr_expect(not(chart_make(&arena, CHART_FOREST, &r->order, &c, &none)));
	check_problem(&none, 0, DIAG_DATA, "", 0, 0,
		      "2022 has no answers that are taken by groups");
	r->order.breakdown = broken(
		(struct sample[]){{NAN, 12, "fewer than 30 answers"}, {NAN, 0, "no answers"}}, 2);
	cr_expect(not(chart_make(&arena, CHART_FOREST, &r->order, &c, &hidden)));
	check_problem(&hidden, 0, DIAG_DATA, "", 0, 0, "no group of 2022 has an estimate");
	r->all.n = 0; /* the province has no row */
	r->order.breakdown = broken((struct sample[]){{80, 40, NULL}}, 1);
	cr_expect(not(chart_make(&arena, CHART_FOREST, &r->order, &c, &unknown)));
	cr_expect(eq(int, (int)unknown.worst, DIAG_DATA));
}
