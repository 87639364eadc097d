/** The file that a function's id names, and the function's name in it. */
export interface FunctionPlace {
	/** Segments of the path, relative to the function's repository. */
	readonly segments: readonly string[];
	/** Last part of the qualified name. */
	readonly name: string;
}

/**
 * @param functionId `<path>#<qualified name>`
 * @returns null when the id names no file, or one that could lie outside its repository
 */
export function placeOf(functionId: string): FunctionPlace | null {
	const cut = functionId.lastIndexOf("#");
	const path = functionId.slice(0, Math.max(0, cut));
	const segments = path.split("/");
	const isInside = segments.every((part) => part !== "" && part !== "." && part !== "..");
	if (path === "" || !isInside || /[\\:\p{Cc}]/u.test(path)) return null;
	const name = functionId.slice(cut + 1);
	return { segments, name: name.split(/[.:/]+/).at(-1) ?? name };
}

/**
 * Where the file may lie below a folder of the workspace. The repository may be that folder, or one
 * above it: then the path begins with the end of the folder's own.
 *
 * @param folder segments of the folder's path
 * @returns relative paths, the likeliest first
 */
export function pathsBelow(folder: readonly string[], { segments }: FunctionPlace): string[] {
	const paths = [segments.join("/")];
	for (let shared = 1; shared < segments.length; shared++) {
		const head = segments.slice(0, shared).join("/");
		if (folder.slice(-shared).join("/") === head) paths.push(segments.slice(shared).join("/"));
	}
	return paths;
}

/** @returns offset of the name as a word of its own, 0 where the text does not have it */
export function offsetOfName(text: string, name: string): number {
	const word = name.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
	const found = name === "" ? null : new RegExp(`(?<![\\w$])${word}(?![\\w$])`).exec(text);
	return found?.index ?? 0;
}
