const CONTEXT = 3;
/** Above this the middle part is shown as replaced: comparing costs lines times lines. */
const MAX_CELLS = 4_000_000;

interface Line {
	readonly mark: " " | "-" | "+";
	readonly text: string;
}

/** The change between two texts in the form of `diff -u`; empty when there is none. */
export function unifiedDiff(before: string, after: string, name: string): string {
	if (before === after) return "";
	const lines = compare(linesOf(before), linesOf(after));
	const hunks = hunksOf(lines).map(([from, to]) => hunk(lines, from, to));
	return [`--- ${name}`, `+++ ${name}`, ...hunks.flat()].join("\n");
}

function linesOf(text: string): string[] {
	const lines = text.split(/\r\n|\n|\r/);
	if (lines.at(-1) === "") lines.pop();
	return lines;
}

function compare(a: readonly string[], b: readonly string[]): Line[] {
	let start = 0;
	while (start < a.length && start < b.length && a[start] === b[start]) start++;
	let end = 0;
	const most = Math.min(a.length, b.length) - start;
	while (end < most && a.at(-1 - end) === b.at(-1 - end)) end++;
	return [
		...marked(" ", a.slice(0, start)),
		...middle(a.slice(start, a.length - end), b.slice(start, b.length - end)),
		...marked(" ", a.slice(a.length - end)),
	];
}

/** By the longest common subsequence. */
function middle(a: readonly string[], b: readonly string[]): Line[] {
	if (a.length * b.length > MAX_CELLS) return [...marked("-", a), ...marked("+", b)];
	const width = b.length + 1;
	const lengths = new Uint32Array((a.length + 1) * width);
	const at = (i: number, j: number) => lengths[i * width + j] ?? 0;
	for (let i = a.length - 1; i >= 0; i--) {
		for (let j = b.length - 1; j >= 0; j--) {
			lengths[i * width + j] =
				a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
		}
	}
	const lines: Line[] = [];
	let [i, j] = [0, 0];
	while (i < a.length || j < b.length) {
		if (i < a.length && j < b.length && a[i] === b[j]) {
			lines.push({ mark: " ", text: a[i] ?? "" });
			i++;
			j++;
		} else if (i < a.length && (j === b.length || at(i + 1, j) >= at(i, j + 1))) {
			lines.push({ mark: "-", text: a[i++] ?? "" });
		} else lines.push({ mark: "+", text: b[j++] ?? "" });
	}
	return lines;
}

function marked(mark: Line["mark"], texts: readonly string[]): Line[] {
	return texts.map((text) => ({ mark, text }));
}

/** Ranges of lines that are shown: each change with its context, joined where they meet. */
function hunksOf(lines: readonly Line[]): [number, number][] {
	const hunks: [number, number][] = [];
	for (const [index, { mark }] of lines.entries()) {
		if (mark === " ") continue;
		const last = hunks.at(-1);
		const to = Math.min(lines.length, index + CONTEXT + 1);
		if (last !== undefined && index - CONTEXT <= last[1]) last[1] = to;
		else hunks.push([Math.max(0, index - CONTEXT), to]);
	}
	return hunks;
}

function hunk(lines: readonly Line[], from: number, to: number): string[] {
	const count = (range: readonly Line[], other: "-" | "+") =>
		range.filter(({ mark }) => mark !== other).length;
	const [before, shown] = [lines.slice(0, from), lines.slice(from, to)];
	// Where nothing is shown of a side, the line before it is named, as diff does.
	const side = (other: "-" | "+") => {
		const length = count(shown, other);
		return `${count(before, other) + (length === 0 ? 0 : 1)},${length}`;
	};
	return [`@@ -${side("+")} +${side("-")} @@`, ...shown.map(({ mark, text }) => mark + text)];
}
