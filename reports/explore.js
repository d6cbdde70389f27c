/* explore.js -- the explorer of `hailong page`: what is chosen, shown as charts and tables.
 *
 * It computes no figure. Values, ranks, groups, changes, verdicts, intervals and reasons come from
 * the JSON beside it (src/output/page_data.c), numbers as whole numbers of their last digit. It only
 * places, sorts, filters and words them. The choice lives in the address (#province=33&year=2024),
 * so that it can be kept, sent and taken back. Nothing is fetched.
 *
 *   words[i][key]        [vi, en]; a survey of other words than the first has its own i
 *   surveys[i]           id, name, units [code, name, region, spellings], regions, groups, reasons,
 *                        eras [[code, parent, depth, names, short names, least, most]], waves
 *   wave                 year, era, title, publisher, percent, decimals, simulated, level (of
 *                        estimates), units (positions), near (by unit), items
 *   wave.items[code]     at (units listed; absent: all), all (1: the table is complete), q (quartiles
 *                        and median), and columns, one number where all are alike:
 *     v lo hi            value and interval          r n rl rh   rank, of how many, its set
 *     d dl dh rc         change since the year before, its interval, change of rank (true: that of
 *                        the ranks shown)
 *     vi vp              verdict among units, among items: 1 rise, -1 fall, 0 not distinguishable
 *     c cr               may it be compared (0 yes, 1 with care, 2 no), reason
 *     g                  group, a digit each x   {position: [flags, reason, parts of a merged unit]}
 */
(function () {
"use strict";

const root = document.getElementById("hx");
const data = JSON.parse(document.getElementById("hx-data").textContent);
const SUPPRESSED = 1, CAUTION = 2, UNPUBLISHED = 8, MERGED = 16;
const RULES = ["region", "nearest", "chosen", "none"];
const WIDE = 720; /* of a chart on paper and in a file, in pixels */

/* ---- small tools ---------------------------------------------------------------------------- */

/* el("p", {class: "x"}, "text", child): an element. Text is only ever text. */
function el(tag, attributes, ...children) {
	return fill(document.createElement(tag), attributes, children);
}

function svg(tag, attributes, ...children) {
	return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(node, attributes, children) {
	for (const [name, value] of Object.entries(attributes || {}))
		if (typeof value === "function")
			node.addEventListener(name, value);
		else if (value !== null && value !== undefined && value !== false)
			node.setAttribute(name, value === true ? "" : value);
	node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== ""));
	return node;
}

/* "Hưng Yên" and "hung yen" are one. */
function fold(s) {
	return s.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase()
		.replace(/[^\p{L}\p{N}.]+/gu, " ").trim();
}

/* ---- state ---------------------------------------------------------------------------------- */

const state = { survey: null, wave: null, item: "total", province: "", peers: "region", chosen: [], lang: 0 };
const sorting = {};   /* of each table: [column, direction] */
const searching = {}; /* of each table: folded words */

function read_hash() {
	const given = new URLSearchParams(location.hash.slice(1)), start = data.start;
	const has = (key) => given.has(key);

	state.lang = (has("lang") ? given.get("lang") : start.lang) === "en" ? 1 : 0;
	state.survey = data.surveys.find((s) => s.id === given.get("survey")) || data.surveys[0];
	const waves = state.survey.waves, year = Number(has("year") ? given.get("year") : start.year);
	state.wave = waves.find((w) => w.year === year) || waves[waves.length - 1];
	state.item = given.get("item") || "total";
	if (!state.wave.items[state.item])
		state.item = state.wave.items.total ? "total" : Object.keys(state.wave.items)[0];
	state.province = has("province") ? given.get("province") : start.province || root.dataset.province || "";
	if (!state.survey.units.some((u) => u[0] === state.province))
		state.province = "";
	state.peers = RULES.includes(given.get("peers")) ? given.get("peers") : start.peers;
	state.chosen = has("chosen") ? given.get("chosen").split(",").filter(Boolean) : start.chosen;
}

/* Something else is chosen: the address changes, and with it the page. */
function choose(change) {
	const next = { survey: state.survey.id, year: state.wave.year, item: state.item, province: state.province,
		       peers: state.peers, chosen: state.chosen.join(","), lang: state.lang ? "en" : "vi", ...change };
	const words = new URLSearchParams();

	if ("survey" in change && !same_units(change.survey))
		next.province = next.chosen = "";
	for (const key of ["survey", "province", "year", "item", "peers", "chosen", "lang"])
		if (key !== "survey" || data.surveys.length > 1)
			if (key !== "chosen" || next.peers === "chosen")
				words.set(key, next[key]);
	location.hash = words.toString();
}

/* Does the code of the chosen unit mean the same in another survey? */
function same_units(id) {
	const other = data.surveys.find((s) => s.id === id);
	const names = (s) => s.units.filter((u) => u[0] === state.province).map((u) => u[1]);

	return names(other).some((name) => names(state.survey).includes(name));
}

/* ---- words ---------------------------------------------------------------------------------- */

/* The words of a key in the chosen language, with {name} filled. */
function say(key, fields) {
	let words = data.words[data.surveys.indexOf(state.survey)];

	if (typeof words === "number")
		words = data.words[words];
	return words[key][state.lang].replace(/\{(\w+)\}/g, (all, name) =>
		fields && name in fields ? fields[name] : all);
}

/* A whole number of the last digit as it is written: 4440 is "44,40". */
function shown(x, decimals) {
	const digits = String(Math.abs(x)).padStart(decimals + 1, "0"), cut = digits.length - decimals;
	const whole = digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, state.lang ? "," : ".");

	return (x < 0 ? "\u2212" : "") + whole + (decimals ? (state.lang ? "." : ",") + digits.slice(cut) : "");
}

function signed(x, decimals) {
	return (x > 0 ? "+" : "") + shown(x, decimals);
}

/* The same for programs: 44.40. */
function exact(x, decimals) {
	if (x === null)
		return "";
	const digits = String(Math.abs(x)).padStart(decimals + 1, "0"), cut = digits.length - decimals;

	return (x < 0 ? "-" : "") + digits.slice(0, cut) + (decimals ? "." + digits.slice(cut) : "");
}

function number(w, x) { return x === null ? "–" : shown(x, w.decimals); }

function with_unit(w, x) { return say(w.percent ? "value.percent" : "value.points", { value: number(w, x) }); }

function unit_of(w) { return say(w.percent ? "unit.delta.percent" : "unit.points"); }

function range_of(w, low, high) { return low === null || high === null ? "" : number(w, low) + "–" + number(w, high); }

function rank_of(row) {
	if (row.r === null)
		return "–";
	const place = row.n === null ? String(row.r) : row.r + "/" + row.n;

	return row.rl === null ? place : place + " (" + (row.rl === row.rh ? row.rl : row.rl + "–" + row.rh) + ")";
}

/* Why there is no value. */
function missing(row) {
	if (!row.listed)
		return say("web.unlisted");
	if (row.flags & SUPPRESSED)
		return say("word.withheld") + (row.reason ? ": " + row.reason : "");
	return row.flags & UNPUBLISHED ? say("word.unpublished") : say("word.nodata") + (row.reason ? ": " + row.reason : "");
}

function value_of(w, row) { return row.v === null ? missing(row) : with_unit(w, row.v); }

/* A change in words: "+0,45 điểm so với năm 2023". `verdict` is row.vi or row.vp. */
function change_of(w, row, verdict) {
	const year = before(w);

	if (!year || !row.listed)
		return "";
	if (row.c === 2)
		return say("word.incomparable") + (row.why ? ": " + row.why : "");
	if (row.d === null)
		return say("web.change.none", { from: year.year });
	const interval = row.dl === null ? "" : " (" + signed(row.dl, w.decimals) + "; " + signed(row.dh, w.decimals) + ")";

	return say("web.change.since", { delta: signed(row.d, w.decimals), unit: unit_of(w), from: year.year }) + interval +
	       (verdict === null ? "" : ", " + verdict_words(verdict)) +
	       (row.c === 1 ? "; " + say("web.care") + (row.why ? " (" + row.why + ")" : "") : "");
}

/* Up, down or neither; an estimate goes by its verdict alone. */
function way_of(w, row, verdict) {
	return w.level === undefined ? Math.sign(row.d) : row[verdict] || 0;
}

function verdict_words(verdict) {
	return say(verdict > 0 ? "verdict.up" : verdict < 0 ? "verdict.down" : "verdict.unclear");
}

/* What must be known of a value: simulated, merged, to be taken with care. */
function marks_of(w, row) {
	const list = [];

	if (row.v === null)
		list.push(missing(row));
	else if (row.flags & CAUTION)
		list.push(say("web.caution") + (row.reason ? " (" + row.reason + ")" : ""));
	if (row.flags & MERGED)
		list.push(say("web.merged") + (row.parts ? " (" + row.parts + ")" : ""));
	if (w.simulated)
		list.push(say("web.simulated"));
	return list.join("; ");
}

