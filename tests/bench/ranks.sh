#!/bin/sh
# ranks.sh -- confidence sets of 63 ranks from 100,000 draws, against sets without draws (which is
# starting the program and reading the table).
#
# $hailong is the program, $bench a folder for scratch. Five runs each; median, least, most.
set -eu
runs=5

awk 'BEGIN { srand(63); print "name,estimate,se"
	for (i = 1; i <= 63; i++) printf "P%d,%.4f,%.4f\n", i, 80 + 8 * rand(), 0.4 + 0.5 * rand() }' >"$bench/ranks.csv"

milliseconds() { # METHOD
	start=$(date +%s%N)
	"$hailong" rank "$bench/ranks.csv" --confidence "$1" --format csv >/dev/null
	echo $((($(date +%s%N) - start) / 1000000))
}

echo "work,median,least,most"
for method in holm simultaneous marginal; do
	for _ in $(seq $runs); do
		milliseconds "$method"
	done | sort -n | awk -v m="$method" '{ x[NR] = $1 }
		END { printf "63 ranks, %s (ms),%d,%d,%d\n", m, x[int((NR + 1) / 2)], x[1], x[NR] }'
done
rm -f "$bench/ranks.csv"
