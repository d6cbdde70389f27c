/* Against iconv, which has tables of its own, and the published charts for VNI. */
#include "help.h"

#include "base/text.h"
#include "input/encoding.h"
#include "input/syllable.h"

#include <iconv.h>

TestSuite(encoding, .fini = clean);

/* Every letter that Vietnamese adds to ASCII, small and capital. */
static const char letters[] = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
			      "ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ";

/* The same in VNI-Windows, by its chart: a letter and a byte of marks, or one byte. */
static const char vni[] = "a\xF8"
			  "a\xF9"
			  "a\xFB"
			  "a\xF5"
			  "a\xEF"
			  "a\xEA"
			  "a\xE8"
			  "a\xE9"
			  "a\xFA"
			  "a\xFC"
			  "a\xEB"
			  "a\xE2"
			  "a\xE0"
			  "a\xE1"
			  "a\xE5"
			  "a\xE3"
			  "a\xE4"
			  "\xF1"
			  "e\xF8"
			  "e\xF9"
			  "e\xFB"
			  "e\xF5"
			  "e\xEF"
			  "e\xE2"
			  "e\xE0"
			  "e\xE1"
			  "e\xE5"
			  "e\xE3"
			  "e\xE4"
			  "\xEC\xED\xE6\xF3\xF2"
			  "o\xF8"
			  "o\xF9"
			  "o\xFB"
			  "o\xF5"
			  "o\xEF"
			  "o\xE2"
			  "o\xE0"
			  "o\xE1"
			  "o\xE5"
			  "o\xE3"
			  "o\xE4"
			  "\xF4"
			  "\xF4\xF8"
			  "\xF4\xF9"
			  "\xF4\xFB"
			  "\xF4\xF5"
			  "\xF4\xEF"
			  "u\xF8"
			  "u\xF9"
			  "u\xFB"
			  "u\xF5"
			  "u\xEF"
			  "\xF6"
			  "\xF6\xF8"
			  "\xF6\xF9"
			  "\xF6\xFB"
			  "\xF6\xF5"
			  "\xF6\xEF"
			  "y\xF8"
			  "y\xF9"
			  "y\xFB"
			  "y\xF5"
			  "\xEE"
			  "A\xD8"
			  "A\xD9"
			  "A\xDB"
			  "A\xD5"
			  "A\xCF"
			  "A\xCA"
			  "A\xC8"
			  "A\xC9"
			  "A\xDA"
			  "A\xDC"
			  "A\xCB"
			  "A\xC2"
			  "A\xC0"
			  "A\xC1"
			  "A\xC5"
			  "A\xC3"
			  "A\xC4"
			  "\xD1"
			  "E\xD8"
			  "E\xD9"
			  "E\xDB"
			  "E\xD5"
			  "E\xCF"
			  "E\xC2"
			  "E\xC0"
			  "E\xC1"
			  "E\xC5"
			  "E\xC3"
			  "E\xC4"
			  "\xCC\xCD\xC6\xD3\xD2"
			  "O\xD8"
			  "O\xD9"
			  "O\xDB"
			  "O\xD5"
			  "O\xCF"
			  "O\xC2"
			  "O\xC0"
			  "O\xC1"
			  "O\xC5"
			  "O\xC3"
			  "O\xC4"
			  "\xD4"
			  "\xD4\xD8"
			  "\xD4\xD9"
			  "\xD4\xDB"
			  "\xD4\xD5"
			  "\xD4\xCF"
			  "U\xD8"
			  "U\xD9"
			  "U\xDB"
			  "U\xD5"
			  "U\xCF"
			  "\xD6"
			  "\xD6\xD8"
			  "\xD6\xD9"
			  "\xD6\xDB"
			  "\xD6\xD5"
			  "\xD6\xCF"
			  "Y\xD8"
			  "Y\xD9"
			  "Y\xDB"
			  "Y\xD5"
			  "\xCE";

