import type { ToolCall } from "./openCalls.ts";
import type { NamedTool } from "./toolWords.ts";

const BEGIN = "*** Begin Patch";
const FILE = /^\*\*\* (Add|Update|Delete) File: (.+)$/gm;

/** The patch in a command that hands one to `apply_patch`; null in any other. */
export function patchIn(command: string): string | null {
	return /^\s*(?:cd [^\n;&|]+&&\s*)?apply_?patch\b/.test(command) && command.includes(BEGIN)
		? command.slice(command.indexOf(BEGIN))
		: null;
}

/**
 * A call that changes files by a patch: one that writes where all of them are new.
 *
 * @param named as the tool is called
 */
export function patchCall(id: string, named: NamedTool, patch: string, args: unknown): ToolCall {
	const { files, written, isNew } = filesOfPatch(patch);
	const tool = isNew ? "Write" : "Edit";
	return { id, named: { ...named, tool }, args, filePath: files[0] ?? "", written };
}

/** What a patch says of itself before anyone has applied it. */
interface PatchedFiles {
	/** As the patch names them. */
	readonly files: readonly string[];
	/** Lines that it adds. */
	readonly written: string;
	/** Whether it does nothing but add files. */
	readonly isNew: boolean;
}

function filesOfPatch(patch: string): PatchedFiles {
	const found = [...patch.matchAll(FILE)];
	const added = patch.split("\n").filter((line) => line.startsWith("+"));
	return {
		files: found.map(([, , file = ""]) => file.trim()),
		written: added.map((line) => line.slice(1)).join("\n"),
		isNew: found.length > 0 && found.every(([, verb]) => verb === "Add"),
	};
}
