#include "input/encoding.h"

#include "base/text.h"
#include "input/syllable.h"

#include <utf8proc.h>

#include <stdint.h>
#include <string.h>

/* Windows-1258 from 0x80 on; 0 where no letter is. */
static const uint16_t windows1258[128] = {
	0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02C6, 0x2030, 0x0000, 0x2039, 0x0152, 0x0000, 0x0000, 0x0000, /* 88 */
	0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02DC, 0x2122, 0x0000, 0x203A, 0x0153, 0x0000, 0x0000, 0x0178, /* 98 */
	0x00A0, 0x00A1, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6, 0x00A7, /* A0 */
	0x00A8, 0x00A9, 0x00AA, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, /* A8 */
	0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, /* B0 */
	0x00B8, 0x00B9, 0x00BA, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x00BF, /* B8 */
	0x00C0, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x00C5, 0x00C6, 0x00C7, /* C0 */
	0x00C8, 0x00C9, 0x00CA, 0x00CB, 0x0300, 0x00CD, 0x00CE, 0x00CF, /* C8 */
	0x0110, 0x00D1, 0x0309, 0x00D3, 0x00D4, 0x01A0, 0x00D6, 0x00D7, /* D0 */
	0x00D8, 0x00D9, 0x00DA, 0x00DB, 0x00DC, 0x01AF, 0x0303, 0x00DF, /* D8 */
	0x00E0, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x00E5, 0x00E6, 0x00E7, /* E0 */
	0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0301, 0x00ED, 0x00EE, 0x00EF, /* E8 */
	0x0111, 0x00F1, 0x0323, 0x00F3, 0x00F4, 0x01A1, 0x00F6, 0x00F7, /* F0 */
	0x00F8, 0x00F9, 0x00FA, 0x00FB, 0x00FC, 0x01B0, 0x20AB, 0x00FF, /* F8 */
};

/* TCVN 5712:1993 (VN2, of which VN3 is the part from A0 on) from 0x80 on. */
static const uint16_t tcvn3[128] = {
	0x00C0, 0x1EA2, 0x00C3, 0x00C1, 0x1EA0, 0x1EB6, 0x1EAC, 0x00C8, /* 80 */
	0x1EBA, 0x1EBC, 0x00C9, 0x1EB8, 0x1EC6, 0x00CC, 0x1EC8, 0x0128, /* 88 */
	0x00CD, 0x1ECA, 0x00D2, 0x1ECE, 0x00D5, 0x00D3, 0x1ECC, 0x1ED8, /* 90 */
	0x1EDC, 0x1EDE, 0x1EE0, 0x1EDA, 0x1EE2, 0x00D9, 0x1EE6, 0x0168, /* 98 */
	0x00A0, 0x0102, 0x00C2, 0x00CA, 0x00D4, 0x01A0, 0x01AF, 0x0110, /* A0 */
	0x0103, 0x00E2, 0x00EA, 0x00F4, 0x01A1, 0x01B0, 0x0111, 0x1EB0, /* A8 */
	0x0300, 0x0309, 0x0303, 0x0301, 0x0323, 0x00E0, 0x1EA3, 0x00E3, /* B0 */
	0x00E1, 0x1EA1, 0x1EB2, 0x1EB1, 0x1EB3, 0x1EB5, 0x1EAF, 0x1EB4, /* B8 */
	0x1EAE, 0x1EA6, 0x1EA8, 0x1EAA, 0x1EA4, 0x1EC0, 0x1EB7, 0x1EA7, /* C0 */
	0x1EA9, 0x1EAB, 0x1EA5, 0x1EAD, 0x00E8, 0x1EC2, 0x1EBB, 0x1EBD, /* C8 */
	0x00E9, 0x1EB9, 0x1EC1, 0x1EC3, 0x1EC5, 0x1EBF, 0x1EC7, 0x00EC, /* D0 */
	0x1EC9, 0x1EC4, 0x1EBE, 0x1ED2, 0x0129, 0x00ED, 0x1ECB, 0x00F2, /* D8 */
	0x1ED4, 0x1ECF, 0x00F5, 0x00F3, 0x1ECD, 0x1ED3, 0x1ED5, 0x1ED7, /* E0 */
	0x1ED1, 0x1ED9, 0x1EDD, 0x1EDF, 0x1EE1, 0x1EDB, 0x1EE3, 0x00F9, /* E8 */
	0x1ED6, 0x1EE7, 0x0169, 0x00FA, 0x1EE5, 0x1EEB, 0x1EED, 0x1EEF, /* F0 */
	0x1EE9, 0x1EF1, 0x1EF3, 0x1EF7, 0x1EF9, 0x00FD, 0x1EF5, 0x1ED0, /* F8 */
};

/* ---- VNI ----------------------------------------------------------------------------------- */

