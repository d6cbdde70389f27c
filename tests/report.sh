#!/bin/sh
# report.sh PROGRAM -- reports written from shipped figures, and read back by other programs.
#
# Word's parts must be well-formed and every reference resolve, also in LibreOffice; the text must say
# what the figures say, in one language; the same command must give the same bytes; a tool that is
# missing or fails must give status 4 and leave nothing.
. "$(dirname "$0")/start.sh"

report() { # FOLDER OPTION...
	into=$dir/$1
	shift
	"$hailong" report "$@" --out "$into" >"$dir/out" 2>"$dir/err" || fail "report $*: $(cat "$dir/err")"
	for docx in "$into"/*.docx; do
		[ ! -e "$docx" ] ||
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
# Leaves of scores.csv summed: the 15th of 2024 has 44.7379, Hưng Yên (19th of 61, so the quarter above
# ends at 15) 44.4040. Where no maxima are known nothing is said of lost points.
holds "$dir/vi/papi-2024-hung-yen.md" \
	"Để vào nhóm 15 tỉnh, thành phố dẫn đầu (từ 44,74 điểm trở lên), Hưng Yên cần tăng 0,33 điểm" \
	"bị trừ 35,60 điểm ở 28/28 tiêu chí" "figures/papi-2024-33-pareto.svg" "figures/papi-2024-33-bump.svg"
grep -q 'Để vào nhóm' "$dir/par/par-index-2013-lai-chau.md" && fail "a place is promised in a table that is not complete"
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
	grep -v '^[0-9]*:Documents: ' | grep -v 'assign duties (' | grep -v 'figures/' && # a document keeps its name

	fail "Vietnamese in the English report"

# Answers: an invented survey of five invented provinces (tests/data/share/surveys/asked), marked simulated.
mkdir "$dir/share"
for part in plots reports; do ln -s "$root/$part" "$dir/share/$part"; done
ln -s "$root/tests/data/share/surveys" "$dir/share/surveys"
asked() { # FOLDER OPTION...
	into=$1
	shift
	report "$into" asked --share "$dir/share" --year 2022 "$@"
}
asked asked-vi --province 03
asked asked-en --province 03 --lang en
asked asked-hidden --province 05
md=$dir/asked-vi/asked-2022-cuong-dong.md

# Expected from R survey 4.1.1: svyratio of satisfied to valid answers of the three items in province 03,
# logit with t on 8 df; the change with Satterthwaite's df; groups by sex; Kish by hand.
holds "$md" "Năm 2022 đạt 77,78% (khoảng tin cậy 95%: 73,54%–81,50%); tăng 43,96 điểm phần trăm so với năm 2021, thay đổi có ý nghĩa thống kê; xếp thứ 2/4 tỉnh, thành phố (khoảng tin cậy 95% của thứ hạng: 2–3), không phân biệt được với 1 tỉnh, thành phố khác; thứ hạng so với năm 2021: chưa đủ cơ sở để kết luận là thay đổi" \
	"Berger và Priam" "điều chỉnh theo Holm" \
	"Để đứng đầu (từ 87,67% trở lên), Cường Đông cần tăng 9,89 điểm phần trăm" \
	"Kết quả này cao hơn mức chung cả nước (69,46%)" \
	"| 2021 | 33,82 | 26,28–42,28 | – | 61,58 | 4/4 (3–4) |" \
	"| – Nam | 40 | 76,20 (68,60–82,42) |" "| – Nữ | 37 | 77,50 (73,12–81,35) |" \
	"| Hiệu ứng thiết kế do quyền số (Kish) | 1,10 |" \
	"| Chỉ số hỏi | x | x | x | 51,2 | 26,6 |" \
	"tỷ lệ hài lòng gộp trên mọi câu trả lời hợp lệ" \
	"Trả lời các câu hỏi L.1–L.2" "L.3. Có nộp phí"
holds "$dir/asked-en/asked-2022-cuong-dong.md" "scored 77.78% (95% confidence interval: 73.54%–81.50%)" \
	"ranked 2/4 provinces (95% confidence set of the rank: 2–3)"
holds "$dir/asked-hidden/asked-2022-en-vang.md" "không nêu kết quả vì ước lượng không đủ độ tin cậy" \
	"không đạt tiêu chuẩn công bố (dưới 30 câu trả lời" "| Chỉ số hỏi | x | x |"

# No rank, and no step in rank, stands alone; nothing is said that holds for published scores only.
for file in "$dir"/asked-*/*.md; do
	grep -oE '(xếp thứ|ranked) [0-9]+/[0-9]+[^(]*.' "$file" | grep -v '($' && fail "$file: a bare rank"
	grep -nE 'tăng [0-9]+ hạng|giảm [0-9]+ hạng|(up|down) [0-9]+ places?|Điểm công bố|Published scores|tổng các nội dung|Nhóm:' "$file" &&
		fail "$file: words of published scores"
	grep -E '^(Table: |!\[)' "$file" >"$dir/captions"
	[ "$(wc -l <"$dir/captions")" -ge 12 ] || fail "$file: only $(wc -l <"$dir/captions") captions"
	grep -vE '\((số liệu mô phỏng|simulated data)\)( \{#tbl|\]\(figures)' "$dir/captions" &&
		fail "$file: a caption does not say that its data are simulated"
done
for file in "$dir/asked-vi/asked-2022-cuong-dong.md" "$dir/asked-vi/asked-2022-cuong-dong.html" \
	"$dir"/asked-vi/figures/*.svg; do
	grep -q 'SỐ LIỆU MÔ PHỎNG' "$file" || fail "$file: no banner"
done
unzip -p "$dir/asked-vi/asked-2022-cuong-dong.docx" word/document.xml | grep -q 'SỐ LIỆU MÔ PHỎNG – không phải kết quả khảo sát thật' ||
	fail "Word: no banner"
grep -q 'SIMULATED DATA' "$dir/asked-en/asked-2022-cuong-dong.html" || fail "English: no banner"
grep -L simulated "$dir"/asked-vi/figures/*.csv | grep . && fail "data of a picture do not say that they are simulated"
grep -L 'mô phỏng' "$dir"/asked-vi/figures/*.txt | grep . && fail "an alternative text does not say that its data are simulated"
grep -nE 'Hình|Bảng|điểm|khoảng|năm|cả nước' "$dir/asked-en/asked-2022-cuong-dong.md" | grep -v 'figures/' &&
	fail "Vietnamese in the English report of answers"

# Units of its own are no provinces, and all of them are no country.
cp -r "$dir/share/surveys/asked" "$dir/own"
awk -F, -v OFS=, 'NR == 1 { print; next } { $2 = "Sở mẫu " $1; $3 = ""; $4 = "sở"; print }' \
	"$dir/share/surveys/provinces/provinces.csv" >"$dir/own/units.csv"
for lang in vi en; do
	report "own-$lang" "$dir/own" --share "$dir/share" --year 2022 --province 03 --lang $lang
	file=$dir/own-$lang/own-2022-so-mau-03.md
	sed -e 1,/^---$/d -e 's/US National Center//' "$file" | grep -niE 'cả nước|tỉnh|countr|nation|provinc' && fail "$file: words of provinces"
done

# Simulated surveys stand in no overview beside real ones.
mkdir -p "$dir/mixed/surveys"
for part in plots reports; do ln -s "$root/$part" "$dir/mixed/$part"; done
for part in "$root"/tests/data/share/surveys/*; do ln -s "$part" "$dir/mixed/surveys/${part##*/}"; done
report mixed-out small --share "$dir/mixed" --province 01 --year 2022
grep -q 'HỎI' "$dir"/mixed-out/*.md && fail "a simulated survey stands beside published scores"

# The page people open from disk needs nothing else.
grep -qE '(src|href)="(https?:)?//' "$dir/vi/papi-2024-hung-yen.html" && fail "the page loads something"
grep -q '{{\|⟦' "$dir"/*/*.md && fail "a hole of the template was not filled"

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

