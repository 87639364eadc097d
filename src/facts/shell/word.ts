import type { Node } from "web-tree-sitter";

/** A word after quotes are taken off; expansions are left as they are written. */
export interface Word {
	readonly text: string;
	/** False where the shell puts something in that the command line does not say. */
	readonly isLiteral: boolean;
}

/** The word that a node of the shell's grammar stands for, without its quotes. */
export function wordOf(node: Node): Word {
	switch (node.type) {
		case "command_name": {
			const [only] = node.namedChildren;
			return only === undefined ? literal(node.text) : wordOf(only);
		}
		case "word":
			return literal(node.text.replace(/\\\n/g, "").replace(/\\(.)/gs, "$1"));
		case "raw_string":
			return literal(node.text.slice(1, -1));
		case "ansi_c_string":
			return literal(unescapeAnsi(node.text.slice(2, -1)));
		case "string":
			return {
				text: node.text.slice(1, -1).replace(/\\(["\\$`\n])/g, (_, c) => (c === "\n" ? "" : c)),
				isLiteral: node.namedChildren.every(({ type }) => type === "string_content"),
			};
		case "concatenation": {
			const parts = node.namedChildren.map(wordOf);
			// `{a,b}` and the like are unnamed parts: the text alone holds them.
			const isWhole = parts.length === node.childCount;
			return {
				text: isWhole ? parts.map(({ text }) => text).join("") : node.text,
				isLiteral: isWhole && parts.every(({ isLiteral }) => isLiteral),
			};
		}
		case "number":
		case "test_operator":
		case "special_variable_name":
			return literal(node.text);
		default:
			return { text: node.text, isLiteral: false };
	}
}

function literal(text: string): Word {
	return { text, isLiteral: true };
}

function unescapeAnsi(text: string): string {
	const named: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r" };
	return text.replace(/\\(.)/gs, (_, c: string) => named[c] ?? c);
}
