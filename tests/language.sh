#!/bin/sh
# language.sh PROGRAM -- one language in a document: nothing English in a Vietnamese report, nothing Vietnamese in an
# English one: Markdown, Word, HTML, the words of the charts, the workbook where the program makes one.
#
# Names that stand in the data are passed over: units (provinces.csv, tiles.csv, units.csv), documents (agencies.csv),
# sources (scores.csv), notes (criteria.csv), numbers of decisions (comparability.csv), and the people listed here. In English documents every letter that only Vietnamese has is a
# fault. In Vietnamese documents every word of the English columns (phrases, structure, titles, templates) is a
# fault, but those that are built like a Vietnamese syllable and stand in the Vietnamese columns, or are listed here; and
# every word that is built otherwise, but abbreviations (all capitals).
. "$(dirname "$0")/start.sh"
export LC_ALL=C

# Names of methods, of people who made them, of indices, languages and formats, and one word that both languages have.
people="Šidák"
kept="javascript papi sipas par index pci hailong taylor holm kish satterthwaite berger priam logit fay herriot parker goldstein healy
rao scott korn graubard nchs cecodes rta cpp fr vff crt undp vcci csv iso mogstad romano shaikh wilhelm internet"

# A column of a CSV file, by name: values, one a line; "" is a quote inside quotes, a line break a space.
column() { # FILE NAME
	[ ! -e "$1" ] || awk -v want="$2" '
	function take(s) { n++; cell[n] = s }
	{
		line = held $0
		if (gsub(/"/, "\"", line) % 2) { held = line " "; next }
		held = ""
		sub(/\r$/, "", line)
		sub(/^\357\273\277/, "", line)
		n = 0
		while (line != "") {
			if (substr(line, 1, 1) == "\"") {
				s = ""
				line = substr(line, 2)
				while ((i = index(line, "\"")) && substr(line, i + 1, 1) == "\"") {
					s = s substr(line, 1, i)
					line = substr(line, i + 2)
				}
				s = s substr(line, 1, i - 1)
				line = substr(line, i + 2)
				take(s)
			} else {
				i = index(line, ",")
				take(i ? substr(line, 1, i - 1) : line)
				line = i ? substr(line, i + 1) : ""
			}
		}
		if (!at) {
			for (i = 1; i <= n; i++) if (cell[i] == want) at = i
			if (!at) exit
		} else if (at <= n && cell[at] != "") print cell[at]
		for (i = 1; i <= n; i++) cell[i] = ""
	}' "$1"
}

# Words of a template, without its marks.
prose() { sed 's/{{[^}]*}}/ /g; s/^\(title\|banner\|lang\|province\|year\|generated\|subject\|creator\|label_[a-z]*\):/ /; s/{[.#][^}]*}/ /g; s/^:::.*//' "$@"; }

# What people read of a document, on standard output.
readable() { # FILE
	case $1 in
	*.docx | *.xlsx)
		unzip -p "$1" 'word/document.xml' 'word/header*.xml' 'word/footer*.xml' 'word/footnotes.xml' \
			'docProps/core.xml' 'xl/sharedStrings.xml' 'xl/workbook.xml' 'xl/comments*.xml' 'xl/charts/*.xml' 2>/dev/null |
			sed 's/ \(descr\|title\)="\([^"]*\)"/>\2</g; s/w:val="[^"]*"//g; s/<w:instrText[^<]*<[^>]*>//g; s/<c:formatCode>[^<]*</</g; s/<\/\(w:p\|si\|c:v\|a:t\|dc:[a-z]*\)>/\n/g' |
			sed 's/<[^>]*>//g; /^total$/d; s/“total”//g' | entities # "total" is a code
		;;
	*.html)
		tr '\n' ' ' <"$1" | sed 's/<style[^>]*>/\n&/g; s/<script[^>]*>/\n&/g; s/<\/style>/&\n/g; s/<\/script>/&\n/g' |
			sed '/^<style/d; /^<script/d; s/ \(alt\|title\|aria-label\|data-caption\)="\([^"]*\)"/>\n\2\n</g; s/<\/\?\(p\|td\|th\|li\|h[1-6]\|div\|text\|title\|desc\|figcaption\|tr\)[ >]/\n&/g' |
			sed 's/<[^>]*>//g; s/<[^>]*$//; s/^[^<]*base64[^>]*>//' | entities
		;;
	*.svg)
		tr '\n' ' ' <"$1" | sed 's/<style[^>]*>/\n&/g; s/<\/style>/&\n/g' |
			sed '/^<style/d; s/ aria-label="\([^"]*\)"/>\n\1\n</g; s/<\/\?\(text\|title\|desc\)[ >]/\n&/g' | sed 's/<[^>]*>//g' | entities
		;;
	*.md)
		sed 's/](figures[^)]*)/] /g; s/](#[^)]*)/] /g; s/{#[^ }]*\( \.[a-z]*\)*\( alt=\)\?/ /g; s/ width=[0-9a-z]*}/ /g; s/{[.#][^}]*}/ /g; s/^:::.*//
			s/^template: [a-z0-9]*$//; s/^\(title\|banner\|lang\|province\|year\|generated\|subject\|creator\|label_[a-z]*\):/ /; s/^Table://; s/^ vi$//; s/\\//g' "$1"
		;;
	*) cat "$1" ;;
	esac
}

