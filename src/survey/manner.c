#include "survey/manner.h"

#include <unistd.h>

size_t manner_threads(const struct reading *r)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (r->threads)
		return (size_t)r->threads;
	return processors > 1 ? (size_t)processors : 1;
}