/* Letters of one byte. Capitals are 0x20 before them. */
static const struct {
	uint8_t byte;
	uint16_t small, capital;
} vni_letters[] = {
	{0xE6, 0x1EC9, 0x1EC8}, /* ỉ */
	{0xEC, 0x00EC, 0x00CC}, /* ì */
	{0xED, 0x00ED, 0x00CD}, /* í */
	{0xEE, 0x1EF5, 0x1EF4}, /* ỵ */
	{0xF1, 0x0111, 0x0110}, /* đ */
	{0xF2, 0x1ECB, 0x1ECA}, /* ị */
	{0xF3, 0x0129, 0x0128}, /* ĩ */
	{0xF4, 0x01A1, 0x01A0}, /* ơ */
	{0xF6, 0x01B0, 0x01AF}, /* ư */
};

/* What a byte behind a letter adds to it, and which letters take it. Behind capitals it is 0x20
 * before. */
static const struct {
	uint8_t byte;
	const char *letters;
	uint16_t mark[2];
} vni_marks[] = {
	{0xF9, "aeouy\xF4\xF6", {0x301}}, {0xF8, "aeouy\xF4\xF6", {0x300}},
	{0xFB, "aeouy\xF4\xF6", {0x309}}, {0xF5, "aeouy\xF4\xF6", {0x303}},
	{0xEF, "aeouy\xF4\xF6", {0x323}}, {0xE2, "aeo", {0x302}},
	{0xE1, "aeo", {0x302, 0x301}},    {0xE0, "aeo", {0x302, 0x300}},
	{0xE5, "aeo", {0x302, 0x309}},    {0xE3, "aeo", {0x302, 0x303}},
	{0xE4, "aeo", {0x302, 0x323}},    {0xEA, "a", {0x306}},
	{0xE9, "a", {0x306, 0x301}},      {0xE8, "a", {0x306, 0x300}},
	{0xFA, "a", {0x306, 0x309}},      {0xFC, "a", {0x306, 0x303}},
	{0xEB, "a", {0x306, 0x323}},
};

static uint8_t lower(uint8_t byte)
{
	return (byte >= 'A' && byte <= 'Z') || byte >= 0xC0 ? byte | 0x20 : byte;
}

/* The code points of one byte; how many, 0 when it means nothing behind `before`. */
static size_t vni_byte(uint8_t byte, uint8_t before, uint16_t out[2])
{
	uint8_t small = lower(byte);

	for (size_t i = 0; i < sizeof vni_letters / sizeof *vni_letters; i++)
		if (vni_letters[i].byte == small) {
			out[0] = byte == small ? vni_letters[i].small : vni_letters[i].capital;
			return 1;
		}
	for (size_t i = 0; i < sizeof vni_marks / sizeof *vni_marks; i++)
		if (vni_marks[i].byte == small && before &&
		    strchr(vni_marks[i].letters, (char)lower(before))) {
			memcpy(out, vni_marks[i].mark, sizeof vni_marks[i].mark);
			return out[1] ? 2 : 1;
		}
	out[0] = byte < 0xC0 ? windows1258[byte - 0x80] : 0; /* quotes, dashes */
	return out[0] != 0;
}

/* ---- decoding ------------------------------------------------------------------------------ */

static const char *const names[ENCODING__COUNT] = {
	[ENCODING_UNKNOWN] = "an unknown encoding",
	[ENCODING_UTF8] = "UTF-8",
	[ENCODING_UTF16LE] = "UTF-16",
	[ENCODING_UTF16BE] = "UTF-16",
	[ENCODING_WINDOWS1258] = "Windows-1258",
	[ENCODING_TCVN3] = "TCVN3",
	[ENCODING_VNI] = "VNI",
};

const char *encoding_name(enum encoding e)
{
	return names[e];
}

/* The code points of the byte at `i`; how many. */
static size_t byte_means(enum encoding e, struct text bytes, size_t i, uint16_t out[2])
{
	uint8_t byte = (uint8_t)bytes.at[i];

	if (byte < 0x80) {
		out[0] = byte;
		return 1;
	}
	if (e == ENCODING_VNI)
		return vni_byte(byte, i ? (uint8_t)bytes.at[i - 1] : 0, out);
	byte -= 0x80;
	out[0] = e == ENCODING_TCVN3 ? tcvn3[byte] : windows1258[byte];
	return out[0] != 0;
}

static bool decode_bytes(struct arena *a, enum encoding e, struct text bytes, struct text *out,
			 size_t *bad)
{
	char *to = arena_new(a, 6 * bytes.n + 1, 1);
	size_t n = 0;
	bool ok = true;

	for (size_t i = 0; i < bytes.n && ok; i++) {
		uint16_t c[2] = {0};
		size_t k = byte_means(e, bytes, i, c);

		ok = k != 0;
		*bad = i;
		for (size_t j = 0; j < k; j++)
			n += (size_t)utf8proc_encode_char(c[j], (utf8proc_uint8_t *)to + n);
	}
	*out = text_nfc(a, (struct text){to, n});
	return ok;
}

