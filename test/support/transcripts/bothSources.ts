import type { Findings, TranscriptReader } from "../../../src/ingest/transcripts/port.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import { applyLine } from "../log/applyLine.ts";
import { fileOf, understood, unpriced } from "./recordedRun.ts";

type Fields = Readonly<Record<string, unknown>>;

const START = Date.UTC(2026, 0, 1, 10);
const MAIN = "-home/s1.jsonl";
const AGENT = "-home/s1/subagents/agent-a1.jsonl";

const at = (second: number): string => new Date(START + second * 1000).toISOString();

/** A call that launches an agent, as a message of the model has it. */
export const launch = {
	type: "tool_use",
	id: "t1",
	name: "Agent",
	input: { subagent_type: "Explore", description: "look" },
};

/** How client 2.1.329 ends a turn, or an agent, that an API error ended. */
export const apiError = {
	id: "e",
	model: "<synthetic>",
	stop_reason: "stop_sequence",
	content: [{ type: "text", text: "API Error: 400 no" }],
};

/** One session in a graph, told by its log, its transcript and that of its agent, line by line. */
export class BothSources {
	readonly graph = new LiveGraph();
	readonly #readers = new Map<string, TranscriptReader>();

	/** A line of the log. @param second of the session, at which it says it was written */
	hook(second: number, event: string, fields: Fields = {}): this {
		const line = { v: 2, ts: at(second), event, session_id: "s1", ...fields };
		applyLine(this.graph, JSON.stringify(line));
		return this;
	}

	/** A line of the session's own file. */
	main(second: number, type: string, message: Fields, more: Fields = {}): this {
		return this.#line(MAIN, second, { type, message, ...more });
	}

	/** A line of the file of agent a1. */
	agent(second: number, type: string, message: Fields, more: Fields = {}): this {
		return this.#line(AGENT, second, { type, message, ...more });
	}

	/** The file beside that of agent a1. */
	meta(fields: Fields = {}): this {
		const meta = { agentType: "Explore", description: "look", toolUseId: "t1", ...fields };
		return this.#take(this.#reader(AGENT).companion("", JSON.stringify(meta)));
	}

	/** The client's report that agent a1 came back, in the session's own file. */
	report(second: number, status: string, summary = `Agent "look" ${status}`): this {
		const content = `<task-notification>
<task-id>a1</task-id>
<tool-use-id>t1</tool-use-id>
<status>${status}</status>
<summary>${summary}</summary>
</task-notification>`;
		return this.main(second, "queue-operation", {}, { operation: "enqueue", content });
	}

	/** What the launching call came back with, in the session's own file. */
	launched(second: number, content: string, more: Fields): this {
		const { is_error = false, toolUseResult = content, ...line } = more;
		const result = { type: "tool_result", tool_use_id: "t1", content, is_error };
		return this.main(second, "user", { content: [result] }, { ...line, toolUseResult });
	}

	#line(path: string, second: number, fields: Fields): this {
		const line = { sessionId: "s1", timestamp: at(second), ...fields };
		return this.#take(this.#reader(path).line(JSON.stringify(line)));
	}

	#take(found: Findings): this {
		for (const { event } of understood(found)) this.graph.apply(event);
		return this;
	}

	#reader(path: string): TranscriptReader {
		const known = this.#readers.get(path);
		if (known !== undefined) return known;
		const file = fileOf(path);
		if (file === null) throw new Error(`no transcript: ${path}`);
		const reader = unpriced.newReader(file);
		this.#readers.set(path, reader);
		return reader;
	}
}
