import { MAX_NESTING, type MutableCommand, newCommand } from "./commandLine.ts";
import { BRACED, PowerShellText } from "./powerShellText.ts";
import { Scope } from "./scope.ts";
import type { Word } from "./word.ts";

/** Words that a condition or a list in parentheses follows. */
const CONDITIONS: ReadonlySet<string> = new Set(
	"if elseif while until for foreach switch".split(" "),
);
/** Words that a block follows. */
const BLOCKS: ReadonlySet<string> = new Set(
	"else try catch finally do begin process end trap default".split(" "),
);
const FUNCTIONS: ReadonlySet<string> = new Set(["function", "filter"]);
/** Words that a command may follow, whose output they take away. */
const EXITS: ReadonlySet<string> = new Set("return throw exit break continue".split(" "));

/**
 * The simple commands of a line of PowerShell, in the same order as those of Bash. Read by a reader of
 * its own: the grammar that there is takes `npm test -- --watch` for sums, and what follows with it.
 */
export function powerShellCommands(line: string, isWithin: boolean): MutableCommand[] {
	const scope = new Scope();
	const commands: MutableCommand[] = [];
	new Reader(new PowerShellText(line), scope).block({ into: commands, isWithin, depth: 0 }, "");
	// The status of a line is that of its last program.
	const last = commands.at(-1);
	if (last !== undefined) last.isDeciding = last.reads === null;
	return [...commands, ...scope.uncalled];
}

/** As Bash has it, a script that runs in this shell. */
const SOURCE: Word = { text: ".", isLiteral: true };

/** Where the commands that are read next belong. */
interface Place {
	readonly into: MutableCommand[];
	readonly isWithin: boolean;
	readonly depth: number;
}

class Reader {
	readonly #text: PowerShellText;
	readonly #scope: Scope;

	constructor(text: PowerShellText, scope: Scope) {
		this.#text = text;
		this.#scope = scope;
	}

	/** Reads statements up to a closing bracket, or to the end. */
	block(place: Place, end: string): void {
		const text = this.#text;
		while (text.skipToStatement()) {
			if (text.skip(end)) return;
			if (!text.skip(")") && !text.skip("}")) this.#pipeline(place);
		}
	}

	#pipeline(place: Place): void {
		let previous: MutableCommand | null = null;
		for (;;) {
			const { into } = place;
			const first = into.length;
			const input = this.#element(place);
			const next: MutableCommand | undefined = into[first];
			if (next !== undefined && next.reads === null) next.reads = previous;
			previous = next ?? previous;
			this.#text.skipBlanks();
			if (this.#text.skip("||") || this.#text.skip("&&")) return;
			if (!this.#text.skip("|")) return;
			this.#text.skipToStatement();
			if (input !== null) this.#given({ ...place, depth: place.depth + 1 }, input);
		}
	}

	/** `@'…'@ | python -`: text that the next command is given. */
	#given(place: Place, input: string): void {
		const first = place.into.length;
		this.#pipeline(place);
		place.into[first]?.inputs.push(input);
	}

