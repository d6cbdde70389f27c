#!/bin/sh
# speed.sh -- how fast answers become estimates with their errors, against libcsv alone and against what else people use.
#
# The job is all of `hailong estimate`: 60 shares with standard errors, degrees of freedom, intervals and design effects in
# each year and province, written as CSV. The answers are a lone file that tests/bench/answers.c makes, NA missing, all
# years and provinces in one pass (a survey folder is estimated one year at a time; it has a row of its own).
#
# A and B run in turn (race.c); a ratio is the median of the pairs' B / A. Before anything is timed, results are
# compared: ours with each other in all forms, byte for byte, and with the peers' in every cell.
#
# $hailong is the program, $programs holds the compiled answers, bare, race and stages, $bench is a folder for scratch,
# $answers one for the files (6 GB). quick=1: three pairs and no file above 60 MB. pairs=9
# growth_pairs=5: how many else. only="ID ...": these races, and what is
# named of checks, stages and growth; they join what was measured before. BENCH_PG: a PostgreSQL server, as libpq names
# one (a table hailong_bench is made in it); else one is started where Debian's is installed.
# Results: speed.csv, growth.csv, checks.csv, machine.csv, stages.csv, missing.csv in $bench; each pair in $bench/pairs.
set -euf
export LC_ALL=C.UTF-8
here=$(cd "$(dirname "$0")" && pwd)
quick=${quick-}
only=${only-}
[ -z "$quick" ] || pairs=3
pairs=${pairs:-9}
growth_pairs=${growth_pairs:-5}
answers=${answers:-$bench/answers}
peers=$here/peers
export DUCKDB="${DUCKDB:-$bench/duckdb}"
export HAILONG_CACHE="$bench/cache" # of one row only: all others are run with --no-cache
mkdir -p "$answers/shuffled" "$bench/pairs"

say() { echo "speed: $*" >&2; }
. "$peers/server.sh"
wants() { case " $only " in "  " | *" $1 "*) ;; *) return 1 ;; esac; }
has() { command -v "$1" >/dev/null 2>&1; }
option() { "$hailong" estimate --help | grep -q -- "--$1 "; }
command_is() { "$hailong" help | grep -q "^  $1 "; }

# ---- files -------------------------------------------------------------------------------------------------------

# make_file NAME GENERATOR OPTIONS...: kept from run to run while the generator is the same
make_file() {
	name=$1
	shift
	stamp="$* $(cksum <"$here/answers.c")"
	[ -s "$answers/$name" ] && [ "$(cat "$answers/$name.made" 2>/dev/null)" = "$stamp" ] && return
	say "writing $name"
	"$programs/answers" "$@" >"$answers/$name"
	echo "$stamp" >"$answers/$name.made"
}
make_files() {
	make_file 20k.csv 20000 -y 1 -p 2
	make_file 300k.csv 300000
	make_file shuffled/300k.csv 300000 -r
	make_file plain.csv 300000 -t -b NA
	[ -d "$answers/folder" ] || "$programs/answers" 300000 -y 1 -p 60 -m KB/TL -d "$answers/folder"
	[ -z "$quick" ] || return 0
	make_file 5M.csv 5000000 -p 8
	make_file shuffled/5M.csv 5000000 -p 8 -r
	make_file tenth.csv 500000 -p 8
}

# ---- the job -----------------------------------------------------------------------------------------------------

design="--weight weight --strata year*province*stratum --psu village --nest --by year,province --satisfied 4,5 --stat rate"
all="--item q1-q60"
estimate() { # FILE OPTIONS...
	file=$1
	shift
	"$hailong" estimate "$file" $design $all --format csv --quiet --no-cache "$@"
}
job() { echo "$hailong estimate $1 $design $all --format csv --quiet --no-cache --threads $2"; }

# ---- results are the same ----------------------------------------------------------------------------------------

