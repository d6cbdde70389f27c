#!/bin/sh
# book.sh PROGRAM -- several surveys in one report, and the reports of all provinces.
. "$(dirname "$0")/start.sh"

holds() { # FILE WORDS...
	file=$1
	shift
	for wanted; do
		grep -qF -e "$wanted" "$file" || fail "$file does not say: $wanted"
	done
}

refused() { # STATUS WORDS OPTION...: and nothing is left
	status=$1
	words=$2
	shift 2
	"$hailong" report "$@" --out "$dir/none" >/dev/null 2>"$dir/err"
	got=$?
	[ $got = "$status" ] || fail "report $*: status $got, not $status"
	holds "$dir/err" "$words"
	[ ! -e "$dir/none" ] || [ -z "$(ls -A "$dir/none")" ] || fail "report $*: left $(ls -A "$dir/none")"
}

# The sections in the order of the command line, each survey's under its name; the indices of the overview in that order.
# PAPI has tables of 2023; of PAR INDEX, SIPAS and PCI only totals are shipped.
"$hailong" report papi par-index sipas pci --province "Hưng Yên" --year 2023 --format md --out "$dir/four" >"$dir/out" ||
	fail "four surveys"
md=$dir/four/papi-par-index-sipas-pci-2023-hung-yen.md
[ "$(sed -n 's/^# //p' "$md" | sed 's/ {.*//' | head -6 | tr '\n' '|')" = \
	'I. Kết quả chung|II. Kết quả PAPI|III. Kết quả PAR INDEX|IV. Kết quả SIPAS|V. Kết quả PCI|VI. Nhiệm vụ, giải pháp và cơ quan chịu trách nhiệm|' ] ||
	fail "sections: $(sed -n 's/^# //p' "$md" | head -6)"
[ "$(sed -n '/^# I\. /,/^# II\. /s/^| \([A-Z ]*\) |.*/\1/p' "$md" | tr '\n' ' ')" = 'PAPI PAR INDEX SIPAS PCI ' ] ||
	fail "overview: $(sed -n '/^# I\. /,/^# II\. /p' "$md" | grep '^|')"
# Ranks of the directive of 2024 (results of 2023): PAPI 12, PAR INDEX 26, SIPAS 7 of 63.
holds "$md" "title: 'Kết quả các chỉ số PAPI, PAR INDEX, SIPAS, PCI năm 2023 của tỉnh Hưng Yên'" \
	"| PAR INDEX |" "26/63" "7/63" "Báo cáo chưa được cung cấp mục tiêu của PCI." \
	"Chưa có số liệu theo nội dung, tiêu chí của SIPAS năm 2023" "# Phụ lục I. Nguồn số liệu và phương pháp của PAPI"
# SIPAS 2022 and 2023 are in percent, PAPI in points (survey.csv).
sed -n '/^# IV\. /,/^# V\. /p' "$md" | grep -qF '| Năm | Kết quả (%) |' || fail "scores in percent are not headed so"
sed -n '/^# II\. /,/^# III\. /p' "$md" | grep -qF '| Năm | Điểm |' || fail "points are not headed so"
[ "$(grep -c '^:::: {#' "$md")" = "$(grep -c '^::::$' "$md")" ] || fail "blocks are not closed"
grep '^:::: {#' "$md" | sort | uniq -d | grep . && fail "two blocks of one name"

# The mean of the nine others of the region that have a total in 2023 is 43.3391 (Quảng Ninh has none): sums of scores.csv in
# Python. In 2022 the only part of Bắc Giang in the lower half is 3.1: 1.9629, as printed the median (1.96425), so no weak one.
holds "$md" "Trung bình của vùng Đồng bằng sông Hồng là 43,34 điểm, gồm 9 tỉnh, thành phố có kết quả." \
	"Kết quả cao nhất: Thừa Thiên Huế (46,04 điểm)" "Đắk Nông (38,97 điểm). "
"$hailong" report papi --province "Bắc Giang" --year 2022 --format md --out "$dir/median" >/dev/null || fail "Bắc Giang"
holds "$dir/median/papi-2022-bac-giang.md" "Không có nội dung thành phần nào có thứ hạng ở nửa dưới của các tỉnh, thành phố và thấp hơn trung vị."

# A survey without the year says so and nothing else; English is English.
"$hailong" report papi sipas --province 33 --year 2011 --lang en --format md --out "$dir/gone" >/dev/null || fail "a year that one lacks"
holds "$dir/gone/papi-sipas-2011-hung-yen.md" "There are no SIPAS figures of Hưng Yên for 2011" "# II. PAPI" "# III. SIPAS"
[ "$(grep -c '{#.*sipas' "$dir/gone/papi-sipas-2011-hung-yen.md")" = 0 ] || fail "a survey without the year says more than that"

