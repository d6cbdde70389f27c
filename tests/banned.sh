#!/bin/sh
# banned.sh [DIR] -- what the sources must not contain. Without DIR: tries itself out, then src.
#
# Calls that guess, overflow, ask a shell or the locale; mutable variables outside a function's own
# frame (looked up in the objects below $OBJECTS, when given; a signal's sig_atomic_t may stand); and
# facts about a survey: names of provinces and indices, missing codes, years. Those live in surveys/.
# Comments may speak of anything.
set -u
export LC_ALL=C

calls='system|popen|strcpy|strcat|strncpy|strncat|sprintf|vsprintf|strtok|atoi|atol|atof|gets|setlocale|alloca'

# code FILE: the file without comments, as FILE:LINE:text
code() {
	${CC:-gcc} -fpreprocessed -dD -E -x c "$1" 2>/dev/null | awk -v file="$1" '
	/^# [0-9]+ "/ { line = $2 - 1; next }
	{ print file ":" ++line ":" $0 }'
}

# no_words: strings and character constants emptied
no_words() {
	sed -e "s/'\\\\\\{0,1\\}[^']*'/0/g" -e 's/"\(\\.\|[^"\\]\)*"/""/g'
}

# none WHY: passes when nothing comes in
none() {
	awk -v why="$1" '{ print $0 "   <- " why; bad = 1 } END { exit bad }'
}

check() {
	bad=0
	files=$(find "$1" -name '*.[ch]' | sort)
	all=$(for f in $files; do code "$f"; done)
	bare=$(printf '%s\n' "$all" | no_words)

	printf '%s\n' "$bare" | grep -E "(^|[^A-Za-z0-9_])($calls)[[:space:]]*\(" | none 'banned call' || bad=1
	printf '%s\n' "$bare" | grep -E '[^A-Za-z0-9_.](888|999|999999|20[0-4][0-9])([^A-Za-z0-9_.]|$)' |
		grep -vE ':[0-9]+:[[:space:]]*#' | none 'a missing code or a year belongs in surveys/' || bad=1
	printf '%s\n' "$all" | grep -E '"(SIPAS|PAPI|PCI|PAR[- ]INDEX)"' | none 'an index belongs in surveys/' || bad=1
	{
		printf 'Hưng Yên\nHung Yen\n'
		[ ! -f surveys/provinces/provinces.csv ] || province_names <surveys/provinces/provinces.csv
	} >"$scratch/names"
	printf '%s\n' "$all" | grep -F -f "$scratch/names" | none 'a province belongs in surveys/' || bad=1
	return $bad
}

# province_names: those with a letter outside ASCII, so that no English word is among them
province_names() {
	awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "name") at = i; next }
	at && $at ~ /[^ -~]/ && $at !~ /"/ { print $at }'
}

# variables DIR: mutable ones in the objects below DIR (const tables of pointers are in .data.rel.ro)
variables() {
	find "$1" -name '*.o' | sort | while read -r o; do
		c=src/${o#"$1"/}
		c=${c%.o}.c
		[ -f "$c" ] || continue # its source is gone
		nm --format=sysv "$o" | awk -F'|' '{ gsub(/ /, "", $7); gsub(/ /, "", $1) }
		$7 ~ /^(\.data|\.bss|\.tdata|\.tbss|\*COM\*|\.data\.rel|\.data\.rel\.local)$/ { print $1 }' |
			while read -r name; do
				case $name in .gomp_critical_user_*) continue ;; esac # a lock of OpenMP
				grep -q "volatile sig_atomic_t $name\>" "$c" || echo "$c: $name"
			done
	done | none 'a mutable variable outside a frame'
}

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT

if [ $# -gt 0 ]; then
	check "$1"
	exit
fi

toy=$scratch/toy
mkdir "$toy"
cat >"$toy/good.c" <<'C'
/* system(1), 2024 and Hưng Yên may be spoken of. */
static const char words[] = "system(2024) papi '\"'";
int a_system(int x); /* 999 */
static const char help[] = "  hailong report papi --province NAME";
int n = 12024 + 0x999 + '"' + 1; // gets(
C
check "$toy" || { echo "banned.sh refuses a sound file"; exit 1; }
for line in 'void f(void) { system (0); }' 'int n = x == 999;' 'int y = 2024;' 'char s[] = "PAPI";' 'char s[] = "Hưng Yên";' \
	'char s[] = "  hailong report papi --province \"Hưng Yên\"";' \
	"int c = '\"'; int d = atoi(s); char e = '\"';"; do
	printf '%s\n' "$line" >"$toy/bad.c"
	! check "$toy" >/dev/null || { echo "banned.sh does not refuse: $line"; exit 1; }
done

bad=0
check src || bad=1
[ -z "${OBJECTS-}" ] || variables "$OBJECTS" || bad=1
exit $bad
