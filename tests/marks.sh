#!/bin/sh
# marks.sh PROGRAM -- tooltips and hooks of every chart kind, and names that try to break out.
#
# Every row of a chart's data has a mark that says it; labels carry the province they name; several
# charts can stand in one page; the file says nothing of how it was made. Whatever a table holds as a
# name is shown as it is, and nothing in it is run.
. "$(dirname "$0")/start.sh"

draw() { # FOLDER OPTION...
	into=$1
	shift
	"$hailong" chart "$@" --out "$into" >"$dir/out" 2>"$dir/err" || fail "chart $*: $(cat "$dir/err")"
}

kinds=$("$hailong" chart --list --lang en | awk 'NR > 2 { print /^ / ? $1 : $2 }')
kind_of() { # FILE
	for kind in $kinds; do
		case ${1##*/} in *"-$kind.svg" | *"-$kind-"*) echo "$kind" ;; esac
	done
}

# Words of texts and titles, entities undone, an element a line.
words() {
	xmllint --xpath '//*[local-name()="text" or local-name()="title"]' "$1" |
		sed 's/<[^>]*>/\n/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'
}

# Squares of a degree in place of provinces, by the layout of the tile map.
awk -F, 'FILENAME ~ /provinces.csv/ { if ($6 < "2025" && ($7 == "" || $7 > "2024-12-30")) name[$1] = $2; next }
	$1 == 63 && $2 in name { x = 102 + $4; y = 23 - $3
	  printf "%s{\"type\":\"Feature\",\"properties\":{\"code\":\"%s\",\"name\":\"%s\"},\"geometry\":{\"type\":\"Polygon\",", n++ ? "," : "", $2, name[$2]
	  printf "\"coordinates\":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}", x, y, x + 1, y, x + 1, y - 1, x, y - 1, x, y }
	BEGIN { print "{\"type\":\"FeatureCollection\",\"attribution\":\"squares\",\"features\":[" } END { print "]}" }' \
	surveys/provinces/provinces.csv surveys/provinces/tiles.csv >"$dir/squares.geojson"

# ---- every kind ----------------------------------------------------------------------------------

draw "$dir/all" all papi --province 33 --year 2024 --lang vi
draw "$dir/all" all sipas-example --province 33 --year 2024 --lang vi
draw "$dir/all" forest sipas-example --province 33 --year 2024 --by gender,age_group --lang vi
draw "$dir/all" map papi --province 33 --year 2024 --boundaries "$dir/squares.geojson" --lang vi
draw "$dir/all" change papi --province 46 --year 2018 --lang vi
draw "$dir/all" pareto par-index-example --province 17 --by agency --lang vi
draw "$dir/report" all papi --province 46 --year 2018 --lang vi --profile report --theme mono
draw "$dir/dark" all papi --province 77 --year 2021 --lang vi --theme dark
[ $bad = 0 ] || exit 1
for svg in "$dir/all"/*.svg "$dir/report"/*.svg "$dir/dark"/*.svg; do
	base=${svg%.svg}
	case $svg in
	"$dir/all"/*) id=c-${base##*/}-vi-web ;;
	"$dir/dark"/*) id=c-${base##*/}-vi-web-dark ;;
	*) id=c-${base##*/}-vi-report-mono ;;
	esac
	xmllint --noout "$svg" || fail "$svg is not well-formed"
	awk -v kind="$(kind_of "$svg")" -f "$root/tests/marks.awk" "$svg" "$base.csv" >"$dir/said" ||
		fail "$(head -5 "$dir/said")"
	[ "$(xmllint --xpath 'concat(name(/*/*[1]), name(/*/*[2]), " ", /*/@role, " ", /*/@aria-labelledby)' "$svg")" = \
		"titledesc img $id-title $id-desc" ] || fail "$svg does not begin with title and description"
	grep -iE 'gnuplot|\.tsv|\.gp|/tmp|/home|plots/|<script|onmouse|tabindex|Produced by' "$svg" &&
		fail "$svg tells how it was made"
	grep -o ' \(xlink:\)\?\(id\|href\)="[^"]*"' "$svg" | grep -v "=\"#\?$id-" && fail "$svg has an id without its prefix"
	grep -o 'font-family="[^"]*"' "$svg" | grep -v ',.*serif"$' && fail "$svg has a font without fallbacks"
	grep -q 'fill-opacity="0.00"' "$svg" && fail "$svg keeps places that nobody sees"
	[ "$(xmllint --xpath 'name(/*/*[last()])' "$svg")" = g ] && [ "$(xmllint --xpath 'string(/*/*[last()]/@class)' "$svg")" = marks ] ||
		fail "$svg: the marks are not on top"
done
# Discs of provinces lie on the dots that gnuplot drew, within a pixel.
for svg in "$dir/all"/*.svg; do
	{
		grep -o 'translate([0-9.]*,[0-9.]*) scale' "$svg" | tr -c '0-9.\n' ' '
		sed -n '/class="marks"/,$p' "$svg" | sed -n 's/.*data-province.*<circle cx="\([0-9.]*\)" cy="\([0-9.]*\)".*/disc \1 \2/p'
	} | awk '$1 != "disc" { x[++n] = $1; y[n] = $2; next }
		{ for (i = 1; i <= n; i++) if (($2 - x[i]) ^ 2 + ($3 - y[i]) ^ 2 < 1) next
		  print "no dot at " $2 "," $3 }' | head -3 >"$dir/off"
	[ -s "$dir/off" ] && fail "$svg: $(cat "$dir/off")"
