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
sql() { psql -X -q -v ON_ERROR_STOP=1 -At -h "$dir" -U tester postgres "$@"; }
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
awk -F, -v OFS=, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /^[qe]_/) q[++n] = i }
	NR > 1 && NR % 7 == 0 { $(q[NR % n + 1]) = NR % 2 ? "888" : "999.0" } NR > 1 && NR % 11 == 0 { $(q[NR % n + 1]) = "4.0" }
	{ print }' surveys/sipas-example/answers_2024.csv >"$work/survey/answers_2024.csv"
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

# The printed statement is the one that runs: its result, as a file, gives the same.
"$hailong" estimate "$db" --table "$parts" $design --item q1-q3 --satisfied 4,5 --by sex -f csv >"$work/table"
"$hailong" tally --sql --table "$parts" $design --item q1-q3 --satisfied 4,5 --by sex >"$work/s.sql" &&
	sql --csv -P tuples_only=off -f "$work/s.sql" >"$work/tally.csv" && "$hailong" estimate "$work/tally.csv" -f csv >"$work/file" ||
	fail "printed statement"
cmp -s "$work/file" "$work/table" || { fail "printed statement differs"; diff "$work/file" "$work/table" | head -n 4; }
