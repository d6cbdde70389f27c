#include "input/syllable.h"

#include "base/text.h"

#include <utf8proc.h>

#include <string.h>

#define MOST_LETTERS 32

static const char *const onsets[] = {
	"",  "b",  "c",   "ch", "d", "đ",  "g",  "gh", "gi", "h", "k",  "kh", "kr", "l", "m",
	"n", "ng", "ngh", "nh", "p", "ph", "qu", "r",  "s",  "t", "th", "tr", "v",  "x",
};

static const char *const vowels[] = {
	"a",   "ă",   "â",   "e",   "ê",   "i",   "o",   "ô",   "ơ",   "u",   "ư",
	"y",   "ai",  "ao",  "au",  "ay",  "âu",  "ây",  "eo",  "êu",  "ia",  "iê",
	"iu",  "oa",  "oă",  "oe",  "oi",  "oo",  "ôi",  "ơi",  "ua",  "uâ",  "uê",
	"ui",  "uô",  "uơ",  "uy",  "ưa",  "ươ",  "ưi",  "ưu",  "yê",  "iêu", "oai",
	"oao", "oay", "oeo", "uây", "uôi", "uya", "uyê", "uyu", "ươi", "ươu", "yêu",
};

static const char *const codas[] = {
	"", "c", "ch", "k", "m", "n", "ng", "nh", "p", "r", "t",
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

static bool among(const char *const *list, size_t n, struct text s)
{
	for (size_t i = 0; i < n; i++)
		if (span_is(s, list[i]))
			return true;
	return false;
}

/* Grave, hook, tilde, acute, dot below. */
static bool is_tone(utf8proc_int32_t c)
{
	return c == 0x300 || c == 0x301 || c == 0x303 || c == 0x309 || c == 0x323;
}

/* The word in small letters, composed, without its tone; false with several tones. */
static bool toneless(struct arena *a, struct text word, struct text *out)
{
	utf8proc_int32_t c[4 * MOST_LETTERS];
	utf8proc_uint8_t bytes[4 * MOST_LETTERS];
	utf8proc_ssize_t n = utf8proc_decompose(
		(const utf8proc_uint8_t *)word.at, (utf8proc_ssize_t)word.n, c, 4 * MOST_LETTERS,
		UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD);
	size_t tones = 0, k = 0;
	int letter = 'x';

	if (n < 0 || n > MOST_LETTERS)
		return false;
	for (utf8proc_ssize_t i = 0; i < n; i++) {
		if (c[i] < 0x80)
			letter = c[i];
		if (is_tone(c[i])) /* of a consonant it makes another letter, which is none of ours
				    */
			tones += strchr("aeiouy", letter) ? 1 : 2;
		else
			k += (size_t)utf8proc_encode_char(c[i], bytes + k);
	}
	*out = text_nfc(a, arena_text(a, (struct text){(char *)bytes, k}));
	return tones <= 1;
}

/* The vowels with a coda behind them. */
static bool is_rhyme(struct text s)
{
	for (size_t n = s.n; n; n--)
		if (among(vowels, COUNT(vowels), (struct text){s.at, n}) &&
		    among(codas, COUNT(codas), (struct text){s.at + n, s.n - n}))
			return true;
	return false;
}

bool syllable_is(struct arena *a, struct text word)
{
	struct text s;

	if (!toneless(a, word, &s))
		return false;
	for (size_t i = 0; i < COUNT(onsets); i++) {
		size_t n = strlen(onsets[i]);

		if (s.n > n && memcmp(s.at, onsets[i], n) == 0 &&
		    is_rhyme((struct text){s.at + n, s.n - n}))
			return true;
	}
	return false;
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

struct syllables syllable_count(struct text s)
{
	struct syllables out = {0};
	struct arena own = {0};

	for (size_t i = 0, end; i < s.n; i = end + 1) {
		bool foreign = false;

		for (end = i; end < s.n && is_letter(s.at[end]); end++)
			foreign = foreign || (unsigned char)s.at[end] >= 0x80;
		if (!foreign || text_length((struct text){s.at + i, end - i}) < 2)
			continue;
		out.words++;
		out.good += syllable_is(&own, (struct text){s.at + i, end - i});
	}
	arena_release(&own);
	return out;
}
