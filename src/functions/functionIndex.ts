import { createHash } from "node:crypto";
import type { Language, Node, Tree, TreeCursor } from "web-tree-sitter";
import { ownText } from "../model/ownText.ts";
import type { SourceLanguage } from "./parsing/languages.ts";
import { parametersOf } from "./parsing/names.ts";
import { isStatementType, LITERALS, RULES } from "./parsing/rules.ts";
import type { SourceFunction } from "./sourceFunction.ts";

/** What a node type means to the walk, as bits. */
const [COMMENT, LITERAL, STATEMENT, BLOCK, FUNCTION, SCOPE] = [1, 2, 4, 8, 16, 32];
const NAMED = 64;

/** Around each statement, so that nesting and order tell even where only white space shows them. */
const [STATEMENT_BEGINS, STATEMENT_ENDS] = ["\u0001", "\u0002"];

interface OpenFunction {
	readonly node: Node;
	readonly name: string;
	readonly order: number;
	readonly statementsBefore: number;
}

/** A node that something is to be done about when it ends. */
interface OpenNode {
	readonly kinds: number;
	readonly end: number;
	readonly isStatement: boolean;
	/** Whether its name was put before those of the functions within. */
	readonly hasName: boolean;
	readonly opened: OpenFunction | null;
}

/**
 * Every named function of a source file, in order of appearance. The hash of one is the SHA-256 of
 * its parameters' and its body's tokens: comments and white space are out, statements are marked
 * where they begin and end, names and literals stay as they are written. Its own name is not in it,
 * so that a copy under another name has the same hash.
 */
export function functionsOf(tree: Tree, language: SourceLanguage, text: string): SourceFunction[] {
	return new FileWalk(tree, language, text).functions();
}

class FileWalk {
	readonly #cursor: TreeCursor;
	readonly #language: SourceLanguage;
	readonly #kinds: Uint8Array;
	readonly #text: string;
	readonly #tokens: string[] = [];
	/** Where each token begins. */
	readonly #starts: number[] = [];
	readonly #open: OpenNode[] = [];
	readonly #names: string[] = [];
	readonly #found: (SourceFunction & { readonly order: number })[] = [];
	#lastEnd = 0;
	#statements = 0;
	#order = 0;

	constructor(tree: Tree, language: SourceLanguage, text: string) {
		this.#cursor = tree.walk();
		this.#language = language;
		this.#kinds = kindsOf(tree.language, language);
		this.#text = text;
	}

