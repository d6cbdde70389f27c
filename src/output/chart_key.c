#include "output/chart_key.h"

#include <assert.h>

/* In em: a sign with the room behind it, and the room before the next. */
#define SIGN 2.7
#define APART 1.4

void key_open(const struct canvas *c, struct key *key, double width)
{
	*key = (struct key){.width = width - (c->order->report ? 1 : 7)};
}

void key_add(const struct canvas *c, struct key *key, double kind, struct text words)
{
	double needs;

	words = plotfile_cut(c->arena, words, canvas_letters(c, c->small, false),
			     key->width - SIGN * c->em);
	needs = SIGN * c->em + canvas_width(c, words, c->small, false);
	assert(key->n < KEY_MOST);
	if (key->n == 0 || key->end + APART * c->em + needs > key->width) {
		key->lines++;
		key->end = -APART * c->em;
	}
	key->at[key->n].kind = kind;
	key->at[key->n].words = words;
	key->at[key->n].x = key->end + APART * c->em;
	key->at[key->n++].line = key->lines;
	key->end += APART * c->em + needs;
}

double key_height(const struct canvas *c, const struct key *key)
{
	return c->line * (double)key->lines + 0.5 * c->em;
}

void key_write(struct canvas *c, const struct key *key)
{
	plotfile_key_number(&c->plot, "key_lines", (double)key->lines);
	plotfile_block(&c->plot, "key", 4);
	for (size_t i = 0; i < key->n; i++) {
		plotfile_number(&c->plot, key->at[i].kind);
		plotfile_text(&c->plot, key->at[i].words);
		plotfile_number(&c->plot, number_round(key->at[i].x, 2));
		plotfile_number(&c->plot, (double)key->at[i].line);
	}
}
