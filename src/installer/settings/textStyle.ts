import type { Node } from "jsonc-parser";

/** How a file is laid out, so that what is added looks as if it had always been there. */
export interface TextStyle {
	readonly eol: string;
	/** One step of indentation. */
	readonly unit: string;
	/** The whole document stands on one line. */
	readonly isCompact: boolean;
}

export function styleOf(text: string, root: Node | null): TextStyle {
	const eol = /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";
	const first = root?.children?.[0];
	const unit = first === undefined ? "" : indentBefore(text, first.offset);
	const isCompact = first !== undefined && !/[\r\n]/.test(textOf(text, root));
	return { eol, unit: unit || (/^\t/m.test(text) ? "\t" : "  "), isCompact };
}

/** Space between the line's start and an offset; empty when something else stands there. */
export function indentBefore(text: string, offset: number): string {
	const before = text.slice(0, offset);
	return /(?:\r|\n)([ \t]*)$/.exec(before)?.[1] ?? "";
}

/** Space that the line of an offset begins with. */
export function lineIndent(text: string, offset: number): string {
	const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1));
	return /^[ \t]*/.exec(text.slice(start + 1, offset))?.[0] ?? "";
}

export function textOf(text: string, node: Node | null): string {
	return node === null ? "" : text.slice(node.offset, node.offset + node.length);
}

/** A value as text. @param indent of the line that it begins in; null: all on one line */
export function printed(value: unknown, style: TextStyle, indent: string | null): string {
	if (indent === null) return JSON.stringify(value);
	return JSON.stringify(value, null, style.unit.slice(0, 10)).replaceAll(
		"\n",
		`${style.eol}${indent}`,
	);
}
