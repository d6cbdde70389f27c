#!/bin/sh
# completion.sh PROGRAM -- what a key of Tab makes of a line in bash, zsh and fish, each really run; and that every
# value offered for an option stands in the command's help.
set -u
program=$(cd "$(dirname "$1")" && pwd -P)/$(basename "$1")
root=$(cd "$(dirname "$0")/.." && pwd -P)
top=$(mktemp -d) || exit 2
trap 'rm -rf "$top"' EXIT
export LC_ALL=C.UTF-8 TERM=dumb HOME="$top" PATH="$top/bin:$PATH" completions="$root/completions"
bad=0

# Asked for completions the program answers; else the words it was given are shown.
mkdir "$top/bin" "$top/work" "$top/work/some folder"
cat >"$top/bin/hailong" <<END
#!/bin/sh
[ "\$1" != complete ] || exec "$program" "\$@"
printf '<%s>' "\$@"
echo
END
chmod +x "$top/bin/hailong"

# A line up to where Tab is struck, and the words the program is then given.
cat >"$top/lines" <<'END'
hailong rank papi --province hun|<rank><papi><--province><Hung Yen>
hailong rank papi --province "hư|<rank><papi><--province><Hưng Yên>
hailong rank papi -p Quảng\ Nin|<rank><papi><-p><Quảng Ninh>
hailong rank papi --province=hưn|<rank><papi><--province=Hưng Yên>
hailong rank papi --year 2025 -p dong\ t|<rank><papi><--year><2025><-p><Dong Thap>
hailong chart rank,tren|<chart><rank,trend>
hailong chart rank pap|<chart><rank><papi>
hailong report papi --format md,doc|<report><papi><--format><md,docx>
hailong report papi --template p|<report><papi><--template><plain>
hailong change papi --from 2013 --item 1.1,tot|<change><papi><--from><2013><--item><1.1,total>
hailong compare papi --peers nearest:5:|<compare><papi><--peers><nearest:5:profile>
hailong rank papi --la|<rank><papi><--lang>
hailong smalla|<smallarea>
hailong report papi --out som|<report><papi><--out><some folder/>
END

# Both through a terminal that zsh keeps.
cat >"$top/terminal" <<'END'
zmodload zsh/zpty
case $1 in
bash) zpty shell bash --norc --noprofile -i; zpty -w shell 'PS1=; source "$completions/hailong.bash"' ;;
zsh) zpty shell zsh -f -i; zpty -w shell 'PS1=; fpath=($completions $fpath); autoload -U compinit; compinit -u -D' ;;
esac
zpty -w shell 'hailong ready'
zpty -r -m shell heard '*<ready>*'
while IFS='|' read -r line want; do
	zpty -w -n shell "$line"$'\t\n'
	zpty -r -m shell heard $'*<*>\r*'
	heard="<${heard#*<}"
	print -r -- "$line|${${heard%%$'\r'*}/folder>/folder/>}" # zsh takes the slash of a folder back
done
END

tabbed() { # SHELL: the lines, with what became of them
	case $1 in
	bash | zsh) timeout 120 zsh -f "$top/terminal" "$1" <"$top/lines" ;;
	fish)
		while IFS='|' read -r line _; do
			fish --no-config -c 'source $completions/hailong.fish; complete -C $argv[1]' -- "$line" |
				sed 's/\t.*//' | head -1 >"$top/found"
			printf '%s|%s\n' "$line" "$(cat "$top/found")"
		done <"$top/lines"
		;;
	esac
}

cd "$top/work" || exit 2
for shell in bash zsh; do
	tabbed $shell >"$top/$shell" 2>"$top/err"
	diff "$top/lines" "$top/$shell" >"$top/diff" || {
		echo "$shell: wanted <, became >"
		cat "$top/diff" "$top/err"
		bad=1
	}
done

# fish is asked for the last word only.
sed 's/^\(.*|\).*<\([^<]*\)>$/\1\2/' "$top/lines" >"$top/last"
tabbed fish >"$top/fish" 2>"$top/err"
diff "$top/last" "$top/fish" >"$top/diff" || {
	echo "fish: wanted <, became >"
	cat "$top/diff" "$top/err"
	bad=1
}

for command in $("$program" help --names); do
	"$program" help "$command" >"$top/help"
	for option in $(grep -o -- '--[a-z-]* [A-Z]' "$top/help" | sed 's/ .$//' | sort -u); do
		case $option in
		--province | --year | --from | --to | --base-year | --item) continue ;; # of the data
		esac
		"$program" complete -- "$command" "$option" '' | sed 's/\t.*//; /^:/d' | while read -r value; do
			tr -s ' \n' ' ' <"$top/help" | grep -qF -e "${value%[=:0-9]}" ||
				echo "$command $option: \"$value\" is offered, its help does not know it"
		done
	done
done >"$top/unknown"
[ ! -s "$top/unknown" ] || {
	cat "$top/unknown"
	bad=1
}
exit $bad
