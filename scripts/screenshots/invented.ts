import { appendFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type DemoStep, demoRound } from "../../src/live/demo/demoScript.ts";
import type { DemoUsage } from "../../src/live/demo/demoUsage.ts";

type Event = Readonly<Record<string, unknown>>;

/** Writes the demo's events into a real log and real transcripts, each at its time. */
export class LiveScript {
	readonly #files: SessionFiles;
	readonly #steps: DemoStep[] = demoRound(0).filter(isBilling);
	#timer: NodeJS.Timeout | undefined;
	#startedAt = 0;

	constructor(files: SessionFiles) {
		this.#files = files;
	}

	/** Starts with the first `skipMs` of the script written at once, dated back. */
	start(skipMs: number): void {
		this.#startedAt = Date.now() - skipMs;
		this.#writeDue();
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	#writeDue(): void {
		const elapsed = Date.now() - this.#startedAt;
		while (this.#steps[0] !== undefined && this.#steps[0].at <= elapsed) {
			this.#write(this.#steps.shift() as DemoStep);
		}
		const next = this.#steps[0];
		if (next !== undefined) {
			const wait = this.#startedAt + next.at - Date.now();
			this.#timer = setTimeout(() => this.#writeDue(), Math.max(0, wait));
		}
	}

	#write({ at, event, usage }: DemoStep): void {
		const { eventsFile, projects, workspace } = this.#files;
		const ts = new Date(this.#startedAt + at).toISOString();
		if (event !== undefined) append(eventsFile, [{ ...event, ts, cwd: workspace }]);
		if (usage === undefined) return;
		const file = usage.agent === "" ? "" : `/subagents/agent-${usage.agent}`;
		const path = join(projects, "-invented", `${usage.session}${file}.jsonl`);
		append(path, [answerLine(usage, { timestamp: ts, cwd: workspace })]);
	}
}

/** Where a window looks for what the client and its hooks write, and the folder that it opens. */
export interface SessionFiles {
	readonly eventsFile: string;
	readonly projects: string;
	readonly workspace: string;
}

/** A line as the client writes it into a transcript, of an answer with nothing in it. */
function answerLine(usage: DemoUsage, head: Event): Event {
	return {
		type: "assistant",
		sessionId: usage.session,
		...head,
		message: {
			id: usage.message,
			role: "assistant",
			model: usage.model,
			content: [],
			stop_reason: "tool_use",
			usage: {
				input_tokens: usage.tokensIn,
				output_tokens: usage.tokensOut,
				cache_read_input_tokens: usage.cacheRead,
				cache_creation_input_tokens: usage.cacheWrite5m,
			},
		},
	};
}

function isBilling({ event, usage }: DemoStep): boolean {
	return event?.session_id === "demo-billing" || usage?.session === "demo-billing";
}

const types = ["general-purpose", "Explore", "test-writer", "architect", "runner", "linter"];
const models = ["claude-sonnet-5", "claude-haiku-5-5", "claude-sonnet-5", "claude-opus-5-5"];
const tasks = ["migrate the parser", "call sites", "property tests", "review the schema", "docs"];

/** Writes a log of so many living agents; every fourth one was started by another agent. */
export function writeCrowd(file: string, folder: string, count: number): void {
	const session = `crowd-${count}`;
	const head = { v: 2, ts: new Date().toISOString(), session_id: session, cwd: folder };
	const events: Event[] = [{ ...head, event: "session_start", model: "claude-opus-5-5" }];
	events.push({ ...head, event: "prompt" });
	for (let i = 0; i < count; i++) {
		const id = `${session}-${i}`;
		const type = types[i % types.length];
		const model = models[i % models.length];
		const parent = i > 8 && i % 4 === 0 ? `${session}-${Math.floor(i / 4)}` : undefined;
		const spawn = { id: `toolu_${id}`, subagent_type: type, model, agent_id: parent };
		const description = tasks[i % tasks.length];
		events.push(
			{ ...head, event: "agent_spawn", ...spawn, parent_id: parent ?? null, description },
			{ ...head, event: "agent_start", agent_id: id, agent_type: type },
			{ ...head, event: "agent_link", id: spawn.id, child_id: id, model, status: "async_launched" },
		);
		for (let call = 0; call < (i * 7) % 12; call++) {
			const what = { id: `${id}-${call}`, tool: "Read", agent_id: id };
			events.push({ ...head, event: "tool_use", ...what });
			events.push({ ...head, event: "tool_result", ...what, success: true, duration_ms: 40 });
		}
		if (i % 23 === 5) {
			events.push({ ...head, event: "permission_wait", tool: "Bash", agent_id: id });
		}
	}
	append(file, events);
}

function append(file: string, events: readonly Event[]): void {
	mkdirSync(dirname(file), { recursive: true });
	appendFileSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(""));
}