done
for kind in $kinds; do
	ls "$dir/all" | grep -q -- "-$kind[-.].*svg" || fail "no chart $kind was looked at"
done

# Several charts in one page: no id stands twice.
cat "$dir/all"/*.svg | grep -o ' id="[^"]*"' | sort | uniq -d | grep . && fail "an id stands in two charts"

# Labels carry the province they name: all of them in the rank chart, and no other text does.
rank=$dir/all/papi-2024-33-rank
tail -n +2 "$rank.csv" | awk -F, '{ print "<text class=\"name\" data-province=\"" $2 "\">" $3 "</text>" }' | sort >"$dir/wanted"
grep -o '<text class="name"[^/]*</text>' "$rank.svg" | sort >"$dir/got"
cmp -s "$dir/wanted" "$dir/got" || fail "names of the rank chart: $(diff "$dir/wanted" "$dir/got" | head -3)"
grep -q '<text>Hưng Yên xếp thứ' "$rank.svg" || fail "the title of the rank chart lost its form"
for kind in change strip gap pareto; do # of items
	grep -q 'class="name"' "$dir/all/papi-2024-33-$kind.svg" && fail "$kind names a province in a label"
done

# What the marks cost: less than what they stand on, but for the hundreds of dots of a strip.
marks=$(sed -n '/class="marks"/,$p' "$rank.svg" | wc -c)
[ $((2 * marks)) -lt "$(wc -c <"$rank.svg")" ] || fail "the marks of the rank chart take $marks bytes"

# The looking itself: a value that the picture does not have is missed.
sed 's/,44\.404,/,44.504,/' "$rank.csv" >"$dir/wrong.csv"
awk -v kind=rank -f tests/marks.awk "$rank.svg" "$dir/wrong.csv" >/dev/null && fail "a wrong value passed"
sed 's/data-province="33"/data-province="34"/' "$rank.svg" >"$dir/wrong.svg"
awk -v kind=rank -f tests/marks.awk "$dir/wrong.svg" "$rank.csv" >/dev/null && fail "a wrong province passed"


# ---- names that try to break out -----------------------------------------------------------------

# odd FIELD1 .. FIELD5: a share whose five provinces, and an item and the survey, are called so (CSV fields).
odd() {
	rm -rf "$dir/odd"
	mkdir "$dir/odd" "$dir/odd/reports"
	cp -R "$root/tests/data/share/surveys" "$dir/odd/surveys"
	ln -s "$root/plots" "$dir/odd/plots"
	cp "$root"/reports/phrases.csv "$dir/odd/reports"
	ONE=$1 TWO=$2 THREE=$3 FOUR=$4 FIVE=$5 awk -F, -v OFS=, '
		NR > 1 { $2 = ENVIRON[$1 == "01" ? "ONE" : $1 == "02" ? "TWO" : $1 == "03" ? "THREE" : $1 == "04" ? "FOUR" : "FIVE"]; $3 = "" }
		{ print }' "$root/tests/data/share/surveys/provinces/provinces.csv" >"$dir/odd/surveys/provinces/provinces.csv"
	for survey in small asked; do
		ONE=$1 awk -F, -v OFS=, '$2 == "2" { $4 = $5 = $11 = $12 = ENVIRON["ONE"] } { print }' \
			"$root/tests/data/share/surveys/$survey/structure.csv" >"$dir/odd/surveys/$survey/structure.csv"
		TWO=$2 awk -F, -v OFS=, 'NR > 1 { $10 = ENVIRON["TWO"] } { print }' \
			"$root/tests/data/share/surveys/$survey/survey.csv" >"$dir/odd/surveys/$survey/survey.csv"
	done
	rm -rf "$dir/odd-out"
	(cd "$dir" && for survey in small asked; do
		for year in 2020 2022; do # asked begins later; some kinds cannot be drawn of every year
			"$hailong" chart all $survey --share odd --province 02 --year $year --out odd-out --format svg,png >/dev/null 2>>odd-err
		done
	done)
	[ "$(ls "$dir"/odd-out/*.svg 2>/dev/null | wc -l)" -ge 20 ] || fail "odd names: $(cat "$dir/odd-err")"
	for svg in "$dir"/odd-out/*.svg; do
		xmllint --noout "$svg" || fail "$svg is not well-formed"
		[ "$(tail -c 8 "${svg%.svg}.png" | od -An -tx1 | tr -d ' \n')" = 49454e44ae426082 ] || fail "${svg%.svg}.png is cut"
	done
	[ -z "$(find "$dir" -name 'ran*')" ] || fail "a name was run as a command"
}

# reads KIND WORDS: the picture shows the words as they are, and a tooltip says them.
reads() {
	words "$dir/odd-out/$1.svg" >"$dir/words"
	grep -qxF -e "$2" "$dir/words" || fail "$1 does not show: $2"
	grep -qF -e "$2: " "$dir/words" || fail "no mark of $1 says: $2"
}

run='Bình "$(touch ran)" `touch ran` '"'x'"' <b>&amp;]]>'
form='%s %d%n {a_b}^{c} @&~ \n \U+0041 \\'
right=$(printf '\331\205\330\261\330\255\330\250\330\247 \327\251\327\234\327\225\327\235 (12)')
odd '"Bình ""$(touch ran)"" `touch ran` '"'x'"' <b>&amp;]]>"' "$form" "$right" NaN \
	"$(printf '\360\237\221\251\342\200\215\360\237\232\200 Thu\314\233\314\200a')"
for words in "$run" "$form" "$right" NaN; do
	reads small-2022-02-rank "$words"
	reads asked-2022-02-rank "$words"
done
reads small-2022-02-rank "$(printf '\360\237\221\251\342\200\215\360\237\232\200 Th\341\273\253a')" # as one letter: NFC
for kind in delta bump slope strip gap quadrant likert trend heatmap; do
	words "$dir/odd-out/asked-2022-02-$kind.svg" | grep -qF '`touch ran`' || fail "$kind does not show a name as it is"
done
words "$dir/odd-out/small-2022-02-heatmap.svg" | grep -qF -e "$form, $run: " || fail "a cell does not say unit and item"

# A line break, characters without a picture, what XML cannot hold, more letters than there is room for.
odd "$(printf '"Việt\nNam"')" "$(printf 'a\342\200\213b\342\200\256c\001d\033e\177f')" "$(printf 'q\357\277\276r')" "'1" '#2'
rank=$dir/odd-out/asked-2022-02-rank.svg
grep -qF '<title>Việt Nam: ' "$rank" || fail "a line break in a name: $(grep -m1 Việt "$rank")"
grep -qF "<title>$(printf 'a\342\200\213b\342\200\256c d e f'): " "$rank" || fail "control characters are not spaces"
grep -qF "<title>$(printf 'q\357\277\275r'): " "$rank" || fail "U+FFFE is not replaced"
reads asked-2022-02-rank "'1"
reads small-2022-02-rank '#2'
letters=$(printf '%200s' '' | sed 's/ /ộ/g')
odd "$letters" "$(printf '%400s' '' | sed 's/ /ữ/g')" x y z
for kind in rank heatmap; do
	words "$dir/odd-out/small-2022-02-$kind.svg" >"$dir/words"
	LC_ALL=C.UTF-8 grep -qx 'ộ\{30,60\}…' "$dir/words" || fail "$kind does not cut a name of 200 letters"
	LC_ALL=C.UTF-8 grep -qx 'ữ\{30,60\}…' "$dir/words" || fail "$kind does not cut a name longer than gnuplot reads"
	grep -qF "$letters" "$dir/words" || fail "$kind does not have a name of 200 letters whole in a tooltip"
done
exit $bad
