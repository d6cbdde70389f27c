/* docx_update.h -- the blocks of a document that staff edited, renewed.
 *
 * Bytes outside the blocks that are renewed stay as they are. A block that was altered by hand is
 * not replaced unless asked.
 *
 * Uses docx and below. */
#ifndef OUTPUT_DOCX_UPDATE_H
#define OUTPUT_DOCX_UPDATE_H

#include "base/arena.h"
#include "base/diag.h"

enum docx_state {
	DOCX_RENEWED,
	DOCX_UNCHANGED, /* says the same, and shows the same pictures */
	DOCX_ALTERED,   /* by hand; renewed all the same */
	DOCX_LOOSE,     /* another program took it apart; left as it is */
	DOCX_OLD_ONLY,  /* no longer made; left as it is */
	DOCX_NEW_ONLY,  /* staff removed it; not put back */
	DOCX_STATES
};

struct docx_news {
	size_t n;
	struct docx_new {
		enum docx_state state;
		struct text name, alias; /* alias: what people call it; may be empty */
	} * block;                       /* in the order of the old document, then of the new */
};

/* docx_update: writes `out`: the document `old` with the blocks of `renewed`, which docx_seal made;
 * `out` may be `old`. Pictures, addresses, lists and styles come along; the audit is the renewed
 * one. anyway  also blocks that were altered by hand fails   as docx_seal; DIAG_DATA: altered by
 * hand (each block named), no block to renew, about another province, survey or in another language
 * (docx_same_subject); then nothing is written. The file's mode stays. */
bool docx_update(struct arena *a, const char *old, const char *renewed, bool anyway,
		 const char *out, struct docx_news *news, struct diag *why);

/* docx_ready: may the file be updated: is it a document with blocks, and nobody at work on it?
 *   fails  as docx_open; DIAG_DATA: it has no blocks; DIAG_FAILED: the lock of Word or LibreOffice
 * lies beside it */
bool docx_ready(struct arena *a, const char *file, struct diag *why);

#endif
