#!/bin/sh
# deps.sh GROUP... -- see that the packages of the named groups are there; install the missing ones.
# Groups: build run test lint fuzz bench, and deb where there is dpkg. Silent when nothing is missing; asks the network
# only otherwise.
# The group test also brings what tests/page.sh drives a browser with, from the registry that npm is set to, into
# build/browser; bench brings DuckDB into build/bench/duckdb. On Debian 12 npm comes with 350 packages (23 MB to fetch,
# 324 MB on disk).
# Debian and Ubuntu: installs, as root or through sudo. Fedora, Arch, Homebrew: names what to install.
# Status 4: something is missing and cannot be installed from here.
set -u

debian_build='gcc make gettext libc6-dev pkg-config libcsv-dev libreadstat-dev libgsl-dev libutf8proc-dev libxml2-dev libcjson-dev libfontconfig-dev libfreetype-dev libpng-dev zlib1g-dev libxlsxwriter-dev libzip-dev libmd-dev libxxhash-dev libpq-dev'
debian_run='gnuplot-nox fontconfig pandoc fonts-noto-core fonts-croscore'
debian_test='libcriterion-dev universal-ctags zip unzip libxml2-utils poppler-utils libreoffice-writer-nogui libreoffice-calc-nogui chromium nodejs npm postgresql zsh fish'
debian_lint='clang-format clang-tidy cppcheck mandoc valgrind'
debian_fuzz='clang libclang-rt-dev'
debian_deb='dpkg-dev'
debian_bench='r-cran-data.table r-cran-survey datamash mawk valgrind postgresql nodejs npm'

fedora_build='gcc make gettext glibc-devel pkgconf-pkg-config libcsv-devel readstat-devel gsl-devel utf8proc-devel libxml2-devel cjson-devel fontconfig-devel freetype-devel libpng-devel zlib-devel libxlsxwriter-devel libzip-devel libmd-devel xxhash-devel libpq-devel'
fedora_run='gnuplot fontconfig pandoc google-noto-sans-fonts google-noto-serif-fonts google-croscore-tinos-fonts'
fedora_test='criterion-devel ctags zip unzip libxml2 poppler-utils libreoffice-writer libreoffice-calc libasan libubsan chromium nodejs npm postgresql-server zsh fish'
fedora_lint='clang-tools-extra cppcheck mandoc valgrind'
fedora_fuzz='clang compiler-rt'
fedora_bench='R-data.table R-survey datamash mawk valgrind postgresql-server nodejs npm'

arch_build='gcc make gettext pkgconf libcsv readstat gsl libutf8proc libxml2 cjson fontconfig freetype2 libpng zlib libxlsxwriter libzip libmd xxhash postgresql-libs'
arch_run='gnuplot fontconfig pandoc-cli noto-fonts ttf-croscore'
arch_test='criterion ctags zip unzip poppler libreoffice-still chromium nodejs npm postgresql zsh fish'
arch_lint='clang cppcheck mandoc valgrind'
arch_fuzz='clang compiler-rt'
arch_bench='r datamash mawk valgrind postgresql nodejs npm'

brew_build='gcc make gettext pkgconf libcsv readstat gsl utf8proc libxml2 cjson fontconfig freetype libpng zlib libxlsxwriter libzip libmd xxhash libpq'
brew_run='gnuplot fontconfig pandoc font-noto-sans font-tinos'
brew_test='criterion universal-ctags poppler coreutils node postgresql zsh fish'
brew_lint='clang-format llvm cppcheck mandoc'
brew_fuzz='llvm'
brew_bench='r datamash mawk postgresql node'

# names SYSTEM GROUP...: the packages of the groups
names() {
	system=$1
	shift
	for group; do
		eval "printf '%s ' \"\${${system}_$group?no such group}\"" || exit 2
	done
}

# modules FROM TO: the packages that FROM/package-lock.json names, in the folder TO
modules() {
	root=$(cd "$(dirname "$0")/.." && pwd) && from=$root/$1 to=$root/$2 || exit 4
	cmp -s "$from/package-lock.json" "$to/package-lock.json" && [ -e "$to/node_modules/.package-lock.json" ] && return
	command -v npm >/dev/null || {
		echo "npm is missing here: it brings the packages of $1/package.json" >&2
		exit 4
	}
	echo "npm ci ($1) in $2" >&2
	mkdir -p "$to" && rm -f "$to/package-lock.json" && cp "$from/package.json" "$to" &&
		cp "$from/package-lock.json" "$to" &&
		(cd "$to" && npm ci --ignore-scripts --no-audit --no-fund >&2) || {
		rm -f "$to/package-lock.json"
		exit 4
	}
}

# absent WANTED: those not fully installed, told apart by one dpkg-query
absent() {
	{
		dpkg-query -W -f='have ${Package} ${db:Status-Status}\n' $1 2>/dev/null
		printf 'want %s\n' $1
	} | awk '$1 == "have" && $3 == "installed" { have[$2] = 1 }
	         $1 == "want" && !($2 in have) { printf "%s%s", sep, $2; sep = " " }'
}

# tell COMMAND MISSING: for systems we do not install on
tell() {
	[ -n "$(printf '%s' "$2" | tr -d ' \n')" ] || return 0
	echo "missing here; install with: $1" $2 >&2
	exit 4
}

# there WANTED: without node and npm where these are, from whatever package: one of nodejs may hold npm
there() {
	command -v npm >/dev/null && command -v node >/dev/null || {
		printf '%s' "$1"
		return
	}
	printf '%s' "$1" | sed 's/ nodejs npm / /'
}

debian() {
	missing=$(absent "$(there "$(names debian "$@")")")
	[ -n "$missing" ] || return 0

	sudo=
	if [ "$(id -u)" -ne 0 ]; then
		sudo=sudo
	fi
	install="apt-get install -y --no-install-recommends $missing"
	wait='-o DPkg::Lock::Timeout=600' # another apt may be at work
	echo "${sudo:+sudo }$install" >&2
	if [ -n "$sudo" ] && ! command -v sudo >/dev/null; then
		echo "neither root nor sudo here: run the line above as root" >&2
		exit 4
	fi
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -q >&2 &&
		$sudo env DEBIAN_FRONTEND=noninteractive $install $wait >&2 || exit 4
}

[ $# -gt 0 ] || set -- build run test lint
has() { command -v "$1" >/dev/null 2>&1; }

if has apt-get && has dpkg-query; then
	debian "$@"
elif has dnf; then
	wanted=$(names fedora "$@") || exit 2
	tell 'sudo dnf install' "$(for p in $wanted; do rpm -q --quiet "$p" || echo "$p"; done)"
elif has pacman; then
	wanted=$(names arch "$@") || exit 2
	tell 'sudo pacman -S' "$(pacman -T $wanted)"
elif has brew; then
	wanted=$(names brew "$@") || exit 2
	tell 'brew install' "$(brew list -1 | awk -v want="$wanted" '{ have[$1] = 1 }
		END { n = split(want, w, " "); for (i = 1; i <= n; i++) if (!(w[i] in have)) print w[i] }')"
else
	echo "unknown system: what Debian calls $(names debian "$@")is needed" >&2
fi

case " $* " in
*' test '*) modules tests/browser build/browser ;;
esac
case " $* " in
*' bench '*) modules tests/bench/duckdb build/bench/duckdb ;; # DuckDB: 40 MB to fetch, 70 MB on disk
esac
