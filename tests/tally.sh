#!/bin/sh
# tally.sh PROGRAM -- sums of answers as files: written, added in any order, estimated, and refused.
#
# What must hold: estimating a tally prints the bytes that estimating the answers prints; shards in any
# order are the bytes of one run; a file that is damaged, foreign, or of another plan is refused with a
# sentence, and nothing is printed.
. "$(dirname "$0")/start.sh"
cd "$dir" || exit 2

# Answers of 40 villages in 5 strata and two years: a respondent in a row; names that need care.
awk 'BEGIN {
	srand(5)
	print "w,year,stratum,village,sex,age,N,q1,q2,q3,income,cost"
	for (i = 0; i < 1600; i++) {
		v = int(i / 40)
		s = v % 5
		printf "%.2f,%d,%s,%s,%s,%d,%d", 1 + int(rand() * 900) / 100, 2001 + v % 2, s == 1 ? "\"a*b, \"\"c\"\"\"" : "s" s,
			v == 7 ? "\"x\ny $(id) `id` <&>\"" : "làng " v, rand() < 0.03 ? "" : (rand() < 0.5 ? "m" : "f"), 18 + int(rand() * 60), 30
		for (q = 0; q < 3; q++)
			printf ",%s", rand() < 0.05 ? "" : rand() < 0.05 ? "KB" : 1 + int(rand() * 5)
		printf ",%s,%d\n", rand() < 0.1 ? "NA" : int(rand() * 100000) / 10, 1 + int(rand() * 50)
	}
}' >a.csv
design='--weight w --strata stratum --psu village'
numbers='--item income --stat'

# same EXPECTED GOT WHAT
same() {
	cmp -s "$1" "$2" || fail "$3: $1 and $2 differ"
}

run() { # STATUS COMMAND...: output in out, what is told in err
	want=$1
	shift
	"$hailong" "$@" >out 2>err
	got=$?
	[ $got = "$want" ] || fail "$*: status $got, not $want: $(cat err)"
}

says() { # WORDS
	grep -qF -e "$1" err || fail "it does not say \"$1\" but: $(cat err)"
}

# refused STATUS WORDS COMMAND...: nothing on standard output, and these words
refused() {
	status=$1 words=$2
	shift 2
	run "$status" "$@"
	[ ! -s out ] || fail "$*: output although refused"
	says "$words"
}

# ---- every kind of variable, both kinds of file, through the other and back -------------------
# round NAME TALLY-OPTION...
round() {
	name=$1
	shift
	# no quotes needed: none of these options holds a blank
	run 0 tally a.csv "$@" -o "$name.csv"
	run 0 tally a.csv "$@" -o "$name.tally"
	run 0 tally a.csv "$@"
	same out "$name.csv" "$name: on standard output"
	run 0 estimate a.csv "$@" --format csv
	mv out "$name.want"
	mv err "$name.told"
	for file in $name.csv $name.tally; do
		run 0 estimate "$file" --format csv
		same "$name.want" out "$name: estimates of $file"
		same "$name.told" err "$name: warnings of $file"
	done
	run 0 tally --merge "$name.tally" -o again.csv --force
	[ "${2-}" = rows ] || same "$name.csv" again.csv "$name: binary to CSV"
	run 0 tally --merge "$name.csv" -o again.tally --force
	same "$name.tally" again.tally "$name: CSV to binary"
}
round share $design --item q1-q3 --satisfied 4,5 --by sex,year
round levels $design --item q1,q2 --stat distribution --by year
round mean $design $numbers mean --where sex=f,age\>=30 --by year
round variance $design $numbers variance
round total $design $numbers total --by sex
round ratio $design --item income --over cost --by year
round nest --weight w --strata year*stratum --psu village --nest --item q1 --satisfied 4,5
round fpc $design --fpc N --item q1 --satisfied 5 --by sex

# Weights that take the digits of numbers behind the point away from their sums.
awk -F, 'NR == 1 { print "w,stratum,village,y"; next } NF == 12 && $3 ~ /^s/ { v = $11 == "NA" ? 7.3 : $11; printf "%d00,%s,v%d,%.1f\n", 1 + NR % 3, $3, NR % 37, v + NR % 7 / 10 }' a.csv >even.csv
for stat in mean variance total; do
	even="--weight w --strata stratum --psu village --nest --item y --stat $stat"
	run 0 estimate even.csv $even --format csv
	mv out want
	for file in even.tally even.csv.csv; do
		run 0 tally even.csv $even -o $file --force
		run 0 estimate $file --format csv
		same want out "$stat with even weights: $file"
	done
