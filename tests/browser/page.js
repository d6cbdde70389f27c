/* page.js FOLDER CHROMIUM -- pages of `hailong page` in FOLDER, driven as a reader would; tests/page.sh makes them.
 *
 * Expected figures are those of `hailong rank` and `change` (their CSV, in FOLDER), never of the page itself. One line
 * for each finding; status 1 when there is one.
 */
"use strict";

const fs = require("fs"), path = require("path"), { pathToFileURL } = require("url");
const { chromium } = require("playwright-core"), axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const [folder, browser_path] = process.argv.slice(2);
const file = (name) => path.join(folder, name), address = (name, hash) => pathToFileURL(file(name)).href + (hash ? "#" + hash : "");
let findings = 0, checks = 0;

function say(words) {
	findings++;
	console.log(words);
}

function same(what, got, want) {
	checks++;
	if (JSON.stringify(got) !== JSON.stringify(want))
		say(`${what}: got ${JSON.stringify(got)}, expected ${JSON.stringify(want)}`);
}

function check(what, ok) { same(what, Boolean(ok), true); }

/* CSV as RFC 4180 has it. */
function read_csv(text) {
	const rows = [[]], body = text.replace(/^\ufeff/, "");
	let cell = "", quoted = false;

	for (let i = 0; i < body.length; i++) {
		const c = body[i];

		if (quoted) {
			if (c === '"' && body[i + 1] === '"')
				cell += body[++i];
			else if (c === '"')
				quoted = false;
			else
				cell += c;
		} else if (c === '"') {
			quoted = true;
		} else if (c === "," || c === "\n") {
			rows[rows.length - 1].push(cell);
			cell = "";
			if (c === "\n")
				rows.push([]);
		} else {
			cell += c;
		}
	}
	rows.pop();
	const head = rows.shift();
	return rows.map((r) => Object.fromEntries(head.map((name, i) => [name, r[i]])));
}

const table = (name) => read_csv(fs.readFileSync(file(name), "utf8"));

/* A number as hailong rounds it: half away from zero, on its shortest decimal text. */
function rounded(text, decimals) {
	if (text === "")
		return null;
	const [whole, rest] = text.replace("-", "").split("."), digits = BigInt(whole + ((rest || "") + "0".repeat(decimals + 1)).slice(0, decimals)) +
	      (((rest || "") + "0".repeat(decimals + 1))[decimals] >= "5" ? 1n : 0n);

	return Number(digits) * (text.startsWith("-") ? -1 : 1) + 0;
}

let browser;

/* A page whose errors and requests are findings. */
async function open(name, hash, options) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
	const page = await context.newPage();

	page.on("console", (m) => ["error", "warning"].includes(m.type()) && say(`${name}: console: ${m.text()}`));
	page.on("pageerror", (e) => say(`${name}: error: ${e.message}`));
	page.on("request", (r) => !r.url().startsWith(address(name)) && !r.url().startsWith("blob:") && say(`${name}: asks for ${r.url()}`));
	await page.goto(address(name, hash));
	return page;
}

async function downloaded(page, selector) {
	const [got] = await Promise.all([page.waitForEvent("download"), page.click(selector)]);

	return { name: got.suggestedFilename(), text: fs.readFileSync(await got.path(), "utf8") };
}

const cell = (page, row, column) => page.locator(`#hx-all tbody tr:nth-child(${row}) > :nth-child(${column})`).innerText();

