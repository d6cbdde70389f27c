#include "survey/guess.h"

#include "base/text.h"

const char *const guess_role_name[GUESS__COUNT] = {
	[GUESS_NONE] = "",
	[GUESS_YEAR] = N_("year"),
	[GUESS_PROVINCE] = N_("province"),
	[GUESS_WEIGHT] = N_("weight"),
	[GUESS_STRATUM] = N_("stratum"),
	[GUESS_PSU] = N_("psu"),
	[GUESS_FPC] = N_("fpc1"),
};

/* Folded names, the plainest first; a star stands for any end. */
static const struct {
	const char *name;
	enum guess_role role;
} names[] = {
	{"psw psweight", GUESS_WEIGHT},
	{"psweight", GUESS_WEIGHT},
	{"pweight", GUESS_WEIGHT},
	{"final weight", GUESS_WEIGHT},
	{"weight", GUESS_WEIGHT},
	{"trong so", GUESS_WEIGHT},
	{"trongso", GUESS_WEIGHT},
	{"quyen so", GUESS_WEIGHT},
	{"quyenso", GUESS_WEIGHT},
	{"wgt", GUESS_WEIGHT},
	{"wt", GUESS_WEIGHT},
	{"pw", GUESS_WEIGHT},
	{"withinwt*", GUESS_WEIGHT},
	{"combinwt*", GUESS_WEIGHT},
	{"weight*", GUESS_WEIGHT},
	{"psw psu", GUESS_PSU},
	{"psu", GUESS_PSU},
	{"psu id", GUESS_PSU},
	{"psuid", GUESS_PSU},
	{"cluster", GUESS_PSU},
	{"cluster id", GUESS_PSU},
	{"clusterid", GUESS_PSU},
	{"dia ban", GUESS_PSU},
	{"diaban", GUESS_PSU},
	{"psw strata", GUESS_STRATUM},
	{"strata", GUESS_STRATUM},
	{"stratum", GUESS_STRATUM},
	{"fpc", GUESS_FPC},
	{"fpc1", GUESS_FPC},
	{"province", GUESS_PROVINCE},
	{"province code", GUESS_PROVINCE},
	{"provincecode", GUESS_PROVINCE},
	{"tinh", GUESS_PROVINCE},
	{"ma tinh", GUESS_PROVINCE},
	{"matinh", GUESS_PROVINCE},
	{"tinh thanh", GUESS_PROVINCE},
	{"tinh thanh pho", GUESS_PROVINCE},
	{"year", GUESS_YEAR},
	{"survey year", GUESS_YEAR},
	{"nam", GUESS_YEAR},
	{"nam khao sat", GUESS_YEAR},
};

static bool matches(struct text folded, const char *name)
{
	size_t n = strlen(name);

	if (name[n - 1] != '*')
		return span_is(folded, name);
	return folded.n >= n - 1 && memcmp(folded.at, name, n - 1) == 0;
}

enum guess_role guess_role(struct arena *a, struct text name, size_t *rank)
{
	struct text folded = text_fold(a, name);

	for (*rank = 0; *rank < sizeof names / sizeof *names; ++*rank)
		if (matches(folded, names[*rank].name))
			return names[*rank].role;
	return GUESS_NONE;
}

/* What the words of a level say. */
enum word {
	WORD_UNKNOWN,
	WORD_YES,
	WORD_NO,
	WORD_LEVEL,
	WORD_CONTENT,
	WORD_NOT_CONTENT,
	WORD_NONE
};

