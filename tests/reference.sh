#!/bin/sh
# reference.sh PROGRAM -- compare estimates and tests with numbers computed elsewhere.
#
# tests/reference/estimates.csv, tests.csv and indices.csv hold one number a line: id, the words after
# `estimate`, `test` or `index` (separated by single spaces), the row and the column of the answer, what is
# expected (NA: nothing), and the tolerance, relative to what is expected; below 0 it is absolute.
# A standard error of 0 is met to 1e-9. Each command runs once. Prints what differs; 1 if anything
# does. SOURCE.md says where the numbers come from.
set -u
export LC_ALL=C

[ $# -eq 1 ] || { echo "usage: sh tests/reference.sh PROGRAM" >&2; exit 2; }
hailong=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd -P)
export HAILONG_SHARE="$root"
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
trap 'exit 130' INT TERM
cd "$root/tests/reference" || exit 2

# answers COMMAND FILE: "@N status", then what command N says, for each distinct command
answers() {
	awk -F, 'NR == 1 { n = split($0, name, ","); next }
		{ i = index($0, ",") + 1; rest = substr($0, i)
		if (substr(rest, 1, 1) == "\"") { rest = substr(rest, 2); words = substr(rest, 1, index(rest, "\"") - 1) }
		else words = substr(rest, 1, index(rest, ",") - 1)
		if (!(words in seen)) { seen[words] = 1; print words } }' "$2" >"$top/commands"
	n=0
	set -f
	while read -r words; do
		n=$((n + 1))
		echo "@$n"
		# shellcheck disable=SC2086
		"$hailong" "$1" $words --format csv 2>"$top/err" </dev/null ||
			sed 's/^/!/' "$top/err"
	done <"$top/commands"
	set +f
}

# judge EXPECTED ANSWERS
judge() {
	awk '
	# fields of a CSV line into out[1..]; quoted ones may hold commas
	function split_line(s, out,    n, c, field) {
		n = 0
		for (;;) {
			field = ""
			if (substr(s, 1, 1) == "\"") {
				s = substr(s, 2)
				while ((c = index(s, "\"")) > 0) {
					field = field substr(s, 1, c - 1)
					s = substr(s, c + 1)
					if (substr(s, 1, 1) != "\"") break
					field = field "\""
					s = substr(s, 2)
				}
			}
			c = index(s, ",")
			if (c == 0) { out[++n] = field s; return n }
			out[++n] = field substr(s, 1, c - 1)
			s = substr(s, c + 1)
		}
	}
	function distance(a, b) { return a > b ? a - b : b - a }
	FNR == 1 { file++ }
	file == 1 && /^@/ { command++; row = -1; next }
	file == 1 && /^!/ { if (!(command in why)) why[command] = substr($0, 2); next }
	file == 1 {
		n = split_line($0, field); row++
		for (i = 1; i <= n; i++)
			if (row == 0) name[command, i] = field[i]
			else got[command, row, name[command, i]] = field[i]
		rows[command] = row
		next
	}
	FNR == 1 { next }
	{
		split_line($0, want)
		if (!(want[2] in number)) number[want[2]] = ++commands
		c = number[want[2]]; checked++
		value = got[c, want[3], want[4]]
		if (rows[c] < want[3] + 0) value = c in why ? why[c] : "no such row"
		else if (want[5] == "NA" && value == "") next
		else if (value ~ /^-?[0-9.]/ && want[5] != "NA") {
			size = want[5] < 0 ? -want[5] : want[5] + 0
			limit = want[6] < 0 ? -want[6] : want[6] * size
			if (want[6] >= 0 && size < 1e-12) limit = 1e-12
			if (want[4] == "se" && size < 1e-10) limit = 1e-9
			if (distance(value + 0, want[5] + 0) <= limit) next
		}
		if (value == "") value = "nothing"
		failed++
		printf "%s: %s got %s expected %s\n\t%s (row %s)\n", want[1], want[4], value, want[5], want[2], want[3]
	}
	END {
		printf "%d numbers of %d commands, %d differ\n", checked, commands, failed
		exit failed > 0 || checked == 0
	}' "$2" "$1"
}

bad=0
for what in estimate:estimates.csv test:tests.csv index:indices.csv; do
	file=${what#*:}
	answers "${what%%:*}" "$file" >"$top/answers"
	judge "$file" "$top/answers" >"$top/said" || bad=1
	sed "\$s/^/reference: $file: /" "$top/said"
done
exit $bad
