export interface Token {
	/** `word` is a name, a keyword or a number, `sign` one character of anything else. */
	readonly kind: "word" | "string" | "sign";
	readonly text: string;
}

const SKIPPED = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)+|^#!.*/y;
const WORD = /[\p{L}\p{N}_$#]+/uy;
const STRING = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;
const REGEX = /\/(?![*/])(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** Of a template, from a backtick or the end of what stands in it to the next of either. */
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{)/y;
/** Behind these a slash divides nothing. */
const BEFORE_REGEX = /^(?:return|typeof|case|in|of|instanceof|void|throw|else|await|yield)$/;

/** What is left of a text without comments, regular expressions and the texts of templates. */
export function tokensOf(text: string): readonly Token[] {
	return new Lexer(text).tokens;
}

class Lexer {
	readonly tokens: Token[] = [];
	readonly #text: string;
	#at = 0;
	/** Braces that are open within each of the templates around. */
	readonly #templates: number[] = [];

	constructor(text: string) {
		this.#text = text;
		while (this.#at < text.length) this.#next();
	}

	#next(): void {
		if (this.#take(SKIPPED) !== null) return;
		const string = this.#take(STRING);
		const word = string === null ? this.#take(WORD) : null;
		if (string !== null) this.#push("string", string[1] ?? string[2] ?? "");
		else if (word !== null) this.#push("word", word[0]);
		else if (!this.#mayBeRegex() || this.#take(REGEX) === null) {
			this.#sign(this.#text[this.#at++] ?? "");
		}
	}

	#take(pattern: RegExp): RegExpExecArray | null {
		pattern.lastIndex = this.#at;
		const match = pattern.exec(this.#text);
		if (match !== null) this.#at = pattern.lastIndex;
		return match;
	}

	#push(kind: Token["kind"], text: string): void {
		this.tokens.push({ kind, text });
	}

	#mayBeRegex(): boolean {
		const { kind, text } = this.tokens.at(-1) ?? { kind: "sign", text: "" };
		return kind === "word" ? BEFORE_REGEX.test(text) : kind === "sign" && !/[)\]}`]/.test(text);
	}

	#sign(character: string): void {
		const braces = this.#templates.pop();
		if (character === "`" || (character === "}" && braces === 0)) {
			if (character === "`" && braces !== undefined) this.#templates.push(braces);
			this.#template();
			return;
		}
		const change = character === "{" ? 1 : character === "}" ? -1 : 0;
		if (braces !== undefined) this.#templates.push(braces + change);
		this.#push("sign", character);
	}

	#template(): void {
		if (this.#take(TEMPLATE)?.[1] === "${") this.#templates.push(0);
		else this.#push("sign", "`");
	}
}
