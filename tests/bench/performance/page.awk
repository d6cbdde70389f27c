# page.awk -- docs/performance.md from the tables of the bench; `table` tells which is read. See page.sh.

# Fields of a line of CSV with quotes (none doubled) into f[]; their number.
function split_csv(line, f,    n, quoted, i, c) {
	n = 1
	f[1] = ""
	for (i = 1; i <= length(line); i++) {
		c = substr(line, i, 1)
		if (c == "\"") quoted = !quoted
		else if (c == "," && !quoted) f[++n] = ""
		else f[n] = f[n] c
	}
	return n
}
function bar(s) { gsub(/\|/, "\\|", s); return s }
function times(x) { x += 0; return sprintf(x < 10 ? "%.2f" : x < 100 ? "%.1f" : "%.0f", x) }
function get(id, what) { return race[id, column[what]] }

FNR == 1 && table != "gates" && table != "growth" && table != "speed" && table != "svyby" { next }
table == "gates" && FNR > 1 { n_gates++; for (i = split_csv($0, f); i; i--) gate[n_gates, i] = f[i]; next }
table == "machine" { split_csv($0, f); fact_name[++facts] = f[1]; fact[facts] = f[2] }
table == "missing" { split_csv($0, f); absent[f[1]] = f[2]; absences[++n_absent] = f[1] }
table == "checks" { split_csv($0, f); check[++checks] = f[1]; verdict[checks] = f[2] }
table == "stages" { for (i = split_csv($0, f); i; i--) stage[$1, i] = f[i]; stage_file[++stages] = $1 }
table == "instructions" && /^#/ { no_count = substr($0, 3); next }
table == "instructions" { for (i = split_csv($0, f); i; i--) counted[instructions + 1, i] = f[i]; instructions++ }
table == "speed" && FNR == 1 { for (i = 1; i <= NF; i++) column[$i] = i; next }
table == "speed" { n = split_csv($0, f); if (!((f[1], 1) in race)) order[++races] = f[1]; for (i = n; i; i--) race[f[1], i] = f[i] }
table == "svyby" { svyby = $1 }
table == "growth" && FNR > 1 { points++; for (i = 1; i <= NF; i++) point[points, i] = $i }

# What a gate measured: sets value, spread and count; false when it was not.
function measured(g,    id, what, i, best, k) {
	id = gate[g, 3]
	what = gate[g, 4]
	spread = count = reason = ""
	if (id == "instructions") {
		for (i = 1; i <= instructions; i++) if (counted[i, 1] == what) { value = counted[i, 3]; return 1 }
		reason = no_count
		return 0
	}
	if (id == "stages") {
		if (!(("300k", 1) in stage)) return 0
		value = stage["300k", what == "estimate" ? 3 : 6]
		count = 9
		return 1
	}
	if (id ~ /-$/) { # the fastest of several
		for (i = 1; i <= races; i++)
			if (index(order[i], id) == 1 && order[i] !~ /-(r-means|totals)$/ && (best == "" || get(order[i], what) + 0 < get(best, what) + 0)) best = order[i]
		id = best
	}
	if (!((id, 1) in race)) {
		for (k in absent) if (index(k, gate[g, 3]) == 1 && (k == gate[g, 3] || gate[g, 3] ~ /-$/)) reason = absent[k]
		return 0
	}
	count = get(id, "counted")
	if (what == "b_mb") value = get(id, "b_mb")
	else if (what == "mb_ratio") value = get(id, "b_mb") / get(id, "a_mb")
	else {
		value = get(id, what)
		spread = " (" times(get(id, what "_min")) "–" times(get(id, what "_max")) ")"
	}
	return 1
}

function page_gates(    g, met, all) {
	print "## Goals\n"
	print "| work | against | goal | measured: median (least–most) | pairs | met |\n|---|---|---|---|---|---|"
	for (g = 1; g <= n_gates; g++) {
		printf "| %s | %s | %s %s | ", bar(gate[g, 1]), gate[g, 2] == "" ? "–" : bar(gate[g, 2]), gate[g, 5], gate[g, 6]
		if (!measured(g)) {
			printf "– | – | not measured%s |\n", reason == "" ? "" : ": " bar(reason)
			continue
		}
		value += 0
		met = gate[g, 5] == "at most" ? value <= gate[g, 6] + 0 : value >= gate[g, 6] + 0
		printf "%s%s | %s | %s |\n", value < 1 ? sprintf("%.3f", value) : times(value), spread, count == "" ? "exact" : count, met ? "yes" : "**no**"
	}
	print ""
}

# How much longer than libcsv alone on two processors the quickest of some peers takes.
function bound(size, start,    i, best) {
	for (i = 1; i <= races; i++)
		if (index(order[i], size "-" start) == 1 && order[i] !~ /-r-means$/ && (!best || get(order[i], "b_wall") + 0 < best)) best = get(order[i], "b_wall") + 0
	return best ? times(best / (get(size "-bare", "a_wall") / 2)) : "–"
}

function page_bounds(    size, i, n) {
	n = split("300k 5M", size, " ")
	print "### What can be reached\n"
	print "No program that reads with libcsv is quicker than libcsv alone. If each of two processors took half of the file and did nothing else, the peers would take so many times as long:\n"
	print "| file | libcsv alone, halved (s) | fread, reading alone | DuckDB | fastest R by hand |\n|---|---|---|---|---|"
	for (i = 1; i <= n; i++)
		if ((size[i] "-bare", 1) in race)
			printf "| %s | %.3f | %s | %s | %s |\n", size[i], get(size[i] "-bare", "a_wall") / 2, bound(size[i], "fread"), bound(size[i], "duckdb"), bound(size[i], "r-")
	print ""
}

