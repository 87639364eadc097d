import { parseLine } from "../src/ingest/eventLog/parseLine.ts";
import type { AgentEvent } from "../src/model/events/events.ts";
import { LiveGraph } from "../src/model/graph/liveGraph.ts";
import { Recording } from "../src/model/recording/recording.ts";
import { Replay } from "../src/model/replay/replay.ts";
import { syntheticLines } from "../test/support/log/syntheticLog.ts";

const EVENTS = 100_000;
const SEEKS = 200;
const SILENCE_MS = 30 * 60_000;

/** How long does it take to see a long session as it was at any moment, beside folding it anew? */
export async function run(): Promise<string> {
	const recording = new Recording("");
	recording.add(eventsOf(EVENTS));
	const { events, from, until } = recording;
	const replay = new Replay(SILENCE_MS);
	replay.events = events;
	const prepared = timed(() => {
		while (replay.prepare(1000));
	});
	const times = Array.from({ length: SEEKS }, (_, n) => from + (until - from) * scattered(n));
	const ours = times.map((time) => timed(() => replay.at(time).snapshot()));
	const bare = times.slice(0, 20).map((time) => timed(() => folded(events, time).snapshot()));
	return [
		`Seeking among ${EVENTS.toLocaleString("en-US")} events of one session, ${SEEKS} moments; ready after ${prepared.toFixed(0)} ms`,
		"",
		"| ms of processor time | median | p95 |",
		"| --- | ---: | ---: |",
		row("folded anew", bare),
		row("from the nearest keyframe (p95 at most 50)", ours),
	].join("\n");
}

function eventsOf(lines: number): AgentEvent[] {
	const events: AgentEvent[] = [];
	for (const line of syntheticLines({ lines, sessions: 1 })) {
		const event = parseLine(line);
		if (typeof event !== "string") events.push(event);
	}
	return events;
}

function folded(events: readonly AgentEvent[], time: number): LiveGraph {
	const graph = new LiveGraph();
	for (const event of events) if (event.ts <= time) graph.apply(event);
	graph.reap(time, SILENCE_MS);
	return graph;
}

/** Shares all over the place, the same in every run. */
function scattered(n: number): number {
	return (n * 0.618033988749895) % 1;
}

/** ms of processor time, that of the collector's threads included: other programs run as well. */
function timed(act: () => unknown): number {
	const before = process.cpuUsage();
	act();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

function row(name: string, took: readonly number[]): string {
	const sorted = took.toSorted((a, b) => a - b);
	const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
	return `| ${name} | ${at(0.5)} | ${at(0.95)} |`;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
