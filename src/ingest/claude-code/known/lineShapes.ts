/** A kind of object in a line. */
export interface Shape {
	/** Fields that are read and that the client always writes. */
	readonly read: readonly string[];
	/** The others that it writes, as seen in clients 1.0.0 to 2.1.329. */
	readonly other: ReadonlySet<string>;
}

/** Of a line by whomever. */
export const LINE: Shape = {
	read: ["sessionId", "timestamp", "uuid", "parentUuid", "isSidechain", "cwd", "message"],
	other: new Set([
		"advisorModel",
		"agentId",
		"agentName",
		"apiBlockIndex",
		"apiError",
		"apiErrorStatus",
		"attributionAgent",
		"attributionMcpServer",
		"attributionMcpTool",
		"attributionPlugin",
		"attributionSkill",
		"costUSD",
		"durationMs",
		"effort",
		"entrypoint",
		"error",
		"errorDetails",
		"forkedFrom",
		"gitBranch",
		"imagePasteIds",
		"interruptedMessageId",
		"isApiErrorMessage",
		"isCompactSummary",
		"isMeta",
		"isReplay",
		"isVirtual",
		"isVisibleInTranscriptOnly",
		"logicalParentUuid",
		"madeBy",
		"mcpMeta",
		"origin",
		"perTurnEffort",
		"permissionDecision",
		"permissionMode",
		"planContent",
		"promptCacheRequested",
		"promptId",
		"promptSource",
		"queuePriority",
		"queueSkipAttachments",
		"renderedRole",
		"requestId",
		"requestRef",
		"requestSessionId",
		"requestedModel",
		"sandboxed",
		"session_id",
		"slug",
		"sourceToolAssistantUUID",
		"sourceToolUseID",
		"summarizeMetadata",
		"teamName",
		"thinkingMetadata",
		"todos",
		"toolDenialKind",
		"toolInputStreamMs",
		"toolUseID",
		"toolUseResult",
		"turnOrigin",
		"turnPosition",
		"type",
		"userType",
		"version",
	]),
};
export const ANSWERED_LINE: Shape = { ...LINE, read: [...LINE.read, "toolUseResult"] };
/** The client's own words: only one field says that they are an error's. */
export const SYNTHETIC_LINE: Shape = { ...LINE, read: [...LINE.read, "isApiErrorMessage"] };
export const SYSTEM_LINE: Shape = {
	read: ["sessionId", "timestamp", "subtype", "cwd"],
	other: new Set([
		...LINE.read,
		...LINE.other,
		"compactMetadata",
		"content",
		"hasOutput",
		"hookAdditionalContext",
		"hookCount",
		"hookErrors",
		"hookInfos",
		"failedHookErrorIndexes",
		"level",
		"messageCount",
		"microcompactMetadata",
		"preventedContinuation",
		"retryAttempt",
		"retryInMs",
		"maxRetries",
		"cause",
		"stopReason",
		"url",
	]),
};
export const QUEUE_LINE: Shape = {
	read: ["sessionId", "timestamp", "operation"],
	other: new Set(["type", "content", "reason", "commandUuid", "deliveryId", "uuid", "priority"]),
};
export const QUEUED_LINE: Shape = { ...QUEUE_LINE, read: [...QUEUE_LINE.read, "content"] };

export const ANSWER: Shape = {
	read: ["id", "model", "content", "stop_reason", "usage"],
	other: new Set([
		"container",
		"context_management",
		"diagnostics",
		"role",
		"stop_details",
		"stop_sequence",
		"type",
	]),
};
export const QUESTION: Shape = { read: ["content"], other: new Set(["role", "id", "type"]) };
export const USAGE: Shape = {
	read: [
		"input_tokens",
		"output_tokens",
		"cache_creation_input_tokens",
		"cache_read_input_tokens",
		"cache_creation",
		"server_tool_use",
		"inference_geo",
		"iterations",
		"speed",
	],
	other: new Set([
		"cache_deleted_input_tokens",
		"fallback_credit",
		"output_tokens_details",
		"service_tier",
	]),
};
export const CACHE_CREATION: Shape = {
	read: ["ephemeral_5m_input_tokens", "ephemeral_1h_input_tokens"],
	other: new Set(),
};

