#!/bin/sh
# charts.sh PROGRAM -- every chart kind drawn from shipped figures and read back.
#
# Each picture must be well-formed and whole, say in its own text what its CSV holds, name nothing of
# this machine, hold its text inside the view box, and come out the same twice. Missing tools and
# fonts must give status 4 and a remedy, and leave nothing.
. "$(dirname "$0")/start.sh"

draw() { # FOLDER OPTION...
	into=$1
	shift
	"$hailong" chart "$@" --out "$into" >"$dir/out" 2>"$dir/err" || {
		fail "chart $*: $(cat "$dir/err")"
		return 1
	}
}

# Words of a picture, one <text> a line, entities undone.
words() { xmllint --xpath '//*[local-name()="text"]' "$1" | sed 's/<[^>]*>/\n/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g'; }

for case in "33 2024 vi web" "33 2024 en report" "77 2021 vi report" "46 2018 vi web" "24 2022 vi web"; do
	# shellcheck disable=SC2086
	set -- $case
	code=$1 year=$2
	folder=$dir/$code-$year-$3-$4
	draw "$folder" all papi --province "$code" --year "$year" --lang "$3" --profile "$4" \
		--format svg,png,pdf || continue
	for svg in "$folder"/*.svg; do
		base=${svg%.svg}
		xmllint --noout "$svg" || fail "$svg is not well-formed"
		grep -q 'role="img"' "$svg" || fail "$svg has no role"
		grep -qi 'gnuplot_plot\|\.tsv\|/tmp\|Produced by' "$svg" && fail "$svg tells how it was made"
		[ -s "$base.txt" ] && [ "$(wc -l <"$base.csv")" -gt 1 ] || fail "$base has no data or alt text"
		[ "$(tail -c 8 "$base.png" | od -An -tx1 | tr -d ' \n')" = 49454e44ae426082 ] || fail "$base.png is cut"
		tail -c 8 "$base.pdf" | grep -q '%%EOF' || fail "$base.pdf is cut"
	done
done

# The picture says what the data say: every province and score of the rank chart, in its place's form.
rank=$dir/33-2024-en-report/papi-2024-33-rank
words "$rank.svg" >"$dir/words"
tail -n +2 "$rank.csv" | while IFS=, read -r place code name score rest; do
	grep -qxF "$name" "$dir/words" || echo "rank: $name is not in the picture"
	shown=$(awk -v x="$score" 'BEGIN { printf "%.2f", x + 1e-9 }')
	grep -qxF "$shown" "$dir/words" || echo "rank: $shown of $name is not in the picture"
done >"$dir/missing"
[ -s "$dir/missing" ] && fail "$(cat "$dir/missing")"
[ "$(tail -n +2 "$rank.csv" | wc -l)" = 61 ] || fail "61 provinces were ranked in 2024"

# Of estimates every kind but the lost points of a sum; simulated data are called so in every picture.
draw "$dir/estimates" all sipas-example --province 33 --simulations 2000 --lang vi --format svg
for svg in "$dir/estimates"/*.svg; do
	xmllint --noout "$svg" || fail "$svg is not well-formed"
	grep -q 'mô phỏng' "$svg" || fail "$svg does not say that its data are simulated"
done
[ "$(ls "$dir/estimates"/*.svg | wc -l)" = 15 ] || fail "sipas-example: $(ls "$dir/estimates")"

# Boundaries: squares, a tile each. Both archipelagos stand in the picture though the file has no polygon of them.
awk -F, 'BEGIN { print "{\"type\":\"FeatureCollection\",\"attribution\":\"squares <&> co\",\"features\":[" } $1 == 34 && $2 ~ /^[0-9]/ {
	x = 102 + $4; y = 23 - $3
	printf "%s{\"type\":\"Feature\",\"properties\":{\"code\":%d},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}\n", \
		n++ ? "," : "", $2, x, y, x + 1, y, x, y - 1, x, y }
	END { print "]}" }' surveys/provinces/tiles.csv >"$dir/squares.geojson"
draw "$dir/map" map papi --province 91 --year 2024 --system 34 --boundaries "$dir/squares.geojson" --format svg,png,pdf,emf
map=$dir/map/papi-2024-91-of-34-map
xmllint --noout "$map.svg" || fail "$map.svg is not well-formed"
words "$map.svg" >"$dir/words"
for word in 'Quần đảo Hoàng Sa' 'Quần đảo Trường Sa' '(tỉnh Khánh Hòa)' 'Ranh giới chỉ để minh hoạ số liệu.' 'An Giang'; do
	grep -qxF "$word" "$dir/words" || fail "the map does not say $word"
done
grep -q 'squares <&> co' "$dir/words" || fail "the map does not name the source of its boundaries"
[ "$(grep -c ',code,' "$map.csv")" = 34 ] || fail "the map of 34 has not 34 units"

# A break between years: no connecting line, the reason in words, in picture and alt text.
for file in "$dir/46-2018-vi-web/papi-2018-46-change.svg" "$dir/46-2018-vi-web/papi-2018-46-change.txt"; do
	grep -q 'không so được' "$file" || fail "$file does not say that years cannot be compared"
done

# A province without results says so, and is not ranked.
grep -q 'không có thứ hạng' "$dir/24-2022-vi-web/papi-2022-24-rank.svg" || fail "Bắc Giang 2022 is not told as unranked"

# Tables that do not list every province: some rows have no rank, and other charts cannot be drawn.
draw "$dir/sparse" rank sipas --year 2024 --province 01
draw "$dir/sparse" rank par-index --year 2021 --province 01 &&
	grep -q 'thấp nhất: Kiên Giang (79,97' "$dir/sparse/par-index-2021-01-rank.txt" || # its lowest score, not its last row
	fail "the lowest of an unranked table is wrong"
draw "$dir/sparse" all pci --year 2016 --province 33
[ -e "$dir/sparse/pci-2016-33-trend.svg" ] && [ ! -e "$dir/sparse/pci-2016-33-heatmap.svg" ] ||
	fail "all charts of PCI: not those that its figures allow"

# Units after a merger in years before it: called estimates in picture, words and data, and named apart.
draw "$dir/merged" all papi --province 33 --year 2024 --system 34 --lang en
for kind in rank change trend tilemap heatmap radar panels; do
	base=$dir/merged/papi-2024-33-of-34-$kind
	words "$base.svg" | grep -q 'estimate' || fail "$kind of merged units: the picture calls nothing an estimate"
	grep -q '^Estimates for the units after the merger' "$base.txt" || fail "$kind of merged units: nor do its words"
	grep -q ',merged_estimate$' "$base.csv" || fail "$kind of merged units: nor does its data"
done
[ "$(grep -c '^[0-9]' "$dir/merged/papi-2024-33-of-34-tilemap.csv")" = 34 ] || fail "the tile map of 34 has not 34 units"
words "$dir/merged/papi-2024-33-of-34-tilemap.svg" | grep -q 'Tuyên Quang' || fail "a tile of 34 has room for the whole name"
words "$dir/33-2024-en-report/papi-2024-33-tilemap.svg" | grep -q 'T. Quang' || fail "a tile of 63 has room for the short name only"

# The same command gives the same bytes, wherever and in whatever locale it runs.
draw "$dir/again" all papi --province 33 --year 2024 --lang en --profile report --format svg,png,pdf
(cd / && LC_ALL=C.UTF-8 TZ=Asia/Ho_Chi_Minh "$hailong" chart all papi --province "hung yen" --year 2024 \
	--lang en --profile report --format svg,png,pdf --out "$dir/third" >/dev/null 2>&1)
for file in "$dir/33-2024-en-report"/*; do
	cmp -s "$file" "$dir/again/${file##*/}" || fail "${file##*/} differs the second time"
	cmp -s "$file" "$dir/third/${file##*/}" || fail "${file##*/} differs in another folder and locale"
done

# The same chart in two languages, profiles or themes can stand on one page: no two have an id in common.
for theme in mono dark; do
	draw "$dir/ids-$theme" rank papi --province 33 --year 2024 --lang vi --theme $theme
done
draw "$dir/ids-report" rank papi --province 33 --year 2024 --lang vi --profile report
grep -oh ' id="[^"]*"' "$dir/33-2024-vi-web/papi-2024-33-rank.svg" "$dir/33-2024-en-report/papi-2024-33-rank.svg" \
	"$dir/ids-mono/papi-2024-33-rank.svg" "$dir/ids-dark/papi-2024-33-rank.svg" "$dir/ids-report/papi-2024-33-rank.svg" | sort >"$dir/ids"
[ "$(wc -l <"$dir/ids")" -ge 8 ] && [ -z "$(uniq -d "$dir/ids")" ] || fail "ids of two charts: $(uniq -d "$dir/ids" | head -3)"

# A unit's name of 190 letters is cut where it would take the room of the plot; nothing overlaps, nothing else is cut.
mkdir -p "$dir/share/surveys/internal-example"
ln -s "$root/plots" "$root/reports" "$dir/share"
ln -s "$root"/surveys/groups.csv "$root"/surveys/provinces "$dir/share/surveys"
cp surveys/internal-example/* "$dir/share/surveys/internal-example"
name=$(printf '%.0sỦy ban nhân dân liên phường Đông Bắc ' 1 2 3 4 5)
sed -i "s/^S03,[^,]*/S03,${name% }/" "$dir/share/surveys/internal-example/units.csv"
for asked in 'S01 --profile web --lang vi' 'S03 --profile web --lang vi' 'S03 --profile report --lang en'; do
	"$hailong" chart all internal-example --share "$dir/share" --province $asked --format svg --out "$dir/long-$asked" >/dev/null 2>"$dir/err"
	grep -E 'overlapping|cut-labels|error' "$dir/err" && fail "a long name: $asked"
	words "$dir/long-$asked/internal-example-2024-${asked%% *}-rank.svg" | grep -q '^Ủy ban nhân dân liên phường.*…$' || fail "a long name is not cut: $asked"
	words "$dir/long-$asked/internal-example-2024-${asked%% *}-bump.svg" | grep -q 'Ủy ban nhân dân.*…$' || fail "a long name is not cut at the end of its line: $asked"
done

# One thread or four: the same files, problems and order of both.
for threads in 1 4; do
	OMP_NUM_THREADS=$threads "$hailong" chart all papi --province all --year 2011 --lint >"$dir/list$threads" 2>"$dir/said$threads"
	OMP_NUM_THREADS=$threads "$hailong" chart rank,pareto papi --province all --year 2024 --out "$dir/threads$threads" \
		>/dev/null 2>"$dir/refused$threads"
	OMP_NUM_THREADS=$threads "$hailong" chart rank,delta papi --province all --year 2024 --out "$dir/threads$threads" \
		>"$dir/files$threads" 2>&1
	sed -i "s/threads$threads/threads/" "$dir/files$threads"
done
[ "$(wc -l <"$dir/files1")" = 126 ] || fail "rank and delta of 63 provinces are not 126 charts"
[ "$(grep -c . "$dir/said1")" -gt 20 ] && [ -s "$dir/refused1" ] || fail "nothing was told of charts that cannot be drawn"
for what in list said refused files; do
	cmp -s "$dir/${what}1" "$dir/${what}4" || fail "$what: other lines in four threads than in one"
done
diff -r "$dir/threads1" "$dir/threads4" >/dev/null || fail "other charts in four threads than in one"

# PNG is packed lightly and unfiltered (zlib's second byte 5e: levels 2 to 5) and has the pixels of gnuplot's own.
pixels() { # FOLDER: of its PNG, as gnuplot reads them
	(cd "$1" && gnuplot -e "set table 'pixels'; plot 'papi-2024-33-rank.png' binary filetype=png with rgbimage") ||
		fail "$1: no pixels"
	grep -c . "$1/pixels"
}
packing() { # FILE: of its first block of data
	LC_ALL=C awk -v RS=IDAT 'NR == 2 { print substr($0, 1, 2) }' "$1" | head -c 2 | od -An -tx1 | tr -d ' \n'
}
draw "$dir/quick" rank papi --province 33 --year 2024 --format png --dpi 40
(export LD_PRELOAD= && draw "$dir/slow" rank papi --province 33 --year 2024 --format png --dpi 40)
[ "$(packing "$dir/quick/papi-2024-33-rank.png")" = 785e ] || fail "gnuplot packs PNG slowly: png_quick.so was not loaded"
[ "$(packing "$dir/slow/papi-2024-33-rank.png")" = 789c ] || fail "a user's own LD_PRELOAD is overridden"
[ "$(pixels "$dir/quick")" -gt 10000 ] && [ "$(pixels "$dir/slow")" -gt 10000 ] || fail "too few pixels"
cmp -s "$dir/quick/pixels" "$dir/slow/pixels" || fail "a PNG packed lightly has other pixels"

# What a picture must not contain, or lack: tools and fonts.
expect() { # STATUS WORDS ENVIRONMENT...
	status=$1 wanted=$2
	shift 2
	env "$@" "$hailong" chart rank papi --province 33 --year 2024 --out "$dir/none" >/dev/null 2>"$dir/err"
	got=$?
	[ $got = "$status" ] || fail "$*: status $got instead of $status: $(cat "$dir/err")"
	grep -q "$wanted" "$dir/err" || fail "$*: no remedy in: $(cat "$dir/err")"
	[ -z "$(ls -A "$dir/none" 2>/dev/null)" ] || fail "$*: left $(ls -A "$dir/none")"
}
mkdir "$dir/empty" "$dir/broken"
printf '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>%s</dir></fontconfig>\n' \
	"$dir/empty" >"$dir/nofonts.conf"
printf '#!/bin/sh\n[ "$1" = --version ] && echo "gnuplot 5.4 patchlevel 4" && exit 0\nexit 0\n' >"$dir/broken/gnuplot"
chmod +x "$dir/broken/gnuplot"
expect 4 'apt-get install gnuplot' PATH="$dir/empty"
expect 4 'apt-get install .*fonts' FONTCONFIG_FILE="$dir/nofonts.conf"
expect 4 'unfinished' PATH="$dir/broken:/usr/bin:/bin"
expect 4 'df -h' PATH="$dir/broken:/usr/bin:/bin"
told() { # VERSION SCRIPT: a gnuplot that says so
	printf '#!/bin/sh\n[ "$1" = --version ] && echo "%s" && exit 0\n%s\n' "$1" "$2" >"$dir/broken/gnuplot"
}
told 'gnuplot 5.2 patchlevel 8' ''
expect 4 'gnuplot 5.4 or later is needed' PATH="$dir/broken:/usr/bin:/bin"
told 'gnuplot 5.4 patchlevel 4' 'echo "set terminal svg"; echo "line 1: unknown or ambiguous terminal type"; exit 1'
expect 4 'unknown or ambiguous terminal type' PATH="$dir/broken:/usr/bin:/bin"
expect 4 'apt-get install gnuplot' PATH="$dir/broken:/usr/bin:/bin"

told '' 'exit 0' # as on a full disk, where no answer can be kept
expect 4 'picture unfinished (disk full?)$' PATH="$dir/broken:/usr/bin:/bin"

# A signal that comes when the last picture is drawn, before or while they are checked: told, and nothing is written.
printf '#!/bin/sh\n%s "$@"\nkill -TERM "$PPID"\n' "$(command -v gnuplot)" >"$dir/broken/gnuplot"
for turn in 1 2 3 4 5; do
	PATH=$dir/broken:$PATH "$hailong" chart rank,tilemap,bump,heatmap papi --province 33 --year 2024 --out "$dir/late" >/dev/null 2>"$dir/err"
	got=$?
	[ $got = 1 ] && grep -q interrupted "$dir/err" && [ -z "$(ls -A "$dir/late")" ] ||
		fail "a late signal: status $got, left $(ls -A "$dir/late"): $(cat "$dir/err")"
done

# PNG is drawn without the library that makes it quick when that cannot be loaded, or gnuplot fails with it.
mkdir "$dir/other"
cp "$hailong" "$(dirname "$hailong")/documents.so" "$dir/other"
echo garbage >"$dir/other/png_quick.so"
HAILONG_SHARE=$root "$dir/other/hailong" chart rank papi --province 33 --year 2024 --format png --dpi 40 --out "$dir/other/out" >/dev/null 2>&1 &&
	cmp -s "$dir/other/out/papi-2024-33-rank.png" "$dir/slow/papi-2024-33-rank.png" || fail "a library that cannot be loaded"
printf '#!/bin/sh\n[ -z "$LD_PRELOAD" ] || exit 127\nexec %s "$@"\n' "$(command -v gnuplot)" >"$dir/broken/gnuplot"
PATH=$dir/broken:$PATH "$hailong" chart rank papi --province 33 --year 2024 --format png --dpi 40 --out "$dir/without" >/dev/null 2>&1 &&
	cmp -s "$dir/without/papi-2024-33-rank.png" "$dir/slow/papi-2024-33-rank.png" || fail "a gnuplot that fails with the library"
(PATH=$dir/broken:$PATH HAILONG_SHARE=$root "$dir/other/hailong" doctor) | grep -q 'gnuplot *gnuplot 5' || fail "doctor does not find gnuplot beside such a library"

# Without the library for documents, or with a broken one or another's, charts and documents are refused with a remedy;
# all else works.
mkdir "$dir/alone"
cp "$hailong" "$dir/alone/hailong"
for library in none broken another; do
	case $library in
	broken) echo garbage >"$dir/alone/documents.so" ;;
	another) cp "$(dirname "$hailong")/png_quick.so" "$dir/alone/documents.so" ;;
	esac
	for what in "chart rank papi --province 33 --year 2024" "report papi --province 33 --year 2024 --format xlsx"; do
		HAILONG_SHARE=$root "$dir/alone/hailong" $what --out "$dir/alone/out" >"$dir/out" 2>"$dir/err"
		got=$?
		[ $got = 4 ] && grep -q 'documents\.so cannot be loaded: ' "$dir/err" && grep -q 'install the program again' "$dir/err" && [ ! -s "$dir/out" ] &&
			[ -z "$(ls -A "$dir/alone/out" 2>/dev/null)" ] || fail "$what, library $library: status $got: $(cat "$dir/err")"
	done
	HAILONG_SHARE=$root "$dir/alone/hailong" rank papi --year 2024 --format csv >"$dir/out" 2>&1 && grep -q '^papi,2024,' "$dir/out" ||
		fail "rank without documents, library $library"
