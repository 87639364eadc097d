import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inProject } from "../../../scripts/paths.ts";
import { OTLP_CLIENTS } from "../../../src/ingest/clients/otlpClients.ts";
import { LogLines } from "../../../src/ingest/eventLog/logLines.ts";
import { OTLP_PATHS, type OtlpKind, recordsIn } from "../../../src/ingest/otlp/otlpRecords.ts";
import type { ReceivedLine } from "../../../src/ingest/otlp/receivedLine.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import { LiveGraph } from "../../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../../src/model/graph/told/graphDescription.ts";

/** A request of a recorded run. */
export interface RecordedRequest {
	readonly kind: OtlpKind;
	readonly path: string;
	readonly body: unknown;
}

/** @param run client and name of a run in test/fixtures/otlp */
export function recordedOtlp(run: string): RecordedRequest[] {
	const folder = inProject("test", "fixtures", "otlp", run);
	return globSync("*.json", { cwd: folder })
		.sort()
		.map((file) => {
			const path = `/v1/${basename(file, ".json").slice(3)}` as keyof typeof OTLP_PATHS;
			const body: unknown = JSON.parse(readFileSync(join(folder, file), "utf8"));
			return { kind: OTLP_PATHS[path], path, body };
		});
}

/**
 * What the client's reader makes of requests, and of the silence behind them.
 *
 * @param silence behind the last of them, ms
 * @param remembered lines that a reader before this one gave
 */
export function readOtlp(
	requests: readonly RecordedRequest[],
	client: string,
	silence = 3_600_000,
	remembered: readonly ReceivedLine[] = [],
) {
	const reader = OTLP_CLIENTS.find(({ name }) => name === client)?.newOtlpReader(() => 0.001);
	if (reader === undefined) throw new Error(`${client} sends nothing`);
	for (const line of remembered) reader.remember(line);
	const lines: ReceivedLine[] = [];
	const unknown: string[] = [];
	let now = Date.now();
	for (const { kind, body } of requests) {
		if (kind === "metric") continue;
		now += 100;
		const told = reader.read(recordsIn(kind, body) ?? [], now);
		lines.push(...told.lines);
		unknown.push(...told.unknown);
	}
	lines.push(...reader.settle(now + silence));
	return { lines, unknown };
}

export function eventsOfLines(lines: readonly ReceivedLine[]): AgentEvent[] {
	const log = new LogLines();
	return lines.map((line) => {
		const event = log.read(JSON.stringify(line));
		if (typeof event === "string") throw new Error(`${event}: ${JSON.stringify(line)}`);
		return event;
	});
}

/** A graph as one line for each node: whose it is, its type, how it stands, calls and failures. */
export function familyOf(events: readonly AgentEvent[]): string[] {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	const { nodes } = describeGraph(graph);
	const depth = (id: string | null): number =>
		id === null ? 0 : 1 + depth(nodes.find((node) => node.id === id)?.parent ?? null);
	return nodes
		.map(({ parent, type, state, outcome, calls, failures }) =>
			[depth(parent), type, state, outcome ?? "–", `${calls} calls, ${failures} failed`].join(" "),
		)
		.sort();
}

export function tokensOf(events: readonly AgentEvent[]): number | null {
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	return graph.counters.tokens;
}