/* Every figure in the page's data against the commands' CSV. */
function check_data(name, survey_id, rows, changes, medians) {
	const html = fs.readFileSync(file(name), "utf8"), data = JSON.parse(html.match(/id="hx-data">(.*?)<\/script>/s)[1]);
	const survey = data.surveys.find((s) => s.id === survey_id);
	let seen = 0;
	const at = (row) => {
		const wave = survey.waves.find((w) => w.year === Number(row.year)), cells = wave && wave.items[row.item];
		const unit = wave ? wave.units.findIndex((u) => survey.units[u][0] === row.province) : -1;
		const i = !cells ? -1 : cells.at ? cells.at.indexOf(unit) : unit;
		const take = (key) => !cells || cells[key] === undefined ? null : Array.isArray(cells[key]) ? cells[key][i] : typeof cells[key] === "string" ? cells[key][i] : cells[key];

		return { wave, i, take };
	};
	const equal = (row, what, got, want) => (seen++, got !== want && say(`${name}: ${row.year} ${row.item} ${row.province_name}: ${what} ${got}, expected ${want}`));
	const whole = (text) => text === "" ? null : Number(text);

	for (const row of rows) {
		const { wave, i, take } = at(row);

		if (i < 0) {
			say(`${name}: ${row.year} ${row.item} ${row.province_name} is missing`);
			continue;
		}
		equal(row, "value", take("v"), rounded(row.estimate, wave.decimals));
		equal(row, "lower limit", take("lo"), rounded(row.ci_low, wave.decimals));
		equal(row, "upper limit", take("hi"), rounded(row.ci_high, wave.decimals));
		equal(row, "rank", take("r"), whole(row.rank));
		if (row.rank !== "")
			equal(row, "ranked", take("n"), whole(row.n_ranked));
		equal(row, "lowest rank", take("rl"), whole(row.rank_low));
		equal(row, "highest rank", take("rh"), whole(row.rank_high));
		equal(row, "group", row.group === "" ? "-" : take("g"), row.group === "" ? "-" : take("g") === null ? null : take("g"));
	}
	for (const row of medians) {
		const { wave } = at(row), q = (wave.items[row.item] || {}).q;

		equal(row, "national median", q ? q[1] : null, rounded(row.national_median, wave.decimals));
	}
	for (const row of changes) {
		const { wave, take } = at(row), words = { ok: 0, warn: 1, no: 2 };

		equal(row, "change", take("d"), rounded(row.delta, wave.decimals));
		equal(row, "comparable", take("c"), words[row.comparable]);
		if (row.verdict === "")
			equal(row, "verdict", take("vi"), null);
		else /* these rows are one family: the province's items */
			equal(row, "verdict", take("vp"), { increase: 1, decrease: -1, not_distinguishable: 0 }[row.verdict]);
		equal(row, "lower limit of the change", take("dl"), rounded(row.delta_low, wave.decimals));
	}
	checks += seen;
	return seen;
}

async function choosing() {
	const page = await open("papi.html");

	same("the province that --province names", await page.inputValue("#hx-province"), "33");
	same("its headline", (await page.innerText(".hx-summary h2")).split("\n")[0], "Hưng Yên");
	/* hailong rank papi --year 2024 --province 33: 44,40, 19/61 */
	check("its score", (await page.innerText(".hx-summary")).includes("44,40 điểm"));
	check("its rank", (await page.innerText(".hx-summary")).includes("19/61"));
	await page.selectOption("#hx-province", { label: "Vĩnh Phúc" });
	await page.waitForFunction(() => document.querySelector(".hx-summary h2").textContent.startsWith("Vĩnh Phúc"));
	check("an unpublished score says so", (await page.innerText(".hx-summary")).includes("không công bố"));
	check("the address names the province", page.url().includes("province=26"));
	await page.selectOption("#hx-year", "2018");
	await page.waitForFunction(() => document.querySelector("#hx-rank-title").textContent.includes("2018"));
	check("2018 is not compared with 2017", (await page.innerText(".hx-summary")).includes("không so được"));
	await page.goBack();
	await page.goBack();
	await page.waitForFunction(() => document.querySelector(".hx-summary h2").textContent.startsWith("Hưng Yên"));
	same("back is back", await page.inputValue("#hx-year"), "2024");
	await page.selectOption("#hx-item", "8");
	await page.waitForFunction(() => location.hash.includes("item=8"));
	check("an item", (await page.innerText("#hx-rank-title")).startsWith("8. Quản trị điện tử"));
	await page.selectOption("#hx-peers", "nearest");
	/* hailong compare papi --province 33 --year 2024 --peers nearest:5 */
	await page.waitForFunction(() => location.hash.includes("peers=nearest"));
	same("the five nearest", (await page.locator("#hx-all .hx-peer th").allInnerTexts()).sort(), fs.readFileSync(file("nearest.txt"), "utf8").trim().split("\n").sort());
	await page.selectOption("#hx-peers", "chosen");
	await page.locator(".hx-chosen summary").click();
	await page.fill("#hx-filter", "da nang");
	await page.check(".hx-checks input");
	await page.waitForFunction(() => location.hash.includes("chosen=48"));
	same("chosen peers", await page.locator("#hx-all .hx-peer th").allInnerTexts(), ["Đà Nẵng"]);
	await page.context().close();
}