check() { # WHAT RESULT
	grep -vF "\"$1\"," "$bench/checks.csv" >"$bench/checks.new" || :
	mv "$bench/checks.new" "$bench/checks.csv"
	echo "\"$1\",$2" >>"$bench/checks.csv"
	case $2 in
	same* | not\ tried*) ;;
	*) say "NOT THE SAME: $1: $2" ;;
	esac
}
same() { # WHAT FILE FILE
	if cmp -s "$2" "$3"; then check "$1" same; else check "$1" differs; fi
}
# Our CSV and a peer's as year,province,item,estimate[,se]; wide tables have a column for each item.
cells() {
	awk -F, -v OFS=, '
	NR == 1 && $1 == "survey" { ours = 1; next }
	$1 == "year" && $3 == "q1" { for (i = 3; i <= NF; i++) name[i] = $i; wide = 1; next }
	$1 == "year" { next }
	/^#/ { next }
	ours { split($5, d, /[=;]/); print d[2], d[4], $6, $8, $9; next }
	wide { for (i = 3; i <= NF; i++) print $1, $2, name[i], $i; next }
	{ print }' "$1"
}
# cells_agree WHAT OURS THEIRS [PART]: in all cells, or in those that the peer has
cells_agree() {
	cells "$2" >"$bench/ours.cells"
	cells "$3" >"$bench/theirs.cells"
	check "$1" "$(awk -F, -v part="${4-}" '
	NR == FNR { e[$1, $2, $3] = $4; se[$1, $2, $3] = $5; n++; next }
	{
		if (!(($1, $2, $3) in e)) { strange++; next }
		m++
		d = $4 - e[$1, $2, $3]
		if (d < 0) d = -d
		if (d > most || d != d) most = d
		if (NF > 4) {
			s = $5 - se[$1, $2, $3]
			if (s < 0) s = -s
			if (s > worst || s != s) worst = s
			errors++
		}
	}
	END {
		if (strange || !m || (!part && m != n)) printf "differs: %d cells of ours and %d of theirs", n, m + strange
		else if (most > 1e-9 || worst > 1e-9) printf "differs: by up to %.1e and %.1e (errors)", most, worst
		else printf "same in %d cells%s: to %.1e", m, errors ? " with errors" : "", (most > worst ? most : worst)
	}' "$bench/ours.cells" "$bench/theirs.cells")"
}

check_ours() { # NAME ROWS OPTIONS OF THE GENERATOR...
	name=$1
	shift
	estimate "$answers/$name" --threads 1 >"$bench/one.csv"
	for t in 2 7; do
		estimate "$answers/$name" --threads $t >"$bench/other.csv"
		same "$name: $t threads and one" "$bench/one.csv" "$bench/other.csv"
	done
	for chunk in 16K 1M; do
		if option chunk; then
			estimate "$answers/$name" --threads 2 --chunk $chunk >"$bench/other.csv"
			same "$name: chunks of $chunk" "$bench/one.csv" "$bench/other.csv"
		else
			check "$name: chunks of $chunk" "not tried: no --chunk here"
		fi
	done
	estimate "$answers/shuffled/$name" --threads 2 >"$bench/other.csv"
	same "$name: rows shuffled" "$bench/one.csv" "$bench/other.csv"
	if command_is tally; then
		check_shards "$name" "$@"
	else
		check "$name: 16 shards merged" "not tried: no \`hailong tally\` here"
	fi
	rm -f "$bench/other.csv"
}
check_shards() { # NAME ROWS OPTIONS OF THE GENERATOR...
	name=$1
	shift
	rm -rf "$bench/shards"
	mkdir "$bench/shards"
	for k in $(seq 16); do
		"$programs/answers" "$@" -k "$k/16" >"$bench/shards/$name"
		"$hailong" tally "$bench/shards/$name" $design $all --quiet -o "$bench/shards/$k.tally"
	done
	forward= backward=
	for k in $(seq 16); do
		forward="$forward $bench/shards/$k.tally"
		backward="$bench/shards/$k.tally $backward"
	done
	for order in forward backward; do
		eval "parts=\$$order"
		"$hailong" tally --merge $parts --quiet --force -o "$bench/shards/all.tally"
		"$hailong" estimate "$bench/shards/all.tally" --format csv --quiet >"$bench/other.csv"
		same "$name: 16 shards merged, $order" "$bench/one.csv" "$bench/other.csv"
	done
	rm -rf "$bench/shards"
}

r() { Rscript --vanilla "$peers/$1.R" "$2" "$3" ${4+"$4"}; }
duckdb() { node "$peers/duckdb.js" "$@"; }
has_r() { has Rscript && Rscript --vanilla -e "quit(status = !requireNamespace('$1', quietly = TRUE))" 2>/dev/null; }
has_duckdb() { has node && [ -d "$DUCKDB/node_modules/@duckdb/node-api" ]; }

