#!/bin/sh
# directives.sh PROGRAM -- what five provinces' directives say of their results, given as data, comes out as their
# sentences.
#
# tests/data/directives holds, of each, the province's own rows and nothing that its directive does not say: Hưng Yên
# 05/CT-CTUBND 2019 (no figures), Lai Châu after the results of 2014, Tuyên Quang 116/KH-UBND 2021, Hưng Yên 2024 (ranks
# without scores), Khánh Hòa 06/CT-UBND 2020 (no published score). The scores of Tuyên Quang's five factors of SIPAS are
# invented: the directive only says that all five are below 100 %.
. "$(dirname "$0")/start.sh"
data=$root/tests/data/directives

report() { # FOLDER PROVINCE YEAR OPTION...: the text is in $dir/md
	folder=$1 province=$2 year=$3
	shift 3
	rm -rf "$dir/out"
	"$hailong" report "$data/$folder" --province "$province" --year "$year" --format md --out "$dir/out" "$@" \
		>/dev/null 2>"$dir/err" || fail "$folder $*: $(cat "$dir/err")"
	cat "$dir"/out/*.md >"$dir/md"
}

holds() { # WORDS...
	for wanted; do
		grep -qF -e "$wanted" "$dir/md" || fail "$folder $year does not say: $wanted"
	done
}

lacks() { # PATTERN: no such words
	grep -nE -e "$1" "$dir/md" && fail "$folder $year says what its directive does not"
}

refused() { # STATUS WORDS COMMAND...: the problem is on one line of the message
	status=$1 wanted=$2
	shift 2
	rm -rf "$dir/out"
	"$@" >"$dir/log" 2>"$dir/err"
	got=$?
	[ "$got" -eq "$status" ] || fail "status $got, not $status: $*"
	grep -qF -e "$wanted" "$dir/err" || fail "not said: $wanted; but: $(cat "$dir/err")"
	[ -e "$dir/out" ] && fail "something was left by: $*"
}

# Lai Châu: scores in points, steps of rank in "hạng", three years in a paragraph.
report lai-chau-2014 "Lai Châu" 2013
holds "Năm 2013 đạt 63,17 điểm (giảm 3,29 điểm), xếp thứ 62/63 tỉnh, thành phố (giảm 3 hạng so với năm 2012)."
report lai-chau-2014 "Lai Châu" 2014
holds "Năm 2014 đạt 76,75 điểm (tăng 13,58 điểm), xếp thứ 52/63 tỉnh, thành phố (tăng 10 hạng so với năm 2013)." \
	"Năm 2012 đạt 66,46 điểm, xếp thứ 59/63 tỉnh, thành phố. Năm 2013 đạt 63,17 điểm (giảm 3,29 điểm), xếp thứ 62/63 tỉnh, thành phố (giảm 3 hạng so với năm 2012). Năm 2014 đạt 76,75 điểm (tăng 13,58 điểm), xếp thứ 52/63 tỉnh, thành phố (tăng 10 hạng so với năm 2013)."
report lai-chau-2014 "Lai Châu" 2014 --lang en --rank-word bậc --delta-unit percent
holds "In 2013 it scored 63.17 points (down 3.29 points), ranked 62/63 provinces (down 3 places from 2012)."

# Tuyên Quang: percentages, a place in the group, a value that rose with a rank that fell; the year after, of the press.
official="--pad --rank-word bậc --delta-unit percent"
# shellcheck disable=SC2086 # several options
{
	report tuyen-quang-2020/par-index "Tuyên Quang" 2020 $official
	holds "đạt 83,81%, xếp thứ 33 trong nhóm 56 tỉnh, thành phố nhóm B và xếp thứ 35/63" \
		"tăng 0,99% so với năm 2019, tuy nhiên thứ hạng giảm từ vị trí thứ 16 năm 2019 xuống vị trí thứ 35 năm 2020."
	report tuyen-quang-2020/par-index "Tuyên Quang" 2021 $official
	holds "Năm 2021 đạt 86,57% (tăng 2,76%), xếp thứ 34/63 tỉnh, thành phố (tăng 01 bậc so với năm 2020)."
	report tuyen-quang-2020/sipas "Tuyên Quang" 2020 $official
	holds "Năm 2020 đạt 82,25%, xếp thứ 49/63 tỉnh, thành phố (giảm 23 bậc so với năm 2019). 05/05 chỉ số tỷ lệ hài lòng không đạt 100%."
	report tuyen-quang-2020/sipas "Tuyên Quang" 2020 $official --lang en
	holds "05/05 satisfaction rates are below 100%."

	# Hưng Yên 2024: ranks without scores.
	for index in "papi 12/63 01" "par-index 26/63 14" "sipas 7/63 01"; do
		# shellcheck disable=SC2086
		set -- $index
		report "hung-yen-2023/$1" "Hưng Yên" 2023 --pad --rank-word bac
		holds "Năm 2023 xếp thứ $2 tỉnh, thành phố (giảm $3 bậc so với năm 2022)."
	done
	hung="$data/hung-yen-2023"
	rm -rf "$dir/out"
	"$hailong" report "$hung/papi" "$hung/par-index" "$hung/sipas" --province 33 --year 2023 --format md --out "$dir/out" $official >/dev/null ||
		fail "no report of three indices"
	cat "$dir"/out/*.md >"$dir/md"
	holds "Năm 2023, PAPI đứng thứ 12/63 tỉnh/thành, giảm 01 bậc so với năm 2022. PAR INDEX đứng thứ 26/63 tỉnh/thành, giảm 14 bậc so với năm 2022. SIPAS đứng thứ 7/63 tỉnh/thành, giảm 01 bậc so với năm 2022."
}
report tuyen-quang-2020/par-index "Tuyên Quang" 2020
holds "tăng 0,99 điểm phần trăm so với năm 2019, tuy nhiên thứ hạng giảm từ vị trí thứ 16"
report tuyen-quang-2020/par-index "Tuyên Quang" 2020 --lang en --delta-unit percent
holds "In 2020 it scored 83.81%, ranked 33 of 56 provinces in group B and 35/63 overall; up 0.99 percentage points from 2019, but the rank fell from 16 in 2019 to 35 in 2020."

# Nothing is published: it is said, and no number is made up.
report hung-yen-2018 "Hưng Yên" 2018
holds "Kết quả PAR INDEX của Hưng Yên như sau. Năm 2018 không công bố kết quả." "| PAR INDEX | – | – | – | – | – | – | không công bố |"
lacks 'PAR INDEX.*[0-9],[0-9]|xếp thứ|thuộc nhóm'
report khanh-hoa-2020 "Khánh Hòa" 2020
holds "Kết quả PAR INDEX của Khánh Hòa như sau. Năm 2020 không công bố kết quả." \
	"Chưa có số liệu theo nội dung, tiêu chí của PAR INDEX năm 2020 nên báo cáo không nêu điểm bị trừ"
lacks 'PAR INDEX.*[0-9],[0-9]|xếp thứ|thuộc nhóm|không đạt 100%'
report khanh-hoa-2020 "Khánh Hòa" 2020 --lang en
holds "In 2020 no result was published."

# Two agencies lead one domain: with an invented rank (60 of 63) that makes domain 7 a weakness, both are named.
cp -r "$data/hung-yen-2018" "$dir/two-leads"
echo "2018,33,7,50,60" >>"$dir/two-leads/scores.csv"
data=$dir report two-leads "Hưng Yên" 2018
holds "Sở Thông tin và Truyền thông" "Sở Khoa học và Công nghệ"

# Words and files that are wrong.
tuyen="$data/tuyen-quang-2020/par-index"
for word in xyz hạnh ''; do
	refused 2 "--rank-word: \"$word\" is not known" "$hailong" report "$tuyen" --province 08 --rank-word "$word" --out "$dir/out"
done
refused 2 '--delta-unit: "điểm" is not known' "$hailong" report "$tuyen" --province 08 --delta-unit điểm --out "$dir/out"
refused 2 '--rank-word' "$hailong" rank "$tuyen" --rank-word bậc

wrong() { # ROW-OF-2020 MESSAGE
	rm -rf "$dir/wrong"
	cp -r "$tuyen" "$dir/wrong"
	awk -v row="$1" '{ print NR == 3 ? row : $0 }' "$tuyen/scores.csv" >"$dir/wrong/scores.csv"
	refused 3 "$dir/wrong/scores.csv:3:$2" "$hailong" report "$dir/wrong" --province 08 --year 2020 --out "$dir/out"
}
wrong "2020,08,total,83.81,64,B,33,56" '21: column "rank": "64" is not a whole number from 1 to 63'
wrong "2020,08,total,83.81,35,B,33," '26: column "group_rank": a place in the group without n_group'
wrong "2020,08,total,83.81,35,B,,56" '27: column "n_group": a number of units without group_rank'
wrong "2020,08,total,83.81,35,,33,56" '25: column "group_rank": a place in the group without group'
wrong "2020,08,total,83.81,35,E,33,56" '24: column "group": groups.csv has no group "E"'
wrong "2020,08,total,83.81,35,B,57,56" '26: column "group_rank": "57" is not a whole number from 1 to 56'
wrong "2020,08,total,83.81,35,B,33,64" '29: column "n_group": more units than the ranking has: "64"'
wrong "2020,08,total,83.81,32,B,33,56" '26: column "group_rank": place 33 of 56 in the group and rank 32 of all cannot both be'
wrong "2020,08,total,83.81,41,B,33,56" '26: column "group_rank": place 33 of 56 in the group and rank 41 of all cannot both be'

# A group that the score contradicts is doubtful, not wrong: it was decided on a score nobody printed.
cp -r "$tuyen" "$dir/group"
sed 's/,B,33,56/,A,33,56/' "$tuyen/scores.csv" >"$dir/group/scores.csv"
"$hailong" check "$dir/group" 2>&1 | grep -qF "PAR INDEX 2020: Tuyên Quang is printed in group A, by its score it is in B" ||
	fail "check does not doubt a group"
"$hailong" check "$tuyen" 2>&1 | grep -q group && fail "check doubts what is right"

exit $bad