entities() { sed 's/&#x\?[0-9A-Fa-f]*;/ /g; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'; }

# The text without the names of $dir/names, longest first.
nameless() {
	awk -v names="$dir/names" '
	BEGIN { while ((getline line <names) > 0) name[++n] = line }
	{
		line = $0
		for (i = 1; i <= n; i++)
			while ((at = index(line, name[i]))) line = substr(line, 1, at - 1) "_" substr(line, at + length(name[i]))
		print line
	}'
}

# Lines with a letter that only Vietnamese has.
vietnamese() {
	awk '/\303[\200-\226\230-\266\270-\277]|\304[\202\203\220\221\250\251]|\305[\240\241\250\251]|\306[\240\241\257\260]|\341\272[\240-\277]|\341\273[\200-\271]|\314[\200\201\203\211\243]/'
}

lower() { tr '[:upper:]' '[:lower:]'; }

# Words of ASCII letters, one a line; letters beyond ASCII end no word, so half a word is none.
tokens() {
	sed 's/https\?:[^ )"]*//g; s/[A-Za-z0-9_.\/-]*\.\(csv\|png\|svg\|md\)//g' |
		awk '{
			gsub(/\342\200[\223\224\230\231\234\235\246]|\302[\240\267]|\342\210\222|\342\226[\200-\277]|\342\227[\200-\277]|\303\227/, " ")
			gsub(/[^A-Za-z\200-\377]+/, " ")
			k = split($0, w, " ")
			for (i = 1; i <= k; i++) if (w[i] ~ /^[A-Za-z][A-Za-z]+$/ && w[i] !~ /^[IVXivx]+$/) print w[i]
		}'
}
words() { tokens | lower; }

syllable='^(b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?(a|ai|ao|au|ay|e|eo|i|ia|iu|o|oa|oai|oay|oe|oi|u|ua|ue|ui|uy|uya|y)(m|n|ng|nh)?$'

