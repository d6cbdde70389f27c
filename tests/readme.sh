#!/bin/sh
# readme.sh PROGRAM [FILE...] -- do what the README files tell, and see what they show.
#
# A block ```sh is run as one script. In a block ```console a line "$ COMMAND" is run (a "\" at its
# end continues it), and the lines behind it must be what it prints, output before messages; a line
# "…" stands for any rest. What fails without being shown to ("; echo $?") is an error. Blanks at
# line ends do not count. Other blocks are not run. Each file starts in an empty folder, with
# `hailong` in PATH; the places of an installed copy are read as this checkout. Links between the
# documents and to files of the checkout must lead somewhere.
set -u
program=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd -P)
installed=/usr/local/share/hailong documents=/usr/local/share/doc/hailong
shift
[ $# -gt 0 ] || set -- "$root/README.md" "$root/README.vi.md"

top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
mkdir "$top/bin" "$top/home"
ln -s "$program" "$top/bin/hailong"
bad=0

# steps FILE INTO: each step becomes N.cmd (the command), N.line (its place) and, when its output is
# shown, N.want
steps() {
	awk -v into="$2" '
	function start() { n++; cmd = into "/" n ".cmd"; want = into "/" n ".want"; print FNR >(into "/" n ".line") }
	/^```/ {
		if (kind != "") { kind = ""; next }
		kind = substr($0, 4)
		if (kind == "") kind = "text"
		if (kind == "sh") { start(); print "set -e" >cmd }
		more = 0
		next
	}
	kind == "sh" { print >cmd }
	kind == "console" && more { print >cmd; more = /\\$/; next }
	kind == "console" && /^\$ / {
		start()
		print substr($0, 3) >cmd
		printf "" >want
		more = /\\$/
		next
	}
	kind == "console" { print >want }
	END { if (kind != "") { print FILENAME ": the last block is not closed"; exit 1 } }' "$1"
}

# same WANT GOT: line by line, without blanks at line ends, up to a line "…"
same() {
	awk -v want="$1" '
	function bare(s) { sub(/[ \t]+$/, "", s); return s }
	FILENAME == want { wanted[++w] = bare($0); next }
	!rest && wanted[FNR] == "…" { rest = 1 }
	!rest && (FNR > w || bare($0) != wanted[FNR]) { printf "  shown:  %s\n  prints: %s\n", wanted[FNR], $0; wrong = 1; exit }
	{ got = FNR }
	END {
		if (!wrong && !rest && got < w && wanted[got + 1] != "…") {
			printf "  shown:  %s\n  prints nothing more\n", wanted[got + 1]
			wrong = 1
		}
		exit wrong
	}' "$1" "$2"
}

command_of() { # FILE: its first line, for a message
	sed -n '/^set -e$/d; p; q' "$1"
}

run() { # FILE: all its steps, in order
	name=$(basename "$1")
	dir=$top/$name
	mkdir -p "$dir/steps" "$dir/work"
	steps "$1" "$dir/steps" || return 1
	count=$(find "$dir/steps" -name '*.cmd' | wc -l)
	if [ "$count" -eq 0 ]; then
		echo "$name: nothing to run"
		return 1
	fi
	wrong=0 i=0
	while [ $i -lt "$count" ]; do
		i=$((i + 1))
		step=$dir/steps/$i
		line=$(cat "$step.line")
		sed "s|$installed|$root|g; s|$documents|$root|g" "$step.cmd" >"$step.sh"
		(cd "$dir/work" && env -i PATH="$top/bin:$PATH" HOME="$top/home" TMPDIR="$top" LC_ALL=C TZ=UTC \
			${ASAN_OPTIONS:+ASAN_OPTIONS="$ASAN_OPTIONS"} ${UBSAN_OPTIONS:+UBSAN_OPTIONS="$UBSAN_OPTIONS"} \
			sh -u "$step.sh") >"$step.got" 2>&1 </dev/null
		status=$?
		if [ $status -ne 0 ]; then
			echo "$name:$line: status $status from: $(command_of "$step.cmd")"
			sed 's/^/  /' "$step.got"
			wrong=1
		elif [ -f "$step.want" ] && ! same "$step.want" "$step.got" >"$step.diff"; then
			echo "$name:$line: prints something else: $(command_of "$step.cmd")"
			cat "$step.diff"
			wrong=1
		fi
	done
	return $wrong
}

# links FILE: [words](path) and ![words](path) of the checkout
links() {
	missing=0
	for path in $(grep -o '](\([^)#:]*\))' "$1" | sed 's/^](//; s/)$//'); do
		[ -e "$(dirname "$1")/$path" ] || { echo "$(basename "$1"): no file $path"; missing=1; }
	done
	return $missing
}

for file; do
	run "$file" || bad=1
done
for file in "$root"/*.md "$root"/docs/*.md; do
	links "$file" || bad=1
done
exit $bad