/* The small letters in TCVN3, and the capitals that it has a byte for, by its chart. */
static const char tcvn3[] =
	"\xB5\xB8\xB6\xB7\xB9\xA8\xBB\xBE\xBC\xBD\xC6\xA9\xC7\xCA\xC8\xC9\xCB\xAE"
	"\xCC\xD0\xCE\xCF\xD1\xAA\xD2\xD5\xD3\xD4\xD6\xD7\xDD\xD8\xDC\xDE"
	"\xDF\xE3\xE1\xE2\xE4\xAB\xE5\xE8\xE6\xE7\xE9\xAC\xEA\xED\xEB\xEC\xEE"
	"\xEF\xF3\xF1\xF2\xF4\xAD\xF5\xF8\xF6\xF7\xF9\xFA\xFD\xFB\xFC\xFE\xA1\xA2\xA3\xA4\xA5\xA6"
	"\xA7";
static const char tcvn3_letters[] =
	"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂÊÔƠƯĐ";

static struct text decoded(enum encoding e, const char *bytes, size_t n)
{
	struct text s;
	size_t bad = 0;

	cr_expect(encoding_decode(&arena, e, (struct text){bytes, n}, &s, &bad), "byte %zu", bad);
	return s;
}

Test(encoding, every_letter)
{
	check_text(decoded(ENCODING_VNI, vni, sizeof vni - 1), letters);
	check_text(decoded(ENCODING_TCVN3, tcvn3, sizeof tcvn3 - 1), tcvn3_letters);
}

/* What iconv makes of UTF-8; 0 bytes when this system's does not know the encoding. */
static size_t converted(const char *to, const char *text, char *out, size_t room)
{
	iconv_t c = iconv_open(to, "UTF-8");
	char *in = (char *)text, *at = out;
	size_t n = strlen(text), left = room;

	if (c == (iconv_t)-1)
		return 0;
	cr_expect(ne(sz, iconv(c, &in, &n, &at, &left), (size_t)-1), "%s", to);
	iconv_close(c);
	return room - left;
}

/* A letter with a horn or circumflex and its tone, as Windows-1258 has it: two characters. */
static const char two_parts[] =
	"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ";

Test(encoding, as_iconv_has_it)
{
	static const struct {
		const char *name;
		enum encoding e;
	} known[] = {{"UTF-16LE", ENCODING_UTF16LE},
		     {"UTF-16BE", ENCODING_UTF16BE},
		     {"CP1258", ENCODING_WINDOWS1258}};
	char bytes[2000];

	for (size_t i = 0; i < COUNT(known); i++) {
		size_t n = converted(known[i].name, letters, bytes, sizeof bytes);

		if (n)
			check_text(decoded(known[i].e, bytes, n), letters);
		n = converted(known[i].name, two_parts, bytes, sizeof bytes);
		if (n)
			check_text(decoded(known[i].e, bytes, n), two_parts);
	}
}

Test(encoding, beyond_the_first_plane)
{
	check_text(decoded(ENCODING_UTF16LE, "\x3D\xD8\x00\xDE", 4), "\xF0\x9F\x98\x80");
	check_text(decoded(ENCODING_UTF16BE, "\xD8\x3D\xDE\x00", 4), "\xF0\x9F\x98\x80");
}

static const struct {
	enum encoding e;
	struct text bytes;
	size_t bad;
	const char *before;
} wrong[] = {
	{ENCODING_UTF16LE, TEXT("a\0b"), 2, "a"},
	{ENCODING_UTF16LE, TEXT("a\0\x3D\xD8"), 2, "a"}, /* half a pair */
	{ENCODING_UTF16LE,
	 TEXT("a\0\x3D\xD8"
	      "b\0"),
	 2, "a"},
	{ENCODING_UTF16LE, TEXT("a\0\x00\xDE"), 2, "a"}, /* the other half */
	{ENCODING_WINDOWS1258, TEXT("ab\x81"), 2, "ab"},
	{ENCODING_VNI, TEXT("H\xF8"), 1, "H"}, /* no vowel */
	{ENCODING_VNI, TEXT("\xF8"), 0, ""},
	{ENCODING_VNI, TEXT("e\xEA"), 1, "e"},     /* no breve on e */
	{ENCODING_VNI, TEXT("a\xF8\xF9"), 2, "à"}, /* one tone is enough */
	{ENCODING_UTF8, TEXT("ab\xFF"), 2, "ab"},
};

