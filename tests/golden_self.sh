#!/bin/sh
# golden_self.sh -- the control of golden.sh: a case that is right passes, and every way of being
# wrong fails, with and without a list of the files left behind.
set -u

toy=$(mktemp -d) || exit 2
trap 'rm -rf "$toy"' EXIT
here=$(pwd -P)
printf '#!/bin/sh\necho one\necho two >&2\nprintf three >left\nexit 4\n' >"$toy/program"
chmod +x "$toy/program"
bad=0

# try WHAT STATUS: runs the case as it stands
try() {
	(cd "$toy" && sh "$here/tests/golden.sh" program case) >"$toy/log" 2>&1
	[ $? -eq "$2" ] && return
	echo "$1: expected status $2"
	cat "$toy/log"
	bad=1
}

# fresh: a case that is right
fresh() {
	rm -rf "$toy/case"
	mkdir -p "$toy/case/want"
	printf '"$hailong"\n' >"$toy/case/cmd"
	echo one >"$toy/case/out"
	echo two >"$toy/case/err"
	echo 4 >"$toy/case/status"
	echo left >"$toy/case/files"
	printf three >"$toy/case/want/left"
}

fresh && try "right" 0
fresh && rm "$toy/case/files" && try "right, no list" 0
for part in out err status; do
	fresh && echo other >"$toy/case/$part" && try "$part differs" 1
	fresh && echo other >"$toy/case/$part" && rm "$toy/case/files" && try "$part differs, no list" 1
	fresh && rm "$toy/case/$part" && try "$part was never recorded" 1
done
fresh && printf other >"$toy/case/want/left" && try "a file differs" 1
fresh && echo more >>"$toy/case/files" && try "a file is missing" 1
fresh && echo '? more' >>"$toy/case/files" && try "a file that must exist is missing" 1
fresh && : >"$toy/case/files" && try "a file is not listed" 1
exit $bad