done

# ---- what may be chosen afterwards -------------------------------------------------------------
# chosen FILE "OPTIONS FOR THE ANSWERS" "OPTIONS FOR THE TALLY"
chosen() {
	run 0 estimate a.csv $design --satisfied 4,5 $1 --format csv
	mv out want
	for file in share.csv share.tally; do
		run 0 estimate $file $2 --format csv
		same want out "$file $2"
	done
}
chosen '--item q3,q1 --by year' '--item q3,q1 --by year'
chosen '--item q2' '--item q2 --by='
chosen '--item q3,q1-q3' '--item q3,q1-q3,q1 --by='
chosen '--item q1-q2 --by year,sex --level 0.9 --ci wilson' '--item q1-q2 --by year,sex --level 0.9 --ci wilson'
chosen '--item q1-q3 --by sex,year --df design --deff wor --suppress n=300' '--df design --deff wor --suppress n=300'
chosen '--item q1-q3 --by sex,year --lonely collapse' '--lonely collapse'
chosen '--item q1-q3 --by sex,year' "--item all $design --satisfied 4,5 --stat rate"
for format in table md json tsv; do
	run 0 estimate a.csv $design --item q1-q3 --satisfied 4,5 --by sex,year --format $format --lang en
	sed 's/share\.tally/a.csv/' out >want
	run 0 estimate share.tally --format $format --lang en
	same want out "as $format"
done
run 0 estimate share.tally --weight w --strata stratum --psu village --satisfied 4,5 --stat rate

# ---- shards ------------------------------------------------------------------------------------
# Sixteen, cut through villages; blank lines would be passed over, so the village with a line break stays whole.
"$hailong" tally a.csv $design --item q1-q3 --satisfied 4,5 --by sex,year -o whole.tally -q
awk 'NR == 1 { head = $0; next }
{ rows = rows (rows == "" ? "" : "\n") $0 }
(gsub(/"/, "\"", rows) % 2) == 0 { n++; f = sprintf("shard%02d.csv", n * 7 % 16); if (!(f in seen)) { print head >f; seen[f] = 1 } print rows >f; rows = "" }' a.csv
for i in 00 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15; do
	kind=tally
	[ $((1$i % 2)) = 0 ] || kind=csv
	run 0 tally shard$i.csv $design --item q1-q3 --satisfied 4,5 --by sex,year -o part$i.$kind
done
# one run over all of them is told apart from the file only by what the source is called
run 0 tally shard*.csv $design --item q1-q3 --satisfied 4,5 --by sex,year -o one.tally
run 0 tally shard*.csv $design --item q1-q3 --satisfied 4,5 --by sex,year -o one.csv
parts=$(ls part*)
orders=$(printf '%s\n' "$(echo $parts)" "$(echo $parts | tr ' ' '\n' | sort -r | tr '\n' ' ')" "$(echo $parts | tr ' ' '\n' | sort -k1.6 | tr '\n' ' ')")
printf '%s\n' "$orders" | while read -r order; do
	run 0 tally --merge $order -o merged.tally --force
	same one.tally merged.tally "merged: $order"
	run 0 tally --merge $order -o merged.csv --force
	same one.csv merged.csv "merged: $order"
