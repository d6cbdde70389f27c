#!/bin/sh
# install.sh MAKE PREFIX -- installed into an empty DESTDIR the program works from there, wherever that is; uninstall leaves
# what was there before, and nothing else.
set -u
make=$1 prefix=${2:-/usr/local}
cd "$(dirname "$0")/.." || exit 2
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
bad=0

wrong() {
	echo "$*"
	bad=1
}

# listed ROOT: every file and folder below
listed() {
	(cd "$1" && find . | LC_ALL=C sort)
}

root=$top/a' 'place$prefix
mkdir -p "$root/share/man/man1"
echo kept >"$root/share/man/man1/other.1"
listed "$root" >"$top/before"
unset HAILONG_SHARE
"$make" -s install DESTDIR="$top/a place" PREFIX="$prefix" >"$top/out" 2>&1 || wrong "make install: $(cat "$top/out")"
"$make" -s install DESTDIR="$top/a place" PREFIX="$prefix" >"$top/out" 2>&1 || wrong "make install, again: $(cat "$top/out")"

for file in bin/hailong lib/hailong/documents.so lib/hailong/png_quick.so share/hailong/surveys/papi/scores.csv share/hailong/plots/rank.gp \
	share/hailong/reports/phrases.csv share/bash-completion/completions/hailong share/zsh/site-functions/_hailong \
	share/fish/vendor_completions.d/hailong.fish share/doc/hailong/README.vi.md share/man/man1/hailong.1; do
	[ -s "$root/$file" ] || wrong "not installed: $file"
done
for command in $("$root/bin/hailong" help --names); do
	[ -s "$root/share/man/man1/hailong-$command.1" ] || wrong "no manual page: $command"
done
find "$root" -type f -newer "$top/before" -perm /022 | grep . && wrong "others may write these"

# Nothing of the checkout may be needed: the program is moved, and started elsewhere.
mv "$top/a place" "$top/moved"
program=$top/moved$prefix/bin/hailong
mkdir "$top/work"
cd "$top/work" || exit 2
line=$("$program" rank papi --year 2024 --lang en 2>&1 | sed -n 3p)
[ "$line" = ' 1/61  Quảng Ninh         47.82  Highest' ] || wrong "rank: $line"
"$program" chart change papi --province "hung yen" --year 2024 --out charts >"$top/out" 2>&1 ||
	wrong "chart: $(cat "$top/out")"
[ -s charts/papi-2024-33-change.svg ] || wrong "no chart"
"$program" report papi --province 33 --year 2024 --format md --out report >"$top/out" 2>&1 ||
	wrong "report: $(cat "$top/out")"
cd - >/dev/null || exit 2
mv "$top/moved" "$top/a place"

"$make" -s uninstall DESTDIR="$top/a place" PREFIX="$prefix" >"$top/out" 2>&1 || wrong "make uninstall: $(cat "$top/out")"
listed "$root" | diff "$top/before" - || wrong "uninstall leaves (>) or takes (<) these"
exit $bad
