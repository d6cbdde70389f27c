#!/bin/sh
# browser.sh PROGRAM -- charts as a browser shows them: the same texts as in the files, whole, none over another, and
# ink in the PNG wherever the SVG has a text.
#
# Without a browser (chromium) the test fails and says what to install.
. "$(dirname "$0")/start.sh"
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
	echo "browser: no chromium here; install it with: apt-get install chromium"
	exit 1
}

draw() { # NAME OPTION...
	name=$1
	shift
	"$hailong" chart "$@" --out "$dir/$name" >/dev/null 2>"$dir/err" || fail "chart $*: $(cat "$dir/err")"
	for file in "$dir/$name"/*.svg "$dir/$name"/*.png; do
		[ -e "$file" ] && mv "$file" "$dir/$name-${file##*/}"
	done
}
# The longest names, ties, missing values, one year, both maps, both languages, both profiles.
draw a all papi --province 46 --year 2024 --lang vi
draw b all papi --province 77 --year 2021 --lang en --profile report
draw c all papi --province 24 --year 2022 --lang vi --profile report
draw d all papi --province 33 --year 2011 --lang en
draw i all papi --province 33 --year 2024 --lang vi --format svg,png --dpi 96
draw j all sipas-example --simulations 2000 --province 79 --lang en --profile report --format svg,png --dpi 150
draw e all papi --province 33 --year 2024 --system 34 --lang vi --profile report
draw f all sipas-example --simulations 2000 --province 33 --lang vi --profile report
draw g all sipas-example --simulations 2000 --province 77 --lang en --theme dark
draw h all par-index --province 33 --year 2021 --lang vi

for file in "$dir"/*.svg; do
	printf '<div id="%s">' "${file##*/}"
	sed '1{/^<?xml/d}' "$file"
	echo '</div>'
	[ ! -e "${file%.svg}.png" ] ||
		printf '<img alt="%s" src="data:image/png;base64,%s">\n' "${file##*/}" "$(base64 -w0 "${file%.svg}.png")"
done >"$dir/divs"
{
	echo '<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>'
	cat "$dir/divs"
	echo '<script>'
	cat "$root/tests/browser.js"
	echo '</script></body></html>'
} >"$dir/page.html"
HOME=$dir "$browser" --headless --no-sandbox --disable-gpu --user-data-dir="$dir/profile" \
	--dump-dom "file://$dir/page.html" 2>/dev/null | sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&nbsp;/ /g; s/&amp;/\&/g' >"$dir/seen"
grep -q '^all seen$' "$dir/seen" || {
	fail "the browser did not finish: $(tail -3 "$dir/seen")"
	exit 1
}
grep -E '^(cut|over|empty|blank|edge) ' "$dir/seen" | sort | uniq | head -20 >"$dir/findings"
[ -s "$dir/findings" ] && fail "$(cat "$dir/findings")"

# The same words in the same order as the files hold.
for file in "$dir"/*.svg; do
	name=${file##*/}
	xmllint --xpath '//*[local-name()="text"]' "$file" 2>/dev/null | tr '\n' ' ' | sed 's/<\/text>/\n/g' |
		sed 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g; s/^ *//; s/ *$//; s/  */ /g' | grep . >"$dir/file-words"
	grep "^text $name " "$dir/seen" | cut -c "$((${#name} + 7))"- | sed 's/^ *//; s/ *$//; s/  */ /g' | grep . >"$dir/seen-words"
	cmp -s "$dir/file-words" "$dir/seen-words" ||
		fail "$name: $(diff "$dir/file-words" "$dir/seen-words" | head -3)"
done | head -20 >"$dir/differ"
[ -s "$dir/differ" ] && fail "$(cat "$dir/differ")"
[ "$(grep -c '^text ' "$dir/seen")" -gt 3000 ] || fail "only $(grep -c '^text ' "$dir/seen") texts seen"
[ "$(grep -c '^png ' "$dir/seen")" = "$(ls "$dir"/*.png | wc -l)" ] && grep -q '^png ' "$dir/seen" || fail "not every PNG was looked at"
exit $bad
