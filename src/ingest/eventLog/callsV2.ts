import { UNTOLD_TOOL } from "../../model/calls/mergeCalls.ts";
import type { SkillUseEvent, ToolResultEvent, ToolUseEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import { kindOfTool, mcpToolOf } from "../claude-code/calls/tools.ts";
import {
	isWord,
	readCount,
	readDuration,
	readFlag,
	readId,
	readText,
	whyNo,
} from "../fields/values.ts";
import { headOf, type LineV2 } from "./lineV2.ts";

/*
 * Nearly all lines of a log are those of calls and their results. An object that is written down as a
 * whole is made at once; one that is put together of others takes as long as to parse the line.
 */

export function toolUse(line: LineV2): ToolUseEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id)) return whyNo(raw.id);
	const { id, tool, rawTool, kind, program, filePath, skill, mcpServer, mcpTool } = callOf(line);
	const event: ToolUseEvent = {
		event: "tool_use",
		origin: "hook",
		client: line.client,
		v: 2,
		ts: line.ts,
		session: line.session,
		agent: line.agent,
		cwd: line.cwd,
		note: null,
		id,
		tool,
		kind,
		program,
		filePath,
		skill,
		mcpServer,
		mcpTool,
	};
	return rawTool === "" ? event : { ...event, rawTool };
}

export function toolResult(line: LineV2): ToolResultEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id)) return whyNo(raw.id);
	const success = readFlag(raw.success, line);
	if (success === null) return whyNo(raw.success);
	const { id, tool, rawTool, kind, program, filePath, skill, mcpServer, mcpTool } = callOf(line);
	const durationMs = readDuration(raw.duration_ms, line);
	const errorClass = readId(raw.error_class, line);
	const linesAdded = readCount(raw.lines_added, line);
	const linesRemoved = readCount(raw.lines_removed, line);
	const event: ToolResultEvent = {
		event: "tool_result",
		origin: "hook",
		client: line.client,
		v: 2,
		ts: line.ts,
		session: line.session,
		agent: line.agent,
		cwd: line.cwd,
		note: null,
		id,
		tool,
		kind,
		program,
		filePath,
		skill,
		mcpServer,
		mcpTool,
		success,
		durationMs,
		errorClass,
		linesAdded,
		linesRemoved,
	};
	return rawTool === "" ? event : { ...event, rawTool };
}

export function skillUse(line: LineV2): SkillUseEvent | LineProblem {
	const { raw } = line;
	if (!isWord(raw.id)) return whyNo(raw.id);
	return {
		event: "skill_use",
		...headOf(line),
		id: readId(raw.id, line),
		tool: "Skill",
		skill: readId(raw.skill, line),
		success: readFlag(raw.success, line) ?? true,
		durationMs: readDuration(raw.duration_ms, line),
	};
}

/** What a call and its result both tell. */
function callOf(line: LineV2) {
	const { raw } = line;
	const tool = readId(raw.tool, line) || UNTOLD_TOOL;
	const rawTool = readId(raw.raw_tool, line);
	const { mcpServer, mcpTool } = mcpToolOf(tool, readId(raw.mcp_server, line));
	return {
		id: readId(raw.id, line),
		tool,
		rawTool,
		kind: kindOfTool(tool),
		program: readId(raw.program, line),
		filePath: readText(raw.file_path, line),
		skill: readId(raw.skill, line),
		mcpServer,
		mcpTool,
	};
}
