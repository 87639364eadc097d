import type { AgentMetaEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { Fields } from "../fields.ts";
import type { TranscriptFile } from "../transcripts/port.ts";
import { asObject } from "./lines.ts";
import { CLAUDE_CODE } from "./tools.ts";

/** Reads what stands beside an agent's file. @param ts when the agent was heard of last */
export function readMeta(
	text: string,
	{ session, agent }: TranscriptFile,
	ts: number,
): AgentMetaEvent | LineProblem {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		return "not_json";
	}
	const meta = asObject(raw);
	if (meta === null) return "not_an_object";
	const f = new Fields(meta);
	return {
		event: "agent_meta",
		origin: "transcript",
		client: CLAUDE_CODE,
		v: 2,
		ts,
		session,
		agent: "",
		cwd: "",
		id: f.id("toolUseId"),
		child: agent,
		parent: f.id("parentAgentId"),
		agentType: f.id("agentType"),
		model: f.id("model"),
		description: f.text("description"),
		background: meta.requestShape === "background",
		note: null,
	};
}
