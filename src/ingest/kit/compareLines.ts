/** Above this the middle part is shown as replaced: comparing costs lines times lines. */
const MAX_CELLS = 4_000_000;

export interface ComparedLine {
	readonly mark: " " | "-" | "+";
	readonly text: string;
}

/** Lines of two texts as those of a diff, all of both. */
export function compareLines(a: readonly string[], b: readonly string[]): ComparedLine[] {
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
function middle(a: readonly string[], b: readonly string[]): ComparedLine[] {
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
	const lines: ComparedLine[] = [];
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

function marked(mark: ComparedLine["mark"], texts: readonly string[]): ComparedLine[] {
	return texts.map((text) => ({ mark, text }));
}
