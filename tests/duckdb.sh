#!/bin/sh
# duckdb.sh HAILONG -- the statement that `tally --sql --dialect duckdb` prints gives in DuckDB what the file
# itself gives, to the byte. Skipped where the npm package @duckdb/node-api is not installed (in a folder
# of $NODE_PATH, or build/*/node_modules).
set -u

[ $# -eq 1 ] || { echo "usage: duckdb.sh HAILONG" >&2; exit 2; }
hailong=$(realpath "$1") || exit 2
cd "$(dirname "$0")/.." || exit 2
export HAILONG_SHARE="$PWD" LC_ALL=C.UTF-8

for m in build/*/node_modules; do
	[ -d "$m" ] && NODE_PATH="${NODE_PATH:+$NODE_PATH:}$PWD/$m"
done
export NODE_PATH="${NODE_PATH-}"
command -v node >/dev/null && node -e 'require("@duckdb/node-api")' 2>/dev/null || {
	echo "duckdb: skipped, @duckdb/node-api is not installed"
	exit 0
}
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
bad=0
fail() { echo "FAIL $*"; bad=1; }

awk 'BEGIN {
	srand(11)
	print "stratum,psu,w,sex,q1,income,spent,\"a \"\"b\"\" '"'"'c'"'"'\""
	n = split("1 2 3 4 5 5 4 3 NA . KB 4.0", q, " ")
	split("nam|nữ|nam|nữ|", sex, "|")
	split("có; rất|không \\|it'"'"'s|$(x)|", word, "|")
	for (r = 0; r < 2000; r++)
		printf "s%d,v%d,%.4f,%s,%s,%s,%d,%s\n", int(r / 20) % 3, int(r / 20), 0.5 + 9 * rand(),
			sex[int(5 * rand()) + 1], q[int(12 * rand()) + 1],
			rand() < 0.1 ? "" : sprintf("%.2f", 100 + 900 * rand()), 1 + int(500 * rand()),
			word[int(5 * rand()) + 1]
}' >"$work/answers.csv"

# same NAME OPTION...
same() {
	name=$1
	shift
	"$hailong" estimate "$work/answers.csv" --weight w --strata stratum --psu psu "$@" -q -f csv >"$work/file" || fail "$name: file"
	"$hailong" tally --sql --dialect duckdb "$work/answers.csv" --table '"answers.csv"' --weight w --strata stratum --psu psu "$@" >"$work/s.sql" &&
		node tests/duckdb.js "$work/answers.csv" answers.csv "$work/s.sql" "$work/tally.csv" &&
		"$hailong" estimate "$work/tally.csv" -q -f csv >"$work/table" || fail "$name"
	[ "$(wc -l <"$work/file")" -gt 1 ] || fail "$name: no rows"
	cmp -s "$work/file" "$work/table" || { fail "$name differs"; diff "$work/file" "$work/table" | head -n 4; }
}
same shares --item q1 --satisfied 4,5 --by sex
same numbers --item income,spent --stat mean --by sex
same ratio --item income --over spent --stat ratio
same text --item "a \"b\" 'c'" --stat proportion --category "không \\,it's" --by "a \"b\" 'c'"
same where --item q1 --satisfied 4.0 --where 'sex=nữ,spent>=20,income!=500,q1!=2'

# Weights with more decimals than its decimals hold are refused, not rounded.
sed 's/^\(s[0-9],v1,[0-9.]*\),/\112345678,/' "$work/answers.csv" >"$work/wide.csv"
"$hailong" tally --sql --dialect duckdb "$work/wide.csv" --table t --weight w --psu psu --item income --stat mean >"$work/s.sql" &&
	node tests/duckdb.js "$work/wide.csv" t "$work/s.sql" "$work/tally.csv" || fail wide
"$hailong" estimate "$work/tally.csv" 2>"$work/err" && fail "wide weights were taken"
grep -q '20 rows whose weight is missing' "$work/err" || fail "wide weights: $(cat "$work/err")"

[ $bad -eq 0 ] && echo "duckdb: a table gives what a file gives"
exit $bad
