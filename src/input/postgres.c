#include "input/postgres.h"

#include "base/number.h"
#include "input/libpq.h"

#include <limits.h>
#include <poll.h>
#include <string.h>

#define TICK 100           /* milliseconds between two questions whether to stop */
#define ROWS_BETWEEN 1000  /* likewise, while rows come */
#define OLDEST 130000      /* server version */
#define MOST_LISTED 20     /* tables named in a hint */
#define NUMERIC_HEADER 4   /* how the catalogue packs digits and places */
#define ALWAYS_WAITING 300 /* seconds for a connection when connect_timeout is not given */
#define LONGEST_WAIT 1000000

struct postgres {
	struct arena *arena;
	struct libpq pq;
	PGconn *connection;
	postgres_stop_fn *stop;
	struct text password; /* to be left out of messages */
	long patience;        /* ticks to wait for a connection */
};

/* ---- what may be shown --------------------------------------------------------------------- */

static const char *const schemes[] = {"postgresql://", "postgres://"};

bool postgres_is_uri(const char *word)
{
	return span_starts(span_of(word), schemes[0]) || span_starts(span_of(word), schemes[1]);
}

/* The end of a URI in running text. */
static size_t uri_end(struct text s)
{
	size_t n = 0;

	while (n < s.n && !strchr(" \t\r\n\"", s.at[n]))
		n++;
	return n;
}

/* Behind the scheme: "user:password@host/db?password=x" without both passwords. */
static struct text without_password(struct arena *a, struct text s)
{
	struct text out = s;
	size_t slash = 0, at, query;

	while (slash < s.n && s.at[slash] != '/')
		slash++;
	at = span_find_last((struct text){s.at, slash}, span_of("@"));
	if (at == SPAN_NOWHERE) /* a slash that should have been written as %2F: rather too much */
		at = span_find_last(s, span_of("@"));
	if (at != SPAN_NOWHERE) {
		size_t colon = span_find((struct text){s.at, at}, span_of(":"));
		if (colon != SPAN_NOWHERE)
			out = arena_format(a, "%.*s%.*s", (int)colon, s.at, (int)(s.n - at),
					   s.at + at);
	}
	while ((query = span_find(out, span_of("password="))) != SPAN_NOWHERE) {
		size_t end = query;

		while (end < out.n && out.at[end] != '&')
			end++;
		out = arena_format(a, "%.*s%.*s", (int)query, out.at, (int)(out.n - end),
				   out.at + end);
	}
	return out;
}

struct text postgres_public(struct arena *a, struct text s)
{
	struct text out = {"", 0};
	size_t at;

	while ((at = span_find(s, span_of("://"))) != SPAN_NOWHERE) {
		struct text head = {s.at, at + 3}, rest = {s.at + at + 3, s.n - at - 3};
		struct text uri = {rest.at, uri_end(rest)};
		bool ours = (at >= 8 && span_equal((struct text){s.at + at - 8, 8},
						   (struct text)TEXT("postgres"))) ||
			    (at >= 10 && span_equal((struct text){s.at + at - 10, 10},
						    (struct text)TEXT("postgresql")));
		struct text shown = ours ? without_password(a, uri) : uri;

		out = arena_format(a, "%.*s%.*s%.*s", SPAN_ARG(out), SPAN_ARG(head),
				   SPAN_ARG(shown));
		s = (struct text){rest.at + uri.n, rest.n - uri.n};
	}
	return out.n ? arena_format(a, "%.*s%.*s", SPAN_ARG(out), SPAN_ARG(s)) : s;
}

/* What the server or libpq says, in one line, without the password. */
static struct text said(const struct postgres *p, const char *words)
{
	struct text s = arena_text(p->arena, span_trim(span_of(words))), out = {"", 0};
	char *at = (char *)s.at;
	size_t found;

