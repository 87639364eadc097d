import type { Node } from "web-tree-sitter";
import type { Grammars } from "../grammars.ts";
import { MAX_NESTING, type MutableCommand, newCommand, type ShellCommand } from "./commandLine.ts";
import { decidingNodes } from "./exitStatus.ts";
import { Scope } from "./scope.ts";
import { type Word, wordOf } from "./word.ts";

/** The grammar takes the square of their number. */
const MAX_HEREDOCS = 500;

/**
 * The simple commands of a line of Bash, those that run first coming first; those of assignments
 * and of functions that are not called come last, those of one that is called in the call's place.
 * Null where it cannot be parsed, or not within bounds.
 */
export function bashCommands(
	grammars: Grammars,
	line: string,
	isWithin: boolean,
): MutableCommand[] | null {
	if (line.split("<<", MAX_HEREDOCS + 2).length > MAX_HEREDOCS + 1) return null;
	return grammars.parse("bash", line, ({ rootNode }) => {
		const line: Line = { scope: new Scope(), later: [], deciding: decidingNodes(rootNode) };
		const commands: MutableCommand[] = [];
		new Collector(line, commands, isWithin).visit(rootNode, 0);
		return [...commands, ...line.later, ...line.scope.uncalled];
	});
}

/** What all collectors of a line share. */
interface Line {
	readonly scope: Scope;
	readonly later: MutableCommand[];
	/** See {@link decidingNodes}. */
	readonly deciding: ReadonlySet<number>;
}

class Collector {
	readonly #line: Line;
	readonly #into: MutableCommand[];
	readonly #isWithin: boolean;

	constructor(line: Line, into: MutableCommand[], isWithin: boolean) {
		this.#line = line;
		this.#into = into;
		this.#isWithin = isWithin;
	}

	visit(node: Node, depth: number): void {
		if (depth > MAX_NESTING) return;
		switch (node.type) {
			case "command":
				this.#command(node, depth);
				break;
			case "pipeline":
				this.#pipeline(node, null, depth);
				break;
			case "redirected_statement":
				this.#redirected(node, depth);
				break;
			case "for_statement":
			case "case_statement":
				this.#over(node, depth);
				break;
			case "function_definition":
				this.#define(node, depth);
				break;
			case "variable_assignment":
				this.#assign(node);
				this.#collect(this.#line.later, this.#isWithin).#children(node, depth);
				break;
			case "declaration_command":
				this.#declare(node, depth);
				break;
			case "test_command":
				this.#collect(this.#line.later, true).#children(node, depth);
				break;
			case "comment":
			case "heredoc_body":
				break;
			default:
				this.#children(node, depth);
		}
	}

	#collect(into: MutableCommand[], isWithin: boolean): Collector {
		return new Collector(this.#line, into, isWithin);
	}