static const struct {
	const char *words; /* folded */
	enum word word;
} words_known[] = {
	{"co", WORD_YES},
	{"khong", WORD_NO},
	{"yes", WORD_YES},
	{"no", WORD_NO},
	{"dung", WORD_YES},
	{"sai", WORD_NO},
	{"true", WORD_YES},
	{"false", WORD_NO},
	{"hai long", WORD_CONTENT},
	{"rat hai long", WORD_CONTENT},
	{"hoan toan hai long", WORD_CONTENT},
	{"khong hai long", WORD_NOT_CONTENT},
	{"chua hai long", WORD_NOT_CONTENT},
	{"rat khong hai long", WORD_NOT_CONTENT},
	{"hoan toan khong hai long", WORD_NOT_CONTENT},
	{"satisfied", WORD_CONTENT},
	{"very satisfied", WORD_CONTENT},
	{"fairly satisfied", WORD_CONTENT},
	{"somewhat satisfied", WORD_CONTENT},
	{"dissatisfied", WORD_NOT_CONTENT},
	{"very dissatisfied", WORD_NOT_CONTENT},
	{"fairly dissatisfied", WORD_NOT_CONTENT},
	{"somewhat dissatisfied", WORD_NOT_CONTENT},
	{"not satisfied", WORD_NOT_CONTENT},
	{"not very satisfied", WORD_NOT_CONTENT},
	{"not at all satisfied", WORD_NOT_CONTENT},
	{"binh thuong", WORD_LEVEL},
	{"trung lap", WORD_LEVEL},
	{"neutral", WORD_LEVEL},
	{"neither", WORD_LEVEL},
	{"neither satisfied nor dissatisfied", WORD_LEVEL},
	{"dong y", WORD_LEVEL},
	{"rat dong y", WORD_LEVEL},
	{"hoan toan dong y", WORD_LEVEL},
	{"khong dong y", WORD_LEVEL},
	{"rat khong dong y", WORD_LEVEL},
	{"hoan toan khong dong y", WORD_LEVEL},
	{"phan van", WORD_LEVEL},
	{"agree", WORD_LEVEL},
	{"strongly agree", WORD_LEVEL},
	{"agree very strongly", WORD_LEVEL},
	{"somewhat agree", WORD_LEVEL},
	{"disagree", WORD_LEVEL},
	{"strongly disagree", WORD_LEVEL},
	{"somewhat disagree", WORD_LEVEL},
	{"neither agree nor disagree", WORD_LEVEL},
	{"rat tot", WORD_LEVEL},
	{"tot", WORD_LEVEL},
	{"trung binh", WORD_LEVEL},
	{"kem", WORD_LEVEL},
	{"rat kem", WORD_LEVEL},
	{"very good", WORD_LEVEL},
	{"good", WORD_LEVEL},
	{"fairly good", WORD_LEVEL},
	{"fair", WORD_LEVEL},
	{"neither good nor bad", WORD_LEVEL},
	{"poor", WORD_LEVEL},
	{"bad", WORD_LEVEL},
	{"fairly bad", WORD_LEVEL},
	{"very poor", WORD_LEVEL},
	{"very bad", WORD_LEVEL},
	{"very well", WORD_LEVEL},
	{"fairly well", WORD_LEVEL},
	{"fairly badly", WORD_LEVEL},
	{"very badly", WORD_LEVEL},
	{"don t know", WORD_NONE},
	{"dont know", WORD_NONE},
	{"do not know", WORD_NONE},
	{"don t know haven t heard", WORD_NONE},
	{"refused", WORD_NONE},
	{"refused to answer", WORD_NONE},
	{"refuse to answer", WORD_NONE},
	{"no answer", WORD_NONE},
	{"missing", WORD_NONE},
	{"not applicable", WORD_NONE},
	{"not asked", WORD_NONE},
	{"khong biet", WORD_NONE},
	{"khong ro", WORD_NONE},
	{"khong tra loi", WORD_NONE},
	{"tu choi", WORD_NONE},
	{"tu choi tra loi", WORD_NONE},
	{"khong ap dung", WORD_NONE},
	{"khong thich hop", WORD_NONE},
};

static enum word word_of(struct arena *a, struct text words)
{
	struct text folded = text_fold(a, words);

	for (size_t i = 0; i < sizeof words_known / sizeof *words_known; i++)
		if (span_is(folded, words_known[i].words))
			return words_known[i].word;
	return WORD_UNKNOWN;
}

enum guess_scale guess_scale(struct arena *a, const struct text *words, size_t n, bool *satisfied)
{
	size_t count[WORD_NONE + 1] = {0}, levels;

	for (size_t i = 0; i < n; i++) {
		enum word w = word_of(a, words[i]);

		count[w]++;
		satisfied[i] = w == WORD_CONTENT;
	}
	levels = count[WORD_LEVEL] + count[WORD_CONTENT] + count[WORD_NOT_CONTENT];
	if (levels == n && count[WORD_CONTENT] && count[WORD_NOT_CONTENT])
		return GUESS_SATISFACTION;
	for (size_t i = 0; i < n; i++)
		satisfied[i] = false;
	if (n == 2 && count[WORD_YES] == 1 && count[WORD_NO] == 1)
		return GUESS_YESNO;
	return levels >= 3 && levels + count[WORD_NONE] == n ? GUESS_LIKERT : GUESS_WORDS;
}

bool guess_no_answer(struct arena *a, struct text words)
{
	return word_of(a, words) == WORD_NONE;
}