/* The charts: what is drawn, joined, marked. */
async function charts() {
	const page = await open("papi.html", "province=33&year=2024&item=total&peers=region&lang=vi");
	const rows = table("papi.csv").filter((r) => r.year === "2024" && r.item === "total");
	const by_rank = rows.filter((r) => r.rank !== "").sort((a, b) => a.rank - b.rank || (a.province < b.province ? -1 : 1)).map((r) => r.province_name);
	const shapes = (selector) => page.locator(selector).count();

	same("the ranking in its order", (await page.locator("#hx-rank text.name").allTextContents()).slice(0, 61), by_rank);
	same("the unpublished at its end", (await page.locator("#hx-rank text.note").allTextContents()).filter((s) => s === "không công bố").length, 2);
	/* the Red River Delta without Hưng Yên has ten; Vĩnh Phúc is not published in 2024 */
	same("peers are squares", await shapes("#hx-rank .hx-plot rect.peer"), 9);
	same("one province is marked", await shapes("#hx-rank .hx-plot circle.self"), 1);
	/* surveys/papi/comparability.csv, total: no from 2017 to 2018; warn from 2015 to 2016, 2018 to 2019, 2020 to 2021 */
	same("years joined", await shapes("#hx-trend line.path.self"), 12);
	same("of these dashed", await shapes("#hx-trend line.path.self[stroke-dasharray]"), 3);
	same("breaks shown", await shapes("#hx-trend line.break"), 1);
	check("breaks told", (await page.innerText("#hx-trend .hx-note")).includes("Đứt quãng 2017–2018: năm 2018 bộ chỉ số thêm hai nội dung"));
	same("every part has a row in the profile", await shapes("#hx-profile .hx-plot circle.self"), 9);
	same("every change has a mark", [await shapes("#hx-change .hx-plot path.up"), await shapes("#hx-change .hx-plot path.down"), await shapes("#hx-change .hx-plot circle.same")], marks("papi-change.csv"));
	await page.selectOption("#hx-province", "26");
	await page.waitForFunction(() => location.hash.includes("province=26"));
	const years = table("papi.csv").filter((r) => r.province === "26" && r.item === "total" && r.estimate !== "").map((r) => Number(r.year));

	same("a gap stays a gap", await shapes("#hx-trend line.path.self"), years.filter((y) => y !== 2018 && years.includes(y - 1)).length);
	await page.selectOption("#hx-year", "2018");
	await page.waitForFunction(() => location.hash.includes("year=2018"));
	check("no mark for what is not compared", (await page.innerText("#hx-change")).includes("không so được"));
	await page.context().close();
	const sipas = await open("sipas.html", "province=33&year=2024&item=total&lang=vi");

	same("arrows only for verdicts", [await sipas.locator("#hx-change .hx-plot path").count(), await sipas.locator("#hx-items tbody .hx-up, #hx-items tbody .hx-down").count()],
	     [0, table("sipas-change.csv").filter((r) => r.year === "2024" && ["increase", "decrease"].includes(r.verdict)).length]);
	check("whiskers", await sipas.locator("#hx-rank line.whisker").count() > 50);
	await sipas.context().close();
}

/* Up, down, unchanged after rounding: the total and the dimensions of Hưng Yên in 2024. */
function marks(name) {
	const list = table(name).filter((r) => r.year === "2024" && r.province === "33" && (r.item === "total" || /^[0-9]$/.test(r.item))).map((r) => Math.sign(rounded(r.delta, 2)));

	return [1, -1, 0].map((way) => list.filter((x) => x === way).length);
}

