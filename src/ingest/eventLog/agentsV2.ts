import type {
	AgentDoneEvent,
	AgentLinkEvent,
	AgentResultEvent,
	AgentSpawnEvent,
	AgentStartEvent,
	AgentStopEvent,
} from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { defaultAgentType } from "../clients/clientIdentities.ts";
import {
	isWord,
	readCount,
	readCounts,
	readDuration,
	readFlag,
	readId,
	readOutcome,
	readText,
	whyNo,
} from "../fields/values.ts";
import { headOf, type LineV2 } from "./lineV2.ts";

export function agentSpawn(line: LineV2): AgentSpawnEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id)) return whyNo(raw.id);
	const description = readText(raw.description, line);
	return {
		event: "agent_spawn",
		...headOf(line),
		id: readId(raw.id, line),
		parent: line.agentIn(raw.parent_id) || line.agent,
		agentType: readId(raw.subagent_type, line),
		defaultType: defaultAgentType(line.client),
		model: readId(raw.model, line),
		description: description || readText(raw.prompt_preview, line),
		isPreview: description === "",
		branch: readId(raw.branch, line),
		background: readFlag(raw.background, line) ?? false,
	};
}

export function agentStart(line: LineV2): AgentStartEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.agent_id)) return whyNo(raw.agent_id);
	return {
		event: "agent_start",
		...headOf(line),
		agentType: readId(raw.agent_type, line),
	};
}

export function agentLink(line: LineV2): AgentLinkEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id)) return whyNo(raw.id);
	if (!isWord(raw.child_id)) return whyNo(raw.child_id);
	return {
		event: "agent_link",
		...headOf(line),
		id: readId(raw.id, line),
		child: line.agentIn(raw.child_id),
		model: readId(raw.model, line),
		status: readId(raw.status, line),
	};
}

export function agentDone(line: LineV2): AgentDoneEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id) && !isWord(raw.child_id)) return whyNo(raw.id);
	return {
		event: "agent_done",
		...headOf(line),
		id: readId(raw.id, line),
		child: line.agentIn(raw.child_id),
		outcome: readOutcome(raw.outcome, line),
		stubs: readCount(raw.stubs, line),
		costUsd: null,
		durationMs: readDuration(raw.duration_ms, line),
		toolUseCount: readCount(raw.tool_use_count, line),
		toolStats: readCounts(raw.tool_stats, line),
	};
}

export function agentStop(line: LineV2): AgentStopEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.agent_id)) return whyNo(raw.agent_id);
	return {
		event: "agent_stop",
		...headOf(line),
		agentType: readId(raw.agent_type, line),
		outcome: readOutcome(raw.outcome, line),
		stubs: readCount(raw.stubs, line),
	};
}

export function agentResult(line: LineV2): AgentResultEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id) && !isWord(raw.child_id)) return whyNo(raw.child_id);
	const id = readId(raw.id, line);
	const child = line.agentIn(raw.child_id);
	const durationMs = readDuration(raw.duration_ms, line);
	const toolUseCount = readCount(raw.tool_use_count, line);
	const status = readId(raw.status, line);
	return {
		event: "agent_result",
		...headOf(line),
		id,
		child,
		status,
		durationMs,
		toolUseCount,
		fingerprint: [status, readCount(raw.tokens, line), toolUseCount, durationMs].join(" "),
		isHandedOver: true,
	};
}