	#children(node: Node, depth: number): void {
		for (const child of node.namedChildren) this.visit(child, depth + 1);
	}

	/** What a loop runs over and what is told apart only serves what is done with it. */
	#over(node: Node, depth: number): void {
		const values = this.#collect(this.#into, true);
		for (const child of node.namedChildren) {
			const isBody = child.type === "do_group" || child.type === "case_item";
			(isBody ? this : values).visit(child, depth + 1);
		}
	}

	/** `export A=$(…)` and `export $(…)`. */
	#declare(node: Node, depth: number): void {
		const words = this.#collect(this.#line.later, true);
		for (const child of node.namedChildren) {
			(child.type === "variable_assignment" ? this : words).visit(child, depth + 1);
		}
	}

	#define(node: Node, depth: number): void {
		const body: MutableCommand[] = [];
		const name = node.childForFieldName("name")?.text ?? "";
		this.#collect(body, this.#isWithin).#children(node, depth);
		this.#line.scope.define(name, body);
	}

	#assign(node: Node): void {
		const value = node.childForFieldName("value");
		const name = node.childForFieldName("name")?.text ?? "";
		this.#line.scope.assign(name, value === null ? null : wordOf(value));
	}

	#command(node: Node, depth: number): void {
		const command = newCommand(this.#isWithin);
		command.isDeciding = this.#line.deciding.has(node.id);
		const inner = this.#collect(command.inner, true);
		const redirects: Node[] = [];
		const groups: Node[] = [];
		for (const child of node.namedChildren) {
			if (child.type === "variable_assignment") inner.#children(child, depth);
			else if (isRedirect(child)) redirects.push(child);
			// As behind `time`.
			else if (child.type === "subshell") groups.push(child);
			else {
				command.words.push(wordOf(child));
				inner.visit(child, depth + 1);
			}
		}
		command.words = this.#line.scope.resolve(command.words, isUnquoted(node));
		const body = this.#line.scope.call(command);
		this.#into.push(...(body ?? [command]));
		for (const group of groups) this.visit(group, depth + 1);
		for (const redirect of redirects) this.#redirect(body?.at(-1) ?? command, redirect, depth);
	}

	#pipeline(node: Node, before: ShellCommand | null, depth: number): void {
		let previous = before;
		for (const child of node.namedChildren) {
			const first = this.#into.length;
			this.visit(child, depth + 1);
			// All commands of a group read what the group is given.
			for (const next of this.#into.slice(first)) next.reads ??= previous;
			previous = this.#into.at(-1) ?? previous;
		}
	}

	/** Redirections stand behind a whole pipeline or group, and belong to its last command. */
	#redirected(node: Node, depth: number): void {
		const [body, ...redirects] = node.namedChildren;
		if (body === undefined) return;
		const before = this.#into.length;
		if (isRedirect(body)) redirects.unshift(body);
		else this.visit(body, depth + 1);
		const command = this.#into.length > before ? this.#into.at(-1) : undefined;
		for (const redirect of redirects) this.#redirect(command, redirect, depth);
	}

	#redirect(command: MutableCommand | undefined, node: Node, depth: number): void {
		const inner = this.#collect(command?.inner ?? this.#into, true);
		if (node.type !== "heredoc_redirect") {
			const target = node.namedChildren.at(-1);
			if (target === undefined) return;
			const word = wordOf(target);
			if (node.type === "herestring_redirect") command?.inputs.push(word.text);
			else if (/>/.test(node.text) && word.isLiteral) command?.outputs.push(word.text);
			else if (command !== undefined && isFileRead(node, word)) command.readsFile = true;
			inner.#children(node, depth);
			return;
		}
		// What stands on the line behind `<<EOF` is a part of this node.
		const isIndented = node.text.startsWith("<<-");
		for (const child of node.namedChildren) {
			if (child.type === "heredoc_body") {
				const body = isIndented ? child.text.replace(/^\t+/gm, "") : child.text;
				command?.inputs.push(body);
				inner.#children(child, depth);
			} else if (child.type === "pipeline") this.#pipeline(child, command ?? null, depth);
			else if (isRedirect(child)) this.#redirect(command, child, depth);
			else if (!/^heredoc_/.test(child.type)) this.#behind(command, child, depth);
		}
	}

	/** `cat <<EOF | sh` and `cat <<EOF && sh` differ in what stands between. */
	#behind(command: MutableCommand | undefined, node: Node, depth: number): void {
		const first = this.#into.length;
		this.visit(node, depth + 1);
		const next = this.#into[first];
		if (next !== undefined && node.previousSibling?.type === "|") next.reads = command ?? null;
	}
}

/** Whether a command's first word is a variable that is not in quotes. */
function isUnquoted(command: Node): boolean {
	const name = command.childForFieldName("name")?.namedChild(0);
	return name?.type.endsWith("expansion") ?? false;
}

/** `< script.py`; not `<&3`, `<(curl …)`, nor what was the input before. */
function isFileRead(redirect: Node, { text, isLiteral }: Word): boolean {
	return isLiteral && /^0?<(?![&(])/.test(redirect.text) && !/^\/dev\/(?:stdin|fd\/0)$/.test(text);
}

function isRedirect({ type }: Node): boolean {
	return type.endsWith("_redirect");
}
