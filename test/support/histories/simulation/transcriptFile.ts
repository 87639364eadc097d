import type { World } from "./world.ts";

type Fields = Readonly<Record<string, unknown>>;

export interface TranscriptLine {
	readonly ts: number;
	readonly fields: Fields;
}

/** What client 2.1.329 writes into a result of which nobody says why it was refused. */
const REJECTION =
	"The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, the new_string was NOT written to the file). STOP what you are doing and wait for the user to tell you how to proceed.";
const USAGE = {
	input_tokens: 1200,
	cache_creation_input_tokens: 300,
	cache_read_input_tokens: 5000,
	output_tokens: 42,
};

/** The transcript of a session or of an agent, each line with the time of what it tells of. */
export class TranscriptFile {
	/** Below the folder of all transcripts. */
	readonly path: string;
	readonly lines: TranscriptLine[] = [];
	/** What stands in the file beside it; null where there is none. */
	meta: Fields | null = null;
	readonly #world: World;
	readonly #common: Fields;

	constructor(world: World, session: string, agent: string | null, cwd: string) {
		const own = agent === null ? "" : `/subagents/agent-${agent}`;
		this.path = `-home-dev/${session}${own}.jsonl`;
		this.#world = world;
		const isSidechain = agent !== null;
		const common = { isSidechain, cwd, sessionId: session, version: "2.1.329" };
		this.#common = agent === null ? common : { ...common, agentId: agent };
	}

	/** @returns when it was written, ms since the epoch */
	write(type: string, fields: Fields): number {
		const ts = this.#world.tick();
		this.#push(ts, {
			type,
			...this.#common,
			uuid: `u-${this.path.slice(-12, -6)}-${this.lines.length}`,
			timestamp: new Date(ts).toISOString(),
			...fields,
		});
		return ts;
	}

	/** A part of the model's message; each part repeats the message's id and usage. */
	says(id: string, part: Fields, stopReason: string): number {
		const model = "claude-sonnet-5";
		const content = [part];
		const message = {
			id,
			role: "assistant",
			model,
			content,
			stop_reason: stopReason,
			usage: USAGE,
		};
		return this.write("assistant", { message });
	}

	/** What stands in a user's place: a prompt, or what the client itself has to say. */
	user(content: unknown, more: Fields = {}): number {
		return this.write("user", { message: { role: "user", content }, ...more });
	}

	result(id: string, content: unknown, more: Fields = {}): number {
		const { is_error, ...fields } = more;
		const block = { type: "tool_result", tool_use_id: id, content };
		return this.user([is_error === undefined ? block : { ...block, is_error }], fields);
	}

	/** A call that was open when whoever made it was stopped. */
	rejection(id: string): number {
		return this.result(id, REJECTION, {
			is_error: true,
			toolUseResult: "User rejected tool use",
			toolDenialKind: "user-rejected",
		});
	}

	interruption(hasOpenCalls: boolean): number {
		const text = `[Request interrupted by user${hasOpenCalls ? " for tool use" : ""}]`;
		return this.user([{ type: "text", text }]);
	}

	/** How the client ends what an API error ended. */
	apiError(id: string): number {
		const content = [{ type: "text", text: "API Error: 400 no" }];
		const message = { id, role: "assistant", model: "<synthetic>", content };
		return this.write("assistant", {
			message: { ...message, stop_reason: "stop_sequence" },
			isApiErrorMessage: true,
		});
	}

	queue(operation: string, content: string): number {
		return this.write("queue-operation", { operation, content });
	}

	/** Begins with what another session said so far, as a fork does. */
	copyFrom(source: TranscriptFile, mark: (fields: Fields) => Fields): void {
		const { sessionId } = this.#common;
		for (const { ts, fields } of source.lines) {
			if (fields.type !== "queue-operation") this.#push(ts, { ...mark(fields), sessionId });
		}
	}

	#push(ts: number, fields: Fields): void {
		this.lines.push({ ts, fields });
	}
}