check_peers() { # NAME
	name=$1
	file=$answers/$name
	estimate "$file" --threads 1 >"$bench/one.csv"
	if has_r data.table; then
		for method in group plain rowsum cumsum; do
			r se $method "$file" 2 >"$bench/other.csv"
			cells_agree "$name: R, $method" "$bench/one.csv" "$bench/other.csv"
			[ -z "$quick" ] || break
		done
		r means "$file" 2 >"$bench/other.csv"
		cells_agree "$name: data.table, means" "$bench/one.csv" "$bench/other.csv"
	fi
	if has_duckdb; then
		for means in means nested; do
			duckdb $means "$file" 2 >"$bench/other.csv"
			cells_agree "$name: DuckDB, $means" "$bench/one.csv" "$bench/other.csv"
		done
	fi
	rm -f "$bench/other.csv"
}
# bytes_aside WHAT OURS THEIRS: byte for byte but for the names of survey and source
bytes_aside() {
	for f in "$2" "$3"; do
		awk -F, -v OFS=, '{ $1 = $19 = "" } 1' "$f" >"$f.aside"
	done
	same "$1" "$2.aside" "$3.aside"
	rm -f "$2.aside" "$3.aside"
}
check_engines() { # the printed statement, run by DuckDB
	has_duckdb && command_is tally && "$hailong" tally --help | grep -q -- '--dialect ' || return 0
	file=$answers/300k.csv
	estimate "$file" --threads 1 >"$bench/one.csv"
	"$hailong" tally "$file" $design $all --sql --dialect duckdb --table answers --quiet >"$bench/statement.sql"
	duckdb tally "$file" 2 "$bench/statement.sql" >"$bench/engine.csv"
	"$hailong" estimate "$bench/engine.csv" --format csv --quiet >"$bench/other.csv"
	bytes_aside "300k.csv: the printed statement, run by DuckDB" "$bench/one.csv" "$bench/other.csv"
	rm -f "$bench/engine.csv" "$bench/statement.sql" "$bench/other.csv"
}
check_small_peers() { # on the 300k file and its plain form
	if has_r survey; then
		estimate "$answers/300k.csv" --threads 1 >"$bench/one.csv"
		r svyby "$answers/300k.csv" 2010 6 >"$bench/other.csv"
		cells_agree "300k.csv: survey::svyby: one year x 6 items" "$bench/one.csv" "$bench/other.csv" part
	fi
	if [ -z "$quick" ] && has mawk; then
		estimate "$answers/plain.csv" --threads 1 >"$bench/one.csv"
		mawk -f "$peers/means.awk" "$answers/plain.csv" >"$bench/other.csv"
		cells_agree "plain.csv: mawk, means" "$bench/one.csv" "$bench/other.csv"
	fi
	if has datamash; then
		"$hailong" estimate "$answers/plain.csv" --by year,province $all --stat mean --format csv --quiet --no-cache >"$bench/one.csv"
		{
			head -1 "$answers/plain.csv" | cut -d, -f2,3,12-71
			datamash -t, --header-in --narm -g year,province mean 12-71 <"$answers/plain.csv"
		} >"$bench/other.csv"
		cells_agree "plain.csv: datamash, unweighted means" "$bench/one.csv" "$bench/other.csv"
	fi
	rm -f "$bench/other.csv" "$bench/one.csv" "$bench/ours.cells" "$bench/theirs.cells"
}

# ---- races -------------------------------------------------------------------------------------------------------

# race ID FILE "A" "B" COMMAND A... -- COMMAND B...: the ratio is B / A
race() {
	id=$1 file=$2 a=$3 b=$4
	shift 4
	wants "$id" || return 0
	say "$id: $b / $a"
	rm -f "$bench/pairs/$id.csv"
	if "$programs/race" -n "${n:-$pairs}" -r "$file" -c "$bench/pairs/$id.csv" "$@" >"$bench/race.out" 2>"$bench/race.err"; then
		echo "$id,\"$a\",\"$b\",$(cat "$bench/race.out")" >>"$bench/speed.csv"
		awk -F, '{ printf "speed:   wall %s (%s-%s), cpu %s (%s-%s), %s of %s pairs\n", $7, $8, $9, $16, $17, $18, $22, $21 }' "$bench/race.out" >&2
	else
		missing "$id" "failed: $(tail -1 "$bench/race.err")"
	fi
}
missing() { # ID REASON
	wants "$1" || return 0
	say "$1: $2"
	echo "$1,\"$2\"" >>"$bench/missing.csv"
}

