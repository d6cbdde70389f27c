#!/bin/sh
# control.sh -- the positive control of `make check-san`: a leak in a Criterion worker must leave a
# report, though the test passes. $COMPILE_TESTS is the compiler with the sanitizer flags of the tests.
set -u

toy=$(mktemp -d) || exit 2
trap 'rm -rf "$toy"' EXIT
cat >"$toy/leak.c" <<'C'
#include <criterion/criterion.h>
#include <stdlib.h>

static void *volatile kept;

Test(control, leaks)
{
	kept = malloc(7);
	kept = NULL;
}
C
eval "$COMPILE_TESTS" -o "$toy/leak" "$toy/leak.c" -lcriterion || exit 1
ASAN_OPTIONS=detect_leaks=1:log_path=$toy/report "$toy/leak" -j1 >"$toy/log" 2>&1
grep -q 'SUMMARY: AddressSanitizer: 7 byte(s) leaked' "$toy"/report.* 2>/dev/null && exit 0
echo "a planted leak of 7 bytes was not reported: this machine cannot see leaks"
cat "$toy/log" "$toy"/report.* 2>/dev/null
exit 1
