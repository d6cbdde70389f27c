#!/bin/sh
# report.sh -- one report (Word, HTML, workbook, its charts), and those of 63 provinces, against what they cannot do
# without: pandoc turning the same Markdown into the same two formats, and nothing else.
#
# $hailong is the program, $bench a folder for scratch. Three rounds; medians.
set -eu
runs=3
formats=md,docx,html,xlsx

milliseconds() { # COMMAND...
	start=$(date +%s%N)
	"$@" >/dev/null 2>&1
	echo $((($(date +%s%N) - start) / 1000000))
}
median() { sort -n | sed -n "$(((runs + 1) / 2))p"; }
report() { # PROVINCE FOLDER
	rm -rf "${bench:?}/$2"
	"$hailong" report papi --province "$1" --year 2024 --format "$formats" --out "$bench/$2"
}
pandocs() { # the two formats side by side, of one province after the other; Word with PNG, as we do
	for md in "$bench"/all/*.md; do
		sed 's/\.svg){#fig:/.png){#fig:/' "$md" >"$bench/word.md"
		(cd "$bench/all" && pandoc -f markdown -t docx -o "$bench/bare.docx" "$bench/word.md") &
		(cd "$bench/all" && pandoc -f markdown -t html5 -o "$bench/bare.html" "$md") &
		wait
	done
}
rounds() { # COMMAND...
	i=0
	while [ $i -lt $runs ]; do
		milliseconds "$@"
		i=$((i + 1))
	done | median
}
one=$(rounds report 33 one)
all=$(rounds report all all)
bare=$(rounds pandocs)
printf 'one report: %s ms; 63 reports: %s ms; pandoc alone, 63 times two formats: %s ms; ratio %s\n' "$one" "$all" "$bare" \
	"$(awk "BEGIN { printf \"%.2f\", $all / $bare }")"
