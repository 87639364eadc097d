/** Names of tools, types, files and outcomes are few; where they are not, they are begun anew. */
const MOST = 4096;

const words = new Map<string, string>();

/**
 * The one string of a word that is told again and again. Each line of a log brings strings of its own,
 * and whatever keeps them would keep as many as there are lines.
 */
export function sameWord(word: string): string {
	const known = words.get(word);
	if (known !== undefined) return known;
	if (words.size === MOST) words.clear();
	words.set(word, word);
	return word;
}
