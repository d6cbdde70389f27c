# server.sh -- for speed.sh: a PostgreSQL server of its own on a local socket, or the one that BENCH_PG names.
#
# server_start: false when there is none; else $server is how libpq names it.
# server_load: the answers on standard input (NA missing) become the table hailong_bench.
# server_statement COMMAND...: the statement that a command sends for its tally, as the log of our own server has it.
# server_hand: the same sums as one would write them. server_stop: ends what was started.

server_root= server_bin=

as_postgres() { # COMMAND...: PostgreSQL refuses root
	if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; else "$@"; fi
}

server_start() {
	if [ -n "${BENCH_PG-}" ]; then
		server=$BENCH_PG
		return
	fi
	set +f
	for server_bin in /usr/lib/postgresql/*/bin; do :; done
	set -f
	[ -x "$server_bin/initdb" ] || return 1
	server_root=$(mktemp -d)
	chmod 755 "$server_root"
	[ "$(id -u)" -ne 0 ] || chown postgres "$server_root"
	trap server_stop EXIT
	(
		cd "$server_root"
		as_postgres "$server_bin/initdb" -D "$server_root/data" -U bench -A trust -E UTF8 --locale=C >/dev/null &&
			as_postgres "$server_bin/pg_ctl" -s -w -D "$server_root/data" -l "$server_root/log" \
				-o "-k $server_root -c listen_addresses= -c fsync=off -c shared_buffers=256MB" start
	) || {
		cat "$server_root/log" >&2
		server_stop
		return 1
	}
	server="postgresql:///postgres?host=$server_root&user=bench"
}

server_stop() {
	[ -n "$server_root" ] || return 0
	(cd "$server_root" && as_postgres "$server_bin/pg_ctl" -s -m immediate -D "$server_root/data" stop) || :
	rm -rf "$server_root"
	server_root=
}

server_load() {
	psql -X -q "$server" -c "SET client_min_messages = warning" -c "DROP TABLE IF EXISTS hailong_bench; CREATE TABLE hailong_bench (id integer, year smallint,
		province text, stratum text, village text, weight numeric(12, 4), sex text, age smallint, education smallint,
		ethnicity text, note text, $(for i in $(seq 60); do printf 'q%d smallint,' "$i"; done | sed 's/,$//'))"
	psql -X -q "$server" -c "\copy hailong_bench from stdin (format csv, header, null 'NA')"
	psql -X -q "$server" -c 'VACUUM ANALYZE hailong_bench'
}

server_statement() {
	PGOPTIONS='-c log_statement=all' "$@" >/dev/null
	awk '
	/LOG: .*statement: COPY \(/ { sub(/.*statement: /, ""); text = $0 "\n"; on = 1; next }
	on && /^\t/ { text = text substr($0, 2) "\n"; next }
	{ on = 0 }
	END { printf "%s", text }' "$server_root/log" # the last one
}

server_hand() {
	echo "COPY (SELECT year, province, stratum, village, count(*), sum(weight), sum(weight * weight)"
	for i in $(seq 60); do
		echo ", count(q$i), sum(weight) FILTER (WHERE q$i IS NOT NULL), sum(weight * weight) FILTER (WHERE q$i IS NOT NULL),"
		echo "count(*) FILTER (WHERE q$i IN (4, 5)), sum(weight) FILTER (WHERE q$i IN (4, 5))"
	done
	echo "FROM hailong_bench GROUP BY 1, 2, 3, 4) TO STDOUT (FORMAT csv);"
}
