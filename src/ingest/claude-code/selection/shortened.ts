const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** Bytes of a string that is left as it is: whatever is asked for is shorter. */
const KEPT = 1024;
const NEAR = 32;

/**
 * A line of JSON with an empty string in the place of each long one: it is as good a line, and read
 * in a fraction of the time.
 */
export function shortened(line: Buffer): Buffer {
	if (line.length <= KEPT) return line;
	const parts: Buffer[] = [];
	/** Behind what is in the parts. */
	let done = 0;
	for (let start = nextQuote(line, 0); start >= 0; ) {
		const end = endOfString(line, start);
		if (end < 0) break;
		if (end - start > KEPT) {
			parts.push(line.subarray(done, start + 1));
			done = end;
		}
		start = nextQuote(line, end + 1);
	}
	if (parts.length === 0) return line;
	return Buffer.concat([...parts, line.subarray(done)]);
}

/** Where the quote stands that ends a string; -1 where none does. */
function endOfString(line: Buffer, start: number): number {
	for (let at = nextQuote(line, start + 1); at >= 0; at = nextQuote(line, at + 1)) {
		let before = at - 1;
		while (line[before] === BACKSLASH) before--;
		// Each second backslash is one that the one before it escapes.
		if ((at - before) % 2 === 1) return at;
	}
	return -1;
}

/** Most are near, where to look oneself is quicker than to ask. */
function nextQuote(line: Buffer, from: number): number {
	const end = Math.min(from + NEAR, line.length);
	for (let at = from; at < end; at++) {
		if (line[at] === QUOTE) return at;
	}
	return line.indexOf(QUOTE, end);
}
