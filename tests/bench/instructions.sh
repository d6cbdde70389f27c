#!/bin/sh
# instructions.sh [--guard] -- instructions that the whole job takes, against libcsv alone on the same bytes, counted by
# callgrind: no clock, no noise. CSV: what, instructions, ratio to libcsv alone.
#
# The job is 60 items by year and province with errors and intervals, one thread, written as CSV. What printing takes
# (export_rows with all that it calls) is subtracted. glibc chooses its functions by the processor, so that the same
# program takes other counts on another machine: all of them count here, with AVX2 and FMA switched off.
#
# --guard: a few seconds, for `make check`. What a row takes until it is summed (`hailong tally`: the difference of 4,000 and 2,000 rows of the same villages)
# in our own functions and libcsv's, which no choice of glibc changes; within 5 % of tests/bench/instructions.expected where
# the compiler is that one, and never above twice what libcsv takes alone. Passes with a word where valgrind is missing.
#
# $hailong is the program, $programs the folder of answers and bare, $bench a folder for scratch.
set -euf
export LC_ALL=C GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX2_Usable,-AVX2,-AVX,-FMA,-FMA4,-ERMS,-FSRM,-BMI2,-MOVBE,-LZCNT,-POPCNT
here=$(dirname "$0")
command -v valgrind >/dev/null || {
	echo "# valgrind is not installed: nothing counted"
	exit 0
}

count() { # PROFILE COMMAND...
	profile=$1
	shift
	valgrind -q --tool=callgrind --callgrind-out-file="$profile" "$@" >/dev/null
}
design='--weight weight --strata year*province*stratum --psu village --nest --by year,province --item q1-q60
	--satisfied 4,5 --stat rate --threads 1 --quiet'
job() { count "$1" "$hailong" estimate "$2" $design --format csv --no-cache; } # PROFILE ANSWERS
sums() { count "$1" "$hailong" tally "$2" $design -o "$bench/guard.tally" --force; }
total() { sed -n 's/^\(summary\|totals\): //p' "$1" | tail -1; }
inclusive() { # PROFILE FUNCTION
	callgrind_annotate --inclusive=yes --threshold=100 "$1" |
		awk -v f=":$2 " 'index($0, f) { gsub(/,/, "", $1); if ($1 > most) most = $1 } END { print most + 0 }'
}
# Own cost of all functions of our program and of libcsv: callgrind names each object once, then by its number.
ours() { # PROFILE
	awk '
	/^ob=/ { n = $1; sub(/^ob=/, "", n); if ($2 != "") name[n] = $2
		count = name[n] ~ /\/(hailong|bare|libcsv\.so[.0-9]*)$/; next }
	/^cob=/ { n = $1; sub(/^cob=/, "", n); if ($2 != "") name[n] = $2; next }
	/^calls=/ { getline; next }
	/^[0-9+*-]/ { if (count) sum += $2 }
	END { printf "%d\n", sum }' "$1"
}

guard() {
	"$programs/answers" 2000 -y 1 -p 2 >"$bench/guard.csv"
	sums "$bench/guard.2" "$bench/guard.csv"
	count "$bench/guard.bare.2" "$programs/bare" "$bench/guard.csv"
	"$programs/answers" 4000 -y 1 -p 2 >"$bench/guard.csv"
	sums "$bench/guard.4" "$bench/guard.csv"
	count "$bench/guard.bare.4" "$programs/bare" "$bench/guard.csv"
	row=$((($(ours "$bench/guard.4") - $(ours "$bench/guard.2")) / 2000))
	bare=$((($(ours "$bench/guard.bare.4") - $(ours "$bench/guard.bare.2")) / 2000))
	rm -f "$bench/guard.csv" "$bench/guard.tally" "$bench/guard.2" "$bench/guard.4" "$bench/guard.bare.2" "$bench/guard.bare.4"
	compiler=$(${CC:-gcc} -dumpfullversion 2>/dev/null || echo unknown)
	echo "a row of 60 items: $row instructions, $bare of libcsv alone (compiler $compiler)"
	read -r expected_compiler expected <"$here/instructions.expected"
	if [ "$row" -gt $((2 * bare)) ]; then
		echo "more than twice what libcsv takes alone"
		exit 1
	fi
	[ "$compiler" = "$expected_compiler" ] || exit 0
	if [ $((row * 100)) -gt $((expected * 105)) ] || [ $((row * 100)) -lt $((expected * 95)) ]; then
		echo "expected $expected, 5 % more or less: a change that is meant goes into tests/bench/instructions.expected"
		exit 1
	fi
}

if [ "${1-}" = --guard ]; then
	guard
	exit
fi

answers=$bench/instructions.csv
"$programs/answers" 20000 -y 1 -p 2 >"$answers"
count "$bench/callgrind.bare" "$programs/bare" "$answers"
job "$bench/callgrind.job" "$answers"
"$programs/answers" 1 -y 1 -p 2 >"$answers"
job "$bench/callgrind.start" "$answers"
rm -f "$answers"

bare=$(total "$bench/callgrind.bare")
job=$(total "$bench/callgrind.job")
print=$(inclusive "$bench/callgrind.job" export_rows)
line() { echo "\"$1\",$2,$(awk "BEGIN { printf \"%.3f\", $2 / $bare }")"; }
echo "what,instructions,ratio"
line "libcsv alone, 20,000 rows" "$bare"
line "whole job" "$job"
line "printing 3780 estimates" "$print"
line "job without printing" $((job - print))
line "the same job on one row: start and end" "$(total "$bench/callgrind.start")"
line "reading into the tally" "$(inclusive "$bench/callgrind.job" gather_read)"
line "loading the shared libraries (_dl_start)" "$(inclusive "$bench/callgrind.job" _dl_start)"
line "estimates and errors" "$(inclusive "$bench/callgrind.job" estimate_tally_rows)"