/* ---- figures -------------------------------------------------------------------------------- */

function before(w) {
	const waves = state.survey.waves;

	return waves[waves.indexOf(w) - 1] || null;
}

function items_of(w) {
	return state.survey.eras[w.era].filter((k) => w.items[k[0]]);
}

function item_of(w, code) { return state.survey.eras[w.era].find((k) => k[0] === code) || null; }

function item_name(k, brief) {
	const name = k[brief ? 4 : 3][state.lang] || k[3][state.lang];

	return k[2] === 0 ? name : k[0] + ". " + name;
}

const kept = new Map();

/* One unit's row of an item; every number may be null. */
function row_of(w, code, at) {
	const cells = w.items[code], unit = state.survey.units[w.units[at]];
	const i = !cells ? -1 : cells.at ? cells.at.indexOf(at) : at;
	const take = (name) => {
		const column = i < 0 || cells[name] === undefined ? null : cells[name];

		if (typeof column === "string")
			return column[i] === "-" ? null : Number(column[i]);
		return Array.isArray(column) ? column[i] : column;
	};
	const row = { at, code: unit[0], name: unit[1], unit, listed: i >= 0 };
	const mark = i >= 0 && cells.x && cells.x[i] || [0, -1, -1], words = state.survey.reasons;
	const reason = (k) => k === null || k < 0 ? "" : words[k][state.lang];

	for (const name of ["v", "lo", "hi", "r", "n", "rl", "rh", "d", "dl", "dh", "rc", "vi", "vp", "g", "c"])
		row[name] = take(name);
	if (row.rc === true)
		row.rc = rank_before(w, code, row);
	row.flags = mark[0];
	row.reason = reason(mark[1]);
	row.parts = reason(mark[2]);
	row.why = reason(take("cr"));
	return row;
}

/* How the rank moved, where the data say that both ranks may be set against one another. */
function rank_before(w, code, row) {
	const was = before(w), at = was.units.findIndex((u) => state.survey.units[u][0] === row.code);
	const rank = at < 0 || row.r === null ? null : row_of(was, code, at).r;

	return rank === null ? null : rank - row.r;
}

/* All units of a year that stand or are listed. */
function rows_of(w, code) {
	const key = [state.survey.id, w.year, code, state.lang].join(" ");

	if (!kept.has(key))
		kept.set(key, w.units.map((unit, at) => row_of(w, code, at)));
	return kept.get(key);
}

/* As a ranking is read: by rank, then value, then code. */
function ranked(w, code) {
	const far = (x) => x === null ? Infinity : x;

	return rows_of(w, code).filter((row) => row.listed).sort((a, b) =>
		(far(a.r) === far(b.r) ? 0 : far(a.r) - far(b.r)) ||
		(a.v === b.v ? 0 : a.v === null ? 1 : b.v === null ? -1 : b.v - a.v) || a.at - b.at);
}

function own_row(w, code) { return rows_of(w, code).find((row) => row.code === state.province) || null; }

/* Positions of the peers in a year, by the rule that is chosen. */
function peers_of(w) {
	const at = w.units.findIndex((u) => state.survey.units[u][0] === state.province);
	const unit = (k) => state.survey.units[w.units[k]];
	const all = w.units.map((u, k) => k).filter((k) => k !== at);

	if (state.peers === "chosen")
		return new Set(all.filter((k) => state.chosen.includes(unit(k)[0])));
	if (at < 0 || state.peers === "none")
		return new Set();
	if (state.peers === "nearest")
		return new Set(w.near[at]);
	return new Set(all.filter((k) => unit(k)[2] === unit(at)[2]));
}

function peers_name() {
	const unit = own_unit();

	if (state.peers === "region")
		return unit ? region_name(unit) : say("web.region");
	return say(state.peers === "nearest" ? "web.nearest" : state.peers === "chosen" ? "web.chosen" : "web.none");
}

function region_name(unit) { return (state.survey.regions[unit[2]] || ["", ""])[state.lang]; }

/* The chosen unit as it stood in the year, else at any time. */
function own_unit() {
	const units = state.survey.units, now = state.wave.units.map((u) => units[u]);

	return now.concat(units).find((u) => u[0] === state.province) || null;
}

/* The items beside or below the one chosen, and itself. */
function family(w) {
	const self = item_of(w, state.item), all = items_of(w);
	const parts = (code) => all.filter((k) => k[1] === code && k[2] > 0);

	if (!self)
		return [];
	return parts(self[0]).length ? [self, ...parts(self[0])] : [self, ...parts(self[1]).filter((k) => k !== self)];
}

/* ---- drawing -------------------------------------------------------------------------------- */

const canvas = document.createElement("canvas").getContext("2d");
const FONT = '"Noto Sans", "Be Vietnam Pro", "Segoe UI", system-ui, "DejaVu Sans", sans-serif';

function width_of(s, size, bold) {
	canvas.font = (bold ? "bold " : "") + size + "px " + FONT;
	return canvas.measureText(s).width;
}

/* As much of the words as has room. */
function cut(s, size, bold, room) {
	if (width_of(s, size, bold) <= room)
		return s;
	while (s.length > 1 && width_of(s + "…", size, bold) > room)
		s = s.slice(0, -1).trimEnd();
	return s + "…";
}

function text(x, y, words, kind, anchor) {
	return svg("text", { x: round(x), y: round(y), class: kind, "text-anchor": anchor || "start" }, words);
}

function line(x1, y1, x2, y2, kind, dash) {
	return svg("line", { x1: round(x1), y1: round(y1), x2: round(x2), y2: round(y2), class: kind, "stroke-dasharray": dash || null });
}

function round(x) { return Math.round(x * 10) / 10; }

/* Round numbers, about `count` of them, that span low..high: in whole numbers of the last digit. */
function ticks(low, high, count) {
	const span = Math.max(high - low, 1), raw = span / count, power = Math.pow(10, Math.floor(Math.log10(raw)));
	const step = Math.max(1, [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw - 1e-9));
	const list = [];

	for (let t = Math.ceil(low / step) * step; t <= high + 1e-9; t += step)
		list.push(Math.round(t));
	return list;
}

/* An axis number without decimals that are all 0. */
function tick_words(list, decimals) {
	let keep = decimals;

	while (keep > 0 && list.every((t) => t % Math.pow(10, decimals - keep + 1) === 0))
		keep--;
	return (t) => shown(Math.round(t / Math.pow(10, decimals - keep)), keep);
}

function scale(low, high, from, to) {
	return (x) => high === low ? (from + to) / 2 : from + (x - low) / (high - low) * (to - from);
}

/* Who a mark stands for: by colour and by shape. */
function role_of(row, peers) { return row.code === state.province && state.province ? "self" : peers.has(row.at) ? "peer" : "other"; }

function mark(x, y, role, size) {
	const r = size || (role === "self" ? 5.5 : 3.6);

	if (role === "peer")
		return svg("rect", { x: round(x - r), y: round(y - r), width: round(2 * r), height: round(2 * r), class: "peer" });
	return svg("circle", { cx: round(x), cy: round(y), r, class: role });
}

function triangle(x, y, up, kind) {
	const h = up ? -5.5 : 5.5;

	return svg("path", { d: `M${round(x)} ${round(y + h)}l5.5 ${-2 * h}h-11z`, class: kind });
}

/* A picture is { parts, marks, width, height }: marks are {x, y, words, code} for tips and keys. */

