# order.awk: reads a Word document, one element a line, and says what is out of order in it.
function attribute(name,    at, i, rest) {
	at = name "=\""
	i = index($0, at)
	if (!i)
		return ""
	rest = substr($0, i + length(at))
	return substr(rest, 1, index(rest, "\"") - 1)
}
function text() { return substr($0, index($0, ">") + 1) }
function wrong(what) { print what; bad = 1 }

/^<w:p[ >]/ { style = ""; keep = 0; instruction = "" }
/^<w:pStyle / { style = attribute("w:val") }
/^<w:keepNext/ { keep = 1 }
/^<w:instrText/ {
	split(text(), word, " ")
	if (word[1] == "REF") {
		named[word[2]] = 1
		refs[++n_refs] = word[2]
	} else if (word[1] == "SEQ") {
		label = word[2]
		in_caption = 1
		shown = ""
	}
}
/^<w:fldChar / {
	type = attribute("w:fldCharType")
	if (type == "separate")
		result = 1
	if (type == "end") {
		if (in_caption && shown != ++count[label])
			wrong(label " " shown " is the " count[label] ". of its kind")
		in_caption = result = 0
	}
}
/^<w:t[ >]/ && in_caption && result { shown = shown text() }
/^<w:bookmarkStart / && attribute("w:name") ~ /^ref_/ {
	name = attribute("w:name")
	mark[name] = 1
	if (length(name) > 40)
		wrong("bookmark " name " has more than 40 letters")
	if (!(name in named))
		wrong(name " is not mentioned before it appears")
}

# Captions: of a table right above it, of a figure right below it. Letterhead and signature have no lines.
/^<\/w:p>/ && !cell {
	if (after_figure && style != "Caption")
		wrong("a figure is followed by a paragraph of style " style)
	after_figure = style == "Figure"
	figures += after_figure
	caption = style == "Caption"
	caption_kept = caption && keep
	if (last_kept_table && style != "Note")
		wrong("the last row of a table stays with a paragraph of style " style)
	if (after_table && style == "Note" && !last_kept_table)
		wrong("a note may leave its table")
	after_table = last_kept_table = 0
}
/^<w:tbl>/ { rows = lined = 0 }
/^<w:tblStyle / && attribute("w:val") == "Table" {
	lined = 1
	tables++
	if (!caption)
		wrong("table " tables " has no caption above it")
	else if (!caption_kept)
		wrong("table " tables " may leave its caption")
}
/^<w:tr[ >]/ { split_ok = 1; rows++; head = 0; row_keep = 1 }
/^<w:cantSplit/ { split_ok = 0 }
/^<w:tblHeader/ { head = 1 }
/^<w:tc>/ { cell = 1 }
/^<\/w:p>/ && cell { row_keep = row_keep && keep }
/^<\/w:tc>/ { cell = 0 }
/^<\/w:tr>/ && lined {
	if (split_ok)
		wrong("a row of table " tables " may break")
	if (head != (rows == 1))
		wrong("table " tables ": row " rows (head ? " is a head row" : " is no head row"))
	if (head && !row_keep)
		wrong("table " tables ": the head row may stand alone")
	last_keep = row_keep
}
/^<\/w:tbl>/ && lined { after_table = 1; last_kept_table = last_keep; caption = 0 }

/^<wp:docPr / {
	pictures++
	if (attribute("descr") !~ /[^ ]/)
		wrong("a picture has no alternative text")
}
/^<w:sdt>/ {
	if (control)
		wrong("a control stands inside another")
	control = 1
	controls++
	tag = alias = number = ""
}
/^<w:tag / { tag = attribute("w:val") }
/^<w:alias / { alias = attribute("w:val") }
/^<w:id / { number = attribute("w:val") }
/^<w:sdtContent>/ {
	if (tag !~ /^hailong:[A-Za-z0-9_:-]+$/ || length(tag) > 64)
		wrong("a control has the tag \"" tag "\"")
	if (tolower(tag) in tags || number in numbers || number == "")
		wrong("a control is not the only one called " tag " (" number ")")
	if (alias == "" || length(alias) > 200)
		wrong("the control " tag " has the alias \"" alias "\"")
	tags[tolower(tag)] = numbers[number] = 1
}
/^<\/w:sdt>/ { control = 0 }
/^<w:sectPr/ && control { wrong("a section ends inside the control " tag) }

END {
	for (i = 1; i <= n_refs; i++)
		if (!(refs[i] in mark))
			wrong("no bookmark " refs[i])
	if (pictures != figures)
		wrong(pictures " pictures, " figures " figures")
	if (control)
		wrong("the control " tag " does not end")
	if (!controls)
		wrong("no control, not even of the title")
	exit bad
}
