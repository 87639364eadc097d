import type { Fact } from "../facts.ts";
import type { Agent } from "./agent.ts";

/** The report that an agent in the background came back. */
export interface Notice {
	readonly agent: Agent;
	/** The call that the life began with. */
	readonly lifeId: string;
	readonly status: string;
	readonly fact: Fact;
	readonly text: string;
}

const SUMMARIES: Readonly<Record<string, string>> = {
	completed: "finished",
	failed: "failed: API Error: 400 no",
	killed: "was stopped by Claude",
	stopped: "didn't finish before the previous session ended",
};

export function noticeOf(agent: Agent, status: string, fact: Fact): Notice {
	const { id, lifeId, description, ended } = agent;
	const who = status === "stopped" ? "Background agent" : "Agent";
	const hasNumbers = status === "completed" || status === "failed";
	const result = status === "completed" ? `\n<result>${ended?.words.text ?? ""}</result>` : "";
	const usage = `\n<usage><subagent_tokens>6542</subagent_tokens><tool_uses>1</tool_uses><duration_ms>1481</duration_ms></usage>`;
	const text = `<task-notification>
<task-id>${id}</task-id>
<tool-use-id>${lifeId}</tool-use-id>
<output-file>/tmp/tasks/${id}.output</output-file>
<status>${status}</status>
<summary>${who} "${description}" ${SUMMARIES[status] ?? ""}</summary>${result}${hasNumbers ? usage : ""}
</task-notification>`;
	return { agent, lifeId, status, fact, text };
}

/** What the hook makes of it. */
export function hookLineOf({ agent, lifeId, status }: Notice): Readonly<Record<string, unknown>> {
	const hasNumbers = status === "completed" || status === "failed";
	const numbers = hasNumbers ? { tokens: 6542, tool_use_count: 1, duration_ms: 1481 } : {};
	return { event: "agent_result", id: lifeId, child_id: agent.id, status, ...numbers };
}
