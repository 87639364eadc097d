const SLASH = 0x2f;
const BACKSLASH = 0x5c;

/** The last name of a path of any system; empty of none. */
export function baseName(path: string): string {
	let end = path.length;
	while (end > 0 && isSeparator(path.charCodeAt(end - 1))) end--;
	let start = end;
	while (start > 0 && !isSeparator(path.charCodeAt(start - 1))) start--;
	return path.slice(start, end);
}

function isSeparator(unit: number): boolean {
	return unit === SLASH || unit === BACKSLASH;
}
