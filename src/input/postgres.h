/* postgres.h -- a PostgreSQL server (or what speaks like one): which columns a table has, and what
 * a statement gives, as the bytes of a CSV file.
 *
 * Everything happens in one read-only transaction that sees one state of the database. Passwords
 * come and go by libpq's own means (the URI, PGPASSWORD, ~/.pgpass, services) and stand in no
 * message.
 *
 * Not here: the statement (survey/statement), what the bytes mean.
 * Uses libpq, diag, arena, number. */
#ifndef INPUT_POSTGRES_H
#define INPUT_POSTGRES_H

#include "base/arena.h"
#include "base/diag.h"
#include "base/span.h"

#include <stdbool.h>
#include <stddef.h>

struct postgres;

struct postgres_column {
	struct text name;
	struct text type;   /* as the catalogue has it: "int4", "numeric"; of a domain what it is */
	int digits, places; /* of numeric, when declared; else 0 */
};

struct postgres_table {
	struct text schema, name;
	size_t n;
	struct postgres_column *column; /* in the order of the table */
};

/* postgres_stop_fn: should we stop? Asked several times a second while the server works. */
typedef bool postgres_stop_fn(struct diag *why);

/* postgres_bytes_fn: some of the bytes; false, with a problem, to stop. */
typedef bool postgres_bytes_fn(void *context, struct text bytes, struct diag *why);

/* postgres_is_uri: does the word begin like a connection URI? */
bool postgres_is_uri(const char *word);

/* postgres_public: `s` without the passwords of connection URIs in it. */
struct text postgres_public(struct arena *a, struct text s);

/* postgres_open: connects, and begins the transaction.
 *   fails  DIAG_USAGE: no URI; DIAG_TOOL: cannot be reached, refuses us, older than 13; what `stop`
 *          adds; NULL then, nothing to close */
struct postgres *postgres_open(struct arena *a, const char *uri, postgres_stop_fn *stop,
			       struct diag *why);

/* postgres_name: the name of a table as people write it: "table", "schema.table", parts in double
 *   quotes where they hold a point; otherwise letters are as written, capitals too.
 *   fails  DIAG_USAGE */
bool postgres_name(struct arena *a, struct text written, struct text *schema, struct text *name,
		   struct diag *why);

/* postgres_find: the table, view or partitioned table of that name (postgres_name).
 *   fails  DIAG_DATA: no such table; as postgres_name, postgres_copy */
bool postgres_find(struct postgres *p, struct text name, struct postgres_table *out,
		   struct diag *why);

/* postgres_copy: what a SELECT gives, header first, as it comes from the server.
 *   fails  DIAG_DATA: what the server says; what `stop` or `take` add. The server has ended the
 *          statement then, and the transaction is over */
bool postgres_copy(struct postgres *p, struct text select, postgres_bytes_fn *take, void *context,
		   struct diag *why);

/* postgres_close: ends transaction and connection; NULL is nothing. */
void postgres_close(struct postgres *p);

#endif
