import { hasSecret } from "../secrets.ts";
import type { ShellCommand } from "../shell/commandLine.ts";
import { isShell, programOf, unwrap } from "../shell/wrappers.ts";
import type { Rule, RuleSubject } from "./rule.ts";

/** Decided where earlier calls are known: by the writer of the database. */
export const HEREDOC_REINVENTION = "heredoc-reinvention";

const FETCHERS: ReadonlySet<string> = new Set(["curl", "wget", "fetch"]);
const RUNNERS = /^(?:python[\d.]*|node|perl|ruby|php|deno|bun|source|\.)$/;
const IMPORT_STAR = /^[ \t]*from[ \t]+[\w.]+[ \t]+import[ \t]*\*/m;
const IMPORT_SQLITE =
	/^[ \t]*(?:import|from)[ \t]+sqlite3\b|\brequire\(["'](?:better-)?sqlite3["']\)/m;

/** Rules that hold everywhere; docs/telemetry.md says what each is about. */
export const BUILT_IN_RULES: readonly Rule[] = [
	{
		ruleId: "inline-sqlite3",
		severity: "warning",
		isBrokenBy: ({ commands, scripts }) =>
			commands.some(isInlineSqlite) || scripts.some(({ body }) => IMPORT_SQLITE.test(body)),
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
	if (scripts.some(({ language, body }) => language === "python" && IMPORT_STAR.test(body))) {
		return true;
	}
	return kind !== "shell" && /\.pyi?$/.test(filePath) && IMPORT_STAR.test(text);
}

/** SQL on the command line or on standard input; a file of it may be handed over. */
function isInlineSqlite(command: ShellCommand): boolean {
	if (!/^sqlite3?$/.test(programOf(command))) return false;
	const operands = unwrap(command.words)
		.slice(1)
		.filter(({ text }) => !text.startsWith("-"));
	return operands.length > 1 || command.inputs.length > 0 || command.reads !== null;
}

/** `curl … | sh`, `sh <(curl …)` and `sh -c "$(curl …)"`. */
function runsWhatItFetches(command: ShellCommand): boolean {
	const program = programOf(command);
	if (!isShell(program) && program !== "eval" && !RUNNERS.test(program)) return false;
	if (command.inner.some(isFetch)) return true;
	for (let source = command.reads; source !== null; source = source.reads) {
		if (isFetch(source)) return true;
	}
	return false;
}

function isFetch(command: ShellCommand): boolean {
	return FETCHERS.has(programOf(command));
}

/** `--force-with-lease` overwrites nothing that was not seen, and is let through. */
function isForcePush(command: ShellCommand): boolean {
	if (programOf(command) !== "git") return false;
	const words = unwrap(command.words).map(({ text }) => text);
	const push = words.indexOf("push");
	if (push < 0) return false;
	return words
		.slice(push + 1)
		.some((word) => word === "--force" || /^-[a-z]*f[a-z]*$/.test(word) || /^\+\S/.test(word));
}
