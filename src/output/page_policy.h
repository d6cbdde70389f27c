/* page_policy.h -- what a page made of one file may do: run its own script, wear its own style, and
 * nothing else; no request leaves it.
 *
 * Not here: the page.
 * Uses arena, libmd. */
#ifndef OUTPUT_PAGE_POLICY_H
#define OUTPUT_PAGE_POLICY_H

#include "base/arena.h"

/* page_policy: the value of Content-Security-Policy: script and style with just these bytes, by
 *   their SHA-256.
 *   source  CSP Level 3, hash sources */
struct text page_policy(struct arena *a, struct text style, struct text script);

#endif
