import { withoutNuls } from "../files/lineSplitter.ts";

/** Where an event may begin: within a text its quotes would have backslashes before them. */
const BEGINNING = /(?<=.)(?=\{\s?"(?:v|ts|event)":)/;

/**
 * The events of a line of the log: one, as a rule. Where appends were interrupted, or ran at the same
 * time, one line holds several, or a whole one behind the beginning of another.
 *
 * @returns their texts, and those of what is none
 */
export function recordsInLine(line: string): string[] {
	const text = withoutNuls(line);
	if (text.trim() === "") return [line];
	// Nearly every line holds one object.
	if (text.indexOf("{", 1) < 0 || isJson(text)) return [text];
	return text.split(BEGINNING);
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}
