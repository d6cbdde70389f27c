#!/bin/sh
# tidy.sh [FILE...] -- clang-tidy over the sources, by .clang-tidy; $TIDY_FLAGS say how they are compiled. Two at a time,
# as it takes a minute.
cd "$(dirname "$0")/.." || exit 2
[ $# -gt 0 ] || set -- src/*/*.c late/*.c preload/*.c
printf '%s\n' "$@" | xargs -P 2 -n 12 sh -c 'exec clang-tidy --quiet "$@" -- -std=c11 -D_POSIX_C_SOURCE=200809L \
	"-DHAILONG_VERSION=\"\"" "-DHAILONG_SHARE_PREFIX=\"\"" -Isrc $TIDY_FLAGS' tidy
