#!/bin/sh
# audit.sh PROGRAM -- every number of a report occurs in its audit, and is what the audit says.
#
# The numbers are taken out of the finished documents by other programs (unzip, sed, grep), and looked up in
# the audit; values are compared with what is printed and with the line of the file that they are said to
# come from. Then `hailong audit` finds them, and tells what is not there and what has changed.
. "$(dirname "$0")/start.sh"
unset HAILONG_SHARE

# The fields of a CSV file, one record a line, separated by \036 (a field of ours has no line break).
fields() {
	awk '{
		out = ""
		quoted = 0
		for (i = 1; i <= length($0); i++) {
			c = substr($0, i, 1)
			if (c == "\"" && quoted && substr($0, i + 1, 1) == "\"") { out = out c; i++ }
			else if (c == "\"") quoted = !quoted
			else out = out (c == "," && !quoted ? "\036" : c)
		}
		print out
	}' "$1"
}

# The number without sign.
bare() { sed 's/^+//; s/^−//'; }

# Digits with single points and commas between them, each on a line.
numbers() { grep -oE '[0-9]+([.,][0-9]+)*'; }

# Numbers that stand more often in the document than in the audit.
compare() { # NAME DOCUMENT-NUMBERS AUDIT-NUMBERS
	LC_ALL=C sort "$2" | uniq -c | awk '{ print $2, $1 }' >"$dir/there"
	LC_ALL=C sort "$3" | uniq -c | awk '{ print $2, $1 }' >"$dir/told"
	awk 'NR == FNR { told[$1] = $2; next } told[$1] < $2 { print $1 ": " $2 " times, the audit has " told[$1] + 0; bad = 1 }
	     END { exit bad || FNR < 10 }' "$dir/told" "$dir/there" >"$dir/log" || fail "$1: $(head -5 "$dir/log")"
}

# Values that do not round to what is printed, and results that are not what stands in their line.
judge() { # NAME AUDIT LANG
	fields "$2" >"$dir/rows"
	awk -F '\036' -v lang="$3" -v root="$root" '
	function told(s) { # as a number; decimals go into `places`
		sub(/^\+/, "", s)
		gsub(/−/, "-", s)
		if (lang == "vi") { gsub(/\./, "", s); sub(/,/, ".", s) } else gsub(/,/, "", s)
		places = index(s, ".") ? length(s) - index(s, ".") : 0
		return s + 0
	}
	function size(x) { return x < 0 ? -x : x }
	function line_of(file, n,   i, s, path) {
		if (!(file in read)) {
			read[file] = 1
			path = file ~ /^\// ? file : root "/" file
			for (i = 1; (getline s <path) > 0; i++) lines[file, i] = s
			close(path)
		}
		return lines[file, n]
	}
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	{
		text = $at["text"]; kind = $at["kind"]; value = $at["value"]
		if (kind == "number") { print text ": nobody said what it is"; bad = 1 }
		if (kind == "text" && $at["file"] == "" && text !~ /^0\.[0-9.]+$/) { print text ": no file: " $at["words"]; bad = 1 }
		if (kind ~ /^(year|code|label|text)$/) next
		if (value == "") { print text " (" kind ") has no value"; bad = 1; next }
		if (size(told(text) - value) > 0.5 * 10 ^ -places + 1e-9) { print text " is said to be " value; bad = 1 }
		if (kind == "figure" || kind == "level") next
		checked++
		if ($at["sha256"] !~ /^[0-9a-f]+$/ || length($at["sha256"]) != 64) { print text " (" kind ") has no file"; bad = 1 }
		if ($at["survey"] == "" || $at["year"] == "" || $at["item"] == "") { print text " (" kind ") of what?"; bad = 1 }
		if (kind == "maximum") maximum[$at["item"]] = value
		if (kind != "result" || $at["line"] == "") next
		n = split(line_of($at["file"], $at["line"]), part, ",")
		found = 0
		for (i = 1; i <= n; i++) found += part[i] != "" && part[i] + 0 == value + 0
		for (i = 1; i <= n && !found; i++) # the points of a survey: that part of the maximum
			found += part[i] ~ /^[0-9.]+$/ && part[i] * maximum[$at["item"]] / 100 == value + 0
		if (!found || part[1] != $at["year"] || part[2] != $at["province"]) {
			print text " = " value " is not in line " $at["line"] " of " $at["file"] ": " line_of($at["file"], $at["line"])
			bad = 1
		}
		lined++
	}
	END {
		if (checked < 20) { print "only " checked + 0 " numbers"; bad = 1 }
		print checked + 0, lined + 0 >"/dev/stderr"
		exit bad
	}' "$dir/rows" >"$dir/log" 2>"$dir/counts" || fail "$1: $(head -5 "$dir/log")"
}

