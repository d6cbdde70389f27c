# start.sh -- what a test script begins with: `. "$(dirname "$0")/start.sh"`. The script's first argument is the program.
#
# $hailong is the program, $root the project, $dir an empty folder that is gone at the end, $bad 1 once something failed.
set -u
hailong=${1:?which program?}
case $hailong in /*) ;; *) hailong=$PWD/$hailong ;; esac
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
bad=0

fail() { # WORDS: told, and the script goes on
	echo "$(basename "$0" .sh): $*"
	bad=1
}
