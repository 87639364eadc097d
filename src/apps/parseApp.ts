import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import type { App, AppCheck, AppProblem } from "./app.ts";

const DEFAULT_TIMEOUT_S = 60;
const MAX_TIMEOUT_S = 3600;
/** Characters of names and ids; a command may be longer. */
const MAX_NAME = 200;
const MAX_COMMAND = 20_000;
/** Control characters and overrides of the direction of text. */
const UNSEEN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const UNSEEN_IN_COMMAND = /(?![\n\t])[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const CHECK_KEYS = ["id", "cmd", "timeout_s", "expect_stdout_contains"];

/** Told of what is wrong, with the node that it is about. */
class Invalid extends Error {
	readonly node: unknown;

	constructor(node: unknown, reason: string) {
		super(reason);
		this.node = node;
	}
}

/**
 * Reads the front matter of an `app.md`: YAML between two lines of three dashes, with `name`,
 * `uses_functions` (ids) and `e2e_checks` (`id`, `cmd`, `timeout_s`, `expect_stdout_contains`: a
 * text or several). Other keys beside these are somebody else's.
 *
 * @returns the app, or the first thing that is wrong
 */
export function parseApp(text: string): App | AppProblem {
	const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
	if (lines[0]?.trimEnd() !== "---") return { reason: "It does not begin with ---.", line: 1 };
	const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
	if (end < 0) return { reason: "Its front matter has no end: a line ---.", line: 1 };
	const counter = new LineCounter();
	const source = lines.slice(1, end).join("\n");
	const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
	const lineAt = (offset: number): number => counter.linePos(offset).line + 1;
	const [error] = document.errors;
	if (error !== undefined) return { reason: error.message, line: lineAt(error.pos[0]) };
	const offsetOf = (node: unknown): number => (node as Node | null)?.range?.[0] ?? 0;
	try {
		return appOf(document.contents, (node) => lineAt(offsetOf(node)));
	} catch (problem) {
		if (!(problem instanceof Invalid)) throw problem;
		return { reason: problem.message, line: lineAt(offsetOf(problem.node)) };
	}
}

function appOf(root: unknown, lineOf: (node: unknown) => number): App {
	if (!isMap(root)) throw new Invalid(root, "Its front matter is no list of keys and values.");
	const functions = root.get("uses_functions", true) ?? null;
	const checks = root.get("e2e_checks", true) ?? null;
	const app = {
		name: textOf(root, "name", MAX_NAME),
		functionIds: [...new Set(functions === null ? [] : textsOf(functions, "uses_functions"))],
		checks:
			checks === null ? [] : itemsOf(checks, "e2e_checks").map((item) => checkOf(item, lineOf)),
	};
	const seen = new Set<string>();
	for (const [index, { id }] of app.checks.entries()) {
		const node = isSeq(checks) ? checks.items[index] : checks;
		if (seen.has(id)) throw new Invalid(node, `Two checks have the id ${JSON.stringify(id)}.`);
		seen.add(id);
	}
	return app;
}

function checkOf(item: unknown, lineOf: (node: unknown) => number): AppCheck {
	if (!isMap(item)) throw new Invalid(item, "A check needs id and cmd.");
	for (const { key } of item.items) {
		const name = isScalar(key) ? String(key.value) : "";
		// A word that is misspelt would go unnoticed, and the check pass.
		if (!CHECK_KEYS.includes(name))
			throw new Invalid(key, `A check has no ${JSON.stringify(name)}.`);
	}
	const expected = item.get("expect_stdout_contains", true);
	return {
		id: textOf(item, "id", MAX_NAME),
		cmd: textOf(item, "cmd", MAX_COMMAND),
		timeoutS: timeoutOf(item),
		expects: expected === undefined ? [] : textsOf(expected, "expect_stdout_contains"),
		line: lineOf(item),
	};
}

function timeoutOf(check: YAMLMap): number {
	const node = check.get("timeout_s", true);
	if (node === undefined) return DEFAULT_TIMEOUT_S;
	const value = isScalar(node) ? node.value : null;
	if (typeof value === "number" && value > 0 && value <= MAX_TIMEOUT_S) return value;
	throw new Invalid(node, `timeout_s has to be a number of seconds, at most ${MAX_TIMEOUT_S}.`);
}

function textOf(map: YAMLMap, key: string, max: number): string {
	const node = map.get(key, true);
	if (node === undefined) throw new Invalid(map, `${key} is missing.`);
	return checkedText(node, key, max);
}

/** A text, or a list of them. */
function textsOf(node: unknown, key: string): string[] {
	if (isScalar(node)) return [checkedText(node, key, MAX_NAME)];
	return itemsOf(node, key).map((item) => checkedText(item, key, MAX_NAME));
}

function itemsOf(node: unknown, key: string): unknown[] {
	if (isSeq(node)) return node.items;
	throw new Invalid(node, `${key} has to be a list.`);
}

function checkedText(node: unknown, key: string, max: number): string {
	const value = isScalar(node) ? node.value : null;
	// A number is what YAML makes of a name such as 12.
	const text = typeof value === "number" ? String(value) : value;
	if (typeof text !== "string" || text.trim() === "") {
		throw new Invalid(node, `${key} has to be a text.`);
	}
	if (text.length > max) throw new Invalid(node, `${key} is longer than ${max} characters.`);
	// A command has lines and tabs; who is asked whether to run it must see what it is.
	const unseen = max === MAX_NAME ? UNSEEN : UNSEEN_IN_COMMAND;
	if (unseen.test(text)) throw new Invalid(node, `${key} holds a control character.`);
	return text;
}