function page_races(    i, id) {
	print "## All races\n"
	print "A and B in turn; seconds are medians (least); a ratio is the median of the pairs' B / A (least–most). `counted/run` are the pairs.\n"
	print "| file | A | B | A s | B s | wall B / A | processor B / A | MB A, B | counted/run |\n|---|---|---|---|---|---|---|---|---|"
	for (i = 1; i <= races; i++) {
		id = order[i]
		n = split(id, part, "-")
		printf "| %s | %s | %s | %.3f (%.3f) | %.3f (%.3f) | **%s** (%s–%s) | %s (%s–%s) | %.0f, %.0f | %d/%d |\n", part[1], bar(get(id, "a")), bar(get(id, "b")),
			get(id, "a_wall"), get(id, "a_wall_min"), get(id, "b_wall"), get(id, "b_wall_min"),
			times(get(id, "wall_ratio")), times(get(id, "wall_ratio_min")), times(get(id, "wall_ratio_max")),
			times(get(id, "cpu_ratio")), times(get(id, "cpu_ratio_min")), times(get(id, "cpu_ratio_max")),
			get(id, "a_mb"), get(id, "b_mb"), get(id, "counted"), get(id, "pairs")
	}
	print ""
	if (svyby && ("300k-svyby", 1) in race)
		printf "survey::svyby did one year and 6 of 60 items: %.1f s without reading and start. 15 years and 60 items take 150 times as long: %.0f s, %.0f times ours.\n\n", svyby, svyby * 150, svyby * 150 / get("300k-svyby", "a_wall")
}

function page_stages(    i, s) {
	if (!stages) return
	print "## Stages\n\nOf the program itself, two threads, milliseconds, medians of nine runs.\n"
	print "| file | reading into the tally | estimates and errors | printing | all | printing / all |\n|---|---|---|---|---|---|"
	for (i = 1; i <= stages; i++) {
		s = stage_file[i]
		printf "| %s | %s | %s | %s | %s | %s |\n", s, stage[s, 2], stage[s, 3], stage[s, 4], stage[s, 5], stage[s, 6]
	}
	print ""
}

function thousands(n,    s) {
	n = sprintf("%d", n)
	while (length(n) > 3) { s = "," substr(n, length(n) - 2) s; n = substr(n, 1, length(n) - 3) }
	return n s
}

function page_instructions(    i) {
	if (!instructions) return
	print "## Instructions\n\nCounted by callgrind, exact and repeatable; glibc's choice by processor switched off (`tests/bench/instructions.sh`).\n"
	print "| what | instructions | / libcsv alone |\n|---|---|---|"
	for (i = 1; i <= instructions; i++) printf "| %s | %s | %s |\n", counted[i, 1], thousands(counted[i, 2]), counted[i, 3]
	print ""
}

function page_growth(    i, bare, job) {
	if (!points) return
	print "## Growth\n"
	print "The job against libcsv alone on the same file, one thread but in the last curve."
	print "Rows with 4 villages in a stratum and 60 items; items with 100,000 rows; villages with 1,000,000 rows; threads with 2,000,000.\n"
	if (chart) print "![Seconds by rows, items, villages and threads](performance.svg)\n"
	print "| curve | at | MB | libcsv alone s | job s | wall ratio | processor ratio | job MB | pairs |\n|---|---|---|---|---|---|---|---|---|"
	for (i = 1; i <= points; i++)
		printf "| %s | %s | %.0f | %.3f | %.3f | %s | %s | %.0f | %d |\n", point[i, 1], thousands(point[i, 2]), point[i, 3] / 1e6, point[i, 4], point[i, 7], times(point[i, 10]), times(point[i, 19]), point[i, 23], point[i, 25]
	print ""
}

function page_checks(    i) {
	print "## The same results\n\nCompared before anything is timed: our own output byte for byte, that of the others in every cell to 1e-9.\n"
	print "| what | result |\n|---|---|"
	for (i = 1; i <= checks; i++) printf "| %s | %s |\n", bar(check[i]), verdict[i] ~ /^(same|not tried)/ ? verdict[i] : "**" verdict[i] "**"
	print ""
}

END {
	print "# Speed of reading and estimating\n"
	print "Written by `make bench` (`tests/bench/performance/page.sh`); do not edit. `make bench-quick` takes under a minute. Peers come with `tools/deps.sh bench`.\n"
	print "The job: 60 shares with standard errors, degrees of freedom, 95 % intervals and design effects in each year and province, written as CSV by `hailong estimate`."
	print "The answers: 63 provinces × 15 years × 6 strata with villages as sampling units, eleven leading columns, q1–q60 (`tests/bench/answers.c`); 300,000 rows are 55 MB, 5,000,000 are 0.93 GB. One lone file with `NA` for missing, all years in one pass, since a survey folder is estimated one year at a time (row “folder”).\n"
	print "Times of different minutes do not compare: the machine is shared, and the same program on the same file varies by 40 %. So A and B run in turn, the file is read before each run, and what counts is the ratio. A pair during which something else took more than a tenth of a core is noisy and repeated (at most as many again); where fewer than half are quiet, all count.\n"
	print "## Machine\n\n| | |\n|---|---|"
	for (i = 1; i <= facts; i++) printf "| %s | %s |\n", fact_name[i], bar(fact[i])
	print ""
	page_gates()
	page_bounds()
	page_races()
	page_stages()
	page_instructions()
	page_growth()
	page_checks()
	if (n_absent) {
		print "## Not measured\n"
		for (i = 1; i <= n_absent; i++) if (!((absences[i], 1) in race)) printf "- %s: %s\n", absences[i], absent[absences[i]]
	}
}
