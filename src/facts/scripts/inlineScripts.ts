import type { ScriptFact } from "../callFacts.ts";
import type { LanguageName } from "../grammars.ts";
import type { ShellCommand } from "../shell/commandLine.ts";
import { isShell, programAt, unwrap } from "../shell/wrappers.ts";

/** A script that stands in a command line. */
export interface InlineScript {
	readonly kind: ScriptFact["kind"];
	/** null for one in a language whose grammar is not at hand, such as SQL. */
	readonly language: LanguageName | null;
	readonly body: string;
	/** Whether the command runs it, and does not only write it to a file. */
	readonly isRun: boolean;
}

/** Characters of a script that are looked at. */
const MAX_SCRIPT_LENGTH = 20_000;
const MAX_SCRIPTS = 20;

/** Interpreters, with the options behind which a script stands. */
const INTERPRETERS: readonly (readonly [RegExp, LanguageName, readonly string[]])[] = [
	[/^(?:python|pypy)[\d.]*$/, "python", ["-c"]],
	[/^(?:node|nodejs|deno|bun)$/, "javascript", ["-e", "--eval", "-p", "--print", "-pe", "eval"]],
	[/^(?:tsx|ts-node)$/, "typescript", ["-e", "--eval", "-p", "--print"]],
	[/^ruby[\d.]*$/, "ruby", ["-e"]],
	[/^php[\d.]*$/, "php", ["-r"]],
];
const EXTENSIONS: readonly (readonly [RegExp, LanguageName])[] = [
	[/\.pyi?$/, "python"],
	[/\.[cm]?jsx?$/, "javascript"],
	[/\.[cm]?ts$/, "typescript"],
	[/\.(?:ba|z|k)?sh$/, "bash"],
	[/\.rb$/, "ruby"],
	[/\.php$/, "php"],
];
/** What they are given is text, not a script. */
const READERS_OF_TEXT = /^(?:cat|tee|git|gh|glab|echo|printf|grep|wc|sort|head|tail|mail|jq|read)$/;

/** Heredocs and inline scripts of a command line, but for data and prose. */
export function inlineScripts(commands: readonly ShellCommand[]): InlineScript[] {
	const all = commands.flatMap(scriptsOf);
	// What `ssh host python3 - <<EOF` is given is Python's, and not another script of ssh's.
	const known = new Set(all.filter(({ language }) => language !== null).map(({ body }) => body));
	return all
		.filter(({ language, body }) => language !== null || !known.has(body))
		.slice(0, MAX_SCRIPTS);
}

function scriptsOf(command: ShellCommand): InlineScript[] {
	const words = unwrap(command.words).map(({ text }) => text);
	const [program = "", ...rest] = words;
	const name = programAt(program);
	const interpreter = INTERPRETERS.find(([pattern]) => pattern.test(name));
	const language = interpreter?.[1] ?? (isShell(name) ? "bash" : null);
	const found: InlineScript[] = [];
	for (const body of inputsOf(command, language)) {
		const target = targetOf(command, name, rest);
		const written = EXTENSIONS.find(([pattern]) => pattern.test(target))?.[1] ?? null;
		if (language === null && written === null && (name === "" || READERS_OF_TEXT.test(name)))
			continue;
		add(found, "heredoc", language ?? written, body, language !== null || target === "");
	}
	if (interpreter !== undefined) {
		const [, , flags] = interpreter;
		const at = rest.findIndex((word) => flags.includes(word));
		// Behind a file's name the options are that file's.
		const isOwn = at >= 0 && rest.slice(0, at).every((word) => word.startsWith("-"));
		if (isOwn) add(found, "inline", interpreter[1], rest[at + 1] ?? "");
	} else if (isShell(name)) {
		const at = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
		const script = at < 0 ? "" : (rest[at + 1] ?? "");
		// One command is no script, however it is started.
		if (/[\n;]/.test(script.trim())) add(found, "inline", "bash", script);
	}
	return found;
}

/** A heredoc may come through `cat`. */
function inputsOf({ inputs, reads }: ShellCommand, language: LanguageName | null): string[] {
	if (inputs.length > 0 || language === null || reads === null) return inputs;
	return reads.words.length === 1 && reads.words[0]?.text === "cat" ? reads.inputs : inputs;
}

/** The file that `cat > file <<EOF` and `tee file <<EOF` write. */
function targetOf(command: ShellCommand, program: string, rest: readonly string[]): string {
	if (program === "tee") return rest.find((word) => !word.startsWith("-")) ?? "";
	return command.outputs.at(-1) ?? "";
}

function add(
	into: InlineScript[],
	kind: ScriptFact["kind"],
	language: LanguageName | null,
	body: string,
	isRun = true,
): void {
	if (body.trim() === "") return;
	into.push({ kind, language, body: body.slice(0, MAX_SCRIPT_LENGTH), isRun });
}
