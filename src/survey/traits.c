#include "survey/traits.h"

static struct text code_family(struct text code)
{
	for (size_t i = code.n; i-- > 0;)
		if (code.at[i] == '.')
			return (struct text){code.at, i};
	return code;
}

bool traits_asked(const struct codebook *book, struct text era, const struct heading *file,
		  const struct question *q)
{
	return codebook_column(book, era, q->column) == q && heading_has(file, q->column);
}

static bool is_personal(const struct codebook *book, struct text era, const struct heading *file,
			const struct question *q)
{
	if (q->kind != QUESTION_CATEGORY || q->n_levels < 2)
		return false;
	for (size_t i = 0; i < book->n; i++)
		if (&book->at[i] != q && book->at[i].kind == QUESTION_CATEGORY &&
		    traits_asked(book, era, file, &book->at[i]) &&
		    span_equal(code_family(book->at[i].code), code_family(q->code)))
			return true;
	return false;
}

size_t traits_find(struct arena *a, const struct codebook *book, struct text era,
		   const struct heading *file, const struct question *const **out)
{
	const struct question **list = arena_new(a, book->n, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < book->n; i++)
		if (traits_asked(book, era, file, &book->at[i]) &&
		    is_personal(book, era, file, &book->at[i]))
			list[n++] = &book->at[i];
	*out = list;
	return n;
}