/* All units by rank. */
function draw_rank(width) {
	const w = state.wave, rows = ranked(w, state.item), peers = peers_of(w), cells = w.items[state.item];
	const row_height = printing ? 13 : 18, size = printing ? 10.5 : 12.5;
	const known = rows.filter((r) => r.v !== null), parts = [], marks = [];
	const narrow = width < 460, sets = known.some((r) => r.rl !== null), rank_room = sets ? (narrow ? 44 : 86) : 30;
	const place = (r) => r.r === null ? "–" : r.rl === null ? r.r : narrow ? r.rl + "–" + r.rh : `${r.r} (${r.rl}–${r.rh})`;
	const name_room = Math.min(narrow ? 108 : 150, Math.max(...rows.map((r) => width_of(r.name, size, true)), 20) + 8);
	const value_room = Math.max(...known.map((r) => width_of(number(w, r.v), size, true)), 20) + 8;
	const left = rank_room + name_room + 10, right = width - value_room - 6, top = 34;
	const low = Math.min(...known.map((r) => r.lo === null ? r.v : Math.min(r.lo, r.v)));
	const high = Math.max(...known.map((r) => r.hi === null ? r.v : Math.max(r.hi, r.v)));
	const x = scale(low, high, left + 6, right - 6);
	let y = top, group = null;

	for (const row of rows) {
		const role = role_of(row, peers), words = tip_of(w, row, "vi");

		if (cells.all && row.g !== null && row.g !== group) {
			group = row.g;
			y += row_height * 1.15;
			parts.push(line(0, y - row_height * 0.78, width, y - row_height * 0.78, "rule"),
				   text(0, y, state.survey.groups[group][state.lang], "group"));
		} else if (row.v === null && group !== "none") {
			group = "none";
			y += row_height * 0.3;
			parts.push(line(0, y + 2, width, y + 2, "rule"));
		}
		y += row_height;
		if (role === "self")
			parts.push(svg("rect", { x: 0, y: round(y - row_height * 0.78), width: round(width), height: row_height, class: "band" }));
		parts.push(text(rank_room - 4, y, place(row), "place", "end"),
			   text(rank_room + 6, y, cut(row.name, size, role === "self", name_room), "name " + role));
		const middle = y - size * 0.34;

		if (row.v === null) {
			parts.push(text(left + 6, y, cut(missing(row), size, false, width - left - 6), "note"));
			marks.push({ x: left + 6, y: middle, words, code: row.code });
			continue;
		}
		parts.push(line(left, middle, right, middle, "grid"));
		if (row.lo !== null && row.hi !== null)
			parts.push(line(x(row.lo), middle, x(row.hi), middle, "whisker " + role));
		parts.push(mark(x(row.v), middle, role), text(width, y, number(w, row.v), "value " + role, "end"));
		marks.push({ x: x(row.v), y: middle, words, code: row.code });
	}
	if (known.length) {
		const list = ticks(low, high, narrow ? 3 : 5), label = tick_words(list, w.decimals), all = [];

		for (const t of list)
			all.push(line(x(t), top, x(t), y + 4, "grid"), text(x(t), top - 4, label(t), "tick", "middle"));
		if (cells.q)
			all.push(line(x(cells.q[1]), top - 16, x(cells.q[1]), y + 4, "median", "4 3"),
				 text(...inside(x(cells.q[1]), left, width, say("strip.median") + " " + number(w, cells.q[1])), "note", "middle"));
		parts.unshift(...all);
	}
	return { parts, marks, width, height: y + 10 };
}

/* The middle of a label at height 12 that stays within left..right. */
function inside(x, left, right, words) {
	const half = width_of(words, 12, false) / 2 + 2;

	return [Math.max(left + half, Math.min(right - half, x)), 12, words];
}

/* The years: the unit, its peers, the middle half of all. */
function draw_trend(width) {
	const waves = state.survey.waves.filter((w) => w.items[state.item] || item_of(w, state.item));
	const all = state.survey.waves, first = all[0].year, last = all[all.length - 1].year;
	const height = 270, top = 14, bottom = height - 34, parts = [], marks = [], values = [];
	const [self, ...peers] = all_series();

	for (const line_of of [self, ...peers])
		for (const p of line_of)
			values.push(...[p.row.v, p.row.lo, p.row.hi].filter((v) => v !== null).map((v) => v / Math.pow(10, p.w.decimals)));
	for (const w of waves)
		if (w.items[state.item] && w.items[state.item].q)
			values.push(...w.items[state.item].q.map((v) => v / Math.pow(10, w.decimals)));
	if (!values.length)
		return { parts: [text(0, 24, say("word.nodata"), "note")], marks, width, height: 40 };
	const decimals = state.wave.decimals, unit = Math.pow(10, decimals);
	const low = Math.min(...values) * unit, high = Math.max(...values) * unit;
	const list = ticks(low, high, 4), label = tick_words(list, decimals), left = Math.max(...list.map((t) => width_of(label(t), 11, false)), 10) + 10;
	const x = scale(first, last, left + 14, width - 16), y = scale(low, high, bottom - 8, top + 8);
	const Y = (w, v) => y(v / Math.pow(10, w.decimals) * unit);

	for (const t of list)
		parts.push(line(left, y(t), width, y(t), "grid"), text(left - 6, y(t) + 4, label(t), "tick", "end"));
	const every = Math.ceil(all.length / Math.max(2, Math.floor((width - left) / 40)));

	all.forEach((w, k) => (all.length - 1 - k) % every === 0 &&
		parts.push(text(x(w.year), height - 14, w.year, w === state.wave ? "tick now" : "tick", "middle")));
	parts.push(line(x(state.wave.year), top, x(state.wave.year), bottom, "now"));
	draw_middle(parts, x, Y);
	peers.forEach((points) => draw_line(parts, points, x, Y, "peer"));
	draw_line(parts, self, x, Y, "self");
	for (const [points, role] of [[self, "self"], ...peers.map((p) => [p, "peer"])])
		for (const p of points) {
			if (p.row.v === null) {
				if (role === "self" && p.row.listed)
					parts.push(text(x(p.w.year), bottom + 2, "–", "note", "middle"));
				if (role === "self")
					marks.push({ x: x(p.w.year), y: bottom, words: tip_of(p.w, p.row, "vp", true) });
				continue;
			}
			if (role === "self" && p.row.lo !== null && p.row.hi !== null)
				parts.push(line(x(p.w.year), Y(p.w, p.row.lo), x(p.w.year), Y(p.w, p.row.hi), "whisker self"));
			if (role === "self" || stands_alone(points, p))
				parts.push(mark(x(p.w.year), Y(p.w, p.row.v), role, role === "self" ? 4.6 : 2.2));
			marks.push({ x: x(p.w.year), y: Y(p.w, p.row.v), words: tip_of(p.w, p.row, "vp", true), code: p.row.code });
		}
	for (const gap of breaks([self, ...peers]))
		if (gap.c === 2)
			parts.push(line(x(gap.at), top, x(gap.at), bottom, "break", "1 3"));
	return { parts, marks, width, height };
}

/* The unit's rows of the chosen item over all years; years that do not know the unit are left out. */
function series(code) {
	const list = [];

	for (const w of state.survey.waves) {
		const at = w.units.findIndex((u) => state.survey.units[u][0] === code);

		if (at >= 0)
			list.push({ w, row: rows_of(w, state.item)[at] });
	}
	return list;
}

/* Between which years of these lines the item cannot, or only with care, be compared:
 * {from, to, at, c, why}. */
function breaks(lines) {
	const list = [];

	state.survey.waves.forEach((w, k, all) => {
		const near = lines.map((points) => [points.find((p) => p.w === all[k - 1]), points.find((p) => p.w === w)]);
		const pair = near.find(([was, now]) => was && now && was.row.v !== null && now.row.v !== null && now.row.c > 0);

		if (pair)
			list.push({ from: all[k - 1].year, to: w.year, at: (all[k - 1].year + w.year) / 2, c: pair[1].row.c, why: pair[1].row.why });
	});
	return list;
}

/* The chosen unit's points, and those of each of its peers. */
function all_series() {
	return [series(state.province), ...[...peers_of(state.wave)].map((at) => series(state.survey.units[state.wave.units[at]][0]))];
}

/* May the points be joined: years side by side, both with a value, that can be compared? */
function joined(was, p) {
	return Boolean(was && p && was.w === before(p.w) && was.row.v !== null && p.row.v !== null && p.row.c !== 2);
}

function stands_alone(points, p) {
	const k = points.indexOf(p);

	return !joined(points[k - 1], p) && !joined(p, points[k + 1]);
}

/* A line from year to year: none over a break or a gap, dashes where care is needed. */
function draw_line(parts, points, x, Y, role) {
	points.forEach((p, k) => {
		const was = points[k - 1];

		if (joined(was, p))
			parts.push(line(x(was.w.year), Y(was.w, was.row.v), x(p.w.year), Y(p.w, p.row.v), "path " + role, p.row.c === 1 ? "5 4" : null));
	});
}

/* The middle half of all units and their median, where a table lists all. */
function draw_middle(parts, x, Y) {
	const bands = [], lines = [];

	state.survey.waves.forEach((w, k, all) => {
		const now = w.items[state.item], was = k > 0 ? all[k - 1].items[state.item] : null;
		const row = now ? rows_of(w, state.item).find((r) => r.listed) : null;

		if (!now || !now.q)
			return;
		lines.push(line(x(w.year) - 5, Y(w, now.q[1]), x(w.year) + 5, Y(w, now.q[1]), "middle"));
		if (!was || !was.q || row.c === 2) {
			bands.push(line(x(w.year), Y(w, now.q[0]), x(w.year), Y(w, now.q[2]), "range"));
			return;
		}
		const b = all[k - 1], points = [[b, was.q[0]], [w, now.q[0]], [w, now.q[2]], [b, was.q[2]]];

		bands.push(svg("polygon", { class: "range", points: points.map(([v, q]) => round(x(v.year)) + "," + round(Y(v, q))).join(" ") }));
		lines.push(line(x(b.year), Y(b, was.q[1]), x(w.year), Y(w, now.q[1]), "middle", row.c === 1 ? "5 4" : null));
	});
	parts.push(...bands, ...lines);
}

