import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { kindOfTool, mcpToolOf } from "../claude-code/calls/tools.ts";
import { defaultAgentType, LOG_CLIENT } from "../clientIdentities.ts";
import type { Fields } from "../fields.ts";

/**
 * Reads a v1 line. v1 has three names for the orchestrator ("main", the session id, null) and
 * names agents by the tool_use_id of their spawn; which of them an id is, only the graph can tell.
 */
export function parseV1(event: string, fields: Fields, before: number): AgentEvent | LineProblem {
	const ts = fields.time("ts", before);
	switch (event) {
		case "agent_spawn":
			return spawn(fields, ts);
		case "agent_done":
			return done(fields, ts);
		case "tool_use":
			return toolUse(fields, ts);
		case "skill_use":
			return skillUse(fields, ts);
		case "hook_error":
			return { event, ...common(ts), reason: fields.text("reason"), note: fields.note };
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
function actor(fields: Fields, name: string): string {
	const id = fields.id(name);
	return id === "main" ? "" : id;
}

function spawn(fields: Fields, ts: number): AgentEvent | LineProblem {
	const id = fields.id("id");
	if (id === "") return fields.whyNo("id");
	return {
		event: "agent_spawn",
		...common(ts),
		session: actor(fields, "parent_id"),
		id,
		parent: "",
		agentType: fields.id("subagent_type"),
		defaultType: defaultAgentType(LOG_CLIENT),
		model: fields.id("model"),
		description: fields.text("prompt_preview"),
		isPreview: true,
		branch: fields.text("branch"),
		background: false,
		note: fields.note,
	};
}

function done(fields: Fields, ts: number): AgentEvent | LineProblem {
	const id = fields.id("id");
	if (id === "") return fields.whyNo("id");
	return {
		event: "agent_done",
		...common(ts),
		id,
		child: "",
		outcome: fields.outcome(),
		stubs: null,
		costUsd: fields.cost("cost_usd"),
		durationMs: fields.duration("duration_ms"),
		toolUseCount: fields.count("tool_use_count"),
		toolStats: "",
		note: fields.note,
	};
}

function toolUse(fields: Fields, ts: number): AgentEvent | LineProblem {
	const id = fields.id("id");
	if (id === "") return fields.whyNo("id");
	const tool = fields.id("tool") || "unknown";
	return {
		event: "tool_use",
		...common(ts),
		agent: actor(fields, "agent_id"),
		id,
		tool,
		kind: kindOfTool(tool),
		program: "",
		filePath: "",
		skill: "",
		...mcpToolOf(tool),
		note: fields.note,
	};
}

function skillUse(fields: Fields, ts: number): AgentEvent | LineProblem {
	const id = fields.id("id");
	if (id === "") return fields.whyNo("id");
	return {
		event: "skill_use",
		...common(ts),
		session: actor(fields, "agent_id"),
		id,
		tool: "Skill",
		skill: fields.id("skill"),
		success: fields.flag("success") ?? true,
		durationMs: null,
		note: fields.note,
	};
}
