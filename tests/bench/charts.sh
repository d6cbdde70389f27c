#!/bin/sh
# charts.sh -- 63 provinces x 6 kinds, as SVG and as PNG, against gnuplot alone drawing the same data files with the
# same scripts, in as many processes.
#
# $hailong is the program, $bench a folder for scratch. Three paired runs; medians and spread.
set -eu
runs=3
kinds=rank,trend,tilemap,heatmap,delta,bump

milliseconds() { # COMMAND...
	start=$(date +%s%N)
	"$@" >/dev/null 2>&1
	echo $((($(date +%s%N) - start) / 1000000))
}
charts() { # FORMAT
	rm -rf "$bench/charts"
	"$hailong" chart $kinds papi --province all --year 2024 --format "$1" --out "$bench/charts"
}
# The data files and batches are those of a run of ours, kept by a gnuplot that stands in for the real one.
keep() { # FORMAT
	rm -rf "$bench/kept" "$bench/bin"
	mkdir "$bench/kept" "$bench/bin"
	cat >"$bench/bin/gnuplot" <<END
#!/bin/sh
[ "\$1" = --version ] || cp *.tsv *.gp "$bench/kept"
exec $(command -v gnuplot) "\$@"
END
	chmod +x "$bench/bin/gnuplot"
	PATH=$bench/bin:$PATH charts "$1" >/dev/null
}
bare() {
	(
		cd "$bench/kept"
		for batch in batch*.gp; do
			GNUPLOT_LIB=$plots LC_ALL=C.UTF-8 gnuplot -d "$batch" >/dev/null 2>&1 &
		done
		wait
	)
}
summary() { sort -n | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)], x[1], x[NR] }'; }
row() { echo "$1,$(summary <"$2" | tr ' ' ,)"; }

plots=$(cd "$(dirname "$0")/../../plots" && pwd)
echo "work,median,least,most"
for format in svg png; do
	keep $format
	n=$(ls "$bench/charts" | grep -c "\.$format$")
	: >"$bench/ours"
	: >"$bench/theirs"
	for _ in $(seq $runs); do
		milliseconds charts $format >>"$bench/ours"
		milliseconds bare >>"$bench/theirs"
	done
	row "$n charts as $format (ms)" "$bench/ours"
	row "gnuplot alone (ms)" "$bench/theirs"
	paste -d ' ' "$bench/ours" "$bench/theirs" | awk '{ printf "%.2f\n", $1 / $2 }' >"$bench/ratio"
	row "ratio" "$bench/ratio"
done
rm -rf "$bench/charts" "$bench/kept" "$bench/bin" "$bench/ours" "$bench/theirs" "$bench/ratio"
