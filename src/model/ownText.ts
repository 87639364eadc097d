/** The same text with memory of its own: a part of a string keeps all of the string in memory. */
export function ownText(text: string): string {
	return JSON.parse(JSON.stringify(text)) as string;
}
