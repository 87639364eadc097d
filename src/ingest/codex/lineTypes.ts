/** Lines that tell nothing that is asked for. As seen in versions up to 0.171.0. */
const OF_NO_INTEREST: ReadonlySet<string> = new Set([
	"inter_agent_communication_metadata",
	"message",
	"reasoning",
	"session_state",
	"world_state",
]);

/** The same of items that the model made or was given. */
export const IDLE_ITEMS: ReadonlySet<unknown> = new Set([
	"additional_tools",
	"agent_message",
	"compaction",
	"compaction_summary",
	"compaction_trigger",
	"context_compaction",
	"ghost_snapshot",
	"image_generation_call",
	"message",
	"other",
	"reasoning",
	"tool_search_call",
	"tool_search_output",
]);

/** Of items that are over. */
export const IDLE_DONE_ITEMS: ReadonlySet<unknown> = new Set([
	"AgentMessage",
	"ContextCompaction",
	"EnteredReviewMode",
	"ExitedReviewMode",
	"HookPrompt",
	"ImageGeneration",
	"Plan",
	"Reasoning",
	"Sleep",
	"UserMessage",
]);

/** Of events: what is told by another line as well, or is only for the screen. */
export const IDLE_EVENTS =
	/^(?:agent_(?:message|reasoning)\w*|thread_\w+|context_compacted|entered_review_mode|exited_review_mode|undo_\w+|background_event|warning|guardian_\w+|deprecation_notice|plan_\w+|hook_\w+|\w+_begin|image_generation_\w+|item_started|stream_error|collab_\w+|model_\w+|session_configured|turn_diff|request_\w+|elicitation_\w+|dynamic_tool_\w+|mcp_startup_\w+|shutdown_complete|list_\w+|get_\w+|raw_response_item|realtime_\w+|skills_\w+|terminal_interaction|exec_approval_request|apply_patch_approval_request|view_image_tool_call|patch_apply_updated|sub_agent_\w+)$/;

export function isOfNoInterest(type: string): boolean {
	return OF_NO_INTEREST.has(type);
}

/** How a line begins whose words are read by nobody: those are the long ones. */
const LONG =
	/^\{"timestamp":"[^"]{1,40}",(?:"ordinal":\d{1,12},)?"type":(?:"world_state"|"response_item","payload":\{"type":"(?:message|reasoning|additional_tools|agent_message)"|"event_msg","payload":\{"type":"(?:agent_message|agent_reasoning)")/;
const HEAD_BYTES = 160;

/** Whether a line need not be parsed. */
export function needsNoReading(line: Buffer): boolean {
	return LONG.test(line.toString("latin1", 0, HEAD_BYTES));
}