# Simulated data beside real ones are named in the banner, in the overview and in their own captions, and in no others.
"$hailong" report papi sipas-example --province 33 --year 2024 --simulations 2000 --format md --out "$dir/mixed" >/dev/null || fail "simulated beside real"
mixed=$dir/mixed/papi-sipas-example-2024-hung-yen.md
grep -q "^banner: 'CÓ SỐ LIỆU MÔ PHỎNG.*SIPAS" "$mixed" || fail "no banner of what is simulated"
grep -E '^(Table: |!\[)' "$mixed" | grep 'sipas-example' | grep -v 'số liệu mô phỏng' && fail "a simulated caption is not marked"
grep -E '^(Table: |!\[)' "$mixed" | grep -v 'sipas-example' | grep 'số liệu mô phỏng' && fail "a real caption is marked"

refused 2 'named twice' papi papi --province 33 --year 2024
refused 2 'has no year 1999' papi sipas --province 33 --year 1999
refused 3 'lists nothing for' par-index --province 33 --year 2012
refused 2 'neither colour nor mono' papi --province 33 --theme dark
refused 2 'name it with --province, or say --province all' papi

# All provinces: one document each, the same as when made alone; a province that cannot be done is told and stops no other.
mkdir "$dir/share"
for part in plots reports; do ln -s "$root/$part" "$dir/share/$part"; done
ln -s "$root/tests/data/share/surveys" "$dir/share/surveys"
"$hailong" report asked --share "$dir/share" --year 2022 --province all --format md --out "$dir/all" >"$dir/out" 2>"$dir/err"
[ $? = 0 ] || fail "all provinces: $(cat "$dir/err")"
[ "$(wc -l <"$dir/out")" = 5 ] || fail "all provinces: $(cat "$dir/out")"
holds "$dir/err" "5 of 5 reports made"
"$hailong" report asked --share "$dir/share" --year 2022 --province 03 --format md --out "$dir/one" >/dev/null
cmp "$dir/one/asked-2022-cuong-dong.md" "$dir/all/asked-2022-cuong-dong.md" || fail "made alone it differs"
diff -r "$dir/one/figures" "$dir/all/figures" | grep -v '^Only in .*/all/' && fail "made alone its figures differ"
echo other >"$dir/all/asked-2022-cuong-dong.md"
rm "$dir"/all/asked-2022-[!c]*.md
"$hailong" report asked --share "$dir/share" --year 2022 --province all --format md --out "$dir/all" >"$dir/out" 2>"$dir/err"
[ $? = 1 ] || fail "a file in the way: status is not 1"
holds "$dir/err" "4 of 5 reports made" "no report of Cường Đông" "--force"
[ "$(wc -l <"$dir/out")" = 4 ] || fail "a file in the way stopped others: $(cat "$dir/out")"
holds "$dir/all/asked-2022-cuong-dong.md" other
[ -z "$(ls -A "$dir/all" | grep -v '^asked\|^figures')" ] || fail "left $(ls -A "$dir/all")"
# An agency that only supports is told so and gets no proposal of its own; in the published table of 2024, 8.1 is the lowest.
mkdir "$dir/own"
cp -r "$root/surveys/papi" "$dir/own/papi"
echo 'PAPI,8.1,support,Sở Phụ trợ,Supporting Department,văn bản thử,33,,' >>"$dir/own/papi/agencies.csv"
"$hailong" report "$dir/own/papi" --province 33 --year 2024 --format md --out "$dir/supported" >/dev/null || fail "a supporting agency"
holds "$dir/supported/papi-2024-hung-yen.md" "Sở Phụ trợ (phối hợp)" "Văn phòng UBND tỉnh khắc phục hạn chế ở: 8.1."
grep 'Sở Phụ trợ khắc phục' "$dir/supported/papi-2024-hung-yen.md" && fail "a supporting agency leads"

# Ten lost criteria stand in one table, of more the largest ten and, in an annex, all; an eleventh that lost as much as the
# tenth stands with it.
marks() { # NUMBER: so many criteria of 20 points that lost 1, 2, 3 ... points, but for 12: the first two lost 1
	echo code,criterion,max_points,self_score,appraised_score,survey_score,agency,note
	i=1
	while [ "$i" -le "$1" ]; do
		lost=$i
		[ "$1" = 12 ] && [ "$i" -gt 1 ] && lost=$((i - 1))
		[ "$1" = 12 ] && [ "$i" -gt 3 ] && lost=$((i + 8))
		[ "$1" = 12 ] && [ "$i" -eq 3 ] && lost=1
		echo "$i,Tiêu chí $i,20,20,$((20 - lost)),,Sở Nội vụ,"
		i=$((i + 1))
	done
}
for n in 10 11 12; do
	marks $n >"$dir/criteria.csv"
	"$hailong" report par-index --province 33 --year 2023 --criteria "$dir/criteria.csv" --format md --out "$dir/lost$n" >/dev/null 2>"$dir/err" ||
		fail "$n lost criteria: $(cat "$dir/err")"
	holds "$dir/lost$n/par-index-2023-hung-yen.md" "{#tbl:par-index-lost}" "điểm ở $n/$n tiêu chí"
	full=$(grep -c '{#tbl:par-index-lostall}' "$dir/lost$n/par-index-2023-hung-yen.md")
	[ "$full" = "$([ $n = 11 ] && echo 1 || echo 0)" ] || fail "$n lost criteria: $full full tables"