export const ITERATION: Shape = {
	read: [
		"type",
		"input_tokens",
		"output_tokens",
		"cache_creation_input_tokens",
		"cache_read_input_tokens",
	],
	other: new Set(["cache_creation", "model"]),
};
/** By a model of its own. */
export const OTHER_ITERATION: Shape = { ...ITERATION, read: [...ITERATION.read, "model"] };

const OF_ANY_BLOCK = ["type", "cache_control", "citations"];
export const BLOCKS: Readonly<Record<string, Shape>> = {
	text: { read: ["text"], other: new Set(OF_ANY_BLOCK) },
	tool_use: { read: ["id", "name", "input"], other: new Set([...OF_ANY_BLOCK, "caller"]) },
	tool_result: { read: ["tool_use_id", "content", "is_error"], other: new Set(OF_ANY_BLOCK) },
};
/** Blocks of which nothing is read. */
export const OTHER_BLOCKS =
	/^(?:thinking|redacted_thinking|image|document|fallback|compaction|connector_text|container_upload|search_result|tool_reference|(?:server|mcp)_tool_use|\w+_tool_result)$/;

const SHELL: Shape = {
	read: ["command"],
	other: new Set(["description", "timeout", "run_in_background", "dangerouslyDisableSandbox"]),
};
const LAUNCH: Shape = {
	read: ["description", "prompt", "subagent_type", "model"],
	other: new Set([
		"cwd",
		"isolation",
		"max_turns",
		"mode",
		"name",
		"resume",
		"run_in_background",
		"team_name",
	]),
};
/** Arguments, by tool. */
export const INPUTS: Readonly<Record<string, Shape>> = {
	Agent: LAUNCH,
	Bash: SHELL,
	Edit: { read: ["file_path", "old_string", "new_string"], other: new Set(["replace_all"]) },
	MultiEdit: { read: ["file_path", "edits"], other: new Set() },
	NotebookEdit: {
		read: ["notebook_path", "new_source"],
		other: new Set(["cell_id", "cell_number", "cell_type", "edit_mode"]),
	},
	PowerShell: SHELL,
	Read: { read: ["file_path"], other: new Set(["offset", "limit", "pages"]) },
	Skill: { read: ["skill"], other: new Set(["args", "command"]) },
	Task: LAUNCH,
	Write: { read: ["file_path", "content"], other: new Set() },
};

/** What a launch was answered with that did not wait for its agent. */
export const LAUNCHED: Shape = {
	read: ["agentId", "resolvedModel", "status"],
	other: new Set([
		"canContinueAgent",
		"canReadOutputFile",
		"description",
		"isAsync",
		"outputFile",
		"prompt",
	]),
};
/** And that did. */
export const ENDED: Shape = {
	read: [
		"agentId",
		"content",
		"resolvedModel",
		"status",
		"toolStats",
		"totalDurationMs",
		"totalToolUseCount",
	],
	other: new Set([
		"agentType",
		"prompt",
		"toolsUsed",
		"totalTokens",
		"usage",
		"wasInterrupted",
		"worktreeBranch",
		"worktreePath",
	]),
};
/** What a change of a file was answered with. */
export const EDITED: Shape = {
	read: ["filePath", "structuredPatch", "originalFile"],
	other: new Set(["gitDiff", "newString", "oldString", "replaceAll", "userModified", "edits"]),
};
export const WRITTEN: Shape = { ...EDITED, read: [...EDITED.read, "type", "content"] };

/** What stands beside an agent's file. */
export const META: Shape = {
	read: ["agentType", "description", "toolUseId"],
	other: new Set([
		"color",
		"finished",
		"isolation",
		"model",
		"name",
		"parentAgentId",
		"requestShape",
		"spawnDepth",
		"worktreePath",
	]),
};
