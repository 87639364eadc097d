const BEGIN = "*** Begin Patch";
const FILE = /^\*\*\* (Add|Update|Delete) File: (.+)$/gm;

/** The patch in a command that hands one to `apply_patch`; null in any other. */
export function patchIn(command: string): string | null {
	return /^\s*(?:cd [^\n;&|]+&&\s*)?apply_?patch\b/.test(command) && command.includes(BEGIN)
		? command.slice(command.indexOf(BEGIN))
		: null;
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

export function filesOfPatch(patch: string): PatchedFiles {
	const found = [...patch.matchAll(FILE)];
	const added = patch.split("\n").filter((line) => line.startsWith("+"));
	return {
		files: found.map(([, , file = ""]) => file.trim()),
		written: added.map((line) => line.slice(1)).join("\n"),
		isNew: found.length > 0 && found.every(([, verb]) => verb === "Add"),
	};
}
