#!/bin/sh
# Packs the reference documents into .. (or the folder $1): nd30.docx from the XML in this directory,
# plain.docx from the same with what ../plain has instead, and both for English text: nd30.en.docx,
# plain.en.docx. Equal sources give equal bytes: fixed order, time, mode and no extra fields.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "${1:-$here/..}" && pwd)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

# The parts of nd30, then what the others change, in the folder `parts`.
copy() {
    rm -rf "$work/parts"
    mkdir "$work/parts"
    cp -R "$here/[Content_Types].xml" "$here/_rels" "$here/docProps" "$here/word" "$work/parts"
    cd "$work/parts"
}

edit() { # FILE SED-SCRIPT
    sed "$2" "$1" > "$work/edited"
    cat "$work/edited" > "$1"
}

# Styles of ../plain take the place of those of the same id. Both files begin a style on a line of its own.
plain() {
    awk '
        function key(line) { return match(line, /w:styleId="[^"]*"|<w:docDefaults>/) ? substr(line, RSTART, RLENGTH) : "" }
        /^ *<w:(style |docDefaults>)/ { id = key($0); inside = 1 }
        FNR == NR { if (inside) own[id] = own[id] $0 "\n" }
        FNR != NR && !(inside && id in own) { print }
        FNR != NR && inside && id in own && !(id in done) { printf "%s", own[id]; done[id] = 1 }
        /<\/w:(style|docDefaults)>/ { inside = 0 }
        END { for (id in own) if (!(id in done)) { print "no such style in nd30: " id > "/dev/stderr"; exit 1 } }
    ' "$here/../plain/styles.xml" word/styles.xml > "$work/edited"
    cat "$work/edited" > word/styles.xml
    cat "$here/../plain/document.xml" > word/document.xml
    edit '[Content_Types].xml' 's/header/footer/g'
    edit word/_rels/document.xml.rels 's/header/footer/g'
    mv word/header1.xml word/footer1.xml
    edit word/footer1.xml 's/w:hdr/w:ftr/; s/"Header"/"Footer"/'
    edit docProps/core.xml 's/kiểu trình bày văn bản theo Nghị định 30.2020.NĐ-CP/kiểu trình bày đơn giản/'
}

english() {
    edit word/styles.xml 's/vi-VN/en-GB/g'
    edit word/settings.xml 's/vi-VN/en-GB/; s/decimalSymbol w:val=","/decimalSymbol w:val="."/; s/listSeparator w:val=";"/listSeparator w:val=","/'
    edit docProps/core.xml 's/vi-VN/en-GB/'
}

pack() { # NAME
    # [Content_Types].xml comes first, as Word writes it.
    { echo '[Content_Types].xml'; find _rels docProps word -type f | LC_ALL=C sort; } > "$work/list"
    while read -r part; do
        chmod 644 "$part"
        TZ=UTC touch -t 202003050000 "$part"
    done < "$work/list"
    rm -f "$work/packed.docx"
    TZ=UTC zip -q -X -D -nw -@ "$work/packed.docx" < "$work/list"
    # Beside the target, then renamed: a reader never sees half a file.
    cp "$work/packed.docx" "$out/$1.tmp"
    mv -f "$out/$1.tmp" "$out/$1"
}

copy; pack nd30.docx
english; pack nd30.en.docx
copy; plain; pack plain.docx
english; pack plain.en.docx
