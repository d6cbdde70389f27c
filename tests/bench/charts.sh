#!/bin/sh
# charts.sh -- 63 provinces x 6 kinds, as SVG and as PNG, against gnuplot alone drawing the same data files with the
# same scripts: in one run, and in as many at once as we start (which shares the work among the cores, too).
#
# $hailong is the program, $bench a folder for scratch. Three rounds; medians and spread.
set -eu
runs=3
kinds=rank,trend,tilemap,heatmap,delta,bump

milliseconds() { # COMMAND...
	start=$(date +%s%N)
	"$@" >/dev/null 2>&1
	echo $((($(date +%s%N) - start) / 1000000))
}
charts() { # FORMAT FOLDER: a new one each time, since a file system may be slow where files have just been deleted
	"$hailong" chart $kinds papi --province all --year 2024 --format "$1" --out "$bench/$2"
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
	PATH=$bench/bin:$PATH charts "$1" "kept-$1" >/dev/null
}
bare() { # BATCH...: a run each, at once
	(
		cd "$bench/kept"
		for batch; do
			GNUPLOT_LIB=$plots LC_ALL=C.UTF-8 gnuplot -d "$batch" >/dev/null 2>&1 &
		done
		wait
	)
}
ratio() { # FILE: of ours to it
	paste -d ' ' "$bench/ours" "$bench/$1" | awk '{ printf "%.2f\n", $1 / $2 }' >"$bench/ratio"
}
summary() { sort -n | awk '{ x[NR] = $1 } END { print x[int((NR + 1) / 2)], x[1], x[NR] }'; }
row() { echo "$1,$(summary <"$2" | tr ' ' ,)"; }

plots=$(cd "$(dirname "$0")/../../plots" && pwd)
rm -rf "$bench"/charts-* "$bench"/kept-*
echo "work,median,least,most"
for format in svg png; do
	keep $format
	n=$(ls "$bench/kept-$format" | grep -c "\.$format$")
	batches=$(cd "$bench/kept" && ls batch*.gp)
	(cd "$bench/kept" && cat $batches >all.gp)
	: >"$bench/ours"
	: >"$bench/one"
	: >"$bench/many"
	for run in $(seq $runs); do
		milliseconds charts $format "charts-$format-$run" >>"$bench/ours"
		milliseconds bare all.gp >>"$bench/one"
		milliseconds bare $batches >>"$bench/many"
	done
	row "$n charts as $format (ms)" "$bench/ours"
	row "gnuplot alone in one run (ms)" "$bench/one"
	ratio one
	row "ratio" "$bench/ratio"
	row "gnuplot alone in $(echo "$batches" | wc -l) runs at once (ms)" "$bench/many"
	ratio many
	row "ratio" "$bench/ratio"
done
rm -rf "$bench"/charts-* "$bench"/kept-* "$bench/kept" "$bench/bin"
rm -f "$bench/ours" "$bench/one" "$bench/many" "$bench/ratio"