race_parser() { # NAME
	file=$answers/$1.csv
	race "$1-bare" "$file" "libcsv alone" "job on one thread" "$programs/bare" "$file" -- $(job "$file" 1)
	race "$1-threads" "$file" "job on one thread" "job on two threads" $(job "$file" 1) -- $(job "$file" 2)
	race "$1-cat" "$file" "cat" "libcsv alone" cat "$file" -- "$programs/bare" "$file"
	race "$1-shuffled" "$answers/shuffled/$1.csv" "job on one thread" "job on one thread with rows shuffled" $(job "$file" 1) \
		-- $(job "$answers/shuffled/$1.csv" 1)
}
race_r() { # NAME
	file=$answers/$1.csv
	if has_r data.table; then
		us="job on two threads"
		race "$1-fread" "$file" "$us" "data.table: fread alone" $(job "$file" 2) -- Rscript --vanilla "$peers/fread.R" "$file" 2
		[ -n "$quick" ] || race "$1-r-means" "$file" "$us" "data.table: fread and means without errors" $(job "$file" 2) \
			-- Rscript --vanilla "$peers/means.R" "$file" 2
		us="job on two threads"
		for method in group ${quick:-cumsum rowsum plain}; do # the fastest first
			[ "$method" != "$quick" ] || continue
			[ "$method" = group ] && least=$pairs || least=3
			n=$least race "$1-r-$method" "$file" "$us" "R by hand with errors ($method)" $(job "$file" 2) \
				-- Rscript --vanilla "$peers/se.R" "$method" "$file" 2
		done
	else
		missing "$1-fread" "R's data.table is not installed"
	fi
}
race_duckdb() { # NAME
	file=$answers/$1.csv
	if has_duckdb; then
		for means in means ${quick:-nested}; do # which is faster depends on the size
			[ "$means" = "$quick" ] || race "$1-duckdb-$means" "$file" "job on two threads" \
				"DuckDB: weighted means without errors ($means)" $(job "$file" 2) -- node "$peers/duckdb.js" $means "$file" 2
		done
		[ -n "$quick" ] || race "$1-duckdb-totals" "$file" "job on two threads" "DuckDB: village totals" $(job "$file" 2) \
			-- node "$peers/duckdb.js" totals "$file" 2
	else
		missing "$1-duckdb-means" "DuckDB (npm package @duckdb/node-api) is not installed: tools/deps.sh bench"
	fi
}
race_small_peers() {
	file=$answers/300k.csv
	plain=$answers/plain.csv
	if has datamash; then
		race 300k-datamash "$plain" "job on one thread" "GNU datamash: unweighted means without errors" $(job "$plain" 1) \
			-- sh -c "datamash -t, --header-in --narm -g year,province mean 12-71 <$plain"
	else
		missing 300k-datamash "datamash is not installed"
	fi
	if [ -n "$quick" ]; then
		missing 300k-mawk "not in bench-quick"
	elif has mawk; then
		race 300k-mawk "$plain" "job on one thread" "mawk: weighted means without errors" $(job "$plain" 1) \
			-- mawk -f "$peers/means.awk" "$plain"
	else
		missing 300k-mawk "mawk is not installed"
	fi
	if ! has_r survey; then
		missing 300k-svyby "R's survey package is not installed"
	elif [ -z "$quick" ]; then
		n=3 race 300k-svyby "$file" "job on two threads: 15 years x 60 items" "survey::svyby: one year x 6 items" $(job "$file" 2) \
			-- Rscript --vanilla "$peers/svyby.R" "$file" 2010 6
		! wants 300k-svyby || for _ in 1 2 3; do # what svyby itself takes of that
			r svyby "$file" 2010 6 | sed -n 's/^# [^ ]* //p'
		done | sort -n | sed -n 2p >"$bench/svyby.txt"
	fi
}
race_folder() {
	file=$answers/folder/answers.csv
	race folder "$file" "libcsv alone" "job on a survey folder with codebook (KB/TL missing; one year)" "$programs/bare" "$file" \
		-- "$hailong" estimate "$answers/folder" --by province --format csv --quiet --no-cache --threads 1
}
race_memory() {
	race 5M-memory "$answers/5M.csv" "job on two threads: a tenth of the rows and the same villages" "job on two threads" $(job "$answers/tenth.csv" 2) \
		-- $(job "$answers/5M.csv" 2)
}

