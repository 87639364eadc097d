import type { AgentResultEvent } from "../../model/events/events.ts";
import { Fields } from "../fields/fields.ts";
import type { Notes } from "../fields/values.ts";
import type { Head } from "../kit/raw.ts";
import { agentIdOf } from "./agentId.ts";

const HEAD = /^\s*<task-notification>\s*<task-id>([\w.:-]{1,256})</;
/** Shells and monitors are reported in the same way, but without an agent's usage. */
const OF_AGENT = /<subagent_tokens>|<summary>(?:Background a|A)gent /;

/**
 * How the client tells the orchestrator that an agent in the background has ended: a
 * `<task-notification>`, read as the hooks do; null for any other text.
 */
export function reportOf(
	head: Head,
	text: unknown,
	isHandedOver: boolean,
	notes: Notes,
): AgentResultEvent | null {
	if (typeof text !== "string") return null;
	const task = HEAD.exec(text)?.[1];
	if (task === undefined) return null;
	if (!OF_AGENT.test(text) && text.includes("<summary>")) return null;
	// The result's text stands before the usage, and may hold anything.
	const usage = text.slice(text.lastIndexOf("<usage>") + 1);
	const f = new Fields(numbersIn(usage), notes);
	const tokens = f.count("subagent_tokens");
	const toolUseCount = f.count("tool_uses");
	const durationMs = f.duration("duration_ms");
	const status = /<status>(\w{1,64})</.exec(text)?.[1] ?? "";
	return {
		event: "agent_result",
		...head,
		agent: "",
		isHandedOver,
		id: /<tool-use-id>([\w.:-]{1,256})</.exec(text)?.[1] ?? "",
		child: agentIdOf(task),
		status,
		durationMs,
		toolUseCount,
		fingerprint: [status, tokens, toolUseCount, durationMs].join(" "),
	};
}

function numbersIn(text: string): Record<string, number> {
	const found = text.matchAll(/<(subagent_tokens|tool_uses|duration_ms)>(\d{1,15})</g);
	return Object.fromEntries([...found].reverse().map(([, name, digits]) => [name, Number(digits)]));
}