# What office.csv gives stands in the head and the foot of the Word report, as it is written; plain has neither.
cat >"$dir/office.csv" <<'END'
key,value
parent_agency,"Ủy ban <i>&amp;</i> ""nhân dân"""
agency,"Sở `id` $(touch x)
*hai* [l](u) \ | #"
number,15
symbol,BC-SNV
place,Nơi Đây
date,2024-02-05
addressee,"Nơi ""Kia"", & <b>"
recipient,- Như trên;
recipient,"Lưu: VT, {b}_^~."
authority,TM. ỦY BAN
authority,KT. CHỦ TỊCH
position,Phó chủ tịch
signer,"O'Người -- ... ---"
END
headed() { # FOLDER OPTION...
	(cd "$dir" && bad=0 && report "$@" papi --province 33 --year 2024 --format docx && exit $bad) || bad=1
	[ -e "$dir/x" ] && fail "a command of office.csv was run"
	unzip -p "$dir/$1/papi-2024-hung-yen.docx" word/document.xml |
		sed 's/<[^>]*>/\n/g; s/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&apos;/'"'"'/g; s/&amp;/\&/g' | tr -s '\n' >"$dir/head.txt"
}
headed headed --office "$dir/office.csv"
holds "$dir/head.txt" 'ỦY BAN <I>&AMP;</I> "NHÂN DÂN"' 'SỞ `ID` $(TOUCH X) *HAI* [L](U) \ | #' 'Số: 15/BC-SNV' \
	'Nơi Đây, ngày 05 tháng 02 năm 2024' 'Kính gửi: Nơi "Kia", & <b>' '- Như trên;' '- Lưu: VT, {b}_^~.' \
	'TM. ỦY BAN' 'KT. CHỦ TỊCH' 'PHÓ CHỦ TỊCH' "O'Người -- ... ---" 'Trên đây là báo cáo kết quả Chỉ số'
