import type { Grammars } from "../grammars.ts";
import { bashCommands } from "./bashCommands.ts";
import {
	MAX_COMMAND_LENGTH,
	newCommand,
	type ShellCommand,
	type ShellLanguage,
} from "./commandLine.ts";
import { powerShellCommands } from "./powerShellCommands.ts";
import { type ShellScript, scriptOf } from "./shellScripts.ts";
import { verbOf } from "./verbs.ts";
import { isMore, lesser, type Weight, weightOf } from "./weight.ts";
import { programIn, startedBy, unwrap } from "./wrappers.ts";

/** Longest name behind `bash:`. */
const MAX_NAME_LENGTH = 64;
/** A shell within a shell within a shell is the deepest that is looked into. */
const MAX_SHELLS = 3;

/**
 * The commands of a line, with those of a script that is given to a shell (`bash -c '…'`) in that
 * shell's place, each followed by those within its words. Null where the grammar is not loaded.
 */
export function allCommands(
	grammars: Grammars,
	line: string,
	language: ShellLanguage = "bash",
): ShellCommand[] | null {
	return commandsOf(grammars, { language, text: line }, 0, null);
}

/**
 * `bash:<program>` or `bash:<program> <verb>` of the first command of those that do most of the
 * work; null where it cannot be told.
 *
 * @param commands as {@link allCommands} gives them
 */
export function shellFunctionId(commands: readonly ShellCommand[]): string | null {
	let best: string | null = null;
	let most: Weight = "nothing";
	for (const command of commands) {
		const { name, weight } = identify(command);
		if (!isMore(weight, most)) continue;
		best = name;
		most = weight;
	}
	return best === null ? null : `bash:${best}`;
}

/** @returns the name null for a program that only the shell knows */
function identify(command: ShellCommand): { name: string | null; weight: Weight } {
	const [first, ...rest] = unwrap(command.words);
	const program = programIn(first);
	const isKnown = /^[A-Za-z0-9_.+-]{1,64}$/.test(program);
	const verb = isKnown ? verbOf(program, rest) : null;
	const full = verb === null ? program : `${program} ${verb}`;
	const own = isKnown
		? weightOf(
				program,
				verb,
				rest.map(({ text }) => text),
			)
		: // What `sh -c "$(…)"` runs is made by what stands within.
			rest.length === 0 && /^(?:\$\(|`)/.test(first?.text ?? "")
			? "nothing"
			: "handles";
	const most = command.isWithin ? "within" : scriptOf(command) === null ? "works" : "says";
	return {
		name: !isKnown ? null : full.length > MAX_NAME_LENGTH ? program : full,
		weight: lesser(own, most),
	};
}

/** @param shell the command that runs the script; null for the line itself */
function commandsOf(
	grammars: Grammars,
	{ language, text }: ShellScript,
	depth: number,
	shell: ShellCommand | null,
): ShellCommand[] | null {
	const line = text.slice(0, MAX_COMMAND_LENGTH);
	const isWithin = shell?.isWithin ?? false;
	const parsed =
		language === "bash"
			? bashCommands(grammars, line, isWithin)
			: powerShellCommands(line, isWithin);
	if (parsed === null) return null;
	for (const command of parsed) {
		// What decides on a script that does not decide on its line decides on nothing.
		command.isDeciding &&= shell?.isDeciding ?? true;
		command.reads ??= shell === null ? null : inputOf(shell);
	}
	return parsed.flatMap((command) => expand(grammars, command, depth));
}

/** What the commands of a shell's script read where they say nothing else: what the shell itself is given. */
function inputOf({ inputs, reads }: ShellCommand): ShellCommand | null {
	if (inputs.length === 0) return reads;
	return { ...newCommand(true), words: [{ text: "cat", isLiteral: true }], inputs: [...inputs] };
}

function expand(grammars: Grammars, command: ShellCommand, depth: number): ShellCommand[] {
	const started = startedBy(command);
	const further =
		started === null ? [] : [{ ...newCommand(command.isWithin), words: [...started] }];
	const inner = [...further, ...command.inner].flatMap((each) => expand(grammars, each, depth));
	const script = depth < MAX_SHELLS ? scriptOf(command) : null;
	const own = script === null ? null : commandsOf(grammars, script, depth + 1, command);
	// A script of nothing but expansions leaves the shell as all there is to name.
	if (own === null || own.length === 0) return [command, ...inner];
	return [...own, command, ...inner];
}