# $dir/names: what may stand anywhere; $dir/english: what may not stand in Vietnamese; $dir/known: what may.
lists() {
	shared=$root/surveys/provinces
	{
		for file in "$shared/provinces.csv" "$root"/surveys/*/units.csv; do
			column "$file" name
			column "$file" aliases | tr '|' '\n'
		done
		column "$shared/tiles.csv" short_name
		for file in "$root"/surveys/*/agencies.csv; do # a document keeps its name unless it has one in English
			[ -n "$(column "$file" document_en)" ] || column "$file" document
		done
		for file in "$root"/surveys/*/scores.csv; do column "$file" source | sort -u; done
		for file in "$root"/surveys/*/criteria.csv; do column "$file" note; done
		for file in "$root"/surveys/*/comparability.csv; do column "$file" reason_vi | grep -oE '[0-9]+/[^ ,;]+'; done # decisions
		echo "$people"
	} | awk 'NF && !seen[$0]++ { print length($0) "\t" $0 }' | sort -rn | cut -f 2- >"$dir/names"
	{
		for file in "$root"/reports/phrases*.csv; do column "$file" vi; done
		for file in "$root"/surveys/*/[!s]*.csv "$root"/surveys/*/structure.csv "$root"/surveys/*/survey.csv; do
			for name in name_vi short_vi title_vi publisher agency_vi task_vi question_vi levels criterion; do column "$file" $name; done
		done
		cat "$dir/names"
		prose "$root"/reports/*.vi.md
	} | words | sort -u | grep -E "$syllable" >"$dir/both"
	{
		for file in "$root"/reports/phrases*.csv; do column "$file" en | sed 's/{[a-z0-9]*}/ /g'; done
		for file in "$root"/surveys/*/[!s]*.csv "$root"/surveys/*/structure.csv "$root"/surveys/*/survey.csv; do
			for name in name_en short_en title_en agency_en task_en question_en levels_en criterion_en region_en; do column "$file" $name; done
		done
		prose "$root"/reports/*.en.md
	} | words | sort -u >"$dir/all"
	echo "$kept" | tr ' ' '\n' | sort -u >"$dir/known"
	sort -u "$dir/known" "$dir/both" | comm -13 - "$dir/all" >"$dir/english"
	[ "$(wc -l <"$dir/english")" -gt 500 ] || fail "few English words are known"
}

# Many files at once; when something is found, each alone, so that it is told where.
check() { # LANG FILE...
	lang=$1
	shift
	for file; do
		readable "$file" | nameless >"$dir/part"
		[ "$(wc -c <"$dir/part")" -gt 20 ] || fail "$file: nothing to read" >&2
		cat "$dir/part"
		echo # the last word of one is not the first of the next
	done >"$dir/text"
	if [ "$lang" = en ]; then
		vietnamese <"$dir/text" >"$dir/found"
	else
		words <"$dir/text" | sort -u >"$dir/words"
		comm -12 "$dir/words" "$dir/english" >"$dir/found"
		tokens <"$dir/text" | grep '[a-z]' | lower | grep -vE "$syllable" | sort -u | comm -23 - "$dir/known" >>"$dir/found"
	fi
	[ -s "$dir/found" ] || return 0
	[ $# -gt 1 ] || fail "${1#"$dir/"}: the other language: $(head -c 600 "$dir/found" | tr '\n' ';')"
	[ $# -gt 1 ] || return 0
	echo "language: $# files: the other language: $(head -c 600 "$dir/found" | tr '\n' ';')"
	bad=1
	for file; do check "$lang" "$file"; done
}

formats=md,docx,html
"$hailong" report --help | grep -q xlsx && formats=$formats,xlsx

try() { # SURVEYS PROVINCE YEAR, in both languages
	for lang in vi en; do
		into=$dir/$(echo "$1" | tr " " +)-$lang
		make "$into" "$@" >/dev/null 2>"$dir/err" || fail "$* $lang: $(cat "$dir/err")"
		find "$into" -name '*.md' -o -name '*.docx' -o -name '*.html' -o -name '*.xlsx' -o -name '*.svg' -o -name '*.txt' | sort >"$dir/files"
		[ "$(wc -l <"$dir/files")" -ge 3 ] || fail "$* $lang: few files"
		# shellcheck disable=SC2046 # no blanks in names of files
		check "$lang" $(cat "$dir/files")
	done
}

make() { # FOLDER SURVEYS PROVINCE YEAR
	draws=
	[ "$2" != sipas-example ] || draws="--simulations 2000" # of sets of ranks: quicker
	# shellcheck disable=SC2086 # several surveys
	"$hailong" report $2 $draws --province "$3" --year "$4" --lang "$lang" --format $formats --out "$1"
}

lists
try "papi par-index sipas pci" 33 2023
try par-index 12 2013
try sipas-example 33 2024
try par-index-example 17 2017
try internal-example S03 2024
[ -z "${WIDE-}" ] || for one in "papi 33 2024" "sipas 33 2023" "pci 33 2024"; do
	# shellcheck disable=SC2086 # three words
	try $one
done

# A word of the other language is found wherever it is planted, and names are not.
planted() { # LANG FILE FOUND: 1 when it must be found
	before=$bad
	bad=0
	check "$1" "$2" >"$dir/log"
	got=$bad
	bad=$before
	[ "$got" -eq "$3" ] || fail "planted in $2, found: $got, expected: $3"
}
plant() { # LANG FOUND WORDS
	into=$dir/planted
	rm -rf "$into"
	mkdir -p "$into/word"
	echo "Kết quả của Long An: 5 $3 7" >"$into/a.md"
	[ "$1" = vi ] || echo "Results of Long An: 5 $3 7" >"$into/a.md"
	echo "<html><body><style>b{color:red}</style><p title=\"$3\">12345678901234567890</p></body></html>" >"$into/a.html"
	echo "<svg><style>b</style><text>12345678901234567890</text><desc>$3</desc></svg>" >"$into/a.svg"
	echo "<w:document><w:p><w:t>12345678901234567890 $3</w:t></w:p></w:document>" >"$into/word/document.xml"
	(cd "$into" && zip -q a.docx word/document.xml)
	for kind in md html svg docx; do planted "$1" "$into/a.$kind" "$2"; done
}
plant vi 1 "the score"
plant vi 1 "Unpublished"
plant vi 1 "bookworm" # stands in no list
plant vi 0 "điểm của Taylor, PAPI và Holm"
plant en 1 "điểm"
plant en 1 "Hài lòng"
plant en 1 "Đơn vị"
plant en 0 "points of Hưng Yên, Šidák, Thừa Thiên Huế"

exit $bad
