#!/bin/sh
# docs.sh PROGRAM -- docs/charts.md and its pictures are those that the program gives now, byte for byte.
#
# So they are the recorded SVG of every kind, too. After a change that is meant: `make gallery`, and look at them.
set -u
hailong=$1
case $hailong in /*) ;; *) hailong=$PWD/$hailong ;; esac
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

tools/gallery.sh "$hailong" "$dir/docs" docs || exit 1
diff -rq "$dir/docs/charts" docs/charts && cmp "$dir/docs/charts.md" docs/charts.md || {
	echo "docs: docs/charts is not what the program draws; make gallery"
	exit 1
}
[ "$(ls docs/charts/*.svg | wc -l)" -ge 17 ]
