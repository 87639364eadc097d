/** Controls and overrides of the direction of text, which would change how the rest is read. */
const CONTROL = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** Text from outside, fit for markup and for the value of an attribute. */
export function escapeHtml(text: string): string {
	return text
		.replace(CONTROL, " ")
		.replace(/[&"'<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
