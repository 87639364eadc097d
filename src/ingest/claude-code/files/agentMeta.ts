import type { AgentMetaEvent } from "../../../model/events/events.ts";
import type { LineProblem } from "../../../model/events/lineProblem.ts";
import { Fields } from "../../fields/fields.ts";
import { asObject, type Raw, record } from "../../kit/raw.ts";
import type { Findings, TranscriptFile } from "../../transcripts/port.ts";
import { agentIdOf } from "../agentId.ts";
import { CLAUDE_CODE } from "../calls/tools.ts";
import { hasRenamedMeta } from "../known/renamedFields.ts";
import { claudeCodeIdentity } from "./claudeCodeIdentity.ts";

/** Reads what stands beside an agent's file. @param ts when the agent was heard of last */
export function readMeta(text: string, file: TranscriptFile, ts: number): Findings {
	let raw: unknown;
	try {
		raw = JSON.parse(text);
	} catch {
		return { records: [], problems: ["not_json"] };
	}
	const meta = asObject(raw);
	if (meta === null) return { records: [], problems: ["not_an_object"] };
	const problems: LineProblem[] = hasRenamedMeta(meta) ? ["missing_field"] : [];
	return { records: [record(metaEvent(meta, file, ts))], problems };
}

function metaEvent(meta: Raw, { session, agent }: TranscriptFile, ts: number): AgentMetaEvent {
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
		parent: agentIdOf(f.id("parentAgentId")),
		agentType: f.id("agentType"),
		defaultType: claudeCodeIdentity.defaultAgentType,
		model: f.id("model"),
		description: f.text("description"),
		background: meta.requestShape === "background",
		note: null,
	};
}