	/** @returns a text that stands by itself, else null */
	#element(outer: Place): string | null {
		const text = this.#text;
		const place = { ...outer, depth: outer.depth + 1 };
		if (place.depth > MAX_NESTING) text.skipRest();
		if (text.skip("@{")) this.block({ ...place, into: [] }, "}");
		else if (text.skip("@(") || text.skip("$(") || text.skip("(")) {
			this.block(place, ")");
			this.#expression(place);
		} else if (text.skip("{")) this.block(place, "}");
		else if (text.match(/&(?!&)/y) !== null) this.#command(place, []);
		else if (text.match(/\.(?=[\s"'$(])/y) !== null) this.#command(place, [SOURCE]);
		else if (text.peek(/@?["']/y)) return this.#string(place);
		else if (text.peek(/\$/y)) this.#variable(place);
		else if (text.peek(/[[\d!+]|-(?:not|\d)/iy)) this.#expression(place);
		else if (!this.#keyword(place)) this.#command(place, []);
		return null;
	}

	#string(place: Place): string | null {
		const { text } = this.#word(place);
		this.#expression(place);
		return text;
	}

	/** An assignment, a loop's variable or an expression. */
	#variable(place: Place): void {
		const text = this.#text;
		const name = text.match(/\$(\w+)[ \t]*[-+*/]?=(?!=)[ \t]*/y)?.[1];
		if (name !== undefined) {
			const value = text.match(/(?:'([^'\n]*)'|"([^"$`\n]*)")(?=[ \t]*(?:[;\n]|$))/y);
			const word = { text: value?.[1] ?? value?.[2] ?? "", isLiteral: true };
			this.#scope.assign(name, value === null ? null : word);
			if (value === null && !text.isAtEnd) this.#element(place);
		} else if (text.match(/\$[\w:]+[ \t]*=(?!=)[ \t]*/y) !== null) {
			if (!text.isAtEnd) this.#element(place);
		} else if (text.match(/\$\w+[ \t]+in[ \t]+/iy) !== null) {
			this.#element({ ...place, isWithin: true });
		} else this.#expression(place);
	}

	/** What is no command, up to its end; commands in its brackets are told. */
	#expression(place: Place): void {
		const text = this.#text;
		while (!text.isAtEnd) {
			if (text.skip("(")) this.block(place, ")");
			else if (text.skip("{")) this.block(place, "}");
			else if (text.match(BRACED) !== null) continue;
			else if (text.peek(/["'`]/y)) this.#word(place);
			else text.skipOne();
		}
	}

	/** @param words that stand before the next */
	#command(place: Place, words: readonly Word[]): void {
		const text = this.#text;
		const command = newCommand(place.isWithin);
		command.words.push(...words);
		const inner = { into: command.inner, isWithin: true, depth: place.depth };
		const blocks: MutableCommand[] = [];
		while (text.skipBlanks() && !text.isAtEnd) {
			const redirect = text.match(/[1-6*]?>>?(&\d)?/y);
			if (redirect !== null) {
				text.skipBlanks();
				if (redirect[1] === undefined) command.outputs.push(this.#word(inner).text);
			} else if (text.skip("--%")) {
				const rest =
					text
						.match(/[^\n|]*/y)?.[0]
						.trim()
						.split(/\s+/) ?? [];
				command.words.push(...rest.map((word) => ({ text: word, isLiteral: true })));
			} else if (text.skip("@{")) this.block({ ...inner, into: [] }, "}");
			else if (text.skip("{")) this.block({ ...place, into: blocks }, "}");
			else command.words.push(this.#word(inner));
		}
		text.match(/&(?!&)/y);
		command.words = this.#scope.resolve(command.words, false);
		const told = command.words.length > 0 ? [command] : [];
		place.into.push(...(this.#scope.call(command) ?? told), ...blocks);
	}

	/** @returns whether a word of the language stood here, which has then been read */
	#keyword(place: Place): boolean {
		const text = this.#text;
		const word = text.match(/([A-Za-z]+)(?=[\s({;}]|$)/y)?.[1] ?? "";
		const name = word.toLowerCase();
		if (CONDITIONS.has(name)) {
			text.match(/(?:[ \t]+-\w+)*/y);
			text.skipBlanks();
			if (text.skip("(")) this.block(place, ")");
		} else if (FUNCTIONS.has(name)) this.#function(place);
		else if (name === "param") {
			text.skipBlanks();
			if (text.skip("(")) this.block({ ...place, into: [] }, ")");
		} else if (EXITS.has(name)) {
			text.skipBlanks();
			if (!text.isAtEnd) this.#element(place);
		} else if (!BLOCKS.has(name)) {
			text.back(word.length);
			return false;
		}
		return true;
	}

	#function(place: Place): void {
		const text = this.#text;
		const name = text.match(/\s*([\w:-]+)\s*/y)?.[1] ?? "";
		if (text.skip("(")) this.block({ ...place, into: [] }, ")");
		const body: MutableCommand[] = [];
		if (text.skipToStatement() && text.skip("{")) this.block({ ...place, into: body }, "}");
		this.#scope.define(name, body);
	}

	/** A word; what stands in its brackets is read as commands. */
	#word(place: Place) {
		return this.#text.word((end) => this.block({ ...place, isWithin: true }, end));
	}
}
