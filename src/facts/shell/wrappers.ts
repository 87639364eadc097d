import type { ShellCommand } from "./commandLine.ts";
import type { Word } from "./word.ts";

/** How a wrapper's own words are told from those of the command that it runs. */
interface Wrapper {
	/** Options that take the next word as their value. */
	readonly valued: ReadonlySet<string>;
	/** Words of its own before the command. */
	readonly operands: number;
	/** Options with which it runs no command. */
	readonly alone: ReadonlySet<string>;
}

/** Programs that run another one, which is the one to be named. */
const WRAPPERS: ReadonlyMap<string, Wrapper> = new Map([
	wrapper("env", "-u --unset -C --chdir"),
	wrapper(
		"sudo",
		"-u --user -g --group -h --host -p --prompt -C -r -t -U -D --chdir -T -R",
		0,
		"-l -v -k -K",
	),
	wrapper("doas", "-u -C"),
	wrapper("timeout", "-s --signal -k --kill-after", 1),
	wrapper("gtimeout", "-s --signal -k --kill-after", 1),
	wrapper("nice", "-n --adjustment"),
	wrapper("ionice", "-c --class -n --classdata", 0, "-p"),
	wrapper(
		"xargs",
		"-I -n -P -L -d -a -E -s --max-args --max-procs --delimiter --arg-file --replace",
	),
	wrapper("nohup"),
	wrapper("setsid"),
	wrapper("time", "-f --format -o --output"),
	wrapper("stdbuf", "-i --input -o --output -e --error"),
	wrapper("command", "", 0, "-v -V"),
	wrapper("builtin"),
	wrapper("exec", "-a"),
	wrapper("unbuffer"),
	wrapper("caffeinate", "-t -w"),
	wrapper("chronic"),
	wrapper("flock", "-w --wait --timeout -E", 1),
	wrapper("taskset", "", 1, "-p"),
	wrapper("strace", "-e -o -p -s -u -a -E"),
]);

/** Programs that only set up what the next command runs in. */
const SETTERS: ReadonlySet<string> = new Set(["cd", "pushd", "popd", "export", "unset"]);
const SHELLS: ReadonlySet<string> = new Set(["bash", "sh", "zsh", "dash", "ksh", "ash"]);
/** A hook takes the first word of a line for its program, even where it is the grammar's. */
const KEYWORDS = "if for while until case select function do then time coproc eval";

/** First words of a line that say less of it than any program does that it runs. */
export const VAGUE_PROGRAMS: ReadonlySet<string> = new Set([
	...WRAPPERS.keys(),
	...SETTERS,
	...SHELLS,
	...KEYWORDS.split(" "),
	"declare",
	"local",
	"readonly",
	"typeset",
]);

export function isSetter(program: string): boolean {
	return SETTERS.has(program);
}

export function isShell(program: string): boolean {
	return SHELLS.has(program);
}

/** The last part of a path, which is what a program is known by. */
export function baseName(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1);
}

/** The words of the command that is run in the end: what wraps it is taken off. */
export function unwrap(words: readonly Word[]): readonly Word[] {
	let rest = words;
	for (;;) {
		const [first] = rest;
		const wrap = first?.isLiteral ? WRAPPERS.get(baseName(first.text)) : undefined;
		if (wrap === undefined) return rest;
		const start = commandStart(rest, wrap);
		if (start === null) return rest;
		rest = rest.slice(start);
	}
}

/** The script of `sh -c script` and `eval script`; null for every other command. */
export function scriptOfShell(words: readonly Word[]): string | null {
	const [program, ...rest] = unwrap(words);
	if (program === undefined || !program.isLiteral) return null;
	if (program.text === "eval") return rest.map(({ text }) => text).join(" ") || null;
	if (!isShell(baseName(program.text))) return null;
	// `-c` may stand among other letters, as in `bash -lc`.
	const flag = rest.findIndex(({ text }) => /^-[a-z]*c[a-z]*$/.test(text));
	const isFirst = rest.slice(0, flag).every(({ text }) => /^[-+]/.test(text));
	return flag < 0 || !isFirst ? null : (rest[flag + 1]?.text ?? null);
}

/** The command's program by its base name; empty where it is not known. */
export function programOf(command: ShellCommand): string {
	const [program] = unwrap(command.words);
	return program?.isLiteral ? baseName(program.text) : "";
}

/** Index of the first word of the wrapped command; null where there is none. */
function commandStart(words: readonly Word[], { valued, operands, alone }: Wrapper): number | null {
	let index = 1;
	let left = operands;
	for (; index < words.length; index++) {
		const text = words[index]?.text ?? "";
		if (text === "--") {
			index++;
			break;
		}
		if (alone.has(text)) return null;
		if (text.startsWith("-") && text !== "-") {
			if (valued.has(text)) index++;
		} else if (/^[A-Za-z_]\w*\+?=/.test(text)) {
			// An assignment, as `env` and `sudo` take them.
		} else if (left === 0) break;
		else left--;
	}
	return index + left < words.length ? index + left : null;
}

function wrapper(name: string, valued = "", operands = 0, alone = ""): [string, Wrapper] {
	const set = (text: string): ReadonlySet<string> => new Set(text.split(" ").filter(Boolean));
	return [name, { valued: set(valued), operands, alone: set(alone) }];
}