	functions(): SourceFunction[] {
		try {
			this.#walk();
		} finally {
			this.#cursor.delete();
		}
		this.#found.sort((a, b) => a.order - b.order);
		return withoutDuplicates(this.#found);
	}

	/** Without recursion: generated code nests deeper than the stack. */
	#walk(): void {
		const cursor = this.#cursor;
		for (;;) {
			if (this.#enter()) continue;
			while (!cursor.gotoNextSibling()) {
				if (!cursor.gotoParent()) return;
				this.#leave();
			}
		}
	}

	/** @returns whether it went on to the first child: each step of a cursor takes its time */
	#enter(): boolean {
		const cursor = this.#cursor;
		const kinds = this.#kinds[cursor.nodeTypeId] ?? 0;
		const [start, end] = [cursor.startIndex, cursor.endIndex];
		if (kinds & COMMENT) {
			this.#lastEnd = Math.max(this.#lastEnd, end);
			return false;
		}
		const isInBlock = ((this.#open.at(-1)?.kinds ?? 0) & BLOCK) !== 0;
		const isStatement = (kinds & STATEMENT) !== 0 || (isInBlock && (kinds & NAMED) !== 0);
		if (isStatement) {
			this.#statements++;
			this.#mark(STATEMENT_BEGINS, start);
		}
		const isWhole = (kinds & LITERAL) !== 0;
		const node = kinds & (FUNCTION | SCOPE) ? cursor.currentNode : null;
		if (!isWhole && cursor.gotoFirstChild()) {
			this.#push(node, kinds, end, isStatement);
			return true;
		}
		this.#token(start, end);
		if (isStatement) this.#mark(STATEMENT_ENDS, end);
		return false;
	}

	#push(node: Node | null, kinds: number, end: number, isStatement: boolean): void {
		const rules = RULES[this.#language];
		let opened: OpenFunction | null = null;
		let name = "";
		if (node !== null) {
			const nameOf = rules.functions[node.type] ?? rules.scopes[node.type];
			name = nameOf?.(node) ?? "";
			if (kinds & FUNCTION && name !== "" && hasBody(node)) {
				const qualified = ownText([...this.#names, name].join("."));
				const order = this.#order++;
				opened = { node, name: qualified, order, statementsBefore: this.#statements };
			}
		}
		if (name !== "") this.#names.push(name);
		this.#open.push({ kinds, end, isStatement, hasName: name !== "", opened });
	}

	#leave(): void {
		const left = this.#open.pop();
		if (left === undefined) return;
		if (left.hasName) this.#names.pop();
		if (left.opened !== null) this.#close(left.opened);
		if (left.isStatement) this.#mark(STATEMENT_ENDS, left.end);
	}

	#close({ node, name, order, statementsBefore }: OpenFunction): void {
		const body = node.childForFieldName("body");
		const parameters = parametersOf(node);
		const from = body?.startIndex ?? parameters?.endIndex ?? node.startIndex;
		const hash = createHash("sha256");
		if (parameters !== null) hash.update(this.#slice(parameters.startIndex, parameters.endIndex));
		hash.update("\u0003").update(this.#slice(from, body?.endIndex ?? node.endIndex));
		// A decorator belongs to what it decorates.
		const whole = node.parent?.type === "decorated_definition" ? node.parent : node;
		this.#found.push({
			name,
			order,
			statements: this.#statements - statementsBefore,
			startLine: whole.startPosition.row + 1,
			endLine: lastLine(node),
			hash: hash.digest("hex").slice(0, 32),
		});
	}

	#slice(start: number, end: number): string {
		return this.#tokens.slice(this.#firstFrom(start), this.#firstFrom(end)).join("\0");
	}

	/** Index of the first token that begins at a place or behind it. */
	#firstFrom(place: number): number {
		let [low, high] = [0, this.#starts.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#starts[middle] ?? 0) < place) low = middle + 1;
			else high = middle;
		}
		return low;
	}

	#token(start: number, end: number): void {
		// What a grammar has no node for is kept as well.
		if (start > this.#lastEnd) {
			const between = this.#text.slice(this.#lastEnd, start).replaceAll("\\\n", "").trim();
			if (between !== "") this.#add(between, this.#lastEnd);
		}
		if (end > start) this.#add(this.#text.slice(start, end), start);
		this.#lastEnd = Math.max(this.#lastEnd, end);
	}

	#mark(mark: string, place: number): void {
		this.#add(mark, place);
	}

	#add(token: string, start: number): void {
		this.#tokens.push(token);
		// Text without a node may come to light behind the mark of what it belongs to.
		this.#starts.push(Math.max(start, this.#starts.at(-1) ?? 0));
	}
}

/** A declaration without a body is no function; Ruby's may be empty. */
function hasBody(node: Node): boolean {
	return node.childForFieldName("body") !== null || /^(?:singleton_)?method$/.test(node.type);
}

/** A node that ends with its newline does not reach into the next line. */
function lastLine(node: Node): number {
	const { row, column } = node.endPosition;
	return column === 0 && row > node.startPosition.row ? row : row + 1;
}

function withoutDuplicates(functions: readonly (SourceFunction & { order: number })[]) {
	const seen = new Map<string, number>();
	return functions.map(({ order: _, ...each }): SourceFunction => {
		const count = (seen.get(each.name) ?? 0) + 1;
		seen.set(each.name, count);
		return count === 1 ? each : { ...each, name: `${each.name}~${count}` };
	});
}

const known = new Map<SourceLanguage, Uint8Array>();

/** The kinds of all node types of a grammar, by their number. */
function kindsOf(grammar: Language, language: SourceLanguage): Uint8Array {
	let kinds = known.get(language);
	if (kinds !== undefined) return kinds;
	const rules = RULES[language];
	kinds = new Uint8Array(grammar.nodeTypeCount);
	for (let id = 0; id < grammar.nodeTypeCount; id++) {
		const type = grammar.nodeTypeForId(id) ?? "";
		if (!grammar.nodeTypeIsNamed(id)) continue;
		let kind = NAMED;
		if (/(?:^|_)comment$|^line_continuation$/.test(type)) kind |= COMMENT;
		if (LITERALS.has(type)) kind |= LITERAL;
		if (isStatementType(type)) kind |= STATEMENT;
		if (rules.blocks.includes(type)) kind |= BLOCK;
		if (Object.hasOwn(rules.functions, type)) kind |= FUNCTION;
		if (Object.hasOwn(rules.scopes, type)) kind |= SCOPE;
		kinds[id] = kind;
	}
	known.set(language, kinds);
	return kinds;
}
