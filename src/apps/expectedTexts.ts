/** Looks for texts in an output that comes in pieces, and keeps no more of it than they need. */
export class ExpectedTexts {
	readonly #missing: Set<string>;
	/** Characters of which a text may begin in the last piece and end in the next. */
	readonly #overlap: number;
	#tail = "";

	constructor(texts: readonly string[]) {
		this.#missing = new Set(texts);
		this.#overlap = Math.max(0, ...texts.map((text) => text.length - 1));
	}

	/** Those that have not come yet, in their order. */
	get missing(): readonly string[] {
		return [...this.#missing];
	}

	add(piece: string): void {
		if (this.#missing.size === 0) return;
		const text = this.#tail + piece;
		for (const each of this.#missing) if (text.includes(each)) this.#missing.delete(each);
		this.#tail = this.#overlap === 0 ? "" : text.slice(-this.#overlap);
	}
}