grep -q '……' "$dir/head.txt" && fail "something given is dotted"
headed dotted --template nd30
holds "$dir/head.txt" 'Số: ……/BC-……' '……, ngày …… tháng …… năm ……' 'Nơi nhận:' '- ……;'
for lang in vi en; do
	headed plain-$lang --template plain --lang $lang
	grep -E 'CỘNG HÒA|Nơi nhận|BÁO CÁO|^\./\.|……' "$dir/head.txt" && fail "plain, $lang: a letterhead"
done
headed headed-en --office "$dir/office.csv" --lang en
holds "$dir/head.txt" '15/BC-SNV · Nơi Đây, 2024-02-05'
for word in Kính 'Nơi nhận' ngày 'CỘNG HÒA'; do grep -q "$word" "$dir/head.txt" && fail "an English report says $word"; done

# A province without a single value: a report all the same, saying so.
mkdir "$dir/blank"
cp "$root/tests/data/hostile/"*.csv "$dir/blank"
sed '1!s/^\([0-9]*,[0-9]*,[12]\),[^,]*,/\1,,/' "$root/tests/data/hostile/scores.csv" >"$dir/blank/scores.csv"
report blank-out "$dir/blank" --province 33 --year 2024
holds "$dir/blank-out/blank-2024-hung-yen.md" "Năm 2024 không công bố kết quả"

# Missing or failing tools.
mkdir "$dir/broken" "$dir/nopandoc"
ln -s "$(command -v gnuplot)" "$dir/broken/gnuplot"
ln -s "$(command -v gnuplot)" "$dir/nopandoc/gnuplot"
printf '#!/bin/sh\necho "no space" >&2\nexit 83\n' >"$dir/broken/pandoc"
chmod +x "$dir/broken/pandoc"
for tools in broken nopandoc; do
	PATH=$dir/$tools "$hailong" report papi --province 33 --year 2024 --out "$dir/none" >/dev/null 2>"$dir/err"
	[ $? = 4 ] || fail "$tools: status is not 4"
	[ -z "$(ls -A "$dir/none")" ] || fail "$tools: left $(ls -A "$dir/none")"
