#!/bin/sh
# valgrind.sh PROGRAM [CASE...] -- golden cases under valgrind, whose findings fail them: what the sanitizers cannot see is
# memory that was never written, and what libraries do with ours. A few, since each takes thirty times as long, and of
# rounded numbers: valgrind reckons long double in 64 bits, so last digits may differ.
set -u
program=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")
shift
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 0 ] || set -- change-lai-chau-csv complete-item estimate-table estimate-survey-ci index-table rank-papi-2024-csv \
	smallarea-table workbook-given
export GOLDEN_SECONDS=600
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT

# Findings go to a file each: what the program prints must stay as it is.
cat >"$top/hailong" <<END
#!/bin/sh
exec valgrind -q --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite --child-silent-after-fork=yes \\
	--log-file="$top/found.%p" "$program" "\$@"
END
chmod +x "$top/hailong"
cases=
for case; do
	cases="$cases tests/golden/$case"
done
tests/golden.sh "$top/hailong" $cases
status=$?
for found in "$top"/found.*; do
	[ -s "$found" ] || continue
	cat "$found"
	status=1
done
exit $status
