/**
 * First word of a shell command, its base name only. Assignments before it are skipped; what is not
 * plainly a program's name gives nothing.
 */
export function programOf(command: string): string {
	let rest = command.trimStart();
	for (;;) {
		const name = /^[A-Za-z_]\w*\+?=/.exec(rest)?.[0];
		if (name === undefined) break;
		const length = valueLength(rest, name.length);
		if (length < 0) return "";
		rest = rest.slice(length).trimStart();
	}
	const found = /^(?!#)(?:[^\s"'\\`$;|&<>()=]*\/)?([A-Za-z0-9_.+-]{1,64})(?=[\s;|&<>()]|$)/.exec(
		rest,
	);
	return found?.[1] ?? "";
}

/** Where the value that begins at an index ends; -1 where only a shell could tell. */
function valueLength(text: string, start: number): number {
	let quote = "";
	for (let index = start; index < text.length; index++) {
		const char = text[index] ?? "";
		if (quote === "'") {
			if (char === "'") quote = "";
		} else if (char === "\\") {
			index++;
		} else if (char === "`" || (char === "$" && /[({]/.test(text[index + 1] ?? ""))) {
			return -1;
		} else if (quote === '"') {
			if (char === '"') quote = "";
		} else if (char === "$" && /['"]/.test(text[index + 1] ?? "")) {
			return -1;
		} else if (char === "'" || char === '"') {
			quote = char;
		} else if (/\s/.test(char)) {
			return index;
		} else if (/[;|&<>()]/.test(char)) {
			return -1;
		}
	}
	return -1;
}
