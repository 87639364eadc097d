import { codeWithin, table as tableOf } from "../sequences/texts/markdown.ts";

/** A Markdown table; cells hold Markdown, see {@link code} for text from outside. */
export function table(...args: Parameters<typeof tableOf>): string {
	return `${tableOf(...args)}\n`;
}

/** Text from outside as a code span of one line that nothing in it can end. */
export function code(text: string): string {
	return codeWithin(text, Number.POSITIVE_INFINITY);
}
