/** Lines of these kinds tell of agents, calls or tokens. */
const OF_INTEREST = ["user", "assistant", "queue-operation", "system"];

/**
 * Lines that tell nothing that is asked for: titles, settings of the session, what the client keeps to
 * undo edits or to go on, what it counted itself, and copies of what stands elsewhere. As seen in
 * clients 1.0.0 to 2.1.329; `api-request-` begins the names of several.
 */
const OF_NO_INTEREST: ReadonlySet<string> = new Set([
	"agent-color",
	"agent-name",
	"agent-setting",
	"ai-title",
	"api-request",
	"api-request-blob",
	"api-request-shape",
	"atis-latch",
	"attachment",
	"attribution-snapshot",
	"bridge-session",
	"content-replacement",
	"context-collapse-commit",
	"context-collapse-snapshot",
	"cost-state",
	"custom-title",
	"file-history-delta",
	"file-history-snapshot",
	"fork-context-ref",
	"frame-link",
	"isolation-latch",
	"last-prompt",
	"marble-origami-commit",
	"marble-origami-reset",
	"marble-origami-snapshot",
	"mode",
	"permission-mode",
	"pr-link",
	"progress",
	"saved_hook_context",
	"speculation-accept",
	"summary",
	"tag",
	"task-summary",
	"tools-used",
	"worktree-state",
]);

const NAMES_INTEREST = new RegExp(`"type":\\s?"(?:${OF_INTEREST.join("|")})"`);
/** Most begin with their kind; of the two that do not, the word is theirs alone. */
const NAMES_NONE = new RegExp(
	`^\\{"type":\\s?"(?:${[...OF_NO_INTEREST].join("|")})"|"type":\\s?"(?:attachment|progress)"`,
);

export function isOfNoInterest(type: string): boolean {
	return OF_NO_INTEREST.has(type);
}

/**
 * Whether a whole line is of no interest without a doubt, so that it need not be parsed: those are the
 * long ones.
 */
export function needsNoParsing(text: string): boolean {
	if (NAMES_INTEREST.test(text) || !NAMES_NONE.test(text)) return false;
	return text.startsWith("{") && text.trimEnd().endsWith("}");
}
