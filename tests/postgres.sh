#!/bin/sh
# postgres.sh HAILONG -- estimates of a table in PostgreSQL are those of the same rows in a file, to the
# byte; names and texts come through unharmed; nothing is written, nothing goes on after Ctrl-C.
#
# Starts a cluster of its own, on a socket in a folder of its own.
set -u

[ $# -eq 1 ] || { echo "usage: postgres.sh HAILONG" >&2; exit 2; }
hailong=$(realpath "$1") || exit 2
cd "$(dirname "$0")/.." || exit 2
export HAILONG_SHARE="$PWD" LC_ALL=C.UTF-8 PGTZ=UTC
unset PGPASSWORD PGHOST PGUSER PGDATABASE PGPORT PGSERVICE PGOPTIONS

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || bin=$(pg_config --bindir 2>/dev/null)
[ -x "$bin/initdb" ] || { echo "PostgreSQL's initdb is needed (Debian: postgresql)"; exit 1; }

# Servers refuse to be root, and need a folder that their user may enter.
dir=$(mktemp -d "${TMPDIR:-/tmp}/pg.XXXXXX") || exit 2
as=
if [ "$(id -u)" -eq 0 ]; then
	rmdir "$dir"
	dir=$(mktemp -d /tmp/hailong-pg.XXXXXX) || exit 2
	user=postgres
	id "$user" >/dev/null 2>&1 || user=nobody
	chmod 755 "$dir"
	chown "$user" "$dir"
	as="setpriv --reuid=$user --regid=$(id -g "$user") --clear-groups"
	command -v setpriv >/dev/null || as="runuser -u $user --"
fi
stop() {
	$as "$bin/pg_ctl" -D "$dir/data" -m immediate stop >/dev/null 2>&1
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM
(cd / && $as "$bin/initdb" -D "$dir/data" -A trust -U tester --no-sync -E UTF8 --locale=C.UTF-8) >"$dir.log" 2>&1 || {
	cat "$dir.log"
	rm -f "$dir.log"
	exit 1
}
rm -f "$dir.log"
{
	echo 'local all locked scram-sha-256'
	cat "$dir/data/pg_hba.conf"
} >"$dir/hba" && cat "$dir/hba" >"$dir/data/pg_hba.conf"
(cd / && $as "$bin/pg_ctl" -D "$dir/data" -w -l "$dir/log" -o "-k $dir -c listen_addresses='' -c fsync=off -c shared_buffers=64MB" start) >/dev/null || {
	cat "$dir/log"
	exit 1
}

db="postgresql://tester@$(printf '%s' "$dir" | sed 's:/:%2F:g')/postgres"
sql() { PGOPTIONS="-c client_min_messages=warning" psql -X -q -v ON_ERROR_STOP=1 -At -h "$dir" -U tester postgres "$@"; }
work=$dir/work
mkdir "$work"
bad=0
fail() { echo "FAIL $*"; bad=1; }

# ---- rows ------------------------------------------------------------------------------------------

awk 'BEGIN {
	srand(7)
	print "province,stratum,psu,w,wide,sex,q1,q2,q3,income,spent,word,fpc"
	n = split("1 2 3 4 5 5 4 3 NA . KB 4.0", q, " ")
	split("nam|nữ|nam|nữ|", sex, "|")
	split("có, rất|không \"hẳn\"|it'"'"'s|a\\b|", word, "|")
	for (r = 0; r < 3000; r++) {
		psu = int(r / 20)
		income = rand() < 0.1 ? "" : sprintf("%.2f", 100 + 900 * rand())
		printf "%02d,s%d,v%d,%.4f,%.12f,%s,%s,%s,%s,%s,%d,%s,%d\n", psu % 5 + 1, psu % 3, psu,
			0.5 + 9 * rand(), 0.5 + rand(), sex[int(5 * rand()) + 1], q[int(12 * rand()) + 1],
			q[int(12 * rand()) + 1], int(5 * rand()) + 1, income, 1 + int(500 * rand()),
			gensub(word[int(5 * rand()) + 1]), 60 + psu % 3 * 20
	}
}
function gensub(s) { gsub(/"/, "\"\"", s); return s ~ /[",]/ ? "\"" s "\"" : s }' >"$work/answers.csv"

# load TABLE FILE DEFINITION: COPY, with empty fields as NULL
load() {
	sql -c "CREATE TABLE $1 ($3)" -c "\\copy $1 from '$2' with (format csv, header)" || fail "load $1"
}
texts='province text, stratum text, psu text, w text, wide text, sex text, q1 text, q2 text, q3 text, income text, spent text, word text, fpc text'
load '"answers.csv"' "$work/answers.csv" "$texts"
sql <<'EOF'
CREATE SCHEMA "o""ther.one";
CREATE TABLE "o""ther.one"."answers.csv" (province char(2), stratum varchar(10), psu text, w numeric(10,4), wide double precision, sex text, q1 text, q2 text, q3 smallint, income numeric, spent integer, word text, fpc bigint) PARTITION BY LIST (stratum);
CREATE TABLE p0 PARTITION OF "o""ther.one"."answers.csv" FOR VALUES IN ('s0');
CREATE TABLE p1 PARTITION OF "o""ther.one"."answers.csv" FOR VALUES IN ('s1');
CREATE TABLE p2 PARTITION OF "o""ther.one"."answers.csv" DEFAULT;
INSERT INTO "o""ther.one"."answers.csv" SELECT province, stratum, psu, w::numeric, wide::float8, sex, q1, q2, q3::smallint, income::numeric, spent::int, word, fpc::bigint FROM "answers.csv";
EOF
parts='"o""ther.one"."answers.csv"'

# ---- the same as from a file -----------------------------------------------------------------------

# same NAME OPTION...: from the file, from the table of texts, from the partitioned one with types
same() {
	name=$1
	shift
	"$hailong" estimate "$work/answers.csv" "$@" -f csv >"$work/file" 2>"$work/file.err" ||
		{ fail "$name: file"; cat "$work/file.err"; }
	for table in '"answers.csv"' "$parts"; do
		"$hailong" estimate "$db" --table "$table" "$@" -f csv >"$work/table" 2>"$work/table.err" ||
			{ fail "$name: $table"; cat "$work/table.err"; }
		cmp -s "$work/file" "$work/table" || { fail "$name: $table differs"; diff "$work/file" "$work/table" | head -n 4; }
	done
}
design='--weight w --strata stratum --psu psu'
same shares $design --item q1-q3 --satisfied 4,5 --by province,sex
same spelled $design --item q1,q2 --satisfied 4.0,5e0
same fpc $design --fpc fpc --item q1 --satisfied 4
same strata --weight w --strata 'stratum*province' --psu psu --item q3 --satisfied 4,5
same numbers $design --item income,spent,q3 --stat mean --by province
same totals $design --item income --stat total
same variance $design --item spent --stat variance
same ratio $design --item income --over spent --stat ratio --by sex
same levels $design --item q1,q3,word --stat distribution --by sex
same category $design --item word,sex --stat proportion --category 'nữ,"có, rất"'
same where $design --item q1 --satisfied 4,5 --where 'sex=nữ,q3>=2,income!=500,q2!=4.0' --by province
same words $design --item q2 --satisfied 4,5 --where 'word!="it'"'"'s"'
same blank $design --item q2 --satisfied 4,5 --where 'sex!=x'
same suppressed $design --item q1 --satisfied 5 --by province,word --suppress nchs --level 0.9
same all $design --item q3 --stat mean --lonely average --df design

# near NAME OPTION...: the same to 1e-12: weights of many digits are doubles, and rows that are units have
# no names to sort by
near() {
	name=$1
	shift
	"$hailong" estimate "$work/answers.csv" "$@" -f csv >"$work/file" -q
	"$hailong" estimate "$db" --table "$parts" "$@" -f csv >"$work/table" -q
	awk -F, 'NR == FNR { e[FNR] = $8; s[FNR] = $9; next }
		FNR > 1 && (($8 - e[FNR]) ^ 2 > 1e-24 * e[FNR] ^ 2 || ($9 - s[FNR]) ^ 2 > 1e-24 * s[FNR] ^ 2) { exit 1 }
		END { exit FNR < 2 }' "$work/file" "$work/table" || fail "$name"
}
near wide --weight wide --psu psu --item q3 --satisfied 4,5
near "wide numbers" --weight wide --psu psu --item income --stat mean
near simple --weight w --item q3 --satisfied 4,5
near unweighted --item q1 --satisfied 4,5 --by sex

# A survey folder: missing codes, levels, years, provinces. The codes are put in first.
mkdir "$work/survey"
cp surveys/sipas-example/*.csv "$work/survey/"
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /^q9_1_/) q[n++] = i; print; next }
	NR % 7 == 0 { c = q[NR % n]; $c = NR % 2 ? "888" : "999.0" }
	NR % 11 == 0 { c = q[(NR + 1) % n]; if ($c == 4) $c = "4.0" }
	{ print }' surveys/sipas-example/answers_2024.csv >"$work/survey/answers_2024.csv"
grep -q ',4\.0,' "$work/survey/answers_2024.csv" || fail "no level with another spelling"
load '"answers_2024.csv"' "$work/survey/answers_2024.csv" \
	"$(head -n 1 "$work/survey/answers_2024.csv" | sed 's/[^,]*/"&" text/g')"
folder() {
	name=$1
	shift
	"$hailong" estimate "$work/survey" "$@" -f csv >"$work/file" 2>"$work/err" || { fail "$name: file"; cat "$work/err"; }
	"$hailong" estimate "$db" "$work/survey" --table '"answers_2024.csv"' "$@" -f csv >"$work/table" 2>"$work/err" ||
		{ fail "$name: table"; cat "$work/err"; }
	[ "$(wc -l <"$work/file")" -gt 1 ] || fail "$name: no rows"
	cmp -s "$work/file" "$work/table" || { fail "$name differs"; diff "$work/file" "$work/table" | head -n 4; }
}
folder rates --by residence
folder province --province 01
folder distribution --stat distribution --by residence
folder means --stat mean
folder where --where 'q9_1_a_2!=4,residence=rural'

# Rows of another year of the survey are left out, of a year that it does not know refused.
cp -r "$work/survey" "$work/years"
echo year,yr >>"$work/years/design.csv"
awk -v OFS=, '{ print $0, NR == 1 ? "yr" : NR % 5 == 0 ? 2023 : NR % 13 == 0 ? "2024.0" : 2024 }' "$work/survey/answers_2024.csv" >"$work/years/answers_2024.csv"
load years "$work/years/answers_2024.csv" "$(head -n 1 "$work/years/answers_2024.csv" | sed 's/[^,]*/"&" text/g')"
"$hailong" estimate "$work/years" -f csv | sed 's/answers_2024.csv/years/' >"$work/file"
"$hailong" estimate "$db" "$work/years" --table years -f csv >"$work/table"
[ "$(wc -l <"$work/file")" -gt 1 ] && cmp -s "$work/file" "$work/table" || fail "years: $(diff "$work/file" "$work/table" | head -n 4)"

# The printed statement is the one that runs: its result, as a file, gives the same.
"$hailong" estimate "$db" --table "$parts" $design --item q1-q3 --satisfied 4,5 --by sex -f csv >"$work/table"
"$hailong" tally --sql --table "$parts" $design --item q1-q3 --satisfied 4,5 --by sex >"$work/s.sql" &&
	sql --csv -P tuples_only=off -f "$work/s.sql" >"$work/tally.csv" && "$hailong" estimate "$work/tally.csv" -f csv >"$work/file" ||
	fail "printed statement"
cmp -s "$work/file" "$work/table" || { fail "printed statement differs"; diff "$work/file" "$work/table" | head -n 4; }

# More columns than a statement can have: several, each with some of the variables.
sql -c "CREATE TABLE many AS SELECT 'v' || i / 10 AS psu, (1 + i % 7)::numeric(5,2) AS w
	$(i=1; while [ $i -le 600 ]; do printf ', (1 + (i * %d) %% 5)::smallint AS q%d' $i $i; i=$((i + 1)); done)
	FROM generate_series(1, 200) i" -c "\copy many to '$work/many' with (format csv, header)"
many='--weight w --psu psu --item q1-q600 --satisfied 4,5'
"$hailong" estimate "$work/many" $many -f csv >"$work/file"
"$hailong" estimate "$db" --table many $many -f csv >"$work/table"
cmp -s "$work/file" "$work/table" || fail "several statements"
"$hailong" tally --sql --table many $many | awk '/^-- / { n++ } { print > dir "/many" n ".sql" }' dir="$work"
for i in 1 2 3; do
	sql --csv -P tuples_only=off -f "$work/many$i.sql" >"$work/many$i.csv"
done
"$hailong" estimate "$work/many3.csv" "$work/many1.csv" "$work/many2.csv" -f csv >"$work/table"
cmp -s "$work/file" "$work/table" || fail "results of several statements"
"$hailong" estimate "$work/many1.csv" "$work/many3.csv" 2>"$work/err" && fail "a lacking result"
grep -q 'results of all statements' "$work/err" || fail "a lacking result: $(cat "$work/err")"

# ---- refused ---------------------------------------------------------------------------------------

# refused STATUS WORDS OPTION...: of "hailong estimate"
refused() {
	status=$1 words=$2
	shift 2
	"$hailong" estimate "$@" >"$work/out" 2>"$work/err"
	got=$?
	[ $got -eq "$status" ] || fail "status $got, not $status: $*: $(cat "$work/err")"
	[ -s "$work/out" ] && fail "something came out: $*"
	grep -qF -- "$words" "$work/err" || fail "\"$words\" is not said: $*: $(cat "$work/err")"
	grep -q 's3cret' "$work/err" && fail "a password was shown: $*"
}
item='--item q1 --satisfied 4,5'
# weight SQL WORDS: a row whose weight is SQL
weight() {
	sql -c "DROP TABLE IF EXISTS one" -c "CREATE TABLE one AS SELECT $1 AS w, 'a'::text AS psu, 4 AS q1 UNION ALL SELECT 1, 'b', 5 UNION ALL SELECT 2, 'c', 1"
	refused 3 'column "w" of the answers has 1 row whose weight is missing' "$db" --table one --weight w --psu psu $item
}
weight NULL::numeric
weight 0::numeric
weight -1
weight "'NaN'::numeric"
weight "'NaN'::float8"
weight "'Infinity'::float8"
sql -c "DROP TABLE one" -c "CREATE TABLE one (w text, psu text, f text, q1 text)" -c "INSERT INTO one VALUES ('1', 'a', '9', '4'), ('1.5', 'b', '9', 'no'), ('two', 'c', '9', '5'), ('', 'd', '9', '5')"
refused 3 '2 rows whose weight' "$db" --table one --weight w --psu psu $item
sql -c "UPDATE one SET w = '1.5', psu = CASE WHEN psu = 'a' THEN NULL WHEN psu = 'b' THEN 'NA' ELSE psu END"
refused 3 'column "psu" of the answers has 2 rows that do not name' "$db" --table one --weight w --psu psu $item
refused 3 'column "psu" of the answers has 2 rows that do not name' "$db" --table one --weight w --strata psu $item
sql -c "UPDATE one SET psu = w || f || q1, f = CASE WHEN q1 = 'no' THEN 'many' ELSE f END"
refused 3 'column "f" of the answers has 1 row without the number' "$db" --table one --weight w --psu psu --fpc f $item
refused 3 'column "q1" of the answers has 1 row with a value that is no number' "$db" --table one --weight w --psu psu --item q1 --stat mean
grep -qF 'in "q1" stand "no" (1)' "$work/err" || fail "the value is not told: $(cat "$work/err")"
refused 3 'no row has "8"' "$db" --table one --weight w --psu psu --item q1 --satisfied 8
sql -c "DELETE FROM one"
refused 3 'no rows' "$db" --table one --weight w --psu psu $item
sql -c "UPDATE \"answers_2024.csv\" SET q9_1_a_1 = '77' WHERE respondent = '010281'"
refused 3 'column "q9_1_a_1" of the answers has 1 row with a value that the codebook does not know' "$db" "$work/survey" --table '"answers_2024.csv"' --item I.A.1
grep -qF 'in "q9_1_a_1" stand "77" (1)' "$work/err" || fail "the value is not told: $(cat "$work/err")"
sql -c "UPDATE \"answers_2024.csv\" SET q9_1_a_1 = '4', residence = 'moon' WHERE respondent = '010281'"

sql -c "UPDATE years SET yr = '1999' WHERE respondent < '0103'"
refused 3 'of no year of the survey' "$db" "$work/years" --table years
refused 3 'the database has no table "answers"' "$db" --table answers $item
grep -q 'the tables are .*answers.csv' "$work/err" || fail "the tables are not named"
refused 3 'the database has no table "x.y"' "$db" --table x.y $item
# the library is there when it is asked for, and nobody else needs it
: >"$work/libpq.so.5"
LD_LIBRARY_PATH=$work
export LD_LIBRARY_PATH
refused 4 "client library cannot be loaded: $work/libpq.so.5" "$db" --table one $item
"$hailong" --version >"$work/out" 2>&1 || fail "no start without libpq: $(cat "$work/out")"
unset LD_LIBRARY_PATH
refused 2 'is no name of a table' "$db" --table '"a' $item
refused 2 'is no name of a table' "$db" --table 'a.b.c' $item
refused 2 '--table is missing' "$db" $item
refused 2 'no column "q9"' "$db" --table one --item q9 --satisfied 4
refused 3 'has no column "nope"' "$db" --table one $item --weight nope
grep -q 'the columns are w, psu, f, q1' "$work/err" || fail "the columns are not named"
refused 2 'every row' "$db" --table one --item q1 --stat quantile
refused 2 '--province is not for' "$db" --table one --province 01 $item
refused 4 'no connection to the database' "postgresql://tester:s3cret@$(printf '%s' "$dir" | sed 's:/:%2F:g')%2Fnowhere/postgres" --table one $item
refused 4 'no connection to the database' "postgresql://tester:s3cret@localhost:1/postgres" --table one $item
refused 4 'does not exist' "${db%postgres}nowhere" --table one $item
refused 2 'the connection URI cannot be read' 'postgresql://tester:s3cret@[::1/postgres' --table one $item
refused 2 'one name too many' "$db" "$work/survey" 'postgres://tester:s3cret@localhost/x' --table one $item
"$hailong" rank 'postgresql://tester:s3cret@localhost/x?password=s3cret' 2>&1 | grep -q s3cret && fail "a password was shown: rank"

# Passwords: a wrong one, none, and the right one from where libpq takes it.
sql -c "CREATE ROLE locked LOGIN PASSWORD 'r%ght'" -c "GRANT SELECT ON many TO locked"
locked=$(printf '%s' "$db" | sed 's/tester@/locked@/')
refused 4 'password authentication failed' "$(printf '%s' "$locked" | sed 's/locked@/locked:s3cret@/')" --table many $many
HOME=$work refused 4 'no password supplied' "$locked" --table many $many
PGPASSWORD='r%ght' "$hailong" estimate "$locked" --table many $many -f csv >"$work/table"
"$hailong" estimate "$work/many" $many -f csv >"$work/file"
cmp -s "$work/file" "$work/table" || fail "PGPASSWORD"
echo '*:*:*:locked:r%ght' >"$work/pgpass" && chmod 600 "$work/pgpass"
PGPASSFILE=$work/pgpass "$hailong" estimate "$locked" --table many $many -f csv >"$work/table"
cmp -s "$work/file" "$work/table" || fail "a file of passwords"
PGPASSWORD='r%ght' refused 3 'permission denied' "$locked" --table '"answers.csv"' $item

# ---- names and texts -------------------------------------------------------------------------------

# Each stands as table, column, level and text at once; a canary must live on.
sql -c "CREATE TABLE canary (x int)"
for evil in 'a"; DROP TABLE canary; --' "a'; DROP TABLE canary; --" 'back\slash\' "it's \\' so" '$(touch /tmp/hailong-evil) `x`' \
	'$$;DROP TABLE canary;$$' '/* ' "$(printf 'two\nlines')" '%s%n' 'Đồng ý; "rất"' '${env:HOME}' ':name :"q"'; do
	where='w!=9'
	case $evil in *'"'*) ;; *) where="w!=\"$evil\"" ;; esac
	name=$(printf '%s' "$evil" | sed 's/"/""/g')
	text=$(printf '%s' "$evil" | sed "s/'/''/g")
	sql -c "SET standard_conforming_strings = on" -c "CREATE TABLE \"$name\" (w numeric(8,2), psu text, \"$name\" text)" \
		-c "INSERT INTO \"$name\" SELECT 1 + i % 3, 'v' || i / 4, CASE WHEN i % 3 = 0 THEN '$text' ELSE 'other' || chr(10) || i % 2 END FROM generate_series(1, 60) i" \
		-c "\\copy \"$name\" to '$work/evil.csv' with (format csv, header)" || fail "load $evil"
	"$hailong" estimate "$work/evil.csv" --weight w --psu psu --item "$evil" --stat proportion --category "$evil" --by "$evil" --where "$where" -f csv >"$work/file" || fail "file: $evil"
	"$hailong" estimate "$db" --table "\"$name\"" --weight w --psu psu --item "$evil" --stat proportion --category "$evil" --by "$evil" --where "$where" -f json >"$work/table" || fail "table: $evil"
	"$hailong" estimate "$work/evil.csv" --weight w --psu psu --item "$evil" --stat proportion --category "$evil" --by "$evil" --where "$where" -f json >"$work/file" || fail "file: $evil"
	grep -v '"survey"\|"source"' "$work/file" >"$work/file1"
	grep -v '"survey"\|"source"' "$work/table" >"$work/table1"
	[ "$(wc -l <"$work/file1")" -gt 20 ] || fail "nothing of: $evil"
	cmp -s "$work/file1" "$work/table1" || { fail "differs: $evil"; diff "$work/file1" "$work/table1" | head -n 4; }
	"$hailong" tally --sql --table "\"$name\"" --weight w --psu psu --item "$evil" --stat proportion --category "$evil" --where "$where" >"$work/s.sql" &&
		sql --csv -P tuples_only=off -f "$work/s.sql" >"$work/tally.csv" || fail "printed: $evil"
	"$hailong" estimate "$work/tally.csv" -f csv >/dev/null || fail "tally: $evil"
done
[ "$(sql -c 'SELECT count(*) FROM canary')" = 0 ] || fail "the canary is gone"
[ -e /tmp/hailong-evil ] && fail "a command was run"

# Nothing is written: not by us, and not by what a view does.
sql <<'EOF'
CREATE TABLE written (x text);
CREATE FUNCTION write(x text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN INSERT INTO public.written VALUES (x); RETURN x; END $$;
CREATE VIEW writing AS SELECT w, psu, write(q3) AS q3 FROM "answers.csv";
CREATE FUNCTION turn(x text) RETURNS text LANGUAGE plpgsql AS $$ BEGIN SET TRANSACTION READ WRITE; INSERT INTO public.written VALUES (x); RETURN x; END $$;
CREATE VIEW turning AS SELECT w, psu, turn(q3) AS q3 FROM "answers.csv";
EOF
refused 3 'read-only transaction' "$db" --table writing --weight w --psu psu --item q3 --satisfied 4
refused 3 'read-write' "$db" --table turning --weight w --psu psu --item q3 --satisfied 4
[ "$(sql -c 'SELECT count(*) FROM written')" = 0 ] || fail "something was written"

# An error after the first rows: nothing comes out.
sql -c 'CREATE VIEW late AS SELECT w, psu, CASE WHEN psu = '"'v149'"' THEN (1 / (length(psu) - 4))::text ELSE q3 END AS q3 FROM "answers.csv"'
refused 3 'division by zero' "$db" --table late --weight w --psu psu --item q3 --satisfied 4

# ---- partitions and workers ------------------------------------------------------------------------

"$hailong" tally --sql --table "$parts" $design --item q1-q3 --satisfied 4,5 --by sex --where 'q3>1' >"$work/s.sql"
{
	echo 'SET min_parallel_table_scan_size = 0; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; EXPLAIN'
	cat "$work/s.sql"
} >"$work/explain.sql"
sql -f "$work/explain.sql" >"$work/plan" || fail explain
grep -q 'Gather' "$work/plan" || { fail "no workers"; cat "$work/plan"; }
grep -q 'Parallel Append' "$work/plan" || { fail "partitions are not shared"; cat "$work/plan"; }
"$hailong" estimate "$db" --table "$parts" $design --item q1-q3 --satisfied 4,5 -f csv >"$work/file"
"$hailong" estimate "$db?options=-c%20min_parallel_table_scan_size%3D0%20-c%20parallel_setup_cost%3D0%20-c%20parallel_tuple_cost%3D0" \
	--table "$parts" $design --item q1-q3 --satisfied 4,5 -f csv >"$work/table"
cmp -s "$work/file" "$work/table" || fail "workers change the result"

# ---- Ctrl-C ----------------------------------------------------------------------------------------

sql -c 'CREATE VIEW slow AS SELECT w, psu, q3 || pg_sleep(0.1)::text AS q3 FROM "answers.csv"'
running() { sql -c "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hailong' AND state <> 'idle'"; }
# A shell lets what it starts in the background ignore the signal; timeout does not.
timeout -s INT 1 "$hailong" estimate "$db" --table slow --weight w --psu psu --item q3 --satisfied 4 -o "$work/none.csv" 2>"$work/err" &
pid=$!
i=0
while [ "$(running)" = 0 ] && [ $i -lt 9 ]; do
	sleep 0.1
	i=$((i + 1))
done
[ $i -lt 9 ] || fail "the slow statement did not run"
wait $pid
[ $? -eq 124 ] || fail "not interrupted: $(cat "$work/err")"
grep -q 'interrupted' "$work/err" || fail "not said to be interrupted: $(cat "$work/err")"
i=0
while [ "$(running)" != 0 ] && [ $i -lt 20 ]; do
	sleep 0.1
	i=$((i + 1))
done
[ $i -lt 20 ] || fail "a statement goes on after Ctrl-C"
[ -e "$work/none.csv" ] && fail "Ctrl-C left a file"

[ $bad -eq 0 ] && echo "postgres: a table gives what a file gives"
exit $bad
