#!/bin/sh
# check_docx.sh FILE.docx: is the report sound inside? Every part is well-formed and every relationship
# that is used exists; references find their bookmarks and stand before what they name; figures and tables
# count from 1 in the order of the text, with captions that stay with them; pictures have words; tables
# have head rows; controls around generated parts can be told apart; language and properties are set.
set -eu
docx=$1
here=$(cd "$(dirname "$0")" && pwd)
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

# nd30 numbers its pages at the top, but not the first; plain at the foot, all of them.
kind=header
if found '<w:footerReference' | grep -q .; then kind=footer; fi
first=$(found '<w:titlePg ?/>' | wc -l)
if [ $kind = header ] && [ "$first" -ne 1 ]; then complain "not exactly one first page"; fi
if [ $kind = footer ] && [ "$first" -ne 0 ]; then complain "a first page without a number"; fi
part=$(grep -oE "<Relationship [^>]*/$kind\"[^>]*" word/_rels/document.xml.rels | grep -oE 'Id="[^"]*"' | sed 's/Id="//; s/"//')
for id in $(found "<w:(header|footer)Reference[^>]*" | grep -oE 'rId[0-9]+' | sort -u); do
    [ "$id" = "$part" ] || complain "$id is not the $kind ($part)"
done
[ "$(found '<w:sectPr' | wc -l)" -eq "$(found "<w:${kind}Reference" | wc -l)" ] || complain "a section has no $kind"

twice=$(found '<w:bookmarkStart [^>]*' | grep -oE 'w:(id|name)="[^"]*"' | tr '[:upper:]' '[:lower:]' | sort | uniq -d || true)
[ -z "$twice" ] || complain "bookmarks occur twice: $twice"

# Order, captions, tables and controls: one element a line.
tr '\n' ' ' < "$body" | sed 's/<!--[^>]*-->//g; s/</\
</g' | awk -f "$here/order.awk" > order || complain "$(cat order)"

value() { xmllint --xpath "string(//*[local-name()='$1'])" docProps/core.xml; }
language=$(value language)
case $language in
vi-VN) decimal=, ;;
en-GB) decimal=. ;;
*) complain "language \"$language\""; decimal=? ;;
esac
grep -q "<w:lang [^>]*w:val=\"$language\"" word/styles.xml || complain "styles are not in $language"
grep -q "<w:themeFontLang w:val=\"$language\"" word/settings.xml || complain "settings are not in $language"
grep -q "<w:decimalSymbol w:val=\"$decimal\"" word/settings.xml || complain "decimal symbol is not $decimal"
[ -n "$(value title)" ] || complain "no title"
[ -n "$(value subject)" ] || complain "no subject"
case $(value creator) in "hailong "[0-9]*) ;; *) complain "creator is \"$(value creator)\"" ;; esac
case $(value keywords) in ?*', '[12][0-9][0-9][0-9]) ;; *) complain "keywords are \"$(value keywords)\"" ;; esac
for date in created modified; do
    [ "$(value $date)" = 2000-01-01T00:00:00Z ] || complain "$date is $(value $date)"
done
exit $status