/* Where the unit stands among all, item by item, every row on its own scale. */
function draw_profile(width) {
	const w = state.wave, peers = peers_of(w), parts = [], marks = [];
	let y = 6;

	for (const item of family(w)) {
		const rows = rows_of(w, item[0]).filter((r) => r.v !== null), self = own_row(w, item[0]), cells = w.items[item[0]];
		const words = self && self.v !== null ? number(w, self.v) + (self.r === null ? "" : " · " + say("chart.rank", { rank: rank_of(self) })) : self ? missing(self) : "";
		const ends = rows.map((r) => r.v).concat(self && self.v !== null ? [self.lo, self.hi].filter((v) => v !== null) : []);
		const low = Math.min(...ends), high = Math.max(...ends);
		const room = width_of(words, 12.5, true) + 12, x = scale(low, high, 48, width - 48), middle = y + 30;

		parts.push(text(0, y + 12, cut(item_name(item, true), 12.5, item === family(w)[0], width - room), item[0] === state.item ? "name self-item" : "name"),
			   text(width, y + 12, words, "value self", "end"));
		if (!rows.length) {
			parts.push(text(48, y + 34, say("word.nodata"), "note"));
		} else {
			parts.push(line(48, middle, width - 48, middle, "rule"), text(42, middle + 4, number(w, low), "tick", "end"),
				   text(width - 42, middle + 4, number(w, high), "tick"));
			if (cells.q)
				parts.push(svg("rect", { x: round(x(cells.q[0])), y: middle - 6, width: round(Math.max(1, x(cells.q[2]) - x(cells.q[0]))), height: 12, class: "range" }),
					   line(x(cells.q[1]), middle - 8, x(cells.q[1]), middle + 8, "middle"));
			for (const role of ["other", "peer", "self"])
				for (const row of rows.filter((r) => role_of(r, peers) === role)) {
					if (role === "self" && row.lo !== null && row.hi !== null)
						parts.push(line(x(row.lo), middle, x(row.hi), middle, "whisker self"));
					parts.push(mark(x(row.v), middle, role, role === "self" ? 6 : role === "peer" ? 3 : 2.8));
					marks.push({ x: x(row.v), y: middle, code: row.code, words: item_name(item, true) + "\n" + tip_of(w, row, "vp") });
				}
		}
		y += 52;
	}
	return { parts, marks, width, height: y };
}

/* Change since the year before, item by item. */
function draw_change(width) {
	const w = state.wave, parts = [], marks = [], items = family(w), was = before(w);
	const rows = items.map((item) => own_row(w, item[0])), label_room = Math.min(width * 0.44, 250);
	const ends = rows.filter((r) => r && r.d !== null).flatMap((r) => [Math.abs(r.d), Math.abs(r.dl || 0), Math.abs(r.dh || 0)]);
	const most = Math.max(1, ...ends), left = label_room + 12, right = width - 4, x = scale(-most, most, left + 52, right - 52);
	let y = 8;

	items.forEach((item, k) => {
		const row = rows[k], middle = y + 13;

		parts.push(text(0, y + 17, cut(item_name(item, true), 12.5, k === 0, label_room), k === 0 ? "name self-item" : "name"));
		if (!row || row.d === null || !was) {
			const words = !row || !was ? say("word.nodata") : row.c === 2 ? say("word.incomparable") : row.v === null ? missing(row) : say("web.change.none", { from: was.year });

			parts.push(text(left + 4, y + 17, cut(words, 12, false, right - left), "note"));
			if (row)
				marks.push({ x: left + 10, y: middle, words: item_name(item, true) + "\n" + tip_of(w, row, "vp") });
		} else {
			const way = way_of(w, row, "vp"), kind = (way > 0 ? "up" : way < 0 ? "down" : "same") + (row.c === 1 ? " care" : "");

			parts.push(line(x(0), middle, x(row.d), middle, "stem " + kind));
			if (row.dl !== null && row.dh !== null)
				parts.push(line(x(row.dl), middle, x(row.dh), middle, "whisker " + kind));
			parts.push(way === 0 ? svg("circle", { cx: round(x(row.d)), cy: round(middle), r: 4.5, class: kind }) : triangle(x(row.d), middle, way > 0, kind),
				   text(row.d < 0 ? Math.min(x(row.d), x(row.dl === null ? row.d : row.dl)) - 10 : Math.max(x(row.d), x(row.dh === null ? row.d : row.dh)) + 10,
					y + 17, signed(row.d, w.decimals) + (row.c === 1 ? "*" : ""), "value", row.d < 0 ? "end" : "start"));
			marks.push({ x: x(row.d), y: middle, words: item_name(item, true) + "\n" + tip_of(w, row, "vp") });
		}
		y += 27;
	});
	if (ends.length)
		parts.unshift(line(x(0), 4, x(0), y, "zero"));
	return { parts, marks, width, height: y + 6 };
}

/* ---- tips ----------------------------------------------------------------------------------- */

function tip_of(w, row, verdict, with_year) {
	const list = [row.name + (with_year ? " " + w.year : "")];

	list.push(value_of(w, row) + (row.lo === null ? "" : " (" + range_of(w, row.lo, row.hi) + ")"));
	if (row.r !== null)
		list.push(say("chart.rank", { rank: rank_of(row) }) + (row.g === null ? "" : " · " + state.survey.groups[row.g][state.lang]));
	if (row.v !== null)
		list.push(change_of(w, row, row[verdict]), marks_of(w, row));
	return list.filter(Boolean).join("\n");
}

const tip = el("div", { class: "hx-tip", hidden: true });
const live = el("div", { class: "hx-unseen", "aria-live": "polite", role: "status" });

function show_tip(figure, m) {
	const box = figure.plot.getBoundingClientRect(), page = root.getBoundingClientRect(), k = box.width / figure.picture.width;

	tip.replaceChildren(...m.words.split("\n").map((s, i) => el(i ? "div" : "strong", null, s)));
	tip.hidden = false;
	const x = box.left - page.left + m.x * k, y = box.top - page.top + m.y * k;
	const across = Math.min(Math.max(4, x - tip.offsetWidth / 2), Math.max(4, page.width - tip.offsetWidth - 4));

	tip.style.left = across + "px";
	tip.style.top = (y - tip.offsetHeight - 12 + page.top < 0 ? y + 14 : y - tip.offsetHeight - 12) + "px";
	figure.ring.setAttribute("cx", m.x);
	figure.ring.setAttribute("cy", m.y);
	figure.ring.setAttribute("visibility", "visible");
}

function hide_tip() {
	tip.hidden = true;
	figures.forEach((f) => f.ring && f.ring.setAttribute("visibility", "hidden"));
}

function nearest_mark(figure, event) {
	const box = figure.plot.getBoundingClientRect(), k = box.width / figure.picture.width;
	const x = (event.clientX - box.left) / k, y = (event.clientY - box.top) / k;
	let best = null, least = figure.reach * figure.reach;

	for (const m of figure.picture.marks) {
		const far = (m.x - x) * (m.x - x) * figure.flat + (m.y - y) * (m.y - y);

		if (far < least) {
			least = far;
			best = m;
		}
	}
	return best;
}

/* ---- figures on the page -------------------------------------------------------------------- */

/* flat: how much less a distance across counts than one down; a row is met anywhere along it. */
const figures = [
	{ id: "rank", draw: draw_rank, flat: 0.0004, reach: 20 },
	{ id: "trend", draw: draw_trend, flat: 1, reach: 26 },
	{ id: "profile", draw: draw_profile, flat: 1, reach: 18 },
	{ id: "change", draw: draw_change, flat: 0.0004, reach: 22 },
];
let printing = false;

function make_figure(figure) {
	const plot = el("div", { class: "hx-plot", tabindex: 0, role: "group", pointermove: (e) => point(figure, e),
				 pointerdown: (e) => point(figure, e), pointerleave: hide_tip, blur: hide_tip,
				 click: (e) => pick(nearest_mark(figure, e)), keydown: (e) => step(figure, e) });

	figure.plot = plot;
	figure.title = el("h3", { id: "hx-" + figure.id + "-title" });
	figure.key = el("p", { class: "hx-key" });
	figure.note = el("div", { class: "hx-note" });
	figure.save = el("button", { type: "button", class: "hx-button", click: () => save_svg(figure) });
	figure.box = el("figure", { class: "hx-figure", id: "hx-" + figure.id, "aria-labelledby": "hx-" + figure.id + "-title" },
			el("div", { class: "hx-bar" }, figure.title, figure.save), figure.key, plot, figure.note);
	return figure.box;
}

function point(figure, event) {
	const m = nearest_mark(figure, event);

	if (m)
		show_tip(figure, m);
	else
		hide_tip();
}