done

# A disk that is full after so many blocks of 512 bytes: status 1 or 4, a sentence, nothing half-written.
for blocks in 1 2 4 6 8 12 16 24 32 48 64 72 80 96 128 192 256 320; do
	mkdir "$dir/full"
	(
		trap '' XFSZ
		ulimit -f $blocks
		"$hailong" chart rank papi --province 33 --year 2024 --format svg,png,pdf,emf --out "$dir/full" >/dev/null 2>"$dir/err"
	)
	got=$?
	{ [ $got = 1 ] || [ $got = 4 ]; } && [ -s "$dir/err" ] && [ -z "$(ls -A "$dir/full")" ] ||
		fail "full disk after $blocks blocks: status $got, left $(ls -A "$dir/full"): $(cat "$dir/err")"
	rm -rf "$dir/full"
done

# A signal, as Ctrl-C gives one (which a shell's background job ignores): nothing half-written, no gnuplot left behind.
mkdir "$dir/stopped"
"$hailong" chart all papi --province all --year 2024 --format png --out "$dir/stopped" >/dev/null 2>"$dir/err" &
pid=$!
until ls -A "$dir/stopped" | grep -q . && ls "$dir/stopped"/.hailong-*/log0 >/dev/null 2>&1; do sleep 0.05; done
kill -TERM $pid
wait $pid
[ $? = 1 ] && grep -q interrupted "$dir/err" || fail "a signal: $(cat "$dir/err")"
[ -z "$(ls -A "$dir/stopped")" ] || fail "a signal left $(ls -A "$dir/stopped" | head -3)"
for cwd in /proc/[0-9]*/cwd; do
	case $(readlink "$cwd" 2>/dev/null) in "$dir/stopped"*) fail "a signal left a child in $cwd" ;; esac