async function tables() {
	const page = await open("papi.html", "province=33&year=2024&item=total&lang=vi");
	const rows = () => page.locator("#hx-all tbody tr").count();

	same("all provinces", await rows(), 63);
	for (const [words, names] of [["hung yen", ["Hưng Yên"]], ["DA NANG", ["Đà Nẵng"]], ["đà nẵng", ["Đà Nẵng"]], ["ha noi", ["Hà Nội"]], ["hcm", ["TP. Hồ Chí Minh"]], ["no such place", ["Không có dòng nào khớp."]]]) {
		await page.fill("#hx-all-search", words);
		const got = names[0].startsWith("Không") ? await page.locator("#hx-all tbody td").allInnerTexts() : await page.locator("#hx-all tbody th").allInnerTexts();

		same(`search "${words}"`, got, names.map((n) => (n === "TP. Hồ Chí Minh" ? got[0] : n)));
		if (words === "hcm")
			check("search hcm", /Hồ Chí Minh|HCM/.test(got[0]) || got[0] === "TP. HCM");
	}
	await page.fill("#hx-all-search", "");
	const head = (words) => page.locator("#hx-all thead button", { hasText: words }).first();

	await head("Điểm").click();
	same("sorted by score", [await cell(page, 1, 4), await page.locator("#hx-all th[aria-sort]").getAttribute("aria-sort")], ["39,91", "ascending"]);
	same("what has no score stays behind", await cell(page, 63, 4), "–");
	await head("Điểm").click();
	same("and the other way", [await cell(page, 1, 4), await cell(page, 63, 4)], ["47,82", "–"]);
	await head("Tỉnh").click();
	same("sorted by name, Đ behind D", [await cell(page, 1, 2), await cell(page, 63, 2)], ["An Giang", "Yên Bái"]);
	await page.fill("#hx-items-search", "bau cu");
	same("items are found without accents", await page.locator("#hx-items tbody tr").count(), 1);
	await page.context().close();
}