function pick(m) {
	if (m && m.code && m.code !== state.province)
		choose({ province: m.code });
}

/* Arrow keys go from mark to mark, Enter chooses, Escape closes. */
function step(figure, event) {
	const marks = figure.picture.marks, move = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];

	if (event.key === "Escape")
		hide_tip();
	if (event.key === "Enter" && figure.at >= 0)
		pick(marks[figure.at]);
	if (!marks.length || (!move && event.key !== "Home" && event.key !== "End"))
		return;
	event.preventDefault();
	const start = marks.findIndex((m) => m.code && m.code === state.province);

	if (event.key === "Home")
		figure.at = 0;
	else if (event.key === "End")
		figure.at = marks.length - 1;
	else
		figure.at = figure.at < 0 ? Math.max(0, start) : Math.min(marks.length - 1, Math.max(0, figure.at + move));
	show_tip(figure, marks[figure.at]);
	live.textContent = marks[figure.at].words.replace(/\n/g, "; ");
}

function draw(figure) {
	const width = printing ? WIDE : Math.max(280, Math.floor(figure.plot.clientWidth || WIDE));
	const picture = figure.draw(width);

	figure.picture = picture;
	figure.at = -1;
	figure.ring = svg("circle", { r: 8, class: "ring", visibility: "hidden" });
	figure.plot.replaceChildren(svg("svg", { viewBox: `0 0 ${width} ${Math.ceil(picture.height)}`, width: printing ? "100%" : width,
						 height: printing ? null : Math.ceil(picture.height), "aria-hidden": "true", class: "hx-svg" }, picture.parts, figure.ring));
}

/* What is looked at, in short: "PAPI 2024", "1. Tham gia ở cơ sở, PAPI 2024". */
function what() {
	const item = item_of(state.wave, state.item), all = state.survey.name + " " + state.wave.year;

	return item && item[2] > 0 ? item_name(item, true) + ", " + all : all;
}

/* The same over all years: "PAPI", "1. Tham gia ở cơ sở (PAPI)". */
function thing() {
	const item = item_of(state.wave, state.item);

	return item && item[2] > 0 ? item_name(item, true) + " (" + state.survey.name + ")" : state.survey.name;
}

/* What each figure is called, its key and what must be told beneath it. */
function word_figures() {
	const w = state.wave, was = before(w), unit = own_unit(), province = unit ? unit[1] : "";
	const fields = { what: what(), thing: thing(), year: w.year, province, from: was ? was.year : "" };
	const errors = ranked(w, state.item).some((r) => r.lo !== null), complete = w.items[state.item].all, out = breaks(all_series());
	const reasons = out.map((b) => say(b.c === 2 ? "trend.no" : "trend.warn", { from: b.from, year: b.to, reason: b.why || "–" }));
	const cares = state.province && was ? family(w).map((k) => own_row(w, k[0])).filter((r) => r && r.c > 0 && r.why).map((r) => r.why) : [];
	const notes = {
		rank: [say(complete ? (errors ? "web.rank.note.error" : "web.rank.note") : has_rank(w) ? "note.printed" : "note.sparse", { level: w.level || "" })],
		trend: [say("web.trend.note"), ...reasons],
		profile: [say(errors ? "web.profile.note.error" : "web.profile.note", fields)],
		change: [was ? say("web.change.note", fields) : "", errors && was ? say("web.whisker", { level: w.level || "" }) + " " + say("web.verdict.families") : "",
			 ...[...new Set(cares)].map((why) => say("web.compare.note", { reason: why }))],
	};
	const titles = { rank: say(complete ? "web.rank.title" : "web.rank.title.sparse", fields), trend: say("web.trend.title", fields),
			 profile: say("web.profile.title", fields), change: say(was ? "web.change.title" : "web.previous", fields) };

	for (const f of figures) {
		f.title.textContent = titles[f.id] + (w.simulated ? " " + say("simulated.mark") : "");
		f.note.replaceChildren(...notes[f.id].filter(Boolean).map((s) => el("p", null, s)));
		f.save.textContent = say("web.svg");
		f.save.setAttribute("aria-label", say("web.svg") + ": " + titles[f.id]);
		f.plot.setAttribute("aria-label", titles[f.id] + ". " + say("web.keys"));
		f.key.replaceChildren(...key_of(f.id, province));
		f.box.hidden = f.id !== "rank" && !state.province;
	}
}

function has_rank(w) { return rows_of(w, state.item).some((r) => r.r !== null); }

/* The key: shape and words. */
function key_of(id, province) {
	const sign = (shape) => svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true", class: "hx-svg" }, shape);
	const entry = (shape, words) => el("span", null, sign(shape), " " + words);
	const list = [];

	if (id === "change")
		return [entry(triangle(8, 8, true, "up"), say("delta.up.clear")), entry(triangle(8, 8, false, "down"), say("delta.down.clear")),
			entry(svg("circle", { cx: 8, cy: 8, r: 4.5, class: "same" }), state.wave.level === undefined ? say("web.same") : say("verdict.unclear"))];
	if (state.province)
		list.push(entry(mark(8, 8, "self"), province));
	if (peers_of(state.wave).size)
		list.push(entry(mark(8, 8, "peer"), peers_name()));
	if (id !== "trend")
		list.push(entry(mark(8, 8, "other"), say("web.other")));
	if (id !== "rank" && (id !== "profile" || family(state.wave).some((k) => state.wave.items[k[0]].q)))
		list.push(entry(svg("g", null, svg("rect", { x: 1, y: 3, width: 14, height: 10, class: "range" }), line(1, 8, 15, 8, "middle")), say("web.band")));
	return list.length > 1 ? list : [];
}

/* ---- tables --------------------------------------------------------------------------------- */

/* A column: head, what is shown, what it sorts by, and what goes into a file: [[head, words]]. */
function columns_rank() {
	const w = state.wave, was = before(w), rows = ranked(w, state.item), errors = rows.some((r) => r.lo !== null);
	const list = [
		{ head: say(errors ? "head.rank.set" : "head.rank"), number: true, show: rank_of, by: (r) => r.r,
		  file: [[say("head.rank"), (r) => r.r], [say("web.csv.of"), (r) => r.r === null ? null : r.n], ...(errors ? [[say("web.csv.rank.low"), (r) => r.rl], [say("web.csv.rank.high"), (r) => r.rh]] : [])] },
		{ head: say("head.province"), show: link_to, by: (r) => r.name, words: true, file: [[say("head.code"), (r) => r.code], [say("head.province"), (r) => r.name]] },
		{ head: say("web.division"), show: (r) => region_name(r.unit), by: (r) => region_name(r.unit), words: true },
		{ head: say("head.score") + (w.percent ? " (%)" : ""), number: true, show: (r) => number(w, r.v), by: (r) => r.v, file: [[say("head.score"), (r) => exact(r.v, w.decimals)]] },
	];

	if (errors)
		list.push({ head: say("head.interval"), number: true, show: (r) => range_of(w, r.lo, r.hi) || "–", by: (r) => r.lo,
			    file: [[say("web.csv.low"), (r) => exact(r.lo, w.decimals)], [say("web.csv.high"), (r) => exact(r.hi, w.decimals)]] });
	if (rows.some((r) => r.g !== null))
		list.push({ head: say("head.group"), show: (r) => r.g === null ? "–" : state.survey.groups[r.g][state.lang], by: (r) => r.g, words: true });
	if (was)
		list.push(...columns_change(w, was, "vi"));
	list.push({ head: say("head.mark"), show: (r) => marks_of(w, r), by: (r) => marks_of(w, r), words: true });
	return list;
}

function columns_change(w, was, verdict) {
	const list = [{ head: say("web.since", { from: was.year }), number: true, show: (r) => show_change(w, r, verdict), by: (r) => r.d,
			file: [[say("web.since", { from: was.year }), (r) => exact(r.d, w.decimals)]] }];

	if (w.level !== undefined)
		list.push({ head: say("head.verdict"), show: (r) => r[verdict] === null ? "–" : verdict_words(r[verdict]), by: (r) => r[verdict], words: true });
	else
		list.push({ head: say("head.rank.delta"), number: true, show: (r) => r.rc === null ? "–" : signed(r.rc, 0), by: (r) => r.rc, file: [[say("head.rank.delta"), (r) => r.rc]] });
	return list;
}

function show_change(w, r, verdict) {
	if (r.d === null)
		return r.c === 2 ? el("span", { class: "hx-quiet", title: r.why }, say("word.incomparable")) : "–";
	const way = way_of(w, r, verdict);

	return [signed(r.d, w.decimals) + (r.c === 1 ? "*" : "") + " ",
		el("span", { class: way > 0 ? "hx-up" : way < 0 ? "hx-down" : "hx-quiet", "aria-hidden": "true" }, way > 0 ? "▲" : way < 0 ? "▼" : "○")];
}

