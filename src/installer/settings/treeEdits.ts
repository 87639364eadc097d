import { applyEdits, createScanner, type Edit, type Node } from "jsonc-parser";
import { indentBefore, lineIndent, printed, styleOf, type TextStyle, textOf } from "./textStyle.ts";

/** Something to be put at the end of a list or an object. */
export interface NewItem {
	/** Key in an object; absent in a list. */
	readonly key?: string;
	readonly value: unknown;
}

/** A changed text, and the line end that had to be added behind the only item; mostly empty. */
interface Inserted {
	readonly text: string;
	readonly padding: string;
}

/**
 * Adds an item behind the last one. Nothing that is there is touched: characters are put in, none
 * is taken out. {@link removeItem} takes out exactly what this has put in.
 */
export function insertItem(text: string, root: Node, container: Node, item: NewItem): Inserted {
	const style = styleOf(text, root);
	const last = container.children?.at(-1);
	const close = container.offset + container.length - 1;
	const from = last === undefined ? container.offset + 1 : endOf(last);
	const { comma, end } = trivia(text, from, close);
	const layout = layoutIn(text, style, container);
	const content = layout.separator + itemText(item, style, layout.indent);
	const isPadded =
		last === undefined && layout.indent !== null && !/[\r\n]/.test(text.slice(end, close));
	const padding = isPadded ? style.eol + lineIndent(text, container.offset) : "";
	const edits: Edit[] = [insertion(end, content + (comma === null ? "" : ",") + padding)];
	if (last !== undefined && comma === null) edits.unshift(insertion(from, ","));
	return { text: merged(text, edits), padding };
}

/**
 * Takes an item out of its list or object, with the comma and the space that belong to it.
 *
 * @param item an element of a list or a property of an object
 * @param padding as {@link insertItem} said when it was put in as the only one
 */
export function removeItem(text: string, container: Node, item: Node, padding: string): string {
	const siblings = container.children ?? [];
	const index = siblings.indexOf(item);
	const [previous, next] = [siblings[index - 1], siblings[index + 1]];
	const close = container.offset + container.length - 1;
	const { comma } = trivia(text, endOf(item), next?.offset ?? close);
	const rest = text.slice(comma === null ? endOf(item) : comma + 1);
	const from = previous === undefined ? container.offset + 1 : endOf(previous);
	// A line comment before the item must not take in what stands behind the item on its line.
	const isLineOpen = !/^[ \t]*(?:[\r\n]|$)/.test(rest);
	const isKept = isLineOpen && trivia(text, from, item.offset).endsInLineComment;
	const edits: Edit[] = [
		deletion(isKept ? item.offset : spaceBefore(text, item.offset), endOf(item)),
	];
	if (comma !== null) edits.push(deletion(comma, comma + 1));
	else if (previous !== undefined) {
		const own = trivia(text, endOf(previous), item.offset).comma;
		if (own !== null) edits.unshift(deletion(own, own + 1));
	} else if (text.startsWith(padding, endOf(item))) {
		edits.push(deletion(endOf(item), endOf(item) + padding.length));
	}
	return merged(text, edits);
}

/** Puts another value in the place of one. */
export function replaceValue(text: string, node: Node, value: unknown): string {
	const content = JSON.stringify(value);
	return applyEdits(text, [{ offset: node.offset, length: node.length, content }]);
}

export function endOf(node: Node): number {
	return node.offset + node.length;
}

interface Layout {
	/** What stands in front of the item. */
	readonly separator: string;
	/** Indentation of its line; null: all on one line. */
	readonly indent: string | null;
}

function layoutIn(text: string, style: TextStyle, container: Node): Layout {
	const last = container.children?.at(-1);
	if (last === undefined && !style.isCompact) {
		const indent = lineIndent(text, container.offset) + style.unit;
		return { separator: style.eol + indent, indent };
	}
	if (last === undefined) return { separator: "", indent: null };
	if (/[\r\n]/.test(textOf(text, container))) {
		const own = indentBefore(text, last.offset);
		const indent = own || lineIndent(text, container.offset) + style.unit;
		return { separator: style.eol + indent, indent };
	}
	const space = /[ \t]*$/.exec(text.slice(0, last.offset))?.[0] ?? "";
	return { separator: space, indent: null };
}

function itemText({ key, value }: NewItem, style: TextStyle, indent: string | null): string {
	const text = printed(value, style, indent);
	if (key === undefined) return text;
	return `${JSON.stringify(key)}:${style.isCompact ? "" : " "}${text}`;
}

/** What lies between two offsets but values. */
interface Trivia {
	readonly comma: number | null;
	/** Where comments end. */
	readonly end: number;
	/** The last comment takes in all that follows on its line. */
	readonly endsInLineComment: boolean;
}

function trivia(text: string, from: number, to: number): Trivia {
	const scanner = createScanner(text.slice(from, to), false);
	let comma: number | null = null;
	let end = from;
	let endsInLineComment = false;
	while (scanner.getPosition() < to - from) {
		scanner.scan();
		const start = from + scanner.getTokenOffset();
		const token = text.slice(start, from + scanner.getPosition());
		if (/^[ \t\r\n]*$/.test(token)) continue;
		if (token === ",") comma ??= start;
		end = start + token.length;
		endsInLineComment = token.startsWith("//");
	}
	return { comma, end, endsInLineComment };
}

function spaceBefore(text: string, offset: number): number {
	let at = offset;
	while (at > 0 && " \t\r\n".includes(text.charAt(at - 1))) at--;
	return at;
}

function insertion(offset: number, content: string): Edit {
	return { offset, length: 0, content };
}

function deletion(from: number, to: number): Edit {
	return { offset: from, length: to - from, content: "" };
}

/** Edits in order of their place, two at the same place as one. */
function merged(text: string, edits: readonly Edit[]): string {
	let result = "";
	let at = 0;
	for (const { offset, length, content } of edits) {
		result += text.slice(at, offset) + content;
		at = offset + length;
	}
	return result + text.slice(at);
}