/* What is saved is what hailong computes. */
async function files() {
	for (const [name, hash, csv, decimals] of [["papi.html", "province=33&year=2024&item=total", "papi.csv", 2], ["papi.html", "province=33&year=2014&item=6", "papi.csv", 2],
						   ["sipas.html", "province=33&year=2023&item=total&lang=en", "sipas.csv", 2]]) {
		const page = await open(name, hash), words = new URLSearchParams(hash), english = words.get("lang") === "en";
		const saved = await downloaded(page, "#hx-all .hx-bar button"), got = read_csv(saved.text), h = (vi, en) => english ? en : vi;
		const want = table(csv).filter((r) => r.year === words.get("year") && r.item === words.get("item"));
		const key = (r) => r[h("Mã", "Code")], by = new Map(got.map((r) => [key(r), r]));

		check(saved.name + " begins with a mark by which spreadsheets know UTF-8", saved.text.startsWith("\ufeff"));
		same(saved.name + ": rows", got.length, want.length);
		for (const row of want) {
			const g = by.get(row.province) || {}, text = (x) => x === null ? "" : (x / Math.pow(10, decimals)).toFixed(decimals);

			same(`${saved.name} ${row.province_name}`, [g[h("Tỉnh, thành phố", "Province")], g[h("Điểm", "Score")], g[h("Hạng", "Rank")], row.rank === "" ? "" : g[h("Số đơn vị được xếp hạng", "Number ranked")]],
			     [row.province_name, text(rounded(row.estimate, decimals)), row.rank, row.rank === "" ? "" : row.n_ranked]);
			if (row.ci_low !== "")
				same(`${saved.name} ${row.province_name}: interval`, [g[h("", "Interval: from")], g[h("", "Interval: to")], g[h("", "Set of ranks: from")], g[h("", "Set of ranks: to")]],
				     [text(rounded(row.ci_low, 2)), text(rounded(row.ci_high, 2)), row.rank_low, row.rank_high]);
			if (name.startsWith("sipas"))
				check(saved.name + " says that it is simulated", g.Note.includes("simulated"));
		}
		await page.context().close();
	}
	const page = await open("papi.html", "province=33&year=2024&item=total&lang=vi"), html = fs.readFileSync(file("papi.html"), "utf8");

	await page.fill("#hx-all-search", "hung yen");
	same("a searched table is saved as searched", read_csv((await downloaded(page, "#hx-all .hx-bar button")).text).length, 1);
	for (const id of ["rank", "trend", "profile", "change"]) {
		const saved = await downloaded(page, `#hx-${id} .hx-bar button`);

		fs.writeFileSync(file(`saved-${id}.svg`), saved.text);
		check(saved.name + " has colours of its own", !/var\(|class="hx|<script/.test(saved.text) && saved.text.includes("#c8102e"));
		check(saved.name + " names its source", saved.text.includes("Nguồn: PAPI 2024") && saved.text.includes("hailong "));
	}
	for (const [name, hash, id] of [["sipas.html", "province=33&year=2024&lang=vi", "change"], ["papi.html", "province=46&year=2024&lang=vi", "profile"]]) {
		const other = await open(name, hash), saved = await downloaded(other, `#hx-${id} .hx-bar button`);

		fs.writeFileSync(file("alone.svg"), saved.text);
		await other.context().close();
		const alone = await (await browser.newContext()).newPage();

		await alone.goto(address("alone.svg"));
		same(saved.name + ": texts that are cut", await alone.evaluate(() => [...document.querySelectorAll("svg > g text")].filter((t) => {
			const page = document.querySelector("svg").getBoundingClientRect(), box = t.getBoundingClientRect();

			return box.left < page.left || box.right > page.right || box.bottom > page.bottom;
		}).map((t) => t.textContent)), []);
		await alone.context().close();
	}
	const svg = fs.readFileSync(file("saved-rank.svg"), "utf8");

	for (const row of table("papi.csv").filter((r) => r.year === "2024" && r.item === "total" && r.estimate !== ""))
		check("the saved ranking shows " + row.province_name, svg.includes(">" + row.province_name + "<") &&
		      svg.includes(">" + (rounded(row.estimate, 2) / 100).toFixed(2).replace(".", ",") + "<"));
	check("no address of another place", !/\b(?:src|href)\s*=\s*["']?(?:https?:)?\/\//.test(html) && !/url\(\s*["']?http/.test(html));
	await page.context().close();
}

/* Words of one language on a page of the other. */
async function languages() {
	const english = /\b(the|of|and|rank|ranks|ranking|province|provinces|score|scores|change|year|years|with|from|search|item|items|notes|source|published|median|lowest|highest|not|table|download|choose|interval|simulated|data|group|quarter|top|bottom)\b/i;
	const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i;
	const everything = (page) => page.evaluate(() => {
		const list = [], own = document.querySelector(".hx-lang");

		for (const node of document.querySelectorAll("#hx, #hx *"))
			if (!own.contains(node)) {
				for (const name of ["aria-label", "title", "placeholder"])
					if (node.hasAttribute(name))
						list.push(node.getAttribute(name));
				for (const child of node.childNodes)
					if (child.nodeType === 3)
						list.push(child.textContent);
			}
		return list.concat(document.title);
	});
	const names = table("papi.csv").map((r) => r.province_name);

	for (const [name, hash] of [["papi.html", "province=33&year=2024"], ["papi.html", "province=33&year=2018&item=2"], ["sipas.html", "province=33&year=2024"], ["all.html", "survey=pci&province=33&year=2020"], ["all.html", "survey=par-index&province=33&year=2021"],
				    ["units.html", "province=S03"]]) {
		const page = await open(name, hash + "&lang=vi"), local = [...new Set(names)].concat(await page.locator("#hx-province option").allInnerTexts());

		same(hash + ": lang", [await page.getAttribute("html", "lang"), await page.getAttribute("#hx", "lang")], ["vi", "vi"]);
		for (const words of await everything(page))
			if (english.test(words.replace(/PAR INDEX|hailong/g, "")))
				say(`${name} ${hash}: English on a Vietnamese page: ${words}`);
		await page.click(".hx-lang button:last-child");
		await page.waitForFunction(() => document.documentElement.lang === "en");
		for (let words of await everything(page)) {
			for (const one of local)
				words = words.split(one).join("");
			/* documents keep their names, a survey its own, and so does its time */
			words = words.replace(/Quyết định [0-9]+\/QĐ-BNV|QĐ-BNV|CCHC nội bộ|\(mô phỏng\)|Holm/g, "");
			if (vietnamese.test(words))
				say(`${name} ${hash}: Vietnamese on an English page: ${words}`);
		}
		check(hash + ": decimal point", (await page.innerText("#hx-all")).match(/\d\.\d\d/) && !(await page.innerText("#hx-all tbody")).match(/\d,\d\d\b/));
		checks++;
		await page.context().close();
	}
}

async function keyboard() {
	const page = await open("papi.html", "province=33&year=2024&item=total&peers=region&lang=vi");
	const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className || document.activeElement.tagName);
	const tab_to = async (id) => {
		for (let i = 0; i < 120; i++) {
			await page.keyboard.press("Tab");
			if (await focused() === id)
				return true;
		}
		say("keyboard: no way to " + id);
		return false;
	};

	await tab_to("hx-province");
	await page.keyboard.type("An Giang");
	await page.waitForFunction(() => document.querySelector(".hx-summary h2").textContent.startsWith("An Giang"));
	same("focus stays", await focused(), "hx-province");
	await tab_to("hx-all-search");
	await page.keyboard.type("hung yen");
	same("searched by keys", await page.locator("#hx-all tbody tr").count(), 1);
	for (let i = 0; i < 20 && !(await focused()).includes("hx-link"); i++)
		await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await page.waitForFunction(() => document.querySelector(".hx-summary h2").textContent.startsWith("Hưng Yên"));
	checks++;
	await page.focus("#hx-rank .hx-plot");
	await page.keyboard.press("ArrowDown");
	check("arrow keys begin at the chosen province", (await page.locator("[aria-live=polite][role=status]").last().innerText()).startsWith("Hưng Yên; 44,40 điểm; hạng 19/61"));
	check("a tip is shown", await page.isVisible(".hx-tip"));
	await page.keyboard.press("ArrowDown");
	check("and go on", (await page.locator("[aria-live=polite][role=status]").last().innerText()).startsWith("Nam Định"));
	await page.keyboard.press("Escape");
	check("Escape closes", await page.isHidden(".hx-tip"));
	await page.keyboard.press("End");
	await page.keyboard.press("Enter");
	await page.waitForFunction(() => document.querySelector(".hx-summary h2").textContent.startsWith("Tiền Giang"));
	await page.hover("#hx-rank svg text.name >> nth=0");
	check("the mouse gives tips, too", (await page.innerText(".hx-tip")).startsWith("Quảng Ninh"));
	await page.context().close();
}

/* axe is slow: with WIDE every page light and dark, in both languages, in as few looks as that takes; else each once. */
async function accessible() {
	const looks = [["papi.html", "light", "vi"], ["sipas.html", "dark", "en"], ["report-papi.html", "light", "vi"]];

	if (process.env.WIDE)
		looks.push(["papi.html", "dark", "en"], ["sipas.html", "light", "vi"], ["report-sipas-example.html", "dark", "vi"]);
	for (const [name, colorScheme, lang] of looks) {
		const page = await open(name, "province=33&year=2024&lang=" + lang, { colorScheme });

		await page.evaluate(axe + ";0").catch(() => null);
		if (!await page.evaluate(() => typeof axe !== "undefined"))
			say("axe did not start");
		const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));

		check("axe looked", found.passes.length > 20);
		for (const v of found.violations.filter((x) => ["serious", "critical"].includes(x.impact)))
			say(`axe ${name} ${colorScheme} ${lang}: ${v.id}: ${v.nodes.length} times, such as ${v.nodes[0].html.slice(0, 120)} ${v.nodes[0].any.map((a) => a.message).join(" ").slice(0, 160)}`);
		await page.context().close();
	}
}

async function shapes() {
	for (const width of process.env.WIDE ? [390, 320, 768, 1280] : [320, 1280])
		for (const [name, hash] of [["papi.html", "province=33&year=2024"], ["sipas.html", "province=33&year=2024&lang=en"], ["all.html", "survey=pci&province=33&year=2020"]]) {
			const page = await open(name, hash, { viewport: { width, height: 844 } });

			check(`${name} fits into ${width} pixels`, await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth));
			check(`${name}: charts fit into ${width}`, await page.evaluate(() => [...document.querySelectorAll(".hx-plot text")].every((t) => {
				const box = t.getBoundingClientRect();

				return box.left >= -1 && box.right <= window.innerWidth + 1;
			})));
			await page.context().close();
		}
	const still = await open("papi.html", "province=33", { reducedMotion: "reduce" });

	check("nothing moves for who wants that", await still.evaluate(() => [...document.querySelectorAll("*")].every((e) => parseFloat(getComputedStyle(e).transitionDuration) === 0)));
	await still.pdf({ path: file("papi.pdf"), format: "A4", margin: { top: "20mm", bottom: "20mm", left: "20mm", right: "20mm" } });
	await still.context().close();
	const plain = await open("papi.html", "", { javaScriptEnabled: false });

	check("without a script a table stands there", (await plain.innerText("#hx")).includes("44,40") && (await plain.innerText("#hx h2")) === "Hưng Yên");
	await plain.context().close();
}

