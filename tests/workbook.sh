#!/bin/sh
# workbook.sh PROGRAM -- workbooks written from shipped figures, recomputed and read back by LibreOffice.
#
# Every formula must come to the value that was stored with it: a copy without stored values is computed anew.
# Numbers must be those of `change`, `rank`, `compare` and `gaps`, whose TSV has its own code and tests; words of the
# users must arrive as they are; the same command must give the same bytes; a full disk must leave nothing.
. "$(dirname "$0")/start.sh"
tab=$(printf '\t')

mkdir "$dir/x" "$dir/csv" "$dir/none"
workbook() { # NAME OPTION...: x/NAME.xlsx, and x/NAME_bare.xlsx without stored values
	name=$1
	shift
	"$hailong" report "$@" --format xlsx --out "$dir/$name" >"$dir/out" 2>"$dir/err" || fail "report $*: $(cat "$dir/err")"
	mv "$dir/$name"/*.xlsx "$dir/x/$name.xlsx"
	[ -z "$(ls -A "$dir/$name")" ] || fail "$name: beside the workbook lies $(ls -A "$dir/$name")"
	mkdir "$dir/$name/parts"
	(cd "$dir/$name/parts" && unzip -q "$dir/x/$name.xlsx" &&
		sed -i 's|</f><v>[^<]*</v>|</f>|g' xl/worksheets/*.xml && zip -q -r "$dir/x/${name}_bare.xlsx" .)
}

# Users' names that a spreadsheet could take for formulas, markup, or letters written as numbers.
cp -r "$root/tests/data/hostile" "$dir/words"
sed -i '1!s/^\([^,]*,[^,]*,[^,]*\),.*$/\1,"=1+1","@SUM(1)",,,,sum,up/; s/,1,total,"=1+1","@SUM(1)"/,1,total,"-2+3","+2"/; s/,2,total,"=1+1","@SUM(1)"/,2,total,"_x0041_ <\&> ""q"" ]]>","_x0041_"/' "$dir/words/structure.csv"

workbook vi papi --province 33 --year 2024
workbook en papi --province 33 --year 2024 --lang en
workbook break papi --province 33 --year 2018
workbook par par-index --province "Lai Châu" --year 2013
workbook marks par-index-example --province 17 --targets "$root/surveys/par-index-example/targets.csv"
workbook answers sipas-example --province 33 --year 2024 --simulations 2000 # of sets of ranks: quicker
workbook evil "$dir/words" --province 33 --year 2024
mkdir "$dir/share"
for part in plots reports; do ln -s "$root/$part" "$dir/share/$part"; done
ln -s "$root/tests/data/share/surveys" "$dir/share/surveys"
workbook asked asked --share "$dir/share" --year 2022 --province 03
workbook hidden asked --share "$dir/share" --year 2022 --province 05 --lang en

soffice=$(command -v soffice) || {
	echo "workbook: no soffice here; install it with: apt-get install libreoffice-calc-nogui"
	exit 1
}
office() {
	HOME=$dir LC_ALL=C.UTF-8 timeout 300 "$soffice" "-env:UserInstallation=file://$dir/lo" --headless "$@" >"$dir/office" 2>&1 || fail "soffice: $(cat "$dir/office")"
}
# Tabs, no quotes, numbers as they are stored, every page in a file of its own (its name is UTF-8 only in such a locale).
office --convert-to 'csv:Text - txt - csv (StarCalc):9,0,76,1,,0,false,false,false,false,false,-1' --outdir "$dir/csv" "$dir"/x/*.xlsx

# ---- what is computed anew is what was stored ----------------------------------------------------

# same WHAT A B: two files of tabs hold the same words, and numbers but for the last digits (Excel has 15).
same() {
	awk -F'\t' -v OFS='\t' -v what="$1" '
	function number(s) { sub(/,/, ".", s); return s ~ /^-?[0-9]+(\.[0-9]+)?(E[-+]?[0-9]+)?$/ ? s : "" }
	NR == FNR { line[FNR] = $0; n = FNR; next }
	{
		k = split(line[FNR], a, "\t")
		m = split($0, b, "\t")
		for (i = 1; i <= (k > m ? k : m); i++) {
			x = number(a[i]); y = number(b[i]); d = x - y
			if (x != "" && y != "" ? d * d > 1e-18 * (1 + x * x) : a[i] != b[i]) {
				print what ": line " FNR ", column " i ": " a[i] " is not " b[i]; bad = 1
			}
		}
	}
	END { if (FNR != n) { print what ": " n " and " FNR " lines"; bad = 1 }; exit bad }' "$2" "$3" >"$dir/same" || {
		head -5 "$dir/same"
		bad=1
	}
}
pages=0
for file in "$dir"/csv/*_bare-*.csv; do
	stored=$(printf %s "$file" | sed 's/_bare-/-/')
	same "${file##*/} recomputed" "$stored" "$file"
	grep -nE '#(REF|VALUE|NAME|DIV/0|N/A)|Err:5' "$file" && fail "$file: an error"
	pages=$((pages + 1))
