#!/bin/sh
# check_docx.sh FILE.docx: is the document sound inside? Every part is well-formed,
# every relationship that is used exists, every REF field finds its bookmark, no
# bookmark number or name occurs twice, and the first page alone has no page number.
set -eu
docx=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
unzip -q "$docx" -d "$work"
cd "$work"
status=0
complain() { echo "$docx: $*" >&2; status=1; }

find . -name '*.xml' -o -name '*.rels' > parts
while read -r part; do xmllint --noout "$part" || complain "$part is not well-formed"; done < parts

body=word/document.xml
# The matches of a pattern, one a line, sorted; none is no failure.
found() { grep -oE "$1" "$body" | sort || true; }

for id in $(found 'r:(id|embed)="[^"]*"' | sed 's/.*="//; s/"//' | sort -u); do
    grep -q "Id=\"$id\"" word/_rels/document.xml.rels || complain "relationship $id is missing"
done
header=$(grep -oE '<Relationship [^>]*/header"[^>]*' word/_rels/document.xml.rels | grep -oE 'Id="[^"]*"' | sed 's/Id="//; s/"//')
for id in $(found '<w:headerReference[^>]*' | grep -oE 'rId[0-9]+' | sort -u); do
    [ "$id" = "$header" ] || complain "$id is not the header ($header)"
done
for name in $(found ' REF [^ ]+' | sed 's/ REF //' | sort -u); do
    grep -q "<w:bookmarkStart [^>]*w:name=\"$name\"" "$body" || complain "no bookmark $name"
done
twice=$(found '<w:bookmarkStart [^>]*' | grep -oE 'w:(id|name)="[^"]*"' | sort | uniq -d || true)
[ -z "$twice" ] || complain "bookmarks occur twice: $twice"
[ "$(found '<w:titlePg ?/>' | wc -l)" -eq 1 ] || complain "not exactly one first page"
exit $status
