#!/bin/sh
# cache.sh PROGRAM -- sums of large files that are kept: the same bytes as without, never trusted too far.
. "$(dirname "$0")/start.sh"
cd "$dir" || exit 2
export HAILONG_CACHE="$dir/cache" HOME="$dir/home"
unset XDG_CACHE_HOME

# Answers of more than 8 MiB: what a smaller file would have is not kept.
answers() { # ROWS
	awk -v rows="$1" 'BEGIN {
		srand(11)
		print "w,stratum,village,sex,q1,q2,income,note"
		for (i = 0; i < rows; i++)
			printf "%.2f,s%d,v%d,%s,%s,%d,%d,%s\n", 1 + int(rand() * 900) / 100, i % 6, i % 120, rand() < 0.5 ? "m" : "f",
				rand() < 0.05 ? "KB" : rand() < 0.02 ? "TL" : 1 + int(rand() * 5), 1 + int(rand() * 5), int(rand() * 1000),
				"ghi chú của người trả lời, không dùng đến trong bảng"
	}' | sed 's/,\(ghi.*\)$/,"\1"/'
}
answers 90000 >big.csv
[ "$(wc -c <big.csv)" -gt 8388608 ] || fail 'the file is too small for this test'
design='--weight w --strata stratum --psu village'

# told FILES: estimates with and without the cache are the same, warnings too, and so many files are kept
told() {
	files=$1
	shift
	"$hailong" "$@" >got 2>got.err
	status=$?
	"$hailong" "$@" --no-cache >want 2>want.err
	[ $? = $status ] || fail "$*: status $status with the cache"
	cmp -s want got || fail "$*: another output with the cache"
	cmp -s want.err got.err || fail "$*: other messages with the cache: $(diff want.err got.err)"
	n=$(ls cache 2>/dev/null | wc -l)
	[ "$n" = "$files" ] || fail "$*: $n files are kept, not $files"
}
rate="estimate big.csv $design --item q1,q2 --satisfied 4,5 --by sex --format csv"
told 1 $rate
cp cache/*.tally kept
grep -q KB got.err || fail 'no warning of words to be compared'
told 1 $rate
told 1 $rate --level 0.9 --ci wilson
told 1 $rate --suppress nchs --df design --deff wor
told 1 $rate --lonely average --lang en
told 1 estimate big.csv $design --item q1,q2 --satisfied 4,5 --by sex
cmp -s cache/*.tally kept || fail 'the file of the cache was written again'
# used: answers that are gone bad behind the same bytes would not be seen, so look at time instead
touch -d '2001-01-01' cache/*.tally
told 1 $rate --level 0.8
[ "$(find cache -name '*.tally' -newermt '2002-01-01' | wc -l)" = 1 ] || fail 'the file of the cache was not used'
# what is counted differs: another file each
told 2 estimate big.csv $design --item q1 --satisfied 4,5 --by sex --format csv
told 3 estimate big.csv $design --item q1,q2 --satisfied 5 --by sex --format csv
told 4 estimate big.csv --weight w --strata stratum*sex --psu village --nest --item q1,q2 --satisfied 4,5 --by sex --format csv
told 5 $rate --where sex=f
told 6 estimate big.csv $design --item income --by sex --format csv
told 6 estimate big.csv $design --item income --by sex --format csv --level 0.5
told 7 estimate big.csv $design --item q2 --stat distribution --by sex --format csv
told 7 estimate big.csv $design --item q2 --stat distribution --by sex --format csv --suppress n=9
told 8 estimate big.csv $design --item income --stat ratio --over q2 --format csv
told 8 estimate big.csv $design --item income --stat ratio --over q2 --format csv
# rows are needed, or strata are joined: nothing is kept
told 8 estimate big.csv $design --item income --stat quantile --format csv
told 8 estimate big.csv $design --item q1 --satisfied 3 --lonely collapse --format csv
# an error is told alike, and kept nowhere
told 8 estimate big.csv $design --item q1 --format csv
told 8 estimate big.csv $design --item q1 --satisfied 9 --format csv

# ---- answers that change ---------------------------------------------------------------------------
rm -rf cache
told 1 $rate
cp -p big.csv before
sed '5000,5009s/,[mf],\([^,]*\),[0-9],/,f,\1,6,/' big.csv >changed
! cmp -s changed big.csv || fail 'nothing has changed'
touch -r big.csv changed
cp -p changed big.csv
told 2 $rate
cp -p before big.csv
told 2 $rate
ln -s big.csv link.csv
told 2 estimate link.csv $design --item q1,q2 --satisfied 4,5 --by sex --format csv
answers 1000 >small.csv
told 2 estimate small.csv $design --item q1,q2 --satisfied 4,5 --format csv
cat small.csv big.csv >/dev/null
told 3 estimate big.csv small.csv $design --item q1,q2 --satisfied 4,5 --by sex --format csv
told 4 estimate small.csv big.csv $design --item q1,q2 --satisfied 4,5 --by sex --format csv

# ---- files of the cache that are not what they should be ---------------------------------------------
rm -rf cache
"$hailong" $rate >want 2>/dev/null
file=$(echo cache/*.tally)
cp "$file" kept
# mended WORDS: the output is right, and the file as it was
mended() {
	"$hailong" $rate >got 2>got.err || fail "$1: $(cat got.err)"
	cmp -s want got || fail "$1: another output"
	cmp -s kept "$file" || fail "$1: not made anew"
	[ "$(ls cache | wc -l)" = 1 ] || fail "$1: $(ls cache)"
}
size=$(wc -c <kept)
for i in 1 2 3 4 5 6 7 8 9; do
	at=$((size * i / 10))
	cp kept "$file"
	printf '\252' | dd of="$file" bs=1 seek=$at conv=notrunc 2>/dev/null
	cmp -s kept "$file" || mended "byte $at altered"
done
head -c $((size / 2)) kept >"$file"
mended 'cut short'
: >"$file"
mended 'empty'
echo no tally >"$file"
mended 'a foreign file'
"$hailong" tally big.csv $design --item q1,q2 --satisfied 4,5 --by sex -o other.tally -q
cp other.tally "$file"
mended 'a tally without a key'
"$hailong" estimate big.csv $design --item q1,q2 --satisfied 1 --by sex --format csv >/dev/null 2>&1
for other in cache/*.tally; do
	[ "$other" = "$file" ] || mv "$other" "$file"
done
mended 'the sums of another plan under this name'
"$hailong" estimate "$file" >out 2>err
[ $? = 3 ] && grep -q 'keeps for itself' err || fail "a file of the cache as a tally: $(cat err)"
"$hailong" tally --merge "$file" other.tally -o never >out 2>err
[ $? = 3 ] && [ ! -e never ] || fail "a file of the cache merged: $(cat err)"
rm "$file" && mkdir "$file"
"$hailong" $rate >got 2>/dev/null || fail 'a folder of that name'
cmp -s want got || fail 'a folder of that name: another output'
rmdir "$file"

# ---- where it lies ---------------------------------------------------------------------------------
rm -rf cache
"$hailong" $rate --no-cache >got 2>/dev/null
[ ! -e cache ] || fail '--no-cache keeps something'
for bad_folder in /proc/none/here "$dir/big.csv" "$dir/big.csv/x"; do
	HAILONG_CACHE=$bad_folder "$hailong" $rate >got 2>got.err || fail "$bad_folder: $(cat got.err)"
	cmp -s want got || fail "$bad_folder: another output"
	! grep -q cache got.err || fail "$bad_folder: a word about the cache"
done
HAILONG_CACHE= XDG_CACHE_HOME="$dir/xdg/deep" "$hailong" $rate >got 2>/dev/null
[ "$(ls xdg/deep/hailong | wc -l)" = 1 ] || fail 'XDG_CACHE_HOME is not taken'
HAILONG_CACHE= XDG_CACHE_HOME=relative "$hailong" $rate >got 2>/dev/null
[ "$(ls home/.cache/hailong | wc -l)" = 1 ] || fail '~/.cache is not taken'
[ ! -e relative ] || fail 'a relative XDG_CACHE_HOME is taken'
HAILONG_CACHE= HOME= "$hailong" $rate >got 2>/dev/null || fail 'without a home'
HAILONG_CACHE="$dir/home/.cache/hailong" "$hailong" doctor >out 2>/dev/null
grep -q "sums that are kept  *$dir/home/.cache/hailong (1 files" out || fail "doctor: $(cat out)"
[ "$(stat -c %a home/.cache/hailong)$(stat -c %a home/.cache/hailong/*)" = 700600 ] || fail 'others may read what is kept'

# ---- below a gibibyte: the oldest of our own go --------------------------------------------------------
mkdir cache
for name in 00000000000000000000000000000001.tally 00000000000000000000000000000002.tally 00000000000000000000000000000003.tally.77.part keep.tally 00000000000000000000000000000004.txt; do
	truncate -s 500M "cache/$name"
done
touch -d 2003-01-01 cache/00000000000000000000000000000001.tally
touch -d 2001-01-01 cache/00000000000000000000000000000002.tally cache/keep.tally
touch -d 2002-01-01 cache/00000000000000000000000000000003.tally.77.part
"$hailong" $rate >got 2>/dev/null
left=$(ls cache | tr '\n' ' ')
case $left in
'00000000000000000000000000000001.tally 00000000000000000000000000000003.tally.77.part 00000000000000000000000000000004.txt '*' keep.tally ') ;;
*) fail "what is left: $left" ;;
esac

# ---- a year of a survey ----------------------------------------------------------------------------
rm -rf cache
cp -r "$root/surveys/sipas-example" mine
f=mine/answers_2022.csv
awk 'NR == 1 { print; next } { row[NR] = $0 } END { for (k = 0; k < 12; k++) for (i = 2; i <= NR; i++) print row[i] }' $f >more && mv more $f
[ "$(wc -c <$f)" -gt 8388608 ] || fail 'the year is too small for this test'
told 1 estimate ./mine --year 2022 --province all --format csv
told 1 estimate ./mine --year 2022 --province 33 --level 0.9
told 1 estimate ./mine --year 2022 --format csv
told 1 index ./mine --year 2022 --format csv
told 1 rank ./mine --year 2022 --format csv
sed 's/|5=/|5=  /' mine/codebook.csv >book && ! cmp -s book mine/codebook.csv || fail 'the codebook is as it was'
cp book mine/codebook.csv
told 2 estimate ./mine --year 2022 --province all --format csv
exit $bad
