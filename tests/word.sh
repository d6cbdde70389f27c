#!/bin/sh
# word.sh -- the filters for Word and HTML, on documents made for them: templates, languages, controls around
# blocks, landscape pages, numbers below each other; documents that are refused; the check of documents itself.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
assets=$root/tests/report_assets
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
bad=0
export SOURCE_DATE_EPOCH=946684800 LC_ALL=C.UTF-8
cp "$assets"/*.png "$dir"
cd "$dir" || exit 2

fail() {
	echo "word: $*"
	bad=1
}

# The reference documents are what their sources give.
mkdir packed
sh "$root/reports/nd30/build.sh" packed || fail "reference documents are not packed"
for name in nd30 nd30.en plain plain.en; do
	cmp -s "packed/$name.docx" "$root/reports/$name.docx" || fail "reports/$name.docx is not what reports/nd30/build.sh packs"
done

to_word() { # NAME REFERENCE
	pandoc -f markdown -t docx --lua-filter="$root/reports/word.lua" --reference-doc="$root/reports/$2.docx" -o "$1.docx" "$1.md" 2>err
}

english='s/^lang: vi/lang: en/; s/^label_figure: .*/label_figure: Figure/; s/^label_table: .*/label_table: Table/
	s/\[Bảng /[Table /g; s/\[Hình /[Figure /g'
made() { # NAME REFERENCE SED-SCRIPT
	sed "$3" "$assets/blocks.md" >"$1.md"
	to_word "$1" "$2" || fail "$1: $(cat err)"
	sh "$assets/check_docx.sh" "$1.docx" >log 2>&1 || fail "$1: $(cat log)"
	unzip -p "$1.docx" word/document.xml >"$1.xml"
}
made nd30 nd30 ''
made nd30-en nd30.en "$english"
made plain plain 's/^template: .*/template: plain/'
made plain-en plain.en "s/^template: .*/template: plain/; $english"

holds() { # FILE WORDS...
	file=$1
	shift
	for wanted; do
		grep -qF -e "$wanted" "$file" || fail "$file lacks $wanted"
	done
}
lacks() { # FILE WORDS
	grep -qF -e "$2" "$1" && fail "$1 has $2"
}

# Controls in the order of the text, named for programs and people; a caption's place by its id, cut to 40.
for name in nd30 nd30-en plain plain-en; do
	tags=$(grep -oE '<w:tag w:val="[^"]*"' $name.xml | sed 's/.*hailong://; s/"//' | tr '\n' ' ')
	[ "$tags" = 'title overview lists:two_2 wide turned ' ] || fail "$name: controls $tags"
	marks=$(grep -oE 'w:name="ref_[^"]*"' $name.xml | sed 's/.*="//; s/"//' | tr '\n' ' ')
	[ "$marks" = 'ref_tbl_overview ref_fig_trend ref_tbl_peers_of_the_province_in_the_reg ref_tbl_peers_of_the_province_in_the_r_2 ref_tbl_loose ref_fig_second ' ] ||
		fail "$name: bookmarks $marks"
	holds $name.xml '<w:alias w:val="Danh sách &amp; &lt;hai&gt;"/>' '<w:alias w:val="Phụ lục I. Rộng › 1. Bảng rộng"/>' 'descr="mô tả &lt; &amp; &quot; hình"'
	# one landscape section: tables too wide and one that asks for it, with headings and notes
	[ "$(grep -o 'w:orient="landscape"' $name.xml | wc -l)" -eq 1 ] || fail "$name: not one landscape section"
done
for words in 'Phụ lục I. Rộng' 'Bảng rộng' 'Bảng hai' 'Ghi chú rời.'; do
	sed 's/<\/w:sectPr>/&\
/g' plain.xml | grep 'w:orient="landscape"' | sed 's/<[^>]*>//g' | grep -qF "$words" || fail "not on the landscape page: $words"
done
holds nd30.xml '<w:alias w:val="Tên báo cáo (tự động)"/>'
holds plain-en.xml '<w:alias w:val="Title of the report (generated)"/>'
number() { grep -oE '<w:tag w:val="hailong:wide"/><w:id w:val="[0-9]*"' $1.xml; }
[ "$(number nd30)" = "$(number plain-en)" ] || fail "a control has another number in another document"

# Numbers stand below each other by their decimal marks. By hand, in 12 pt (240 twips an em; digits 0.5 em, comma, point and
# space 0.25, brackets 0.333, dash 0.5, star 0.5, stroke 0.278): behind the units of column 2 stand 1.25, 0.75 and 4.416
# (" (3,1–4,55)") em, so 759.84, 879.84 and 0 twips are left; of column 3 1.75, 0 and 1.25: 0, 420, 120; before the stroke
# of column 4, set to the left, 0.5, 1 and 0.5: 120, 0, 120.
# In English the point is the mark, so of column 2 1.25, 0.75 and 6.166 (".170 (3,1–4,55)"); "1.1. Một" is no number.
indents() {
	sed 's/<w:p>/\
<w:p>/g' $1.xml | grep 'TableText12' | grep -oE '<w:ind w:(left|right)="[0-9]*"' | grep -oE '(left|right)="[0-9]*"' | tr '\n' ' '
}
[ "$(indents nd30)" = 'right="760" left="120" right="880" right="420" right="120" left="120" ' ] || fail "indents of numbers: $(indents nd30)"
[ "$(indents nd30-en)" = 'right="1180" left="120" right="1300" right="420" right="120" left="120" ' ] ||
	fail "indents of English numbers: $(indents nd30-en)"

# A figure is no higher than the page leaves room for: 215 mm of 160 wide and 320 high, 36000 EMU each (pandoc cuts).
holds nd30.xml 'cx="3869999" cy="7739999"'

# Head and foot: all of it dotted in nd30, nothing of it elsewhere.
holds nd30.xml 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM' 'Số: ……/BC-……' '……, ngày …… tháng …… năm ……' 'Nơi nhận:' \
	'Trên đây là báo cáo kết quả thử &quot;A &amp; B&quot; &lt;i&gt;./.'
for name in nd30-en plain plain-en; do
	for words in 'CỘNG HÒA' 'Nơi nhận' './.' '……'; do lacks $name.xml "$words"; done
done
holds plain-en.xml 'Lập bằng hailong.'

# What office.csv gives.
cat >office <<'END'
office:
  parent_agency: 'Ủy ban nhân dân \<x\>'
  agency: 'Sở \& Ban'
  number: '15'
  symbol: 'BC-SNV'
  place: 'Nơi Đây'
  date: 'ngày 05 tháng 4 năm 2024'
  addressee:
  - 'Nơi Kia'
  recipient:
  - '\- Như trên;'
  - 'Lưu: VT.'
  authority:
  - 'TM\. ỦY BAN'
  - 'KT\. CHỦ TỊCH'
  position: 'Phó chủ tịch'
  signer: '\`id\` \$(x)'
END
office='/^year:/r office'
made given nd30 "$office"
holds given.xml 'ỦY BAN NHÂN DÂN &lt;X&gt;' 'SỞ &amp; BAN' 'Số: 15/BC-SNV' 'Nơi Đây, ngày 05 tháng 4 năm 2024' 'Kính gửi: Nơi Kia' \
	'- Như trên;' '- Lưu: VT.' 'TM. ỦY BAN' 'KT. CHỦ TỊCH' 'PHÓ CHỦ TỊCH' '`id` $(x)'
lacks given.xml '……'
grep -vE "(position|signer|date|symbol):" office >less
made less nd30 '/^year:/r less'
holds less.xml 'Số: 15/BC-……' 'Nơi Đây, ngày …… tháng …… năm ……' 'KT. CHỦ TỊCH' '>……<'
[ "$(grep -o '>……<' less.xml | wc -l)" -eq 2 ] || fail "position and signer are not both dotted"
made given-en nd30.en "$english
$office"
holds given-en.xml 'Ủy ban nhân dân &lt;x&gt; · Sở &amp; Ban · 15/BC-SNV · Nơi Đây, ngày 05 tháng 4 năm 2024'

# LibreOffice finds every number and reference, also inside controls, and turns the page.
if command -v soffice >/dev/null; then
	HOME=$dir soffice --headless --convert-to pdf nd30.docx plain.docx >/dev/null 2>&1
	for name in nd30 plain; do
		pdftotext -layout $name.pdf text || fail "LibreOffice: no $name.pdf"
		holds text 'Nêu tại Bảng 1 và Hình 1.' 'Xem Bảng 2, Bảng 3, Bảng 4 và Hình 2.' 'Bảng 3. Bảng hai' 'Hình 2. Hình cuối'
		grep -qE 'MERGEFORMAT|SEQ|Error' text && fail "$name: a field is shown as its instruction"
		pdfinfo -l 9 $name.pdf | grep -c '841.* x 595' | grep -qx 1 || fail "$name: not one landscape page"
	done
fi

# HTML leaves the blocks out and keeps what is in them.
for name in tall wide; do echo '<svg width="20" height="40"></svg>' >$name.svg; done
sed 's/\.png/.svg/' nd30.md >page.md
pandoc -f markdown -t html5 --lua-filter="$root/reports/html.lua" page.md >page.html 2>err || fail "html: $(cat err)"
holds page.html 'Ghi chú bảng.' '<strong>Bảng 3.</strong>'
lacks page.html 'class="block"'

# Refused, by both filters where both would fall: pandoc stops, says why, writes nothing.
refused() { # WORDS MARKDOWN
	printf -- '---\nlang: vi\ntitle: x\n---\n\n%b\n' "$2" >wrong.md
	rm -f wrong.docx
	to_word wrong nd30
	code=$?
	[ $code = 83 ] || fail "status $code of: $2"
	[ ! -e wrong.docx ] || fail "something was written of: $2"
	holds err "$1"
}
also_html() {
	pandoc -f markdown -t html5 --lua-filter="$root/reports/html.lua" wrong.md >/dev/null 2>err && fail "html takes it: $1"
}
refused 'block "b" stands inside block "a"' '::: {#a .block}\n::: {#b .block}\nx\n:::\n:::'
also_html nested
refused 'two blocks are called "a"' '::: {#A .block}\nx\n:::\n\n::: {#a .block}\ny\n:::'
also_html twice
refused 'two blocks are called "title"' '::: {#title .block}\nx\n:::'
refused '"" is no name of a block' '::: {.block}\nx\n:::'
refused '"a.b" is no name of a block' '::: {#a.b .block}\nx\n:::'
refused 'is no name of a block: up to 39' '::: {#a123456789012345678901234567890123456789 .block}\nx\n:::'
refused 'opens or closes nothing' '::: {#a .block}\nx\n\ny'
refused 'opens or closes nothing' '::: {#a .block}\nx\n:::\n\ny\n\n:::\n'
refused 'holds the heading' '::: {#a .block}\n# x\n:::'
refused 'figure #fig:a has no alternative text' '![x](wide.png){#fig:a alt=""}'
refused 'does not exist' 'x [Bảng 1](#tbl:none)'
refused 'which is "Hình 1"' '![x](wide.png){#fig:a}\n\n[Hình 2](#fig:a)'
refused 'two figures or tables are called #fig:a' '![x](wide.png){#fig:a}\n\n![y](wide.png){#fig:a}'
refused 'stands inside a list' '- x\n\n  ![x](wide.png){#fig:a}'
refused 'cannot read figure "x"' '![x](none.png){#fig:a}'
sed 's/^template: .*/template: nd31/' nd30.md >wrong.md
to_word wrong nd30 && fail "template nd31 is taken"
holds err 'template must be nd30 or plain, not "nd31"'

# The check of documents sees what is broken in one.
broken() { # WORDS PART SED-SCRIPT
	rm -rf x broken.docx
	mkdir x
	unzip -q nd30.docx -d x
	sed "$3" "x/$2" >part
	cmp -s part "x/$2" && fail "nothing to break: $3"
	cp part "x/$2"
	(cd x && zip -q -r ../broken.docx .)
	sh "$assets/check_docx.sh" broken.docx >log 2>&1 && fail "not seen: $1"
	holds log "$1"
}
body=word/document.xml
broken 'no bookmark ref_tbl_nothing' $body 's/REF ref_tbl_overview/REF ref_tbl_nothing/'
broken 'ref_tbl_overview is not mentioned before' $body 's/REF ref_tbl_overview/REF ref_fig_second/'
broken 'Bảng 7 is the 1. of its kind' $body 's/\(SEQ Bảng.*<w:t xml:space="preserve">\)1\(<.*Các chỉ số\)/\17\2/'
broken 'a picture has no alternative text' $body 's/descr="mô tả[^"]*"/descr=""/'
broken 'may leave its caption' $body 's/<w:pStyle w:val="Caption"\/><w:keepNext\/>/<w:pStyle w:val="Caption"\/>/g'
broken 'row 1 is no head row' $body 's/<w:tblHeader\/>//'
broken 'a note may leave its table' $body 's/<w:keepNext\/>//g'
broken 'may break' $body 's/<w:cantSplit\/>//g'
broken 'is not the only one called' $body 's/hailong:wide/hailong:overview/'
broken 'has the tag "hailong:a b"' $body 's/hailong:wide/hailong:a b/'
broken 'a section ends inside the control' $body 's/<\/w:sdtContent><\/w:sdt>//; s/<w:sectPr>.*<w:sectPr>/&/'
broken 'not exactly one first page' $body 's/<w:titlePg\/>//'
broken 'a figure is followed by' $body 's/w:val="Caption"/w:val="BodyText"/g'
broken 'language ""' docProps/core.xml 's/vi-VN//'
broken 'styles are not in vi-VN' word/styles.xml 's/vi-VN/en-GB/g'
broken 'decimal symbol is not ,' word/settings.xml 's/decimalSymbol w:val=","/decimalSymbol w:val="."/'
broken 'creator is' docProps/core.xml 's/hailong 0.0.0//'
broken 'keywords are' docProps/core.xml 's/, 2024//'
broken 'created is' docProps/core.xml 's/2000-01-01/2026-01-01/'
exit $bad
