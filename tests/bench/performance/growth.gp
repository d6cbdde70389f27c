# growth.gp -- growth.csv as four panels: seconds by rows, items and villages, the job against libcsv alone; by threads, the
# job's speed against its own on one thread.
set terminal svg size 900,640 enhanced font "Noto Sans,12" background "white"
set datafile separator ","
set grid lc rgb "#dddddd"
set key top left
set multiplot layout 2,2
set logscale xy
set format x "%.0s%c"
set ylabel "seconds"
of(curve, k) = (strcol(1) eq curve ? column(k) : NaN)
do for [curve in "rows items villages"] {
	set xlabel curve
	plot "growth.csv" using (of(curve, 2)):7 with linespoints pt 7 lc rgb "#0b6e99" title "job, one thread", \
		"growth.csv" using (of(curve, 2)):4 with linespoints pt 6 lc rgb "#888888" title "libcsv alone"
}
unset logscale
set format x "%g"
set xlabel "threads"
set ylabel "times libcsv alone on one thread"
set yrange [0:*]
set xrange [0.5:8.5]
set key bottom right
plot "growth.csv" using (of("threads", 2)):10 with linespoints pt 7 lc rgb "#0b6e99" title "job", 1 lc rgb "#888888" title "libcsv alone"
unset multiplot
