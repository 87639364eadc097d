const MAX_LENGTH = 200;

/**
 * A name from outside as a code span of one line that nothing in it can end, so that it is neither
 * markup nor, in a prompt, an order of its own.
 */
export function code(text: string): string {
	return codeWithin(text, MAX_LENGTH);
}

/** The same of another length. */
export function codeWithin(text: string, maxLength: number): string {
	const plain = text.replace(/[`|\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, " ").trim();
	if (plain === "") return "–";
	return `\`${plain.length > maxLength ? `${plain.slice(0, maxLength)}…` : plain}\``;
}

/** Steps of a sequence in a line. */
export function codeArrows(functionIds: readonly string[]): string {
	return functionIds.map(code).join(" → ");
}

export function table(
	head: readonly string[],
	rows: readonly (readonly (string | number)[])[],
): string {
	const line = (cells: readonly (string | number)[]): string => `| ${cells.join(" | ")} |`;
	return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** @param rate 0 to 1; null where nothing could be counted */
export function percent(rate: number | null): string {
	if (rate === null) return "–";
	const value = rate * 100;
	return `${Number(value.toFixed(value < 10 ? 1 : 0))} %`;
}

/** How many times chance: "12×", "1.4×". */
export function times(lift: number): string {
	return `${lift >= 10 ? Math.round(lift).toLocaleString("en-US") : Number(lift.toFixed(1))}×`;
}