done
[ "$pages" -ge 90 ] || fail "only $pages pages were read"
for name in vi marks answers; do
	grep -ho '<f>' "$dir/$name"/parts/xl/worksheets/*.xml | wc -l
done >"$dir/formulas"
awk '$1 < 60 { print "workbook: only " $1 " formulas"; bad = 1 } END { exit bad }' "$dir/formulas" || bad=1

# ---- the numbers are those of the commands -------------------------------------------------------

# columns FILE KEY HEAD...: the key and these columns (- stands for an empty one) of the rows below the heading row
columns() {
	file=$1
	shift
	awk -F'\t' -v OFS='\t' -v wanted="$(printf '%s\t' "$@")" '
	BEGIN { n = split(wanted, w, "\t") - 1 }
	!head { for (i = 1; i <= NF; i++) if ($i == w[1]) head = 1
		if (head) { for (i = 1; i <= NF; i++) if (!($i in at)) at[$i] = i
			for (k = 1; k <= n; k++) if (!(w[k] in at)) print "no column " w[k] }
		next }
	{ out = ""; for (k = 1; k <= n; k++) { v = $at[w[k]]; out = out (k > 1 ? "\t" : "") v }
	  print out }' "$file" | sed 's/\([0-9]\),\([0-9]\)/\1.\2/g'
}
told() { # COMMAND... : its TSV
	"$hailong" "$@" --format tsv --quiet 2>"$dir/err" >"$dir/tsv" || fail "$*: $(cat "$dir/err")"
}
check() { # WHAT PAGE "HEADS BY |" "COLUMNS BY |": the page holds what the last command told
	IFS='|'
	# shellcheck disable=SC2086
	columns "$dir/csv/$2.csv" $3 | sort >"$dir/a"
	# shellcheck disable=SC2086
	columns "$dir/tsv" $4 | sed 's/^total	/	/' | sort >"$dir/b" # on pages the root has no code
	unset IFS
	[ "$(wc -l <"$dir/b")" -gt "${5:-5}" ] || fail "$1: the command told $(wc -l <"$dir/b") lines"
	same "$1" "$dir/a" "$dir/b"
}

told change papi --province 33 --from 2023 --to 2024 --item all
check "index" "vi-Chỉ số" "Mã|Kết quả (điểm)|Kết quả năm trước|Thay đổi (điểm)|Hạng|Hạng trước|Thay đổi hạng" "item|estimate|estimate_from|delta|rank|rank_from|rank_change"
told rank papi --year 2024
check "ranks" "vi-Xếp hạng" "Mã|Tỉnh, thành phố|Kết quả (điểm)|Hạng|Số đơn vị xếp hạng" "province|province_name|estimate|rank|n_ranked"
told compare papi --province 33 --year 2024 --item all
check "peers" "vi-Nhóm so sánh" "Mã|Hưng Yên|Trung vị nhóm so sánh|Cao nhất nhóm|So với trung vị nhóm|So với cao nhất nhóm|Hạng trong nhóm" "item|estimate|peer_median|peer_best|gap_median|gap_best|rank_in_peers"
check "medians" "vi-Chỉ số" "Mã|Kết quả (điểm)|Trung vị cả nước" "item|estimate|national_median"
told gaps par-index-example --province 17
check "marks" "marks-Điểm bị trừ" "Mã|Điểm tối đa|Tự chấm|Thẩm định|Điều tra|Điểm đạt|Điểm bị trừ" "item|max_points|self_score|appraised_score|survey_score|final_points|lost_points"
told change sipas-example --province 33 --from 2023 --to 2024 --item all --adjust holm --comparisons province --simulations 2000
check "answers" "answers-Chỉ số" "Mã|Kết quả (%)|Sai số chuẩn|Cận dưới|Cận trên|Kết quả năm trước|Thay đổi (điểm phần trăm)|Cận dưới của thay đổi|Cận trên của thay đổi" "item|estimate|se|ci_low|ci_high|estimate_from|delta|delta_low|delta_high"

# From outside the program: published ranks and scores; R survey 4.1.1 (see tests/report.sh) for the survey of answers.
cell() { # NAME-PAGE HEAD-OF-KEY KEY HEAD: one cell
	columns "$dir/csv/$1.csv" "$2" "$4" | awk -F'\t' -v key="$3" '$1 == key { print $2; exit }'
}
holds() { # WHAT FOUND WANTED
	[ "$2" = "$3" ] || fail "$1 is \"$2\", not \"$3\""
}
near() { # WHAT FOUND WANTED DECIMALS
	holds "$1" "$(awk -v x="$2" -v d="$4" 'BEGIN { printf "%.*f", d, x }')" "$3"
}
near "PAPI 2024" "$(cell 'vi-Chỉ số' Mã '' 'Kết quả (điểm)')" 44.40 2
holds "rank of PAPI 2024" "$(cell 'vi-Chỉ số' Mã '' Hạng)" 19
near "PAR INDEX 2013" "$(cell 'par-Qua các năm' Năm 2013 'Thay đổi (điểm)')" -3.29 2
holds "step in rank of 2013" "$(cell 'par-Qua các năm' Năm 2013 'Thay đổi hạng')" -3
near "asked" "$(cell 'asked-Chỉ số' Mã '' 'Kết quả (%)')" 77.78 2
near "its lower limit" "$(cell 'asked-Chỉ số' Mã '' 'Cận dưới')" 73.54 2
near "its upper limit" "$(cell 'asked-Chỉ số' Mã '' 'Cận trên')" 81.50 2
near "its change" "$(cell 'asked-Chỉ số' Mã '' 'Thay đổi (điểm phần trăm)')" 43.96 2
holds "its rank set" "$(cell 'asked-Chỉ số' Mã '' 'Hạng cao nhất có thể')-$(cell 'asked-Chỉ số' Mã '' 'Hạng thấp nhất có thể')" 2-3
# 18.27 of 100 points lost, by hand from criteria.csv: 100 - 81.73
near "lost points" "$(awk -F'\t' '/Tổng cộng/ { sub(/,/, ".", $5); print $5 }' "$dir/csv/marks-Theo cơ quan.csv")" 18.27 2

# ---- what is missing is empty, with its reason ---------------------------------------------------

holds "a withheld result" "$(cell hidden-Index Code '' 'Result (%)')$(cell hidden-Index Code '' 'Lower limit')$(cell hidden-Index Code '' Rank)" ""
case $(cell hidden-Index Code '' Note) in withheld:*) ;; *) fail "a withheld result has no reason" ;; esac
holds "a change over a break" "$(cell 'break-Chỉ số' Mã '' 'Thay đổi (điểm)')" ""
holds "its verdict" "$(cell 'break-Chỉ số' Mã '' 'So sánh hai năm')" "không so được"
case $(cell 'break-Chỉ số' Mã '' 'Ghi chú') in 'Không so sánh năm 2018 với năm 2017: '*) ;; *) fail "a break has no reason" ;; esac
[ -n "$(cell 'break-Chỉ số' Mã '' 'Kết quả năm trước')" ] || fail "the earlier result is dropped over a break"
columns "$dir/csv/vi-Xếp hạng.csv" "Tỉnh, thành phố" "Kết quả (điểm)" Hạng Cờ | grep -F 'Vĩnh Phúc' >"$dir/line"
holds "an unpublished province" "$(cat "$dir/line")" "Vĩnh Phúc$tab$tab${tab}không công bố"
grep -q 'withheld' "$dir"/hidden/parts/xl/comments*.xml || fail "a withheld cell has no comment"
# A line of the chart of years never crosses the break of 2018 (rows 6 to 19 are 2011 to 2024).
years=$(grep -l 'scatterChart' "$dir"/vi/parts/xl/charts/*.xml)
grep -o "<c:yVal><c:numRef><c:f>[^<]*" "$years" | grep -o '[0-9]*:\$[A-Z]*\$[0-9]*' | tr -d '$A-Z' | while IFS=: read -r from to; do
	first=$(cell_year=$from awk -F'\t' 'NR == ENVIRON["cell_year"] { print $1 }' "$dir/csv/vi-Qua các năm.csv")
	last=$(cell_year=$to awk -F'\t' 'NR == ENVIRON["cell_year"] { print $1 }' "$dir/csv/vi-Qua các năm.csv")
	[ "$first" -le 2017 ] && [ "$last" -ge 2018 ] && echo "workbook: a line joins $first and $last"
done >"$dir/joined"
[ ! -s "$dir/joined" ] || fail "$(cat "$dir/joined")"

# Simulated data are called so on every page.
for file in "$dir"/csv/marks-*.csv "$dir"/csv/answers-*.csv "$dir"/csv/asked-*.csv; do
	grep -q 'SỐ LIỆU MÔ PHỎNG' "$file" || fail "${file##*/}: does not say that its data are simulated"