static uint32_t unit(enum encoding e, const char *at)
{
	const uint8_t *b = (const uint8_t *)at;

	return e == ENCODING_UTF16LE ? (uint32_t)b[0] | (uint32_t)b[1] << 8
				     : (uint32_t)b[1] | (uint32_t)b[0] << 8;
}

/* The code point at `i`, and how many bytes it has; 0 when it is none. */
static size_t utf16_means(enum encoding e, struct text bytes, size_t i, uint32_t *c)
{
	uint32_t second;

	if (bytes.n - i < 2)
		return 0;
	*c = unit(e, bytes.at + i);
	if (*c < 0xD800 || *c > 0xDFFF)
		return 2;
	if (*c > 0xDBFF || bytes.n - i < 4)
		return 0;
	second = unit(e, bytes.at + i + 2);
	if (second < 0xDC00 || second > 0xDFFF)
		return 0;
	*c = 0x10000 + ((*c - 0xD800) << 10) + (second - 0xDC00);
	return 4;
}

static bool decode_utf16(struct arena *a, enum encoding e, struct text bytes, struct text *out,
			 size_t *bad)
{
	char *to = arena_new(a, 2 * bytes.n + 1, 1);
	size_t n = 0, k = 1;
	uint32_t c;

	for (size_t i = 0; i < bytes.n && k; i += k) {
		*bad = i;
		k = utf16_means(e, bytes, i, &c);
		if (k)
			n += (size_t)utf8proc_encode_char((utf8proc_int32_t)c,
							  (utf8proc_uint8_t *)to + n);
	}
	*out = text_nfc(a, (struct text){to, n});
	return k != 0;
}

bool encoding_decode(struct arena *a, enum encoding e, struct text bytes, struct text *out,
		     size_t *bad)
{
	if (e == ENCODING_UTF16LE || e == ENCODING_UTF16BE)
		return decode_utf16(a, e, bytes, out, bad);
	if (e != ENCODING_UTF8 && e != ENCODING_UNKNOWN)
		return decode_bytes(a, e, bytes, out, bad);
	*out = bytes;
	if (text_check(bytes, bad))
		return true;
	out->n = *bad;
	return false;
}

/* ---- evidence ------------------------------------------------------------------------------ */

/* Valid, but for a last character that is cut off. */
static bool is_utf8(struct text s)
{
	size_t bad;

	if (text_check(s, &bad))
		return true;
	return s.at[bad] != '\0' && s.n - bad < 4 && (uint8_t)s.at[bad] >= 0xC2 &&
	       (uint8_t)s.at[bad] < 0xF5 &&
	       s.n - bad < (size_t)((uint8_t)s.at[bad] < 0xE0   ? 2
				    : (uint8_t)s.at[bad] < 0xF0 ? 3
								: 4) &&
	       (s.n - bad < 2 || ((uint8_t)s.at[bad + 1] & 0xC0) == 0x80) &&
	       (s.n - bad < 3 || ((uint8_t)s.at[bad + 2] & 0xC0) == 0x80);
}

/* Digits, commas and letters of names have a zero byte each. */
static enum encoding by_zeros(struct text s)
{
	size_t zero[2] = {0}, half = s.n / 2;

	for (size_t i = 0; i < s.n; i++)
		zero[i % 2] += s.at[i] == '\0';
	if (zero[1] > half / 2 && zero[0] * 16 <= zero[1])
		return ENCODING_UTF16LE;
	if (zero[0] > half / 2 && zero[1] * 16 <= zero[0])
		return ENCODING_UTF16BE;
	return ENCODING_UNKNOWN;
}

/* Words that become syllables; 0 when some byte means nothing, or fewer than four of five do. */
static size_t speaks_for(enum encoding e, struct text sample)
{
	struct arena own = {0};
	struct syllables found = {0};
	struct text s;
	size_t bad;

	if (encoding_decode(&own, e, sample, &s, &bad))
		found = syllable_count(s);
	arena_release(&own);
	return 5 * found.good >= 4 * found.words ? found.good : 0;
}

enum encoding encoding_guess(struct text sample)
{
	enum encoding best = ENCODING_UNKNOWN;
	size_t most = 0, next = 0;

	if (sample.n >= 2 && memcmp(sample.at, "\xFF\xFE", 2) == 0)
		return ENCODING_UTF16LE;
	if (sample.n >= 2 && memcmp(sample.at, "\xFE\xFF", 2) == 0)
		return ENCODING_UTF16BE;
	if (is_utf8(sample))
		return ENCODING_UTF8;
	if (sample.n && memchr(sample.at, '\0', sample.n))
		return by_zeros(sample);
	for (int e = ENCODING_WINDOWS1258; e <= ENCODING_VNI; e++) {
		size_t n = speaks_for((enum encoding)e, sample);

		if (n > most) {
			next = most;
			most = n;
			best = (enum encoding)e;
		} else if (n > next) {
			next = n;
		}
	}
	return 2 * next <= most ? best : ENCODING_UNKNOWN;
}
