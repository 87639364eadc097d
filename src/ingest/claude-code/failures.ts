import { asObject, type Line } from "./lines.ts";

/** How many characters of an answer are looked at for what kind of error it tells of. */
const HEAD = 400;
/** In the order in which they are tried; hooks tell failures in the same words. */
const KINDS: readonly (readonly [string, RegExp])[] = [
	["timeout", /timed out/i],
	["denied", /permission|denied|not allowed|EACCES|EPERM/i],
	["not_found", /not found|not exist|no such|ENOENT/i],
	["tool_use_error", /tool_use_error|InputValidationError/i],
];
/** What a call answers that a person said no to, or that was cut off while it ran. */
const REJECTED = /^The user doesn't want to (?:proceed with|take) this/;
/** Of the kinds by which the client says why a call was not run, those that nobody decided. */
const CUT_OFF: ReadonlySet<unknown> = new Set(["interrupted", "cancelled"]);

/**
 * Class of a failed call, a short stable word as in docs/events.md. Only a transcript knows that the
 * user denied a call: the client decides, and no hook runs.
 */
export function failureOf(output: string, line: Line): string {
	const { toolDenialKind: kind } = line;
	if (CUT_OFF.has(kind)) return "interrupted";
	const decided = asObject(line.permissionDecision);
	if (decided?.decision === "reject" && decided.source !== "invalid_input") return "denied";
	if (kind === "permission-rule" || kind === "automode-blocked") return "denied";
	if (REJECTED.test(output) || line.toolUseResult === "User rejected tool use") {
		// A client that notes decisions notes none when it cuts off a call that was allowed before.
		return notesDecisions(line.version) ? "interrupted" : "denied";
	}
	const text = output.replace(/^<tool_use_error>/, "tool_use_error ").slice(0, HEAD + 40);
	if (/^\[(?:Request|Tool call) interrupted/.test(text)) return "interrupted";
	const exit = /^\s*(?:Error: )?exit code (\d{1,5})(\n\s*command timed out)?/i.exec(text);
	if (exit !== null) return exit[2] === undefined ? `exit_${exit[1]}` : "timeout";
	return KINDS.find(([, pattern]) => pattern.test(text))?.[0] ?? "unknown";
}

/** Seen in 2.1.329; an older client's rejection may have been a person's. */
function notesDecisions(version: unknown): boolean {
	if (typeof version !== "string") return false;
	const [major = 0, minor = 0, patch = 0] = version.split(".", 3).map(Number);
	return major > 2 || (major === 2 && (minor > 1 || (minor === 1 && patch >= 329)));
}
