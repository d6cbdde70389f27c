#!/bin/sh
# update.sh PROGRAM -- report --update: a report as staff edit it, renewed with another year's figures.
#
# What staff wrote must stay, blocks must follow the data, a block altered by hand must be refused with the
# file untouched, and Word's rules must hold afterwards, also when LibreOffice saved the file in between.
. "$(dirname "$0")/start.sh"

# run STATUS OPTION...: a report with them
run() {
	want=$1
	shift
	"$hailong" report papi --province "Hưng Yên" "$@" >"$dir/out" 2>"$dir/err"
	got=$?
	[ $got = "$want" ] || fail "report $*: status $got, not $want: $(cat "$dir/err")"
}

says() { # WORDS...: the last run did
	for wanted; do
		grep -qF -e "$wanted" "$dir/err" || fail "it does not say \"$wanted\": $(cat "$dir/err")"
	done
}

words() { # FILE: its text
	unzip -p "$1" word/document.xml | sed 's/<[^>]*>//g'
}

# edit FILE SED NEW: its main part through sed, as Word would leave it
edit() {
	rm -rf "$dir/parts"
	unzip -q "$1" -d "$dir/parts"
	sed -i "$2" "$dir/parts/word/document.xml"
	rm -f "$3"
	(cd "$dir/parts" && zip -qr "$3" .)
}

untouched() { # FILE LIKE
	cmp -s "$1" "$2" || fail "$1 was touched"
	[ "$(ls -A "$dir/office" | grep -v '\.docx$')" = "${3-}" ] || fail "left: $(ls -A "$dir/office")"
}

mkdir "$dir/office"
file=$dir/office/báo\ cáo.docx
run 0 --year 2024 --format docx --out "$dir/made"
made=$dir/made/papi-2024-hung-yen.docx
[ "$(unzip -p "$made" word/document.xml | grep -oE '<w:tag w:val="hailong:[a-z-]+:[0-9a-f]{16}"' | wc -l)" -ge 6 ] || fail "too few sealed blocks"

# Staff add a paragraph and split runs of a block, as Word does.
edit "$made" 's/<w:sdt>/<w:p><w:r><w:t>Giữ nguyên \&lt;đoạn\&gt; này.<\/w:t><\/w:r><\/w:p>&/
	s/44,40/44<\/w:t><\/w:r><w:proofErr w:type="spellStart"\/><w:r w:rsidR="00AB12CD"><w:t>,40/' "$file"
