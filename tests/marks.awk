# marks.awk -v kind=KIND CHART.svg CHART.csv -- every row of the data has a mark that says it, as the
# picture shows it in Vietnamese: rounded here a second time, with a decimal comma.
function plain(s) {
	gsub(/&lt;/, "<", s)
	gsub(/&gt;/, ">", s)
	gsub(/&quot;/, "\"", s)
	gsub(/&amp;/, "\\&", s)
	return s
}
function between(s, from, to) { # the words between the two, "" without them
	if (!index(s, from))
		return ""
	s = substr(s, index(s, from) + length(from))
	return substr(s, 1, index(s, to) - 1)
}
function split_row(s, out,    n, field) { # by commas, quotes undone
	n = 0
	while (s != "") {
		if (substr(s, 1, 1) == "\"") {
			match(s, /^"([^"]|"")*"/)
			field = substr(s, 2, RLENGTH - 2)
			gsub(/""/, "\"", field)
		} else {
			match(s, /^[^,]*/)
			field = substr(s, 1, RLENGTH)
		}
		out[++n] = field
		s = substr(s, RLENGTH + 1)
		if (substr(s, 1, 1) == ",") {
			s = substr(s, 2)
			if (s == "")
				out[++n] = ""
		}
	}
	return n
}
function shown(x, decimals,    s) {
	s = sprintf("%." decimals "f", (x < 0 ? -x : x) + 1e-9)
	sub(/\./, ",", s)
	return (x < 0 && s ~ /[1-9]/ ? "−" : "") s
}
function has(words,    i) { # a mark of the row's province, item, year, series, label that says `words`
	for (i = 1; i <= marks; i++)
		if ((!("province" in at) || province[i] == cell["province"]) &&
		    (!("item" in at) || item[i] == cell["item"] || cell["item"] == "country") &&
		    (kind != "likert" && (kind != "forest" || cell["kind"] != "group") || index(title[i], ", " cell["label"] ": ")) &&
		    (!("series" in at) || index(title[i], cell["series"] ", ") == 1) &&
		    (!("year" in at) || index(title[i], "năm " cell["year"] ":")) && index(title[i], words))
			return 1
	return 0
}
function want(words) {
	checked++
	if (!has(words)) {
		print FILENAME ": no mark of this row says \"" words "\": " $0
		bad = 1
	}
}
BEGIN { decimals = kind == "likert" ? 1 : 2 }
FNR == 1 { file++ }
file == 1 && /class="mark"/ {
	marks++
	province[marks] = plain(between($0, "data-province=\"", "\""))
	item[marks] = plain(between($0, "data-item=\"", "\""))
	title[marks] = plain(between($0, "<title>", "</title>"))
}
file == 2 && FNR == 1 {
	columns = split_row($0, head)
	for (i = 1; i <= columns; i++)
		at[head[i]] = i
	next
}
file == 2 {
	split_row($0, field)
	for (i = 1; i <= columns; i++)
		cell[head[i]] = field[i]
	if (cell["role"] == "national_quartile" || kind == "pareto" && FNR > 25)
		next
	if (kind == "bump") {
		if (cell["rank_low"] != "")
			want("khoảng hạng " cell["rank_low"] (cell["rank_low"] == cell["rank_high"] ? "" : "–" cell["rank_high"]))
		else if (cell["rank"] != "")
			want("hạng " cell["rank"] "/" cell["n_ranked"])
	} else if (kind == "pareto") {
		if (cell["lost_points"] > 0)
			want(" " shown(cell["lost_points"], 2) " ")
	} else if (kind == "samples") {
		want(cell["n"] > 0 ? ": " cell["n"] " phiếu" : ": không có phiếu")
	} else if (kind == "forest") {
		if (cell["kind"] == "whole" || cell["kind"] == "group")
			want(cell["estimate"] == "" ? ": x: không nêu" : ": " shown(cell["estimate"], 2) "%")
		if (cell["country"] != "")
			want(": " shown(cell["country"], 2) "%")
	} else if ("delta" in at) {
		if (cell["delta"] != "") {
			want((cell["delta"] > 0 && shown(cell["delta"], 2) ~ /[1-9]/ ? "+" : "") shown(cell["delta"], 2))
			want(" " shown(cell["from"], 2) " (")
		}
		if (cell["to"] != "" && (kind == "slope" || cell["delta"] != ""))
			want(" " shown(cell["to"], 2) " ")
	} else {
		value = kind == "likert" ? cell["percent"] : cell["score"]
		if (value != "")
			want(" " shown(value, decimals))
		if (value == "" && (kind == "tilemap" || kind == "heatmap" || kind == "map"))
			want(": ") # and why there is none
	}
}
END {
	if (file != 2 || !checked) {
		print kind ": nothing was checked"
		bad = 1
	}
	exit bad
}
