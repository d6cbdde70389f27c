#!/bin/sh
# sizes.sh [DIR...] -- no function over 60 lines, no file over 600 (by default in src and tests).
set -u

[ $# -gt 0 ] || set -- src tests
command -v ctags >/dev/null || { echo "ctags (universal-ctags) is needed"; exit 1; }
files=$(find "$@" -name '*.[ch]' | LC_ALL=C sort)
[ -n "$files" ] || exit 0

{
	ctags --quiet --options=NONE --language-force=C --kinds-C=f --fields=ne -o - $files
	awk '{ lines[FILENAME]++ } END { for (f in lines) print "FILE\t" f "\t" lines[f] }' $files
} | awk -F'\t' '
	$1 == "FILE" { if ($3 > 600) { print $2 ": " $3 " lines (at most 600)"; bad = 1 }; next }
	{
		first = last = 0
		for (i = 4; i <= NF; i++) {
			if ($i ~ /^line:/) first = substr($i, 6)
			if ($i ~ /^end:/) last = substr($i, 5)
		}
		if (last - first + 1 > 60) { print $2 ":" first ": " $1 " has " last - first + 1 " lines (at most 60)"; bad = 1 }
	}
	END { exit bad }'