race_tally() { # NAME
	wants "$1-tally" || wants "$1-tally-one" || wants "$1-cache" || return 0
	file=$answers/$1.csv
	if ! command_is tally; then
		missing "$1-tally" "no \`hailong tally\` here"
		return
	fi
	"$hailong" tally "$file" $design $all --quiet --force -o "$bench/$1.tally"
	race "$1-tally" "$file" "job from a tally file" "job on two threads" \
		"$hailong" estimate "$bench/$1.tally" --format csv --quiet -- $(job "$file" 2)
	rm -rf "$HAILONG_CACHE"
	"$hailong" estimate "$file" $design $all --format csv --quiet >/dev/null
	race "$1-cache" "$file" "job with sums kept by an earlier run" "job on two threads" \
		"$hailong" estimate "$file" $design $all --format csv --quiet -- $(job "$file" 2)
	rm -rf "$HAILONG_CACHE"
	race "$1-tally-one" "$file" "one item from a tally file" "one item from CSV on two threads" \
		"$hailong" estimate "$bench/$1.tally" --item q7 --format csv --quiet \
		-- "$hailong" estimate "$file" $design --item q7 --format csv --quiet --no-cache --threads 2
}

stages() { # NAME: medians of nine runs
	file=$answers/$1.csv
	say "stages of $1"
	for _ in 1 2 3 4 5 6 7 8 9; do
		cat "$file" >/dev/null
		HAILONG_SHARE=$here/../.. "$programs/stages" estimate "$file" $design $all --format csv --quiet --no-cache --threads 2 2>&1 >/dev/null
	done | awk -F, -v name="$1" '
	function median(x, n,    i, k, t) {
		for (i = 2; i <= n; i++) for (k = i; k > 1 && x[k] < x[k - 1]; k--) { t = x[k]; x[k] = x[k - 1]; x[k - 1] = t }
		return x[int((n + 1) / 2)]
	}
	/^stages,/ { n++; a[n] = $2; b[n] = $3; c[n] = $4; d[n] = $5; share[n] = $4 / $5 }
	END {
		if (n != 9) { print "stages of " name ": " n + 0 " runs of 9" >"/dev/stderr"; exit 1 }
		printf "%s,%.1f,%.1f,%.1f,%.1f,%.3f\n", name, median(a, n), median(b, n), median(c, n), median(d, n), median(share, n)
	}
	' >>"$bench/stages.csv"
}

# ---- PostgreSQL --------------------------------------------------------------------------------------------------

race_postgres() { # NAME ROWS OPTIONS OF THE GENERATOR...
	name=$1
	shift
	"$programs/answers" "$@" -b NA | server_load
	estimate "$answers/$name.csv" >"$bench/one.csv"
	"$hailong" estimate "$server" --table hailong_bench $design $all --format csv --quiet >"$bench/other.csv"
	bytes_aside "$name: PostgreSQL" "$bench/one.csv" "$bench/other.csv"
	export PGOPTIONS='-c jit=off' # as the program has it; quicker
	server_hand >"$bench/hand.sql"
	[ "$name" = 5M ] || race "$name-postgres-hand" /dev/null "psql: the sums as one would write them" "job from PostgreSQL" \
		sh -c "psql -X -q -v ON_ERROR_STOP=1 -f $bench/hand.sql '$server' >$bench/copy.csv" \
		-- "$hailong" estimate "$server" --table hailong_bench $design $all --format csv --quiet
	if [ -n "$server_root" ]; then
		server_statement "$hailong" estimate "$server" --table hailong_bench $design $all --format csv --quiet >"$bench/copy.sql"
		race "$name-postgres" /dev/null "psql: the same statement to a file" "job from PostgreSQL" \
			sh -c "psql -X -q -v ON_ERROR_STOP=1 -f $bench/copy.sql '$server' >$bench/copy.csv" \
			-- "$hailong" estimate "$server" --table hailong_bench $design $all --format csv --quiet
	else
		missing "$name-postgres" "the statement is taken from the log of a server of our own"
	fi
	unset PGOPTIONS
	rm -f "$bench/copy.csv" "$bench/other.csv"
}
postgres() {
	wants 300k-postgres || wants 5M-postgres || return 0
	if [ -n "$quick" ]; then
		missing 300k-postgres "not in bench-quick"
	elif ! option table; then
		missing 300k-postgres "no path to PostgreSQL here"
	elif ! server_start; then
		missing 300k-postgres "no PostgreSQL server is given (BENCH_PG) or installed"
	else
		! wants 300k-postgres || race_postgres 300k 300000
		! wants 5M-postgres || n=3 race_postgres 5M 5000000 -p 8
		server_stop
	fi
}