done
for chart in "$dir"/marks/parts/xl/charts/*.xml "$dir"/answers/parts/xl/charts/*.xml; do
	grep -q '(số liệu mô phỏng)</a:t>' "$chart" || fail "$chart does not say that its data are simulated"
done

# ---- words ---------------------------------------------------------------------------------------

for word in '=1+1' '-2+3' '_x0041_ <&> "q" ]]>'; do
	grep -qF -e "$tab$word$tab" "$dir"/csv/evil-*.csv || fail "$word did not come through"
done
grep -qF '<f>1+1' "$dir"/evil/parts/xl/worksheets/*.xml && fail "a name became a formula"
grep -qF 'f>1+1' "$dir"/evil/parts/xl/charts/*.xml && fail "the title of a chart became a formula"
words() { # NAME: every word that its reader sees, but for the names that users gave
	sed 's/<[^>]*>/\n/g' "$dir/$1"/parts/xl/sharedStrings.xml "$dir/$1"/parts/xl/comments*.xml "$dir/$1"/parts/xl/charts/*.xml
	grep -o 'sheet name="[^"]*' "$dir/$1/parts/xl/workbook.xml"
}
words vi | grep -wE 'Rank|Score|median|province|Source|lower|upper|note|peer|year|units' && fail "English in a Vietnamese workbook"
words en | grep -E 'điểm|hạng|trung vị|tỉnh|năm|công thức|So với' && fail "Vietnamese in an English workbook"
for name in vi en break par marks answers asked hidden; do
	grep -o '⟦[^⟧]*\|{[a-z]*}' "$dir/$name/parts/xl/sharedStrings.xml" && fail "$name: a hole of a phrase was not filled"
done

# ---- how it is made ------------------------------------------------------------------------------

for name in vi en break par marks answers evil asked hidden; do
	for part in "$dir/$name"/parts/xl/worksheets/*.xml; do
		grep -q '<pageSetup paperSize="9"' "$part" || fail "$part: no page"
		grep -q '<drawing ' "$part" && continue
		grep -q '<autoFilter ' "$part" && grep -q 'state="frozen"' "$part" || fail "$part: no filter, or panes that move"
		grep -q 'fitToHeight="0" orientation="landscape"' "$part" || fail "$part: not fit to the width"
	done
	xmllint --noout "$dir/$name"/parts/xl/*.xml "$dir/$name"/parts/xl/*/*.xml || fail "$name is not well-formed"
