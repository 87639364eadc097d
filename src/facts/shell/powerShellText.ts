import type { Word } from "./word.ts";

/** `${name}`: no bracket of a block. */
export const BRACED = /\$\{[^}\r\n]*\}/y;

/** Text of PowerShell with the place up to which it has been read. */
export class PowerShellText {
	readonly #text: string;
	#at = 0;

	constructor(text: string) {
		this.#text = text;
	}

	/** Whether a command or an expression ends here. */
	get isAtEnd(): boolean {
		return this.#at >= this.#text.length || this.peek(/[;|)}\r\n]|&/y);
	}

	/** @param pattern sticky */
	peek(pattern: RegExp): boolean {
		pattern.lastIndex = this.#at;
		return pattern.test(this.#text);
	}

	/** @param pattern sticky; what it matches has been read */
	match(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.#at;
		const found = pattern.exec(this.#text);
		if (found !== null) this.#at += found[0].length;
		return found;
	}

	skip(token: string): boolean {
		if (token === "" || !this.#text.startsWith(token, this.#at)) return false;
		this.#at += token.length;
		return true;
	}

	skipOne(): void {
		this.#at++;
	}

	skipRest(): void {
		this.#at = this.#text.length;
	}

	back(count: number): void {
		this.#at -= count;
	}

	/** Blanks, comments and newlines that are taken back by a backtick. @returns true */
	skipBlanks(): true {
		while (this.match(/[^\S\r\n]+|`\r?\n|<#.*?(?:#>|$)|#[^\n]*/sy) !== null);
		return true;
	}

	/** @returns whether there is any more */
	skipToStatement(): boolean {
		do this.skipBlanks();
		while (this.match(/[\s;]+/y) !== null);
		return this.#at < this.#text.length;
	}

	/**
	 * One word without its quotes.
	 *
	 * @param readBlock reads commands up to a bracket
	 */
	word(readBlock: (end: string) => void): Word {
		const start = this.#at;
		const here = this.match(/@(["'])[^\S\n]*\n(.*?)(?:\n\1@|$)/sy);
		if (here !== null) return { text: here[2] ?? "", isLiteral: here[1] === "'" };
		let text = "";
		let isLiteral = true;
		while (this.#at < this.#text.length && !this.peek(/[\s;|)}{]|&|`\r?\n/y)) {
			const from = this.#at;
			if (this.match(/\$?\(|@\(/y) !== null) {
				readBlock(")");
				isLiteral = false;
				text += this.#text.slice(from, this.#at);
			} else if (this.match(BRACED) !== null) {
				isLiteral = false;
				text += this.#text.slice(from, this.#at);
			} else if (this.skip("'")) {
				text += (this.match(/[^']*(?:''[^']*)*/y)?.[0] ?? "").replaceAll("''", "'");
				this.skip("'");
			} else if (this.skip('"')) {
				const quoted = this.#quoted(readBlock);
				text += quoted.text;
				isLiteral &&= quoted.isLiteral;
			} else {
				isLiteral &&= !this.peek(/\$[\w{:?]/y);
				text += (this.match(/`.|./sy)?.[0] ?? "").replace(/^`(?=.)/s, "");
			}
		}
		if (this.#at === start) this.#at++;
		return { text, isLiteral };
	}

	#quoted(readBlock: (end: string) => void): Word {
		let text = "";
		let isLiteral = true;
		while (this.#at < this.#text.length && !this.match(/"(?!")/y)) {
			const from = this.#at;
			if (this.skip("$(")) {
				readBlock(")");
				isLiteral = false;
				text += this.#text.slice(from, this.#at);
				continue;
			}
			isLiteral &&= !this.peek(/\$[\w{:?]/y);
			text += (this.match(/`.|""|./sy)?.[0] ?? "").replace(/^[`"](?=.)/s, "");
		}
		return { text, isLiteral };
	}
}
