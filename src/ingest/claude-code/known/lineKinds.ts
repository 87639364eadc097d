/** Lines of these kinds tell of agents, calls or tokens. */
const OF_INTEREST: ReadonlySet<string> = new Set([
	"user",
	"assistant",
	"queue-operation",
	"system",
]);

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

const NAMED_WITHIN: ReadonlySet<string> = new Set(["attachment", "progress"]);

const KIND = Buffer.from('"type":');
/** Longer than any. */
const MAX_KIND = 40;
const [SPACE, QUOTE, OPEN, CLOSE] = [0x20, 0x22, 0x7b, 0x7d];

export function isOfNoInterest(type: string): boolean {
	return OF_NO_INTEREST.has(type);
}

/**
 * Whether a whole line is of no interest without a doubt, so that it need not be parsed: those are the
 * long ones. Each kind that it names is one of those, for it may hold another client's lines.
 */
export function needsNoParsing(line: Buffer): boolean {
	if (!isWhole(line)) return false;
	let isNamed = false;
	for (let at = line.indexOf(KIND); at >= 0; at = line.indexOf(KIND, at + KIND.length)) {
		const kind = kindAt(line, at + KIND.length);
		if (OF_INTEREST.has(kind)) return false;
		// Most begin with their kind; of the two that do not, the word is theirs alone.
		isNamed ||= at === 1 ? OF_NO_INTEREST.has(kind) : NAMED_WITHIN.has(kind);
	}
	return isNamed;
}

/** The text between the quotes; empty where there is none, or a long one. */
function kindAt(line: Buffer, start: number): string {
	const from = line[start] === SPACE ? start + 1 : start;
	if (line[from] !== QUOTE) return "";
	const end = line.indexOf(QUOTE, from + 1);
	return end < 0 || end - from > MAX_KIND ? "" : line.toString("latin1", from + 1, end);
}

function isWhole(line: Buffer): boolean {
	let last = line.length - 1;
	while (last >= 0 && (line[last] ?? 0) <= SPACE) last--;
	return line[0] === OPEN && line[last] === CLOSE;
}
