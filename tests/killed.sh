#!/bin/sh
# killed.sh PROGRAM -- a report that is killed at KILLS (3) moments leaves each file whole or not at all, and the next
# run succeeds and clears away what was left.
set -u
export LC_ALL=C

program=$(realpath "$1")
kills=${KILLS:-3}
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
cd "$top" || exit 2
bad=0

report() {
	"$program" report papi --province 33 --year 2024 --format md,docx,html,xlsx --out "$1" >/dev/null 2>&1
}

fault() {
	echo "$*"
	bad=$((bad + 1))
}

# finished FOLDER: the files in it, but for those of work in progress
finished() {
	(cd "$1" 2>/dev/null && find . -name '.hailong-*' -prune -o -type f -print | sort)
}

begin=$(date +%s%N)
report good || fault "the report fails when nobody kills it"
lasts=$((($(date +%s%N) - begin) / 1000000))

# The last moments are those in which files get their names.
i=1 dead=0
while [ "$i" -le "$kills" ]; do
	rm -rf "made-$i"
	mkdir "made-$i"
	setsid sh -c 'exec "$@" >/dev/null 2>&1' sh "$program" report papi --province 33 --year 2024 --format md,docx,html,xlsx --out "made-$i" &
	run=$!
	sleep "$(awk -v i="$i" -v n="$kills" -v ms="$lasts" 'BEGIN { print ms / 1000 * i / (n + 1) }')"
	kill -9 "$run" 2>/dev/null && dead=$((dead + 1))
	wait "$run" 2>/dev/null
	for file in $(finished "made-$i"); do
		cmp -s "good/$file" "made-$i/$file" || fault "killed at moment $i of $kills: $file is not whole"
	done
	report "made-$i" || fault "killed at moment $i of $kills: the next run fails"
	[ "$(finished good)" = "$(finished "made-$i")" ] || fault "killed at moment $i of $kills: the next run makes other files"
	[ -z "$(find "made-$i" -name '.hailong-*')" ] || fault "killed at moment $i of $kills: the next run leaves what was left"
	i=$((i + 1))
done
[ "$dead" -gt 0 ] || fault "no run lived long enough to be killed: the test tests nothing"

if [ "$bad" -gt 0 ]; then
	echo "$bad faults"
	exit 1
fi
