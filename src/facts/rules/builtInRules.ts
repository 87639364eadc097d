import { hasSecret } from "../secrets.ts";
import type { ShellCommand } from "../shell/commandLine.ts";
import { verbIndex } from "../shell/verbs.ts";
import { programOf, unwrap } from "../shell/wrappers.ts";
import { runsWhatItFetches } from "./fetchedPrograms.ts";
import type { Rule, RuleSubject } from "./rule.ts";

/** Decided where earlier calls are known: by the writer of the database. */
export const HEREDOC_REINVENTION = "heredoc-reinvention";

const IMPORT_STAR = /(?:^|;)[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]*\*/m;
/** What Python takes for text, a module's description for one. */
const LONG_STRINGS = /"""[\s\S]*?"""|'''[\s\S]*?'''/g;
const IMPORT_SQLITE =
	/(?:^|;)[ \t]*(?:import[ \t]+(?:[\w.]+(?:[ \t]+as[ \t]+\w+)?[ \t]*,[ \t]*)*sqlite3\b|from[ \t]+sqlite3\b)|(?:\brequire\(|\bfrom[ \t]+|\bimport\(?[ \t]*)["'](?:better-sqlite3|sqlite3?|node:sqlite|bun:sqlite)["']/m;

/** Rules that hold everywhere; docs/rules.md says what each is about, with what is and what is not one. */
export const BUILT_IN_RULES: readonly Rule[] = [
	{
		ruleId: "inline-sqlite3",
		severity: "warning",
		isBrokenBy: ({ commands, scripts }) =>
			commands.some(isInlineSqlite) ||
			scripts.some(({ isRun, body }) => isRun && IMPORT_SQLITE.test(body)),
	},
	{ ruleId: "python-import-star", severity: "info", isBrokenBy: importsStar },
	{
		ruleId: "curl-pipe-shell",
		severity: "error",
		isBrokenBy: ({ commands }) => commands.some(runsWhatItFetches),
	},
	{
		ruleId: "git-force-push",
		severity: "error",
		isBrokenBy: ({ commands }) => commands.some(isForcePush),
	},
	{
		ruleId: "secrets-in-command",
		severity: "error",
		isBrokenBy: ({ kind, text }) => kind === "shell" && hasSecret(text),
	},
];

function importsStar({ kind, text, filePath, scripts }: RuleSubject): boolean {
	if (scripts.some(({ language, body }) => language === "python" && hasStar(body))) return true;
	return kind !== "shell" && /\.pyi?$/.test(filePath) && hasStar(text);
}

function hasStar(python: string): boolean {
	return IMPORT_STAR.test(python.replace(LONG_STRINGS, ""));
}

/** Options of sqlite3 that take a value; `-cmd` takes SQL. */
const SQLITE_VALUED =
	/^--?(?:separator|init|newline|nullvalue|vfs|mmap|maxsize|heap|escape|nonce)$/;

/** SQL on the command line or on standard input; a file of it may be handed over. */
function isInlineSqlite(command: ShellCommand): boolean {
	if (!/^sqlite3?$/.test(programOf(command))) return false;
	const words = unwrap(command.words).slice(1);
	const operands = words.filter(
		({ text }, index) => !text.startsWith("-") && !SQLITE_VALUED.test(words[index - 1]?.text ?? ""),
	);
	const [, ...statements] = operands;
	return (
		words.some(({ text }) => /^--?cmd$/.test(text)) ||
		statements.some(({ text }) => !/^\.read\s|^\$\(\s*(?:cat\s|<)/.test(text)) ||
		command.inputs.length > 0 ||
		isWrittenHere(command.reads)
	);
}

/** What it reads stands in the line: `echo …`, `cat <<EOF`. */
function isWrittenHere(source: ShellCommand | null): boolean {
	if (source === null) return false;
	return source.inputs.length > 0 || /^(?:echo|printf)$/.test(programOf(source));
}

/** Options of `git push` that take the next word as their value. */
const PUSH_VALUED = /^(?:-o|--push-option|--receive-pack|--exec|--repo)$/;

/** `--force-with-lease` overwrites nothing that was not seen, and is let through. */
function isForcePush(command: ShellCommand): boolean {
	const [, ...words] = unwrap(command.words);
	const verb = programOf(command) === "git" ? verbIndex("git", words) : null;
	if (verb === null || words[verb]?.text !== "push") return false;
	const args = words.slice(verb + 1).map(({ text }) => text);
	const own = args.filter((_, index) => !PUSH_VALUED.test(args[index - 1] ?? ""));
	if (isOn(own, /^--dry-run$|^-[a-z]*n[a-z]*$/, "--no-dry-run")) return false;
	return (
		isOn(own, /^--force$|^-[a-np-z46]*f[a-z46]*$/, "--no-force") ||
		isOn(own, /^--mirror$/, "--no-mirror") ||
		own.some((arg) => /^\+\S/.test(arg))
	);
}

/** Of options that contradict each other the last one holds. */
function isOn(args: readonly string[], option: RegExp, opposite: string): boolean {
	return args.findLastIndex((arg) => option.test(arg)) > args.lastIndexOf(opposite);
}
