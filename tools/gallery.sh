#!/bin/sh
# gallery.sh PROGRAM FOLDER      -- every kind of chart from shipped figures in both languages and profiles and three themes,
#                                   on one page: FOLDER/index.html
# gallery.sh PROGRAM FOLDER docs -- FOLDER/charts.md and FOLDER/charts/KIND.svg, as they stand in docs/
#
# The map is drawn with squares in place of boundaries, which are not shipped.
set -eu
hailong=$1 out=$2 what=${3:-gallery}
province='Hưng Yên' year=2024
root=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$out"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# squares: a square of half a degree for every tile of the map of that many units, as GeoJSON
squares() {
	awk -F, -v map="$1" '
		BEGIN { print "{\"type\":\"FeatureCollection\",\"attribution\":\"schematic squares\",\"features\":[" }
		$1 == map && $2 ~ /^[0-9]+$/ {
			x = 102 + $4 * 0.7; y = 23.4 - $3 * 0.7
			printf "%s{\"type\":\"Feature\",\"properties\":{\"code\":\"%s\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" \
				"[[[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f],[%.2f,%.2f]]]}}\n", n++ ? "," : "", $2,
				x, y, x + 0.7, y, x + 0.7, y - 0.7, x, y - 0.7, x, y
		}
		END { print "]}" }' "$root/surveys/provinces/tiles.csv"
}

# survey_of KIND: published scores, or the simulated answers for what only answers show
survey_of() {
	case $1 in likert | forest | samples) echo sipas-example ;; *) echo papi ;; esac
}

# more_of KIND: the options it needs
more_of() {
	case $1 in
	map) echo "--boundaries $scratch/squares.geojson" ;;
	forest) echo "--by gender,age_group,education" ;;
	esac
}

# draw KIND FILE OPTION...
draw() {
	kind=$1 picture=$2
	shift 2
	# shellcheck disable=SC2046
	"$hailong" chart "$kind" "$(survey_of "$kind")" --province "$province" --year $year $(more_of "$kind") "$@" \
		--out "$picture" --force --quiet >/dev/null
	rm -f "${picture%.svg}.csv"
}

# kinds: question, name and what it answers, by tabs
kinds() { "$hailong" chart --list --format md --lang "$1" | awk -F ' *[|] *' 'NR > 2 { if ($2 != "") q = $2; print q "\t" $3 "\t" $4 }'; }
title_of() { sed -n 's|.*<title id="[^"]*-title">\([^<]*\)</title>.*|\1|p' "$1"; }
html() { sed 's/&/\&amp;/g; s/</\&lt;/g; s/"/\&quot;/g'; }

squares 63 >"$scratch/squares.geojson"

if [ "$what" = docs ]; then
	mkdir -p "$out/charts"
	{
		echo '# Charts'
		echo
		echo 'Written by `make gallery` from the table of charts (`hailong chart --list`); the pictures are drawn from shipped figures.'
		echo 'Those of answers are of simulated data. `make gallery` also draws every kind in both languages, profiles and themes.'
		last=
		kinds en | while IFS='	' read -r question name asks; do
			[ "$question" = "$last" ] || printf '\n## %s\n' "$question"
			last=$question
			more=$(more_of "$name" | sed "s|$scratch/squares.geojson|FILE.geojson|")
			printf '\n### %s\n\n%s\n\n' "$name" "$asks"
			printf '    hailong chart %s %s --province "%s" --year %s%s\n' "$name" "$(survey_of "$name")" "$province" $year "${more:+ $more}"
			if [ "$name" = map ]; then
				printf '\nBoundaries are not shipped: FILE holds the polygons that you may use.\n'
				continue
			fi
			draw "$name" "$out/charts/$name.svg" --lang en
			rm -f "$out/charts/$name.txt"
			printf '\n![%s](charts/%s.svg)\n' "$(title_of "$out/charts/$name.svg")" "$name"
		done
	} >"$out/charts.md"
	exit
fi

{
	cat <<'END'
<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>hailong: biểu đồ</title><style>
body{font:16px/1.4 "Noto Sans",sans-serif;margin:2em auto;max-width:1500px;padding:0 1em;color:#222}
h2{border-top:2px solid #c8102e;padding-top:.6em;margin-top:2em}
.row{display:grid;grid-template-columns:1fr 1fr;gap:1.5em;align-items:start}
figure{margin:0}figure img{width:100%;border:1px solid #ddd}figcaption{color:#4b5563;font-size:.85em}
</style></head><body><h1>hailong: biểu đồ</h1>
END
	kinds vi | while IFS='	' read -r question name asks; do
		printf '<h2 id="%s">%s</h2><p>%s</p><div class="row">\n' "$name" "$name" "$(echo "$asks" | html)"
		for how in "vi web colour" "en web colour" "vi report colour" "en report mono" "vi web dark"; do
			# shellcheck disable=SC2086
			set -- $how
			file=$name-$1-$2-$3.svg
			draw "$name" "$out/$file" --lang "$1" --profile "$2" --theme "$3"
			alt=$(sed '/^$/,$d' "$out/${file%.svg}.txt" | html)
			printf '<figure><img src="%s" alt="%s" loading="lazy"><figcaption>%s</figcaption></figure>\n' "$file" "$alt" "$how"
		done
		echo '</div>'
	done
	echo '</body></html>'
} >"$out/index.html"
echo "$out/index.html"
