import type { Grammars } from "../grammars.ts";
import { parseCommandLine, type ShellCommand } from "./commandLine.ts";
import { verbOf } from "./verbs.ts";
import type { Word } from "./word.ts";
import { baseName, isSetter, scriptOfShell, unwrap } from "./wrappers.ts";

/** Longest name behind `bash:`. */
const MAX_NAME_LENGTH = 64;
/** A shell within a shell within a shell is the deepest that is looked into. */
const MAX_SHELLS = 3;

/**
 * The commands of a line, with those of a script that is given to a shell (`bash -c '…'`) in that
 * shell's place, each followed by those within its words. Null where the grammar is not loaded.
 */
export function allCommands(grammars: Grammars, line: string): ShellCommand[] | null {
	return commandsOf(grammars, line, 0);
}

/**
 * `bash:<program>` or `bash:<program> <verb>` of the first command that is not there for another
 * one's sake; null where it cannot be told.
 *
 * @param commands as {@link allCommands} gives them
 */
export function shellFunctionId(commands: readonly ShellCommand[]): string | null {
	for (const { words } of commands) {
		const [program, ...rest] = unwrap(words);
		if (program === undefined) continue;
		if (!program.isLiteral) return null;
		const name = baseName(program.text);
		if (!isSetter(name)) return named(name, rest);
	}
	return null;
}

function named(program: string, rest: readonly Word[]): string | null {
	if (!/^[A-Za-z0-9_.+-]{1,64}$/.test(program)) return null;
	const verb = verbOf(program, rest);
	const full = verb === null ? program : `${program} ${verb}`;
	return `bash:${full.length > MAX_NAME_LENGTH ? program : full}`;
}

function commandsOf(grammars: Grammars, line: string, depth: number): ShellCommand[] | null {
	const parsed = parseCommandLine(grammars, line);
	return parsed === null ? null : parsed.flatMap((command) => expand(grammars, command, depth));
}

function expand(grammars: Grammars, command: ShellCommand, depth: number): ShellCommand[] {
	const inner = command.inner.flatMap((each) => expand(grammars, each, depth));
	const script = depth < MAX_SHELLS ? scriptOfShell(command.words) : null;
	const own = script === null ? null : commandsOf(grammars, script, depth + 1);
	// A script of nothing but expansions leaves the shell as all there is to name.
	if (own === null || own.length === 0) return [command, ...inner];
	return [...own, command, ...inner];
}