Test(encoding, what_means_nothing)
{
	for (size_t i = 0; i < COUNT(wrong); i++) {
		struct text s;
		size_t bad = 99;

		cr_expect(not(encoding_decode(&arena, wrong[i].e, wrong[i].bytes, &s, &bad)),
			  "row %zu", i);
		cr_expect(eq(sz, bad, wrong[i].bad), "row %zu", i);
		check_text(s, wrong[i].before);
	}
}

static const struct {
	const char *bytes;
	enum encoding want;
} guesses[] = {
	{"Ha Noi", ENCODING_UTF8},
	{"Hà Nội", ENCODING_UTF8},
	{"Hà N\xE1\xBB", ENCODING_UTF8}, /* cut off */
	{"H\xE0 N\xF4\xF2i", ENCODING_WINDOWS1258},
	{"\xD0\xE0 N\xE3\xDEng", ENCODING_WINDOWS1258}, /* Đà Nẵng */
	{"H\xB5 N\xE9i", ENCODING_TCVN3},
	{"Thõa Thi\xAAn Hu\xD5", ENCODING_UNKNOWN}, /* UTF-8 and TCVN3 together */
	{"Th\xF5"
	 "a Thi\xAAn Hu\xD5",
	 ENCODING_TCVN3},
	{"Ha\xF8 No\xE4i", ENCODING_VNI},
	{"\xD1"
	 "a\xE9k La\xE9k",
	 ENCODING_VNI},
	{"caf\xE9 na\xEFve r\xF4le", ENCODING_UNKNOWN}, /* French */
	{"\xFF", ENCODING_UNKNOWN},
	{"a\n\xE0\n", ENCODING_UNKNOWN},
};

Test(encoding, evidence)
{
	for (size_t i = 0; i < COUNT(guesses); i++)
		cr_expect(eq(int, (int)encoding_guess(span_of(guesses[i].bytes)),
			     (int)guesses[i].want),
			  "row %zu", i);
	cr_expect(eq(int, (int)encoding_guess((struct text)TEXT("a\0,\0b\0\n\0")),
		     (int)ENCODING_UTF16LE));
	cr_expect(eq(int, (int)encoding_guess((struct text)TEXT("\0a\0,\0b\0\n")),
		     (int)ENCODING_UTF16BE));
	cr_expect(
		eq(int, (int)encoding_guess((struct text)TEXT("\xFF\xFE")), (int)ENCODING_UTF16LE));
	cr_expect(eq(int, (int)encoding_guess((struct text)TEXT("abc\0")), (int)ENCODING_UNKNOWN));
	cr_expect(eq(int, (int)encoding_guess((struct text){"", 0}), (int)ENCODING_UTF8));
}

Test(encoding, syllables)
{
	static const char *const good[] = {"Hà",    "Nội",   "Nghiêng", "quyết", "giường", "Đắk",
					   "khuya", "ngoèo", "yêu",     "UÔNG",  "Huế",    "Bạc"};
	static const char *const bad[] = {"Hµ",   "Néi", "àá",  "caf\xC3\xA9",
					  "ñang", "Hòà", "bcd", "ngột1"};

	for (size_t i = 0; i < COUNT(good); i++)
		cr_expect(syllable_is(&arena, span_of(good[i])), "%s", good[i]);
	for (size_t i = 0; i < COUNT(bad); i++)
		cr_expect(not(syllable_is(&arena, span_of(bad[i]))), "%s", bad[i]);
}