done
holds "$dir/err" "apt-get install pandoc"
# PDF is the Word document as LibreOffice reads it: captions and references are numbers, in order. Twice the same, tagged, with
# its fonts; without the Word file unless asked for it.
if command -v soffice >/dev/null; then
	report printed papi --province 33 --year 2024 --lang vi --format pdf
	report printed-again papi --province 33 --year 2024 --lang vi --format docx,pdf
	pdf=$dir/printed/papi-2024-hung-yen.pdf
	[ "$(cd "$dir/printed" && ls | tr '\n' ' ')" = 'figures papi-2024-hung-yen.pdf ' ] || fail "pdf: $(ls "$dir/printed")"
	cmp -s "$pdf" "$dir/printed-again/papi-2024-hung-yen.pdf" || fail "the PDF differs the second time"
	cmp -s "$dir/vi/papi-2024-hung-yen.docx" "$dir/printed-again/papi-2024-hung-yen.docx" || fail "the Word file differs beside a PDF"
	pdftotext -layout "$pdf" "$dir/text" || fail "the PDF cannot be read"
	for n in 1 2 3 4 5 6 7 8; do
		holds "$dir/text" "Hình $n." "Bảng $n."
	done
	grep -qi 'error\|not found' "$dir/text" && fail "LibreOffice shows an error in the report"
	pdfinfo "$pdf" >"$dir/info"
	holds "$dir/info" 'A4' 'Sat Jan  1' 'Hưng Yên'
	grep -q 'Tagged: *yes' "$dir/info" || fail "the PDF is not tagged"
	pdffonts "$pdf" | awk 'NR > 2 && $(NF - 4) != "yes" { bad = 1 } END { exit bad || NR < 3 }' || fail "the PDF lacks a font"
fi
mkdir "$dir/nooffice"
ln -s "$(command -v gnuplot)" "$(command -v pandoc)" "$dir/nooffice"
no_pdf() { # WORDS...: what is told; the same command without PDF works
	PATH=$dir/nooffice "$hailong" report papi --province 33 --year 2024 --format docx,pdf --out "$dir/none" >/dev/null 2>"$dir/err"
	[ $? = 4 ] || fail "no PDF, $1: status is not 4"
	[ -z "$(ls -A "$dir/none")" ] || fail "no PDF, $1: left $(ls -A "$dir/none")"
	holds "$dir/err" "$@"
}
no_pdf 'soffice' 'apt-get install libreoffice-writer-nogui'
office() { # SCRIPT: a LibreOffice that does so
	printf '#!/bin/sh\n%s\n' "$1" >"$dir/nooffice/soffice"
	chmod +x "$dir/nooffice/soffice"
}
office 'echo "source file could not be loaded"'
no_pdf 'left no PDF of papi-2024-hung-yen.docx: source file could not be loaded'
office 'printf "%%%%PDF-1.6\n%%%%%%%%EOF\nand half an update" >papi-2024-hung-yen.pdf'
no_pdf 'left no PDF of papi-2024-hung-yen.docx'
office 'echo "no space" >&2; exit 7'
no_pdf 'LibreOffice failed (status 7): no space'
PATH=$dir/nooffice "$hailong" doctor | grep -q 'LibreOffice *not there' || fail "doctor takes a broken LibreOffice for a good one"
rm "$dir/nooffice/soffice"
PATH=$dir/nooffice "$hailong" doctor >"$dir/list" || fail "doctor fails for want of LibreOffice alone"
holds "$dir/list" 'apt-get install libreoffice-writer-nogui'

"$hailong" report papi --province 33 --year 2024 --out /dev/null/x >/dev/null 2>"$dir/err"
[ $? = 1 ] || fail "a folder that cannot be made: status is not 1"
exit $bad