done

# Other pictures: an EMF that is whole and keeps its text, PNG of the dots asked for, letters in the terminal.
draw "$dir/kinds" rank papi --province 33 --year 2024 --format emf,png --dpi 100
emf=$dir/kinds/papi-2024-33-rank.emf
[ "$(tail -c 20 "$emf" | od -An -tx1 | tr -d ' \n')" = 0e00000014000000000000001000000014000000 ] || fail "the EMF is cut"
tr -d '\000' <"$emf" | grep -aq 'Ninh' || fail "the EMF has no text"
[ "$(od -An -tu1 -j16 -N4 "${emf%.emf}.png" | tr -s ' ')" = ' 0 0 3 19' ] || fail "200 mm at 100 dots an inch are not 787 dots" # 3 * 256 + 19
(cd "$dir" && "$hailong" chart rank papi --province 33 --year 2024 --preview >preview && [ ! -e papi-2024-33-rank.txt ]) &&
	[ "$(grep -c '[0-9][0-9],[0-9][0-9]' "$dir/preview")" -ge 61 ] && grep -q 'Hưng Yên' "$dir/preview" ||
	fail "the preview: $(head -5 "$dir/preview")"

# An existing other file is not replaced unless told; nothing else of the batch is written either.
mkdir "$dir/keep"
echo mine >"$dir/keep/papi-2024-33-rank.csv"
"$hailong" chart rank papi --province 33 --year 2024 --out "$dir/keep" >/dev/null 2>"$dir/err"
[ $? = 1 ] && [ "$(ls -A "$dir/keep")" = papi-2024-33-rank.csv ] || fail "an existing file was not kept alone"
draw "$dir/keep" rank papi --province 33 --year 2024 --force && grep -q Hưng "$dir/keep/papi-2024-33-rank.csv" ||
	fail "--force did not replace"
exit $bad