function link_to(row) {
	const self = row.code === state.province && state.province;

	return el("button", { type: "button", class: "hx-link", "aria-pressed": self ? "true" : "false", click: () => choose({ province: row.code }) }, row.name);
}

function columns_items() {
	const w = state.wave, was = before(w), row = (k) => own_row(w, k[0]) || row_of(w, k[0], -1), errors = items_of(w).some((k) => row(k).lo !== null);
	const on = (column) => ({ ...column, show: (k) => column.show(row(k)), by: (k) => column.by(row(k)), file: column.file && column.file.map(([head, words]) => [head, (k) => words(row(k))]) });
	const list = [
		{ head: say("head.item"), words: true, show: (k) => el("button", { type: "button", class: "hx-link hx-depth" + Math.min(3, k[2]), "aria-pressed": k[0] === state.item ? "true" : "false", click: () => choose({ item: k[0] }) }, item_name(k)),
		  by: (k) => items_of(w).indexOf(k), file: [[say("head.code"), (k) => k[0]], [say("head.item"), (k) => k[3][state.lang]]] },
		on({ head: say("head.score") + (w.percent ? " (%)" : ""), number: true, show: (r) => number(w, r.v), by: (r) => r.v, file: [[say("head.score"), (r) => exact(r.v, w.decimals)]] }),
	];

	if (errors)
		list.push(on({ head: say("head.interval"), number: true, show: (r) => range_of(w, r.lo, r.hi) || "–", by: (r) => r.lo,
			       file: [[say("web.csv.low"), (r) => exact(r.lo, w.decimals)], [say("web.csv.high"), (r) => exact(r.hi, w.decimals)]] }));
	list.push(on(columns_rank()[0]));
	if (items_of(w).some((k) => w.items[k[0]].q))
		list.push({ head: say("head.national.median"), number: true, show: (k) => w.items[k[0]].q ? number(w, w.items[k[0]].q[1]) : "–", by: (k) => w.items[k[0]].q ? w.items[k[0]].q[1] : null,
			    file: [[say("head.national.median"), (k) => w.items[k[0]].q ? exact(w.items[k[0]].q[1], w.decimals) : ""]] });
	if (was)
		list.push(...columns_change(w, was, "vp").map(on));
	list.push(on({ head: say("head.mark"), words: true, show: (r) => marks_of(w, r), by: (r) => marks_of(w, r) }));
	return list;
}

function columns_series() {
	const of = (p) => p.row, errors = series(state.province).some((p) => p.row.lo !== null);
	const median = (p) => p.w.items[state.item] && p.w.items[state.item].q ? p.w.items[state.item].q[1] : null;
	const list = [
		{ head: say("head.year"), number: true, show: (p) => el("button", { type: "button", class: "hx-link", "aria-pressed": p.w === state.wave ? "true" : "false", click: () => choose({ year: p.w.year }) }, String(p.w.year)), by: (p) => p.w.year, file: [[say("head.year"), (p) => p.w.year]] },
		{ head: say("head.score") + (state.wave.percent ? " (%)" : ""), number: true, show: (p) => number(p.w, of(p).v), by: (p) => of(p).v, file: [[say("head.score"), (p) => exact(of(p).v, p.w.decimals)]] },
	];

	if (errors)
		list.push({ head: say("head.interval"), number: true, show: (p) => range_of(p.w, of(p).lo, of(p).hi) || "–", by: (p) => of(p).lo,
			    file: [[say("web.csv.low"), (p) => exact(of(p).lo, p.w.decimals)], [say("web.csv.high"), (p) => exact(of(p).hi, p.w.decimals)]] });
	list.push({ head: say(errors ? "head.rank.set" : "head.rank"), number: true, show: (p) => rank_of(of(p)), by: (p) => of(p).r, file: [[say("head.rank"), (p) => of(p).r], [say("web.csv.of"), (p) => of(p).r === null ? null : of(p).n]] });
	if (state.survey.waves.some((w) => w.items[state.item] && w.items[state.item].q))
		list.push({ head: say("head.national.median"), number: true, show: (p) => number(p.w, median(p)), by: median, file: [[say("head.national.median"), (p) => exact(median(p), p.w.decimals)]] });
	list.push({ head: say("web.change"), number: true, show: (p) => show_change(p.w, of(p), "vp"), by: (p) => of(p).d, file: [[say("web.change"), (p) => exact(of(p).d, p.w.decimals)]] },
		  { head: say("head.mark"), words: true, show: (p) => series_note(p), by: series_note });
	return list;
}

function series_note(p) {
	const comparison = p.row.c > 0 && p.row.listed ? (p.row.c === 2 ? say("word.incomparable") : say("web.care")) + (p.row.why ? ": " + p.row.why : "") : "";

	return [marks_of(p.w, p.row), comparison].filter(Boolean).join("; ");
}

const tables = [
	{ id: "all", search: true, columns: columns_rank, rows: () => ranked(state.wave, state.item), words: (r) => [r.name, r.code, r.unit[3], region_name(r.unit)].join(" "), self: (r) => r.code === state.province,
	  peer: (r) => peers_of(state.wave).has(r.at), title: () => say("web.table.title", { what: what() }) },
	{ id: "items", search: true, columns: columns_items, rows: () => items_of(state.wave), words: (k) => item_name(k), self: (k) => k[0] === state.item, peer: () => false, own: true,
	  title: () => say("web.items.title", { province: own_unit()[1], survey: state.survey.name, year: state.wave.year }) },
	{ id: "series", columns: columns_series, rows: () => series(state.province), words: () => "", self: (p) => p.w === state.wave, peer: () => false, own: true,
	  title: () => say("web.series.title", { province: own_unit()[1], thing: thing() }) },
];

function make_table(t) {
	t.title_box = el("h3", { id: "hx-" + t.id + "-title" });
	t.save = el("button", { type: "button", class: "hx-button", click: () => save_csv(t) });
	t.count = el("span", { class: "hx-count", role: "status" });
	t.input = t.search ? el("input", { type: "search", id: "hx-" + t.id + "-search", autocomplete: "off", spellcheck: "false", input: () => { searching[t.id] = fold(t.input.value); show_table(t); } }) : null;
	t.label = t.search ? el("label", { for: "hx-" + t.id + "-search" }) : null;
	t.head = el("thead");
	t.body = el("tbody");
	t.scroll = el("div", { class: "hx-scroll", tabindex: 0, role: "region", "aria-labelledby": "hx-" + t.id + "-title" }, el("table", { "aria-labelledby": "hx-" + t.id + "-title" }, t.head, t.body));
	t.box = el("section", { class: "hx-table", id: "hx-" + t.id }, el("div", { class: "hx-bar" }, t.title_box, t.save),
		   t.search ? el("p", { class: "hx-search" }, t.label, t.input, t.count) : null, t.scroll);
	return t.box;
}

/* The rows as they are sorted and searched. */
function rows_shown(t, columns) {
	const [k, direction] = sorting[t.id] || [-1, 1], words = (searching[t.id] || "").split(" ").filter(Boolean);
	const collator = new Intl.Collator(state.lang ? "en" : "vi", { numeric: true });
	const rows = t.rows().filter((row) => {
		const all = " " + fold(t.words(row)) + " " + fold(t.words(row)).replace(/ /g, "");

		return words.every((word) => all.includes(word));
	});

	if (!columns[k])
		return rows;
	return rows.map((row, i) => ({ row, i, by: columns[k].by(row) })).sort((a, b) => {
		if (a.by === b.by || (a.by === null && b.by === null))
			return a.i - b.i;
		if (a.by === null || b.by === null)
			return a.by === null ? 1 : -1; /* what is missing stays behind */
		return direction * (typeof a.by === "string" ? collator.compare(a.by, b.by) : a.by - b.by) || a.i - b.i;
	}).map((x) => x.row);
}

