#!/bin/sh
# run.sh LOGS JOB... -- run jobs side by side, one line for each, and the sum on the last line.
#
# A job is a shell command, or "NAME: command". Its log goes to LOGS/NAME.log and is shown when it
# fails. A Criterion binary counts as its tests, golden.sh as its cases, anything else as one check.
# Files in $SAN_REPORTS (sanitizer findings) count as failures. Started in the order given, one more than there are
# processors ($RUN_JOBS): browsers and servers wait now and then.
set -u

# tally LOG STATUS: "passed failed", from what the job printed, else from its status
tally() {
	awk -v status="$2" '
	/^\[====\] Synthesis: / { passed += $7; failed += $4 - $7; seen = 1; if ($4 == 0) failed++ }
	/^golden: [0-9]+ passed, [0-9]+ failed$/ { passed += $2; failed += $4; seen = 1 }
	END {
		if (!seen && status == 0) passed = 1
		if (!failed && status != 0) failed = 1
		print passed + 0, failed + 0
	}' "$1"
}

if [ "$1" = --job ]; then
	logs=$2 job=$3
	case $job in
	[a-z]*': '*) name=${job%%: *} job=${job#*: } ;;
	*) name=${job%% *} name=${name##*/} name=${name%.sh} ;;
	esac
	case $job in
	*' '*) ;;
	build/*/tests/*) job="$job -j1 --timeout 120" ;; # a Criterion binary
	esac
	start=$(date +%s)
	sh -c "$job" >"$logs/$name.log" 2>&1 </dev/null
	status=$?
	tally "$logs/$name.log" $status >"$logs/$name.tally"
	read -r passed failed <"$logs/$name.tally"
	word=ok
	[ "$failed" -eq 0 ] || word=FAIL
	printf '%-4s  %-12s %5s passed  %3s failed  %4s s\n' $word "$name" "$passed" "$failed" $(($(date +%s) - start))
	exit 0
fi

logs=$1
shift
rm -rf "$logs"
mkdir -p "$logs"
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
if [ -n "${SAN_REPORTS-}" ]; then
	rm -rf "$SAN_REPORTS"
	mkdir -p "$SAN_REPORTS"
fi

unset HAILONG_SHARE
export LC_ALL=C TZ=UTC TMPDIR="$scratch"

printf '%s\0' "$@" | xargs -0 -n 1 -P "${RUN_JOBS:-$(($(nproc 2>/dev/null || echo 2) + 1))}" sh "$0" --job "$logs"

for t in "$logs"/*.tally; do
	read -r passed failed <"$t"
	[ "$failed" -eq 0 ] && continue
	name=${t##*/}
	printf '\n---- %s\n' "${name%.tally}"
	cat "${t%.tally}.log"
done

found=0
if [ -n "${SAN_REPORTS-}" ]; then
	for r in "$SAN_REPORTS"/*; do
		[ -f "$r" ] || continue
		found=$((found + 1))
		printf '\n---- sanitizer report %s\n' "$found"
		cat "$r"
	done
fi

echo
cat "$logs"/*.tally | awk -v failed="$found" '{ passed += $1; failed += $2 }
END { print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || passed == 0 }'
