#!/bin/sh
# faults.sh PROGRAM -- memory that is not given and disks that are full, at one point after the other.
#
# tests/faults/allocation.c lets one allocation of the program fail. Every run must then end by itself: with the output
# of a good run and status 0, or without output, with a word on standard error and status 1, 3 or 4. Fontconfig and
# libxlsxwriter do not bear it: where they take part a run may crash, but nothing may be left, either. FAULTS_STEP=1
# tries every allocation; else a sample, twice as large with WIDE.
# A limit on the size of files makes the disk full, the last write coming short: files are then whole or as before.
set -u
export LC_ALL=C OMP_NUM_THREADS=1

program=$(realpath "$1")
step=${FAULTS_STEP-}
here=$(dirname "$0")
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
root=$(cd "$here/.." && pwd)
export HAILONG_CACHE=
bad=0

fault() {
	echo "$*"
	bad=$((bad + 1))
}

# folder NAME: every finished file below it and what it holds; PNG are packed otherwise under a preload
folder() {
	(cd "$1" && find . -type f ! -path './.hailong-*' | sort && find . -type f ! -path './.hailong-*' ! -name '*.png' -exec cat {} + | cksum)
}

# allocations WANTED ARGUMENT...: about WANTED of them fail, one a run; files are made in $top/made
allocations() {
	wanted=$1
	shift
	[ -n "${WIDE-}" ] || wanted=$(((wanted + 1) / 2))
	rm -rf "$top/made" && mkdir "$top/made"
	"$program" "$@" >"$top/good" 2>"$top/why" || {
		fault "$*: fails without a fault: $(tail -1 "$top/why")"
		return
	}
	made=$(folder "$top/made")
	rm -rf "$top/made" && mkdir "$top/made"
	HAILONG_FAULT=0 HAILONG_FAULT_COUNT=$top/count LD_PRELOAD=$top/allocation.so "$program" "$@" >"$top/got" 2>/dev/null
	cmp -s "$top/good" "$top/got" && [ "$made" = "$(folder "$top/made")" ] || fault "$*: other output when allocations are counted"
	n=$(cat "$top/count")
	[ "$n" -gt 100 ] || fault "$*: only $n allocations were counted: the test tests nothing"
	by=${step:-$((n / wanted + 1))}
	rm -rf "$top/made" && mkdir "$top/made"
	nothing=$(folder "$top/made")
	i=1 failed=0
	while [ "$i" -le "$n" ]; do
		rm -rf "$top/made" && mkdir "$top/made"
		HAILONG_FAULT=$i LD_PRELOAD=$top/allocation.so timeout 60 "$program" "$@" >"$top/got" 2>"$top/why"
		status=$?
		case $status in
		0)
			cmp -s "$top/good" "$top/got" || fault "$*: allocation $i failed: status 0 and other output"
			[ "$made" = "$(folder "$top/made")" ] || fault "$*: allocation $i failed: status 0 and other files"
			;;
		1 | 3 | 4)
			failed=$((failed + 1))
			[ "$nothing" = "$(folder "$top/made")" ] || fault "$*: allocation $i failed: status $status and yet files"
			[ ! -s "$top/got" ] || fault "$*: allocation $i failed: status $status and yet output"
			[ -s "$top/why" ] || fault "$*: allocation $i failed: status $status without a word"
			;;
		134 | 139)
			[ "$crash" ] || fault "$*: allocation $i failed: status $status"
			[ "$nothing" = "$(folder "$top/made")" ] || fault "$*: allocation $i failed: a crash and yet files"
			;;
		*) fault "$*: allocation $i failed: status $status: $(tail -1 "$top/why")" ;;
		esac
		i=$((i + by))
	done
	[ "$failed" -gt 0 ] || fault "$*: no run failed: the test tests nothing"
}

# full ARGUMENT...: the disk is full at one size after the other; what is in $top/made stays whole or as it was
full() {
	rm -rf "$top/made" && mkdir "$top/made"
	"$program" "$@" >/dev/null 2>&1 || fault "$*: fails without a fault"
	good=$(folder "$top/made")
	for blocks in 0 1 8 55 ${WIDE:+3 21}; do
		rm -rf "$top/made" && mkdir "$top/made"
		before=$(folder "$top/made")
		(
			trap '' XFSZ
			ulimit -f $blocks
			exec "$program" "$@" >/dev/null 2>/dev/null
		)
		status=$?
		after=$(folder "$top/made")
		case $status in
		0) [ "$good" = "$after" ] || fault "$*: $blocks blocks of disk: status 0 and other files" ;;
		1 | 4) [ "$before" = "$after" ] || fault "$*: $blocks blocks of disk: something is left: $after" ;;
		*) fault "$*: $blocks blocks of disk: status $status" ;;
		esac
	done
}

${CC:-gcc} -std=c11 -O1 -fPIC -shared -o "$top/allocation.so" "$here/faults/allocation.c" -ldl || exit 2
cd "$top" || exit 2

crash=
allocations 14 rank papi --year 2024 --format csv
allocations 14 estimate sipas-example --item all --format csv --no-cache
allocations 14 change sipas-example --province 33 --format md --no-cache
allocations 8 index sipas-example --no-cache --format json
allocations 3 page papi --province 33 --year 2024 --out made/page.html
crash=may
allocations 5 chart rank papi --province 33 --year 2024 --out made
allocations 2 report papi --province 33 --year 2024 --format md,xlsx --out made
full rank papi --year 2024 --format csv --out made/rank.csv
full page papi --province 33 --year 2024 --out made/page.html
full simulate sipas --out made/new --seed 1

if [ "$bad" -gt 0 ]; then
	echo "$bad faults"
	exit 1
fi