function show_table(t) {
	t.box.hidden = t.own && !state.province;
	if (t.box.hidden)
		return;
	const columns = t.columns(), rows = rows_shown(t, columns), [at, direction] = sorting[t.id] || [-1, 1];
	const focus = t.head.contains(document.activeElement) ? [...t.head.querySelectorAll("button")].indexOf(document.activeElement) : -1;

	t.title_box.textContent = t.title() + (state.wave.simulated ? " " + say("simulated.mark") : "");
	t.save.textContent = say("web.csv");
	t.save.setAttribute("aria-label", say("web.csv") + ": " + t.title());
	if (t.search) {
		t.label.textContent = say("web.search");
		t.count.textContent = say("web.count", { count: rows.length, all: t.rows().length });
	}
	t.head.replaceChildren(el("tr", null, columns.map((c, k) =>
		el("th", { scope: "col", class: c.number ? "hx-num" : null, "aria-sort": k === at ? (direction > 0 ? "ascending" : "descending") : null },
		   /* on paper heads are repeated on every page, but buttons in them are not */
		   printing ? c.head : el("button", { type: "button", class: "hx-sort", click: () => sort_by(t, k) }, c.head,
					  el("span", { "aria-hidden": "true" }, k === at ? (direction > 0 ? " ↑" : " ↓") : ""))))));
	t.body.replaceChildren(...(rows.length ? rows.map((row) => el("tr", { class: t.self(row) ? "hx-self" : t.peer(row) ? "hx-peer" : null },
		columns.map((c, k) => el(k === (t.id === "all" ? 1 : 0) ? "th" : "td", { class: c.number ? "hx-num" : c.words ? "hx-words" : null, scope: k === (t.id === "all" ? 1 : 0) ? "row" : null }, c.show(row)))))
		: [el("tr", null, el("td", { colspan: columns.length, class: "hx-quiet" }, say("web.empty")))]));
	if (focus >= 0)
		t.head.querySelectorAll("button")[focus].focus();
}

function sort_by(t, k) {
	const [at, direction] = sorting[t.id] || [-1, 1];

	sorting[t.id] = at === k ? [k, -direction] : [k, 1];
	show_table(t);
}

/* ---- files ---------------------------------------------------------------------------------- */

function save(name, type, content) {
	const url = URL.createObjectURL(new Blob([content], { type })), a = el("a", { href: url, download: name });

	document.body.append(a);
	a.click();
	a.remove();
	setTimeout(() => URL.revokeObjectURL(url), 1000);
}

function file_name(what, ending) {
	const parts = [state.survey.id, state.wave.year, state.item, what, state.province && own_unit() ? own_unit()[1] : ""];

	return parts.filter(Boolean).map((s) => fold(String(s)).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "")).filter(Boolean).join("-") + "." + ending;
}

/* UTF-8 with a byte-order mark, by which spreadsheets know it; decimal point. */
function save_csv(t) {
	const columns = t.columns(), fields = columns.flatMap((c) => c.file || [[c.head, (row) => c.by === undefined ? "" : plain(c.show(row))]]);
	const quote = (s) => s === null || s === undefined ? "" : /[",\n\r]/.test(s) ? '"' + String(s).replace(/"/g, '""') + '"' : String(s);
	const lines = [fields.map((f) => quote(f[0])), ...rows_shown(t, columns).map((row) => fields.map((f) => quote(f[1](row))))];

	save(file_name(t.id, "csv"), "text/csv;charset=utf-8", "\ufeff" + lines.map((l) => l.join(",")).join("\n") + "\n");
}

function plain(s) {
	const words = s instanceof Node ? s.textContent : String(s);

	return words === "–" ? "" : words;
}

/* Breaks words into lines. */
function lines_of(words, size, room) {
	const lines = [""];

	for (const word of words.split(" ")) {
		const next = (lines[lines.length - 1] + " " + word).trim();

		if (width_of(next, size, false) > room && lines[lines.length - 1])
			lines.push(word);
		else
			lines[lines.length - 1] = next;
	}
	return lines;
}

/* The picture in its light colours, with title, key, notes and source, as a file of its own. */
function save_svg(figure) {
	const picture = figure.draw(WIDE), w = state.wave, edge = 16, title = lines_of(figure.title.textContent, 16, WIDE);
	const notes = [...figure.note.querySelectorAll("p")].map((p) => p.textContent).concat(source_of(w), data.maker).flatMap((s) => lines_of(s, 12, WIDE));
	const parts = [];
	let x = 0, y = edge + title.length * 21;

	title.forEach((s, i) => parts.push(text(0, edge + 6 + i * 21, s, "title")));
	for (const entry of figure.key.children) {
		const sign = entry.querySelector("svg").firstChild.cloneNode(true), words = entry.textContent.trim(), room = width_of(words, 12, false) + 42;

		if (x > 0 && x + room > WIDE) {
			x = 0;
			y += 19;
		}
		parts.push(svg("g", { transform: `translate(${round(x)} ${y + 2})` }, sign, text(20, 12, words, "note")));
		x += room;
	}
	const top = y + 24, height = top + picture.height + notes.length * 15 + edge;

	parts.push(svg("g", { transform: `translate(0 ${top})` }, picture.parts));
	notes.forEach((s, i) => parts.push(text(0, top + picture.height + 16 + i * 15, s, "note")));
	const file = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `0 0 ${WIDE + 2 * edge} ${Math.ceil(height)}`, width: WIDE + 2 * edge, height: Math.ceil(height), lang: state.lang ? "en" : "vi", role: "img" },
			 svg("title", null, figure.title.textContent), svg("style", null, picture_style()), svg("rect", { width: "100%", height: "100%", fill: "#ffffff" }),
			 svg("g", { transform: `translate(${edge} 0)` }, parts));

	save(file_name(figure.id, "svg"), "image/svg+xml", '<?xml version="1.0" encoding="UTF-8"?>\n' + new XMLSerializer().serializeToString(file).replace(/ xmlns="[^"]*"( xmlns="[^"]*")/, "$1") + "\n");
}

