import { UNTOLD_TOOL } from "../../model/calls/mergeCalls.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { kindOfTool, mcpToolOf } from "../claude-code/calls/tools.ts";
import { defaultAgentType, LOG_CLIENT } from "../clients/clientIdentities.ts";
import { readTime } from "../fields/readTime.ts";
import {
	type Notes,
	readCost,
	readCount,
	readDuration,
	readFlag,
	readId,
	readOutcome,
	readText,
	whyNo,
} from "../fields/values.ts";
import type { LineFields } from "./lineV2.ts";

/**
 * Reads a v1 line. v1 has three names for the orchestrator ("main", the session id, null) and
 * names agents by the tool_use_id of their spawn; which of them an id is, only the graph can tell.
 */
export function parseV1(event: string, raw: LineFields, before: number): AgentEvent | LineProblem {
	const notes: Notes = { note: null };
	const ts = readTime(raw.ts, before, notes);
	switch (event) {
		case "agent_spawn":
			return spawn(raw, ts, notes);
		case "agent_done":
			return done(raw, ts, notes);
		case "tool_use":
			return toolUse(raw, ts, notes);
		case "skill_use":
			return skillUse(raw, ts, notes);
		case "hook_error":
			return { event, ...common(ts), reason: readText(raw.reason, notes), note: notes.note };
		default:
			return "unknown_event";
	}
}

function common(ts: number) {
	return {
		origin: "hook",
		client: LOG_CLIENT,
		v: 1,
		ts,
		session: "",
		agent: "",
		cwd: "",
	} as const;
}

/** v1's names of the orchestrator that say nothing about the session become the empty string. */
function actor(value: unknown, notes: Notes): string {
	const id = readId(value, notes);
	return id === "main" ? "" : id;
}

function spawn(raw: LineFields, ts: number, notes: Notes): AgentEvent | LineProblem {
	const id = readId(raw.id, notes);
	if (id === "") return whyNo(raw.id);
	return {
		event: "agent_spawn",
		...common(ts),
		session: actor(raw.parent_id, notes),
		id,
		parent: "",
		agentType: readId(raw.subagent_type, notes),
		defaultType: defaultAgentType(LOG_CLIENT),
		model: readId(raw.model, notes),
		description: readText(raw.prompt_preview, notes),
		isPreview: true,
		branch: readText(raw.branch, notes),
		background: false,
		note: notes.note,
	};
}

function done(raw: LineFields, ts: number, notes: Notes): AgentEvent | LineProblem {
	const id = readId(raw.id, notes);
	if (id === "") return whyNo(raw.id);
	return {
		event: "agent_done",
		...common(ts),
		id,
		child: "",
		outcome: readOutcome(raw.outcome, notes),
		stubs: null,
		costUsd: readCost(raw.cost_usd, notes),
		durationMs: readDuration(raw.duration_ms, notes),
		toolUseCount: readCount(raw.tool_use_count, notes),
		toolStats: "",
		note: notes.note,
	};
}

function toolUse(raw: LineFields, ts: number, notes: Notes): AgentEvent | LineProblem {
	const id = readId(raw.id, notes);
	if (id === "") return whyNo(raw.id);
	const tool = readId(raw.tool, notes) || UNTOLD_TOOL;
	return {
		event: "tool_use",
		...common(ts),
		agent: actor(raw.agent_id, notes),
		id,
		tool,
		kind: kindOfTool(tool),
		program: "",
		filePath: "",
		skill: "",
		...mcpToolOf(tool),
		note: notes.note,
	};
}

function skillUse(raw: LineFields, ts: number, notes: Notes): AgentEvent | LineProblem {
	const id = readId(raw.id, notes);
	if (id === "") return whyNo(raw.id);
	return {
		event: "skill_use",
		...common(ts),
		session: actor(raw.agent_id, notes),
		id,
		tool: "Skill",
		skill: readId(raw.skill, notes),
		success: readFlag(raw.success, notes) ?? true,
		durationMs: null,
		note: notes.note,
	};
}