looked_up() { # LANG REPORT...: the report in that language, and its numbers
	lang=$1
	shift
	out=$dir/$lang-$1
	"$hailong" report "$@" --lang "$lang" --format md,docx --out "$out" --audit "$out.csv" >/dev/null 2>"$dir/err" ||
		fail "report $*: $(cat "$dir/err")"
	judge "$out" "$out.csv" "$lang"
	# all that people read in Word: without the instructions of fields
	unzip -p "$out"/*.docx word/document.xml | sed 's|<w:instrText[^>]*>[^<]*</w:instrText>||g; s|</w:p>|\n|g; s|<[^>]*>||g; s|&[^;]*;||g' |
		numbers >"$dir/docx"
	awk -F '\036' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["place"] != "alt" { print $at["text"] }' "$dir/rows" | bare >"$dir/said"
	compare "$out.docx" "$dir/docx" "$dir/said"
	# Markdown: without the addresses of pictures and links, and the numbers that captions have in Word only
	sed '/^template: /d; s|](figures/[^)]*)|]|g; s|](#[^)]*)|]|g; s|{#[a-z]*:[a-z0-9-]*||g; s| width=160mm||; s|\\||g' "$out"/*.md |
		numbers >"$dir/md"
	awk -F '\036' 'NR > 1 { print $2 }' "$dir/rows" | bare >"$dir/said"
	compare "$out.md" "$dir/md" "$dir/said"
	LC_ALL=C grep -q "$(printf '\363')" "$out"/*.md && fail "$out: a mark was left in the document"
}

for lang in vi en; do
	looked_up $lang papi --province "Hưng Yên" --year 2024
	looked_up $lang par-index papi pci --province "Lai Châu" --year 2013
	looked_up $lang sipas-example --province 33 --simulations 2000 # of sets of ranks: quicker
	looked_up $lang par-index-example --province 17
done
out=$dir/vi-papi

# A sum of dimensions is the sum of what scores.csv prints of them; of PAPI nothing else is printed.
fields "$out.csv" | awk -F '\036' -v root="$root" '
	NR == 1 {
		for (i = 1; i <= NF; i++) at[$i] = i
		while ((getline s <(root "/surveys/papi/scores.csv")) > 0) {
			split(s, part, ",")
			year[part[1], part[2]] += part[4]
		}
		next
	}
	$at["survey"] == "papi" && $at["item"] == "total" && $at["kind"] == "result" && $at["stat"] == "score" {
		sum = year[$at["year"], $at["province"]]
		if (sum - $at["value"] > 1e-9 || $at["value"] - sum > 1e-9) { print $at["value"], "is not", sum; bad = 1 }
		n++
	}
	END { exit bad || n < 20 }' >"$dir/log" || fail "totals: $(cat "$dir/log")"

says() { # WORDS...: of the last command
	for wanted; do
		grep -qF -e "$wanted" "$dir/out" "$dir/err" || fail "not said: $wanted"
	done
}
ask() { # STATUS WORD...
	status=$1
	shift
	"$hailong" audit "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got = "$status" ] || fail "audit $*: status $got, not $status: $(cat "$dir/err")"
}

# Hưng Yên's item 2.4 of 2024 in scores.csv; with comma or point; the sign of a change may be left out.
line=$(grep -n '^2024,33,2.4,' "$root/surveys/papi/scores.csv" | cut -d: -f1)
score=$(sed -n "${line}p" "$root/surveys/papi/scores.csv" | cut -d, -f4 | sed 's/0*$//')
"$hailong" report papi --province 33 --year 2024 --format html --out "$out" >/dev/null 2>"$dir/err" || fail "html: $(cat "$dir/err")"
ask 0 "$out/papi-2024-hung-yen.html" 1,48
says "$score" "surveys/papi/scores.csv, dòng $line" "Bảng 4" "2.4. Công khai" "không đổi"
cp "$dir/out" "$dir/comma"
ask 0 "$out/papi-2024-hung-yen.html" 1.48
cmp -s "$dir/out" "$dir/comma" || fail "1.48 is not 1,48"
ask 0 "$out.csv" 1,48 --lang en
says "line $line" "unchanged" "result: $score points"
ask 0 "$out/papi-2024-hung-yen.md" 0,18 --audit "$out.csv"
says "tăng 0,18 điểm" "so với năm 2023"
ask 0 "$out.csv" −0,82
ask 1 "$out.csv" +0,82
ask 1 "$out/papi-2024-hung-yen.html" 99,41
says '"99,41" is not among the numbers of'
ask 1 "$out.csv" 63,17
"$hailong" report papi --province 33 --year 2024 --format docx --out "$out" >/dev/null 2>"$dir/err" || fail "docx: $(cat "$dir/err")"
ask 0 "$out/papi-2024-hung-yen.docx" 1,48
sed 's/\.docx/.html/' "$dir/out" | cmp -s - "$dir/comma" || fail "Word carries another audit"
ask 1 "$out/papi-2024-hung-yen.docx" 63,17
ask 3 "$out/papi-2024-hung-yen.md" 44,40
says "carries no audit" "--audit FILE"
ask 3 "$root/surveys/papi/structure.csv" 1
says "is no audit"
ask 1 "$dir/none.html" 1
ask 2 "$out.csv"

# The audit that a page carries is the one that --audit writes; a second run gives the same bytes.
"$hailong" report papi --province 33 --year 2024 --format html --out "$dir/again" --audit "$dir/again.csv" >/dev/null 2>&1
cmp -s "$out.csv" "$dir/again.csv" || fail "the audit differs the second time"
cmp -s "$out/papi-2024-hung-yen.html" "$dir/again/papi-2024-hung-yen.html" || fail "the page differs the second time"
sed -n 's/^<script type="application\/x-deflate-hex" id="hailong-audit">[0-9]*:\([0-9a-f]*\)<\/script>$/\1/p' \
	"$dir/again/papi-2024-hung-yen.html" >"$dir/hex"
node -e 'process.stdout.write(require("zlib").inflateSync(Buffer.from(require("fs").readFileSync(process.argv[1], "latin1").trim(), "hex")))' \
	"$dir/hex" | cmp -s - "$dir/again.csv" || fail "the page carries another audit"

# It is not replaced without --force, and then nothing is.
echo mine >"$dir/mine.csv"
"$hailong" report papi --province 33 --year 2023 --format md --out "$dir/late" --audit "$dir/mine.csv" >"$dir/out" 2>"$dir/err"
[ $? = 1 ] || fail "an audit was replaced"
says "$dir/mine.csv"
[ "$(cat "$dir/mine.csv")" = mine ] || fail "an audit was changed"
[ -z "$(find "$dir/late" -type f)" ] || fail "documents without their audit: $(find "$dir/late" -type f)"
"$hailong" report papi --province 33 --year 2023 --format md --out "$dir/late" --audit "$dir/no/such.csv" >/dev/null 2>"$dir/err"
[ $? = 1 ] || fail "an audit into a folder that is not there"
[ -z "$(find "$dir/late" -type f)" ] || fail "documents without their audit: $(find "$dir/late" -type f)"
"$hailong" report papi --province 33 --year 2023 --format md --out "$dir/late" --audit "$dir/mine.csv" --force >/dev/null 2>"$dir/err" ||
	fail "--force: $(cat "$dir/err")"
head -1 "$dir/mine.csv" | grep -q '^number,text,value,kind,unit,section,' || fail "no audit with --force"

# An input that changed since, and one that is gone, are told.
mkdir "$dir/own"
cp "$root"/surveys/par-index/*.csv "$dir/own"
"$hailong" report "$dir/own" --province "Lai Châu" --year 2013 --format md --out "$dir/own-out" --audit "$dir/own.csv" >/dev/null 2>"$dir/err" ||
	fail "own: $(cat "$dir/err")"
ask 0 "$dir/own.csv" 63,17
says "$dir/own/scores.csv, dòng $(grep -n '^2013,12,total,' "$dir/own/scores.csv" | cut -d: -f1) (không đổi"
sed -i 's/^2013,12,total,63.17,/2013,12,total,63.18,/' "$dir/own/scores.csv"
ask 0 "$dir/own.csv" 63,17
says "tệp đã thay đổi" "$dir/own/scores.csv: the file has changed since the report was made"
[ "$(grep -c 'has changed' "$dir/err")" = 1 ] || fail "a changed file is warned of more than once"
ask 5 "$dir/own.csv" 63,17 --strict
rm "$dir/own/scores.csv"
ask 0 "$dir/own.csv" 63,17
says "không tìm thấy tệp"

# Words of a user that hold the private characters of our marks: they stay, and no number is lost.
mkdir "$dir/odd"
cp "$root"/surveys/par-index/*.csv "$dir/odd"
fake=$(printf '\363\260\200\200\363\264\200\200')
close=$(printf '\364\200\200\200')
for words in "x${fake}99,99${close}" "y${fake}" "z${close}"; do
	sed -i "1!s|\"Chỉ số cải cách hành chính của|\"Chỉ số $words của|" "$dir/odd/survey.csv"
	grep -qF "$words" "$dir/odd/survey.csv" || fail "no private character is tried"
	rm -rf "$dir/odd-out"
	"$hailong" report "$dir/odd" --province "Lai Châu" --year 2013 --format md,docx,html --out "$dir/odd-out" --audit "$dir/odd.csv" --force >/dev/null 2>"$dir/err" ||
		fail "private characters: $(cat "$dir/err")"
	grep -qF "Chỉ số $words của" "$dir/odd-out/"*.md || fail "private characters: what stood in the title is not there"
	judge "private characters" "$dir/odd.csv" vi
	ask 0 "$dir/odd-out/"*.html 63,17
	grep -qF "63,17 điểm (giảm 3,29 điểm)" "$dir/odd-out/"*.md || fail "private characters: the sentence is not whole"
	cp "$root"/surveys/par-index/*.csv "$dir/odd"
done
exit $bad
