/* printed.h -- the numbers of a Markdown document of ours, each with the place where it stands.
 *
 * Reads the Markdown that a report is made of (sheet, template): front matter, headings,
 * paragraphs, lists, pipe tables with their captions behind them, figures alone on a line, fenced
 * blocks. Takes the ledger's marks out of it. A number is a run of digits with single points or
 * commas between them; one that was marked has its sign too. Numbers inside of file names and
 * addresses of links are none.
 *
 * Not here: what a number is that nobody marked (audit).
 * Uses ledger and below. */
#ifndef OUTPUT_PRINTED_H
#define OUTPUT_PRINTED_H

#include "output/ledger.h"

enum printed_in {
	PRINTED_META, /* a line of the front matter; id is its key */
	PRINTED_HEADING,
	PRINTED_PARAGRAPH,
	PRINTED_LIST,
	PRINTED_TABLE,
	PRINTED_CAPTION,
	PRINTED_NOTE, /* under a table */
	PRINTED_ALT,  /* what a figure shows, in words */
	PRINTED__COUNT
};

#define PRINTED_UNMARKED ((size_t)-1)

struct printed {
	struct text text;
	size_t entry; /* of the ledger; PRINTED_UNMARKED */
	enum printed_in in;
	bool label;              /* it numbers a heading, a figure or a table, or refers to one */
	struct text section;     /* the heading above, behind that of the chapter: "IV. A / 1. B" */
	struct text name;        /* of the table or figure: "Bảng 3" */
	struct text id;          /* "tbl:series" */
	struct text figure;      /* its file, without ending: "figures/papi-2024-33-rank" */
	struct text row, column; /* of a table: its first cell, its head */
	size_t paragraph;        /* within the section; 0 in tables, figures, headings */
	struct text words;       /* the paragraph, cell, caption as people read it */
	size_t at;               /* where in it */
};

struct printed_list {
	size_t n;
	struct printed *at; /* as the document goes */
};

/* printed_find: a mark counts when it holds what the ledger has under its number; every other
 * private character stays where it was.
 *   clean  gets the document without marks */
void printed_find(struct arena *a, const struct ledger *l, struct text marked, struct text *clean,
		  struct printed_list *out);

#endif
