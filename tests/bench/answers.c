/* answers.c -- answers of any size for the bench: each row depends on (seed, row) only.
 *
 * 63 provinces x years x 6 strata, in each some villages (the sampling units); eleven leading
 * columns, one of them Vietnamese text (4 % with commas, 2 % with doubled quotes, 0.1 % with a
 * line break; so 6 % of the rows are quoted), a weight with four decimals, then items q1, q2 ...
 * answered 1-5, 3 % blank, 4 % with the missing code. Rows stand in order of year, province,
 * stratum and village, or shuffled by a permutation of the row numbers.
 *
 *   answers ROWS [-y YEARS] [-p VILLAGES of a stratum] [-q ITEMS] [-s SEED] [-m MISSING CODE]
 *           [-b BLANK] [-k PART/PARTS] [-t] [-r] [-d FOLDER]
 *
 *   -t  no quotes, same numbers     -r  shuffled     -k 3/16  the third sixteenth of the rows
 *   -d  a survey folder (survey, structure, codebook, design), the answers in it
 * Without -d the answers go to standard output. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PROVINCES 63
#define STRATA 6
#define FIRST_YEAR 2010
#define MOODS 10
#define DRAWS 1024 /* an answer is drawn with ten bits */
#define ROW_ROOM 512

static const char provinces[PROVINCES][3] = {
	"01", "02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20",
	"22", "24", "25", "26", "27", "30", "31", "33", "34", "35", "36", "37", "38",
	"40", "42", "44", "45", "46", "48", "49", "51", "52", "54", "56", "58", "60",
	"62", "64", "66", "67", "68", "70", "72", "74", "75", "77", "79", "80", "82",
	"83", "84", "86", "87", "89", "91", "92", "93", "94", "95", "96"};

static const char *const plain_notes[] = {
	"hài lòng",          "phải đi lại nhiều lần", "không có ý kiến", "chờ quá lâu",
	"nơi ngồi chờ chật", "rất nhanh gọn",         "chưa rõ lệ phí",  "đúng hẹn"};
static const char *const comma_notes[] = {"nhiều hồ sơ, giấy tờ", "nhanh, gọn",
					  "xã tốt, huyện chậm", "không, cảm ơn"};
static const char *const quote_notes[] = {"bảo \"\"chờ\"\"", "\"\"một cửa\"\" tốt"};
static const char *const line_notes[] = {"cần sửa:\n- ghế chờ"};

struct piece {
	char text[15];
	unsigned char n;
};

struct shape {
	uint64_t rows, years, villages, items, seed, part, parts;
	const char *missing, *blank, *folder;
	bool plain, shuffled;
	uint64_t units;
	int half_bits; /* of the permutation */
	unsigned char answer[MOODS][DRAWS];
	unsigned char *mood; /* of an item */
	struct piece piece[7];
};

