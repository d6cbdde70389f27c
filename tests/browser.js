/* browser.js -- what a browser shows of the charts in this page: one line a finding, then every text.
 *
 * cut FILE text          the text reaches out of the picture
 * over FILE text | text  the ink of two texts overlaps
 * empty FILE text        the text takes no room
 * blank FILE text        the PNG of the same chart has no ink where this text stands
 * edge FILE              the PNG has ink on its border
 * text FILE text         every text, in the order of the file
 * png FILE               a PNG that was looked at
 */
"use strict";

/* Letters without accents stand between 0.05 em under the baseline and 0.72 em above it; what accents and descenders of
 * two lines share is not taken for an overlap. */
function ink(text) {
	const box = text.getBoundingClientRect(), size = parseFloat(getComputedStyle(text).fontSize);
	const middle = (box.top + box.bottom) / 2;

	return { left: box.left + 0.5, right: box.right - 0.5, top: middle - 0.36 * size, bottom: middle + 0.36 * size,
		 whole: box };
}

function look(svg, file, say) {
	const page = svg.getBoundingClientRect(), texts = Array.from(svg.querySelectorAll("text"));
	const boxes = texts.map(ink), words = texts.map((t) => t.textContent.trim());

	texts.forEach((t, i) => {
		const b = boxes[i];

		if (t.getComputedTextLength() <= 0)
			say("empty", file, words[i]);
		if (b.whole.left < page.left - 0.5 || b.whole.right > page.right + 0.5 || b.top < page.top - 0.5 ||
		    b.bottom > page.bottom + 0.5)
			say("cut", file, words[i]);
		for (let k = 0; k < i; k++)
			if (boxes[k].left < b.right && b.left < boxes[k].right && boxes[k].top + 0.5 < b.bottom &&
			    b.top + 0.5 < boxes[k].bottom)
				say("over", file, words[k] + " | " + words[i]);
	});
	words.forEach((w) => say("text", file, w));
}

/* The PNG's pixels, and whether one differs from the paper. */
function pixels(image) {
	const canvas = document.createElement("canvas"), w = image.naturalWidth, h = image.naturalHeight;

	canvas.width = w;
	canvas.height = h;
	const context = canvas.getContext("2d");
	context.drawImage(image, 0, 0);
	const data = context.getImageData(0, 0, w, h).data;
	const differs = (i) => Math.abs(data[i] - data[0]) + Math.abs(data[i + 1] - data[1]) + Math.abs(data[i + 2] - data[2]) > 90;

	return { w, h, count: (left, top, right, bottom) => {
		let n = 0;

		for (let y = Math.max(0, Math.floor(top)); y < Math.min(h, bottom); y++)
			for (let x = Math.max(0, Math.floor(left)); x < Math.min(w, right); x++)
				n += differs(4 * (y * w + x)) ? 1 : 0;
		return n;
	} };
}

function look_at_png(image, svg, file, say) {
	const p = pixels(image), page = svg.getBoundingClientRect(), scale = p.w / page.width;

	svg.querySelectorAll("text").forEach((t) => {
		const b = t.getBoundingClientRect();

		if (p.count((b.left - page.left) * scale, (b.top - page.top) * scale, (b.right - page.left) * scale,
			    (b.bottom - page.top) * scale) < 4)
			say("blank", file, t.textContent.trim());
	});
	if (p.count(0, 0, p.w, 2) + p.count(0, p.h - 2, p.w, p.h) + p.count(0, 0, 2, p.h) + p.count(p.w - 2, 0, p.w, p.h) > 0)
		say("edge", file, "");
	say("png", file, "");
}

window.addEventListener("load", () => {
	const lines = [], say = (what, file, words) => lines.push(what + " " + file + " " + words);

	document.querySelectorAll("svg").forEach((svg) => look(svg, svg.parentNode.id, say));
	document.querySelectorAll("img").forEach((image) =>
		look_at_png(image, document.getElementById(image.alt).querySelector("svg"), image.alt, say));
	document.body.innerHTML = "<pre></pre>";
	document.querySelector("pre").textContent = lines.join("\n") + "\nall seen\n";
});
