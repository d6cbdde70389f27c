#!/bin/sh
# pot.sh -- print the template of translations, po/hailong.pot: all that the program says in English.
#
# xgettext finds what calls name (diag_at, diag_word, N_ ...). Tables of commands and options are turned into calls for
# it first: [OPT_X] = {"name", 'n', "ARGUMENT", "help"}, and .words = "", .summary = "", .help = "".
set -eu
export LC_ALL=C
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT

cp -R "$root/src" "$root/late" "$dir"
cd "$dir"
# A comma between braces would count as one between arguments.
for file in src/*/*.c; do
	awk 'BEGIN { RS = "\001" } { gsub(/\(struct place\)[{][^}]*[}]/, "at"); printf "%s", $0 }' "$file" >calls
	mv calls "$file"
done
for file in src/cmd/options.c src/cmd/cmd_*.c; do
	sed -e 's/^\(\t\[OPT_[A-Z_]*\] =\) {/\1 HELP(/' -e 's/^\(\t\[OPT_[A-Z_]*\] =\)$/\1 HELP/' \
		-e 's/^\t\t{"\(.*\)$/\t\t("\1/' -e 's/},$/),/' \
		-e '/^\t\.words = "",/d' -e 's/^\t\.\(words\|summary\|help\) = /\tTELLS(/' "$file" >calls
	mv calls "$file"
done
sed 's/HELP/ARGUMENT/' src/cmd/options.c >src/cmd/options.arguments.c # one keyword takes one argument

xgettext --language=C --from-code=UTF-8 --output=pot --add-location=file --sort-by-file --no-wrap \
	--keyword --keyword=N_ --keyword=diag_word:2 --keyword=diag_fail:3 --keyword=diag_at:4 --keyword=diag_warn:2 \
	--keyword=diag_note:3 --keyword=diag_hint:2 --keyword=TELLS --keyword=HELP:4 --keyword=ARGUMENT:3 \
	--flag=diag_fail:3:c-format --flag=diag_at:4:c-format --flag=diag_warn:2:c-format \
	--flag=diag_note:3:c-format --flag=diag_hint:2:c-format --flag=N_:1:pass-c-format \
	--flag=diag_word:2:pass-c-format --flag=TELLS:1:no-c-format --flag=HELP:4:no-c-format \
	late/*.c src/*/*.c 2>warnings || { cat warnings >&2; exit 1; }
# Vietnamese words inside the English are meant; the heading of xgettext holds the time.
grep -v -e 'non-ASCII characters' -e '^  ' warnings >&2 || :
cat <<'HEAD'
msgid ""
msgstr ""
"Project-Id-Version: hailong\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
HEAD
sed -e '1,/^$/d' -e '/^#:/s/options\.arguments\.c/options.c/' pot | sed '1s/^/\n/'
