const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** Bytes of a string that is left as it is: whatever is asked for is shorter. */
const KEPT = 1024;

/**
 * A line of JSON with an empty string in the place of each long one: it is as good a line, and read
 * in a fraction of the time.
 */
export function shortened(line: Buffer): Buffer {
	if (line.length <= KEPT) return line;
	const parts: Buffer[] = [];
	/** Behind what is in the parts. */
	let done = 0;
	for (let start = line.indexOf(QUOTE); start >= 0; ) {
		const end = endOfString(line, start);
		if (end < 0) break;
		if (end - start > KEPT) {
			parts.push(line.subarray(done, start + 1));
			done = end;
		}
		start = line.indexOf(QUOTE, end + 1);
	}
	if (parts.length === 0) return line;
	return Buffer.concat([...parts, line.subarray(done)]);
}

/** Where the quote stands that ends a string; -1 where none does. */
function endOfString(line: Buffer, start: number): number {
	for (let at = start + 1; at < line.length; at++) {
		const byte = line[at];
		if (byte === QUOTE) return at;
		if (byte === BACKSLASH) at++;
	}
	return -1;
}
