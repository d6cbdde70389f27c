#include "output/xmlmemory.h"

#include "base/sure.h"

#include <libxml/xmlmemory.h>
#include <stdlib.h>

void xmlmemory_sure(void)
{
	xmlMemSetup(free, sure_malloc, sure_realloc, sure_strdup);
}