	for (size_t i = 0; i < s.n; i++)
		if (at[i] == '\n' || at[i] == '\t')
			at[i] = ' ';
	while (p->password.n && (found = span_find(s, p->password)) != SPAN_NOWHERE) {
		out = arena_format(p->arena, "%.*s%.*s***", SPAN_ARG(out), (int)found, s.at);
		s = (struct text){s.at + found + p->password.n, s.n - found - p->password.n};
	}
	return arena_format(p->arena, "%.*s%.*s", SPAN_ARG(out), SPAN_ARG(s));
}

static bool complain(const struct postgres *p, const PGresult *result, struct diag *why)
{
	const char *words = p->pq.resultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *hint = p->pq.resultErrorField(result, PG_DIAG_MESSAGE_HINT);

	if (!words)
		words = p->pq.errorMessage(p->connection);
	diag_fail(why, DIAG_DATA, "PostgreSQL: %.*s", SPAN_ARG(said(p, words)));
	return hint ? diag_hint(why, "%.*s", SPAN_ARG(said(p, hint))) : false;
}

/* ---- waiting ------------------------------------------------------------------------------- */

/* Tells the server to end what it does for us. */
static bool cancel(struct postgres *p)
{
	PGcancel *c = p->pq.getCancel(p->connection);

	if (c) {
		char words[256];

		p->pq.cancel(c, words, sizeof words); /* what it says helps nobody who stops */
	}
	p->pq.freeCancel(c);
	return false;
}

/* Until the server has sent something: false when we are to stop, or the connection is lost. */
static bool wait_input(struct postgres *p, struct diag *why)
{
	struct pollfd at = {.fd = p->pq.socket(p->connection), .events = POLLIN};

	for (;;) {
		if (p->stop(why))
			return cancel(p);
		if (poll(&at, 1, TICK) > 0)
			break;
	}
	return p->pq.consumeInput(p->connection) ||
	       diag_fail(why, DIAG_DATA, "PostgreSQL: %.*s",
			 SPAN_ARG(said(p, p->pq.errorMessage(p->connection))));
}

/* The next result of what was sent; NULL when there is none, or on a problem. */
static PGresult *next_result(struct postgres *p, struct diag *why)
{
	p->pq.flush(p->connection);
	while (p->pq.isBusy(p->connection))
		if (!wait_input(p, why))
			return NULL;
	return p->pq.getResult(p->connection);
}

/* One statement without data to send, to its end. NULL on a problem. */
static PGresult *run(struct postgres *p, const char *sql, int n, const char *const *values,
		     struct diag *why)
{
	PGresult *result, *more;

	if (!p->pq.sendQueryParams(p->connection, sql, n, NULL, values, NULL, NULL, 0)) {
		diag_fail(why, DIAG_DATA, "PostgreSQL: %.*s",
			  SPAN_ARG(said(p, p->pq.errorMessage(p->connection))));
		return NULL;
	}
	result = next_result(p, why);
	if (!result)
		return NULL;
	while ((more = next_result(p, why)))
		p->pq.clear(more);
	if (p->pq.resultStatus(result) == PGRES_COMMAND_OK ||
	    p->pq.resultStatus(result) == PGRES_TUPLES_OK)
		return result;
	complain(p, result, why);
	p->pq.clear(result);
	return NULL;
}

static bool order(struct postgres *p, const char *sql, struct diag *why)
{
	PGresult *result = run(p, sql, 0, NULL, why);

	p->pq.clear(result);
	return result != NULL;
}

/* ---- connecting ---------------------------------------------------------------------------- */

/* What libpq makes of the URI; its own complaints would quote all of it. */
static bool look_at_uri(struct postgres *p, const char *uri, struct diag *why)
{
	char *words = NULL;
	long seconds;
	PQconninfoOption *options = p->pq.conninfoParse(uri, &words);

	p->pq.freemem(words);
	p->patience = ALWAYS_WAITING * (1000 / TICK);
	if (!options) {
		diag_fail(why, DIAG_USAGE, "the connection URI cannot be read");
		return diag_hint(why, "postgresql://USER@HOST:PORT/DATABASE; other characters than "
				      "letters and digits as %%40 (for @) and so on");
	}
	for (const PQconninfoOption *o = options; o->keyword; o++) {
		if (strcmp(o->keyword, "password") == 0 && o->val)
			p->password = arena_text(p->arena, span_of(o->val));
		if (strcmp(o->keyword, "connect_timeout") == 0 &&
		    number_whole(span_of(o->val), 1, LONGEST_WAIT, &seconds))
			p->patience = seconds * (1000 / TICK);
	}
	p->pq.conninfoFree(options);
	return true;
}

