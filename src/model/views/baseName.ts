/** The last name of a path of any system; empty of none. */
export function baseName(path: string): string {
	const trimmed = path.replace(/[/\\]+$/, "");
	return trimmed.slice(Math.max(trimmed.lastIndexOf("/"), trimmed.lastIndexOf("\\")) + 1);
}