/* The rules of explore.css for pictures, with the colours of the light page. */
function picture_style() {
	const colours = {}, rules = [];

	for (const sheet of document.styleSheets)
		for (const rule of sheet.cssRules) {
			if (rule.selectorText === ".hx")
				for (const name of rule.style)
					if (name.startsWith("--hx-") && !(name in colours))
						colours[name] = rule.style.getPropertyValue(name).trim();
			if (rule.selectorText && rule.selectorText.startsWith(".hx-svg "))
				rules.push(rule.cssText.replace(/\.hx-svg /g, ""));
		}
	return "text{font-family:" + FONT.replace(/"/g, "'") + "}\n" + rules.join("\n").replace(/var\((--hx-[a-z-]+)\)/g, (all, name) => colours[name] || all);
}

/* ---- the page ------------------------------------------------------------------------------- */

const parts = {};

function make_page() {
	const select = (id, changed) => el("select", { id: "hx-" + id, change: (e) => choose(changed(e.target.value)) });
	const field = (id, control) => (parts[id + "_label"] = el("label", { for: "hx-" + id }), parts[id] = control, el("p", { class: "hx-field hx-field-" + id }, parts[id + "_label"], control));

	parts.title = el(root.dataset.page ? "h1" : "h2", { class: "hx-title" });
	parts.intro = el("p", { class: "hx-intro" });
	parts.lang = [0, 1].map((k) => el("button", { type: "button", class: "hx-button", lang: k ? "en" : "vi", click: () => choose({ lang: k ? "en" : "vi" }) }, k ? "English" : "Tiếng Việt"));
	parts.lang_box = el("div", { class: "hx-lang", role: "group" }, parts.lang);
	parts.filter = el("input", { type: "search", id: "hx-filter", autocomplete: "off", input: show_chosen });
	parts.filter_label = el("label", { for: "hx-filter" });
	parts.chosen = el("div", { class: "hx-checks" });
	parts.chosen_title = el("summary");
	parts.chosen_box = el("details", { class: "hx-chosen" }, parts.chosen_title, el("p", { class: "hx-search" }, parts.filter_label, parts.filter), parts.chosen);
	parts.controls = el("div", { class: "hx-controls", role: "group" }, data.surveys.length > 1 ? field("survey", select("survey", (v) => ({ survey: v }))) : null,
			    field("province", select("province", (v) => ({ province: v }))), field("year", select("year", (v) => ({ year: v }))),
			    field("item", select("item", (v) => ({ item: v }))), field("peers", select("peers", (v) => ({ peers: v }))), parts.chosen_box);
	parts.banner = el("p", { class: "hx-banner", role: "note" });
	parts.summary = el("section", { class: "hx-summary", "aria-live": "polite" });
	parts.notes = el("section", { class: "hx-notes" });
	parts.column = el("div", { class: "hx-column" }, figures.slice(1).map(make_figure));
	root.replaceChildren(el("div", { class: "hx-top" }, el("div", null, parts.title, parts.intro), parts.lang_box), parts.controls, parts.banner, parts.summary,
			     el("div", { class: "hx-grid" }, parts.column, make_figure(figures[0])),
			     ...tables.map(make_table), parts.notes, tip, live);
	root.classList.add("hx-on");
}

function options(select, list, value) {
	const key = JSON.stringify(list);

	if (select.dataset.list !== key) {
		select.replaceChildren(...list.map(([v, words]) => el("option", { value: v }, words)));
		select.dataset.list = key;
	}
	select.value = value;
}

function show_controls() {
	const w = state.wave, units = state.survey.units, codes = new Map(), collator = new Intl.Collator("vi");

	for (const u of [...w.units].map((k) => units[k]).concat(state.survey.waves.flatMap((v) => v.units.map((k) => units[k]))))
		if (!codes.has(u[0]))
			codes.set(u[0], u[1]);
	if (parts.survey)
		options(parts.survey, data.surveys.map((s) => [s.id, s.name]), state.survey.id);
	options(parts.province, [["", say("web.choose")], ...[...codes].sort((a, b) => collator.compare(a[1], b[1]))], state.province);
	options(parts.year, state.survey.waves.map((v) => [v.year, v.year]).reverse(), w.year);
	options(parts.item, items_of(w).map((k) => [k[0], "\u2003".repeat(k[2] > 1 ? k[2] - 1 : 0) + item_name(k)]), state.item);
	options(parts.peers, RULES.map((rule) => [rule, say({ region: "web.region", nearest: "web.nearest", chosen: "web.chosen", none: "web.none" }[rule])]), state.peers);
	for (const id of ["survey", "province", "year", "item", "peers"])
		if (parts[id + "_label"])
			parts[id + "_label"].textContent = say(id === "peers" ? "web.peers" : "web." + id);
	parts.controls.setAttribute("aria-label", say("web.controls"));
	parts.lang_box.setAttribute("aria-label", say("web.language"));
	parts.lang.forEach((button, k) => button.setAttribute("aria-pressed", k === state.lang ? "true" : "false"));
	parts.chosen_box.hidden = state.peers !== "chosen";
	parts.chosen_title.textContent = say("web.peers.label", { count: state.chosen.length });
	parts.filter_label.textContent = say("web.filter");
	show_chosen();
}

/* Boxes to tick, one for each unit of the year. */
function show_chosen() {
	const words = fold(parts.filter.value), focus = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.code : null;
	const toggle = (code, on) => choose({ chosen: state.chosen.filter((c) => c !== code).concat(on ? [code] : []).join(",") });

	if (parts.chosen_box.hidden)
		return;
	parts.chosen.replaceChildren(...state.wave.units.map((u) => state.survey.units[u]).filter((u) => u[0] !== state.province && (fold(u[1]) + " " + u[3]).includes(words))
		.sort((a, b) => new Intl.Collator("vi").compare(a[1], b[1]))
		.map((u) => el("label", null, el("input", { type: "checkbox", "data-code": u[0], checked: state.chosen.includes(u[0]), change: (e) => toggle(u[0], e.target.checked) }), " " + u[1])));
	if (focus)
		[...parts.chosen.querySelectorAll("input")].filter((i) => i.dataset.code === focus).forEach((i) => i.focus());
}

/* The chosen unit at a glance. */
function show_summary() {
	const w = state.wave, unit = own_unit(), row = unit ? own_row(w, state.item) : null, cells = w.items[state.item];
	const item = item_of(w, state.item), list = [], fact = (name, words, more) => list.push(el("div", { class: "hx-fact" }, el("dt", null, name), el("dd", null, words), more ? el("dd", { class: "hx-more" }, more) : null));

	if (!unit) {
		parts.summary.replaceChildren(el("p", { class: "hx-prompt" }, say("web.noprovince")));
		return;
	}
	if (row && row.v !== null) {
		fact(say("head.score"), with_unit(w, row.v), row.lo === null ? "" : say("head.interval") + " " + w.level + "%: " + range_of(w, row.lo, row.hi));
	} else {
		fact(say("head.score"), "–", row ? missing(row) : say("web.unlisted"));
	}
	if (row && row.r !== null)
		fact(say(row.rl === null ? "head.rank" : "head.rank.set"), rank_of(row), row.g === null ? "" : state.survey.groups[row.g][state.lang]);
	if (row && before(w))
		fact(say("web.since", { from: before(w).year }), row.d === null ? "–" : [signed(row.d, w.decimals) + (row.c === 1 ? "*" : "")], change_note(w, row));
	if (cells && cells.q)
		fact(say("head.national.median"), with_unit(w, cells.q[1]));
	const doubts = row && (row.flags & MERGED || (row.flags & CAUTION && row.v !== null)) ? marks_of(w, row) : "";

	parts.summary.replaceChildren(el("h2", null, unit[1], el("span", null, state.survey.name + " " + w.year + " · " + (item ? item_name(item) : ""))),
				      el("dl", null, list), ...(doubts ? [el("p", { class: "hx-note" }, doubts)] : []));
}

/* As it stands within a sentence. */
function lower(words) { return words.slice(0, 1).toLowerCase() + words.slice(1); }

function change_note(w, row) {
	if (row.d === null)
		return change_of(w, row, null);
	const list = [unit_of(w)];

	if (row.vp !== null)
		list.push("(" + signed(row.dl, w.decimals) + "; " + signed(row.dh, w.decimals) + "), " + verdict_words(row.vp));
	if (row.rc !== null)
		list.push("· " + lower(say("head.rank.delta")) + ": " + signed(row.rc, 0));
	if (row.c === 1)
		list.push("· " + say("web.care") + (row.why ? ": " + row.why : ""));
	return list.join(" ");
}

function source_of(w) {
	return say("chart.source", { survey: state.survey.name, year: w.year, publisher: w.publisher[state.lang] }) + (w.simulated ? " " + say("note.simulated") : "");
}

/* What a reader must know, and where it comes from. */
function show_notes() {
	const w = state.wave, rows = ranked(w, state.item), list = [];
	const note = (s) => s && list.push(el("li", null, s));

	note(w.title[state.lang] + ".");
	if (w.level !== undefined) {
		note(w.level && say("note.error", { level: w.level }));
		note(state.survey.sets[state.lang] && say("note.sets.method", { level: w.level, method: state.survey.sets[state.lang] }));
		note(say("web.verdict.families"));
	} else {
		note(say("note.noerror"));
	}
	note(say("note.rounding"));
	if (!w.items[state.item].all)
		note(say(has_rank(w) ? "note.printed" : "note.sparse"));
	const names = (wanted) => rows.filter((r) => r.v === null && wanted(r.flags)).map((r) => r.name).join(", ");
	const unpublished = names((f) => f & UNPUBLISHED), withheld = names((f) => f & SUPPRESSED);

	note(unpublished && say("chart.missing", { names: unpublished }));
	note(withheld && say("chart.withheld", { names: withheld }));
	note(state.survey.notes[state.lang]);
	note(w.simulated && say("note.simulated"));
	const years = state.survey.waves.filter((v) => v.publisher[state.lang]);

	parts.notes.replaceChildren(el("h3", null, say("web.notes")), el("ul", null, list), el("h3", null, say("web.sources")),
				    el("ul", null, sources_of(years).map((s) => el("li", null, s))), el("p", { class: "hx-maker" }, data.maker));
}

/* One line for each run of years of one publisher and title. */
function sources_of(waves) {
	const runs = [];

	for (const w of waves) {
		const last = runs[runs.length - 1], key = w.publisher[state.lang] + "\n" + w.title[state.lang];

		if (last && last.key === key)
			last.to = w.year;
		else
			runs.push({ key, from: w.year, to: w.year, w });
	}
	return runs.map((r) => say("chart.source", { survey: state.survey.name + " –" + " " + r.w.title[state.lang] + ",", year: r.from === r.to ? r.from : r.from + "–" + r.to, publisher: r.w.publisher[state.lang] }));
}

function show_all() {
	const w = state.wave, names = data.surveys.map((s) => s.name).join(", ");

	root.lang = state.lang ? "en" : "vi";
	if (root.dataset.page) {
		document.documentElement.lang = root.lang;
		document.title = say("web.title", { names });
	}
	parts.title.textContent = say("web.title", { names });
	parts.intro.textContent = w.title[state.lang];
	parts.banner.hidden = !w.simulated;
	parts.banner.textContent = w.simulated ? say("simulated.banner") : "";
	hide_tip();
	show_controls();
	show_summary();
	word_figures();
	parts.column.hidden = !state.province;
	figures.filter((f) => !f.box.hidden).forEach(draw);
	tables.forEach(show_table);
	show_notes();
}

function update() {
	/* an address of the page around, such as that of a heading, is not for us */
	if (location.hash && !/(^#|&)(province|year|item|peers|lang|survey)=/.test(location.hash) && state.survey)
		return;
	read_hash();
	show_all();
}

make_page();
update();
window.addEventListener("hashchange", update);
document.addEventListener("keydown", (e) => e.key === "Escape" && hide_tip());

let last_width = root.clientWidth;

new ResizeObserver(() => {
	if (root.clientWidth === last_width || printing)
		return;
	last_width = root.clientWidth;
	figures.filter((f) => !f.box.hidden).forEach(draw);
}).observe(root);

function print_mode(on) {
	printing = on;
	hide_tip();
	figures.filter((f) => !f.box.hidden).forEach(draw);
	tables.forEach(show_table);
}
window.addEventListener("beforeprint", () => print_mode(true));
window.addEventListener("afterprint", () => print_mode(false));
}());
