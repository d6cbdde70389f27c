#!/bin/sh
# install.sh ROOT BUILT -- puts the program of BUILT (build/release) and build/man below ROOT, which is $DESTDIR$PREFIX.
# install.sh --remove ROOT -- takes away the files it put there, and the folders it made for them, once they are empty.
#
# ROOT/share/hailong/.installed lists the files, and the folders that were not there before with a "/" at their end.
set -u
cd "$(dirname "$0")/.." || exit 1

remove() { # ROOT
	list=$1/share/hailong/.installed
	[ -f "$list" ] || return 0
	copy=$(mktemp) && cp "$list" "$copy" || return 1
	grep -v '/$' "$copy" | while read -r file; do
		rm -f "$1/$file"
	done
	rm -f "$list"
	grep '/$' "$copy" | LC_ALL=C sort -r | while read -r folder; do # what lies inside comes first
		rmdir "$1/$folder" 2>/dev/null
	done
	rm -f "$copy"
}

make_folder() { # PATH below ROOT
	[ ! -d "$root/$1" ] || return 0
	case $1 in
	*/*) make_folder "${1%/*}" ;;
	esac
	mkdir "$root/$1" && echo "$1/" >>"$made"
}

put() { # MODE FILE PLACE
	make_folder "${3%/*}" && install -m "$1" "$2" "$root/$3" && echo "$3" >>"$made" || exit 1
}

put_all() { # PLACE FOLDER...: every file of the folders but scripts, under their names
	place=$1
	shift
	find "$@" -type f ! -name "*.sh" | LC_ALL=C sort >"$files"
	while read -r file; do
		put 644 "$file" "$place/$file"
	done <"$files"
}

case $1 in
--remove) remove "$2"; exit ;;
esac
root=$1 built=$2
made=build/installed files=build/installed.files
remove "$root" && mkdir -p "$root" && : >"$made" || exit 1

put 755 "$built/hailong" bin/hailong
put 644 "$built/documents.so" lib/hailong/documents.so
put 644 "$built/png_quick.so" lib/hailong/png_quick.so
for page in build/man/*.1; do
	put 644 "$page" "share/man/man1/${page##*/}"
done
for page in build/man/vi/*.1; do
	put 644 "$page" "share/man/vi/man1/${page##*/}"
done
for words in "$built"/locale/*/LC_MESSAGES/hailong.mo; do
	put 644 "$words" "share/${words#"$built"/}"
done
put 644 completions/hailong.bash share/bash-completion/completions/hailong
put 644 completions/_hailong share/zsh/site-functions/_hailong
put 644 completions/hailong.fish share/fish/vendor_completions.d/hailong.fish
put_all share/hailong surveys plots reports
for page in README.md README.vi.md CHANGELOG.md ARCHITECTURE.md CONTRIBUTING.md LICENSE; do
	put 644 "$page" "share/doc/hailong/$page"
done
put_all share/doc/hailong docs
install -m 644 "$made" "$root/share/hailong/.installed"
