import type { ShellCommand, ShellLanguage } from "./commandLine.ts";
import type { Word } from "./word.ts";
import { isShell, programIn, unwrap } from "./wrappers.ts";

/** Command lines that a command hands to a shell. */
export interface ShellScript {
	readonly language: ShellLanguage;
	readonly text: string;
}

const POWERSHELLS: ReadonlySet<string> = new Set(["powershell", "pwsh"]);

/** Options of other programs behind which a script for a shell stands. */
const SCRIPT_OPTIONS: ReadonlyMap<string, RegExp> = new Map([
	["su", /^(?:-c|--command)$/],
	["runuser", /^(?:-c|--command)$/],
	["script", /^-[a-z]*c$|^--command$/],
	["flock", /^(?:-c|--command)$/],
	["npx", /^(?:-c|--call)$/],
	["nix-shell", /^--(?:run|command)$/],
	["vagrant", /^(?:-c|--command)$/],
]);

/** Options of ssh that take a value. */
const SSH_VALUED = /^-[BbcDEeFIiJLlmOopQRSWw]$/;
const POWERSHELL_VALUED =
	/^-(?:ex|ep|version|workingdirectory|wd|w|outputformat|inputformat|config)/i;

/** The script of `sh -c script`, `eval script`, `ssh host script` and the like; null without one. */
export function scriptOf(command: ShellCommand): ShellScript | null {
	const [first, ...rest] = unwrap(command.words);
	const program = programIn(first).toLowerCase();
	if (program === "eval") return script("bash", joined(rest));
	// `iex -S mix` is Elixir's.
	const isElixir = program === "iex" && /^-(?:S|-)/.test(rest[0]?.text ?? "");
	if ((program === "iex" && !isElixir) || program === "invoke-expression") {
		// What else it is given are sums of PowerShell's, and what makes them stands within its words.
		return rest.every(({ isLiteral }) => isLiteral) ? script("powershell", joined(rest)) : null;
	}
	if (program === "ssh") return script("bash", remote(rest) || givenTo(command));
	// Git's shell turns `/c` into a path, unless it is doubled.
	if (program === "cmd")
		return /^\/\/?[ck]$/i.test(rest[0]?.text ?? "")
			? script("powershell", joined(rest.slice(1)))
			: null;
	if (POWERSHELLS.has(program)) return script("powershell", powerShellScript(program, rest));
	if (isShell(program)) return script("bash", shellScript(rest) ?? givenTo(command));
	const option = SCRIPT_OPTIONS.get(program);
	const at = option === undefined ? -1 : rest.findIndex(({ text }) => option.test(text));
	return at < 0 ? null : script("bash", rest[at + 1]?.text ?? "");
}

/** What the line itself gives a command to read, also by way of `cat`, `tee`, `echo` and `printf`. */
function givenTo({ inputs, reads, readsFile }: ShellCommand): string {
	if (inputs.length > 0 || reads === null || readsFile) return inputs[0] ?? "";
	const [first, ...rest] = unwrap(reads.words);
	switch (programIn(first)) {
		case "cat":
		case "tee":
			return reads.inputs[0] ?? "";
		case "echo":
			return printed(rest.filter(({ text }) => !/^-[neE]+$/.test(text)));
		case "printf":
			return printed(
				/^%[sb](?:\\n)?$/.test(rest[0]?.text ?? "") ? rest.slice(1) : rest.slice(0, 1),
			);
		default:
			return "";
	}
}

function printed(words: readonly Word[]): string {
	return words.every(({ isLiteral }) => isLiteral) ? joined(words).replaceAll("\\n", "\n") : "";
}

function script(language: ShellLanguage, text: string): ShellScript | null {
	return text === "" ? null : { language, text };
}

/**
 * Empty for a file of commands and where `-n` has none run, null for a shell that reads them. `-c` may stand
 * among letters, as in `-lc`.
 */
function shellScript(rest: readonly Word[]): string | null {
	const flag = rest.findIndex(({ text }) => /^-[a-z]*c[a-z]*$/.test(text));
	// `-euo pipefail` has a value.
	const operand = rest.findIndex(
		({ text }, index) =>
			!/^[-+]/.test(text) && !/^[-+][a-zA-Z]*o$/.test(rest[index - 1]?.text ?? ""),
	);
	// Behind them stands what the script itself is given.
	const end = rest.findIndex(({ text }, index) => index === operand || text === "--");
	const options = end < 0 ? rest : rest.slice(0, end);
	if (options.some(({ text }) => text === "-n")) return "";
	if (flag >= 0 && (operand < 0 || flag < operand)) return rest[flag + 1]?.text ?? "";
	return operand < 0 || rest.some(({ text }) => text === "-s") ? null : "";
}

/** What stands behind the host; a remote shell joins its words. */
function remote(rest: readonly Word[]): string {
	let index = 0;
	while (rest[index]?.text.startsWith("-"))
		index += SSH_VALUED.test(rest[index]?.text ?? "") ? 2 : 1;
	return joined(rest.slice(index + 1).filter(({ text }, at) => at > 0 || text !== "--"));
}

/** What stands behind `-Command`, which only the older program may leave out. */
function powerShellScript(program: string, rest: readonly Word[]): string {
	for (let index = 0; index < rest.length; index++) {
		const text = rest[index]?.text ?? "";
		if (/^-c(?:ommand)?$/i.test(text)) return joined(rest.slice(index + 1));
		if (/^-(?:f|file|enc|e|encodedcommand)$/i.test(text)) return "";
		if (!text.startsWith("-")) return program === "powershell" ? joined(rest.slice(index)) : "";
		if (POWERSHELL_VALUED.test(text)) index++;
	}
	return "";
}

function joined(words: readonly Word[]): string {
	return words.map(({ text }) => text).join(" ");
}
