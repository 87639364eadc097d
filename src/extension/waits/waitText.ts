import type { NodeView } from "../../model/views/view.ts";

/**
 * Says who waits, where and for what, as in "Explore (find the parser) in app waits for your
 * permission to use Bash."
 */
export function waitText(node: NodeView, tool: string): string {
	return `${whoAndWhere(node)} waits for your permission to use ${plain(tool, 60) || "a tool"}.`;
}

/** Says who is done, where and with what outcome. */
export function doneText(node: NodeView): string {
	if (node.outcome === null) return `${whoAndWhere(node)} is done.`;
	return `${whoAndWhere(node)} is done: ${node.outcome === "fail" ? "failed" : node.outcome}.`;
}

function whoAndWhere(node: NodeView): string {
	const task = node.description === "" ? "" : ` (${plain(node.description, 60)})`;
	const who =
		node.kind === "session" ? "A session" : `${plain(node.type, 40) || "An agent"}${task}`;
	const where = node.folder === "" ? "" : ` in ${plain(node.folder, 40)}`;
	return who + where;
}

/** One line without brackets: a notification would make a link of `[text](command:…)`. */
function plain(text: string, length: number): string {
	const line = text
		.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
		.replace(/[[\]]/g, "")
		.trim();
	const characters = [...line.slice(0, 4 * length)];
	return characters.length <= length ? line : `${characters.slice(0, length - 1).join("")}…`;
}
