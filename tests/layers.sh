#!/bin/sh
# layers.sh [DIR] -- refuse an include that does not point down the ladder in DIR/LAYERS.
#
# The ladder lists modules, lowest rung first, several on a line when they do not know each other;
# `cmd_*` stands for every module so named. A file may include its own header and modules on lower
# rungs, always as "folder/name.h". Every module is listed once and every listed one exists. Since
# each include points strictly down, there is no cycle. Without DIR: tries itself out, then src.
set -u

check() {
	awk -v top="$1" '
	function say(words) { print words; bad = 1 }
	function module(path) { sub(/.*\//, "", path); sub(/\.[ch]$/, "", path); return path }
	function listed_as(name,   stem) {
		if (name in rung) return name
		stem = name
		return sub(/_.*/, "_*", stem) && stem in rung ? stem : ""
	}
	function rung_of(name,   entry) {
		entry = listed_as(name)
		return entry == "" ? 0 : rung[entry]
	}
	function read_ladder(path,   line, n, i, word) {
		while ((getline line < path) > 0) {
			sub(/#.*/, "", line)
			n = split(line, word, " ")
			if (n) level++
			for (i = 1; i <= n; i++) {
				if (word[i] in rung) say(path ": " word[i] " is listed twice")
				rung[word[i]] = level
			}
		}
		if (!level) say(path ": no ladder")
	}
	function meet(path,   me, entry, home) {
		me = module(path)
		entry = listed_as(me)
		if (entry == "") say(path ": " me " is not listed in " top "/LAYERS")
		exists[entry] = 1
		home = path
		sub(/\.[ch]$/, "", home)
		if (me in place && place[me] != home) say(path ": another module is called " me ": " place[me])
		place[me] = home
		file[path] = 1
	}
	BEGIN {
		read_ladder(top "/LAYERS")
		for (i = 1; i < ARGC - 1; i++) meet(ARGV[i])
	}
	/^[ \t]*#[ \t]*include/ {
		split($0, part, /["<>]/)
		path = part[2]
		quoted = $0 ~ /include[ \t]*"/
		if (!((top "/" path) in file)) {
			if (quoted) say(FILENAME ":" FNR ": \"" path "\" is no header below " top "; write folder/name.h")
			next
		}
		if (!quoted) say(FILENAME ":" FNR ": <" path "> is ours: write it in quotes")
		me = module(FILENAME)
		other = module(path)
		if (path !~ /\.h$/) say(FILENAME ":" FNR ": includes " path ", which is no header")
		else if (other != me && rung_of(me) && rung_of(other) >= rung_of(me))
			say(FILENAME ":" FNR ": includes " path ", which does not stand on a lower rung")
	}
	END {
		for (name in rung) if (!(name in exists)) say(top "/LAYERS: " name " has no file")
		exit bad
	}' $(find "$1" -name '*.[ch]' | LC_ALL=C sort) /dev/null
}

# refuses WORDS: the toy in $toy must fail, and say WORDS
refuses() {
	said=$(check "$toy") && { echo "layers.sh does not refuse: $1"; exit 1; }
	case $said in
	*"$1"*) ;;
	*) echo "layers.sh should say: $1"; echo "it says: $said"; exit 1 ;;
	esac
}

if [ $# -gt 0 ]; then
	check "$1"
	exit
fi

toy=$(mktemp -d) || exit 2
trap 'rm -rf "$toy"' EXIT
mkdir "$toy/low" "$toy/high"
printf 'span\ntext # words\ncmd_*\n' >"$toy/LAYERS"
echo '#include "low/span.h"' >"$toy/low/span.c"
echo '#include <stddef.h>' >"$toy/low/span.h"
echo '#include "low/span.h"' >"$toy/low/text.c"
: >"$toy/low/text.h"
echo '#include "low/text.h"' >"$toy/high/cmd_list.c"
check "$toy" || { echo "layers.sh refuses a sound ladder"; exit 1; }

echo '#include "low/text.h"' >"$toy/low/span.h"
refuses 'span.h:1: includes low/text.h, which does not stand on a lower rung'
echo '# include <low/text.h>' >"$toy/low/span.h"
refuses 'span.h:1: includes low/text.h, which does not stand on a lower rung'
: >"$toy/low/span.h"
: >"$toy/high/cmd_rank.h"
echo '#include "high/cmd_rank.h"' >"$toy/high/cmd_list.c"
refuses 'cmd_list.c:1: includes high/cmd_rank.h'
echo '#include "text.h"' >"$toy/high/cmd_list.c"
refuses 'write folder/name.h'
: >"$toy/high/cmd_list.c"
: >"$toy/high/stray.c"
refuses 'stray is not listed'
rm "$toy/high/stray.c" "$toy/low/text.c" "$toy/low/text.h"
refuses 'text has no file'

check src
