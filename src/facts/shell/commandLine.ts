import type { Node } from "web-tree-sitter";
import type { Grammars } from "../grammars.ts";
import { type Word, wordOf } from "./word.ts";

/** One simple command of a command line. */
export interface ShellCommand {
	/** Program first. */
	readonly words: readonly Word[];
	/** What it is given on standard input by the line itself: heredocs and here-strings. */
	readonly inputs: string[];
	/** Files that it writes to by redirection. */
	readonly outputs: string[];
	/** The command whose output it reads. */
	readonly reads: ShellCommand | null;
	/** Commands within its words: `$(…)`, `<(…)`. */
	readonly inner: readonly ShellCommand[];
}

/** Longest command that is parsed, in UTF-16 code units; the rest of a longer one is not looked at. */
const MAX_COMMAND_LENGTH = 64 * 1024;
const MAX_NESTING = 200;
/** The grammar takes the square of their number. */
const MAX_HEREDOCS = 500;

interface MutableCommand extends ShellCommand {
	words: Word[];
	reads: ShellCommand | null;
	inner: ShellCommand[];
}

/**
 * The simple commands of a command line, those that run first coming first; those of assignments
 * and function bodies come last. Null where it cannot be parsed, or not within bounds.
 */
export function parseCommandLine(grammars: Grammars, text: string): ShellCommand[] | null {
	const line = text.slice(0, MAX_COMMAND_LENGTH);
	if (line.split("<<", MAX_HEREDOCS + 2).length > MAX_HEREDOCS + 1) return null;
	return grammars.parse("bash", line, ({ rootNode }) => {
		const commands: ShellCommand[] = [];
		const later: ShellCommand[] = [];
		new Collector(commands, later).visit(rootNode, 0);
		return [...commands, ...later];
	});
}

class Collector {
	readonly #into: ShellCommand[];
	readonly #later: ShellCommand[];

	constructor(into: ShellCommand[], later: ShellCommand[]) {
		this.#into = into;
		this.#later = later;
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
			case "function_definition":
			case "declaration_command":
			case "variable_assignment":
			case "test_command":
				new Collector(this.#later, this.#later).#children(node, depth);
				break;
			case "comment":
			case "heredoc_body":
				break;
			default:
				this.#children(node, depth);
		}
	}

	#children(node: Node, depth: number): void {
		for (const child of node.namedChildren) this.visit(child, depth + 1);
	}

	#command(node: Node, depth: number): void {
		const command: MutableCommand = { words: [], inputs: [], outputs: [], reads: null, inner: [] };
		this.#into.push(command);
		const inner = new Collector(command.inner, command.inner);
		for (const child of node.namedChildren) {
			if (child.type === "variable_assignment") inner.#children(child, depth);
			else if (isRedirect(child)) this.#redirect(command, child, depth);
			else {
				command.words.push(wordOf(child));
				inner.visit(child, depth + 1);
			}
		}
	}

	#pipeline(node: Node, before: ShellCommand | null, depth: number): void {
		let previous = before;
		for (const child of node.namedChildren) {
			const first = this.#into.length;
			this.visit(child, depth + 1);
			const next = this.#into[first] as MutableCommand | undefined;
			if (next !== undefined && next.reads === null) next.reads = previous;
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

	#redirect(command: ShellCommand | undefined, node: Node, depth: number): void {
		const inner = command === undefined ? this.#into : (command as MutableCommand).inner;
		if (node.type !== "heredoc_redirect") {
			const target = node.namedChildren.at(-1);
			if (target === undefined) return;
			const word = wordOf(target);
			if (node.type === "herestring_redirect") command?.inputs.push(word.text);
			else if (/>/.test(node.text) && word.isLiteral) command?.outputs.push(word.text);
			new Collector(inner, inner).#children(node, depth);
			return;
		}
		// What stands on the line behind `<<EOF` is a part of this node.
		const isIndented = node.text.startsWith("<<-");
		for (const child of node.namedChildren) {
			if (child.type === "heredoc_body") {
				const body = isIndented ? child.text.replace(/^\t+/gm, "") : child.text;
				command?.inputs.push(body);
				new Collector(inner, inner).#children(child, depth);
			} else if (child.type === "pipeline") this.#pipeline(child, command ?? null, depth);
			else if (isRedirect(child)) this.#redirect(command, child, depth);
			else if (!/^heredoc_/.test(child.type)) this.#behind(command, child, depth);
		}
	}

	/** `cat <<EOF | sh` and `cat <<EOF && sh` differ in what stands between. */
	#behind(command: ShellCommand | undefined, node: Node, depth: number): void {
		const first = this.#into.length;
		this.visit(node, depth + 1);
		const next = this.#into[first] as MutableCommand | undefined;
		if (next !== undefined && node.previousSibling?.type === "|") next.reads = command ?? null;
	}
}

function isRedirect({ type }: Node): boolean {
	return type.endsWith("_redirect");
}