static uint64_t mix(uint64_t x)
{
	x += 0x9e3779b97f4a7c15u;
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

/* Shares of the answers 1-5 move with the mood; 31 draws of 1024 are blank, 41 the missing code. */
static void moods(struct shape *s)
{
	for (int m = 0; m < MOODS; m++) {
		double share[5], sum = 0;
		int at = 72;

		for (int i = 0; i < 5; i++)
			sum += share[i] = 1 + (double)m * i / 6 + (i == 2) + (4 - i) / 4.0;
		memset(s->answer[m], 5, DRAWS);
		for (int d = 0; d < at; d++)
			s->answer[m][d] = d < 31 ? 0 : 6;
		for (int i = 0; i < 5; i++)
			for (int k = (int)((DRAWS - 72) * share[i] / sum); k > 0 && at < DRAWS; k--)
				s->answer[m][at++] = (unsigned char)(i + 1);
	}
	s->mood = malloc(s->items);
	for (uint64_t i = 0; i < s->items; i++)
		s->mood[i] = (unsigned char)(mix(s->seed * 31 + i) % 4);
}

static void set_piece(struct piece *p, const char *text)
{
	p->text[0] = ',';
	p->n = (unsigned char)(1 + strlen(text));
	memcpy(p->text + 1, text, strlen(text));
}

static void pieces(struct shape *s)
{
	char digit[2] = "1";

	set_piece(&s->piece[0], s->blank);
	set_piece(&s->piece[6], s->missing);
	for (int i = 1; i <= 5; i++) {
		digit[0] = (char)('0' + i);
		set_piece(&s->piece[i], digit);
	}
}

/* A permutation of 0 .. rows - 1: four rounds of a Feistel network, walked until inside. */
static uint64_t shuffled(const struct shape *s, uint64_t row)
{
	uint64_t mask = ((uint64_t)1 << s->half_bits) - 1;

	do {
		uint64_t left = row >> s->half_bits, right = row & mask;

		for (uint64_t i = 0; i < 4; i++) {
			uint64_t next = left ^ (mix(right ^ s->seed << 32 ^ i << 60) & mask);

			left = right;
			right = next;
		}
		row = left << s->half_bits | right;
	} while (row >= s->rows);
	return row;
}

static char *digits(char *out, uint64_t value, int width)
{
	char text[20];
	int n = 0;

	do
		text[n++] = (char)('0' + value % 10);
	while ((value /= 10) || n < width);
	while (n)
		*out++ = text[--n];
	return out;
}

static char *words(char *out, const char *text)
{
	size_t n = strlen(text);

	memcpy(out, text, n);
	return out + n;
}

#define PICK(list, draw) ((list)[(draw) % (sizeof(list) / sizeof *(list))])

static char *note(const struct shape *s, char *out, uint64_t draw)
{
	uint64_t of = draw % 1000, which = draw / 1000;

	if (of >= 61 || s->plain)
		return words(out, PICK(plain_notes, which));
	*out++ = '"';
	out = words(out, of < 1    ? line_notes[0]
			 : of < 21 ? PICK(quote_notes, which)
				   : PICK(comma_notes, which));
	*out++ = '"';
	return out;
}

/* The columns before the items; the mood of the village and the year comes back. */
static char *leading(const struct shape *s, char *out, uint64_t row, uint64_t draw, int *mood)
{
	uint64_t unit = row * s->units / s->rows;
	uint64_t village = unit % s->villages, stratum = unit / s->villages % STRATA;
	uint64_t province = unit / s->villages / STRATA % PROVINCES;
	uint64_t year = unit / s->villages / STRATA / PROVINCES;
	uint64_t weight = (stratum + 1) * 400000 + draw % 1000000;

	out = digits(out, row + 1, 1);
	*out++ = ',';
	out = digits(out, FIRST_YEAR + year, 4);
	*out++ = ',';
	out = words(out, provinces[province]);
	*out++ = ',';
	out = digits(out, stratum + 1, 1);
	*out++ = ',';
	out = words(out, provinces[province]);
	out = digits(out, (stratum + 1) * 1000 + village + 1, 4);
	*out++ = ',';
	out = digits(out, weight / 10000, 1);
	*out++ = '.';
	out = digits(out, weight % 10000, 4);
	*out++ = ',';
	out = words(out, draw >> 20 & 1 ? "F" : "M");
	*out++ = ',';
	out = digits(out, 18 + (draw >> 21) % 70, 2);
	*out++ = ',';
	out = digits(out, 1 + (draw >> 28) % 5, 1);
	*out++ = ',';
	out = words(out, (draw >> 31) % 4 ? "Kinh" : "khác");
	*out++ = ',';
	*mood = (int)(mix(s->seed * 7 + unit) % 4 +
		      mix(s->seed * 3 + year * PROVINCES + province) % 4);
	return note(s, out, draw >> 33);
}

static char *answers(const struct shape *s, char *out, uint64_t state, int mood)
{
	for (uint64_t i = 0; i < s->items;) {
		uint64_t draw = mix(state++);

		for (int k = 0; k < 6 && i < s->items; k++, i++, draw >>= 10) {
			const struct piece *p =
				&s->piece[s->answer[mood + s->mood[i]][draw % DRAWS]];

			memcpy(out, p->text, sizeof p->text);
			out += p->n;
		}
	}
	*out++ = '\n';
	return out;
}

static bool write_rows(const struct shape *s, FILE *to)
{
	size_t room = ROW_ROOM + s->items * sizeof s->piece->text;
	char *buffer = malloc(room + (1 << 20)), *out = buffer;
	uint64_t from = s->rows * (s->part - 1) / s->parts, end = s->rows * s->part / s->parts;
	bool ok = true;

	fputs("id,year,province,stratum,village,weight,sex,age,education,ethnicity,note", to);
	for (uint64_t i = 1; i <= s->items; i++)
		fprintf(to, ",q%llu", (unsigned long long)i);
	putc('\n', to);
	for (uint64_t at = from; at < end && ok; at++) {
		uint64_t row = s->shuffled ? shuffled(s, at) : at;
		uint64_t state = mix(s->seed << 40 ^ row);
		int mood;

		out = leading(s, out, row, mix(state), &mood);
		out = answers(s, out, state + 1, mood);
		if (out - buffer >= 1 << 20 || at + 1 == end) {
			ok = fwrite(buffer, 1, (size_t)(out - buffer), to) ==
			     (size_t)(out - buffer);
			out = buffer;
		}
	}
	free(buffer);
	return fflush(to) == 0 && ok;
}

static FILE *in_folder(const struct shape *s, const char *name)
{
	char path[4096];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", s->folder, name);
	f = fopen(path, "w");
	if (!f) {
		fprintf(stderr, "answers: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	return f;
}

static void survey_folder(const struct shape *s)
{
	FILE *survey, *structure, *codebook, *design;

	mkdir(s->folder, 0777);
	survey = in_folder(s, "survey.csv");
	structure = in_folder(s, "structure.csv");
	codebook = in_folder(s, "codebook.csv");
	design = in_folder(s, "design.csv");
	fputs("year,era,kind,file,title_vi,title_en,publisher,n_ranked_printed,note,simulated\n",
	      survey);
	for (uint64_t y = 0; y < s->years; y++)
		fprintf(survey, "%llu,all,answers,answers.csv,Mô phỏng,Simulated,simulated,,,yes\n",
			(unsigned long long)(FIRST_YEAR + y));
	fputs("era,code,parent,name_vi,name_en,min,max,weight,aggregation,direction\n"
	      "all,total,,Chung,Overall,0,100,1,pooled,up\n",
	      structure);
	fputs("era,column,code,question_vi,question_en,kind,levels,satisfied,missing,"
	      "valid_min,valid_max\n",
	      codebook);
	for (uint64_t i = 1; i <= s->items; i++) {
		fprintf(structure, "all,q%llu,total,Câu %llu,Item %llu,0,100,1,,up\n",
			(unsigned long long)i, (unsigned long long)i, (unsigned long long)i);
		fprintf(codebook,
			"all,q%llu,q%llu,Câu %llu,Item %llu,likert,1=1|2=2|3=3|4=4|5=5,4|5,"
			"%s=unknown,1,5\n",
			(unsigned long long)i, (unsigned long long)i, (unsigned long long)i,
			(unsigned long long)i, s->missing);
	}
	fputs("role,column\nprovince,province\nyear,year\nweight,weight\nstratum,province\n"
	      "stratum,stratum\npsu,village\n",
	      design);
	if (fclose(survey) || fclose(structure) || fclose(codebook) || fclose(design))
		exit(1);
}

static uint64_t whole(const char *text, uint64_t most)
{
	char *end;
	unsigned long long value = strtoull(text, &end, 10);

	if (*end || end == text || value < 1 || value > most) {
		fprintf(stderr, "answers: \"%s\": a whole number from 1 to %llu is wanted\n", text,
			(unsigned long long)most);
		exit(2);
	}
	return value;
}

static void part_of(struct shape *s, char *text)
{
	char *slash = strchr(text, '/');

	if (slash)
		*slash = 0;
	s->parts = whole(slash ? slash + 1 : "", 1000000);
	s->part = whole(text, s->parts);
}

static void read_options(struct shape *s, int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "y:p:q:s:m:b:k:d:tr")) != -1)
		switch (option) {
		case 'y': s->years = whole(optarg, 15); break;
		case 'p': s->villages = whole(optarg, 99); break;
		case 'q': s->items = whole(optarg, 10000); break;
		case 's': s->seed = whole(optarg, 1000000); break;
		case 'm': s->missing = optarg; break;
		case 'b': s->blank = optarg; break;
		case 'd': s->folder = optarg; break;
		case 'k': part_of(s, optarg); break;
		case 't': s->plain = true; break;
		case 'r': s->shuffled = true; break;
		default: exit(2);
		}
	if (strlen(s->missing) > 13 || strlen(s->blank) > 13 || optind + 1 != argc) {
		fputs("answers ROWS [OPTION...]: see the head of tests/bench/answers.c\n", stderr);
		exit(2);
	}
	s->rows = whole(argv[optind], (uint64_t)1 << 36);
}

int main(int argc, char **argv)
{
	static struct shape s = {.years = 15,
				 .villages = 4,
				 .items = 60,
				 .seed = 1,
				 .missing = "NA",
				 .blank = "",
				 .part = 1,
				 .parts = 1};
	FILE *to = stdout;

	/* The number of rows may stand first. */
	if (argc > 2 && *argv[1] != '-') {
		char *rows = argv[1];

		memmove(argv + 1, argv + 2, (size_t)(argc - 2) * sizeof *argv);
		argv[argc - 1] = rows;
	}
	read_options(&s, argc, argv);
	s.units = s.years * PROVINCES * STRATA * s.villages;
	while ((uint64_t)1 << 2 * s.half_bits < s.rows)
		s.half_bits++;
	moods(&s);
	pieces(&s);
	if (s.folder) {
		survey_folder(&s);
		to = in_folder(&s, "answers.csv");
	}
	if (!write_rows(&s, to)) {
		fprintf(stderr, "answers: %s\n", strerror(errno));
		return 1;
	}
	free(s.mood);
	return 0;
}
