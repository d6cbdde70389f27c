#!/bin/sh
# deb.sh [--chroot MIRROR] -- the package of `make deb`: what it needs, the same bytes twice, and that what is in it
# works where it lies. With --chroot apt-get installs it into a bare Debian (root, debootstrap and the network are
# needed), and what is run there is what dpkg put there.
set -u
cd "$(dirname "$0")/.." || exit 2
root=$PWD
version=$(sed -n 's/^VERSION = //p' Makefile)
package=$root/build/hailong_$version-1_$(dpkg --print-architecture).deb
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
bad=0

wrong() {
	echo "$*"
	bad=1
}

# works RUN...: RUN is what starts a command where the program is installed; $top/place is seen there as /place
works() {
	line=$("$@" hailong rank papi --year 2024 --lang en 2>&1 | sed -n 3p)
	[ "$line" = ' 1/61  Quảng Ninh         47.82  Highest' ] || wrong "rank: $line"
	"$@" hailong chart change papi --province 33 --year 2024 --out "$charts" >"$top/out" 2>&1 ||
		wrong "chart: $(cat "$top/out")"
	"$@" hailong report papi --province 33 --year 2024 --format docx --out "$charts" >"$top/out" 2>&1 ||
		wrong "report: $(cat "$top/out")"
}

cp "$package" "$top/first" || exit 2
tools/deb.sh "$version" >/dev/null || exit 2
cmp "$top/first" "$package" || wrong "packed again it has other bytes"

dpkg-deb -f "$package" Depends >"$top/depends"
for needed in libc6 libcsv libgsl libxml2 gnuplot-nox pandoc fontconfig fonts-noto-core; do
	grep -q "\\b$needed" "$top/depends" || wrong "does not depend on $needed"
done
dpkg-deb -c "$package" | awk '$1 !~ /^[-d]rw[-x]r-[-x]r-[-x]$/ || $2 != "root/root" { print; n++ } END { exit n > 0 }' ||
	wrong "these have other permissions than are usual"

dpkg-deb -x "$package" "$top/place" || exit 2
(cd "$top/place" && dpkg-deb --ctrl-tarfile "$package" | tar -xO ./md5sums | md5sum --quiet -c) || wrong "md5sums"
charts=$top/charts
works env -u HAILONG_SHARE PATH="$top/place/usr/bin:$PATH"
[ -s "$charts/papi-2024-33-change.svg" ] || wrong "no chart"

if [ "${1-}" = --chroot ]; then
	mkdir "$top/debian"
	{ debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$top/debian" "$2" &&
		cp "$package" "$top/debian/hailong.deb" &&
		DEBIAN_FRONTEND=noninteractive chroot "$top/debian" apt-get install -y --no-install-recommends ./hailong.deb
	} >"$top/out" 2>&1 || wrong "apt-get: $(tail -5 "$top/out")"
	charts=/charts
	works chroot "$top/debian" env LC_ALL=C.UTF-8
	[ -s "$top/debian/charts/papi-2024-33-change.svg" ] || wrong "no chart in the chroot"
	[ -s "$top/debian/charts/papi-2024-hung-yen.docx" ] || wrong "no report in the chroot"
	chroot "$top/debian" hailong doctor || wrong "doctor: status $?"
	chroot "$top/debian" dpkg --purge hailong >"$top/out" 2>&1 || wrong "purge: $(cat "$top/out")"
	find "$top/debian/usr" -path '*hailong*' | grep . && wrong "left behind after purge"
fi
exit $bad
