import type { FilePosition } from "../../../src/ingest/files/tailedFile.ts";
import type {
	Findings,
	TranscriptClient,
	TranscriptFile,
	TranscriptReader,
} from "../../../src/ingest/transcripts/port.ts";
import {
	type FollowerOptions,
	type FollowerStatus,
	type TranscriptBatch,
	TranscriptFollower,
} from "../../../src/ingest/transcripts/transcriptFollower.ts";
import type { LineProblem } from "../../../src/model/events/lineProblem.ts";
import type { TranscriptRecord } from "../../../src/model/events/record.ts";

/**
 * A client whose transcripts are as simple as can be. Lines: `use <id> <input>`, `result <id>`,
 * `say <text>`; meta files: `meta <text>`. `agent-*` has a meta file.
 */
export const fakeClient: TranscriptClient = {
	name: "fake",
	title: "Fake",
	mark: "Fa",
	program: "fake",
	folders: () => [],
	classify(relativePath) {
		const match = /^[^/]+\/(?:[^/]+\/)?(?<name>[^/]+)\.jsonl$/.exec(relativePath)?.groups?.name;
		if (match === undefined) return null;
		const isAgent = match.startsWith("agent-");
		return {
			session: match,
			agent: isAgent ? match : "",
			companions: isAgent ? [relativePath.replace(/jsonl$/, "meta.json")] : [],
		};
	},
	newReader: (file) => new FakeReader(file),
	entries: () => [],
};

class FakeReader implements TranscriptReader {
	readonly #file: TranscriptFile;
	readonly #open = new Map<string, string>();

	constructor(file: TranscriptFile) {
		this.#file = file;
	}

	get hasOpenCalls(): boolean {
		return this.#open.size > 0;
	}

	line(text: string): Findings {
		const record = this.#line(text);
		return record === null
			? { records: [], problems: ["not_json"] }
			: { records: [record], problems: [] };
	}

	companion(_relativePath: string, text: string): Findings {
		return text.startsWith("meta ")
			? { records: [this.#record("say", text)], problems: [] }
			: { records: [], problems: ["not_json"] };
	}

	#line(text: string): TranscriptRecord | null {
		const [kind, id = "", input = ""] = text.split(" ");
		if (kind === "use") {
			this.#open.set(id, input);
			return this.#record("tool_use", id, input);
		}
		if (kind === "result") {
			const asked = this.#open.get(id);
			this.#open.delete(id);
			return this.#record("tool_result", id, asked);
		}
		return kind === "say" ? this.#record("say", text.slice(4)) : null;
	}

	#record(event: "tool_use" | "tool_result" | "say", id: string, input?: string): TranscriptRecord {
		const common = {
			origin: "transcript" as const,
			client: "fake",
			v: 2 as const,
			ts: 1_700_000_000_000 as const,
			session: this.#file.session,
			agent: "",
			cwd: "",
			note: null,
		};
		const asked = {
			id,
			tool: "Read",
			kind: "other" as const,
			program: "",
			filePath: "",
			skill: "",
			mcpServer: "",
			mcpTool: "",
		};
		const call = { kind: "other" as const, args: input, written: null, output: "" };
		if (event === "say") {
			const claim = { event: "numeric_claim", tier: "REAL", value: id, pointer: "" } as const;
			return { event: { ...common, ...claim }, call: null };
		}
		if (event === "tool_use") return { event: { ...common, event, ...asked }, call };
		const answer = { success: true, durationMs: null, errorClass: "" };
		const lines = { linesAdded: null, linesRemoved: null };
		return { event: { ...common, event, ...asked, ...answer, ...lines }, call };
	}
}

/** What a record of the fake client says, as one word of a test's expectation. */
export function wordOf({ event, call }: TranscriptRecord): string {
	if (event.event === "tool_use") return `use ${event.id}`;
	if (event.event === "tool_result") return `result ${event.id} ${call?.args}`;
	return event.event === "numeric_claim" ? event.value : event.event;
}

/** A follower that remembers what it delivered and lets a test wait for it. */
export class FollowerProbe {
	readonly batches: TranscriptBatch[] = [];
	readonly follower: TranscriptFollower;
	status: FollowerStatus | null = null;
	#waiters: (() => void)[] = [];

	constructor(
		roots: readonly string[],
		options: Partial<FollowerOptions> = {},
		onBatch: (batch: TranscriptBatch) => void | Promise<void> = () => undefined,
	) {
		this.follower = new TranscriptFollower(
			{ clients: [fakeClient], roots, start: () => null, ...options },
			{
				batch: async (batch) => {
					this.batches.push(batch);
					this.#wake();
					await onBatch(batch);
				},
				status: (status) => {
					this.status = status;
					this.#wake();
				},
			},
		);
	}

	/** What was delivered of one session, or of all, in order. */
	words(session?: string): string[] {
		return this.batches
			.filter(({ file }) => session === undefined || file.session === session)
			.flatMap(({ records }) => records.map(wordOf));
	}

	problems(): LineProblem[] {
		return this.batches.flatMap(({ problems }) => problems);
	}

	/** Where the file would be begun at after a restart. */
	position(session: string): FilePosition | null {
		const own = this.batches.filter(({ file }) => file.session === session);
		return own.findLast(({ position }) => position !== null)?.position ?? null;
	}

	/** Resolves once the condition holds; mocha's timeout ends a wait that never does. */
	async until(condition: () => boolean): Promise<void> {
		while (!condition()) await new Promise<void>((resolve) => this.#waiters.push(resolve));
	}

	#wake(): void {
		for (const wake of this.#waiters.splice(0)) wake();
	}
}
