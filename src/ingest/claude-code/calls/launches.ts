import type {
	AgentDoneEvent,
	AgentEvent,
	AgentLinkEvent,
	AgentSpawnEvent,
} from "../../../model/events/events.ts";
import { Fields } from "../../fields/fields.ts";
import type { Notes } from "../../fields/values.ts";
import { asObject, type Head, type Raw } from "../../kit/raw.ts";
import { readOutcome } from "../../outcomeMarker.ts";
import { agentIdOf } from "../agentId.ts";
import { claudeCodeIdentity } from "../files/claudeCodeIdentity.ts";
import { plainText } from "../lines.ts";

/** The client indents what an agent said, so a line that begins like this is the client's own. */
const AGENT_ID = /^agentId: ([\w-]{1,256})/m;
const LAUNCHED = "Async agent launched";

export function launchOf(head: Head, id: string, input: unknown): AgentSpawnEvent {
	const f = new Fields(asObject(input) ?? {});
	return {
		event: "agent_spawn",
		...head,
		id,
		parent: head.agent,
		agentType: f.id("subagent_type"),
		defaultType: claudeCodeIdentity.defaultAgentType,
		model: f.id("model"),
		description: f.text("description"),
		branch: f.id("isolation"),
		background: f.flag("run_in_background") ?? false,
	};
}

/**
 * What the launching call came back with: the agent's id, and its end unless it was launched into
 * the background. In an agent's own file only the text of the answer stands.
 *
 * @param told the agent, where its own lines have told it: old clients' answers do not
 */
export function launchResult(
	head: Head,
	id: string,
	text: string,
	answer: Raw | null,
	notes: Notes,
	told = "",
): AgentEvent[] {
	const f = new Fields(answer ?? {}, notes);
	const isLaunched = text.startsWith(LAUNCHED);
	const status = f.id("status") || (isLaunched ? "async_launched" : "completed");
	const named = f.id("agentId") || (AGENT_ID.exec(text)?.[1] ?? "");
	const child = agentIdOf(named) || told;
	const model = f.id("resolvedModel");
	const link: AgentLinkEvent = { event: "agent_link", ...head, id, child, model, status };
	const events: AgentEvent[] = child === "" ? [] : [link];
	if (status === "completed") events.push(endOf(head, id, child, text, f, answer));
	return events;
}

function endOf(
	head: Head,
	id: string,
	child: string,
	text: string,
	f: Fields,
	answer: Raw | null,
): AgentDoneEvent {
	return {
		event: "agent_done",
		...head,
		id,
		child,
		costUsd: null,
		...readOutcome(answer === null ? text : plainText(answer)),
		durationMs: f.duration("totalDurationMs"),
		toolUseCount: f.count("totalToolUseCount"),
		toolStats: f.counts("toolStats"),
	};
}
