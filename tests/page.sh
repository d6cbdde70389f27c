#!/bin/sh
# page.sh PROGRAM -- the page of `hailong page` in a real browser, and its bytes: tests/browser/page.js says what.
#
# playwright-core and axe-core come from npm (tests/browser/package-lock.json) and lie under build/browser; without
# them, node or chromium the test fails and says what to install.
. "$(dirname "$0")/start.sh"
modules=$root/build/browser/node_modules
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome) || {
	echo "page: no chromium here; install it with: apt-get install chromium"
	exit 1
}
command -v node >/dev/null || {
	echo "page: no node here; install it with: apt-get install --no-install-recommends nodejs npm"
	exit 1
}
[ -e "$modules/playwright-core/package.json" ] && [ -e "$modules/axe-core/axe.min.js" ] || {
	echo "page: playwright-core and axe-core are not here; install them with: tools/deps.sh test"
	exit 1
}

make() { # NAME WORD...
	name=$1
	shift
	"$hailong" page "$@" --out "$dir/$name.html" >/dev/null 2>"$dir/err" || fail "page $*: $(cat "$dir/err")"
}
make papi papi --province "Hưng Yên" --year 2024
# sets of ranks from fewer draws, here and in what they are compared with
draws="--simulations 2000"
make sipas sipas-example --province 33 $draws
make all papi par-index sipas pci --province 33
make merged papi --system 34 --province "Hưng Yên"
make units internal-example
# The same as a part of the report's HTML.
for survey in papi sipas-example; do
	"$hailong" report $survey $([ $survey = papi ] || echo "$draws") --province 33 --year 2024 --format html --out "$dir/made" >/dev/null 2>"$dir/err" || fail "report $survey: $(cat "$dir/err")"
	mv "$dir/made/$survey-2024-hung-yen.html" "$dir/report-$survey.html"
done
[ "$bad" = 0 ] || exit 1

# The same bytes whatever the locale; nothing is written over without --force.
LC_ALL=C TZ=Asia/Ho_Chi_Minh make again papi --province 33 --year 2024
cmp -s "$dir/papi.html" "$dir/again.html" || fail "two runs give other bytes"
echo mine >"$dir/mine.html"
"$hailong" page papi --out "$dir/mine.html" >/dev/null 2>&1 && fail "it writes over a file"
[ "$(cat "$dir/mine.html")" = mine ] || fail "it changed a file that it may not"
for name in papi sipas all; do
	[ "$(wc -c <"$dir/$name.html")" -le 1000000 ] || fail "$name.html has more than 1 MB"
done
grep -q '<meta http-equiv="Content-Security-Policy" content="default-src .none.; style-src .sha256-' "$dir/papi.html" || fail "no policy"

# What the browser's figures are compared with.
years() { # SURVEY YEAR...
	survey=$1 file=$2
	shift 2
	for year; do
		"$hailong" rank "$survey" --year "$year" --item all --format csv $([ "$survey" = papi ] || echo "$draws")
	done | awk 'NR == 1 || !/^survey,/' >"$dir/$file"
}
years papi papi.csv 2011 2012 2013 2014 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024
years sipas-example sipas.csv 2021 2022 2023 2024
changes() { # SURVEY FILE OPTION... -- FROM-TO...
	survey=$1 file=$2 who=$3
	shift 3
	for pair; do
		"$hailong" change "$survey" --from "${pair%-*}" --to "${pair#*-}" --item all --province "$who" --format csv $([ "$survey" = papi ] || echo "$draws") 2>/dev/null
	done | awk 'NR == 1 || !/^survey,/' >"$dir/$file"
}
changes papi papi-change.csv all 2011-2012 2015-2016 2017-2018 2018-2019 2020-2021 2023-2024
changes sipas-example sipas-change.csv 33 2021-2022 2022-2023 2023-2024
medians() { # SURVEY FILE YEAR...
	survey=$1 file=$2
	shift 2
	for year; do
		"$hailong" compare "$survey" --province 33 --year "$year" --item all --format csv
	done | awk 'NR == 1 || !/^survey,/' >"$dir/$file"
}
medians papi papi-median.csv 2011 2014 2018 2021 2024
medians sipas-example sipas-median.csv 2022 2024
"$hailong" compare papi --province 33 --year 2024 --peers nearest:5 --item total --lang vi |
	sed -n 's/^Nhóm so sánh: .*(\(.*\))\.$/\1/p' | sed 's/, /\n/g' >"$dir/nearest.txt"
[ "$(wc -l <"$dir/nearest.txt")" = 5 ] || fail "no five nearest: $(cat "$dir/nearest.txt")"

# Names that could be taken for something else.
mkdir "$dir/odd" && cp "$root"/surveys/internal-example/*.csv "$dir/odd" || exit 1
cat >"$dir/names.js" <<'JS'
const fs = require("fs"), [dir] = process.argv.slice(2);
const names = ["</script><script>window.ran=1</script>", "<b>x</b> & \"y\" 'z'", "`id` $(touch ran) ${ran}", "<!-- ]]> \\u003c \\n", "hai\ndòng", "<img src=x onerror=window.ran=1>"];
const lines = fs.readFileSync(dir + "/odd/units.csv", "utf8").split("\n");
names.forEach((name, i) => { lines[i + 1] = lines[i + 1].replace(/^([^,]*),[^,]*,/, (all, code) => `${code},"${name.replace(/"/g, '""')}",`); });
fs.writeFileSync(dir + "/odd/units.csv", lines.join("\n"));
fs.writeFileSync(dir + "/odd.json", JSON.stringify(names));
JS
node "$dir/names.js" "$dir" && make odd "$dir/odd"
[ "$(tr '<' '\n' <"$dir/odd.html" | grep -ci '^/script')" = 2 ] || fail "a name ends the script"

HOME=$dir NODE_PATH=$modules timeout 500 node "$root/tests/browser/page.js" "$dir" "$browser" >"$dir/log" 2>&1 || fail "$(head -40 "$dir/log")"
for id in rank trend profile change; do
	xmllint --noout "$dir/saved-$id.svg" 2>"$dir/err" || fail "the saved picture $id is no XML: $(head -3 "$dir/err")"
done

# On paper: what was chosen, and nothing to press.
pdftotext -layout "$dir/papi.pdf" "$dir/papi.txt" && grep -q 'Hưng Yên' "$dir/papi.txt" && grep -q '44,40' "$dir/papi.txt" || fail "the PDF lacks the figures"
grep -q 'Tải CSV\|Tìm trong bảng' "$dir/papi.txt" && fail "the PDF shows buttons"
pages=$(pdfinfo "$dir/papi.pdf" | sed -n 's/^Pages: *//p')
[ "$pages" -le 9 ] || fail "the PDF has $pages pages"
exit $bad
