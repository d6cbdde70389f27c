#!/bin/sh
# po.sh -- the translations are complete: po/hailong.pot is what the sources say, po/vi.po has all of it, and so has
# every call that tells something. Tries itself out first.
#
# What calls say is looked up a second time, without xgettext: every string that stands where diag_at and its like take
# their format must be in the template.
set -u
export LC_ALL=C.UTF-8
cd "$(dirname "$0")/.." || exit 2
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT

# ids PO: its English, one a line, as it is escaped
ids() {
	awk '/^msgid / { on = 1; id = ""; sub(/^msgid /, "") }
	/^msgstr/ { if (on) print id; on = 0 }
	on { sub(/^"/, ""); sub(/"$/, ""); id = id $0 }' "$1" | sort -u
}

# said FILE...: the strings that calls are given as formats or words, adjacent ones as one
said() {
	for file; do
		${CC:-gcc} -fpreprocessed -dD -E -P -x c "$file" 2>/dev/null | awk '
		BEGIN {
			place["diag_fail"] = 3; place["diag_at"] = 4; place["diag_warn"] = 2; place["diag_note"] = 3
			place["diag_hint"] = 2; place["diag_word"] = 2; place["N_"] = 1
		}
		{ s = s $0 "\n" }
		END {
			while (match(s, /(diag_(fail|at|warn|note|hint|word)|N_)\(/)) {
				name = substr(s, RSTART, RLENGTH - 1)
				own = RSTART == 1 || substr(s, RSTART - 1, 1) !~ /[A-Za-z0-9_]/
				s = substr(s, RSTART + RLENGTH)
				if (own)
					take(s, place[name])
			}
		}
		# the strings in argument n of the call whose arguments begin s
		function take(s, n,    depth, at, c, run) {
			for (depth = at = 1; depth > 0 && s != ""; s = substr(s, 2)) {
				c = substr(s, 1, 1)
				if (match(s, /^"([^"\\]|\\.)*"/)) {
					if (at == n)
						run = run substr(s, 2, RLENGTH - 2)
					s = substr(s, RLENGTH)
					continue
				}
				if (match(s, /^\047([^\047\\]|\\.)*\047/)) {
					s = substr(s, RLENGTH)
					continue
				}
				depth += c ~ /[({[]/
				depth -= c ~ /[]})]/
				if (c !~ /[ \t\n]/ && run != "") {
					print run
					run = ""
				}
				at += depth == 1 && c == ","
			}
		}'
	done | sort -u
}

# complete PO POT FILE...: nothing is missing
complete() {
	po=$1 pot=$2
	shift 2
	msgfmt --check -o /dev/null "$po" || return 1
	msgcmp "$po" "$pot" || return 1
	[ -z "$(msgattrib --untranslated "$po")$(msgattrib --only-fuzzy "$po")" ] || {
		echo "$po: something is untranslated or fuzzy"
		return 1
	}
	ids "$pot" >"$dir/ids"
	said "$@" | comm -23 - "$dir/ids" >"$dir/lost"
	[ ! -s "$dir/lost" ] || {
		echo "not in $pot:"
		cat "$dir/lost"
		return 1
	}
}

refused() { # WHY PO POT FILE...
	why=$1
	shift
	! complete "$@" >/dev/null 2>&1 || { echo "po.sh does not see $why"; exit 1; }
}

# What must be seen: a translation that is gone, one with other conversions, a sentence that the template lacks.
awk '/^msgstr/ && ++n == 7 { print "msgstr \"\""; skip = 1; next } !NF { skip = 0 } !skip' po/vi.po >"$dir/gone.po"
refused "a missing translation" "$dir/gone.po" po/hailong.pot
sed '/^msgid "--%s takes no value"/,/^msgstr/s/^msgstr .*/msgstr "%d"/' po/vi.po >"$dir/other.po"
refused "another conversion" "$dir/other.po" po/hailong.pot
cat >"$dir/toy.c" <<'C'
bool f(struct diag *why, struct place p, bool many)
{
	diag_hint(why, "hailong help lists " "the commands"); /* diag_hint(why, "a comment") */
	return diag_at(why, (struct place){name("x, y"), 1, 2}, DIAG_DATA,
		       many ? N_("no file") : "%zu of this", g(")"));
}
C
printf '%s\n' '%zu of this' 'hailong help lists the commands' 'no file' >"$dir/want"
said "$dir/toy.c" | cmp - "$dir/want" || { echo "po.sh does not read calls"; exit 1; }
refused "a new sentence" po/vi.po po/hailong.pot "$dir/toy.c"

# untold FILE...: collections that speak English, but for those whose problems nobody reads
untold() {
	! {
		grep -nE 'struct diag [a-z]+ = \{0\}' "$@" | grep -v 'main\.c:.* why = '
		for file; do
			sed -n 's/.*struct diag \*\([a-z]*\) = arena_new.*/\1/p' "$file" | while read -r name; do
				grep -qE "\\<$name(\[i\]\.|->)translation = " "$file" || echo "$file: $name = arena_new"
			done
		done
	} | grep -vE '(ignored|unused|unread|english) = '
}
for own in 'own = {0}' '*own = arena_new(a, 1, sizeof *own)'; do
	printf 'struct diag %s;\n' "$own" >"$dir/toy.c"
	! untold "$dir/toy.c" >/dev/null || { echo "po.sh does not see a collection without translation"; exit 1; }
done
printf 'struct diag ignored = {0};\nstruct diag *unread = arena_new(a, 1, sizeof *unread);\n' >"$dir/toy.c"
untold "$dir/toy.c" || { echo "po.sh sees a collection that nobody reads"; exit 1; }

bad=0
untold src/*/*.c || { echo "struct diag own = {.translation = why->translation};"; bad=1; }
tools/pot.sh >"$dir/pot" || bad=1
cmp "$dir/pot" po/hailong.pot || { echo "po/hailong.pot is not what the sources say: make po-update"; bad=1; }
complete po/vi.po "$dir/pot" src/*/*.c || { echo "make po-update lists what is to translate"; bad=1; }
[ "$(said src/*/*.c | wc -l)" -gt 1000 ] || { echo "few sentences are found"; bad=1; }
exit $bad
