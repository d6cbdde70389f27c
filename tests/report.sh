#!/bin/sh
# report.sh PROGRAM -- reports written from shipped figures, and read back by other programs.
#
# Word's parts must be well-formed and every reference resolve, also in LibreOffice; the text must say
# what the figures say, in one language; the same command must give the same bytes; a tool that is
# missing or fails must give status 4 and leave nothing.
set -u
hailong=$1
case $hailong in /*) ;; *) hailong=$PWD/$hailong ;; esac
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
bad=0

fail() {
	echo "report: $*"
	bad=1
}

report() { # FOLDER OPTION...
	into=$dir/$1
	shift
	"$hailong" report "$@" --out "$into" >"$dir/out" 2>"$dir/err" || fail "report $*: $(cat "$dir/err")"
	for docx in "$into"/*.docx; do
		sh "$root/tests/report_assets/check_docx.sh" "$docx" >"$dir/log" 2>&1 || fail "$docx: $(cat "$dir/log")"
	done
}

holds() { # FILE WORDS...
	file=$1
	shift
	for wanted; do
		grep -qF -e "$wanted" "$file" || fail "$file does not say: $wanted"
	done
}

report vi papi --province "Hưng Yên" --year 2024
report en papi --province "Hưng Yên" --year 2024 --lang en
report break papi --province 33 --year 2018
report first papi --province 33 --year 2011
report silent papi --province "Bắc Giang" --year 2022
report par par-index --province "Lai Châu" --year 2013
report again papi --province 33 --year 2024 --quiet

# What officials and the data say (published ranks of 2023 and 2024; Lai Châu's directive of 2015).
holds "$dir/vi/papi-2024-hung-yen.md" \
	"Năm 2024 đạt 44,40 điểm (tăng 0,18 điểm), xếp thứ 19/61 tỉnh, thành phố (giảm 7 hạng so với năm 2023)"
holds "$dir/par/par-index-2013-lai-chau.md" \
	"Năm 2013 đạt 63,17 điểm (giảm 3,29 điểm), xếp thứ 62/63 tỉnh, thành phố (giảm 3 hạng so với năm 2012)" \
	"chưa đủ các tỉnh"
holds "$dir/break/papi-2018-hung-yen.md" "không so được"
holds "$dir/silent/papi-2022-bac-giang.md" "Năm 2022 không công bố kết quả"
holds "$dir/en/papi-2024-hung-yen.md" "ranked 19/61" "Figure 1" "Table 1"

holds "$dir/vi/papi-2024-hung-yen.md" "hạng 9/61, cao hơn" "hạng 49/61, thấp hơn" "Tăng: 8. Quản trị điện tử (\\+0,21)"

# One language in a document: words that only the other has.
grep -nwE 'Figure|Table|Rank|Score|median|province|Source' "$dir/vi/papi-2024-hung-yen.md" |
	grep -vE '^[0-9]+:(Table: |province: )|figures/' && fail "English in the Vietnamese report"
grep -nE 'Hình|Bảng|điểm|hạng|trung vị|tỉnh|năm' "$dir/en/papi-2024-hung-yen.md" |
	grep -v '^[0-9]*:Documents: ' | grep -v 'figures/' && # a document keeps its name

	fail "Vietnamese in the English report"

# The page people open from disk needs nothing else.
grep -qE '(src|href)="(https?:)?//' "$dir/vi/papi-2024-hung-yen.html" && fail "the page loads something"
grep -q '{{\|⟦' "$dir"/*/*.md && fail "a hole of the template was not filled"

# Word as LibreOffice reads it: captions and references are numbers, in order.
if command -v soffice >/dev/null; then
	soffice -env:UserInstallation="file://$dir/office" --headless --convert-to pdf --outdir "$dir/pdf" \
		"$dir/vi/papi-2024-hung-yen.docx" >/dev/null 2>&1
	pdftotext -layout "$dir/pdf/papi-2024-hung-yen.pdf" "$dir/text" || fail "LibreOffice cannot read the report"
	for n in 1 2 3 4 5; do
		holds "$dir/text" "Hình $n." "Bảng $n."
	done
	grep -qi 'error\|not found' "$dir/text" && fail "LibreOffice shows an error in the report"
	pdfinfo "$dir/pdf/papi-2024-hung-yen.pdf" | grep -q 'Page size:.*A4' || fail "the page is not A4"
fi

# The same command, the same bytes.
for file in $(cd "$dir/vi" && find . -type f); do
	cmp -s "$dir/vi/$file" "$dir/again/$file" || fail "$file differs the second time"
done

# Words of a user that look like markup or commands arrive as they are, and run nothing.
evil='`id` $(touch x) {b}_^@&~ <i>&amp; %d *m* [l](u) | \n # 1. ✓'
(cd "$dir" && report odd "$root/tests/data/hostile" --province 33 --year 2024)
[ -e "$dir/x" ] && fail "a command in a name was run"
unzip -p "$dir/odd/hostile-2024-hung-yen.docx" word/document.xml | sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g' >"$dir/odd.docx.txt"
holds "$dir/odd.docx.txt" "$evil"
xmllint --html --xpath 'string(//body)' "$dir/odd/hostile-2024-hung-yen.html" >"$dir/odd.html.txt" 2>/dev/null
holds "$dir/odd.html.txt" "$evil"
xmllint --xpath 'string(/)' "$dir/odd/figures/hostile-2024-33-change.svg" >"$dir/odd.svg.txt"
holds "$dir/odd.svg.txt" "$evil"

# A province without a single value: a report all the same, saying so.
mkdir "$dir/blank"
cp "$root/tests/data/hostile/"*.csv "$dir/blank"
sed '1!s/^\([0-9]*,[0-9]*,[12]\),[^,]*,/\1,,/' "$root/tests/data/hostile/scores.csv" >"$dir/blank/scores.csv"
report blank-out "$dir/blank" --province 33 --year 2024
holds "$dir/blank-out/blank-2024-hung-yen.md" "Năm 2024 không công bố kết quả"

# Missing or failing tools.
mkdir "$dir/broken" "$dir/nopandoc"
for tool in gnuplot fc-list; do
	ln -s "$(command -v $tool)" "$dir/broken/$tool"
	ln -s "$(command -v $tool)" "$dir/nopandoc/$tool"
done
printf '#!/bin/sh\necho "no space" >&2\nexit 83\n' >"$dir/broken/pandoc"
chmod +x "$dir/broken/pandoc"
for tools in broken nopandoc; do
	PATH=$dir/$tools "$hailong" report papi --province 33 --year 2024 --out "$dir/none" >/dev/null 2>"$dir/err"
	[ $? = 4 ] || fail "$tools: status is not 4"
	[ -z "$(ls -A "$dir/none")" ] || fail "$tools: left $(ls -A "$dir/none")"
done
holds "$dir/err" "apt-get install pandoc"
"$hailong" report papi --province 33 --year 2024 --out /dev/null/x >/dev/null 2>"$dir/err"
[ $? = 1 ] || fail "a folder that cannot be made: status is not 1"
exit $bad
