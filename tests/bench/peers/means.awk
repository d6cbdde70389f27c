# means.awk -- weighted shares of the answers 4 and 5, all items by year and province; a file without quotes.
BEGIN { FS = "," }
NR == 1 {
	for (i = 1; i <= NF; i++) {
		at[$i] = i
		if ($i ~ /^q[0-9]+$/) item[++n] = i
		name[i] = $i
	}
	year = at["year"]
	province = at["province"]
	weight = at["weight"]
	next
}
{
	g = $year "," $province
	groups[g]
	w = $weight
	for (k = 1; k <= n; k++) {
		x = $(item[k]) + 0
		if (x) { # neither blank nor NA
			valid[g, k] += w
			if (x >= 4) hits[g, k] += w
		}
	}
}
END {
	for (g in groups) for (k = 1; k <= n; k++) printf "%s,%s,%.15g\n", g, name[item[k]], hits[g, k] / valid[g, k]
}