# ---- growth ------------------------------------------------------------------------------------------------------

# point CURVE X THREADS GENERATOR OPTIONS...
point() {
	curve=$1 x=$2 t=$3
	shift 3
	file=$answers/point.csv
	"$programs/answers" "$@" >"$file"
	items=$(head -1 "$file" | tr ',' '\n' | grep -c '^q')
	say "growth with $curve: $x"
	echo "$curve,$x,$(wc -c <"$file"),$("$programs/race" -n $growth_pairs -r "$file" "$programs/bare" "$file" \
		-- "$hailong" estimate "$file" $design --item "q1-q$items" --format csv --quiet --no-cache --threads "$t")" >>"$bench/growth.csv"
	rm -f "$file"
}
growth() {
	for rows in 20000 100000 300000 1000000 3000000 10000000; do point rows $rows 1 $rows -p 4; done
	for items in 5 15 60 240 960; do point items $items 1 100000 -q $items; done
	for villages in 2 4 8 16 32 64; do point villages $((villages * 5670)) 1 1000000 -p $villages; done
	for t in 1 2 3 4 8; do point threads $t $t 2000000; done
}

# ---- the machine -------------------------------------------------------------------------------------------------

fact() { echo "$1,\"$2\"" >>"$bench/machine.csv"; }
machine() {
	echo "what,value" >"$bench/machine.csv"
	fact processor "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | sort -u | head -1), $(nproc) cores seen"
	fact memory "$(awk '/^MemTotal/ { printf "%.0f GiB", $2 / 1048576 }' /proc/meminfo)"
	fact system "$(uname -sr), $(sed -n 's/^PRETTY_NAME="\(.*\)"/\1/p' /etc/os-release 2>/dev/null), $(getconf GNU_LIBC_VERSION)"
	fact compiler "$(${CC:-gcc} --version | head -1)"
	fact hailong "$("$hailong" version | head -1)"
	fact libcsv "$(dpkg-query -W -f '${Version}' libcsv3 2>/dev/null || echo '?')"
	has_r data.table && fact R "$(Rscript --vanilla -e 'cat(as.character(getRversion())); for (p in c("data.table", "survey")) if (requireNamespace(p, quietly = TRUE)) cat(",", p, as.character(packageVersion(p)))')"
	has_duckdb && fact DuckDB "$(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$DUCKDB/node_modules/@duckdb/node-api/package.json"), node $(node --version)"
	has datamash && fact datamash "$(datamash --version | head -1)"
	has mawk && fact mawk "$(mawk -W version 2>&1 | head -1)"
	has valgrind && fact valgrind "$(valgrind --version)"
	return 0
}

# ------------------------------------------------------------------------------------------------------------------

machine
make_files
fresh() { # NAME HEADER: an empty table
	echo "$2" >"$bench/$1.csv"
}
if [ -z "$only" ]; then
	fresh speed "id,a,b,$("$programs/race" -H)"
	fresh missing "id,reason"
fi
if wants checks; then
	fresh checks "what,result"
	for size in 300k ${quick:-5M}; do
		case $size in
		300k) check_ours 300k.csv 300000 ;;
		5M) check_ours 5M.csv 5000000 -p 8 ;;
		*) break ;;
		esac
		check_peers $size.csv
	done
	check_engines
	check_small_peers
fi
for size in 300k ${quick:-5M}; do
	[ "$size" != "$quick" ] || continue
	race_parser $size
	race_r $size
	race_duckdb $size
	race_tally $size
done
race_folder
race_small_peers
[ -n "$quick" ] || race_memory
postgres
if wants stages; then
	fresh stages "file,read,estimate,print,all,print_share"
	for size in 20k 300k ${quick:-5M}; do
		[ "$size" = "$quick" ] || stages $size
	done
fi
if [ -z "$quick" ] && wants growth; then
	fresh growth "curve,x,bytes,$("$programs/race" -H)"
	growth
fi
cat "$bench/speed.csv"
