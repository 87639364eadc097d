/** Control characters, which a terminal would obey, and overrides of the direction of text. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside, fit for a terminal. */
export function printable(text: string): string {
	return text.replace(CONTROL, "\ufffd");
}

/** Columns of text: the first to the left, numbers to the right. */
export function textTable(
	head: readonly string[],
	rows: readonly (readonly (string | number)[])[],
): string {
	const cells = [head, ...rows].map((row) => row.map((cell) => printable(asText(cell))));
	const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
	const isNumber = head.map((_, column) => typeof rows[0]?.[column] === "number");
	return cells
		.map((row) =>
			row
				.map((cell, column) => {
					const width = widths[column] ?? 0;
					return isNumber[column] ? cell.padStart(width) : cell.padEnd(width);
				})
				.join("  ")
				.trimEnd(),
		)
		.join("\n");
}

function asText(cell: string | number): string {
	return typeof cell === "number" ? cell.toLocaleString("en-US") : cell;
}
