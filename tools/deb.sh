#!/bin/sh
# deb.sh VERSION -- packs build/deb (make VARIANT=deb) as build/hailong_VERSION_ARCHITECTURE.deb, the same bytes each time.
set -eu
umask 022
cd "$(dirname "$0")/.."
version=$1-1
architecture=$(dpkg --print-architecture)
package=build/hailong_${version}_$architecture.deb
stage=build/deb/stage
doc=$stage/usr/share/doc/hailong

# The last commit says when and who; outside a checkout the changelog does, and nobody.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || stat -c %Y CHANGELOG.md)}
export SOURCE_DATE_EPOCH
maintainer=$(git log -1 --format='%an <%ae>' 2>/dev/null || echo 'hailong maintainers <maintainers@hailong.invalid>')

rm -rf "$stage"
mkdir -p "$stage/DEBIAN" build/deb/debian
tools/install.sh "$stage/usr" build/deb
rm "$stage/usr/share/hailong/.installed" "$doc/LICENSE" # dpkg keeps the one, common-licenses the other
strip --remove-section=.comment --remove-section=.note "$stage/usr/bin/hailong"
strip --strip-unneeded --remove-section=.comment --remove-section=.note "$stage"/usr/lib/hailong/*.so
gzip -9n "$stage"/usr/share/man/man1/*.1
mv "$doc/CHANGELOG.md" "$doc/changelog" && gzip -9n "$doc/changelog"
cat >"$doc/changelog.Debian" <<END
hailong ($version) unstable; urgency=medium

  * Built from the sources; what changed is in changelog.gz.

 -- $maintainer  $(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")
END
gzip -9n "$doc/changelog.Debian"
install -m 644 tools/deb/copyright "$doc/copyright"

# dpkg-shlibdeps looks for a source package around it.
printf 'Source: hailong\n\nPackage: hailong\nArchitecture: any\n' >build/deb/debian/control
shared=$(cd build/deb && dpkg-shlibdeps -O stage/usr/bin/hailong stage/usr/lib/hailong/*.so 2>/dev/null |
	sed -n 's/^shlibs:Depends=//p')
sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$architecture/" -e "s/@MAINTAINER@/$maintainer/" \
	-e "s/@SIZE@/$(du -sk --apparent-size "$stage/usr" | cut -f1)/" -e "s/@SHARED@/$shared/" \
	tools/deb/control >"$stage/DEBIAN/control"
(cd "$stage" && find usr -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 md5sum) >"$stage/DEBIAN/md5sums"

find "$stage" -newermt "@$SOURCE_DATE_EPOCH" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
dpkg-deb --root-owner-group --build "$stage" "$package" >/dev/null
echo "$package"
