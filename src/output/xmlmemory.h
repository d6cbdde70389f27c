/* xmlmemory.h -- where libxml2 takes its memory from.
 *
 * Uses sure. */
#ifndef OUTPUT_XMLMEMORY_H
#define OUTPUT_XMLMEMORY_H

/* xmlmemory_sure: from sure; once, before libxml2 does anything. */
void xmlmemory_sure(void);

#endif