static bool refused(const struct postgres *p, struct diag *why)
{
	struct text words = said(p, p->pq.errorMessage(p->connection));

	if (words.n == 0)
		words = span_of(diag_word(why, "it does not answer"));
	diag_fail(why, DIAG_TOOL, "no connection to the database: %.*s", SPAN_ARG(words));
	if (p->pq.connectionNeedsPassword(p->connection))
		return diag_hint(why, "~/.pgpass or PGPASSWORD hold the password");
	return false;
}

static bool connect_up(struct postgres *p, struct diag *why)
{
	PostgresPollingStatusType state = PGRES_POLLING_WRITING;

	while (state != PGRES_POLLING_OK) {
		struct pollfd at = {.fd = p->pq.socket(p->connection),
				    .events = state == PGRES_POLLING_READING ? POLLIN : POLLOUT};

		if (p->stop(why))
			return false;
		if (p->pq.status(p->connection) == CONNECTION_BAD || p->patience-- == 0)
			return refused(p, why);
		if (poll(&at, 1, TICK) > 0)
			state = p->pq.connectPoll(p->connection);
		if (state == PGRES_POLLING_FAILED)
			return refused(p, why);
	}
	if (p->pq.serverVersion(p->connection) >= OLDEST)
		return true;
	return diag_fail(why, DIAG_TOOL, "PostgreSQL %d is too old; 13 or later is needed",
			 p->pq.serverVersion(p->connection) / 10000);
}

/* One state of the database, which we cannot change; texts of dates and numbers as files have
 * them. The statement is too wide for just-in-time compilation to pay off. */
