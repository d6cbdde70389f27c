/* docx_words.h -- the words of a block and their fingerprint.
 *
 * What counts: text, the ends of paragraphs, cells and rows, tabs and line breaks, how many
 * pictures, fields and notes there are. What does not: runs, formatting, spelling marks, bookmarks,
 * deleted text, empty paragraphs, and what a field shows, which Word counts anew. Text is NFC; a
 * run of spaces, also unbreakable ones, is one space, and none stands at an end of a paragraph.
 *
 * Uses docx_tree and below. */
#ifndef OUTPUT_DOCX_WORDS_H
#define OUTPUT_DOCX_WORDS_H

#include "output/docx_tree.h"

struct docx_words {
	struct text text; /* for comparing; marks of ends and pictures are control characters */
	bool pending;     /* holds tracked changes, or comments */
	char print[17];   /* first 16 hex digits of the SHA-256 of the text */
};

/* docx_words: of the elements from `first` to its sibling `last`. */
void docx_words(struct arena *a, xmlNode *first, const xmlNode *last, struct docx_words *out);

/* docx_differ: what a and b say where they first differ, a few words of each, fit for showing;
 *   a part is "" where that text ends. */
void docx_differ(struct arena *arena, struct text a, struct text b, struct text *in_a,
		 struct text *in_b);

#endif