/* Names that are markup, quotes, commands. */
async function odd() {
	const page = await open("odd.html", "", {}), names = JSON.parse(fs.readFileSync(file("odd.json"), "utf8"));
	const shown = await page.locator("#hx-all tbody th").allTextContents();

	for (const name of names)
		check("the name " + JSON.stringify(name) + " is shown as it is: " + JSON.stringify(shown), shown.includes(name));
	check("no name ran", await page.evaluate(() => window.ran === undefined && !document.querySelector("#hx b, #hx img")));
	await page.context().close();
}

async function others() {
	const sipas = await open("sipas.html", "province=33&year=2024&item=total&lang=vi");

	check("simulated data are labelled", (await sipas.innerText(".hx-banner")).includes("MÔ PHỎNG") && (await sipas.innerText("#hx-rank-title")).includes("mô phỏng"));
	check("no bare rank", (await sipas.locator("#hx-all tbody tr td:first-child").allInnerTexts()).every((s) => s === "–" || /^\d+\/\d+ \(/.test(s)));
	check("what cannot be told from no change is said", (await sipas.innerText(".hx-summary")).includes("chưa đủ cơ sở"));
	const hidden = table("sipas.csv").find((r) => r.flag.includes("suppressed"));

	if (hidden) {
		await sipas.goto(address("sipas.html", `province=${hidden.province}&year=${hidden.year}&item=${hidden.item}&lang=vi`));
		await sipas.reload();
		check("a withheld value says why", /không nêu: ./.test(await sipas.innerText(".hx-summary")));
	}
	await sipas.context().close();
	const merged = await open("merged.html", "year=2022&lang=vi");

	check("merged units are estimates", (await merged.innerText(".hx-summary")).includes("ước tính theo đơn vị sau sáp nhập (") && (await merged.innerText(".hx-notes")).includes("không phải số liệu đã công bố"));
	await merged.context().close();
	const all = await open("all.html", "survey=papi&province=33&year=2024&lang=vi");

	await all.selectOption("#hx-survey", "pci");
	await all.waitForFunction(() => document.querySelector("#hx-rank-title").textContent.startsWith("PCI"));
	same("the province stays with another survey", await all.inputValue("#hx-province"), "33");
	check("published scores are told to have no error, once", (await all.innerText("#hx")).split("không kèm sai số chọn mẫu").length === 2);
	await all.context().close();
	const nobody = await open("units.html");

	check("without a province the ranking alone", await nobody.isVisible("#hx-rank") && await nobody.isHidden("#hx-trend") && (await nobody.innerText("#hx")).includes("Chọn một đơn vị"));
	await nobody.context().close();
}

/* The explorer at the end of a report, which keeps the report's own words and province. */
async function reports() {
	const page = await open("report-papi.html");

	same("it opens with the report's province", await page.inputValue("#hx-province"), "33");
	same("it opens with the report's year", await page.inputValue("#hx-year"), "2024");
	await page.click('nav a[href="#hx"]');
	check("the contents lead to it", await page.evaluate(() => new Promise((done) => setTimeout(() => done(document.getElementById("hx").getBoundingClientRect().top < window.innerHeight), 1500))));
	await page.fill("#hx-all-search", "ninh thuan");
	same("it finds names without accents", await page.locator("#hx-all tbody th").allTextContents(), ["Ninh Thuận"]);
	await page.selectOption("#hx-province", "01");
	check("it shows another province", (await page.innerText("#hx-trend-title")).startsWith("Hà Nội"));
	check("the report itself stays", (await page.innerText("main")).includes("Kết quả PAPI của Hưng Yên"));
	await page.emulateMedia({ media: "print" });
	check("it is not printed", await page.isHidden("#hx"));
	await page.context().close();
	const answers = await open("report-sipas-example.html", "province=33&year=2023&item=1.1&lang=vi");

	check("no bare rank in a report", (await answers.locator("#hx-all tbody tr td:first-child").allInnerTexts()).every((s) => s === "–" || /^\d+\/\d+ \(/.test(s)));
	await answers.context().close();
}

(async () => {
	browser = await chromium.launch({ executablePath: browser_path, args: ["--no-sandbox", "--disable-gpu"] });
	const n = check_data("papi.html", "papi", table("papi.csv"), table("papi-change.csv"), table("papi-median.csv")) + check_data("sipas.html", "sipas-example", table("sipas.csv"), table("sipas-change.csv"), table("sipas-median.csv"));

	check("figures compared: " + n, n > 150000);
	for (const part of [choosing, charts, tables, files, languages, keyboard, accessible, shapes, odd, others, reports])
		await part().catch((e) => say(`${part.name}: ${e.message.split("\n").slice(0, 3).join(" ")}`));
	await browser.close();
	console.log(`${checks} checks, ${findings} findings`);
	process.exit(findings || checks < 1000 ? 1 : 0);
})().catch((e) => {
	console.log(e.stack);
	process.exit(1);
});
