#!/bin/sh
# golden.sh PROGRAM [CASE...] -- run the recorded cases and compare; GOLDEN_WRITE=1 records instead.
#
# tests/golden/NAME/ holds cmd (sh, run in an empty directory) and what it must give: out, err,
# status. An optional list `files` names what cmd must leave behind, one path a line, and nothing
# else may be left: a plain line is compared byte for byte with want/PATH, a line "? PATH" must only
# exist and not be empty.
# cmd sees $hailong (the program), $golden (its own case) and $root (the checkout); in what it
# prints, these paths and its own directory appear as $golden, $hailong, $root and $work.
set -u
export LC_ALL=C

# quiet_paths FILE: no path of this machine stays in what is compared
quiet_paths() {
	sed -e "s|$golden|\$golden|g" -e "s|$work|\$work|g" -e "s|$hailong|\$hailong|g" \
		-e "s|$root|\$root|g" "$1" >"$1.quiet" && mv "$1.quiet" "$1"
}

# same WANT GOT LABEL
same() {
	if [ ! -f "$1" ]; then
		echo "$3: not recorded yet"
		return 1
	fi
	diff -ua --label "$3 (recorded)" --label "$3 (now)" "$1" "$2"
}

# left_behind: the `files` list against what is in $work
left_behind() {
	wrong=0
	sed -e '/^#/d' -e 's/^? //' "$golden/files" | sort >"$got/listed"
	(cd "$work" && find . -type f | sed 's|^\./||' | sort) >"$got/left"
	diff -u --label "$name/files (listed)" --label "$name/files (left behind)" "$got/listed" "$got/left" || wrong=1
	while read -r mark path; do
		case $mark in
		'#'*) continue ;;
		'?') [ -s "$work/$path" ] || { echo "$name: $path is empty or missing"; wrong=1; } ;;
		*)
			path=$mark${path:+ $path}
			if [ "${GOLDEN_WRITE-}" ]; then
				mkdir -p "$golden/want/$(dirname "$path")"
				cp "$work/$path" "$golden/want/$path" || wrong=1
			else
				same "$golden/want/$path" "$work/$path" "$name/want/$path" || wrong=1
			fi
			;;
		esac
	done <"$golden/files"
	return $wrong
}

if [ "$1" = --case ]; then
	top=$2 golden=$(cd "$3" && pwd -P) name=$(basename "$3")
	got=$top/$name work=$top/$name/work bad=0
	mkdir -p "$work"
	cd "$work" || exit 2
	limit=
	! command -v timeout >/dev/null || limit="timeout ${GOLDEN_SECONDS:-120}"
	env -i PATH="$PATH" HOME="$top/home" TMPDIR="$top/tmp" LC_ALL=C TZ=UTC \
		hailong="$hailong" golden="$golden" root="$root" \
		${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} ${UBSAN_OPTIONS:+UBSAN_OPTIONS="$UBSAN_OPTIONS"} \
		$limit sh "$golden/cmd" >"$got/out" 2>"$got/err" </dev/null
	echo $? >"$got/status"
	{
		for part in out err status; do
			quiet_paths "$got/$part"
			if [ "${GOLDEN_WRITE-}" ]; then
				cp "$got/$part" "$golden/$part"
			else
				same "$golden/$part" "$got/$part" "$name/$part" || bad=1
			fi
		done
		[ ! -f "$golden/files" ] || left_behind || bad=1
	} >"$got/log" 2>&1
	[ $bad -ne 0 ] || : >"$got/passed"
	exit 0
fi

hailong=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")
root=$(pwd -P)
export hailong root
shift
[ $# -gt 0 ] || set -- tests/golden/*/
[ -d "$1" ] || set --

top=$(mktemp -d) || exit 2
top=$(cd "$top" && pwd -P)
trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM
mkdir "$top/home" "$top/tmp"

[ $# -eq 0 ] || printf '%s\0' "$@" | xargs -0 -n 1 -P "${RUN_JOBS:-2}" sh "$0" --case "$top"

passed=0 failed=0
for case; do
	name=$(basename "$case")
	cat "$top/$name/log"
	if [ -f "$top/$name/passed" ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		echo "FAIL $case"
	fi
done
echo "golden: $passed passed, $failed failed"
[ $failed -eq 0 ]
