/* traits.h -- questions about the person who answers, which make groups of people.
 *
 * A category question that has neighbours of its kind under one code ("A.gender", "A.age") is
 * about the person; what stands alone, or is no category, is an opinion. Only questions whose
 * column the file has count.
 *
 * Not here: the groups themselves (waves).
 * Uses codebook, heading. */
#ifndef SURVEY_TRAITS_H
#define SURVEY_TRAITS_H

#include "survey/codebook.h"
#include "survey/heading.h"

/* traits_asked: is the question the era's own, and its column in the file? */
bool traits_asked(const struct codebook *book, struct text era, const struct heading *file,
		  const struct question *q);

/* traits_find: those questions, in the order of the codebook; returns how many. */
size_t traits_find(struct arena *a, const struct codebook *book, struct text era,
		   const struct heading *file, const struct question *const **out);

#endif
