/* libpq.h -- PostgreSQL's client library, loaded when a database is asked for: it and the two dozen
 * libraries it needs would take half of the start of every other command.
 *
 * Not here: what is done with it (postgres, which alone uses it).
 * Uses diag. */
#ifndef INPUT_LIBPQ_H
#define INPUT_LIBPQ_H

#include "base/diag.h"

#include <libpq-fe.h>

#define LIBPQ_FUNCTIONS(X)                                                                         \
	X(cancel)                                                                                  \
	X(clear)                                                                                   \
	X(connectPoll)                                                                             \
	X(connectStartParams)                                                                      \
	X(connectionNeedsPassword)                                                                 \
	X(conninfoFree)                                                                            \
	X(conninfoParse)                                                                           \
	X(consumeInput)                                                                            \
	X(errorMessage)                                                                            \
	X(finish)                                                                                  \
	X(flush)                                                                                   \
	X(freeCancel)                                                                              \
	X(freemem)                                                                                 \
	X(getCancel)                                                                               \
	X(getCopyData)                                                                             \
	X(getResult)                                                                               \
	X(getlength)                                                                               \
	X(getvalue)                                                                                \
	X(isBusy)                                                                                  \
	X(ntuples)                                                                                 \
	X(resultErrorField)                                                                        \
	X(resultStatus)                                                                            \
	X(sendQuery)                                                                               \
	X(sendQueryParams)                                                                         \
	X(serverVersion)                                                                           \
	X(setNoticeReceiver)                                                                       \
	X(socket)                                                                                  \
	X(status)

/* PQclear is `clear`, and so on. */
struct libpq {
#define LIBPQ_MEMBER(name) __typeof__(PQ##name) *name;
	LIBPQ_FUNCTIONS(LIBPQ_MEMBER)
#undef LIBPQ_MEMBER
};

/* libpq_load: stays loaded until the program ends.
 *   fails  DIAG_TOOL: it is not installed, or lacks a function */
bool libpq_load(struct libpq *out, struct diag *why);

#endif
