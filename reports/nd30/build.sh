#!/bin/sh
# Packs the XML in this directory into ../nd30.docx (or $1).
# Equal sources give equal bytes: fixed order, time, mode and no extra fields.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-$here/../nd30.docx}
case $out in /*) ;; *) out=$PWD/$out ;; esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
cd "$here"
# [Content_Types].xml comes first, as Word writes it.
parts=$(find _rels docProps word -type f | LC_ALL=C sort)
for part in '[Content_Types].xml' $parts; do
    mkdir -p "$work/$(dirname "$part")"
    cat "$part" > "$work/$part"
    chmod 644 "$work/$part"
    TZ=UTC touch -t 202003050000 "$work/$part"
done
cd "$work"
{ echo '[Content_Types].xml'; echo "$parts"; } | TZ=UTC zip -q -X -D -nw -@ packed.docx
# Beside the target, then renamed: a reader never sees half a file.
cp packed.docx "$out.tmp"
mv -f "$out.tmp" "$out"