done >told
[ ! -s told ] || { cat told; bad=1; }
# by twos, then the sums of those
set -- $parts
n=0
while [ $# -gt 1 ]; do
	run 0 tally --merge "$2" "$1" -o pair$n.csv
	n=$((n + 1))
	shift 2
done
run 0 tally --merge pair*.csv -o tree.tally
same one.tally tree.tally 'a tree of merges'
run 0 estimate part* --format csv
mv out want
run 0 estimate one.tally --format csv
same want out 'parts estimated without merging'
run 0 estimate a.csv $design --item q1-q3 --satisfied 4,5 --by sex,year --format csv
sed 's/^a\.csv,/shard00.csv,/; s/,a\.csv,/,shard00.csv,/' out >want
run 0 estimate one.tally --format csv
same want out 'sixteen files and one'
# the order of rows in a tally CSV is free, and one part may stand in several
{ head -2 one.csv; tail -n +3 one.csv; } >same.csv
grep -v '^,.*làng 3,' one.csv >left.csv
{ head -1 one.csv; grep '^,.*làng 3,' one.csv | sort -r; sed -n 2p one.csv; } >right.csv
run 0 tally --merge left.csv right.csv -o back.csv
same one.csv back.csv 'rows cut apart'
# every row its own unit: in any order the same
for i in 00 01 02 03; do
	run 0 tally shard$i.csv --weight w --item income -o row$i.tally
done
run 0 tally --merge row00.tally row01.tally row02.tally row03.tally -o rows.csv
run 0 tally --merge row03.tally row01.tally row00.tally row02.tally -o swor.csv
same rows.csv swor.csv 'rows as units'
run 0 estimate a.csv --weight w --item income --format csv
mv out want
run 0 tally a.csv --weight w --item income -o rows.tally
run 0 estimate rows.tally --format csv
same want out 'rows as units'
# nobody of a shard counts: told there, refused only at the end
run 0 tally shard00.csv $design --item q1 --satisfied 9 -o nobody.tally
says 'nobody has any of the levels'
run 0 tally --merge nobody.tally -o nobody.csv
refused 3 'no row has "9"' estimate nobody.csv

# each of two has one of the levels that count: together they have both, in either order
awk -F, 'BEGIN { print "w,q" >"four.csv"; print "w,q" >"five.csv"; for (i = 0; i < 40; i++) { print 1 + i % 3 "," (i % 2 ? 1 : 4) >"four.csv"; print 1 + i % 3 "," (i % 2 ? 2 : 5) >"five.csv" } }'
for part in four five; do
	run 0 tally $part.csv --weight w --item q --satisfied 4,5 -o $part.tally
	says 'no row has'
done
run 0 estimate four.tally five.tally
[ ! -s err ] || fail "levels that occur in the other file: $(cat err)"
run 0 estimate five.tally four.tally
[ ! -s err ] || fail "levels that occur in the other file: $(cat err)"

# ---- a year of a survey -------------------------------------------------------------------------
survey() { # TALLY-OPTIONS | ESTIMATE-OPTIONS
	run 0 tally sipas-example --year 2022 $1 -o year.tally --force
	run 0 tally sipas-example --year 2022 $1 -o year.csv --force
	for format in csv table; do
		run 0 estimate sipas-example --year 2022 $1 $2 --format $format
		mv out want
		mv err want.err
		for file in year.tally year.csv; do
			run 0 estimate $file $2 --format $format
			same want out "$file $1 $2"
			same want.err err "$file $1 $2: warnings"
		done
	done
}
survey '--by residence' '--province 33'
survey '--item I.A.1,q9_1_a_2 --by residence' '--province all --suppress nchs'
survey '--item I.A.1 --stat distribution' '--province all'
survey '--item I.A.1 --stat mean --where residence=urban' ''
run 0 tally sipas-example --year 2022 -o y.tally
run 0 estimate y.tally --item I.A.1 --province 33 --format csv
grep -q simulated out || fail 'a tally of simulated answers does not say so'
refused 2 'of a lone file' estimate share.tally --province 33
refused 2 '--year 2023: the tally was made with 2022' estimate y.tally --year 2023
refused 2 'no "XYZ"' estimate y.tally --item XYZ
refused 2 '--system is not for a tally' estimate y.tally --system 34
# its folder: moved, changed
mkdir kept
cp -r "$root/surveys/sipas-example" kept/mine
run 0 tally kept/mine --year 2022 -o mine.tally
run 0 estimate mine.tally --province 33
mv kept/mine kept/gone
refused 3 'is not found at "kept/mine"' estimate mine.tally
mv kept/gone kept/mine
echo >>kept/mine/codebook.csv
refused 3 'codebook.csv is not what it was' estimate mine.tally
cp "$root/surveys/sipas-example/codebook.csv" kept/mine
printf 'ssu,respondent\n' >>kept/mine/design.csv
refused 3 'design.csv is not what it was' estimate mine.tally

# ---- many groups: worked out and written by several threads -------------------------------------------
groups="$design --item q1-q3 --stat distribution --by village,sex,age --suppress nchs --format csv"
run 0 estimate a.csv $groups --threads 1
cp out one.csv
[ "$(wc -l <one.csv)" -gt 5000 ] || fail "only $(wc -l <one.csv) rows"
for threads in 2 7; do
	run 0 estimate a.csv $groups --threads $threads
	same one.csv out "$threads threads"
done
printf 'w,p,g,q\n1,1,"a\tb",4\n1,2,c,5\n1,3,c,1\n' >tab.csv
refused 3 'cannot be written as TSV' estimate tab.csv --weight w --psu p --item q --satisfied 4,5 --by g --format tsv

# ---- refused: what the tally has not --------------------------------------------------------------
t=share.tally
refused 2 '--satisfied 3,4,5: the tally was made with 4,5' estimate $t --satisfied 3,4,5
refused 2 'was made for --stat rate, not mean' estimate $t --stat mean
refused 2 '--weight v: the tally was made with w' estimate $t --weight v
refused 2 '--psu sex: the tally was made with village' estimate $t --psu sex
refused 2 '--strata year*stratum: the tally was made with stratum' estimate $t --strata 'year*stratum'
refused 2 '--ssu x: the tally was made with none' estimate $t --ssu x
refused 2 '--fpc N: the tally was made with none' estimate $t --fpc N
refused 2 '--nest: the tally was made without it' estimate $t --nest
refused 2 '--where sex=f: the tally was made with none' estimate $t --where sex=f
refused 2 '--where sex=m: the tally was made with sex=f;age>=30' estimate mean.tally --where sex=m
refused 2 'not by "age"; it is by sex,year' estimate $t --by age
refused 2 'no "income"' estimate $t --item income
refused 2 '--q is not for a tally' estimate $t --q 0.5
refused 2 '--replicates is not for a tally' estimate $t --replicates 20
refused 2 '--over' estimate ratio.tally --over income
refused 2 'needs every row' tally a.csv $design --item income --stat quantile
refused 2 'one survey at a time' tally --sql sipas-example a.csv
refused 2 'stands twice' tally a.csv $design --item q1 --satisfied 4 --by sex,sex
refused 3 'a tally already' tally $t $design --item q1 --satisfied 4
refused 3 'this is no tally' tally --merge $t a.csv
refused 3 'this is no tally' estimate $t a.csv
refused 2 '--item is not for --merge' tally --merge $t --item q1
refused 2 'would replace a file that is read' tally --merge $t -o $t --force
refused 1 'exists and would change' tally a.csv $design --item q1 --satisfied 4 -o $t

# ---- refused: tallies that do not belong together --------------------------------------------------
other() { # WORDS OPTION...
	words=$1
	shift
	run 0 tally a.csv "$@" -o other.csv --force
	refused 3 "$words" tally --merge share.csv other.csv
	refused 3 'than share.tally' estimate share.tally other.csv
}
other 'another statistic than share.csv: "proportion", not "rate"' $design --item q1-q3 --category 4,5 --by sex,year
other 'another design than share.csv' --weight w --strata year --psu village --nest --item q1-q3 --satisfied 4,5 --by sex,year
other 'another condition than share.csv: "year=2001"' $design --item q1-q3 --satisfied 4,5 --by sex,year --where year=2001
other 'another set of groups than share.csv: "sex", not "sex,year"' $design --item q1-q3 --satisfied 4,5 --by sex
other 'another number of columns counted' $design --item q1 --satisfied 4,5 --by sex,year
other 'another column counted than share.csv: "q1: share 3,4,5"' $design --item q1-q3 --satisfied 3,4,5 --by sex,year
run 0 tally sipas-example --year 2023 -o y23.tally
refused 3 'another year' tally --merge y.tally y23.tally

# ---- refused: CSV that is not whole ----------------------------------------------------------------
# altered SED WORDS [STATUS]: share.csv through sed
altered() {
	sed "$1" share.csv >x.csv
	! cmp -s share.csv x.csv || fail "sed $1 changes nothing"
	refused 3 "$2" estimate x.csv
	refused 3 "$2" tally --merge x.csv share.tally -o never
	[ ! -e never ] || fail "$1: a file was written"
	rm -f never
}
altered '2d' 'no row of the tally has a plan'
altered '2s/hailong tally/other tally/' '"format" is not "hailong tally"'
altered '2s/""version"":1/""version"":2/' 'version 2; this program knows 1'
altered '2s/""year""/""jahr""/' '"jahr" is not known'
altered '2s/""kind"":""share""/""kind"":""guess""/' '"kind" is not known'
altered '2s/""weight"":""w"",//' '"weight" is not a text'
altered '2s/""variables"":.*""codebook""/""variables"":[],""codebook""/' 'nothing is counted'
altered '2s/{""format/{""format"":1,""format/' '"format"'
altered '2s/}",/",/' 'no JSON object'
altered '1s/,k1,/,kk1,/' 'no column "k1"'
altered '1s/,k1,/,k1 ,/' 'no column "k1"'
altered '1s/,u1,/,u2,/' 'no column "u1"'
altered '1s/,wy3$/,wy3,more/; 2,$s/$/,/' 'column "more" is not one'
altered '1s/,n2,/,n1,/' 'stands twice'
altered '$s/,1,\([0-9]*\),/,2,\1,/' 'is not 1 or 0'
altered '$s/,1,\([0-9]*\),/,1,x,/' '"x" is not a number of rows'
altered '$s/,1,\([0-9]*\),/,1,-3,/' '"-3" is not a number of rows'
altered '$s/,1,\([0-9]*\),/,1,,/' '"" is not a number of rows'
altered '$s/,1,\([0-9]*\),/,1,0,/' 'without rows or weights'
altered '$s/,1,\([0-9]*\),/,1,1,/' 'more answers than rows'
altered '$s/[^,]*$/-1/' 'cannot be'
altered '$s/[^,]*$/1,5/' 'the row has'
altered '$s/[^,]*$/1e999/' 'is not a number'
altered '$s/[^,]*$/99999999/' 'weights of what counts that cannot be'
altered '$s/,[^,]*,[^,]*$/,9999,1/' 'more answers that count than answers'
altered '$s/^,[^,]*,/,,/' 'a column of the design is blank'
altered '$s/^,[^,]*,/,s0,/' 'is in stratum'
# x.csv:3: the place is told
sed '5s/,1,\([0-9]*\),/,1,x,/' share.csv >x.csv
refused 3 'x.csv:5:' estimate x.csv
# rows that the codebook does not know, from a database
awk 'NR == 1 { print $0 ",bad1"; next } NR == 2 { print $0 ","; next } { print $0 "," (NR == 5 || NR == 9 ? 2 : 0) }' share.csv >x.csv
refused 3 'x.csv:5:' estimate x.csv
says 'column "q1" of the answers has 4 rows with a value that'
awk 'NR == 1 { print $0 ",bad1"; next } NR == 2 { print $0 ","; next } { print $0 ",0" }' share.csv >x.csv
run 0 estimate x.csv --format csv
same share.want out 'a tally with bad1'
# two plans in one file
{ cat share.csv; sed -n '2s/answers/more/; 2s/a\.csv/b.csv/p' share.csv; } >x.csv
refused 3 'another plan in the same file' estimate x.csv
head -2 share.csv >x.csv
refused 3 'no rows of answers' estimate x.csv

# ---- refused: binary files that are not whole --------------------------------------------------------
size=$(wc -c <share.tally)
put() { # OFFSET OCTAL: share.tally with that byte
	cp share.tally x.tally
	printf "\\$2" | dd of=x.tally bs=1 seek="$1" conv=notrunc 2>/dev/null
	! cmp -s share.tally x.tally || printf '\252' | dd of=x.tally bs=1 seek="$1" conv=notrunc 2>/dev/null
}
put 16 1
refused 3 'another order of bytes' estimate x.tally
put 20 7
refused 3 'format version 7; this program knows 1' estimate x.tally
for n in $((size - 1)) $((size / 2)) 200 60; do
	head -c $n share.tally >x.tally
	refused 3 'tally' estimate x.tally
done
{ cat share.tally; printf x; } >x.tally
refused 3 'behind its end' estimate x.tally
{ cat share.tally share.tally; } >x.tally
refused 3 'behind its end' estimate x.tally
# any byte: refused, whichever it is
for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29; do
	put $((40 + i * (size - 41) / 29)) 125
	run 3 estimate x.tally
	[ ! -s out ] || fail "byte $((40 + i * (size - 41) / 29)) altered: it is estimated"
done

# ---- weights with too many digits --------------------------------------------------------------------
awk -F, 'BEGIN { srand(3) } NR == 1 { print "w,s,p,y"; next } NR < 400 { printf "%.16g,s%d,p%d,%d\n", 1 + rand() / 3, NR % 3, NR % 40, NR % 7 }' a.csv >fine.csv
run 0 tally fine.csv --weight w --strata s --psu p --nest --item y -o fine.csv.csv
says '1e-12'
grep -q '""exact"":false' fine.csv.csv || fail 'inexact sums are not told in the plan'
run 0 tally fine.csv --weight w --strata s --psu p --nest --item y -o fine.tally
run 0 estimate fine.csv --weight w --strata s --psu p --nest --item y --format csv
mv out want
for file in fine.csv.csv fine.tally; do
	run 0 estimate $file --format csv
	awk -F, 'NR == FNR { for (i = 1; i <= NF; i++) want[FNR, i] = $i; next }
	{ for (i = 8; i <= 16; i++) { d = $i - want[FNR, i]; if (d * d > 1e-22 * $i * $i) { print FNR, i, $i, want[FNR, i]; bad = 1 } } } END { exit bad }' want out ||
		fail "$file: not the same to 1e-11"
done
exit $bad
