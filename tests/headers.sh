#!/bin/sh
# headers.sh -- every header compiles alone, and twice, with nothing included before it.
# $COMPILE_SOURCES is the compiler with the flags of the sources.
set -u

: "${COMPILE_SOURCES:=${CC:-gcc} -std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra -Wpedantic -Isrc}"
bad=0
for h in $(find src -name '*.h' | LC_ALL=C sort); do
	h=${h#src/}
	printf '#include "%s"\n#include "%s"\ntypedef int not_empty;\n' "$h" "$h" |
		eval "$COMPILE_SOURCES" -Werror -fsyntax-only -x c - || { echo "src/$h does not compile alone"; bad=1; }
done
exit $bad