done
holds "charts of PAPI" "$(ls "$dir/vi/parts/xl/charts" | wc -l)" 5
grep -q 'rgb val="C8102E\|srgbClr val="C8102E' "$dir/vi/parts/xl/charts/chart1.xml" || fail "the province is not shown among the others"
grep -q '_xlnm.Print_Titles' "$dir/vi/parts/xl/workbook.xml" || fail "headings are not repeated in print"
grep -q '1999\|20[1-9][0-9]-' "$dir/vi/parts/docProps/core.xml" && fail "the workbook tells when it was made"

(cd "$dir/x" && office --convert-to pdf --outdir "$dir" "$dir/x/vi.xlsx")
pdftotext -layout "$dir/vi.pdf" "$dir/text"
for title in 'Thay đổi PAPI của Hưng Yên theo nội dung' 'các tiêu chí bị trừ nhiều điểm nhất'; do
	grep -qF "$title" "$dir/text" || fail "LibreOffice does not show the chart $title"
done
grep -q '###' "$dir/text" && fail "a column is too narrow for its numbers"

# ---- the same bytes; no other tool; nothing half-written -----------------------------------------

again() { # VARIABLE=VALUE...
	rm -rf "$dir/again"
	env "$@" "$hailong" report papi --province 33 --year 2024 --format xlsx --out "$dir/again" >/dev/null 2>&1
	cmp -s "$dir/x/vi.xlsx" "$dir/again/papi-2024-hung-yen.xlsx" || fail "the workbook differs with $*"
}
again TZ=Asia/Ho_Chi_Minh LC_ALL=C
again PATH=/nonexistent
"$hailong" report papi --province 33 --year 2024 --format xlsx --out "$dir/again" >/dev/null 2>&1 || fail "the same workbook is refused"
"$hailong" report papi --province 33 --year 2024 --lang en --format xlsx --out "$dir/again" >/dev/null 2>"$dir/err"
[ $? = 1 ] && grep -q -e '--force' "$dir/err" || fail "a workbook with other content was replaced"
for limit in 8 60 100; do # blocks of 512 or 1024 bytes: temporary files are cut, then the packed one
	(trap '' XFSZ && ulimit -f $limit && exec "$hailong" report papi --province 33 --format xlsx --out "$dir/none") >/dev/null 2>"$dir/err"
	[ $? = 1 ] && grep -q 'papi-2024-hung-yen.xlsx cannot be written whole' "$dir/err" || fail "a full disk: $(cat "$dir/err")"
	[ -z "$(ls -A "$dir/none")" ] || fail "a full disk left $(ls -A "$dir/none")"
done
exit $bad