static bool begin(struct postgres *p, struct diag *why)
{
	return order(p, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", why) &&
	       order(p, "SET LOCAL standard_conforming_strings = on", why) &&
	       order(p, "SET LOCAL datestyle = 'ISO'", why) &&
	       order(p, "SET LOCAL extra_float_digits = 1", why) &&
	       order(p,
		     "SELECT pg_catalog.set_config(name, 'off', true) FROM pg_catalog.pg_settings "
		     "WHERE name = 'jit'",
		     why);
}

static void quiet(void *context, const PGresult *notice)
{
	(void)context;
	(void)notice;
}

struct postgres *postgres_open(struct arena *a, const char *uri, postgres_stop_fn *stop,
			       struct diag *why)
{
	static const char *const names[] = {"dbname", "fallback_application_name",
					    "client_encoding", NULL};
	const char *const values[] = {uri, "hailong", "UTF8", NULL};
	struct postgres *p = arena_new(a, 1, sizeof *p);

	p->arena = a;
	p->stop = stop;
	if (!libpq_load(&p->pq, why) || !look_at_uri(p, uri, why))
		return NULL;
	p->connection = p->pq.connectStartParams(names, values, 1);
	if (p->connection) {
		p->pq.setNoticeReceiver(p->connection, quiet, NULL);
		if (connect_up(p, why) && begin(p, why))
			return p;
	} else {
		diag_fail(why, DIAG_FAILED, "not enough memory");
	}
	postgres_close(p);
	return NULL;
}

void postgres_close(struct postgres *p)
{
	if (p)
		p->pq.finish(p->connection);
}

/* ---- tables -------------------------------------------------------------------------------- */

/* The next part of "schema.table"; a quoted part may hold points, and quotes doubled. */
static bool next_part(struct arena *a, struct text *rest, struct text *part)
{
	char *to = arena_new(a, rest->n + 1, 1);
	bool quoted = rest->n && rest->at[0] == '"';
	size_t i = quoted, n = 0;

	for (; i < rest->n; i++) {
		if (!quoted && rest->at[i] == '.')
			break;
		if (quoted && rest->at[i] == '"') {
			if (i + 1 == rest->n || rest->at[i + 1] != '"')
				break;
			i++;
		}
		to[n++] = rest->at[i];
	}
	if (quoted && i++ == rest->n) /* the quote does not end */
		return false;
	if (i < rest->n && (rest->at[i] != '.' || i + 1 == rest->n))
		return false;
	*part = (struct text){to, n};
	*rest = i < rest->n ? (struct text){rest->at + i + 1, rest->n - i - 1}
			    : (struct text){NULL, 0};
	return n > 0 && memchr(to, '\0', n) == NULL;
}

bool postgres_name(struct arena *a, struct text written, struct text *schema, struct text *name,
		   struct diag *why)
{
	struct text rest = written;

	*schema = (struct text){"", 0};
	if (next_part(a, &rest, name)) {
		if (!rest.at)
			return true;
		*schema = *name;
		if (next_part(a, &rest, name) && !rest.at)
			return true;
	}
	diag_fail(why, DIAG_USAGE, "--table: \"%.*s\" is no name of a table", SPAN_ARG(written));
	return diag_hint(why, "TABLE or SCHEMA.TABLE; a part with a point in it in double quotes");
}

static struct text cell(const struct postgres *p, const PGresult *r, int row, int column)
{
	return arena_text(p->arena, (struct text){p->pq.getvalue(r, row, column),
						  (size_t)p->pq.getlength(r, row, column)});
}

/* The tables that could have been meant. */
static bool no_table(struct postgres *p, struct text name, struct diag *why)
{
	PGresult *r = run(p,
			  "SELECT CASE WHEN pg_catalog.pg_table_is_visible(c.oid) THEN '' ELSE "
			  "n.nspname || '.' END || c.relname FROM pg_catalog.pg_class c JOIN "
			  "pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN "
			  "('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN ('pg_catalog', "
			  "'information_schema', 'pg_toast') AND NOT c.relispartition ORDER BY 1",
			  0, NULL, why);
	struct text list = {"", 0};
	int n = r ? p->pq.ntuples(r) : 0;

	for (int i = 0; i < n && i < MOST_LISTED && list.n < 200; i++)
		list = arena_format(p->arena, "%.*s%s%.*s", SPAN_ARG(list), i ? ", " : "",
				    SPAN_ARG(cell(p, r, i, 0)));
	p->pq.clear(r);
	if (!r)
		return false;
	diag_fail(why, DIAG_DATA, "the database has no table \"%.*s\"", SPAN_ARG(name));
	if (n == 0)
		return diag_hint(why, "it has no tables that can be seen");
	return diag_hint(why, "the tables are %.*s", SPAN_ARG(list));
}

/* numeric(10,4) is packed as 10 * 65536 + 4 + 4. */
static void take_digits(struct postgres_column *c, struct text packed)
{
	long n;

	if (!span_is(c->type, "numeric") || !number_whole(packed, NUMERIC_HEADER, LONG_MAX, &n))
		return;
	n -= NUMERIC_HEADER;
	c->digits = (int)(n >> 16);
	c->places = (int)(n & 0x7ff);
	if (c->places > c->digits) /* places below 0, or more than digits: as not declared */
		c->digits = c->places = 0;
}

static bool find_columns(struct postgres *p, const char *oid, struct postgres_table *out,
			 struct diag *why)
{
	const char *const values[] = {oid};
	PGresult *r = run(p,
			  "SELECT a.attname, CASE WHEN t.typtype = 'd' THEN b.typname ELSE "
			  "t.typname END, CASE WHEN t.typtype = 'd' THEN t.typtypmod ELSE "
			  "a.atttypmod END FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type "
			  "t ON t.oid = a.atttypid LEFT JOIN pg_catalog.pg_type b ON b.oid = "
			  "t.typbasetype WHERE a.attrelid = $1::oid AND a.attnum > 0 AND NOT "
			  "a.attisdropped ORDER BY a.attnum",
			  1, values, why);

	if (!r)
		return false;
	out->n = (size_t)p->pq.ntuples(r);
	out->column = arena_new(p->arena, out->n, sizeof *out->column);
	for (size_t i = 0; i < out->n; i++) {
		out->column[i].name = cell(p, r, (int)i, 0);
		out->column[i].type = cell(p, r, (int)i, 1);
		take_digits(&out->column[i], cell(p, r, (int)i, 2));
	}
	p->pq.clear(r);
	return true;
}

bool postgres_find(struct postgres *p, struct text name, struct postgres_table *out,
		   struct diag *why)
{
	const char *values[2], *oid;
	PGresult *r;
	bool found;

	*out = (struct postgres_table){.n = 0};
	if (!postgres_name(p->arena, name, &out->schema, &out->name, why))
		return false;
	values[0] = arena_string(p->arena, out->name);
	values[1] = arena_string(p->arena, out->schema);
	r = run(p,
		"SELECT c.oid, n.nspname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
		"ON n.oid = c.relnamespace WHERE c.relname::text = $1::text AND c.relkind IN ('r', "
		"'p', 'v', 'm', 'f') AND CASE WHEN $2::text = '' THEN "
		"pg_catalog.pg_table_is_visible(c.oid) ELSE n.nspname::text = $2::text END",
		2, values, why);
	if (!r)
		return false;
	found = p->pq.ntuples(r) == 1;
	oid = found ? cell(p, r, 0, 0).at : NULL;
	if (found)
		out->schema = cell(p, r, 0, 1);
	p->pq.clear(r);
	if (!found)
		return no_table(p, name, why);
	return find_columns(p, oid, out, why) &&
	       /* nothing of the table's schemas stands for an operator or a function of ours */
	       order(p, "SET LOCAL search_path = pg_catalog", why);
}

/* ---- rows ---------------------------------------------------------------------------------- */

static bool take_rows(struct postgres *p, postgres_bytes_fn *take, void *context, struct diag *why)
{
	size_t rows = 0;
	char *row;
	int n;

	while ((n = p->pq.getCopyData(p->connection, &row, 1)) >= 0) {
		bool go_on = true;

		if (n == 0 && !wait_input(p, why))
			return false;
		if (n > 0) {
			go_on = take(context, (struct text){row, (size_t)n}, why);
			p->pq.freemem(row);
		}
		if (!go_on || (++rows % ROWS_BETWEEN == 0 && p->stop(why)))
			return cancel(p);
	}
	return n == -1 || diag_fail(why, DIAG_DATA, "PostgreSQL: %.*s",
				    SPAN_ARG(said(p, p->pq.errorMessage(p->connection))));
}

bool postgres_copy(struct postgres *p, struct text select, postgres_bytes_fn *take, void *context,
		   struct diag *why)
{
	struct text sql = arena_format(p->arena, "COPY (%.*s) TO STDOUT (FORMAT csv, HEADER)",
				       SPAN_ARG(select));
	PGresult *result;
	bool fine;

	if (!p->pq.sendQuery(p->connection, sql.at))
		return diag_fail(why, DIAG_DATA, "PostgreSQL: %.*s",
				 SPAN_ARG(said(p, p->pq.errorMessage(p->connection))));
	result = next_result(p, why);
	if (!result)
		return false;
	fine = p->pq.resultStatus(result) == PGRES_COPY_OUT;
	if (!fine)
		complain(p, result, why);
	p->pq.clear(result);
	if (!fine || !take_rows(p, take, context, why))
		return false;
	while ((result = next_result(p, why))) { /* an error behind the last row comes here */
		if (p->pq.resultStatus(result) != PGRES_COMMAND_OK)
			fine = complain(p, result, why);
		p->pq.clear(result);
	}
	return fine;
}
