/** A piece of a command: a word with quotes and known variables resolved, or an operator. */
export interface ShellToken {
	readonly kind: "word" | "operator";
	readonly text: string;
	/** Where it begins in the command. */
	readonly start: number;
}

/** Values for the variables that may stand in a path; others are left as they are written. */
export type ShellVariables = Readonly<Record<string, string>>;

const SPACE = /(?:[ \t\r]|\\\n)+/y;
const OPERATOR = /\|\||&&|[0-9]*(?:>>?&?|<<?)|[;|&()\n]/y;
const VARIABLE = /\$(?:(\w+)|\{(\w+)(?::?-((?:\$\w+|[^{}$])*))?\})/y;
const HOME = /~(?=[/\\]|[\s;|&]|$)/y;
const ESCAPED = /\\(["'\\$` ])/y;
/** As much as may be taken at once, outside and inside of double quotes, and of single ones. */
const PLAIN = /[^\s"'\\$;|&()<>]+/y;
const IN_DOUBLE = /[^"\\$]+/y;
const IN_SINGLE = /[^']*/y;

/**
 * Words of a shell command as far as paths need it: quotes, `~`, `$NAME`, `${NAME:-other}`. A
 * backslash in front of anything but a quote, a space or a dollar is a path separator of Windows.
 */
export function shellTokens(command: string, variables: ShellVariables): ShellToken[] {
	const tokens: ShellToken[] = [];
	let at = 0;
	while (at < command.length) {
		const operator = matchAt(OPERATOR, command, at)?.[0];
		const skipped = operator ?? matchAt(SPACE, command, at)?.[0];
		if (operator !== undefined) tokens.push({ kind: "operator", text: operator, start: at });
		if (skipped !== undefined) at += skipped.length;
		else {
			const { text, end } = word(command, at, variables);
			tokens.push({ kind: "word", text, start: at });
			at = end;
		}
	}
	return tokens;
}

function word(
	command: string,
	start: number,
	variables: ShellVariables,
): { text: string; end: number } {
	const home = matchAt(HOME, command, start);
	let text = home === null ? "" : (variables.HOME ?? "~");
	let at = start + (home?.[0].length ?? 0);
	let isQuoted = false;
	while (at < command.length) {
		const char = command.charAt(at);
		const special = variableOrEscape(command, at, variables);
		const plain = matchAt(isQuoted ? IN_DOUBLE : PLAIN, command, at)?.[0];
		if (special !== null) {
			text += special.text;
			at += special.length;
		} else if (plain !== undefined) {
			text += plain;
			at += plain.length;
		} else if (char === '"') {
			isQuoted = !isQuoted;
			at++;
		} else if (char === "'") {
			const inside = matchAt(IN_SINGLE, command, at + 1)?.[0] ?? "";
			text += inside;
			at += inside.length + 2;
		} else if (char === "\\" || char === "$") {
			text += char;
			at++;
		} else break;
	}
	return { text, end: Math.max(at, start + 1) };
}

function variableOrEscape(
	command: string,
	at: number,
	variables: ShellVariables,
): { text: string; length: number } | null {
	const variable = matchAt(VARIABLE, command, at);
	if (variable !== null) return { text: resolved(variable, variables), length: variable[0].length };
	const escaped = matchAt(ESCAPED, command, at);
	return escaped === null ? null : { text: escaped[1] ?? "", length: 2 };
}

function resolved([whole, plain, braced, otherwise]: string[], known: ShellVariables): string {
	const value = known[plain ?? braced ?? ""];
	if (value !== undefined && value !== "") return value;
	if (otherwise === undefined) return whole ?? "";
	return otherwise.replace(/\$(\w+)/g, (all, name: string) => known[name] ?? all);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}
