#!/bin/sh
# page.sh FOLDER -- FOLDER/performance.md and, where growth was measured, FOLDER/performance.svg, from the results that
# speed.sh and instructions.sh left in $bench. The same results give the same bytes; there is no date.
set -eu
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")" && pwd)
out=$1
chart=
if [ -s "$bench/growth.csv" ] && command -v gnuplot >/dev/null; then
	(cd "$bench" && gnuplot "$here/growth.gp") >"$out/performance.svg"
	chart=yes
fi
for table in machine speed missing checks stages growth; do
	[ -e "$bench/$table.csv" ] || : >"$bench/$table.csv"
done
for text in instructions svyby; do
	[ -e "$bench/$text.txt" ] || : >"$bench/$text.txt"
done
awk -F, -v chart="$chart" -f "$here/page.awk" table=gates "$here/gates.csv" table=machine "$bench/machine.csv" table=speed "$bench/speed.csv" \
	table=missing "$bench/missing.csv" table=checks "$bench/checks.csv" table=stages "$bench/stages.csv" \
	table=instructions "$bench/instructions.txt" table=growth "$bench/growth.csv" \
	table=svyby "$bench/svyby.txt" >"$out/performance.md"
