#!/bin/sh
# charts.sh -- 63 provinces, every chart as SVG, against starting gnuplot once for every chart.
#
# $hailong is the program, $bench a folder for scratch. Three paired runs; medians and spread.
set -eu
runs=3

milliseconds() { # COMMAND...
	start=$(date +%s%N)
	"$@" >/dev/null 2>&1
	echo $((($(date +%s%N) - start) / 1000000))
}
charts() {
	rm -rf "$bench/charts"
	"$hailong" chart all papi --province all --year 2024 --out "$bench/charts"
}
starts() {
	i=0
	while [ $i -lt "$n" ]; do
		gnuplot -e 'set terminal svg; exit'
		i=$((i + 1))
	done
}
summary() { sort -n | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)], x[1], x[NR] }'; }

charts >/dev/null
n=$(ls "$bench/charts" | grep -c "\.svg$")
: >"$bench/ours"
: >"$bench/theirs"
for _ in $(seq $runs); do
	milliseconds charts >>"$bench/ours"
	milliseconds starts >>"$bench/theirs"
done
row() { echo "$1,$(summary <"$2" | tr ' ' ,)"; }

echo "work,median,least,most"
row "$n charts in one command (ms)" "$bench/ours"
row "$n starts of gnuplot (ms)" "$bench/theirs"
paste -d ' ' "$bench/ours" "$bench/theirs" | awk '{ printf "%.2f\n", $1 / $2 }' >"$bench/ratio"
row "ratio" "$bench/ratio"
rm -rf "$bench/charts" "$bench/ours" "$bench/theirs" "$bench/ratio"