cp "$file" "$dir/edited.docx"
run 0 --year 2023 --update "$file"
says 'renewed: title, overview, papi-years'
[ "$(cat "$dir/out")" = "" ] || fail "printed: $(cat "$dir/out")"
words "$file" >"$dir/text"
grep -qF 'Giữ nguyên &lt;đoạn&gt; này.' "$dir/text" || fail "the paragraph of staff is lost"
grep -qF 'Năm 2023 đạt 44,23 điểm' "$dir/text" || fail "the result of 2023 is not there"
grep -qF '44,40' "$dir/text" && fail "the result of 2024 is still there"
pictures() { # FILE: how many it shows, and how many it holds
	unzip -p "$1" word/document.xml | grep -oE 'r:embed="[^"]*"' | sort -u | wc -l
	unzip -Z1 "$1" | grep -c '^word/media/'
}
pictures "$file" >"$dir/shown"
[ "$(sort -u "$dir/shown" | wc -l)" = 1 ] && [ "$(head -1 "$dir/shown")" -ge 6 ] || fail "pictures shown, held: $(cat "$dir/shown")"
unzip -q -o "$made" 'word/media/*' -d "$dir/old"
unzip -q -o "$file" 'word/media/*' -d "$dir/new"
cat "$dir"/old/word/media/* >"$dir/old.pictures"
cat "$dir"/new/word/media/* | cmp -s - "$dir/old.pictures" && fail "the pictures are the old ones"
sh "$root/tests/report_assets/check_docx.sh" "$file" >"$dir/log" 2>&1 || fail "$(cat "$dir/log")"

# The same once more: the same bytes; nothing left beside.
cp "$file" "$dir/once.docx"
run 0 --year 2023 --update "$file"
says 'as it was: title, overview, papi-years'
untouched "$file" "$dir/once.docx"

# One digit in a block, by hand.
edit "$file" 's/44,23/44,24/' "$dir/office/digit.docx"
cp "$dir/office/digit.docx" "$dir/digit.docx"
run 3 --year 2024 --update "$dir/office/digit.docx"
says '"overview" (I. Kết quả chung) was altered by hand' '44,24' '--force'
untouched "$dir/office/digit.docx" "$dir/digit.docx"
run 0 --year 2024 --update "$dir/office/digit.docx" --force --quiet
[ -s "$dir/err" ] && fail "--quiet: $(cat "$dir/err")"
words "$dir/office/digit.docx" | grep -qF '44,40' || fail "--force did not renew the block"

# Another year is the same report; another province, language or survey is not, unless that is wanted. The properties of the
# file follow, its mode stays, and one that may not be written is not replaced.
unzip -p "$file" docProps/core.xml | grep -qF 'năm 2023 của' || fail "the title in the properties is not that of 2023"
chmod 640 "$dir/office/digit.docx"
cp "$dir/office/digit.docx" "$dir/digit.docx"
other() { # WORDS OPTION...
	said=$1
	shift
	"$hailong" report "$@" --update "$dir/office/digit.docx" >"$dir/out" 2>"$dir/err"
	[ $? = 3 ] || fail "report $*: it is renewed"
	says "$said" '--force'
	untouched "$dir/office/digit.docx" "$dir/digit.docx"
}
other 'its province is "Hưng Yên", that of the renewed report "Hà Nội"' papi --province 01 --year 2024
other 'its language is' papi --province 33 --year 2024 --lang en
other 'is also about papi, of which the renewed report says nothing' par-index --province 33 --year 2023
run 0 --year 2023 --update "$dir/office/digit.docx"
[ "$(stat -c %a "$dir/office/digit.docx")" = 640 ] || fail "the mode of the file is another"
"$hailong" report papi --province 01 --year 2024 --update "$dir/office/digit.docx" --force >/dev/null 2>"$dir/err" || fail "--force: another province"
words "$dir/office/digit.docx" | grep -qF 'Kết quả PAPI của Hà Nội' || fail "--force did not take another province"
chmod 440 "$dir/office/digit.docx"
cp "$dir/office/digit.docx" "$dir/digit.docx"
run 1 --year 2024 --update "$dir/office/digit.docx"
says 'may not be written'
untouched "$dir/office/digit.docx" "$dir/digit.docx"
rm -f "$dir/office/digit.docx"

# What cannot be renewed.
for name in 'text.docx' 'old.docx' 'cut.docx' 'plain.docx'; do
	case $name in
	text*) echo 'Kính gửi' ;;
	old*) printf '\320\317\021\340\241\261\032\341 and so on' ;;
	cut*) head -c 20000 "$file" ;;
	plain*) cat "$root/reports/nd30.docx" ;;
	esac >"$dir/office/$name"
	cp "$dir/office/$name" "$dir/$name"
	run 3 --year 2024 --update "$dir/office/$name"
	untouched "$dir/office/$name" "$dir/$name"
done
says 'there are no blocks in this document'
run 1 --year 2024 --update "$dir/office/none.docx"
says 'none.docx'
ls "$dir/office" | grep -q figures && fail "figures beside the document"
run 2 --year 2024 --update "$file" --out "$dir/other"
says '--update renews'
run 2 --year 2024 --update "$file" --format html
"$hailong" report papi --province all --year 2024 --update "$file" >/dev/null 2>"$dir/err"
[ $? = 2 ] || fail "--province all: $(cat "$dir/err")"

# Open in Word, in LibreOffice.
for lock in '~$o cáo.docx' '.~lock.báo cáo.docx#'; do
	: >"$dir/office/$lock"
	run 1 --year 2024 --update "$file"
	says 'is open in'
	untouched "$file" "$dir/once.docx" "$([ "${lock#.}" = "$lock" ] || echo "$lock")"
	rm "$dir/office/$lock"
done

# LibreOffice opens it, and what LibreOffice saved can be renewed.
if command -v soffice >/dev/null; then
	office() { # FORMAT FILE
		timeout 120 soffice "-env:UserInstallation=file://$dir/profile" --headless --convert-to "$1" --outdir "$dir/saved" "$2" \
			>"$dir/log" 2>&1 || fail "LibreOffice: $(cat "$dir/log")"
	}
	office docx "$file"
	saved=$dir/saved/báo\ cáo.docx
	unzip -p "$saved" word/document.xml | grep -q '<w:tag ' && fail "LibreOffice keeps tags now; nothing needs the gallery"
	run 0 --year 2024 --update "$saved"
	says 'renewed: title, overview, papi-years'
	words "$saved" >"$dir/text"
	grep -qF 'Giữ nguyên' "$dir/text" || fail "LibreOffice: the paragraph of staff is lost"
	grep -qF 'Năm 2024 đạt 44,40 điểm' "$dir/text" || fail "LibreOffice: the result of 2024 is not there"
	[ "$(unzip -p "$saved" word/document.xml | grep -o '<w:tbl>' | wc -l)" = "$(unzip -p "$made" word/document.xml | grep -o '<w:tbl>' | wc -l)" ] ||
		fail "LibreOffice: another number of tables"
	office pdf "$saved"
	pdftotext -layout "$dir/saved/báo cáo.pdf" "$dir/text" || fail "LibreOffice does not open the result"
	grep -qF '44,40' "$dir/text" || fail "the PDF lacks the result"
fi
exit $bad
