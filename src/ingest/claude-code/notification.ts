/** How the client tells the orchestrator that an agent in the background has ended. */
interface Notification {
	readonly id: string;
	readonly child: string;
	readonly status: string;
	readonly durationMs: number | null;
	readonly toolUseCount: number | null;
	readonly fingerprint: string;
}

const HEAD = /^\s*<task-notification>\s*<task-id>([\w.:-]{1,256})</;
/** Shells and monitors are reported in the same way, but without an agent's usage. */
const OF_AGENT = /<subagent_tokens>|<summary>(?:Background a|A)gent /;

/** Reads a `<task-notification>` of an agent as the hooks do; null for any other text. */
export function readNotification(text: string): Notification | null {
	const child = HEAD.exec(text)?.[1];
	if (child === undefined) return null;
	if (!OF_AGENT.test(text) && text.includes("<summary>")) return null;
	// The result's text stands before the usage, and may hold anything.
	const usage = text.slice(text.lastIndexOf("<usage>") + 1);
	const tokens = numberIn(usage, "subagent_tokens");
	const toolUseCount = numberIn(usage, "tool_uses");
	const durationMs = numberIn(usage, "duration_ms");
	const id = /<tool-use-id>([\w.:-]{1,256})</.exec(text)?.[1] ?? "";
	const status = /<status>(\w{1,64})</.exec(text)?.[1] ?? "";
	const fingerprint = [status, tokens, toolUseCount, durationMs].join(" ");
	return { id, child, status, durationMs, toolUseCount, fingerprint };
}

function numberIn(text: string, name: string): number | null {
	const digits = new RegExp(`<${name}>(\\d{1,15})<`).exec(text)?.[1];
	return digits === undefined ? null : Number(digits);
}
