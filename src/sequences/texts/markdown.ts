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

/** Text of many lines from outside as a block of code that nothing in it can end. */
export function codeBlock(text: string): string {
	const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
	const fence = "`".repeat(Math.max(3, longest + 1));
	return [fence, text.trimEnd(), fence].join("\n");
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

/** No more is said of a lift: what lies above is a matter of how rare the functions are. */
const MOST_TIMES = 100;

/** How a lift is told: "4 times more often than by chance". */
export function oftenerThanChance(lift: number): string {
	const shown = lift >= 10 ? Math.round(lift) : Number(lift.toFixed(1));
	const many = lift > MOST_TIMES ? `more than ${MOST_TIMES}` : String(shown);
	return `${many} times more often than by chance`;
}

/** The same for a column: "4×", ">100×". */
export function times(lift: number): string {
	if (lift > MOST_TIMES) return `>${MOST_TIMES}×`;
	return `${lift >= 10 ? Math.round(lift) : Number(lift.toFixed(1))}×`;
}
