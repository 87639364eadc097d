/** A Markdown table; cells hold Markdown, see {@link code} for text from outside. */
export function table(
	head: readonly string[],
	rows: readonly (readonly (string | number)[])[],
): string {
	const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
	return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}

/** Text from outside as a code span of one line that nothing in it can end. */
export function code(text: string): string {
	const plain = text.replace(/[`|\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, " ").trim();
	return plain === "" ? "–" : `\`${plain}\``;
}
