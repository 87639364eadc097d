import { type Token, tokensOf } from "./tokens.ts";

/** What one file takes of another. */
export interface Import {
	/** As it is written: a path, a package or a module of Node. */
	readonly from: string;
	/** As the other file exports them; `*` for all, none where it is only run. */
	readonly names: readonly string[];
}

export interface SourceModule {
	readonly imports: readonly Import[];
	/** Names under which something is exported. */
	readonly exports: readonly string[];
}

const DECLARED = /^(?:const|let|var|function|class|interface|type|namespace)$/;
const MODIFIER = /^(?:declare|abstract|async|default)$/;

/**
 * Reads what a file of TypeScript or CSS imports and exports, types included.
 *
 * @throws Error at an import or export of a form that this project does not use
 */
export function readModule(text: string): SourceModule {
	const tokens = tokensOf(text);
	const imports: Import[] = [];
	const exports: string[] = [];
	for (const [at, { kind, text: word }] of tokens.entries()) {
		if (kind !== "word" || tokens[at - 1]?.text === ".") continue;
		if (word === "import") imports.push(...importAt(tokens, at));
		if (word !== "export" || !isStatement(tokens, at)) continue;
		exports.push(...exportsAt(tokens, at));
		if (isList(tokens, at)) imports.push(...importAt(tokens, at));
	}
	return { imports, exports };
}

/** A property or a method may have the name too. */
function isStatement(tokens: readonly Token[], at: number): boolean {
	const next = tokens[at + 1];
	return next?.kind === "word" || next?.text === "{" || next?.text === "*";
}

function isList(tokens: readonly Token[], at: number): boolean {
	const [first, second] = tokens.slice(at + 1, at + 3).map(({ text }) => text);
	return [first, first === "type" ? second : ""].some((text) => text === "{" || text === "*");
}

function importAt(tokens: readonly Token[], at: number): Import[] {
	const next = tokens[at + 1];
	if (next?.kind === "string") return [{ from: next.text, names: [] }];
	if (next?.text === "(") {
		const inside = tokens[at + 2];
		return inside?.kind === "string" ? [{ from: inside.text, names: ["*"] }] : [];
	}
	if (!isStatement(tokens, at)) return [];
	const clause: Token[] = [];
	for (const [index, token] of tokens.slice(at + 1).entries()) {
		const from = tokens[at + 2 + index];
		if (token.text === "from" && from?.kind === "string") {
			return [{ from: from.text, names: namesOf(clause) }];
		}
		// A list that is only exported comes from nowhere.
		if (clause.at(-1)?.text === "}") return [];
		clause.push(token);
	}
	throw new Error(`an import without an end: ${clause.map(({ text }) => text).join(" ")}`);
}

/** `Name`, `* as all`, `{ one, type two, three as other }`, or the first with one of the others. */
function namesOf(clause: readonly Token[]): string[] {
	const words = clause.map(({ text }) => text);
	if (words[0] === "type" && words.length > 1) words.shift();
	if (words.includes("*")) return ["*"];
	const open = words.indexOf("{");
	if (open < 0) return ["default"];
	const listed = listOf(words.slice(open + 1)).map(([name = ""]) => name);
	return open === 0 ? listed : ["default", ...listed];
}

/** The words of each item of a list up to its brace, without what says that it is a type. */
function listOf(words: readonly string[]): string[][] {
	const text = words.slice(0, words.indexOf("}")).join(" ");
	const items = text.split(" , ").map((item) => item.replace(/,$/, "").trim().split(" "));
	return items
		.map((item) => (item[0] === "type" && item.length > 1 ? item.slice(1) : item))
		.filter(([name = ""]) => name !== "");
}

function exportsAt(tokens: readonly Token[], at: number): string[] {
	const words = tokens.slice(at + 1, at + 200).map(({ text }) => text);
	if (words[0] === "default") return ["default"];
	if (isList(tokens, at)) {
		const open = words.indexOf("{");
		if (words.includes("*") && words.indexOf("*") < 2) return [];
		return listOf(words.slice(open + 1)).map((item) => item.at(-1) ?? "");
	}
	const kind = words.findIndex((word) => !MODIFIER.test(word));
	const name = words.slice(kind + 1).find((word) => word !== "*");
	if (!DECLARED.test(words[kind] ?? "") || !/^[\p{L}_$]/u.test(name ?? "")) {
		throw new Error(`an export of an unknown form: ${words.slice(0, 5).join(" ")}`);
	}
	return [name ?? ""];
}