done

# Only the units of the year: 63 before the merger. Of SIPAS 2023 nine provinces are in the table (sipas/scores.csv).
"$hailong" report sipas --province all --year 2023 --format md --out "$dir/nine" >"$dir/out" 2>"$dir/err"
[ $? = 3 ] || fail "a table of nine: status is not 3"
holds "$dir/err" "9 of 63 reports made" "no report of Hà Giang" "lists nothing for Hà Giang"
[ "$(wc -l <"$dir/out")" = 9 ] || fail "a table of nine: $(cat "$dir/out")"

# For print without colour every ink is grey: red, green and blue lie close together.
"$hailong" report papi --province 33 --year 2024 --theme mono --format html --out "$dir/mono" >/dev/null || fail "mono"
inks() { # FOLDER: those that are not grey
	grep -ohE 'rgb\([0-9, ]*\)' "$1"/figures/*.svg | tr -dc '0-9,\n' | sort -u |
		awk -F , '{ low = $1; high = $1; for (i = 2; i <= 3; i++) { if ($i < low) low = $i; if ($i > high) high = $i } if (high - low > 30) print }'
}
[ -z "$(inks "$dir/mono")" ] || fail "colours in mono: $(inks "$dir/mono" | tr '\n' ' ')"
"$hailong" report papi --province 33 --year 2024 --format html --out "$dir/colour" >/dev/null || fail "colour"
[ -n "$(inks "$dir/colour")" ] || fail "no colours without --theme mono"

# A disk that is full after so many blocks of 512 bytes, a folder that cannot be made, a file that exists: a sentence, and
# nothing half-written. The Markdown has 40 kB, the largest picture 500 kB, the Word document more.
for blocks in 4 100 1200; do
	mkdir "$dir/full"
	(
		trap '' XFSZ
		ulimit -f $blocks
		"$hailong" report papi --province 33 --year 2024 --format md,docx --out "$dir/full" >/dev/null 2>"$dir/err"
		echo $? >"$dir/status"
	)
	{ grep -q '^[14]$' "$dir/status" && [ -s "$dir/err" ] && [ -z "$(ls -A "$dir/full")" ]; } ||
		fail "full disk after $blocks blocks: status $(cat "$dir/status"), left $(ls -A "$dir/full"): $(cat "$dir/err")"
	rm -rf "$dir/full"
done
"$hailong" report papi --province 33 --year 2024 --format md --out /proc/none >/dev/null 2>"$dir/err"
[ $? = 1 ] && [ -s "$dir/err" ] || fail "a folder that cannot be made: $(cat "$dir/err")"
mkdir "$dir/there"
echo mine >"$dir/there/papi-2024-hung-yen.docx"
"$hailong" report papi --province 33 --year 2024 --format md,docx --out "$dir/there" >/dev/null 2>"$dir/err"
[ $? = 1 ] || fail "a file that exists: status is not 1"
holds "$dir/err" 'papi-2024-hung-yen.docx' '--force'
[ "$(ls -A "$dir/there")" = papi-2024-hung-yen.docx ] || fail "a file that exists: left $(ls -A "$dir/there")"
holds "$dir/there/papi-2024-hung-yen.docx" mine
"$hailong" report papi --province 33 --year 2024 --format docx --out "$dir/there" --force >/dev/null || fail "--force does not replace"
unzip -tq "$dir/there/papi-2024-hung-yen.docx" >/dev/null || fail "--force left no document"

# Ended half-way: whole reports or none, no work folder.
"$hailong" report papi --year 2024 --province all --format md --out "$dir/ended" >"$dir/out" 2>"$dir/err" &
pid=$!
while kill -0 $pid 2>/dev/null && ! ls "$dir/ended"/*.md >/dev/null 2>&1; do sleep 0.1; done
kill -TERM $pid
wait $pid
[ $? = 1 ] || fail "ended half-way: status is not 1"
holds "$dir/err" 'interrupted' 'reports made'
[ -z "$(ls -A "$dir/ended" | grep -v '^papi-2024-.*\.md$\|^figures$')" ] || fail "ended half-way: left $(ls -A "$dir/ended")"
[ "$(ls "$dir"/ended/*.md | wc -l)" = "$(wc -l <"$dir/out")" ] || fail "ended half-way: not all that was made is told"
[ "$(wc -l <"$dir/out")" -lt 63 ] || fail "nothing was ended half-way"
exit $bad
