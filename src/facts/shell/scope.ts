import type { MutableCommand } from "./commandLine.ts";
import type { Word } from "./word.ts";

/** `$name` or `${name}`, and nothing else. */
const WHOLE_VARIABLE = /^\$\{?(\w+|[@*])\}?$/;

/** Longer values, in UTF-16 code units, and more words are not put in: a short line would grow beyond bounds. */
const MAX_VALUE = 256;
const MAX_WORDS = 50;

/** What a line has given names to before a command of it: variables, functions. */
export class Scope {
	readonly #variables = new Map<string, Word>();
	readonly #functions = new Map<string, MutableCommand[]>();
	readonly #called = new Set<string>();

	/** @param value null for what cannot be told */
	assign(name: string, value: Word | null): void {
		if (value === null || value.text.length > MAX_VALUE) this.#variables.delete(name);
		else this.#variables.set(name, value);
	}

	define(name: string, body: MutableCommand[]): void {
		const before = this.#called.has(name) ? [] : (this.#functions.get(name) ?? []);
		this.#functions.set(name, [...before, ...body]);
		this.#called.delete(name);
	}

	/**
	 * A command's words with the values of variables that stand for whole words.
	 *
	 * @param isSplit whether the shell makes several words of the first
	 */
	resolve(words: readonly Word[], isSplit: boolean): Word[] {
		return words.flatMap((word, index) => {
			const name = word.isLiteral ? "" : (WHOLE_VARIABLE.exec(word.text)?.[1] ?? "");
			const value = this.#variables.get(name);
			if (value === undefined) return [word];
			if (!isSplit || index > 0 || !value.isLiteral) return [value];
			const texts = value.text.split(/\s+/, MAX_WORDS).filter(Boolean);
			return texts.map((text) => ({ text, isLiteral: true }));
		});
	}

	/**
	 * What a call of a function runs, told once however often it is called: its body, with the call's
	 * own words in their places. Null where the command calls none.
	 */
	call({ words }: MutableCommand): MutableCommand[] | null {
		const [name, ...args] = words;
		const body = name?.isLiteral ? this.#functions.get(name.text) : undefined;
		if (name === undefined || body === undefined) return null;
		if (this.#called.has(name.text)) return [];
		this.#called.add(name.text);
		let rest = args.filter(({ text }) => text.length <= MAX_VALUE).slice(0, MAX_WORDS);
		for (const command of body) {
			const [first, count] = command.words;
			if (first?.text === "shift") rest = rest.slice(Number(count?.text ?? 1) || 1);
			command.words = command.words.flatMap((word) => given(word, rest));
		}
		return body;
	}

	/** Bodies of functions that nothing called. */
	get uncalled(): MutableCommand[] {
		return [...this.#functions].flatMap(([name, body]) => (this.#called.has(name) ? [] : body));
	}
}

/** `"$@"` stands for all words of a call, `$1` for the first. */
function given(word: Word, args: readonly Word[]): readonly Word[] {
	const name = word.isLiteral ? undefined : WHOLE_VARIABLE.exec(word.text)?.[1];
	if (name === "@" || name === "*") return args;
	const arg = /^[1-9]$/.test(name ?? "") ? args[Number(name) - 1] : undefined;
	return [arg ?? word];
}
