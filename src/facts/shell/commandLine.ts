import type { Word } from "./word.ts";

/** Shells whose command lines are understood. */
export type ShellLanguage = "bash" | "powershell";

/** One simple command of a command line. */
export interface ShellCommand {
	/** Program first. */
	readonly words: readonly Word[];
	/** What it is given on standard input by the line itself: heredocs and here-strings. */
	readonly inputs: string[];
	/** Its standard input is a file. */
	readonly readsFile: boolean;
	/** Files that it writes to by redirection. */
	readonly outputs: string[];
	/** The command whose output it reads. */
	readonly reads: ShellCommand | null;
	/** Commands within its words: `$(…)`, `<(…)`. */
	readonly inner: readonly ShellCommand[];
	/** It only makes a word for another one, or what a loop runs over. */
	readonly isWithin: boolean;
	/** The line ends with 0 only where this was run and did so. */
	readonly isDeciding: boolean;
}

/** While the line is being read. */
export interface MutableCommand extends ShellCommand {
	words: Word[];
	readsFile: boolean;
	reads: ShellCommand | null;
	inner: MutableCommand[];
	isDeciding: boolean;
}

/** Longest command that is parsed, in UTF-16 code units; the rest of a longer one is not looked at. */
export const MAX_COMMAND_LENGTH = 64 * 1024;
export const MAX_NESTING = 200;

export function newCommand(isWithin: boolean): MutableCommand {
	return {
		words: [],
		inputs: [],
		readsFile: false,
		outputs: [],
		reads: null,
		inner: [],
		isWithin,
		isDeciding: false,
	};
}
